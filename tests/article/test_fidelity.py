"""What the article's blocks hold comes through whole: tidied, sanitised, and once."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from lxml import html

from personae.article.segment.blocks import normalise_page, segment
from personae.article.segment.embeds import is_post, normalise_players
from personae.article.segment.formulas import normalise_formulas
from personae.article.write.article_tree import ArticleTree, write_article
from personae.markup.elements import html_of
from personae.markup.paragraphs import plain_text
from personae.markup.sanitize import clean
from personae.model import Article
from personae.view.exports.formats import markdown

BASE = "https://news.example.test/story"
CARD = '<figure class="embed"><p><a href="{}" rel="noopener noreferrer">{}</a></p></figure>'


def tidied(markup: str, *unwanted: str) -> ArticleTree:
    """All blocks are the article's but those whose text is named."""
    root = html.document_fromstring(f'<html lang="en"><body>{markup}</body></html>')
    body = root.find("body")
    normalise_formulas(body)
    normalise_players(body)
    normalise_page(body)
    blocks = segment(body)
    chosen = frozenset(b.index for b in blocks if b.text not in unwanted)
    return write_article(body, blocks, chosen, BASE, None)


def shown(markup: str, *unwanted: str) -> str:
    """Return the content as a reader gets it, the opening and closing paragraph left out."""
    done = tidied(f"<div><p>First.</p>{markup}<p>Last.</p></div>", *unwanted)
    article = clean(Article(title="T", content=html_of(done.content), text="", url=BASE))
    assert article.content.startswith("<p>First.</p>")
    assert article.content.endswith("<p>Last.</p>")
    return article.content.removeprefix("<p>First.</p>").removesuffix("<p>Last.</p>")


def text_of(markup: str, *unwanted: str) -> str:
    return plain_text(tidied(markup, *unwanted).content)


KEPT = [
    '<ol start="4" reversed="" type="a"><li value="9">one</li><li>two<ul><li>deep</li></ul></li></ol>',
    "<dl><dt>term</dt><dd>meaning</dd></dl>",
    '<blockquote cite="https://council.example.test/minutes"><p>We shall not.</p></blockquote>',
    '<p><q>no</q> <cite>Echo</cite> <kbd>Ctrl</kbd> <del datetime="2024-01-01">old</del><ins>new</ins> H<sub>2</sub>O</p>',
    '<p>He said <span lang="fr">le chat</span> and <span dir="rtl">سلام</span>.</p>',
    '<pre><code class="language-python">if x:\n\n    y  = 1\n</code></pre>',
]


@pytest.mark.parametrize("markup", KEPT)
def test_what_the_page_says_well_stays_as_it_is(markup: str) -> None:
    assert shown(markup).replace("<p>two</p>", "two") == markup


@pytest.mark.parametrize(
    ("markup", "content"),
    [
        ("<p><strike>a</strike><tt>b</tt></p>", "<p><s>a</s><code>b</code></p>"),
        (
            '<p><acronym title="United Nations">UN</acronym></p>',
            '<p><abbr title="United Nations">UN</abbr></p>',
        ),
        ('<p lang="en-GB" dir="ltr"><span lang="EN-US">a</span></p>', "<p>a</p>"),
        ('<div role="heading" aria-level="3">a</div>', "<h3>a</h3>"),
        ("<h1>a</h1><h2>b</h2>", "<h2>a</h2><h3>b</h3>"),
        ('<h2 id="a">Ends <a href="#a">¶</a></h2>', "<h2>Ends</h2>"),
        (
            "<details><summary>What?</summary><p>This.</p></details>",
            "<p><strong>What?</strong></p><p>This.</p>",
        ),
        ("<dl><div><dt>a</dt><dd>b</dd></div></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<pre>one<br>two</pre>", "<pre>one\ntwo</pre>"),
        (
            '<div class="highlight highlight-source-js"><pre><span>b</span>();</pre></div>',
            '<pre><code class="language-js">b();</code></pre>',
        ),
        ('<pre><code class="language-&quot;b">c</code></pre>', "<pre><code>c</code></pre>"),
        (
            '<pre><code><div class="line">one()</div><div class="line">  two()</div></code></pre>',
            "<pre><code>one()\n  two()\n</code></pre>",
        ),
        (
            '<pre><span class="line-number">1</span>one()\n<span class="line-number">2</span>2 + 2<button>Copy</button></pre>',
            "<pre>one()\n2 + 2</pre>",
        ),
        (
            "<p>One<strong> </strong><a href='/x'></a>two <em><b></b></em></p>",
            "<p>One two</p>",
        ),
        (
            '<div lang="ar" dir="rtl"><div><p>سلام</p><ul><li>ميناء</li></ul></div></div>',
            '<p lang="ar" dir="rtl">سلام</p><ul lang="ar" dir="rtl"><li>ميناء</li></ul>',
        ),
        (
            '<blockquote lang="fr"><p>Le quai.</p></blockquote>',
            '<blockquote lang="fr"><p>Le quai.</p></blockquote>',
        ),
        ("<div><li><p>a</p></li><li><p>b</p></li></div>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
    ],
)
def test_what_the_page_says_otherwise_is_said_in_html(markup: str, content: str) -> None:
    assert shown(markup) == content


def test_the_language_of_the_whole_article_is_not_said_at_every_block() -> None:
    page = '<div lang="fr"><p>Un.</p><p>Deux.</p><blockquote lang="en">Three.</blockquote></div>'
    assert html_of(tidied(page).content) == '<p>Un.</p><p>Deux.</p><blockquote lang="en">Three.</blockquote>'


@pytest.mark.parametrize(
    ("markup", "unwanted", "content"),
    [
        ("<p>a</p><hr><p>b</p>", (), "<p>a</p><hr><p>b</p>"),
        ("<section><p>a</p></section><div><hr></div><p>b</p>", (), "<p>a</p><hr><p>b</p>"),
        ("<p>a</p><hr><hr><p>b</p>", (), "<p>a</p><hr><p>b</p>"),
        ("<p>a</p><hr><p>More on this</p><hr><p>b</p>", ("More on this",), "<p>a</p><p>b</p>"),
        (
            '<p>a</p><hr><figure><img src="/a.jpg"><figcaption>Pier</figcaption></figure><p>b</p>',
            ("Pier",),
            '<p>a</p><hr><figure><img src="https://news.example.test/a.jpg" alt=""><figcaption>Pier</figcaption></figure><p>b</p>',
        ),
    ],
)
def test_a_break_between_two_sections_stays(markup: str, unwanted: tuple[str, ...], content: str) -> None:
    assert shown(markup, *unwanted) == content


def test_a_break_at_either_end_goes() -> None:
    done = tidied("<div><p>By Goat</p><hr><p>a</p><p>b</p><hr><p>Tags</p></div>", "By Goat", "Tags")
    assert html_of(done.content) == "<p>a</p><p>b</p>"


def test_a_table_keeps_its_caption_head_and_spans() -> None:
    table = (
        "<table><caption>Votes by <em>ward</em></caption>"
        '<thead><tr><th scope="col">Ward</th><th scope="col">For</th><th>Against</th></tr></thead>'
        '<tbody><tr><th scope="row">North</th><td>12</td><td rowspan="2">3</td></tr>'
        '<tr><th scope="row">South</th><td>11</td></tr></tbody>'
        '<tfoot><tr><td>All</td><td colspan="2">26</td></tr></tfoot></table>'
    )
    assert shown(table, "Votes by ward") == table
    assert text_of(table) == "Ward For Against\n\nNorth 12 3\n\nSouth 11\n\nAll 26"


def test_a_table_keeps_the_caption_of_its_figure() -> None:
    cells = "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"
    figure = f"<figure><table><tbody>{cells}</tbody></table><figcaption>Ferries a day</figcaption></figure>"
    assert shown(figure, "Ferries a day") == (
        f"<table><caption>Ferries a day</caption><tbody>{cells}</tbody></table>"
    )
    done = tidied(f"<div><p>First.</p>{figure}<p>Last.</p></div>", "Ferries a day")
    assert 5 in done.carried


def test_a_table_that_only_lays_out_goes() -> None:
    table = '<table role="presentation"><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>'
    assert shown(table) == "<p>a</p><p>b</p><p>c</p><p>d</p>"


# ---------------------------------------------------------------- links within the article


def ends(content: str) -> tuple[list[str], set[str]]:
    """Return the links within the content and the names in it."""
    tree = html.fragment_fromstring(content, create_parent="div")
    links = [unquote(href[1:]) for a in tree.iter("a") if (href := a.get("href", "")).startswith("#")]
    return links, {name for e in tree.iter() if (name := e.get("id"))}


@pytest.mark.parametrize(
    "markup",
    [
        '<p>Claim<sup id="r1"><a href="#n1">1</a></sup></p><ol><li id="n1">Note. <a href="#r1">↩</a></li></ol>',
        '<p>Claim<a id="r1" href="#n1">1</a></p><ol><li id="n1"><p>Note. <a href="#r1">↩</a></p></li></ol>',
        f'<p>Claim<a name="r1" href="{BASE}#n1">[1]</a></p><p><a name="n1"></a>Note. <a href="#r1">back</a></p>',
        '<p>Claim <a id="r:1" href="#n%20ü">1</a></p><section id="n ü"><p>Note. <a href="#r:1">back</a></p></section>',
        '<p>Claim<a id="r1" href="story#n1">1</a></p><p id="n1">Note. <a href="/story#r1">back</a></p>',
        (
            '<p>Claim<a id="r1" href="#n1">1</a></p><table><tr><td>a</td><td id="n1">b <a href="#r1">^</a></td></tr>'
            "<tr><td>c</td><td>d</td></tr></table>"
        ),
    ],
)
def test_a_footnote_and_its_place_lead_to_each_other(markup: str) -> None:
    links, names = ends(shown(markup))
    assert len(links) == 2
    assert set(links) == names


def test_two_names_of_one_block_are_one_place() -> None:
    content = shown(
        '<p><a href="#a">one</a> <a href="#b">two</a></p><section id="a"><div><p id="b">Here.</p></div></section>'
    )
    links, names = ends(content)
    assert len(links) == 2
    assert set(links) == names


def test_a_link_to_what_is_not_in_the_article_unwraps() -> None:
    assert shown('<p>Claim<a href="#n1">1</a></p><p id="n1">Note.</p>', "Note.") == "<p>Claim1</p>"


# ---------------------------------------------------------------- formulas

_MATHML = (
    "<math><semantics><mi>E</mi><annotation encoding='application/x-tex'>E_0</annotation></semantics></math>"
)
_OUT = '<math alttext="E_0"><semantics><mi>E</mi></semantics></math>'
RENDERED = [
    _MATHML,
    (
        f'<span class="katex"><span class="katex-mathml">{_MATHML}</span>'
        '<span class="katex-html" aria-hidden="true"><span class="base">E</span></span></span>'
    ),
    (
        '<mjx-container class="MathJax"><mjx-math aria-hidden="true"><mjx-mi></mjx-mi></mjx-math>'
        f"<mjx-assistive-mml>{_MATHML}</mjx-assistive-mml></mjx-container>"
    ),
    (
        '<span class="MathJax"><nobr aria-hidden="true"><span class="math">E</span></nobr>'
        f'<span class="MJX_Assistive_MathML">{_MATHML}</span></span>'
    ),
]


@pytest.mark.parametrize("formula", RENDERED)
def test_a_formula_stands_once_whatever_drew_it(formula: str) -> None:
    assert shown(f"<p>So {formula} holds.</p>") == f"<p>So {_OUT} holds.</p>"
    assert text_of(f"<p>So {formula} holds.</p>") == "So E holds."


def test_a_formula_keeps_the_structure_of_mathml() -> None:
    formula = (
        '<math display="block"><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>'
        '<mfrac linethickness="0"><mi>a</mi><mi>b</mi></mfrac><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>'
    )
    assert shown(f"<p>{formula}</p>") == f"<p>{formula}</p>"


@pytest.mark.parametrize(
    ("formula", "content"),
    [
        (
            "<math><mmultiscripts><mi>C</mi><mn>6</mn><none></none></mmultiscripts></math>",
            "<math><mmultiscripts><mi>C</mi><mn>6</mn><mrow></mrow></mmultiscripts></math>",
        ),
        (
            "<math><mmultiscripts><mi>C</mi><mprescripts></mprescripts><mn>6</mn></mmultiscripts></math>",
            "<math><mmultiscripts><mi>C</mi><mprescripts></mprescripts><mn>6</mn></mmultiscripts></math>",
        ),
        (
            "<math><mfrac><menclose><mi>a</mi><mi>b</mi></menclose><ms>c</ms></mfrac></math>",
            "<math><mfrac><mrow><mi>a</mi><mi>b</mi></mrow><ms>c</ms></mfrac></math>",
        ),
        (
            "<math><mtext>if <span>any <b>one</b></span> is</mtext></math>",
            "<math><mtext>if any one is</mtext></math>",
        ),
    ],
)
def test_what_mathml_has_no_name_for_keeps_its_place(formula: str, content: str) -> None:
    assert shown(f"<p>So {formula} holds.</p>") == f"<p>So {content} holds.</p>"


def test_words_of_unwrapped_elements_keep_their_order() -> None:
    markup = "<p>a <span>b <i>c</i> d <font>e</font></span><big>f</big><math><mi>g</mi></math><span> h</span> i</p>"
    assert shown(markup) == "<p>a b <i>c</i> d ef<math><mi>g</mi></math> h i</p>"


def test_a_formula_that_was_never_closed_takes_no_paragraph_along() -> None:
    content = shown("<p>So <math><mi>x</mi> holds.</p><div><p>One.</p><p>Two.</p></div>")
    assert content.endswith("<p>One.</p><p>Two.</p>")


def test_the_picture_of_a_formula_stays_in_its_line_and_is_tex_in_markdown() -> None:
    done = tidied(r'<p>So <img src="/q.svg" alt="\frac{1}{2}"> holds.</p>')
    article = clean(Article(title="T", content=html_of(done.content), text=""))
    assert '<p>So <img class="formula" src="https://news.example.test/q.svg"' in article.content
    assert r"So $\frac{1}{2}$ holds." in markdown(article)


# ---------------------------------------------------------------- embeds


@pytest.mark.parametrize(
    ("markup", "address", "title"),
    [
        (
            '<iframe src="https://v.example.test/1" title="The debate" allowfullscreen></iframe>',
            "https://v.example.test/1",
            "The debate",
        ),
        (
            '<iframe src="about:blank" data-src="https://v.example.test/1" allow="autoplay"></iframe>',
            "https://v.example.test/1",
            "v.example.test",
        ),
        (
            '<iframe src="https://www.maps.example.test/e" height="450"></iframe>',
            "https://www.maps.example.test/e",
            "maps.example.test",
        ),
        (
            '<iframe src="https://v.example.test/embed/flag-day" height="80" title="A song"></iframe>',
            "https://v.example.test/embed/flag-day",
            "A song",
        ),
        (
            '<iframe data-cookieblock-src="https://v.example.test/1" title="Film"></iframe>',
            "https://v.example.test/1",
            "Film",
        ),
        (
            '<video aria-label="Waves"><source src="/w.mp4"></video>',
            "https://news.example.test/w.mp4",
            "Waves",
        ),
        (
            '<audio><source src="/talk.mp3">Your browser is old.</audio>',
            "https://news.example.test/talk.mp3",
            "news.example.test",
        ),
        (
            '<house-player src="https://v.example.test/9" title="Film"></house-player>',
            "https://v.example.test/9",
            "Film",
        ),
        (
            '<lite-youtube videoid="a/b" playlabel="Play: Pier"></lite-youtube>',
            "https://www.youtube.com/watch?v=a%2Fb",
            "Play: Pier",
        ),
        (
            '<div class="fb-post" data-href="https://posts.example.test/1"></div>',
            "https://posts.example.test/1",
            "posts.example.test",
        ),
    ],
)
def test_an_embed_is_a_link_card_and_no_text(markup: str, address: str, title: str) -> None:
    assert shown(f"<div>{markup}</div>") == CARD.format(address, title)
    assert text_of(f"<div><p>First.</p><div>{markup}</div><p>Last.</p></div>") == "First.\n\nLast."


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe src="https://x.example.test/p" width="1" height="1" title="Counter"></iframe>',
        '<iframe src="https://x.example.test/p"></iframe>',
        '<div class="ad-slot"><iframe src="https://x.example.test/p" height="600" title="Offer"></iframe></div>',
        '<iframe src="https://x.example.test/p" title="Advertisement"></iframe>',
        '<iframe src="https://x.example.test/captcha" title="Challenge"></iframe>',
        '<iframe src="javascript:alert(1)" title="Trick"></iframe>',
        '<iframe title="Nothing yet" allowfullscreen></iframe>',
        '<amp-ad type="x"></amp-ad>',
    ],
)
def test_counters_adverts_and_captchas_are_no_embeds(markup: str) -> None:
    assert shown(f"<div>{markup}</div>") == ""


POST = (
    '<blockquote class="twitter-tweet"><p>The pier is a folly.</p>'
    '<p>Goat <a href="https://posts.example.test/goat/1">1 May</a></p></blockquote>'
)


def quoted(*paragraphs: str) -> str:
    return f"<blockquote>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</blockquote>"


def test_an_embedded_post_is_a_quotation_beside_the_text() -> None:
    link = '<a href="https://posts.example.test/goat/1" rel="noopener noreferrer">{}</a>'
    written = quoted("The pier is a folly.", f"Goat {link.format('1 May')}")
    assert shown(POST, "The pier is a folly.", "Goat 1 May") == f'<figure class="embed">{written}</figure>'
    assert "folly" not in text_of(f"<p>First.</p>{POST}<p>Last.</p>", "The pier is a folly.", "Goat 1 May")
    card = CARD.format("https://posts.example.test/goat/1", "posts.example.test")
    assert shown(POST, "Goat 1 May") == f"<blockquote><p>The pier is a folly.</p></blockquote>{card}"


def test_an_embedded_post_that_links_nowhere_ends_with_a_link_to_itself() -> None:
    post = (
        "<div class='fb-post' data-href='https://posts.example.test/2'><p>Die Mühle läuft wieder.</p></div>"
    )
    link = '<a href="https://posts.example.test/2" rel="noopener noreferrer">posts.example.test</a>'
    written = quoted("Die Mühle läuft wieder.", link)
    assert shown(post, "Die Mühle läuft wieder.") == f'<figure class="embed">{written}</figure>'


def test_a_post_without_words_is_a_card_and_what_stood_there_is_told() -> None:
    button = '<a href="https://posts.example.test/3">View this post</a>'
    page = f"<p>First.</p><blockquote class='instagram-media'>{button}</blockquote><p>Last.</p>"
    done = tidied(f"<div>{page}</div>", "View this post")
    assert html_of(done.content) == (
        '<p>First.</p><figure class="embed"><p><a href="https://posts.example.test/3">posts.example.test</a></p>'
        "</figure><p>Last.</p>"
    )
    assert (done.embedded, done.carried) == ({1}, set())


@pytest.mark.parametrize(
    ("markup", "is_embedded"),
    [
        (
            "<blockquote class='twitter-tweet'><p>Ship.</p><a href='https://t.test/1'>1 May</a></blockquote>",
            True,
        ),
        (
            "<blockquote class='mastodon-embed'><a href='https://m.test/@goat/1'>@goat@m.test</a></blockquote>",
            True,
        ),
        (
            "<blockquote class='social-embed'>Ship. (@goat) <a href='https://b.test/1'>2026-03-01</a></blockquote>",
            True,
        ),
        ("<blockquote>Ship. Goat (@goat) <a href='https://b.test/1'>2026-03-01</a></blockquote>", False),
        ("<blockquote class='embed-box'>A letter without a name.</blockquote>", False),
        (f"<div class='instagram-media'><p>{'A long story. ' * 300}</p></div>", False),
        ("<section class='twitter-tweet'><h2>A story</h2><p>It has a heading.</p></section>", False),
        ("<p class='twitter-tweet'>A paragraph.</p>", False),
    ],
)
def test_a_post_is_told_by_its_class_and_its_shape(markup: str, is_embedded: bool) -> None:  # noqa: FBT001
    assert is_post(html.fragment_fromstring(markup)) is is_embedded


# ---------------------------------------------------------------- pictures


def test_pictures_of_one_figure_share_its_caption() -> None:
    figure = '<figure><img src="/a.jpg" alt="a"><img src="/b.jpg" alt="b"><figcaption>Both sides.</figcaption></figure>'
    content = shown(figure, "Both sides.")
    assert content.count("<img") == 2
    assert content.count("Both sides.") == 1


def test_a_picture_for_pages_without_scripts_keeps_its_sources() -> None:
    picture = '<picture><source srcset="/large.webp 1200w"><img src="/small.jpg" alt="Pier"></picture>'
    content = '<figure><img src="https://news.example.test/large.webp" alt="Pier"></figure>'
    assert shown(f'<figure><img src="/placeholder.gif"><noscript>{picture}</noscript></figure>') == content
    plain = '<img src="/large.webp" alt="Pier">'
    assert shown(f"<figure><picture><noscript>{plain}</noscript></picture></figure>") == content


def test_one_picture_in_two_sizes_stands_once() -> None:
    figure = '<figure><img src="/a_m.jpg" alt="The pier"><img src="/a_retina.jpg" alt="The pier"></figure>'
    assert shown(figure).count("<img") == 1


def test_a_player_keeps_the_caption_of_its_figure() -> None:
    figure = (
        '<figure><iframe src="https://v.example.test/1" title="Film"></iframe>'
        "<figcaption>The vote.</figcaption></figure>"
    )
    assert "<figcaption>The vote.</figcaption></figure>" in shown(figure, "The vote.")


def test_a_gallery_keeps_the_caption_of_the_whole() -> None:
    gallery = (
        "<figure><ul>"
        '<li><figure><img src="/a.jpg" alt="a"><figcaption>Left.</figcaption></figure></li>'
        '<li><figure><img src="/b.jpg" alt="b"></figure></li>'
        "</ul><figcaption>Both sides. <cite>Goat</cite></figcaption></figure>"
    )
    source = "https://news.example.test"
    assert shown(gallery, "Left.", "Both sides. Goat") == (
        f'<figure><figure><img src="{source}/a.jpg" alt="a"><figcaption>Left.</figcaption></figure>'
        f'<figure><img src="{source}/b.jpg" alt="b"></figure>'
        "<figcaption>Both sides. <small>Goat</small></figcaption></figure>"
    )
    done = tidied(f"<div><p>First.</p>{gallery}<p>Last.</p></div>", "Left.", "Both sides. Goat")
    assert done.carried == {1, 2}


def test_each_picture_of_a_gallery_without_figures_keeps_its_caption() -> None:
    slide = '<div class="slide"><div><img src="/{0}.jpg" alt=""></div><p class="caption">View {0}.</p></div>'
    content = shown(f"<div>{slide.format('a')}{slide.format('b')}</div>", "View a.", "View b.")
    assert content.count("<figure>") == 2
    assert "<figcaption>View a.</figcaption></figure><figure>" in content
    assert content.endswith("<figcaption>View b.</figcaption></figure>")


def test_a_figure_in_a_figure_takes_the_caption_around_it() -> None:
    figure = '<figure><figure><img src="/a.jpg" alt=""></figure><figcaption>The pier.</figcaption></figure>'
    assert shown(figure, "The pier.") == (
        '<figure><img src="https://news.example.test/a.jpg" alt=""><figcaption>The pier.</figcaption></figure>'
    )


@pytest.mark.parametrize(("leads_to", "is_kept"), [("/full/a.jpg", True), ("/other-story", False)])
def test_a_caption_inside_the_link_to_the_large_picture_stays(leads_to: str, *, is_kept: bool) -> None:
    caption = "The pier at noon."
    figure = f'<a href="{leads_to}"><figure><img src="/a.jpg"><figcaption>{caption}</figcaption></figure></a>'
    assert (caption in shown(figure, caption)) is is_kept


def test_a_credit_leaves_the_same_letters_in_the_caption() -> None:
    caption = "APRIL in Goat Harbour. <span class='credit'>AP</span>"
    figure = f'<figure><img src="/a.jpg"><figcaption>{caption}</figcaption></figure>'
    assert "<figcaption>APRIL in Goat Harbour. <small>AP</small></figcaption>" in shown(
        figure, "APRIL in Goat Harbour. AP"
    )


def test_a_credit_alone_is_no_caption() -> None:
    figure = '<figure><img src="/a.jpg"><figcaption><cite>Goat</cite></figcaption></figure>'
    assert "<figcaption><small>Goat</small></figcaption>" in shown(figure, "Goat")
    lead = tidied(f"<div>{figure}<p>a</p><p>b</p></div>", "Goat").lead_image
    assert lead is not None
    assert (lead.caption, lead.credit) == ("", "Goat")


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ('<img src="/the-pier.jpg"><img src="/the-pier-300x200.jpg">', 1),
        ('<img src="/the-pier.jpg"><p>a</p><img src="/the-pier.jpg">', 1),
        ('<img src="/one/original.jpg"><p>a</p><img src="/two/original.jpg">', 2),
    ],
)
def test_a_picture_stands_once_and_another_of_its_name_beside_other_words(markup: str, count: int) -> None:
    assert shown(f"<div>{markup}</div>").count("<img") == count


@pytest.mark.parametrize(
    ("markup", "content"),
    [
        ("<dl><dt>a</dt><dd>b {}</dd></dl>", "<dl><dt>a</dt><dd>b{}</dd></dl>"),
        ("<ul><li>a</li><li>{}</li></ul>", "<ul><li>a</li><li>{}</li></ul>"),
        ("<div><li>a {}</li></div>", "<ul><li>a{}</li></ul>"),
    ],
)
def test_a_picture_of_an_item_stands_in_it_once(markup: str, content: str) -> None:
    figure = '<figure><img src="https://news.example.test/a.jpg" alt=""></figure>'
    assert shown(markup.format('<img src="/a.jpg" alt="">')) == content.format(figure)


def test_a_picture_in_a_list_stays_in_its_item() -> None:
    content = shown('<ul><li>One <img src="/a.jpg" alt=""></li><li>Two</li></ul>')
    assert content == (
        '<ul><li>One<figure><img src="https://news.example.test/a.jpg" alt=""></figure></li><li>Two</li></ul>'
    )
