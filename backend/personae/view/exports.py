"""The article for other tools: Markdown and plain text, without marks and without remote images."""

from __future__ import annotations

import re
from typing import Any

from markdownify import ATX, MarkdownConverter

from personae.model import Actor, Article
from personae.view import dates
from personae.view.cast import TYPE_NAMES

_INLINE_SYNTAX = re.compile(r"([\\`*_\[\]<])|&(?=#?\w+;)")
# What begins a block at the start of a line: headings, lists, quotes, rules, numbered lists.
_BLOCK_SYNTAX = re.compile(r"^(\s*)([#>+=-]|\d{1,9}[.)](?=\s|$))", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")
PREVIEW = "This is a preview: the page held only the beginning of the story."


def markdown(article: Article) -> str:
    """Return the article as Markdown (CommonMark, tables as pipes): head, body, cast."""
    parts = [f"# {_escape(article.title or 'Untitled')}"]
    if article.standfirst:
        parts.append(f"**{_escape(article.standfirst)}**")
    head = [_escape(line) for line in _byline(article)]
    url = _source(article)
    if url:
        head.append(f"<{url}>")
    if head:
        parts.append("  \n".join(head))
    if article.access == "preview":
        parts.append(f"*{PREVIEW}*")
    parts.append(_Converter().convert(article.content).strip())
    if article.actors:
        parts.append("## Cast")
        parts.append(
            "\n".join("- " + _member(a, name=f"**{_escape(a.name)}**", text=_escape) for a in article.actors)
        )
    return _BLANK_LINES.sub("\n\n", "\n\n".join(part for part in parts if part)) + "\n"


def plain_text(article: Article) -> str:
    """Return the article as plain text: head, paragraphs, cast."""
    head = [*_byline(article), *filter(None, [_source(article)])]
    parts = [article.title or "Untitled", article.standfirst or "", "\n".join(head)]
    if article.access == "preview":
        parts.append(PREVIEW)
    parts.append(article.text)
    if article.actors:
        parts.append("Cast\n" + "\n".join("- " + _member(a, name=a.name, text=str) for a in article.actors))
    return "\n\n".join(part for part in parts if part) + "\n"


def _byline(article: Article) -> list[str]:
    lines = []
    if article.authors:
        lines.append("By " + ", ".join(article.authors))
    date = dates.shown(article.published, article.language)
    place = [part for part in (article.site, date.text if date else None) if part]
    if place:
        lines.append(", ".join(place))
    return lines


def _source(article: Article) -> str | None:
    """Return the original's address, as one word: nothing in it may end the link that holds it."""
    url = article.url or article.canonical_url
    return re.sub(r"[\s<>]", lambda m: f"%{ord(m[0]):02X}", url) if url else None


def _member(actor: Actor, *, name: str, text: Any) -> str:
    who = f"{name}, {text(actor.role)}" if actor.role else f"{name}, {TYPE_NAMES[actor.type].lower()}"
    count = len(actor.mentions)
    line = f"{who}: {count} {'mention' if count == 1 else 'mentions'}"
    also = [f"“{text(alias)}”" for alias in actor.aliases if alias != actor.name]
    return f"{line}, also {', '.join(also)}" if also else line


def _escape(text: str) -> str:
    """Escape what Markdown would read as markup, and fold line breaks."""
    folded = " ".join(text.split())
    return _BLOCK_SYNTAX.sub(_escape_block, _INLINE_SYNTAX.sub(lambda m: "\\" + m[0], folded))


def _escape_block(match: re.Match[str]) -> str:
    marker = match[2]
    escaped = f"{marker[:-1]}\\{marker[-1]}" if len(marker) > 1 else f"\\{marker}"
    return match[1] + escaped


def _formula(source: str, *, display: bool = False) -> str:
    folded = " ".join(source.split()).replace("$", r"\$")
    fence = "$$" if display else "$"
    return f"{fence}{folded}{fence}" if folded else ""


def _language_of(pre: Any) -> str:
    code = pre.find("code")
    names = (code.get("class") or []) if code is not None else []
    return next((str(n).removeprefix("language-") for n in names if str(n).startswith("language-")), "")


class _Converter(MarkdownConverter):
    """Markdown of an article's content: no pictures, captions in italics, text escaped."""

    def __init__(self) -> None:
        super().__init__(
            heading_style=ATX,
            bullets="-",
            newline_style="backslash",
            code_language_callback=_language_of,
        )

    def escape(self, text: str, parent_tags: set[str] | None = None) -> str:
        if parent_tags and "pre" in parent_tags:
            return text
        escaped = _BLOCK_SYNTAX.sub(_escape_block, _INLINE_SYNTAX.sub(lambda m: "\\" + m[0], text))
        return escaped.replace("|", "\\|") if parent_tags and parent_tags & {"td", "th"} else escaped

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the base class's signature
        return _formula(el.get("alt") or "") if "formula" in (el.get("class") or ()) else ""

    def convert_math(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - same
        """Write a formula as TeX when the page has its source, else as the characters that it shows."""
        source = el.get("alttext")
        return _formula(source, display=el.get("display") == "block") if source else text

    def convert_figcaption(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - same
        caption = " ".join(text.split())
        return f"\n\n*{caption}*\n\n" if caption else ""
