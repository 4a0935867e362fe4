"""The page as a list of blocks: every run of text between two block boundaries becomes one element.

Pages put prose into paragraphs, but also loose into divs, table cells, fonts and runs of `br`. Here the
tree is brought to one shape first (in place), so that whoever decides about a piece of text decides about
an element: loose runs are wrapped into `p`, two `br` in a row end a paragraph, and what can never hold
text of the story (scripts, styles, drawings) is gone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from personae.article.segment.headings import normalise_headings
from personae.article.segment.listings import normalise_listings
from personae.article.segment.pictures import normalise_pictures
from personae.markup.content_model import INLINE_ON_PAGES
from personae.markup.text import fold, text_of, width_of, words
from personae.markup.tree import new_element

_DROPPED = (
    "script style svg template link meta base canvas object embed param track area map datalist head title "
    "audio progress meter slot"
)
DROPPED = frozenset(_DROPPED.split())
_BREAKS_BETWEEN_PARAGRAPHS = 2
KEPT_WHOLE = frozenset({"pre", "math"})


@dataclass(slots=True, eq=False)
class Block:
    """One run of text, as an element of the page.

    index: position among the page's blocks; text: white space folded to single spaces.
    width: length in characters of a Latin script (an ideograph or a syllable block counts 2.5, a letter of a
        script that writes no spaces 1.2), so that one threshold fits every script.
    linked: share of the text that stands in links, 0..1.
    links: number of links; trail: the elements around it, nearest first, up to and without body.
    """

    index: int
    element: HtmlElement
    tag: str
    text: str
    width: float
    linked: float
    links: int
    trail: tuple[HtmlElement, ...] = field(repr=False)
    _words: tuple[str, ...] | None = field(default=None, init=False, repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text, lower case."""
        if self._words is None:
            self._words = words(self.text)
        return self._words


def normalise_page(body: HtmlElement) -> None:
    """Bring the tree below body to one shape, in place; no text is lost but what is never shown."""
    normalise_pictures(body)
    normalise_headings(body)
    normalise_listings(body)
    _drop_unseen(body)
    elements = list(body.iter())
    blocky, holders = _find_blocky(elements)
    whole = {inner for kept in body.iter(*KEPT_WHOLE) for inner in kept.iter()}
    for element in elements:
        if element not in blocky or element in whole:
            continue
        if element in holders:
            _wrap_loose(element, blocky)
        else:
            _split_at_breaks(element)


def segment(body: HtmlElement) -> list[Block]:
    """Return the blocks below body, which `normalise_page` has shaped, in the page's order."""
    blocks: list[Block] = []
    _, holders = _find_blocky(list(body.iter()))
    stack: list[tuple[HtmlElement, tuple[HtmlElement, ...], bool]] = [(body, (), False)]
    while stack:
        element, trail, in_link = stack.pop()
        tag = str(element.tag)
        in_link = in_link or tag == "a"
        if element in holders and tag not in KEPT_WHOLE:
            below = (element, *trail) if element is not body else ()
            stack.extend((child, below, in_link) for child in reversed(element))
            continue
        if tag in INLINE_ON_PAGES and tag != "a" and not (len(element) or element.text):
            continue
        text = text_of(element)
        if text:
            linked, links = (1.0, 1) if in_link else _links(element, text)
            blocks.append(Block(len(blocks), element, tag, text, width_of(text), linked, links, trail))
    return blocks


def _links(element: HtmlElement, text: str) -> tuple[float, int]:
    """Return the share of a block's text that stands in links, and how many links there are."""
    if not len(element):
        return 0.0, 0
    anchors = [a for a in element.iter("a") if a.get("href")]
    length = sum(len(text_of(a)) for a in anchors)
    return min(1.0, length / len(text)), len(anchors)


def _drop_unseen(body: HtmlElement) -> None:
    for element in list(body.iter()):
        tag = element.tag
        if not isinstance(tag, str) or tag in DROPPED:
            _remove(element)
        elif tag == "noscript":
            _rescue_images(element)


def _rescue_images(noscript: HtmlElement) -> None:
    """Replace a noscript by its pictures: a page without scripts shows those instead of placeholders."""
    parent = noscript.getparent()
    if parent is None:
        return
    chosen_from = {image for picture in noscript.iter("picture") for image in picture.iter("img")}
    for image in list(noscript.iter("picture", "img")):
        if image not in chosen_from:
            image.tail = None
            noscript.addprevious(image)
    _remove(noscript)


def _remove(element: HtmlElement) -> None:
    """Take an element out and leave its tail where it was."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def _find_blocky(elements: list[HtmlElement]) -> tuple[set[HtmlElement], set[HtmlElement]]:
    """Return the elements that are or hold blocks, and those of them that hold one."""
    blocky: set[HtmlElement] = set()
    holders: set[HtmlElement | None] = set()
    for element in reversed(elements):
        if element.tag not in INLINE_ON_PAGES or element in holders:
            blocky.add(element)
            holders.add(element.getparent())
    return blocky, {holder for holder in holders if holder is not None}


def _wrap_loose(element: HtmlElement, blocky: set[HtmlElement]) -> None:
    """Wrap the inline runs between an element's block children into paragraphs, split at double breaks."""
    if not _is_loose(element, blocky):
        return
    runs: list[list[str | HtmlElement]] = [[]]
    children = list(element)
    if element.text:
        runs[-1].append(element.text)
    bounds: list[HtmlElement | None] = [None]
    for child in children:
        if child in blocky:
            bounds.append(child)
            runs.append([])
        else:
            runs[-1].append(child)
        if child.tail:
            runs[-1].append(child.tail)
    for bound, run in zip(bounds, runs, strict=True):
        if not _has_text(run):
            continue
        if bound is None:
            element.text = None
        else:
            bound.tail = None
        position = 0 if bound is None else element.index(bound) + 1
        for paragraph in _as_paragraphs(run):
            element.insert(position, paragraph)
            position += 1


def _is_loose(element: HtmlElement, blocky: set[HtmlElement]) -> bool:
    """Return whether anything but blocks stands in an element."""
    text = element.text
    if text and not text.isspace():
        return True
    for child in element:
        tail = child.tail
        if child not in blocky or (tail and not tail.isspace()):
            return True
    return False


def _split_at_breaks(element: HtmlElement) -> None:
    """Turn the double breaks of a block that holds only inline content into paragraphs."""
    inner = _innermost(element)
    if sum(1 for child in inner if child.tag == "br") < _BREAKS_BETWEEN_PARAGRAPHS:
        return
    pieces = _split(_run_of(inner))
    if len(pieces) == 1:
        return
    inner.text = None
    paragraphs = [_paragraph(piece) for piece in pieces]
    for child in list(inner):
        inner.remove(child)
    inner.extend(paragraphs)
    if element.tag == "p":
        element.tag = "div"
    if inner is not element and inner.tag in INLINE_ON_PAGES:
        inner.tag = "div"


def _innermost(element: HtmlElement) -> HtmlElement:
    """Return the inline element that holds all of a block, however deep, or the block itself."""
    while len(element) == 1 and _wraps(element, element[0]):
        element = element[0]
    return element


def _wraps(element: HtmlElement, only: HtmlElement) -> bool:
    """Return True if an element's only child is all that it holds, and inline: no link, picture or break."""
    is_mark = only.tag in INLINE_ON_PAGES and only.tag not in ("a", "img", "br")
    return is_mark and not fold(element.text or "") and not fold(only.tail or "")


def _run_of(element: HtmlElement) -> list[str | HtmlElement]:
    """Return the strings and elements right in an element, in their order."""
    run: list[str | HtmlElement] = [element.text] if element.text else []
    for child in element:
        run.append(child)
        if child.tail:
            run.append(child.tail)
    return run


def _as_paragraphs(run: list[str | HtmlElement]) -> list[HtmlElement]:
    return [_paragraph(piece) for piece in _split(_open(run))]


def _open(run: list[str | HtmlElement]) -> list[str | HtmlElement]:
    """Put what it holds in the place of each inline element with several paragraphs, such as a `font`."""
    opened: list[str | HtmlElement] = []
    for item in run:
        if isinstance(item, str) or item.tag == "a" or len(_split(inner := _run_of(item))) < 2:  # noqa: PLR2004
            opened.append(item)
            continue
        opened += _open(inner)
        item.tail = None  # stands in the run by itself
        _remove(item)
    return opened


def _split(run: list[str | HtmlElement]) -> list[list[str | HtmlElement]]:
    """Split a run of strings and inline elements where two breaks follow each other."""
    pieces: list[list[str | HtmlElement]] = [[]]
    breaks = 0
    for item in run:
        if not isinstance(item, str) and item.tag == "br":
            breaks += 1
            pieces[-1].append(item)
            continue
        if isinstance(item, str) and not item.strip():
            pieces[-1].append(item)
            continue
        if breaks >= _BREAKS_BETWEEN_PARAGRAPHS and _has_text(pieces[-1]):
            pieces.append([])
        breaks = 0
        pieces[-1].append(item)
    return [piece for piece in pieces if _has_text(piece) or _has_image(piece)]


def _has_text(run: list[str | HtmlElement]) -> bool:
    return any(i.strip() if isinstance(i, str) else text_of(i) for i in run)


def _has_image(run: list[str | HtmlElement]) -> bool:
    return any(not isinstance(i, str) and (i.tag == "img" or i.find(".//img") is not None) for i in run)


def _paragraph(run: list[str | HtmlElement]) -> HtmlElement:
    paragraph: HtmlElement = new_element("p")
    last: HtmlElement | None = None
    for item in run:
        if isinstance(item, str):
            if last is None:
                paragraph.text = (paragraph.text or "") + item
            else:
                last.tail = (last.tail or "") + item
        else:
            item.tail = None
            paragraph.append(item)
            last = item
    return paragraph
