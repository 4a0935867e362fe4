"""What Firefox asks the reader to allow for a backend, and what becomes of it."""

from __future__ import annotations

from tests.e2e.firefox.browser import Firefox
from tests.e2e.service import Service

CONSENT = "{ data_collection: ['authenticationInfo'] }"
BACKEND = "{ origins: ['https://reader.example/*'] }"


def holds(firefox: Firefox, permissions: str) -> bool:
    return bool(firefox.in_extension(f"browser.permissions.contains({permissions})"))


def type_backend(firefox: Firefox, address: str, token: str) -> None:
    """Into the fields of the options."""
    firefox.open_options()
    for selector, text in (("#address", address), ("#token", token)):
        firefox.find(selector).clear()
        firefox.find(selector).send_keys(text)


def test_what_a_connection_test_was_allowed_goes_with_the_options(firefox: Firefox) -> None:
    type_backend(firefox, "https://reader.example", "secret")
    firefox.click_and_be_asked("#test")
    firefox.allow()
    firefox.wait(lambda: firefox.find('#result[data-problem="unreachable_remote"]'))
    assert holds(firefox, BACKEND)
    assert holds(firefox, CONSENT)
    firefox.go("about:blank")
    firefox.wait(lambda: not holds(firefox, BACKEND) and not holds(firefox, CONSENT))


def test_a_token_is_sent_only_while_the_reader_consents(
    firefox: Firefox, service: Service, site: str
) -> None:
    type_backend(firefox, service.address, "secret")
    firefox.click_and_be_asked("button[type=submit]")
    firefox.allow()
    firefox.wait(lambda: firefox.find("#result.good"))
    firefox.in_extension(f"browser.permissions.remove({CONSENT})")
    firefox.open(f"{site}/article.html")
    firefox.press_shortcut()
    firefox.wait_for_url("^moz-extension://.*/problem/problem.html#problem-")
    firefox.wait(lambda: firefox.find("h1").text == "The browser has not allowed this address")
    firefox.click_and_be_asked("#allow")
    firefox.allow()
    firefox.wait_for_article()
    assert holds(firefox, CONSENT)
