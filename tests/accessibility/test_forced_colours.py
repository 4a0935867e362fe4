"""Where the system's own few colours rule, what colour told is told by lines and frames."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator
from tests.accessibility.stage import Stage

LINE = """e => { const s = getComputedStyle(e);
  return `${s.textDecorationLine} ${s.textDecorationStyle} ${s.outlineStyle} ${s.fontWeight}`; }"""


def look(of: Locator) -> list[str]:
    return str(of.first.evaluate(LINE)).split()


def test_marks_keep_their_kind_of_line_and_key_ones_their_weight(stage: Stage) -> None:
    page = stage.open("/read/demo", colours="forced")
    story = page.locator(".story")
    weights = {}
    for kind, style in {"person": "solid", "organization": "dotted", "country": "dashed"}.items():
        line, drawn, _, weights[kind] = look(story.locator(f"mark.{kind}.key"))
        assert (line, drawn) == ("underline", style)
    plain = look(story.locator("mark:not(.key)"))
    assert all(int(weight) > int(plain[3]) for weight in weights.values())


def test_the_mention_and_the_choice_of_now_have_a_frame(stage: Stage) -> None:
    page = stage.open("/read/demo", colours="forced")
    page.keyboard.press("1")
    assert look(page.locator("mark.now"))[2] == "solid"
    page.keyboard.press("s")
    chosen = page.locator(".display input:checked + span")
    assert look(chosen)[2] == "solid"
    assert look(page.locator(".display .theme input:not(:checked) + span"))[2] == "none"


@pytest.mark.parametrize(
    ("key", "css"), [("s", ".panel"), ("m", ".map"), ("1", ".stepper"), ("?", ".dialog")]
)
def test_what_floats_has_an_edge(stage: Stage, key: str, css: str) -> None:
    page = stage.open("/read/demo", colours="forced")
    page.keyboard.press(key)
    shown = page.locator(css).filter(visible=True)
    assert shown.first.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
