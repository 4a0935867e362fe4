"""What chrome says, in many languages (data/phrases.toml), and a quick way to see it in a text.

A page has hundreds of short texts and the table hundreds of phrases. But a phrase can begin only at a word
that agrees with its own first letters, few words do, and most words of a page come several times: so which
phrases may begin at a word is looked up once.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

# Vowel signs and accents of their own, which belong to the word around them though they are no letters.
_MARKED = range(0x300, 0x1D00)
_MARKS = "".join(map(chr, (code for code in _MARKED if unicodedata.category(chr(code)) in ("Mn", "Mc"))))
# Where none of these stands, a text has neither such marks nor what is written in several ways.
_SPECIAL = re.compile("[\u00adı\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u1cff\u200c\u200d\u3099\u309a]")
# A word, or a sign: where a phrase can begin.
_WORD = re.compile(r"(?<!\w)(?:\w+|[^\w\s])")
_MARKED_WORD = re.compile(rf"(?<![\w{_MARKS}])(?:\w[\w{_MARKS}]*|[^\w\s{_MARKS}])")
# What is written in several ways: a Turkish i, letters that Arabic and Persian keyboards write
# differently, and signs that only say how letters join or where a word may be parted.
_SAME = (
    ("ı", "i"),
    ("\u0307", ""),
    ("ي", "ی"),
    ("ك", "ک"),
    ("\u0640", ""),
    ("\u200c", ""),
    ("\u200d", ""),
    ("\u00ad", ""),
)
_LONGEST = 24  # characters of a word that are looked up; where nothing parts words, they are sentences
_LITERAL = re.compile(r"[^\\.^$*+?{}\[\]|()]*")
_CHARACTERS = re.compile(r"\[([^\\\]^-]+)\](?![?*{])")
_NUMBER = re.compile(r"\\d(?:\+|\{[\d,]+\})? ?(?![?*+{])")
_ESCAPED = re.compile(r"\\([^\w\s])(\??)(?![*{])")
_DIGIT = "\\d"
_NUMBER_BEFORE = re.compile(r"\\d\+ (?![?*+{])")
_NEXT = 2  # characters after a phrase's first word that are looked up with it
_MOST_BEGINNINGS = 16  # of one phrase that are looked up by what follows a group
_Phrase = tuple[int, re.Pattern[str]]  # the bit of its kind, the phrase
_Text = tuple[int, str]  # the same, not yet compiled
_Gathered = defaultdict[int, list[str]]  # by the bits of their kinds


@cache
def phrase_kinds() -> tuple[str, ...]:
    """Return the kinds in the order of the table."""
    return tuple(_table())


@lru_cache(maxsize=4096)
def phrases_in(text: str) -> frozenset[str]:
    """Return the kinds of the phrases that begin at a word's beginning in a text."""
    low = text.lower()
    words = _WORD
    if not low.isascii() and _SPECIAL.search(low):
        low, words = folded(low), _MARKED_WORD
    found = 0
    for word in words.finditer(low):
        known = _beginning_with(word[0][:_LONGEST])
        if known is None:
            continue
        phrases, going_on = known
        for kind, phrase in phrases:
            if not found & kind and phrase.match(low, word.start()):
                found |= kind
        if going_on:
            end = word.end()
            for kind, phrase in going_on.get(low[end : end + _NEXT], ()):
                if not found & kind and phrase.match(low, word.start()):
                    found |= kind
    return _named(found)


def folded(text: str) -> str:
    """Return a text as phrases are compared: lower case, and one way of writing each letter."""
    low = text.lower()
    if low.isascii() or not _SPECIAL.search(low):
        return low
    low = unicodedata.normalize("NFC", low)
    for written, same in _SAME:
        low = low.replace(written, same)
    return low


def _words(low: str) -> re.Pattern[str]:
    return _WORD if low.isascii() or not _SPECIAL.search(low) else _MARKED_WORD


@lru_cache(maxsize=4096)
def _named(found: int) -> frozenset[str]:
    return frozenset(kind for at, kind in enumerate(phrase_kinds()) if found >> at & 1)


@lru_cache(maxsize=16384)
def _beginning_with(word: str) -> tuple[tuple[_Phrase, ...], Mapping[str, tuple[_Phrase, ...]]] | None:
    """Return the phrases that may begin at a word, and those that may by what follows it; None for none."""
    parts, _ = _index()
    texts = [*parts.get("", ())]
    for length in range(1, len(word) + 1):
        texts += parts.get(word[:length], ())
    if word[0].isdecimal():
        texts += parts.get(_DIGIT, ())
    after = _by_what_follows(_DIGIT if word.isdecimal() else word)
    return (_compiled(texts), after) if texts or after else None


@lru_cache(maxsize=16384)
def _by_what_follows(word: str) -> Mapping[str, tuple[_Phrase, ...]]:
    """Return the phrases that begin with a whole word, or with `_DIGIT`, by the characters after it."""
    _, words = _index()
    return {characters: _compiled(texts) for characters, texts in words.get(word, {}).items()}


def _compiled(texts: list[_Text]) -> tuple[_Phrase, ...]:
    return tuple((kind, _expression(text)) for kind, text in texts)


@cache
def _expression(text: str) -> re.Pattern[str]:
    """Return a phrase compiled: a page meets few of them."""
    return re.compile(text)


@cache
def _index() -> tuple[dict[str, list[_Text]], dict[str, dict[str, list[_Text]]]]:
    """Return the phrases that begin with a part of a word by that part, the others by word and what follows.

    A part may be the whole word, `_DIGIT` or "": see `beginnings`. Those of a kind that begin alike are one
    expression.
    """
    parts: defaultdict[str, _Gathered] = defaultdict(lambda: defaultdict(list))
    words: defaultdict[str, defaultdict[str, _Gathered]]
    words = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for at, languages in enumerate(_table().values()):
        for text in dict.fromkeys(phrase for several in languages.values() for phrase in several):
            for beginning in beginnings(text):
                word, after = _first_word(beginning)
                if len(after) == _NEXT:
                    words[word[:_LONGEST]][after][1 << at].append(text)
                else:
                    parts[word[:_LONGEST]][1 << at].append(text)
    return (
        {beginning: _joined(kinds) for beginning, kinds in parts.items()},
        {
            word: {after: _joined(kinds) for after, kinds in following.items()}
            for word, following in words.items()
        },
    )


def _first_word(beginning: str) -> tuple[str, str]:
    """Return the word or the part of one that a beginning opens with, and what is looked up after it."""
    if beginning.startswith(_DIGIT):
        end = len(_DIGIT)
    else:
        word = _words(beginning).match(beginning)
        end = word.end() if word else len(beginning)
    return beginning[:end], beginning[end : end + _NEXT]


def _joined(kinds: _Gathered) -> list[_Text]:
    return [(kind, _alternation(list(dict.fromkeys(texts)))) for kind, texts in kinds.items()]


def _alternation(texts: list[str]) -> str:
    """Return one expression for several; what they say of a number that all begin with is said once."""
    if len(texts) == 1:
        return texts[0]
    after: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts:
        number = _NUMBER.match(text)
        after[number[0] if number else ""].append(text[number.end() if number else 0 :])
    return "|".join(f"{number}(?:{'|'.join(rests)})" for number, rests in after.items())


def beginnings(phrase: str) -> frozenset[str]:
    """Return the characters that a phrase can begin with: "" where that is open.

    `_DIGIT` stands for any digit, and with characters after it for any number before them.
    """
    alternatives = _alternatives(phrase.removeprefix("^"))
    if len(alternatives) > 1:
        return frozenset().union(*map(beginnings, alternatives))
    phrase = alternatives[0]
    if phrase.startswith("("):
        return _beginnings_of_group(phrase)
    return _beginnings_of_sign(phrase) or _beginnings_of_literal(phrase)


def _beginnings_of_sign(phrase: str) -> frozenset[str]:
    """Return those of a phrase that opens with a set of characters or an escaped sign, none for another."""
    if characters := _CHARACTERS.match(phrase):
        return _continued(set(characters[1]), phrase[characters.end() :])
    if escaped := _ESCAPED.match(phrase):
        return frozenset({escaped[1]}) | (
            beginnings(phrase[escaped.end() :]) if escaped[2] else frozenset[str]()
        )
    return frozenset()


def _beginnings_of_literal(phrase: str) -> frozenset[str]:
    literal = _LITERAL.match(phrase)
    head = literal[0] if literal else ""
    following = phrase[len(head) : len(head) + 1]
    if head and following == "?":
        return _continued({head, head[:-1]}, phrase[len(head) + 1 :])
    if head and following and following in "([":
        return _continued({head}, phrase[len(head) :])
    if following and following in "*{":
        head = head[:-1]
    if number := _NUMBER_BEFORE.match(phrase):
        return frozenset(f"{_DIGIT} {text}" for text in beginnings(phrase[number.end() :]))
    if not head and re.match(r"\\d(?![?*{])|\\d\{[1-9]", phrase):
        return frozenset({_DIGIT})
    return frozenset({head})


def _beginnings_of_group(phrase: str) -> frozenset[str]:
    end = _end_of_group(phrase)
    inner, rest = phrase[1:end], phrase[end + 1 :]
    if inner.startswith("?") or rest.startswith(("*", "{")):
        return frozenset({""})
    optional = rest.startswith("?")
    rest = rest[1:] if optional else rest
    whole = {text for text in _alternatives(inner) if text and _LITERAL.fullmatch(text)}
    found = _continued(whole, rest) if whole else frozenset[str]()
    for text in set(_alternatives(inner)) - whole:
        found |= beginnings(text or rest)
    return found | beginnings(rest) if optional else found


def _continued(heads: set[str], rest: str) -> frozenset[str]:
    """Return what begins with each of some characters and goes on with the rest of a phrase."""
    following = beginnings(rest)
    if any(text.startswith(_DIGIT) for text in following) or len(heads) * len(following) > _MOST_BEGINNINGS:
        following = frozenset({""})
    return frozenset(head + text for head in heads for text in following)


def _alternatives(phrase: str) -> list[str]:
    """Return what the bars outside groups and sets part."""
    found, depth, start = [], 0, 0
    for at, sign in _signs(phrase):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            found.append(phrase[start:at])
            start = at + 1
    return [*found, phrase[start:]]


def _end_of_group(phrase: str) -> int:
    """Return where the bracket closes that a phrase opens with."""
    depth = 0
    for at, sign in _signs(phrase):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return at
    raise ValueError(phrase)


def _signs(phrase: str) -> Iterator[tuple[int, str]]:
    """Yield the brackets and bars of an expression that mean something, and where."""
    for token in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", phrase):
        if len(token[0]) == 1:
            yield token.start(), token[0]


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    written = tomllib.loads(
        files("personae.article.vocabulary").joinpath("data/phrases.toml").read_text("utf-8")
    )
    return {
        kind: {language: [folded(phrase) for phrase in phrases] for language, phrases in languages.items()}
        for kind, languages in written.items()
    }
