"""`personae doctor`: look at everything that a reading needs, and say what to do about each trouble."""

from __future__ import annotations

import http.client
import json
import os
import platform
import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from personae import actors
from personae.errors import PersonaeError, SettingError
from personae.models.added import added, folders_of
from personae.models.releases import releases
from personae.settings import Settings
from personae.store.cache.redis import RedisCache
from personae.version import __version__

_PYTHON = ((3, 11), (3, 14))
_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "brave-browser",
    "microsoft-edge",
    "firefox",
    "firefox-esr",
)
_PATIENCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `what` was found, and the next step when it is not well."""

    subject: str
    well: bool
    what: str
    hint: str = ""


def _well(subject: str, what: str) -> Finding:
    return Finding(subject=subject, well=True, what=what)


def _trouble(subject: str, what: str, hint: str) -> Finding:
    return Finding(subject=subject, well=False, what=what, hint=hint)


def examine() -> Iterator[Finding]:
    """Yield one finding after the other; each is looked at when it is asked for."""
    yield _python()
    try:
        settings = Settings.from_env()
    except PersonaeError as error:
        yield _trouble("settings", error.message, error.hint)
        return
    yield _well("settings", "valid")
    yield from _languages(settings)
    checks: tuple[Callable[[Settings], Finding], ...] = (_data_dir, _sqlite, _redis, _port)
    for check in checks:
        yield check(settings)
    yield _browsers()


def _python() -> Finding:
    version = sys.version_info[:2]
    well = _PYTHON[0] <= version <= _PYTHON[1]
    return Finding(
        "python",
        well,
        f"{platform.python_version()}, Personae {__version__}",
        "" if well else "Use Python 3.11 to 3.14.",
    )


def _languages(settings: Settings) -> Iterator[Finding]:
    try:
        actors.use_models(dict(settings.models), folders_of(settings.data_dir))
    except PersonaeError as error:
        yield _trouble("models", f"PERSONAE_MODELS: {error.message}", error.hint)
    for language in actors.languages():
        try:
            actors.load(language)
            model = actors.model_info(language)
        except PersonaeError as error:
            yield _trouble(f"language {language}", error.message, error.hint)
            continue
        whose = {
            "own": f"your model in {model.folder}",
            "added": f"added in {model.folder}",
            "packaged": f"packaged as {actors.model_id(language)}",
        }[model.origin]
        yield _well(f"language {language}", f"{model.name} {model.version}, {model.licence}; {whose}")
    for language, broken in added(settings.data_dir).items():
        if not actors.is_supported(language):
            yield _trouble(
                f"language {language}",
                f"the model in {broken.folder} is damaged",
                f"Run `personae models remove {language}`, then `personae models add {language}`.",
            )
    could = ", ".join(language for language in releases() if not actors.is_supported(language))
    yield Finding(
        "other languages",
        well=True,
        what="no actors but those beyond doubt",
        hint=f"To add one: `personae models add LANGUAGE` ({could}), or put a spaCy model's folder into "
        "PERSONAE_MODELS, such as de=/models/de_news.",
    )


def _data_dir(settings: Settings) -> Finding:
    folder = settings.data_dir
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        return _trouble(
            "data folder",
            f"{folder} cannot be written",
            "Change its owner, or set PERSONAE_DATA_DIR to a folder of yours.",
        )
    free = shutil.disk_usage(existing).free
    if free < settings.cache_max_bytes:
        return _trouble(
            "data folder",
            f"{folder}: {free // 10**6} MB free, the cache may take {settings.cache_max_bytes // 10**6} MB",
            "Free some space, or lower PERSONAE_CACHE_MAX_BYTES.",
        )
    return _well("data folder", str(folder))


def _sqlite(settings: Settings) -> Finding:
    files = sorted(settings.data_dir.glob("*.sqlite3")) if settings.data_dir.is_dir() else []
    for file in files:
        try:
            address = f"{file.absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE_SECONDS)) as database:
                (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error as error:
            verdict = str(error)
        if verdict != "ok":
            return _trouble(
                "cache",
                f"{file} is damaged: {verdict}",
                "Delete that file; only cached articles are in it.",
            )
    return _well("cache", f"SQLite {sqlite3.sqlite_version}, {'in use' if files else 'made at first start'}")


def _redis(settings: Settings) -> Finding:
    if not settings.redis_url:
        return _well("redis", "not configured; the embedded cache does the work")
    try:
        store = RedisCache.from_url(settings.redis_url)
    except SettingError as error:
        return _trouble("redis", error.message, error.hint)
    try:
        well = store.ping()
    finally:
        store.close()
    if well:
        return _well("redis", "answers")
    return _trouble(
        "redis",
        "does not answer; reading goes on with the embedded cache",
        "Start Redis, or correct or unset PERSONAE_REDIS_URL.",
    )


def _port(settings: Settings) -> Finding:
    """Check that browsers reach a backend here, or, when none runs, that one could start."""
    where = f"{settings.host}:{settings.port}"
    address = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "localhost") else settings.host  # noqa: S104
    connection = http.client.HTTPConnection(address, settings.port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/healthz")
        answer = json.loads(connection.getresponse().read(10_000))
        if isinstance(answer, dict) and answer.get("name") == "personae":
            return _well("port", f"Personae {answer.get('version', '')} answers at {where}")
    except ConnectionRefusedError:
        return _could_start(settings, where)
    except (OSError, http.client.HTTPException, ValueError):
        pass
    finally:
        connection.close()
    return _trouble(
        "port", f"another program holds {where}", "Stop it, or choose another port with PERSONAE_PORT."
    )


def _could_start(settings: Settings, where: str) -> Finding:
    try:
        with socket.create_server((settings.host, settings.port), family=_family(settings.host)):
            return _well("port", f"{where} is free; start with `make run` or `personae serve`")
    except OSError as error:
        return _trouble(
            "port",
            f"{where} cannot be bound: {error.strerror}",
            "Choose another PERSONAE_HOST or PERSONAE_PORT.",
        )


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _browsers() -> Finding:
    found = [name for name in _BROWSERS if shutil.which(name)]
    proxies = [
        name for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY") if os.environ.get(name)
    ]
    exempt = os.environ.get("no_proxy", os.environ.get("NO_PROXY", ""))
    if proxies and not any(name in exempt for name in ("127.0.0.1", "localhost", "*")):
        return _trouble(
            "browsers",
            f"{proxies[0]} is set and may stand between the browser and the backend",
            "Add 127.0.0.1,localhost to no_proxy.",
        )
    return _well("browsers", ", ".join(found) or "none found on this machine (one elsewhere may be used)")
