"""Pictures kept with an article, in Firefox ESR: allowed in the browser's own question, shown without their publisher."""

from __future__ import annotations

from tests import picture_files as files
from tests.e2e.firefox.browser import Firefox
from tests.e2e.news_site import PICTURES_HOST
from tests.e2e.publisher import Publish
from tests.e2e.service import Service

PICTURES = {
    "one.png": ("image/png", files.png(600, 400, 90)),
    "two.png": ("image/png", files.png(600, 400, 170)),
}
ALLOWED = f"browser.permissions.contains({{ origins: ['http://{PICTURES_HOST}/*'] }})"
SAYS = """return [...document.querySelectorAll("[role=status]")].some(one => one.textContent.includes(%r))"""
ALL_SHOWN = """const images = [...document.querySelectorAll(".body img")];
    for (const image of images) image.loading = "eager";
    return images.length === 2 && images.every(({ complete, naturalWidth }) => complete && naturalWidth === 600)"""


def offer_pictures(firefox: Firefox) -> None:
    """Choose it in the article's menu, and look at the extension's page that comes."""
    before = firefox.tabs()
    firefox.wait(lambda: firefox.find("html.ready"))
    firefox.find(".bar details.menu summary").click()
    firefox.wait(lambda: firefox.find(".bar .actions li[data-order='25'] button").is_displayed())
    firefox.find(".bar .actions li[data-order='25'] button").click()
    firefox.look_at_new_tab(before)
    firefox.wait(lambda: firefox.find("#keep").is_displayed())


def test_kept_pictures_are_shown_when_the_publisher_is_gone(
    firefox: Firefox, service: Service, publish: Publish
) -> None:
    publisher = publish(PICTURES)
    firefox.use(service.address)
    firefox.open(publisher.story)
    firefox.press_shortcut()
    firefox.wait_for_article()
    article = firefox.marionette.current_window_handle
    offer_pictures(firefox)
    firefox.click_and_be_asked("#keep")
    assert publisher.fetched_by_extension() == [], "nothing is fetched before the reader allows it"
    firefox.allow()
    firefox.marionette.switch_to_window(article)
    firefox.wait(lambda: firefox.in_page(SAYS % "2 pictures are kept with the article."))
    firefox.wait(lambda: firefox.in_extension(ALLOWED) is False)
    fetched = publisher.fetched_by_extension()
    assert len(fetched) == 2
    assert [{"cookie", "referer", "origin"} & headers.keys() for headers in fetched] == [set(), set()]

    publisher.stop()
    firefox.go(firefox.url())
    firefox.wait(lambda: firefox.in_page(ALL_SHOWN))


def test_a_refused_permission_keeps_nothing(firefox: Firefox, service: Service, publish: Publish) -> None:
    publisher = publish(PICTURES)
    firefox.use(service.address)
    firefox.open(publisher.story)
    firefox.press_shortcut()
    firefox.wait_for_article()
    offer_pictures(firefox)
    firefox.click_and_be_asked("#keep")
    firefox.refuse()
    firefox.wait(lambda: firefox.find("#status.bad").text.startswith("Nothing was kept"))
    assert publisher.fetched_by_extension() == []
