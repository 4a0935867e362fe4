"""The index of phrases finds what the expressions find."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personae.article.vocabulary.phrases import beginnings, folded, phrases_in

TABLE = tomllib.loads(files("personae.article.vocabulary").joinpath("data/phrases.toml").read_text("utf-8"))
EXPRESSIONS = {
    kind: re.compile("|".join(folded(p) for several in table.values() for p in several))
    for kind, table in TABLE.items()
}
WORDS = sorted(
    {word for table in TABLE.values() for several in table.values() for p in several for word in p.split()}
)
PIECES = st.one_of(
    st.sampled_from(WORDS).map(lambda word: re.sub(r"[\\^$*+?{}\[\]|()]", "", word)),
    st.sampled_from(["the", "Vote", "2026-05-04", "12年3月4日", "(ap)", "©", "…", "—", "«"]),
)
LITERAL = [
    (kind, phrase)
    for kind, table in TABLE.items()
    for several in table.values()
    for phrase in several
    if not re.search(r"[\\^$*+?{}\[\]|().]", phrase)
]


def begins_a_word(text: str, at: int) -> bool:
    """Return True if neither a letter nor a sign that belongs to one stands before, and no space or such sign there."""
    marked = ("Mn", "Mc")
    before, here = text[at - 1 : at], text[at]
    goes_on = before and (before.isalnum() or before == "_" or unicodedata.category(before) in marked)
    return not goes_on and not here.isspace() and unicodedata.category(here) not in marked


@given(st.lists(PIECES, max_size=12), st.sampled_from([" ", ", ", "", "-", "\n"]))
def test_the_index_finds_what_the_expressions_find(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    low = folded(text)
    starts = [at for at in range(len(low)) if begins_a_word(low, at)]
    expected = {kind for kind, found in EXPRESSIONS.items() if any(found.match(low, at) for at in starts)}
    assert phrases_in(text) == expected


def test_a_phrase_is_found_at_a_words_beginning_in_any_case() -> None:
    assert "related" in phrases_in("LIRE AUSSI : le quai fermé")
    assert "newsletter" not in phrases_in("a minibriefingnewsletter")


def test_every_plain_phrase_is_seen_at_the_beginning_and_in_the_middle() -> None:
    assert len(LITERAL) > 300
    for kind, phrase in LITERAL:
        for text in (phrase, f"  {phrase} x", f"x ({phrase}"):
            assert kind in phrases_in(text), (kind, text)


def test_a_phrase_within_a_word_is_none() -> None:
    assert phrases_in("cookies") != frozenset()
    assert phrases_in("xcookies") == frozenset()
    for kind, phrase in LITERAL:
        if phrase[0].isalnum():
            assert kind not in phrases_in(f"ж{phrase}") - phrases_in(phrase[1:]), (kind, phrase)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3 hours ago", "date"),
        ("2024年5月6日", "date"),
        ("Wednesday, 4 May", "date"),
        ("続きを読む" + "あ" * 100, "paywall"),
        ("İLGİLİ HABERLER", "related"),
        ("YAYINLANMA TARİHİ: 4 Mayıs", "date"),
        ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ: το λιμάνι", "related"),
        ("بیشتر بخوانید", "related"),
        ("بيشتر بخوانيد", "related"),
        ("می\u200cخوانیم؛ همچنین بخوانید", "related"),
        ("ये भी पढ़ें: घाट बंद", "related"),
        ("ये भी प\u095dें: घाट बंद", "related"),
        ("অারও খবর। আরও প\u09dcুন", "related"),
        ("อ่านเพิ่มเติม ท่าเรือปิดสองปี", "related"),
        ("相关阅读：码头关闭两年", "related"),
    ],
)
def test_phrases_with_choices_digits_and_in_text_without_spaces_are_seen(text: str, kind: str) -> None:
    assert kind in phrases_in(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("港口昨天相关阅读关闭", "related"),
        ("港は昨日広告を閉じた", "advert"),
        ("ท่าเรือปิดแล้วอ่านเพิ่มเติมวันนี้", "related"),
        ("बविज्ञापन", "advert"),
        ("कीविज्ञापन", "advert"),
    ],
)
def test_a_phrase_within_an_unspaced_sentence_or_after_a_vowel_sign_is_none(text: str, kind: str) -> None:
    assert kind not in phrases_in(text)


@pytest.mark.parametrize(
    ("phrase", "begins"),
    [
        ("newsletter", {"newsletter"}),
        ("read more", {"read more"}),
        ("e-?mail", {"e-mail", "email"}),
        ("(dpa|afp)[/,]", {"dpa/", "dpa,", "afp/", "afp,"}),
        ("read (also|more)", {"read also", "read more"}),
        ("^by [a-z]", {"by "}),
        (r"\[?pr\]?$", {"[", "pr"}),
        ("(a|b(c|d)?)e", {"ae", "b", "bc", "bd"}),
        ("(mon|tues)day", {"monday", "tuesday"}),
        (r"\d{4}年", {r"\d"}),
        (r"\d+年", {r"\d"}),
        (r"\d?年", {""}),
        (r"\d+ (days|hours?) ago", {r"\d days ago", r"\d hour", r"\d hours"}),
        (r"\d+ ?日", {r"\d"}),
        ("sources?:", {"source:", "sources:"}),
        ("hours? ago", {"hour ago", "hours ago"}),
        ("(uh )?huh", {"uh huh", "huh"}),
        ("[ab]c", {"ac", "bc"}),
        ("one|two", {"one", "two"}),
        ("(?=a)b", {""}),
        (".a", {""}),
    ],
)
def test_what_a_phrase_can_begin_with(phrase: str, begins: set[str]) -> None:
    assert beginnings(phrase) == begins
