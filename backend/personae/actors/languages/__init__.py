"""What each language gives to the finding of actors: one folder a language, found by its code."""
