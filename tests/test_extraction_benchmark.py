"""The benchmark's metric and the two layouts of pages that it reads."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "extraction.py"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("extraction_benchmark", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_overlap_shares_sum_to_one(benchmark: ModuleType) -> None:
    # gold: "a b c d", "b c d e"; predicted: "b c d e", "c d e f", "d e f g"
    overlap = benchmark.Overlap.between("a b c d e", "b c d e f g")
    assert (overlap.both, overlap.extra, overlap.missed) == (0.25, 0.5, 0.25)


def test_a_text_shorter_than_a_shingle_is_one_shingle(benchmark: ModuleType) -> None:
    assert benchmark.Overlap.between("two words", "two words").both == 1.0
    assert benchmark.Overlap.between("two words", "").missed == 1.0


def test_precision_and_recall_are_means_over_pages(benchmark: ModuleType) -> None:
    whole, half, nothing = (
        benchmark.Overlap(*shares) for shares in ((1.0, 0.0, 0.0), (0.5, 0.5, 0.0), (0.0, 0.0, 1.0))
    )
    f1, precision, recall = benchmark.f1_precision_recall([whole, half, nothing])
    assert (precision, recall) == (0.75, 2 / 3)
    assert f1 == pytest.approx(12 / 17)


def test_reads_the_public_layout(benchmark: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "abc.html.gz").write_bytes(gzip.compress("<p>Grüße".encode()))
    (tmp_path / "ground-truth.json").write_text(
        json.dumps({"abc": {"articleBody": "Grüße", "url": "https://a.test/"}})
    )
    assert benchmark.pages_in(tmp_path) == [benchmark.Page("https://a.test/", "<p>Grüße", "Grüße")]


def test_reads_fixture_folders_that_hold_an_article(benchmark: ModuleType, tmp_path: Path) -> None:
    for name, expected in (("a", {"paragraphs": ["One.", "Two."]}), ("b", {"error": "no_article"})):
        (tmp_path / name).mkdir()
        (tmp_path / name / "source.html").write_text("<p>One.<p>Two.")
        (tmp_path / name / "expected.json").write_text(json.dumps(expected))
    assert [page.gold for page in benchmark.pages_in(tmp_path)] == ["One.\n\nTwo."]


def test_a_refused_page_counts_as_empty(benchmark: ModuleType) -> None:
    def refuse(page: object) -> str:
        raise ValueError

    extractor = benchmark.Extractor("never", refuse, (ValueError,))
    extractor.run(benchmark.Page("", "", "a b c d"), rounds=2)
    assert extractor.refused == 1
    assert extractor.overlaps == [benchmark.Overlap(0.0, 0.0, 1.0)]
