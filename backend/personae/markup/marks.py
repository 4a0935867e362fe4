"""The actors marked in the article's content: `<mark class="actor" data-actor="ID">` around each mention."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lxml.etree import _Element

from personae.markup.elements import body_of, html_of
from personae.markup.paragraphs import Run, paragraphs
from personae.model import Actor, ActorsStatus, Article

log = logging.getLogger(__name__)


def mark(article: Article, actors: Sequence[Actor], status: ActorsStatus) -> Article:
    """Return the article with its actors, and each of their mentions in the text marked in the content.

    A mention that runs across inline tags gets one mark for each text node. The text of the content
    does not change. A paragraph of the content that differs from that of the text stays unmarked.
    Title and standfirst are marked by whoever renders them.
    """
    content = article.content
    if any(m.field == "text" for a in actors for m in a.mentions):
        body = body_of(content)
        mark_tree(body, article.paragraphs, actors)
        content = html_of(body)
    return replace(article, content=content, actors=tuple(actors), actors_status=status)


def mark_tree(root: _Element, texts: Sequence[str], actors: Sequence[Actor]) -> int:
    """Mark the mentions in a tree whose paragraphs are `texts`; return how many paragraphs differ."""
    spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    offsets = _offsets(texts)
    for actor in actors:
        for mention in actor.mentions:
            if mention.paragraph is not None and mention.paragraph < len(offsets):
                at = offsets[mention.paragraph]
                spans[mention.paragraph].append((mention.start - at, mention.end - at, actor.id))
    differ = 0
    runs: list[tuple[Run, str]] = []
    for index, paragraph in enumerate(paragraphs(root)):
        if index >= len(texts) or paragraph.text != texts[index]:
            differ += 1
            continue
        for start, end, actor_id in sorted(spans.get(index, ())):
            runs += [(run, actor_id) for run in paragraph.runs(start, end)]
    if differ:
        log.warning("%d paragraphs of the content differ from the text and are not marked", differ)
    # From the end, so that the offsets of what comes before stay true.
    for run, actor_id in reversed(runs):
        _wrap(run, actor_id)
    return differ


def _offsets(texts: Sequence[str]) -> list[int]:
    offsets, at = [], 0
    for text in texts:
        offsets.append(at)
        at += len(text) + 2
    return offsets


def _wrap(run: Run, actor_id: str) -> None:
    """Put one mark around characters of one text node."""
    element = run.element
    string = (element.text if run.slot == "text" else element.tail) or ""
    new = element.makeelement("mark", {"class": "actor", "data-actor": actor_id})
    new.text = string[run.start : run.end]
    rest = string[run.end :]
    if run.slot == "text":
        element.text = string[: run.start]
        element.insert(0, new)
    else:
        element.tail = string[: run.start]
        parent = element.getparent()
        if parent is None:  # the tail of a root belongs to no paragraph
            return
        parent.insert(parent.index(element) + 1, new)
    new.tail = rest
