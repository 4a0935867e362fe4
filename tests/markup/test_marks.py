from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from personae.markup.marks import mark
from personae.markup.paragraphs import paragraphs, plain_text
from personae.model import Actor, Article, Mention


def article(content):
    return Article(
        title="T", content=content, text=plain_text(html.fragment_fromstring(content, create_parent="div"))
    )


def actor(text, *strings, name="john-kerry"):
    """An actor mentioned at every occurrence of the strings."""
    mentions = []
    for string in strings:
        for m in re.finditer(re.escape(string), text):
            paragraph = text[: m.start()].count("\n\n")
            mentions.append(Mention("text", m.start(), m.end(), string, paragraph))
    return Actor(
        name,
        strings[0],
        "person",
        key=True,
        salience=0.5,
        aliases=tuple(strings),
        mentions=tuple(sorted(mentions, key=lambda m: m.start)),
    )


def marked(content, *strings):
    page = article(content)
    return mark(page, [actor(page.text, *strings)], "found").content


def test_a_name_is_marked_where_it_stands():
    assert marked("<p>Then John Kerry spoke.</p>", "John Kerry") == (
        '<p>Then <mark class="actor" data-actor="john-kerry">John Kerry</mark> spoke.</p>'
    )


def test_a_name_across_inline_tags_gets_a_mark_for_each_part():
    assert marked("<p>Then <em>John</em> <a href='/k'>Ker</a>ry spoke.</p>", "John Kerry") == (
        '<p>Then <em><mark class="actor" data-actor="john-kerry">John</mark></em>'
        '<mark class="actor" data-actor="john-kerry"> </mark>'
        '<a href="/k"><mark class="actor" data-actor="john-kerry">Ker</mark></a>'
        '<mark class="actor" data-actor="john-kerry">ry</mark> spoke.</p>'
    )


def test_several_names_in_one_text_node():
    content = marked("<p>Kerry, Kerry and Kerry</p>", "Kerry")
    assert content.count("<mark") == 3
    assert html.fromstring(content).text_content() == "Kerry, Kerry and Kerry"


def test_possessives_lists_headings_and_bare_text():
    content = marked(
        "Kerry<h2>Kerry’s day</h2><ul><li>Kerry &amp; co</li></ul><pre>Kerry  \n x</pre>tail Kerry", "Kerry"
    )
    assert content.count(">Kerry</mark>") == 5
    assert "</mark>’s day" in content
    assert "&amp; co" in content


def test_markup_characters_stay_escaped():
    assert marked("&lt;b&gt; Kerry <p>1 &lt; 2 Kerry</p>", "Kerry").startswith("&lt;b&gt; <mark")


def test_folded_white_space_inside_a_name():
    content = marked("<p>John\n   Kerry spoke</p>", "John Kerry")
    root = html.fragment_fromstring(content, create_parent="div")
    assert plain_text(root) == "John Kerry spoke"
    assert "".join(m.text for m in root.iter("mark")).split() == ["John", "Kerry"]


def test_captions_are_no_paragraphs_and_are_not_marked():
    content = "<figure><img src='a.jpg'><figcaption>Kerry waves</figcaption></figure><p>Kerry left</p>"
    assert marked(content, "Kerry").count("<mark") == 1


def test_a_paragraph_that_differs_from_the_text_stays_unmarked(caplog):
    page = article("<p>Kerry came.</p><p>Kerry left.</p>")
    other = Article(title="T", content="<p>Somebody came.</p><p>Kerry left.</p>", text=page.text)
    content = mark(other, [actor(page.text, "Kerry")], "found").content
    assert content.startswith("<p>Somebody came.</p>")
    assert content.count("<mark") == 1
    assert "1 paragraphs" in caplog.text


def test_title_mentions_leave_the_content_alone():
    page = article("<p>Nobody</p>")
    found = Actor(
        "k",
        "Kerry",
        "person",
        key=True,
        salience=0.5,
        aliases=("Kerry",),
        mentions=(Mention("title", 0, 5, "Kerry"),),
    )
    done = mark(page, [found], "found")
    assert done.content == page.content
    assert done.actors == (found,)
    assert done.actors_status == "found"


@pytest.mark.parametrize("status", ["not-requested", "unsupported-language", "unavailable"])
def test_without_actors_only_the_status_changes(status):
    page = article("<p>A &amp; b<br>c</p>")
    done = mark(page, [], status)
    assert (done.content, done.actors, done.actors_status) == (page.content, (), status)


text = st.text(alphabet="aK e\n<&’😀\u00a0", max_size=8).map(
    lambda s: s.replace("&", "&amp;").replace("<", "&lt;")
)
inline = st.recursive(
    text,
    lambda inner: (
        st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
            st.sampled_from(["em", "a", "strong", "span", "sup"]),
            st.lists(inner, max_size=3),
        )
        | st.just("<br>")
        | st.just("<img src='x'>")
    ),
    max_leaves=6,
)
block = st.builds(
    lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
    st.sampled_from(["p", "h2", "blockquote", "div", "li", "pre", "figure"]),
    st.lists(inline, max_size=4),
)
contents = st.lists(block | inline, max_size=5).map("".join)


@given(contents, st.data())
def test_marking_changes_no_text_and_marks_exactly_the_mentions(content, data):
    page = article(content)
    spans = []
    offset = 0
    for index, paragraph in enumerate(page.paragraphs):
        at = 0
        while at < len(paragraph) and data.draw(st.booleans()):
            start = data.draw(st.integers(at, len(paragraph) - 1))
            end = data.draw(st.integers(start + 1, len(paragraph)))
            spans.append(Mention("text", offset + start, offset + end, paragraph[start:end], index))
            at = end
        offset += len(paragraph) + 2
    actors = [
        Actor(f"actor-{i}", m.text, "person", key=True, salience=0.5, aliases=(m.text,), mentions=(m,))
        for i, m in enumerate(spans)
    ]
    done = mark(page, actors, "found")
    root = html.fragment_fromstring(done.content, create_parent="div")
    assert plain_text(root) == page.text
    found = dict.fromkeys(range(len(spans)), "")
    for paragraph in paragraphs(root):
        for character, place in zip(paragraph.text, paragraph.places, strict=True):
            if place is not None and place.slot == "text" and place.element.tag == "mark":
                found[int(place.element.get("data-actor").removeprefix("actor-"))] += character
    for i, m in enumerate(spans):
        # A line ends at a <br>, which is no character of a mark, or at a line feed of a <pre>, which is one.
        assert found[i].replace("\n", "") == m.text.replace("\n", "")
    again = html.fragment_fromstring(page.content, create_parent="div")
    kept = [e.tag for e in root.iter() if e.tag != "mark"]
    assert kept == [e.tag for e in again.iter()]


def test_a_name_is_marked_however_deep_it_stands():
    deep = 400
    content = "<blockquote>" * deep + "<p>John Kerry spoke.</p>" + "</blockquote>" * deep
    page = Article(title="T", content=content, text="John Kerry spoke.")
    marked_content = mark(page, [actor(page.text, "John Kerry")], "found").content
    assert marked_content == content.replace(
        "John Kerry", '<mark class="actor" data-actor="john-kerry">John Kerry</mark>'
    )
