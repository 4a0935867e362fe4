"""The whole way in Chromium: a real key press, the live page, the running service, the reader page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

READ = re.compile(r"http://127\.0\.0\.1:\d+/read/")
# What the browser shows in place of a page that did not come.
ERROR_PAGE = re.compile("^chrome-error:")


def expect_article(page: Page) -> None:
    page.wait_for_url(READ)
    expect(page.locator("h1")).to_contain_text("Norway and Iceland agree on a cable under the sea")
    expect(page.locator("article")).to_contain_text("nine years of talks")
    expect(page.get_by_text("Read without limits").filter(visible=True)).to_have_count(0)
    expect(page.locator('article mark.actor[data-actor="norway"]').first).to_be_visible()


def expect_problem(page: Page, title: str) -> None:
    page.wait_for_url(re.compile("/problem/problem.html"))
    expect(page.locator("h1")).not_to_be_empty()
    assert page.locator("h1").inner_text() == title, page.locator("main").text_content()


def test_a_fresh_profile_gets_the_suggested_keys(chromium: Any) -> None:
    commands = chromium.worker.evaluate("chrome.commands.getAll()")
    assert [(one["name"], one["shortcut"]) for one in commands] == [
        ("_execute_action", "Alt+Shift+K"),
        ("read-beside", "Alt+Shift+L"),
    ]


def test_key_press_opens_the_article_and_back_returns_to_the_page(
    chromium: Any, service: Any, site: str
) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    chromium.press_shortcut()
    expect_article(page)
    chromium.press_back()
    page.wait_for_url(f"{site}/article.html")
    expect(page.locator(".comments")).to_be_visible()


def test_stopped_backend_is_named_and_try_again_goes_on_from_there(
    chromium: Any, service: Any, site: str
) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    service.stop()
    chromium.press_shortcut()
    expect_problem(page, "Personae is not running")
    expect(page.locator("main")).to_contain_text(service.address)
    expect(page.locator("#command code")).to_have_text("make run")

    page.click("#again")
    expect(page.locator("#status")).to_have_text("Tried again: Personae is not running")
    service.start()
    page.click("#again")
    expect_article(page)
    chromium.press_back()
    page.wait_for_url(f"{site}/article.html")


def test_article_that_came_beside_at_the_second_try_leads_to_its_page_too(
    chromium: Any, service: Any, site: str
) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    service.stop()
    with chromium.context.expect_page() as beside:
        chromium.press_shortcut_for_beside()
    expect_problem(beside.value, "Personae is not running")
    service.start()
    beside.value.click("#again")
    expect_article(beside.value)
    beside.value.mouse.click(5, 500)
    chromium.press_shortcut()
    chromium.wait_for_tab(page.url)


def test_back_leads_from_the_problem_to_the_page(chromium: Any, service: Any, site: str) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/home.html")
    chromium.press_shortcut()
    expect_problem(page, "No article was found")
    expect(page.locator("#again")).to_be_hidden()
    page.click("#back")
    page.wait_for_url(f"{site}/home.html")


def test_missing_token_is_named_and_try_again_works_once_it_is_set(
    chromium: Any, service_with_token: Any, site: str
) -> None:
    service, token = service_with_token
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    chromium.press_shortcut()
    expect_problem(page, "The backend asks for a token")
    chromium.use(service.address, token=token)
    page.click("#again")
    expect_article(page)


def test_article_opens_beside_the_page_when_that_is_chosen(chromium: Any, service: Any, site: str) -> None:
    options = chromium.options()
    options.fill("#address", service.address)
    options.check("input[value=beside]")
    options.click("button[type=submit]")
    expect(options.locator("#result")).to_have_text("Saved.")
    options.close()

    page = chromium.open(f"{site}/article.html")
    with chromium.context.expect_page() as beside:
        chromium.press_shortcut()
    expect_article(beside.value)
    assert page.url == f"{site}/article.html"
    shown = chromium.worker.evaluate(
        "chrome.tabs.query({active: true}).then(tabs => tabs.map(tab => tab.url))"
    )
    assert shown == [beside.value.url]


def test_second_key_opens_the_article_beside_whatever_is_chosen_and_the_first_returns(
    chromium: Any, service: Any, site: str
) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    with chromium.context.expect_page() as beside:
        chromium.press_shortcut_for_beside()
    expect_article(beside.value)
    assert page.url == f"{site}/article.html"

    beside.value.mouse.click(5, 500)
    chromium.press_shortcut()
    chromium.wait_for_tab(page.url)


def test_same_key_returns_to_the_page_past_the_places_in_the_article(
    chromium: Any, service: Any, site: str
) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    chromium.press_shortcut()
    expect_article(page)
    entries = page.evaluate("history.length")
    for place in ("#story", "#title"):
        page.evaluate("place => { location.hash = place }", place)
    chromium.press_shortcut()
    page.wait_for_url(f"{site}/article.html")
    assert page.evaluate("history.length") == entries + 2, "it went back, and opened nothing anew"

    chromium.press_shortcut()
    expect_article(page)


def test_article_that_came_another_way_leads_to_its_original(chromium: Any, service: Any, site: str) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    chromium.press_shortcut()
    expect_article(page)
    address = page.url
    other = chromium.context.new_page()
    other.goto(address)
    other.bring_to_front()
    other.mouse.click(5, 500)
    chromium.press_shortcut()
    other.wait_for_url(f"{site}/article.html")


def test_article_whose_backend_went_away_still_leads_back(chromium: Any, service: Any, site: str) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    chromium.press_shortcut()
    expect_article(page)
    address = page.url
    service.stop()
    with pytest.raises(PlaywrightError):
        page.reload()
    page.wait_for_url(ERROR_PAGE)
    chromium.press_shortcut()
    page.wait_for_url(f"{site}/article.html")

    other = chromium.context.new_page()
    other.bring_to_front()
    with pytest.raises(PlaywrightError):
        other.goto(address)
    other.wait_for_url(ERROR_PAGE)

    def is_explained() -> bool:
        other.wait_for_timeout(50)  # in which the new address comes
        return "/problem/problem.html" in other.url

    chromium.press_shortcut_until(is_explained)
    expect_problem(other, "Personae is not running")


def test_button_tells_that_work_goes_on_then_that_it_is_done(chromium: Any, service: Any, site: str) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    assert chromium.button() == ("", "Read this page with Personae")
    service.pause()
    try:
        chromium.press_shortcut()
        chromium.wait_for_button("…", "Personae is reading this page…")
        assert page.url == f"{site}/article.html"
    finally:
        service.go_on()
    expect_article(page)
    chromium.wait_for_button("✓", "The article is open. Press again to return to its page.")


def test_button_tells_of_trouble(chromium: Any, service: Any, site: str) -> None:
    service.stop()
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    chromium.press_shortcut()
    expect_problem(page, "Personae is not running")
    chromium.wait_for_button("!", "Personae could not read this page")


def test_selection_is_read_alone(chromium: Any, service: Any, site: str) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    chromium.choose_on_selection(page, "article p:nth-of-type(4)")
    page.wait_for_url(READ)
    expect(page.locator("h1")).to_contain_text("Norway and Iceland agree on a cable under the sea")
    expect(page.locator("article")).to_contain_text("promise to the next generation")
    expect(page.locator("article")).not_to_contain_text("nine years of talks")
    chromium.press_shortcut()
    page.wait_for_url(f"{site}/article.html")


def test_story_in_a_frame_of_the_same_site_is_read(chromium: Any, service: Any, site: str) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/framed.html")
    chromium.press_shortcut()
    page.wait_for_url(READ)
    expect(page.locator("article")).to_contain_text("nine years of talks")


def test_pages_of_the_browser_itself_are_named(chromium: Any) -> None:
    page = chromium.open("chrome://version/")
    chromium.press_shortcut()
    expect_problem(page, "The browser’s own pages cannot be read")


def test_file_that_is_no_page_is_named(chromium: Any, site: str) -> None:
    page = chromium.open(f"{site}/pixel.svg")
    chromium.press_shortcut()
    expect_problem(page, "This is not a web page")
    expect(page.locator("#cause")).to_contain_text("image/svg+xml")


def test_context_menu_opens_the_article(chromium: Any, service: Any, site: str) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    chromium.choose_in_menu(page)
    expect_article(page)


def test_private_window_reads_too_and_a_popup_explains_what_fails(
    chromium: Any, service: Any, site: str
) -> None:
    options = chromium.allow_private_windows()
    chromium.set(options, service.address)
    article = f"{site}/article.html"
    article_or_untold = f"^({re.escape(article)})?$"
    options.evaluate("url => chrome.windows.create({ incognito: true, url, focused: true })", article)
    chromium.wait_for_private_tab(options, article_or_untold)
    chromium.press_shortcut_until(lambda: chromium.private_tab(options, READ.pattern))
    chromium.show_in_private_tab(options, article)
    chromium.wait_for_private_tab(options, article_or_untold)
    service.stop()
    popup = chromium.press_shortcut_until(lambda: chromium.popup(options))
    assert "/problem/problem.html?tab=" in popup
    kept = options.evaluate(
        "chrome.storage.session.get(null).then(all => Object.values(all).filter(one => one.code))"
    )
    assert [(one["code"], one["packed"]) for one in kept] == [("unreachable", "")]

    service.start()
    chromium.display.press("Tab", "Return")
    chromium.wait_for_private_tab(options, READ.pattern)
