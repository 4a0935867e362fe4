"""What answers a request, whatever it came by: reading through the cache, sessions, limits, metrics."""
