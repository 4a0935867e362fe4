"""4. What the reader sees: sanitised, rendered, exported."""
