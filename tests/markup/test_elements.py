"""What is serialised reads as it was."""

from __future__ import annotations

import pytest

from personae.markup.elements import add_text, append, body_of, html_of, trim
from personae.markup.tree import new_element


def test_text_before_the_first_element_is_escaped():
    body = new_element("body")
    body.text = "a < b & c"
    append(body, "p").text = "<d>"
    assert html_of(body) == "a &lt; b &amp; c<p>&lt;d&gt;</p>"


@pytest.mark.parametrize(
    "html", ["", "a", "<p>Größe</p> tail", "a &amp; b<p>سلام</p>", "<ul><li>a<p>b</p></li></ul>"]
)
def test_inner_html_is_read_and_written_alike(html: str) -> None:
    assert html_of(body_of(html)) == html


def test_deep_trees_are_read_whole():
    html = "<blockquote>" * 450 + "<p>x</p>" + "</blockquote>" * 450
    assert html_of(body_of(html)) == html


def test_a_block_is_trimmed_of_white_space_and_breaks():
    block = new_element("p")
    append(block, "br")
    add_text(block, " a ")
    append(block, "b").text = " b "
    add_text(block, " ")
    append(block, "br").tail = " "
    trim(block)
    assert html_of(block) == "a <b> b </b>"
