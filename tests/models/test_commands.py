"""`personae models` as a person meets it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.models.conftest import NAME, Listed, WheelServer, make_pipeline, wheel_of

from personae.cli import main
from personae.models import releases
from personae.models.added import added


class Commands:
    """Runs the command with a data folder of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def __call__(self, *arguments: str | Path) -> Result:
        return CliRunner().invoke(main, ["models", *map(str, arguments)])


@pytest.fixture
def personae_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: Listed, wheel: bytes
) -> Commands:
    for name in [name for name in os.environ if name.startswith("PERSONAE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PERSONAE_DATA_DIR", str(tmp_path / "data"))
    listed(wheel)
    return Commands(tmp_path / "data")


def line_of(listing: Result, language: str) -> list[str]:
    assert listing.exit_code == 0, listing.output
    return next(line for line in listing.stdout.splitlines() if line.startswith(f"{language} ")).split()


def test_the_languages_are_listed_with_model_licence_size_and_whether_there_are_words(
    personae_models: Commands,
) -> None:
    listing = personae_models()
    assert line_of(listing, "de") == ["de", "German", "available", NAME, "3.8.0", "MIT", "4", "MB", "yes"]
    assert line_of(listing, "en")[:5] == ["en", "English", "packaged", "en_core_web_md", "3.7.1"]
    assert line_of(listing, "fr")[-1] == "yes"
    assert personae_models("list").stdout == listing.stdout


def test_adding_says_licence_and_size_and_when_it_is_used(
    personae_models: Commands, server: WheelServer
) -> None:
    done = personae_models("add", "de")
    assert done.exit_code == 0, done.output
    assert f"de: {NAME} 3.8.0, licence MIT, 4 MB, from {server.address}" in done.stdout
    assert f"is installed in {personae_models.data_dir / 'models' / NAME}-3.8.0" in done.stdout
    assert "at its next start" in done.stdout
    assert line_of(personae_models("list"), "de")[2] == "installed"


def test_what_is_there_already_is_told_and_no_error(personae_models: Commands, server: WheelServer) -> None:
    personae_models("add", "de")
    again = personae_models("add", "DE", "en")
    assert again.exit_code == 0
    assert "was already installed" in again.stdout
    assert "en: has a model already" in again.stdout
    assert len(server.asked) == 1


def test_a_model_that_may_not_be_used_commercially_is_called_so(personae_models: Commands) -> None:
    releases._table()["models"]["de"]["licence"] = "CC BY-NC-SA 3.0"
    assert "licence CC BY-NC-SA 3.0, not for commercial use" in personae_models("add", "de").stdout


def test_an_error_has_cause_and_next_step_and_ends_with_1_after_the_others(
    personae_models: Commands, server: WheelServer
) -> None:
    done = personae_models("add", "tlh", "de")
    assert done.exit_code == 1
    assert "tlh: No model of the language 'tlh' can be added." in done.stderr
    assert "`personae models list`" in done.stderr
    assert "de" in added(personae_models.data_dir)


def test_without_a_network_the_way_by_another_machine_is_told_and_works(
    personae_models: Commands, server: WheelServer, wheel: bytes, tmp_path: Path
) -> None:
    failed = personae_models("add", "de", "--mirror", "http://127.0.0.1:1")
    assert failed.exit_code == 1
    assert (
        f"http://127.0.0.1:1/{NAME}-3.8.0/{NAME}-3.8.0-py3-none-any.whl could not be fetched" in failed.stderr
    )
    assert f"`personae models add {NAME}-3.8.0-py3-none-any.whl`" in failed.stderr
    file = tmp_path / f"{NAME}-3.8.0-py3-none-any.whl"
    file.write_bytes(wheel)
    done = personae_models("add", file)
    assert (done.exit_code, server.asked) == (0, [])
    assert "de" in added(personae_models.data_dir)


def test_the_mirror_may_be_a_setting(
    personae_models: Commands, server: WheelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSONAE_MODEL_MIRROR", server.address.replace("/download", "/mirror"))
    assert personae_models("add", "de").exit_code == 1
    assert server.asked[0].startswith("/mirror/")
    monkeypatch.setenv("PERSONAE_MODEL_MIRROR", "ftp://mirror.example")
    refused = personae_models("add", "de")
    assert (refused.exit_code, refused.stderr.count("PERSONAE_MODEL_MIRROR")) == (1, 1)


def test_an_update_brings_what_is_outdated_to_the_release_of_now(
    personae_models: Commands, listed: Listed, tmp_path: Path
) -> None:
    assert "up to date" in personae_models("update").stdout
    personae_models("add", "de")
    assert "is up to date" in personae_models("update", "de").stdout
    listed(wheel_of(make_pipeline(tmp_path / "newer", "3.9.0"), "3.9.0"), "3.9.0")
    assert line_of(personae_models("list"), "de")[2] == "outdated"
    assert personae_models("update").exit_code == 0
    assert line_of(personae_models("list"), "de")[2:5] == ["installed", NAME, "3.9.0"]


def test_an_update_of_what_was_not_added_says_how_to_add_it(personae_models: Commands) -> None:
    done = personae_models("update", "de")
    assert done.exit_code == 1
    assert "`personae models add de`" in done.stderr


def test_removing_leaves_the_language_available_and_a_second_time_is_an_error(
    personae_models: Commands,
) -> None:
    personae_models("add", "de")
    assert "de: removed" in personae_models("remove", "de").stdout
    assert line_of(personae_models("list"), "de")[2] == "available"
    again = personae_models("remove", "de")
    assert again.exit_code == 1
    assert "No model of the language 'de' was added" in again.stderr


def test_a_broken_model_is_listed_so_and_told_by_the_doctor(
    personae_models: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    personae_models("add", "de")
    (added(personae_models.data_dir)["de"].folder / "meta.json").unlink()
    assert line_of(personae_models("list"), "de")[2] == "broken"
    monkeypatch.setenv("PERSONAE_PORT", "0")
    found = CliRunner().invoke(main, ["doctor"])
    assert found.exit_code == 1
    assert "language de: the model in" in found.output
    assert "`personae models remove de`, then `personae models add de`" in found.output


def test_the_doctor_names_an_added_model_and_those_that_could_be(
    personae_models: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSONAE_PORT", "0")
    assert "personae models add LANGUAGE` (de)" in CliRunner().invoke(main, ["doctor"]).output
    personae_models("add", "de")
    assert f"language de: {NAME} 3.8.0, MIT; added in" in CliRunner().invoke(main, ["doctor"]).output


def test_a_model_of_the_settings_comes_first(
    personae_models: Commands, pipeline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    personae_models("add", "de")
    monkeypatch.setenv("PERSONAE_MODELS", f"de={pipeline}")
    assert line_of(personae_models("list"), "de")[2] == "yours"
