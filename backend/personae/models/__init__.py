"""The language models that can be added: which there are, and adding, updating and removing them."""
