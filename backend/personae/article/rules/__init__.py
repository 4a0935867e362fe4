"""What holds for any article, applied in order to what the model chose."""
