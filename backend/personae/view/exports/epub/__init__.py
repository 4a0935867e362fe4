"""The article as an e-book; see `files` for what it holds."""

from __future__ import annotations

from personae.view.exports.epub.files import MIMETYPE, book

__all__ = ["MIMETYPE", "book"]
