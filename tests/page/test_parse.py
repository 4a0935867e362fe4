from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personae.errors import EmptyPage, NotHTML, PageError, TooComplex, TooLarge
from personae.page.metadata.metadata import read_metadata
from personae.page.parse.decode import decode_page
from personae.page.parse.parser import Limits, Page, fingerprint, http_url, parse

URL = "https://news.example/2024/harbour"


def page(body: str, head: str = "", html: str = "", url: str | None = URL) -> Page:
    return parse(
        f"<!doctype html><html {html}><head><title>Harbour</title>{head}</head><body>{body}</body></html>",
        url,
    )


def text(parsed: Page) -> str:
    return " ".join(parsed.tree.find("body").text_content().split())


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "html",
        [
            "",
            "   \n\t ",
            "\ufeff",
            "\x00\x00",
            "<html></html>",
            "<html><body><script>go()</script></body></html>",
        ],
    )
    def test_a_page_without_anything_to_read_is_empty(self, html):
        with pytest.raises(EmptyPage):
            parse(html)

    @pytest.mark.parametrize(
        ("source", "says"),
        [
            ("%PDF-1.7\n<<>> <p>", "PDF"),
            ('{"title": "<p>not a page</p>"}', "JSON"),
            ("[1, 2]", "JSON"),
            (
                '<?xml version="1.0"?><!-- c --><rss version="2.0"><channel><title>x</title></channel></rss>',
                "feed",
            ),
            ('<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>', "feed"),
            ('<?xml version="1.0"?><note><p>x</p></note>', "XML"),
            ("Just some words, 3 < 4 and 5 > 2.", "without markup"),
            ("From: <Saved by a browser>\nSubject: x\nMIME-Version: 1.0\n\n<html><p>x</p>", "MHTML"),
            ("GIF89a<p>", "image"),
        ],
    )
    def test_another_format_is_named(self, source, says):
        with pytest.raises(NotHTML, match=says):
            parse(source)

    def test_a_file_of_bytes_that_happens_to_hold_a_tag_is_no_page(self):
        noise = decode_page(bytes(range(256)) * 8)
        with pytest.raises(NotHTML, match="binary"):
            parse(f"{noise}<p>{noise}</p>")

    def test_a_few_control_characters_do_not_make_a_page_binary(self):
        assert text(
            parse("<p>\x01\x02An old system\x1f wrote this page.</p>" + "<p>More.</p>" * 5)
        ).startswith("An old")

    def test_a_page_in_utf_16_without_a_mark_is_no_binary_file(self):
        assert (
            text(parse(decode_page("<p>Every other byte is zero.</p>".encode("utf-16-le"))))
            == "Every other byte is zero."
        )

    def test_xhtml_with_an_xml_declaration_is_a_page(self):
        parsed = parse(
            '<?xml version="1.0" encoding="iso-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Grüße</p></body></html>'
        )
        assert text(parsed) == "Grüße"

    def test_bytes_over_the_limit(self):
        with pytest.raises(TooLarge):
            parse("<p>" + "é" * 60, limits=Limits(max_bytes=100))

    def test_thirty_megabytes(self):
        with pytest.raises(TooLarge):
            parse("<p>" + "x" * 30_000_000)

    @pytest.mark.parametrize(
        "html",
        [
            "<div>" * 100_000 + "deep",
            "<b>" * 100_000 + "deep",
            "<table><tr><td>" * 5_000 + "deep",
            "<p>x</p>" * 160_000,
            "<div " + " ".join(f"a{i}=1" for i in range(20_000)) + ">x</div>",
            "<html><head>" + "<meta " * 16_000,
        ],
        ids=[
            "nested-divs",
            "nested-inline",
            "nested-tables",
            "many-elements",
            "many-attributes",
            "unclosed-tags",
        ],
    )
    @pytest.mark.timeout(20)
    def test_structure_beyond_the_limits(self, html):
        with pytest.raises(TooComplex):
            parse(html)

    @pytest.mark.timeout(20)
    @pytest.mark.parametrize(
        "html",
        ["<" * 1_000_000, '<a b="' * 200_000, "<a '" * 500_000, "<!--" * 200_000, "<script>" * 100_000, "&" * 1_000_000, "&#000" * 300_000,
         "<!doctype " * 50_000, "</p>" * 200_000, "<?xml " * 100_000, "<div a" + " " * 1_000_000],
        ids=["lt", "quotes", "single", "comments", "scripts", "amp", "references", "doctypes", "closing", "instructions", "spaces"],
    )  # fmt: skip
    def test_hostile_repetition_ends(self, html):
        with contextlib.suppress(PageError):
            assert isinstance(parse(html), Page)

    def test_eight_thousand_image_divs_are_within_the_limits(self):
        assert len(page("<div><img src=a.jpg></div>" * 8_000).tree.xpath("//img")) == 8_000

    def test_attributes_written_in_a_script_are_no_attributes(self):
        words = " ".join(f"w{i}" for i in range(500))
        assert (
            text(page(f"<p>Story</p><script>if (a <b {words}) {{}}</script><!-- <b {words}> -->")) == "Story"
        )


class TestCharacters:
    def test_forbidden_characters_go(self):
        parsed = page('<p title="a&#1;b">one\x00two\x0bthree&#x1F;four&#8;\ufffe\uffff five\x0csix</p>')
        paragraph = parsed.tree.find(".//p")
        paragraph.text = paragraph.text  # lxml takes it back
        paragraph.set("title", paragraph.get("title"))
        assert paragraph.text == "onetwothree four  five six".replace("  ", " ")

    def test_lone_surrogates_are_replaced_and_pairs_joined(self):
        assert text(page("<p>a\ud800b \ud83d\ude00</p>")) == "a\ufffdb \U0001f600"

    def test_legitimate_references_stay(self):
        assert text(page("<p>&#10;&#13;&#9;&#65;&#x41;&#119;&#129;</p>")).startswith("AAw")

    def test_byte_order_mark_goes(self):
        assert text(parse("\ufeff<p>x</p>")) == "x"


class TestAddresses:
    @pytest.mark.parametrize(
        "url", ["file:///home/a/page.html", "about:blank", "nonsense", "", None, "http://", "http://[bad"]
    )
    def test_only_web_addresses_are_kept(self, url):
        parsed = page("<p>x</p>", url=url)
        assert (parsed.url, parsed.base_url) == (None, None)

    def test_base_is_resolved_against_the_address(self):
        assert page("<p>x</p>", head="<base href='/archive/'>").base_url == "https://news.example/archive/"

    def test_a_saved_page_may_know_its_base(self):
        assert (
            page("<p>x</p>", head="<base href='https://cdn.example/'>", url="file:///a").base_url
            == "https://cdn.example/"
        )

    def test_an_odd_base_is_ignored(self):
        assert page("<p>x</p>", head="<base href='javascript:alert(1)'>").base_url == URL

    def test_joining(self):
        assert http_url("//cdn.example/a.jpg", URL) == "https://cdn.example/a.jpg"
        assert http_url("data:image/png;base64,xx", URL) is None


class TestWhatIsNotRendered:
    HIDDEN = (
        "<p hidden>secret</p>",
        "<div style='color:red; display: none !important'><p>secret</p></div>",
        "<dialog><p>secret</p></dialog>",
        "<template><p>secret</p></template>",
        "<noscript><p>secret</p></noscript>",
        "<p style='visibility: hidden'>secret</p>",
        "<div style='color:red;visibility:collapse'><p>secret</p></div>",
    )

    @pytest.mark.parametrize("markup", HIDDEN)
    def test_a_saved_page_is_judged_by_its_attributes(self, markup):
        assert text(page(f"<p>seen</p>{markup}")) == "seen"

    @pytest.mark.parametrize(
        "markup",
        [
            "<p style='filter: blur(8px)'>covered</p>",
            "<div style='visibility:hidden'><p style='visibility: visible'>covered</p></div>",
            "<div style='visibility:hidden'><h1>A page that a script uncovers</h1><p>covered</p></div>",
            "<p style='opacity:0; height:0; overflow:hidden'>covered</p>",
            "<dialog open><p>covered</p></dialog>",
            "<details><p>covered</p></details>",
            "<p aria-hidden='true'>covered</p>",
            "<p style='--display: none-such'>covered</p>",
        ],
    )
    def test_covered_blurred_or_clipped_text_stays(self, markup):
        assert "covered" in text(page(markup))

    def test_a_snapshot_is_judged_by_its_flags_alone(self):
        parsed = page(
            "<p style='display:none' hidden>shown by a style sheet</p><p data-personae-hidden>secret</p>"
            "<dialog><p>modal</p></dialog>",
            html='data-personae-snapshot="1"',
        )
        assert parsed.snapshot
        assert text(parsed) == "shown by a style sheet modal"

    def test_flags_without_the_mark_of_a_snapshot_mean_nothing(self):
        parsed = page("<p data-personae-hidden>text</p>")
        assert not parsed.snapshot
        assert text(parsed) == "text"

    def test_what_is_never_rendered_yet_read_survives_its_flag(self):
        parsed = page(
            '<p>x</p><script type=\'application/ld+json\' data-personae-hidden>{"@type":"NewsArticle","headline":"Ferry sinks at quay"}</script>',
            head="<meta data-personae-hidden property='og:site_name' content='The Quay'>",
            html='data-personae-snapshot="1"',
        )
        metadata = read_metadata(parsed)
        assert metadata.site == "The Quay"
        assert metadata.title == "Ferry sinks at quay"

    def test_a_wholly_hidden_body_leaves_the_metadata(self):
        hidden = parse(
            "<html><head><title>Ferry sinks at quay</title></head><body style='display:none'><p>secret</p></body></html>"
        )
        assert text(hidden) == ""
        assert read_metadata(hidden).title == "Ferry sinks at quay"

    def test_the_text_after_a_hidden_element_stays(self):
        assert text(page("<p>a <span hidden>x</span>b</p>")) == "a b"

    def test_noscript_keeps_its_pictures_but_no_trackers(self):
        parsed = page(
            "<figure><img class=lazy><noscript>Enable <b>it</b> <picture><source srcset=b.webp><img src=b.jpg></picture></noscript></figure>"
            "<noscript><img src=t.gif width=1 height=1></noscript>"
        )
        assert [img.get("src") for img in parsed.tree.iter("img")] == [None, "b.jpg"]
        assert text(parsed) == ""

    @pytest.mark.parametrize("tag", ["noscript", "NOSCRIPT class='no-js'"])
    @pytest.mark.parametrize(
        "inside",
        ["<div id=js-off>", "<p>Switch on JavaScript<div>", "<a href=/help><b>Help</b>", "<ul><li>One"],
    )
    def test_what_a_noscript_leaves_open_takes_nothing_of_the_page(self, inside: str, tag: str):
        parsed = page(f"<{tag}>{inside}<img src=b.jpg></noscript><div><p>The story.</p></div>")
        assert text(parsed) == "The story."
        assert [img.get("src") for img in parsed.tree.iter("img")] == ["b.jpg"]

    def test_a_script_that_writes_of_a_noscript_hides_nothing(self):
        script = "<script>var off = '<noscript><div>';</script>"
        assert (
            text(page(f"{script}<p>One.</p><noscript><img src=b.jpg></noscript><p>Two.</p>")) == "One. Two."
        )


class TestShadowRoots:
    def test_other_templates_of_a_host_go_and_do_not_stop_the_reading(self):
        page = parse(
            "<x-card><template shadowrootmode=open><p>Inside</p></template><template><p>Spare</p></template>"
            "<div>Light<template>Deeper</template></div></x-card><p>After</p>"
        )
        assert page.tree.text_content().split() == ["Inside", "After"]

    def test_a_shadow_root_is_rendered_in_its_host(self):
        parsed = page(
            "<story-body><template shadowrootmode=open><article><p>Inside</p></article></template></story-body>"
        )
        assert parsed.tree.xpath("//story-body/article/p/text()") == ["Inside"]

    def test_slots_are_filled_by_name_and_by_default(self):
        parsed = page(
            "<x-card><template shadowrootmode=open><h2><slot name=head>none</slot></h2><div><slot></slot></div><em><slot name=no>fallback</slot></em></template>"
            "<b slot=head>Head</b><p>One</p><p>Two</p><i slot=nowhere>lost</i></x-card>"
        )
        assert text(parsed) == "Head One Two fallback"

    def test_roots_inside_roots(self):
        parsed = page(
            "<a-a><template shadowrootmode=open><b-b><template shadowrootmode=open><p>deep</p></template></b-b></template></a-a>"
        )
        assert text(parsed) == "deep"

    def test_parts_streamed_by_the_server_go_to_their_place(self):
        parsed = page(
            "<main><template id='B:0'></template></main><footer>end</footer><div hidden id='S:0'><p>story</p></div>"
        )
        assert text(parsed) == "story end"
        assert parsed.tree.xpath("//main//p/text()") == ["story"]


class TestFingerprint:
    def test_volatile_parts_do_not_show(self):
        one = page(
            "<!-- a --><script nonce=abc>var t=1</script>\n<p onclick=go() nonce=x style='top:1px'>Story</p> <style>p{}</style><input type=hidden value=tok1>"
            "<img src=a.jpg loading=lazy data-request-id=1><svg><path d=1></svg>",
            head="<meta name=csrf-token content=abc><link rel=stylesheet href=/v1.css>",
        )
        two = page(
            "<script>other()</script><script>more()</script><p>Story</p> <input type=hidden value=tok2><img src=a.jpg>",
            head="<meta name=csrf-token content=def><link rel=preload href=/v2.js>",
        )
        assert fingerprint(one) == fingerprint(two)

    @pytest.mark.parametrize(
        "other",
        [page("<p>Story.</p>"), page("<p class=lead>Story</p>"), page("<p>Story</p>", url=None), page("<p>Story</p>", head="<meta name=author content=A>"),
         page("<p>Story</p>", html='data-personae-snapshot="1"'), page("<pre>a  b</pre>")],
    )  # fmt: skip
    def test_what_can_shape_the_article_shows(self, other):
        assert fingerprint(page("<p>Story</p>")) != fingerprint(other)

    def test_preformatted_white_space_shows(self):
        assert fingerprint(page("<pre>a  b</pre>")) != fingerprint(page("<pre>a b</pre>"))
        assert fingerprint(page("<p>a  b</p>")) == fingerprint(page("<p>a b</p>"))

    def test_long_data_uris_and_form_values_go(self):
        parsed = page(
            f"<img src='data:image/png;base64,{'A' * 400}' alt=x><input value=typed><textarea>typed</textarea>"
        )
        assert "AAAA" not in str(parsed.tree.xpath("//@src"))
        assert parsed.tree.xpath("//@value") == []


MARKUP = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            ["<p>", "</p>", "<div hidden>", "<script type='application/ld+json'>", "</script>", "<template shadowrootmode=open>", "</template>", "<slot>",
             "<noscript>", "<h1>", "<title>", "<html data-personae-snapshot=1>", "<body>", "<frameset>", "<svg>", "<!--", "-->", "<meta name=author content='By A'>",
             '{"@type":"Article","author":', "[", "{", '"', "&#0;", "&#xD800;", "\ud800", "<time datetime=", "<base href=", ">", "<div id='S:0' hidden>", "<template id='B:0'>"]
        ),
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(MARKUP, st.one_of(st.none(), st.text(max_size=30), st.just(URL)))
def test_any_text_is_read_or_refused_with_a_reason(html, url):
    try:
        parsed = parse(html, url)
    except (PageError, TooLarge):
        return
    assert parsed.tree.tag == "html"
    assert fingerprint(parsed) == fingerprint(parse(html, url))
    read_metadata(parsed)


@pytest.mark.parametrize(
    "html",
    [
        "<title>A pier</title><article><p>It opened.</p></article><p>Later.</p>",
        "<html><head><title>A pier</title></head><main><p>It opened.</p></main><p>Later.</p>",
        "<title>A pier</title><meta charset=utf-8><section>It opened.</section> <div>Later.</div>",
    ],
)
def test_a_body_whose_tag_is_left_out_begins_with_the_first_element_of_no_head(html: str) -> None:
    tree = parse(html).tree
    assert tree.findtext("head/title") == "A pier"
    assert (
        " ".join(tree.find("body").text_content().split()).replace("opened.L", "opened. L")
        == "It opened. Later."
    )
    assert [child.tag for child in tree] == ["head", "body"]
