"""The addresses behind the reader page's button that adds a language model."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from personae.service.http.current_backend import backend
from personae.service.http.responses import error_response, page_response
from personae.service.http.view_preferences import view_preferences
from personae.view.page import render

_REFRESH_SECONDS = 2
blueprint = Blueprint("models", __name__)


@blueprint.post("/models/<language>")
def add_model(language: str) -> Response:
    """Begin to add the model of a language, and lead to the page that says how far it is."""
    backend().model_adding.begin(language)
    return redirect(f"/models/{language}", 303)


@blueprint.get("/models/<language>")
def adding(language: str) -> Response:
    """Say how far it is; the page asks again by itself until it is over."""
    state = backend().model_adding.state(language)
    if state.error is not None:
        return error_response(state.error, request.environ)
    shown = render.adding_page(
        state.release.language,
        done=state.done,
        length=state.length,
        over=state.over,
        language=view_preferences(request.environ).language,
    )
    answer = page_response(shown)
    if not state.over:
        answer.headers["Refresh"] = str(_REFRESH_SECONDS)
    return answer
