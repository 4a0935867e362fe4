"""English: rules in code, beside tables of words."""
