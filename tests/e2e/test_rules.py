"""Site rules in Chromium: set in the options, allowed in the browser's own dialogue, obeyed on the site."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.news_site import LIVE_HOST, SITE_HOST, WWW_HOST

READ = re.compile(r"http://127\.0\.0\.1:\d+/read/")
SITE = SITE_HOST
# Where the button stands in a window of the tests' size, in pixels of the display.
BUTTON = (1061, 73)
# Its menu, counted from the first entry that acts: the one before them opens the article beside.
ALWAYS, NEVER, NO_RULE = 2, 3, 4
RULES = "chrome.storage.local.get({ rules: {} }).then(({ rules }) => rules)"
# When the news site's story was last told of by the code that stands there, in ms since 1970.
LAST_ARRIVAL = "chrome.storage.session.get('opened').then(({ opened }) => opened?.at(-1)[1] ?? 0)"
SITE_ALLOWED = f"chrome.permissions.contains({{ origins: ['*://{SITE}/*'] }})"


def until(page: Page, function: str, argument: object = None) -> None:
    """Wait for a function to give something true; the pages' policy forbids the browser's own way of waiting."""
    for _ in range(600):
        if page.evaluate(function, argument):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {function}")


def set_rule(chromium: Any, kind: str) -> Page:
    """Set a rule for the news site in the options."""
    options: Page = chromium.options()
    options.bring_to_front()
    options.fill("#site", f"http://{SITE}/2025/story")
    options.check(f"input[name=kind][value={kind}]")
    options.click("#rule-form button[type=submit]")
    return options


def allow(chromium: Any, options: Page) -> None:
    """Answer the browser's question with its first button, which Tab reaches; again until it was there."""
    chosen = options.locator("#rule-result.good")
    for _ in range(20):
        options.wait_for_timeout(500)
        if chosen.count():
            break
        chromium.display.press("Tab", "Return")
    expect(chosen).to_have_text(f"The rule for {SITE} is set.")


@pytest.fixture
def profile_with_the_button(tmp_path: Path) -> None:
    """A profile whose toolbar shows the extension's button; its id follows from its folder."""
    folder = str(Path(__file__).resolve().parents[2] / "extension")
    digest = hashlib.sha256(folder.encode()).hexdigest()[:32]
    extension_id = "".join(chr(ord("a") + int(digit, 16)) for digit in digest)
    preferences = tmp_path / "profile" / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps({"extensions": {"pinned_extensions": [extension_id]}}))


@pytest.fixture
def choose_in_the_buttons_menu(profile_with_the_button: None, chromium: Any) -> Callable[[int], None]:
    """Choose an entry of the button's own menu, counted from its first entry that acts."""

    def choose(entry: int) -> None:
        chromium.display.open_menu(*BUTTON)
        chromium.display.press(*["Down"] * entry, "Return")

    return choose


@pytest.fixture
def always(chromium: Any, service: Any) -> Page:
    """The options page after stories on the news site were allowed to open by themselves."""
    chromium.use(service.address)
    options = set_rule(chromium, "always")
    allow(chromium, options)
    return options


def test_a_story_opens_by_itself_and_its_original_stays_when_the_reader_returns(
    chromium: Any, always: Page, site: str
) -> None:
    page = chromium.context.pages[0]
    page.goto(f"{site}/article.html")
    page.wait_for_url(READ)
    expect(page.locator("h1")).to_contain_text("Norway and Iceland agree")
    page.bring_to_front()
    page.go_back()
    page.wait_for_url(f"{site}/article.html")

    before = always.evaluate(LAST_ARRIVAL)
    page.goto(f"{site}/article.html?again")
    page.wait_for_url(READ)
    page.goto(f"{site}/article.html")
    until(always, f"async before => (await {LAST_ARRIVAL}) > before", before)
    assert page.url == f"{site}/article.html"
    chromium.display.click(600, 600)
    chromium.press_shortcut()
    page.wait_for_url(READ)


def test_what_is_no_story_stays_as_it_is(chromium: Any, always: Page, site: str) -> None:
    page = chromium.context.pages[0]
    page.goto(f"{site}/home.html")
    assert always.evaluate(LAST_ARRIVAL) == 0
    page.goto(f"{site}/article.html")
    page.wait_for_url(READ)


def test_a_backend_that_is_away_takes_no_page_from_the_reader(
    chromium: Any, service: Any, always: Page, site: str
) -> None:
    service.stop()
    page = chromium.context.pages[0]
    page.goto(f"{site}/article.html")
    until(
        always,
        """async () => (await Promise.all((await chrome.tabs.query({})).map(
            ({ id: tabId }) => chrome.action.getBadgeText({ tabId })))).includes("!")""",
    )
    assert page.url == f"{site}/article.html"


def test_the_options_list_a_rule_and_removing_it_gives_the_permission_back(
    chromium: Any, always: Page, site: str
) -> None:
    expect(always.locator("#rules li")).to_have_count(1)
    expect(always.locator("#rules .site")).to_have_text(SITE)
    expect(always.locator("#rules .withdrawn")).to_be_hidden()
    assert always.evaluate(SITE_ALLOWED) is True

    always.evaluate(f"chrome.permissions.remove({{ origins: ['*://{SITE}/*'] }})")
    expect(always.locator("#rules .withdrawn")).to_be_visible()
    expect(always.get_by_role("button", name=f"Allow again: {SITE}")).to_be_visible()

    always.get_by_role("button", name=f"Allow again: {SITE}").click()  # once allowed, not asked for again
    expect(always.locator("#rules .withdrawn")).to_be_hidden()
    expect(always.locator("#rules-title")).to_be_focused()
    assert always.evaluate(SITE_ALLOWED) is True

    always.get_by_role("button", name=f"Remove the rule for {SITE}").click()
    expect(always.locator("#no-rules")).to_be_visible()
    expect(always.locator("#rule-result.good")).to_have_text(
        f"The rule for {SITE} is removed, and its permission given back."
    )
    assert always.evaluate(SITE_ALLOWED) is False
    page = chromium.context.pages[0]
    page.goto(f"{site}/article.html")
    assert always.evaluate(LAST_ARRIVAL) == 0
    assert always.evaluate("chrome.scripting.getRegisteredContentScripts()") == []


def test_of_a_rule_without_a_permission_none_is_said_to_be_given_back(chromium: Any) -> None:
    options = set_rule(chromium, "never")
    options.get_by_role("button", name=f"Remove the rule for {SITE}").click()
    expect(options.locator("#rule-result.good")).to_have_text(f"The rule for {SITE} is removed.")
    expect(options.locator("#rules-title")).to_be_focused()


def test_a_refused_permission_sets_no_rule(chromium: Any) -> None:
    options = set_rule(chromium, "always")
    for _ in range(200):  # the browser's own dialogue: pressing Escape until it is there and gone
        chromium.display.press("Escape")
        if options.locator("#rule-result.bad").count():
            break
    expect(options.locator("#rule-result")).to_have_text(
        f"No rule was set: the browser has not allowed {SITE}."
    )
    expect(options.locator("#rules li")).to_have_count(0)


def test_on_a_never_site_a_popup_says_so_and_lifts_the_rule(chromium: Any, service: Any, site: str) -> None:
    chromium.use(service.address)
    options = set_rule(chromium, "never")
    expect(options.locator("#rule-result.good")).to_be_visible()
    page = chromium.open(f"{site}/article.html")
    popup = chromium.press_shortcut_until(lambda: chromium.popup(options))
    assert re.search(rf"/rule/never\.html\?tab=\d+&site={SITE}$", popup)
    assert page.url == f"{site}/article.html"
    until(
        options,
        "() => chrome.extension.getViews({ type: 'popup' })[0]?.document.activeElement?.id === 'title'",
    )
    chromium.display.press("Tab", "Return")
    page.wait_for_url(READ)
    expect(options.locator("#no-rules")).to_be_visible()


def test_a_popup_whose_rule_was_lifted_elsewhere_reads_at_once(
    chromium: Any, service: Any, site: str
) -> None:
    chromium.use(service.address)
    page = chromium.open(f"{site}/article.html")
    chromium.worker.evaluate(
        """async site => {
          const [{ id: tabId }] = await chrome.tabs.query({ active: true });
          await chrome.action.setPopup({ tabId, popup: `rule/never.html?tab=${tabId}&site=${site}` });
        }""",
        SITE,
    )
    chromium.press_shortcut()
    page.wait_for_url(READ)


def test_always_holds_with_and_without_www_and_at_no_sub_domain(
    chromium: Any, always: Page, site: str
) -> None:
    page = chromium.context.pages[0]
    page.goto(f"{site.replace(SITE, LIVE_HOST)}/article.html")
    page.goto(f"{site.replace(SITE, WWW_HOST)}/article.html")
    page.wait_for_url(READ)
    opened = always.evaluate("chrome.storage.session.get('opened').then(({ opened }) => opened)")
    assert [address for address, _ in opened] == [f"{site.replace(SITE, WWW_HOST)}/article.html"]


@pytest.mark.parametrize("host", [WWW_HOST, LIVE_HOST])
def test_never_holds_with_www_and_at_sub_domains_too(chromium: Any, site: str, host: str) -> None:
    options = set_rule(chromium, "never")
    expect(options.locator("#rule-result.good")).to_be_visible()
    page = chromium.open(f"{site.replace(SITE, host)}/article.html")
    popup = chromium.press_shortcut_until(lambda: chromium.popup(options))
    assert popup.endswith(f"&site={SITE}")
    assert page.url == f"{site.replace(SITE, host)}/article.html"


@pytest.mark.parametrize("kind", ["always", "never"])
def test_what_is_no_site_is_refused_and_the_options_say_why(chromium: Any, kind: str) -> None:
    options = chromium.options()
    options.check(f"input[name=kind][value={kind}]")
    for typed, why in (
        ("two words", "“two words” is not a site."),
        ("bbc", "“bbc” is one word, not a site. The name of a site has a dot"),
        ("https://CO.UK/", "“co.uk” is only the ending that many sites share."),
    ):
        options.fill("#site", typed)
        options.press("#site", "Enter")
        expect(options.locator("#rule-result.bad")).to_contain_text(why)
        expect(options.locator("#site")).to_be_focused()
        expect(options.locator("#site")).to_have_attribute("aria-invalid", "true")
    assert options.evaluate(RULES) == {}


def test_the_buttons_menu_sets_each_rule(
    choose_in_the_buttons_menu: Callable[[int], None], chromium: Any, service: Any, site: str
) -> None:
    chromium.use(service.address)
    options = chromium.options()
    page = chromium.open(f"{site}/article.html")
    choose_in_the_buttons_menu(NEVER)
    until(options, f"async () => (await {RULES})['{SITE}'] === 'never'")
    choose_in_the_buttons_menu(NO_RULE)
    until(options, f"async () => Object.keys(await {RULES}).length === 0")

    choose_in_the_buttons_menu(ALWAYS)
    for _ in range(20):  # the browser's own question; its first button is reached by Tab
        page.wait_for_timeout(500)
        if options.evaluate(RULES):
            break
        chromium.display.press("Tab", "Return")
    assert options.evaluate(RULES) == {SITE: "always"}
    page.wait_for_url(READ)
