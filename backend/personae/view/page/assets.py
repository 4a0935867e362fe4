"""The files that pages load from this backend, under addresses that change when any of them does."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection
from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"
READER = STATIC / "reader"
_STRING = re.compile(r'"([a-z][a-z0-9_]*)"')
# A comment on lines of its own: within a line, only a parser could tell one from a string.
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE)
_CSS_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*\*/\n?")
_PLURAL = re.compile(r"_(?:zero|one|two|few|many|other)$")

STYLE_SHEET = "style.css"
# Style sheets in the order in which one may overrule another.
STYLES = (
    "tokens",
    "page",
    "panels",
    "display",
    "story",
    "marks",
    "cast",
    "hovercard",
    "filter",
    "account",
    "plain",
    "home",
    "reading",
    "details",
    "listening",
    "foot",
    "narrow",
    "map",
    "touch",
    "vertical",
    "media",
    "print",
)

# Scripts that stand in the page itself: no page waits for a request of theirs.
INLINE = ("apply_settings.js", "load_scripts.js")
# Scripts that another loads when somebody uses them.
LATER = frozenset(
    (
        "cast/correction_form",
        "cast/whose_name",
        "listening/follow_speech",
        "listening/player",
        "listening/speech",
        "listening/spoken_text",
        "listening/voices",
        "shared/key_settings",
    )
)


@cache
def version() -> str:
    """Return a hash of all files: a script's own imports and a sheet's fonts then change address with it."""
    digest = sha256()
    for file in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(STATIC)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def url(name: str) -> str:
    """Return the address of a static file, or of `STYLE_SHEET`: it may be cached for ever.

    Raises FileNotFoundError when there is no such file.
    """
    if name != STYLE_SHEET:
        (STATIC / name).stat()
    return f"/static/{version()}/{name}"


@cache
def content(name: str) -> bytes:
    """Return what a browser gets under a name: all style sheets as one, scripts without their comments.

    Raises FileNotFoundError when there is no such file.
    """
    if name == STYLE_SHEET:
        return style_text().replace('url("../', 'url("').encode()
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC.resolve()):
        raise FileNotFoundError(name)
    data = path.read_bytes()
    return _COMMENT.sub("", data.decode("utf-8")).encode() if name.endswith(".js") else data


@cache
def inline(name: str) -> str:
    """Return one of the scripts of `INLINE` as it stands between the tags of a page."""
    return content(name).decode("utf-8")


@cache
def inline_sources() -> tuple[str, ...]:
    """Return what a policy's script-src allows the scripts of `INLINE` by: "'sha256-...'" (CSP 3, 2.3.1)."""
    digests = (sha256(inline(name).encode()).digest() for name in INLINE)
    return tuple(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)


@cache
def style_text() -> str:
    """Return all style sheets as one, with addresses as they stand in the files."""
    sheets = ((STATIC / "style" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    return _CSS_COMMENT.sub("", "".join(sheets))


@cache
def modules() -> tuple[str, ...]:
    """Return the addresses of the scripts that the reader page's first needs: none waits for another."""
    names = (path.relative_to(READER).with_suffix("").as_posix() for path in READER.rglob("*.js"))
    return tuple(url(f"reader/{name}.js") for name in sorted(names) if name not in {"main", *LATER})


@cache
def _strings_of_scripts() -> frozenset[str]:
    code = "".join(path.read_text(encoding="utf-8") for path in READER.rglob("*.js"))
    return frozenset(_STRING.findall(code))


def message_keys(known: Collection[str]) -> list[str]:
    """Return the keys of the catalogue that the reader page's scripts name, with all their plural forms."""
    strings = _strings_of_scripts()
    return [key for key in known if key in strings or _PLURAL.sub("", key) in strings]
