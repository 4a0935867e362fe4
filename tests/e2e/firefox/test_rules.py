"""Site rules in Firefox ESR: set in the button's menu and in the options, allowed in the browser's own question."""

from __future__ import annotations

from functools import partial

import pytest
from tests.e2e.firefox.browser import Firefox
from tests.e2e.news_site import LIVE_HOST, SITE_HOST, WWW_HOST
from tests.e2e.service import Service
from tests.e2e.waiting import wait_until

SITE = SITE_HOST
ALWAYS, NEVER = "Always read stories on this site", "Never read on this site"
NO_RULE = "No rule for this site"
RULES = "browser.storage.local.get({ rules: {} }).then(({ rules }) => rules)"
# When the news site's story was last told of by the code that stands there, in ms since 1970.
LAST_ARRIVAL = "browser.storage.session.get('opened').then(({ opened }) => opened?.at(-1)[1] ?? 0)"
SITE_ALLOWED = f"browser.permissions.contains({{ origins: ['*://{SITE}/*'] }})"
SCRIPTS = "browser.scripting.getRegisteredContentScripts()"


def is_refused(firefox: Firefox, why: str) -> bool:
    return firefox.count("#rule-result.bad") == 1 and why in firefox.find("#rule-result").text


@pytest.fixture
def reading(firefox: Firefox, service: Service) -> Firefox:
    """Firefox with the backend's address."""
    firefox.use(service.address)
    return firefox


def set_rule(firefox: Firefox, kind: str) -> None:
    """Type the news site's rule into the options; for "always" the browser's question is then there."""
    firefox.open_options()
    firefox.find("#site").send_keys(f"http://{SITE}/2025/story")
    firefox.find(f"input[name=kind][value={kind}]").click()
    submit = "#rule-form button[type=submit]"
    if kind == "always":
        firefox.click_and_be_asked(submit)
    else:
        firefox.click(submit)


@pytest.fixture
def always(reading: Firefox) -> Firefox:
    """Firefox after stories on the news site were allowed to open by themselves."""
    set_rule(reading, "always")
    reading.allow()
    reading.wait(lambda: reading.find("#rule-result.good"))
    return reading


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


def test_always_holds_with_and_without_www_and_at_no_sub_domain(always: Firefox, site: str) -> None:
    live, www = (f"{site.replace(SITE, host)}/article.html" for host in (LIVE_HOST, WWW_HOST))
    always.go(live)
    with always.other_tab():
        always.go(www)
        always.wait_for_article()
    assert always.url() == live
    opened = always.in_extension("browser.storage.session.get('opened').then(({ opened }) => opened)")
    assert [address for address, _ in opened] == [www]


def test_what_is_no_story_and_what_a_private_window_shows_stay_as_they_are(
    always: Firefox, site: str
) -> None:
    always.go(f"{site}/home.html")
    with always.other_tab():
        always.go(f"{site}/article.html")
        always.wait_for_article()
    assert always.url() == f"{site}/home.html"

    always.allow_private_windows()  # loads the extension anew, which keeps its rules
    with always.private_window():
        always.go(f"{site}/article.html?private")
        before = always.in_extension(LAST_ARRIVAL)
        assert always.url() == f"{site}/article.html?private"
        always.press_shortcut()
        always.wait_for_article()
        assert always.in_extension(LAST_ARRIVAL) == before, "of a private window nothing is noted"


def test_a_backend_that_is_away_takes_no_page_from_the_reader(
    always: Firefox, service: Service, site: str
) -> None:
    service.stop()
    always.go(f"{site}/article.html")
    always.wait_for_button("!", "Personae could not read this page")
    assert always.url() == f"{site}/article.html"


def test_a_permission_that_was_taken_back_is_told_of_and_asked_for_again(always: Firefox) -> None:
    assert not always.find("#rules .withdrawn").is_displayed()
    always.in_extension(f"browser.permissions.remove({{ origins: ['*://{SITE}/*'] }})")
    always.wait(lambda: always.find("#rules .withdrawn").is_displayed())
    always.click_and_be_asked("#rules .allow")
    always.allow()
    always.wait(lambda: not always.find("#rules .withdrawn").is_displayed())
    assert always.in_extension(SITE_ALLOWED) is True


def test_a_permission_refused_in_the_options_sets_no_rule(firefox: Firefox) -> None:
    set_rule(firefox, "always")
    firefox.refuse()
    told = f"No rule was set: the browser has not allowed {SITE}."
    firefox.wait(lambda: firefox.find("#rule-result.bad").text == told)
    assert firefox.in_extension(RULES) == {}


def test_of_a_rule_without_a_permission_none_is_said_to_be_given_back(firefox: Firefox) -> None:
    set_rule(firefox, "never")
    firefox.wait(lambda: firefox.find("#rules .remove")).click()
    firefox.wait(lambda: firefox.find("#rule-result.good").text == f"The rule for {SITE} is removed.")


@pytest.mark.parametrize("kind", ["always", "never"])
def test_what_is_no_site_is_refused_and_the_options_say_why(firefox: Firefox, kind: str) -> None:
    firefox.open_options()
    firefox.find(f"input[name=kind][value={kind}]").click()
    for typed, why in (
        ("two words", "“two words” is not a site."),
        ("bbc", "“bbc” is one word, not a site. The name of a site has a dot"),
        ("2025", "“2025” is one word, not a site. The name of a site has a dot"),
        ("https://CO.UK/", "“co.uk” is only the ending that many sites share."),
    ):
        firefox.find("#site").clear()
        firefox.find("#site").send_keys(typed)
        firefox.find("#rule-form button[type=submit]").click()
        wait_until(partial(is_refused, firefox, why), f"the options to say: {why}")
        assert firefox.find("#site").get_attribute("aria-invalid") == "true"
    assert firefox.in_extension(RULES) == {}


def test_the_buttons_menu_lifts_a_rule_and_gives_its_permission_back(always: Firefox, site: str) -> None:
    always.go(f"{site}/home.html")
    always.choose_in_the_buttons_menu(NO_RULE)
    always.wait_for_button("✓", f"{SITE} has no rule any more")
    assert always.in_extension(RULES) == {}
    always.wait(lambda: always.in_extension(SITE_ALLOWED) is False)


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


@pytest.mark.parametrize("host", [WWW_HOST, LIVE_HOST])
def test_never_holds_with_www_and_at_sub_domains_too(reading: Firefox, site: str, host: str) -> None:
    set_rule(reading, "never")
    reading.wait(lambda: reading.find("#rule-result.good"))
    article = f"{site.replace(SITE, host)}/article.html"
    reading.open(article)
    reading.press_shortcut()
    reading.wait_for_popup(f"&site={SITE}$")
    assert reading.url() == article


def test_a_popup_whose_rule_was_lifted_elsewhere_reads_at_once(reading: Firefox, site: str) -> None:
    reading.open(f"{site}/article.html")
    waiting = f"""browser.tabs.query({{ active: true }}).then(([{{ id: tabId }}]) =>
        browser.action.setPopup({{ tabId, popup: `/rule/never.html?tab=${{tabId}}&site={SITE}` }}))"""
    reading.in_extension(waiting)
    reading.click_button()
    reading.wait_for_article()
