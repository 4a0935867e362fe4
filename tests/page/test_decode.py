"""A saved page's bytes become the text that a browser would show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personae.page.parse.decode import decode_page


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbf<p>\xc3\xa9</p>", "<p>é</p>"),
        (b"\xff\xfe" + "<p>é</p>".encode("utf-16-le"), "<p>é</p>"),
        (b"\xfe\xff" + "<p>é</p>".encode("utf-16-be"), "<p>é</p>"),
        ("<p>Привет</p>".encode(), "<p>Привет</p>"),
        (b"<p>caf\xe9 \x93so\x94</p>", "<p>café “so”</p>"),
        (b"<meta charset=iso-8859-1><p>\x93\xe9\x94", "<meta charset=iso-8859-1><p>“é”"),
        (b"<meta charset='utf-16'><p>\xc3\xa9", "<meta charset='utf-16'><p>é"),
        (b"<meta charset=no-such-thing><p>\xc3\xa9", "<meta charset=no-such-thing><p>é"),
        (b"<meta charset=hex><p>\xc3\xa9", "<meta charset=hex><p>é"),
        (b"<meta charset=idna><p>\xc3\xa9", "<meta charset=idna><p>é"),
        (b"<meta charset=utf-7><p>+ADw-\xc3\xa9", "<meta charset=utf-7><p>+ADw-é"),
        (b"<meta charset=unicode_escape><p>\\u00e9", "<meta charset=unicode_escape><p>\\u00e9"),
        (b'<meta charset="utf-8"><p>a\xff', '<meta charset="utf-8"><p>a\ufffd'),
    ],
)
def test_the_encoding_is_found(data: bytes, expected: str) -> None:
    assert decode_page(data) == expected


@pytest.mark.parametrize("label", ["windows-1251", "koi8-r", "iso-8859-5", "ibm866", "koi8-u"])
def test_a_declared_encoding_is_taken(label: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}"><p>Новости</p>'
    assert decode_page(page.encode(label)) == page


@pytest.mark.parametrize("label", ["Shift_JIS", "EUC-JP", "gb2312"])
def test_east_asian_encodings_are_taken(label: str) -> None:
    page = f"<meta charset={label}><p>日本</p>"
    assert decode_page(page.encode(label)) == page


@given(st.binary(max_size=200))
def test_any_bytes_give_text(data: bytes) -> None:
    assert isinstance(decode_page(data), str)
