"""What is found without words of the language: no table of words, or no model at all."""
