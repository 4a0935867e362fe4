"""Pictures kept with an article, through a real service process and a real Redis: handed in, shown, forgotten."""

from __future__ import annotations

import re
import sqlite3
import time
from base64 import b64encode
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from tests import picture_files as files

TOKEN, OTHER = "the-token-of-one-reader", "the-token-of-another"
CDN = "https://cdn.example"
EXTENSION = "moz-extension://6f4b2f0e-0000-4000-8000-000000000000"
ONE, TWO = files.png(shade=10), files.png(shade=200)


def story(name, number=2):
    pictures = "".join(
        f'<p>Before <img src="{CDN}/{name}-{n}.png?a=1&amp;b=2" alt="Picture {n}"></p>' for n in range(number)
    )
    return f"<h1>Story {name}</h1><p>John Kerry went to the town of {name}.</p>{pictures}"


def read(service, name, number=2, **more):
    return service.read(story(name, number), **more).json


def hand_in(service, article, number, data, **headers):
    headers = {"Content-Type": "application/octet-stream", **headers}
    path = f"/api/read/{article['id']}/pictures/{number}"
    return service.ask("PUT", path, body=data, headers=headers)


def listed(service, article, **headers):
    answer = service.get(f"/api/read/{article['id']}/pictures", **headers)
    return [(one["src"], one["kept"]) for one in answer.json["pictures"]]


def address(article, data):
    return f"/read/{article['id']}/pictures/{sha256(data).hexdigest()}"


def is_kept(service, article, data, **headers):
    return service.get(address(article, data), **headers).status == 200


def forget_pictures(service, article, **headers):
    return service.delete(f"/api/read/{article['id']}/pictures", **headers)


def pin(service, article, method="PUT"):
    return service.ask(method, f"/api/read/{article['id']}/pin")


def page_of(service, article, **headers):
    return service.get(f"/read/{article['id']}", Accept="text/html", **headers)


def run_in_cache(service, statement, *values):
    connection = sqlite3.connect(service.folder / "data" / "cache.sqlite3", timeout=10)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def let_time_pass(service, seconds=10**7):
    run_in_cache(service, "UPDATE entry SET expires = expires - ?", seconds)


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


# ---------------------------------------------------------------- keep and show


def test_a_picture_that_is_handed_in_is_shown_from_here_and_the_others_from_their_publisher(service):
    article = read(service, "shown")
    before = page_of(service, article)
    assert 'data-pictures-kept="0" data-pictures-missing="2"' in before.text
    assert hand_in(service, article, 0, ONE).status == 204

    page = page_of(service, article)
    assert 'data-pictures-kept="1" data-pictures-missing="1"' in page.text
    images = re.findall(r'<img src="([^"]*)" alt="([^"]*)"', page.text)
    assert images == [
        (address(article, ONE), "Picture 0"),
        (f"{CDN}/shown-1.png?a=1&amp;b=2", "Picture 1"),
    ]
    assert listed(service, article) == [
        (f"{CDN}/shown-0.png?a=1&b=2", True),
        (f"{CDN}/shown-1.png?a=1&b=2", False),
    ]
    assert f"img-src 'self' {CDN};" in page.headers["Content-Security-Policy"]


def test_with_all_of_them_kept_the_page_asks_nobody_else(service):
    article = read(service, "all")
    for number, data in enumerate((ONE, TWO)):
        hand_in(service, article, number, data)
    page = page_of(service, article)
    assert "cdn.example" not in page.text
    assert "img-src 'self';" in page.headers["Content-Security-Policy"]


def test_a_kept_picture_is_what_it_is_and_can_do_nothing(service):
    article = read(service, "served")
    hand_in(service, article, 0, files.GIF)
    answer = service.get(address(article, files.GIF))
    assert (answer.body, answer.headers["Content-Type"]) == (files.GIF, "image/gif")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_another_picture_for_the_same_place_takes_the_firsts(service):
    article = read(service, "replaced")
    hand_in(service, article, 0, ONE)
    hand_in(service, article, 0, TWO)
    assert (is_kept(service, article, ONE), is_kept(service, article, TWO)) == (False, True)
    hand_in(service, article, 1, TWO)
    hand_in(service, article, 1, ONE)
    assert (is_kept(service, article, ONE), is_kept(service, article, TWO)) == (True, True)


def test_the_corrected_page_shows_them_too(service):
    article = read(service, "corrected")
    hand_in(service, article, 0, ONE)
    headers = {"Content_Type": "application/json", "Origin": service.address, "Accept": "text/html"}
    assert (
        address(article, ONE)
        in service.post(f"/read/{article['id']}", b'{"corrections": []}', **headers).text
    )


def test_the_book_and_the_file_hold_them_and_the_texts_are_as_before(service):
    article = read(service, "taken")
    before = {form: service.get(f"/read/{article['id']}.{form}").body for form in ("md", "txt", "json")}
    hand_in(service, article, 0, ONE)
    with ZipFile(BytesIO(service.get(f"/read/{article['id']}.epub").body)) as book:
        (file,) = [name for name in book.namelist() if "/pictures/" in name]
        assert book.read(file) == ONE
    page = service.get(f"/read/{article['id']}.html").text
    assert f'<img src="data:image/png;base64,{b64encode(ONE).decode()}" alt="Picture 0"' in page
    assert page.count("<img") == 1
    assert {form: service.get(f"/read/{article['id']}.{form}").body for form in before} == before


# ---------------------------------------------------------------- bounds


@pytest.mark.parametrize("data", [files.PAGE, files.SVG, b"", files.png(stated=(50_000, 50_000))])
def test_what_is_no_picture_is_refused_whatever_it_is_called(service, data):
    article = read(service, "hostile")
    refused = hand_in(service, article, 0, data)
    assert (refused.status, refused.code) == (422, "not_a_picture")
    assert listed(service, article)[0][1] is False


@pytest.mark.parametrize("number", [2, 60, 10**9])
def test_there_is_no_place_for_a_picture_that_the_article_does_not_have(service, number):
    refused = hand_in(service, read(service, "places"), number, ONE)
    assert (refused.status, refused.code) == (404, "picture_gone")


@pytest.mark.parametrize("kind", ["image/png", "text/plain", "multipart/form-data", "application/json", ""])
def test_a_form_of_any_page_can_hand_nothing_in(service, kind):
    refused = hand_in(service, read(service, "forms"), 0, ONE, **{"Content-Type": kind})
    assert (refused.status, refused.code) == (415, "unsupported_media")


def test_pages_of_other_sites_may_not_and_the_extension_may(service):
    article = read(service, "origins")
    assert hand_in(service, article, 0, ONE, Origin="https://evil.example").code == "origin_not_allowed"
    assert hand_in(service, article, 0, ONE, Origin="null").code == "origin_not_allowed"
    assert hand_in(service, article, 0, ONE, Origin=EXTENSION).status == 204
    preflight = service.ask("OPTIONS", f"/api/read/{article['id']}/pictures/0", headers={"Origin": EXTENSION})
    assert "PUT" in preflight.headers["Access-Control-Allow-Methods"]


def test_a_picture_that_is_too_large_is_refused_and_the_setting_named(start_service):
    service = start_service(max_picture_bytes="2kB")
    article = read(service, "large")
    assert hand_in(service, article, 0, files.png_of_size(2000)).status == 204
    refused = hand_in(service, article, 1, files.png_of_size(2001))
    assert (refused.status, refused.code) == (413, "picture_too_large")
    assert "PERSONAE_MAX_PICTURE_BYTES" in refused.json["error"]["hint"]
    head = f"PUT /api/read/{article['id']}/pictures/1 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    more = "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    chunk = b"3e8\r\n" + files.png_of_size(1000) + b"\r\n"
    assert b"picture_too_large" in service.raw((head + more).encode() + 3 * chunk + b"0\r\n\r\n")


def test_all_pictures_of_an_article_have_a_bound_too_and_one_that_takes_anothers_place_does_not_count(
    start_service,
):
    service = start_service(max_pictures_bytes="5kB")
    article = read(service, "many", 3)
    assert hand_in(service, article, 0, files.png_of_size(2000, 1)).status == 204
    assert hand_in(service, article, 1, files.png_of_size(2000, 2)).status == 204
    refused = hand_in(service, article, 2, files.png_of_size(2000, 3))
    assert (refused.status, refused.code) == (413, "pictures_too_large")
    assert "PERSONAE_MAX_PICTURES_BYTES" in refused.json["error"]["hint"]
    assert hand_in(service, article, 1, files.png_of_size(3000, 4)).status == 204


def test_pinned_pictures_count_among_what_pins_may_take(start_service):
    service = start_service(cache_max_bytes="1MB")
    article, other = read(service, "pinned full", 3), read(service, "other full", 3)
    assert pin(service, article).status == 204
    assert hand_in(service, article, 0, files.png_of_size(300_000)).status == 204
    assert hand_in(service, article, 1, files.png_of_size(300_000, 2)).code == "pictures_too_large"
    assert hand_in(service, other, 0, files.png_of_size(300_000, 3)).status == 204
    refused = pin(service, other)
    assert (refused.status, refused.code) == (507, "no_room")
    assert is_kept(service, other, files.png_of_size(300_000, 3))


def test_an_article_of_a_private_window_keeps_none(service):
    article = service.read(story("private"), fields={"private": True}).json
    picture = files.png(shade=77)
    refused = hand_in(service, article, 0, picture)
    assert (refused.status, refused.code) == (409, "private_article")
    assert run_in_cache(service, "SELECT 1 FROM entry WHERE value = ?", picture) == []


# ---------------------------------------------------------------- who


def test_nobody_else_finds_lists_hands_in_or_forgets_them(start_service):
    service = start_service(token=f"{TOKEN},{OTHER}")
    own, other = bearer(TOKEN), bearer(OTHER)
    article = read(service, "owned", **own)
    assert hand_in(service, article, 0, ONE, **own).status == 204
    assert hand_in(service, article, 1, TWO, **other).code == "article_gone"
    assert service.get(f"/api/read/{article['id']}/pictures", **other).code == "article_gone"
    assert service.get(address(article, ONE), **other).code == "picture_gone"
    assert service.get(address(article, ONE)).code == "token_required"
    forget_pictures(service, article, **other)
    assert is_kept(service, article, ONE, **own)


def test_the_same_picture_of_another_reader_is_another(start_service):
    service = start_service(token=f"{TOKEN},{OTHER}")
    articles = [(read(service, "same", **bearer(token)), bearer(token)) for token in (TOKEN, OTHER)]
    for article, headers in articles:
        hand_in(service, article, 0, ONE, **headers)
    (first, own), (second, other) = articles
    forget_pictures(service, first, **own)
    assert (is_kept(service, first, ONE, **own), is_kept(service, second, ONE, **other)) == (False, True)


def test_whoever_has_a_share_link_sees_the_publishers_and_none_of_those_kept(start_service):
    service = start_service(token=TOKEN)
    article = read(service, "link", **bearer(TOKEN))
    hand_in(service, article, 0, ONE, **bearer(TOKEN))
    path = service.post(f"/api/read/{article['id']}/share", **bearer(TOKEN)).json["path"]
    page = service.get(path).text
    assert f'src="{CDN}/link-0.png' in page
    assert "/pictures/" not in page
    assert "data-pictures" not in page


@pytest.mark.parametrize("digest", ["0" * 64, "g" * 64, "0" * 63, "..", "%2e%2e"])
def test_a_picture_that_is_not_there_is_an_error_that_says_what_to_do(service, digest):
    article = read(service, "nothing")
    answer = service.get(f"/read/{article['id']}/pictures/{digest}")
    assert (answer.status, answer.json["error"]["code"] in {"picture_gone", "not_found"}) == (404, True)


# ---------------------------------------------------------------- for how long


def test_they_expire_with_the_article(start_service):
    service = start_service()
    article = read(service, "expires")
    let_time_pass(service, 6 * 86400)
    hand_in(service, article, 0, ONE)
    let_time_pass(service, 6 * 86400)
    assert is_kept(service, article, ONE)
    assert page_of(service, article).status == 200, "no picture outlives its article"
    let_time_pass(service, 2 * 86400)
    assert not is_kept(service, article, ONE)
    assert page_of(service, article).status == 404


@pytest.mark.parametrize("first", ["pin", "pictures"])
def test_with_a_pinned_article_they_stay_whichever_came_first(start_service, first):
    service = start_service()
    article = read(service, "pinned")
    if first == "pin":
        pin(service, article)
    hand_in(service, article, 0, ONE)
    if first == "pictures":
        pin(service, article)
    let_time_pass(service)
    assert address(article, ONE) in page_of(service, article).text
    assert is_kept(service, article, ONE)
    with ZipFile(BytesIO(service.get(f"/read/{article['id']}.epub").body)) as book:
        assert [name for name in book.namelist() if "/pictures/" in name]


def test_unpinned_they_are_there_for_their_time_and_then_gone(start_service):
    service = start_service()
    article = read(service, "unpinned")
    hand_in(service, article, 0, ONE)
    pin(service, article)
    let_time_pass(service)
    pin(service, article, "DELETE")
    assert is_kept(service, article, ONE)
    let_time_pass(service, 8 * 86400)
    assert not is_kept(service, article, ONE)
    assert run_in_cache(service, "SELECT COUNT(*) FROM entry WHERE expires > ?", time.time()) <= [(1,)]


def test_a_picture_that_the_store_lost_leaves_the_page_and_the_book_whole(start_service):
    service = start_service()
    article = read(service, "lost")
    hand_in(service, article, 0, ONE)
    hand_in(service, article, 1, TWO)
    run_in_cache(service, "DELETE FROM entry WHERE value = ?", ONE)
    assert page_of(service, article).status == 200
    assert service.get(address(article, ONE)).code == "picture_gone"
    with ZipFile(BytesIO(service.get(f"/read/{article['id']}.epub").body)) as book:
        assert len([name for name in book.namelist() if "/pictures/" in name]) == 1


# ---------------------------------------------------------------- forget


@pytest.mark.parametrize("pinned", [False, True])
@pytest.mark.parametrize("what", ["/pictures", "", None])
def test_they_are_forgotten_alone_with_the_article_and_with_everything(start_service, what, pinned):
    service = start_service()
    article = read(service, "forgotten")
    if pinned:
        pin(service, article)
    for number, data in enumerate((ONE, TWO)):
        hand_in(service, article, number, data)
    path = "/api/read" if what is None else f"/api/read/{article['id']}{what}"
    assert service.delete(path).status == 204
    assert not is_kept(service, article, ONE)
    assert (page_of(service, article).status == 200) == (what == "/pictures")
    assert run_in_cache(service, "SELECT 1 FROM entry WHERE value IN (?, ?)", ONE, TWO) == []
    for file in (service.folder / "data").glob("cache.sqlite3*"):
        assert ONE not in file.read_bytes()
    if what == "/pictures":
        assert f'src="{CDN}/forgotten-0.png' in page_of(service, article).text
        assert hand_in(service, article, 0, ONE).status == 204
        assert is_kept(service, article, ONE)


def test_forgetting_what_is_not_there_is_no_error(service):
    assert forget_pictures(service, read(service, "none")).status == 204
    assert forget_pictures(service, {"id": "u" * 43}).status == 204
    assert forget_pictures(service, {"id": "x"}).code == "article_gone"


def values_in(redis):
    with redis.client() as client:
        # What lists articles is no value.
        return [client.get(key) for key in client.scan_iter("personae:*", _type="string")]


def test_they_are_in_redis_too_and_go_from_there(start_service, start_redis):
    redis = start_redis()
    service = start_service(redis_url=redis.url)
    article = read(service, "redis")
    hand_in(service, article, 0, ONE)
    assert ONE in values_in(redis)
    forget_pictures(service, article)
    assert ONE not in values_in(redis)
    assert not is_kept(service, article, ONE)


def test_another_node_shows_them_and_forgets_them_for_both(start_service, start_redis, tmp_path):
    redis = start_redis()
    shared = {"redis_url": redis.url, "secret": "s" * 32}
    one = start_service(**shared)
    other = start_service(data_dir=str(tmp_path / "other"), **shared)
    article = read(one, "nodes")
    hand_in(one, article, 0, ONE)
    pin(one, article)
    assert address(article, ONE) in page_of(other, article).text
    assert is_kept(other, article, ONE)
    assert other.delete(f"/api/read/{article['id']}").status == 204
    assert not is_kept(one, article, ONE)
    assert ONE not in values_in(redis)


def until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_what_is_forgotten_while_redis_is_away_is_gone_there_when_it_is_back(start_service, start_redis):
    redis = start_redis()
    service = start_service(redis_url=redis.url)
    article = read(service, "away")
    hand_in(service, article, 0, ONE)
    with redis.client() as client:
        kept = {key: client.get(key) for key in client.scan_iter("personae:*", _type="string")}
    redis.stop()
    assert forget_pictures(service, article).status == 204
    assert not is_kept(service, article, ONE)
    redis.start()
    with redis.client() as client:  # as if Redis had kept it on its disk
        client.mset(kept)
    until(lambda: ONE not in values_in(redis))
    assert not is_kept(service, article, ONE)


def test_when_nothing_can_be_stored_it_says_so(start_service, tmp_path):
    (tmp_path / "file").write_text("no folder")
    service = start_service(data_dir=str(tmp_path / "file" / "data"), secret="s" * 32)
    refused = hand_in(service, read(service, "nowhere"), 0, ONE)
    assert (refused.status, refused.code) == (503, "cache_unavailable")


def test_the_log_tells_nothing_of_a_picture(start_service):
    service = start_service()
    article = read(service, "log")
    hand_in(service, article, 0, ONE)
    service.get(address(article, ONE))
    assert "cdn.example" not in service.log
    assert sha256(ONE).hexdigest() not in service.log
