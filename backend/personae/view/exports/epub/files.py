"""The article as an e-book, EPUB 3.3 (https://www.w3.org/TR/epub-33/): title page, story, cast.

It asks for nothing on the network: it holds those of the pictures that are there. From the same article and
pictures come the same bytes: there is no time of making in it, and its identifier is made of what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree
from lxml.etree import _Element
from markupsafe import Markup

from personae.markup.elements import body_of
from personae.markup.hosts import web_host
from personae.markup.picture_files import SUFFIXES, Pictures
from personae.model import Article
from personae.view.exports.epub.contents import contents, depth
from personae.view.exports.epub.entries import entries
from personae.view.exports.epub.package_document import EPOCH, metadata
from personae.view.exports.epub.xhtml import Writer, only_xml
from personae.view.i18n import date_format
from personae.view.i18n.catalogue import Catalogue, catalogue
from personae.view.i18n.reason_messages import in_words
from personae.view.page import marked_story as body

MIMETYPE = "application/epub+zip"
# What every reading system shows (EPUB 3.3, 3.2); an AVIF would need a second file for those that do not.
_PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_FOLDER = Path(__file__).parent / "templates"
_FILE_MODE = 0o644 << 16
_UNIX = 3

_templates = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def book(article: Article, *, language: str = "en", pictures: Pictures = MappingProxyType({})) -> bytes:
    """Return the book of a sanitised article.

    language: of the words that are not the article's, one of `catalogue.LANGUAGES`.
    pictures: those that can be in the book, by the addresses that the article has them at.
    """
    return _packed(_files(_without_what_xml_cannot_hold(article), catalogue(language), pictures))


def _files(article: Article, words: Catalogue, pictures: Pictures) -> dict[str, bytes]:
    """Return the files of the book by their paths, in the order of the archive."""
    files = {
        src: f"pictures/{sha256(picture.data).hexdigest()[:32]}.{SUFFIXES[picture.mimetype]}"
        for src, picture in pictures.items()
        if picture.mimetype in _PICTURE_TYPES
    }
    about = metadata(article, words, files=sorted(files.values()))
    lead = files.get(article.lead_image.src) if article.lead_image else None
    shown = body.show(article, words)
    content = body_of(shown.content)
    tongue = f' lang="{about.language or ""}" xml:lang="{about.language or ""}"'
    values: dict[str, Any] = {
        "t": words.text,
        "n": words.counted,
        "reason": partial(in_words, words=words),
        "article": article,
        "book": about,
        "tongue": Markup(tongue),  # noqa: S704 - a language tag is letters, digits and hyphens
        "source": {"name": article.site or web_host(about.source) or words.text("saved_page")},
        "published": date_format.shown(article.published, article.language),
        "updated": date_format.updated(article.published, article.modified, article.language),
        "lead": lead,
        "has_cast": bool(article.actors),
    }
    here = {actor.id: f"cast.xhtml#actor-{n}" for n, actor in enumerate(article.actors, start=1)}
    writers = {"story.xhtml": Writer(here, files), "title.xhtml": Writer(here, files)}
    slots: dict[str, str | _Element] = {
        "title": shown.title or about.title,
        "standfirst": shown.standfirst,
        "content": content,
    }
    story = writers["story.xhtml"]
    pages = {"story.xhtml": _page("story.xhtml", values, story, slots)}
    shown_files = list(dict.fromkeys([*filter(None, [lead]), *story.pictures]))
    lacks = story.lacks_pictures or (article.lead_image is not None and lead is None)
    values |= {"lacks_pictures": lacks, "pictures": _listed(shown_files, lead)}
    pages["title.xhtml"] = _page("title.xhtml", values, writers["title.xhtml"], slots)
    if article.actors:
        cast = list(entries(article, shown, words, lambda name: _address(writers, name)))
        key, other = [e for e in cast if e.key], [e for e in cast if not e.key]
        pages["cast.xhtml"] = _page("cast.xhtml", {**values, "key_actors": key, "other_actors": other})
    points = contents(about.title, story.headings, words, has_cast=bool(article.actors))
    values |= {"has_math": story.has_math, "contents": points, "depth": depth(points)}
    return {
        "META-INF/container.xml": _filled("container.xml", values),
        "EPUB/package.opf": _filled("package.opf", values),
        "EPUB/nav.xhtml": _page("nav.xhtml", values),
        "EPUB/toc.ncx": _filled("toc.ncx", values),
        "EPUB/style.css": (_FOLDER / "style.css").read_bytes(),
        **{
            f"EPUB/{file}": pages[file]
            for file in ("title.xhtml", "story.xhtml", "cast.xhtml")
            if file in pages
        },
        **{f"EPUB/{files[src]}": one.data for src, one in pictures.items() if files.get(src) in shown_files},
    }


def _listed(files: list[str], lead: str | None) -> list[dict[str, Any]]:
    """Return the pictures as the package lists them; a library shows the lead picture as the cover."""
    types = {suffix: mimetype for mimetype, suffix in SUFFIXES.items()}
    return [
        {"file": file, "type": types[file.rpartition(".")[2]], "is_cover": file == lead} for file in files
    ]


def _address(writers: Mapping[str, Writer], name: str) -> str:
    """Return where an element with this name was written; the story when it was not."""
    for file, writer in writers.items():
        if (place := writer.place(name)) is not None:
            return f"{file}#{place}"
    return "story.xhtml"


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Return the archive: first, uncompressed, the file that says what it is."""
    archive = BytesIO()
    with ZipFile(archive, "w") as book:
        _pack(book, "mimetype", MIMETYPE.encode(), ZIP_STORED)
        for path, content in files.items():
            _pack(book, path, content, ZIP_STORED if "/pictures/" in path else ZIP_DEFLATED)
    return archive.getvalue()


def _pack(book: ZipFile, path: str, content: bytes, method: int) -> None:
    info = ZipInfo(path, date_time=EPOCH.timetuple()[:6])
    info.compress_type = method
    info.create_system = _UNIX
    info.external_attr = _FILE_MODE
    book.writestr(info, content)


# ---------------------------------------------------------------- pages


def _page(
    template: str,
    values: Mapping[str, Any],
    writer: Writer | None = None,
    slots: Mapping[str, str | _Element] | None = None,
) -> bytes:
    """Fill a template, and its slots with HTML; a slot that is no `div` takes only what stands in a line."""
    document = etree.fromstring(_templates.get_template(template).render(values))
    if writer is not None and slots is not None:
        for slot in list(document.iterfind(".//*[@data-slot]")):
            html = slots[slot.attrib.pop("data-slot")]
            writer.write(slot, html, blocks=etree.QName(slot).localname == "div")
        writer.finish()
    return etree.tostring(document, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")


def _filled(template: str, values: Mapping[str, Any]) -> bytes:
    return _templates.get_template(template).render(values).encode()


def _without_what_xml_cannot_hold(article: Article) -> Article:
    """Return the article with U+FFFD in place of such characters; no offset changes."""

    def cleaned(value: Any) -> Any:
        if isinstance(value, str):
            return only_xml(value)
        if isinstance(value, dict):
            return {name: cleaned(inner) for name, inner in value.items()}
        return [cleaned(inner) for inner in value] if isinstance(value, list) else value

    return Article.from_dict(cleaned(article.to_dict()))
