"""The home page and the lists of articles on it, as pages and as JSON."""
