"""The reader view as one file: it loads nothing, needs no script, and works where it is opened from a disk.

What leads to the backend goes; pictures that are there stand in the file itself, of others the captions stay.
Each mark leads to its actor in the cast; there the cards open as on the page: that needs no script.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from functools import partial
from html import unescape
from types import MappingProxyType

from markupsafe import escape

from personae.markup.picture_files import Pictures
from personae.model import Article
from personae.view.page import assets, render

_ATTRIBUTES = r'(?: [a-z:-]+(?:="[^"]*")?)*'
# In the head, where everything is ours: a link or a script that loads a file from this backend.
_LOADED = re.compile(r'<link [^>]*href="/static/[^>]*>\n?|<script [^>]*src="/static/[^>]*></script>\n?')
_BUNDLED_FONT = re.compile(r'@font-face \{[^}]*url\("../fonts/[^}]*\}\n?')
_HOME = re.compile(r'<a class="wordmark" href="/">(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(f"<img({_ATTRIBUTES})>")
_SRC = re.compile(r' src="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_ENTRY = re.compile(r'<li class="entry ([^"]*)" data-actor="([^"]*)">')
_LINK_OR_MARK = re.compile(
    f"(?P<opens><a{_ATTRIBUTES}>)|(?P<closes></a>)"
    f'|(?P<mark><mark{_ATTRIBUTES} data-actor="(?P<actor>[^"]*)"{_ATTRIBUTES}>)(?P<name>[^<]*)</mark>'
)
_STYLE = """
mark.actor > a { color: inherit; text-decoration: none; }
.entry:target { outline: 2px solid var(--focus); outline-offset: .4em; border-radius: .2em; }
"""


def page(article: Article, *, language: str = "en", pictures: Pictures = MappingProxyType({})) -> str:
    """Return the page of a sanitised article.

    language: of the interface, one of `catalogue.LANGUAGES`.
    pictures: those that can be in the file, by the addresses that the article has them at.
    """
    lead = article.lead_image
    if lead is not None and not (lead.caption or lead.credit or lead.src in pictures):
        article = replace(article, lead_image=None)
    html = render.reader_page(article, export_base="", language=language, scripts=False)
    html = _HOME.sub(
        r'<span class="wordmark">\1</span>', _IMAGE.sub(partial(_within_file, pictures=pictures), html)
    )
    html = _with_links_to_cast(html, article)
    style = _BUNDLED_FONT.sub("", assets.style_text()) + _STYLE
    return _LOADED.sub("", html).replace("</head>", f"<style>\n{style}</style>\n</head>", 1)


def _within_file(image: re.Match[str], pictures: Pictures) -> str:
    """Return a picture with its bytes in it; of a formula its source, of any other picture nothing."""
    source = _ALT.search(image[1])
    if source and ' class="formula"' in image[1]:
        return f"<code>{source[1]}</code>"
    address = _SRC.search(image[1])
    picture = pictures.get(unescape(address[1])) if address else None
    if address is None or picture is None:
        return ""
    data = f"data:{picture.mimetype};base64,{b64encode(picture.data).decode('ascii')}"
    attributes = _SRC.sub(f' src="{data}"', image[1])
    return f"<img{attributes}>"


def _with_links_to_cast(html: str, article: Article) -> str:
    """Lead each mark to its actor's entry. By pointer only: hundreds of tab stops would bar the way."""
    places = {str(escape(actor.id)): f"cast-{n}" for n, actor in enumerate(article.actors, start=1)}
    html = _ENTRY.sub(
        lambda m: (
            f'<li class="entry {m[1]}" id="{places[m[2]]}" data-actor="{m[2]}">' if m[2] in places else m[0]
        ),
        html,
    )
    inside_link = False

    def linked(found: re.Match[str]) -> str:
        nonlocal inside_link
        if found["mark"] is None:
            inside_link = found["opens"] is not None
            return found[0]
        place = places.get(found["actor"])
        if inside_link or place is None:
            return found[0]
        return f'{found["mark"]}<a href="#{place}" tabindex="-1">{found["name"]}</a></mark>'

    return _LINK_OR_MARK.sub(linked, html)
