"""Steps of a pipeline that does what the page says: hang, crash, raise. It stands in for the real one."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from personae.errors import NoArticle, SettingError
from personae.model import Actor, Article
from personae.workers.page_steps import Capabilities

ADDED = {}


def use_models(own, added):
    if own:
        raise SettingError("these steps have no models")
    ADDED.update(added)


def prepare(*, all_languages):
    return Capabilities(
        {"en": "fake-1", **{language: Path(folder).name for language, folder in ADDED.items()}}
    )


def new_page():
    return FakeSteps()


class FakeSteps:
    def open(self, html, url):  # noqa: C901 - one line a behaviour
        self.html, self.url = html, url
        if "hang in Python" in html:
            while True:
                time.sleep(0.01)
        if "hang in C" in html:
            re.match(r"(a+)+$", "a" * 60 + "b")
        if "segfault" in html:
            ctypes.string_at(0)
        if "stop" in html:
            os.kill(os.getpid(), signal.SIGSTOP)
        if "raise" in html:
            raise KeyError("the page's own words")
        if "memory" in html:
            bytearray(64 * 1000**3)
        if "recursion" in html:
            return self.open(html, url)
        if "exit" in html:
            os._exit(3)
        if "print" in html:
            os.write(1, b"the page's own words")
        if file := re.search("<!-- touch (.*?) -->", html):
            Path(file[1]).touch()
        if "slow" in html:
            time.sleep(0.5)
        # Like the real one: what stands in a comment cannot shape the article.
        return sha256(re.sub("<!--.*?-->", "", html).encode()).digest()

    def extract(self):
        if "no article" in self.html:
            raise NoArticle
        title = re.search("<h1>(.*?)</h1>", self.html)
        text = "\n\n".join(re.findall("<p>(.*?)</p>", self.html, re.DOTALL)) or self.html
        self.article = Article(
            title=title[1] if title else "Untitled",
            content="".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n")),
            text=text,
            url=self.url,
            language="de" if "German" in self.html else "en",
        )
        return self.article

    def find_cast(self):
        if "cast hangs" in self.html:
            while True:
                time.sleep(0.01)
        if "cast crashes" in self.html:
            os._exit(3)
        if self.article.language not in prepare(all_languages=True).models:
            return [], "unsupported-language"
        names = list(dict.fromkeys(re.findall(r"[A-Z][a-z]+ [A-Z][a-z]+", self.article.text)))
        actors = [
            Actor(id=n.lower().replace(" ", "-"), name=n, type="person", key=True, salience=1.0, aliases=(n,))
            for n in names
        ]
        return actors, "found"

    def finish(self, actors, status):
        return replace(self.article, actors=tuple(actors), actors_status=status)
