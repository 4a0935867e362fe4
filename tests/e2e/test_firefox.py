"""The main way in Firefox ESR: a real click on the toolbar button."""

from __future__ import annotations

import re
from typing import Any

READ = r"^http://127\.0\.0\.1:\d+/read/"


def test_click_opens_the_article_back_returns_and_a_stopped_backend_is_named(
    firefox: Any, service: Any, site: str
) -> None:
    article = f"{site}/article.html"
    firefox.set_address(service.address)
    firefox.open(article)
    firefox.click_button()
    firefox.wait_for_url(READ)
    firefox.wait(lambda: firefox.count('article mark.actor[data-actor="norway"]') > 0)
    assert "Norway and Iceland agree on a cable" in firefox.find("h1").text
    firefox.click_back()
    firefox.wait_for_url(f"^{re.escape(article)}$")

    service.stop()
    firefox.click_button()
    firefox.wait_for_url("^moz-extension://.*/problem/problem.html")
    firefox.wait(lambda: firefox.find("h1").text == "Personae is not running")
    assert firefox.find("#command code").text == "make run"

    service.start()
    firefox.find("#again").click()
    firefox.wait_for_url(READ)
    firefox.click_back()
    firefox.wait_for_url(f"^{re.escape(article)}$")
