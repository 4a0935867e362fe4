"""The best source of a picture, and what is no picture."""

from __future__ import annotations

import pytest
from lxml import html

from personae.article.write.images import best_source, is_decoration, same_picture

BASE = "https://news.example.test/2025/story"


def image(markup: str) -> html.HtmlElement:
    return next(html.fragment_fromstring(f"<div>{markup}</div>").iter("img"))


@pytest.mark.parametrize(
    ("markup", "source"),
    [
        ('<img src="/a.jpg">', "https://news.example.test/a.jpg"),
        ('<img src="data:image/gif;base64,R0" data-src="/a.jpg">', "https://news.example.test/a.jpg"),
        ('<img src="/s.jpg" srcset="/s.jpg 300w, /m.jpg 900w">', "https://news.example.test/m.jpg"),
        ('<img src="/s.jpg" data-srcset="/s.jpg 1x, /m.jpg 2x">', "https://news.example.test/m.jpg"),
        ('<img srcset="/m.jpg 1200w, /huge.jpg 6000w">', "https://news.example.test/m.jpg"),
        (
            '<picture><source srcset="/w.webp 800w"><img src="data:image/gif;base64,R0"></picture>',
            "https://news.example.test/w.webp",
        ),
        ('<img src="/placeholder.png" data-original="/a.jpg">', "https://news.example.test/a.jpg"),
        (
            '<img srcset="/img/w_300,h_200/a.jpg 300w, /img/w_900,h_600/a.jpg 900w">',
            "https://news.example.test/img/w_900,h_600/a.jpg",
        ),
        (
            '<img srcset="https://cdn.example.test/w_300,h_200/a.jpg 300w,https://cdn.example.test/w_900,h_6/a.jpg 900w">',
            "https://cdn.example.test/w_900,h_6/a.jpg",
        ),
        ('<img srcset="/s.jpg, /m.jpg 1.5x,/l.jpg 2x">', "https://news.example.test/l.jpg"),
        ('<img srcset="/s.jpg 300w 200h, /m.jpg 900w 600h">', "https://news.example.test/m.jpg"),
        ('<img srcset="data:image/gif;base64,R0,AA 1w, /m.jpg 900w">', "https://news.example.test/m.jpg"),
        ('<img srcset=" , " src="/a.jpg">', "https://news.example.test/a.jpg"),
        ('<img src="/transparent-16x9.png" data-src="/a.jpg">', "https://news.example.test/a.jpg"),
        ('<img src="/grey-seal.jpg">', "https://news.example.test/grey-seal.jpg"),
        ('<img src="/unloading-the-ferry.jpg">', "https://news.example.test/unloading-the-ferry.jpg"),
        ('<img src="/pixel-9.png">', "https://news.example.test/pixel-9.png"),
        ('<img src="data:image/gif;base64,R0">', None),
        ('<img src="javascript:x">', None),
        ('<img alt="no source">', None),
    ],
)
def test_best_source(markup: str, source: str | None) -> None:
    assert best_source(image(markup), BASE) == source


@pytest.mark.parametrize(
    ("markup", "decoration"),
    [
        ('<img src="/p.gif" width="1" height="1">', True),
        ('<img src="/a.jpg" class="author-avatar">', True),
        ('<img src="/a.jpg" width="640" height="400">', False),
        ('<img src="/a.jpg">', False),
        ('<img src="/icons/play-icon.svg">', True),
        ('<img src="/shareIcon.png">', True),
        ('<img src="/flag-over-the-harbour.jpg">', False),
        ('<img src="/silicon-wafer.png">', False),
        ('<img src="/a.jpg?source=logo" class="catalogue-image">', False),
        ('<img src="/goat-mast-avatar.jpg">', True),
    ],
)
def test_decoration(markup: str, decoration: bool) -> None:  # noqa: FBT001 - a case of the table
    assert is_decoration(image(markup)) is decoration


def test_a_set_of_any_length_is_read_once() -> None:
    crooked = f"{'a' * 200_000} x y"
    assert (
        best_source(image(f'<img srcset="{crooked}, /m.jpg 900w">'), BASE)
        == "https://news.example.test/m.jpg"
    )


def test_one_picture_in_two_sizes_is_one_picture():
    assert same_picture("https://a.test/x/harbour-1024x683.jpg?w=1", "https://b.test/harbour-300x200.jpg")
    assert not same_picture("https://a.test/harbour-one.jpg", "https://a.test/harbour-two.jpg")
    resized = "https://a.test/640x0/https%3A%2F%2Fphotos.example.test%2Fharbour-{}"
    assert not same_picture(resized.format("one"), resized.format("two"))
    assert same_picture(resized.format("one"), "https://photos.example.test/harbour-one.jpg")
