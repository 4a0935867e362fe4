"""`text` follows from `content` by one rule, and every character of it can be found in the tree again."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from personae.markup.paragraphs import Paragraph, paragraphs, plain_text


def texts(markup: str) -> list[str]:
    return [p.text for p in paragraphs(html.fragment_fromstring(markup, create_parent="div"))]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("<p>Much \n  white\tspace</p>", ["Much white space"]),
        ("<p>John <b>Ke</b>rry spoke</p>", ["John Kerry spoke"]),
        ("<p>One line<br>and the next</p>", ["One line\nand the next"]),
        ("<p>A pause <br> <br/> of two</p>", ["A pause\nof two"]),
        ("<h2>Head</h2><ul><li>first</li><li>second</li></ul>", ["Head", "first", "second"]),
        ("<ul><li>outer<ul><li>inner</li></ul>after</li></ul>", ["outer", "inner", "after"]),
        ("<blockquote><p>Said.</p></blockquote>tail", ["Said.", "tail"]),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", ["1 2", "3"]),
        ("<pre>if x:\n    y</pre>", ["if x:\ny"]),
        (
            "<p>Before</p><figure><img><figcaption>Caption</figcaption></figure><p>After</p>",
            ["Before", "After"],
        ),
        ("bare <figure>no</figure> words", ["bare", "words"]),
        ("<p> </p><p>\u00a0</p>", []),
        ("<p>a<!-- hidden -->b</p>", ["ab"]),
        ("<p>x<img alt='no'>y</p>", ["xy"]),
    ],
)
def test_what_a_paragraph_is(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_text_is_the_paragraphs_with_blank_lines_between() -> None:
    assert plain_text(html.fragment_fromstring("<div><p>One.</p><p>Two.</p></div>")) == "One.\n\nTwo."


def spelled(paragraph: Paragraph, start: int, end: int) -> str:
    """What the tree holds at the places that `runs` gives."""
    return "".join((getattr(r.element, r.slot) or "")[r.start : r.end] for r in paragraph.runs(start, end))


def test_a_span_across_inline_tags_is_found_in_each_text_node() -> None:
    (paragraph,) = paragraphs(html.fragment_fromstring("<p>Mr. <b>John</b> <i>Ke</i>rry said</p>"))
    start = paragraph.text.index("John")
    end = paragraph.text.index(" said")
    runs = paragraph.runs(start, end)
    assert [(r.element.tag, r.slot, r.start, r.end) for r in runs] == [
        ("b", "text", 0, 4),
        ("b", "tail", 0, 1),
        ("i", "text", 0, 2),
        ("i", "tail", 0, 3),
    ]


def test_nesting_deeper_than_the_stack_is_walked() -> None:
    root = html.Element("div")
    leaf = root
    for _ in range(3 * sys.getrecursionlimit()):
        leaf = etree.SubElement(leaf, "div")
    leaf.text = "deep"
    assert plain_text(root) == "deep"


nodes = st.recursive(
    st.text(alphabet="ab <&\n\u00e9\U0001f600", max_size=8).map(
        lambda s: s.replace("<", "&lt;").replace("&", "&amp;")
    ),
    lambda inner: st.tuples(
        st.sampled_from(["p", "b", "a", "ul", "li", "blockquote", "div", "pre", "em"]),
        st.lists(inner, max_size=4),
    ).map(lambda t: f"<{t[0]}>{''.join(t[1])}</{t[0]}>"),
    max_leaves=12,
)


@given(st.lists(nodes, max_size=6).map("".join))
def test_every_character_has_its_place_in_the_tree(markup: str) -> None:
    root = html.fragment_fromstring(markup, create_parent="div")
    found = paragraphs(root)
    for paragraph in found:
        assert paragraph.text == paragraph.text.strip()
        assert "\n\n" not in paragraph.text
        assert len(paragraph.places) == len(paragraph.text)
        assert "".join(spelled(paragraph, 0, len(paragraph.text)).split()) == "".join(paragraph.text.split())
    assert "".join("".join(p.text for p in found).split()) == "".join("".join(root.itertext()).split())
