"""The map of the house: which room may use which. Read from the imports of the code."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import personae

PACKAGE = Path(personae.__file__).parent

# From the ground up: what stands in a room may import from its own room and from those before it, also within
# functions and for types alone. A folder is a room; of the package itself, each module.
ROOMS = (
    "errors",
    "model",
    "version",
    "settings",
    "markup",
    "page.parse",
    "page.metadata",
    "article.vocabulary",
    "article.segment",
    "article.judge",
    "article.rules",
    "article.choose",
    "article.write",
    "article.account",
    "article",
    "actors.text",
    "actors.tables",
    "actors.names",
    "actors.merge",
    "actors.salience",
    "actors.languages",
    "actors.languages.common",
    "actors.languages.en.words",
    "actors.languages.en.names",
    "actors.languages.en.merge",
    "actors.languages.en.roles",
    "actors.languages.en.speech",
    "actors.languages.en",
    "actors.languages.none",
    "actors",
    "reader",
    "models",
    "workers",
    "store.cache",
    "store",
    "view.i18n",
    "view.page",
    "view.exports.epub",
    "view.exports",
    "service.application",
    "service.http",
    "service.http.home",
    "service.http.operations",
    "service",
    "doctor",
    "model_commands",
    "cli",
)
MOST_MODULES = 14


def modules() -> dict[str, Path]:
    """Return the package's modules by their names below `personae`."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    del found[""]  # the public API, which brings what it names
    return found


MODULES = modules()


def room_of(module: str) -> str:
    """Return the room of a module: its folder, or itself when it stands in the package or is a folder."""
    is_folder = MODULES[module].name == "__init__.py"
    return module if is_folder or "." not in module else module.rpartition(".")[0]


def imports_of(module: str) -> Iterator[str]:
    """Yield the modules of the package that a module imports anywhere in its code."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            root, _, below = name.partition(".")
            if root == "personae" and below:
                yield below if below in MODULES else below.rpartition(".")[0]


IMPORTS = {module: {name for name in imports_of(module) if name in MODULES} for module in MODULES}


def test_every_room_has_its_place():
    assert {room_of(module) for module in MODULES} - {"page", "view", "article"} == set(ROOMS) - {"article"}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_import_climbs(module: str) -> None:
    floor = {room: number for number, room in enumerate(ROOMS)}
    own = floor.get(room_of(module), 0)
    climbing = {name for name in IMPORTS[module] if floor[room_of(name)] > own}
    assert not climbing, f"{module} stands below what it imports"


def test_no_module_needs_itself():
    reached: dict[str, set[str]] = {}

    def below(module: str) -> set[str]:
        if module not in reached:
            reached[module] = set()
            todo = list(IMPORTS[module])
            while todo:
                name = todo.pop()
                if name not in reached[module]:
                    reached[module].add(name)
                    todo += IMPORTS[name]
        return reached[module]

    assert [module for module in MODULES if module in below(module)] == []


def test_no_room_is_crowded():
    inhabitants = Counter(
        module.rpartition(".")[0] for module, file in MODULES.items() if file.name != "__init__.py"
    )
    assert {room: number for room, number in inhabitants.items() if number > MOST_MODULES} == {}


def test_a_name_means_one_thing():
    """But the parts of a language, which are called alike in each on purpose."""
    places = defaultdict(list)
    for module, file in MODULES.items():
        if file.name != "__init__.py" and not module.startswith("actors.languages."):
            places[file.stem].append(module)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_every_folder_says_what_it_is():
    mute = [
        module
        for module, file in MODULES.items()
        if file.name == "__init__.py" and not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert mute == []


def test_the_documentation_draws_this_map():
    page = (PACKAGE.parents[1] / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    drawn = dict(
        re.findall(
            r"^\| `([a-z0-9/_]+)/` \| (.+) \|$",
            page.partition("## The map")[2].partition("\n## ")[0],
            re.MULTILINE,
        )
    )
    sentences = {
        module.replace(".", "/"): (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").splitlines()[
            0
        ]
        for module, file in MODULES.items()
        if file.name == "__init__.py"
    }
    assert drawn == sentences
