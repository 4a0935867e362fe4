"""Reading in Firefox ESR: the button, its keys and the page's menu, and the ways back."""

from __future__ import annotations

from tests.e2e.firefox.browser import Firefox
from tests.e2e.service import Service

ENTRIES = "return history.length"


def test_click_opens_the_article_back_returns_and_a_stopped_backend_is_named(
    firefox: Firefox, service: Service, site: str
) -> None:
    article = f"{site}/article.html"
    firefox.set_address(service.address)
    firefox.open(article)
    firefox.click_button()
    firefox.wait_for_article()
    firefox.wait(lambda: firefox.count('article mark.actor[data-actor="norway"]') > 0)
    assert "Norway and Iceland agree on a cable" in firefox.find("h1").text
    firefox.click_back()
    firefox.wait_for_page(article)

    service.stop()
    firefox.click_button()
    firefox.wait_for_url("^moz-extension://.*/problem/problem.html")
    firefox.wait(lambda: firefox.find("h1").text == "Personae is not running")
    assert firefox.find("#command code").text == "make run"
    firefox.find("#again").click()
    firefox.wait(lambda: firefox.find("#status").text == "Tried again: Personae is not running")

    service.start()
    firefox.find("#again").click()
    firefox.wait_for_article()
    firefox.click_back()
    firefox.wait_for_page(article)


def test_a_fresh_profile_gets_the_suggested_keys(firefox: Firefox) -> None:
    commands = firefox.in_extension("browser.commands.getAll()")
    assert [(one["name"], one["shortcut"]) for one in commands] == [
        ("_execute_action", "Alt+Shift+K"),
        ("read-beside", "Alt+Shift+L"),
    ]


def test_same_button_returns_to_the_page_past_the_places_in_the_article(
    firefox: Firefox, service: Service, site: str
) -> None:
    article = f"{site}/article.html"
    firefox.use(service.address)
    firefox.open(article)
    firefox.wait_for_button("", "Read this page with Personae")
    firefox.click_button()
    firefox.wait_for_article()
    firefox.wait_for_button("✓", "The article is open. Press again to return to its page.")
    entries = firefox.in_page(ENTRIES)
    for place in ("#story", "#title"):
        firefox.in_page(f"location.hash = '{place}'")
    firefox.click_button()
    firefox.wait_for_page(article)
    assert firefox.in_page(ENTRIES) == entries + 2, "it went back, and opened nothing anew"

    firefox.press_shortcut()
    firefox.wait_for_article()
    firefox.press_shortcut()
    firefox.wait_for_page(article)


def test_selection_is_read_alone(firefox: Firefox, service: Service, site: str) -> None:
    firefox.use(service.address)
    firefox.open(f"{site}/article.html")
    firefox.select("article p:nth-of-type(4)")
    firefox.choose_on("article p:nth-of-type(4)", "Read just this")
    firefox.wait_for_article()
    text = firefox.find("article").text
    assert "Norway and Iceland agree on a cable under the sea" in text
    assert "promise to the next generation" in text
    assert "nine years of talks" not in text


def test_keys_and_menu_open_the_article_beside_and_the_button_returns_to_the_pages_tab(
    firefox: Firefox, service: Service, site: str
) -> None:
    article = f"{site}/article.html"
    firefox.use(service.address)
    firefox.open(article)
    page, before = firefox.marionette.current_window_handle, firefox.tabs()
    firefox.press_shortcut_for_beside()
    firefox.look_at_new_tab(before)
    firefox.wait_for_article()
    assert firefox.shown_url() == firefox.url()
    beside = firefox.in_extension("browser.tabs.query({}).then(tabs => tabs.map(tab => tab.url))")
    assert beside.index(firefox.url()) == beside.index(article) + 1

    firefox.click_button()
    firefox.wait(lambda: firefox.shown_url() == article)
    firefox.marionette.switch_to_window(page)
    before = firefox.tabs()
    firefox.choose_on("h1", "Personae", "Open the reader beside this page")
    firefox.look_at_new_tab(before)
    firefox.wait_for_article()
