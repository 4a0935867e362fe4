"""Drop from a parsed page what cannot shape the article, and what the browser does not render.

After this a tree holds no script but JSON-LD, no style, no handler, no form value and no token, so
that two loads of one page give the same tree, and nothing that its reader could not see.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from lxml.html import HtmlElement

from personae.markup.content_model import BLOCKS_ON_PAGES
from personae.markup.text import short_text
from personae.page.parse.hidden_notes import move_hidden_notes
from personae.page.parse.inline_styles import keep_what_styles_say
from personae.page.parse.shadow import flatten_shadow_roots, place_streamed_parts

HIDDEN_FLAG = "data-personae-hidden"

_DROPPED_TAGS = (
    "style",
    "svg",
    "canvas",
    "object",
    "embed",
    "applet",
    "param",
    "datalist",
    "progress",
    "meter",
)
_LINKS_KEPT = frozenset({"canonical", "author", "image_src", "amphtml", "license"})
_ATTRIBUTES_DROPPED = frozenset(
    {
        "nonce",
        "integrity",
        "crossorigin",
        "referrerpolicy",
        "fetchpriority",
        "decoding",
        "loading",
        "srcdoc",
        "ping",
    }
    | {"style", "tabindex", "jsaction", "autofocus", "autocomplete", "formaction", "action"}
)
_UNTYPED_JSON_LD = re.compile(r"""\s*[{\[](?:\s*\{)?\s*"@(?:context|type|graph|id)"\s*:""")
_VOLATILE_NAME = re.compile(
    r"csrf|xsrf|nonce|token|timestamp|(?:request|session|trace|visitor|page-?view|correlation)-?_?id|"
    r"^(?:generator|viewport|theme-color|.*-verification)$|^data-(?:reactid|v-[0-9a-f]+|now|time)$",
    re.IGNORECASE,
)
_LONGEST_DATA_URI = 256
_CARRIES_STATE = frozenset({"input", "select", "textarea", "option", "button"})
_STATE = frozenset({"value", "checked", "selected"})
# Not rendered in any page, yet read: a flag or attribute that says so tells nothing.
_NEVER_RENDERED = frozenset(
    {"html", "head", "title", "base", "link", "meta", "script", "noscript", "source", "track"}
)
_FORMULA_SOURCES = frozenset({"math/tex", "math/latex", "math/asciimath"})
_TYPESET = re.compile(r"mathjax(?!_preview)|mjx|katex", re.IGNORECASE)
_VISIBILITY = re.compile(r"(?:^|;)\s*visibility\s*:\s*(hidden|collapse|visible)\b", re.IGNORECASE)
_STORIES = frozenset({"html", "body", "main", "article", "h1"})
_DISPLAY_NONE = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.IGNORECASE)
# Text for those who hear the page: classes of the common frameworks, and styles that put it out of sight.
_HEARD_ONLY = re.compile(
    r"(?:^|[-_])(?:sr[-_]only|visually[-_]?hidden|hidden[-_]visually|screen[-_]?reader[-_](?:text|only)"
    r"|a11y[-_]hidden|element[-_]invisible|assistive[-_]text|off-?screen)(?:[-_]focusable|__\w+)?$",
    re.IGNORECASE,
)
_OUT_OF_SIGHT = re.compile(
    r"(?:^|;)\s*(?:font-size\s*:\s*0(?![.\d])|(?:left|top)\s*:\s*-(?:[5-9]\d{3}|\d{5,})px)", re.IGNORECASE
)
_LONGEST_HEARD = 200  # characters; more than that is a text in its own right
_SPACES = re.compile(r"[ \t\n\r]{2,}|[\t\n\r]")
_TRACKING_SIZES = frozenset({"0", "1", "0px", "1px"})


def prune(tree: HtmlElement, *, snapshot: bool) -> None:
    """Prune the tree in place.

    snapshot: the extension flagged what was not rendered; without it the attributes tell.
    """
    keep_what_styles_say(tree)
    _drop_inert(tree)
    if not snapshot:
        place_streamed_parts(tree)
    flatten_shadow_roots(tree)
    _keep_only_images(tree)
    _drop_hidden(tree, snapshot=snapshot)
    _drop_volatile_attributes(tree)
    _fold_white_space(tree)


def is_structured_data(script: HtmlElement) -> bool:
    """Return whether a <script> holds JSON-LD, which some pages forget to say: a program is no JSON."""
    kind: str = script.get("type") or ""
    if not kind.strip():
        return _UNTYPED_JSON_LD.match(script.text or "") is not None
    return kind.partition(";")[0].strip().lower() == "application/ld+json"


def _drop_inert(tree: HtmlElement) -> None:
    """Drop scripts, styles, drawings, unused links and tokens."""
    _drop_scripts(tree)
    for element in list(tree.iter(*_DROPPED_TAGS)):
        element.drop_tree()
    for link in list(tree.iter("link")):
        if not (link.get("itemprop") or _LINKS_KEPT.intersection((link.get("rel") or "").lower().split())):
            link.drop_tree()
    for meta in list(tree.iter("meta")):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        by_header = (meta.get("http-equiv") or "").lower()
        if (
            not meta.get("content")
            or _VOLATILE_NAME.search(name)
            or by_header not in ("", "content-language")
        ):
            meta.drop_tree()
    for field in list(tree.iter("input")):
        if (field.get("type") or "").lower() == "hidden":
            field.drop_tree()


def _drop_scripts(tree: HtmlElement) -> None:
    for script in list(tree.iter("script")):
        if _is_formula(script):
            _make_formula(script)
        elif not is_structured_data(script):
            script.drop_tree()


def _is_formula(script: HtmlElement) -> bool:
    """Return True for the source of a formula that no script has typeset in the page."""
    kind: str = script.get("type") or ""
    if kind.partition(";")[0].strip().lower() not in _FORMULA_SOURCES or not (script.text or "").strip():
        return False
    before = script.getprevious()
    return (
        before is None
        or not "".join(before.itertext()).strip()
        or not _TYPESET.search(f"{before.tag!s} {before.get('class')}")
    )


def _make_formula(script: HtmlElement) -> None:
    """Let a formula's source in TeX stand in its place, as MathML that shows it as it is written."""
    source = " ".join((script.text or "").split())
    is_display = "display" in (script.get("type") or "").lower()
    script.attrib.clear()
    script.tag, script.text = "math", None
    script.set("alttext", source)
    if is_display:
        script.set("display", "block")
    shown: HtmlElement = script.makeelement("mtext")
    shown.text = source
    script.append(shown)


def _keep_only_images(tree: HtmlElement) -> None:
    """Reduce each <noscript> to its images, often the real ones: the text is for browsers without scripts."""
    for noscript in list(tree.iter("noscript")):
        if noscript.getparent() is None:
            continue  # stood in another one
        images = [image for image in noscript.iter("picture", "img") if not _in_picture(image)]
        for image in images:
            image.tail = None
        kept = [image for image in images if not _is_tracker(image)]
        noscript.text = None
        for child in list(noscript):
            noscript.remove(child)
        if kept:
            noscript.extend(kept)
        else:
            noscript.drop_tree()


def _in_picture(image: HtmlElement) -> bool:
    parent = image.getparent()
    return parent is not None and parent.tag == "picture"


def _is_tracker(image: HtmlElement) -> bool:
    return image.get("width") in _TRACKING_SIZES or image.get("height") in _TRACKING_SIZES


def _drop_hidden(tree: HtmlElement, *, snapshot: bool) -> None:
    """Drop what is not rendered: what a snapshot flagged, or what a saved page's attributes hide.

    Text that is only covered, blurred or clipped is rendered, and stays; so do notes that a click shows.
    """
    seen = set() if snapshot else _around_what_is_seen(tree)
    hidden = [
        element
        for element in tree.iter("*")
        if (element.get(HIDDEN_FLAG) is not None if snapshot else _is_hidden(element, seen))
        or _is_heard_only(element)
    ]
    moved = move_hidden_notes(tree, hidden)
    for element in hidden:
        if element.tag in _NEVER_RENDERED or element in moved:
            continue
        if element.tag == "body":
            element.text = None
            for child in list(element):
                element.remove(child)
        elif element.getparent() is not None:
            element.drop_tree()


def _is_hidden(element: HtmlElement, seen: set[HtmlElement]) -> bool:
    """Return True for what a saved page's attributes hide. seen: what is not hidden by `visibility`."""
    if element.get("hidden") is not None or (element.tag == "dialog" and element.get("open") is None):
        return True
    style = element.get("style")
    if not style:
        return False
    if _DISPLAY_NONE.search(style) or (_OUT_OF_SIGHT.search(style) and _is_short_text(element)):
        return True
    return _visibility(element) in ("hidden", "collapse") and element not in seen


def _is_heard_only(element: HtmlElement) -> bool:
    """Return True for a short text that is there for screen readers alone; a headline is the page's."""
    return _is_called_heard_only(element.get("class") or "") and _is_short_text(element)


@lru_cache(maxsize=8192)
def _is_called_heard_only(classes: str) -> bool:
    return any(map(_HEARD_ONLY.search, classes.split()))


def _is_short_text(element: HtmlElement) -> bool:
    holds_more = next(element.iter("h1", "img", "picture", "math", "table"), None) is not None
    return not holds_more and short_text(element, _LONGEST_HEARD) is not None


def _around_what_is_seen(tree: HtmlElement) -> set[HtmlElement]:
    """Return the elements that `visibility` does not hide, since what stands in them is visible.

    A page that is invisible as a whole, or in its story, until a script has run, was seen by its reader.
    """
    seen: set[HtmlElement] = set()
    for element in tree.iter():
        if element.tag in _STORIES or _visibility(element) == "visible":
            around: HtmlElement | None = element
            while around is not None and around not in seen:
                seen.add(around)
                around = around.getparent()
    return seen


def _visibility(element: HtmlElement) -> str:
    style = element.get("style")
    stated = _VISIBILITY.findall(style) if style else ()
    return str(stated[-1]).lower() if stated else ""


def _drop_volatile_attributes(tree: HtmlElement) -> None:
    for element in tree.iter():
        for name, value in element.items():
            if (
                _is_volatile(name)
                or (len(value) > _LONGEST_DATA_URI and value.lstrip().startswith("data:"))
                or (name in _STATE and element.tag in _CARRIES_STATE)
            ):
                del element.attrib[name]


@lru_cache(maxsize=4096)
def _is_volatile(attribute: str) -> bool:
    return (
        attribute in _ATTRIBUTES_DROPPED
        or attribute.startswith("on")
        or (attribute.startswith("data-") and _VOLATILE_NAME.search(attribute) is not None)
    )


def _fold_white_space(tree: HtmlElement) -> None:
    """Fold white space outside preformatted text, and put one line end between blocks.

    Neither is visible; after it a dropped script leaves no trace, and words of neighbouring blocks
    never run together.
    """
    for element in tree.iterfind("head/*"):
        element.tail = None
    preformatted = set(
        chain.from_iterable(pre.iter() for pre in tree.iter("pre", "textarea", "listing", "xmp"))
    )
    for element in tree.iter():
        inside = element in preformatted
        if not inside and element.tag != "script":
            text = element.text
            folded = _folded(text) or (
                "\n" if len(element) and element[0].tag in BLOCKS_ON_PAGES else text and " "
            )
            if folded != text:
                element.text = folded
        if not inside or element.getparent() not in preformatted:
            tail = element.tail
            folded = _folded(tail) or ("\n" if element.tag in BLOCKS_ON_PAGES else tail and " ")
            if folded != tail:
                element.tail = folded


def _folded(text: str | None) -> str | None:
    """Return the text with white space folded, None when it is nothing else."""
    return _SPACES.sub(" ", text) if text and not text.isspace() else None
