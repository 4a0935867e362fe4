"""Tables, pictures, notes, listings, headings and quotations come out whole, in whatever markup they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from personae.article.compose import compose
from personae.model import Article
from personae.page.parse.parser import parse

URL = "https://bote.example.test/ahlfeld/faehre"
STORY = (
    "Der Gemeinderat von Ahlfeld hat am Montagabend beschlossen, die alte Fähre für zwei Jahre stillzulegen, weil das Geld fehlt.",
    "„Wir haben lange gerechnet“, sagte Bürgermeisterin Jutta Wegner nach der Sitzung, zu der mehr als achtzig Bürger kamen.",
    "Die Fähre verkehrt seit 1908 zwischen den beiden Ufern und befördert im Sommer täglich etwa neunhundert Menschen.",
    "Ein Gutachten hatte im März ergeben, dass der Rumpf an vier Stellen durchgerostet ist. Die Werft verlangt 310.000 Euro.",
    "Gegner des Beschlusses wollen Unterschriften sammeln. Sie sagen, dass die nächste Brücke elf Kilometer entfernt sei.",
    "Im Herbst soll der Rat noch einmal beraten, wenn das Land über einen Zuschuss entschieden hat, den er beantragt hat.",
)
PARAGRAPHS = [f"<p>{text}</p>" for text in STORY]
BEGINNING, END = "".join(PARAGRAPHS[:3]), "".join(PARAGRAPHS[3:])


def read(body: str, *, after: str = "", head: str = "") -> Article:
    """Read a page whose article holds `body`; after: what stands below the article."""
    menu = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("Politik", "Sport", "Kultur"))
    others = "".join(
        f"<li><a href='/{i}'>Bäckerei Nummer {i} schließt nach neunzig Jahren</a></li>" for i in range(4)
    )
    return compose(
        parse(
            f"<html lang='de'><head><title>Ahlfeld legt Fähre still</title>{head}</head><body><nav><ul>{menu}</ul></nav>"
            f"<main><article><h1>Ahlfeld legt Fähre still</h1>{body}</article>{after}</main>"
            f"<aside><h3>Meistgelesen</h3><ul>{others}</ul></aside><footer><p>© 2026 Bote</p></footer></body></html>",
            URL,
        )
    )


def words(article: Article) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", article.content).split())


def keeps_story(article: Article) -> bool:
    return all(text in article.text for text in STORY)


# ---------------------------------------------------------------- tables

LEAGUE = (
    "<table><tr><td>Klub</td><td>Sp</td><td>Pkt</td></tr>"
    + "".join(
        f"<tr><td><a href='/k/{i}'>{club}</a></td><td><a href='/s/{i}'>10</a></td><td>{points}</td></tr>"
        for i, (club, points) in enumerate((("SV Ahlfeld", 28), ("TuS Brede", 25), ("FC Lohe", 19)))
    )
    + "</table>"
)
RESULTS = (
    "<table>"
    + "".join(
        f"<tr><td><a href='/m/{i}a'>{one}</a></td><td><a href='/m/{i}'>{i}:1</a></td><td><a href='/m/{i}b'>{other}</a></td></tr>"
        for i, (one, other) in enumerate((("Ahlfeld", "Brede"), ("Lohe", "Varel"), ("Nord", "Süd")))
    )
    + "</table>"
)


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>Tabelle</h2>{LEAGUE}{BEGINNING}{END}",
        f"{BEGINNING}{LEAGUE}{END}",
        f"{BEGINNING}<div class='z'><div class='scroll'>{LEAGUE}</div></div>{END}",
        f"{BEGINNING}{END}<h2>Tabelle</h2>{LEAGUE}",
        f"{BEGINNING}{END}<div class='x'><h3>Die Tabelle</h3><div>{LEAGUE}</div><p>Quelle: Verband</p></div>",
    ],
)
def test_a_table_of_data_stays_wherever_it_stands(body: str) -> None:
    article = read(body)
    assert keeps_story(article)
    assert "Klub Sp Pkt SV Ahlfeld 10 28 TuS Brede 10 25 FC Lohe 10 19" in words(article)
    assert article.content.count("<table") == 1


def test_a_table_that_is_all_links_is_data_and_one_of_headlines_is_not() -> None:
    assert "Ahlfeld 0:1 Brede" in words(read(f"{BEGINNING}{RESULTS}{END}"))
    teasers = "".join(
        f"<tr><td><a href='/n/{i}a'>Bäckerei Nummer {i} schließt nach neunzig Jahren</a></td>"
        f"<td><a href='/n/{i}b'>Sturm Nummer {i} reißt im Tal alle Leitungen herunter</a></td></tr>"
        for i in range(3)
    )
    article = read(f"{BEGINNING}{END}<table>{teasers}</table>")
    assert keeps_story(article)
    assert "Bäckerei" not in article.content


def test_terms_and_a_short_list_of_links_within_an_item_stay() -> None:
    terms = "<dl><dt>Länge</dt><dd>31 Meter</dd><dt>Baujahr</dt><dd>1908</dd></dl>"
    inner = "".join(f"<li><a href='/r/{name}'>{name}</a></li>" for name in ("Bug", "Heck", "Ruderschacht"))
    items = f"<ul><li>Das Gutachten nennt drei Stellen am Rumpf:<ul>{inner}</ul></li><li>Das Land schweigt noch.</li></ul>"
    found = words(read(f"{BEGINNING}{terms}{items}{END}"))
    assert "Länge 31 Meter Baujahr 1908" in found
    assert "Bug Heck Ruderschacht Das Land" in found


# ---------------------------------------------------------------- pictures

CAPTION = "Die Fähre am Ostufer, 1952"
PICTURE = "<img src='/f/faehre.jpg' width='800' height='500'>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class='bild'>{PICTURE}</div><div class='onderschrift'><p>{CAPTION}</p></div>",
        f"<div><p class='bildunterschrift'>{CAPTION}</p></div><div class='bild'>{PICTURE}</div>",
        f"<div class='k3'>{PICTURE}<span>{CAPTION}</span></div>",
        f"<p>{PICTURE}</p><p class='foto-text'><em>{CAPTION}</em></p>",
        f"{PICTURE}<div class='img_cptn'>{CAPTION}</div>",
        f"<div class='m'><div><figure>{PICTURE}</figure></div><div><figcaption>{CAPTION}</figcaption></div></div>",
        f"<table align='right'><tr><td>{PICTURE}</td></tr><tr><td><small>{CAPTION}</small></td></tr></table>",
        f"<dl class='wp-caption'><dt>{PICTURE}</dt><dd>{CAPTION}</dd></dl>",
    ],
)
def test_a_picture_keeps_its_caption_wherever_that_stands(markup: str) -> None:
    article = read(f"{BEGINNING}{markup}{END}")
    assert keeps_story(article)
    assert CAPTION not in article.text
    figure = re.search(r"<figure>.*?</figure>", article.content)
    assert figure is not None
    assert "faehre.jpg" in figure[0]
    assert CAPTION in figure[0]


@pytest.mark.parametrize(
    "markup",
    [
        "<img src='data:image/gif;base64,R0' data-irgendwo='https://c.example.test/a.jpg?w=9'>",
        "<img src='/grau.gif' data-bilder='https://c.example.test/a.jpg 400w, https://c.example.test/a.jpg 900w'>",
        """<img src='data:,' data-json='{"gross":"https:\\/\\/c.example.test\\/a.jpg"}'>""",
        "<figure itemid='https://c.example.test/a.jpg'><div></div></figure>",
        "<div data-hintergrund='https://c.example.test/a.jpg'><img src='data:image/gif;base64,R0'></div>",
        "<a href='https://c.example.test/a.jpg'><img src='/blank.gif' width='600' height='400'></a>",
        "<lazy-img url='https://c.example.test/a.jpg'></lazy-img>",
        "<img src='/img/placeholder/600x400.png'><noscript><img src='https://c.example.test/a.jpg'></noscript>",
        "<amp-img src='https://c.example.test/a.jpg' width='8' height='5'></amp-img>".replace(
            "'8'", "'800'"
        ).replace("'5'", "'500'"),
    ],
)
def test_a_picture_is_shown_whatever_names_its_address(markup: str) -> None:
    content = read(f"{BEGINNING}<div>{markup}</div>{END}").content
    assert re.findall(r'src="https://c\.example\.test/a\.jpg[^"]*"', content)
    assert content.count("<img") == 1


def test_a_picture_in_a_plain_box_above_the_story_leads_it_when_it_has_a_caption() -> None:
    social = "<meta property='og:image' content='https://c.example.test/social/karte.png'>"
    box = "<div class='oben'><img src='https://c.example.test/ufer.jpg'><p class='bildtext'>Das Ufer am Montag.</p></div>"
    lead = read(f"{box}<div>{BEGINNING}{END}</div>", head=social).lead_image
    assert lead is not None
    assert (lead.src, lead.caption) == ("https://c.example.test/ufer.jpg", "Das Ufer am Montag.")


def test_the_picture_of_a_page_laid_out_in_tables_leads_the_story_with_its_caption() -> None:
    page = (Path(__file__).parents[1] / "pages/table-layout/source.html").read_text("utf-8")
    lead = compose(parse(page, "http://www.granvillesentinel.test/news/story.asp?id=2231")).lead_image
    assert lead is not None
    assert (lead.src.rpartition("/")[2], lead.caption) == (
        "organ.jpg",
        "Edith Sallis at the keys on Monday. (Sentinel photo)",
    )


def test_a_small_picture_that_links_to_a_section_is_none_of_the_story() -> None:
    sign = "<a href='/kueste'><img src='/z/kueste.png' width='96' height='96' alt='Küste'></a>"
    article = read(f"{sign}{BEGINNING}{END}")
    assert article.lead_image is None
    assert "<img" not in article.content


def test_one_picture_with_two_captions_is_shown_twice() -> None:
    figure = "<figure><img src='/karte.jpg' width='800' height='500'><figcaption>{}</figcaption></figure>"
    body = BEGINNING + figure.format("Vorher.") + PARAGRAPHS[3] + figure.format("Nachher.") + END
    content = read(body).content
    assert content.count("<img") == 2
    assert "Vorher." in content
    assert "Nachher." in content


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        ('<img src="https://s.example.test/1f6a2.png" alt="🚢" width="20" height="20">', "🚢"),
        ('<img src="/x.gif" class="wp-smiley" alt=":-)">', ":-)"),
        (
            '<img src="/z/pfeil.png" alt="Pfeil" width="120" height="100">',
            '<img src="https://bote.example.test/z/pfeil.png" alt="Pfeil" width="120" height="100">',
        ),
        (
            '<img src="/latex.php?latex=A" class="latex" alt="A">',
            '<img class="formula" src="https://bote.example.test/latex.php?latex=A" alt="A">',
        ),
        (
            '<script type="math/tex">k s^2</script>',
            '<math alttext="k s^2"><mtext>k s^2</mtext></math>',
        ),
    ],
)
def test_a_picture_within_a_sentence_stays_in_its_place(picture: str, shown: str) -> None:
    article = read(
        f"<p>Wer das Zeichen {picture} sieht, der warte am Steg auf den Fährmann.</p>{BEGINNING}{END}"
    )
    assert f"<p>Wer das Zeichen {shown} sieht, der" in article.content
    assert article.lead_image is None


def test_the_labels_of_a_chart_are_neither_paragraphs_nor_a_caption() -> None:
    labels = "".join(
        f"<div class='a{i}'><p>{label}</p></div>"
        for i, label in enumerate(("Fahrgäste", "4000", "’17", "’18", "’19"))
    )
    over = "<span style='position:absolute;left:9%'>Ostufer</span><span style='position:absolute;left:50%'>Steg</span>"
    for drawing in (
        f"<div class='b'><img src='/k.png'>{labels}</div>",
        f"<div class='b'><img src='/k.png'>{over}</div>",
    ):
        article = read(f"{BEGINNING}{drawing}{END}")
        assert keeps_story(article)
        assert "k.png" in article.content
        assert not any(label in article.content for label in ("4000", "’18", "Ostufer", "Steg"))


def test_a_gallery_of_other_stories_goes_and_one_of_the_story_stays() -> None:
    item = "<li><figure><img src='/q{0}.jpg' width='564' height='423'></figure><div class='caption'><h4>{1}</h4><p>{2}</p></div></li>"
    about = "war letzte Woche im ganzen Kreis das Gespräch, als mehrere hundert Menschen kamen, um es selbst zu sehen."
    others = ("Bäckerei schließt", "Sturm im Hochtal", "Ruderer holen Bronze", "Museum kauft Gemälde")
    own = ("Die Fähre im Dock", "Der Rumpf der Fähre", "Gutachten zum Rumpf", "Die Fähre am Ufer")

    def gallery(headlines: tuple[str, ...]) -> str:
        items = "".join(item.format(i, name, f"{name} {about}") for i, name in enumerate(headlines))
        return f"{BEGINNING}<div class='gallery'><h2>Bilder</h2><ul>{items}</ul></div>{END}"

    article = read(gallery(others))
    assert keeps_story(article)
    assert "Bäckerei schließt" not in article.content
    assert "<img" not in article.content
    assert any("Bäckerei schließt" in removal.text for removal in article.removed)
    assert "Gutachten zum Rumpf" in read(gallery(own)).content


# ---------------------------------------------------------------- notes

NOTE = "Das Protokoll nennt elf Stimmen dafür."


def called(call: str, note: str = "", **place: str) -> Article:
    return read(f"<p>{STORY[0]}{call}</p>{''.join(PARAGRAPHS[1:])}{note}", **place)


@pytest.mark.parametrize(
    ("call", "note"),
    [
        ("<sup><a href='#fn:1'>1</a></sup>", f"<ol><li id='fn:1'><p>{NOTE} <a href='#r'>↩</a></p></li></ol>"),
        ("<a href='#n1'><sup>*</sup></a>", f"<div class='endnotes'><p id='n1'>{NOTE}</p></div>"),
        ("<a href='#f1'>1</a>", f"<div class='f'><a id='f1' href='#r1'>1</a><div><p>{NOTE}</p></div></div>"),
        ("<a href='#_ftn1'>[1]</a>", f"<div><p><a href='#_ftnref1' name='_ftn1'>[1]</a> {NOTE}</p></div>"),
        ("<a href='#_ftn1'>[1]</a>", f"<hr><a name='_ftn1'></a><p>{NOTE}</p>"),
        ("<sup><a href='#Fuss1'>1</a></sup>", f"<p><span id='fuss1'>1</span> {NOTE}</p>"),
        ("<sup>1</sup>", f"<p><sup>1</sup> {NOTE}</p>"),
        ("<sup><a href='#fn1'>1</a></sup>", f"<dl class='fn'><dt id='fn1'>1</dt><dd>{NOTE}</dd></dl>"),
    ],
)
def test_a_note_stays_whatever_bears_its_name(call: str, note: str) -> None:
    article = called(call, note)
    assert all(text in article.text for text in STORY)
    assert NOTE in words(article)


@pytest.mark.parametrize(
    ("call", "after"),
    [
        ("<sup>1</sup>", f"<div class='x-footnotes'><h4>Anmerkungen</h4><ol><li>{NOTE}</li></ol></div>"),
        (
            "<a href='#n1' role='doc-noteref'>*</a>",
            f"<aside role='doc-endnotes'><p id='n1'>{NOTE}</p></aside>",
        ),
    ],
)
def test_notes_beside_the_article_stay(call: str, after: str) -> None:
    assert NOTE in words(called(call, after=after))


@pytest.mark.parametrize(
    "call",
    [
        f"<sup data-n='1'><a href='javascript:void(0)'>1</a></sup><span style='display:none'>{NOTE}</span>",
        f"<button aria-controls='note-a'>1</button><span id='note-a' hidden>{NOTE}</span>",
        f"<a href='#note-b'>1</a><span id='note-b' style='display: none'>{NOTE}</span>",
    ],
)
def test_a_note_that_a_click_on_its_call_shows_stands_below_the_story(call: str) -> None:
    article = called(call)
    assert article.text.endswith(NOTE)
    assert re.search(r'<sup><a href="#[^"]+">1</a></sup>|<a href="#[^"]+">1</a>', article.content)


def test_what_is_hidden_and_called_by_nothing_is_not_shown() -> None:
    hidden = (
        "<div id='x' style='display:none'><p>Geheim.</p></div><sup>1</sup> steht hier <i hidden>Geheim.</i>"
    )
    assert "Geheim" not in called(f" {hidden}").content


def test_an_exponent_calls_no_note() -> None:
    article = called(
        " Die Halle misst 40<sup>2</sup> Meter.", after="<div class='notes'><p>Eine Notiz.</p></div>"
    )
    assert "Eine Notiz" not in article.content


# ---------------------------------------------------------------- code, headings, small things


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td class='g'><pre>1\n2\n3</pre></td><td><pre>eins = 1\nzwei = 2\ndrei = 3</pre></td></tr></table>",
        "<div class='c'><div><span>7</span><br><span>8</span><br><span>9</span></div><pre>eins = 1\nzwei = 2\ndrei = 3</pre></div>",
        "<pre><b>1</b> eins = 1\n<b>2</b> zwei = 2\n<b>3</b> drei = 3</pre>",
        "<pre><span>1</span>eins = 1<br><span>2</span>zwei = 2<br><span>3</span>drei = 3</pre>",
        "<table>"
        + "".join(
            f"<tr><td data-line-number='{i}'></td><td class='code'>{line}</td></tr>"
            for i, line in ((1, "eins = 1"), (2, "zwei = 2"), (3, "drei = 3"))
        )
        + "</table>",
        "<div><code style='white-space: pre'>\neins = 1\nzwei = 2\ndrei = 3\n</code></div>",
    ],
)
def test_a_listing_is_its_code_line_by_line(markup: str) -> None:
    content = read(f"{BEGINNING}{markup}{END}").content
    assert re.search(r"<pre>(<code>)?\n*eins = 1\nzwei = 2\ndrei = 3\n*(</code>)?</pre>", content)


def test_a_listing_of_numbers_stays() -> None:
    assert "<pre>1\n2\n3</pre>" in read(f"{BEGINNING}<pre>1\n2\n3</pre>{END}").content


def test_line_ends_that_a_style_shows_are_breaks() -> None:
    song = (
        "<p style='white-space: pre-line'>Der Fährmann singt:\nEins ist das Wasser,\n zwei ist der Wind.</p>"
    )
    assert (
        "Der Fährmann singt:<br>Eins ist das Wasser,<br>zwei ist der Wind."
        in read(f"{BEGINNING}{song}{END}").content
    )


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        (
            "<h2>Geschichte <small>[<a href='/e'>Bearbeiten</a> | <a href='/q'>Quelltext</a>]</small></h2>",
            "Geschichte",
        ),
        ("<h2>歴史［<a href='/e'>編集</a>］</h2>", "歴史"),
        ("<div class='k'><h2>Preis</h2><span>[<a href='/e'>modifier</a>]</span></div>", "Preis"),
        ("<h2>Folgen<div class='anker'><div></div></div></h2>", "Folgen"),
        ("<h2><div class='w'><span>Was nun?</span></div><button>Teilen</button></h2>", "Was nun?"),
        ("<h2><button>Was nun?</button></h2>", "Was nun?"),
    ],
)
def test_a_heading_holds_its_words_alone(heading: str, shown: str) -> None:
    assert f"<h2>{shown}</h2>" in read(f"{BEGINNING}{heading}{END}").content


def test_the_heading_of_a_box_that_unfolds_stays_with_its_answer() -> None:
    answer = "<p>Frühestens im Frühjahr 2028, sagt die Werft, und auch nur bei Niedrigwasser.</p>"
    box = (
        f"<div class='accordion'><section><h4>Wann fährt sie wieder?</h4><div>{answer}</div></section></div>"
    )
    assert "<h4>Wann fährt sie wieder?</h4>" in read(f"{BEGINNING}{box}{END}").content


def test_readings_above_a_word_stand_in_the_page_and_not_in_the_text() -> None:
    article = read(
        f"{BEGINNING}<p><ruby>港湾<rp>(</rp><rt>こうわん</rt><rp>)</rp></ruby>の船は止まりました。</p>{END}"
    )
    assert "港湾の船は止まりました。" in article.text
    assert "<rt>こうわん</rt>" in article.content


def test_the_last_of_several_signatures_stays() -> None:
    letters = "".join(
        f"<h3>Brief {i}</h3><p>{text}</p><p class='sig'><em>{name}</em></p>"
        for i, (text, name) in enumerate(
            zip(
                STORY[:4],
                ("Knut Aas, Lund", "Berit Moe, Vik", "Arne Sande, Elva", "Ina Holm, Aster"),
                strict=True,
            )
        )
    )
    assert read(letters).text.endswith("Ina Holm, Aster")


def test_a_quoted_post_stands_in_the_text_and_an_embedded_one_beside_it() -> None:
    post = "<blockquote{}><p>Die Fähre gehört uns allen.</p>Jutta Wegner (@wegner) <a href='https://s.example.test/1'>4. Mai 2026</a></blockquote>"
    quoted, embedded = (
        read(f"{BEGINNING}{post.format(name)}{END}") for name in ("", " class='mastodon-embed'")
    )
    for article in (quoted, embedded):
        assert keeps_story(article)
        assert "<blockquote><p>Die Fähre gehört uns allen.</p>" in article.content
        assert 'href="https://s.example.test/1"' in article.content
    assert "gehört uns allen" in quoted.text
    assert "gehört uns allen" not in embedded.text


# ---------------------------------------------------------------- links

ELSEWHERE = {
    "en": ("(opens in a new window)", "Opens in new tab", "(external link)", "opens an external website", "This link opens in a new tab"),
    "de": ("(öffnet im neuen Fenster)", "(öffnet in neuem Tab)", "Im neuen Tab öffnen", "Link wird in einem neuen Fenster geöffnet", "(externer Link)"),
    "fr": ("(s’ouvre dans une nouvelle fenêtre)", "Ouvrir dans un nouvel onglet", "Nouvelle fenêtre"),
    "es": ("(se abre en una nueva ventana)", "abre en nueva pestaña", "Abre en una ventana nueva"),
    "pt": ("(abre em uma nova janela)", "abre-se num novo separador"),
    "it": ("(si apre in una nuova scheda)", "apre in una nuova finestra"),
    "nl": ("(opent in een nieuw venster)", "opent in nieuw tabblad"),
    "sv": ("(öppnas i ett nytt fönster)", "öppnas i ny flik"),
    "da": ("(åbner i nyt vindue)",),
    "no": ("(åpnes i nytt vindu)",),
    "fi": ("(avautuu uuteen ikkunaan)", "Linkki avautuu uudessa välilehdessä"),
    "pl": ("(otwiera się w nowym oknie)", "otwiera się w nowej karcie"),
    "cs": ("(otevře se v novém okně)",),
    "hu": ("(új ablakban nyílik meg)",),
    "ro": ("(se deschide într-o fereastră nouă)",),
    "el": ("(ανοίγει σε νέο παράθυρο)",),
    "ru": ("(откроется в новом окне)", "открывается в новой вкладке"),
    "uk": ("(відкриється в новому вікні)",),
    "tr": ("(yeni pencerede açılır)",),
    "ar": ("(يفتح في نافذة جديدة)",),
    "he": ("(נפתח בחלון חדש)",),
    "ja": ("（新しいウィンドウで開きます）", "新しいタブで開く"),
    "ko": ("(새 창에서 열림)",),
    "zh": ("（在新窗口打开）", "在新分頁開啟"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "aside"), [(c, aside) for c, said in ELSEWHERE.items() for aside in said]
)
def test_a_link_is_its_words_without_how_it_opens(language: str, aside: str) -> None:
    link = f'<a href="https://werft.example.test/" target="_blank">die Werft<span class="v-h"> {aside}</span></a>'
    article = read(
        f"{BEGINNING}<p lang='{language}'>Den Auftrag bekam {link}, die seit 1920 Fähren baut und ausbessert.</p>{END}"
    )
    assert "Den Auftrag bekam die Werft, die seit 1920" in article.text


@pytest.mark.parametrize(
    "link", ["<a href='/f'><span>New window</span></a>", "<a href='/f'>Das <span>neue Fenster</span></a>"]
)
def test_a_link_that_says_nothing_else_or_speaks_of_a_window_keeps_its_words(link: str) -> None:
    article = read(
        f"{BEGINNING}<p>Der Film {link} lief im Kino von Ahlfeld, das seit 1920 am Markt steht.</p>{END}"
    )
    assert re.sub(r"<[^>]+>", "", link) in article.text
