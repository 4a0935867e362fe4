"""2. The article in the page: its body, without chrome, tidied, and whether it is all of it."""

from personae.article.compose import compose

__all__ = ["compose"]
