"""Take the pictures of the documentation from a running backend.

    python -m benchmarks.screenshots [NAME...]

Starts `personae serve` with a store of its own, sends it the demonstration story as the extension would,
opens the page that it promises in Chromium, and writes the pictures of docs/look.md to
`docs/screenshots/`, in 256 colours each. Needs the packages of `make setup-dev` and `make bench`
(Playwright, Pillow).

The interface uses the system's sans, and Japanese its fonts: install Inter and Noto Serif CJK to get the same
pictures. Chromium on a machine without
sound has no voices, so the picture of listening stands on one that this script plays.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.request import Request, urlopen

from benchmarks.demonstration import CHROMIUM, JAPANESE, ROOT, STORIES, backend, draw, free_port, read_story
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES_FOLDER = ROOT / "docs" / "screenshots"
COLOURS = 256


class Picture(NamedTuple):
    """One picture: its file's name, the device, theme, page and language, and what the reader does first.

    lines: "vertical" when the reader chose such lines; marks: how much is marked.
    """

    name: str
    device: str
    theme: str = "light"
    page: str = "story"
    act: str = ""
    language: Literal["en", "ar"] = "en"
    lines: Literal["horizontal", "vertical"] = "horizontal"
    marks: Literal["calm", "full"] = "calm"


# Width and height in CSS pixels, and device pixels for each.
DEVICES = {
    "desktop": (1440, 1000, 1),
    "phone": (390, 844, 2),
    "window": (1100, 860, 1),
    "bars": (390, 664, 2),
    "strip": (1100, 560, 1),
}
# Stories that the home page lists beside those of the other pictures.
OTHERS = ("live-blog", "lire-aussi", "interview", "long-comments")
THEMES = ("light", "sepia", "dark", "black")
PICTURES = [
    *(Picture(f"desktop-{theme}", "desktop", theme) for theme in THEMES),
    *(Picture(f"phone-{theme}", "phone", theme) for theme in THEMES),
    Picture("marks-calm", "strip", act="read"),
    Picture("marks-full", "strip", act="read", marks="full"),
    Picture("phone-first-screen", "bars"),
    Picture("stepping", "desktop", "dark", act="step"),
    Picture("hovercard", "desktop", act="hover"),
    Picture("card", "desktop", act="card"),
    Picture("why", "desktop", act="why"),
    Picture("map", "desktop", act="map"),
    Picture("filter", "desktop", "sepia", act="filter"),
    Picture("correction", "desktop", act="correct"),
    Picture("settings", "desktop", act="settings"),
    Picture("listening", "desktop", act="listen"),
    Picture("keys", "desktop", act="keys"),
    Picture("removed", "desktop", act="removed"),
    Picture("report", "desktop", act="report"),
    Picture("arabic", "desktop", page="arabic", language="ar"),
    Picture("arabic-settings", "desktop", act="settings", language="ar"),
    Picture("vertical", "desktop", page="japanese", lines="vertical"),
    Picture("phone-vertical", "phone", "dark", page="japanese", act="mention", lines="vertical"),
    Picture("phone-story", "phone", act="read"),
    Picture("phone-card", "phone", act="card"),
    Picture("phone-map", "phone", "dark", act="map"),
    Picture("phone-settings", "phone", "sepia", act="settings"),
    Picture("home", "desktop", page="home"),
    Picture("phone-home", "phone", "dark", page="home"),
    Picture("forget", "desktop", page="home", act="forget"),
    Picture("try", "window", page="try"),
    Picture("gone", "window", page="gone"),
]

# A voice that says nothing, and is at a word that we choose.
VOICE = """
class Voice extends EventTarget {
  getVoices() {
    return [{ voiceURI: "voice", name: "English voice", lang: "en-GB", localService: true, default: true }];
  }
  speak(utterance) { globalThis.spoken = utterance; }
  cancel() {}
}
Object.defineProperty(window, "speechSynthesis", { value: new Voice() });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
SAY_A_WORD = """
const word = spoken.text.match(/(?<= aboard a )\\w+/);
spoken.onboundary({ name: "word", charIndex: word.index, charLength: word[0].length });
"""


def main() -> None:
    """Take all pictures, or those that are named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="only these pictures")
    parser.add_argument("--out", type=Path, default=PICTURES_FOLDER)
    parser.add_argument("--port", type=int, default=0, help="port of the backend; default: a free one")
    given = parser.parse_args()
    unknown = set(given.names) - {picture.name for picture in PICTURES}
    if unknown:
        parser.error(f"no picture is called {', '.join(sorted(unknown))}")
    given.out.mkdir(parents=True, exist_ok=True)
    with backend(given.port or free_port()) as origin, sync_playwright() as playwright:
        pages = {
            "story": origin + read_story(origin),
            "arabic": origin + read_story(origin, STORIES / "arabic-rtl"),
            "japanese": origin + read_story(origin, JAPANESE),
            "home": home(origin),
            "try": f"{origin}/try",
            "gone": f"{origin}/read/{'x' * 32}",
        }
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in PICTURES:
            if not given.names or picture.name in given.names:
                file = given.out / f"{picture.name}.png"
                file.write_bytes(reduced(take(browser, picture, pages[picture.page])))
                print(f"{picture.name:16} {file.stat().st_size / 1000:6.0f} kB")
        browser.close()


def home(origin: str) -> str:
    """Read, keep and share some stories; return the address of the home page."""
    views = [read_story(origin, STORIES / name) for name in OTHERS]
    for method, view, action in (
        ("PUT", views[0], "pin"),
        ("PUT", views[3], "pin"),
        ("POST", views[2], "share"),
    ):
        with urlopen(Request(f"{origin}/api{view}/{action}", method=method)):  # noqa: S310 - our own backend
            pass
    return origin


def take(browser: Browser, picture: Picture, address: str) -> bytes:
    """Open a page as the picture says, and return it as PNG."""
    width, height, scale = DEVICES[picture.device]
    phone = picture.device in {"phone", "bars"}
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        reduced_motion="reduce",
        is_mobile=phone,
        has_touch=phone,
        locale=picture.language,
    )
    settings = json.dumps(
        json.dumps({"theme": picture.theme, "lines": picture.lines, "marks": picture.marks})
    )
    context.add_init_script(f"localStorage.setItem('personae.settings', {settings})")
    context.add_init_script(VOICE)
    context.route("https://**/*", draw)
    page = context.new_page()
    page.goto(address)
    if picture.page in {"story", "arabic", "japanese"}:
        page.wait_for_selector("html.ready", state="attached")
    page.evaluate("document.fonts.ready")
    if picture.act:
        ACTS[picture.act](page)
    if picture.act != "hover":
        page.mouse.move(2, 2)  # where no mark is
    page.wait_for_timeout(400)
    png = page.screenshot()
    context.close()
    return png


def reduced(png: bytes) -> bytes:
    """Return a PNG in 256 colours of its own: a third of the size, and letters as sharp as before.

    Maximum coverage keeps the rare colours of the marks, which a median cut would lose.
    """
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    colours = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    out = io.BytesIO()
    colours.save(out, "PNG", optimize=True)
    return out.getvalue()


def step(page: Page) -> None:
    """Go to the second mention of the first person of the cast."""
    for _ in range(2):
        page.locator(".key-actors .person a.name").first.click()


def mention(page: Page) -> None:
    """Go to the second mention of the first of the cast by the keyboard."""
    for _ in range(2):
        page.keyboard.press("n")


def hover(page: Page) -> None:
    """Rest on a mark in the text."""
    to_the_text(page)
    page.locator(".story mark.person").nth(2).hover()
    page.wait_for_selector(".hovercard:popover-open")


def card(page: Page) -> None:
    """Open the whole card of the first person."""
    page.locator(".key-actors .person .count").first.click()
    page.wait_for_selector(".card:popover-open")


def why(page: Page) -> None:
    """Open the evidence in a card."""
    card(page)
    page.locator(".card:popover-open .why summary").click()
    page.locator(".card:popover-open .why").evaluate("why => why.scrollIntoView({ block: 'start' })")


def correct(page: Page) -> None:
    """Open the form that corrects an actor."""
    card(page)
    page.locator(".card:popover-open .correct summary").click()
    page.wait_for_selector(".card:popover-open .correct input:focus")


def story_map(page: Page) -> None:
    """Open the story map in the middle of the story, an actor chosen."""
    page.locator(".to-map").click()
    if not page.evaluate("matchMedia('(pointer: coarse)').matches"):
        page.locator(".key-actors .person a.name").first.click()


def only(page: Page) -> None:
    """Show only the paragraphs with two actors together."""
    page.keyboard.press("2")
    page.keyboard.press("f")
    page.locator(".stepper .together select").select_option(index=1)
    page.evaluate("scrollTo(0, document.querySelector('.story').offsetTop - 120)")


def settings(page: Page) -> None:
    """Open the panel of settings."""
    page.keyboard.press("s")
    page.wait_for_selector(".panel:popover-open")


def listen(page: Page) -> None:
    """Have the first paragraph read aloud."""
    to_the_text(page)
    page.keyboard.press("l")
    page.wait_for_selector(".player:visible")
    page.evaluate(SAY_A_WORD)


def keys(page: Page) -> None:
    """Open the map of the keyboard."""
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")


def report(page: Page) -> None:
    """Open the dialog that composes a report, something said in it."""
    page.locator(".bar details.menu summary").click()
    page.locator(".actions li[data-order='60'] button").click()
    page.wait_for_selector("dialog[open]")
    page.locator("dialog[open] textarea").first.fill("The last paragraph of the story is missing.")


def removed(page: Page) -> None:
    """Unfold what was removed."""
    page.locator("details.removed summary").click()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def to_the_text(page: Page) -> None:
    """Scroll to where the story begins."""
    page.evaluate("scrollTo(0, document.querySelector('.story').offsetTop - 140)")


def forget(page: Page) -> None:
    """Ask for everything to be forgotten."""
    page.get_by_role("link", name="Forget everything…").click()
    page.wait_for_selector("dialog[open]")


ACTS: dict[str, Callable[[Page], None]] = {
    "step": step,
    "mention": mention,
    "hover": hover,
    "card": card,
    "why": why,
    "correct": correct,
    "map": story_map,
    "filter": only,
    "settings": settings,
    "listen": listen,
    "keys": keys,
    "report": report,
    "forget": forget,
    "removed": removed,
    "read": to_the_text,
}


if __name__ == "__main__":
    main()
