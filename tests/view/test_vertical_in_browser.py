"""Vertical lines in a real browser: who is offered them, that they are vertical, and that all goes along with them."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect
from tests.view.browsing import DESKTOP, ORIGIN, PHONE, Build, Open, fits, reader, until
from tests.view.test_listening_in_browser import voices

from personae.markup.sanitize import clean
from personae.model import Article, LeadImage

JAPANESE = "三浦市長は12日に港で会見し、潮見研究所と結んだ協定を明らかにした。漁師ら40人が聞いた。" * 4
CHINESE = "林雅筠三日在臺南宣布，海面上將設12座浮標，資料每24小時公開一次，漁民可以免費使用。" * 4
KOREAN = "김하늘 시장은 3일 항구에서 기자들을 만나 새 협정의 내용을 처음으로 밝혔다. " * 4
MONGOLIAN = "ᠪᠠᠲᠤ ᠲᠠᠯᠠ ᠨᠤᠲᠤᠭ ᠲᠤ ᠪᠣᠷᠣᠭᠠ ᠣᠷᠣᠬᠤ ᠶᠢ ᠦᠵᠡᠵᠦ ᠪᠠᠶᠠᠷᠯᠠᠪᠠ᠃ " * 6
CYRILLIC = "Бат хээр нутагт бороо орохыг хараад баярлав. " * 6
ARABIC = "غادرت العبارة الجزيرة قبل أن يصل المطر إلى التلال. " * 6

STORED = "localStorage.setItem('personae.settings', {})"
# Where the headline, the picture and the story begin and the cast stands, on every frame; null: not there yet.
FRAMES = """;
globalThis.framesOfLoading = [];
(function frame() {
  const right = (css) => document.querySelector(css)?.getBoundingClientRect().right ?? null;
  framesOfLoading.push(["h1", ".lead", ".story", ".cast"].map(right));
  requestAnimationFrame(frame);
})();
"""
VERTICAL = f"if (location.protocol === 'http:' && !localStorage.length) {STORED.format(repr(json.dumps({'lines': 'vertical'})))}"

# The boxes of the lines of an element's text, in the order of the text.
LINES = """e => {
  const range = document.createRange();
  range.selectNodeContents(e);
  const lines = [];
  for (const { left, top, right, bottom } of range.getClientRects()) {
    const last = lines.at(-1);
    const isVertical = getComputedStyle(e).writingMode !== "horizontal-tb";
    const isSame = last && (isVertical ? left < last.right - 4 && right > last.left + 4
                                       : top < last.bottom - 4 && bottom > last.top + 4);
    if (!isSame) lines.push({ left, top, right, bottom });
    else Object.assign(last, { left: Math.min(last.left, left), top: Math.min(last.top, top),
                               right: Math.max(last.right, right), bottom: Math.max(last.bottom, bottom) });
  }
  return lines;
}"""
SEEN = """e => {
  const box = e.getBoundingClientRect();
  const page = document.querySelector(".page").getBoundingClientRect();
  return box.left >= page.left - 1 && box.right <= page.right + 1 && box.top >= page.top && box.bottom <= innerHeight;
}"""


def lines(element: Locator) -> list[dict[str, float]]:
    found: list[dict[str, float]] = element.evaluate(LINES)
    return found


def is_seen(element: Locator) -> bool:
    """Tell whether all of an element is in the part of the window where the story runs."""
    return bool(element.evaluate(SEEN))


def passed(page: Page) -> float:
    return float(page.evaluate("Math.abs(document.querySelector('.page').scrollLeft)"))


def mode(element: Locator) -> str:
    return str(element.evaluate("e => getComputedStyle(e).writingMode"))


def style(element: Locator, name: str) -> str:
    return str(element.evaluate("(e, name) => getComputedStyle(e)[name]", name))


@pytest.fixture
def in_script(build_article: Build, named: Any) -> Any:
    """Return a story of some parts in a language, its text given."""

    def build(text: str, language: str, name: str = "") -> Article:
        paragraphs = [f"（{i}）{text.strip()}" for i in range(18)]
        for place, heading in ((14, "Part 14"), (9, "Part 9"), (4, "Part 4")):
            paragraphs.insert(place, heading)
        article = build_article(
            paragraphs,
            [named(name)] if name else [],
            title=text[:24],
            language=language,
            url="https://herald.example/a",
            site="The Herald",
        )
        content = article.content
        for heading, tag in (("Part 4", "h2"), ("Part 9", "h3"), ("Part 14", "h2")):
            content = content.replace(f"<p>{heading}</p>", f"<{tag}>{heading}</{tag}>")
        return clean(replace(article, content=content))

    return build


@pytest.fixture
def japanese(in_script: Any) -> Article:
    return in_script(JAPANESE, "ja", "三浦市長")


@pytest.fixture
def mongolian(in_script: Any) -> Article:
    return in_script(MONGOLIAN, "mn", "ᠪᠠᠲᠤ")


# ---------------------------------------------------------------- the setting


@pytest.mark.parametrize(
    ("text", "language", "chosen"),
    [
        (JAPANESE, "ja", "Horizontal"),
        (CHINESE, "zh-tw", "Horizontal"),
        (KOREAN, "ko", "Horizontal"),
        (MONGOLIAN, "mn", "Vertical"),
    ],
    ids=["Japanese", "Chinese", "Korean", "Mongolian"],
)
def test_lines_are_chosen_where_the_script_has_both_ways(
    show: Open, in_script: Any, text: str, language: str, chosen: str
) -> None:
    page = show(reader(in_script(text, language)))
    assert (mode(page.locator(".story")) == "horizontal-tb") == (chosen == "Horizontal")
    page.keyboard.press("s")
    group = page.get_by_role("group", name="Lines")
    assert group.get_by_role("radio").evaluate_all("all => all.map(one => one.value)") == [
        "horizontal",
        "vertical",
    ]
    assert group.get_by_role("radio", name=chosen).is_checked()


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [("The ferry left. " * 9, "en", "ltr"), (ARABIC, "ar", "rtl"), (CYRILLIC, "mn", "ltr")],
    ids=["English", "Arabic", "Mongolian in Cyrillic letters"],
)
def test_no_other_language_offers_them_or_heeds_the_choice(
    show: Open, in_script: Any, text: str, language: str, direction: str
) -> None:
    article = replace(in_script(text, language), direction=direction)
    page = show(reader(article), before=VERTICAL)
    page.keyboard.press("s")
    expect(page.get_by_role("dialog", name="Display settings")).to_be_visible()
    expect(page.get_by_role("group", name="Lines")).to_have_count(0)
    assert mode(page.locator(".story")) == "horizontal-tb"


def test_a_choice_shows_at_once_and_again_on_the_next_page(show: Open, japanese: Article) -> None:
    page = show(reader(japanese))
    page.keyboard.press("s")
    page.get_by_role("radio", name="Vertical").check()
    assert mode(page.locator(".story")) == "vertical-rl"
    page.reload()
    assert mode(page.locator(".story")) == "vertical-rl"
    page.wait_for_selector("html.ready", state="attached")
    page.keyboard.press("s")
    page.get_by_role("radio", name="Horizontal").check()
    assert mode(page.locator(".story")) == "horizontal-tb"
    assert page.evaluate("localStorage.getItem('personae.settings')") == "{}"


def test_each_kind_of_script_has_its_own_choice_and_both_leave_as_a_file(
    show: Open, mongolian: Article
) -> None:
    page = show(reader(mongolian), before=VERTICAL)
    page.keyboard.press("s")
    page.get_by_role("radio", name="Horizontal").check()
    assert mode(page.locator(".story")) == "horizontal-tb"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export").click()
    text = saved.value.path().read_text()
    assert json.loads(text) == {"personae": "settings", "lines": "vertical", "mongolianLines": "horizontal"}
    page.get_by_role("button", name="Reset").click()
    assert mode(page.locator(".story")) == "vertical-lr"
    file: FilePayload = {"name": "settings.json", "mimeType": "application/json", "buffer": text.encode()}
    page.locator('.display input[type="file"]').set_input_files(file)
    page.get_by_text("The settings are imported.").wait_for()
    assert mode(page.locator(".story")) == "horizontal-tb"


# ---------------------------------------------------------------- the lines


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_japanese_runs_down_and_its_lines_from_the_right(
    show: Open, japanese: Article, size: tuple[int, int]
) -> None:
    page = show(reader(japanese), size=size, before=VERTICAL)
    boxes = lines(page.locator(".story p").first)
    assert len(boxes) > 2
    assert all(box["bottom"] - box["top"] > 3 * (box["right"] - box["left"]) for box in boxes[:-1])
    assert all(after["right"] <= before["left"] + 8 for before, after in pairwise(boxes))
    title, story = (page.locator(css).bounding_box() for css in ("h1", ".story"))
    assert title["x"] > story["x"] + story["width"] - 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_mongolian_runs_down_and_its_lines_from_the_left_also_without_scripts(
    show: Open, mongolian: Article, size: tuple[int, int]
) -> None:
    page = show(reader(mongolian), size=size, java_script_enabled=False)
    boxes = lines(page.locator(".story p").first)
    assert len(boxes) > 2
    assert all(box["bottom"] - box["top"] > 3 * (box["right"] - box["left"]) for box in boxes[:-1])
    assert all(after["left"] >= before["right"] - 8 for before, after in pairwise(boxes))
    assert page.locator("h1").bounding_box()["x"] < page.locator(".story").bounding_box()["x"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE, (1280, 700), (844, 390)], ids=str)
def test_a_line_fits_the_window_and_only_the_story_moves_sideways(
    show: Open, japanese: Article, size: tuple[int, int]
) -> None:
    page = show(reader(japanese), size=size, before=VERTICAL)
    assert fits(page)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    bar = page.locator(".bar").bounding_box()
    story = page.locator(".story").bounding_box()
    assert story["y"] >= bar["y"] + bar["height"]
    assert story["y"] + story["height"] <= size[1] - 60  # where the bar of mentions floats
    assert page.evaluate("(p => p.scrollWidth > p.clientWidth)(document.querySelector('.page'))")


def test_a_line_has_thirty_five_to_forty_characters_either_way(show: Open, japanese: Article) -> None:
    page = show(reader(japanese))
    story = page.locator(".story")
    size = float(style(story, "fontSize").removesuffix("px"))
    assert 35 <= story.bounding_box()["width"] / size <= 40
    page.evaluate("personaeSettings.apply({ lines: 'vertical' })")
    assert 35 <= story.bounding_box()["height"] / size <= 40
    page.evaluate("personaeSettings.apply({ lines: 'vertical', width: 0.6 })")
    assert story.bounding_box()["height"] / size < 25


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_is_no_text_stays_horizontal_and_fits(
    show: Open, japanese: Article, size: tuple[int, int]
) -> None:
    tall = '<figure><img src="https://img.example/t.jpg" width="900" height="1600" alt="t"><figcaption>港</figcaption></figure>'
    unsized = '<figure><img src="https://img.example/u.jpg" alt="u"></figure>'
    row = "<tr><td>一つ目の列</td><td>二つ目の列</td><td>三つ目の列</td></tr>"
    table = f"<table><tbody>{row * 40}</tbody></table>"
    code = f"<pre><code>{'x = 1 + 2; ' * 40}</code></pre>"
    lead = LeadImage("https://img.example/a.jpg", width=1200, height=675, caption="海")
    article = clean(
        replace(japanese, content=tall + unsized + table + code + japanese.content, lead_image=lead)
    )
    page = show(reader(article), size=size, before=VERTICAL)
    line = page.locator(".story").bounding_box()["height"]
    for css in (".lead", ".story figure >> nth=0", ".story figure >> nth=1", ".story .scroll", ".story pre"):
        block = page.locator(css)
        block.scroll_into_view_if_needed()
        assert mode(block) == "horizontal-tb", css
        box = block.bounding_box()
        assert box["height"] <= line + 1, css
        assert box["width"] <= size[0], css
        assert box["height"] > 20, css
    for css in (".cast", ".account", "figcaption >> nth=0", ".map", ".bar"):
        assert mode(page.locator(css)) == "horizontal-tb", css
    picture = page.locator(".story img").first
    caption = page.locator(".story figcaption").first
    assert picture.bounding_box()["width"] > 40
    assert (
        picture.bounding_box()["y"] + picture.bounding_box()["height"] <= caption.bounding_box()["y"] + 1
    )  # below it
    long_table = page.locator(".story .scroll")
    assert long_table.evaluate("e => e.scrollHeight > e.clientHeight")
    expect(long_table).to_have_attribute("tabindex", "0")


@pytest.mark.parametrize(
    ("story", "side"),
    [
        ((JAPANESE, "ja", "三浦市長"), "right"),
        ((KOREAN, "ko", "김하늘"), "right"),
        ((CHINESE, "zh-tw", "林雅筠"), "left"),
        ((MONGOLIAN, "mn", "ᠪᠠᠲᠤ"), "right"),
    ],
    ids=["Japanese", "Korean", "Chinese", "Mongolian"],
)
def test_the_line_of_a_mark_is_on_the_side_that_its_script_has(
    show: Open, in_script: Any, story: tuple[str, str, str], side: str
) -> None:
    page = show(reader(in_script(*story)), before=VERTICAL)
    assert style(page.locator(".story mark.actor").first, "textUnderlinePosition") == side


@pytest.mark.parametrize("marks", ["calm", "full", "off"])
def test_marks_are_as_the_reader_chose(show: Open, japanese: Article, marks: str) -> None:
    stored = STORED.format(repr(json.dumps({"lines": "vertical", "marks": marks})))
    mark = show(reader(japanese), before=stored).locator(".story mark.key").first
    assert (style(mark, "backgroundImage") != "none") == (marks == "full")
    assert style(mark, "textDecorationLine") == ("none" if marks == "off" else "underline")


def test_a_number_of_two_figures_stands_upright_in_one_place(show: Open, japanese: Article) -> None:
    page = show(reader(japanese))
    number = page.locator(".story .upright").first
    flat = number.bounding_box()
    page.evaluate("personaeSettings.apply({ lines: 'vertical' })")
    size = float(style(number, "fontSize").removesuffix("px"))
    assert style(number, "textCombineUpright") == "all"
    assert number.bounding_box()["height"] <= 1.05 * size
    assert flat["height"] > size  # lying it was as high as its line


def test_the_cast_stands_where_the_story_ends_and_covers_none_of_it(
    show: Open, japanese: Article, mongolian: Article
) -> None:
    page = show(reader(japanese), before=VERTICAL)
    cast, way = page.locator(".cast").bounding_box(), page.locator(".page").bounding_box()
    assert cast["x"] + cast["width"] <= way["x"]
    page.keyboard.press("PageDown")
    until(page, "document.querySelector('.page').scrollLeft < -300")
    assert page.locator(".cast").bounding_box() == cast
    page.locator(".entry .count").first.click()
    card = page.locator(".card:popover-open").bounding_box()
    assert card["x"] >= 0
    assert card["x"] + card["width"] <= way["x"]
    page = show(reader(mongolian))
    cast, way = page.locator(".cast").bounding_box(), page.locator(".page").bounding_box()
    assert way["x"] + way["width"] <= cast["x"]


@pytest.mark.parametrize("window", [DESKTOP, (844, 390)], ids=["high", "low"])
@pytest.mark.parametrize("sides", [(1200, 600), (600, 900), (None, None)], ids=["wide", "tall", "unknown"])
def test_nothing_moves_while_the_page_loads(
    show: Open, japanese: Article, sides: tuple[int | None, int | None], window: tuple[int, int]
) -> None:
    """Measured on every frame: the layout shifts that Chromium tells of count a longer way as a shift."""
    lead = LeadImage(f"https://img.example/{sides[0]}x{sides[1]}.jpg", width=sides[0], height=sides[1])
    with_lead = reader(replace(japanese, lead_image=lead))
    page = show(with_lead, before=VERTICAL + FRAMES, size=window, picture_delay=0.3)
    until(page, "document.images[0].complete && document.fonts.status === 'loaded'")
    page.wait_for_timeout(100)
    frames = page.evaluate("framesOfLoading")
    assert len(frames) > 1
    for moves in zip(*frames, strict=True):
        seen = [place for place in moves if place is not None]
        assert max(seen) - min(seen) < 4  # CSS pixels: letters of the page's own font are a little wider


# ---------------------------------------------------------------- going through the story


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("script", ["japanese", "mongolian"])
def test_stepping_brings_each_mention_into_view(
    show: Open, request: pytest.FixtureRequest, script: str, size: tuple[int, int]
) -> None:
    page = show(reader(request.getfixturevalue(script)), size=size, before=VERTICAL)
    places = []
    for _ in range(30):
        page.keyboard.press("n")
        assert is_seen(page.locator("mark.now"))
        places.append(passed(page))
    assert places == sorted(places)
    assert places[-1] > 100
    page.keyboard.press("p")
    assert is_seen(page.locator("mark.now"))
    stepper, mark = page.locator(".stepper").bounding_box(), page.locator("mark.now").bounding_box()
    assert mark["y"] + mark["height"] <= stepper["y"]


@pytest.mark.parametrize("script", ["japanese", "mongolian"])
def test_j_k_and_the_outline_lead_along(show: Open, request: pytest.FixtureRequest, script: str) -> None:
    page = show(reader(request.getfixturevalue(script)), before=VERTICAL)
    focused = "document.activeElement.textContent.slice(0, 6)"
    in_view = "e => { const b = e.getBoundingClientRect(); const p = document.querySelector('.page')"
    in_view += ".getBoundingClientRect(); return b.right > p.left && b.left < p.right; }"
    for expected in ("（0）", "（1）", "（2）", "（3）", "Part 4", "（4）"):
        page.keyboard.press("j")
        assert str(page.evaluate(focused)).startswith(expected)
        assert page.locator(".story .current").evaluate(in_view)
    page.keyboard.press("k")
    assert page.evaluate(focused) == "Part 4"
    page.keyboard.press("o")
    panel = page.get_by_role("dialog", name="Outline")
    assert panel.locator("[aria-current=location]").inner_text() == "Part 4"
    panel.get_by_role("link", name="Part 9").click()
    assert page.evaluate(focused) == "Part 9"
    assert is_seen(page.locator(".story h3"))
    page.keyboard.press("o")
    assert panel.locator("[aria-current=location]").inner_text() == "Part 9"


@pytest.mark.parametrize("script", ["japanese", "mongolian"])
def test_the_wheel_and_the_keys_that_turn_a_page_move_the_story(
    show: Open, request: pytest.FixtureRequest, script: str
) -> None:
    page = show(reader(request.getfixturevalue(script)), before=VERTICAL)
    page.mouse.move(700, 500)
    page.mouse.wheel(0, 300)
    until(page, "Math.abs(document.querySelector('.page').scrollLeft) === 300")
    page.mouse.wheel(0, -300)
    until(page, "document.querySelector('.page').scrollLeft === 0")
    window = float(page.evaluate("document.querySelector('.page').clientWidth"))
    for key, parts in (("PageDown", 0.85), (" ", 1.7), ("Shift+ ", 0.85), ("PageUp", 0)):
        page.keyboard.press(key)
        assert passed(page) == pytest.approx(parts * window, abs=2)
    page.keyboard.press("End")
    assert page.evaluate(
        "(p => Math.abs(p.scrollLeft) + p.clientWidth >= p.scrollWidth - 1)(document.querySelector('.page'))"
    )
    page.keyboard.press("Home")
    assert passed(page) == 0
    page.get_by_role("button", name="Display settings").focus()
    page.keyboard.press("PageDown")
    assert passed(page) == 0  # the keys are those of what has the focus


def test_the_wheel_moves_a_long_table_first(show: Open, japanese: Article) -> None:
    table = f"<table><tbody>{'<tr><td>海</td></tr>' * 60}</tbody></table>"
    page = show(reader(replace(japanese, content=table + japanese.content)), before=VERTICAL)
    page.locator(".story .scroll").hover()
    before = passed(page)
    page.mouse.wheel(0, 200)
    until(page, "document.querySelector('.story .scroll').scrollTop > 100")
    assert passed(page) == before


# The beginning of the paragraph that stands where the story comes in.
AT_EDGE = """(() => {
  const port = document.querySelector('.page').getBoundingClientRect();
  const isFromLeft = getComputedStyle(document.querySelector('.page')).writingMode === 'vertical-lr';
  return [...document.querySelectorAll('.story p')].find(p => {
    const box = p.getBoundingClientRect();
    return isFromLeft ? box.right > port.left + 40 : box.left < port.right - 40;
  }).textContent.slice(0, 4);
})()"""


def at_edge(page: Page) -> str:
    return str(page.evaluate(AT_EDGE))


def read_to(page: Page, paragraph: int) -> str:
    """Move the story so that some lines of a paragraph have gone; return its beginning."""
    place = page.locator(".story p").nth(paragraph)
    page.evaluate(
        """p => {
          const page = document.querySelector('.page');
          const port = page.getBoundingClientRect(), box = p.getBoundingClientRect();
          const isFromLeft = getComputedStyle(page).writingMode === 'vertical-lr';
          page.scrollBy({ left: isFromLeft ? box.left - port.left + 60 : box.right - port.right - 60, behavior: 'instant' });
        }""",
        place.element_handle(),
    )
    page.wait_for_timeout(400)
    return place.inner_text()[:4]


@pytest.mark.parametrize("script", ["japanese", "mongolian"])
def test_on_return_the_story_stands_where_the_reader_was_in_any_window(
    show: Open, request: pytest.FixtureRequest, script: str
) -> None:
    page = show(reader(request.getfixturevalue(script)), before=VERTICAL)
    was = read_to(page, 8)
    assert at_edge(page) == was
    for size in (DESKTOP, PHONE, (1280, 700)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        until(page, f"innerWidth === {size[0]} && {AT_EDGE} === {was!r}")
        page.goto("about:blank")
        page.goto(f"{ORIGIN}/read/x")
        until(page, "document.querySelector('.page').scrollLeft !== 0")
        assert at_edge(page) == was
    until(page, "document.documentElement.classList.contains('ready')")
    page.get_by_role("button", name="Back to the top").click()
    until(page, "document.querySelector('.page').scrollLeft === 0")


def test_the_place_is_kept_when_the_lines_turn(show: Open, japanese: Article) -> None:
    page = show(reader(japanese), before=VERTICAL)
    was = read_to(page, 8)
    page.keyboard.press("s")
    page.get_by_role("radio", name="Horizontal").check()
    below_bar = "[...document.querySelectorAll('.story p')].find(p => p.getBoundingClientRect().bottom > 80)"
    assert str(page.evaluate(f"{below_bar}.textContent")).startswith(was)
    page.wait_for_timeout(400)
    page.get_by_role("radio", name="Vertical").check()
    assert at_edge(page) == was


def test_a_story_read_to_its_end_begins_again(show: Open, japanese: Article) -> None:
    page = show(reader(japanese), before=VERTICAL)
    page.keyboard.press("End")
    page.wait_for_timeout(400)
    page.goto("about:blank")
    page.goto(f"{ORIGIN}/read/x")
    until(page, "document.documentElement.classList.contains('ready')")
    assert passed(page) == 0


def test_a_link_to_a_place_leads_there(show: Open, japanese: Article) -> None:
    page = show(reader(japanese), before=VERTICAL)
    page.goto("about:blank")
    page.goto(f"{ORIGIN}/read/x#m40")
    until(page, "document.querySelector('.page').scrollLeft < -300")
    assert is_seen(page.locator("#m40"))


def test_progress_and_lanes_tell_how_far_the_reader_is(show: Open, japanese: Article) -> None:
    page = show(reader(japanese), before=VERTICAL)
    bar = "document.querySelector('.progress').getBoundingClientRect().width / innerWidth"
    at = "Number(getComputedStyle(document.documentElement).getPropertyValue('--at'))"
    assert page.evaluate(bar) == 0
    assert page.evaluate(at) < 0.1
    page.evaluate(
        "(p => p.scrollTo({ left: -(p.scrollWidth - p.clientWidth) / 2 }))(document.querySelector('.page'))"
    )
    until(page, f"Math.abs({bar} - 0.5) < 0.01")
    until(page, f"{at} > 0.3 && {at} < 0.7")
    assert page.evaluate("document.querySelector('.progress').getBoundingClientRect().right === innerWidth")
    page.keyboard.press("End")
    until(page, f"{bar} > 0.99")
    until(page, f"{at} > 0.9")


def test_a_lane_runs_as_the_story_does(show: Open, japanese: Article) -> None:
    page = show(reader(japanese), before=VERTICAL)
    ticks = page.locator(".key-actors > .entry > .lane rect")
    assert ticks.first.bounding_box()["x"] > ticks.last.bounding_box()["x"]
    ticks.last.click()
    assert is_seen(page.locator("mark.now"))


@pytest.mark.parametrize("script", ["japanese", "mongolian"])
def test_the_focus_lights_one_line(show: Open, request: pytest.FixtureRequest, script: str) -> None:
    stored = STORED.format(repr(json.dumps({"lines": "vertical", "focusLine": "line"})))
    page = show(reader(request.getfixturevalue(script)), before=stored)
    read_to(page, 6)
    frame = page.locator(".focus-frame").bounding_box()
    assert frame["height"] > 500
    assert 15 < frame["width"] < 60
    boxes = [box for i in range(18) for box in lines(page.locator(".story p").nth(i))]
    whole = [
        box
        for box in boxes
        if box["left"] >= frame["x"] - 1 and box["right"] <= frame["x"] + frame["width"] + 1
    ]
    assert len(whole) == 1


def test_a_fold_keeps_what_is_read_where_it_is(show: Open, build_article: Build, named: Any) -> None:
    text = [
        f"（{i}）{'三浦市長' if i % 3 == 0 else '漁師'}が港で話した。{'海は静かだった。' * 30}"
        for i in range(20)
    ]
    article = clean(build_article(text, [named("三浦市長")], language="ja", title="港"))
    page = show(reader(article), before=VERTICAL)
    page.locator(".entry a.name").click()
    for _ in range(3):
        page.keyboard.press("n")
    mark = page.locator("mark.now")
    name = mark.evaluate("e => e.id")
    page.keyboard.press("f")
    until(page, "document.querySelectorAll('.fold').length > 0")
    assert page.evaluate("document.querySelector('mark.now').id") == name
    assert is_seen(mark)
    fold = page.locator(".fold").first
    assert fold.bounding_box()["height"] > 5 * fold.bounding_box()["width"]
    page.keyboard.press("f")
    assert is_seen(mark)


@pytest.mark.parametrize("script", ["japanese", "mongolian"])
def test_a_small_card_stands_beside_its_line(show: Open, request: pytest.FixtureRequest, script: str) -> None:
    page = show(reader(request.getfixturevalue(script)), before=VERTICAL)
    for _ in range(4):
        page.keyboard.press("n")
    page.keyboard.press("i")
    card, mark = page.locator(".hovercard").bounding_box(), page.locator("mark.now").bounding_box()
    assert card["x"] >= mark["x"] + mark["width"] or card["x"] + card["width"] <= mark["x"]
    assert card["y"] + card["height"] <= DESKTOP[1]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_note_opens_in_the_window_beside_its_call(
    show: Open, japanese: Article, size: tuple[int, int]
) -> None:
    call = '<p>数字は市の資料による<sup><a href="#n1">[1]</a></sup>。</p>'
    note = '<ol><li id="n1">協定の案、18ページ。</li></ol>'
    page = show(
        reader(clean(replace(japanese, content=call + japanese.content + note))), size=size, before=VERTICAL
    )
    page.locator("sup a").click()
    panel = page.get_by_role("dialog", name="Note [1]")
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert box["y"] + box["height"] <= size[1]
    assert mode(panel) == "horizontal-tb"
    panel.get_by_role("link", name="Show it where it stands").click()
    assert page.locator("#note-n1").evaluate(SEEN)


def test_the_word_being_said_stays_in_view(show: Open, japanese: Article) -> None:
    page = show(reader(japanese), before=f"{VERTICAL};{voices()}")
    page.keyboard.press("l")
    expect(page.locator(".player")).to_be_visible()
    for _ in range(40):
        page.evaluate("fake.end()")
        page.evaluate("fake.word()")
    assert passed(page) > 500
    box = page.evaluate(
        "(r => ({ left: r.left, right: r.right }))([...CSS.highlights.get('word')][0].getBoundingClientRect())"
    )
    port = page.locator(".page").bounding_box()
    assert port["x"] <= box["left"]
    assert box["right"] <= port["x"] + port["width"]


def test_a_selection_is_taken_along_by_a_button_in_the_window(show: Open, japanese: Article) -> None:
    page = show(reader(japanese), before=VERTICAL)
    page.locator(".story p").nth(1).click(click_count=3)
    button = page.get_by_role("button", name="Copy with source")
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box["y"] + box["height"] <= DESKTOP[1]
    assert fits(page)
    page.keyboard.press("PageDown")
    expect(button).to_be_hidden()


def test_the_story_map_leaves_room_for_whole_lines_and_the_place(show: Open, japanese: Article) -> None:
    page = show(reader(japanese), before=VERTICAL)
    was = read_to(page, 8)
    page.keyboard.press("m")
    until(
        page,
        "document.querySelector('.page').getBoundingClientRect().bottom <= document.querySelector('.map').getBoundingClientRect().top + 1",
    )
    until(page, f"{AT_EDGE} === {was!r}")
    story, score = page.locator(".story").bounding_box(), page.locator(".map").bounding_box()
    assert story["y"] + story["height"] <= score["y"]
    page.keyboard.press("Escape")
    until(
        page, f"document.querySelector('.map').getBoundingClientRect().height === 0 && {AT_EDGE} === {was!r}"
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_interface_may_run_from_either_side(show: Open, japanese: Article, language: str) -> None:
    page = show(reader(japanese, language=language), before=VERTICAL)
    boxes = lines(page.locator(".story p").first)
    assert boxes[0]["top"] == pytest.approx(page.locator(".story").bounding_box()["y"], abs=2)
    assert style(page.locator(".cast"), "direction") == ("rtl" if language == "ar" else "ltr")
    assert fits(page)
    page.keyboard.press("n")
    assert is_seen(page.locator("mark.now"))


def test_lines_on_paper_are_horizontal_but_for_mongolian(
    show: Open, japanese: Article, mongolian: Article
) -> None:
    page = show(reader(japanese), before=VERTICAL)
    page.emulate_media(media="print")
    assert mode(page.locator(".story")) == "horizontal-tb"
    assert style(page.locator(".page"), "overflowX") == "visible"
    assert page.pdf().startswith(b"%PDF")
    page = show(reader(mongolian))
    page.emulate_media(media="print")
    assert mode(page.locator(".story")) == "vertical-lr"
    assert style(page.locator(".page"), "overflowX") == "visible"


# ---------------------------------------------------------------- East Asian text, however its lines run


@pytest.mark.parametrize(
    ("text", "language"), [(JAPANESE, "ja"), (CHINESE, "zh-tw"), (KOREAN, "ko")], ids=["ja", "zh", "ko"]
)
def test_lines_break_by_the_strict_rules_and_nothing_is_hyphenated_or_slanted(
    show: Open, in_script: Any, text: str, language: str
) -> None:
    emphasis = "<p><em>海</em>と<i>風</i>と<cite>船</cite></p>"
    article = in_script(text, language)
    page = show(reader(clean(replace(article, content=emphasis + article.content))))
    paragraph = page.locator(".story p").nth(1)
    assert style(paragraph, "lineBreak") == "strict"
    assert style(paragraph, "hyphens") == "manual"
    assert style(paragraph, "textAlign") == ("start" if language == "ko" else "justify")
    assert style(page.locator(".story h2").first, "textAlign") == "start"
    for tag in ("em", "i", "cite"):
        assert style(page.locator(f".story {tag}"), "fontStyle") == "normal"
    assert "filled" in page.locator(".story em").evaluate(
        "e => getComputedStyle(e).textEmphasisStyle + 'filled'"
    )
    assert style(page.locator(".story em"), "textEmphasisStyle") != "none"
    assert style(page.locator(".story i"), "textEmphasisStyle") == "none"


def test_the_settings_offer_what_the_script_knows(show: Open, in_script: Any) -> None:
    offered = {}
    for text, language in ((JAPANESE, "ja"), (KOREAN, "ko"), ("The ferry left. " * 9, "en")):
        page = show(reader(in_script(text, language)))
        page.keyboard.press("s")
        names = page.locator(".display .toggle:visible").all_inner_texts()
        of_lines = ("Justified", "Hyphenation", "Old-style figures")
        offered[language] = [name for name in of_lines if name in names]
    assert offered == {"ja": [], "ko": ["Justified"], "en": list(of_lines)}


def test_line_height_spacing_and_font_follow_the_reader(show: Open, japanese: Article) -> None:
    page = show(reader(japanese))
    story = page.locator(".story")
    size = float(style(story, "fontSize").removesuffix("px"))
    assert float(style(story, "lineHeight").removesuffix("px")) / size == pytest.approx(1.85, abs=0.01)
    serif = style(story, "fontFamily")
    assert serif.startswith('"Hiragino Mincho ProN"')
    page.evaluate("personaeSettings.apply({ leading: 2.1, tracking: 0.1, font: 'sans' })")
    assert float(style(story, "lineHeight").removesuffix("px")) / size == pytest.approx(2.1, abs=0.01)
    assert float(style(story, "letterSpacing").removesuffix("px")) / size == pytest.approx(0.1, abs=0.01)
    assert "Mincho" not in style(story, "fontFamily")


@pytest.mark.parametrize(
    ("language", "first"),
    [("zh", '"Songti SC"'), ("zh-cn", '"Songti SC"'), ("zh-tw", '"Songti TC"'), ("zh-hk", '"Songti TC"')],
)
def test_chinese_is_set_in_the_characters_of_its_region(
    show: Open, in_script: Any, language: str, first: str
) -> None:
    page = show(reader(in_script(CHINESE, language)))
    assert style(page.locator(".story"), "fontFamily").startswith(first)
