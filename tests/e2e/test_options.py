"""The options page in Chromium: what "Test connection" names, and what it takes to save."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.waiting import wait_until

from personae import __version__

HOST_REFUSAL = {
    "error": {"code": "host_not_allowed", "message": "The cause.", "hint": "Add it to PERSONAE_HOSTS."}
}
UNKNOWN = {"error": {"code": "internal", "message": "The very cause.", "hint": "The very step."}}

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))"


@pytest.fixture
def server() -> Iterator[Callable[..., str]]:
    """Start a server that gives one answer to everything, and return its address."""
    running = []

    def start(status: int, body: str, **headers: str) -> str:
        class OneAnswer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *args: object) -> None:
                pass

        started = ThreadingHTTPServer(("127.0.0.1", 0), OneAnswer)
        started.daemon_threads = True
        running.append(started)
        Thread(target=started.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{started.server_port}"

    yield start
    for one in running:
        one.shutdown()
        one.server_close()


def try_connection(options: Page, address: str, token: str = "") -> None:
    options.fill("#address", address)
    options.fill("#token", token)
    options.click("#test")


def expect_named(options: Page, code: str, *texts: str) -> None:
    expect(options.locator(f'#result[data-problem="{code}"]')).to_be_visible()
    for text in texts:
        expect(options.locator("#result")).to_contain_text(text)


def test_running_backend_is_named_with_its_version(chromium: Any, service: Any) -> None:
    options = chromium.options()
    try_connection(options, service.address)
    expect(options.locator("#result.good")).to_have_text(
        f"Personae {__version__} answers at {service.address}. Not saved yet."
    )
    options.click("button[type=submit]")
    expect(options.locator("#result.good")).to_have_text("Saved.")
    options.reload()
    expect(options.locator("#address")).to_have_value(service.address)
    options.click("#test")
    expect(options.locator("#result.good")).to_have_text(
        f"Personae {__version__} answers at {service.address}."
    )
    expect(options.locator("#shortcuts dd").first).to_have_text("Alt+Shift+K")
    expect(options.locator("#shortcut-change")).to_contain_text("chrome://extensions/shortcuts")


def test_stopped_backend_is_named_with_how_to_start_it(chromium: Any, service: Any) -> None:
    service.stop()
    options = chromium.options()
    try_connection(options, service.address)
    expect_named(options, "unreachable", service.address, "make run")


def test_token_is_asked_for_refused_and_taken(chromium: Any, service_with_token: Any) -> None:
    service, token = service_with_token
    options = chromium.options()
    try_connection(options, service.address)
    expect_named(options, "token_required", "PERSONAE_TOKEN")
    try_connection(options, service.address, "not-the-right-token")
    expect_named(options, "token_wrong", "PERSONAE_TOKEN")
    expect(options.locator("#token")).to_have_attribute("aria-invalid", "true")
    try_connection(options, service.address, token)
    expect(options.locator("#result.good")).to_contain_text(f"Personae {__version__} answers")


def test_each_other_trouble_has_its_name(chromium: Any, server: Callable[..., str]) -> None:
    options = chromium.options()
    try_connection(options, server(421, json.dumps(HOST_REFUSAL)))
    expect_named(options, "host_not_allowed", "PERSONAE_HOSTS")
    # The page's own language has said it.
    expect(options.locator("#result")).not_to_contain_text("Add it to")
    try_connection(options, server(500, json.dumps(UNKNOWN)))
    expect_named(options, "backend", "The very cause.", "The very step.")
    try_connection(options, server(200, json.dumps({"name": "personae", "version": "0.0.1", "api": 0})))
    expect_named(options, "too_old", "0.0.1")
    try_connection(options, server(200, "<h1>It works!</h1>"))
    expect_named(options, "not_personae")
    try_connection(options, server(308, "", Location="https://127.0.0.1/"))
    expect_named(options, "redirected")
    try_connection(options, server(502, "Bad gateway"))
    expect_named(options, "server_error", "502")
    try_connection(options, "two words")
    expect_named(options, "address_invalid", "two words")
    expect(options.locator("#address")).to_have_attribute("aria-invalid", "true")
    for act in ("#test", "button[type=submit]"):  # and the browser is asked nothing
        options.fill("#address", "nonsense")
        options.locator("#form").locator(act).click()
        expect_named(
            options, "address_invalid", "“nonsense” is not the address of a backend", "without a dot"
        )
    try_connection(options, "127.0.0.1:8765", "two words")
    expect_named(options, "token_invalid")


def test_address_elsewhere_needs_the_readers_permission(chromium: Any, display: Any) -> None:
    options = chromium.options()
    options.bring_to_front()
    options.fill("#address", "https://reader.example")
    options.click("button[type=submit]")
    for _ in range(200):  # the browser's own dialogue: pressing Escape until it is there and gone
        display.press("Escape")
        if options.locator('#result[data-problem="permission_missing"]').count():
            break
    expect_named(options, "permission_missing", "https://reader.example")
    options.reload()
    expect(options.locator("#address")).to_have_value("http://127.0.0.1:8765")


def test_permissions_for_a_test_and_for_a_former_backend_are_given_back(
    chromium: Any, service: Any, display: Any
) -> None:
    held = "chrome.permissions.contains({ origins: ['https://reader.example/*'] })"
    options = chromium.options()
    options.bring_to_front()
    try_connection(options, "https://reader.example")
    for _ in range(20):  # the browser's own dialogue: its first button is reached by Tab
        options.wait_for_timeout(500)
        if options.locator('#result[data-problem="unreachable_remote"]').count():
            break
        display.press("Tab", "Return")
    expect_named(options, "unreachable_remote")
    assert chromium.worker.evaluate(held) is True
    options.reload()
    wait_until(lambda: chromium.worker.evaluate(held) is False, "a test's permission to be given back")

    # What was once allowed the browser does not ask for again.
    options.fill("#address", "https://reader.example")
    options.click("button[type=submit]")
    expect(options.locator("#result.good")).to_have_text("Saved.")
    assert chromium.worker.evaluate(held) is True
    options.reload()
    options.fill("#address", service.address)
    options.click("button[type=submit]")
    expect(options.locator("#result.good")).to_have_text("Saved.")
    wait_until(lambda: chromium.worker.evaluate(held) is False, "the former backend's to be given back")


def test_unencrypted_address_elsewhere_needs_the_readers_consent(chromium: Any) -> None:
    options = chromium.options()
    expect(options.locator("#unencrypted")).to_be_hidden()
    options.fill("#address", "http://192.0.2.1:8765")
    expect(options.locator("#unencrypted")).to_be_visible()
    options.click("button[type=submit]")
    expect(options.locator("#result.bad")).to_contain_text("Not saved")
    options.click("#test")
    expect(options.locator("#result.bad")).to_contain_text("Not tested")
    options.fill("#address", "https://192.0.2.1:8765")
    expect(options.locator("#unencrypted")).to_be_hidden()


def test_consent_to_an_unencrypted_address_holds_for_the_saved_one_alone(chromium: Any) -> None:
    options = chromium.options()
    chromium.set(options, "http://192.0.2.1:8765")
    options.reload()
    expect(options.locator("html[data-ready]")).to_be_attached()
    expect(options.locator("#accept")).to_be_checked()
    options.fill("#address", "http://192.0.2.2:8765")
    expect(options.locator("#accept")).not_to_be_checked()
    options.fill("#address", "http://192.0.2.1:8765/")
    expect(options.locator("#accept")).to_be_checked()
    options.uncheck("#accept")
    options.click("button[type=submit]")
    expect(options.locator("#result.bad")).to_contain_text("Not saved")
    expect(options.locator("#accept")).not_to_be_checked()


def test_page_fits_a_phone(chromium: Any) -> None:
    options = chromium.options()
    options.set_viewport_size({"width": 320, "height": 640})
    assert options.evaluate("document.documentElement.scrollWidth") <= 320


def test_where_pages_go_is_said_as_it_was_saved(chromium: Any) -> None:
    options = chromium.options()
    expect(options.locator("#where")).to_have_text(
        "To http://127.0.0.1:8765, on this machine, and nowhere else."
    )
    chromium.set(options, "https://reader.example")
    options.reload()
    expect(options.locator("#where")).to_contain_text("encrypted on the way")
    chromium.set(options, "http://192.0.2.1:8765")
    options.reload()
    expect(options.locator("#where")).to_contain_text("It is not encrypted")
    expect(options.locator("#unencrypted")).to_be_visible()


def test_every_control_has_a_name_and_is_reached_by_tab(chromium: Any) -> None:
    options = chromium.options()
    options.evaluate("chrome.storage.local.set({ rules: { 'news.example': 'never' } })")
    expect(options.locator("#rules li")).to_have_count(1)
    reached = []
    for _ in range(10):
        options.keyboard.press("Tab")
        reached.append(
            options.evaluate(
                """(() => { const at = document.activeElement;
                  return at.ariaLabel || at.labels?.[0]?.textContent.trim() || at.textContent.trim(); })()"""
            )
        )
    assert reached == [
        "Address",
        "Token",
        "Show the token",
        "in the same tab (Back returns to the page)",
        "Save",
        "Test connection",
        "Remove the rule for news.example",
        "Site",
        "always read stories",
        "Set the rule",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_in_the_options_and_the_popup(chromium: Any, scheme: str) -> None:
    page = chromium.options()
    page.emulate_media(color_scheme=scheme)
    rules = {"news.example": "always", "shop.example": "never"}
    page.evaluate("rules => chrome.storage.local.set({ rules, address: 'http://192.0.2.1:8765' })", rules)
    page.reload()
    expect(page.locator("#rules li")).to_have_count(2)
    expect(page.locator("#rules .withdrawn").first).to_be_visible()
    expect(page.locator("#unencrypted")).to_be_visible()
    page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate(VIOLATIONS) == []

    page.goto(f"{chromium.origin}/rule/never.html?tab=1&site=shop.example")
    expect(page.locator("h1")).to_have_text("Personae stays out of shop.example")
    page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate(VIOLATIONS) == []
