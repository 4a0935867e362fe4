"""The home page as people use it: by plain forms without scripts, and with them, against a real backend."""

from __future__ import annotations

import json
import re

import pytest
from tests.view.browsing import fits, until

from personae.service.http.home.home_views import ON_A_PAGE

STORY = """<html lang="en"><title>{0}</title><article><h1>{0}</h1>
<p>Ada Lark, the chair of the Tern Union, left Oslo harbour on Monday with Bea Quill, said the union in a letter.</p>
<p>“It is late,” Lark said, and the Tern Union agreed with her about the weather and about the long way home.</p>
<p>Quill answered that nobody had asked for more wind, and that Lark knew the sea better than anybody else there.</p>
</article></html>"""
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def whole(start_shared_service):
    """Run a backend with the real pipeline."""
    return start_shared_service("personae.workers.steps", read_timeout="20")


@pytest.fixture
def home(whole):
    """A backend that holds nothing yet."""
    whole.delete("/api/read")
    return whole


def read(service, title, url=""):
    return service.read(
        STORY.format(title), url=url or f"https://herald.example/{title.replace(' ', '-')}"
    ).json


def counts(service):
    return service.get("/api/articles").json


@pytest.fixture(params=[False, True], ids=["without scripts", "with scripts"])
def page(request, headless_chromium):
    context = headless_chromium.new_context(
        java_script_enabled=request.param, permissions=["clipboard-read", "clipboard-write"]
    )
    yield from opened_in(context)


@pytest.fixture
def scripted(headless_chromium):
    context = headless_chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield from opened_in(context)


def opened_in(context):
    opened, complaints = context.new_page(), []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    yield opened
    context.close()
    assert complaints == []


def in_list(page, name, title):
    return page.locator(f"section:has(> #{name})").locator(
        ".listed", has=page.get_by_role("link", name=title)
    )


def choose(article, action):
    article.locator("summary").click()
    article.locator(".menu").get_by_text(action, exact=True).click()


def said(page):
    return page.locator(".done").inner_text()


# ---------------------------------------------------------------- both ways


def test_a_first_visit_says_how_to_begin(page, home):
    page.goto(home.address)
    assert page.get_by_role("heading", level=1).inner_text() == "Who is in the story?"
    assert page.get_by_text("chrome://extensions").is_visible()
    assert page.locator(".empty").count() == 3
    page.get_by_role("link", name="Read a saved page").click()
    assert page.locator("#file").count() == 1


def test_firefox_is_shown_its_own_steps_first(home):
    steps = [home.get("/", User_Agent=agent).text for agent in ("Gecko/20100101 Firefox/142.0", "Chrome/127")]
    opened = [re.search(r'<details name="browser" open>\s*<summary>(.*?)</summary>', one)[1] for one in steps]
    assert opened == ["Firefox", "Chrome, Chromium, Edge, Brave"]


def test_an_article_is_kept_and_kept_no_longer_from_its_menu(page, home):
    read(home, "A tern at sea")
    page.goto(home.address)
    choose(in_list(page, "recent", "A tern at sea"), "Keep for good")
    assert said(page) == "Kept until you say otherwise."
    assert in_list(page, "recent", "A tern at sea").locator(".badge").all_inner_texts() == ["kept"]
    choose(in_list(page, "kept", "A tern at sea"), "Keep no longer")
    assert said(page) == "Kept for a while only, as before."
    assert counts(home)["kept"] == 0


def test_a_link_is_taken_back_from_the_list(page, home):
    path = home.post(f"/api/read/{read(home, 'A tern at sea')['id']}/share").json["path"]
    page.goto(home.address)
    assert home.get(path).status == 200
    in_list(page, "shared", "A tern at sea").get_by_role("button", name="Take the link back").click()
    assert said(page) == "The link leads nowhere any more."
    assert (counts(home)["shared"], home.get(path).status) == (0, 404)


def test_an_article_is_forgotten_once_the_reader_said_so_twice(page, home):
    for title in ("A tern at sea", "A gull on land"):
        read(home, title)
    page.goto(home.address)
    choose(in_list(page, "recent", "A tern at sea"), "Forget this article…")
    question = page.locator(".question:visible")
    assert question.locator(".which").inner_text() == "A tern at sea"
    question.get_by_text("Do not forget").click()
    assert counts(home)["articles"] == 2
    choose(in_list(page, "recent", "A tern at sea"), "Forget this article…")
    page.locator(".question").get_by_role("button", name="Forget this article").click()
    assert said(page) == "The article is forgotten."
    assert page.locator(".headline").all_inner_texts() == ["A gull on land"]


def test_forgetting_everything_counts_what_goes_and_is_not_the_main_button(page, home):
    articles = [read(home, f"Story number {number}") for number in range(4)]
    for article in articles[:2]:
        home.ask("PUT", f"/api/read/{article['id']}/pin")
    home.post(f"/api/read/{articles[0]['id']}/share")
    page.goto(home.address)
    page.get_by_role("link", name="Forget everything…").click()
    question = page.locator(".question:visible")
    assert question.locator(".which").inner_text() == "This goes: 4 articles, 2 kept for good, 1 share link."
    assert question.locator(".button").all_inner_texts() == ["Do not forget"]
    question.get_by_role("button", name="Forget everything").click()
    assert said(page) == "Everything is forgotten."
    assert counts(home) == {"articles": 0, "kept": 0, "shared": 0, "recent": 0, "extension_seen": None}


def test_a_long_list_has_a_page_of_its_own_and_that_has_more(page, start_service):
    service = start_service()  # quick steps: many articles
    for number in range(ON_A_PAGE + 3):
        service.read(f"<h1>Story number {number}</h1>", url=f"https://a.example/{number}")
    page.goto(service.address)
    assert page.locator("section:has(> #recent) .listed").count() == 8
    page.get_by_role("link", name=f"All {ON_A_PAGE + 3}").click()
    page.get_by_text("Page 1 of 2").wait_for()
    assert page.locator(".listed").count() == ON_A_PAGE
    page.get_by_role("link", name="Older").click()
    page.get_by_text("Page 2 of 2").wait_for()
    assert page.locator(".headline").all_inner_texts() == [
        "Story number 2",
        "Story number 1",
        "Story number 0",
    ]
    page.get_by_role("link", name="Newer").click()
    page.get_by_text("Page 1 of 2").wait_for()


@pytest.mark.parametrize("query", ["?page=0", "?page=2", "?page=-1", "?page=x", "?page=", "?page=9999999999"])
def test_a_page_that_a_list_does_not_have_is_not_found(home, query):
    read(home, "A tern at sea")
    assert home.get(f"/articles/recent{query}", Accept="text/html").status == 404


def test_the_page_repeats_nothing_of_its_address(home):
    for query in ("?done=unmistakable", "?unmistakable=1", "?done=<b>unmistakable"):
        assert "nmistakable" not in home.get(f"/{query}").text


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", None])
def test_no_other_page_may_forget_keep_or_take_back(home, origin):
    article = read(home, "A tern at sea")
    headers = {**FORM, **({"Origin": origin} if origin else {})}
    paths = [
        "/articles/forget",
        *(f"/articles/{article['id']}/{a}" for a in ("forget", "pin", "unpin", "unshare")),
    ]
    assert [home.post(path, **headers).status for path in paths] == [403] * 5
    assert counts(home)["articles"] == 1


def test_asking_changes_nothing(home):
    article = read(home, "A tern at sea")
    for path in ("/articles/forget", f"/articles/{article['id']}/forget"):
        assert home.get(path).status == 200
    for action in ("pin", "unpin", "unshare"):
        assert home.get(f"/articles/{article['id']}/{action}").status == 405
    assert counts(home)["articles"] == 1


def test_a_title_is_text_wherever_it_stands(home):
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img src=x&gt;"
    article = read(home, hostile, "https://herald.example/hostile")
    for path in ("/", "/articles/recent", f"/articles/{article['id']}/forget"):
        text = home.get(path).text
        assert "&lt;script&gt;alert(1)" in text
        assert "<script>alert" not in text
        assert "<img" not in text


# ---------------------------------------------------------------- with scripts


def test_the_question_opens_where_the_reader_is_and_escape_takes_it_back(scripted, home):
    read(home, "A tern at sea")
    scripted.goto(home.address)
    scripted.get_by_role("link", name="Forget everything…").press("Enter")
    dialog = scripted.get_by_role("dialog", name="Forget everything")
    dialog.wait_for()
    assert scripted.evaluate("document.activeElement.textContent") == "Do not forget"
    scripted.keyboard.press("Escape")
    assert scripted.get_by_role("dialog").count() == 0
    assert scripted.url == f"{home.address}/"
    assert scripted.evaluate("document.activeElement.textContent") == "Forget everything…"


def test_a_link_is_copied_by_its_button(scripted, home):
    path = home.post(f"/api/read/{read(home, 'A tern at sea')['id']}/share").json["path"]
    scripted.goto(home.address)
    scripted.get_by_role("button", name="Copy the link").click()
    scripted.get_by_role("status").get_by_text(
        "The link is copied. Only this computer can open it."
    ).wait_for()
    assert scripted.evaluate("navigator.clipboard.readText()") == home.address + path


def test_this_browser_forgets_with_the_backend(scripted, home):
    for title in ("A tern at sea", "A gull on land"):
        scripted.goto(home.address + read(home, title)["view"])
        scripted.wait_for_selector("html.ready")
        scripted.evaluate(
            """async () => (await import(document.querySelector('link[href*="shared/article_storage.js"]').href))
              .articleStorage("test").save("here")"""
        )
    stored = "Object.keys(JSON.parse(localStorage.getItem('personae.articles.test') ?? '{}')).length"
    assert scripted.evaluate(stored) == 2
    scripted.goto(home.address)
    choose(in_list(scripted, "recent", "A tern at sea"), "Forget this article…")
    scripted.locator(".question").get_by_role("button", name="Forget this article").click()
    scripted.locator(".done").wait_for()
    assert scripted.evaluate(stored) == 1
    scripted.get_by_role("link", name="Forget everything…").click()
    scripted.locator(".question").get_by_role("button", name="Forget everything").click()
    scripted.locator(".done").wait_for()
    assert scripted.evaluate(stored) == 0


def test_one_menu_is_open_at_a_time_and_escape_closes_it(scripted, home):
    for title in ("A tern at sea", "A gull on land"):
        read(home, title)
    scripted.goto(home.address)
    menus = scripted.locator(".listed summary")
    menus.nth(1).click()
    menus.nth(0).click()
    assert scripted.locator(".listed .menu[open]").count() == 1
    scripted.keyboard.press("Escape")
    assert scripted.locator(".listed .menu[open]").count() == 0


# ---------------------------------------------------------------- from the reader


def menu(page):
    page.locator(".bar .menu summary").click()


def test_keeping_for_good_leads_to_what_is_kept(scripted, home):
    scripted.goto(home.address + read(home, "A tern at sea")["view"])
    scripted.wait_for_selector("html.ready")
    menu(scripted)
    scripted.get_by_role("button", name="Keep for good").click()
    scripted.get_by_role("status").get_by_role("link", name="See all that you keep").click()
    assert scripted.url == f"{home.address}/#kept"
    assert in_list(scripted, "kept", "A tern at sea").is_visible()


def test_the_readers_menu_leads_home_also_without_scripts(page, home):
    page.goto(home.address + read(home, "A tern at sea")["view"])
    menu(page)
    page.get_by_role("link", name="Your articles").click()
    assert page.url == f"{home.address}/"


def test_forgetting_everything_stands_apart_in_the_readers_menu_and_counts(scripted, home):
    home.ask("PUT", f"/api/read/{read(home, 'A gull on land')['id']}/pin")
    article = read(home, "A tern at sea")
    scripted.goto(home.address + article["view"])
    scripted.wait_for_selector("html.ready")
    menu(scripted)
    entries = scripted.locator(".bar .menu li").all_inner_texts()
    assert entries[-1] == "Forget everything…"
    assert entries.index("Forget everything…") - entries.index("Forget this article") > 2
    scripted.get_by_role("link", name="Forget everything…").click()
    question = scripted.get_by_role("dialog", name="Forget everything")
    assert question.locator(".which").inner_text() == "This goes: 2 articles, 1 kept for good."
    scripted.route("https://herald.example/**", lambda route: route.fulfill(body="the original"))
    question.get_by_role("button", name="Forget everything").click()
    scripted.wait_for_url(article["url"])
    assert counts(home)["articles"] == 0


def test_a_page_that_somebody_shared_leads_to_nobodys_lists(scripted, home):
    path = home.post(f"/api/read/{read(home, 'A tern at sea')['id']}/share").json["path"]
    text = home.get(path).text
    assert "/articles/" not in text
    assert "Your articles" not in text


# ---------------------------------------------------------------- in every width and direction


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_nothing_scrolls_sideways_at_320_pixels(headless_chromium, home, language):
    read(home, "A headline with Donaudampfschifffahrtsgesellschaftskapitänswitwenrente in it")
    home.post(f"/api/read/{read(home, 'A tern at sea')['id']}/share")
    context = headless_chromium.new_context(viewport={"width": 320, "height": 640}, locale=language)
    narrow = context.new_page()
    for path in ("/", "/articles/recent", "/articles/forget"):
        narrow.goto(home.address + path)
        assert fits(narrow), path
    narrow.goto(home.address)
    narrow.locator(".listed summary").first.click()
    assert fits(narrow)
    context.close()


def test_the_lists_follow_the_readers_theme(scripted, home):
    scripted.goto(home.address)
    scripted.evaluate(
        f"localStorage.setItem('personae.settings', {json.dumps(json.dumps({'theme': 'black'}))})"
    )
    scripted.reload()
    until(scripted, "getComputedStyle(document.documentElement).backgroundColor === 'rgb(0, 0, 0)'")
