"""The panel of settings: what the reader chooses shows at once, and again on the next page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from playwright.sync_api import FilePayload, Page
from tests.view.browsing import DESKTOP, PHONE, Open, article_of, reader

from personae.markup.sanitize import clean
from personae.model import Article

STORY_STYLE = "name => getComputedStyle(document.querySelector('.story p'))[name]"


def open_panel(page: Page) -> None:
    page.get_by_role("button", name="Display settings").click()


def test_a_theme_shows_at_once_and_again_after_a_reload(show: Open, story: Article) -> None:
    page = show(reader(story))
    open_panel(page)
    page.get_by_role("radio", name="Sepia").check()
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(paper) == "rgb(244, 233, 211)"
    page.reload()
    assert page.evaluate(paper) == "rgb(244, 233, 211)"


def test_the_system_decides_between_light_and_dark_until_the_reader_does(show: Open, story: Article) -> None:
    page = show(reader(story), color_scheme="dark")
    ink = "getComputedStyle(document.documentElement).color"
    assert page.evaluate(ink) == "rgb(220, 217, 210)"
    open_panel(page)
    page.get_by_role("radio", name="Light").check()
    assert page.evaluate(ink) == "rgb(35, 33, 29)"


def test_size_line_height_length_and_spacing_are_set_by_keyboard(show: Open, story: Article) -> None:
    page = show(reader(story))
    page.keyboard.press("s")
    before = {name: page.evaluate(STORY_STYLE, name) for name in ("fontSize", "lineHeight", "letterSpacing")}
    for name in ("Text size", "Line height", "Letter spacing"):
        page.get_by_role("slider", name=name).focus()
        for _ in range(3):
            page.keyboard.press("ArrowRight")
    after = {name: float(page.evaluate(STORY_STYLE, name).removesuffix("px")) for name in before}
    assert after["fontSize"] == pytest.approx(20 * 1.15)
    assert after["lineHeight"] / after["fontSize"] == pytest.approx(1.68, abs=0.01)
    assert after["letterSpacing"] == pytest.approx(0.03 * after["fontSize"], abs=0.05)
    width = page.locator(".story").bounding_box()["width"]
    page.get_by_role("slider", name="Line length").focus()
    page.keyboard.press("Home")
    assert page.locator(".story").bounding_box()["width"] < 0.7 * width


@pytest.mark.parametrize(("key", "size"), [("+", "40px"), ("-", "14px")])
def test_at_its_largest_and_smallest_the_text_stays_as_it_is(
    show: Open, story: Article, key: str, size: str
) -> None:
    page = show(reader(story))
    for _ in range(25):
        page.keyboard.press(key)
    assert page.evaluate(STORY_STYLE, "fontSize") == size


def test_the_line_height_knows_what_it_was_before_the_reader_chose(show: Open, story: Article) -> None:
    page = show(reader(story))
    usual = page.evaluate(STORY_STYLE, "lineHeight")
    page.keyboard.press("s")
    page.get_by_role("slider", name="Line height").fill("1.8")
    page.reload()
    page.wait_for_selector("html.ready")
    assert page.evaluate(STORY_STYLE, "lineHeight") == "36px"
    page.keyboard.press("s")
    slider = page.get_by_role("slider", name="Line height")
    slider.fill("1.7")
    slider.fill("1.8")
    assert page.evaluate(STORY_STYLE, "lineHeight") == "36px"
    page.get_by_role("button", name="Reset").click()
    assert page.evaluate(STORY_STYLE, "lineHeight") == usual
    assert float(slider.input_value()) == pytest.approx(float(usual.removesuffix("px")) / 20, abs=0.011)


def leading(page: Page) -> float:
    """Return the story's line height, in letter sizes."""
    height, size = (
        float(page.evaluate(STORY_STYLE, name).removesuffix("px")) for name in ("lineHeight", "fontSize")
    )
    return height / size


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("language", ["ar", "fa", "ur-PK"])
def test_arabic_letters_have_more_room_until_the_reader_chooses(
    show: Open, language: str, size: tuple[int, int]
) -> None:
    page = show(reader(article_of("<p>وقف البحّار.</p>", language=language, direction="rtl")), size=size)
    assert leading(page) == pytest.approx(1.9, abs=0.01)
    page.keyboard.press("s")
    slider = page.get_by_role("slider", name="Line height")
    assert slider.input_value() == "1.9"
    slider.focus()
    page.keyboard.press("Home")
    assert leading(page) == pytest.approx(1.3, abs=0.01)
    page.reload()
    assert leading(page) == pytest.approx(1.3, abs=0.01)


def test_a_line_holds_sixty_to_seventy_five_characters(show: Open, story: Article) -> None:
    page = show(reader(story))
    page.evaluate("document.fonts.ready")
    per_line = page.evaluate(
        """() => {
            const text = document.querySelector('.story p').firstChild.parentElement
            const range = document.createRange(); range.selectNodeContents(text)
            const lines = new Set([...range.getClientRects()].map(r => Math.round(r.bottom / 8)))
            return text.textContent.length / lines.size
        }"""
    )
    assert 55 <= per_line <= 75


def test_the_font_for_dyslexia_loads_only_when_it_is_chosen(show: Open, story: Article) -> None:
    page = show(reader(story))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_panel(page)
    assert not [url for url in asked if "dyslexic" in url]
    with page.expect_response(lambda answer: "personae-dyslexic.woff2" in answer.url):
        page.get_by_role("radio", name="Dyslexic").check()


@pytest.mark.parametrize("tag", ["span", "em"])
def test_old_style_figures_have_shapes_of_their_own(show: Open, story: Article, tag: str) -> None:
    figures = f"<p><{tag}>0123456789</{tag}></p>"
    page = show(reader(clean(replace(story, content=figures + story.content))))
    page.evaluate("document.fonts.ready")
    line = page.locator(f".story {tag}")
    lining, width = line.screenshot(), line.bounding_box()["width"]
    open_panel(page)
    page.get_by_role("checkbox", name="Old-style figures").check()
    page.keyboard.press("Escape")
    assert page.evaluate(STORY_STYLE, "fontFamily").startswith("Literata")
    assert line.screenshot() != lining
    assert abs(line.bounding_box()["width"] - width) > 1


def test_own_css_applies_to_every_article(show: Open, story: Article) -> None:
    page = show(reader(story))
    open_panel(page)
    page.get_by_text("Your own CSS").click()
    area = page.get_by_role("textbox", name="Your own CSS")
    area.fill(".story p { text-indent: 33px }")
    area.blur()
    page.reload()
    assert page.evaluate(STORY_STYLE, "textIndent") == "33px"


def test_settings_leave_as_a_file_and_come_back(show: Open, story: Article) -> None:
    page = show(reader(story))
    open_panel(page)
    page.get_by_role("radio", name="Black").check()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export").click()
    text = saved.value.path().read_text()
    assert json.loads(text) == {"personae": "settings", "theme": "black"}
    page.get_by_role("button", name="Reset").click()
    assert page.get_by_role("radio", name="Auto").is_checked()
    file: FilePayload = {"name": "settings.json", "mimeType": "application/json", "buffer": text.encode()}
    page.locator('.display input[type="file"]').set_input_files(file)
    page.get_by_text("The settings are imported.").wait_for()
    assert page.get_by_role("radio", name="Black").is_checked()


def test_settings_that_the_server_must_know_take_a_new_page(show: Open, story: Article) -> None:
    page = show(reader(story))
    open_panel(page)
    text = json.dumps({"personae": "settings", "language": "de"})
    file: FilePayload = {"name": "settings.json", "mimeType": "application/json", "buffer": text.encode()}
    with page.expect_navigation():
        page.locator('.display input[type="file"]').set_input_files(file)
    page.wait_for_selector("html.ready")
    assert "personae_view=de." in page.evaluate("document.cookie")
    open_panel(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Reset").click()
    page.wait_for_selector("html.ready")
    assert "personae_view" not in page.evaluate("document.cookie")


@pytest.mark.parametrize("text", ["no JSON", '{"theme": "black"}', "[]", "null"])
def test_a_file_that_is_no_settings_changes_nothing_and_says_so(
    show: Open, story: Article, text: str
) -> None:
    page = show(reader(story))
    open_panel(page)
    file: FilePayload = {"name": "settings.json", "mimeType": "application/json", "buffer": text.encode()}
    page.locator('.display input[type="file"]').set_input_files(file)
    page.get_by_text("This file holds no settings of Personae.").wait_for()
    assert page.get_by_role("radio", name="Auto").is_checked()


@pytest.mark.parametrize(
    "stored", ["{", "[]", '{"theme": "neon", "scale": 900, "leading": "2; color: red", "css": 7}', '"x"']
)
def test_settings_that_nobody_of_ours_wrote_are_left_out(show: Open, story: Article, stored: str) -> None:
    page = show(reader(story))
    page.evaluate("stored => localStorage.setItem('personae.settings', stored)", stored)
    page.reload()
    page.wait_for_selector("html.ready")
    assert page.evaluate("[...document.documentElement.attributes].map(a => a.name).sort()") == [
        "class",
        "data-languages",  # of the interface
        "dir",
        "lang",
        "style",  # where the reader is
    ]
    assert page.evaluate(STORY_STYLE, "fontSize") == "20px"


def test_pictures_wait_for_a_click(show: Open, story: Article) -> None:
    picture = (
        '<figure><img src="https://img.example/b.jpg" alt="A pier"><figcaption>Seen.</figcaption></figure>'
    )
    article = replace(story, content=story.content + picture)
    page = show(reader(article, pictures="ask"))
    assert page.locator("img").count() == 0
    with page.expect_request("https://img.example/b.jpg"):
        page.get_by_role("button", name="Show the picture: A pier").press("Enter")
    assert page.get_by_role("img", name="A pier").evaluate("image => image === document.activeElement")


def test_pictures_off_keeps_captions_and_names_no_picture(story: Article) -> None:
    picture = (
        '<figure><img src="https://img.example/b.jpg" alt="A pier"><figcaption>Seen.</figcaption></figure>'
    )
    html = reader(replace(story, content=story.content + picture), pictures="off")
    assert "img.example" not in html
    assert "Seen." in html
