"""How likely each block is part of the article: what is observed of it, and the model that weighs that."""
