"""Every setting, its default and its PERSONAE_* variable, in one place.

`Settings.from_env()` reads and checks them all; what is wrong is an error at start, with the
variable's name. docs/settings.md is made from this class: `python -m personae.settings`.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import user_data_path

from personae.errors import SettingError

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
TOKEN_LENGTH = 16
SECRET_LENGTH = 32
_SPARE_THREADS = 6  # for articles, health and metrics while every worker is taken and the queue is full
LOG_LEVELS = ("debug", "info", "warning", "error")
_HOST_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]+")
_REDIS_SCHEMES = ("redis", "rediss", "redis+sentinel", "rediss+sentinel", "redis+cluster", "rediss+cluster")
_UNITS = {"": 1, "b": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3}
_DURATIONS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


class Setting(NamedTuple):
    """What the table of settings says about one field."""

    variable: str
    default: str
    help: str


def _text(raw: str) -> str:
    return raw.strip()


def _integer(raw: str) -> int:
    try:
        return int(raw.strip())
    except ValueError:
        raise SettingError(f"must be a whole number, not {raw!r}") from None


def _bytes(raw: str) -> int:
    found = re.fullmatch(r"\s*(\d+)\s*([a-zA-Z]*)\s*", raw)
    if not found or found[2].lower() not in _UNITS:
        raise SettingError(f'must be a number of bytes such as 20000000 or "20 MB", not {raw!r}')
    return int(found[1]) * _UNITS[found[2].lower()]


def _seconds(raw: str) -> float:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]?)\s*", raw)
    if not found or found[2].lower() not in _DURATIONS:
        raise SettingError(f"must be a time such as 10, 15m or 7d, not {raw!r}")
    return float(found[1]) * _DURATIONS[found[2].lower()]


def _list(raw: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in raw.split(",") if part.strip())


def _hosts(raw: str) -> tuple[str, ...]:
    return tuple(name.lower() for name in _list(raw))


def _path(raw: str) -> Path:
    try:
        return Path(raw.strip()).expanduser()
    except RuntimeError:
        raise SettingError(f"must be a folder; nobody has the home that {raw!r} begins with") from None


def _models(raw: str) -> tuple[tuple[str, Path], ...]:
    models = {}
    for part in _list(raw):
        language, sign, folder = part.partition("=")
        language = language.strip().lower()
        if not sign or not folder.strip() or not re.fullmatch(r"[a-z]{2,3}", language):
            raise SettingError(f'must look like "fr=/folder/of/a/model,de=/another", not {part!r}')
        if language in models:
            raise SettingError(f"names two models for {language}")
        models[language] = _path(folder)
    return tuple(models.items())


def _setting(
    default: Any,
    help_: str,
    parse: Callable[[str], Any],
    *,
    shown: str | None = None,
    secret: bool = False,
    least: float | None = None,
    most: float | None = None,
) -> Any:
    metadata = {"help": help_, "parse": parse, "shown": shown, "least": least, "most": most}
    if callable(default):
        return field(default_factory=default, metadata=metadata, repr=not secret)
    return field(default=default, metadata=metadata, repr=not secret)


def _data_dir() -> Path:
    return user_data_path("personae", appauthor=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this backend runs. Times are in seconds, sizes in bytes. Checked when it is made."""

    host: str = _setting(
        "127.0.0.1", "Address to listen on; anything but loopback demands `PERSONAE_TOKEN`.", _text
    )
    port: int = _setting(8765, "Port to listen on.", _integer, least=0, most=65535)
    token: tuple[str, ...] = _setting(
        (),
        "Token that every request must bring; several, separated by commas, are several readers who do not "
        f"see each other's articles. At least {TOKEN_LENGTH} characters each.",
        _list,
        shown="none",
        secret=True,
    )
    hosts: tuple[str, ...] = _setting(
        (),
        "Further host names to answer under, separated by commas, with or without a port; demands "
        "`PERSONAE_TOKEN`.",
        _hosts,
        shown="none",
    )
    trusted_proxies: int = _setting(
        0,
        "How many reverse proxies stand in front and set `X-Forwarded-For`, `-Proto` and `-Host`; more than "
        "0 demands `PERSONAE_TOKEN`.",
        _integer,
        least=0,
        most=10,
    )
    data_dir: Path = _setting(  # noqa: RUF009 - it is a field()
        _data_dir,
        "Folder of the embedded cache, of the secret and of the models that were added.",
        _path,
        shown="the user's data folder, such as `~/.local/share/personae`",
    )
    secret: str = _setting(
        "",
        "Key from which article ids and cookies are made, the same on all nodes that share a Redis; at least "
        f"{SECRET_LENGTH} characters.",
        _text,
        shown="made once and kept in the data folder",
        secret=True,
    )
    redis_url: str = _setting(
        "",
        "Redis as a second, shared store: `redis://host:6379/0`, `rediss://…` (TLS), "
        "`redis+sentinel://host:26379,host2:26379/mymaster`, `redis+cluster://host:6379,host2:6379`.",
        _text,
        shown="none: the embedded cache only",
        secret=True,
    )
    cache_ttl: float = _setting(
        7 * 86400.0, "How long an article is kept.", _seconds, shown="7d", least=60, most=366 * 86400
    )
    cache_max_bytes: int = _setting(
        256 * 1000**2,
        "Size that the embedded cache may grow to; what was not read for longest goes first.",
        _bytes,
        shown="256 MB",
        least=1000**2,
    )
    max_pins: int = _setting(
        500,
        "Articles that one reader may pin, so that they do not expire; all pins take at most half of "
        "`PERSONAE_CACHE_MAX_BYTES`.",
        _integer,
        least=0,
        most=100_000,
    )
    max_picture_bytes: int = _setting(
        5 * 1000**2,
        "Largest picture that is kept with an article.",
        _bytes,
        shown="5 MB",
        least=1000,
    )
    max_pictures_bytes: int = _setting(
        24 * 1000**2,
        "Largest size of all pictures that are kept with one article; those of pinned articles count among "
        "what pins may take.",
        _bytes,
        shown="24 MB",
        least=1000,
    )
    private_ttl: float = _setting(
        900.0,
        "How long an article of a private window is kept, in memory only.",
        _seconds,
        shown="15m",
        least=10,
        most=86400,
    )
    private_max_bytes: int = _setting(
        32 * 1000**2,
        "Memory that articles of private windows may take.",
        _bytes,
        shown="32 MB",
        least=1000**2,
    )
    read_timeout: float = _setting(
        10.0,
        "How long one page may take; then its worker is ended and the page gets an error.",
        _seconds,
        shown="10s",
        least=0.2,
        most=600,
    )
    workers: int = _setting(
        2, "Processes that read pages, and so pages read at once.", _integer, least=1, most=256
    )
    queue_limit: int = _setting(
        8, "Pages that may wait for a worker; one more is answered 503 busy.", _integer, least=0, most=1000
    )
    worker_pages: int = _setting(
        1000, "Pages after which a worker is replaced by a fresh one.", _integer, least=1
    )
    worker_memory_bytes: int = _setting(
        2 * 1000**3,
        "Address space that a worker may add to what the language model takes.",
        _bytes,
        shown="2 GB",
        least=128 * 1000**2,
    )
    threads: int = _setting(
        0,
        "Threads that answer requests; more than `PERSONAE_WORKERS` and `PERSONAE_QUEUE_LIMIT` together.",
        _integer,
        shown="those two and 6",
        least=0,
        most=2000,
    )
    max_body_bytes: int = _setting(
        12 * 1000**2, "Largest request as sent, compressed or not.", _bytes, shown="12 MB", least=1000
    )
    max_html_bytes: int = _setting(
        20 * 1000**2, "Largest request once decompressed.", _bytes, shown="20 MB", least=1000
    )
    models: tuple[tuple[str, Path], ...] = _setting(
        (),
        "Your own spaCy models, each a language and the model's folder: `de=/models/de,fr=/models/fr`. "
        "They come before packaged ones.",
        _models,
        shown="none: the packaged ones and those that were added",
    )
    model_mirror: str = _setting(
        "",
        "Address that `personae models add` and the reader page's button fetch models from, in place of "
        "their makers'.",
        _text,
        shown="none: `https://github.com/explosion/spacy-models/releases/download`",
    )
    log_level: str = _setting(
        "info", "`debug`, `info`, `warning` or `error`.", lambda raw: _text(raw).lower()
    )

    def __post_init__(self) -> None:
        """Check every value; raise SettingError that names the variable."""
        for one in fields(self):
            _check_range(one, getattr(self, one.name))
        _check_host(self.host)
        for name in self.hosts:
            _check_extra_host(name)
        for token in self.token:
            _check_token(token)
        if self.secret and len(self.secret) < SECRET_LENGTH:
            raise SettingError(f"PERSONAE_SECRET must have at least {SECRET_LENGTH} characters.")
        if self.redis_url and self.redis_url.partition("://")[0] not in _REDIS_SCHEMES:
            raise SettingError(f"PERSONAE_REDIS_URL must begin with one of {', '.join(_REDIS_SCHEMES)}.")
        if self.model_mirror and not self.model_mirror.startswith(("https://", "http://")):
            raise SettingError("PERSONAE_MODEL_MIRROR must begin with https:// or http://.")
        if self.log_level not in LOG_LEVELS:
            raise SettingError(f"PERSONAE_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}.")
        if 0 < self.threads <= self.workers + self.queue_limit:
            raise SettingError(
                f"PERSONAE_THREADS must be more than PERSONAE_WORKERS and PERSONAE_QUEUE_LIMIT together "
                f"({self.workers + self.queue_limit}), or nobody is left to answer while pages wait."
            )
        self._check_exposure()

    def _check_exposure(self) -> None:
        if self.token:
            return
        beyond = (
            (not self.is_loopback and f"PERSONAE_HOST is {self.host}, which other machines can reach")
            or (self.hosts and "PERSONAE_HOSTS names further hosts")
            or (self.trusted_proxies and "PERSONAE_TRUSTED_PROXIES says that a proxy stands in front")
        )
        if beyond:
            raise SettingError(
                f"{beyond}, so PERSONAE_TOKEN must be set.",
                hint='Set it to a long random value, for example the output of "openssl rand -hex 24".',
            )

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the address that is listened on."""
        return _is_loopback(self.host)

    @property
    def thread_count(self) -> int:
        """How many threads answer requests."""
        return self.threads or self.workers + self.queue_limit + _SPARE_THREADS

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the PERSONAE_* variables; an empty one is as good as none. Raises SettingError."""
        environ = os.environ if environ is None else environ
        known = {variable(one): one for one in fields(cls)}
        return cls(
            **{
                one.name: _parse(one, environ[name])
                for name, one in known.items()
                if environ.get(name, "").strip()
            }
        )


def unknown_variables(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the PERSONAE_* variables that no setting has, perhaps misspelt.

    They are no error: container platforms make variables of their own from a service's name.
    """
    environ = os.environ if environ is None else environ
    known = {variable(one) for one in fields(Settings)}
    return sorted(name for name in environ if name.startswith("PERSONAE_") and name not in known)


def variable(setting: Field[Any]) -> str:
    """Return the environment variable of a field."""
    return f"PERSONAE_{setting.name.upper()}"


def describe() -> list[Setting]:
    """Return every setting with its variable, its default as a person writes it, and its help."""
    return [
        Setting(variable(one), one.metadata["shown"] or f"`{one.default}`", one.metadata["help"])
        for one in fields(Settings)
    ]


def table() -> str:
    """Return the Markdown table of docs/settings.md."""
    rows = [f"| `{s.variable}` | {s.default} | {s.help} |" for s in describe()]
    return "\n".join(["| variable | default | what it does |", "|---|---|---|", *rows]) + "\n"


def _parse(setting: Field[Any], raw: str) -> Any:
    try:
        return setting.metadata["parse"](raw)
    except SettingError as error:
        raise SettingError(f"{variable(setting)} {error}.") from None


def _check_range(setting: Field[Any], value: Any) -> None:
    least, most = setting.metadata["least"], setting.metadata["most"]
    if least is not None and value < least:
        raise SettingError(f"{variable(setting)} must be at least {least}, not {value}.")
    if most is not None and value > most:
        raise SettingError(f"{variable(setting)} must be at most {most}, not {value}.")


def _is_loopback(host: str) -> bool:
    if host.lower() in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_name_or_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return bool(_HOST_NAME.fullmatch(host.lower()))
    return True


def _check_host(host: str) -> None:
    if not _is_name_or_address(host):
        raise SettingError(f"PERSONAE_HOST must be an address or a host name without a port, not {host!r}.")


def _check_extra_host(host: str) -> None:
    name, port = split_host(host)
    if not _is_name_or_address(name) or (port and not port.isdigit()):
        raise SettingError(f"PERSONAE_HOSTS must hold host names such as reader.example, not {host!r}.")


def _check_token(token: str) -> None:
    if len(token) < TOKEN_LENGTH:
        raise SettingError(f"PERSONAE_TOKEN must have at least {TOKEN_LENGTH} characters.")
    if not _TOKEN.fullmatch(token):
        raise SettingError("PERSONAE_TOKEN may hold letters, digits and . _ ~ + / = - only.")


def split_host(host: str) -> tuple[str, str]:
    """Split "name:port" into lower-case name and port ("" when absent); IPv6 stands in brackets."""
    host = host.lower()
    if host.startswith("["):
        name, _, rest = host[1:].partition("]")
        return name, rest.removeprefix(":")
    if host.count(":") > 1:
        return host, ""
    name, _, port = host.partition(":")
    return name, port


if __name__ == "__main__":
    print(table(), end="")  # noqa: T201 - this is what the command is for
