"""The secret that every name and cookie is made with: a file of one's own, made once."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

import structlog

from personae.errors import SettingError
from personae.settings import SECRET_LENGTH, Settings

_FILE = "secret"
_log = structlog.get_logger(__name__)


def load_secret(settings: Settings) -> bytes:
    """Return PERSONAE_SECRET, else the content of data_dir/secret, which is made when it is not there.

    The file is readable by its owner only and never seen half-written, also when several processes
    start at once. Where the folder cannot be written, the secret lasts as long as the process, and the
    log says so.

    Raises SettingError when the file is there but cannot be read or is too short.
    """
    if settings.secret:
        return settings.secret.encode()
    path = settings.data_dir / _FILE
    try:
        _make(path)
    except OSError as error:
        if not path.exists():
            _log.warning("secret_not_kept", cause=type(error).__name__)
            return secrets.token_bytes(32)
    return _read(path)


def _make(path: Path) -> None:
    """Write a new secret beside the path and link it there: whoever is first wins, none is partial."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(descriptor)
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _read(path: Path) -> bytes:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o600)
            _log.warning("secret_made_private")
        content = path.read_bytes().strip()
    except OSError as error:
        raise SettingError(
            f"The secret in PERSONAE_DATA_DIR cannot be read: {error.strerror}.",
            hint="Make the file yours, or set PERSONAE_SECRET.",
        ) from None
    if len(content) < SECRET_LENGTH:
        raise SettingError(
            f"The secret in PERSONAE_DATA_DIR has fewer than {SECRET_LENGTH} characters.",
            hint="Delete the file; a new one is made, and older articles are gone.",
        )
    return content
