"""The pages in a real browser, under the policy that the service sends with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.view.browsing import DESKTOP, PHONE, Build, Open, fits, reader, until

from personae.errors import NoArticle
from personae.markup.sanitize import clean
from personae.model import Article, Evidence
from personae.view.page import render


def test_without_scripts_a_chip_opens_the_actors_card_and_its_links_lead_to_the_text(
    show: Open, story: Article
) -> None:
    page = show(reader(story), size=PHONE, java_script_enabled=False)
    page.get_by_role("button", name="49 mentions of Ada Lark").tap()
    card = page.get_by_role("dialog", name="Ada Lark")
    assert card.get_by_text("the chair").is_visible()
    assert card.locator("svg.lane").is_visible()
    card.get_by_role("link").nth(3).click()
    assert page.url.endswith("#m9")
    assert page.locator("#m9").bounding_box()["y"] < card.bounding_box()["y"]


def test_the_card_closes_with_its_button_and_with_escape(show: Open, story: Article) -> None:
    page = show(reader(story))
    count = page.get_by_role("button", name="49 mentions of Ada Lark")
    count.click()
    page.get_by_role("button", name="Close").click()
    assert page.get_by_role("dialog").count() == 0
    count.click()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_why_opens_by_keyboard_and_fits_the_card(
    show: Open, build_article: Build, named: Any, size: tuple[int, int]
) -> None:
    alias = "Wolfeschlegelsteinhausenbergerdorff" * 2
    why = Evidence({"Ada Lark": "exact", alias: "surname"}, {"mentions": 1.2})
    article = clean(build_article([f"Ada Lark, or {alias}."], [named("Ada Lark", aliases=(alias,), why=why)]))
    page = show(reader(article), size=size, java_script_enabled=False)
    page.locator(".entry .count").first.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Ada Lark")
    assert not card.get_by_text("surname of nobody else here").is_visible()
    card.locator(".why summary").press("Enter")
    assert card.get_by_text("surname of nobody else here").is_visible()
    assert card.evaluate("card => card.scrollWidth <= card.clientWidth")


def test_a_name_of_the_cast_goes_through_its_mentions_by_keyboard(show: Open, story: Article) -> None:
    page = show(reader(story))
    page.locator(".entry a.name").first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("status").inner_text().split() == ["Ada", "Lark", "1", "of", "49"]
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    assert page.get_by_role("status").inner_text().split()[-3:] == ["3", "of", "49"]
    assert page.evaluate("document.querySelector('.now').id") == "m6"
    page.keyboard.press("p")
    assert page.evaluate("document.querySelector('.now').textContent") == "Ada Lark"
    page.keyboard.press("Escape")
    assert page.locator(".stepper").is_hidden()
    assert page.locator("mark.on").count() == 0


def test_a_click_on_a_mark_shows_all_of_its_actor(show: Open, story: Article) -> None:
    page = show(reader(story))
    page.locator(".story mark.country").nth(2).click()
    assert page.locator("mark.on").count() == 48
    assert page.get_by_role("status").inner_text().split() == ["Norway", "3", "of", "48"]
    page.locator(".story mark.country").nth(2).click()
    assert page.get_by_role("status").inner_text().split() == ["Norway", "4", "of", "48"]


def test_a_tick_of_a_lane_leads_to_its_mention(show: Open, story: Article) -> None:
    page = show(reader(story))
    page.locator(".key-actors > .entry > .lane a").last.click()
    last = page.locator("mark.now").bounding_box()
    assert last is not None
    assert 0 < last["y"] < DESKTOP[1]


def test_the_lanes_tell_where_the_reader_is(show: Open, story: Article) -> None:
    page = show(reader(story))
    at = "Number(getComputedStyle(document.documentElement).getPropertyValue('--at'))"
    assert page.evaluate(at) == 0
    page.locator(".story p").last.scroll_into_view_if_needed()
    until(page, f"{at} > 0.5")


def test_no_script_is_asked_for_before_the_text_is_drawn(show: Open, story: Article) -> None:
    page = show(
        reader(story),
        before="""
            addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => {
              const asked = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
              globalThis.askedForAtTheFirstFrame = asked.filter((path) => path.endsWith(".js"));
            }));
        """,
    )
    assert page.evaluate("askedForAtTheFirstFrame") == []
    assert page.evaluate(
        "performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('/reader/main.js'))"
    )


def test_a_page_in_the_background_has_its_scripts_all_the_same(show: Open, story: Article) -> None:
    unseen = "Object.defineProperty(document, 'hidden', { get: () => true });"
    page = show(reader(story), before=f"{unseen} globalThis.requestAnimationFrame = () => 0;")
    assert page.evaluate("document.documentElement.classList.contains('ready')")


def test_nothing_moves_while_the_page_loads(show: Open, story: Article) -> None:
    page = show(reader(story), origins=render.image_origins(story))
    until(page, "document.fonts.status === 'loaded' && document.images[0].complete")
    assert page.evaluate("document.images[0].naturalWidth") == 1200
    assert page.evaluate("document.fonts.check('20px Literata')")
    shifted = page.evaluate(
        "new Promise(done => new PerformanceObserver(list => done(list.getEntries().reduce((s, e) => s + e.value, 0)))"
        ".observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"
    )
    assert shifted < 0.02


def test_sixty_actors_with_long_names_fit_a_phone(show: Open, build_article: Build, named: Any) -> None:
    names = [
        named(
            f"Maximiliana{i:02} {'von ' * 8}Wolfeschlegelsteinhausenbergerdorff",
            key=i < 8,
            role="minister " * 12,
        )
        for i in range(60)
    ]
    article = clean(
        build_article(
            [f"{n.name} spoke." for n in names],
            names,
            title="Donaudampfschifffahrtsgesellschaftskapitän " * 3,
        )
    )
    page = show(reader(article), size=PHONE)
    assert fits(page)
    page.locator("details.others summary").click()
    assert fits(page)
    page.locator(".entry .count").nth(20).tap()
    assert page.get_by_role("dialog").is_visible()
    wide = show(reader(article))
    assert fits(wide)


def test_arabic_reads_from_the_right_and_the_interface_from_the_left(
    show: Open, build_article: Build, named: Any
) -> None:
    article = clean(
        build_article(
            ["قالت ليلى إن النرويج وافقت. " * 9],
            [named("ليلى"), named("النرويج", "country")],
            title="ليلى في النرويج",
            language="ar",
            direction="rtl",
        )
    )
    page = show(reader(article), size=PHONE)
    assert fits(page)
    direction = "e => getComputedStyle(e).direction"
    assert page.locator(".story").evaluate(direction) == "rtl"
    assert page.locator("h1").evaluate(direction) == "rtl"
    assert page.locator(".bar").evaluate(direction) == "ltr"


def test_the_bar_stays_in_view(show: Open, story: Article) -> None:
    page = show(reader(story))
    page.keyboard.press("End")
    until(page, "scrollY > 200")
    assert page.locator(".bar a.source").bounding_box()["y"] < 60


def test_printing_keeps_the_story_and_its_source(show: Open, story: Article) -> None:
    page = show(reader(story))
    page.emulate_media(media="print")
    assert page.locator(".bar").is_hidden()
    assert page.locator(".story p").first.is_visible()
    assert page.locator(".origin .address").inner_text().strip() == "https://herald.example/a"


def test_forced_colours_keep_the_lines_of_the_marks(show: Open, story: Article) -> None:
    page = show(reader(story), forced_colors="active")
    line = "e => getComputedStyle(e).textDecorationLine + ' ' + getComputedStyle(e).textDecorationStyle"
    assert page.locator(".story mark.country").first.evaluate(line) == "underline dashed"
    assert (
        page.locator(".story mark.key").first.evaluate("e => getComputedStyle(e).backgroundImage") == "none"
    )


def test_a_dropped_page_is_sent_at_once(show: Open) -> None:
    page = show(render.try_page())
    with page.expect_request(lambda r: r.method == "POST") as sent:
        page.locator("#file").set_input_files(
            {"name": "a.html", "mimeType": "text/html", "buffer": b"<p>x</p>"}
        )
    assert urlsplit(sent.value.url).path == "/try"
    assert b"<p>x</p>" in (sent.value.post_data_buffer or b"")


def test_a_form_that_comes_back_holds_the_very_text_and_runs_nothing(show: Open) -> None:
    sent = (
        "\n</textarea><script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">\n"
    )
    page = show(render.try_page(NoArticle(), html=sent, url='https://a.example/?"><b>'))
    assert page.locator("#html").input_value() == sent
    assert page.locator("#url").input_value() == 'https://a.example/?"><b>'
    assert page.title() == "Personae"


DRAG = """(page, [over, types]) => {
    const data = new DataTransfer();
    if (types.includes("Files")) data.items.add(new File(["<p>x</p>"], "a.html", { type: "text/html" }));
    else data.setData("text/plain", "https://a.example/");
    const events = ["dragenter", "dragover", "drop"].map((kind) =>
        new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    return events.map((event) => !page.querySelector(over).dispatchEvent(event));
}"""


def test_text_may_be_dropped_into_the_fields_and_a_file_anywhere(show: Open) -> None:
    page = show(render.try_page())
    body = page.locator("body")
    assert body.evaluate(DRAG, ["#url", ["text/plain"]]) == [False, False, False]
    assert page.locator(".drop.over").count() == 0
    with page.expect_request(lambda r: r.method == "POST") as sent:
        assert body.evaluate(DRAG, ["#url", ["Files"]]) == [True, True, True]
    assert b"<p>x</p>" in (sent.value.post_data_buffer or b"")


def test_a_preview_without_cast_is_complete(show: Open, build_article: Build) -> None:
    article = clean(
        replace(
            build_article(["Only the beginning."]),
            access="preview",
            access_reason="It says so.",
            actors_status="unavailable",
        )
    )
    page = show(reader(article), size=PHONE)
    assert page.get_by_text("preview only", exact=True).is_visible()
    assert page.get_by_text("the language model did not answer").is_visible()
    page.keyboard.press("n")
    assert page.locator(".stepper").is_hidden()
