"""A language that has a model, a table of words and a grammar."""
