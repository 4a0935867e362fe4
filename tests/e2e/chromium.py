"""Chromium with the extension, driven by the display's keyboard and mouse and, to look on, by Playwright."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, Worker
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from tests.e2e.display import Display
from tests.e2e.news_site import HOSTS
from tests.e2e.waiting import PATIENCE_SECONDS, wait_until
from tests.installed import binary

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
EXTENSION_READY = """chrome.action.onClicked.hasListeners()
    && chrome.contextMenus.update("read-page", {}).then(() => true, () => false)"""


class Chromium:
    """Chromium with the extension loaded unpacked, in a fresh profile, on the display."""

    def __init__(self, playwright: Playwright, display: Display, profile: Path) -> None:
        self.display = display
        self.context: BrowserContext = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=binary("chromium"),
            headless=False,
            no_viewport=True,
            env=dict(display.environment),
            ignore_default_args=["--disable-extensions", "--enable-automation"],
            args=[
                "--no-sandbox",
                "--no-first-run",
                "--disable-gpu",
                "--disable-quic",
                "--disable-sync",
                "--disable-background-networking",
                "--disable-component-update",
                "--window-size=1200,900",
                "--host-resolver-rules=" + ", ".join(f"MAP {host} 127.0.0.1" for host in HOSTS),
                f"--disable-extensions-except={EXTENSION}",
                f"--load-extension={EXTENSION}",
            ],
        )
        self.context.set_default_timeout(PATIENCE_SECONDS * 1000)
        workers = self.context.service_workers
        self.worker = workers[0] if workers else self.context.wait_for_event("serviceworker")
        self.origin = self.worker.url.removesuffix("/background.js")
        # A key pressed before the extension listens is lost, and a menu opened before lacks its entry.
        wait_until(lambda: self.worker.evaluate(EXTENSION_READY), "the extension to be ready")

    def use(self, address: str, **more: str) -> None:
        """Set the backend's address, as the options page does."""
        self.set(self.worker, address, **more)

    @staticmethod
    def set(where: Page | Worker, address: str, **more: str) -> None:
        where.evaluate("settings => chrome.storage.local.set(settings)", {"address": address, **more})

    def open(self, url: str) -> Page:
        """Show a page in the first tab and click into it, as a reader has."""
        page = self.context.pages[0]
        page.goto(url)
        page.bring_to_front()
        page.mouse.click(5, 500)
        return page

    def press_shortcut(self) -> None:
        self.display.press("alt+shift+k")

    def press_shortcut_for_beside(self) -> None:
        self.display.press("alt+shift+l")

    def press_back(self) -> None:
        self.display.press("alt+Left")

    def choose_in_menu(self, page: Page) -> None:
        """Choose the first of the extension's entries in the page's context menu.

        They stand in a menu of their own, above View page source and Inspect.
        """

        def choose() -> None:
            self.display.open_menu(900, 600)
            self.display.press("Up", "Up", "Up")
            self.display.open_submenu()
            self.display.press("Return")

        self._choose_until_left(page, choose)

    def choose_on_selection(self, page: Page, selector: str) -> None:
        """Mark an element's text with the mouse and choose the extension's entry on it."""
        place = """element => {
          const { x, y } = element.getBoundingClientRect();
          return [screenX + x + 40, screenY + outerHeight - innerHeight + y + 10];
        }"""

        def choose() -> None:
            page.locator(selector).click(click_count=3, position={"x": 40, "y": 10})
            x, y = page.locator(selector).evaluate(place)
            self.display.open_menu(round(x), round(y))
            self.display.press("Up", "Up", "Return")

        self._choose_until_left(page, choose)

    def _choose_until_left(self, page: Page, choose: Callable[[], None]) -> None:
        """Choose in a menu until the page is left: a menu that opens late loses keys, and another entry is taken.

        What that entry opened (the page's source, the browser's tools) would take the next keys, so it goes first.
        """
        start = page.url
        tabs = set(self.context.pages)
        for _ in range(4):
            with suppress(AssertionError):
                choose()
                with suppress(PlaywrightTimeout):
                    page.wait_for_url(lambda url: url != start, timeout=15_000, wait_until="commit")
                    return
            self.display.press("Escape", "Escape")
            for tab in set(self.context.pages) - tabs:
                tab.close()
            page.goto(start)
            page.bring_to_front()
            page.mouse.click(5, 500)

    def button(self) -> tuple[str, str]:
        """What the button tells of the tab that is shown: its badge and its name."""
        script = """async () => {
          const [{ id: tabId }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          return [await chrome.action.getBadgeText({ tabId }), await chrome.action.getTitle({ tabId })];
        }"""
        badge, title = self.worker.evaluate(script)
        return str(badge), str(title)

    def wait_for_button(self, badge: str, title: str) -> None:
        wait_until(lambda: self.button() == (badge, title), f"the button to tell: {title}")

    def wait_for_tab(self, url: str) -> None:
        """Wait until the tab that is shown has this address."""
        script = "chrome.tabs.query({ active: true }).then(tabs => tabs.map(tab => tab.url))"
        wait_until(lambda: self.worker.evaluate(script) == [url], f"the tab at {url}")

    def options(self) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.origin}/options/options.html")
        page.wait_for_selector("html[data-ready]")
        return page

    def allow_private_windows(self) -> Page:
        """Tick "Allow in Incognito", which loads the extension anew; return its options page."""
        page = self.context.new_page()
        page.goto("chrome://extensions/")
        page.evaluate(
            """async id => {
              const set = (name, value) => new Promise(done => chrome.developerPrivate[name](value, done));
              await set("updateProfileConfiguration", { inDeveloperMode: true });
              await set("updateExtensionConfiguration", { extensionId: id, incognitoAccess: true });
            }""",
            self.origin.removeprefix("chrome-extension://"),
        )
        url = f"{self.origin}/options/options.html"

        def loaded() -> bool:
            try:
                page.goto(url)
            except PlaywrightError:  # blocked as long as the extension is not back
                return False
            return bool(page.evaluate("chrome.extension.isAllowedIncognitoAccess()"))

        wait_until(loaded, "the extension to come back")
        return page

    def press_shortcut_until(self, shown: Callable[[], Any]) -> Any:
        """Click into the page and press; again when the new window had not taken the focus yet."""
        for _ in range(6):
            self.display.click(600, 600)
            self.press_shortcut()
            with suppress(AssertionError):
                return wait_until(shown, "what the shortcut brings", patience=15)
        return wait_until(shown, "what the shortcut brings")

    @staticmethod
    def private_tab(options: Page, pattern: str) -> int | None:
        """The private tab whose page is loaded and has such an address, by its number.

        The browser tells an extension no address that it may not read, unlike the backend's.
        """
        script = (
            "chrome.tabs.query({}).then(tabs => tabs.filter(t => t.incognito && t.status === 'complete'))"
        )
        tabs = options.evaluate(script)
        return next((int(tab["id"]) for tab in tabs if re.search(pattern, tab.get("url", ""))), None)

    def wait_for_private_tab(self, options: Page, pattern: str) -> int:
        shown = wait_until(lambda: self.private_tab(options, pattern), f"a private tab at {pattern}")
        return int(shown)

    def show_in_private_tab(self, options: Page, url: str) -> None:
        """Another page in the private tab: Back passes over pages that nobody had touched yet."""
        tab = self.wait_for_private_tab(options, "")
        options.evaluate("([tab, url]) => chrome.tabs.update(tab, { url })", [tab, url])

    @staticmethod
    def popup(options: Page) -> str | None:
        script = (
            "chrome.runtime.getContexts({ contextTypes: ['POPUP'] }).then(found => found[0]?.documentUrl)"
        )
        found: str | None = options.evaluate(script)
        return found
