"""A private window in Firefox ESR."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from redis import Redis
from tests.e2e.firefox.browser import Firefox
from tests.e2e.programs import free_port
from tests.e2e.service import Service

PROBLEMS = """browser.storage.session.get(null).then(
    all => Object.values(all).filter(one => one.code).map(({ code, packed }) => ({ code, packed })))"""


@pytest.fixture
def allowed(firefox: Firefox) -> Firefox:
    """Firefox that lets the extension into private windows."""
    firefox.allow_private_windows()
    return firefox


@pytest.fixture
def without_popups(allowed: Firefox) -> Iterator[Firefox]:
    """Firefox that opens a popup only in the click itself, as all before 149 do."""
    preference = "extensions.openPopupWithoutUserGesture.enabled"
    allowed.marionette.set_pref(preference, value=False)
    yield allowed
    allowed.marionette.clear_pref(preference)


def test_private_window_reads_keeps_nothing_and_tries_again(
    allowed: Firefox, service: Service, redis_url: str, site: str
) -> None:
    article = f"{site}/article.html?private"
    allowed.use(service.address)
    with allowed.private_window(), Redis.from_url(redis_url) as redis:
        kept = set(redis.scan_iter())
        allowed.open(article)
        allowed.press_shortcut()
        allowed.wait_for_article()
        assert "Norway and Iceland agree on a cable" in allowed.find("h1").text
        assert set(redis.scan_iter()) == kept
        allowed.click_button()
        allowed.wait_for_page(article)

        allowed.use(f"http://127.0.0.1:{free_port()}")
        allowed.click_button()
        allowed.wait_for_popup(r"/problem/problem\.html\?tab=\d+#problem-")
        assert allowed.in_extension(PROBLEMS) == [{"code": "unreachable", "packed": ""}]
        assert allowed.url() == article
        allowed.use(service.address)
        allowed.press_in_popup("again")
        allowed.wait_for_article()


def test_an_older_firefox_shows_the_problem_in_the_private_tab_and_back_leads_to_the_page(
    without_popups: Firefox, site: str
) -> None:
    firefox, article = without_popups, f"{site}/article.html?private"
    firefox.use(f"http://127.0.0.1:{free_port()}")
    with firefox.private_window():
        firefox.open(article)
        firefox.click_button()
        firefox.wait_for_url("^moz-extension://.*/problem/problem.html#problem-")
        firefox.wait(lambda: firefox.find("h1").text == "Personae is not running")
        assert not firefox.find("#again").is_displayed(), "the page was not kept to be sent again"
        firefox.find("#back").click()
        firefox.wait_for_page(article)
        assert firefox.popup() is None
