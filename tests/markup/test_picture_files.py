"""What a file is, by its first bytes; where an article's pictures are."""

from __future__ import annotations

import pytest
from tests import picture_files as files

from personae.markup.picture_files import (
    MOST_PICTURES,
    SUFFIXES,
    picture_addresses,
    picture_of,
    with_pictures_at,
)
from personae.markup.sanitize import clean
from personae.model import Article, LeadImage

CDN = "https://cdn.example"


@pytest.mark.parametrize(
    ("data", "mimetype"),
    [
        (files.png(), "image/png"),
        (files.GIF, "image/gif"),
        (files.jpeg(640, 480), "image/jpeg"),
        (files.WEBP_LOSSY, "image/webp"),
        (files.WEBP_LOSSLESS, "image/webp"),
        (files.webp_extended(640, 480), "image/webp"),
        (files.avif(640, 480), "image/avif"),
        (files.avif(640, 480, b"avis"), "image/avif"),
    ],
)
def test_a_picture_is_what_its_bytes_say(data: bytes, mimetype: str) -> None:
    found = picture_of(data)
    assert found == (data, mimetype)
    assert mimetype in SUFFIXES


@pytest.mark.parametrize(
    "data",
    [
        b"",
        files.PAGE,
        files.SVG,
        b"\xef\xbb\xbf" + files.SVG,
        b"%PDF-1.7",
        b"BM" + bytes(60),
        files.avif(640, 480, b"heic"),
        b"RIFF\x20\0\0\0WAVEfmt " + bytes(20),
        b"GIF89a",
        b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        b"\xff\xd8\xff" + b"\xff" * 4000,
        b"\xff\xd8" + b"\xff\xfe\0\0" * 4000,
        b"\0\0\0\x18ftypavif\0\0\0\0mif1miaf",
    ],
)
def test_what_is_no_whole_picture_of_those_kinds_is_none(data: bytes) -> None:
    assert picture_of(data) is None


@pytest.mark.parametrize("cut", range(33))
def test_a_header_that_is_cut_off_is_no_picture(cut: int) -> None:
    assert picture_of(files.png()[:cut]) is None


@pytest.mark.parametrize(
    "data",
    [
        files.png(stated=(50_000, 50_000)),
        files.jpeg(65_000, 65_000),
        files.webp_extended(16_000, 16_000),
        files.avif(60_000, 60_000),
        files.png(stated=(0, 10)),
    ],
)
def test_a_picture_that_unfolds_into_a_huge_one_is_none_and_is_never_unfolded(data: bytes) -> None:
    assert picture_of(data) is None


def article(content: str, lead: str | None = None) -> Article:
    image = LeadImage(lead) if lead else None
    return clean(Article(title="T", content=content, text="", lead_image=image, url="https://news.example/a"))


def test_the_lead_picture_comes_first_and_each_address_once() -> None:
    content = (
        f'<p>a <img src="{CDN}/1.jpg?a=1&amp;b=2" alt="x > y"></p><figure><img alt="" src="{CDN}/2.jpg"></figure>'
        f'<p><img src="{CDN}/0.jpg"><img src="{CDN}/2.jpg"><img class="formula" alt="x" src="{CDN}/f.png"></p>'
    )
    assert picture_addresses(article(content, f"{CDN}/0.jpg")) == (
        f"{CDN}/0.jpg",
        f"{CDN}/1.jpg?a=1&b=2",
        f"{CDN}/2.jpg",
    )


def test_a_long_gallery_ends_somewhere() -> None:
    content = "".join(f'<figure><img src="{CDN}/{number}.jpg"></figure>' for number in range(100))
    assert len(picture_addresses(article(content))) == MOST_PICTURES


def test_pictures_move_to_other_addresses_and_nothing_else_does() -> None:
    content = (
        f'<p>src="{CDN}/1.jpg" <a href="{CDN}/1.jpg">a</a> <img src="{CDN}/1.jpg?a&amp;b" alt="b > c"></p>'
        f'<figure><img src="{CDN}/2.jpg"></figure>'
    )
    before = article(content, f"{CDN}/0.jpg")
    after = with_pictures_at(before, {f"{CDN}/1.jpg?a&b": "/one", f"{CDN}/0.jpg": "/zero"})
    assert after.content == before.content.replace(f'<img src="{CDN}/1.jpg?a&amp;b"', '<img src="/one"')
    assert after.lead_image is not None
    assert after.lead_image.src == "/zero"
    assert picture_addresses(after) == (f"{CDN}/2.jpg",)
