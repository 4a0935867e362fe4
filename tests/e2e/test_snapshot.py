"""The snapshot in real Chromium: what it holds, what it leaves out, and that the page stays as it was."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.snapshot import FOLDER, snapshot_script
from lxml import html as lxml_html
from playwright.sync_api import Browser, Page, Playwright
from tests.installed import binary

SNAPSHOT = snapshot_script()
SITE_HOST = "news.test"
SELECTION = (FOLDER / "just_selection.js").read_text(encoding="utf-8")
# Everything that can be changed about a document, compared and watched while the snapshot is taken.
WATCHED = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
SENTENCES = "The council met on Monday and put off its vote. " * 6


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with playwright.chromium.launch(
        executable_path=binary("chromium"),
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
    """Whether the element carries the mark of what is not rendered, or stood in one that does and is empty."""
    element = tree.get_element_by_id(element_id, None)
    return element is None or element.get("data-personae-hidden") is not None


def show(page: Page, body: str) -> None:
    """Make the body anew, as scripts of a page do, and wait for its frames and images."""
    page.evaluate(
        """async markup => {
          document.body.innerHTML = markup;
          const waited = [...document.querySelectorAll("iframe, img:not([loading=lazy])")].filter(e => !e.complete);
          await Promise.all(waited.map(e => new Promise(done => { e.onload = e.onerror = done; })));
        }""",
        body,
    )


def take(page: Page) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page.evaluate(SNAPSHOT)["html"])


def words_of(tree: lxml_html.HtmlElement) -> str:
    """The body's text, with a space between all that elements part."""
    return " ".join(" ".join(tree.find("body").itertext()).split())


def text_of(page: Page) -> str:
    return words_of(take(page))


@pytest.mark.parametrize("script", [SNAPSHOT, SELECTION + SNAPSHOT], ids=["page", "selection"])
def test_page_is_not_changed_by_it(page: Page, script: str) -> None:
    page.evaluate(
        """sentences => {
          const frame = document.createElement("iframe");
          frame.width = 600;
          frame.height = 300;
          document.body.append(frame, Object.assign(document.createElement("div"), { style: "height: 3000px" }));
          frame.contentDocument.body.textContent = sentences;
          document.querySelector("textarea").focus();
          document.querySelector("textarea").setSelectionRange(1, 3);
          getSelection().setBaseAndExtent(document.getElementById("in-contents").firstChild, 2, document.getElementById("blurred").firstChild, 3);
          scrollTo(0, 120);
          return new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)));
        }""",
        SENTENCES,
    )
    told = page.evaluate_handle(WATCHED)
    # As the browser runs it: in a world of the extension's own, beside the page's scripts.
    devtools = page.context.new_cdp_session(page)
    frame = devtools.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = devtools.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "extension"})
    for _ in range(2):
        given = devtools.send(
            "Runtime.evaluate",
            {
                "expression": script,
                "contextId": world["executionContextId"],
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        assert given["result"]["value"]["html"]
    page.wait_for_timeout(100)
    assert told.evaluate("told => told()") == [0, [], True]


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


def test_what_is_not_rendered_is_not_even_sent(tree: lxml_html.HtmlElement) -> None:
    hidden = tree.xpath("//*[@data-personae-hidden]")
    assert len(hidden) >= 7
    assert [one.text_content() for one in hidden] == [""] * len(hidden)


@pytest.mark.parametrize("comment", ["", "a --> <b>"], ids=["copied", "by hand"])
def test_text_of_which_the_browser_skips_the_content_is_not_sent(page: Page, comment: str) -> None:
    show(
        page,
        """<section id="section"><div class="skips">one</div><div class="skips">two <b>three</b> four</div>
        <div class="skips">five<br></div><p style="content-visibility: auto">six</p><p>seven
        <span class="skips">eight</span></p><table><tr class="skips"><td>nine</td><td class="skips">ten</td></tr></table>
        <div style="display: contents"><div class="skips">eleven</div><div class="skips" style="display: contents">twelve</div></div>
        <details><summary>thirteen</summary>fourteen<p class="skips">fifteen</p></details></section>
        <style>.skips { content-visibility: hidden }</style>""",
    )
    page.evaluate("text => section.prepend(document.createComment(text))", comment)
    assert text_of(page) == "six seven eight nine twelve thirteen fourteen"


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


def test_what_is_chosen_in_a_select_with_a_look_of_its_own_is_not_in_it(page: Page) -> None:
    show(
        page,
        """<style>select, ::picker(select) { appearance: base-select }</style><p>Before</p>
        <select><button>Choose: <selectedcontent></selectedcontent></button>
        <option>One</option><option><b>Two</b></option></select>""",
    )
    page.evaluate("document.querySelector('select').selectedIndex = 1")
    assert page.evaluate("document.querySelector('selectedcontent').textContent") == "Two"
    assert take(page).find(".//selectedcontent").text_content() == ""


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
          for (let depth = 0; depth < 2500; depth++) at = at.appendChild(document.createElement("b"));
          at.textContent = "the bottom";
        }"""
    )
    taken = page.evaluate(SNAPSHOT)["html"]
    assert "the bottom</b>" in taken


def test_page_beyond_the_limit_is_named_not_cut(page: Page) -> None:
    page.evaluate("document.body.dataset.weight = 'x'.repeat(21_000_000)")
    assert page.evaluate(SNAPSHOT) == {"trouble": "page_too_large", "detail": "20"}


def test_nested_shadow_roots_are_written_in_each_other_with_what_is_hidden_in_them(page: Page) -> None:
    show(page, "<main id='outermost'></main>")
    page.evaluate(
        """() => {
          let host = document.getElementById("outermost");
          for (const level of [1, 2, 3]) {
            const root = host.attachShadow({ mode: "open" });
            root.innerHTML = `<p>Level ${level}</p><p hidden>Secret ${level}</p><div></div><img src="/pixel.svg?${level}">`;
            host = root.querySelector("div");
          }
          host.textContent = "The innermost";
        }"""
    )
    assert text_of(page) == "Level 1 Level 2 Level 3 The innermost"
    assert len(take(page).xpath("//main/div/div/img")) == 1


def test_frames_of_the_same_origin_stand_in_their_place(page: Page, site: str) -> None:
    show(
        page,
        f"<p>Before</p><iframe src='/article.html' width=700 height=500></iframe>"
        f"<iframe width=500 height=300 srcdoc=\"<p>Outer</p><a href='near'>A link</a><p>{SENTENCES}</p>"
        f"<iframe width=400 height=200 srcdoc='<p>Inner {SENTENCES}</p><p hidden>Not shown</p>'></iframe>\"></iframe><p>After</p>",
    )
    page.wait_for_function("frames[1].frames[0]?.document.body.textContent.includes('Inner')")
    tree = take(page)
    text = words_of(tree)
    parts = ["Before", "ending nine years of talks", "Outer", "Inner The council", "After"]
    assert [part in text for part in parts] == [True] * 5
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert "Not shown" not in text
    assert tree.xpath("//a[text()='World']/@href") == [f"{site}/world"], "against the frame's own address"
    assert not tree.xpath("//iframe")


@pytest.mark.parametrize(
    "attributes",
    [
        "width=150 height=90",
        "width=500 height=300 hidden",
        "width=500 height=300 sandbox",
        "width=1 height=1",
    ],
)
def test_frames_that_are_small_hidden_or_closed_stay_empty(page: Page, attributes: str) -> None:
    show(page, f"<p>Before</p><iframe {attributes} srcdoc='<p>{SENTENCES}</p>'></iframe>")
    assert text_of(page) == "Before"


def test_frames_that_say_little_stay_empty(page: Page) -> None:
    show(page, "<p>Before</p><iframe width=500 height=300 srcdoc='<p>Buy now!</p>'></iframe>")
    assert text_of(page) == "Before"


@pytest.mark.parametrize(
    "document",
    [
        "<body contenteditable=true>",
        "<body contenteditable>",
        "<html contenteditable=plaintext-only><body>",
        "<body><script>document.designMode = 'on'</script>",
        "<body><script>document.designMode = 'on'</script><img name=designMode>",
    ],
)
def test_draft_in_a_framed_editor_is_not_taken(page: Page, document: str) -> None:
    show(
        page,
        f"<p>Before</p><iframe id='editor' width=500 height=300 srcdoc='{html.escape(document)}<p>{SENTENCES}</p>'></iframe>",
    )
    assert text_of(page) == "Before"
    page.evaluate("editor.focus()")
    page.evaluate("frames[0].getSelection().selectAllChildren(frames[0].document.body)")
    assert page.evaluate(SELECTION + SNAPSHOT) == {"trouble": "nothing_selected", "detail": ""}


def test_page_that_is_editable_as_a_whole_is_still_a_page(page: Page) -> None:
    show(page, "<p>Words of the page</p>")
    page.evaluate("document.designMode = 'on'; document.body.contentEditable = 'true'")
    assert text_of(page) == "Words of the page"


def test_frames_of_other_origins_stay_empty(page: Page, site: str) -> None:
    elsewhere = site.replace(SITE_HOST, "127.0.0.1")
    show(page, f"<p>Before</p><iframe src='{elsewhere}/article.html' width=700 height=500></iframe>")
    assert text_of(page) == "Before"


def test_responsive_and_lazy_images_name_what_the_browser_took(page: Page, site: str) -> None:
    show(
        page,
        "<img id='widths' sizes='900px' srcset='/pixel.svg?300 300w, /pixel.svg?900 900w, /pixel.svg?3000 3000w' src='/pixel.svg?plain'>"
        "<picture><source media='(max-width: 1px)' srcset='/pixel.svg?tiny'><source type='image/none' srcset='/pixel.svg?none'>"
        "<source srcset='/pixel.svg?right'><img id='chosen' src='/pixel.svg?fallback'></picture>"
        "<div style='height: 30000px'></div><img id='far' loading='lazy' src='/pixel.svg?far' width='80' height='40'>"
        "<img id='waits' class='lazy' data-src='/pixel.svg?waits' data-srcset='/pixel.svg?waits2 2x'>",
    )
    tree = take(page)
    assert tree.get_element_by_id("widths").get("src") == f"{site}/pixel.svg?900"
    assert tree.get_element_by_id("chosen").get("src") == f"{site}/pixel.svg?right"
    far = tree.get_element_by_id("far")
    assert (far.get("src"), far.get("width"), far.get("height")) == (f"{site}/pixel.svg?far", "80", "40")
    assert tree.get_element_by_id("waits").get("data-src") == "/pixel.svg?waits"
    assert not page.evaluate("performance.getEntriesByName(document.getElementById('far').src).length"), (
        "it was not loaded for that"
    )


def test_images_for_browsers_without_scripts_stay_beside_the_lazy_ones(page: Page) -> None:
    page.goto(page.url.replace("snapshot.html", "lazy.html"))
    tree = take(page)
    assert tree.xpath("//figure/img/@data-src") == ["/one.jpg"]
    assert tree.xpath("//figure/noscript/img/@src") == ["/one.jpg"]
    assert "turn on scripts" not in tree.text_content()


def test_images_stay_of_a_noscript_that_scripts_made(page: Page) -> None:
    show(page, "<main></main>")
    page.evaluate(
        """() => {
          const markup = "<body><noscript><p>Turn on scripts</p><img src='/one.jpg'></noscript>";
          const made = new DOMParser().parseFromString(markup, "text/html").body.firstChild;
          document.querySelector("main").append(made);
        }"""
    )
    tree = take(page)
    assert tree.xpath("//main/noscript/img/@src") == ["/one.jpg"]
    assert words_of(tree) == ""


def test_what_is_shown_for_want_of_scripts_is_taken_in_its_place(browser: Browser, site: str) -> None:
    with browser.new_page(java_script_enabled=False) as page:
        page.goto(f"{site}/scriptless.html")
        tree = take(page)
        page.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
        marked = lxml_html.document_fromstring(page.evaluate(SELECTION + SNAPSHOT)["html"])
    shown = "One two & <three> four five six seven"
    assert [words_of(tree), words_of(marked)] == [shown, shown]
    assert tree.xpath("//main/p/a/@href") == ["/two"], "the paragraph goes on around it"
    assert tree.xpath("//figure/img/@src") == [f"{site}/real.jpg"]
    assert tree.findtext("head/title") == "Without scripts"


def test_frame_without_scripts_shows_what_it_has_for_that(page: Page) -> None:
    show(
        page,
        f"<iframe sandbox='allow-same-origin' width=500 height=300 srcdoc='<body><noscript><p>{SENTENCES}</p></noscript>'></iframe>",
    )
    assert text_of(page) == SENTENCES.strip()


def test_story_that_loads_on_scroll_is_taken_as_far_as_it_is_there(page: Page) -> None:
    page.goto(page.url.replace("snapshot.html", "lazy.html"))
    assert "Part 3" not in text_of(page)
    page.mouse.wheel(0, 4000)
    page.wait_for_function("document.body.textContent.includes('Part 3')")
    assert "Part 3" in text_of(page)


def test_page_whose_body_its_scripts_replaced_is_taken_as_it_is_now(page: Page) -> None:
    page.evaluate(
        """() => {
          const body = document.createElement("body");
          body.innerHTML = "<main><p>Made by a script</p></main>";
          document.body.replaceWith(body);
        }"""
    )
    assert text_of(page) == "Made by a script"
    page.evaluate("document.open(); document.write('<title>T</title><p>Written anew'); document.close()")
    assert text_of(page) == "Written anew"


def test_plain_parts_come_without_comments_handlers_and_hidden_elements(page: Page) -> None:
    show(
        page,
        """<section><div class="plain" title="a > b" data-x="<!-- kept -->"><p>One<!-- gone --> two</p>
        <a href=" JavaScript:void(0)" ONCLICK="void 0" title="onclick=&quot;stays&quot;">three</a>
        <p>Write onclick="x" and &lt;!-- so --&gt; as text</p><p data-personae-snapshot="1" nonce="n">four</p></div>
        <ul><li>five</li><li style="display: none">six <b>seven</b></li><li><span><b>eight</b></span></li></ul></section>""",
    )
    tree = take(page)
    (plain,) = tree.find_class("plain")
    assert dict(plain.attrib) == {"class": "plain", "title": "a > b", "data-x": "<!-- kept -->"}
    assert dict(plain.find("a").attrib) == {"title": 'onclick="stays"'}
    assert [dict(one.attrib) for one in plain.iter("p")] == [{}, {}, {}]
    assert text_of(page) == 'One two three Write onclick="x" and <!-- so --> as text four five eight'


def test_plain_parts_are_parted_at_whatever_is_not_plain(page: Page) -> None:
    show(
        page,
        """<section><div><!-- gone --><p style="display: none"><b>hidden</b> one</p><p>two<br style="display: none">
        <br>three</p></div><div style="display: contents"><!-- gone --><p>four</p></div><details><summary>five</summary>
        <p>six</p><p style="display: none">seven</p></details><p>eight <svg width="8" height="8"><svg><path/></svg>
        <text>&lt;nine&gt;</text></svg> <svg style="display: none"><text>ten</text></svg></p>
        <p><math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\xi</annotation></semantics></math></p>
        <div><span style="display: none"></span></div><div><em title="&lt;p> <!--">eleven</em></div>
        <div><u hidden>twelve</u><img src="/pixel.svg" style="display: none" alt="thirteen"></div></section>""",
    )
    tree = take(page)
    assert words_of(tree).split() == [
        "two",
        "three",
        "four",
        "five",
        "six",
        "eight",
        "<nine>",
        "x",
        "\\xi",
        "eleven",
    ]
    hidden = [one.tag for one in tree.find("body").xpath(".//*[@data-personae-hidden]")]
    assert hidden == ["p", "br", "p", "span", "u", "img"]
    assert len(tree.xpath("//br")) == 2, "an end tag would be a second line break"
    assert tree.xpath("//em/@title") == ["<p> <!--"]


@pytest.mark.parametrize(
    "odd",
    ["document.createComment('a --> <b>gone</b>')", "document.createProcessingInstruction('x', 'a <b>')"],
)
def test_nodes_that_only_scripts_can_make_do_not_bring_it_out_of_step(page: Page, odd: str) -> None:
    show(page, "<section><p>One</p><p hidden>Not shown</p><p>Two</p></section>")
    page.evaluate(f"document.querySelector('section').prepend({odd})")
    assert text_of(page) == "One Two"


def selected(page: Page, start: str, end: str) -> lxml_html.HtmlElement:
    """The snapshot of a selection, from a word to the end of another one, wherever in the page they are."""
    page.evaluate(
        """([start, end]) => {
          const texts = [];
          const collect = node => {
            if (node.nodeType === 3) texts.push(node);
            for (const child of (node.shadowRoot ?? node).childNodes) collect(child);
          };
          collect(document.body);
          const [from, to] = [start, end].map(word => texts.find(text => text.data.includes(word)));
          getSelection().setBaseAndExtent(from, from.data.indexOf(start), to, to.data.indexOf(end) + end.length);
        }""",
        [start, end],
    )
    return lxml_html.document_fromstring(page.evaluate(SELECTION + SNAPSHOT)["html"])


STORY = """<main><h1>Title</h1><p>First one. <b>Second <i>one</i></b> and third.</p><p hidden>Not shown</p>
<ul><li>Alpha</li><li>Beta <a href="/b">link</a></li></ul><p style="user-select: none">Never marked</p>
<figure><img src="/pixel.svg" alt="A ferry"></figure><p>Last one.</p></main>"""


def test_selection_holds_exactly_what_is_marked_in_its_structure(page: Page) -> None:
    show(page, STORY)
    tree = selected(page, "one", "Beta")
    assert tree.get("data-personae-selection") == ""
    assert lxml_html.tostring(tree.find("body"), encoding="unicode").replace("\n", "") == (
        "<body><main><p>one. <b>Second <i>one</i></b> and third.</p><ul><li>Alpha</li><li>Beta</li></ul></main></body>"
    )


def test_selection_keeps_images_and_leaves_out_what_cannot_be_marked(page: Page) -> None:
    show(page, STORY)
    tree = selected(page, "link", "Last")
    assert words_of(tree) == "link Last"
    assert tree.xpath("//figure/img/@alt") == ["A ferry"]


def test_selection_comes_with_the_pages_head_and_its_data(page: Page, site: str) -> None:
    tree = selected(page, "Plain <text>", "quotes")
    assert tree.findtext("head/title") == "Title & more"
    assert tree.xpath("//meta[@name='author']/@content") == ["A. Writer"]
    assert tree.xpath("//base/@href") == [f"{site}/snapshot.html"]
    assert len(tree.xpath("//script")) == 1


def test_selection_within_one_word(page: Page) -> None:
    show(page, STORY)
    assert selected(page, "hir", "thir").find("body").text_content() == "hir"


@pytest.mark.parametrize(
    "passed_over",
    [
        "<div contenteditable>draft</div>",
        "<div contenteditable><p>draft</p></div>",
        "<textarea>draft</textarea>",
        "<noscript>Please turn on scripts</noscript>",
        "<div hidden>Not shown</div>",
        "<div style='user-select: none'>Never marked</div>",
        "<script>let it</script>",
        "<style>p { color: blue }</style>",
        "<img src='/pixel.svg'>",
        "<!-- a comment -->",
    ],
)
@pytest.mark.parametrize("point", ["there", "there.firstChild ?? there"], ids=["at it", "in it"])
def test_selection_that_ends_or_begins_in_what_is_passed_over(
    page: Page, passed_over: str, point: str
) -> None:
    show(page, f"<p id='before'>Before</p>{passed_over}<p id='after'>After</p><p>The rest</p>")
    taken = page.evaluate(
        """async ([point, script]) => {
          const [before, after] = ["before", "after"].map(id => document.getElementById(id));
          const there = before.nextSibling;
          const met = eval(point);
          const bodies = [];
          for (const ends of [[before.firstChild, 0, met, 0], [met, 0, after.firstChild, 5]]) {
            getSelection().setBaseAndExtent(...ends);
            bodies.push((await (0, eval)(script)).html.replace(/.*<body>/s, ""));
          }
          return bodies;
        }""",
        [point, SELECTION + SNAPSHOT],
    )
    assert [lxml_html.fromstring(body).text_content() for body in taken] == ["Before", "After"]


def test_paragraph_marked_by_three_clicks_is_taken_alone(page: Page) -> None:
    show(page, "<p>A paragraph</p><div contenteditable>draft</div><p>The rest</p>")
    page.click("p", click_count=3)
    assert page.evaluate("getSelection().focusNode.nodeName") == "DIV", "it ends in the draft"
    tree = lxml_html.document_fromstring(page.evaluate(SELECTION + SNAPSHOT)["html"])
    assert words_of(tree) == "A paragraph"


def test_selection_that_ends_in_what_a_shadow_tree_does_not_show(page: Page) -> None:
    show(page, "<p>Before</p><div id='host'>Not shown</div><p>After</p>")
    page.evaluate("host.attachShadow({ mode: 'open' }).innerHTML = '<p>Shown</p>'")
    page.evaluate(
        "getSelection().setBaseAndExtent(document.querySelector('p').firstChild, 0, host.firstChild, 3)"
    )
    tree = lxml_html.document_fromstring(page.evaluate(SELECTION + SNAPSHOT)["html"])
    assert words_of(tree) == "Before Shown"


def test_all_selected_is_all_that_can_be(page: Page) -> None:
    show(page, STORY)
    page.keyboard.press("Control+a")
    tree = lxml_html.document_fromstring(page.evaluate(SELECTION + SNAPSHOT)["html"])
    assert words_of(tree) == "Title First one. Second one and third. Alpha Beta link Last one."


def test_selection_in_a_shadow_tree(page: Page) -> None:
    show(page, "<p>Outside</p><div id='host'></div>")
    page.evaluate(
        "host.attachShadow({ mode: 'open' }).innerHTML = '<p>Some words in the shade</p><p>Others</p>'"
    )
    assert selected(page, "words", "the").find("body").text_content() == "words in the"


def test_selection_in_a_frame_has_the_frames_addresses(page: Page, site: str) -> None:
    show(page, "<p>Outside</p><iframe src='/article.html' width=700 height=500></iframe>")
    page.evaluate("frames[0].getSelection().selectAllChildren(frames[0].document.querySelector('nav'))")
    tree = lxml_html.document_fromstring(page.evaluate(SELECTION + SNAPSHOT)["html"])
    assert tree.find("body").text_content() == "HomeWorldSport"
    assert tree.xpath("//a/@href") == [f"{site}/", f"{site}/world", f"{site}/sport"]


@pytest.mark.parametrize(
    "script",
    ["getSelection().removeAllRanges()", "document.querySelector('textarea').select()"],
    ids=["nothing", "typed text"],
)
def test_without_a_selection_nothing_is_taken(page: Page, script: str) -> None:
    page.evaluate(script)
    assert page.evaluate(SELECTION + SNAPSHOT) == {"trouble": "nothing_selected", "detail": ""}


def test_the_next_snapshot_is_whole_again(page: Page) -> None:
    page.evaluate(SELECTION + SNAPSHOT)
    assert "Plain <text>" in text_of(page)
