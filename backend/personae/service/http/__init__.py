"""The addresses of the backend, and who may ask for them."""
