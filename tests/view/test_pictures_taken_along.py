"""Kept pictures in the e-book and in the one file: where they belong, sound wherever they stand, and no other."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import lxml.html
import pytest
from lxml import etree
from playwright.sync_api import Browser
from tests import picture_files as files
from tests.view.books import Check
from tests.view.random_content import content as random_content

from personae.markup.picture_files import Picture
from personae.markup.sanitize import clean
from personae.model import Article, LeadImage
from personae.view.exports import epub, standalone

CDN = "https://cdn.example"
ONE, TWO = files.png(6, 4, 10), files.png(6, 4, 200)
PICTURES = {
    f"{CDN}/lead.png": Picture(ONE, "image/png"),
    f"{CDN}/two.png?a=1&b=2": Picture(TWO, "image/png"),
    f"{CDN}/same.png": Picture(ONE, "image/png"),
    f"{CDN}/move.gif": Picture(files.GIF, "image/gif"),
    f"{CDN}/new.avif": Picture(files.avif(6, 4), "image/avif"),
    f"{CDN}/nobodys.png": Picture(files.png(shade=3), "image/png"),
}
TWO_TAG = f'<img src="{CDN}/two.png?a=1&amp;b=2" alt="A pier &lt; dusk" width="6" height="4">'
EVERYWHERE = (
    f"<p>In a line {TWO_TAG} of text.</p><h2>Heading {TWO_TAG}</h2><ul><li>{TWO_TAG}</li></ul>"
    f"<figure>{TWO_TAG}<figcaption>Seen.</figcaption></figure><figure>{TWO_TAG}</figure><figure>{TWO_TAG}<p>And.</p></figure>"
    f'<p><a href="https://a.example">{TWO_TAG}</a></p><table><tr><th>{TWO_TAG}</th><td>{TWO_TAG}</td></tr></table>'
    f"<blockquote><p>{TWO_TAG}</p></blockquote><pre>a {TWO_TAG} b</pre>{TWO_TAG}<dl><dt>{TWO_TAG}</dt><dd>x</dd></dl>"
    f'<p><img src="{CDN}/same.png"><img src="{CDN}/move.gif" alt=""><img src="{CDN}/new.avif" alt="New"></p>'
    f'<figure><img src="{CDN}/gone.png" alt="Gone"><figcaption>Not here.</figcaption></figure>'
    f'<p><img class="formula" src="{CDN}/two.png" alt="x^2"></p>'
)


def story(content: str = EVERYWHERE, *, lead: LeadImage | None = None) -> Article:
    return clean(
        Article(
            title="A pier", content=content, text="", language="en", lead_image=lead, url="https://h.example/"
        )
    )


LEAD = LeadImage(f"{CDN}/lead.png", alt="The pier", caption="Dawn & dusk", credit="C. Wren")


def files_of(book: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if "/pictures/" in name}


def page_of(book: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(book)) as archive:
        return etree.fromstring(archive.read(f"EPUB/{name}"))


def xpath(page: etree._Element, path: str) -> list[Any]:
    names = {"x": "http://www.w3.org/1999/xhtml", "opf": "http://www.idpf.org/2007/opf"}
    found: list[Any] = page.xpath(path, namespaces=names)
    return found


def test_a_picture_is_sound_wherever_it_stands_in_a_book(epubcheck: Check) -> None:
    books = {
        "everywhere": epub.book(story(lead=LEAD), pictures=PICTURES),
        "bare-lead": epub.book(story("<p>x</p>", lead=LeadImage(f"{CDN}/lead.png")), pictures=PICTURES),
        "none-kept": epub.book(story(lead=LEAD)),
        **{
            f"random-{seed}": epub.book(
                story(random_content(seed).replace("<p>", f"<p>{TWO_TAG}")), pictures=PICTURES
            )
            for seed in range(6)
        },
    }
    assert {name: told for name, told in epubcheck(books).items() if told} == {}


def test_a_book_holds_each_picture_once_and_only_those_that_it_shows() -> None:
    book = epub.book(story(lead=LEAD), pictures=PICTURES)
    assert sorted(files_of(book).values()) == sorted([ONE, TWO, files.GIF])
    with ZipFile(BytesIO(book)) as archive:
        kinds = {info.compress_type for info in archive.infolist() if "/pictures/" in info.filename}
    assert kinds == {ZIP_STORED}
    assert "cdn" not in " ".join(files_of(book)), "no name tells where it came from"
    covers = xpath(page_of(book, "package.opf"), "//opf:item[@properties='cover-image']/@href")
    assert len(covers) == 1
    assert files_of(book)[f"EPUB/{covers[0]}"] == ONE


def test_a_book_shows_them_with_their_words_and_keeps_the_captions_of_the_others() -> None:
    page = page_of(epub.book(story(lead=LEAD), pictures=PICTURES), "story.xhtml")
    figure, *_ = xpath(page, "//x:figure")
    assert xpath(figure, "x:img/@alt") == ["The pier"]
    assert "".join(figure.itertext()).split() == ["Dawn", "&", "dusk", "C.", "Wren"]
    assert "A pier < dusk" in xpath(page, "//x:img/@alt")
    assert xpath(page, "//x:div[@class='captions']/x:p/text()") == ["Not here."]
    assert xpath(page, "//x:code/text()") == ["x^2"]
    assert all(source.startswith("pictures/") for source in xpath(page, "//@src"))


@pytest.mark.parametrize(
    ("pictures", "note"),
    [
        ({}, "Its pictures are left out; their captions are kept."),
        (PICTURES, "Some of its pictures are left out; their captions are kept."),
    ],
)
def test_a_book_says_what_it_lacks(pictures: dict[str, Picture], note: str) -> None:
    title = page_of(epub.book(story(lead=LEAD), pictures=pictures), "title.xhtml")
    assert note in "".join(title.itertext())


def test_a_book_that_lacks_none_says_nothing_of_it_and_is_another_than_the_one_without() -> None:
    whole = story(f"<p>{TWO_TAG}</p>")
    with_pictures, without = epub.book(whole, pictures=PICTURES), epub.book(whole)
    assert "left out" not in "".join(page_of(with_pictures, "title.xhtml").itertext())
    assert epub.book(whole, pictures=PICTURES) == with_pictures
    identifiers = [
        xpath(page_of(book, "package.opf"), "//*[@id='id']/text()") for book in (with_pictures, without)
    ]
    assert identifiers[0] != identifiers[1]


def test_the_one_file_holds_them_and_asks_nobody(headless_chromium: Browser) -> None:
    html = standalone.page(story(lead=LEAD), pictures=PICTURES)
    page = lxml.html.document_fromstring(html)
    sources = set(page.xpath("//img/@src"))
    shown = (Picture(ONE, "image/png"), Picture(TWO, "image/png"), PICTURES[f"{CDN}/new.avif"])
    data = {f"data:{one.mimetype};base64,{b64encode(one.data).decode()}" for one in shown}
    assert data <= sources
    assert all(source.startswith("data:image/") for source in sources)
    assert page.xpath("//figcaption[contains(., 'Not here.')]")

    asked: list[str] = []
    opened = headless_chromium.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    opened.set_content(html)
    widths = opened.eval_on_selector_all("figure.lead img", "found => found.map(one => one.naturalWidth)")
    assert widths == [6]
    assert [url for url in asked if not url.startswith("data:")] == []
    opened.close()
