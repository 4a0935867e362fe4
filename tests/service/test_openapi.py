"""The description is true: requests made from it get the answers that it describes."""

from __future__ import annotations

import re
from functools import cache

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis.checks import CHECKS

from personae.model import Article
from personae.service.app import create_app
from personae.service.application.backend import Backend
from personae.service.http.openapi import document
from personae.service.http.page_request import SCHEMES
from personae.settings import Settings

TOKEN = "the-token-of-one-reader"
EXAMPLES = 15
OPEN = document(Settings())
GUARDED = document(Settings(token=(TOKEN,)))
OPERATIONS = [(path, method) for path, methods in OPEN["paths"].items() for method in methods]


@pytest.fixture(scope="module")
def guarded(start_shared_service):
    return start_shared_service(token=TOKEN, wrong_tokens=100_000)


def has_an_unusual_address(body):
    """Whether a page's address is none that the description's pattern knows, and one that is taken all the same.

    The pattern tells the usual addresses, so that what is made from it is never refused.
    """
    url = body.get("url") if isinstance(body, dict) else None
    known = OPEN["components"]["schemas"]["PageRequest"]["properties"]["url"]["pattern"]
    return (
        isinstance(url, str)
        and not re.search(known, url)
        and re.match(rf"\s*({'|'.join(SCHEMES)}):", url, re.IGNORECASE)
    )


@cache
def described(address, **headers):
    """Return what a service says of itself, as Schemathesis knows it."""
    return schemathesis.openapi.from_url(f"{address}/openapi.json", headers=headers)


def exercise(service, path, method, headers):
    """Send requests that fit the description and such that do not; check all that Schemathesis can."""
    headers = {**headers, "Origin": service.address}
    operation = described(service.address, **headers)[path][method.upper()]

    @given(
        case=operation.as_strategy()
        | operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
    )
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def run(case):
        assume(not has_an_unusual_address(case.body))
        case.call_and_validate(headers=headers)

    run()


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_without_a_token_every_answer_is_as_described(service, path, method):
    exercise(service, path, method, {})


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_with_a_token_every_answer_is_as_described(guarded, path, method):
    exercise(guarded, path, method, {"Authorization": f"Bearer {TOKEN}"})


def test_all_checks_are_known_to_this_version():
    schemathesis.openapi.from_dict(OPEN)
    assert {"status_code_conformance", "response_schema_conformance", "negative_data_rejection"} <= set(
        CHECKS.get_all_names()
    )


def test_an_article_of_the_description_is_the_article_of_the_code(service):
    described = OPEN["components"]["schemas"]["Article"]["properties"]
    assert set(described) == set(Article(title="", content="", text="").to_dict())


def test_the_description_asks_for_a_token_only_when_there_is_one():
    assert "security" not in OPEN
    assert GUARDED["security"] == [{"token": []}]
    assert GUARDED["paths"]["/healthz"]["get"]["security"] == []


# What a browser asks for by itself, or a form of a page of ours posts: no interface for tools.
OF_OUR_PAGES = {
    ("GET", "/static/{version}/{name}"),
    ("POST", "/try"),
    ("POST", "/session"),
    ("DELETE", "/session"),
    ("POST", "/session/end"),
    ("GET", "/models/{language}"),
    ("POST", "/models/{language}"),
}


def paths_of(rule):
    """The addresses of a route as OpenAPI writes them: one for each value of an `any(...)`."""
    path = re.sub(r"<(?:path:|int:)?(\w+)>", r"{\1}", rule.rule.replace("<article_id>", "{id}"))
    choice = re.search(r"<any\((.*?)\):\w+>", path)
    values = [value.strip() for value in choice[1].split(",")] if choice else [""]
    return [path.replace(choice[0], value) if choice else path for value in values]


def test_every_request_that_a_route_takes_is_described_and_no_other(tmp_path):
    backend = Backend.build(Settings(data_dir=tmp_path, secret="s" * 32))
    routes = {
        (method, path)
        for rule in create_app(backend.settings, parts=backend).url_map.iter_rules()
        for path in paths_of(rule)
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described = {(method.upper(), path) for path, method in OPERATIONS}
    assert described == routes - OF_OUR_PAGES
    assert routes >= OF_OUR_PAGES
