"""A page's story as far as everybody needs it: which blocks it is, and its tree, written from them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from personae.article.choose.body import Body, all_of, find_body
from personae.article.write.article_tree import ArticleTree, write_article
from personae.errors import NoArticle
from personae.page.metadata.metadata import Metadata, read_metadata
from personae.page.parse.parser import Page


@dataclass(frozen=True, slots=True)
class Story:
    """What was made of a page.

    metadata: as far as they count for this story; body: its blocks among the page's; tree: as it was written.
    elements: the page's. Elements are compared by identity, and lxml builds each anew when it is met, unless
    somebody has it: as long as the story lives, all do.
    """

    metadata: Metadata
    body: Body
    tree: ArticleTree
    elements: list[HtmlElement]


def write_story(page: Page, metadata: Metadata | None = None, *, without: Collection[str] = ()) -> Story:
    """Find the story of a page, and write its tree. Takes the page's tree apart.

    metadata: what the page says of itself, when that was read already; without: names of rules to pass over.

    Raises NoArticle when there is nothing to read.
    """
    found = find_story(page, metadata, without=without)
    if found.body.verdict.kind == "nothing":
        raise NoArticle
    tree = write_article(
        found.root, found.body.blocks, found.body.chosen, page.base_url, found.metadata.lead_image
    )
    return Story(found.metadata, found.body, tree, found.elements)


@dataclass(frozen=True, slots=True)
class Found:
    """What a page is before anything is written: as `Story`, with the page's <body>, and perhaps no story."""

    metadata: Metadata
    body: Body
    root: HtmlElement
    elements: list[HtmlElement]


def find_story(page: Page, metadata: Metadata | None = None, *, without: Collection[str] = ()) -> Found:
    """Find which blocks of a page are its story, if any: the verdict of the body says so.

    Raises NoArticle when the page has no blocks at all.
    """
    metadata = metadata or read_metadata(page)
    root = page.tree.find("body")
    if root is None:
        raise NoArticle
    elements = list(root.iter())
    if page.selection:  # what the reader chose is all there is, whatever else the page tells of itself
        metadata = replace(metadata, standfirst=None, lead_image=None)
        body = all_of(root, metadata)
    else:
        body = find_body(root, metadata, page.url, without=without)
    return Found(metadata, body, root, elements)
