from __future__ import annotations

import pytest

from personae.article.account.access import assess, count_words
from personae.page.metadata.metadata import Metadata

SENTENCE = "The harbour master closed the northern quay for the third time this year. "
PAID = Metadata(is_accessible_for_free=False)
FREE = Metadata(is_accessible_for_free=True)


def story(paragraphs: int, end: str = "Nobody was hurt.") -> str:
    return "\n\n".join(
        [f"{SENTENCE * 3}It was day {day + 1} of the repairs at quay {day + 7}." for day in range(paragraphs)]
        + [end]
    )


def test_a_free_story_is_full():
    assert assess(story(5), FREE, gateway=False) == ("full", None)
    assert assess(story(5), Metadata(), gateway=False) == ("full", None)


def test_a_short_free_item_is_full():
    assert assess("The quay is open again.", Metadata(), gateway=False)[0] == "full"


def test_a_subscriber_s_whole_page_is_full():
    assert assess(story(15), PAID, gateway=False)[0] == "full"
    assert (
        assess(story(15), Metadata(is_accessible_for_free=False, word_count=600), gateway=False)[0] == "full"
    )


def test_a_meter_over_the_whole_text_is_full():
    assert assess(story(15), PAID, gateway=True)[0] == "full"
    assert assess(story(5), Metadata(is_accessible_for_free=False, word_count=220), gateway=True)[0] == "full"


def test_a_paragraph_of_a_long_paid_story_is_a_preview():
    access, reason = assess(story(2), Metadata(is_accessible_for_free=False, word_count=900), gateway=False)
    assert access == "preview"
    assert "900" in reason


def test_the_declared_body_tells_as_the_declared_count_does():
    metadata = Metadata(
        is_accessible_for_free=False,
        article_body=story(20, end="The quay will be opened to ships again when the divers have finished."),
    )
    assert assess(story(2, end="More on this"), metadata, gateway=False)[0] == "preview"
    assert assess(story(17), metadata, gateway=True)[0] == "full"


def test_a_text_that_ends_where_the_declared_body_ends_is_full():
    end = "In the evening the harbour master thanked everybody who had helped to clear the quay."
    twice = story(6, end) + "\n\n" + story(6, end)
    assert (
        assess(story(6, end), Metadata(is_accessible_for_free=False, article_body=twice), gateway=False)[0]
        == "full"
    )


def test_a_declared_count_alone_makes_no_preview():
    assert assess(story(3), Metadata(word_count=2000), gateway=False)[0] == "full"


@pytest.mark.parametrize(
    ("text", "metadata", "gateway"),
    [
        (story(2), PAID, True),
        (story(2, end="The minister told reporters that the ferry had…"), Metadata(), True),
        (story(8, end="The minister told reporters in the harbour that the ferry had"), Metadata(), True),
        (story(2, end="The minister told reporters that the ferry had ..."), PAID, False),
        ("The quay is closed.", PAID, False),
        ("The quay is closed. Nobody was hurt.", Metadata(), True),
    ],
    ids=[
        "gate-and-paid",
        "gate-and-ellipsis",
        "gate-and-no-full-stop",
        "paid-and-ellipsis",
        "paid-and-tiny",
        "gate-and-tiny",
    ],
)
def test_evidence_of_a_preview(text, metadata, gateway):
    access, reason = assess(text, metadata, gateway=gateway)
    assert access == "preview"
    assert reason.endswith(".")


def test_a_page_without_text_is_a_preview():
    assert assess("", Metadata(), gateway=False) == ("preview", "The page held no text of the article.")


def test_a_quotation_ends_a_sentence_too():
    assert (
        assess(
            story(4, end="“We will open on Monday, if the weather holds up by then.”"), PAID, gateway=False
        )[0]
        == "full"
    )
    assert (
        assess(story(4, end="Er sagte am Montag in der Stadt: „Wir öffnen wieder.“"), PAID, gateway=False)[0]
        == "full"
    )


def test_words_are_counted_in_scripts_without_spaces():
    assert count_words("港は北側の埠頭を閉鎖した。") == 6
    assert count_words("one two  three") == 3
    assert count_words("") == 0
