"""The words of the pages: every language says all of it, and nothing that a page says is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel import Locale
from markupsafe import Markup

from personae import view
from personae.article.account.reasons import Reason, Where
from personae.errors import PersonaeError, SettingError
from personae.view.exports.formats import EXPORTS
from personae.view.i18n.catalogue import LANGUAGES, LOCALES, catalogue
from personae.view.i18n.reason_messages import in_words, message_key
from personae.view.page import assets

ENGLISH = json.loads((LOCALES / "en" / "messages.json").read_text(encoding="utf-8"))
PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
OTHERS = [language for language in LANGUAGES if language != "en"]


def messages(language: str) -> dict[str, dict[str, Any]]:
    return json.loads((LOCALES / language / "messages.json").read_text(encoding="utf-8"))


def stem(key: str) -> str:
    """Return a key without its plural category, when it has one."""
    found = PLURAL.search(key)
    return key[: found.start()] if found and f"{key[: found.start()]}_one" in ENGLISH else key


def placeholders(message: str) -> set[str]:
    return set(re.findall(r"\$(\w+)\$", message))


def test_the_extension_speaks_the_same_languages_as_the_pages() -> None:
    extension = Path(__file__).parents[2] / "extension" / "_locales"
    assert {folder.name for folder in extension.iterdir()} == set(LANGUAGES)


def test_english_is_the_first_of_the_languages() -> None:
    assert LANGUAGES[0] == "en"
    assert len(LANGUAGES) > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_message_in_every_number_that_it_knows(language: str) -> None:
    own = messages(language)
    categories = {*Locale.parse(language).plural_form.tags, "other"}
    wanted = set()
    for key in ENGLISH:
        counted = stem(key) != key
        # English and its like have "many" for millions only, where "other" says it as well.
        wanted |= {f"{stem(key)}_{c}" for c in categories - {"many"}} if counted else {key}
    if language == "ar":
        wanted |= {f"{stem(key)}_many" for key in ENGLISH if stem(key) != key}
    assert wanted - set(own) == set()
    assert {stem(key) for key in own} - {stem(key) for key in ENGLISH} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_declared_and_those_of_english(language: str) -> None:
    for key, entry in messages(language).items():
        message = str(entry["message"])
        assert message.strip(), key
        used = placeholders(message)
        assert {name.upper() for name in entry.get("placeholders", {})} == used, key
        like = ENGLISH.get(key) or ENGLISH[f"{stem(key)}_other"]
        # "one mention" need not hold the number.
        assert used | {"COUNT"} == placeholders(like["message"]) | {"COUNT"}, key


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    same = {"Markdown", "JSON", "$PLACE$ / $COUNT$", "$NAME$, $WHO$: $MENTIONS$", ", ", "ltr"}
    sentences = {
        key
        for key, entry in messages(language).items()
        if entry["message"] == ENGLISH.get(key, {}).get("message")
        and entry["message"] not in same
        and len(str(entry["message"]).split()) > 2
    }
    assert sentences == set()


def test_numbers_choose_the_form_and_are_written_as_the_language_does() -> None:
    assert catalogue("en").counted("removed_blocks", 1) == "1 block removed"
    assert catalogue("en").counted("removed_blocks", 1200) == "1,200 blocks removed"
    assert catalogue("ar").counted("minutes", 2) == "دقيقتان"
    assert [catalogue(language).decimal(0.857, 2) for language in ("en", "es")] == ["0.86", "0,86"]


def test_markup_stays_markup_and_all_else_is_escaped() -> None:
    words = catalogue("en")
    assert words.text("from_site", site="<b>") == "From <b>"
    assert words.text("from_site", site=Markup("<b>x</b>")) == Markup("From <b>x</b>")
    assert words.text("mention_in_title", name=Markup("&lt;")) == Markup("&lt;, in the headline")


def test_a_missing_value_is_an_error_and_not_a_page_with_dollars() -> None:
    with pytest.raises(KeyError):
        catalogue("en").text("from_site")


def test_scripts_name_only_messages_that_there_are() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in assets.READER.rglob("*.js"))
    named = set(re.findall(r'\bmessage\(\s*"(\w+)"', code))
    counted = set(re.findall(r'\bcountedMessage\(\s*"(\w+)"', code))
    assert named
    assert named - set(ENGLISH) == set()
    assert {f"{key}_other" for key in counted} - set(ENGLISH) == set()


def test_no_message_is_there_for_nothing() -> None:
    package = Path(view.__file__).parent
    files = [*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.js")]
    code = "".join(file.read_text(encoding="utf-8") for file in files)
    strings = set(re.findall(r"[a-z][a-z0-9_]+", code))
    composed = (
        "rule_",
        "feature_",
        "reason_",
        "where_",
        "error_",
        "kind_",
        "book_",
        "type_",
        *(f"export_{suffix}" for suffix in EXPORTS),
        "in_",
        "mention_in_",
    )
    unused = {key for key in ENGLISH if stem(key) not in strings and not key.startswith(composed)}
    assert unused == set()


def values_of(reason: Reason) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(reason.value) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_that_the_pipeline_gives_has_words_of_its_own_in_every_language(language: str) -> None:
    own = messages(language)
    known = {message_key(one) for one in (*Reason, *Where)}
    assert {key for key in own if key.startswith(("reason_", "where_"))} == known
    for reason in Reason:
        values = {name.upper() for name in values_of(reason)}
        assert placeholders(str(own[message_key(reason)]["message"])) == values, reason


def test_english_says_a_reason_as_the_article_does() -> None:
    for reason, where in product(Reason, Where):
        told = reason.sentence(where=where, words=12, stated=900)
        assert in_words(told, catalogue("en")) == told


@pytest.mark.parametrize("language", OTHERS)
def test_a_reason_is_told_in_the_readers_language(language: str) -> None:
    words = catalogue(language)
    for reason, where in product(Reason, Where):
        sentence = reason.sentence(where=where, words=12, stated=900)
        told = in_words(sentence, words)
        assert told != sentence
        for name, shown in (("where", words.text(message_key(where))), ("words", "12"), ("stated", "900")):
            assert (shown in told) == (name in values_of(reason))


def test_a_sentence_that_is_no_reason_of_ours_stays_as_it_is() -> None:
    for sentence in ("Nobody knows.", "A line with the date stood nowhere.", f"{Reason.NO_TEXT} Indeed."):
        assert in_words(sentence, catalogue("de")) == sentence


def kinds_of_error(base: type[PersonaeError] = PersonaeError) -> Iterator[type[PersonaeError]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds_of_error(kind)


def test_an_error_that_a_page_shows_has_its_own_words_as_message_and_hint() -> None:
    english = catalogue("en")
    shown = [
        kind for kind in kinds_of_error() if kind is not SettingError
    ]  # that one is told in the terminal
    for kind in shown:
        assert english.text(f"error_{kind.code}") == kind.default_message
        assert english.text(f"error_{kind.code}_hint") == kind.default_hint
