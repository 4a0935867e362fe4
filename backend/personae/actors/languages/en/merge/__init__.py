"""Which English names are the same actor: bodies, countries, and all of them together."""
