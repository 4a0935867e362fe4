"""Pages for the tests of accessibility: a backend that serves them by address, and what a reader does to them."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route
from tests.view.browsing import DESKTOP, ORIGIN, PICTURE, until

from personae.model import Article
from personae.view.page import assets

Show = Callable[..., Page]
THEMES = ("light", "sepia", "dark", "black")
_POLICY = (
    f"default-src 'none'; script-src 'self' {' '.join(assets.inline_sources())}; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' https:; form-action 'self'; base-uri 'none'"
)


@dataclass
class Stage:
    """One browser context whose pages come from memory. pages: path -> HTML; articles: path -> JSON behind it.

    complaints: what the pages wrote to the console as errors.
    """

    browser: Browser
    pages: dict[str, str] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self,
        path: str,
        *,
        size: tuple[int, int] = DESKTOP,
        motion: str = "reduce",
        colours: str = "none",
        scripts: bool = True,
        touch: bool = False,
    ) -> Page:
        """Return a new page in a context of its own, nothing remembered from before. touch: used with a finger."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce" if motion == "reduce" else "no-preference",
            forced_colors="active" if colours == "forced" else "none",
            java_script_enabled=scripts,
            has_touch=touch,
            is_mobile=touch,
        )
        self._contexts.append(context)
        context.route("**/*", self._answer)
        page = context.new_page()
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.go(page, path, scripts=scripts)
        return page

    def go(self, page: Page, path: str, *, scripts: bool = True) -> None:
        """Show another page there, as it comes."""
        page.goto(ORIGIN + path)
        if scripts and "reader/main.js" in self.pages[path]:
            until(page, "document.documentElement.classList.contains('ready')")

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.path.startswith("/static/"):
            name = url.path.removeprefix(f"/static/{assets.version()}/")
            kind = mimetypes.guess_type(name)[0] or "font/woff2"
            route.fulfill(body=assets.content(name), content_type=kind)
        elif url.netloc != urlsplit(ORIGIN).netloc:
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
        elif url.path.endswith(".json"):
            article = self.articles[url.path.removesuffix(".json")]
            route.fulfill(body=json.dumps(article.to_dict()), content_type="application/json")
        elif url.path.endswith("/share"):
            route.fulfill(body=json.dumps({"path": "/read/shared"}), content_type="application/json")
        else:
            route.fulfill(
                body=self.pages[url.path],
                content_type="text/html; charset=utf-8",
                headers={"content-security-policy": _POLICY},
            )


def in_theme(page: Page, theme: str) -> None:
    """Put a page in a theme where it stands, as it is when the setting was there before it."""
    page.evaluate(
        """theme => {
          const { apply, valid, stored } = globalThis.personaeSettings;
          apply(valid({ ...stored, theme }));
        }""",
        theme,
    )


def axe_source() -> str:
    """Return axe-core as a script, from the tools that `make lint` installs."""
    script = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        raise RuntimeError("axe-core is not installed; npm ci installs it")
    return script.read_text(encoding="utf-8")
