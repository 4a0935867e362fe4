"""The page before it is parsed: characters no tree may hold, other formats, how much markup there is.

Every pattern here is linear in the text (possessive quantifiers), since the text may be hostile.
"""

from __future__ import annotations

import re
from functools import lru_cache

# What XML 1.0 forbids and lxml refuses to write: control characters, U+FFFE, U+FFFF. In UTF-8 the
# former are single bytes that occur in no other character.
_CONTROLS = bytes([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F])
_FORM_FEED_IS_SPACE = bytes.maketrans(b"\x0c", b" ")
# What no text holds, after https://mimesniff.spec.whatwg.org/#binary-data-byte, but for U+0000: UTF-16 that
# was read as something else is full of it. A stray one occurs in honest pages.
_BINARY = re.compile(r"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_BINARY_SAMPLE, _BINARY_SHARE = 1445, 0.05
# Byte-order marks, U+FFFE and U+FFFF.
_FIRST_OF_THREE = b"\xef"
_NEVER_IN_TEXT = (b"\xef\xbb\xbf", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# The same written as character references, which the parser would turn into the characters.
_FORBIDDEN_REFERENCE = re.compile(
    rb"&#(?:0*+(?:[1-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9])"
    rb"|[xX]0*+(?:[1-8bcBC]|[eEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)

# Here and in structured.py: Python before 3.11.5 mistakes possessive groups that hold alternatives
# (https://github.com/python/cpython/issues/106052), so only single characters are repeated possessively.
# One attribute of a start tag as the HTML standard's tokenizer reads it.
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+|(?=>)))?"""
_COMMENT_END = re.compile(rb"--!?>")
# What follows is text, whatever it looks like, up to the end tag.
_RAW_TEXT = (b"script", b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes")
_RAW_TEXT_END = {name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE) for name in _RAW_TEXT}

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
_HTML_TAG = re.compile(rb"<(!doctype(?=\s+html)|[a-zA-Z][a-zA-Z0-9]{0,9}+(?=[\s/>]))", re.IGNORECASE)
_HTML_NAMES = frozenset(
    b"!doctype html head body title meta link base div span p a article section main header footer nav aside "
    b"h1 h2 h3 h4 h5 h6 ul ol li dl table tr td br hr img figure blockquote pre b i em strong form font "
    b"center".split()
)
_HEAD = 4096
_NOSCRIPT = re.compile(rb"<noscript(?=[\s/>])[^>]*+>", re.IGNORECASE)
# Where a <noscript> ends, or what shows that it is none: markup of a script, which may only write of one.
_NOSCRIPT_END = re.compile(rb"</noscript(?=[\s/>])|</?script(?=[\s/>])|<noscript(?=[\s/>])", re.IGNORECASE)
_PICTURE = re.compile(rb"<img(?=[\s/>])[^>]*+>", re.IGNORECASE)
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*+)(?=[\s/>])")
_VOID = frozenset(b"area base br col embed hr img input link meta p li param source track wbr".split())


def encode(html: str) -> bytes:
    """Return the page in UTF-8 without what no tree may hold.

    Surrogate pairs are joined and lone surrogates become U+FFFD; forbidden characters, written out
    or as references, and byte-order marks go.
    """
    try:
        data = html.encode("utf-8")
    except UnicodeEncodeError:
        data = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
    data = data.translate(_FORM_FEED_IS_SPACE, _CONTROLS)
    if _FIRST_OF_THREE in data:
        for character in _NEVER_IN_TEXT:
            data = data.replace(character, b"")
    return _FORBIDDEN_REFERENCE.sub(b" ", data) if b"&#" in data else data


def without_open_noscript(data: bytes) -> bytes:
    """Return the page with each <noscript> that leaves an element open reduced to its pictures.

    To a browser with scripts it is text up to its end tag; to the parser that element would hold the rest of
    the page.
    """
    kept: list[bytes] = []
    position = 0
    for start in _NOSCRIPT.finditer(data):
        end = _NOSCRIPT_END.search(data, start.end()) if start.start() >= position else None
        if (
            end is None
            or not end[0].lower().startswith(b"</noscript")
            or not _leaves_open(data[start.end() : end.start()])
        ):
            continue
        kept += (data[position : start.end()], *_PICTURE.findall(data, start.end(), end.start()))
        position = end.start()
    return b"".join((*kept, data[position:])) if kept else data


def _leaves_open(markup: bytes) -> bool:
    tags = [match for match in _TAG.finditer(markup) if match[2].lower() not in _VOID]
    return sum(1 if not match[1] else -1 for match in tags) > 0


def is_binary(html: str) -> bool:
    """Return whether the text is no text, but a file of another kind that was read as one."""
    sample = html[:_BINARY_SAMPLE].replace("\0", "")
    return sum(1 for _ in _BINARY.finditer(sample)) > len(sample) * _BINARY_SHARE


def foreign_format(data: bytes) -> str | None:
    """Return what the page is when it is not HTML ("a PDF document"), else None."""
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
    is_html = any(match[1].lower() in _HTML_NAMES for match in _HTML_TAG.finditer(data))
    return None if is_html else "text without markup"


def _first_element(start: bytes) -> bytes:
    """Return the name of the first element in small letters, b"" when something else comes first."""
    position = 0
    while piece := _PROLOGUE.match(start, position):
        position = piece.end()
    first = _ELEMENT.match(start, position)
    return first[1].lower() if first else b""


def is_too_complex(data: bytes, *, most_tags: int, most_attributes: int) -> bool:
    """Return whether there are more start tags, or more attributes on one of them, than allowed.

    Reads no further than to the first that is too many. Script text, comments and the like hold no tags.
    """
    pattern = _tag_or_comment(most_attributes)
    tags = 0
    position: int | None = 0
    while position is not None:
        resume, position = position, None
        for match in pattern.finditer(data, resume):
            kind = match.lastgroup
            tags += kind != "comment"
            if tags > most_tags or kind == "crowded":
                return True
            if kind is not None:
                position = _end_of_text(data, match)
                break
    return False


def _end_of_text(data: bytes, start: re.Match[bytes]) -> int | None:
    """Return where a comment or the text of an element ends, None when it never does."""
    name = start["raw"]
    end = (_RAW_TEXT_END[name.lower()] if name else _COMMENT_END).search(data, start.end())
    return end.end() if end else None


@lru_cache(maxsize=4)
def _tag_or_comment(most_attributes: int) -> re.Pattern[bytes]:
    """Return what finds tags and comments; `raw`: text follows the tag, `crowded`: over the limit."""
    raw = rb"(?P<raw>(?i:" + b"|".join(_RAW_TEXT) + rb"))(?=[\s/>]|\Z)"
    attributes = rb"(?:" + _ATTRIBUTE + rb"){0,%d}" % most_attributes
    rest = rb"(?P<crowded>(?:" + _ATTRIBUTE + rb")+)?"
    tag = rb"(?:" + raw + rb"|[a-zA-Z][^\s/>]*+)" + attributes + rest
    return re.compile(rb"<(?:(?P<comment>!--)|" + tag + rb")")
