"""Take the pictures for the stores' pages, from the demonstration story and the extension as they are.

    .venv/bin/python -m tools.store_pictures

Starts `personae serve` with a store of its own, and Chromium with the extension, and writes into
`extension/store/`: five screenshots of 1280 by 800 pixels, the size that the stores ask, and the tile of
440 by 280. Nothing is asked for from elsewhere. Install Inter to get the same letters.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

from benchmarks.demonstration import CHROMIUM, PICTURE_HOST, ROOT, backend, draw, free_port, read_story
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

EXTENSION = ROOT / "extension"
SCREENSHOT = {"width": 1280, "height": 800}
TILE = {"width": 440, "height": 280}
RULES = {"www.harbourledger.example": "always", "post.example": "always", "shop.example": "never"}


class Picture(NamedTuple):
    """One screenshot: its file's name, the theme, and what a script does to the page first."""

    name: str
    scheme: Literal["light", "dark"] = "light"
    act: str = ""


READER = [
    Picture("1-reader"),
    Picture("2-actor", act="document.querySelector('.key-actors .person .count').click()"),
    Picture("3-dark", "dark"),
    Picture(
        "4-removed",
        act="""document.querySelector('details.removed').open = true;
            document.querySelector('details.removed').scrollIntoView({ block: 'center' })""",
    ),
]


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=EXTENSION / "store")
    out: Path = parser.parse_args().out
    with (
        backend(free_port()) as origin,
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as profile,
    ):
        article = origin + read_story(origin)
        context = browser(playwright, profile)
        page = context.new_page()
        page.goto(article)
        for picture in READER:
            page.emulate_media(color_scheme=picture.scheme)
            page.goto(article)
            page.evaluate("document.fonts.ready")
            page.evaluate(picture.act)
            take(page, out / f"{picture.name}.png")
        page.emulate_media(color_scheme="light")
        show_options(context, page)
        take(page, out / "5-sites.png")
        show_tile(page)
        take(page, out / "tile.png")
        context.close()


def browser(playwright: Playwright, profile: str) -> BrowserContext:
    """Start Chromium with the extension, on paper of the stores' size."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        viewport={"width": SCREENSHOT["width"], "height": SCREENSHOT["height"]},
        reduced_motion="reduce",
        ignore_default_args=["--disable-extensions"],
        args=[
            "--no-sandbox",
            f"--disable-extensions-except={EXTENSION}",
            f"--load-extension={EXTENSION}",
        ],
    )
    context.route(f"https://{PICTURE_HOST}/**", draw)
    return context


def show_options(context: BrowserContext, page: Page) -> None:
    """Show the rules in the options, some of them set."""
    workers = context.service_workers
    worker = workers[0] if workers else context.wait_for_event("serviceworker")
    page.goto(worker.url.replace("background.js", "options/options.html"))
    page.evaluate("rules => chrome.storage.local.set({ rules })", RULES)
    # The page's own policy lets no string be evaluated again and again in it.
    page.locator("#rules li").nth(len(RULES) - 1).wait_for()
    # The permissions themselves are given in the browser's own dialogue.
    page.evaluate("document.querySelectorAll('.withdrawn, .allow').forEach(one => { one.hidden = true; })")
    page.evaluate("document.querySelector('#sites-title').scrollIntoView(); scrollBy(0, -40)")


def show_tile(page: Page) -> None:
    """Show the small picture that stands for the extension in a store's lists."""
    page.set_viewport_size({"width": TILE["width"], "height": TILE["height"]})
    page.goto("about:blank")
    icon = (EXTENSION / "icons" / "icon.svg").read_text("utf-8")
    page.set_content(
        f"""<!doctype html><style>
        body {{ display: grid; place-content: center; justify-items: center; gap: 14px; height: 100vh;
          margin: 0; background: #fbfaf6; color: #23211d; font: 17px/1.4 Inter, system-ui, sans-serif }}
        svg {{ width: 96px }}
        b {{ font-size: 34px; letter-spacing: -.015em }}
        p {{ margin: 0; color: #5f5a51 }}
        </style>{icon}<b>Personae</b><p>See who is in the story</p>"""
    )


def take(page: Page, file: Path) -> None:
    """Write what is in the window, once it has come to rest."""
    page.wait_for_timeout(300)
    page.screenshot(path=file)


if __name__ == "__main__":
    main()
