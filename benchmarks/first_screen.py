"""How much of a phone's first screen is story: where the first line of each page stands.

    python -m benchmarks.first_screen [--height PIXELS] [--pictures FOLDER] [NAME ...]

A telephone of 390 by 844 CSS pixels whose browser keeps 180 of them for its own bars shows 390 by 664. Starts
`personae serve` with a store of its own, sends it each page of tests/pages as the extension would, opens what
it promises in Chromium, and prints where the first line ends, and on which share of the pages that line is
wholly on the screen. Pictures are answered with one of 1200 by 800, the agencies' shape. A page with nothing
to read is passed over. Needs the packages of `make setup-dev` (Playwright) and Chromium.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

from benchmarks.demonstration import CHROMIUM, STORIES, backend, free_port, read_story
from playwright.sync_api import Browser, Route, sync_playwright

WIDTH, HEIGHT = 390, 664
NOTHING_TO_READ = 422
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800">'
    '<rect width="1200" height="800" fill="#9aa7a4"/></svg>'
)

# The first line of the text, a sub-heading too: no caption, table or control.
FOOT_OF_FIRST_LINE = """() => {
  const story = document.querySelector(".story");
  const texts = document.createTreeWalker(story, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const isNoLine = text.parentElement.closest("figure, table, button");
    if (isNoLine || !text.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const line = [...range.getClientRects()].find(({ width, height }) => width > 0 && height > 0);
    if (line) return Math.round(line.bottom + scrollY);
  }
  return null;
}"""


def main() -> None:
    """Measure all pages, or those that are named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="only these pages")
    parser.add_argument("--height", type=int, default=HEIGHT, help="CSS pixels; default: %(default)s")
    parser.add_argument("--pictures", type=Path, help="where to write each first screen")
    given = parser.parse_args()
    names = given.names or sorted(page.parent.name for page in STORIES.glob("*/source.html"))
    with backend(free_port()) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        feet = dict(first_lines(browser, origin, names, given.height, given.pictures))
        browser.close()
    for name, foot in sorted(feet.items(), key=lambda pair: pair[1]):
        print(f"{foot:5}  {'' if foot <= given.height else 'below '}{name}")
    seen = sum(foot <= given.height for foot in feet.values())
    middle = sorted(feet.values())[len(feet) // 2]
    print(f"\n{WIDTH} x {given.height}: a line of the story on {seen} of {len(feet)} pages", end=" ")
    print(f"({seen / len(feet):.0%}); the median first line ends at {middle}")


def first_lines(
    browser: Browser, origin: str, names: list[str], height: int, pictures: Path | None
) -> Iterator[tuple[str, int]]:
    """Yield each page that holds something to read with its first line's foot, in CSS pixels from the top."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": height},
        device_scale_factor=1,
        is_mobile=True,
        has_touch=True,
        reduced_motion="reduce",
        locale="en",
    )
    context.route(lambda address: not address.startswith(origin), answer)
    page = context.new_page()
    for name in names:
        try:
            address = origin + read_story(origin, STORIES / name)
        except HTTPError as refusal:
            if refusal.code != NOTHING_TO_READ:
                raise
            continue
        page.goto(address)
        page.wait_for_selector("html.ready", state="attached")
        page.evaluate("document.fonts.ready")
        foot = page.evaluate(FOOT_OF_FIRST_LINE)
        if pictures:
            pictures.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=pictures / f"{name}.png")
        if foot is not None:
            yield name, foot
    context.close()


def answer(route: Route) -> None:
    """Answer for a story's picture."""
    route.fulfill(body=PICTURE, content_type="image/svg+xml")


if __name__ == "__main__":
    main()
