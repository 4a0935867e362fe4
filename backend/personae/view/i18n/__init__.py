"""The interface's words, dates and reasons in each of its languages."""
