"""The article in other forms: Markdown, text, one HTML file, e-book."""
