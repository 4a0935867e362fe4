"""The addresses for whoever runs the backend."""

from __future__ import annotations

from flask import Blueprint
from prometheus_client import CONTENT_TYPE_LATEST
from werkzeug.wrappers import Response

from personae.service.http.current_backend import backend
from personae.service.http.operations.openapi import document
from personae.service.http.responses import json_response

blueprint = Blueprint("ops", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Return that the process answers."""
    return json_response({"status": "ok", "name": "personae"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Return whether pages can be read: "ok", "degraded" (yes, but a store is away) or "unready" (503)."""
    parts = backend()
    cache = parts.stores.health()
    workers = "ok" if parts.pool.is_ready else "away"
    model = "ok" if parts.pool.capabilities.trouble is None else "missing"
    if workers != "ok" or model != "ok":
        state = "unready"
    else:
        state = "degraded" if "away" in cache.values() else "ok"
    answer = json_response(
        {"status": state, "cache": cache, "workers": workers, "model": model},
        503 if state == "unready" else 200,
    )
    if state == "unready":
        answer.headers["Retry-After"] = "10"
    return answer


@blueprint.get("/metrics")
def metrics() -> Response:
    """Return the figures for Prometheus."""
    return Response(backend().metrics.text(), content_type=CONTENT_TYPE_LATEST)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Return the description of this interface."""
    return json_response(document(backend().settings))
