"""Reading in Firefox ESR: the button, its keys and the page's menu, and the ways back."""

from __future__ import annotations

from tests.e2e.firefox.browser import Firefox
from tests.e2e.news_site import PICTURES_HOST, SITE_HOST
from tests.e2e.service import Service

ENTRIES = "return history.length"
PLACE = "return Math.round(scrollY)"
PROBLEM = "^moz-extension://.*/problem/problem.html"


def wait_for_problem(firefox: Firefox, title: str) -> None:
    firefox.wait_for_url(PROBLEM)
    firefox.wait(lambda: firefox.find("h1").text == title)


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
    wait_for_problem(firefox, "Personae is not running")
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


def test_back_and_the_key_return_to_the_place_in_the_page(
    firefox: Firefox, service: Service, site: str
) -> None:
    article = f"{site}/article.html"
    firefox.use(service.address)
    firefox.open(article)
    firefox.in_page("scrollTo(0, 240)")
    for leave in (firefox.click_back, firefox.press_shortcut):
        firefox.press_shortcut()
        firefox.wait_for_article()
        leave()
        firefox.wait_for_page(article)
        firefox.wait(lambda: firefox.in_page(PLACE) == 240)


def test_back_leads_to_a_story_on_which_nothing_but_the_key_was_pressed(
    firefox: Firefox, service: Service, site: str
) -> None:
    firefox.use(service.address)
    firefox.open(f"{site.replace(SITE_HOST, PICTURES_HOST)}/front.html")
    firefox.click("a")
    firefox.wait_for_page(f"{site}/article.html")
    for _ in range(2):
        firefox.press_shortcut()
        firefox.wait_for_article()
        firefox.click_back()
        firefox.wait_for_url("/(article|front).html$")
        assert firefox.url() == f"{site}/article.html"


def test_an_article_that_came_another_way_leads_to_its_original(
    firefox: Firefox, service: Service, site: str
) -> None:
    firefox.use(service.address)
    firefox.open(f"{site}/article.html")
    firefox.press_shortcut()
    firefox.wait_for_article()
    address = firefox.url()
    with firefox.other_tab():
        firefox.go(address)
        firefox.click_button()
        firefox.wait_for_page(f"{site}/article.html")


def test_an_article_whose_backend_went_away_still_leads_back(
    firefox: Firefox, service: Service, site: str
) -> None:
    article = f"{site}/article.html"
    firefox.use(service.address)
    firefox.open(article)
    firefox.click_button()
    firefox.wait_for_article()
    address = firefox.url()
    service.stop()
    firefox.display.press("F5")
    firefox.wait_for_error_page()
    firefox.click_button()
    firefox.wait_for_page(article)

    with firefox.other_tab():
        firefox.go_where_nobody_answers(address)
        firefox.click_button()
        wait_for_problem(firefox, "Personae is not running")


def test_the_button_tells_that_work_goes_on(firefox: Firefox, service: Service, site: str) -> None:
    article = f"{site}/article.html"
    firefox.use(service.address)
    firefox.open(article)
    service.pause()
    try:
        firefox.click_button()
        firefox.wait_for_button("…", "Personae is reading this page…")
        assert firefox.url() == article
    finally:
        service.go_on()
    firefox.wait_for_article()


def test_a_page_without_an_article_is_named_and_back_leads_to_it(
    firefox: Firefox, service: Service, site: str
) -> None:
    firefox.use(service.address)
    firefox.go(f"{site}/home.html")
    firefox.click("input")
    firefox.click_button()
    wait_for_problem(firefox, "No article was found")
    firefox.wait_for_button("!", "Personae could not read this page")
    assert not firefox.find("#again").is_displayed()
    firefox.find("#back").click()
    firefox.wait_for_page(f"{site}/home.html")


def test_what_cannot_be_read_is_named(firefox: Firefox, site: str) -> None:
    firefox.go("about:support")
    firefox.click_button()
    wait_for_problem(firefox, "The browser’s own pages cannot be read")
    firefox.go(f"{site}/pixel.svg")
    firefox.click_button()
    wait_for_problem(firefox, "This is not a web page")
    assert "image/svg+xml" in firefox.find("#cause").text


def test_a_missing_token_is_named_and_try_again_works_once_it_is_set(
    firefox: Firefox, service_with_token: tuple[Service, str], site: str
) -> None:
    service, token = service_with_token
    firefox.use(service.address)
    firefox.open(f"{site}/article.html")
    firefox.click_button()
    wait_for_problem(firefox, "The backend asks for a token")
    with firefox.other_tab():
        firefox.open_options()
        firefox.find("#token").send_keys(token)
        firefox.click_and_be_asked("button[type=submit]")
        firefox.allow()
        firefox.wait(lambda: firefox.find("#result.good"))
    firefox.find("#again").click()
    firefox.wait_for_article()


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
    firefox.click_button()
    firefox.wait_for_page(f"{site}/article.html")


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


def test_the_pages_menu_opens_the_article_in_its_tab(firefox: Firefox, service: Service, site: str) -> None:
    firefox.use(service.address)
    firefox.open(f"{site}/article.html")
    firefox.choose_on("h1", "Personae", "Read this page with Personae")
    firefox.wait_for_article()


def test_the_buttons_menu_opens_the_article_beside(firefox: Firefox, service: Service, site: str) -> None:
    firefox.use(service.address)
    firefox.open(f"{site}/article.html")
    before = firefox.tabs()
    firefox.choose_in_the_buttons_menu("Open the reader beside this page")
    firefox.look_at_new_tab(before)
    firefox.wait_for_article()


def test_the_article_opens_beside_the_page_when_that_is_chosen_also_at_the_second_try(
    firefox: Firefox, service: Service, site: str
) -> None:
    article = f"{site}/article.html"
    firefox.set_address(service.address)
    firefox.find("input[value=beside]").click()
    firefox.find("button[type=submit]").click()
    firefox.wait(lambda: firefox.find("#result.good"))
    firefox.open(article)
    service.stop()
    before = firefox.tabs()
    firefox.click_button()
    firefox.look_at_new_tab(before)
    wait_for_problem(firefox, "Personae is not running")
    service.start()
    firefox.find("#again").click()
    firefox.wait_for_article()
    firefox.click_button()
    firefox.wait(lambda: firefox.shown_url() == article)
