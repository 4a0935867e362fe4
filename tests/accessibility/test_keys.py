"""Keys that type a character can be switched off and changed (WCAG 2.1.4)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.accessibility.stage import Stage
from tests.view.browsing import until

CHARACTERS = "npifwmjkolsc?+-123456789.,[]"


def settings_of_keys(page: Page) -> Locator:
    """Unfold them in the settings."""
    if not page.locator(".display:popover-open").count():
        page.get_by_role("button", name="Display settings").click()
    part = page.locator(".display .shortcuts")
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    part.get_by_label("Shortcuts of a single key").wait_for()
    return part


def key_for(page: Page, action: str) -> Locator:
    return settings_of_keys(page).get_by_label(f"Key: {action}", exact=True)


def opened(page: Page) -> bool:
    return bool(
        page.evaluate("document.querySelector(':popover-open, dialog[open], .folded, mark.now') !== null")
    )


def test_switched_off_no_character_does_anything_and_so_it_stays(stage: Stage) -> None:
    page = stage.open("/read/brief")
    settings_of_keys(page).get_by_label("Shortcuts of a single key").uncheck()
    expect(page.locator(".display .cap").first).to_be_hidden()
    page.keyboard.press("Escape")
    page.reload()
    until(page, "document.documentElement.classList.contains('ready')")
    scale = "document.documentElement.style.getPropertyValue('--scale')"
    for character in CHARACTERS:
        page.keyboard.press(character)
        assert not opened(page), character
    assert page.evaluate(scale) == ""


def test_switched_off_what_types_nothing_works_all_the_same(stage: Stage) -> None:
    page = stage.open("/read/brief")
    settings_of_keys(page).get_by_label("Shortcuts of a single key").uncheck()
    page.keyboard.press("Escape")
    page.locator(".entry a.name").first.press("Enter")
    assert page.locator("mark.now").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("mark.now").count() == 0


def test_a_key_can_be_changed_and_stays_so(stage: Stage) -> None:
    page = stage.open("/read/brief")
    key_for(page, "Next mention").fill("x")
    page.keyboard.press("Escape")
    page.reload()
    until(page, "document.documentElement.classList.contains('ready')")
    page.keyboard.press("n")
    assert not opened(page)
    page.keyboard.press("x")
    assert page.locator("mark.now").count() == 1
    page.keyboard.press("?")
    row = page.locator(".key-map dl > div", has_text="Next mention")
    assert row.locator("kbd").inner_text() == "x"


@pytest.mark.parametrize(("typed", "action"), [("m", "Story map"), ("5", "The first of the cast")])
def test_a_key_that_does_something_else_is_refused_and_said(stage: Stage, typed: str, action: str) -> None:
    page = stage.open("/read/brief")
    field = key_for(page, "Next mention")
    field.fill(typed)
    expect(page.locator(".clash", has_text=f"“{typed}” is taken: {action}")).to_be_visible()
    field.blur()
    assert field.input_value() == "n"
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert page.locator("mark.now").count() == 1


def test_two_keys_change_places_over_a_third(stage: Stage) -> None:
    page = stage.open("/read/brief")
    for action, key in (("Next mention", "x"), ("Previous mention", "n"), ("Next mention", "p")):
        key_for(page, action).fill(key)
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    at = page.locator(".stepper .at")
    assert at.inner_text().startswith("1 ")
    page.keyboard.press("p")
    assert at.inner_text().startswith("2 ")
    page.keyboard.press("n")
    assert at.inner_text().startswith("1 ")


def test_the_usual_keys_come_back(stage: Stage) -> None:
    page = stage.open("/read/brief")
    key_for(page, "Next mention").fill("x")
    settings_of_keys(page).get_by_role("button", name="The usual keys").click()
    assert key_for(page, "Next mention").input_value() == "n"
    until(page, "document.activeElement.matches('.shortcuts [type=checkbox]')")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert page.locator("mark.now").count() == 1


def test_keys_leave_and_come_back_with_the_settings_file(stage: Stage, tmp_path: Path) -> None:
    page = stage.open("/read/brief")
    key_for(page, "Next mention").fill("x")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert json.loads(saved["keys"]) == {"n": "x"}
    page.get_by_role("button", name="Reset").click()
    expect(key_for(page, "Next mention")).to_have_value("n")
    settings_of_keys(page).get_by_label("Shortcuts of a single key").uncheck()
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(saved), encoding="utf-8")
    page.locator(".display input[type=file]").set_input_files(file)
    expect(key_for(page, "Next mention")).to_have_value("x")


@pytest.mark.parametrize("keys", ["no JSON", "[]", '{"n": 7, "p": "long", "m": " "}', "null"])
def test_a_file_with_keys_that_are_none_leaves_the_usual_ones(stage: Stage, keys: str) -> None:
    page = stage.open("/read/brief")
    page.evaluate("keys => localStorage.setItem('personae.settings', JSON.stringify({ keys }))", keys)
    page.reload()
    until(page, "document.documentElement.classList.contains('ready')")
    page.keyboard.press("n")
    assert page.locator("mark.now").count() == 1
