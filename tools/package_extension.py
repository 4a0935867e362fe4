"""Build the extension's packages for the stores: one for Chromium browsers, one for Firefox.

    python3 -m tools.package_extension [--out dist]

The folder `extension/` loads into every browser as it is. A store takes only its own browser's part of
the manifest, so each package leaves out what is the other's, and `extension/store/`, which is for the
stores' forms. The same files give the same bytes on any machine: sorted names, one fixed time, no owner,
and no compression, whose output differs between libraries. Needs the standard library only.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "extension"
PACKAGED = {".css", ".html", ".js", ".json", ".png"}
# For the stores' forms, and the drawing that the icons are made from.
LEFT_OUT = ("store/", "icons/icon.svg")
# The earliest time that the format knows.
TIME = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o100644 << 16
UNIX = 3


class Store(NamedTuple):
    """What a store's package leaves out of the manifest: top keys, and keys of `background`."""

    name: str
    keys: tuple[str, ...]
    background: str


STORES = (
    Store("chromium", ("browser_specific_settings",), "scripts"),
    Store("firefox", ("minimum_chrome_version",), "service_worker"),
)


def main() -> None:
    """Build both packages and name them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for the packages")
    out: Path = parser.parse_args().out
    try:
        files = read_files(SOURCE)
        out.mkdir(parents=True, exist_ok=True)
        for store in STORES:
            package = build(files, store, out)
            sys.stdout.write(f"{package} ({package.stat().st_size:,} bytes)\n")
    except (OSError, ValueError) as error:
        sys.exit(f"The packages were not built: {error}")


def read_files(source: Path) -> dict[str, bytes]:
    """Return the content of every file that is packaged, by its path, sorted.

    Raises ValueError for a file of a kind that no package holds.
    """
    files = {}
    for path in source.rglob("*"):
        name = path.relative_to(source).as_posix()
        if not path.is_file() or name.startswith(LEFT_OUT):
            continue
        if path.suffix not in PACKAGED or path.name.startswith("."):
            raise ValueError(f"{name} does not belong into a package; remove it from {source.name}/.")
        files[name] = path.read_bytes()
    return dict(sorted(files.items()))


def build(files: dict[str, bytes], store: Store, out: Path) -> Path:
    """Write one store's package, and return where it is."""
    manifest: dict[str, Any] = json.loads(files["manifest.json"])
    for key in store.keys:
        del manifest[key]
    del manifest["background"][store.background]
    own = json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"
    package = out / f"personae-{store.name}-{manifest['version']}.zip"
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (files | {"manifest.json": own}).items():
            entry = zipfile.ZipInfo(name, TIME)
            entry.create_system = UNIX
            entry.external_attr = PLAIN_FILE
            archive.writestr(entry, content)
    return package


if __name__ == "__main__":
    main()
