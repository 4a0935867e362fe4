"""The patterns of one language by which quotations and their speakers are found, compiled once."""

from __future__ import annotations

import re

from personae.actors.languages.common.grammar import Grammar
from personae.actors.languages.common.word_table import WordTable
from personae.actors.tables.toml_files import alternatives
from personae.actors.text.punctuation import APOSTROPHES, MASK, SENTENCE_ENDS, typewritten

_NEVER = "(?!)"


class SpeechPatterns:
    """What finds quotations, verbs of saying and their clauses; see the keys of `Grammar`."""

    def __init__(self, words: WordTable, grammar: Grammar) -> None:
        self.words = words
        self.grammar = grammar
        self.quoted = re.compile(grammar.quoted)
        dashes = re.escape("".join(sorted(grammar.dashes)))
        begins = rf"(?:^\s*|(?<=[{SENTENCE_ENDS}:]\s))[{dashes}]{{1,2}}(?:\s|(?=[^\W\d]|[¿¡]))"
        self.dash = re.compile(begins if dashes else _NEVER)
        openings = re.escape("".join(pair.open for pair in grammar.quotation_marks))
        self._next_sentence = re.compile(rf"(?<=[{SENTENCE_ENDS}])\s+(?=[{openings}{dashes}¿¡\w])")
        self.speech_verb = re.compile(rf"(?<![\w'’-])(?:{grammar.speech_verb})(?!\w)", re.IGNORECASE)
        self.after_quotation = re.compile(grammar.after_quotation, re.IGNORECASE)
        self.pronoun_after_quotation = re.compile(grammar.pronoun_after_quotation, re.IGNORECASE)
        self.split_participle = re.compile(grammar.split_participle or _NEVER, re.IGNORECASE)
        self.after_source = re.compile(grammar.after_source)
        sources = alternatives(words.sources) or _NEVER
        self.source = re.compile(rf"(?:^|(?<=\W))(?P<source>{sources})\s", re.IGNORECASE)
        conjunctions = alternatives(grammar.conjunctions).replace("'", APOSTROPHES) or _NEVER
        # Perhaps after a few words: "said on Friday that".
        self.conjunction = re.compile(rf"(?: [^.;:!?{re.escape(grammar.marks)}]{{0,40}}?)?(?:{conjunctions})")
        conditions = alternatives(grammar.conditions).replace("'", APOSTROPHES) or _NEVER
        self.condition = re.compile(rf"\W*(?:{conditions})", re.IGNORECASE)
        coordinators = alternatives(grammar.coordinators) or _NEVER
        self.other_statement = re.compile(rf";|\b(?:{coordinators}) (?!{MASK})\w+ ")
        self.no_subject_after = words.locative | words.dealing | words.auxiliaries
        self.elided_prepositions = tuple(word for word in words.locative if word.endswith("'"))

    def is_cue(self, text: str) -> bool:
        """Return whether words are a cue or a source of the lists, not only by their ending."""
        words = self.words
        lists = (words.cues, words.participles, words.reflexive, words.sources)
        return any(typewritten(text) in known for known in lists)

    def sentence_starts(self, text: str) -> list[int]:
        """Return where the sentences of a text begin, in order."""
        return [0, *(match.end() for match in self._next_sentence.finditer(text))]


def cue_of(match: re.Match[str]) -> str:
    """Return the words of a match that say that somebody speaks."""
    return next(text for name, text in match.groupdict().items() if text and name != "auxiliary")
