"""What the service does, without Flask: reading through the cache, sessions, metrics, logs."""
