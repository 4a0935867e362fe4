"""The text's language is what the page says, unless a long text says otherwise; its direction is its letters'."""

from __future__ import annotations

from personae.article.account.language import direction_of, language_of

GERMAN = (
    "Der Hafenrat hat am Dienstag nach dreistündiger Sitzung die Abstimmung über die neue Brücke verschoben. "
    "Die Befürworter hoffen auf die Rückkehr der Fähre, die Gegner erinnern sich noch zu gut an sie. "
) * 3
ARABIC = "أجل مجلس الميناء يوم الثلاثاء التصويت على الرصيف الجديد بعد ثلاث ساعات من النقاش."


def test_a_page_that_says_nothing_is_identified():
    assert language_of(GERMAN, None) == "de"


def test_a_long_text_contradicts_a_wrong_statement():
    assert language_of(GERMAN, "en") == "de"


def test_a_short_text_contradicts_nothing():
    assert language_of("Der Hafenrat tagt.", "en") == "en"


def test_a_region_stands_when_the_language_is_right():
    assert language_of(GERMAN, "de-at") == "de-at"


def test_nothing_is_said_of_a_few_letters():
    assert language_of("Hm.", None) is None


def test_direction_follows_the_letters():
    assert direction_of(ARABIC, "ltr") == "rtl"
    assert direction_of("Ferry 1987", "rtl") == "ltr"
    assert direction_of("1987 – 2024", "rtl") == "rtl"
