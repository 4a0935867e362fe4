"""Every function by keyboard alone: reached, used and left, with the focus always visible and never lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.accessibility.stage import Stage
from tests.view.browsing import DESKTOP, PHONE, until

MOST_STOPS = 200
SMALLEST = (320, 640)
SIZES = {"desktop": DESKTOP, "phone": PHONE, "smallest": SMALLEST}

# What a sighted keyboard user needs of each stop: a ring, on the element or on what is drawn in its place, the whole
# of it within the window and not beneath anything else (WCAG 2.4.7, 2.4.11).
LOOK = """() => {
  const stop = document.activeElement;
  const ring = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const drawn = [getComputedStyle(stop), getComputedStyle(stop, "::before")];
  if (stop.nextElementSibling) drawn.push(getComputedStyle(stop.nextElementSibling));
  const boxes = [...stop.getClientRects()];
  const hit = boxes.some(({ left, top, width, height }) => [[.5, .5], [.1, .5], [.9, .5]].some(([x, y]) => {
    const found = document.elementFromPoint(left + width * x, top + height * y);
    return found && (stop.contains(found) || found.contains(stop) || found.parentElement === stop.parentElement);
  }));
  return { name: `${stop.localName}.${stop.className} ${stop.ariaLabel ?? stop.textContent.trim().slice(0, 30)}`,
           ring: drawn.some(ring), seen: hit };
}"""
CUT_OFF = """css => {
  const element = document.querySelector(css);
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
  const ring = outlineStyle === "none" ? 0 : parseFloat(outlineWidth) + parseFloat(outlineOffset);
  const root = document.documentElement;
  const ports = [{ left: 0, top: 0, right: root.clientWidth, bottom: root.clientHeight }];
  for (let around = element; around !== document.body; around = around.parentElement) {
    const style = getComputedStyle(around);
    if (around !== element && style.overflow !== "visible") {
      const edge = around.getBoundingClientRect();
      const [x, y] = [edge.left + around.clientLeft, edge.top + around.clientTop];
      ports.push({ left: x, top: y, right: x + around.clientWidth, bottom: y + around.clientHeight });
    }
    if (style.position === "fixed") break;
  }
  return Math.round(Math.max(0, ...ports.flatMap((port) =>
    [port.left - left, port.top - top, right - port.right, bottom - port.bottom].map((beyond) => beyond + ring))));
}"""
# Scroll so that a part of an element is beyond the left edge of the window (cut < 0) or the right one (cut > 0).
CUT = """([css, scroller, cut]) => {
  const { left, right, width } = document.querySelector(css).getBoundingClientRect();
  const by = (cut < 0 ? left : right - innerWidth) - cut * width;
  document.querySelector(scroller).scrollBy({ left: by, behavior: "instant" });
}"""


def in_vertical_lines(page: Page) -> None:
    page.evaluate(
        """() => {
          const { apply, valid, stored } = globalThis.personaeSettings;
          apply(valid({ ...stored, lines: "vertical" }));
        }"""
    )


def cut_off(page: Page, css: str = ":focus") -> int:
    """Return how much of an element and its ring is beyond the window or what scrolls around it, in CSS pixels."""
    return int(page.evaluate(CUT_OFF, css))


def is_focused(page: Page, css: str) -> bool:
    return bool(page.evaluate("css => document.activeElement.matches(css)", css))


def focus_is_lost(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement === document.body"))


def tab_to(page: Page, css: str, key: str = "Tab") -> None:
    """Press Tab until an element has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if is_focused(page, css):
            return
    raise AssertionError(f"no way to {css}")


def use(page: Page, css: str, key: str = "Enter") -> None:
    tab_to(page, css)
    page.keyboard.press(key)


def stops(page: Page, key: str = "Tab") -> list[dict[str, Any]]:
    """Press Tab from the beginning of the page to its end, and tell of each stop."""
    found = []
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if focus_is_lost(page):  # out of the page, in the browser's own bar
            return found
        found.append({**page.evaluate(LOOK), "cut off": cut_off(page)})
    raise AssertionError("Tab does not leave the page")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize(
    "path",
    [
        "/read/brief",
        "/read/rich",
        "/arabic/arabic",
        "/read/mongolian",
        "/",
        "/new",
        "/arabic",
        "/articles/recent",
        "/articles/forget",
        "/try",
        "/sign-in",
        "/problem",
    ],
)
def test_tab_shows_where_it_is_at_every_stop_and_leaves_the_page(
    stage: Stage, path: str, size: tuple[int, int]
) -> None:
    page = stage.open(path, size=size)
    page.evaluate("document.activeElement.blur()")
    found = stops(page)
    assert found != []
    assert [stop["name"] for stop in found if not stop["ring"]] == []
    assert [stop["name"] for stop in found if not stop["seen"]] == []
    assert [(stop["name"], stop["cut off"]) for stop in found if stop["cut off"]] == []


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("path", ["/read/brief", "/arabic/arabic", "/read/mongolian"])
def test_what_tab_reaches_comes_into_view_where_pages_glide(stage: Stage, path: str, key: str) -> None:
    page = stage.open(path, size=PHONE, motion="full")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(key)
    for _ in range(MOST_STOPS):
        if focus_is_lost(page):
            return
        until(page, f"({CUT_OFF})(':focus') === 0")
        page.keyboard.press(key)
    raise AssertionError("Tab does not leave the page")


@pytest.mark.parametrize("cut", [-0.9, -0.1, 0.1, 0.5, 0.9, 1])
@pytest.mark.parametrize("path", ["/read/brief", "/arabic/brief"])
def test_a_chip_at_the_edge_of_the_window_is_brought_in_whole(stage: Stage, path: str, cut: float) -> None:
    """However much the edge cuts off, which the font decides: sideways, browsers find a part in view enough."""
    page = stage.open(path, size=PHONE)
    page.evaluate(
        """() => {
          const row = document.querySelector(".key-actors");
          row.firstElementChild.style.marginInlineStart = "60rem"; // so that any chip may stand at either edge
          row.lastElementChild.style.marginInlineEnd = "60rem";
        }"""
    )
    for stop in (".name", ".count"):
        tab_to(page, f".entry:nth-child(2) {stop}")
        page.keyboard.press("Shift+Tab")
        page.evaluate(CUT, [".entry:nth-child(2)", ".key-actors", cut])
        assert cut_off(page, ".entry:nth-child(2)") > 0
        page.keyboard.press("Tab")
        assert is_focused(page, f".entry:nth-child(2) {stop}")
        assert cut_off(page, ".entry:nth-child(2)") == 0


@pytest.mark.parametrize("cut", [-0.5, 0.5])
def test_a_link_at_the_edge_of_vertical_lines_is_brought_in_whole(stage: Stage, cut: float) -> None:
    page = stage.open("/read/japanese", size=PHONE)
    in_vertical_lines(page)
    link = ".story a[href^='https://atlas']"
    tab_to(page, link)
    page.keyboard.press("Shift+Tab")
    page.evaluate(CUT, [link, ".page", cut])
    assert cut_off(page, link) > 0
    page.keyboard.press("Tab")
    assert is_focused(page, link)
    assert cut_off(page, link) == 0


def test_code_as_wide_as_the_window_is_brought_in_whole_between_vertical_lines(stage: Stage) -> None:
    page = stage.open("/read/japanese", size=PHONE)
    in_vertical_lines(page)
    tab_to(page, ".story pre")
    assert cut_off(page) == 0


@pytest.mark.parametrize("size", [DESKTOP, (1280, 500)], ids=["high", "low"])
def test_the_ring_of_the_story_map_s_button_is_whole_however_far_the_cast_is_scrolled(
    stage: Stage, size: tuple[int, int]
) -> None:
    page = stage.open("/read/demo", size=size)
    page.locator(".others > summary").click()
    tab_to(page, ".to-map")
    for down in (0, 3, 10, 40, 400):
        page.evaluate("down => { document.querySelector('.cast').scrollTop = down; }", down)
        assert cut_off(page) == 0, down


def test_a_panel_as_wide_as_the_window_has_a_whole_ring(stage: Stage) -> None:
    page = stage.open("/read/brief", size=SMALLEST)
    page.keyboard.press("s")
    until(page, "document.activeElement.matches('.panel')")
    assert cut_off(page) == 0


def test_without_scripts_the_chips_stand_below_each_other(stage: Stage) -> None:
    page = stage.open("/read/brief", size=PHONE, scripts=False)
    for name in ("Ada Lark", "Tern Union", "Bea Quill"):
        expect(page.get_by_role("link", name=name).first).to_be_in_viewport(ratio=1)


def test_the_menu_closes_when_tab_leaves_it(stage: Stage) -> None:
    page = stage.open("/read/brief", size=PHONE)
    use(page, ".menu summary")
    tab_to(page, ".entry .name")
    assert page.locator(".menu[open]").count() == 0


def test_a_card_closes_when_tab_comes_to_what_it_covers(stage: Stage) -> None:
    page = stage.open("/read/brief", size=SMALLEST)
    use(page, ".entry .count")
    assert page.locator(".card:popover-open").count() == 1
    tab_to(page, ".account summary")
    assert page.locator(".card:popover-open").count() == 0


def test_shift_tab_passes_the_same_stops_back(stage: Stage) -> None:
    page = stage.open("/read/rich")
    there = [stop["name"] for stop in stops(page)]
    back = [stop["name"] for stop in stops(page, "Shift+Tab")]
    assert back[: len(there)] == there[::-1]


def test_the_skip_link_leads_past_the_cast(stage: Stage) -> None:
    page = stage.open("/read/rich")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the story"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert is_focused(page, ".body *")


def test_the_original_page_is_the_second_stop(stage: Stage) -> None:
    page = stage.open("/read/brief")
    stage.pages["/elsewhere"] = "<title>There</title>"
    page.evaluate("document.querySelector('a.source').href = '/elsewhere'")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_title("There")


def test_the_settings_are_reached_changed_and_left(stage: Stage) -> None:
    page = stage.open("/read/brief")
    use(page, ".tools > [aria-controls][aria-expanded]:nth-last-of-type(1)")
    assert page.get_by_role("dialog", name="Display settings").is_visible()
    tab_to(page, "[name=theme]")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.documentElement.dataset.theme") == "black"
    tab_to(page, "[name=font]")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.font") == "system"
    for name in ("--scale", "--leading", "--width", "--tracking"):
        tab_to(page, ".display [type=range]")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("name => document.documentElement.style.getPropertyValue(name)", name)
    tab_to(page, ".display [type=checkbox]")
    page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.dataset.align") == "justify"
    tab_to(page, "[name=marks]")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.marks") == "full"
    tab_to(page, "[name=focusLine]")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.focusLine") == "line"
    tab_to(page, "[name=pictures]")
    tab_to(page, ".display select")
    use(page, ".display .css summary")
    tab_to(page, ".display textarea")
    page.keyboard.type("h1 { color: red }")
    tab_to(page, ".display .row button:last-of-type")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(255, 0, 0)"
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") is None
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert is_focused(page, "[aria-label='Display settings']")


@pytest.mark.parametrize(("path", "key"), [("/read/brief", "s"), ("/read/brief", "m"), ("/read/rich", "o")])
def test_what_a_key_opens_takes_the_focus_and_gives_it_to_its_button(
    stage: Stage, path: str, key: str
) -> None:
    page = stage.open(path)
    page.keyboard.press(key)
    assert page.locator(":popover-open").count() == 1
    until(page, "document.activeElement.closest(':popover-open') !== null")
    page.keyboard.press("Tab")
    assert is_focused(page, ":popover-open *")
    page.keyboard.press("Escape")
    until(page, "document.activeElement.matches('button') && !document.querySelector(':popover-open')")


def test_the_outline_leads_to_a_heading(stage: Stage) -> None:
    page = stage.open("/read/rich")
    use(page, "[aria-label=Outline]")
    until(page, "document.activeElement.closest('.outline') !== null")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "In figures"
    page.keyboard.press("Tab")
    assert is_focused(page, ".story *")


def test_the_player_is_opened_used_and_closed(stage: Stage) -> None:
    page = stage.open("/read/brief")
    use(page, ".tools > [aria-label=Listen]")
    player = page.get_by_role("region", name="Listen")
    expect(player).to_be_visible()
    use(page, ".player button:last-child")
    expect(player).to_be_hidden()
    assert is_focused(page, ".tools > [aria-label=Listen]")


def test_every_entry_of_the_menu_is_reached(stage: Stage) -> None:
    page = stage.open("/read/brief")
    use(page, ".menu summary", "Space")
    wanted = [one.inner_text() for one in page.locator(".menu li :is(a, button)").all() if one.is_visible()]
    assert len(wanted) > 8
    for name in wanted:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == name
    page.keyboard.press("Escape")
    assert is_focused(page, ".menu summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator(".menu[open]").count() == 0


def test_the_report_is_composed_and_left(stage: Stage) -> None:
    page = stage.open("/read/brief")
    use(page, ".menu summary")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "This is wrong":
            break
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="This is wrong")
    assert dialog.is_visible()
    tab_to(page, "dialog select")
    page.keyboard.press("ArrowDown")
    tab_to(page, "dialog textarea")
    page.keyboard.type("The last paragraph.")
    use(page, "dialog [type=checkbox]", "Space")
    report = dialog.get_by_label("The report").input_value()
    assert "Something that is not the article was kept" in report
    assert "The last paragraph." in report
    assert "https://herald.example/sea" in report
    for _ in range(12):  # round and round within it
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('dialog') !== null || !document.hasFocus()")
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert is_focused(page, ".menu summary")


def test_the_keyboard_map_gives_the_focus_back(stage: Stage) -> None:
    page = stage.open("/read/brief")
    tab_to(page, ".entry .count")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keyboard shortcuts").is_visible()
    page.keyboard.press("Escape")
    assert is_focused(page, ".entry .count")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_card_is_opened_read_and_closed(stage: Stage, size: tuple[int, int]) -> None:
    page = stage.open("/read/brief", size=size)
    tab_to(page, ".entry .count")
    page.keyboard.press("Enter")
    card = page.locator(".card:popover-open")
    page.keyboard.press("Tab")
    assert is_focused(page, ".card:popover-open .close")
    page.keyboard.press("Enter")
    assert card.count() == 0
    assert is_focused(page, ".entry .count")
    page.keyboard.press("Space")
    use(page, ".card:popover-open .correct summary")
    until(page, "document.activeElement.matches('.correct input')")
    assert cut_off(page) == 0
    tab_to(page, ".card:popover-open .lookup a")
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert is_focused(page, ".entry .count")


def test_a_quotation_leads_to_its_words(stage: Stage) -> None:
    page = stage.open("/read/brief")
    tab_to(page, ".entry:has(.quotations) .count")
    page.keyboard.press("Enter")
    use(page, ".card:popover-open .quotations a")
    assert page.locator(".card:popover-open").count() == 0
    assert "It is late" in page.evaluate("document.activeElement.textContent")


def test_a_mention_in_a_card_leads_to_the_text_and_the_focus_stays(stage: Stage) -> None:
    page = stage.open("/read/brief")
    tab_to(page, ".entry .count")
    page.keyboard.press("Enter")
    use(page, ".card:popover-open .contexts:last-of-type li:last-child a")
    assert page.locator("mark.now").count() == 1
    assert not focus_is_lost(page)


def test_the_bar_of_mentions_is_used_and_let_go(stage: Stage) -> None:
    page = stage.open("/read/brief")
    use(page, ".entry a.name")
    at = page.locator(".stepper .at")
    assert at.inner_text().startswith("1 ")
    use(page, ".stepper button:nth-of-type(2)")
    assert at.inner_text().startswith("2 ")
    tab_to(page, ".stepper button:last-child")
    page.keyboard.press("Space")
    assert page.locator(".stepper").is_hidden()
    assert is_focused(page, ".entry .name")


def test_the_story_map_leads_to_mentions(stage: Stage) -> None:
    page = stage.open("/read/brief")
    use(page, ".to-map")
    tab_to(page, ".map:popover-open .close")
    tab_to(page, ".map:popover-open th a")
    page.keyboard.press("Enter")
    assert page.locator("mark.now").count() == 1
    assert is_focused(page, ".map th a")
    page.keyboard.press("Escape")
    until(page, "document.querySelector('.map:popover-open') === null")
    assert not focus_is_lost(page)


def test_the_filter_folds_unfolds_and_is_left(stage: Stage) -> None:
    page = stage.open("/read/brief")
    page.keyboard.press("1")
    page.keyboard.press("f")
    assert page.locator(".story .folded").count() > 0
    page.keyboard.press("w")
    assert is_focused(page, ".together select")
    page.keyboard.press("ArrowDown")
    assert page.locator(".together select").input_value() != ""
    tab_to(page, ".story .fold", "Shift+Tab")
    page.keyboard.press("Enter")
    assert is_focused(page, ".story p")
    page.keyboard.press("f")
    assert page.locator(".story .folded").count() == 0
    assert not focus_is_lost(page)


def test_a_removed_block_is_put_back_and_taken_out(stage: Stage) -> None:
    page = stage.open("/read/brief")
    use(page, ".removed summary")
    use(page, ".removed .put")
    until(page, "document.activeElement.matches('.put-back')")
    use(page, ".put-back button")
    assert page.locator(".put-back").count() == 0
    assert is_focused(page, ".removed .put")


def test_the_card_of_a_mark_opens_the_whole_card_and_the_focus_comes_back(stage: Stage) -> None:
    page = stage.open("/read/brief")
    page.keyboard.press("i")
    assert is_focused(page, ".hovercard .more")
    page.keyboard.press("Enter")
    assert is_focused(page, ".card:popover-open")
    page.keyboard.press("Escape")
    until(page, "document.activeElement.matches('.entry .count')")


def test_paragraphs_notes_code_and_pictures(stage: Stage) -> None:
    page = stage.open("/read/rich")
    page.keyboard.press("j")
    assert is_focused(page, ".story .current")
    use(page, ".story sup a")
    assert page.get_by_text("Eight of them at sea.").last.is_visible()
    page.keyboard.press("Escape")
    assert is_focused(page, ".story sup a")
    use(page, ".story .enlarge")
    assert page.locator("dialog.zoom").is_visible()
    page.keyboard.press("Escape")
    assert is_focused(page, ".story .enlarge")
    tab_to(page, ".code-frame button")
