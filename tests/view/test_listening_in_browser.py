"""Listening in a real browser, with voices that the test drives word by word: browsers without sound have none."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.view.browsing import DESKTOP, ORIGIN, PHONE, Open, article_of, fits, reader, until

from personae.model import Article

VOICES = [
    {"name": "Piotr", "lang": "pl-PL", "localService": True},
    {"name": "Cloud Anna", "lang": "en-GB", "localService": False, "default": True},
    {"name": "Beth", "lang": "en-GB", "localService": True},
    {"name": "Carl", "lang": "en-US", "localService": True},
    {"name": "Layla", "lang": "ar-SA", "localService": True},
    {"name": "Haruka", "lang": "ja-JP", "localService": True},
]
FAKE = """
class FakeSpeech extends EventTarget {
  said = []; cancelled = 0; current = null; at = 0;
  getVoices() { return VOICES.map(voice => ({voiceURI: voice.name, default: false, ...voice})); }
  speak(utterance) { this.current = utterance; this.at = 0; this.said.push(utterance); }
  cancel() { const old = this.current; this.cancelled += 1; this.current = null; old?.onerror?.({error: "interrupted"}); }
  word(named = true) {
    const words = [...new Intl.Segmenter(this.current.lang, {granularity: "word"}).segment(this.current.text)];
    const word = words.filter(one => one.isWordLike)[this.at++];
    this.current.onboundary({name: "word", charIndex: word.index, charLength: named ? word.segment.length : undefined});
  }
  end() { const old = this.current; this.current = null; old.onend({}); }
}
globalThis.fake = new FakeSpeech();
Object.defineProperty(window, "speechSynthesis", {value: fake});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
HIGHLIGHTED = "[...(CSS.highlights.get('%s') ?? [])].map(String).join('|')"


def voices(*names: str) -> str:
    chosen = [voice for voice in VOICES if voice["name"] in names] if names else VOICES
    return FAKE.replace("VOICES", json.dumps(chosen))


def said(page: Page) -> list[str]:
    return list(page.evaluate("fake.said.map(one => one.text)"))


def highlighted(page: Page, name: str) -> str:
    return str(page.evaluate(HIGHLIGHTED % name))


def drive(page: Page, *steps: str) -> None:
    for step in steps:
        page.evaluate(f"fake.{step}()")


def listen(page: Page) -> None:
    """Play or pause; the first time the player is loaded for it."""
    page.wait_for_selector("html.ready", state="attached")
    page.keyboard.press("l")
    expect(page.locator(".player")).to_be_visible()


@pytest.fixture
def ferry() -> Article:
    return article_of(
        '<p>The ferry left early.<sup><a href="#fn">1</a></sup> It <b>came</b> back.</p>'
        "<pre>not()</pre><h2>Later</h2><ul><li>Rain.</li></ul><table><tr><td>7</td></tr></table>"
        '<p id="fn">A note.</p>',
        title="A ferry",
        standfirst="What it did.",
    )


@pytest.fixture
def long() -> Article:
    return article_of(
        "".join(
            f"<p>Part {i} begins. {'The ferry left the island before the rain. ' * 6}</p>" for i in range(40)
        )
    )


def test_headline_standfirst_and_story_are_said_in_order_and_code_and_tables_are_not(
    show: Open, ferry: Article
) -> None:
    page = show(reader(ferry), before=voices())
    page.get_by_role("button", name="Listen").click()
    expect(page.get_by_role("region", name="Listen")).to_be_visible()
    for _ in range(7):
        drive(page, "end")
    assert said(page) == [
        "A ferry",
        "What it did.",
        "The ferry left early.",
        "It came back.",
        "Later",
        "Rain.",
        "A note.",
    ]
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    assert said(page)[7:] == ["A ferry"]


@pytest.mark.parametrize("word", ["word()", "word(false)"], ids=["with lengths", "without lengths"])
def test_the_word_being_said_is_highlighted_across_marks_and_the_sentence_too(
    show: Open, ferry: Article, word: str
) -> None:
    page = show(reader(ferry), before=voices())
    listen(page)
    drive(page, "end", "end", "end")
    assert highlighted(page, "sentence") == "It came back."
    assert highlighted(page, "word") == ""
    for expected in ("It", "came", "back"):
        page.evaluate(f"fake.{word}")
        assert highlighted(page, "word") == expected
    drive(page, "end")
    assert highlighted(page, "sentence") == "Later"


def test_without_highlights_the_paragraph_is_shown(show: Open, ferry: Article) -> None:
    page = show(
        reader(ferry), before=voices() + "Object.defineProperty(CSS, 'highlights', {value: undefined});"
    )
    listen(page)
    drive(page, "end", "end", "word")
    assert page.locator(".spoken").inner_text().startswith("The ferry left early.")
    page.get_by_role("button", name="Stop listening").click()
    assert page.locator(".spoken").count() == 0


def test_a_pause_goes_on_from_the_same_word(show: Open, ferry: Article) -> None:
    page = show(reader(ferry), before=voices())
    listen(page)
    drive(page, "end", "end", "word", "word", "word")
    listen(page)
    assert page.evaluate("fake.current") is None
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    listen(page)
    assert said(page)[-1] == "left early."
    drive(page, "word", "word")
    assert highlighted(page, "word") == "early"


def test_next_and_previous_paragraph(show: Open, ferry: Article) -> None:
    page = show(reader(ferry), before=voices())
    listen(page)
    page.keyboard.press(".")
    page.keyboard.press(".")
    assert said(page)[-1] == "The ferry left early."
    page.get_by_role("button", name="Next paragraph aloud").click()
    assert said(page)[-1] == "Later"
    page.keyboard.press(",")
    drive(page, "end")
    assert said(page)[-1] == "It came back."
    page.keyboard.press(",")  # first to its beginning
    assert said(page)[-1] == "The ferry left early."
    page.keyboard.press(",")
    page.keyboard.press(",")
    page.keyboard.press(",")
    assert said(page)[-1] == "A ferry"


def test_the_speed_changes_from_the_same_word_and_is_remembered(show: Open, ferry: Article) -> None:
    page = show(reader(ferry), before=voices())
    listen(page)
    drive(page, "end", "end", "word", "word")
    page.keyboard.press("]")
    page.keyboard.press("]")
    assert said(page)[-1] == "ferry left early."
    assert page.evaluate("fake.current.rate") == 1.25
    page.keyboard.press("[")
    assert page.evaluate("fake.current.rate") == 1.1
    page.get_by_label("Speed").select_option("2×")
    page.reload()
    listen(page)
    assert page.evaluate("fake.current.rate") == 2
    expect(page.get_by_label("Speed")).to_have_value("2")


def test_a_voice_of_the_articles_language_on_this_device_speaks_first(show: Open, ferry: Article) -> None:
    page = show(reader(ferry), before=voices(), locale="en-US")
    listen(page)
    assert page.evaluate("fake.current.voice.name") == "Carl"
    groups = page.get_by_label("Voice").locator("optgroup")
    names = {
        group.get_attribute("label"): group.locator("option").all_text_contents() for group in groups.all()
    }
    assert names == {
        "On this device": ["Carl", "Beth"],
        "Online: the text goes to their maker": ["Cloud Anna"],
        "Other languages": ["Haruka", "Layla", "Piotr"],
    }
    page.get_by_label("Voice").select_option("Beth")
    assert page.evaluate("fake.current.voice.name") == "Beth"
    page.reload()
    listen(page)
    assert page.evaluate("fake.current.voice.name") == "Beth"


def test_a_voice_that_sends_the_text_away_speaks_only_when_it_is_chosen(show: Open, ferry: Article) -> None:
    page = show(reader(ferry), before=voices("Cloud Anna", "Piotr"))
    listen(page)
    assert said(page) == []
    expect(page.get_by_text("no voice of its own for the article’s language")).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_disabled()
    page.get_by_label("Voice").select_option("Cloud Anna")
    page.get_by_role("button", name="Play", exact=True).click()
    assert page.evaluate("fake.current.voice.name") == "Cloud Anna"


def test_voices_that_come_late_are_offered_and_speak(show: Open, ferry: Article) -> None:
    page = show(
        reader(ferry), before=voices() + "globalThis.all = fake.getVoices(); fake.getVoices = () => [];"
    )
    listen(page)
    expect(page.get_by_text("This browser has no voices")).to_be_visible()
    expect(page.get_by_label("Voice")).to_be_hidden()
    page.evaluate("fake.getVoices = () => all; fake.dispatchEvent(new Event('voiceschanged'))")
    assert said(page) == ["A ferry"]


def test_a_browser_that_cannot_speak_has_no_such_tool(show: Open, ferry: Article) -> None:
    page = show(reader(ferry), before="delete window.speechSynthesis;")
    until(page, "!('speechSynthesis' in globalThis)")
    expect(page.get_by_role("button", name="Display settings")).to_be_visible()
    expect(page.get_by_role("button", name="Listen")).to_have_count(0)


def test_listening_begins_where_the_reader_is(show: Open, long: Article) -> None:
    page = show(reader(long), before=voices())
    page.locator(".story p").nth(9).evaluate(
        "p => scrollTo(0, p.getBoundingClientRect().top + scrollY - 380)"
    )
    listen(page)
    assert said(page) == ["Part 9 begins."]


def test_listening_begins_at_the_paragraph_that_the_reader_went_to(show: Open, long: Article) -> None:
    page = show(reader(long), before=voices())
    page.keyboard.press("j")
    page.keyboard.press("j")
    listen(page)
    assert said(page) == ["Part 1 begins."]


def test_the_page_follows_the_voice_unless_the_reader_looks_elsewhere(show: Open, long: Article) -> None:
    page = show(reader(long), before=voices())
    listen(page)
    for _ in range(30):
        drive(page, "end")
    until(page, "scrollY > 300")
    page.wait_for_timeout(1100)  # what is left of our own scroll
    page.mouse.move(400, 500)
    page.mouse.wheel(0, 4000)
    until(page, "scrollY > 4000")
    page.wait_for_timeout(100)
    away = page.evaluate("scrollY")
    drive(page, "word", "word", "end", "word")
    assert page.evaluate("scrollY") == away
    page.keyboard.press(".")  # the reader asks for a place of the voice
    until(page, f"scrollY < {away} - 1000")


def test_when_the_reader_comes_back_to_the_voice_the_page_follows_again(show: Open, long: Article) -> None:
    page = show(reader(long), before=voices())
    listen(page)
    drive(page, "end", "end")
    page.wait_for_timeout(1100)
    page.evaluate("scrollTo(0, 4000)")
    page.wait_for_timeout(100)
    drive(page, "word")
    assert page.evaluate("scrollY") == 4000
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(100)
    for _ in range(20):
        drive(page, "end")
    until(page, "scrollY > 100")


def test_leaving_the_page_and_closing_the_player_stop_the_voice(show: Open, ferry: Article) -> None:
    page = show(reader(ferry), before=voices())
    listen(page)
    assert page.evaluate("fake.current") is not None
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("fake.current") is None
    assert highlighted(page, "sentence") == ""
    tool = page.get_by_role("button", name="Listen", exact=True)
    tool.click()
    assert tool.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Stop listening").focus()
    page.keyboard.press("Enter")
    expect(tool).to_be_focused()
    assert page.evaluate("fake.current") is None
    expect(page.locator(".player")).to_be_hidden()


def test_a_voice_that_fails_says_so(show: Open, ferry: Article) -> None:
    page = show(reader(ferry), before=voices())
    listen(page)
    page.evaluate("fake.current.onerror({error: 'synthesis-failed'})")
    expect(page.get_by_text("The voice stopped.")).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_player_fits_the_window(show: Open, ferry: Article, size: tuple[int, int]) -> None:
    page = show(reader(ferry), size=size, before=voices())
    page.get_by_role("button", name="Listen").click()
    expect(page.get_by_role("region", name="Listen")).to_be_visible()
    assert fits(page)
    for control in page.locator(".player :is(button, select)").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 36
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]


def test_arabic_is_said_sentence_by_sentence_by_an_arabic_voice(show: Open) -> None:
    article = article_of(
        "<p>غادرت العبارة الجزيرة. هل وصل المطر؟ لا.</p>", title="العبارة", language="ar", direction="rtl"
    )
    page = show(reader(article), before=voices())
    listen(page)
    assert page.evaluate("fake.current.lang") == "ar-SA"
    drive(page, "end", "word", "word")
    assert highlighted(page, "word") == "العبارة"
    drive(page, "end")
    assert said(page) == ["العبارة", "غادرت العبارة الجزيرة.", "هل وصل المطر؟"]


def test_japanese_is_said_without_the_readings_beside_it(show: Open) -> None:
    article = article_of(
        "<p><ruby>渡<rt>わた</rt></ruby>し船は島を離れた。雨が来た。</p>", title="渡し船", language="ja"
    )
    page = show(reader(article), before=voices())
    listen(page)
    assert page.evaluate("fake.current.voice.name") == "Haruka"
    drive(page, "end", "end")
    assert said(page) == ["渡し船", "渡し船は島を離れた。", "雨が来た。"]
    drive(page, "word")
    assert highlighted(page, "word") == "雨"


def test_what_settings_were_imported_is_no_obstacle(show: Open, ferry: Article) -> None:
    broken: dict[str, Any] = {"voices": "{not JSON", "rate": 99}
    page = show(
        reader(ferry),
        before=voices() + f"localStorage.setItem('personae.settings', {json.dumps(json.dumps(broken))});",
    )
    listen(page)
    assert page.evaluate("fake.current.rate") == 1
    assert page.url == f"{ORIGIN}/read/x"


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_stands_at_the_foot_stands_one_above_the_other(
    show: Open, story: Article, size: tuple[int, int]
) -> None:
    page = show(reader(story), before=voices(), size=size)
    listen(page)
    page.keyboard.press("1")
    page.keyboard.press("f")  # brings a word to the reader
    page.keyboard.press("m")
    page.wait_for_timeout(400)  # the map slides in
    boxes = [page.locator(name).bounding_box() for name in (".said", ".stepper", ".player", ".map")]
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"] + 1
