"""Train the model that scores blocks and weigh it and the rules, each publisher unseen when it is judged."""
