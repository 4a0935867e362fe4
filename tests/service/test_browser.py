"""The forms, the ticket and the policies in a real browser: what it sends is not what a test client sends."""

from __future__ import annotations

import pytest

TOKEN = "the-token-of-one-reader"
STORY = "<h1>Read in a browser</h1><p>John Kerry went to Moscow.</p>"


@pytest.fixture
def page(headless_chromium):
    context = headless_chromium.new_context()
    opened = context.new_page()
    opened.complaints = []
    opened.on(
        "console", lambda message: opened.complaints.append(message.text) if message.type == "error" else None
    )
    yield opened
    context.close()


def test_a_pasted_page_leads_to_its_reader_view(page, service):
    page.goto(service.address + "/try")
    page.click("summary")
    page.fill("#html", STORY)
    page.click("form button[type=submit]")
    assert "/read/" in page.url
    assert page.locator("h1").inner_text() == "Read in a browser"
    assert page.complaints == []


def test_a_saved_page_leads_to_its_reader_view(page, service):
    page.goto(service.address + "/try")
    page.set_input_files("#file", {"name": "page.html", "mimeType": "text/html", "buffer": STORY.encode()})
    page.wait_for_url("**/read/*")  # the page's script sends the form at once
    assert page.locator("h1").inner_text() == "Read in a browser"


def test_a_reader_signs_in_once_and_is_led_back(page, start_service):
    service = start_service(token=TOKEN)
    answer = service.read(STORY, Authorization=f"Bearer {TOKEN}").json
    page.goto(f"{service.address}/read/{answer['id']}")
    page.fill("#token", "a-wrong-token-indeed")
    page.click("form button[type=submit]")
    page.fill("#token", TOKEN)
    page.click("form button[type=submit]")
    assert page.locator("h1").inner_text() == "Read in a browser"
    page.goto(service.address)
    assert page.locator(".listed").count() == 1


def test_a_ticket_opens_the_page_and_back_and_reload_go_on_working(page, start_service):
    service = start_service(token=TOKEN)
    answer = service.read(STORY, Authorization=f"Bearer {TOKEN}").json
    page.goto(service.address + answer["view"])
    assert page.url == f"{service.address}/read/{answer['id']}"
    page.reload()
    assert page.locator("h1").inner_text() == "Read in a browser"
    page.goto(service.address + answer["view"])  # the ticket is spent, the cookie is not
    assert page.locator("h1").inner_text() == "Read in a browser"


def test_a_page_on_another_port_can_neither_use_nor_read_nor_embed_the_backend(
    headless_chromium, service, start_service
):
    view = service.read(STORY).json["view"]
    context = headless_chromium.new_context(
        bypass_csp=True
    )  # the other page's own policy would forbid it to try
    other = context.new_page()
    other.goto(start_service().address)
    attack = """async ([address, view]) => {
        const out = []
        const attempt = async (what) => { try { out.push(await what()) } catch { out.push("refused") } }
        await attempt(async () => (await fetch(address + view)).status)
        await attempt(async () => (await fetch(address + "/api/read", {method: "POST",
            headers: {"Content-Type": "application/json"}, body: '{"url": "", "html": "<p>x"}'})).status)
        await attempt(async () => (await fetch(address + "/api" + view, {method: "DELETE"})).status)
        await attempt(async () => (await fetch(address + "/try", {method: "POST", mode: "no-cors",
            body: new URLSearchParams({html: "<h1>x"})})).type)
        const frame = document.createElement("iframe"); frame.src = address + view; document.body.append(frame)
        await new Promise(done => frame.onload = done)
        try { out.push(frame.contentDocument ? "readable" : "refused") } catch { out.push("refused") }
        return out
    }"""
    assert other.evaluate(attack, [service.address, view]) == ["refused"] * 5
    context.close()
    assert service.get(view).status == 200
    assert 'personae_requests_total{route="/try",status="403"}' in service.get("/metrics").text
