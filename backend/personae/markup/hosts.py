"""The host that a browser would contact for an address, and whether it is a private one.

Browsers read addresses more generously than `urllib`: "http:/127.1", "http://0x7f000001", one with
backslashes and one in full-width digits all reach this machine. The rules followed here are those of
the WHATWG URL standard for http and https: https://url.spec.whatwg.org/#host-parsing
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network
from urllib.parse import unquote

# Names that only resolve inside one's own network (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal).
PRIVATE_SUFFIXES = ("localhost", "local", "internal", "home.arpa", "intranet", "lan", "home", "corp")

_WEB = re.compile(r"^(https?):[/\\]*([^/\\?#]*)", re.IGNORECASE)
_BYTE = 256
_IGNORED = dict.fromkeys(map(ord, "\t\n\r"))  # the URL parser drops these wherever they stand
_AROUND = "".join(map(chr, range(0x21)))  # C0 controls and space, stripped at both ends
_NAT64 = IPv6Network("64:ff9b::/96")
_NUMBER_BASES = (("0x", 16), ("0", 8), ("", 10))


def web_origin(url: str | None) -> str | None:
    """Return "scheme://host[:port]" as a browser would contact it; None when it is not http(s).

    The host is lower case; an IP address stands in its canonical form.
    """
    parts = _parts(url)
    if parts is None:
        return None
    scheme, host, port = parts
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}{':' + port if port else ''}"


def web_host(url: str | None) -> str | None:
    """Return the host that a browser would contact, canonical; None when the address is not http(s)."""
    parts = _parts(url)
    return parts[1] if parts else None


@lru_cache(maxsize=1024)
def is_private(host: str) -> bool:
    """Return whether a canonical host is this machine, its network, or a name known only there."""
    address = _address(host)
    if address is not None:
        inner = _embedded_ipv4(address) if isinstance(address, IPv6Address) else None
        return not address.is_global or (inner is not None and not inner.is_global)
    name = host.rstrip(".")
    return "." not in name or name.endswith(tuple(f".{suffix}" for suffix in PRIVATE_SUFFIXES))


def _parts(url: str | None) -> tuple[str, str, str] | None:
    match = _WEB.match((url or "").strip(_AROUND).translate(_IGNORED))
    if match is None:
        return None
    scheme, authority = match[1].lower(), match[2].rpartition("@")[2]
    bracketed = re.fullmatch(r"\[([0-9a-fA-F:.]+)\](?::(\d*))?", authority)
    if bracketed:
        host, port = _canonical(bracketed[1]), bracketed[2]
    else:
        name, _, port = authority.partition(":")
        host = _canonical(name)
    if host is None or (port and not (port.isascii() and port.isdigit())):
        return None
    port = (port or "").lstrip("0")
    return scheme, host, "" if port == {"http": "80", "https": "443"}[scheme] else port


@lru_cache(maxsize=1024)
def _canonical(raw: str) -> str | None:
    """Return the host in the form that is contacted, or None when a browser would refuse it."""
    if ":" in raw:
        try:
            return str(IPv6Address(raw))
        except AddressValueError:
            return None
    name = unicodedata.normalize("NFKC", unquote(raw)).replace("。", ".").lower()
    name = "".join(c for c in name if unicodedata.category(c) != "Cf")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if not re.fullmatch(r"[a-z0-9_.-]+", name):
        return None
    labels = name.rstrip(".").split(".")
    if _number(labels[-1]) is not None or labels[-1].isdigit():
        address = _ipv4(labels)
        return None if address is None else str(address)
    return name


def _ipv4(labels: list[str]) -> IPv4Address | None:
    """Read up to four decimal, octal or hexadecimal numbers; the last one fills what is left."""
    numbers = [_number(label) for label in labels]
    if len(numbers) > 4 or None in numbers:  # noqa: PLR2004 - an IPv4 address has four bytes
        return None
    *high, low = [n for n in numbers if n is not None]
    if any(n >= _BYTE for n in high) or low >= _BYTE ** (4 - len(high)):
        return None
    return IPv4Address(sum(n << (24 - 8 * i) for i, n in enumerate(high)) + low)


def _number(label: str) -> int | None:
    for prefix, base in _NUMBER_BASES:
        if label.startswith(prefix) and (digits := label[len(prefix) :] or "0"):
            try:
                return int(digits, base) if digits.isalnum() else None
            except ValueError:
                return None
    return None


def _address(host: str) -> IPv4Address | IPv6Address | None:
    for kind in (IPv4Address, IPv6Address):
        try:
            return kind(host)
        except AddressValueError:
            continue
    return None


def _embedded_ipv4(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address inside a mapped, 6to4, Teredo or NAT64 one (RFC 4291, 3056, 4380, 6052)."""
    if address in _NAT64 or int(address) >> 32 == 0:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
