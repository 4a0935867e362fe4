"""An article built by hand: its marks and mentions are found by searching for names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import Any, NamedTuple

import pytest

from personae.model import Actor, ActorType, Article, Evidence, Mention


class Name(NamedTuple):
    name: str
    type: ActorType = "person"
    key: bool = True
    aliases: tuple[str, ...] = ()
    role: str | None = None
    why: Evidence = Evidence()


def build(paragraphs: Sequence[str], names: Sequence[Name] = (), **fields: Any) -> Article:
    """Return an article of these paragraphs in which every name is marked wherever it stands."""
    given: dict[str, Any] = {"title": "A plain title", "actors_status": "found", "language": "en", **fields}
    text = "\n\n".join(paragraphs)
    actors, spans = [], []
    for number, (name, kind, key, aliases, role, why) in enumerate(names):
        own = sorted({name, *aliases}, key=len, reverse=True)
        pattern = "|".join(re.escape(n) for n in own)
        mentions = []
        for where, whole in (
            ("title", given["title"]),
            ("standfirst", given.get("standfirst") or ""),
            ("text", text),
        ):
            for match in re.finditer(pattern, whole):
                paragraph = whole[: match.start()].count("\n\n") if where == "text" else None
                mentions.append(Mention(where, match.start(), match.end(), match[0], paragraph))
                if where == "text":
                    spans.append((match.start(), match.end(), f"actor-{number}"))
        actors.append(
            Actor(
                f"actor-{number}", name, kind, key, 0.5, tuple(own), role, mentions=tuple(mentions), why=why
            )
        )
    out, at = "", 0
    for start, end, actor in sorted(spans):
        out += (
            escape(text[at:start])
            + f'<mark class="actor" data-actor="{actor}">{escape(text[start:end])}</mark>'
        )
        at = end
    out += escape(text[at:])
    content = "".join(f"<p>{p}</p>" for p in out.split("\n\n")) if text else ""
    return replace(Article(title="", content=content, text=text), **{"actors": tuple(actors), **given})


@pytest.fixture
def build_article() -> Callable[..., Article]:
    return build


@pytest.fixture
def named() -> type[Name]:
    return Name
