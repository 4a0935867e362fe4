"""The article for other tools and for reading elsewhere; no export asks for a picture on the network.

Markdown and plain text are written here, the e-book in `epub`, the page that is one file in `standalone`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote

from markdownify import ATX, MarkdownConverter

from personae.markup.picture_files import Pictures
from personae.markup.shape import BLOCKS, TABLE_PARTS
from personae.model import Actor, Article
from personae.view.exports import epub, standalone
from personae.view.i18n import date_format
from personae.view.i18n.catalogue import Catalogue, catalogue
from personae.view.page.quotations import quotation_line

_INLINE_SYNTAX = re.compile(r"([\\`*_\[\]<])|&(?=#?\w+;)")
# What makes a block of a line that begins with it: headings, quotes, lists, rules, fences, numbered lists.
_BLOCK_SYNTAX = re.compile(
    r"^([ \t]*(?:\d{1,9}(?=[.)]))?)"
    r"(#(?=#{0,5}(?:\s|$))|>|[+-](?=\s|$)|-(?=[- \t]*$)|=(?==*[ \t]*$)|~(?=~~)|(?<=\d)[.)](?=\s|$))",
    re.MULTILINE,
)
_FENCE = re.compile(r"`{3,}")
_FLOW = BLOCKS | TABLE_PARTS | {"br"}
_BLANK_LINES = re.compile(r"\n{3,}")
_STEM_BYTES = 120  # most file systems take 255 a name; a phone's share sheet shows far fewer
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


class Export(NamedTuple):
    """One form of the article.

    suffix: of its file's name and of its address; the menu calls it by the message `export_SUFFIX`.
    name: of the form, among programs. mimetype: what it is served as.
    write: makes it, given the language of the words that are not the article's, one of `catalogue.LANGUAGES`,
        and the pictures that are there, by the addresses that the article has them at.
    attached: it is a file to keep, not a text to look at; it takes the pictures along.
    """

    suffix: str
    name: str
    mimetype: str
    write: Callable[[Article, str, Pictures], bytes]
    attached: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it can be printed, and read as it is."""
        return self.mimetype.startswith("text/") or self.mimetype == "application/json"


def file_stem(title: str) -> str:
    """Return a file name made of a title, without an ending: letters of any script, digits and hyphens."""
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in title)
    stem = "-".join(kept.split()).encode("utf-8")[:_STEM_BYTES].decode("utf-8", "ignore")
    return stem.strip("-") or "article"


def markdown(article: Article, *, language: str = "en") -> str:
    """Return the article as Markdown (CommonMark, tables as pipes): head, body, cast.

    language: of the words that are not the article's, one of `catalogue.LANGUAGES`.
    """
    words = catalogue(language)
    parts = [f"# {_escape(article.title or words.text('untitled'))}"]
    if article.standfirst:
        parts.append(f"**{_escape(article.standfirst)}**")
    head = [_escape(line) for line in _byline(article, words)]
    url = _source(article)
    if url:
        head.append(f"<{url}>")
    if head:
        parts.append("  \n".join(head))
    if article.access == "preview":
        parts.append(f"*{words.text('export_preview')}*")
    parts.append(_Converter().convert(article.content).strip())
    if article.actors:
        parts.append(f"## {words.text('cast')}")
        parts.append("\n".join(_entry(article, actor, words) for actor in article.actors))
    return _BLANK_LINES.sub("\n\n", "\n\n".join(part for part in parts if part)) + "\n"


def plain_text(article: Article, *, language: str = "en") -> str:
    """Return the article as plain text: head, paragraphs, cast.

    language: of the words that are not the article's, one of `catalogue.LANGUAGES`.
    """
    words = catalogue(language)
    head = [*_byline(article, words), *filter(None, [_source(article)])]
    parts = [article.title or words.text("untitled"), article.standfirst or "", "\n".join(head)]
    if article.access == "preview":
        parts.append(words.text("export_preview"))
    parts.append(article.text)
    if article.actors:
        members = [f"- {_member(article, actor, words)}" for actor in article.actors]
        parts.append("\n".join([words.text("cast"), *members]))
    return "\n\n".join(part for part in parts if part) + "\n"


def _byline(article: Article, words: Catalogue) -> list[str]:
    separator = words.text("list_separator") if article.direction == words.direction else ", "
    lines = []
    if article.authors:
        lines.append(words.text("export_by", authors=separator.join(article.authors)))
    date = date_format.shown(article.published, article.language)
    place = [part for part in (article.site, date.text if date else None) if part]
    if place:
        lines.append(separator.join(place))
    return lines


def _source(article: Article) -> str | None:
    """Return the original's address, as one word: nothing in it may end the link that holds it."""
    url = article.url or article.canonical_url
    return _one_word(url) if url else None


def _one_word(url: str) -> str:
    return re.sub(r"[\s<>()]", lambda m: quote(m[0], safe=""), url)


def _member(
    article: Article, actor: Actor, words: Catalogue, *, text: Callable[[str], str] = str, bold: str = ""
) -> str:
    """Return the line of an actor. text: writes what is the article's; bold: stands around the name."""

    def own(part: str) -> str:
        # In a line from right to left, a name in Latin letters would take the punctuation beside it along.
        mixed = "rtl" in (article.direction, words.direction)
        return f"{_FIRST_STRONG_ISOLATE}{text(part)}{_POP_ISOLATE}" if mixed else text(part)

    values = {
        "name": f"{bold}{own(actor.name)}{bold}",
        "who": own(actor.role) if actor.role else words.text(actor.type),
        "mentions": words.counted("mentions_counted", len(actor.mentions)),
    }
    also = [words.text("quoted_name", name=own(alias)) for alias in actor.aliases if alias != actor.name]
    if also:
        return words.text("export_actor_also", names=words.listed(also), **values)
    return words.text("export_actor", **values)


def _entry(article: Article, actor: Actor, words: Catalogue) -> str:
    """Return an actor of the Markdown's cast, with what it said as a list below it."""
    lines = ["- " + _member(article, actor, words, text=_escape, bold="**")]
    lines += [f"  - {_escape(quotation_line(article, quotation, words).text)}" for quotation in actor.quotes]
    return "\n".join(lines)


def _escape(text: str) -> str:
    """Escape what Markdown would read as markup, and fold line breaks."""
    folded = " ".join(text.split())
    return _escape_lines(_INLINE_SYNTAX.sub(r"\\\g<0>", folded))


def _escape_lines(text: str, *, begins_line: bool = True) -> str:
    """Escape what would make a block of a line; begins_line: the text's first line is a whole one."""
    return _BLOCK_SYNTAX.sub(lambda m: rf"{m[1]}\{m[2]}" if begins_line or m.start() else m[0], text)


def _stands_before_link(node: Any) -> bool:
    for following in node.next_elements:
        if following.name is None or following.name in _FLOW:
            return False
        if following.name == "a":
            return True
    return False


def _begins_line(node: Any) -> bool:
    """Return whether nothing of its line stands before a text node of the content."""
    while True:
        before = node.previous_sibling
        while before is not None and before.name not in _FLOW and not before.get_text().strip():
            before = before.previous_sibling
        if before is not None:
            return before.name in _FLOW
        node = node.parent
        if node is None or node.name is None or node.name in _FLOW:
            return True


def _formula(source: str, *, display: bool = False) -> str:
    # Whoever shows the file may take a sign of TeX for that of a tag.
    folded = " ".join(source.split()).replace("$", r"\$").replace("<", r"\lt ").replace(">", r"\gt ")
    fence = "$$" if display else "$"
    return f"{fence}{folded}{fence}" if folded else ""


def _language_of(pre: Any) -> str:
    code = pre.find("code")
    names = (code.get("class") or []) if code is not None else []
    return next((str(n).removeprefix("language-") for n in names if str(n).startswith("language-")), "")


class _Converter(MarkdownConverter):
    """Markdown of an article's content: no pictures, captions in italics, text escaped where it must be."""

    def __init__(self) -> None:
        super().__init__(
            heading_style=ATX,
            bullets="-",
            newline_style="backslash",
        )

    def escape(self, text: str, parent_tags: set[str] | None = None) -> str:
        escaped = _escape_lines(_INLINE_SYNTAX.sub(r"\\\g<0>", text), begins_line=self._begins_line)
        return escaped.replace("|", "\\|") if parent_tags and parent_tags & {"td", "th"} else escaped

    def process_text(self, el: Any, parent_tags: set[str] | None = None) -> str:
        self._begins_line = _begins_line(el)
        text = str(super().process_text(el, parent_tags))  # type: ignore[misc]  # the package's stub lacks it
        makes_picture = text.endswith("!") and _stands_before_link(el)
        return rf"{text[:-1]}\!" if makes_picture else text

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if address := el.get("href"):
            el["href"] = _one_word(address)
        return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]  # the same

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the base class's signature
        """Write a fence that is longer than any in the text."""
        fence = "`" * (max(map(len, _FENCE.findall(text)), default=2) + 1)
        code = text.strip("\n")
        return f"\n\n{fence}{_language_of(el)}\n{code}\n{fence}\n\n" if code else ""

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the base class's signature
        return _formula(el.get("alt") or "") if "formula" in (el.get("class") or ()) else ""

    def convert_math(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - same
        """Write a formula as TeX when the page has its source, else as the characters that it shows."""
        source = el.get("alttext")
        return _formula(source, display=el.get("display") == "block") if source else text

    def convert_figcaption(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - same
        caption = " ".join(text.split())
        return f"\n\n*{caption}*\n\n" if caption else ""


def _in_utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _json(article: Article, _language: str, _pictures: Pictures) -> bytes:
    return _in_utf8(json.dumps(article.to_dict(), ensure_ascii=False, separators=(",", ":")))


def _epub(article: Article, language: str, pictures: Pictures) -> bytes:
    return epub.book(article, language=language, pictures=pictures)


def _html(article: Article, language: str, pictures: Pictures) -> bytes:
    return _in_utf8(standalone.page(article, language=language, pictures=pictures))


def _markdown(article: Article, language: str, _pictures: Pictures) -> bytes:
    return _in_utf8(markdown(article, language=language))


def _plain_text(article: Article, language: str, _pictures: Pictures) -> bytes:
    return _in_utf8(plain_text(article, language=language))


# Suffix -> form, in the order of the menu. The service's addresses and their description, the command line's
# formats and the reader page's menu are made from this; besides, a form needs its message in each language.
EXPORTS = {
    export.suffix: export
    for export in (
        Export("epub", "epub", epub.MIMETYPE, _epub, attached=True),
        Export("html", "html", "text/html", _html, attached=True),
        Export("md", "markdown", "text/markdown", _markdown),
        Export("txt", "text", "text/plain", _plain_text),
        Export("json", "json", "application/json", _json),
    )
}
