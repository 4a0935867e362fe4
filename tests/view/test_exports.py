from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from personae.markup.sanitize import clean
from personae.model import Article, Quote
from personae.view.exports.formats import EXPORTS, Export, file_stem, markdown, plain_text
from personae.view.i18n.catalogue import LANGUAGES, LOCALES, catalogue

Build = Callable[..., Article]


@pytest.fixture
def story(build_article: Build, named: Any) -> Article:
    return clean(
        build_article(
            ["Ada Lark spoke.", "Lark left for Norway."],
            [named("Ada Lark", aliases=("Lark",), role="the chair"), named("Norway", "country")],
            title="A *star* is [born]",
            standfirst="It shines.",
            authors=("Bea Quill",),
            site="The Herald",
            published="2024-03-05T21:30:00+01:00",
            url="https://herald.example/a_b",
        )
    )


def test_markdown_has_head_body_and_cast(story: Article) -> None:
    assert markdown(story) == (
        "# A \\*star\\* is \\[born\\]\n\n**It shines.**\n\n"
        "By Bea Quill  \nThe Herald, March 5, 2024  \n<https://herald.example/a_b>\n\n"
        "Ada Lark spoke.\n\nLark left for Norway.\n\n"
        "## Cast\n\n- **Ada Lark**, the chair: 2 mentions, also “Lark”\n- **Norway**, country: 1 mention\n"
    )


def test_plain_text_has_head_paragraphs_and_cast(story: Article) -> None:
    assert plain_text(story) == (
        "A *star* is [born]\n\nIt shines.\n\n"
        "By Bea Quill\nThe Herald, March 5, 2024\nhttps://herald.example/a_b\n\n"
        "Ada Lark spoke.\n\nLark left for Norway.\n\n"
        "Cast\n- Ada Lark, the chair: 2 mentions, also “Lark”\n- Norway, country: 1 mention\n"
    )


def test_the_cast_of_the_markdown_says_who_said_what(story: Article) -> None:
    text = "“It is *late*,” Ada Lark said. Lark said that she had waited."
    direct = Quote(1, 13, "It is *late*,", "said")
    reported = Quote(text.index("she"), len(text) - 1, "she had waited", "said")
    lark, norway = story.actors
    told = replace(story, text=text, actors=(replace(lark, quotes=(direct, reported)), norway))
    cast = markdown(told).partition("## Cast\n\n")[2]
    assert cast.splitlines()[1:3] == ["  - “It is \\*late\\*”", "  - Lark said that she had waited."]


IN_LANGUAGES = {
    "de": ("Von Bea Quill, Cy Reed", "## Besetzung", "2 Nennungen, auch „Lark“", "Land: 1 Nennung"),
    "fr": ("Par Bea Quill, Cy Reed", "## Personnages", "2 mentions, aussi « Lark »", "pays : 1 mention"),
    "es": ("Por Bea Quill, Cy Reed", "## Reparto", "2 menciones, también «Lark»", "país: 1 mención"),
    "ar": ("بقلم Bea Quill, Cy Reed", "## الشخصيات", "إشارتان، وأيضًا باسم «Lark»", "بلد: إشارة واحدة"),
}


def plainly(text: str) -> str:
    """Return a text without isolates, and with usual spaces."""
    return re.sub("[\xa0\u202f]", " ", re.sub("[\u2066-\u2069]", "", text))


@pytest.mark.parametrize("language", IN_LANGUAGES)
def test_text_and_markdown_speak_the_language_of_the_interface(story: Article, language: str) -> None:
    article = replace(story, title="", authors=("Bea Quill", "Cy Reed"), access="preview")
    words = catalogue(language)
    by, heading, mentions, country = IN_LANGUAGES[language]
    for form, bold in (("md", "**"), ("txt", "")):
        text = EXPORTS[form].write(article, language, {}).decode()
        seen = plainly(text)
        lines = [line.strip() for line in seen.splitlines()]
        assert lines[0] == ("# " if bold else "") + words.text("untitled")
        assert by in lines
        assert (heading if bold else heading.removeprefix("## ")) in lines
        assert plainly(words.text("export_preview")) in seen
        lark, norway = lines[-2:]
        assert lark.startswith(f"- {bold}Ada Lark{bold}")
        assert lark.endswith(mentions)
        assert norway.endswith(country)
        assert not re.search(r"\b(By|Cast|Untitled|country|also|preview)\b", seen)


def test_a_name_that_runs_the_other_way_stands_on_its_own_in_the_line(story: Article) -> None:
    lark, norway = EXPORTS["md"].write(story, "ar", {}).decode().splitlines()[-2:]
    assert "- **\u2068Ada Lark\u2069**، \u2068the chair\u2069: " in lark
    assert "«\u2068Lark\u2069»" in lark
    assert norway.startswith("- **\u2068Norway\u2069**، ")


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("A *star* is [born]", "A-star-is-born"),
        ("हिंदी समाचार", "हिंदी-समाचार"),
        ("../../etc/passwd\r\n", "etc-passwd"),
        ("日" * 90, "日" * 40),
        ("?!", "article"),
    ],
)
def test_a_title_becomes_a_file_name(title: str, stem: str) -> None:
    assert file_stem(title) == stem


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("epub", b"PK"), ("html", b"<!doctype html>"), ("md", b"# A "), ("txt", b"A *star*"), ("json", b"{")],
)
def test_a_form_begins_as_what_it_says_that_it_is(story: Article, suffix: str, start: bytes) -> None:
    assert EXPORTS[suffix].write(story, "en", {}).startswith(start)


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_every_form_is_text_that_can_be_read_or_says_that_it_is_none(story: Article, export: Export) -> None:
    odd = replace(story, title="a\ud800b", text="a\ud800b", content="<p>a\ud800b</p>")
    for article in (story, odd):
        written = export.write(article, "en", {})
        assert written
        if export.is_text:
            assert "\0" not in written.decode()
    assert export.is_text or export.attached


def test_the_json_is_the_article(story: Article) -> None:
    assert Article.from_dict(json.loads(EXPORTS["json"].write(story, "de", {}))) == story


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_its_name_for_the_menu_in_every_language(language: str) -> None:
    messages = json.loads((LOCALES / language / "messages.json").read_text("utf-8"))
    assert {f"export_{suffix}" for suffix in EXPORTS} <= messages.keys()


def test_no_two_forms_share_a_name() -> None:
    assert len({export.name for export in EXPORTS.values()}) == len(EXPORTS)


CONVERTED = [
    ("<h2>Then</h2><p>a <em>b</em> <strong>c</strong></p>", "## Then\n\na *b* **c**"),
    ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
    ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
    ("<blockquote><p>said</p></blockquote>", "> said"),
    ('<p><a href="https://a.example/x">there</a></p>', "[there](https://a.example/x)"),
    ("<pre><code>*a* | b\n</code></pre>", "```\n*a* | b\n```"),
    ("<p>1. no list<br># no heading</p>", "1\\. no list\\\n\\# no heading"),
    ("<p>- no list, 2024. No list</p>", "\\- no list, 2024. No list"),
    ("<p>- a</p><p>+ b</p><p>&gt; c</p><p>2) d</p>", "\\- a\n\n\\+ b\n\n\\> c\n\n2\\) d"),
    ("<p>a<br>---<br>===</p><p>~~~</p>", "a\\\n\\---\\\n\\===\n\n\\~~~"),
    ("<p>#tag, -5 and +3 of 2.5</p><p>-5 degrees</p>", "#tag, -5 and +3 of 2.5\n\n-5 degrees"),
    (
        '<p><mark class="actor" data-actor="a">Lark</mark>-led, <mark>Quill</mark> - the mayor<b>.</b># x</p>',
        "Lark-led, Quill - the mayor**.**# x",
    ),
    ("<p><mark></mark> - a<br><b>b</b> - c</p>", "\\- a\\\n**b** - c"),
    ("<pre><code>```\na\n```</code></pre>", "````\n```\na\n```\n````"),
    (
        '<p>Look!<mark><a href="https://a.example/x">there</a></mark> No! <a href="https://a.example/x">b</a></p>',
        "Look\\![there](https://a.example/x) No! [b](https://a.example/x)",
    ),
    ('<p><a href="https://a.example/x y(z">b</a></p>', "[b](https://a.example/x%20y%28z)"),
    (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; R&amp;D</p>",
        "\\<script>alert(1)\\</script> \\&amp; R&D",
    ),
    (
        '<p>x <math alttext="a &lt; b &lt;img src=x onerror=alert(1)&gt; $"><mi>a</mi></math></p>',
        r"x $a \lt  b \lt img src=x onerror=alert(1)\gt  \$$",
    ),
    (
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b|c</td></tr></tbody></table>",
        "| a |\n| --- |\n| b\\|c |",
    ),
]


@pytest.mark.parametrize(("html", "expected"), CONVERTED)
def test_content_becomes_markdown_and_no_text_becomes_markup(html: str, expected: str) -> None:
    text = markdown(Article(title="T", content=html, text=""))
    assert text == f"# T\n\n{expected}\n"


def test_exports_ask_for_no_picture(build_article: Build) -> None:
    content = '<figure><img src="https://img.example/a.png" alt="A pier"><figcaption>The pier</figcaption></figure><p>x</p>'
    article = clean(replace(build_article(["x"]), content=content))
    text = markdown(article)
    assert "img.example" not in text
    assert "![" not in text
    assert "*The pier*" in text
    assert "img.example" not in plain_text(article)


def test_a_preview_is_called_one(story: Article) -> None:
    preview = replace(story, access="preview")
    assert "preview" in markdown(preview)
    assert "preview" in plain_text(preview)


def test_a_bare_article_exports_too() -> None:
    bare = Article(title="", content="", text="")
    assert markdown(bare) == "# Untitled\n"
    assert plain_text(bare) == "Untitled\n"


def test_the_source_stays_one_link() -> None:
    text = markdown(Article(title="T", content="", text="", url="https://a.example/x y>\n# z"))
    assert "<https://a.example/x%20y%3E%0A#%20z>" in text
