"""Going through a story in a real browser: keyboard map, outline, paragraphs, the place of the last visit."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect
from tests.view.browsing import DESKTOP, ORIGIN, PHONE, Open, article_of, fits, in_window, reader, until

from personae.model import Article

SENTENCE = "The ferry left the island before the rain came over the hills. "
ARABIC = "غادرت العبارة الجزيرة قبل أن يصل المطر إلى التلال. "
JAPANESE = "雨が丘を越えて来る前に、渡し船は島を離れた。"


def paragraphs(count: int, sentence: str = SENTENCE, first: int = 0) -> str:
    return "".join(f"<p>({first + i}) {sentence * 6}</p>" for i in range(count))


def in_parts(sentence: str = SENTENCE, **fields: str) -> Article:
    return article_of(
        f"{paragraphs(6, sentence)}<h2>Of the harbour</h2>{paragraphs(6, sentence, 6)}"
        f"<h3>Of its wall</h3>{paragraphs(6, sentence, 12)}<h2>Of the island</h2>"
        f"{paragraphs(6, sentence, 18)}",
        **fields,
    )


def arabic() -> Article:
    return in_parts(ARABIC, language="ar", direction="rtl")


def japanese() -> Article:
    return in_parts(JAPANESE, language="ja")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


# ---------------------------------------------------------------- the keyboard map


def test_a_question_mark_shows_every_key_under_its_group(show: Open) -> None:
    page = show(reader(in_parts()))
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog.get_by_role("heading", name="Reading", level=3)).to_be_visible()
    rows = dialog.locator("dl > div")
    shown = {row.locator("kbd").inner_text(): row.locator("dd").inner_text() for row in rows.all()}
    assert shown["n"] == "Next mention"
    assert shown["Esc"] == "Let go of the actor"
    assert shown["j"] == "Next paragraph"
    assert shown["o"] == "Outline"
    assert shown["?"] == "Keyboard shortcuts"
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


PRESS = """([key, code, shiftKey]) => document.dispatchEvent(
  new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true })
)"""


@pytest.mark.parametrize(
    ("pressed", "shown"),
    [
        (["\u061f", "Slash", True], ".keys"),  # Arabic
        (["\u0633", "KeyS", False], ".display"),
        (["\u044b", "KeyS", False], ".display"),  # Russian
        (["&", "Digit1", False], ".stepper"),  # French
        (["1", "Digit1", True], ".stepper"),
    ],
)
def test_keyboards_of_other_scripts_and_orders_have_the_same_keys(
    show: Open, story: Article, pressed: list[str | bool], shown: str
) -> None:
    page = show(reader(story))
    page.evaluate(PRESS, pressed)
    page.locator(shown).wait_for()


@pytest.mark.parametrize(
    "key", [("\u00df", "Minus"), ("\u00fc", "BracketLeft"), ("Dead", "Equal"), ("s", "KeyO")]
)
def test_letters_of_ones_own_do_what_they_say(show: Open, story: Article, key: tuple[str, str]) -> None:
    page = show(reader(story))
    page.evaluate(PRESS, [*key, False])
    assert page.evaluate("document.documentElement.style.getPropertyValue('--scale')") == ""
    assert page.locator(".display").is_visible() is (key[0] == "s")


def test_the_keyboard_map_fits_a_phone(show: Open) -> None:
    page = show(reader(in_parts()), size=PHONE)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    assert dialog.evaluate("d => d.scrollWidth <= d.clientWidth")
    dialog.get_by_role("button", name="Close").tap()
    expect(dialog).to_have_count(0)


def test_on_a_phone_the_tools_leave_room_for_the_name_of_the_publication(show: Open) -> None:
    page = show(reader(in_parts(url="https://herald.example/a", site="The Herald")), size=PHONE)
    assert page.locator(".source b").evaluate("b => b.scrollWidth <= b.clientWidth")
    expect(page.get_by_role("link", name="The Herald original page")).to_be_visible()
    assert fits(page)


# ---------------------------------------------------------------- the outline


@pytest.mark.parametrize("article", [in_parts(), arabic(), japanese()], ids=["English", "Arabic", "Japanese"])
def test_the_outline_leads_to_a_part_by_keyboard_and_marks_the_one_being_read(
    show: Open, article: Article
) -> None:
    page = show(reader(article))
    page.keyboard.press("o")
    panel = page.get_by_role("dialog", name="Outline")
    links = panel.get_by_role("link")
    assert links.all_inner_texts() == ["Of the harbour", "Of its wall", "Of the island"]
    assert panel.locator("[aria-current]").count() == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel).to_be_hidden()
    assert focused(page) == "Of its wall"
    assert in_window(page, ".story h3")
    page.keyboard.press("o")
    assert panel.locator("[aria-current=location]").inner_text() == "Of its wall"
    page.mouse.move(300, 500)
    page.mouse.wheel(0, 20000)
    expect(panel.locator("[aria-current=location]")).to_have_text("Of the island")


def test_the_outline_indents_the_parts_of_a_part_from_the_side_its_script_begins(show: Open) -> None:
    page = show(reader(arabic()), size=PHONE)
    page.get_by_role("button", name="Outline").tap()
    panel = page.get_by_role("dialog", name="Outline")
    start = "a => { const r = document.createRange(); r.selectNodeContents(a); return r.getBoundingClientRect().right }"
    outer, inner = (panel.get_by_role("link").nth(i).evaluate(start) for i in (0, 1))
    assert inner < outer - 10
    assert fits(page)


def test_a_story_with_one_sub_heading_needs_no_outline(show: Open) -> None:
    page = show(reader(article_of("<h2>Alone</h2>" + paragraphs(3))))
    expect(page.get_by_role("button", name="Outline")).to_have_count(0)
    page.keyboard.press("o")
    expect(page.get_by_role("dialog")).to_have_count(0)


# ---------------------------------------------------------------- paragraph by paragraph


@pytest.mark.parametrize("article", [in_parts(), arabic(), japanese()], ids=["English", "Arabic", "Japanese"])
def test_j_and_k_go_from_paragraph_to_paragraph(show: Open, article: Article) -> None:
    page = show(reader(article))
    for expected in ("(0)", "(1)", "(2)"):
        page.keyboard.press("j")
        assert focused(page).startswith(expected)
        assert in_window(page, ".story .current")
    page.keyboard.press("k")
    assert focused(page).startswith("(1)")
    assert page.locator(".story .current").count() == 1


def test_after_scrolling_the_next_paragraph_is_the_one_below_where_the_reader_is(show: Open) -> None:
    page = show(reader(in_parts()))
    page.keyboard.press("j")
    page.locator(".story p").nth(15).evaluate("p => scrollTo(0, p.offsetTop - innerHeight * 0.4 + 5)")
    page.keyboard.press("j")
    assert focused(page).startswith("(16)")


def test_the_last_paragraph_stays_the_last(show: Open) -> None:
    page = show(reader(article_of("<p>One.</p><ul><li>Two.</li></ul><p>Three.</p>")))
    for _ in range(5):
        page.keyboard.press("j")
    assert focused(page) == "Three."
    page.keyboard.press("k")
    assert focused(page) == "Two."


# ---------------------------------------------------------------- the place of the last visit


def read_to(page: Page, paragraph: int, beyond: int = 40) -> str:
    """Scroll so that a paragraph stands at the top with some lines above the bar; return its first words."""
    place = page.locator(".story p").nth(paragraph)
    place.evaluate(f"p => scrollBy(0, p.getBoundingClientRect().top - 60 + {beyond})")
    page.wait_for_timeout(50)
    return place.inner_text()[:4]


# The first characters of the paragraph that stands below the bar.
AT_TOP = (
    "[...document.querySelectorAll('.story p')].find(p => p.getBoundingClientRect().bottom > 80)"
    ".textContent.slice(0, 4)"
)


def at_top(page: Page) -> str:
    return str(page.evaluate(AT_TOP))


@pytest.mark.parametrize("article", [in_parts(), arabic(), japanese()], ids=["English", "Arabic", "Japanese"])
def test_on_return_the_page_opens_where_the_reader_was(show: Open, article: Article) -> None:
    page = show(reader(article))
    was = read_to(page, 8)
    page.goto("about:blank")
    page.goto(f"{ORIGIN}/read/x")
    until(page, "scrollY > 0")
    assert at_top(page) == was
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})  # as when it is turned
    until(page, f"innerWidth === {PHONE[0]} && {AT_TOP} === {was!r}")
    page.goto("about:blank")
    page.goto(f"{ORIGIN}/read/x")
    until(page, "scrollY > 0")
    assert at_top(page) == was


def test_the_way_back_to_the_top_is_the_first_stop_after_the_bar(show: Open) -> None:
    page = show(reader(in_parts()))
    read_to(page, 8)
    page.reload()
    until(page, "scrollY > 0")
    expect(page.get_by_role("status").filter(has_text="left off here")).to_be_visible()
    before = page.evaluate("scrollY")
    page.get_by_role("button", name="Display settings").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("scrollY") == before
    expect(page.get_by_role("button", name="Back to the top")).to_be_focused()
    page.keyboard.press("Enter")
    until(page, "scrollY === 0")
    expect(page.get_by_role("button", name="Back to the top")).to_have_count(0)
    page.goto(f"{ORIGIN}/read/x")
    assert page.evaluate("scrollY") == 0


def test_the_offer_goes_when_the_reader_reads_on(show: Open) -> None:
    page = show(reader(in_parts()))
    read_to(page, 8)
    page.reload()
    offer = page.get_by_role("button", name="Back to the top")
    expect(offer).to_be_visible()
    page.evaluate("scrollBy(0, innerHeight)")
    expect(offer).to_have_count(0)


def test_a_link_to_a_place_wins(show: Open, story: Article) -> None:
    page = show(reader(story))
    read_to(page, 9)
    page.goto("about:blank")
    page.goto(f"{ORIGIN}/read/x#m2")
    until(page, "document.readyState === 'complete'")
    assert in_window(page, "#m2")
    expect(page.get_by_role("button", name="Back to the top")).to_have_count(0)


def test_a_story_read_to_its_end_begins_again(show: Open) -> None:
    page = show(reader(in_parts()))
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.goto("about:blank")
    page.goto(f"{ORIGIN}/read/x")
    until(page, "document.readyState === 'complete'")
    assert page.evaluate("scrollY") == 0


def test_within_the_page_the_browsers_own_back_still_returns(show: Open, story: Article) -> None:
    page = show(reader(story))
    read_to(page, 3)
    before = page.evaluate("scrollY")
    page.evaluate("location.hash = 'm30'")
    until(page, f"Math.abs(scrollY - {before}) > 200")
    page.go_back()
    until(page, f"Math.abs(scrollY - {before}) < 3")


def test_the_place_is_kept_without_the_articles_address(show: Open) -> None:
    page = show(reader(in_parts(url="https://herald.example/ferry")))
    read_to(page, 5)
    page.reload()
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "positions" in kept
    assert "ferry" not in kept
    assert "read" not in kept


@pytest.mark.parametrize("broken", ["{", "7", '[["x"]]', '{"x": {}}'])
def test_broken_memory_is_no_obstacle(show: Open, broken: str) -> None:
    page = show(
        reader(in_parts()),
        before=f"localStorage.setItem('personae.articles.positions', {json.dumps(broken)})",
    )
    page.keyboard.press("j")
    assert focused(page).startswith("(0)")


def test_forbidden_storage_is_no_obstacle(show: Open) -> None:
    page = show(
        reader(in_parts()),
        size=DESKTOP,
        before="Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
    )
    was = read_to(page, 8)
    page.reload()
    until(page, "scrollY > 0")  # by the browser's own memory
    assert at_top(page) == was
