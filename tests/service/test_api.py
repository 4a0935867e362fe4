"""Reading, showing, exporting and forgetting, through a real service process."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import html

PAGE = "<h1>A title</h1><p>John Kerry went to Moscow.</p>"


def story(number):
    return f"<h1>Story {number}</h1><p>John Kerry went to town {number}.</p>"


def test_a_page_is_read_and_shown_and_exported(service):
    answer = service.read(story("shown"))
    assert answer.status == 200
    article = answer.json
    assert article["title"] == "Story shown"
    assert [actor["name"] for actor in article["actors"]] == ["John Kerry"]
    assert article["view"] == f"/read/{article['id']}"
    page = service.get(article["view"], Accept="text/html")
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Story shown" in page.text
    assert "Story shown" in service.get(article["view"] + ".md").text
    assert "Story shown" in service.get(article["view"] + ".txt").text
    exported = service.get(article["view"] + ".json").json
    assert exported == {k: v for k, v in article.items() if k not in ("view", "cache")}


def test_an_export_speaks_the_language_of_its_reader(service):
    view = service.read(story("told")).json["view"]
    assert "## Besetzung" in service.get(f"{view}.md", Accept_Language="de").text
    assert "\nReparto\n" in service.get(f"{view}.txt", Cookie="personae_view=es.", Accept_Language="de").text
    assert "## Cast" in service.get(f"{view}.md").text


@pytest.mark.parametrize(
    ("form", "mimetype", "begins"),
    [("epub", "application/epub+zip", b"PK"), ("html", "text/html; charset=utf-8", b"<!doctype html>")],
)
def test_what_is_to_be_kept_is_sent_as_a_file_with_the_storys_name(service, form, mimetype, begins):
    read = service.read("<h1>Über “alles”: 漢字</h1><p>John Kerry went to Moscow.</p>").json
    answer = service.get(f"{read['view']}.{form}")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == mimetype
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=\"Uber-alles.{form}\"; filename*=UTF-8''%C3%9Cber-alles-%E6%BC%A2%E5%AD%97.{form}"
    )
    assert answer.body.startswith(begins)


def test_a_page_to_keep_could_do_nothing_if_it_were_shown(service):
    answer = service.get(service.read(story("sandbox")).json["view"] + ".html")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert "<script" not in answer.text


def test_a_book_of_an_article_that_is_gone_is_an_error_and_no_book(service):
    answer = service.get(f"/read/{'A' * 43}.epub")
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/json"


def test_a_browser_that_asks_for_html_gets_the_page_itself(service):
    answer = service.read(story("html"), Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Story html" in answer.text


def test_the_same_page_again_comes_from_the_cache(service):
    first, second = service.read(story("again")).json, service.read(story("again")).json
    assert (first["cache"], second["cache"]) == ("miss", "hit")
    assert first["id"] == second["id"]


def test_the_very_same_bytes_are_not_even_parsed_again_unless_the_article_is_gone(service):
    def parsed():
        found = re.search(
            r'personae_read_seconds_count\{step="open"\} ([\d.]+)', service.get("/metrics").text
        )
        return float(found[1]) if found else 0

    first = service.read(story("bytes")).json
    before = parsed()
    assert service.read(story("bytes")).json["id"] == first["id"]
    assert parsed() == before
    service.delete(f"/api/read/{first['id']}")
    assert service.read(story("bytes")).json["cache"] == "miss"
    assert parsed() == before + 1


def test_what_cannot_shape_the_article_does_not_shape_its_id(service):
    first = service.read(story("advert") + "<!-- one advert -->").json
    second = service.read(story("advert") + "<!-- another -->").json
    assert first["id"] == second["id"]


@pytest.mark.parametrize(
    "change", [{"url": "https://b.example/"}, {"fields": {"actors": False}}, {"fields": {"private": True}}]
)
def test_another_address_or_option_is_another_article(service, change):
    assert service.read(story("option")).json["id"] != service.read(story("option"), **change).json["id"]


def test_without_actors_nobody_looks(service):
    article = service.read(story("plain"), fields={"actors": False}).json
    assert (article["actors"], article["actors_status"]) == ([], "not-requested")


def test_actors_are_not_looked_for_twice_in_one_text(service):
    def looked_up():
        found = re.search(
            r'personae_cache_total\{level="cast",outcome="hit"\} ([\d.]+)', service.get("/metrics").text
        )
        return float(found[1]) if found else 0

    before = looked_up()
    service.read(story("cast") + "<aside>one</aside>")
    again = service.read(story("cast") + "<aside>two</aside>").json
    assert again["cache"] == "miss"
    assert [actor["name"] for actor in again["actors"]] == ["John Kerry"]
    assert looked_up() == before + 1


def test_a_gzipped_page_is_read(service):
    body = gzip.compress(json.dumps({"url": "", "html": story("gzip")}).encode())
    answer = service.post("/api/read", body, Content_Type="application/json", Content_Encoding="gzip")
    assert answer.json["title"] == "Story gzip"


def test_a_forgotten_article_is_gone_and_so_is_where_it_came_from(service):
    view = service.read(story("forget"), url="https://a.example/forget-me").json["view"]
    assert service.delete(f"/api{view}").status == 204
    gone = service.get(view, Accept="text/html")
    assert gone.status == 404
    assert "https://a.example/forget-me" not in gone.text
    assert service.get(view + ".json").code == "article_gone"
    assert service.read(story("forget"), url="https://a.example/forget-me").json["cache"] == "miss"


def test_forgetting_what_is_not_there_is_no_error(service):
    assert service.delete("/api/read/" + "x" * 43).status == 204


def test_an_expired_article_leads_back_to_its_page(start_service):
    service = start_service(cache_ttl="60")
    view = service.read(story("old"), url="https://a.example/the-original").json["view"]
    run_in_cache(service, "UPDATE entry SET expires = expires - 100")
    gone = service.get(view, Accept="text/html")
    assert gone.status == 404
    assert 'href="https://a.example/the-original"' in gone.text
    assert service.get(view).code == "article_gone"


def run_in_cache(service, statement):
    """Run SQL on the service's embedded cache; return the rows."""
    connection = sqlite3.connect(service.folder / "data" / "cache.sqlite3")
    try:
        with connection:
            return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_an_unknown_article_is_gone_too(service):
    assert (service.get("/read/unknown").status, service.get("/read/unknown").code) == (404, "article_gone")


def test_a_private_article_is_read_and_found_but_never_on_disk(start_service):
    service = start_service()
    article = service.read("<h1>Quiet words</h1><p>Anna Karenina spoke.</p>", fields={"private": True}).json
    assert "Quiet words" in service.get(article["view"], Accept="text/html").text
    assert (
        service.read("<h1>Quiet words</h1><p>Anna Karenina spoke.</p>", fields={"private": True}).json[
            "cache"
        ]
        == "hit"
    )
    service.read("<h1>Loud words</h1>")
    # Of the other article: itself, its trace, its actors, its entry in a list.
    assert run_in_cache(service, "SELECT COUNT(*) FROM entry") == [(4,)]
    assert service.delete(f"/api{article['view']}").status == 204
    assert service.get(article["view"]).status == 404


def test_no_file_of_the_service_holds_a_page_or_its_address(start_service):
    service = start_service()
    service.read("<h1>Unmistakable title</h1><p>Unmistakable words.</p>", url="https://unmistakable.example/")
    body, kind = multipart({"html": "<h1>Unmistakable form</h1>"})
    service.post("/try", body, Content_Type=kind, Origin=service.address)
    service.get("/nope?unmistakable")
    files = [file for file in service.folder.rglob("*") if file.is_file()]
    assert any(file.name == "cache.sqlite3" for file in files)
    assert not [file.name for file in files if b"nmistakable" in file.read_bytes()]


def test_an_article_survives_a_restart(start_service):
    first = start_service()
    view = first.read(PAGE).json["view"]
    first.stop()
    assert "A title" in start_service().get(view, Accept="text/html").text


def test_reading_goes_on_when_nothing_can_be_stored(start_service, tmp_path):
    (tmp_path / "file").write_text("")
    service = start_service(data_dir=str(tmp_path / "file" / "data"))
    view = service.read(PAGE).json["view"]
    assert "A title" in service.get(view, Accept="text/html").text
    assert service.get("/readyz").json["status"] == "degraded"
    assert service.delete(f"/api{view}").code == "cache_unavailable"
    assert service.get(view).status == 404
    assert "embedded_cache_away" in service.log


def test_redis_may_come_and_go(start_service, start_redis):
    redis = start_redis()
    service = start_service(redis_url=redis.url)
    early = service.read(story("early")).json["view"]
    assert service.get("/readyz").json == {
        "status": "ok", "cache": {"sqlite": "ok", "redis": "ok"}, "workers": "ok", "model": "ok",
    }  # fmt: skip
    with redis.client() as client:
        # The same four, and the list itself.
        assert len(client.keys("personae:1:*")) == 5
    redis.stop()
    late = service.read(story("late")).json["view"]
    assert {service.get(view).status for view in (early, late)} == {200}
    ready = service.get("/readyz")
    assert (ready.status, ready.json["status"], ready.json["cache"]["redis"]) == (200, "degraded", "away")
    assert "personae_redis_up 0.0" in service.get("/metrics").text
    assert service.delete(f"/api{early}").status == 204
    redis.start()
    assert service.get(early).status == 404
    assert service.get(late).status == 200


def test_reading_goes_on_with_redis_down_at_start(start_service, start_redis):
    redis = start_redis()
    redis.stop()
    service = start_service(redis_url=redis.url)
    view = service.read(PAGE).json["view"]
    assert service.get(view).status == 200


def test_many_readers_at_once_all_get_their_own_page(service):
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda n: service.read(story(f"many-{n}")), range(30)))
    assert [answer.json["title"] for answer in answers] == [f"Story many-{n}" for n in range(30)]


def test_one_page_more_than_the_queue_holds_is_told_to_come_back(start_service):
    service = start_service(workers="1", queue_limit="0")
    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(lambda n: service.read(f"<p>slow {n}"), range(5)))
    busy = [answer for answer in answers if answer.status == 503]
    assert busy
    assert {answer.code for answer in busy} == {"busy"}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in busy)
    assert [answer for answer in answers if answer.status == 200]


# ---------------------------------------------------------------- the form


def test_pasted_html_leads_to_its_reader_view(service):
    body, kind = multipart({"html": story("pasted"), "url": "https://a.example/p"})
    answer = service.post("/try", body, Content_Type=kind, Origin=service.address)
    assert answer.status == 303
    assert "Story pasted" in service.get(answer.headers["Location"], Accept="text/html").text


def test_a_saved_page_is_decoded_as_a_browser_would(service):
    page = '<meta charset="windows-1252"><h1>Caf\u00e9 Zo\u00eb</h1>'.encode("windows-1252")
    body, kind = multipart({}, file=page)
    answer = service.post("/try", body, Content_Type=kind, Origin=service.address)
    assert "Caf\u00e9 Zo\u00eb" in service.get(answer.headers["Location"], Accept="text/html").text


def test_a_large_saved_page_stays_in_memory_and_is_read(service):
    body, kind = multipart({}, file=(story("large") + "<!-- " + "x" * 3_000_000 + " -->").encode())
    assert service.post("/try", body, Content_Type=kind, Origin=service.address).status == 303


def test_an_empty_form_says_what_is_missing(service):
    body, kind = multipart({"html": " ", "url": ""})
    answer = service.post("/try", body, Content_Type=kind, Origin=service.address, Accept="text/html")
    assert answer.status == 422
    assert "No page was chosen or pasted." in answer.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"html": ""}, "Es wurde keine Seite gewählt oder eingefügt."),
        ({"html": "<p>x</p>", "url": "nowhere:x"}, "Das ist keine Adresse einer Seite."),
    ],
)
def test_the_form_says_what_is_wrong_in_the_language_of_the_page(service, fields, told):
    body, kind = multipart(fields)
    german = {"Accept": "text/html", "Accept_Language": "de"}
    answer = service.post("/try", body, Content_Type=kind, Origin=service.address, **german)
    assert answer.status in (400, 422)
    assert told in answer.text


HOSTILE = '</textarea><script>alert(1)</script>"&lt;'


def test_a_form_that_was_refused_comes_back_filled_in(service):
    body, kind = multipart({"html": f"\r\n<p>{HOSTILE}</p>", "url": f"nowhere:{HOSTILE}"})
    answer = service.post("/try", body, Content_Type=kind, Origin=service.address, Accept="text/html")
    assert answer.status == 400
    page = html.document_fromstring(answer.text)
    assert page.get_element_by_id("url").get("value") == f"nowhere:{HOSTILE}"
    assert f"<p>{HOSTILE}</p>" in page.get_element_by_id("html").text
    assert "<script>alert" not in answer.text


def test_the_text_of_a_saved_page_does_not_come_back(service):
    body, kind = multipart({"url": "nowhere:x"}, file=b"<p>Unmistakable</p>")
    answer = service.post("/try", body, Content_Type=kind, Origin=service.address, Accept="text/html")
    assert answer.status == 400
    assert 'value="nowhere:x"' in answer.text
    assert "Unmistakable" not in answer.text


def multipart(fields, *, file=None):
    boundary = "a-boundary"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
        for n, v in fields.items()
    ]
    if file is not None:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="p.html"\r\nContent-Type: text/html\r\n\r\n'
        parts.append(head.encode() + file + b"\r\n")
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


# ---------------------------------------------------------------- operations


def test_status_names_the_program_its_api_and_its_languages(service):
    status = service.get("/api/status").json
    assert (status["name"], status["api"], status["languages"]) == ("personae", 1, ["en"])


def test_the_process_says_that_it_is_well(service):
    assert service.get("/healthz").json["status"] == "ok"
    assert service.get("/readyz").json["status"] == "ok"


def test_metrics_count_requests_by_route_and_errors_by_code(service):
    service.get("/read/nobody-knows-this-id")
    text = service.get("/metrics").text
    assert 'personae_requests_total{route="/read/<article_id>",status="404"}' in text
    assert 'personae_errors_total{code="article_gone"}' in text
    assert "nobody-knows-this-id" not in text


def test_static_files_with_their_hash_are_kept_for_ever(service):
    address = re.search(r"/static/\w+/style\.css", service.get("/").text)[0]
    answer = service.get(address)
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert service.get("/static/older/style.css").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/x/../../../../extension/background.js",
        "/static/x/..%2f..%2f..%2f..%2f..%2fextension%2fbackground.js",
        "/static/..%2fsettings.py",
        "/static/%2e%2e/render.py",
        "/static//etc/passwd",
    ],
)
def test_nothing_outside_the_static_folder_is_served(service, path):
    assert service.get(path).status == 404


def test_the_log_is_json_with_route_and_id_and_nothing_of_the_page(start_service):
    service = start_service()
    answer = service.read("<h1>Unmistakable title</h1>", url="https://unmistakable.example/")
    service.get("/read/unmistakable?unmistakable=1")
    service.stop()
    lines = [json.loads(line) for line in service.log.splitlines()]
    (line,) = [one for one in lines if one.get("request") == answer.headers["X-Request-Id"]]
    assert (line["route"], line["status"], line["method"]) == ("/api/read", 200, "POST")
    assert "nmistakable" not in service.log
