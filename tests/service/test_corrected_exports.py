"""What is taken along with the cast as its reader corrected it: every form, who may ask, and what is refused."""

from __future__ import annotations

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from personae.service.application.corrections import RULE
from personae.service.http.correction_request import MAX_CORRECTIONS, MAX_LENGTH
from personae.store.cache.keys import ID_LENGTH
from personae.view.exports.formats import EXPORTS

PAGE = "<h1>Über “alles”</h1><p>John Kerry met Anna Karenina.</p>"
TOKEN, OTHER = "the-token-of-one-reader", "the-token-of-another"
RENAMED = [{"kind": "rename", "actor": "john-kerry", "value": "John F. Kerry"}]
EVERYTHING = [
    *RENAMED,
    {"kind": "role", "actor": "john-kerry", "value": "a sailor"},
    {"kind": "hide", "actor": "anna-karenina"},
]


def correct(service, path, corrections, **headers):
    body = json.dumps({"corrections": corrections}).encode()
    given = {"Content_Type": "application/json", "Origin": service.address, **headers}
    return service.post(path, body, **given)


def words_of(form, answer):
    """Return all that a file of this form says; of a book, of its cast page."""
    if form != "epub":
        return answer.text
    with ZipFile(BytesIO(answer.body)) as book:
        return book.read("EPUB/cast.xhtml").decode()


@pytest.fixture(scope="module")
def view(service):
    return service.read(PAGE).json["view"]


@pytest.mark.parametrize("form", EXPORTS)
def test_every_form_shows_the_cast_as_it_was_corrected(service, view, form):
    answer = correct(service, f"{view}.{form}", EVERYTHING)
    assert answer.status == 200
    words = words_of(form, answer)
    assert "John F. Kerry" in words
    assert "a sailor" in words
    assert "Anna Karenina" not in re.sub(r"John Kerry met.*?Karenina", "", words)


@pytest.mark.parametrize("form", EXPORTS)
def test_a_corrected_file_has_the_type_and_the_name_of_the_plain_one(service, view, form):
    kind = "attachment" if EXPORTS[form].attached else "inline"
    charset = "; charset=utf-8" if EXPORTS[form].mimetype.startswith("text/") else ""
    plain, corrected = service.get(f"{view}.{form}"), correct(service, f"{view}.{form}", RENAMED)
    for answer in (plain, corrected):
        assert answer.headers["Content-Type"] == EXPORTS[form].mimetype + charset
        assert answer.headers["Content-Disposition"] == (
            f"{kind}; filename=\"Uber-alles.{form}\"; filename*=UTF-8''%C3%9Cber-alles.{form}"
        )
        assert answer.headers["Cache-Control"] == "no-store"
    assert corrected.headers["Content-Security-Policy"] == plain.headers["Content-Security-Policy"]


@pytest.mark.parametrize("form", EXPORTS)
def test_nothing_of_a_correction_is_kept(service, view, form):
    before = service.get(f"{view}.{form}").body
    assert correct(service, f"{view}.{form}", EVERYTHING).body != before
    assert service.get(f"{view}.{form}").body == before
    assert correct(service, f"{view}.{form}", []).body == before


def test_the_json_is_the_article_and_tells_which_name_the_reader_gave(service, view):
    plain = service.get(f"{view}.json").json
    corrected = correct(service, f"{view}.json", RENAMED).json
    assert {**corrected, "actors": plain["actors"]} == plain
    kerry, *others = corrected["actors"]
    assert (kerry["id"], kerry["name"]) == ("john-kerry", "John F. Kerry")
    assert kerry["aliases"] == ["John F. Kerry", "John Kerry"]
    assert kerry["why"]["aliases"] == {"John F. Kerry": RULE}
    assert others == plain["actors"][1:]


def test_what_speaks_of_nobody_there_changes_nothing(service, view):
    said = [{"kind": "rename", "actor": "nobody", "value": "Somebody"}]
    assert correct(service, f"{view}.md", said).body == service.get(f"{view}.md").body


def test_a_name_that_is_markup_or_no_text_becomes_one_line_of_text(service, view):
    said = [{"kind": "rename", "actor": "john-kerry", "value": "<b>K\u0000\ud800 & Co.</b>\n*x*"}]
    told = {
        "json": "<b>K & Co.</b> *x*",
        "epub": "&lt;b&gt;K &amp; Co.&lt;/b&gt; *x*",
        "html": "&lt;b&gt;K &amp; Co.&lt;/b&gt; *x*",
        "md": "**\\<b>K & Co.\\</b> \\*x\\***",
        "txt": "- <b>K & Co.</b> *x*",
    }
    for form, name in told.items():
        assert name in words_of(form, correct(service, f"{view}.{form}", said)), form
    assert correct(service, view, said).status == 200


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("body", "code", "cause"),
    [
        (b"", "invalid_json", "JSON"),
        (b"{", "invalid_json", "JSON"),
        (b'{"corrections": NaN}', "invalid_json", "JSON"),
        (b"\xff", "invalid_json", "JSON"),
        (b"null", "invalid_field", '"corrections"'),
        (b"{}", "invalid_field", '"corrections"'),
        (b'{"corrections": "all"}', "invalid_field", '"corrections"'),
        (
            json.dumps({"corrections": RENAMED * (MAX_CORRECTIONS + 1)}).encode(),
            "invalid_field",
            '"corrections"',
        ),
        (b'{"corrections": [null]}', "invalid_field", '"kind"'),
        (b'{"corrections": [{"kind": "praise", "actor": "a"}]}', "invalid_field", '"kind"'),
        (b'{"corrections": [{"kind": ["rename"], "actor": "a"}]}', "invalid_field", '"kind"'),
        (b'{"corrections": [{"kind": "hide"}]}', "invalid_field", '"actor"'),
        (b'{"corrections": [{"kind": "hide", "actor": 7}]}', "invalid_field", '"actor"'),
        (b'{"corrections": [{"kind": "role", "actor": "a", "value": null}]}', "invalid_field", '"value"'),
        (b'{"corrections": [{"kind": "reassign", "actor": "a", "alias": 7}]}', "invalid_field", '"alias"'),
        (b'{"corrections": [{"kind": "reassign", "actor": "a", "place": 7}]}', "invalid_field", '"place"'),
        (
            b'{"corrections": [{"kind": "reassign", "actor": "a", "place": {"field": "text", "start": -1}}]}',
            "invalid_field",
            '"place"',
        ),
        (
            b'{"corrections": [{"kind": "reassign", "actor": "a", "place": {"field": [], "start": 1}}]}',
            "invalid_field",
            '"place"',
        ),
        (
            json.dumps(
                {"corrections": [{"kind": "role", "actor": "a", "value": "x" * (MAX_LENGTH + 1)}]}
            ).encode(),
            "invalid_field",
            '"value"',
        ),
    ],
)
def test_what_is_no_correction_is_named_and_makes_no_file(service, view, body, code, cause):
    headers = {"Content_Type": "application/json", "Origin": service.address}
    for form in EXPORTS:
        answer = service.post(f"{view}.{form}", body, **headers)
        assert (answer.status, answer.code) == (400, code)
        assert answer.headers["Content-Type"] == "application/json"
        assert "Content-Disposition" not in answer.headers
        assert cause in answer.json["error"]["message"]


@pytest.mark.parametrize("form", EXPORTS)
def test_what_cannot_be_answered_is_an_error_of_the_usual_shape(service, view, form):
    path = f"{view}.{form}"
    for answer, status, code in (
        (correct(service, f"/read/{'A' * ID_LENGTH}.{form}", RENAMED), 404, "article_gone"),
        (correct(service, f"/read/x.{form}", RENAMED), 404, "article_gone"),
        (correct(service, path, RENAMED, Content_Type="text/plain"), 415, "unsupported_media"),
        (correct(service, path, RENAMED, Content_Encoding="br"), 400, "bad_encoding"),
        (correct(service, path, RENAMED, Origin="https://evil.example"), 403, "origin_not_allowed"),
        (correct(service, path, RENAMED, Origin="null"), 403, "origin_not_allowed"),
        (service.post(path, b"{}", Content_Type="application/json"), 403, "origin_not_allowed"),
        (service.ask("PUT", path, headers={"Origin": service.address}), 405, "method_not_allowed"),
    ):
        assert (answer.status, answer.code) == (status, code)
        assert "Content-Disposition" not in answer.headers
    allowed = service.ask("PUT", path, headers={"Origin": service.address}).headers["Allow"]
    assert {"GET", "POST"} <= set(allowed.split(", "))


def test_only_whoever_read_the_article_may_take_it_along(start_service):
    service = start_service(token=f"{TOKEN},{OTHER}")
    mine = {"Authorization": f"Bearer {TOKEN}"}
    article = service.read(PAGE, **mine).json
    share = service.post(f"/api/read/{article['id']}/share", Origin=service.address, **mine).json["path"]
    for form in EXPORTS:
        path = f"/read/{article['id']}.{form}"
        assert correct(service, path, RENAMED).code == "token_required"
        theirs = {"Authorization": f"Bearer {OTHER}"}
        assert correct(service, path, RENAMED, **theirs).code == "article_gone"
        assert correct(service, path, RENAMED, **mine).status == 200
        # Whoever has the link may look at the page, and change or take along nothing.
        assert correct(service, f"{share}.{form}", RENAMED).status == 401
        assert correct(service, f"{share}.{form}", RENAMED, **mine).status == 405
    assert correct(service, share, RENAMED).status == 401
    assert correct(service, share, RENAMED, **mine).status == 405
