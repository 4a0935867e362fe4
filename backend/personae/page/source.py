"""The page before it is parsed: characters no tree may hold, other formats, how much markup there is.

Every pattern here is linear in the text (possessive quantifiers), since the text may be hostile.
"""

from __future__ import annotations

import re

# What XML 1.0 forbids and lxml refuses to write: control characters, U+FFFE, U+FFFF. In UTF-8 the
# former are single bytes that occur in no other character.
_CONTROLS = bytes([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F])
_FORM_FEED_IS_SPACE = bytes.maketrans(b"\x0c", b" ")
# What no text holds, after https://mimesniff.spec.whatwg.org/#binary-data-byte, but for U+0000: UTF-16 that
# was read as something else is full of it. A stray one occurs in honest pages.
_BINARY = re.compile(r"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_BINARY_SAMPLE, _BINARY_SHARE = 1445, 0.05
_BYTE_ORDER_MARK, _NONCHARACTERS = b"\xef\xbb\xbf", (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# The same written as character references, which the parser would turn into the characters.
_FORBIDDEN_REFERENCE = re.compile(
    rb"&#(?:0*+(?:[1-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9])"
    rb"|[xX]0*+(?:[1-8bcBC]|[eEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)

# Here and in structured.py: Python before 3.11.5 mistakes possessive groups that hold alternatives
# (https://github.com/python/cpython/issues/106052), so only single characters are repeated possessively.
# A start tag as the HTML standard's tokenizer reads it, and one attribute of it.
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+|(?=>)))?"""
_TAG_OR_COMMENT = re.compile(rb"<(?:!--|([a-zA-Z][^\s/>]*+)((?:" + _ATTRIBUTE + rb")*))")
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_COMMENT_END = re.compile(rb"--!?>")
_RAW_TEXT_END = {
    name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE)
    for name in (b"script", b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes")
}

_BEGINNINGS = (
    (b"%PDF-", "a PDF document"),
    (b"\xc2\x89PNG", "an image"),
    (b"\xef\xbf\xbdPNG", "an image"),
    (b"GIF8", "an image"),
    (b"bplist00", "a web archive"),
    (b"{\\rtf", "a rich-text document"),
)
_XML_ROOTS = {
    b"rss": "a news feed",
    b"feed": "a news feed",
    b"rdf:rdf": "a news feed",
    b"urlset": "a site map",
    b"sitemapindex": "a site map",
    b"opml": "a list of feeds",
    b"svg": "an image",
}
# What may stand before the first element, a piece at a time, and that element.
_PROLOGUE = re.compile(rb"\s+|<\?[^>]*+>|<!--.*?-->|<![^->][^>]*+>", re.DOTALL)
_ELEMENT = re.compile(rb"<([a-zA-Z][^\s/>]*+)")
_MAIL_HEADER = re.compile(
    rb"(?:From|MIME-Version|Content-Type|Snapshot-Content-Location|Subject|Date): ", re.IGNORECASE
)
_TAG_NAME = re.compile(rb"<(!doctype(?=\s+html)|[a-zA-Z][a-zA-Z0-9]{0,9}+(?=[\s/>]))", re.IGNORECASE)
_HTML_NAMES = frozenset(
    b"!doctype html head body title meta link base div span p a article section main header footer nav aside "
    b"h1 h2 h3 h4 h5 h6 ul ol li dl table tr td br hr img figure blockquote pre b i em strong form font "
    b"center".split()
)
_HEAD = 4096


def encode(html: str) -> bytes:
    """Return the page in UTF-8 without what no tree may hold.

    Surrogate pairs are joined and lone surrogates become U+FFFD; forbidden characters, written out
    or as references, and byte-order marks go.
    """
    try:
        data = html.encode("utf-8")
    except UnicodeEncodeError:
        data = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
    data = data.translate(_FORM_FEED_IS_SPACE, _CONTROLS).replace(_BYTE_ORDER_MARK, b"")
    for character in _NONCHARACTERS:
        data = data.replace(character, b"")
    return _FORBIDDEN_REFERENCE.sub(b" ", data) if b"&#" in data else data


def is_binary(html: str) -> bool:
    """Whether the text is no text, but a file of another kind that was read as one."""
    sample = html[:_BINARY_SAMPLE].replace("\0", "")
    return sum(1 for _ in _BINARY.finditer(sample)) > len(sample) * _BINARY_SHARE


def foreign_format(data: bytes) -> str | None:
    """Say what the page is when it is not HTML ("a PDF document"), or return None."""
    start = data[:_HEAD].lstrip()
    for beginning, name in _BEGINNINGS:
        if start.startswith(beginning):
            return name
    if start[:1] in (b"{", b"[") and data.rstrip()[-1:] in (b"}", b"]"):
        return "JSON"
    if _MAIL_HEADER.match(start) and b"\nMIME-Version:" in data[:_HEAD]:
        return "an MHTML archive (save the page as HTML instead)"
    root = _first_element(start)
    if root in _XML_ROOTS:
        return _XML_ROOTS[root]
    if root != b"html" and start.startswith(b"<?xml"):
        return "an XML document"
    is_html = any(match[1].lower() in _HTML_NAMES for match in _TAG_NAME.finditer(data))
    return None if is_html else "text without markup"


def _first_element(start: bytes) -> bytes:
    """Return the name of the first element in small letters, b"" when something else comes first."""
    position = 0
    while piece := _PROLOGUE.match(start, position):
        position = piece.end()
    first = _ELEMENT.match(start, position)
    return first[1].lower() if first else b""


def tag_census(data: bytes, *, most_tags: int, most_attributes: int) -> tuple[int, int]:
    """Count the start tags, and the attributes of the first tag that has more than most_attributes (else 0).

    Stops as soon as either is over its limit. Script text, comments and the like hold no tags.
    """
    tags = position = 0
    while match := _TAG_OR_COMMENT.search(data, position):
        position = match.end()
        name, written = match.groups()
        if name is None:
            end = _COMMENT_END.search(data, position)
        else:
            tags += 1
            if len(written) > most_attributes:
                attributes = sum(1 for _ in _ONE_ATTRIBUTE.finditer(written))
                if attributes > most_attributes:
                    return tags, attributes
            if tags > most_tags:
                break
            end_tag = _RAW_TEXT_END.get(name.lower())
            if end_tag is None:
                continue
            end = end_tag.search(data, position)
        if end is None:
            break
        position = end.end()
    return tags, 0
