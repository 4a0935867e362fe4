"""The page as a row of blocks, each one element."""
