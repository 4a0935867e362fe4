from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any

import lxml.html
import pytest
from lxml.html import HtmlElement

from personae.actors.languages.en.words.weights import weights
from personae.errors import ArticleGone, NoArticle, PersonaeError, TokenWrong, TookTooLong
from personae.markup.sanitize import clean
from personae.model import Actor, Article, Evidence, LeadImage, Mention, Removal
from personae.view.exports.formats import EXPORTS
from personae.view.i18n.catalogue import catalogue
from personae.view.page import assets, render
from personae.view.page.cast_members import MAX_CONTEXTS
from personae.view.page.evidence import message_key

Build = Callable[..., Article]
HOSTILE = "\"><script>alert(1)</script><b a='"


def page_of(article: Article) -> HtmlElement:
    return parsed(render.reader_page(clean(article), export_base="/read/abc", exports=EXPORTS))


def parsed(html: str) -> HtmlElement:
    tree = lxml.html.document_fromstring(html)
    ids = [e.get("id") for e in tree.iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    broken = [
        a.get("href")
        for a in tree.iter("a")
        if a.get("href", "").startswith("#") and a.get("href")[1:] not in ids
    ]
    assert broken == [], "a link leads nowhere"
    assert tree.xpath("//*[@style]") == []
    assert tree.xpath("//style") == []
    inline = tree.xpath("//script[not(@src) and not(@type='application/json')]/text()")
    reader = tree.cssselect("#scripts") != []
    assert inline == [assets.inline(name) for name in (assets.INLINE if reader else ["apply_settings.js"])]
    assert [a for e in tree.iter() if isinstance(e.tag, str) for a in e.attrib if a.startswith("on")] == []
    return tree


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def only(tree: HtmlElement, css: str) -> HtmlElement:
    found = tree.cssselect(css)
    assert len(found) == 1, f"{css}: {len(found)}"
    return found[0]


@pytest.fixture
def story(build_article: Build, named: Any) -> Article:
    return build_article(
        [
            "OSLO — Norway and Ada Lark met on Monday.",
            "“It is late,” said Lark, who leads the Tern Union.",
            "Norway answered Lark on Friday.",
        ],
        [
            named("Norway", "country"),
            named("Ada Lark", "person", aliases=("Lark",), role="who leads the Tern Union"),
            named("Tern Union", "organization", key=False),
        ],
        title="Norway meets Ada Lark",
        standfirst="Lark came late.",
        url="https://www.herald.example/story?id=1",
        site="The Herald",
        authors=("Bea Quill", "Cy Reed"),
        published="2024-03-05T21:30:00+01:00",
        reading_minutes=4,
        lead_image=LeadImage("https://img.example/a.jpg", "A pier", "The pier.", "Photo: C. Reed", 1200, 800),
    )


def test_the_story_is_there_in_semantic_html(story: Article) -> None:
    tree = page_of(story)
    assert words(only(tree, "main article header h1")) == "Norway meets Ada Lark"
    assert words(only(tree, "p.standfirst")) == "Lark came late."
    assert [words(p) for p in tree.cssselect(".story p")] == story.paragraphs
    assert words(only(tree, ".authors")) == "By Bea Quill, Cy Reed"
    assert only(tree, ".byline time").get("datetime") == "2024-03-05T21:30:00+01:00"
    assert "4 min" in words(only(tree, ".byline"))
    assert only(tree, "figure.lead img").get("alt") == "A pier"
    assert words(only(tree, "figure.lead figcaption")) == "The pier. Photo: C. Reed"


def test_the_original_is_one_click_away_in_the_bar(story: Article) -> None:
    link = only(page_of(story), ".bar a.source")
    assert link.get("href") == "https://www.herald.example/story?id=1"
    assert "The Herald" in words(link)
    assert link.get("rel") == "noopener noreferrer"


def test_exports_are_links_of_the_bar(story: Article) -> None:
    links = page_of(story).cssselect(".bar .menu a")
    assert [a.get("href") for a in links] == [f"/read/abc.{suffix}" for suffix in EXPORTS]
    assert len({words(a) for a in links}) == len(EXPORTS)


def test_without_exports_there_is_no_menu_for_them(story: Article) -> None:
    assert not parsed(render.reader_page(story, export_base="/read/abc")).cssselect(".menu")
    assert not parsed(render.reader_page(story, export_base="", exports=EXPORTS)).cssselect(".menu")


def test_marks_say_type_and_importance_and_each_mention_has_an_id(story: Article) -> None:
    tree = page_of(story)
    marks = tree.cssselect("h1 mark, .standfirst mark, .story mark")
    assert [(words(m), m.get("class")) for m in marks] == [
        ("Norway", "actor country key"),
        ("Ada Lark", "actor person key"),
        ("Lark", "actor person key"),
        ("Norway", "actor country key"),
        ("Ada Lark", "actor person key"),
        ("Lark", "actor person key"),
        ("Tern Union", "actor organization"),
        ("Norway", "actor country key"),
        ("Lark", "actor person key"),
    ]
    assert [m.get("id") for m in marks] == [f"m{i}" for i in range(1, 10)]


def test_a_link_from_the_cast_leads_to_its_own_mention(story: Article) -> None:
    tree = page_of(story)
    by_id = {m.get("id"): m for m in tree.cssselect("mark[id]")}
    for entry in tree.cssselect(".entry"):
        links = [a for a in entry.cssselect('a[href^="#m"]') if a.getparent().tag == "li"]
        assert links
        for link in entry.cssselect('a[href^="#m"]'):
            assert by_id[link.get("href")[1:]].get("data-actor") == entry.get("data-actor")


def test_a_context_shows_the_mention_where_it_stands(story: Article) -> None:
    contexts = [words(li) for li in page_of(story).cssselect("#card-2 .contexts li")]
    assert contexts == [
        "Headline Norway meets Ada Lark",
        "Standfirst Lark came late.",
        "OSLO — Norway and Ada Lark met on Monday.",
        "“It is late,” said Lark, who leads the Tern Union.",
        "Norway answered Lark on Friday.",
    ]


def test_key_actors_are_unfolded_with_role_count_and_lane_others_folded(story: Article) -> None:
    tree = page_of(story)
    key = tree.cssselect(".key-actors > .entry")
    assert [words(e.cssselect(".name bdi")[0]) for e in key] == ["Norway", "Ada Lark"]
    assert [words(e.cssselect(".count .figure")[0]) for e in key] == ["3", "5"]
    assert [words(e.cssselect(".count .in-words")[0]) for e in key] == ["3 mentions", "5 mentions"]
    assert words(key[1].cssselect(".entry > .role")[0]) == "who leads the Tern Union"
    assert all(e.cssselect(".entry > .lane rect") for e in key)
    others = only(tree, "details.others")
    assert others.get("open") is None
    assert words(others.cssselect("summary")[0]) == "1 more"
    assert words(others.cssselect(".name bdi")[0]) == "Tern Union"


def test_lanes_are_pictures_and_no_tab_stops(story: Article) -> None:
    for lane in page_of(story).cssselect("svg.lane"):
        assert lane.get("aria-hidden") == "true"
        assert {a.get("tabindex") for a in lane.iter("a")} == {"-1"}


def test_every_control_has_a_name(story: Article) -> None:
    tree = page_of(story)
    for control in tree.cssselect("button, summary, a[href]"):
        hidden = any(a.get("aria-hidden") == "true" for a in control.iterancestors())
        assert hidden or control.get("aria-label") or words(control)
    assert [b.get("aria-label") for b in tree.cssselect(".entry .count")][:2] == [
        "3 mentions of Norway",
        "5 mentions of Ada Lark",
    ]


def test_a_mark_across_inline_tags_is_one_mention() -> None:
    actor = Actor(
        "a",
        "Ada Lark",
        "person",
        key=True,
        salience=1,
        aliases=("Ada Lark",),
        mentions=(Mention("text", 0, 8, "Ada Lark", 0), Mention("text", 14, 22, "Ada Lark", 0)),
    )
    mark = '<mark class="actor" data-actor="a">'
    content = f"<p>{mark}Ada </mark><em>{mark}Lark</mark></em> and {mark}Ada Lark</mark>.</p>"
    article = Article(
        title="T",
        content=content,
        text="Ada Lark and  Ada Lark.".replace("  ", " "),
        actors=(actor,),
        actors_status="found",
    )
    article = replace(
        article,
        actors=(replace(actor, mentions=(actor.mentions[0], Mention("text", 13, 21, "Ada Lark", 0))),),
    )
    marks = page_of(article).cssselect(".story mark")
    assert [m.get("id") for m in marks] == ["m1", None, "m2"]
    first, rest, second = (m.get("class") for m in marks)
    assert first == rest == "actor person key"
    assert second == "actor person key again"


def test_a_mark_of_an_unknown_actor_stays_plain() -> None:
    article = Article(
        title="T",
        content='<p><mark class="actor" data-actor="nobody">X</mark></p>',
        text="X",
        actors_status="found",
    )
    mark = only(page_of(article), ".story mark")
    assert (mark.get("class"), mark.get("id")) == ("actor", None)


def test_a_mention_without_a_mark_gets_no_link(build_article: Build, named: Any) -> None:
    article = replace(
        build_article(["Ada Lark spoke."], [named("Ada Lark")]), content="<p>Ada Lark spoke.</p>"
    )
    tree = page_of(article)
    assert tree.cssselect('a[href^="#m"]') == []
    assert words(only(tree, ".contexts li")) == "Ada Lark spoke."


def test_hostile_texts_stay_texts(build_article: Build, named: Any) -> None:
    article = build_article(
        [f"{HOSTILE} spoke."],
        [named(HOSTILE, role=HOSTILE)],
        title=HOSTILE,
        standfirst=HOSTILE,
        site=HOSTILE,
        authors=(HOSTILE,),
        language='en" onclick="x',
        published=HOSTILE,
        url="https://herald.example/\"onmouseover='x",
        access="preview",
        access_reason=HOSTILE,
        lead_image=LeadImage("https://img.example/\"onerror='x", HOSTILE, HOSTILE, HOSTILE),
        removed=(Removal("other", HOSTILE, HOSTILE),),
    )
    article = replace(article, actors=(replace(article.actors[0], id=HOSTILE),))
    tree = page_of(article)
    assert words(only(tree, "h1")) == HOSTILE
    assert len(tree.cssselect("script[src]")) == 1
    assert tree.cssselect("b[a]") == []


def test_an_address_that_is_not_on_the_web_is_no_link(build_article: Build) -> None:
    tree = page_of(build_article(["x"], url="javascript:alert(1)", canonical_url="data:text/html,x"))
    assert words(only(tree, ".source")) == "Saved page"
    assert [a.get("href") for a in tree.iter("a") if ":" in a.get("href", "")] == []


def test_a_preview_says_so_with_its_reason_and_the_way_on(story: Article) -> None:
    tree = page_of(
        replace(story, access="preview", access_reason="The page says that it is for subscribers.")
    )
    assert words(only(tree, ".badge")) == "preview only"
    notice = only(tree, ".ends-here")
    assert "The page says that it is for subscribers." in words(notice)
    assert notice.cssselect("a")[0].get("href") == story.url


def test_a_list_of_stories_says_what_it_seems_to_be_and_is_no_full_article(story: Article) -> None:
    tree = page_of(replace(story, page_kind="list"))
    assert words(only(tree, ".seems")).startswith("This page seems to be a list of stories")
    assert tree.cssselect(".badge") == []
    assert page_of(story).cssselect(".seems") == []


def test_a_full_article_is_no_news_and_says_so_at_the_end_only(story: Article) -> None:
    tree = page_of(story)
    assert tree.cssselect(".badge") == []
    assert tree.cssselect(".ends-here") == []
    assert words(only(tree, "p.removed")) == "Full article. Nothing was removed."


def test_removals_are_listed_those_inside_first(story: Article) -> None:
    removed = (
        Removal("comments", "a list of comments", "2 comments"),
        Removal("newsletter", "a form for an e-mail address", "word " * 40, inside=True),
        Removal("paywall", "an overlay", "Subscribe"),
    )
    details = only(page_of(replace(story, removed=removed)), "details.removed")
    assert (
        words(details.cssselect("summary")[0])
        == "Full article. 3 blocks removed, 1 of them inside the article"
    )
    items = [words(li) for li in details.cssselect("li")]
    assert items[0].startswith("Newsletter box inside word word")
    assert items[0].endswith("… a form for an e-mail address")
    assert items[1] == "Paywall prompt Subscribe an overlay"
    assert items[2] == "Comments 2 comments a list of comments"


@pytest.mark.parametrize(
    ("status", "language", "said"),
    [
        ("unsupported-language", "fi", "No cast: there is no language model for Finnish here."),
        ("unsupported-language", None, "No cast: there is no language model for this language here."),
        ("unavailable", "en", "Actors could not be looked for: the language model did not answer."),
        ("not-requested", "en", "Nobody looked for actors in this article."),
        ("found", "en", "Nobody is named in this text."),
    ],
)
def test_an_empty_cast_says_why(build_article: Build, status: str, language: str | None, said: str) -> None:
    assert (
        words(only(page_of(build_article(["x"], actors_status=status, language=language)), ".cast .none"))
        == said
    )


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("en", "March 5, 2024"),
        ("en-GB", "5 March 2024"),
        ("de", "5. März 2024"),
        ("fr-FR", "5 mars 2024"),
        ("xx-nonsense", "March 5, 2024"),
        (None, "March 5, 2024"),
    ],
)
def test_dates_are_written_in_the_articles_language(story: Article, language: str | None, date: str) -> None:
    assert words(only(page_of(replace(story, language=language)), ".byline time")) == date


def test_dates_keep_the_publishers_offset(story: Article) -> None:
    late = replace(story, published="2024-03-05T23:30:00-08:00", modified="2024-03-07T00:10:00-08:00")
    first, changed = page_of(late).cssselect(".byline time")
    assert first.get("title") == "Tuesday, March 5, 2024, 23:30 (UTC-08:00)"
    assert words(changed) == "March 7, 2024"


@pytest.mark.parametrize("published", [None, "", "yesterday", "2024-13-45"])
def test_no_date_leaves_no_trace(story: Article, published: str | None) -> None:
    assert page_of(replace(story, published=published)).cssselect("time") == []


def test_a_change_on_the_same_day_is_not_news(story: Article) -> None:
    assert len(page_of(replace(story, modified="2024-03-05T23:00:00+01:00")).cssselect("time")) == 1


def test_language_and_direction_belong_to_the_article_only(build_article: Build, named: Any) -> None:
    article = build_article(
        ["قالت ليلى شيئا."],
        [named("ليلى")],
        title="ليلى",
        standfirst="خبر",
        language="ar",
        direction="rtl",
        published="2024-03-05",
    )
    tree = page_of(article)
    assert (tree.get("lang"), tree.get("dir")) == ("en", "ltr")
    for css in ("h1", ".standfirst", ".story", ".contexts"):
        assert (only(tree, css).get("lang"), only(tree, css).get("dir")) == ("ar", "rtl")
    assert only(tree, ".entry .name bdi").get("lang") == "ar"
    assert words(only(tree, "time")) == "5 مارس 2024"


def test_chinese_is_marked_and_does_not_load_literata_early(build_article: Build, named: Any) -> None:
    tree = page_of(build_article(["李明在北京说。" * 20], [named("李明")], title="李明说", language="zh"))
    assert len(tree.cssselect(".story mark[id]")) == 20
    assert tree.cssselect('link[rel="preload"]') == []


def test_nothing_but_a_text_still_makes_a_page() -> None:
    tree = page_of(Article(title="", content="<p>Only this.</p>", text="Only this."))
    assert words(only(tree, "h1")) == "Untitled"
    assert words(only(tree, ".source")) == "Saved page"
    assert tree.cssselect("figure") == []


def evidence(*names: str) -> Evidence:
    features = ("mentions", "early", "title", "subject", "role", "speech", "spread", "joined")
    return Evidence(dict.fromkeys(names, "surname"), {name: 0.9 - i / 10 for i, name in enumerate(features)})


def test_an_actors_card_says_why_on_request(build_article: Build, named: Any) -> None:
    why = Evidence(
        {"Ada Lark": "exact", "Lark": "surname, shared: the one named most", "A. Lark": "a rule of tomorrow"},
        {"title": 0.494, "mentions": 1.31, "placed": -0.42, "person": -0.05, "of_tomorrow": 0.2},
    )
    actor = named("Ada Lark", aliases=("Lark", "A. Lark"), why=why)
    tree = page_of(build_article(["Ada Lark, or A. Lark, or Lark."], [actor], language="sv"))
    box = only(tree, ".card details.why")
    assert box.get("open") is None
    assert words(only(box, "summary")) == "Why? How Ada Lark was found"
    names, weighed = box.cssselect("dl")
    assert [[words(d) for d in row] for row in names] == [
        ["Ada Lark", "stands so in the text"],
        ["A. Lark", "a rule of tomorrow"],
        ["Lark", "a surname that others share; given to whom it names most"],
    ]
    assert {dt.get("lang") for dt in names.cssselect("dt")} == {"sv"}
    assert [[words(d) for d in row] for row in weighed] == [
        ["named again and again", "+1.3"],
        ["in the headline", "+0.5"],
        ["mostly where things happen", "−0.4"],
        ["of tomorrow", "+0.2"],
    ]


def test_a_cast_without_a_language_model_says_that_it_is_not_whole(story: Article) -> None:
    told = only(page_of(replace(story, language="fi", actors_status="unsupported-language")), ".cast .none")
    assert words(told) == "Only who is beyond doubt: there is no language model for Finnish here."
    assert page_of(story).cssselect(".cast .none") == []


def test_every_feature_that_makes_importance_has_words() -> None:
    unworded = {f for f in weights()["key"] if not catalogue("en").has(message_key("feature", f))}
    assert unworded <= {"bias", "cast"}


def test_an_actor_without_evidence_has_no_why(story: Article) -> None:
    assert page_of(story).cssselect(".why") == []


def test_a_hostile_name_in_the_evidence_is_text(build_article: Build, named: Any) -> None:
    why = Evidence({HOSTILE: HOSTILE}, {HOSTILE: 1.0})
    tree = page_of(build_article([f"{HOSTILE} spoke."], [named(HOSTILE, why=why)]))
    assert [words(d) for d in only(tree, ".why").cssselect("dd")] == [HOSTILE, "+1.0"]


def test_sixty_actors_and_one_with_five_hundred_mentions_stay_a_light_page(
    build_article: Build, named: Any
) -> None:
    names = [
        named("Ada Lark"),
        *(
            named(f"Person Number{i:02}", key=i < 5, role="a role " * 8, why=evidence(f"Person Number{i:02}"))
            for i in range(59)
        ),
    ]
    paragraphs = [
        "Ada Lark met " + ", ".join(n.name for n in names[1 + i : 4 + i]) + " and Ada Lark."
        for i in range(56)
    ]
    paragraphs += ["Then Ada Lark spoke again."] * 388
    article = clean(build_article(paragraphs, names, url="https://herald.example/"))
    assert sum(len(a.mentions) for a in article.actors if a.name == "Ada Lark") == 500
    html = render.reader_page(article, export_base="/read/x")
    tree = parsed(html)
    card = only(tree, "#card-1")
    assert len(card.cssselect(".contexts li")) == MAX_CONTEXTS
    assert words(only(card, ".rest")) == f"and {500 - MAX_CONTEXTS} more, marked in the text"
    assert len(card.cssselect(".lane rect")) <= 200
    assert len(tree.cssselect(".entry")) == 60
    tab_stops = [
        e
        for e in tree.cssselect("a[href], button, summary")
        if e.get("tabindex") != "-1" and not any("popover" in a.attrib for a in e.iterancestors())
    ]
    assert len(tab_stops) < 3 * 60 + 20
    addresses = {e.get("href") or e.get("src") for e in tree.cssselect("link, script[src]")}
    files = [address.removeprefix(f"/static/{assets.version()}/") for address in addresses]
    loaded = [assets.content(name) for name in files if not name.startswith("fonts/")]
    weight = sum(len(gzip.compress(part)) for part in (html.encode(), *loaded))
    assert weight <= 86 * 1024


def test_a_very_long_name_and_role_are_kept_whole(build_article: Build, named: Any) -> None:
    name, role = "Wolfeschlegel" * 12, "minister for " + "very" * 80
    tree = page_of(build_article([f"{name} spoke."], [named(name, role=role)]))
    assert words(only(tree, ".entry .name bdi")) == name
    assert words(only(tree, ".entry > .role")) == role


def test_images_keep_their_room_and_load_late(build_article: Build) -> None:
    content = '<figure><img src="https://img.example/a.jpg" width="800" height="600" alt="a"></figure><p><img src="https://img.example/b.jpg"></p>'
    sized, unsized = page_of(replace(build_article([]), content=content)).cssselect(".story img")
    assert (sized.get("class"), sized.get("loading")) == (None, "lazy")
    assert (unsized.get("class"), unsized.get("alt")) == ("unsized", "")


def test_a_lead_image_without_a_size_reserves_room(story: Article) -> None:
    lead = LeadImage("https://img.example/a.jpg")
    assert only(page_of(replace(story, lead_image=lead)), ".lead img").get("class") == "unsized"


def test_wide_tables_scroll_on_their_own(build_article: Build) -> None:
    content = (
        "<table><tbody><tr><td><table><tbody><tr><td>x</td></tr></tbody></table></td></tr></tbody></table>"
    )
    tree = page_of(replace(build_article(["x"]), content=content))
    assert [t.getparent().get("tabindex") for t in tree.cssselect("table")] == ["0", "0"]


def test_an_attribute_that_looks_like_a_tag_is_left_alone(build_article: Build) -> None:
    title = '<mark class="actor" data-actor="actor-0"><img src="https://evil.example/x.png">'
    content = f'<p><a href="https://a.example/" title="{escape(title)}">y</a></p>'
    article = clean(replace(build_article(["y"]), content=content))
    link = only(parsed(render.reader_page(article, export_base="/r")), ".story a")
    assert link.get("title") == title
    assert render.image_origins(article) == ()


def test_image_origins_are_those_really_used(story: Article) -> None:
    content = (
        '<p><img src="https://b.example:8443/x.png?a=1&amp;b=2"><img src="http://a.example/y.png">'
        '<img src="https://img.example:443/z.png"><a href="https://not.example/w.png">w</a></p>'
    )
    article = clean(replace(story, content=content))
    assert render.image_origins(article) == (
        "http://a.example",
        "https://b.example:8443",
        "https://img.example",
    )


def test_an_origin_cannot_add_to_the_policy() -> None:
    content = '<img src="https://a.example;script-src *//x.png"><img src="https://a.example\' *">'
    origins = render.image_origins(clean(Article(title="T", content=content, text="")))
    assert all(re.fullmatch(r"https?://[a-z0-9.:\[\]-]+", origin) for origin in origins)


@pytest.mark.parametrize("error", [TookTooLong(), PersonaeError("<b>" + HOSTILE, hint=HOSTILE)])
def test_an_error_page_names_cause_and_next_step(error: PersonaeError) -> None:
    tree = parsed(render.error_page(error))
    assert words(only(tree, "h1")) == error.message
    assert error.hint in words(only(tree, "main"))
    assert words(only(tree, ".code")) == f"{error.status} {error.code}"


def test_an_expired_article_leads_back_to_the_original() -> None:
    tree = parsed(render.error_page(ArticleGone(), original_url="https://herald.example/a?b=1&c=2"))
    assert words(only(tree, "h1")) == ArticleGone.default_message
    assert only(tree, "a.button").get("href") == "https://herald.example/a?b=1&c=2"


def test_an_expired_article_whose_address_is_unknown_points_to_back() -> None:
    tree = parsed(render.error_page(ArticleGone(), original_url="javascript:alert(1)"))
    assert tree.cssselect("a.button") == []
    assert "Back button" in words(only(tree, "main"))


def test_the_try_page_is_a_form_that_works_without_scripts() -> None:
    form = only(parsed(render.try_page()), "form")
    assert (form.get("method"), form.get("action"), form.get("enctype")) == (
        "post",
        "/try",
        "multipart/form-data",
    )
    assert {e.get("name"): e.tag for e in form.cssselect("input, textarea")} == {
        "file": "input",
        "html": "textarea",
        "url": "input",
    }
    assert {label.get("for") for label in form.cssselect("label")} == {"file", "html", "url"}
    assert len(form.cssselect('button[type="submit"]')) == 1


def test_the_try_page_shows_what_went_wrong() -> None:
    assert NoArticle.default_hint in words(only(parsed(render.try_page(NoArticle())), '[role="alert"]'))


TYPED = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;&amp;$NAME$ {{ 7 * 7 }}"


def test_the_try_page_gives_back_what_was_sent_and_as_text() -> None:
    sent = f"\n{TYPED}\n"
    tree = parsed(render.try_page(NoArticle(), url=TYPED, html=sent))
    assert only(tree, "#url").get("value") == TYPED
    # The parser takes the first line break of the element away, as it should: it is not the text's.
    assert only(tree, "#html").text.removeprefix("\n") == sent
    assert tree.cssselect("img, [onerror]") == []
    assert len(tree.cssselect("script")) == len(parsed(render.try_page()).cssselect("script"))


def test_the_try_page_says_when_the_html_was_too_large_to_give_back() -> None:
    largest = "x" * render.MOST_GIVEN_BACK
    assert largest in render.try_page(NoArticle(), html=largest)
    tree = parsed(render.try_page(NoArticle(), html=largest + "x", url="https://a.example/"))
    assert not (only(tree, "#html").text or "").strip()
    assert only(tree, "#url").get("value") == "https://a.example/"
    said = only(tree, f"#{only(tree, '#html').get('aria-describedby')}")
    assert words(said) == catalogue("en").text("try_html_gone")


def test_signing_in_posts_token_and_next() -> None:
    tree = parsed(render.sign_in_page(TokenWrong(), next_path='/read/x"><b>'))
    form = only(tree, "form")
    assert (form.get("method"), form.get("action")) == ("post", "/session")
    assert only(form, 'input[name="next"]').get("value") == '/read/x"><b>'
    assert only(form, 'input[name="token"]').get("type") == "password"
    assert TokenWrong.default_message in words(only(tree, '[role="alert"]'))


def test_static_addresses_change_with_the_content() -> None:
    assert assets.url("try.js") == f"/static/{assets.version()}/try.js"
    with pytest.raises(FileNotFoundError):
        assets.url("nothing.css")


def test_every_file_that_the_css_names_is_there() -> None:
    names = re.findall(r'url\("([^"]+)"\)', assets.style_text())
    assert names
    assert [name for name in names if not (assets.STATIC / "style" / name).is_file()] == []
