"""Text out of trees, where its sentences end, which elements stand in its lines."""

from __future__ import annotations

import pytest
from lxml import html

from personae.markup.content_model import INLINE, INLINE_IN_METADATA, INLINE_KEPT, INLINE_ON_PAGES
from personae.markup.sentences import (
    ENDS_CUT,
    ENDS_WHOLE,
    count_sentences,
    ends_sentence,
    has_sentence,
    is_closed,
)
from personae.markup.text import clean_text, spaced_text, text_of, width_of, word_key, words
from personae.markup.word_patterns import names_pattern


@pytest.mark.parametrize(
    "text", ["It rained.", "雨が降った。", "बारिश हुई।", "هل أمطرت؟", "“It rained.”", "It rained…"]
)
def test_a_sentence_ends_in_every_script(text: str) -> None:
    assert has_sentence(text)
    assert ends_sentence(text)
    assert ENDS_WHOLE.search(text)
    assert is_closed(text)


@pytest.mark.parametrize("sign", "։።။។༎᠃۔॥")
def test_an_article_ends_its_sentences_with_the_sign_of_its_script(sign: str) -> None:
    assert has_sentence(f"word{sign} word")
    assert ends_sentence(f"word{sign}»")
    assert ENDS_WHOLE.search(f"word{sign}")
    assert is_closed(f"word{sign}")
    assert count_sentences(f"word{sign} word{sign}") == 2


def test_a_script_without_signs_has_sentences_where_there_is_text_enough() -> None:
    label, sentence = "ข่าวท่าเรือ", "สภาท่าเรือประชุมเมื่อวันอังคารและเลื่อนการลงคะแนนออกไปถึงฤดูใบไม้ร่วง"
    assert not has_sentence(label)
    assert not ends_sentence(label)
    assert has_sentence(sentence)
    assert ends_sentence(sentence)
    assert is_closed(sentence)
    assert [count_sentences(label), count_sentences(sentence * 3)] == [0, 2]
    assert not ends_sentence(f"{sentence} (Harbour Council of Norwick, Tuesday 4 May 2026, by post)")


def test_what_ends_differs_by_who_asks() -> None:
    assert ENDS_WHOLE.search("The members were:")
    assert not ends_sentence("The members were:")
    assert is_closed("It rained.[2]")
    assert not ends_sentence("It rained.[2]x")


@pytest.mark.parametrize(
    ("text", "number"), [("It rose by 3.5 points. It fell.", 2), ("三点五。然后。", 2), ("No end", 0)]
)
def test_each_end_of_a_sentence_counts_and_a_point_in_a_number_does_not(text: str, number: int) -> None:
    assert count_sentences(text) == number


def test_a_text_that_breaks_off_ends_in_an_ellipsis() -> None:
    assert ENDS_CUT.search("The council met on […]")
    assert ENDS_CUT.search("The council met on...”")
    assert not ENDS_CUT.search("The council met.")


def test_an_article_keeps_only_what_pages_have_in_their_lines() -> None:
    assert INLINE_IN_METADATA < INLINE < INLINE_ON_PAGES
    assert INLINE_KEPT - {"math"} < INLINE_ON_PAGES


def test_a_break_is_a_space_of_a_text_and_the_end_of_a_line_of_metadata() -> None:
    element = html.fragment_fromstring("<div>Ann<br>Lee <p>Reporter</p></div>")
    assert text_of(element) == "Ann Lee Reporter"
    assert spaced_text(element, between=" | ") == "Ann | Lee | Reporter"
    assert spaced_text(element, longest=5) == ""
    assert spaced_text(element, without=[element[1]]) == "Ann Lee"


def test_texts_of_the_same_words_have_one_key() -> None:
    assert word_key("The  Pier: vote!") == word_key("the pier — VOTE")
    assert words("The Pier: 3 votes") == ("the", "pier", "3", "votes")


def test_a_metadata_value_is_plain_text_or_nothing() -> None:
    assert clean_text(" A &amp;amp; <b>B</b>\x00 ") == "A & B"
    assert clean_text(None) == ""
    assert clean_text("x" * 30, longest=20) == ""


def test_a_text_is_as_wide_as_its_letters() -> None:
    assert width_of("abcd") == 4.0
    assert width_of("東京") == 5.0
    assert width_of("ab東") == 4.5


@pytest.mark.parametrize(
    ("place", "found", "missed"),
    [
        ("anywhere", "my-catalogo", "lo-go"),
        ("words", "site_logo", "logos"),
        ("beginnings", "top-logotype", "mylogo"),
        ("file_words", "my.logo.png", "logotype.png"),
    ],
)
def test_a_word_is_found_where_its_table_lets_it_stand(place: str, found: str, missed: str) -> None:
    pattern = names_pattern({place: ["logo"]})
    assert pattern.search(found)
    assert not pattern.search(missed)


def test_a_table_with_an_unknown_place_is_an_error() -> None:
    with pytest.raises(KeyError, match="inside"):
        names_pattern({"inside": ["logo"]})
