"""What operators and tools ask for: health, figures, and the description of the interface."""
