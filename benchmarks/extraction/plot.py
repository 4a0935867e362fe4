"""Quality against time as an SVG for light and dark alike: no background, middle tones, names at the dots."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from xml.etree import ElementTree as ET

WIDTH, HEIGHT = 760, 400
LEFT, RIGHT, TOP, BOTTOM = 58, 742, 62, 342  # the frame of the data
FONT = 15
LETTER = 0.56 * FONT  # width of a letter of a sans-serif, on average
RADIUS = 6
# Both keep a contrast above 4:1 to white and to the dark themes of the sites that show READMEs.
INK, ACCENT = "#7b7a77", "#c1622d"
TIMES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
LINES = 5  # across the drawing, about
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)


@dataclass(frozen=True, slots=True)
class Point:
    """One extractor. time: a multiple of the unit, above 0; quality: 0..1; ours: in the accent's colour."""

    name: str
    time: float
    quality: float
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing, in its units."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Box) -> float:
        """Return the area that lies in both."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)


@dataclass(frozen=True, slots=True)
class Label:
    """A name and where it stands; anchor as SVG's text-anchor, y the baseline."""

    point: Point
    x: float
    y: float
    anchor: str

    @property
    def box(self) -> Box:
        """The room that it needs, by the average width of a letter and with air above and below."""
        width = len(self.point.name) * LETTER
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - 0.95 * FONT, left + width, self.y + 0.4 * FONT)


class Scale:
    """Where times (logarithmic, to the right) and qualities (upwards) stand in the drawing."""

    def __init__(self, points: Sequence[Point]) -> None:
        times, qualities = [p.time for p in points], [p.quality for p in points]
        self._first, self._last = math.log(min(times) / 1.4), math.log(max(times) * 1.4)
        spread = max(qualities) - min(qualities)
        step = next((s for s in STEPS if spread / s <= LINES), STEPS[-1])
        low, high = math.floor(min(qualities) / step - 0.2), math.ceil(max(qualities) / step)
        self.qualities = [round(i * step, 2) for i in range(low, high + 1)]
        self.times = [t for t in TIMES if self._first <= math.log(t) <= self._last]

    def x(self, time: float) -> float:
        """Return where a time stands."""
        return LEFT + (RIGHT - LEFT) * (math.log(time) - self._first) / (self._last - self._first)

    def y(self, quality: float) -> float:
        """Return where a quality stands."""
        low, high = self.qualities[0], self.qualities[-1]
        return BOTTOM - (BOTTOM - TOP) * (quality - low) / (high - low)


def plot(points: Sequence[Point], *, unit: str, pages: int) -> str:
    """Draw the extractors. unit: the name of the one whose time is 1; pages: how many were read."""
    scale = Scale(points)
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "role": "img",
            "font-family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
            "font-size": f"{FONT}",
            "fill": INK,
        },
    )
    ET.SubElement(svg, "title").text = f"Quality against time on {pages} pages"
    ET.SubElement(svg, "desc").text = "; ".join(
        f"{p.name}: F1 {p.quality:.3f}, time {p.time:.2f}" for p in points
    )
    _axes(svg, scale, unit)
    for label in _labels(points, scale):
        point = label.point
        colour = {"fill": ACCENT} if point.ours else {}
        ET.SubElement(
            svg,
            "circle",
            {**_at("cx", "cy", scale.x(point.time), scale.y(point.quality)), "r": f"{RADIUS}", **colour},
        )
        weight = {"font-weight": "600"} if point.ours else {}
        _text(svg, label.point.name, label.x, label.y, label.anchor, **colour, **weight)
    ET.indent(svg)
    return ET.tostring(svg, encoding="unicode") + "\n"


def _axes(svg: ET.Element, scale: Scale, unit: str) -> None:
    lines = ET.SubElement(svg, "g", {"stroke": INK, "stroke-opacity": "0.3"})
    for quality in scale.qualities:
        y = scale.y(quality)
        ET.SubElement(lines, "line", {**_at("x1", "y1", LEFT, y), **_at("x2", "y2", RIGHT, y)})
        _text(svg, f"{quality:.2f}", LEFT - 10, y + 0.35 * FONT, "end")
    for time in scale.times:
        _text(svg, f"{time:g}", scale.x(time), BOTTOM + 24, "middle")
    _text(svg, "F1 of the article's text", LEFT - 46, TOP - 38, "start")
    _text(svg, f"time a page, {unit} = 1", RIGHT, BOTTOM + 48, "end")


def _labels(points: Sequence[Point], scale: Scale) -> Iterator[Label]:
    """Yield a label for each point, ours first, each where it covers least of what is there already."""
    frame = Box(LEFT, TOP - 2 * FONT, RIGHT, BOTTOM)
    taken = [Box(LEFT, y - 1, RIGHT, y + 1) for y in map(scale.y, scale.qualities)]
    taken += [
        Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS)
        for x, y in ((scale.x(p.time), scale.y(p.quality)) for p in points)
    ]
    for point in sorted(points, key=lambda p: not p.ours):

        def cost(label: Label) -> float:
            box = label.box
            outside = (box.right - box.left) * (box.bottom - box.top) - box.shared(frame)
            return outside + sum(box.shared(other) for other in taken)

        label = min(_places(point, scale), key=cost)
        taken.append(label.box)
        yield label


def _places(point: Point, scale: Scale) -> Iterator[Label]:
    """Yield where a name may stand around its dot, the best to read first."""
    x, y = scale.x(point.time), scale.y(point.quality)
    gap, middle = RADIUS + 6, 0.33 * FONT
    yield Label(point, x + gap, y + middle, "start")
    yield Label(point, x - gap, y + middle, "end")
    yield Label(point, x, y - gap, "middle")
    yield Label(point, x, y + gap + 0.8 * FONT, "middle")
    for (side, anchor), rise in product(((gap, "start"), (-gap, "end")), (-0.9 * FONT, 0.9 * FONT)):
        yield Label(point, x + side / 2, y + middle + rise, anchor)


def _text(svg: ET.Element, text: str, x: float, y: float, anchor: str, **more: str) -> None:
    attributes = {**_at("x", "y", x, y), "text-anchor": anchor}
    attributes |= {name.replace("_", "-"): value for name, value in more.items()}
    ET.SubElement(svg, "text", attributes).text = text


def _at(x_name: str, y_name: str, x: float, y: float) -> dict[str, str]:
    return {x_name: f"{x:.1f}", y_name: f"{y:.1f}"}
