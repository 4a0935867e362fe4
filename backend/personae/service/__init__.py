"""The HTTP service around the reader."""
