"""From the bytes of a page to one bounded tree of what a browser would show."""
