"""Which languages there are: each is a folder that is called by its code.

A folder gives a language by `words.toml` and `grammar.toml`, which the common rules read, or, within the
package, by a module `language` of its own. A language without a folder has what takes no words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from personae.actors.languages import base
from personae.actors.languages.base import Language
from personae.actors.languages.common.table_language import TableLanguage
from personae.actors.languages.none.without_table import WithoutTable
from personae.actors.names.recogniser import load_model
from personae.actors.tables.language_tags import base_language

PACKAGED = Path(base.__file__).parent
_CODE = re.compile(r"[a-z]{2,3}")


def load(language: str = "en") -> None:
    """Load the language's model and its tables now, so that forked workers share them.

    Raises LanguageNotSupported, ModelMissing, TableError.
    """
    load_model(language)
    language_of(language)


def language_of(language: str | None, folders: tuple[Path, ...] = (PACKAGED,)) -> Language:
    """Return what is known of a language; folders: where languages are looked up, the first first.

    Raises TableError when its tables cannot be used.
    """
    return _find(base_language(language), folders)


def table_of(language: str | None, folders: tuple[Path, ...] = (PACKAGED,)) -> TableLanguage | None:
    """Return a language that has tables, or None. Raises TableError."""
    found = language_of(language, folders)
    return found if isinstance(found, TableLanguage) else None


@lru_cache(maxsize=64)  # a page may name any language
def _find(code: str, folders: tuple[Path, ...]) -> Language:
    for folder in folders if _CODE.fullmatch(code) else ():
        if (folder / code / "words.toml").is_file():
            return TableLanguage(folder / code)
        if folder == PACKAGED and (folder / code / "language.py").is_file():
            own: Language = import_module(f"{base.__package__}.{code}.language").LANGUAGE
            return own
    return WithoutTable(code)
