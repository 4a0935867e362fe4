"""Which blocks of the page are the article."""
