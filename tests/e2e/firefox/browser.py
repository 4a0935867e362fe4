"""Firefox with the extension, driven by the display's keyboard and mouse and, to look on, by Marionette.

Marionette tells where a button stands or what a menu has highlighted, also in the browser's own
surface ("chrome"); the key or the click then comes from the display, as a person's does.
"""

from __future__ import annotations

import gc
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from tests.e2e.display import Display
from tests.e2e.news_site import HOSTS
from tests.e2e.programs import free_port
from tests.e2e.waiting import PATIENCE_SECONDS, wait_until
from tests.installed import binary

with warnings.catch_warnings():
    # What it imports asks for the distribution in an old way.
    warnings.simplefilter("ignore", DeprecationWarning)
    from marionette_driver import By, Wait
    from marionette_driver.addons import Addons
    from marionette_driver.errors import NoSuchElementException, StaleElementException, UnknownException
    from marionette_driver.marionette import Marionette

EXTENSION = Path(__file__).resolve().parents[3] / "extension"

# The middle of an element of the browser's surface, in pixels of the display.
MIDDLE = """const { x, y, width, height } = arguments[0].getBoundingClientRect();
    return [Math.round(mozInnerScreenX + x + width / 2), Math.round(mozInnerScreenY + y + height / 2)]"""
# Of the entries that are highlighted in an open menu, the innermost: those around it are its sub-menus'.
HIGHLIGHTED = """const open = [...document.querySelectorAll("menupopup")].filter(menu => menu.state === "open");
    return open.flatMap(menu => [...menu.querySelectorAll("[_moz-menuactive]")]).at(-1)?.label ?? null"""
# Kept in an attribute: what a script of the driver's leaves behind is not there for the next one.
NOTE_CHOICE = """const root = document.documentElement;
    root.removeAttribute("chosen-last");
    const note = ({ target }) => root.setAttribute("chosen-last", target.label ?? "");
    document.addEventListener("command", note, { capture: true, once: true });"""
CHOSEN = 'return document.documentElement.getAttribute("chosen-last")'
POPUP = """const open = [...document.querySelectorAll("panel")].find(panel => panel.state === "open");
    return open?.querySelector("browser") ?? null"""
# The popup is a page in a process of its own, in a private window out of sight of the extension's others too.
FOCUS_IN_POPUP = f"""const done = arguments[0];
    const popup = (() => {{ {POPUP} }})();
    if (!popup) done(null);
    popup?.messageManager.addMessageListener("focus-in-popup", function told({{ data }}) {{
      popup.messageManager.removeMessageListener("focus-in-popup", told);
      done([document.activeElement === popup, data]);
    }});
    const tell = "sendAsyncMessage('focus-in-popup', content.document.activeElement?.id ?? '')";
    popup?.messageManager.loadFrameScript(`data:,${{tell}}`, false)"""
# A key pressed before the window and the extension's keys are there is lost.
READY = """return gBrowserInit.delayedStartupFinished && Services.focus.activeWindow === window
    && document.querySelector("keyset[id^=ext-keyset] key") && document.querySelector(arguments[0]) ? true : false"""
CLOSE_MENUS = 'document.querySelectorAll("menupopup, panel").forEach(one => one.hidePopup())'
# As the extension came: nothing chosen, nothing kept, no permission but those of its manifest.
FORGET = """(async () => {
    const { origins } = await browser.permissions.getAll();
    const own = browser.runtime.getManifest().host_permissions;
    const data_collection = browser.runtime.getManifest().browser_specific_settings.gecko
        .data_collection_permissions.optional;
    await browser.permissions.remove({ origins: origins.filter(origin => !own.includes(origin)), data_collection });
    await browser.scripting.unregisterContentScripts();
    await browser.storage.local.clear();
    await browser.storage.session.clear();
})()"""


def _place_of(button: str) -> str:
    """Return the script that gives the place of a button of the browser's question, null without a question."""
    return f"""const {{ panel }} = PopupNotifications;
        const button = panel.state === "open" ? panel.firstElementChild.{button} : null;
        if (!button) return null;
        {MIDDLE.replace("arguments[0]", "button")}"""


class Firefox:
    """Firefox ESR with the extension as a temporary add-on, its button in the toolbar."""

    def __init__(self, display: Display, folder: Path) -> None:
        self.display = display
        with warnings.catch_warnings():
            # Its probes for the port leave sockets to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            self.marionette = Marionette(
                bin=binary("firefox-esr"),
                host="127.0.0.1",
                port=free_port(),
                headless=False,
                gecko_log=str(folder / "gecko.log"),
                workspace=str(folder),
                prefs={
                    "network.dns.localDomains": ",".join(HOSTS),
                    "browser.aboutwelcome.enabled": False,
                },
            )
            self.marionette.start_session()
            gc.collect()
        self.marionette.timeout.page_load = PATIENCE_SECONDS
        self.id = Addons(self.marionette).install(str(EXTENSION), temp=True)
        self._widget = re.sub(r"[^a-z0-9_-]", "_", self.id.lower()) + "-browser-action"
        self._button = f"#{self._widget} .unified-extensions-item-action-button"
        self._in_chrome(
            "CustomizableUI.addWidgetToArea(arguments[0], CustomizableUI.AREA_NAVBAR)", self._widget
        )
        host = self._in_chrome(
            "return WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname", self.id
        )
        self.origin = f"moz-extension://{host}"
        self._behind = ""

    def start_afresh(self) -> None:
        """One window with a tab that has been nowhere, and the extension as it came."""
        self._in_chrome(CLOSE_MENUS)
        self.in_extension(FORGET)
        kept = {self._behind, self.marionette.open(type="tab", focus=True)["handle"]}
        for handle in set(self.marionette.window_handles) - kept:
            self.marionette.switch_to_window(handle)
            self.marionette.close()
        (shown,) = kept - {self._behind}
        self.marionette.switch_to_window(shown)

    def use(self, address: str) -> None:
        """Set the backend's address behind the options page's back."""
        self.in_extension(f"browser.storage.local.set({{ address: {address!r} }})")

    # What a reader does

    def set_address(self, address: str) -> None:
        """Through the options page, as a reader does."""
        self.open_options()
        field = self.find("#address")
        field.clear()
        field.send_keys(address)
        self.find("button[type=submit]").click()
        self.wait(lambda: self.find("#result.good"))

    def open_options(self) -> None:
        self.go(f"{self.origin}/options/options.html")
        self.wait(lambda: self.find("html[data-ready] #rules[data-ready]"))

    def go(self, url: str) -> None:
        self.marionette.navigate(url)

    def go_where_nobody_answers(self, url: str) -> None:
        """Go to a page in whose place the browser shows an error."""
        with suppress(UnknownException):
            self.go(url)
        self.wait_for_error_page()

    def open(self, url: str) -> None:
        """Show a page and click into it: Firefox's Back passes over pages that nobody touched."""
        self.go(url)
        self.click("h1")

    def press_shortcut(self) -> None:
        self.display.press("alt+shift+k")

    def press_shortcut_for_beside(self) -> None:
        self.display.press("alt+shift+l")

    def click(self, selector: str) -> None:
        """Click with the mouse on the beginning of an element of the page."""
        self.display.click(*self._beginning(selector))

    def select(self, selector: str) -> None:
        """Mark a paragraph with three clicks; again when they came too slowly for that."""
        text = self.find(selector).text
        selected = "return getSelection().toString()"
        for _ in range(5):
            self.display.click(*self._beginning(selector), times=3)
            with suppress(AssertionError):
                wait_until(lambda: self.in_page(selected).strip() == text, "the selection", patience=2)
                return
        raise AssertionError(f"not selected: {text}")

    def click_button(self) -> None:
        self.display.click(*self._middle(self._button))

    def click_back(self) -> None:
        self.display.click(*self._middle("#back-button"))

    def choose_on(self, selector: str, *labels: str) -> None:
        """Choose an entry of the context menu at the beginning of an element, through its sub-menus."""
        self._choose(self._beginning(selector), labels)

    def choose_in_the_buttons_menu(self, *labels: str) -> None:
        self._choose(self._middle(self._button), labels)

    def allow(self) -> None:
        self._answer("button")

    def is_asked(self) -> bool:
        """Whether a question of the browser is there."""
        return self._in_chrome(_place_of("button")) is not None

    def refuse(self) -> None:
        self._answer("secondaryButton")

    def click_and_be_asked(self, selector: str) -> None:
        """Click on what makes the browser ask for a permission; again when the page was still taking its shape."""
        for _ in range(5):
            self.click(selector)
            with suppress(AssertionError):
                wait_until(
                    lambda: self._in_chrome(_place_of("button")), "the browser's question", patience=12
                )
                return
        raise AssertionError(f"a click on {selector} brings no question of the browser")

    def _answer(self, button: str) -> None:
        """Click on a button of the browser's question for a permission; again while it takes no click yet."""
        place = _place_of(button)
        where = wait_until(lambda: self._in_chrome(place), "the browser's question")
        for _ in range(10):
            self.display.click(*where)
            with suppress(AssertionError):
                wait_until(lambda: self._in_chrome(place) is None, "the answer to be taken", patience=2)
                return
        raise AssertionError("the browser's question stays")

    def press_in_popup(self, element_id: str) -> None:
        """Go to a button of the extension's popup with Tab, and press it. The first Tab leads into the popup."""
        for _ in range(10):
            focus = self._focus_in_popup()
            if focus == (True, element_id):
                self.display.press("Return")
                return
            self.display.press("Tab")
            with suppress(AssertionError):
                wait_until(partial(self._focus_moved_from, focus), "the focus", patience=2)
        raise AssertionError(f"Tab does not lead to #{element_id}")

    def allow_private_windows(self) -> None:
        """In the add-on's page, as a reader does; the browser then loads the extension anew."""
        allowed = "return WebExtensionPolicy.getByID(arguments[0])?.privateBrowsingAllowed"
        if self._in_chrome(allowed, self.id):
            return
        self.go("about:addons")
        show = "gViewController.loadView(`addons://detail/${encodeURIComponent(arguments[0])}`)"
        self.marionette.execute_script(show, [self.id], sandbox=None)
        self.wait(lambda: self.find("input[name=private-browsing][value='1']")).click()
        back = (
            f"{allowed} && WebExtensionPolicy.getByID(arguments[0]).extension.backgroundState === 'running'"
        )
        wait_until(lambda: self._in_chrome(back, self.id), "the extension to come back")

    @contextmanager
    def private_window(self) -> Iterator[None]:
        """Open a private window with its key, look at that, and close it in the end."""
        before, first = self.tabs(), self.marionette.current_window_handle
        self.display.press("ctrl+shift+p")
        self.look_at_new_tab(before)
        wait_until(lambda: self._in_chrome(READY, self._button), "the private window to take keys")
        try:
            yield
        finally:
            self.marionette.close_chrome_window()
            self.marionette.switch_to_window(first)

    @contextmanager
    def other_tab(self) -> Iterator[None]:
        """Open a tab, look at that, and close it in the end."""
        first = self.marionette.current_window_handle
        self.marionette.switch_to_window(self.marionette.open(type="tab", focus=True)["handle"])
        try:
            yield
        finally:
            self.marionette.close()
            self.marionette.switch_to_window(first)

    # What a reader sees

    def find(self, selector: str) -> Any:
        return self.marionette.find_element(By.CSS_SELECTOR, selector)

    def count(self, selector: str) -> int:
        return len(self.marionette.find_elements(By.CSS_SELECTOR, selector))

    def url(self) -> str:
        return str(self.marionette.get_url())

    def shown_url(self) -> str:
        """The address of the tab that is in front, whichever tab is looked at."""
        return str(self._in_chrome("return gBrowser.selectedBrowser.currentURI.spec"))

    def button(self) -> tuple[str, str]:
        """What the button tells: its badge and its name."""
        script = """const button = document.querySelector(arguments[0]);
            return [button.getAttribute("badge") ?? "", button.getAttribute("label")]"""
        badge, label = self._in_chrome(script, self._button)
        return str(badge), str(label)

    def wait_for_button(self, badge: str, label: str) -> None:
        wait_until(lambda: self.button() == (badge, label), f"the button to tell: {label}")

    def popup(self) -> str | None:
        """The address of the popup that is open at the button."""
        found: str | None = self._in_chrome(f"return (() => {{ {POPUP} }})()?.currentURI.spec ?? null")
        return found

    def wait_for_popup(self, pattern: str) -> None:
        wait_until(lambda: re.search(pattern, self.popup() or ""), f"a popup at {pattern}")

    def tabs(self) -> set[str]:
        return set(self.marionette.window_handles)

    def look_at_new_tab(self, before: set[str]) -> None:
        """Look at the one tab that was not among those."""
        (new,) = wait_until(lambda: self.tabs() - before, "a new tab")
        self.marionette.switch_to_window(new)

    def wait(self, condition: Callable[[], Any]) -> Any:
        gone = (NoSuchElementException, StaleElementException)  # while one page makes way for the next
        wait = Wait(self.marionette, PATIENCE_SECONDS, ignored_exceptions=gone)
        return wait.until(lambda _: condition())

    def wait_for_article(self) -> None:
        self.wait_for_url(r"^http://127\.0\.0\.1:\d+/read/")

    def wait_for_page(self, url: str) -> None:
        self.wait_for_url(f"^{re.escape(url)}$")

    def wait_for_error_page(self) -> None:
        """Wait for what the browser shows in place of a page that did not come, under that page's address."""
        shown = "return document.documentURI.startsWith('about:neterror')"
        self.wait(lambda: self.marionette.execute_script(shown))

    def wait_for_url(self, pattern: str) -> None:
        """Wait until a page with such an address is there as a whole."""
        whole = "return document.readyState === 'complete' ? location.href : null"
        # A page that goes meanwhile gives no answer.
        self.wait(lambda: re.search(pattern, self.marionette.execute_script(whole) or ""))

    def in_page(self, script: str) -> Any:
        """Run a function's body among the page's own scripts."""
        return self.marionette.execute_script(script, sandbox=None)

    def in_extension(self, expression: str) -> Any:
        """What an expression gives, once it is there, in a page of the extension behind the one in front."""
        shown = self.marionette.current_window_handle
        if self._behind not in self.tabs():
            self._behind = self.marionette.open(type="tab", focus=False)["handle"]
            self.marionette.switch_to_window(self._behind, focus=False)
            self.open_options()
        else:
            self.marionette.switch_to_window(self._behind, focus=False)
        script = f"""const done = arguments[0];
            Promise.resolve({expression}).then(value => done({{ value }}), error => done({{ error: String(error) }}))"""
        try:
            answer = self.marionette.execute_async_script(script, sandbox=None)
        finally:
            self.marionette.switch_to_window(shown, focus=False)
        if "error" in answer:
            raise AssertionError(f"{answer['error']}: {expression}")
        return answer.get("value")

    def close(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            self.marionette.quit()
            gc.collect()

    def _in_chrome(self, script: str, *arguments: Any) -> Any:
        with self.marionette.using_context("chrome"):
            return self.marionette.execute_script(script, list(arguments))

    def _middle(self, selector: str) -> tuple[int, int]:
        script = MIDDLE.replace("arguments[0]", "document.querySelector(arguments[0])")
        x, y = self._in_chrome(script, selector)
        return x, y

    def _beginning(self, selector: str) -> tuple[int, int]:
        script = """const element = document.querySelector(arguments[0]);
            element.scrollIntoView({ block: "nearest" });
            const { x, y } = element.getBoundingClientRect();
            return [Math.round(mozInnerScreenX + x + 40), Math.round(mozInnerScreenY + y + 10)]"""
        x, y = self.marionette.execute_script(script, [selector])
        return x, y

    def _choose(self, where: tuple[int, int], labels: tuple[str, ...]) -> None:
        """Choose an entry of a menu; again when a key went astray, and nothing was chosen."""
        for _ in range(4):
            self._in_chrome(NOTE_CHOICE)
            self.display.open_menu(*where)
            for label in labels:
                self._highlight(label)
                self.display.press("Return")
            with suppress(AssertionError):
                wait_until(lambda: self._in_chrome(CHOSEN) == labels[-1], "the choice", patience=5)
                return
            self.display.press("Escape", "Escape")
        raise AssertionError(f"{labels[-1]!r} was not chosen")

    def _highlight(self, label: str) -> None:
        """Go down the open menu, key by key, to an entry."""
        passed = []
        for _ in range(50):
            highlighted = self._in_chrome(HIGHLIGHTED)
            if highlighted == label:
                return
            passed.append(highlighted)
            self.display.press("Down")
            with suppress(AssertionError):
                wait_until(lambda: self._in_chrome(HIGHLIGHTED) != passed[-1], "the next entry", patience=2)
        raise AssertionError(f"{label!r} is not in the menu, but {passed}")

    def _focus_moved_from(self, focus: tuple[bool, str] | None) -> bool:
        return self._focus_in_popup() != focus

    def _focus_in_popup(self) -> tuple[bool, str] | None:
        """Whether keys go into the popup, and the id of what they would go to there; None without a popup."""
        with self.marionette.using_context("chrome"):
            found = self.marionette.execute_async_script(FOCUS_IN_POPUP)
        return None if found is None else (found[0], found[1])
