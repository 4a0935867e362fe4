"""Every run of text of a page becomes one block, wherever a page put it."""

from __future__ import annotations

from lxml import html

from personae.article.segment.blocks import normalise_page, segment
from personae.markup.text import width_of


def blocks(markup: str) -> list[tuple[str, str]]:
    body = html.document_fromstring(f"<body>{markup}</body>").find("body")
    normalise_page(body)
    return [(b.tag, b.text) for b in segment(body)]


def test_two_breaks_end_a_paragraph_and_one_does_not():
    assert blocks("<div>One<br>still one<br><br>two<br> <br>three</div>") == [
        ("p", "One still one"),
        ("p", "two"),
        ("p", "three"),
    ]


def test_breaks_inside_an_inline_wrapper_split_too():
    assert blocks("<div><font>One<br><br>two</font></div>") == [("p", "One"), ("p", "two")]


def test_loose_text_between_blocks_becomes_paragraphs_in_order():
    assert blocks("<div>lead <b>bold</b><p>one</p>between<ul><li>item</li></ul>after</div>") == [
        ("p", "lead bold"),
        ("p", "one"),
        ("p", "between"),
        ("li", "item"),
        ("p", "after"),
    ]


def test_list_item_with_a_nested_list_keeps_its_own_text_apart():
    assert blocks("<ul><li>fruit<ul><li>apple</li></ul></li></ul>") == [("p", "fruit"), ("li", "apple")]


def test_inline_element_around_blocks_is_no_block():
    assert blocks("<span><p>one</p><p>two</p></span>") == [("p", "one"), ("p", "two")]


def test_what_is_never_shown_is_no_block_and_leaves_its_tail():
    assert blocks("<p>one<script>var x</script> two<!-- note --></p><style>p{}</style>") == [("p", "one two")]


def test_linked_share_counts_characters():
    body = html.document_fromstring('<body><p>1234 <a href="/x">67890</a></p></body>').find("body")
    normalise_page(body)
    (block,) = segment(body)
    assert (block.linked, block.links) == (0.5, 1)


def test_block_inside_a_link_is_all_link():
    body = html.document_fromstring('<body><a href="/x"><h3>Headline</h3><p>Text</p></a></body>').find("body")
    normalise_page(body)
    assert [b.linked for b in segment(body)] == [1.0, 1.0]


def test_trail_runs_outwards_and_ends_below_body():
    body = html.document_fromstring("<body><main><div><p>one</p></div></main></body>").find("body")
    normalise_page(body)
    (block,) = segment(body)
    assert [e.tag for e in block.trail] == ["div", "main"]


def test_an_ideograph_weighs_more_than_a_letter():
    assert width_of("東京都") == 7.5
    assert width_of("Paris") == 5.0
    assert width_of("สวัสดี") > 6


def test_noscript_leaves_its_picture():
    body = html.document_fromstring('<body><div><noscript><img src="/a.jpg"></noscript></div></body>').find(
        "body"
    )
    normalise_page(body)
    assert [i.get("src") for i in body.iter("img")] == ["/a.jpg"]
    assert list(body.iter("noscript")) == []
