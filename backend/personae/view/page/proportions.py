"""How large the page's head is set, from how much it says: a phone shows a line of the story at once."""

from __future__ import annotations

from unicodedata import east_asian_width

from personae.model import Article

# Widths in letters, an East Asian sign counted as two; chosen by benchmarks/first_screen.py.
LONG_TITLE = 44
LONGER_TITLE = 84
LONG_STANDFIRST = 160
OFFER = 70
FULL_HEAD = 220  # of title, standfirst and caption together: a picture beneath them has little room left


def title_size(title: str) -> str:
    """Return the class of the headline: "", "long" or "longer"."""
    width = _width(title)
    if width > LONGER_TITLE:
        return "longer"
    return "long" if width > LONG_TITLE else ""


def standfirst_size(standfirst: str | None) -> str:
    """Return the class of the standfirst: "" or "long"."""
    return "long" if _width(standfirst or "") > LONG_STANDFIRST else ""


def lead_place(article: Article, *, is_offered_cast: bool) -> str:
    """Return the class of the lead picture's figure: "", "low", or "beside" where its caption stands.

    is_offered_cast: whether some lines above it say how to get a cast.
    """
    lead = article.lead_image
    if lead is None:
        return ""
    caption = f"{lead.caption or ''} {lead.credit or ''}".strip()
    width = _width(article.title) + _width(article.standfirst or "") + _width(caption)
    if width + OFFER * is_offered_cast <= FULL_HEAD:
        return ""
    return "beside" if caption else "low"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
