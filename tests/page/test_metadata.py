from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from personae.page.metadata.metadata import Metadata, read_metadata
from personae.page.parse.parser import parse
from personae.page.parse.source import is_binary

URL = "https://www.harbourpost.example/news/2024/ferry"


def read(
    head: str = "", body: str = "<p>Story</p>", ld: object = None, url: str | None = URL, html: str = ""
) -> Metadata:
    script = "" if ld is None else f"<script type='application/ld+json'>{json.dumps(ld)}</script>"
    return read_metadata(
        parse(f"<!doctype html><html {html}><head>{head}{script}</head><body>{body}</body></html>", url)
    )


def article(**said: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", **said}


class TestTitle:
    def test_the_visible_heading_that_the_structured_data_confirm(self):
        found = read(
            head="<title>Ferry: what we know | Harbour Post</title><meta property=og:title content='Ferry: what we know'>",
            body="<header><h1 class=logo>Harbour Post</h1></header><article><h1>Ferry sinks at the quay</h1></article>",
            ld=article(headline="Ferry sinks at the quay"),
        )
        assert found.title == "Ferry sinks at the quay"
        assert "Ferry: what we know" in found.headlines

    def test_structured_data_and_opengraph_together_outvote_a_heading(self):
        found = read(
            head="<meta property=og:title content='Harbour: Ferry sinks'>",
            body="<h1>Ferry sinks</h1>",
            ld=article(headline="Harbour: Ferry sinks"),
        )
        assert found.title == "Harbour: Ferry sinks"

    @pytest.mark.parametrize(
        "title",
        ["Ferry sinks | Harbour Post", "Ferry sinks - News - Harbour Post", "Ferry sinks – harbourpost.example", "Harbour Post: Ferry sinks", "The Harbour Post - Ferry sinks",
         "Ferry sinks — Harbourpost", "Ferry sinks", "Ferry&nbsp;sinks &#124; Harbour Post"],
    )  # fmt: skip
    def test_the_name_of_the_site_is_no_part_of_it(self, title):
        assert (
            read(head=f"<title>{title}</title><meta property=og:site_name content='Harbour Post'>").title
            == "Ferry sinks"
        )

    def test_a_dash_inside_a_title_stays(self):
        title = "Ferry sinks – and nobody noticed"
        assert read(head=f"<title>{title} | Harbour Post</title>", body=f"<h1>{title}</h1>").title == title

    def test_a_kicker_inside_the_heading_goes(self):
        found = read(
            body="<article><h1><span class='article-kicker'>Shipping</span><span>Ferry sinks at the quay</span></h1></article>"
        )
        assert found.title == "Ferry sinks at the quay"

    def test_words_of_neighbouring_blocks_do_not_run_together(self):
        assert read(body="<h1><div>Shipping</div><div>Ferry sinks</div></h1>").title == "Shipping Ferry sinks"

    def test_markup_and_entities_in_metadata(self):
        assert (
            read(ld=article(headline="Ferry &amp;amp; <em>tug</em> sink &#039;slowly&#039;")).title
            == "Ferry & tug sink 'slowly'"
        )

    def test_no_title_at_all(self):
        assert read().title is None

    def test_the_site_s_name_where_nothing_else_claims_to_be_it(self):
        head = "<title>Harbour Post</title><meta property=og:site_name content='Harbour Post'>"
        assert read(head=head).title == "Harbour Post"


class TestAuthors:
    @pytest.mark.parametrize(
        "author",
        [
            "Ada Brook",
            ["Ada Brook"],
            {"@type": "Person", "name": "Ada Brook"},
            [{"@type": "Person", "name": ["Ada Brook"]}],
            [[{"name": "By Ada Brook"}]],
            {"@type": "Person", "givenName": "Ada", "familyName": "Brook"},
            {"@id": "#ada"},
            {"@type": ["Person", "Thing"], "byline": "Ada Brook"},
            "ada-brook",
            "Ada Brook (abk)",
            "Ada Brook, ada.brook@harbourpost.example",
            "Ada Brook, Senior Reporter",
        ],
        ids=str,
    )
    def test_every_shape_of_an_author(self, author):
        graph = {
            "@graph": [
                article(headline="Ferry sinks", author=author),
                {"@type": "Person", "@id": "#ada", "name": "Ada Brook"},
            ]
        }
        assert read(ld=graph).authors == ("Ada Brook",)

    def test_names_in_capitals_are_recased_but_not_abbreviations(self):
        assert read(ld=article(author=["ADELE VAN BROOK", "AFP"])).authors == ("Adele van Brook", "AFP")

    def test_the_publisher_gives_way_to_a_person_in_the_byline(self):
        found = read(
            ld=article(
                author={"@type": "Organization", "name": "Harbour Post"}, publisher={"name": "Harbour Post"}
            ),
            body="<article><p class='article-byline'><span>By</span> <a>Ada Brook</a></p><p>Story</p></article>",
        )
        assert found.authors == ("Ada Brook",)

    def test_the_publisher_stands_when_nobody_else_is_named(self):
        assert read(ld=article(author={"@type": "Organization", "name": "Harbour Post"})).authors == (
            "Harbour Post",
        )

    def test_a_byline_may_name_more_than_the_data(self):
        found = read(
            ld=article(author="Ada Brook"),
            body="<article><address><a rel=author>Ada Brook</a> <a rel=author>Ian Reed</a></address></article>"
            "<aside><a rel=author>Zoe Elsewhere</a></aside>",
        )
        assert found.authors == ("Ada Brook", "Ian Reed")

    @pytest.mark.parametrize(
        "head",
        ["<meta name=author content='By Ada Brook and Ian Reed'>", "<meta name=citation_author content='Brook, Ada'><meta name=citation_author content='Reed, Ian'>",
         "<meta property=article:author content='https://social.example/ada'><meta name=parsely-author content='Ada Brook'><meta name=parsely-author content='Ian Reed'>",
         "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ada Brook, Ian Reed'>"],
    )  # fmt: skip
    def test_meta_elements(self, head):
        assert read(head=head).authors == ("Ada Brook", "Ian Reed")

    def test_authors_of_comments_and_teasers_are_not_the_article_s(self):
        found = read(
            body="<article><p>Story</p></article><ul class=related-stories><li><a rel=author>Zoe Elsewhere</a></li></ul>"
            "<div itemprop=comment itemscope itemtype='https://schema.org/Comment'><span itemprop=author>Troll Bridge</span></div>"
        )
        assert found.authors == ()


class TestDates:
    def test_the_publisher_s_offset_stays(self):
        found = read(
            ld=article(datePublished="2024-05-16T08:00:00+02:00", dateModified="2024-05-16T09:30:00Z")
        )
        assert (found.published, found.modified) == ("2024-05-16T08:00:00+02:00", "2024-05-16T09:30:00Z")

    @pytest.mark.parametrize(
        ("written", "iso"),
        [
            ("2024-05-16T08:00:00.120Z", "2024-05-16T08:00:00.120Z"),
            ("2024-05-16 08:00:00 +0200", "2024-05-16T08:00:00+02:00"),
            ("2024-05-16T08:00+02", "2024-05-16T08:00:00+02:00"),
            ("20240516T0800", "2024-05-16T08:00:00"),
            ("Thu, 16 May 2024 08:00:00 GMT", "2024-05-16T08:00:00+00:00"),
            ("May 16, 2024 8:00 EST", "2024-05-16T08:00:00-05:00"),
            ("16 May 2024", "2024-05-16"),
            (1715846400, "2024-05-16T08:00:00+00:00"),
            ("1715846400000", "2024-05-16T08:00:00+00:00"),
            ("2024-13-45", None),
            ("0001-01-01T00:00:00Z", None),
            ("May 2024", None),
            ("yesterday", None),
            ("9" * 60, None),
            (True, None),
        ],
    )
    def test_near_misses_of_iso_8601(self, written, iso):
        assert read(ld=article(datePublished=written)).published == iso

    def test_the_article_s_date_rather_than_another_s(self):
        other = article(
            headline="Other", url="https://www.harbourpost.example/other", datePublished="2020-01-01"
        )
        own = article(headline="Ferry", mainEntityOfPage={"@id": URL}, datePublished="2024-05-16")
        assert read(ld=[other, own]).published == "2024-05-16"

    @pytest.mark.parametrize(
        ("head", "body"),
        [
            ("<meta property=article:published_time content='2024-05-16'>", ""),
            ("", "<article><time datetime='2024-05-16'>today</time></article>"),
            ("", "<meta itemprop=datePublished content='2024-05-16'>"),
            ("", "<p class=article-date>Published May 16, 2024 at noon</p>"),
            ("", "<span class=datum>Stand: 16.05.2024</span>"),
        ],
    )
    def test_where_else_it_may_stand(self, head, body):
        assert read(head=head, body="<p>x</p>" + body).published == "2024-05-16"

    def test_months_in_the_page_s_language(self):
        assert read(body="<p class=fecha>16 de mayo de 2024</p>", html="lang=es").published == "2024-05-16"

    def test_the_path_tells_when_nothing_else_does(self):
        assert read(url="https://harbour.example/2024/05/16/ferry").published == "2024-05-16"
        assert read(url="https://harbour.example/2024/ferry").published is None


class TestStructuredData:
    STORY = '{"@type": "NewsArticle", "headline": "Ferry sinks", "author": {"name": "Ada Brook"}, "datePublished": "2024-05-16"'

    @pytest.mark.parametrize(
        "script",
        [
            STORY + "}",
            STORY + ",}",
            STORY + ', "keywords": ["a", "b",], /* note */ "x": 1 // ends\n}',
            STORY + ', "description": "two\nlines\there"}',
            "<!-- " + STORY + "} -->",
            "//<![CDATA[\n" + STORY + "}\n//]]>",
            "/* <![CDATA[ */" + STORY + "}/* ]]> */",
            STORY + "};",
            (STORY + "}").replace('"', "&quot;"),
            json.dumps(STORY + "}"),
            STORY + '}{"@type": "WebSite"}',
            STORY + r', "description": "a \d path"}',
            STORY + ', "description": "she said "no" twice"}',
            '{"@graph": [{"@type": "WebPage", "mainEntity": ' + STORY + "}}]}",
            "[[" + STORY + "}]]",
            STORY,
        ],
    )
    def test_broken_scripts_still_tell(self, script):
        page = parse(
            f"<html><body><p>x</p><script type='application/ld+json; charset=utf-8'>{script}</script></body></html>"
        )
        found = read_metadata(page)
        assert (found.title, found.authors, found.published) == ("Ferry sinks", ("Ada Brook",), "2024-05-16")

    @pytest.mark.timeout(20)
    @pytest.mark.parametrize(
        "script",
        [
            "[" * 100_000,
            '{"a":' * 100_000,
            '"' + "\\" * 100_001,
            '"author":[' * 50_000,
            "/* " * 100_000,
            '"' + '\\"' * 100_000,
            '"' * 99_999,
            "," * 100_000 + "}",
        ],
    )
    def test_hostile_scripts_end(self, script):
        page = parse(
            f"<html><body><p>x</p><script type='application/ld+json'>{script}</script></body></html>"
        )
        assert read_metadata(page).title is None

    def test_reference_circles_end(self):
        assert (
            read(ld=article(author={"@id": "#a"}, publisher={"@id": "#a", "name": {"@id": "#a"}})).authors
            == ()
        )

    def test_what_is_said_of_access(self):
        found = read(
            ld=article(
                isAccessibleForFree="https://schema.org/False",
                wordCount="812",
                articleBody="One &amp; two.",
            )
        )
        assert found.is_accessible_for_free is False
        assert (found.word_count, found.article_body) == (812, "One & two.")


class TestTheRest:
    @pytest.mark.parametrize(
        ("html", "head", "language"),
        [
            ("lang=en-GB", "", "en-gb"),
            ("lang=pt_BR", "", "pt-br"),
            ("lang=zh-Hans-CN", "", "zh-cn"),
            ("lang=zh-Hans", "", "zh"),
            ("lang=zh-Hant", "", "zh-tw"),
            ("lang=zh-Hant-HK", "", "zh-hk"),
            ("", "<meta property=og:locale content=de_AT>", "de-at"),
            ("", "<meta http-equiv=Content-Language content='fr, en'>", "fr"),
            ("lang='{{lang}}'", "<meta name=language content=Deutsch>", None),
        ],
    )
    def test_language(self, html, head, language):
        assert read(html=html, head=head).language == language

    def test_direction(self):
        assert read(html="dir=rtl").direction == "rtl"
        assert read(html="lang=ar").direction == "rtl"
        assert read(html="lang=ar dir=ltr").direction == "ltr"
        assert read(html="lang=en dir=auto").direction == "ltr"

    def test_addresses_are_absolute_and_of_the_web(self):
        found = read(
            head="<link rel=canonical href='/ferry'><meta property=og:image content='//img.example/a.jpg'><meta property=og:image:alt content='A ferry'>"
        )
        assert found.canonical_url == "https://www.harbourpost.example/ferry"
        assert found.lead_image is not None
        assert (found.lead_image.src, found.lead_image.alt) == ("https://img.example/a.jpg", "A ferry")
        assert (
            read(
                head="<link rel=canonical href='javascript:x'><meta property=og:image content='data:,x'>"
            ).lead_image
            is None
        )

    def test_picture_of_the_structured_data(self):
        found = read(
            ld=article(
                image=[
                    {
                        "@type": "ImageObject",
                        "url": ["https://img.example/a.jpg"],
                        "caption": "At the quay",
                        "creditText": "I. Reed",
                    }
                ]
            )
        )
        assert found.lead_image is not None
        assert (found.lead_image.caption, found.lead_image.credit) == ("At the quay", "I. Reed")

    def test_the_site_in_microdata(self):
        found = read(
            body="<p>Story</p><div itemprop=publisher itemscope><meta itemprop=name content='Harbour Post'></div>"
        )
        assert found.site == "Harbour Post"

    def test_an_empty_page_says_nothing(self):
        assert read() == Metadata()


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.text(max_size=12),
        st.sampled_from(["By A B", "2024-13-45", "//", "#a", "http://["]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["@id", "@type", "name", "url", "cssSelector", "isAccessibleForFree"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)
NAMES = ["headline", "author", "publisher", "datePublished", "dateModified", "image", "inLanguage", "hasPart", "wordCount", "articleBody", "@id", "url",
         "mainEntityOfPage", "isAccessibleForFree", "description", "articleSection", "@graph"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8), st.text(max_size=20), VALUES)
def test_no_data_is_bad_enough_to_raise(said, content, kind):
    ld = json.dumps([{"@type": "NewsArticle", **said}, {**said, "@type": kind}]).replace("<", "\\u003c")
    metas = "".join(
        f'<meta property="{name}" content="{content}">'
        for name in ("og:title", "og:image", "article:published_time", "author", "og:locale")
    )
    page = (
        f"<html><head>{metas}</head><body><h1>{content}</h1><p>x</p>"
        f"<script type='application/ld+json'>{ld}</script></body></html>"
    )
    assume(not is_binary(page))  # which is refused before anybody asks what it says
    found = read_metadata(parse(page, URL))
    assert isinstance(found, Metadata)


class TestNamed:
    """Whom the structured data name as the article's subjects."""

    def test_typed_persons_and_organisations_are_named(self):
        found = read(
            ld=article(
                about=[{"@type": "Person", "name": "Ines Caldwell"}],
                mentions=[
                    {"@type": ["Thing", "SportsTeam"], "name": "Quay Rovers"},
                    {"@type": "https://schema.org/PoliticalParty", "name": "Harbour &amp; Coast"},
                ],
                keywords=["ferry", {"@type": "Person", "name": "Tom Arden"}],
            )
        )
        assert dict(found.named) == {
            "Ines Caldwell": "person",
            "Quay Rovers": "organization",
            "Harbour & Coast": "organization",
            "Tom Arden": "person",
        }

    @pytest.mark.parametrize(
        "about",
        ["Ines Caldwell", {"@type": "Thing", "name": "Ines Caldwell"}, {"name": "Ines Caldwell"}, {"@type": "Place", "name": "Quay"},
         {"@type": ["Person", "Book"], "name": "Ines Caldwell"}, {"@type": ["Organization", "Place"], "name": "Quay"},
         {"@type": "Person", "name": ["Ines"]}, {"@type": "Person"}, 7, None, [[{"@type": "Person"}]],
         [{"@type": "Person", "name": "Quay"}, {"@type": "Organization", "name": "Quay"}]],
    )  # fmt: skip
    def test_what_is_not_plainly_one_is_left_out(self, about):
        assert dict(read(ld=article(about=about)).named) == {}

    def test_a_reference_is_followed(self):
        found = read(
            ld={
                "@context": "https://schema.org",
                "@graph": [
                    {"@type": "NewsArticle", "headline": "Ferry sinks", "about": {"@id": "#ines"}},
                    {"@type": "Person", "@id": "#ines", "name": "Ines Caldwell"},
                ],
            }
        )
        assert dict(found.named) == {"Ines Caldwell": "person"}

    def test_who_made_the_article_is_no_subject(self):
        makers = ["Ann Lee", "Bo Marsh", "Harbour Post", "Coast Agency", "Cy Drew"]
        found = read(
            ld=article(
                author={"@type": "Person", "name": "Ann Lee"},
                editor={"@type": "Person", "name": "Cy Drew"},
                publisher={"@type": "Organization", "name": "Harbour Post"},
                image={"@type": "ImageObject", "creditText": "Photo: Bo Marsh / Coast Agency"},
                mentions=[{"@type": "Person", "name": name} for name in [*makers, "Ines Caldwell"]],
            )
        )
        assert dict(found.named) == {"Ines Caldwell": "person"}

    def test_the_author_on_the_page_is_no_subject(self):
        found = read(
            head="<meta name=author content='Ann Lee'>",
            ld=article(mentions=[{"@type": "Person", "name": "Ann Lee"}]),
        )
        assert dict(found.named) == {}
