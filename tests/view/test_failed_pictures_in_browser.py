"""Pictures that do not come, and pictures whose size nobody knew: no hole, no icon, no button to enlarge them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.view.browsing import DESKTOP, PHONE, Open, article_of, reader, until

from personae.model import Article, LeadImage

SENTENCE = "The ferry left the island before the rain came over the hills. "
REFUSED = "https://img.example/refused.jpg"
PIXEL = "https://img.example/1x1.gif"
SIZE = 'width="1200" height="800"'
Refused = Callable[..., Page]


@pytest.fixture
def open_without(show: Open) -> Refused:
    """Open a page whose pictures called "refused" do not come."""

    def open_page(article: Article, **options: object) -> Page:
        fail = """document.addEventListener("DOMContentLoaded", () => {
          for (const image of document.querySelectorAll('img[src*="refused"]')) image.src = "data:image/png;base64,AA";
        });"""
        page = show(reader(article), before=fail, origins=("https://img.example", "data:"), **options)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        return page

    return open_page


def story_with(figure: str) -> Article:
    return article_of(f"<p>{SENTENCE}</p>{figure}<p>{SENTENCE}</p>")


def gone(page: Page) -> None:
    until(page, "document.images.length === 0")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("address", [REFUSED, PIXEL], ids=["refused", "one pixel"])
def test_of_a_lead_picture_that_does_not_come_its_caption_stays(
    open_without: Refused, address: str, size: tuple[int, int]
) -> None:
    lead = LeadImage(address, alt="A pier", caption="The pier at noon.", width=1200, height=800)
    page = open_without(article_of(f"<p>{SENTENCE}</p>", lead_image=lead), size=size)
    gone(page)
    expect(page.locator(".lead")).to_have_text("Picture not loaded: The pier at noon.")
    assert page.locator(".lead").bounding_box()["height"] < 60
    assert page.locator(".enlarge").count() == 0


@pytest.mark.parametrize("address", [REFUSED, PIXEL], ids=["refused", "one pixel"])
def test_without_a_caption_its_description_stays(open_without: Refused, address: str) -> None:
    page = open_without(story_with(f'<figure><img src="{address}" alt="A pier" {SIZE}></figure>'))
    gone(page)
    figure = page.locator(".story figure")
    expect(figure).to_have_text("Picture not loaded: A pier")
    assert figure.bounding_box()["height"] < 60
    assert page.locator(".enlarge").count() == 0


@pytest.mark.parametrize("address", [REFUSED, PIXEL], ids=["refused", "one pixel"])
def test_without_any_words_nothing_of_it_stays(open_without: Refused, address: str) -> None:
    page = open_without(
        article_of(
            f'<p>{SENTENCE}</p><figure><img src="{address}" {SIZE}></figure><p>{SENTENCE}</p>',
            lead_image=LeadImage(address, width=1200, height=800),
        )
    )
    gone(page)
    assert page.locator("figure").count() == 0
    first, second = (one.bounding_box() for one in page.locator(".story p").all())
    assert second["y"] - first["y"] - first["height"] < 40


def test_a_picture_amid_a_sentence_gives_way_to_its_description(open_without: Refused) -> None:
    page = open_without(article_of(f'<p>Before <img src="{REFUSED}" alt="A pier"> after.</p>'))
    gone(page)
    expect(page.locator(".story p")).to_have_text("Before Picture not loaded: A pier after.")


def test_the_poster_of_a_video_gives_way_and_the_way_to_the_video_stays(open_without: Refused) -> None:
    poster = f'<a href="https://video.example/7"><img src="{REFUSED}" {SIZE}></a>'
    page = open_without(story_with(f"<figure>{poster}<figcaption>The ferry lands.</figcaption></figure>"))
    gone(page)
    expect(page.get_by_role("link", name="video.example")).to_be_visible()
    expect(page.locator("figcaption")).to_have_text("The ferry lands.")
    assert page.locator(".story figure").bounding_box()["height"] < 90


def test_a_picture_that_waited_for_a_click_and_does_not_come_leaves_its_words(show: Open) -> None:
    figure = f'<figure><img src="{PIXEL}" alt="A pier"></figure>'
    page = show(reader(story_with(figure), pictures="ask"))
    page.get_by_role("button", name="Show the picture: A pier").click()
    expect(page.locator(".story figure")).to_have_text("Picture not loaded: A pier")


@pytest.mark.parametrize("sides", ["1200x800", "1200x600", "900x900"])
def test_a_lead_picture_of_unknown_size_takes_its_own_shape(show: Open, sides: str) -> None:
    width, height = map(int, sides.split("x"))
    lead = LeadImage(f"https://img.example/{sides}.jpg", alt="A pier")
    page = show(reader(article_of(f"<p>{SENTENCE}</p>", lead_image=lead)))
    until(page, "document.images[0].complete")
    box, column = page.get_by_role("img").bounding_box(), page.locator(".body").bounding_box()
    assert box["width"] == pytest.approx(column["width"], abs=1)
    assert box["height"] == pytest.approx(column["width"] * height / width, abs=1)


def test_a_lead_picture_of_the_usual_shape_moves_nothing_when_it_comes(show: Open) -> None:
    lead = LeadImage("https://img.example/1200x800.jpg", alt="A pier")
    page = show(reader(article_of(f"<p>{SENTENCE}</p>", lead_image=lead)), picture_delay=0.4)
    place = "document.querySelector('.story').getBoundingClientRect().top"
    before = page.evaluate(place)
    until(page, "document.images[0].complete && document.images[0].naturalWidth > 0")
    assert page.evaluate(place) == before


def test_a_picture_without_a_description_is_enlarged_by_the_name_of_its_caption(show: Open) -> None:
    lead = LeadImage("https://img.example/lead.jpg", caption="The pier at noon.", width=1200, height=600)
    page = show(reader(article_of(f"<p>{SENTENCE}</p>", lead_image=lead)))
    expect(page.get_by_role("button", name="Enlarge the picture: The pier at noon.")).to_have_count(1)
    assert page.get_by_role("img").count() == 0  # the page called it decoration
