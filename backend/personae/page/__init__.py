"""1. The page as it came: bounded, parsed once, and what it says of itself."""
