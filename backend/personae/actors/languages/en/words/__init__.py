"""The words of English: tables, and what can be read from a phrase by them alone."""
