"""Settings: read from the environment, checked at start, described once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from personae.errors import SettingError
from personae.settings import Settings, describe, split_host, table, unknown_variables

DOCS = Path(__file__).parents[1] / "docs" / "settings.md"
TOKEN = "a-token-of-some-length"


def test_an_empty_environment_gives_a_backend_for_this_machine_alone():
    settings = Settings.from_env({})
    assert (settings.host, settings.port, settings.token) == ("127.0.0.1", 8765, ())
    assert settings.is_loopback


def test_values_are_read_in_the_units_that_people_write():
    settings = Settings.from_env(
        {
            "PERSONAE_PORT": " 9000 ",
            "PERSONAE_CACHE_TTL": "2d",
            "PERSONAE_READ_TIMEOUT": "2.5",
            "PERSONAE_CACHE_MAX_BYTES": "64 MB",
            "PERSONAE_MAX_HTML_BYTES": "5000000",
            "PERSONAE_LOG_LEVEL": "WARNING",
            "PERSONAE_DATA_DIR": "~/somewhere",
        }
    )
    assert settings.port == 9000
    assert settings.cache_ttl == 2 * 86400
    assert settings.read_timeout == 2.5
    assert settings.cache_max_bytes == 64_000_000
    assert settings.max_html_bytes == 5_000_000
    assert settings.log_level == "warning"
    assert settings.data_dir == Path.home() / "somewhere"


def test_an_empty_variable_is_as_good_as_none():
    assert Settings.from_env({"PERSONAE_PORT": "", "PERSONAE_TOKEN": " "}) == Settings.from_env({})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PERSONAE_PORT", "http"),
        ("PERSONAE_PORT", "70000"),
        ("PERSONAE_PORT", "tcp://10.0.0.1:8765"),
        ("PERSONAE_HOST", "http://localhost"),
        ("PERSONAE_HOST", "a b"),
        ("PERSONAE_HOSTS", "https://reader.example/"),
        ("PERSONAE_HOSTS", "reader.example:port"),
        ("PERSONAE_TOKEN", "short"),
        ("PERSONAE_TOKEN", "a token with spaces in it"),
        ("PERSONAE_TOKEN", f"{TOKEN},short"),
        ("PERSONAE_SECRET", "short"),
        ("PERSONAE_REDIS_URL", "http://localhost"),
        ("PERSONAE_CACHE_TTL", "soon"),
        ("PERSONAE_CACHE_TTL", "1s"),
        ("PERSONAE_CACHE_MAX_BYTES", "12 parsecs"),
        ("PERSONAE_READ_TIMEOUT", "0"),
        ("PERSONAE_WORKERS", "0"),
        ("PERSONAE_WORKERS", "two"),
        ("PERSONAE_THREADS", "3"),
        ("PERSONAE_LOG_LEVEL", "loud"),
        ("PERSONAE_TRUSTED_PROXIES", "-1"),
    ],
)
def test_a_wrong_value_names_its_variable(variable, value):
    with pytest.raises(SettingError, match=variable):
        Settings.from_env({"PERSONAE_TOKEN": TOKEN, variable: value})


@pytest.mark.parametrize(
    "exposed",
    [
        {"PERSONAE_HOST": "0.0.0.0"},  # noqa: S104
        {"PERSONAE_HOST": "::"},
        {"PERSONAE_HOST": "192.168.1.5"},
        {"PERSONAE_HOST": "reader.example"},
        {"PERSONAE_HOSTS": "reader.example"},
        {"PERSONAE_TRUSTED_PROXIES": "1"},
    ],
)
def test_whatever_reaches_beyond_this_machine_demands_a_token(exposed):
    with pytest.raises(SettingError, match="PERSONAE_TOKEN"):
        Settings.from_env(exposed)
    assert Settings.from_env({**exposed, "PERSONAE_TOKEN": TOKEN}).token == (TOKEN,)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_loopback_demands_none(host):
    assert Settings.from_env({"PERSONAE_HOST": host}).token == ()


def test_several_tokens_are_several_readers():
    assert Settings.from_env({"PERSONAE_TOKEN": f"{TOKEN}1, {TOKEN}2"}).token == (f"{TOKEN}1", f"{TOKEN}2")


def test_secrets_do_not_show_when_settings_are_printed():
    shown = repr(Settings(token=(TOKEN,), secret="s" * 40, redis_url="redis://:hidden@host"))
    assert TOKEN not in shown
    assert "ssss" not in shown
    assert "hidden" not in shown


def test_no_message_repeats_a_token_or_a_redis_password():
    for environ in ({"PERSONAE_TOKEN": "tok en"}, {"PERSONAE_REDIS_URL": "http://:tok en@host"}):
        with pytest.raises(SettingError) as caught:
            Settings.from_env(environ)
        assert "tok en" not in caught.value.message


def test_many_workers_bring_their_threads_along():
    settings = Settings(workers=64)
    assert settings.thread_count > 64 + settings.queue_limit


def test_variables_that_no_setting_has_are_told():
    environ = {"PERSONAE_PROT": "1", "PERSONAE_PORT": "1", "PATH": "x"}
    assert unknown_variables(environ) == ["PERSONAE_PROT"]


def test_the_documented_table_is_the_one_made_from_the_code():
    assert table() in DOCS.read_text(encoding="utf-8")


def test_every_setting_is_told_in_one_or_two_sentences():
    for setting in describe():
        assert re.fullmatch(r"[A-Z`].*\.", setting.help), setting.variable


@pytest.mark.parametrize(
    ("host", "parts"),
    [
        ("localhost", ("localhost", "")),
        ("LOCALHOST:80", ("localhost", "80")),
        ("[::1]:8765", ("::1", "8765")),
        ("[::1]", ("::1", "")),
        ("::1", ("::1", "")),
    ],
)
def test_hosts_split_into_name_and_port(host, parts):
    assert split_host(host) == parts


def test_a_folder_in_a_home_that_nobody_has_is_refused():
    with pytest.raises(SettingError, match=r"PERSONAE_DATA_DIR must be a folder.*nobody has the home"):
        Settings.from_env({"PERSONAE_DATA_DIR": "~no-such-person/data"})


def test_models_are_languages_with_folders() -> None:
    models = Settings.from_env({"PERSONAE_MODELS": " DE = /models/de , fr=~/fr"}).models
    assert models == (("de", Path("/models/de")), ("fr", Path("~/fr").expanduser()))


@pytest.mark.parametrize("value", ["de", "de=", "=/models/de", "german=/models/de", "de=/a,de=/b"])
def test_a_model_without_language_or_folder_or_twice_is_refused(value: str) -> None:
    with pytest.raises(SettingError, match="PERSONAE_MODELS"):
        Settings.from_env({"PERSONAE_MODELS": value})
