"""What is found without words of the language: a model but no table, or no model at all."""
