"""Site rules in Firefox ESR: set in the button's menu and in the options, allowed in the browser's own question."""

from __future__ import annotations

import pytest
from tests.e2e.firefox.browser import Firefox
from tests.e2e.service import Service

SITE = "news.test"
ALWAYS, NEVER = "Always read stories on this site", "Never read on this site"
RULES = "browser.storage.local.get({ rules: {} }).then(({ rules }) => rules)"
# When the news site's story was last told of by the code that stands there, in ms since 1970.
LAST_ARRIVAL = "browser.storage.session.get('opened').then(({ opened }) => opened?.at(-1)[1] ?? 0)"
SITE_ALLOWED = f"browser.permissions.contains({{ origins: ['*://{SITE}/*'] }})"
SCRIPTS = "browser.scripting.getRegisteredContentScripts()"


@pytest.fixture
def reading(firefox: Firefox, service: Service) -> Firefox:
    """Firefox with the backend's address."""
    firefox.use(service.address)
    return firefox


def test_an_allowed_site_opens_its_stories_and_the_original_stays_when_the_reader_returns(
    reading: Firefox, site: str
) -> None:
    article = f"{site}/article.html"
    reading.open(article)
    reading.choose_in_the_buttons_menu(ALWAYS)
    reading.allow()
    reading.wait_for_article()
    assert reading.in_extension(RULES) == {SITE: "always"}

    reading.go(f"{article}?another")
    reading.wait_for_article()
    reading.press_shortcut()
    reading.wait_for_page(f"{article}?another")

    before = reading.in_extension(LAST_ARRIVAL)
    reading.go(article)
    reading.wait(lambda: reading.in_extension(LAST_ARRIVAL) > before)
    with reading.other_tab():  # once a later story is read, an earlier one would have been
        reading.go(f"{article}?later")
        reading.wait_for_article()
    assert reading.url() == article
    reading.click_button()
    reading.wait_for_article()


def test_a_refused_permission_sets_no_rule(firefox: Firefox, site: str) -> None:
    firefox.open(f"{site}/article.html")
    firefox.choose_in_the_buttons_menu(ALWAYS)
    firefox.refuse()
    firefox.wait_for_button("!", f"No rule was set: the browser has not allowed {SITE}")
    assert firefox.in_extension(RULES) == {}
    assert firefox.in_extension(SITE_ALLOWED) is False


def test_the_options_set_a_rule_and_removing_it_gives_the_permission_back(firefox: Firefox) -> None:
    firefox.open_options()
    firefox.find("#site").send_keys(f"http://{SITE}/2025/story")
    firefox.click_and_be_asked("#rule-form button[type=submit]")
    firefox.allow()
    firefox.wait(lambda: firefox.find("#rule-result.good").text == f"The rule for {SITE} is set.")
    assert firefox.find("#rules .site").text == SITE
    assert firefox.in_extension(SITE_ALLOWED) is True
    (script,) = firefox.in_extension(SCRIPTS)
    assert script["matches"] == [f"*://{SITE}/*", f"*://www.{SITE}/*"]

    firefox.find("#rules .remove").click()
    firefox.wait(lambda: firefox.find("#no-rules").is_displayed())
    firefox.wait(lambda: firefox.in_extension(SITE_ALLOWED) is False)  # the rule goes first
    firefox.wait(lambda: firefox.in_extension(SCRIPTS) == [])


def test_on_a_never_site_a_popup_says_so_and_lifts_the_rule(reading: Firefox, site: str) -> None:
    article = f"{site}/article.html"
    reading.open(article)
    reading.choose_in_the_buttons_menu(NEVER)
    reading.wait_for_button("✓", f"Personae stays out of {SITE} from now on")
    reading.click_button()
    reading.wait_for_popup(rf"/rule/never\.html\?tab=\d+&site={SITE}$")
    assert reading.button() == ("–", f"Personae stays out of {SITE}, as you asked")
    assert reading.url() == article
    reading.press_in_popup("lift")
    reading.wait_for_article()
    assert reading.in_extension(RULES) == {}
