"""Which phrases of chrome are seen in a text, and only where a word begins."""

from __future__ import annotations

import re

import pytest

from personae.article.phrases import _table, beginnings, phrases_in

LITERAL = [
    (kind, phrase)
    for kind, languages in _table().items()
    for phrases in languages.values()
    for phrase in phrases
    if not re.search(r"[\\^$*+?{}\[\]|().]", phrase)
]


def test_every_plain_phrase_is_seen_at_the_beginning_in_the_middle_and_in_capitals() -> None:
    assert len(LITERAL) > 300
    for kind, phrase in LITERAL:
        for text in (phrase, f"  {phrase} x", f"x ({phrase}", phrase.upper()):
            if text.lower() == text or text.lower().strip() == phrase:  # "ß" in capitals is another text
                assert kind in phrases_in(text), (kind, text)


def test_a_phrase_within_a_word_is_none() -> None:
    assert phrases_in("cookies") != frozenset()
    assert phrases_in("xcookies") == frozenset()
    for kind, phrase in LITERAL:
        if phrase[0].isalnum():
            assert kind not in phrases_in(f"x{phrase}") - phrases_in(phrase[1:]), (kind, phrase)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3 hours ago", "date"),
        ("2024年5月6日", "date"),
        ("Wednesday, 4 May", "date"),
        ("続きを読む" + "あ" * 100, "paywall"),
    ],
)
def test_phrases_with_choices_digits_and_in_text_without_spaces_are_seen(text: str, kind: str) -> None:
    assert kind in phrases_in(text)


@pytest.mark.parametrize(
    ("phrase", "begins"),
    [
        ("read more", {"read more"}),
        ("hours? ago", {"hour"}),
        ("(mon|tues)day", {"mon", "tues"}),
        (r"\d+年", {r"\d"}),
        ("[ab]c", {""}),
        ("one|two", {""}),
    ],
)
def test_what_a_phrase_can_begin_with(phrase: str, begins: set[str]) -> None:
    assert beginnings(phrase) == begins
