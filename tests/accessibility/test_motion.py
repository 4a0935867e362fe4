"""Less motion where the reader asks the system for it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.accessibility.stage import Stage
from tests.view.browsing import DESKTOP, PHONE

# What moves or fades by the clock: not what follows the reader's own scrolling, not what changes in one step.
MOVING = """() => document.getAnimations().filter((animation) => animation.timeline instanceof DocumentTimeline)
  .filter((animation) => animation.effect.getKeyframes().some(({ easing }) => !easing.startsWith("steps")))
  .map((animation) => animation.transitionProperty ?? animation.animationName)"""


def use(page: Page) -> list[str]:
    """Go through what opens, steps and scrolls; return what moved."""
    moved = []
    for key in ("1", "n", "n", "j", "m", "m", "s", "Escape", "i", "Escape", "f", "f", "?", "Escape"):
        page.keyboard.press(key)
        moved += page.evaluate(MOVING)
    page.locator(".entry .count").first.click()
    moved += page.evaluate(MOVING)
    page.locator("a.source").hover()
    return moved + list(page.evaluate(MOVING))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_moves_by_itself_where_less_motion_is_wanted(stage: Stage, size: tuple[int, int]) -> None:
    assert use(stage.open("/read/demo", size=size)) == []


def test_elsewhere_what_opens_arrives_softly(stage: Stage) -> None:
    assert use(stage.open("/read/demo", motion="any")) != []


def test_the_page_jumps_where_it_would_glide(stage: Stage) -> None:
    page = stage.open("/read/demo", size=PHONE)
    positions = page.evaluate("""async () => {
      const frame = () => new Promise(requestAnimationFrame);
      document.querySelector('.story > :last-child').scrollIntoView();
      await frame();
      const first = scrollY;
      for (let i = 0; i < 8; i += 1) await frame();
      return [first, scrollY];
    }""")
    assert positions[0] == positions[1] > 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    free = stage.open("/read/demo", motion="any")
    assert free.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"
