"""What was taken out, of what kind it is, and why: in words for people.

Whether a block goes is decided by choose/body.py. Here the blocks that went are gathered into the boxes that
they stood in, and each box gets a kind from what is in it (form controls first, names next, phrases last).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from personae.article.account.reasons import Reason, Where
from personae.article.choose.body import Body
from personae.article.segment.blocks import Block
from personae.article.vocabulary.element_names import bit, kinds_named, names_of, names_of_kind
from personae.article.vocabulary.phrases import phrases_in
from personae.markup.content_model import HEADINGS
from personae.markup.text import text_of, words, words_of_each
from personae.model import Removal, RemovalKind

# The numbers here were chosen by hand on tests/pages and the development corpus in November 2026: characters,
# widths in characters of a Latin script, words, blocks, shares of text.

# The most boxes outside the article's area that are told of.
MOST_OUTSIDE = 24
_EMBEDDED: tuple[RemovalKind, Reason] = ("other", Reason.POST)
# How much of a removal's text is told.
_FIRST = 120
# Where a gateway stands after a preview's last paragraph, and how many blocks it may have.
_NEAR_END, _GATE_BLOCKS = 4, 12
# How much of its beginning says what a block is; of a form, which may have much to fill in; of a box below
# that width.
_OPENING, _FORM_OPENING = 160, 600
_BOX_OPENING, _BOX_WIDTH = 400, 600
# A text field in a form with less text is for a comment; a field for an address in one with less, for a
# newsletter.
_COMMENT_FORM, _MAIL_FORM = 200, 1500
# With a smaller share of links, what is called "share" shares nothing; with a larger one, a box points
# elsewhere.
_SHARE_LINKED, _LINKED = 0.3, 0.5
# How many blocks at the top of a box may hold the headline.
_HEAD_BLOCKS = 4
# A box repeats the story when a block with more than this share of its text, and more words than this, does.
_REPEATING_SHARE, _REPEATING_WORDS = 0.6, 4
# The words below which a box is a line about the author, or with the date.
_AUTHOR_WORDS, _DATE_WORDS = 40, 25
_MAIL_FIELD, _USER_FIELD = names_of_kind("mail_field"), names_of_kind("user_field")
_SKIPPED_OUTSIDE = frozenset({"nav", "header"})
_TOO_LARGE = frozenset({"html", "body", "main", "article"})


@dataclass(frozen=True, slots=True)
class RemovedBox:
    """Blocks that went together.

    element: the largest element that holds none of the article; inside: within the article's area;
    after: index of the article's block before it, -1 when it stood before the first.
    """

    element: HtmlElement
    blocks: tuple[Block, ...]
    inside: bool
    after: int


def removed_boxes(body: Body, carried: set[int], embedded: set[int]) -> Iterator[tuple[RemovedBox, Removal]]:
    """Yield the boxes that are not in the article with their removals, in the page's order.

    Inside the article's area every box counts, outside only those of a kind that readers want to know of.
    carried: the blocks that are in the content though nobody chose them; embedded: those of posts that a link
    card stands for. `html` and `after` of the removals are left to the caller.
    """
    outside = 0
    known = _Kinds(body)
    for box in _boxes(body, carried, known):
        kind, reason = (
            _EMBEDDED
            if embedded.issuperset(b.index for b in box.blocks)
            else kind_and_reason(box, body, known)
        )
        if not box.inside:
            if kind in ("other", "advert") or outside >= MOST_OUTSIDE:
                continue
            outside += 1
        text = " ".join(b.text for b in box.blocks)[:_FIRST].strip()
        sentence = reason.sentence(where=_where(box, body))
        yield box, Removal(kind=kind, reason=sentence, text=text, inside=box.inside)


def _boxes(body: Body, carried: set[int], known: _Kinds) -> Iterator[RemovedBox]:
    blocks, chosen = body.blocks, body.chosen
    first, last = min(chosen), max(chosen)
    around = {e for i in chosen for e in blocks[i].trail}
    holders = _Holders(around, known)
    area, gate = _area(body), _gate_after(body, last, around)
    open_blocks: list[Block] = []
    holder: HtmlElement | None = None
    after = -1

    def is_inside(block: Block) -> bool:
        within = (block.element, *block.trail)
        return first < block.index < last or area in within or (gate is not None and gate in within)

    def close() -> Iterator[RemovedBox]:
        if holder is not None and open_blocks:
            yield RemovedBox(holder, tuple(open_blocks), is_inside(open_blocks[0]), after)

    for block in blocks:
        if block.index in chosen:
            yield from close()
            open_blocks, holder, after = [], None, block.index
            continue
        if block.index in carried:
            continue
        element = holders.box_of(block, inside=is_inside(block))
        if element is None:
            continue
        if element is not holder:
            yield from close()
            open_blocks, holder = [], element
        open_blocks.append(block)
    yield from close()


def _gate_after(body: Body, last: int, around: set[HtmlElement]) -> HtmlElement | None:
    """Return the box right below the story that sells it, whatever it is called: the mark of a preview."""
    for block in body.blocks[last + 1 : last + 1 + _NEAR_END]:
        phrases = phrases_in(block.text[:_OPENING])
        if "paywall" not in phrases or phrases & {"comments", "subscribed"}:
            continue
        if any(e.tag in _SKIPPED_OUTSIDE or e.tag == "footer" for e in block.trail):
            continue
        box = block.element
        for element in block.trail:
            if element in around or element.tag in _TOO_LARGE:
                break
            box = element
        if sum(box in (b.element, *b.trail) for b in body.blocks[last + 1 :]) <= _GATE_BLOCKS:
            return box
    return None


def _area(body: Body) -> HtmlElement | None:
    """Return the smallest element around the whole article, None when that is body itself."""
    trails = [set(body.blocks[i].trail) for i in body.chosen]
    common = set.intersection(*trails)
    return next((e for e in body.blocks[min(body.chosen)].trail if e in common), None)


class _Holders:
    """Finds the boxes of blocks; what depends on the elements around is looked at once an element."""

    def __init__(self, around: set[HtmlElement], known: _Kinds) -> None:
        self._around = around
        self._known = known
        self._in_menu: dict[HtmlElement, bool] = {}
        self._free: dict[HtmlElement, tuple[HtmlElement | None, HtmlElement | None]] = {}

    def box_of(self, block: Block, *, inside: bool) -> HtmlElement | None:
        """Return a block's box: inside, the largest free of the article; outside, the largest of a kind."""
        if not inside and self._stands_in_menu(block.trail):
            return None
        top, telling = self._free_around(block.trail)
        if telling is None and self._known.is_telling(block.element):
            telling = block.element
        if telling is not None or not inside:
            return telling
        return block.element if top is None else top

    def _stands_in_menu(self, trail: tuple[HtmlElement, ...]) -> bool:
        if not trail:
            return False
        if trail[0] not in self._in_menu:
            self._in_menu[trail[0]] = any(e.tag in _SKIPPED_OUTSIDE for e in trail)
        return self._in_menu[trail[0]]

    def _free_around(self, trail: tuple[HtmlElement, ...]) -> tuple[HtmlElement | None, HtmlElement | None]:
        """Return the largest element around that is free of the article, and the largest of a kind."""
        seen = next((i for i, e in enumerate(trail) if e in self._free), len(trail))
        top, telling = self._free[trail[seen]] if seen < len(trail) else (None, None)
        for element in reversed(trail[:seen]):
            if element in self._around:
                top, telling = None, None
            else:
                top = element if top is None else top
                if telling is None and self._known.is_telling(element):
                    telling = element
            self._free[element] = top, telling
        return top, telling


def kind_and_reason(box: RemovedBox, body: Body, known: _Kinds) -> tuple[RemovalKind, Reason]:
    """Return the kind of a box, and why it is not in the article."""
    control = known.by_controls(box.element)
    # A thread stays a thread when it ends with a form to log in.
    if control and (box.element.tag == "form" or known.by_names(box.element) != "comments"):
        return control
    text = " ".join(b.text for b in box.blocks)
    width = sum(b.width for b in box.blocks)
    phrases = phrases_in(box.blocks[0].text[:_OPENING])
    if width < _BOX_WIDTH:
        phrases |= phrases_in(text[:_BOX_OPENING])
    named = known.by_names(box.element) or _named_around(box.blocks[0], box, known)
    return _by_looks(box, body, known, named, phrases)


def _kind_by_controls(element: HtmlElement) -> tuple[RemovalKind, Reason] | None:
    """Return the kind of a form by what it asks for, None when its fields do not tell."""
    inputs = list(element.iter("input"))
    kinds = {(i.get("type") or "text").lower() for i in inputs}
    names = " ".join(
        f"{i.get('name') or ''} {i.get('placeholder') or ''} {i.get('id') or ''}" for i in inputs
    ).lower()
    is_for_mail = _MAIL_FIELD.search(names) is not None
    text = text_of(element)
    phrases = phrases_in(text[:_FORM_OPENING])
    names_user = is_for_mail or _USER_FIELD.search(names) is not None
    if "password" in kinds or ("login" in phrases and names_user and "newsletter" not in phrases):
        return "login", Reason.LOGIN_FORM
    has_area = next(element.iter("textarea"), None) is not None
    if has_area and ("comments" in phrases or len(text) < _COMMENT_FORM):
        return "comments", Reason.COMMENT_FORM
    if ("email" in kinds or is_for_mail) and len(text) < _MAIL_FORM:
        return "newsletter", Reason.MAIL_FORM
    return None


# Names tell a kind alone only when they are the box's own and say one thing.
_NAMED: tuple[RemovalKind, ...] = (
    "comments",
    "newsletter",
    "paywall",
    "related",
    "share",
    "cookie",
    "advert",
)
_NAMED_BITS: tuple[tuple[int, RemovalKind], ...] = (
    *((bit(kind), kind) for kind in _NAMED),
    (bit("ranking"), "related"),
)


@lru_cache(maxsize=8192)
def _kind_named(names: str) -> RemovalKind | None:
    found = kinds_named(names)
    return next((kind for bits, kind in _NAMED_BITS if found & bits), None)


class _Kinds:
    """The kinds of a page's elements, each looked at once, and the words of what a box may repeat.

    story: the article's; title: the headline's; titles: all headlines'; standfirsts: those of what may stand
    above the story.
    """

    def __init__(self, body: Body) -> None:
        data = body.facts.metadata
        self.title = words(data.title or "")
        self.titles = words_of_each(data.title, *data.headlines)
        self.standfirsts = words_of_each(data.standfirst, data.description)
        self.story = " ".join(" ".join(body.blocks[i].words) for i in sorted(body.chosen))
        root = body.blocks[0].element.getroottree()
        fields = root.iter("input", "textarea")
        self._with_fields = {e for field in fields for e in field.iterancestors() if e.tag not in _TOO_LARGE}
        self._names: dict[HtmlElement, RemovalKind | None] = {}
        self._controls: dict[HtmlElement, tuple[RemovalKind, Reason] | None] = {}

    def by_names(self, element: HtmlElement) -> RemovalKind | None:
        """Return the kind that an element's own names tell."""
        if element not in self._names:
            mute = not element.attrib or element.tag in _TOO_LARGE
            self._names[element] = None if mute else _kind_named(names_of(element))
        return self._names[element]

    def is_telling(self, element: HtmlElement) -> bool:
        """Return whether an element's own names or controls tell a kind."""
        return self.by_names(element) is not None or self.by_controls(element) is not None

    def by_controls(self, element: HtmlElement) -> tuple[RemovalKind, Reason] | None:
        """Return the kind that the form controls in an element tell, and the reason with it."""
        if element not in self._with_fields:
            return None
        if element not in self._controls:
            self._controls[element] = _kind_by_controls(element)
        return self._controls[element]


def _named_around(block: Block, box: RemovedBox, known: _Kinds) -> RemovalKind | None:
    for element in (block.element, *block.trail):
        kind = known.by_names(element)
        if kind or element is box.element:
            return kind
    return None


def _by_looks(
    box: RemovedBox, body: Body, known: _Kinds, named: RemovalKind | None, phrases: frozenset[str]
) -> tuple[RemovalKind, Reason]:
    width = sum(b.width for b in box.blocks)
    linked = sum(b.width * b.linked for b in box.blocks) / max(1.0, width)
    if repeated := _repeats(box, known):
        return "other", repeated
    if named == "paywall" and not phrases & {"paywall", "login"}:
        named = None
    if named == "share" and linked < _SHARE_LINKED and "share" not in phrases:
        named = None
    kind = named or next(
        (kind for phrase, kind, least in _BY_PHRASE if phrase in phrases and linked >= least), None
    )
    if kind:
        return kind, _REASONS[kind]
    if signed := _signs(box, body):
        return "other", signed
    if linked > _LINKED:
        return "related", Reason.LINKS
    if len(box.blocks) == 1 and box.blocks[0].tag in HEADINGS:
        return "other", Reason.HEADING
    return "other", Reason.UNLIKE


def _repeats(box: RemovedBox, known: _Kinds) -> Reason | None:
    """Return a reason when a box only says again what stands above the story, or in it."""
    tokens = tuple(w for b in box.blocks for w in b.words)
    if tokens in known.titles:
        return Reason.REPEATS_HEADLINE
    if tokens in known.standfirsts:
        return Reason.REPEATS_STANDFIRST
    if any(b.words == known.title for b in box.blocks[:_HEAD_BLOCKS]):
        return Reason.HEADLINE
    longest = max(box.blocks, key=lambda b: b.width)
    is_most = longest.width > _REPEATING_SHARE * sum(b.width for b in box.blocks)
    if is_most and len(longest.words) > _REPEATING_WORDS and " ".join(longest.words) in known.story:
        return Reason.REPEATS_STORY
    return None


def _signs(box: RemovedBox, body: Body) -> Reason | None:
    """Return a reason when a box says who wrote the story, or when."""
    tokens = [w for b in box.blocks for w in b.words]
    if len(tokens) < _AUTHOR_WORDS and any(set(words(a)) <= set(tokens) for a in body.facts.metadata.authors):
        return Reason.AUTHOR
    if len(tokens) < _DATE_WORDS and "date" in phrases_in(box.blocks[0].text[:_OPENING]):
        return Reason.DATE
    return None


_BY_PHRASE: tuple[tuple[str, RemovalKind, float], ...] = (
    ("cookie", "cookie", 0.0),
    ("newsletter", "newsletter", 0.0),
    ("comments", "comments", 0.0),
    ("paywall", "paywall", 0.0),
    ("related", "related", 0.1),
    ("login", "login", 0.0),
    ("share", "share", 0.1),
    ("advert", "advert", 0.0),
)
_REASONS: dict[RemovalKind, Reason] = {
    "comments": Reason.COMMENTS,
    "newsletter": Reason.NEWSLETTER,
    "paywall": Reason.PAYWALL,
    "related": Reason.RELATED,
    "share": Reason.SHARE,
    "cookie": Reason.COOKIE,
    "advert": Reason.ADVERT,
    "login": Reason.LOGIN,
}


def _where(box: RemovedBox, body: Body) -> Where:
    first, last = min(body.chosen), max(body.chosen)
    at = box.blocks[0].index
    if at < first:
        return Where.ABOVE
    if at > last:
        return Where.BELOW
    return Where.BETWEEN
