"""What a reader does with an article beyond reading, in a real browser against a real backend."""

from __future__ import annotations

import json
import re
from zipfile import ZipFile

import pytest
from tests.view.browsing import until

from personae.view.exports.formats import EXPORTS

PAGE = """<html lang="en"><title>Ada Lark goes to sea</title><article><h1>Ada Lark goes to sea</h1>
<p>Ada Lark, the chair of the Tern Union, left Oslo harbour on Monday with Bea Quill, said the union in a letter.</p>
<p>“It is late,” Lark said, and the Tern Union agreed with her about the weather and about the long way home.</p>
<aside class="newsletter"><p>Subscribe to our newsletter and get the news in your inbox every morning.</p>
<form><input type="email" name="email" placeholder="Your e-mail"><button>Sign up</button></form></aside>
<p>Quill answered that nobody had asked for more wind, and that Lark knew the sea better than anybody else there.</p>
<p>The two came back on Friday, when the harbour was quiet again and the Tern Union had sent all boats home.</p>
</article></html>"""


@pytest.fixture(scope="module")
def whole(start_shared_service):
    """Run a backend with the real pipeline."""
    return start_shared_service("personae.workers.steps", read_timeout="20")


@pytest.fixture
def page(headless_chromium):
    context = headless_chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()
    assert opened.complaints == []


@pytest.fixture
def article(page, whole):
    """Open the article, and return it as JSON."""
    read = whole.read(PAGE, url="https://herald.example/sea").json
    page.goto(whole.address + read["view"])
    page.wait_for_selector("html.ready")
    return read


def choose(page, entry: str) -> None:
    page.locator(".bar .menu summary").click()
    page.get_by_role("button", name=entry, exact=True).click()


def cast(page) -> list[str]:
    return page.locator(".entry .name bdi").all_inner_texts()


def card_of(page, name: str):
    entry = page.locator(".entry", has=page.get_by_text(name, exact=True)).first
    entry.evaluate("entry => entry.closest('details')?.setAttribute('open', '')")
    entry.locator(".count").click()
    card = page.get_by_role("dialog", name=name)
    if card.locator(".correct").get_attribute("open") is None:
        card.get_by_text("Correct…").click()
    card.get_by_label("Role").wait_for()
    return card


def test_a_removed_block_goes_back_where_it_was_and_out_again(page, article):
    (index,) = [i for i, removal in enumerate(article["removed"]) if "newsletter" in removal["text"]]
    page.locator("details.removed summary").click()
    item = page.locator(f'.removed li[data-removal="{index}"]')
    item.get_by_role("button", name="Put back").click()
    block = page.get_by_role("region", name="Was removed: Newsletter box")
    assert "every morning" in block.inner_text()
    assert block.evaluate("block => block.previousElementSibling.textContent").startswith("“It is late,”")
    assert block.locator("form, input, script").count() == 0
    block.get_by_role("button", name="Take out again").click()
    assert block.count() == 0
    assert item.get_by_role("button", name="Put back").evaluate("b => b === document.activeElement")


def test_a_removed_block_goes_back_after_a_paragraph_that_links_lead_to(page, whole):
    linked = PAGE.replace("<p>“It is late,”", '<p id="late">“It is late,”').replace(
        "The two came back", '<a href="#late">As told</a>, the two came back'
    )
    read = whole.read(linked, url="https://herald.example/linked").json
    page.goto(whole.address + read["view"])
    page.wait_for_selector("html.ready")
    page.locator("details.removed summary").click()
    page.locator(".removed li", has_text="Newsletter").get_by_role("button", name="Put back").click()
    block = page.get_by_role("region", name="Was removed: Newsletter box")
    assert block.evaluate("block => block.previousElementSibling.textContent").startswith("“It is late,”")


def test_a_name_that_stands_partly_in_bold_is_parted_as_a_whole(page, whole):
    bold = PAGE.replace("<p>Quill answered", "<p><b>Bea</b> Quill answered")
    read = whole.read(bold, url="https://herald.example/bold").json
    page.goto(whole.address + read["view"])
    page.wait_for_selector("html.ready")
    called = {m["text"] for actor in read["actors"] if actor["name"] == "Ada Lark" for m in actor["mentions"]}
    assert called == {"Ada Lark", "Lark"}
    with page.expect_navigation():
        card = card_of(page, "Bea Quill")
        card.get_by_label("Is the same as").select_option(label="Ada Lark")
        card.get_by_role("button", name="Join").click()
    page.wait_for_selector("html.ready")
    choice = card_of(page, "Ada Lark").get_by_label("Is not the one called")
    assert choice.locator("option").all_inner_texts() == ["“Ada Lark”", "“Bea Quill”", "“Lark”"]


def test_a_correction_stays_in_this_browser_and_can_be_undone(page, whole, article):
    card = card_of(page, "Ada Lark")
    card.get_by_label("Name").fill("Ada B. Lark")
    with page.expect_navigation():
        card.get_by_role("button", name="Save").first.click()
    page.wait_for_selector("html.ready")
    assert "Ada B. Lark" in cast(page)
    page.reload()
    page.wait_for_selector("html.ready")
    assert "Ada B. Lark" in cast(page)
    assert "Ada B. Lark" not in whole.get(article["view"]).text
    with page.expect_navigation():
        page.get_by_role("button", name="Undo all").click()
    page.wait_for_selector("html.ready")
    assert "Ada Lark" in cast(page)


def test_two_actors_become_one_and_a_mark_of_either_is_its_mark(page, article):
    card = card_of(page, "Bea Quill")
    card.get_by_label("Is the same as").select_option(label="Ada Lark")
    with page.expect_navigation():
        card.get_by_role("button", name="Join").click()
    page.wait_for_selector("html.ready")
    assert "Bea Quill" not in cast(page)
    (ada,) = [actor["id"] for actor in article["actors"] if actor["name"] == "Ada Lark"]
    marked = page.locator(f'.story mark[data-actor="{ada}"]').all_inner_texts()
    assert "Bea Quill" in marked
    assert "Lark" in marked


def answer_whose(page, name: str, *, here: bool = False) -> None:
    """Say in the dialog who it is: one of the cast, or a name that is typed."""
    dialog = page.locator("dialog.whose")
    dialog.wait_for()
    known = dialog.get_by_label("It is").locator("option", has_text=re.compile(f"^{name}$"))
    if known.count():
        dialog.get_by_label("It is").select_option(label=name)
    else:
        dialog.get_by_label("It is").select_option(label="Another name…")
        dialog.get_by_role("textbox", name="Name").fill(name)
    if here:
        dialog.get_by_label("Only here").check()
    with page.expect_navigation():
        dialog.get_by_role("button", name="Correct").click()
    page.wait_for_selector("html.ready")


def marked(page, actor: str) -> list[str]:
    return page.locator(f'.story mark[data-actor="{actor}"]').all_inner_texts()


def rest_on_last(page, text: str) -> None:
    page.locator(".story mark", has_text=re.compile(f"^{text}$")).last.hover()
    page.locator(".hovercard:popover-open").wait_for()


def test_on_a_mark_one_says_whose_name_it_is_and_so_it_is_wherever_that_stands(page, article):
    (bea,) = [actor["id"] for actor in article["actors"] if actor["name"] == "Bea Quill"]
    rest_on_last(page, "Lark")
    page.get_by_role("button", name="Not Ada Lark?").click()
    dialog = page.get_by_role("dialog", name="This is not Ada Lark")
    assert "more wind, and that Lark knew the sea better" in dialog.locator(".where").inner_text()
    assert dialog.get_by_label("Wherever the story says “Lark” (2 times)").is_checked()
    answer_whose(page, "Bea Quill")
    assert marked(page, bea).count("Lark") == 2
    assert "“It is late”" in card_of(page, "Bea Quill").locator(".quotations").inner_text()


def test_a_mention_can_be_somebody_new_there_alone_also_in_what_is_taken_along(page, article):
    page.keyboard.press("1")
    while page.locator("mark.now").inner_text() != "Lark":
        page.keyboard.press("n")
    page.keyboard.press("i")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("dialog.whose").wait_for()
    answer_whose(page, "Cy Lark", here=True)
    assert "Cy Lark" in page.locator(".entry .name bdi").all_text_contents()
    corrected = json.loads(words_in(taken(page, "json")))
    (cy,) = [actor for actor in corrected["actors"] if actor["name"] == "Cy Lark"]
    (mention,) = cy["mentions"]
    assert article["text"][mention["start"] : mention["end"]] == "Lark"
    for form in EXPORTS:
        assert "Cy Lark" in words_in(taken(page, form)), form


def test_in_the_card_one_says_who_is_called_so_and_about_the_mention_stepped_to(page, article):
    page.keyboard.press("1")
    while page.locator("mark.now").inner_text() != "Lark":
        page.keyboard.press("n")
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Ada Lark")
    card.get_by_text("Correct…").click()
    card.get_by_role("button", name="“Lark” here is somebody else…").click()
    page.locator("dialog.whose .where").wait_for()
    page.keyboard.press("Escape")
    card = card_of(page, "Ada Lark")
    card.get_by_label("Is not the one called").select_option(label="“Lark”")
    card.get_by_role("button", name="It is…").click()
    answer_whose(page, "Bea Quill")
    (bea,) = [actor["id"] for actor in article["actors"] if actor["name"] == "Bea Quill"]
    assert marked(page, bea).count("Lark") == 2


@pytest.mark.parametrize("height", [844, 300])
def test_correcting_an_actor_begins_in_view_with_the_focus_in_it(page, article, height):
    page.set_viewport_size({"width": 390, "height": height})
    card = card_of(page, "Ada Lark")
    field = card.get_by_label("Name")
    until(page, "document.activeElement.matches('.correct input')")
    box, around = field.bounding_box(), card.bounding_box()
    assert around["y"] <= box["y"]
    assert box["y"] + box["height"] <= min(around["y"] + around["height"], height)


def test_who_is_no_actor_is_hidden(page, article):
    with page.expect_navigation():
        card_of(page, "Tern Union").get_by_role("button", name="Is no actor: hide").click()
    page.wait_for_selector("html.ready")
    assert "Tern Union" not in cast(page)


def test_corrections_that_the_backend_cannot_apply_leave_the_page_and_say_so(page, whole, article):
    page.route(re.compile(r"/read/"), lambda r: r.abort() if r.request.method == "POST" else r.continue_())
    card = card_of(page, "Ada Lark")
    card.get_by_label("Role").fill("a witness")
    with page.expect_navigation():
        card.get_by_role("button", name="Save").nth(1).click()
    page.get_by_text("Your corrections could not be applied").wait_for()
    assert "Ada Lark" in cast(page)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("[]", "must be a list"),
        ('{"corrections": {}}', "must be a list"),
        ('{"corrections": [7]}', "must be one of"),
        ('{"corrections": [{"kind": "rename", "actor": 7}]}', '"actor"'),
        ('{"corrections": [{"kind": "rename", "actor": "a", "value": "%s"}]}' % ("x" * 201), '"value"'),
        ("{", "not valid JSON"),
    ],
)
def test_what_is_no_correction_is_named(service, body, cause):
    view = service.read(PAGE, url="").json["view"]
    headers = {"Content_Type": "application/json", "Origin": service.address}
    answer = service.post(view, body.encode(), **headers)
    assert answer.status == 400
    assert cause in answer.json["error"]["message"]


def test_an_article_is_kept_for_good_and_let_go_again(page, whole, article):
    choose(page, "Keep for good")
    page.get_by_text("Kept until you say otherwise.").wait_for()
    page.reload()
    page.wait_for_selector("html.ready")
    choose(page, "Keep no longer")
    page.get_by_text("Kept for a while only").wait_for()


def test_a_share_link_opens_for_who_has_no_token_until_it_is_taken_back(
    page, headless_chromium, start_service
):
    token = "the-token-of-one-reader"
    service = start_service(token=token)
    read = service.read(PAGE, url="https://herald.example/sea", Authorization=f"Bearer {token}").json
    page.goto(service.address + read["view"])
    page.wait_for_selector("html.ready")
    choose(page, "Share link")
    dialog = page.get_by_role("dialog", name="Share link")
    address = dialog.get_by_label("Share link").input_value()
    other = headless_chromium.new_context()
    guest = other.new_page()
    guest.goto(address)
    guest.wait_for_selector("html.ready")
    assert guest.locator("h1").inner_text() == "Ada Lark goes to sea"
    assert guest.locator(".bar .menu").count() == 0
    dialog.get_by_role("button", name="Take the link back").click()
    page.get_by_text("The link leads nowhere any more.").wait_for()
    assert guest.goto(address).status in (404, 410)
    other.close()


@pytest.mark.parametrize(
    ("host", "explained"),
    [
        ("127.0.0.1", "Only this computer can open this link"),
        ("localhost", "Only this computer can open this link"),
        ("reader.example", "Whoever has this link and can reach this backend can read the article"),
    ],
)
def test_a_share_link_says_whether_anybody_else_can_open_it(page, whole, article, host, explained):
    def pass_on(route):
        headers = {**route.request.headers, "origin": whole.address}
        url = route.request.url.replace(host, "127.0.0.1", 1)
        route.fulfill(response=route.fetch(url=url, headers=headers))

    page.route(re.compile("^http://reader.example:"), pass_on)
    page.goto(whole.address.replace("127.0.0.1", host) + article["view"])
    page.wait_for_selector("html.ready")
    choose(page, "Share link")
    assert explained in page.get_by_role("dialog", name="Share link").inner_text()


@pytest.mark.parametrize(
    "asked",
    [("Forget this article", "button", "Cancel"), ("Forget everything", "link", "Do not forget")],
)
def test_forgetting_asks_first_and_leads_to_the_original(page, whole, article, asked):
    entry, role, no = asked

    def ask():
        page.locator(".bar .menu summary").click()
        page.locator(".bar .menu").get_by_role(role, name=entry).click()

    page.route("https://herald.example/**", lambda route: route.fulfill(body="<h1>The original</h1>"))
    ask()
    dialog = page.get_by_role("dialog", name=entry)
    dialog.get_by_role("button", name=no).click()
    assert whole.get(article["view"]).status == 200
    page.set_viewport_size({"width": 900, "height": 300})
    page.locator(".story p").last.scroll_into_view_if_needed()
    places = "Object.keys(JSON.parse(localStorage.getItem('personae.articles.positions') ?? '{}')).length"
    until(page, f"{places} === 1")
    ask()
    page.get_by_role("dialog", name=entry).get_by_role("button", name=entry).click()
    page.wait_for_url("https://herald.example/sea")
    assert whole.get(article["view"]).status == 404
    page.goto(whole.address)
    assert page.evaluate(places) == 0


def test_the_article_is_copied_as_markdown(page, whole, article):
    choose(page, "Copy as Markdown")
    page.get_by_text("The article is copied as Markdown.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("# Ada Lark goes to sea")


def rename(page, name: str, new: str) -> None:
    card = card_of(page, name)
    card.get_by_label("Name").fill(new)
    with page.expect_navigation():
        card.get_by_role("button", name="Save").first.click()
    page.wait_for_selector("html.ready")


def taken(page, form: str):
    """Choose a file of the menu; return the download."""
    page.locator(".bar .menu summary").click()
    with page.expect_download() as download:
        page.locator(f'.bar .menu a[href$=".{form}"]').click()
    page.keyboard.press("Escape")  # a menu that stays open covers the cards
    return download.value


def words_in(download) -> str:
    """Return all that a downloaded file says; of a book, of its cast page."""
    if not download.suggested_filename.endswith(".epub"):
        return download.path().read_text(encoding="utf-8")
    with ZipFile(download.path()) as book:
        return book.read("EPUB/cast.xhtml").decode()


@pytest.mark.parametrize("form", EXPORTS)
def test_a_file_taken_along_shows_the_cast_as_the_reader_corrected_it(page, article, form):
    plain = taken(page, form)
    assert plain.suggested_filename == f"Ada-Lark-goes-to-sea.{form}"
    assert "Ada B. Lark" not in words_in(plain)
    rename(page, "Ada Lark", "Ada B. Lark")
    corrected = taken(page, form)
    assert corrected.suggested_filename == f"Ada-Lark-goes-to-sea.{form}"
    assert "Ada B. Lark" in words_in(corrected)
    with page.expect_navigation():
        page.get_by_role("button", name="Undo all").click()
    page.wait_for_selector("html.ready")
    assert "Ada B. Lark" not in words_in(taken(page, form))


def test_the_json_of_a_corrected_cast_has_its_marks_and_tells_whose_the_names_are(page, article):
    with page.expect_navigation():
        card = card_of(page, "Bea Quill")
        card.get_by_label("Is the same as").select_option(label="Ada Lark")
        card.get_by_role("button", name="Join").click()
    page.wait_for_selector("html.ready")
    corrected = json.loads(words_in(taken(page, "json")))
    (ada,) = [actor for actor in corrected["actors"] if actor["name"] == "Ada Lark"]
    assert "Bea Quill" not in [actor["name"] for actor in corrected["actors"]]
    assert {"Ada Lark", "Bea Quill"} <= {mention["text"] for mention in ada["mentions"]}
    assert ada["why"]["aliases"]["Bea Quill"] == "corrected by you"
    assert f'data-actor="{ada["id"]}">Bea Quill</mark>' in corrected["content"]
    assert corrected["text"] == article["text"]
    for mention in ada["mentions"]:
        whole = corrected[mention["field"]]
        assert whole[mention["start"] : mention["end"]] == mention["text"]


def test_what_is_copied_as_markdown_has_the_corrected_cast(page, article):
    rename(page, "Ada Lark", "Ada B. Lark")
    choose(page, "Copy as Markdown")
    page.get_by_text("The article is copied as Markdown.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "- **Ada B. Lark**" in copied


def test_a_reader_with_a_token_takes_the_corrected_cast_along(page, start_service):
    token = "the-token-of-one-reader"
    service = start_service(token=token)
    read = service.read(PAGE, url="https://herald.example/sea", Authorization=f"Bearer {token}").json
    page.goto(service.address + read["view"])
    page.wait_for_selector("html.ready")
    rename(page, "Ada Lark", "Ada B. Lark")
    assert "Ada B. Lark" in words_in(taken(page, "epub"))


def test_a_corrected_file_that_the_backend_does_not_make_is_told_and_nothing_is_saved(page, whole, article):
    rename(page, "Ada Lark", "Ada B. Lark")
    downloads = []
    page.on("download", lambda download: downloads.append(download.url))
    page.locator(".bar .menu summary").click()
    link = page.locator('.bar .menu a[href$=".epub"]')
    page.route(re.compile(r"\.epub$"), lambda route: route.abort())
    link.click()
    page.get_by_text("The backend does not answer.").wait_for()
    page.unroute_all()
    whole.delete(f"/api{article['view']}")
    link.click()
    page.get_by_text("This article is no longer kept here.").wait_for()
    assert downloads == []


def test_a_selected_passage_is_copied_with_its_source(page, article):
    page.locator(".story p").nth(1).evaluate("p => getSelection().selectAllChildren(p)")
    page.get_by_role("button", name="Copy with source").click()
    page.get_by_text("Copied with its source.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "It is late" in copied
    assert "Ada Lark goes to sea" in copied
    assert copied.endswith("https://herald.example/sea")


def test_a_passage_over_folded_paragraphs_says_that_something_is_left_out(page, article):
    page.locator(".entry .name", has_text="Bea Quill").click()
    page.keyboard.press("f")
    page.locator(".fold").first.wait_for()
    page.locator(".story").evaluate("story => getSelection().selectAllChildren(story)")
    page.keyboard.press("c")
    page.get_by_text("Copied with its source.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    first, left_out, second, *_ = copied.splitlines()
    assert first.startswith("“Ada Lark, the chair")
    assert left_out == "[…]"
    assert second.startswith("Quill answered")
    assert page.locator(".fold").first.is_visible()
    assert page.get_by_text("[…]").count() == 0


def test_a_report_offers_the_words_that_were_selected_before_the_menu_was_opened(page, article):
    page.locator(".story p").nth(1).click(click_count=3)
    choose(page, "This is wrong")
    dialog = page.get_by_role("dialog", name="This is wrong")
    dialog.get_by_label("Add the words that you selected").check()
    assert "> “It is late,” Lark said" in dialog.get_by_label("The report").input_value()


def test_a_report_holds_nothing_of_the_article_unless_the_reader_adds_it(page, article):
    choose(page, "This is wrong")
    dialog = page.get_by_role("dialog", name="This is wrong")
    report = dialog.get_by_label("The report")
    for told in ("Lark", "herald", "sea"):
        assert told not in report.input_value()
    dialog.get_by_label("What is wrong?").select_option(label="An actor")
    dialog.get_by_label("Whom is it about?").select_option(label="Ada Lark")
    dialog.get_by_label("In your words").fill("She is the treasurer.")
    dialog.get_by_label("Add the article’s address").check()
    written = report.input_value()
    assert "She is the treasurer." in written
    assert "Ada Lark; Person" in written
    assert "https://herald.example/sea" in written
    dialog.get_by_role("button", name="Copy the report").click()
    page.get_by_text("The report is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == written


def test_without_a_backend_an_action_says_so(page, whole, article):
    page.route(re.compile(r"/api/"), lambda route: route.abort())
    choose(page, "Keep for good")
    page.get_by_text("The backend does not answer.").wait_for()
