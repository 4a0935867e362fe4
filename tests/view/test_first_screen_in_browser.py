"""A telephone, with its browser's bars there, shows a line of the story at once; and the cast in one row above it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.view.browsing import DESKTOP, Build, Open, article_of, fits, reader, until
from tests.view.conftest import Name

from personae.markup.sanitize import clean
from personae.model import Article, LeadImage
from personae.view.page.model_offer import ModelOffer

PHONE_WITH_BARS = (390, 664)
LONG = "Iceland and Norway to share storm warnings after a winter of losses that nobody wants to pay for"
STANDFIRST = (
    "Two governments open their sea data to each other. The Atlantic Crews’ Union, which asked for it in "
    "twenty-two letters, says that the promise comes late, and that it wants more."
)
CAPTION = "Some 200 buoys between the two coasts will report to one service from the first of November."
LEAD = LeadImage("https://img.example/1200x800.jpg", caption=CAPTION, credit="Illustration: Harbour Ledger")
CAST = [
    Name("Iceland", "country"),
    Name("Norway", "country"),
    Name("Atlantic Crews’ Union", "organization"),
    Name("Sigrun Halldal", key=False),
]
WORDS = "Iceland and Norway agreed on Tuesday, as the Atlantic Crews’ Union and Sigrun Halldal had asked. "
FIRST_LINE_ENDS = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(".story p"));
  return range.getClientRects()[0].bottom;
}"""


def story(build_article: Build, **fields: Any) -> Article:
    given = {
        "title": LONG,
        "standfirst": STANDFIRST,
        "authors": ("Ada Whitlock", "Jonas Merrow"),
        "published": "2025-10-14T17:20:00+00:00",
        "lead_image": LEAD,
        "url": "https://herald.example/a",
        **fields,
    }
    return clean(build_article([WORDS * 5] * 3, CAST, **given))


def first_line_ends(page: Page) -> float:
    page.evaluate("document.fonts.ready")
    return float(page.evaluate(FIRST_LINE_ENDS))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"standfirst": None},
        {"lead_image": replace(LEAD, caption="", credit="")},
        {"lead_image": replace(LEAD, width=1200, height=800)},
        {"lead_image": replace(LEAD, width=800, height=1200)},
        {"access": "preview", "access_reason": "The page says that it is for subscribers."},
        {"title": "Rain", "standfirst": None},
    ],
    ids=["full head", "no standfirst", "no caption", "sized", "tall", "preview", "short"],
)
def test_a_telephone_shows_a_line_of_the_story_at_once(
    show: Open, build_article: Build, fields: dict[str, Any]
) -> None:
    page = show(reader(story(build_article, **fields)), size=PHONE_WITH_BARS)
    assert first_line_ends(page) <= PHONE_WITH_BARS[1]
    assert fits(page)


def test_a_story_without_a_cast_shows_a_line_at_once_too(show: Open) -> None:
    article = article_of(
        f"<p>{WORDS * 5}</p>",
        title=LONG,
        standfirst=STANDFIRST,
        lead_image=LEAD,
        language="de",
        actors_status="unsupported-language",
    )
    offer = ModelOffer("de", "CC BY-SA 4.0", 42, by_button=True)
    page = show(reader(article, model=offer), size=PHONE_WITH_BARS)
    assert first_line_ends(page) <= PHONE_WITH_BARS[1]


@pytest.mark.parametrize("width", [390, 320])
def test_chips_the_others_and_the_map_stand_in_one_row_large_enough_for_a_finger(
    show: Open, build_article: Build, width: int
) -> None:
    page = show(reader(story(build_article)), size=(width, 664))
    chip = page.locator(".key-actors .entry").first.bounding_box()
    more, to_map = (page.locator(css).bounding_box() for css in (".others > summary", ".to-map"))
    middles = [box["y"] + box["height"] / 2 for box in (chip, more, to_map)]
    assert max(middles) - min(middles) <= 1
    assert min(box["height"] for box in (chip, more, to_map)) >= 44
    assert chip["x"] + chip["width"] <= more["x"]
    assert more["x"] + more["width"] <= to_map["x"]
    assert to_map["x"] + to_map["width"] <= width
    assert fits(page)


def test_the_others_unfold_below_the_row_and_the_row_stays_as_it_was(
    show: Open, build_article: Build
) -> None:
    page = show(reader(story(build_article)), size=PHONE_WITH_BARS)
    row = [page.locator(css).bounding_box() for css in (".key-actors", ".others > summary", ".to-map")]
    page.locator(".others > summary").click()
    assert [
        page.locator(css).bounding_box() for css in (".key-actors", ".others > summary", ".to-map")
    ] == row
    other = page.locator(".others .entry").bounding_box()
    assert other["y"] >= row[0]["y"] + row[0]["height"]
    assert other["x"] < 40


@pytest.mark.parametrize("sides", [(800, 1200), (None, None)], ids=["known", "unknown"])
def test_a_high_picture_is_seen_whole(
    show: Open, build_article: Build, sides: tuple[int | None, int | None]
) -> None:
    lead = LeadImage("https://img.example/800x1200.jpg", width=sides[0], height=sides[1])
    page = show(reader(story(build_article, lead_image=lead)), size=PHONE_WITH_BARS)
    until(page, "document.images[0].complete")
    picture = page.locator(".lead img")
    assert picture.evaluate("image => getComputedStyle(image).objectFit") == "contain"
    assert picture.bounding_box()["height"] <= 200


def test_a_long_headline_is_set_smaller(show: Open, build_article: Build) -> None:
    def size(title: str) -> float:
        page = show(reader(story(build_article, title=title)), size=PHONE_WITH_BARS)
        return float(page.locator("h1").evaluate("e => getComputedStyle(e).fontSize").removesuffix("px"))

    sizes = [size(title) for title in ("Rain", LONG[:60], LONG)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3
    assert sizes[-1] > 19 * 1.1  # of the text


@pytest.mark.parametrize("by_button", [True, False], ids=["button", "command"])
def test_a_story_without_a_cast_stands_in_the_middle_and_a_line_says_how_to_get_one(
    show: Open, *, by_button: bool
) -> None:
    article = article_of(
        f"<p>{WORDS * 5}</p>", title="Regen", language="de", actors_status="unsupported-language"
    )
    offer = ModelOffer("de", "MIT", 42, by_button=by_button)
    page = show(reader(article, model=offer))
    column = page.locator(".body").bounding_box()
    left, right = column["x"], DESKTOP[0] - column["x"] - column["width"]
    assert abs(left - right) <= 16  # the bar that scrolls
    line = page.locator(".cast").bounding_box()
    assert line["height"] <= 64
    assert line["x"] == column["x"]
    assert page.get_by_text("No cast: there is no language model for German here.").is_visible()
    if by_button:
        assert page.get_by_role("button", name="Add the language model (42 MB, licence MIT)").is_visible()
    else:
        assert page.get_by_text("`personae models add de`").is_visible()
