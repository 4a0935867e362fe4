"""What each language brings to finding actors; one folder a language."""
