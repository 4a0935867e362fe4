"""axe-core finds nothing wrong: on each page as it comes and with what opens on it, in each theme and size.

Its rules run whole in the light theme; in the others those that depend on colours. What they cannot compute
(marks on their tint, what a pointer hovers) is computed in tests/view/test_colours.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.accessibility.stage import THEMES, Stage, in_theme
from tests.view.browsing import DESKTOP, PHONE, until

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """options => axe.run(document, { ...options, resultTypes: ["violations"] }).then(found =>
  found.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) =>
    `${id}: ${target.join(" ")}: ${any.map(({ message }) => message).join("; ") || help}`)))"""


def violations(page: Page, source: str, rules: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(source)
    found: list[str] = page.evaluate(RUN, {"runOnly": rules, "preload": False})
    return found


def assert_sound(page: Page, source: str, state: str) -> None:
    """Check a page as it is now, in every theme."""
    found = {}
    for theme in THEMES:
        in_theme(page, theme)
        rules = (
            {"type": "tag", "values": TAGS} if theme == "light" else {"type": "rule", "values": OF_COLOURS}
        )
        found[theme] = violations(page, source, rules)
    assert found == {theme: [] for theme in THEMES}, state


def card(page: Page) -> None:
    page.locator(".entry .count").first.click()
    for folded in page.locator(":popover-open summary").all():
        folded.click()


def correcting(page: Page) -> None:
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.locator(":popover-open .correct summary").click()
    page.locator(":popover-open .correct input").first.wait_for()


def whose(page: Page) -> None:
    page.keyboard.press("i")
    page.locator(".hovercard .more").last.click()
    page.get_by_label("It is").select_option("")
    page.get_by_role("textbox", name="Name").wait_for()


def settings(page: Page) -> None:
    page.get_by_role("button", name="Display settings").click()
    for folded in page.locator(".display summary").all():
        folded.click()
    page.locator(".cap").first.wait_for()


def listening(page: Page) -> None:
    page.get_by_role("button", name="Listen").first.click()


def chosen(page: Page) -> None:
    page.keyboard.press("1")


def filtered(page: Page) -> None:
    page.keyboard.press("1")
    page.keyboard.press("f")
    until(page, "document.querySelectorAll('.fold').length > 0")


def menu(page: Page) -> None:
    page.locator(".bar .menu summary").click()


def selected(page: Page) -> None:
    page.locator(".story p").first.click(click_count=3)
    page.locator(".take-along").wait_for()


def returned(page: Page) -> None:
    page.keyboard.press("PageDown")
    until(page, "Object.values(localStorage).some(kept => kept.includes('['))")
    page.reload()
    page.locator(".offer").wait_for()


def vertical(page: Page) -> None:
    page.evaluate("localStorage.setItem('personae.settings', JSON.stringify({ lines: 'vertical' }))")
    page.reload()
    until(page, "document.documentElement.classList.contains('ready')")


def vertical_with_a_card(page: Page) -> None:
    vertical(page)
    card(page)


def entry_of_menu(name: str) -> Callable[[Page], None]:
    def choose(page: Page) -> None:
        menu(page)
        page.get_by_role("button", name=name, exact=True).click()
        page.get_by_role("dialog").wait_for()

    return choose


def asked(page: Page) -> None:
    page.locator("a.ask").last.evaluate("link => link.click()")
    page.get_by_role("dialog").wait_for()


def put_back(page: Page) -> None:
    page.locator("details.removed summary").click()
    page.get_by_role("button", name="Put back").first.click()
    page.locator(".put-back").wait_for()


def key(name: str) -> Callable[[Page], None]:
    return lambda page: page.keyboard.press(name)


def nothing(_: Page) -> None:
    pass


STATES: list[tuple[str, str, Callable[[Page], None]]] = [
    ("as it comes", "/read/demo", nothing),
    ("as it comes", "/read/brief", nothing),
    ("an actor's card", "/read/brief", card),
    ("correcting an actor", "/read/brief", correcting),
    ("whose name it is", "/read/brief", whose),
    ("all actors", "/read/demo", lambda page: page.locator(".others > summary").click()),
    ("settings", "/read/brief", settings),
    ("story map", "/read/brief", key("m")),
    ("an actor chosen", "/read/brief", chosen),
    ("filter", "/read/brief", filtered),
    ("a mark's card", "/read/brief", key("i")),
    ("menu", "/read/brief", menu),
    ("report", "/read/brief", entry_of_menu("This is wrong")),
    ("share link", "/read/brief", entry_of_menu("Share link")),
    ("forget", "/read/brief", entry_of_menu("Forget this article")),
    ("keyboard map", "/read/brief", key("?")),
    ("a passage selected", "/read/brief", selected),
    ("back where the reader was", "/read/rich", returned),
    ("listening", "/read/brief", listening),
    ("a removed block put back", "/read/brief", put_back),
    ("no actors", "/read/rich", nothing),
    ("outline", "/read/rich", key("o")),
    ("a note", "/read/rich", lambda page: page.locator("sup a").click()),
    ("a picture enlarged", "/read/rich", lambda page: page.locator(".enlarge").first.press("Enter")),
    ("preview", "/read/preview", nothing),
    ("Arabic article", "/read/arabic", nothing),
    ("Arabic actor's card", "/read/arabic", card),
    ("interface in Arabic", "/arabic/brief", card),
    ("all in Arabic", "/arabic/arabic", key("m")),
    ("Japanese", "/read/japanese", nothing),
    ("Mongolian, from the left", "/read/mongolian", nothing),
    ("Mongolian, an actor chosen", "/read/mongolian", chosen),
    ("Japanese, in vertical lines", "/read/japanese", vertical),
    ("Japanese, vertical, an actor's card", "/read/japanese", vertical_with_a_card),
    ("Japanese, vertical, the settings", "/read/japanese", settings),
    ("Japanese, vertical, story map", "/read/japanese", key("m")),
    ("forget everything", "/read/brief", asked),
    ("home page", "/", nothing),
    ("home page, an article's menu", "/", lambda page: page.locator(".listed summary").first.click()),
    ("home page, a question", "/", asked),
    ("home page, nothing read yet", "/new", nothing),
    ("home page in Arabic", "/arabic", nothing),
    ("a whole list", "/articles/recent", nothing),
    ("a question on a page of its own", "/articles/forget", nothing),
    ("try page", "/try", lambda page: page.locator(".paste summary").click()),
    ("try page refusing", "/try-again", nothing),
    ("sign-in page", "/sign-in", nothing),
    ("sign-in refused", "/refused", nothing),
    ("problem page", "/problem", nothing),
]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_wrong(stage: Stage, axe: str, size: tuple[int, int]) -> None:
    page = stage.open("/read/brief", size=size)
    for name, path, reach in STATES:
        stage.go(page, path)
        reach(page)
        assert_sound(page, axe, f"{path}: {name}")
