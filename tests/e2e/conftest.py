"""Real parts for the end-to-end tests: a display, a news site, the service with its Redis, two browsers."""

from __future__ import annotations

import gc
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Worker
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

with warnings.catch_warnings():
    # What it imports asks for the distribution in an old way.
    warnings.simplefilter("ignore", DeprecationWarning)
    from marionette_driver import By, Wait
    from marionette_driver.addons import Addons
    from marionette_driver.errors import NoSuchElementException, StaleElementException
    from marionette_driver.marionette import Marionette

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
SITE = Path(__file__).with_name("site")
# A name that no host permission of the extension covers: only the click itself opens the page to it.
SITE_HOST = "news.test"
PATIENCE_SECONDS = 60.0
EXTENSION_READY = """chrome.action.onClicked.hasListeners()
    && chrome.contextMenus.update("read-page", {}).then(() => true, () => false)"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("e2e")


def wait_until(condition: Callable[[], Any], what: str, patience: float = PATIENCE_SECONDS) -> Any:
    """Poll until the condition gives something true, and return that."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {patience:.0f} s for {what}")


def binary(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is not installed; tests/system-packages.sh says what to install")
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def end(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Display:
    """An X server of its own, on a number that it finds free itself."""

    def __init__(self) -> None:
        read_end, write_end = os.pipe()
        self._server = subprocess.Popen(
            [
                binary("Xvfb"),
                "-displayfd",
                str(write_end),
                "-screen",
                "0",
                "1280x1000x24",
                "-nolisten",
                "tcp",
            ],
            pass_fds=[write_end],
            stderr=subprocess.DEVNULL,
        )
        os.close(write_end)
        with os.fdopen(read_end) as numbers:
            self.name = f":{numbers.readline().strip()}"
        self.environment = {**os.environ, "DISPLAY": self.name}

    def press(self, *keys: str) -> None:
        """Press keys as a person at this display does."""
        self._xdotool("key", "--clearmodifiers", "--delay", "80", *keys)

    def click(self, x: int, y: int, button: int = 1) -> None:
        self._xdotool("mousemove", str(x), str(y), "click", str(button))

    def open_menu(self, x: int, y: int) -> None:
        """Click with the right button and wait until the menu is there to take keys."""
        before = self._windows()
        self.click(x, y, button=3)
        wait_until(lambda: self._windows() > before, "the menu", patience=10)

    def _windows(self) -> int:
        command = [binary("xdotool"), "search", "--onlyvisible", "--name", ".*"]
        found = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=False)
        return len(found.stdout.split())

    def _xdotool(self, *command: str) -> None:
        subprocess.run([binary("xdotool"), *command], env=self.environment, check=True)

    def close(self) -> None:
        end(self._server)


@pytest.fixture(scope="session")
def display() -> Iterator[Display]:
    server = Display()
    yield server
    server.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path.startswith("/pixel.svg"):
            body = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'
            self.send_response(200)
            self.send_header("Content-Type", "image/svg+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            super().do_GET()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a news site under a public name; the browsers are told where that is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(SITE)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{SITE_HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    command = [
        binary("redis-server"),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        str(folder),
        "--save",
        "",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    end(process)


class Service:
    """The backend as `make run` starts it, on a port that it keeps while it is stopped and started."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = folder / "service.log"
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PERSONAE_")},
            "PERSONAE_PORT": str(self.port),
            "PERSONAE_DATA_DIR": str(folder / "data"),
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        if self._process is not None:
            return
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [Path(sys.executable).with_name("personae"), "serve"],
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(self._answers, f"the service on {self.address}:\n{self._log.read_text()}")

    def _answers(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise AssertionError(f"the service ended:\n{self._log.read_text()}")
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()

    def pause(self) -> None:
        """Let requests wait: the port takes them, and nobody answers."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self._process is None:
            raise AssertionError("the service is not running")
        self._process.send_signal(number)

    def stop(self) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None


@pytest.fixture(scope="session")
def _service(tmp_path_factory: pytest.TempPathFactory, redis_url: str) -> Iterator[Service]:
    started = Service(tmp_path_factory.mktemp("service"), PERSONAE_REDIS_URL=redis_url)
    yield started
    started.stop()


@pytest.fixture
def service(_service: Service) -> Service:
    """The running service; a test may stop it, and the next finds it running again."""
    _service.start()
    return _service


@pytest.fixture(scope="session")
def service_with_token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    token = "correct-horse-battery-staple"
    started = Service(tmp_path_factory.mktemp("guarded"), PERSONAE_TOKEN=token)
    yield started, token
    started.stop()


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
                "--disable-quic",
                "--disable-sync",
                "--disable-background-networking",
                "--disable-component-update",
                "--window-size=1200,900",
                f"--host-resolver-rules=MAP {SITE_HOST} 127.0.0.1",
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

    def choose_in_menu(self, page: Page, *keys: str) -> None:
        """Choose the extension's entry in the page's context menu; again when a key went astray.

        keys: from the menu's end to the entry; as given for the first of the page's entries, below
        Inspect and View page source.
        """
        start = page.url
        for _ in range(4):
            self.display.open_menu(900, 600)
            self.display.press(*(keys or ("Up", "Up", "Up", "Right")), "Return")
            with suppress(PlaywrightTimeout):
                page.wait_for_url(lambda url: url != start, timeout=15_000)
                return
            self.display.press("Escape", "Escape")

    def choose_on_selection(self, page: Page, selector: str) -> None:
        """Mark an element's text with the mouse and choose the extension's entry on it."""
        start = page.url
        place = """element => {
          const { x, y } = element.getBoundingClientRect();
          return [screenX + x + 40, screenY + outerHeight - innerHeight + y + 10];
        }"""
        for _ in range(4):
            page.locator(selector).click(click_count=3, position={"x": 40, "y": 10})
            x, y = page.locator(selector).evaluate(place)
            self.display.open_menu(round(x), round(y))
            self.display.press("Up", "Up", "Return")
            with suppress(PlaywrightTimeout):
                page.wait_for_url(lambda url: url != start, timeout=15_000)
                return
            self.display.press("Escape")

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


@pytest.fixture
def chromium(playwright: Playwright, display: Display, tmp_path: Path) -> Iterator[Chromium]:
    browser = Chromium(playwright, display, tmp_path / "profile")
    yield browser
    browser.context.close()


class Firefox:
    """Firefox ESR with the extension as a temporary add-on, its button in the toolbar."""

    def __init__(self, folder: Path) -> None:
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
                prefs={"network.dns.localDomains": SITE_HOST, "browser.aboutwelcome.enabled": False},
            )
            self.marionette.start_session()
            gc.collect()
        self.id = Addons(self.marionette).install(str(EXTENSION), temp=True)
        self.button = re.sub(r"[^a-z0-9_-]", "_", self.id.lower()) + "-browser-action"
        with self.marionette.using_context("chrome"):
            self.marionette.execute_script(
                "CustomizableUI.addWidgetToArea(arguments[0], CustomizableUI.AREA_NAVBAR)", [self.button]
            )
            host = self.marionette.execute_script(
                "return WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname", [self.id]
            )
        self.origin = f"moz-extension://{host}"

    def set_address(self, address: str) -> None:
        """Through the options page, as a reader does."""
        self.marionette.navigate(f"{self.origin}/options/options.html")
        self.wait(lambda: self.find("html[data-ready]"))
        field = self.find("#address")
        field.clear()
        field.send_keys(address)
        self.find("button[type=submit]").click()
        self.wait(lambda: self.find("#result.good"))

    def open(self, url: str) -> None:
        """Show a page and click into it: Firefox's Back passes over pages that nobody touched."""
        self.marionette.navigate(url)
        self.find("h1").click()

    def click_button(self) -> None:
        self._click_chrome(By.CSS_SELECTOR, f"#{self.button} .unified-extensions-item-action-button")

    def click_back(self) -> None:
        self._click_chrome(By.ID, "back-button")

    def _click_chrome(self, by: str, value: str) -> None:
        with self.marionette.using_context("chrome"):
            self.marionette.find_element(by, value).click()

    def find(self, selector: str) -> Any:
        return self.marionette.find_element(By.CSS_SELECTOR, selector)

    def count(self, selector: str) -> int:
        return len(self.marionette.find_elements(By.CSS_SELECTOR, selector))

    def wait(self, condition: Callable[[], Any]) -> Any:
        gone = (NoSuchElementException, StaleElementException)  # while one page makes way for the next
        wait = Wait(self.marionette, PATIENCE_SECONDS, ignored_exceptions=gone)
        return wait.until(lambda _: condition())

    def wait_for_url(self, pattern: str) -> None:
        self.wait(lambda: re.search(pattern, self.marionette.get_url()))

    def close(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            self.marionette.quit()
            gc.collect()


@pytest.fixture
def firefox(display: Display, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Firefox]:
    monkeypatch.setenv("DISPLAY", display.name)
    browser = Firefox(tmp_path)
    yield browser
    browser.close()
