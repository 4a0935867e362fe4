"""The backend that the views answer from: the application holds it."""

from __future__ import annotations

from flask import Flask, current_app

from personae.service.application.backend import Backend

_EXTENSION = "personae"


def attach(app: Flask, backend: Backend) -> None:
    """Give an application its backend."""
    app.extensions[_EXTENSION] = backend


def backend() -> Backend:
    """Return the backend of the application that answers the current request."""
    found: Backend = current_app.extensions[_EXTENSION]
    return found
