"""Which names are one actor."""
