"""Where articles are kept: an SQLite file, Redis beside it, memory for private windows."""
