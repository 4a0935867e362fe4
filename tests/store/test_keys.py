"""Names and the secret: what must differ differs, what must be equal is equal."""

from __future__ import annotations

import stat
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personae.errors import SettingError
from personae.settings import Settings
from personae.store.cache.keys import ID_LENGTH, SHARE_ID_LENGTH, Keys
from personae.store.cache.secret import load_secret

KEYS = Keys(b"s" * 32)
ARTICLE: dict[str, Any] = {
    "tenant": "local",
    "url": "https://a.example/story",
    "fingerprint": b"\1" * 32,
    "pipeline": "1",
    "options": ("actors",),
}
CAST = {"tenant": "local", "title": "t", "standfirst": "s", "text": "x", "language": "en", "model": "m"}


def test_the_same_page_has_the_same_id():
    assert KEYS.article_id(**ARTICLE) == KEYS.article_id(**ARTICLE)
    assert len(KEYS.article_id(**ARTICLE)) == ID_LENGTH


@pytest.mark.parametrize(
    "change",
    [
        {"tenant": "other"},
        {"url": "https://a.example/story2"},
        {"fingerprint": b"\2" * 32},
        {"pipeline": "2"},
        {"options": ()},
        {"options": ("actors", "private")},
    ],
)
def test_whatever_shapes_an_article_is_in_its_id(change):
    assert KEYS.article_id(**{**ARTICLE, **change}) != KEYS.article_id(**ARTICLE)


@pytest.mark.parametrize("field", sorted(CAST))
def test_whatever_shapes_a_cast_is_in_its_name(field):
    assert KEYS.cast_name(**{**CAST, field: "another"}) != KEYS.cast_name(**CAST)


def test_another_secret_gives_other_names():
    other = Keys(b"t" * 32)
    assert other.article_id(**ARTICLE) != KEYS.article_id(**ARTICLE)
    assert other.derived("cookie") != KEYS.derived("cookie")
    assert other.tenant("a" * 16) != KEYS.tenant("a" * 16)


def test_one_id_is_kept_elsewhere_for_each_tenant_and_purpose():
    names = {KEYS.article_name("a", "id"), KEYS.article_name("b", "id"), KEYS.trace_name("a", "id")}
    assert len(names) == 3


def test_all_names_of_a_tenant_stand_on_one_shelf_that_tells_nothing_of_it():
    tenant = KEYS.tenant("a-token-of-sixteen")
    names = [
        KEYS.article_name(tenant, "id"),
        KEYS.trace_name(tenant, "id"),
        KEYS.cast_name(**{**CAST, "tenant": tenant}),
    ]
    assert {name.partition(".")[0] for name in names} == {KEYS.shelf(tenant)}
    assert KEYS.shelf(tenant) != KEYS.shelf("local")
    assert KEYS.shelf(tenant) != tenant


def test_a_share_id_leads_to_the_tenant_that_made_it_and_to_no_other():
    share_id = KEYS.new_share_id("a")
    assert KEYS.sharer(share_id, ["b", "a", "c"]) == "a"
    assert KEYS.sharer(share_id, ["b", "c"]) is None
    assert Keys(b"t" * 32).sharer(share_id, ["a", "b", "c"]) is None


def test_two_share_ids_of_one_tenant_have_nothing_in_common():
    ids = [KEYS.new_share_id("a") for _ in range(200)]
    assert {len(one) for one in ids} == {SHARE_ID_LENGTH}
    assert all(len({one[i : i + 4] for one in ids}) > 190 for i in range(0, SHARE_ID_LENGTH, 4))


def test_a_share_id_of_which_anything_was_changed_leads_nowhere():
    share_id = KEYS.new_share_id("a")
    for place in range(SHARE_ID_LENGTH):
        other = "A" if share_id[place] != "A" else "B"
        assert KEYS.sharer(share_id[:place] + other + share_id[place + 1 :], ["a"]) is None


@pytest.mark.parametrize("share_id", ["", "x", "\u00e9" * 44, "=" * 44, "A" * 43, "A" * 45, "A" * 44 + "\n"])
def test_what_is_no_share_id_leads_nowhere(share_id):
    assert KEYS.sharer(share_id, ["a"]) is None


@given(st.lists(st.text(), min_size=2, max_size=4), st.lists(st.text(), min_size=2, max_size=4))
def test_no_two_lists_of_fields_give_one_name(first, second):
    assert (KEYS._name("x", *first) == KEYS._name("x", *second)) == (first == second)


def test_lone_surrogates_have_a_name_too():
    assert KEYS.cast_name(**{**CAST, "text": "\ud800"}) != KEYS.cast_name(**{**CAST, "text": "\ud801"})


def test_the_secret_is_made_once_and_private(tmp_path):
    settings = Settings(data_dir=tmp_path / "data")
    secret = load_secret(settings)
    assert load_secret(settings) == secret
    assert len(secret) >= 32
    assert [f.name for f in (tmp_path / "data").iterdir()] == ["secret"]
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600


def test_processes_that_start_at_once_agree_on_the_secret(tmp_path):
    program = (
        "import sys; from pathlib import Path; from personae.settings import Settings; "
        "from personae.store.cache.secret import load_secret; print(load_secret(Settings(data_dir=Path(sys.argv[1]))))"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert len({process.communicate(timeout=60)[0] for process in processes}) == 1


def test_a_secret_that_others_could_read_is_made_private(tmp_path):
    file = tmp_path / "secret"
    file.write_text("x" * 40)
    file.chmod(0o644)
    assert load_secret(Settings(data_dir=tmp_path)) == b"x" * 40
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_secret_that_is_too_short_is_refused(tmp_path):
    (tmp_path / "secret").write_text("short")
    with pytest.raises(SettingError, match="PERSONAE_DATA_DIR"):
        load_secret(Settings(data_dir=tmp_path))


def test_the_setting_wins_over_the_file(tmp_path):
    assert load_secret(Settings(data_dir=tmp_path, secret="y" * 32)) == b"y" * 32
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_the_secret_lasts_for_this_process(tmp_path):
    (tmp_path / "file").write_text("")
    settings = Settings(data_dir=tmp_path / "file" / "data")
    assert load_secret(settings) != load_secret(settings)
