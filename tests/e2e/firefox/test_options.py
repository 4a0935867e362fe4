"""The options page in Firefox ESR: what "Test connection" names, and what it takes to save."""

from __future__ import annotations

import pytest
from tests.e2e.firefox.browser import Firefox
from tests.e2e.service import Service
from tests.e2e.test_options import AXE, VIOLATIONS

from personae import __version__


def try_connection(firefox: Firefox, address: str, token: str = "", act: str = "#test") -> None:
    for selector, text in (("#address", address), ("#token", token)):
        firefox.find(selector).clear()
        firefox.find(selector).send_keys(text)
    firefox.find(act).click()


def expect_named(firefox: Firefox, code: str, *texts: str) -> None:
    firefox.wait(lambda: firefox.find(f'#result[data-problem="{code}"]'))
    told = firefox.find("#result").text
    assert [text for text in texts if text not in told] == []


def test_a_running_backend_is_named_with_its_version_and_saved(firefox: Firefox, service: Service) -> None:
    firefox.open_options()
    try_connection(firefox, service.address)
    told = f"Personae {__version__} answers at {service.address}."
    firefox.wait(lambda: firefox.find("#result.good").text == f"{told} Not saved yet.")
    firefox.find("button[type=submit]").click()
    firefox.wait(lambda: firefox.find("#result.good").text == "Saved.")
    firefox.open_options()
    assert firefox.find("#address").get_property("value") == service.address
    firefox.find("#test").click()
    firefox.wait(lambda: firefox.find("#result.good").text == told)
    assert firefox.find("#shortcuts dd").text == "Alt+Shift+K"
    assert "about:addons" in firefox.find("#shortcut-change").text


def test_a_stopped_backend_is_named_with_how_to_start_it(firefox: Firefox, service: Service) -> None:
    service.stop()
    firefox.open_options()
    try_connection(firefox, service.address)
    expect_named(firefox, "unreachable", service.address, "make run")


@pytest.mark.parametrize("act", ["#test", "button[type=submit]"])
@pytest.mark.parametrize("typed", ["nonsense", "8765", "two words"])
def test_what_is_no_address_is_refused_and_the_browser_is_asked_nothing(
    firefox: Firefox, typed: str, act: str
) -> None:
    firefox.open_options()
    try_connection(firefox, typed, act=act)
    expect_named(firefox, "address_invalid", f"“{typed}” is not the address of a backend", "without a dot")
    assert not firefox.is_asked()
    assert firefox.find("#address").get_attribute("aria-invalid") == "true"


def test_an_unencrypted_address_elsewhere_needs_the_readers_consent(firefox: Firefox) -> None:
    firefox.open_options()
    try_connection(firefox, "http://192.0.2.1:8765", act="button[type=submit]")
    firefox.wait(lambda: firefox.find("#result.bad").text)
    assert firefox.find("#unencrypted").is_displayed()
    assert not firefox.is_asked()


def test_a_refused_permission_saves_nothing(firefox: Firefox) -> None:
    firefox.open_options()
    firefox.find("#address").clear()
    firefox.find("#address").send_keys("https://reader.example")
    firefox.click_and_be_asked("button[type=submit]")
    firefox.refuse()
    expect_named(firefox, "permission_missing", "https://reader.example")
    firefox.open_options()
    assert firefox.find("#address").get_property("value") == "http://127.0.0.1:8765"


def test_axe_finds_nothing_wrong_in_the_options_with_rules_and_a_warning(firefox: Firefox) -> None:
    rules = "{ 'news.example': 'always', 'shop.example': 'never' }"
    firefox.in_extension(f"browser.storage.local.set({{ rules: {rules}, address: 'http://192.0.2.1:8765' }})")
    firefox.open_options()
    assert firefox.count("#rules li") == 2
    assert firefox.find("#unencrypted").is_displayed()
    script = f"{AXE.read_text('utf-8')}; const done = arguments[0]; {VIOLATIONS}.then(done)"
    assert firefox.marionette.execute_async_script(script, sandbox=None) == []
