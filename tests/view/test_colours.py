"""The contrast of the pages' colours, computed from the tokens of the stylesheet as WCAG 2.2 defines it."""

from __future__ import annotations

import re

import pytest

from personae.view.page import assets

CSS = assets.style_text()
TYPES = ("person", "organization", "country")
AA_TEXT = 4.5
AA_LINE = 3.0


THEMES = ("light", "sepia", "dark", "black")
_PAIR = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
_OWN = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")


def tokens(theme: str) -> dict[str, str]:
    """Return what each colour is in a theme: one of the pair, or the theme's own."""
    own = re.search(rf'\[data-theme="{theme}"\] \{{\s*color-scheme: (\w+);([^}}]*)\}}', CSS)
    assert own
    scheme, colours = own.groups()
    pairs = {name: light if scheme == "light" else dark for name, light, dark in _PAIR.findall(CSS)}
    return pairs | dict(_OWN.findall(colours))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    bright, dim = sorted((luminance(a), luminance(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("text", ["ink", "ink-2", "ink-3", "link"])
def test_text_is_readable(theme: str, ground: str, text: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[text], colours[ground]) >= AA_TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", TYPES)
def test_a_marked_name_is_readable_and_its_line_visible(theme: str, kind: str) -> None:
    colours = tokens(theme)
    for text in ("ink", "ink-2", "link"):
        assert contrast(colours[text], colours[f"{kind}-tint"]) >= AA_TEXT
    for ground in ("paper", f"{kind}-tint", "panel"):
        assert contrast(colours[kind], colours[ground]) >= AA_LINE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", TYPES)
def test_a_mention_that_is_pointed_at_or_shown_now_stands_out(theme: str, kind: str) -> None:
    """Hovered, chosen and present mentions: text on the tint, the frame around it against both sides."""
    assert re.search(r"mark\.actor:is\(:hover, \.on, \.now, :target\) \{ background: var\(--tint\)", CSS)
    assert re.search(
        r"mark\.actor:is\(\.now, :target\) \{[^}]*var\(--ends\), var\(--frame\), var\(--tint\)", CSS
    )
    for property_, colour in (("tint", "t"), ("frame", "c"), ("end", "c")):
        assert re.search(rf"--{property_}: linear-gradient\([^;]*var\(--{colour}\) 0", CSS)
    colours = tokens(theme)
    assert contrast(colours["ink"], colours[f"{kind}-tint"]) >= AA_TEXT
    for beside in (f"{kind}-tint", "paper"):
        assert contrast(colours[kind], colours[beside]) >= AA_LINE


@pytest.mark.parametrize("theme", THEMES)
def test_calm_marks_keep_the_colour_of_their_line(theme: str) -> None:
    """Fewer are marked, none more faintly: on the page, in headline and standfirst alike."""
    calm = "".join(re.findall(r':not\(\[data-marks="full"\]\)[^{]*\{([^}]*)\}', CSS))
    assert "text-decoration-line: none" in calm
    assert "color" not in calm
    assert "opacity" not in calm
    colours = tokens(theme)
    assert all(contrast(colours[kind], colours["paper"]) >= AA_LINE for kind in TYPES)


@pytest.mark.parametrize("theme", THEMES)
def test_the_bars_of_the_map_and_the_words_of_the_filter_are_visible(theme: str) -> None:
    colours = tokens(theme)
    assert re.search(r"\.named \{ fill: var\(--t\); stroke: var\(--c\)", CSS)
    assert re.search(r"\.said-here \{ fill: var\(--c\)", CSS)
    for kind in TYPES:  # the edge of a bar against the map, and against what fills it
        assert contrast(colours[kind], colours["paper"]) >= AA_LINE
        assert contrast(colours[kind], colours[f"{kind}-tint"]) >= AA_LINE
    assert contrast(colours["ink-2"], colours["paper"]) >= AA_LINE  # its key
    fold = re.search(r"\.fold \{[^}]*color: var\(--([a-z0-9-]+)\)", CSS)
    assert fold
    assert contrast(colours[fold[1]], colours["paper"]) >= AA_TEXT


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_ring_and_the_dark_theme_stand_out(theme: str) -> None:
    colours = tokens(theme)
    assert contrast(colours["focus"], colours["paper"]) >= AA_LINE
    assert contrast(colours["paper"], colours["ink"]) >= 7  # buttons: paper on ink


def test_each_theme_is_one_of_its_own() -> None:
    papers = {theme: luminance(tokens(theme)["paper"]) for theme in THEMES}
    assert papers["light"] > papers["sepia"] > papers["dark"] > papers["black"] == 0


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_has_a_line_of_its_own(kind: str) -> None:
    style = re.search(rf"mark\.{kind} \{{[^}}]*text-decoration-style: (\w+)", CSS)
    assert (style[1] if style else "solid") == {
        "person": "solid",
        "organization": "dotted",
        "country": "dashed",
    }[kind]


def test_no_rule_asks_another_host_for_anything() -> None:
    assert "@import" not in CSS
    assert "//" not in re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
