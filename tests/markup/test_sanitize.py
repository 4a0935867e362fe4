from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from personae.markup.paragraphs import plain_text
from personae.markup.sanitize import MAX_DEPTH, clean
from personae.model import Article, LeadImage, Removal

PARSER = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)


def text_of(html: str) -> str:
    return plain_text(
        lxml.html.document_fromstring(f"<html><body>{html}</body></html>", parser=PARSER).find("body")
    )


def cleaned(html: str, url: str | None = "https://herald.example/story") -> str:
    return clean(Article(title="T", content=html, text="", url=url)).content


KEPT_AS_IT_IS = [
    "<p>Plain <em>and</em> <strong>strong</strong> words.</p>",
    '<p><mark class="actor" data-actor="ada-lark">Ada Lark</mark> spoke.</p>',
    "<ul><li>one</li><li>two</li></ul>",
    '<ol start="3" reversed=""><li value="2">two</li></ol>',
    "<dl><dt>term</dt><dd>meaning</dd></dl>",
    '<table><caption>Votes</caption><tbody><tr><th scope="row">For</th><td colspan="2">12</td></tr></tbody></table>',
    '<figure class="embed"><p><a href="https://video.example/1" rel="noopener noreferrer">A video</a></p></figure>',
    '<figure><img src="https://cdn.example.com/a.jpg" alt="A boat" width="800" height="450"><figcaption>A boat.</figcaption></figure>',
    '<p>On <time datetime="2024-05-01">1 May</time>, H<sub>2</sub>O, <abbr title="United Nations">UN</abbr>.</p>',
    "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>",
    "<p>So <math><msup><mi>x</mi><mn>2</mn></msup></math> grows.</p>",
    "<pre><code>a = 1\nb = 2</code></pre>",
    '<p lang="ar" dir="rtl">سلام</p>',
    "<hr><blockquote><p>Said.</p></blockquote>",
]


@pytest.mark.parametrize("html", KEPT_AS_IT_IS)
def test_what_an_article_needs_stays_as_it_is(html: str) -> None:
    assert cleaned(html) == html


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="javascript:alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVa\tScRiPt:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<textarea><img title="</textarea><img src onerror=alert(1)>"></textarea>',
    "<template><img src=x onerror=alert(1)></template>",
    '<p style="background:url(https://evil.example)">x</p>',
    '<iframe src="https://evil.example" srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="https://evil.example"></object><embed src="https://evil.example">',
    '<form action="https://evil.example"><input name=a><button>go</button></form>',
    '<base href="https://evil.example/"><link rel=stylesheet href="https://evil.example">',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    '<a href="https://ok.example" target=_top onclick=alert(1) ping="https://evil.example">x</a>',
    '<img src="https://ok.example/a.png" srcset="https://evil.example/b.png 2x" style=x>',
    '<xmp><p title="</xmp><svg/onload=alert(1)>"></xmp>',
    '<p id="cast" name="x">clobber</p>',
    '<mark class="actor on evil" data-actor="a" onmouseover=alert(1)>x</mark>',
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<image src=x onerror=alert(1)>",
    "<select><option><style></option></select><img src=x onerror=alert(1)>",
]
FORBIDDEN = (
    "<script",
    "<style",
    "<svg",
    "<iframe",
    "<object",
    "<embed",
    "<form",
    "<input",
    "<button",
    "<base",
    "<link",
    "<meta",
    "<template",
    "<noscript",
    "<textarea",
    "<select",
    '<img src="x',
    " on",
    "style=",
    "javascript:",
    "vbscript:",
    "data:",
    "srcdoc",
    "srcset",
    "evil.example",
    "xlink",
    "id=",
    'evil"',
)


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_survives_as_markup(html: str) -> None:
    page = f"<p>before</p>{html}<p>after</p>"
    out = cleaned(page)
    tree = lxml.html.document_fromstring(f"<html><body>{out}</body></html>", parser=PARSER)
    markup = " ".join(
        f"<{e.tag} " + " ".join(f'{k}="{v}"' for k, v in e.attrib.items())
        for e in tree.iter()
        if isinstance(e.tag, str)
    )
    assert [bad for bad in FORBIDDEN if bad in markup] == []
    assert text_of(out) == text_of(page)


@pytest.mark.parametrize("html", HOSTILE)
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    once = cleaned(html)
    assert cleaned(once) == once


NAMES = [
    "p", "div", "h1", "h2", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col", "figure", "figcaption",
    "a", "b", "em", "strong", "span", "mark", "sub", "q", "ruby", "rt", "math", "mi", "mtext", "svg",
    "picture", "script", "style", "template", "br", "hr", "img", "form", "button", "label", "select",
    "option", "textarea", "noscript", "iframe", "object", "article", "section", "center", "font",
    "nobr", "details", "summary", "x-card", "o:p",
]  # fmt: skip
TOKENS = st.one_of(
    st.sampled_from(NAMES).map(lambda n: f"<{n}>"),
    st.sampled_from(NAMES).map(lambda n: f"</{n}>"),
    st.sampled_from(
        [
            "Ada",
            " said ",
            "\n",
            " ",
            "&lt;p&gt;",
            "&amp;",
            "\u00a0",
            "é",
            "漢字",
            "\r\n",
            "&#13;",
            "<!-- c -->",
            '<a href="#x">',
        ]
    ),
)


@given(st.lists(TOKENS, max_size=25).map("".join))
@example("<p>a<figure>x</figure>b")
@example("<table>a<tr><td>b<td>c</table>")
@example("<div>a<td>b</td>c</div>")
@example("<a>a<p>b<a>c</a></p></a>d")
@example("<pre>\n\na\r\nb</pre>")
def test_cleaning_moves_and_merges_no_text(html: str) -> None:
    out = cleaned(html)
    assert text_of(out) == text_of(html)
    assert cleaned(out) == out


def test_a_missing_cell_or_a_stray_text_does_not_leave_the_table() -> None:
    assert (
        text_of(cleaned("<p>first</p><table>stray<tr><td>a</td><td>b</td></tr></table>"))
        == "first\n\nstray\n\na b"
    )


def test_headline_levels_start_below_the_title() -> None:
    assert cleaned("<h1>Again</h1>") == "<h2>Again</h2>"


def test_boundaries_between_unknown_blocks_stay() -> None:
    assert text_of(cleaned("<x-card>one</x-card><x-card>two</x-card>")) == "one\n\ntwo"


def test_links_leave_without_a_referrer_and_relative_ones_do_not_point_here() -> None:
    assert (
        cleaned('<p><a href="https://a.example/x">y</a></p>')
        == '<p><a href="https://a.example/x" rel="noopener noreferrer">y</a></p>'
    )
    assert "href" not in cleaned('<p><a href="/api/read/1">y</a></p>')
    assert "href" not in cleaned('<p><a href="//evil.example">y</a></p>')
    assert 'href="mailto:desk@herald.example"' in cleaned('<p><a href="mailto:desk@herald.example">y</a></p>')


def test_footnotes_keep_their_way_there_and_back() -> None:
    html = (
        '<p>Text<sup id="r1"><a href="#f1">1</a></sup></p>'
        '<ol><li id="f1">Note <a href="https://herald.example/story#r1">back</a></li></ol><p id="other">x</p>'
    )
    out = cleaned(html)
    assert 'href="#note-f1"' in out
    assert '<li id="note-f1">' in out
    assert 'href="#note-r1"' in out
    assert '<sup id="note-r1">' in out
    assert "other" not in out


PRIVATE = [
    "http://127.0.0.1/a.png", "http://127.1/a.png", "http://2130706433/a.png", "http://0x7f000001/a.png",
    "http://017700000001/a.png", "http://0/a.png", "http://[::1]/a.png", "http://[::ffff:127.0.0.1]/a.png",
    "http://[::ffff:c0a8:1]/a.png", "http://[fe80::1]/a.png", "http://[fd00::1]/a.png", "http://10.1.2.3/a.png",
    "http://192.168.0.1:8080/a.png", "http://169.254.169.254/latest", "http://localhost/a.png",
    "http://LOCALHOST./a.png", "http://a.localhost/a.png", "http://printer.local/a.png", "http://db.internal/a.png",
    "http://router/a.png", "http:\\\\127.0.0.1\\a.png", "http:/127.0.0.1/a.png", "http:127.0.0.1/a.png",
    "http://cdn.example.com@127.0.0.1/a.png", "http://%31%32%37.0.0.1/a.png", "http://１２７.0.0.1/a.png",
    "http://127。0。0。1/a.png", "ht\ntp://127.0.0.1/a.png", " http://127.0.0.1/a.png", "http://[64:ff9b::a00:1]/a.png",
    "http://[2002:7f00:1::]/a.png", "//127.0.0.1/a.png", "/a.png", "ftp://cdn.example.com/a.png",
]  # fmt: skip


@pytest.mark.parametrize("src", PRIVATE)
def test_no_image_is_asked_for_inside_the_readers_network(src: str) -> None:
    tag = (
        lxml.html.tostring(lxml.html.Element("img", src=src, alt="x"), encoding="unicode")
        if "\\" not in src
        else f'<img src="{src}">'
    )
    article = Article(title="T", text="", content=f"<p>a</p><figure>{tag}<figcaption>c</figcaption></figure><p>b</p>",
                      url="https://herald.example/", lead_image=LeadImage(src=src))  # fmt: skip
    out = clean(article)
    assert "img" not in out.content
    assert "figcaption" not in out.content
    assert out.lead_image is None
    assert text_of(out.content) == "a\n\nb"


def test_an_intranet_article_keeps_its_own_images_only() -> None:
    html = '<p><img src="http://192.168.0.9:81/a.png"><img src="http://192.168.0.10/b.png"></p>'
    out = cleaned(html, url="http://192.168.0.9/story")
    assert "192.168.0.9:81" in out
    assert "192.168.0.10" not in out


def test_a_figure_keeps_what_is_left_when_one_of_its_images_goes() -> None:
    out = cleaned(
        '<figure><img src="http://nas/a.png"><img src="https://c.example/b.png"><figcaption>two</figcaption></figure>'
    )
    assert "c.example" in out
    assert "<figcaption>two</figcaption>" in out


def test_sizes_are_numbers_or_nothing() -> None:
    assert "width" not in cleaned('<img src="https://c.example/a.png" width="100%">')
    assert "height" not in cleaned('<img src="https://c.example/a.png" height="99999999">')
    assert 'width="640"' in cleaned('<img src="https://c.example/a.png" width="640">')


def test_removed_blocks_are_cleaned_too() -> None:
    removal = Removal(
        kind="newsletter",
        reason="form",
        text="Get it",
        html='<div onclick="x()">Get it<script>1</script></div>',
    )
    article = clean(Article(title="T", content="<p>a</p>", text="a", removed=(removal,)))
    assert article.removed == (replace(removal, html="<div>Get it</div>"),)


def test_everything_but_html_and_images_is_left_alone() -> None:
    article = Article(
        title="<b>T</b>", content="<p>a</p>", text="a", standfirst="<i>", authors=("<x>",), language="en"
    )
    assert clean(article) == article


@pytest.mark.parametrize("tag", ["div", "blockquote", "span", "b"])
def test_depth_is_bounded_and_the_text_stays(tag: str) -> None:
    deep = f"<p>start</p>{f'<{tag}>' * 1_800}core{f'</{tag}>' * 1_800}<p>end</p>"
    out = cleaned(deep)
    assert out.count("<") <= 2 * MAX_DEPTH + 4
    assert text_of(out).replace("\n\n", " ") == "start core end"
