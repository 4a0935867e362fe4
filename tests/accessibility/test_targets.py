"""What one clicks or taps is large enough: 24 CSS pixels each way (WCAG 2.5.8), 44 for a finger (2.5.5).

Links within a sentence are excepted, as there; and what only repeats for the pointer what is there in words, such
as the strokes of a lane.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.accessibility.stage import Stage
from tests.accessibility.test_axe import (
    card,
    chosen,
    correcting,
    filtered,
    key,
    menu,
    nothing,
    settings,
    whose,
)
from tests.view.browsing import DESKTOP, PHONE

# Whether the control, or its label, is where one aims at within a circle of this size around its middle. What is
# open over the page is looked at alone.
TOO_SMALL = """([css, size]) => {
  const half = size / 2 - 1; // where boxes begin within a pixel
  const scope = document.querySelector("dialog[open], :popover-open, .menu[open] > div") ?? document;
  const found = [];
  for (const control of scope.querySelectorAll(css)) {
    if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || control.disabled) continue;
    if (control.closest(".story :is(p, li, dd), .byline, figcaption, .account p, .sheet p, .hidden, .skip")) continue;
    control.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const parts = [control, ...(control.labels ?? [])];
    const isPart = (hit) => parts.some((part) => part.contains(hit));
    const centres = parts.map((part) => part.getBoundingClientRect())
      .map(({ x, y, width, height }) => [x + width / 2, y + height / 2])
      .filter(([x, y]) => isPart(document.elementFromPoint(x, y)));
    if (centres.length === 0) continue; // beneath something else
    const isHit = centres.some(([x, y]) => [[-half, 0], [half, 0], [0, -half], [0, half]].every(
      ([across, down]) => isPart(document.elementFromPoint(x + across, y + down))));
    const name = control.ariaLabel ?? control.textContent.trim().slice(0, 30);
    const { width, height } = control.getBoundingClientRect();
    if (!isHit) found.push(`${control.localName}.${control.className} ${name}: ${width} x ${height}`);
  }
  return found;
}"""
CONTROLS = 'a[href]:not([tabindex="-1"]), button, summary, input:not([type="hidden"]), select, textarea'
# What has room for a finger: not the fields and links within cards, panels and lists.
FOR_A_FINGER = (
    ".tools > button, .menu > summary, .menu li :is(a, button), .stepper > button, .player button, .to-map, "
    ".others > summary, .entry, .close, .hovercard .more, .offer button, .fold, .button, "
    ".display .choices input, .display .toggle input, .correct summary, .why summary"
)


def keys_shown(page: Page) -> None:
    page.get_by_role("button", name="Display settings").click()
    page.locator(".shortcuts summary").click()
    page.locator(".cap").first.wait_for()


def all_actors(page: Page) -> None:
    page.locator(".others > summary").click()


def listening(page: Page) -> None:
    page.get_by_role("button", name="Listen").first.click()


STATES: list[tuple[str, str, Callable[[Page], None]]] = [
    ("as it comes", "/read/demo", nothing),
    ("as it comes", "/read/rich", nothing),
    ("as it comes", "/arabic/arabic", nothing),
    ("all actors", "/read/demo", all_actors),
    ("an actor's card", "/read/brief", card),
    ("a correction", "/read/brief", correcting),
    ("whose name it is", "/read/brief", whose),
    ("settings", "/read/brief", settings),
    ("keys", "/read/brief", keys_shown),
    ("an actor chosen", "/read/brief", chosen),
    ("filter", "/read/brief", filtered),
    ("story map", "/read/demo", key("m")),
    ("a mark's card", "/read/brief", key("i")),
    ("keyboard map", "/read/brief", key("?")),
    ("outline", "/read/rich", key("o")),
    ("listening", "/read/brief", listening),
    ("menu", "/read/brief", menu),
    ("preview", "/read/preview", nothing),
    ("try page", "/", nothing),
    ("sign-in page", "/sign-in", nothing),
    ("problem page", "/problem", nothing),
]


@pytest.mark.parametrize(
    ("size", "css", "least"),
    [(DESKTOP, CONTROLS, 24), (PHONE, CONTROLS, 24), (PHONE, FOR_A_FINGER, 44)],
    ids=["desktop", "phone", "for a finger"],
)
def test_what_is_clicked_is_large_enough(stage: Stage, size: tuple[int, int], css: str, least: int) -> None:
    page = stage.open("/read/brief", size=size, touch=size == PHONE)
    small = set()
    for name, path, reach in STATES:
        stage.go(page, path)
        reach(page)
        small |= {f"{found} ({path}, {name})" for found in page.evaluate(TOO_SMALL, [css, least])}
    assert sorted(small) == []
