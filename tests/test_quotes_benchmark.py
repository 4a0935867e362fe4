"""The measure of who said what: what counts as right, what it reads, what it prints."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.quotes.__main__ import main
from benchmarks.quotes.annotations import ANNOTATIONS, Annotated, AnnotationsError, Article, read_articles
from benchmarks.quotes.score import Scores

from personae.model import Actor, Quote

TEXT = (
    "“The ferry will sail again in spring,” said Orla Vance, who runs the harbour.\n\n"
    "The mayor, Tomas Brandt, said that nobody had paid for it. Critics call it “a ship of fools”."
)
SAILS, PAID, FOOLS = (
    (TEXT.index(words), TEXT.index(words) + len(words))
    for words in ("The ferry will sail again in spring,", "nobody had paid for it", "a ship of fools")
)
VANCE, BRANDT = "Orla Vance", "Tomas Brandt"


def article(*quotations: Annotated) -> Article:
    names = {VANCE: (VANCE, "Vance"), BRANDT: (BRANDT, "Brandt")}
    return Article("ferry", "A ferry", TEXT, names, quotations, "first")


def actor(name: str, *spans: tuple[int, int], aliases: tuple[str, ...] = ()) -> Actor:
    quotes = tuple(Quote(start, end, TEXT[start:end], "said") for start, end in spans)
    return Actor(
        name.lower(), name, "person", key=True, salience=1.0, aliases=(name, *aliases), quotes=quotes
    )


def scores(annotated: Article, *actors: Actor) -> Scores:
    result = Scores()
    result.add(annotated, actors)
    return result


BOTH = article(Annotated("direct", (SAILS,), (VANCE,)), Annotated("indirect", (PAID,), (BRANDT,)))


def test_what_is_found_with_its_speaker_is_right() -> None:
    result = scores(BOTH, actor(VANCE, SAILS), actor(BRANDT, PAID))
    assert (result.overall.precision, result.overall.recall) == (1.0, 1.0)
    assert (result.direct.given, result.indirect.given) == (1, 1)
    assert result.mistakes == []


def test_the_wrong_speaker_is_wrong_and_leaves_the_right_one_missed() -> None:
    result = scores(BOTH, actor(BRANDT, SAILS, PAID))
    assert (result.direct.precision, result.direct.recall) == (0.0, 0.0)
    assert [(m.fault, m.span, m.speaker) for m in result.mistakes] == [
        ("wrong", SAILS, BRANDT),
        ("missed", SAILS, VANCE),
    ]


def test_a_shorter_name_is_the_speaker_unless_it_is_somebody_elses() -> None:
    assert scores(BOTH, actor("Vance", SAILS)).direct.precision == 1.0
    assert scores(BOTH, actor("Harbour Vance", SAILS, aliases=("Vance",))).direct.precision == 1.0
    assert scores(BOTH, actor(BRANDT, SAILS, aliases=("Vance",))).direct.precision == 0.0


@pytest.mark.parametrize(("cut", "right"), [(0, 1), (18, 1), (19, 0)])
def test_half_of_the_annotated_characters_must_be_given(cut: int, right: int) -> None:
    start, end = SAILS
    assert end - start == 36
    assert scores(BOTH, actor(VANCE, (start, end - cut))).direct.right == right


def test_half_of_the_given_characters_must_be_annotated() -> None:
    start, end = SAILS
    assert scores(BOTH, actor(VANCE, (start, end + 36))).direct.right == 1
    longer = scores(BOTH, actor(VANCE, (start, end + 37)))
    assert longer.direct.right == 0
    assert longer.mistakes[0].fault == "extent"


def test_an_alternative_span_is_as_right() -> None:
    interrupted = article(Annotated("direct", ((0, 5), SAILS), (VANCE,)))
    assert scores(interrupted, actor(VANCE, SAILS)).direct.recall == 1.0


def test_any_of_several_speakers_is_right() -> None:
    shared = article(Annotated("direct", (SAILS,), (VANCE, BRANDT)))
    assert scores(shared, actor(BRANDT, SAILS)).direct.precision == 1.0


def test_nobodys_words_need_not_be_found_and_may_be_given_to_nobody() -> None:
    critics = article(Annotated("direct", (FOOLS,), ()))
    assert scores(critics).overall.recall is None
    assert scores(critics, actor(BRANDT, FOOLS)).direct.precision == 0.0


def test_an_optional_one_counts_only_when_its_speaker_is_wrong() -> None:
    optional = article(Annotated("direct", (SAILS,), (VANCE,), optional=True))
    right = scores(optional, actor(VANCE, SAILS)).direct
    assert (right.precision, right.recall) == (None, None)
    assert scores(optional, actor(BRANDT, SAILS)).direct.precision == 0.0


# The files


def files(folder: Path, **changed: Any) -> tuple[Path, Path]:
    """Write the pages and the annotations of the tiny article."""
    pages = folder / "pages.jsonl.gz"
    page = {"id": "ferry", "gold": {"title": None, "body": TEXT}}
    pages.write_bytes(gzip.compress(json.dumps(page).encode()))
    row = {
        "id": "ferry",
        "half": "first",
        "length": len(TEXT),
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest()[:16],
        "speakers": {VANCE: [VANCE, "Vance"], BRANDT: [BRANDT]},
        "quotations": [
            {"start": SAILS[0], "end": SAILS[1], "kind": "direct", "speaker": VANCE},
            {"start": PAID[0], "end": PAID[1], "kind": "indirect", "speaker": BRANDT},
            {"start": FOOLS[0], "end": FOOLS[1], "kind": "direct", "speaker": None, "nobody": "unnamed"},
        ],
    }
    annotations = folder / "annotations.json"
    annotations.write_text(json.dumps({"articles": [row | changed]}))
    return pages, annotations


def test_the_command_prints_the_figures_of_what_personae_finds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, annotations = files(tmp_path)
    assert main([str(tmp_path), "--annotations", str(annotations), "--wrong"]) == 0
    out = capsys.readouterr().out
    assert "| all | 1.000 | 2 of 2 | 1.000 | 2 of 2 |" in out
    assert TEXT[slice(*SAILS)] not in out


def test_mistakes_are_listed_by_offsets_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = [{"start": 0, "end": 5, "kind": "direct", "speaker": BRANDT}]
    pages, annotations = files(tmp_path, quotations=elsewhere)
    assert main([str(pages), "--annotations", str(annotations), "--wrong"]) == 0
    assert f"missed direct   ferry 0-5 {BRANDT}" in capsys.readouterr().out


def test_a_text_that_is_not_the_annotated_one_is_refused(tmp_path: Path) -> None:
    pages, annotations = files(tmp_path, sha256="0" * 16)
    with pytest.raises(AnnotationsError, match="not the one that was annotated"):
        read_articles(pages, annotations)


def test_a_page_that_is_not_there_is_named(tmp_path: Path) -> None:
    pages, annotations = files(tmp_path, id="tram")
    with pytest.raises(AnnotationsError, match="no page with the id tram"):
        read_articles(pages, annotations)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[", gzip.compress(b'{"id": 1}\n')],
    ids=["empty", "object", "broken", "no-page"],
)
def test_what_cannot_be_read_is_named(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages, annotations = files(tmp_path)
    pages.write_bytes(content)
    assert main([str(pages), "--annotations", str(annotations)]) == 1
    assert str(pages) in capsys.readouterr().err


def test_an_empty_folder_and_a_missing_one_are_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(AnnotationsError, match=str(folder)):
            read_articles(folder)


def test_stories_are_read_with_their_own_quotations(tmp_path: Path) -> None:
    story = {
        "title": "A ferry",
        "text": TEXT,
        "actors": [{"name": VANCE, "aliases": [VANCE]}],
        "quotes": [{"start": SAILS[0], "end": SAILS[1], "kind": "direct", "speaker": VANCE}],
    }
    (tmp_path / "ferry.json").write_text(json.dumps(story))
    (read,) = read_articles(tmp_path)
    assert read.quotations == (Annotated("direct", (SAILS,), (VANCE,)),)


def test_a_half_without_articles_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages, annotations = files(tmp_path)
    assert main([str(pages), "--annotations", str(annotations), "--half", "second"]) == 1
    assert "second half" in capsys.readouterr().err


def test_the_annotations_hold_together() -> None:
    data = json.loads(ANNOTATIONS.read_text(encoding="utf-8"))["articles"]
    assert sum(bool(a["quotations"]) for a in data) >= 12
    for row in data:
        for q in row["quotations"]:
            assert 0 <= q["start"] < q["end"] <= row["length"]
            speakers = [q["speaker"]] if isinstance(q["speaker"], str) else q["speaker"] or []
            assert set(speakers) <= row["speakers"].keys()
            assert bool(speakers) != ("nobody" in q)
