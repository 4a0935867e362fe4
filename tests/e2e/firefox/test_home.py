"""The home page in Firefox ESR, with the real extension: what it saw of it, and forms without a script's help."""

from __future__ import annotations

from tests.e2e.firefox.browser import Firefox
from tests.e2e.service import Service

TITLES = "return [...document.querySelectorAll('section:has(> #{}) .headline')].map(one => one.textContent)"


def titles(firefox: Firefox, name: str) -> list[str]:
    found: list[str] = firefox.in_page(TITLES.format(name))
    return found


def test_the_home_page_sees_the_extension_and_lists_what_it_read_until_that_is_forgotten(
    firefox: Firefox, service: Service, site: str
) -> None:
    service.forget_all()
    firefox.use(service.address)
    firefox.open(f"{service.address}/")
    assert firefox.count(".setup") == 1
    assert "about:debugging" in firefox.find(".setup details[open]").text
    firefox.open(f"{site}/article.html")
    firefox.click_button()
    firefox.wait_for_article()
    firefox.open(f"{service.address}/")
    assert firefox.count(".setup") == 0
    (title,) = titles(firefox, "recent")
    assert title.startswith("Norway and Iceland agree on a cable")

    firefox.find(".listed summary").click()
    firefox.find('form[action$="/pin"] button').click()
    firefox.wait(lambda: titles(firefox, "kept") == [title])
    firefox.find("a.ask[href='/articles/forget']").click()
    firefox.wait(lambda: firefox.count("dialog .question") == 1)
    assert firefox.find("dialog .which").text == "This goes: 1 article, 1 kept for good."
    firefox.find("dialog form button").click()
    firefox.wait(lambda: firefox.count(".done") == 1)
    assert titles(firefox, "recent") == titles(firefox, "kept") == []


def test_what_a_private_window_read_stands_in_no_list(firefox: Firefox, service: Service, site: str) -> None:
    service.forget_all()
    firefox.allow_private_windows()
    firefox.use(service.address)
    with firefox.private_window():
        firefox.open(f"{site}/article.html?private")
        firefox.press_shortcut()
        firefox.wait_for_article()
        firefox.open(f"{service.address}/")
        assert firefox.count(".listed") == 0
        assert firefox.count(".setup") == 1
