"""The snapshot in real Chromium: what it holds, what it leaves out, and that the page stays as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser, Page, Playwright

SNAPSHOT = (Path(__file__).resolve().parents[2] / "extension" / "snapshot.js").read_text(encoding="utf-8")
SITE_HOST = "news.test"
# Everything that can be changed about a document, watched while the snapshot is taken.
WATCHED = """
async snapshot => {
  const roots = [document, ...[...document.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean)];
  const states = () => JSON.stringify([
    ...roots.map(root => (root.documentElement ?? root).innerHTML),
    document.documentElement.outerHTML,
    [...document.querySelectorAll("input, textarea, option")].map(e => [e.value, e.checked, e.selected]),
    scrollX, scrollY,
  ]);
  const before = states();
  const observer = new MutationObserver(() => {});
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  roots.forEach(root => observer.observe(root, all));
  await (0, eval)(snapshot);
  return [observer.takeRecords().length, before === states()];
}
"""


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox", f"--host-resolver-rules=MAP {SITE_HOST} 127.0.0.1"],
    ) as launched:
        yield launched


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with browser.new_page() as opened:
        opened.goto(f"{site}/snapshot.html")
        yield opened


@pytest.fixture(scope="module")
def taken(browser: Browser, site: str) -> str:
    with browser.new_page() as opened:
        opened.goto(f"{site}/snapshot.html")
        return str(opened.evaluate(SNAPSHOT)["html"])


@pytest.fixture
def tree(taken: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(taken)


def flagged(tree: lxml_html.HtmlElement, element_id: str) -> bool:
    """Whether the element or one around it carries the mark of what is not rendered."""
    element = tree.get_element_by_id(element_id)
    return any(one.get("data-personae-hidden") is not None for one in (element, *element.iterancestors()))


def test_page_is_not_changed_by_it(page: Page) -> None:
    assert page.evaluate(WATCHED, SNAPSHOT) == [0, True]


def test_it_says_what_it_is_and_where_from(page: Page, site: str) -> None:
    result = page.evaluate(SNAPSHOT)
    assert result["url"] == f"{site}/snapshot.html"
    assert result["html"].startswith(
        '<!doctype html><html lang="de" dir="ltr" data-personae-snapshot="1"><head>'
    )
    assert f'<head><meta charset="utf-8"><base href="{site}/snapshot.html">' in result["html"]
    assert "<title>Title &amp; more</title>" in result["html"]
    assert '<link rel="canonical" href="/canonical">' in result["html"]


@pytest.mark.parametrize(
    "element_id", ["gone", "hidden", "until-found", "skipped", "dialog", "folded-gone", "shadow-gone"]
)
def test_what_is_not_rendered_is_flagged(tree: lxml_html.HtmlElement, element_id: str) -> None:
    assert flagged(tree, element_id)


@pytest.mark.parametrize(
    "element_id",
    [
        "plain",
        "open-dialog",
        "folded",
        "in-contents",
        "faint",
        "blurred",
        "unseen",
        "in-closed",
        "in-form",
        "link",
    ],
)
def test_what_is_rendered_or_only_covered_is_not_flagged(
    tree: lxml_html.HtmlElement, element_id: str
) -> None:
    assert not flagged(tree, element_id)


def test_metadata_is_never_flagged(tree: lxml_html.HtmlElement) -> None:
    assert not tree.xpath("//head//*[@data-personae-hidden]")
    assert tree.xpath("//meta[@name='author']/@content") == ["A. Writer"]


def test_shadow_roots_stand_in_place_with_their_slots_filled(tree: lxml_html.HtmlElement) -> None:
    (card,) = tree.xpath("//story-card")
    assert [one.tag for one in card] == ["h2", "inner-card", "em", "p"]
    assert card.findtext("h2/span") == "Slotted title"
    assert card.findtext("inner-card/blockquote/p") == "Default child"
    assert card.findtext("em") == "Fallback"
    assert not card.xpath(".//slot")


def test_closed_shadow_roots_stay_closed(taken: str) -> None:
    assert "Closed secret" not in taken
    assert "Light child of a closed host" in taken


def test_nothing_typed_or_chosen_is_in_it(page: Page) -> None:
    for field in page.query_selector_all(
        "input:not([type]), input[type=password], textarea, [contenteditable]"
    ):
        field.fill("secret of the reader")
    page.check("[name=localName]")
    taken = page.evaluate(SNAPSHOT)["html"]
    assert "secret of the reader" not in taken
    assert "typed" not in taken
    assert "checked" not in taken
    assert "selected" not in taken
    assert "Text in the form" in taken


@pytest.mark.parametrize(
    "text",
    [
        "pageScript",
        "color: green",
        "stylesheet",
        "a comment",
        "Template text",
        "Without scripts",
        "frame text",
        "fallback",
        "onclick",
        "onmouseover",
        "onerror",
        "javascript:",
        "blob:",
        "refresh",
        "%3Cg%2F%3E",
    ],
)
def test_what_runs_weighs_or_is_not_shown_is_left_out(taken: str, text: str) -> None:
    assert text not in taken


def test_structured_data_stays_and_cannot_end_its_element(tree: lxml_html.HtmlElement) -> None:
    (data,) = tree.xpath("//script")
    assert data.get("type") == "application/ld+json"
    assert data.text == '{"headline": "A <\\/script> in it"}'


def test_images_have_the_source_that_the_browser_chose(page: Page, site: str) -> None:
    page.wait_for_function("document.getElementById('picture').currentSrc.includes('wide')")
    tree = lxml_html.document_fromstring(page.evaluate(SNAPSHOT)["html"])
    picture = tree.get_element_by_id("picture")
    assert picture.get("src") == f"{site}/pixel.svg?wide"
    assert (picture.get("width"), picture.get("height")) == ("40", "20")
    assert tree.get_element_by_id("lazy").get("data-src") == "/later.jpg"
    assert tree.get_element_by_id("big").get("src") is None
    assert tree.xpath("//noscript/img/@src") == ["/noscript.jpg"]


def test_text_reads_back_as_it_was(tree: lxml_html.HtmlElement) -> None:
    assert tree.get_element_by_id("plain").text == "Plain <text> & “quotes”"
    assert tree.get_element_by_id("pre").text.lstrip("\n") == "two line feeds first"
    assert tree.xpath("//svg/*[@id='gradient']")


def test_page_that_nests_deep_is_taken(page: Page) -> None:
    page.evaluate(
        """() => {
          let at = document.body;
          for (let depth = 0; depth < 4000; depth++) at = at.appendChild(document.createElement("b"));
          at.textContent = "the bottom";
        }"""
    )
    taken = page.evaluate(SNAPSHOT)["html"]
    assert "the bottom</b>" in taken


def test_page_beyond_the_limit_is_named_not_cut(page: Page) -> None:
    page.evaluate("document.body.dataset.weight = 'x'.repeat(21_000_000)")
    assert page.evaluate(SNAPSHOT) == {"trouble": "page_too_large", "detail": "20"}
