"""How trees are made: lxml's HTML elements, one class for all of them.

lxml.html asks Python for the class of each element, to give forms and fields their own; nothing here needs
those, and pages have thousands of elements.
"""

from __future__ import annotations

from lxml.etree import ElementDefaultClassLookup
from lxml.html import HtmlComment, HtmlElement, HTMLParser, HtmlProcessingInstruction

_CLASSES = ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction)


def html_parser() -> HTMLParser:
    """Return a new parser of UTF-8 bytes, for trees of any size; without comments and instructions."""
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_CLASSES)
    return parser


new_element = html_parser().makeelement
