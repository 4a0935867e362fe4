"""How much an actor matters: where and how often the story names it, a rule of thumb, and who is key."""
