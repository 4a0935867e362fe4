"""Bytes of a saved page to text, as a browser would decide.

Order, after the WHATWG encoding-sniffing algorithm: byte-order mark, `charset` in the first 4,096
bytes (a `meta` or an XML declaration), UTF-8 when it decodes, else windows-1252. A label that the
standard maps to a wider encoding is mapped the same way ("latin1" is windows-1252).
https://encoding.spec.whatwg.org/#names-and-labels
"""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_:.\-]{2,40})""", re.IGNORECASE)
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",  # a label that could be read cannot have been UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
# What pages are written in, as Python names it. No other codec may be named by a page: "unicode_escape"
# and "utf-7" would make markup of what is none, "idna" raises.
_WEB = frozenset(
    (
        *("utf-8", "cp866", "koi8-r", "koi8-u", "mac-roman", "cp874", "gb18030", "big5", "big5hkscs"),
        *("euc_jp", "iso2022_jp", "cp932", "cp949"),
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *(f"cp{number}" for number in range(1250, 1259)),
    )
)
_HEAD_BYTES = 4096


def decode_page(data: bytes) -> str:
    """Return the page's text. Never raises: bytes that do not decode become U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    declared = _declared(data[:_HEAD_BYTES])
    if declared is not None and declared != "utf-8":
        return data.decode(declared, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8" if declared else "cp1252", "replace")


def _declared(head: bytes) -> str | None:
    found = _CHARSET.search(head)
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    encoding = _WIDER.get(name, name)
    return encoding if encoding in _WEB else None
