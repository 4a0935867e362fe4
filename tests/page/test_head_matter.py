"""Title, authors and date as the reader of a page sees them: around its headline, whatever else the page says."""

from __future__ import annotations

import json

import pytest

from personae.page.metadata.dates_in_text import dates_in, is_date_line
from personae.page.metadata.head_matter import HeadMatter, PageText
from personae.page.metadata.metadata import Metadata, read_metadata
from personae.page.metadata.page_lines import lines_of, story_start
from personae.page.parse.parser import parse

TITLE = "Pump house at Lindmoor falls silent for a year"
PARAGRAPHS = (
    "The pump house at Lindmoor will stand still for a year, the board said, after a crack opened in a wheel.",
    "Engineers found the crack in March, when the river was low enough to walk under the arches with lamps.",
    "Nobody in the village was surprised, said the miller, who had heard the wheel complain since Christmas.",
)
STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
RAIL = (
    "<aside class=rail><h3>Most read</h3><ul><li><a href=/a>Goat found on the roof of the chapel</a> "
    "<time datetime='2026-06-20'>20 June</time> <span class=byline>By Otto Rail</span></li></ul></aside>"
)
HEAD = f"<title>{TITLE} - The Lindmoor Echo</title>"


def page(head: str = HEAD, body: str = "", language: str = "en", after: str = "") -> Metadata:
    """Read a page with a masthead, what is given as its main part, and a rail of other stories."""
    return read_metadata(
        parse(
            f"<!doctype html><html lang={language}><head>{head}</head><body>"
            "<header><a class=logo href=/>The Lindmoor Echo</a><nav><a href=/n>News</a></nav></header>"
            f"<main>{body}</main>{after}{RAIL}<footer><p>© 2026 The Lindmoor Echo</p></footer></body></html>",
            "https://www.lindmoor-echo.example/news/pump-house-871",
        )
    )


def story(
    below: str = "", *, head: str = HEAD, language: str = "en", above: str = "", after: str = ""
) -> Metadata:
    """Read a page with a headline, and lines above, below it and after the story."""
    return page(head, f"<article>{above}<h1>{TITLE}</h1>{below}{STORY}{after}</article>", language)


def linked_data(**said: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **said})}</script>"


class TestHeadline:
    @pytest.mark.parametrize(
        ("head", "body"),
        [
            (f"<title>{TITLE} | The Lindmoor Echo</title>", f"<h1>Local news</h1><article><h2>{TITLE}</h2>{STORY}</article>"),
            (f"<title>Mud and Reeds » {TITLE}</title>", f"<h1><a href='/'>Mud and Reeds</a></h1><p><b>{TITLE}</b></p>{STORY}"),
            (f"<title>{TITLE} ~ Mud and Reeds</title>", f"<h1>Mud and Reeds</h1><div><h3>{TITLE}</h3>{STORY}</div>"),
            (f"<title>Mud and Reeds: {TITLE}</title>", f"<h1>Mud and Reeds</h1><div><h3>{TITLE}</h3>{STORY}</div>"),
        ],
        ids=["section", "blog", "blog after", "blog before"],
    )  # fmt: skip
    def test_it_stands_right_above_the_story_and_not_in_the_site_s_h1(self, head, body):
        assert page(head, body).title == TITLE

    @pytest.mark.parametrize("name", ["application-name", "apple-mobile-web-app-title"])
    def test_a_headline_given_out_as_a_name_of_the_site_is_the_title(self, name):
        head = f"<title>{TITLE}</title><meta name={name} content='{TITLE}'>"
        assert (
            page(head, f"<h1>Menu and search</h1><article><h1>{TITLE}</h1>{STORY}</article>").title == TITLE
        )

    @pytest.mark.parametrize("data", ["", linked_data(headline="Lindmoor pumps: all you need to know")])
    def test_it_wins_over_a_title_for_search_engines(self, data):
        head = f"<title>Lindmoor pumps: all you need to know</title><meta property=og:title content='Lindmoor pumps: all you need to know'>{data}"
        assert story(head=head).title == TITLE

    def test_it_wins_over_one_that_says_the_same_in_other_words(self):
        head = "<title>Wheel cracks in pump house - Echo</title><meta property=og:title content='Wheel cracks in pump house'>"
        assert page(head, f"<h1>Lindmoor wheel cracks</h1>{STORY}").title == "Lindmoor wheel cracks"

    @pytest.mark.parametrize(
        ("title", "expected", "language", "body"),
        [
            ("水門を一年閉鎖へ 点検で亀裂｜港新聞デジタル", "水門を一年閉鎖へ 点検で亀裂", "ja", "<h2>水門を一年閉鎖へ 点検で亀裂</h2><p>港の水門は一年のあいだ閉鎖される。市は金曜日、最も古い歯車に亀裂が見つかったと発表した。点検は三月に行われた。</p>"),
            ("水闸将关闭一年 检查发现裂缝_社会_河口晚报", "水闸将关闭一年 检查发现裂缝", "zh", "<p>河口的水闸将关闭一年，市政府周五宣布，最古老的齿轮出现了裂缝，检查是在三月进行的，费用预计为三千万元。</p>"),
            ("Шлюз встал на год — Агентство «Речной край»", "Шлюз встал на год", "ru", f"<h4>Шлюз встал на год</h4>{STORY}"),
            (f"{TITLE} : The Journal of the Lower Moor and its Villages", TITLE, "en", f"<div>{TITLE}</div>{STORY}"),
            (f"{TITLE} | A Miller's Diary", TITLE, "en", STORY),
        ],
        ids=["ja", "zh", "ru", "line", "pipe"],
    )  # fmt: skip
    def test_names_that_no_data_state_are_cut_off(self, title, expected, language, body):
        assert page(f"<title>{title}</title>", body, language).title == expected

    def test_a_dash_or_colon_of_its_own_stays(self):
        for title in ("Wheel cracks – and nobody heard it", "Lindmoor: wheel cracks again"):
            assert page(f"<title>{title}</title>", STORY).title == title

    @pytest.mark.parametrize("sign", ["¶", "#", "§"])
    def test_the_sign_of_an_anchor_is_no_part_of_it(self, sign):
        body = f"<h1>Notes from the Moor</h1><h1>{TITLE}<a href='#x'>{sign}</a></h1>{STORY}"
        assert page("", body).title == TITLE

    @pytest.mark.parametrize(
        "tool",
        [
            "<div class='gt-box notranslate'><h1>Translated text</h1><div>Rate it</div></div>",
            "<div role=dialog><h1>We value your privacy</h1><p>We and our partners store information.</p></div>",
            "<div class=skiptranslate><h1>Original text</h1></div>",
        ],
    )
    def test_the_heading_of_a_tool_put_into_the_page_is_none(self, tool):
        body = f"<div class=hd>{TITLE}</div>{STORY}"
        assert page(f"<title>{TITLE}</title>", body, after=tool).title == TITLE
        assert page(f"<title>{TITLE}</title>", tool.replace("notranslate", "modal") + body).title == TITLE


class TestByline:
    @pytest.mark.parametrize(
        ("byline", "language", "expected"),
        [
            ("<div class='author vcard'><span class=fn>Ada Brook</span></div>", "en", "Ada Brook"),
            ("<div class='author-card card'><a href=/authors/ab>Ada Brook</a><span>Reporter</span></div>", "en", "Ada Brook"),
            ("<div class=byline>By<a href=/x>Ada Brook</a><a href=https://social.example/ada>Twitter</a></div>", "en", "Ada Brook"),
            ("<div class=byline><span>Ada Brook</span><span>Political Editor</span></div>", "en", "Ada Brook"),
            ("<p class=byline>By Jane Holt, Vice President, Corporate Affairs</p>", "en", "Jane Holt"),
            ("<p class=auteur><span>Door</span><span>Marijke Veld</span><span>Verslaggever</span></p>", "nl", "Marijke Veld"),
            ("<p class=firma>Por <b>Lucía Arbeloa</b>, redactora de Local</p>", "es", "Lucía Arbeloa"),
            ("<p>Von Jorit Hansing (mit Pia Ullmann)</p>", "de", "Jorit Hansing|Pia Ullmann"),
            ("<p class=autore>di Carlo Bensi (ha collaborato Nina Ferro)</p>", "it", "Carlo Bensi|Nina Ferro"),
            ("<p class=autor>Jan Kowal i Ewa Nowik</p>", "pl", "Jan Kowal|Ewa Nowik"),
            ("<p>By Ada Brook, Ian Reed and Jo Hill for The Post</p>", "en", "Ada Brook|Ian Reed|Jo Hill"),
            ("<p class=meta>Posted by <a href=/u/1>Ada Brook</a> in <a href=/c>Water</a> on May 3, 2026 | 4 comments</p>", "en", "Ada Brook"),
            ("<p>Von Jorit Hansing für den Moorboten</p>", "de", "Jorit Hansing"),
            ("<p class=author>Ada Brook<span>3 May 2026</span></p>", "en", "Ada Brook"),
            ("<p>par Didier Roy, 21 juin 2018</p>", "fr", "Didier Roy"),
            ("<p>BY ADA BROOK</p>", "en", "Ada Brook"),
            ("<p class=byline>By Ada Brook, with Ian Reed</p>", "en", "Ada Brook|Ian Reed"),
            ("<p class=byline>By Ada Brook; additional reporting by Ian Reed</p>", "en", "Ada Brook|Ian Reed"),
            ("<p>By Ada Brook of The Lindmoor Echo</p>", "en", "Ada Brook"),
            ("<p>Tekst: <b>Kari Lie</b> Foto: <b>Ola Bø</b></p>", "no", "Kari Lie"),
            ("<div class=byline><span>Ada Brook</span><span>5 min read</span></div>", "en", "Ada Brook"),
            ("<p class=szerzo>Írta: Kovács Réka és Nagy Bence</p>", "hu", "Kovács Réka|Nagy Bence"),
            ("<p>מאת: דנה לוי</p>", "he", "דנה לוי"),
            ("<p>By</p><p class=full-name>Ada Brook</p>", "en", "Ada Brook"),
            ("<p class=byline>김지우 기자</p>", "ko", "김지우"),
            ("<div class=author><span>记者</span><span>李小明</span><span>2026-05-03</span></div>", "zh", "李小明"),
            ("<div class=author>Автор: Варвара Лугина, корреспондент</div>", "ru", "Варвара Лугина"),
            ("<div id=byline>Ada Brook</div>", "en", "Ada Brook"),
            ("<div class=articleAuthor>Ada Brook</div>", "en", "Ada Brook"),
            ("<span itemprop=author itemscope><span itemprop=name>Ada Brook</span></span>", "en", "Ada Brook"),
            ("<aside><a rel=author href=/ada>Ada Brook</a> and <a rel=author href=/ian>Ian Reed</a></aside>", "en", "Ada Brook|Ian Reed"),
            ("<span class=byline> von <a rel=author href=/author/moorhuhn>moorhuhn</a></span>", "de", "moorhuhn"),
        ],
    )  # fmt: skip
    def test_the_names_come_apart_from_what_stands_around_them(self, byline, language, expected):
        assert story(byline, language=language).authors == tuple(expected.split("|"))

    def test_a_byline_as_long_as_a_paragraph_is_none(self):
        found = story(
            "<div class=author>Written by <a href=/i>Ada Brook</a> in <a href=/h>Harbour news</a> on "
            "3 May 2026 at 08:34 PM EDT. <a href='#c'>51 Comments</a></div>"
        )
        assert (found.authors, found.published) == (("Ada Brook",), "2026-05-03")

    def test_it_may_stand_above_the_headline_or_below_a_first_paragraph(self):
        assert story(above="<div class=byline>By Ada Brook</div>").authors == ("Ada Brook",)
        dek = f"<p class=dek>{PARAGRAPHS[1]}</p><div class=byline>By Ada Brook</div>"
        assert story(dek).authors == ("Ada Brook",)

    @pytest.mark.parametrize("layout", ["post category-commentary tag-biology", "card-main", "withSidebar"])
    def test_what_is_called_otherwise_and_holds_the_headline_says_nothing(self, layout):
        body = f"<div class='{layout}'><h1>{TITLE}</h1><div class=byline>By Ada Brook</div>{STORY}</div>"
        assert page(HEAD, body).authors == ("Ada Brook",)

    @pytest.mark.parametrize(
        "other",
        [
            "<section class=more-stories><div><h3><a href=/z>Owl returns</a></h3><article><span class=byline>By Sam Other</span></article></div></section>",
            "<ul class=list><li><h3><a href=/x>Owl returns to the tower</a></h3><p class=byline>By Sam Other</p></li></ul>",
            "<div class=q7><div><a href=/x>Owl returns to the tower</a><span class=byline>By Sam Other</span></div></div>",
            "<div class=cards><div class=card><h4>Owl</h4><span class=author>Sam Other</span></div></div>",
            "<div id=kommentare><div class=kommentar><span class=author>Sam Other</span><p>Well.</p></div></div>",
            "<div itemprop=comment itemscope itemtype='https://schema.org/Comment'><b itemprop=author>Sam Other</b></div>",
        ],
    )  # fmt: skip
    def test_nobody_from_teasers_and_comments(self, other):
        assert story(after=other).authors == ()
        assert story("<p class=byline>By Ada Brook</p>", after=other).authors == ("Ada Brook",)

    @pytest.mark.parametrize(
        "stated",
        [
            linked_data(author={"@type": "Organization", "name": "Lindmoor Media Group"}),
            "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Tom Keller'>",
            "<meta name=author content='webdesk'>",
            "<meta name=author content='Lindmoor Media'>",
            "<meta name=author content='Brook'>",
        ],
    )
    def test_a_person_beside_the_headline_wins_over_publisher_and_account(self, stated):
        assert story("<p class=byline>By Ada Brook</p>", head=HEAD + stated).authors == ("Ada Brook",)

    @pytest.mark.parametrize(
        ("name", "value", "author"),
        [
            ("parsely-author", "Brook, Ada", "Ada Brook"),
            ("author", "Brook, Ada", "Ada Brook"),
            ("dc.creator", "van der Brook, Ada", "Ada van der Brook"),
            ("byline", "By Ada Brook", "Ada Brook"),
        ],
    )
    def test_family_and_given_name_in_the_catalogue_s_order(self, name, value, author):
        assert story(head=f"{HEAD}<meta name={name} content='{value}'>").authors == (author,)


class TestShownDate:
    @pytest.mark.parametrize(
        ("line", "language"),
        [
            ("<p>Published 3 May 2026, updated 9 May 2026</p>", "en"),
            ("<p>Updated 9 May 2026 · First published 3 May 2026</p>", "en"),
            ("<p>Mis à jour le 9 mai 2026 à 10h, publié le 3 mai 2026</p>", "fr"),
            ("<p>Aktualizacja: 09.05.2026, opublikowano: 03.05.2026</p>", "pl"),
            ("<p>2026年5月3日 10時05分 公開 2026年5月9日 更新</p>", "ja"),
            ("<p>입력 2026.05.03 14:20 수정 2026.05.09 10:00</p>", "ko"),
            ("<p>آخر تحديث: 9 مايو 2026 - نشر في: 3 مايو 2026</p>", "ar"),
            ("<time itemprop=dateModified datetime='2026-05-09T10:00'>03/05/2026 | Actualizado a 09/05/2026</time>", "es"),
            ("<time itemprop=dateModified datetime='2026-05-09'>9 May</time> <time datetime='2026-05-03'>3 May</time>", "en"),
            ("<p>Updated <time datetime='2026-05-09T10:00'>9 May</time> Published <time datetime='2026-05-03T10:00'>3 May</time></p>", "en"),
            ("<dl><dt>Updated</dt><dd>9 May 2026</dd><dt>Published</dt><dd>3 May 2026</dd></dl>", "en"),
        ],
    )  # fmt: skip
    def test_that_of_publication_and_not_of_a_change(self, line, language):
        assert (story(line, language=language).published or "")[:10] == "2026-05-03"

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("3 Μαΐου 2026", "el"), ("3 मई 2026", "hi"), ("٣ مايو ٢٠٢٦", "ar"), ("3 พฤษภาคม 2569", "th"),
            ("Chủ nhật, 3 tháng 5, 2026", "vi"), ("2026. május 3. vasárnap", "hu"), ("2026 m. gegužės 3 d.", "lt"),
            ("3. toukokuuta 2026", "fi"), ("3 de mayo de 2026", "es"), ("3. Mai 2026", "en"), ("3 ta' Mejju 2026", "mt"),
            ("03.05.26", "de"), ("05/03/2026", "en-US"), ("03/05/2026", "en-GB"), ("03-05-2026 11:20", "nl"), ("03.05.2026", "en-US"),
            ("Le 03/05/2026 à 12:00", "fr"), ("2026年5月3日", "zh"),
        ],
    )  # fmt: skip
    def test_in_the_words_and_order_of_the_language(self, text, language):
        assert [one.iso for one in dates_in(text, language)] == ["2026-05-03"]

    @pytest.mark.parametrize(
        "where",
        [
            {"above": "<h2 class=date-header>Sunday, May 3, 2026</h2>"},
            {"below": "<abbr class=published title='2026-05-03T10:00:00+02:00'>three days ago</abbr>"},
            {"below": "<p>3.5.2026 – The old pump stands still, and nobody in the village knows when it will run again.</p>"},
            {"below": "<p>LINDMOOR, 3 May 2026 — The old pump stands still, and nobody knows when it will run again.</p>"},
            {"below": "<p>3 May 2026</p>", "after": "<div class=comment><time datetime='2026-06-01'>1 June</time></div>"},
            {"below": "<p>3 May 2026</p>", "after": "<article><a href=/x>Owl</a><time datetime='2026-01-01'>1 Jan</time></article>"},
            {"head": HEAD + '<script>{"@context": "https://schema.org", "@type": "Article", "datePublished": "2026-05-03"}</script>'},
            {"head": HEAD + "<meta property=article:published_time content='2026-05-03T22:06:08:684Z'>"},
        ],
    )  # fmt: skip
    def test_where_else_it_may_stand(self, where):
        assert (story(**where).published or "")[:10] == "2026-05-03"

    def test_that_of_a_change_where_no_other_is_told(self):
        assert story("<p>Updated 9 May 2026</p>").published == "2026-05-09"

    def test_a_comment_s_date_is_none(self):
        comment = (
            "<div class=reacties><div class=reactie><time datetime='2026-06-01'>1 juni</time></div></div>"
        )
        assert story(after=comment, language="nl").published is None

    @pytest.mark.parametrize(
        ("declared", "shown", "expected"),
        [
            ("2026-05-04T01:15:00Z", "May 3, 2026, 9:15 p.m.", "2026-05-03"),
            ("2026-05-03T20:15:00Z", "4 May 2026", "2026-05-04"),
            ("2026-05-04T01:15:00Z", "<time datetime='2026-05-03T18:15:00-07:00'>Sunday</time>", "2026-05-03T18:15:00-07:00"),
            ("2026-05-03T10:15:00Z", "Updated 4 May 2026", "2026-05-03T10:15:00Z"),
            ("2026-05-03T10:15:00Z", "12 June 2026", "2026-05-03T10:15:00Z"),
            ("2026-05-04T01:15:00+02:00", "3 May 2026", "2026-05-04T01:15:00+02:00"),
        ],
    )  # fmt: skip
    def test_a_moment_in_utc_is_of_the_day_that_the_page_shows(self, declared, shown, expected):
        assert story(f"<p>{shown}</p>", head=HEAD + linked_data(datePublished=declared)).published == expected

    def test_words_beside_it_tell_the_day_from_the_month(self):
        head = f"{HEAD}<meta name=pubdate content='03-05-2026 10:29'>"
        assert story("<p>3 May 2026</p>", head=head).published == "2026-05-03T10:29:00"
        assert story("<p>March 5, 2026</p>", head=head).published == "2026-03-05T10:29:00"

    def test_dots_part_a_day_from_a_month(self):
        head = f"{HEAD}<meta property=article:published_time content='10.12.2022, 07:00:03'>"
        assert story(head=head).published == "2022-12-10T07:00:03"

    @pytest.mark.parametrize(
        ("text", "is_one"),
        [
            ("Sunday, 3 May 2026, 10:15", True),
            ("Published 3 May 2026 | Updated 9 May 2026", True),
            ("On 3 May 2026 the wheel of the pump house broke.", False),
            ("Goat found on the roof", False),
        ],
    )
    def test_a_line_that_says_no_more_than_a_date(self, text, is_one):
        assert is_date_line(text, "en") is is_one


class TestLines:
    def test_blocks_part_lines_and_what_stands_in_a_line_does_not(self):
        tree = parse(
            "<body><div>By <a>Ada</a><!-- note --> <b>Brook</b><br>News<p>One <i>two</i></p>three</div></body>"
        ).tree
        assert [line.text for line in lines_of(tree)] == ["By Ada Brook", "News", "One two", "three"]

    def test_neighbours_without_a_space_come_apart_but_a_drop_cap_does_not(self):
        tree = parse(
            "<body><p><span>By</span><span>Ada Brook</span></p><p><b>T</b><i>he</i> pump</p></body>"
        ).tree
        assert [line.text for line in lines_of(tree)] == ["By Ada Brook", "The pump"]

    def test_the_story_begins_where_most_prose_stands_together(self):
        consent = f"<div role=dialog>{STORY}{STORY}</div>"
        lines = lines_of(
            parse(f"<body>{consent}<p>{PARAGRAPHS[0]}</p><div><h1>{TITLE}</h1>{STORY}</div></body>").tree
        )
        assert [lines[story_start(lines) - 1].text, lines[story_start(lines)].text] == [TITLE, PARAGRAPHS[0]]

    def test_the_matter_around_a_headline_ends_with_the_third_paragraph(self):
        body = f"<p>above</p><h1>{TITLE}</h1><p>below</p>{STORY}<p>far below</p>"
        head = HeadMatter.of(PageText.of(parse(f"<body>{body}</body>").tree), [TITLE])
        assert [line.text for line in head.lines] == ["below", "above"]
