"""Articles built by hand, whose marks and mentions are found by searching for names, and a browser that shows them."""

from __future__ import annotations

import mimetypes
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route
from tests.view.books import Check, findings
from tests.view.browsing import DESKTOP, ORIGIN, PICTURE, Open, picture, until

from personae.markup.sanitize import clean
from personae.model import Actor, ActorType, Article, Evidence, LeadImage, Mention, MentionField
from personae.view.page import assets


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
        parts: dict[MentionField, str] = {
            "title": given["title"],
            "standfirst": given.get("standfirst") or "",
            "text": text,
        }
        for where, whole in parts.items():
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


@pytest.fixture
def story() -> Article:
    paragraphs = [
        f"Ada Lark met Norway on day {i}, and the weather was as grey as the sea below it. " * 4
        for i in range(12)
    ]
    return clean(
        build(
            [p.strip() for p in paragraphs],
            [
                Name("Ada Lark", role="the chair"),
                Name("Norway", "country"),
                Name("sea", "organization", key=False),
            ],
            title="Ada Lark goes to sea",
            url="https://herald.example/a",
            site="The Herald",
            lead_image=LeadImage("https://img.example/a.jpg", width=1200, height=600),
        )
    )


@pytest.fixture
def epubcheck(tmp_path: Path) -> Check:
    """Return for each book what EPUBCheck says of it; see `findings`."""
    return partial(findings, folder=tmp_path)


@pytest.fixture
def show(headless_chromium: Browser) -> Iterator[Open]:
    """Open a page's HTML; any error in the console, a refused style or script among them, fails the test.

    before: a script that runs in the page before its own; picture_delay: seconds until a picture is there;
    options: of the browser's context.
    """
    contexts, complaints = [], []

    def open_page(
        html: str,
        *,
        size: tuple[int, int] = DESKTOP,
        origins: tuple[str, ...] = ("https://img.example",),
        before: str = "",
        picture_delay: float = 0,
        **options: Any,
    ) -> Page:
        policy = (
            f"default-src 'none'; script-src 'self' {' '.join(assets.inline_sources())}; "
            "style-src 'self'; font-src 'self'; "
            f"img-src 'self' {' '.join(origins)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )

        def answer(route: Route) -> None:
            url = urlsplit(route.request.url)
            if url.path.startswith("/static/"):
                name = url.path.removeprefix(f"/static/{assets.version()}/")
                kind = mimetypes.guess_type(name)[0] or "font/woff2"
                route.fulfill(body=assets.content(name), content_type=kind)
            elif url.netloc == urlsplit(ORIGIN).netloc:
                route.fulfill(
                    body=html,
                    content_type="text/html; charset=utf-8",
                    headers={"content-security-policy": policy},
                )
            else:
                time.sleep(picture_delay)
                sides = re.search(r"(\d+)x(\d+)", url.path)
                route.fulfill(
                    body=picture(*sides.groups()) if sides else PICTURE, content_type="image/svg+xml"
                )

        width, height = size
        context = headless_chromium.new_context(
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            has_touch=width < 500,
            **options,
        )
        contexts.append(context)
        context.route("**/*", answer)
        context.add_init_script(before)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.goto(f"{ORIGIN}/read/x")
        if 'reader/main.js"' in html and options.get("java_script_enabled", True):
            until(page, "document.documentElement.classList.contains('ready')")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
