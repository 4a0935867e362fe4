"""The comparison with the peers: its metric, the folders it reads, its clock, its table and its plot.

The peers themselves are not needed here: fakes keep their protocol.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks.extraction import __main__ as command
from benchmarks.extraction.contest import Score, compare
from benchmarks.extraction.metric import Overlap, f1_precision_recall
from benchmarks.extraction.node import COMMAND, SCRIPT, NodeError, NodePeers
from benchmarks.extraction.pages import Page, PagesError, pages_in
from benchmarks.extraction.peers import NodePeer, PythonPeer, Reading, text_of
from benchmarks.extraction.plot import Point, Scale, _labels, plot
from benchmarks.extraction.table import failures, table
from lxml import etree

ROOT = Path(__file__).parents[1]

# Metric


def test_overlap_shares_sum_to_one() -> None:
    # gold: "a b c d", "b c d e"; predicted: "b c d e", "c d e f", "d e f g"
    overlap = Overlap.between("a b c d e", "b c d e f g")
    assert (overlap.both, overlap.extra, overlap.missed) == (0.25, 0.5, 0.25)


def test_a_shingle_counts_as_often_as_it_stands_there() -> None:
    # gold: "a a a a" twice; predicted: once
    assert Overlap.between("a a a a a", "a a a a") == Overlap(0.5, 0.0, 0.5)


def test_a_text_shorter_than_a_shingle_is_one_shingle() -> None:
    assert Overlap.between("two words", "two words").both == 1.0
    assert Overlap.between("two words", "").missed == 1.0


def test_precision_and_recall_are_means_over_pages() -> None:
    whole, half, nothing = (
        Overlap(*shares) for shares in ((1.0, 0.0, 0.0), (0.5, 0.5, 0.0), (0.0, 0.0, 1.0))
    )
    f1, precision, recall = f1_precision_recall([whole, half, nothing])
    assert (precision, recall) == (0.75, 2 / 3)
    assert f1 == pytest.approx(12 / 17)


# Pages


def public(folder: Path, truth: object, **pages: bytes) -> Path:
    (folder / "html").mkdir()
    (folder / "ground-truth.json").write_text(truth if isinstance(truth, str) else json.dumps(truth))
    for name, content in pages.items():
        (folder / "html" / f"{name}.html.gz").write_bytes(content)
    return folder


def test_reads_the_public_layout(tmp_path: Path) -> None:
    truth = {"abc": {"articleBody": "Grüße", "url": "https://a.test/"}}
    folder = public(tmp_path, truth, abc=gzip.compress("<p>Grüße".encode()))
    assert pages_in(folder) == [Page("abc", "https://a.test/", "<p>Grüße", "Grüße")]


def test_reads_fixture_folders_that_hold_an_article(tmp_path: Path) -> None:
    for name, expected in (
        ("a", {"paragraphs": ["One.", "Two."], "url": None}),
        ("b", {"error": "no_article"}),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "source.html").write_text("<p>One.<p>Two.")
        (tmp_path / name / "expected.json").write_text(json.dumps(expected))
    assert pages_in(tmp_path) == [Page("a", "", "<p>One.<p>Two.", "One.\n\nTwo.")]


BODY = {"abc": {"articleBody": "Text."}}


@pytest.mark.parametrize(
    ("truth", "pages", "message"),
    [
        ("{", {}, r"ground-truth\.json cannot be read as JSON"),
        ([], {}, r"ground-truth\.json must hold one JSON object"),
        ({}, {}, "holds no pages"),
        ({"abc": {"url": ""}}, {"abc": gzip.compress(b"")}, '"abc" has no articleBody'),
        (BODY, {}, r"abc\.html\.gz is missing"),
        (BODY, {"abc": b"<p>Text."}, r"abc\.html\.gz is not UTF-8 text in gzip"),
        (BODY, {"abc": gzip.compress(b"<p>Text.")[:-9]}, r"abc\.html\.gz is not UTF-8 text in gzip"),
        (BODY, {"abc": gzip.compress(b"Gr\xfc\xdfe")}, r"abc\.html\.gz is not UTF-8 text in gzip"),
    ],
)
def test_says_which_file_of_a_folder_is_wrong(
    tmp_path: Path, truth: object, pages: dict[str, bytes], message: str
) -> None:
    with pytest.raises(PagesError, match=message):
        pages_in(public(tmp_path, truth, **pages))


def test_says_that_a_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(PagesError, match="is not a folder"):
        pages_in(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "nowhere is not a folder"),
        (["--rounds", "0"], "must be at least 1"),
        (["--limit", "0"], "must be at least 1"),
        (["--plot", "."], "Is a directory"),
    ],
)
def test_the_command_refuses_what_it_cannot_do(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["extraction", *arguments])
    with pytest.raises(SystemExit) as stop:
        command.main()
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


# Peers


def test_html_becomes_text_as_ours_does() -> None:
    assert (
        text_of("<p>One <b>bold</b></p><ul><li>Two</ul><figure><figcaption>No</figure>") == "One bold\n\nTwo"
    )
    assert text_of(" \n") == ""


def test_a_peer_that_raises_has_failed_on_that_page() -> None:
    def refuse(page: Page) -> str:
        raise LookupError("\n*****\n  Tokens of this language are missing.\n")

    reading = PythonPeer("never", "1", refuse).read(Page("", "", "", "a b c d"))
    assert (reading.text, reading.error) == ("", "LookupError: Tokens of this language are missing.")


FAKE = """
import json, sys, time
print(json.dumps({"Echo": "1.2"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if request["html"] == "crash":
        sys.exit("TypeError: it is all too much")
    if request["html"] == "hang":
        time.sleep(60)
    answer = {"error": "no"} if request["html"] == "refuse" else {"content": request["html"]}
    print(json.dumps({**answer, "milliseconds": 1500}), flush=True)
"""


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[Callable[[str], Reading]]:
    """Read with a process that keeps the protocol of benchmarks/peers/extract.mjs and echoes pages."""
    (tmp_path / "fake.py").write_text(FAKE)
    with NodePeers([sys.executable, str(tmp_path / "fake.py")], patience=5) as process:
        assert process.peers == {"Echo": "1.2"}
        peer = NodePeer("Echo", "1.2", process)
        yield lambda html: peer.read(Page("", "", html, ""))


def test_a_peer_of_another_process_answers_text_and_its_own_time(fake: Callable[[str], Reading]) -> None:
    assert fake("<p>Grüße\n<p>\u2028Two") == Reading("Grüße\n\nTwo", 1.5)
    assert fake("refuse") == Reading("", 1.5, "no")


@pytest.mark.parametrize(
    ("page", "error"), [("crash", "TypeError: it is all too much"), ("hang", "no answer within 5 s")]
)
def test_a_process_that_dies_or_hangs_loses_one_page(
    fake: Callable[[str], Reading], page: str, error: str
) -> None:
    reading = fake(page)
    assert (reading.text, reading.error) == ("", error)
    assert fake("<p>Next").text == "Next"


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ([sys.executable, "-c", "raise SystemExit('Error: Cannot find package')"], "Cannot find package"),
        ([sys.executable, "-c", "raise SystemExit(3)"], "ended with status 3"),
        (["no-such-program"], "no-such-program is not installed"),
    ],
)
def test_a_process_that_cannot_start_says_why(program: list[str], message: str) -> None:
    with pytest.raises(NodeError, match=message):
        NodePeers(program)


def test_node_is_the_one_that_set_up_brought_and_new_enough_for_every_tool() -> None:
    ran = subprocess.run([COMMAND[0], "--version"], capture_output=True, text=True, check=True)
    version = tuple(map(int, ran.stdout.strip().removeprefix("v").split(".")))
    for tools in (ROOT, SCRIPT.parent):
        wanted = json.loads((tools / "package.json").read_text("utf-8"))["engines"]["node"]
        assert version >= tuple(map(int, wanted.removeprefix(">=").split("."))), tools


# Contest, table


class Scripted:
    """A peer whose readings are given in advance."""

    version = "9"

    def __init__(self, name: str, *readings: Reading) -> None:
        self.name = name
        self._readings = iter(readings)

    def read(self, page: Page) -> Reading:
        return next(self._readings)


def scores() -> list[Score]:
    pages = [Page("one", "", "", "a b c d"), Page("two", "", "", "a b c d")]
    unit = Scripted(
        "unit", Reading("a b c d", 3), Reading("a b c d", 2), Reading("A b c d", 2), Reading("A b c d", 5)
    )
    weak = Scripted(
        "weak", Reading("a b c d e", 9), Reading("a b c d e", 4), Reading("", 6, "no"), Reading("", 6, "no")
    )
    return compare([unit, weak], pages, rounds=2)


def test_the_fastest_round_of_each_page_counts() -> None:
    unit, weak = scores()
    assert unit.seconds == [2, 2]
    assert (weak.seconds, weak.median) == ([4, 6], 5)


def test_a_page_without_text_has_failed_and_counts_as_empty() -> None:
    unit, weak = scores()
    assert (unit.failures, weak.failures) == ({}, {"two": "no"})
    assert weak.overlaps == [Overlap(0.5, 0.5, 0.0), Overlap(0.0, 0.0, 1.0)]
    assert list(failures([unit, weak])) == ["weak: no (x1, first on two)"]


def test_the_table_has_a_row_for_each_in_units_of_the_first() -> None:
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in table(scores())]
    assert cells[0] == ["", "F1", "precision", "recall", "exact", "time", "failed"]
    assert cells[2:] == [
        ["unit 9", "0.500", "0.500", "0.500", "0.500", "1.00", "0"],
        ["weak 9", "0.500", "0.500", "0.500", "0.000", "2.50", "1"],
    ]


# Plot

CROWD = [
    Point("one<&>", 1.0, 0.92),
    Point("another", 1.03, 0.92),
    Point("a third", 1.01, 0.93),
    Point("far", 9.0, 0.85),
    Point("ours", 2.0, 0.99, ours=True),
]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_plot_names_every_point_once() -> None:
    root = etree.fromstring(plot(CROWD, unit="one<&>", pages=3))
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert all(texts.count(point.name) == 1 for point in CROWD)
    assert len(list(root.iter(f"{SVG}circle"))) == len(CROWD)
    assert "far: F1 0.850, time 9.00" in root.findtext(f"{SVG}desc", "")


def test_faster_stands_left_and_better_stands_higher() -> None:
    scale = Scale(CROWD)
    assert scale.x(1) < scale.x(1.03) < scale.x(9)
    assert scale.y(0.99) < scale.y(0.85)
    assert scale.x(4) - scale.x(2) == pytest.approx(scale.x(2) - scale.x(1))


def test_names_of_crowded_points_do_not_cover_each_other() -> None:
    boxes = [label.box for label in _labels(CROWD, Scale(CROWD))]
    assert all(a.shared(b) == 0 for i, a in enumerate(boxes) for b in boxes[:i])


@pytest.mark.parametrize("quality", [0.0, 0.5, 1.0])
def test_points_that_are_all_alike_can_be_drawn(quality: float) -> None:
    etree.fromstring(plot([Point("a", 1, quality), Point("b", 1, quality)], unit="a", pages=1))


def luminance(colour: str) -> float:
    """Relative luminance, by WCAG 2."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("ground", ["#ffffff", "#0d1117"])
def test_every_colour_stands_out_from_light_and_dark(ground: str) -> None:
    root = etree.fromstring(plot(CROWD, unit="one<&>", pages=3))
    colours = {element.get("fill") for element in root.iter()} - {None}
    assert len(colours) == 2
    for colour in colours:
        low, high = sorted((luminance(colour), luminance(ground)))
        assert (high + 0.05) / (low + 0.05) > 4
