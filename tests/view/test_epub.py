"""The e-book: EPUBCheck finds nothing in it, whatever the page held, and it has what a reader wants of it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree
from tests.page_store import PageStore
from tests.view.books import Check
from tests.view.conftest import Name, build
from tests.view.random_content import content as random_content

from personae.article.account.reasons import Reason
from personae.markup.elements import body_of
from personae.markup.sanitize import clean
from personae.model import Actor, Article, LeadImage, Quote
from personae.service.application.corrections import Correction, corrected
from personae.view.exports import epub
from personae.view.i18n.catalogue import catalogue

NAMES = {
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "m": "http://www.w3.org/1998/Math/MathML",
}

# ---------------------------------------------------------------- articles


def story(**fields: Any) -> Article:
    """Return a story with a cast, quotations, sub-headings and everything that a title page can show."""
    paragraphs = [
        "“We counted the letters,” Ada Lark said. Norway said nothing.",
        "Lark said that she had written to Norway twice.",
    ]
    article = build(
        paragraphs,
        [
            Name("Ada Lark", aliases=("Lark",), role="the chair"),
            Name("Norway", "country"),
            Name("Harbour Board", "organization", key=False),
        ],
        **{
            "title": "Ada Lark & Norway: <a> quarrel",
            "standfirst": "It began with Lark.",
            "authors": ("Bea Quill", "Cy Wren"),
            "site": "The Herald",
            "published": "2024-03-05T21:30:00+01:00",
            "modified": "2024-03-07T08:00:00+01:00",
            "url": "https://herald.example/a b?q=[1]",
            "lead_image": LeadImage("https://cdn.example/a.jpg", caption="The pier", credit="C. Wren"),
            **fields,
        },
    )
    text = article.text
    direct, reported = text.index("We counted"), text.index("she had written")
    quotes = (
        Quote(direct, direct + len("We counted the letters,"), "We counted the letters,", "said"),
        Quote(reported, len(text) - 1, "she had written to Norway twice", "said"),
    )
    lark, *others = article.actors
    return clean(replace(article, actors=(replace(lark, quotes=quotes), *others)))


def article_of(html: str, **fields: Any) -> Article:
    return clean(Article(**{"title": "A title", "content": html, "text": "", "language": "en", **fields}))


NOTES = (
    '<p>One<sup><a href="#fn1" id="r1">1</a></sup>, two<a href="#fn2">[2]</a>, none<a href="#gone">3</a>.</p>'
    '<ol><li id="fn1">First. <a href="#r1">↩</a></li><li id="fn2">Second.</li></ol>'
)
HEADINGS = (
    "<h3>Early</h3><p>a</p><h2>Who <em>pays</em></h2><p>b</p><h4>Deep</h4><h3>Less</h3><h2> </h2><p>c</p>"
)
TABLE = (
    "<table><caption>Ships</caption><tbody><tr><td colspan='2' rowspan='9'>1</td></tr></tbody>"
    "<thead><tr><th scope='col'><h3>Name</h3></th><th>Size</th></tr></thead>"
    "<tfoot><tr><td>all</td><td><table><tr><td>in</td></tr></table></td></tr></tfoot></table>"
)
MATH = (
    '<p>So <math display="inline" alttext="x^2"><msup><mi mathvariant="bold">x</mi><mn>2</mn></msup></math>, '
    '<math alttext="a \\over b"><mfrac><mi>a</mi></mfrac></math>, <math><mfrac><mi>c</mi></mfrac></math> and '
    '<img class="formula" src="https://cdn.example/f.png" alt="\\sqrt{2}">.</p>'
)
LISTS = (
    "<ul>loose<li>one<ul><li>deep</li></ul></li><p>stray</p></ul><ol start='3' reversed type='a'><li value='9'>n</li></ol>"
    "<dl><dt>term</dt><dd>what it is</dd></dl><dl><dd>alone</dd></dl><ul><p>no item</p></ul><li>no list</li>"
)
CODE = (
    "<p>Run <code>a &lt; b</code>:</p><pre><code class='language-c'>if (a &lt; b)\n\treturn;\n</code></pre>"
)
ADA = Actor("ada", "Ada Lark", "person", key=True, salience=0.5, aliases=("Ada Lark",))
CORRECTIONS = (
    Correction("rename", "actor-0", "<b>Ada</b> & B. Lark"),
    Correction("split", "actor-0", "Lark"),
    Correction("role", "actor-1", "a & b"),
    Correction("hide", "actor-2"),
)
ODD = "a\x00b\x0bc\x1fd\ud800e\ufffef\x85g😀h\U0010fffdi\u202e"


def written_books(pages: PageStore) -> dict[str, Article]:
    """Return the articles whose books are checked, by what is difficult about them."""
    odd = article_of("<p>x</p>")
    return {
        "story": story(),
        "corrected": clean(corrected(story(), CORRECTIONS)),
        "preview": story(access="preview", access_reason="The page says so."),
        "nothing-known": Article(title="", content="", text=""),
        "no-cast": article_of("<p>Nobody.</p>"),
        "odd-characters": replace(
            odd, title=ODD, standfirst=ODD, authors=(ODD, "\x00", " "), site=ODD, content=f"<p>{ODD}</p>",
            url="https://a.example/\ud800", published="0001-01-01T00:00:00+14:00", language="zz_ZZ",
        ),
        "headings": article_of(HEADINGS),
        "footnotes": article_of(NOTES),
        "same-id-twice": article_of('<p><a href="#a">1</a></p><p id="a">x</p><p id="a">y</p><h2 id="a">z</h2>'),
        "table": article_of(TABLE),
        "formulas": article_of(MATH),
        "lists": article_of(LISTS),
        "code": article_of(CODE),
        "ruby": article_of("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby><ruby>字</ruby></p>", language="ja"),
        "blocks-in-lines": article_of("<p><b>x<div>y</div></b></p><a href='https://a.example'><h2>z</h2><p>w</p></a>"),
        "rtl": story(language="ar", direction="rtl", title="قصة الميناء"),
        "deep": article_of("<blockquote>" * 110 + "<p>x</p>" + "</blockquote>" * 110),
        **{f"random-{seed}": article_of(random_content(seed), actors=(ADA,)) for seed in range(12)},
        **{
            name: pages.page(name)
            for name in ("arabic-rtl", "hebrew-rtl", "japanese", "maths-and-code", "footnotes", "data-table", "recipe")
        },
    }  # fmt: skip


@pytest.fixture(scope="module")
def books(pages: PageStore) -> dict[str, bytes]:
    return {name: epub.book(article) for name, article in written_books(pages).items()}


# ---------------------------------------------------------------- validity


def test_epubcheck_finds_nothing_in_any_book(books: dict[str, bytes], epubcheck: Check) -> None:
    broken = {"broken": _without(books["story"], "EPUB/cast.xhtml")}
    found = epubcheck({**books, **broken})
    assert found.keys() == {*books, "broken"}
    assert any("RSC-001" in finding for finding in found.pop("broken"))
    assert {name: told for name, told in found.items() if told} == {}


def _without(book: bytes, path: str) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(book)) as given, ZipFile(out, "w") as kept:
        for info in given.infolist():
            if info.filename != path:
                kept.writestr(info, given.read(info))
    return out.getvalue()


def test_the_same_article_gives_the_same_bytes_and_another_one_another_identifier() -> None:
    assert epub.book(story()) == epub.book(story())
    other = story(title="Another title")
    assert _metadata(story())["identifier"] == _metadata(replace(story(), id="another-backend"))["identifier"]
    assert _metadata(story())["identifier"] != _metadata(other)["identifier"]
    renamed = corrected(story(), [Correction("rename", story().actors[0].id, "Ada B. Lark")])
    assert _metadata(story())["identifier"] != _metadata(renamed)["identifier"]


def test_the_first_file_says_what_it_is_before_anything_is_unpacked(books: dict[str, bytes]) -> None:
    book = books["story"]
    with ZipFile(BytesIO(book)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert book[30:58] == b"mimetypeapplication/epub+zip"


def test_a_book_asks_for_nothing(books: dict[str, bytes]) -> None:
    for book in books.values():
        for path in ("EPUB/title.xhtml", "EPUB/story.xhtml"):
            page = _read(book, path)
            assert page.xpath("//x:img | //x:script | //x:iframe | //@src", namespaces=NAMES) == []
        with ZipFile(BytesIO(book)) as archive:
            assert b"url(" not in archive.read("EPUB/style.css")


# ---------------------------------------------------------------- what it holds


def _read(book: bytes, path: str) -> Any:
    with ZipFile(BytesIO(book)) as archive:
        return etree.fromstring(archive.read(path))


def _page(article: Article, name: str) -> Any:
    return _read(epub.book(article), f"EPUB/{name}")


def _metadata(article: Article) -> dict[str, str]:
    package = _page(article, "package.opf")
    return {e.tag.rpartition("}")[2]: e.text for e in package.iterfind(".//dc:*", NAMES)} | {
        e.get("property"): e.text for e in package.iterfind(".//opf:meta[@property]", NAMES)
    }


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_library_is_told_title_authors_source_and_dates() -> None:
    package = _page(story(), "package.opf")
    told = _metadata(story())
    assert told["title"] == "Ada Lark & Norway: <a> quarrel"
    assert [e.text for e in package.iterfind(".//dc:creator", NAMES)] == ["Bea Quill", "Cy Wren"]
    assert told["publisher"] == "The Herald"
    assert told["language"] == "en"
    assert told["date"] == "2024-03-05T21:30:00+01:00"
    assert told["dcterms:modified"] == "2024-03-07T07:00:00Z"
    assert told["source"] == "https://herald.example/a%20b?q=%5B1%5D"
    assert told["schema:accessMode"] == "textual"
    assert told["schema:accessibilityHazard"] == "none"


@pytest.mark.parametrize(
    ("published", "date", "modified"),
    [
        ("2024-03-05", "2024-03-05", "2024-03-05T00:00:00Z"),
        ("2024-03-05T10:00:00", "2024-03-05", "2024-03-05T10:00:00Z"),
        ("soon", None, "1980-01-01T00:00:00Z"),
    ],
)
def test_a_date_says_no_more_than_is_known(published: str, date: str | None, modified: str) -> None:
    told = _metadata(story(published=published, modified=None))
    assert told.get("date") == date
    assert told["dcterms:modified"] == modified


def test_the_title_page_says_what_when_by_whom_and_from_where() -> None:
    page = _page(story(access="preview"), "title.xhtml")
    told = _text(page.find(".//x:body", NAMES))
    for part in (
        "The Herald",
        "Bea Quill, Cy Wren",
        "March 5, 2024",
        "updated March 7, 2024",
        "It began with Lark.",
    ):
        assert part in told
    assert "held only the beginning" in told
    assert page.xpath("//x:a[starts-with(@href, 'https')]/@href", namespaces=NAMES) == [
        "https://herald.example/a%20b?q=%5B1%5D"
    ]


def test_why_it_is_a_preview_is_told_in_the_language_of_the_interface() -> None:
    article = story(access="preview", access_reason=Reason.PAID_PROMPT.sentence())
    note = _read(epub.book(article, language="de"), "EPUB/story.xhtml").find(".//x:div[@role='note']", NAMES)
    assert catalogue("de").text("reason_paid_prompt") in _text(note)
    assert "publisher" not in _text(note)
    assert note.xpath(".//*[@lang='en']") == []


def test_marks_lead_to_the_cast_and_the_cast_back_to_the_first_mention_and_the_quotations() -> None:
    book = epub.book(story())
    page = _read(book, "EPUB/story.xhtml")
    marks = page.xpath("//x:a[@epub:type='glossref']", namespaces=NAMES)
    assert [(_text(m), m.get("class"), m.get("href")) for m in marks[:2]] == [
        ("Ada Lark", "actor person key", "cast.xhtml#actor-1"),
        ("Norway", "actor country key", "cast.xhtml#actor-2"),
    ]
    cast = _read(book, "EPUB/cast.xhtml")
    lark = cast.xpath("//x:dt[@id='actor-1']/following-sibling::x:dd[1]", namespaces=NAMES)[0]
    told = _text(lark)
    assert "Person · the chair" in told
    assert "Also “Lark”" in told
    assert "4 mentions" in told
    quoted = lark.findall(".//x:blockquote", NAMES)
    assert [_text(q) for q in quoted] == [
        "“We counted the letters”",
        "Lark said that she had written to Norway twice.",
    ]
    for link in lark.iterfind(".//x:a", NAMES):
        file, _, place = link.get("href").partition("#")
        assert _read(book, f"EPUB/{file}").xpath(f"//*[@id='{place}']")
    first = lark.find(".//x:a", NAMES).get("href")
    assert first.startswith("title.xhtml#")  # the headline names her first


def test_key_actors_come_before_the_others() -> None:
    cast = _page(story(), "cast.xhtml")
    order = [_text(e) for e in cast.xpath("//x:dt | //x:h2", namespaces=NAMES)]
    assert order == ["Ada Lark", "Norway", "Other actors", "Harbour Board"]


def test_the_contents_nest_the_sub_headings_as_they_stand() -> None:
    article = article_of(HEADINGS)
    nav = _page(article, "nav.xhtml")

    def lines(items: Any) -> Any:
        out: list[Any] = []
        for item in items.findall("x:li", NAMES):
            inner = item.find("x:ol", NAMES)
            label = _text(item.find("x:a", NAMES))
            out.append((label, lines(inner)) if inner is not None else label)
        return out

    toc = nav.xpath("//x:nav[@epub:type='toc']/x:ol", namespaces=NAMES)[0]
    inner = ["Early", ("Who pays", ["Deep", "Less"])]
    assert lines(toc) == ["A title", ("The story", inner)]
    ncx = _page(article, "toc.ncx")
    labels = [e.text for e in ncx.iterfind(".//ncx:navMap//ncx:text", NAMES)]
    assert labels == ["A title", "The story", "Early", "Who pays", "Deep", "Less"]


def test_a_book_in_arabic_turns_its_pages_from_right_to_left() -> None:
    article = story(language="ar", direction="rtl")
    spine = _page(article, "package.opf").find("opf:spine", NAMES)
    assert spine.get("page-progression-direction") == "rtl"
    page = _page(article, "story.xhtml")
    assert page.get("dir") == "rtl"
    assert page.find(".//x:section/x:div[2]", NAMES).get("lang") == "ar"
    # Our own words are isolated, so that their numbers do not change places.
    assert _page(article, "cast.xhtml").xpath("//x:bdi[.='4 mentions']", namespaces=NAMES)


def test_pictures_go_and_their_captions_stay() -> None:
    html = (
        '<figure><img src="https://cdn.example/a.png" alt="A pier"><figcaption>The <b>old</b> pier</figcaption></figure>'
        '<figure><img src="https://cdn.example/b.png"></figure><p>x</p>'
    )
    article = article_of(
        html, lead_image=LeadImage("https://cdn.example/l.jpg", caption="Dawn", credit="C. Wren")
    )
    page = _page(article, "story.xhtml")
    captions = [_text(e) for e in page.xpath("//x:div[@class='captions']", namespaces=NAMES)]
    assert captions == ["Dawn C. Wren", "The old pier"]
    assert page.find(".//x:figure", NAMES) is None
    assert "pictures are left out" in _text(_page(article, "title.xhtml"))


def test_formulas_are_mathml_or_else_their_source() -> None:
    article = article_of(MATH)
    page = _page(article, "story.xhtml")
    (math,) = page.iterfind(".//m:math", NAMES)
    assert (math.get("alttext"), _text(math)) == ("x^2", "x2")
    assert [_text(e) for e in page.iterfind(".//x:code", NAMES)] == ["a \\over b", "\\sqrt{2}"]
    assert _text(page.find(".//x:p", NAMES)) == "So x2, a \\over b, c and \\sqrt{2}."
    item = _page(article, "package.opf").find(".//opf:item[@id='story']", NAMES)
    assert item.get("properties") == "mathml"


def test_footnote_signs_are_told_from_the_way_back_and_dead_links_are_none() -> None:
    page = _page(article_of(NOTES), "story.xhtml")
    signs = page.xpath("//x:a[@epub:type='noteref']", namespaces=NAMES)
    assert [_text(sign) for sign in signs] == ["1", "[2]"]
    for link in page.iterfind(".//x:a", NAMES):
        assert page.xpath(f"//*[@id='{link.get('href')[1:]}']")
    assert "none3." in _text(page)


NEAREST = [
    ("<ul>a<li>b</li><p>c</p></ul>", "<ul><li>a</li><li>b</li><li><p>c</p></li></ul>"),
    ("<ul><p>c</p></ul>", "<div><p>c</p></div>"),
    ("<dl><dd>c</dd></dl>", "<div><div>c</div></div>"),
    ("<div><b>x<div>y</div></b></div>", "<div><div>x<div>y</div></div></div>"),
    ("<p>a<wbr>b <i>c</i></p>", "<p>a<wbr/>b <i>c</i></p>"),
    ("<pre>a<p>b</p></pre>", "<div>a<p>b</p></div>"),
    ("<p><time datetime='x'>today</time></p>", "<p><span>today</span></p>"),
    ("<p><bdo>a</bdo><bdo dir='rtl'>b</bdo></p>", '<p><span>a</span><bdo dir="rtl">b</bdo></p>'),
    ("<p lang='de-AT'>a</p><p lang='x'>b</p>", '<p lang="de-AT" xml:lang="de-AT">a</p><p>b</p>'),
    ("<p><a href='https://a.example/ä'>b</a></p>", '<p><a href="https://a.example/%C3%A4">b</a></p>'),
    ("<table><tr><th><h3>a</h3></th></tr></table>", "<table><tbody><tr><th><div>a</div></th></tr></tbody></table>"),
    ("<ruby>a<rt>b</rt></ruby>", "<ruby>a<rt>b</rt></ruby>"),
    ("<ruby>a</ruby>", "<span>a</span>"),
    ("<figure><p>a</p><figcaption>b</figcaption></figure>", "<figure><p>a</p><figcaption><div>b</div></figcaption></figure>"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), NEAREST)
def test_what_is_not_allowed_becomes_the_nearest_thing_that_is(html: str, expected: str) -> None:
    page = _page(Article(title="T", content=html, text=""), "story.xhtml")
    story = page.find(".//x:section/x:div", NAMES)
    for element in story.iter():
        element.attrib.pop("id", None)
    got = "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in story)
    assert got.replace(' xmlns="http://www.w3.org/1999/xhtml"', "").replace(
        ' xmlns:epub="http://www.idpf.org/2007/ops"', ""
    ).replace(' class="scroll"', "") == expected.replace("<table>", "<div><table>").replace(
        "</table>", "</table></div>"
    )


@pytest.mark.parametrize("seed", range(12))
def test_no_word_of_the_content_is_lost(seed: int) -> None:
    article = article_of(random_content(seed))
    given = body_of(article.content)
    etree.strip_elements(given, "math", with_tail=False)  # one that is not sound becomes its source
    written = _page(article, "story.xhtml").find(".//x:section/x:div", NAMES)
    for word in ("word", "漢字", "a < b & c"):
        assert _text(given).count(word) > 0
        assert _text(written).count(word) >= _text(given).count(word)
