"""What a story holds beside words, in a real browser: pictures, notes, code, wide tables; and the focus line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.view.browsing import DESKTOP, PHONE, Open, article_of, fits, reader, until

from personae.model import Article, LeadImage

SENTENCE = "The ferry left the island before the rain came over the hills. "
PARAGRAPHS = "".join(f"<p>({i}) {SENTENCE * 6}</p>" for i in range(12))
PIER = (
    '<figure><img src="https://img.example/pier.jpg" alt="A pier" width="1200" height="600">'
    "<figcaption>The pier at noon.</figcaption></figure>"
)


# ---------------------------------------------------------------- pictures


@pytest.fixture
def pictures() -> Article:
    lead = LeadImage("https://img.example/lead.jpg", alt="A ferry", width=1200, height=600)
    return article_of(f"<p>{SENTENCE}</p>{PIER}<p>{SENTENCE}</p>", lead_image=lead)


def loaded(page: Page) -> None:
    page.locator(".story img").scroll_into_view_if_needed()
    until(page, "[...document.images].every(image => image.complete)")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_click_shows_a_picture_as_large_as_the_window_without_loading_it_again(
    show: Open, pictures: Article, size: tuple[int, int]
) -> None:
    page = show(reader(pictures), size=size)
    loaded(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("img", name="A pier").click()
    dialog = page.get_by_role("dialog", name="Picture")
    expect(dialog.get_by_text("The pier at noon.")).to_be_visible()
    image = dialog.get_by_role("img", name="A pier")
    box = image.bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= size[0]  # noqa: PT018
    assert box["width"] > size[0] * 0.85
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert asked == []


def test_a_picture_opens_and_closes_by_keyboard_and_the_focus_comes_back(
    show: Open, pictures: Article
) -> None:
    page = show(reader(pictures))
    loaded(page)
    button = page.get_by_role("button", name="Enlarge the picture: A pier")
    button.focus()
    assert button.evaluate("b => getComputedStyle(b).opacity") == "1"
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Picture")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_second_click_shows_the_picture_in_its_own_size_and_the_arrows_move_it(
    show: Open, pictures: Article
) -> None:
    page = show(reader(pictures), size=PHONE)
    loaded(page)
    page.get_by_role("img", name="A ferry").click()
    dialog = page.get_by_role("dialog", name="Picture")
    dialog.get_by_role("button", name="Actual size").click()
    box = dialog.get_by_role("img").bounding_box()
    assert box is not None
    assert box["width"] == 1200
    stage = dialog.locator(".stage")
    stage.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.stage').scrollLeft > 0")
    dialog.get_by_role("img").click()
    assert dialog.get_by_role("button", name="Actual size").get_attribute("aria-pressed") == "false"


# ---------------------------------------------------------------- notes


@pytest.fixture
def noted() -> Article:
    return article_of(
        '<p>The wall is old.<sup id="c1"><a href="#fn1">[1]</a></sup> See <a href="#fn1">what the '
        f'harbour master wrote</a>.</p>{PARAGRAPHS}<ol><li id="fn1">Built in 1612, <i>said</i> the '
        '<a href="https://town.example/wall">town</a>. <a href="#c1">↩</a></li></ol>'
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_note_opens_beside_its_call_by_keyboard(show: Open, noted: Article, size: tuple[int, int]) -> None:
    page = show(reader(noted), size=size)
    call = page.get_by_role("link", name="[1]")
    call.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Note [1]")
    expect(panel).to_contain_text("Built in 1612, said the town.")
    assert "↩" not in panel.inner_text()
    assert page.evaluate("scrollY") == 0
    assert fits(page)
    box, link = panel.bounding_box(), call.bounding_box()
    assert box is not None
    assert link is not None
    assert box["y"] >= link["y"] + link["height"]
    assert box["y"] + box["height"] <= size[1]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(panel.get_by_role("link", name="town")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(call).to_be_focused()


def test_a_note_stays_beside_its_call_until_that_is_out_of_sight(show: Open, noted: Article) -> None:
    page = show(reader(noted))
    call, panel = page.get_by_role("link", name="[1]"), page.get_by_role("dialog", name="Note [1]")
    call.click()
    page.evaluate("scrollBy(0, 60)")
    until(page, "document.querySelector('.note-panel').getBoundingClientRect().top < 400")
    gap = panel.bounding_box()["y"] - call.bounding_box()["y"] - call.bounding_box()["height"]
    assert 0 <= gap < 20
    page.evaluate("scrollBy(0, 1500)")
    expect(panel).to_have_count(0)


def test_a_note_leads_to_where_it_stands_and_its_way_back_is_as_it_was(show: Open, noted: Article) -> None:
    page = show(reader(noted))
    page.get_by_role("link", name="[1]").click()
    page.get_by_role("link", name="Show it where it stands").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    until(page, "location.hash === '#note-fn1'")
    expect(page.locator(".story li")).to_be_in_viewport()
    page.locator(".story li").get_by_role("link", name="↩").click()
    until(page, "location.hash === '#note-c1'")


def test_a_link_of_many_words_to_a_place_in_the_story_is_no_call_of_a_note(
    show: Open, noted: Article
) -> None:
    page = show(reader(noted))
    page.get_by_role("link", name="what the harbour master wrote").click()
    until(page, "location.hash === '#note-fn1'")
    expect(page.get_by_role("dialog")).to_have_count(0)


# ---------------------------------------------------------------- code


COPIED = """
let copied = null;
Object.defineProperty(navigator, "clipboard", {value: {writeText: async text => { globalThis.copied = text; }}});
"""


@pytest.mark.parametrize(
    ("code", "copied"),
    [
        ("a = 1\nif a:\n    b()\n", "a = 1\nif a:\n    b()"),
        ("1 a = 1\n2 if a:\n3     b()", "a = 1\nif a:\n    b()"),
        (" 9\n10 x\n11 y", "\nx\ny"),
        ("1 2\n3 4", "1 2\n3 4"),
        ("1 one\n1 two\n1 three", "1 one\n1 two\n1 three"),
    ],
)
def test_code_is_copied_without_the_numbers_of_its_lines(show: Open, code: str, copied: str) -> None:
    page = show(reader(article_of(f"<p>Run:</p><pre><code>{code}</code></pre>")), before=COPIED)
    button = page.get_by_role("button", name="Copy the code")
    button.focus()
    assert button.evaluate("b => getComputedStyle(b).opacity") == "1"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The code is copied.")
    assert page.evaluate("copied") == copied


def test_a_column_of_numbers_beside_code_is_not_offered(show: Open) -> None:
    page = show(reader(article_of("<pre>1\n2\n3\n4</pre><pre>a\nb\nc\nd</pre>")))
    expect(page.get_by_role("button", name="Copy the code")).to_have_count(1)


# ---------------------------------------------------------------- what is wide


def wide(content: str, **fields: Any) -> Article:
    return article_of(f"<p>{SENTENCE}</p>{content}<p>{SENTENCE}</p>", **fields)


ROW = "<tr>" + "".join(f"<td>Population{i}</td>" for i in range(14)) + "</tr>"


@pytest.mark.parametrize(
    ("content", "name"),
    [(f"<table>{ROW}</table>", "Table"), (f"<pre>{'word ' * 80}</pre>", "Code")],
)
def test_what_is_too_wide_scrolls_by_keyboard(show: Open, content: str, name: str) -> None:
    page = show(reader(wide(content)), size=PHONE)
    area = page.get_by_role("region", name=name)
    area.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.activeElement.scrollLeft > 0")
    assert fits(page)


def test_what_fits_is_no_stop_for_tab(show: Open) -> None:
    page = show(reader(wide("<table><tr><td>a</td><td>b</td></tr></table><pre>x</pre>")))
    until(page, "document.querySelectorAll('.story [tabindex]').length === 0")
    expect(page.get_by_role("region", name="Table")).to_have_count(0)


def test_a_table_becomes_a_stop_when_the_window_gets_too_narrow(show: Open) -> None:
    page = show(reader(wide(f"<table><tr>{'<td>Population</td>' * 5}</tr></table>")))
    region = page.get_by_role("region", name="Table")
    expect(region).to_have_count(0)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    expect(region).to_have_attribute("tabindex", "0")


# ---------------------------------------------------------------- the focus line


def focus(mode: str) -> str:
    return f"localStorage.setItem('personae.settings', {json.dumps(json.dumps({'focusLine': mode}))})"


FRAME = "(() => { const {top, bottom} = document.querySelector('.focus-frame').getBoundingClientRect(); return [top, bottom] })()"


def in_light(page: Page) -> str:
    """Return the first characters of the paragraph in whose lines the frame stands."""
    found = page.evaluate(
        f"(([top, bottom]) => [...document.querySelectorAll('.story p')].find(p => {{"
        "const box = p.getBoundingClientRect(); return box.top <= (top + bottom) / 2 && box.bottom >= (top + bottom) / 2"
        f"}}))({FRAME})?.textContent.slice(0, 4)"
    )
    return str(found)


SCRIPTS = {
    "English": {"sentence": SENTENCE, "language": "en"},
    "Arabic": {
        "sentence": "غادرت العبارة الجزيرة قبل أن يصل المطر إلى التلال. ",
        "language": "ar",
        "direction": "rtl",
    },
    "Japanese": {"sentence": "雨が丘を越えて来る前に、渡し船は島を離れた。", "language": "ja"},
}


@pytest.mark.parametrize("script", list(SCRIPTS))
@pytest.mark.parametrize("mode", ["line", "paragraph"])
def test_the_light_follows_the_reader_from_the_first_to_the_last_words(
    show: Open, mode: str, script: str
) -> None:
    fields: dict[str, Any] = dict(SCRIPTS[script])
    sentence = fields.pop("sentence")
    paragraphs = "".join(f"<p>({i}) {sentence * 6}</p>" for i in range(8))
    page = show(reader(article_of(paragraphs, **fields)), before=focus(mode))
    until(page, "document.querySelector('.focus-frame')?.offsetHeight > 0")
    assert in_light(page) == "(0) "
    seen = [in_light(page)]
    for _ in range(100):
        page.evaluate("scrollBy(0, 60)")
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        if in_light(page) not in (seen[-1], "None"):
            seen.append(in_light(page))
        if page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 1"):
            break
    assert seen == [f"({i}) " for i in range(8)]
    top, bottom = page.evaluate(FRAME)
    line = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.story p')).lineHeight)")
    paragraph = page.locator(".story p").last.bounding_box()
    assert paragraph is not None
    if mode == "line":
        assert bottom - top < 1.6 * line
    else:
        assert (bottom - top) == pytest.approx(paragraph["height"] + 16, abs=1)


def test_the_focus_can_be_put_off_and_never_catches_a_click(show: Open) -> None:
    page = show(reader(article_of(PARAGRAPHS)), before=focus("paragraph"))
    expect(page.locator(".focus-frame")).to_have_count(1)
    hit = page.evaluate("document.elementFromPoint(300, 600).closest('.focus-frame')")
    assert hit is None
    page.get_by_role("button", name="Display settings").click()
    page.get_by_role("radio", name="The page").check()
    expect(page.locator(".focus-frame")).to_have_count(0)
