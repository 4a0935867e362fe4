"""The grammar of one language, as far as the common rules need it: `grammar.toml` of its folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from personae.actors.languages.common.schema import (
    Key,
    complain,
    faults,
    faults_of_flag,
    faults_of_words,
    keys_of,
    listing,
    read_file,
)
from personae.actors.languages.common.word_table import Words, WordTable
from personae.actors.tables.toml_files import alternatives
from personae.actors.text.punctuation import typewritten

_NEVER = "(?!)"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# Whose words a pattern's named groups are: the verb or the source that is shown as the cue.
_GROUPS = frozenset({"now", "past", "self", "source", "auxiliary"})


@dataclass(frozen=True, slots=True)
class QuotationMarks:
    """One pair of marks. close: any of these characters; spaced: white space stands inside them."""

    open: str
    close: str
    spaced: bool = False

    @property
    def pattern(self) -> str:
        """A regular expression with one group, the words inside; without a closing mark up to the end."""
        if self.open == self.close:
            mark = re.escape(self.open)
            return rf"(?<![\w{mark}]){mark}([^{mark}]+)(?:{mark}(?!\w)|$)"
        first, last, marks = map(re.escape, (self.open, self.close, self.open + self.close))
        inside = rf"\s*([^{marks}]+?)\s*" if self.spaced else rf"([^{marks}]+)"
        return rf"{first}{inside}(?:[{last}]|$)"


def _faults_of_marks(value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not value or not all(isinstance(pair, dict) for pair in value):
        yield "must be tables, each headed [[quotation_marks]]"
        return
    for pair in value:
        mark, close = pair.get("open"), pair.get("close")
        if pair.keys() - {"open", "close", "spaced"} or not (
            isinstance(mark, str) and isinstance(close, str)
        ):
            yield f"must have open and close, and perhaps spaced, not {', '.join(sorted(pair))}"
        elif len(mark) != 1 or not close:
            yield f"must have one opening mark and one or more that close, not {mark!r} and {close!r}"


def _faults_of_pattern(value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield "must be a regular expression in quotation marks"
        return
    unknown = sorted(set(_PLACEHOLDER.findall(value)) - _names_of_lists())
    yield from (f"{{{name}}} is no list of words.toml or grammar.toml" for name in unknown)
    pattern = _compiled(value)
    if isinstance(pattern, re.error):
        yield f"is no regular expression: {pattern}"
    elif pattern.match(""):
        yield "matches nothing at all, so everywhere"


def _faults_of_cue(value: Any) -> Iterator[str]:
    yield from _faults_of_pattern(value)
    pattern = _compiled(value) if isinstance(value, str) else None
    if isinstance(pattern, re.Pattern):
        names = set(pattern.groupindex)
        yield from (f"has a group {name!r}, which nobody reads" for name in sorted(names - _GROUPS))
        if not names & _GROUPS:
            yield "must name the words that it finds, as (?P<now>…), (?P<past>…), (?P<self>…), (?P<source>…)"


def _compiled(pattern: str) -> re.Pattern[str] | re.error:
    """Return a pattern with a letter for each list in it, or what is wrong with it."""
    try:
        return re.compile(_PLACEHOLDER.sub("x", pattern))
    except re.error as error:
        return error


def _names_of_lists() -> set[str]:
    keys = keys_of(WordTable) | keys_of(Grammar)
    return {name for name, one in keys.items() if one.check is faults_of_words}


def _pattern(finds: str) -> Key:
    return Key(f"is a regular expression that finds {finds}", _faults_of_pattern)


def _cue(finds: str) -> Key:
    return Key(f"is a regular expression that finds {finds}", _faults_of_cue)


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language puts names, roles and reported words together.

    Patterns have the lists of words.toml and of this file wherever they say {name of the list}.
    """

    quotation_marks: Annotated[
        Sequence[QuotationMarks], Key("gives the quotation marks, each pair a table", _faults_of_marks)
    ]
    articles: Annotated[Words, listing("articles between a preposition and a name")]
    contracted: Annotated[
        Words, listing("determiners that hold a preposition, and are no part of a role after a name")
    ]
    copulas: Annotated[Words, listing('verbs between a name and what somebody is: "is", "was"')]
    role_prefixes: Annotated[Words, listing('prefixes that make a role of a word, before a hyphen: "ex"')]
    coordinators: Annotated[
        Words, listing('words that begin another statement between a cue and a quotation: "and"')
    ]
    conditions: Annotated[Words, listing('what a sentence begins with that states nothing: "if "')]
    weak_sources: Annotated[Words, listing("sources that are believed after a quotation only")]
    conjunctions: Annotated[
        Words, listing('what joins a cue to the clause it reports, with comma and spaces: " that "')
    ]
    age: Annotated[str, _pattern('an age between a name and a role: ", 42"')]
    speech_verb: Annotated[str, _cue("a verb of saying, with its auxiliary, as it follows its subject")]
    after_quotation: Annotated[str, _cue("what follows a quotation, up to the speaker's name or title")]
    pronoun_after_quotation: Annotated[
        str, _cue('what follows a quotation, its speaker a pronoun: ", said she"')
    ]
    after_source: Annotated[str, _pattern("what stands between a source's name and the clause of its words")]
    split_participle: Annotated[
        str,
        _cue("the rest of a verb whose (?P<auxiliary>…), in after_quotation, stands before the speaker"),
    ] = ""
    dashes: Annotated[Words, listing("dashes with which somebody's words begin, without other marks")] = (
        frozenset()
    )
    inverted: Annotated[
        bool, Key("says whether a subject may stand right after its verb", faults_of_flag)
    ] = False
    finite: Annotated[str, _pattern("a finite verb by its ending, in small letters")] = ""

    def is_finite(self, word: str, words: WordTable) -> bool:
        """Return whether a word, as it is written, is a finite verb: by the lists, or by its ending."""
        return words.is_finite(typewritten(word)) or re.fullmatch(self.finite or _NEVER, word) is not None

    @property
    def marks(self) -> str:
        """All characters that open or close a quotation."""
        return "".join(dict.fromkeys(c for pair in self.quotation_marks for c in pair.open + pair.close))

    @property
    def quoted(self) -> str:
        """A regular expression of words in quotation marks; of its groups one holds the words inside."""
        return "|".join(pair.pattern for pair in self.quotation_marks)


def faults_of_grammar(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a grammar, each fault with its key."""
    yield from faults(Grammar, table)
    speaker = table.get("after_quotation")
    if isinstance(speaker, str) and "(?P<auxiliary>" in speaker and "split_participle" not in table:
        yield "key 'split_participle' is missing; after_quotation has an (?P<auxiliary>…) that it completes"


def read_grammar(file: Path, words: WordTable) -> Grammar:
    """Return the grammar in a file, the words put into its patterns. Raises TableError."""
    table = read_file(file)
    complain(file, faults_of_grammar(table))
    marks = tuple(QuotationMarks(**pair) for pair in table.pop("quotation_marks"))
    lists = {n: frozenset(word.lower() for word in v) for n, v in table.items() if isinstance(v, list)}

    def put_in(match: re.Match[str]) -> str:
        name = match[1]
        found: Words = lists[name] if name in lists else getattr(words, name)
        return alternatives(found) or _NEVER

    values: dict[str, Any] = {
        name: _PLACEHOLDER.sub(put_in, value) if isinstance(value, str) else lists.get(name, value)
        for name, value in table.items()
    }
    return Grammar(quotation_marks=marks, **values)
