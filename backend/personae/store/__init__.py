"""What is kept of what was read, and for how long."""
