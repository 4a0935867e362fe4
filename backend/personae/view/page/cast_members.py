"""The cast as the page shows it: each actor with its lane of mentions and their contexts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from personae.model import Actor, Article, Mention, MentionField
from personae.view.i18n.catalogue import Catalogue
from personae.view.page.evidence import NameReason, SalienceReason, name_reasons, reasons
from personae.view.page.places import PagePlace, Places
from personae.view.page.quotations import quotation_line

FIELDS: tuple[MentionField, ...] = ("title", "standfirst", "text")  # as they stand on the page

# A lane, in per cent of its width: headline and standfirst first, a gap, then the text from end to end.
LANE_TITLE = 0.6
LANE_STANDFIRST = 3.6
LANE_TEXT = (8.0, 99.4)
LANE_STEP = 0.5  # mentions closer than this share one tick

CONTEXT_BEFORE = 36  # code points
CONTEXT_AFTER = 60
MAX_CONTEXTS = 40
MAX_QUOTATIONS = 5
QUOTATION_LENGTH = 220  # code points
QUOTATION_BEFORE = 120  # of the sentence before the words

_LANGUAGE = re.compile(r"[a-z]{2,3}(?=-|$)")


@dataclass(frozen=True, slots=True)
class Context:
    """One mention within its sentence. anchor: the id of its mark on the page, None when it has none."""

    anchor: str | None
    field: MentionField
    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownQuotation:
    """What an actor said. before, after: what the text's sentence has around the words, else ""."""

    before: str
    words: str
    after: str
    place: PagePlace | None


@dataclass(frozen=True, slots=True)
class Tick:
    """One stroke of a lane. x: per cent of the lane's width; label: what its tooltip says."""

    x: float
    anchor: str | None
    label: str
    head: bool


@dataclass(frozen=True, slots=True)
class Member:
    """One actor of the cast.

    number: its place, from 1; anchor: the id of its first mark.
    called: what its mentions call it, each string once.
    role_place: where the text says who this is; quotations: the first of them, quoted: how many there are.
    lookup: the address of an encyclopedia's search for the name.
    """

    number: int
    actor: Actor
    anchor: str | None
    also: tuple[str, ...]
    called: tuple[str, ...]
    count: int
    ticks: tuple[Tick, ...]
    contexts: tuple[Context, ...]
    role_place: PagePlace | None
    quotations: tuple[ShownQuotation, ...]
    quoted: int
    lookup: str
    names: tuple[NameReason, ...]
    reasons: tuple[SalienceReason, ...]


def in_order(article: Article) -> list[tuple[Actor, Mention]]:
    """Return all mentions as they stand on the page: headline, standfirst, text."""
    pairs = [(actor, mention) for actor in article.actors for mention in actor.mentions]
    return sorted(pairs, key=lambda p: (FIELDS.index(p[1].field), p[1].start, -p[1].end))


def assemble(
    article: Article, anchors: Mapping[tuple[str, Mention], str], places: Places, words: Catalogue
) -> list[Member]:
    """Return the cast in the article's order (most important first).

    anchors: (actor id, mention) -> id of its mark on the page.
    """
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for actor, mention in in_order(article):
        mentions[actor.id].append(mention)
    members = []
    for number, actor in enumerate(article.actors, start=1):
        own = mentions[actor.id]
        anchored = [(mention, anchors.get((actor.id, mention))) for mention in own]
        members.append(
            Member(
                number=number,
                actor=actor,
                anchor=next((anchor for _, anchor in anchored if anchor), None),
                also=tuple(alias for alias in actor.aliases if alias != actor.name),
                called=tuple(dict.fromkeys(mention.text for mention in own)),
                count=len(own),
                ticks=tuple(_ticks(article, anchored, places, words)),
                contexts=tuple(_context(article, m, a) for m, a in anchored[:MAX_CONTEXTS]),
                role_place=places.of_role(actor),
                quotations=tuple(_quotations(article, actor, places, words)),
                quoted=len(actor.quotes),
                lookup=lookup(actor.name, article.language),
                names=name_reasons(actor, words),
                reasons=reasons(actor, words),
            )
        )
    return members


def lookup(name: str, language: str | None) -> str:
    """Return the address of Wikipedia's search for a name, in the language of the article.

    Nothing asks for it before the reader follows the link.
    """
    known = _LANGUAGE.match((language or "").lower())
    return f"https://{known[0] if known else 'en'}.wikipedia.org/w/index.php?{urlencode({'search': name})}"


def _quotations(article: Article, actor: Actor, places: Places, words: Catalogue) -> Iterable[ShownQuotation]:
    for quote in sorted(actor.quotes, key=lambda q: q.start)[:MAX_QUOTATIONS]:
        line = quotation_line(article, quote, words)
        shown = _head(line.words, QUOTATION_LENGTH)
        after = _head(line.after) if shown == line.words else ""
        yield ShownQuotation(
            _tail(line.before, QUOTATION_BEFORE), shown, after, places.of(quote.start, quote.end)
        )


def _ticks(
    article: Article, anchored: Iterable[tuple[Mention, str | None]], places: Places, words: Catalogue
) -> Iterable[Tick]:
    count = len(places.starts)
    last = -1.0
    for mention, anchor in anchored:
        x = _place(mention, len(article.text))
        if x - last < LANE_STEP:
            continue
        last = x
        if mention.field == "text":
            number = places.paragraph(mention.start) + 1
            label = words.text("mention_in_paragraph", name=mention.text, place=number, count=count)
        else:
            label = words.text(f"mention_in_{mention.field}", name=mention.text)
        yield Tick(round(x, 1), anchor, label, mention.field != "text")


def _place(mention: Mention, length: int) -> float:
    if mention.field == "title":
        return LANE_TITLE
    if mention.field == "standfirst":
        return LANE_STANDFIRST
    left, right = LANE_TEXT
    return left + (right - left) * min(mention.start / max(length, 1), 1.0)


def _context(article: Article, mention: Mention, anchor: str | None) -> Context:
    whole = {"title": article.title, "standfirst": article.standfirst or "", "text": article.text}[
        mention.field
    ]
    begin = whole.rfind("\n\n", 0, mention.start) + 2 if "\n\n" in whole[: mention.start] else 0
    end = whole.find("\n\n", mention.end)
    before = whole[begin : mention.start]
    after = whole[mention.end : end if end >= 0 else len(whole)]
    return Context(anchor, mention.field, _tail(before), mention.text, _head(after))


def _tail(text: str, length: int = CONTEXT_BEFORE) -> str:
    """Return the last words of a text that goes on before what is shown."""
    if len(text) <= length:
        return text
    cut = text[-length:]
    _, space, rest = cut.partition(" ")
    return "… " + (rest if space and rest.strip() else cut)


def _head(text: str, length: int = CONTEXT_AFTER) -> str:
    """Return the first words of a text that goes on."""
    if len(text) <= length:
        return text
    cut = text[:length]
    rest, space, _ = cut.rpartition(" ")
    return (rest if space and rest.strip() else cut) + " …"
