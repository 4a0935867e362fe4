"""Record the animation of the README: a busy news page, a click on the button, the reader, a name followed.

    python -m benchmarks.animation

The pages are real: the demonstration story in the look of its invented site (newspaper.css), and the page
that a running backend makes of it. A headless browser has no toolbar, so `animation.html` draws one around
pictures of those pages, with the pointer; its button does what the extension's does. Frames come from
Chromium and are put together with Pillow into `docs/screenshots/click.webp`, which plays three times and
rests on its last frame. Needs the packages of `make setup-dev` and `make bench`, and Inter for the same
letters.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.demonstration import CHROMIUM, ROOT, STORY, backend, draw, free_port, read_story
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

OUT = ROOT / "docs" / "screenshots" / "click.webp"
HERE = Path(__file__).parent
STAGE = {"width": 1200, "height": 760}  # CSS pixels: as large as animation.html
PAGE = {"width": 1198, "height": 666}
SCALE = 0.75  # device pixels to a CSS pixel: 900 pixels wide
FRAME = 50  # milliseconds of a frame while something moves
TIMES = 3
QUALITY = 78
NEWS = (
    "Iceland and Norway to share storm warnings | The Harbour Ledger",
    "www.harbourledger.test/2025/10/14/storm…",
)
READER = (NEWS[0], "127.0.0.1:8765/read/…")


@dataclass(frozen=True)
class Scene:
    """What the stage shows. page: a PNG; x, y: the pointer's tip in CSS pixels of the stage."""

    page: bytes
    title: str
    address: str
    x: float
    y: float
    badge: str = ""
    over: bool = False
    pressed: bool = False
    ring: bool = False


@dataclass
class Film:
    """Frames as they are taken, each with how long it stands, in milliseconds."""

    stage: Page
    frames: list[Image.Image] = field(default_factory=list)
    durations: list[int] = field(default_factory=list)

    def hold(self, scene: Scene, milliseconds: int = FRAME) -> Scene:
        """Add a frame, and return its scene."""
        page = "data:image/png;base64," + base64.b64encode(scene.page).decode()
        self.stage.evaluate("scene => show(scene)", {**vars(scene), "page": page})
        png = self.stage.screenshot()
        self.frames.append(Image.open(io.BytesIO(png)).convert("RGB"))
        self.durations.append(milliseconds)
        return scene

    def move(self, scene: Scene, x: float, y: float, steps: int = 12) -> Scene:
        """Move the pointer, slow at both ends, and return the scene in which it has arrived."""
        for step in range(1, steps + 1):
            way = eased(step / steps)
            self.hold(replace(scene, x=scene.x + (x - scene.x) * way, y=scene.y + (y - scene.y) * way))
        return replace(scene, x=x, y=y)

    def save(self, file: Path) -> None:
        """Write the animation as WebP."""
        first, *others = self.frames
        first.save(
            file,
            save_all=True,
            append_images=others,
            duration=self.durations,
            loop=TIMES,
            quality=QUALITY,
            method=6,
            allow_mixed=True,
        )


def main() -> None:
    """Record, and say how large the file is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=OUT)
    out: Path = parser.parse_args().out
    with backend(free_port()) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        stage = browser.new_page(viewport=STAGE, device_scale_factor=SCALE)  # type: ignore[arg-type]
        stage.goto((HERE / "animation.html").as_uri())
        icon = (ROOT / "extension" / "icons" / "icon.svg").read_text("utf-8")
        stage.locator(".button").evaluate(
            "(button, icon) => button.insertAdjacentHTML('afterbegin', icon)", icon
        )
        film = Film(stage)
        record(film, news_page(browser), reader_page(browser, origin + read_story(origin)))
        film.save(out)
        browser.close()
    seconds = sum(film.durations) / 1000
    print(f"{out.name}: {out.stat().st_size / 1e6:.2f} MB, {seconds:.1f} s, {len(film.frames)} frames")


def record(film: Film, news: Page, reader: Page) -> None:
    """Play the scenes."""
    button = film.stage.evaluate("buttonAt()")
    scene = Scene(news.screenshot(), *NEWS, x=620, y=470)
    film.hold(scene, 1100)
    scene = replace(film.move(scene, *button), over=True)
    film.hold(scene, 150)
    film.hold(replace(scene, pressed=True, ring=True), 150)
    film.hold(replace(scene, badge="…"), 350)
    scene = replace(scene, page=reader.screenshot(), title=READER[0], address=READER[1], badge="✓")
    film.hold(scene, 900)
    name = reader.locator(".key-actors .person a.name").first
    scene = replace(scene, over=False)
    for _ in range(2):
        scene = follow(film, scene, reader, name)
    film.hold(scene, 900)


def follow(film: Film, scene: Scene, reader: Page, name: Locator) -> Scene:
    """Click a name of the cast, let the page go to the mention, and return the scene then."""
    x, y = place_of(film, name)
    scene = replace(film.move(scene, x, y, steps=12 if abs(y - scene.y) > 100 else 5), badge="")
    film.hold(replace(scene, ring=True), 150)
    before = reader.evaluate("scrollY")
    name.evaluate("name => name.click()")
    after = reader.evaluate("scrollY")
    steps = 7 if abs(after - before) > 1 else 1
    for step in range(1, steps + 1):
        reader.evaluate("y => scrollTo(0, y)", before + (after - before) * eased(step / steps))
        scene = replace(scene, page=reader.screenshot())
        film.hold(scene)
    film.hold(scene, 800)
    return scene


def eased(way: float) -> float:
    """Return how far something is that starts and stops gently; 0 to 1, as is the time."""
    return way * way * (3 - 2 * way)


def place_of(film: Film, target: Locator) -> tuple[float, float]:
    """Return where on the stage the middle of an element of the page is."""
    left, top = film.stage.evaluate("pageAt()")
    box = target.bounding_box()
    if box is None:
        raise LookupError("the reader page shows no cast")
    return left + box["x"] + min(box["width"] / 2, 70), top + box["y"] + box["height"] / 2


def news_page(browser: Browser) -> Page:
    """Open the demonstration story as its own site shows it."""
    page = browser.new_page(viewport=PAGE, device_scale_factor=SCALE)  # type: ignore[arg-type]
    address = json.loads((STORY / "expected.json").read_text("utf-8"))["url"]
    html = (STORY / "source.html").read_text("utf-8")
    page.route("https://**/*", draw)
    page.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(address)
    page.add_style_tag(path=HERE / "newspaper.css")
    return page


def reader_page(browser: Browser, address: str) -> Page:
    """Open the reader on the story."""
    page = browser.new_page(viewport=PAGE, device_scale_factor=SCALE, reduced_motion="reduce")  # type: ignore[arg-type]
    page.route("https://**/*", draw)
    page.goto(address)
    page.wait_for_selector("html.ready", state="attached")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    return page


if __name__ == "__main__":
    main()
