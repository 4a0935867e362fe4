"""A private window in Firefox ESR."""

from __future__ import annotations

import re

import pytest
from redis import Redis
from tests.e2e.firefox.browser import Firefox
from tests.e2e.programs import free_port
from tests.e2e.service import Service

READ = r"^http://127\.0\.0\.1:\d+/read/"
PROBLEMS = """browser.storage.session.get(null).then(
    all => Object.values(all).filter(one => one.code).map(({ code, packed }) => ({ code, packed })))"""


def exactly(url: str) -> str:
    return f"^{re.escape(url)}$"


@pytest.fixture
def allowed(firefox: Firefox) -> Firefox:
    """Firefox that lets the extension into private windows."""
    firefox.allow_private_windows()
    return firefox


def test_private_window_reads_keeps_nothing_and_tries_again(
    allowed: Firefox, service: Service, redis_url: str, site: str
) -> None:
    article = f"{site}/article.html?private"
    allowed.use(service.address)
    with allowed.private_window(), Redis.from_url(redis_url) as redis:
        kept = set(redis.scan_iter())
        allowed.open(article)
        allowed.press_shortcut()
        allowed.wait_for_url(READ)
        assert "Norway and Iceland agree on a cable" in allowed.find("h1").text
        assert set(redis.scan_iter()) == kept
        allowed.click_button()
        allowed.wait_for_url(exactly(article))

        allowed.use(f"http://127.0.0.1:{free_port()}")
        allowed.click_button()
        allowed.wait_for_popup(r"/problem/problem\.html\?tab=\d+#problem-")
        assert allowed.in_extension(PROBLEMS) == [{"code": "unreachable", "packed": ""}]
        assert allowed.url() == article
        allowed.use(service.address)
        allowed.press_in_popup("again")
        allowed.wait_for_url(READ)
