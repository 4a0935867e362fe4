"""What a script and the server must both know, and how scripts hang together: read from the code of both."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

from personae import errors
from personae.errors import PersonaeError
from personae.model import ActorType
from personae.service.application.corrections import CORRECTION_KINDS
from personae.service.http import correction_request, view_preferences
from personae.service.http.api import API_VERSION
from personae.view.i18n.catalogue import LANGUAGES, LOCALES
from personae.view.page import assets

EXTENSION = Path(__file__).parents[1] / "extension"
SETTINGS = (assets.STATIC / "apply_settings.js").read_text(encoding="utf-8")
# The values of each setting that is a word, but those of the language, which the server writes into the page.
VALUES = {
    name: json.loads(values)
    for name, values in re.findall(r'^    (\w+): \{ values: (\["\w.*?\])', SETTINGS, re.MULTILINE)
}


def script(name: str) -> str:
    return (assets.READER / name).read_text(encoding="utf-8")


def constant(code: str, name: str) -> str:
    found = re.search(rf"^(?:export )?const {name} = (.+?);", code, re.MULTILINE)
    assert found, name
    return found[1]


def test_every_language_of_the_interface_is_a_folder_of_the_pages_and_of_the_extension() -> None:
    assert sorted(LANGUAGES) == sorted(path.name for path in LOCALES.iterdir())
    assert sorted(LANGUAGES) == sorted(path.name for path in (EXTENSION / "_locales").iterdir())


def test_the_server_takes_from_the_cookie_what_the_page_offers() -> None:
    assert VALUES["pictures"] == list(view_preferences.PICTURES)
    assert constant(script("shared/settings.js"), "COOKIE") == f'"{view_preferences.COOKIE}"'


def test_the_panel_of_settings_offers_every_value_that_there_is() -> None:
    panel = script("look/display_panel.js")
    offered: dict[str, set[str]] = {
        name: set(re.findall(r"^\s*(\w+):", labels, re.MULTILINE))
        for name, labels in re.findall(r'choices\("(\w+)", [^{]+\{(.*?)\}\)', panel, re.DOTALL)
    }
    offered |= {
        name: set(values)
        for name, *values in re.findall(r'toggle\("(\w+)", message\("\w+"\), "(\w+)", "(\w+)"\)', panel)
    }
    offered |= {
        name: set(values)
        for name, *values in re.findall(
            r'setSetting\("(\w+)", \w+\.checked \? "(\w+)" : "(\w+)"\)', script("shared/key_settings.js")
        )
    }
    for name in re.findall(r'"(\w+)"', constant(panel, "LINES")):
        labels = re.search(r"const labels = \{(.*?)\}", panel)
        assert labels
        offered[name] = set(re.findall(r"(\w+):", labels[1]))
    assert offered == {name: set(values) for name, values in VALUES.items()}


def test_the_style_sheet_knows_no_other_value_of_a_setting() -> None:
    attributes = {re.sub("[A-Z]", lambda m: f"-{m[0].lower()}", name): name for name in VALUES}
    used = re.findall(rf'\[data-({"|".join(attributes)})="(\w+)"', assets.style_text())
    assert used
    assert [(name, value) for name, value in used if value not in VALUES[attributes[name]]] == []


def test_every_type_of_actor_can_be_unmarked_and_has_its_card() -> None:
    types = list(get_args(ActorType))
    assert {f"mark{one.capitalize()}" for one in types} == {
        name for name in VALUES if re.match("mark[A-Z]", name)
    }
    named = re.search(r"const kind = (\[.*?\])", script("cast/hovercard.js"))
    assert named
    assert json.loads(named[1]) == types


def test_corrections_keep_to_what_the_server_takes() -> None:
    code = script("cast/corrections.js")
    assert int(constant(code, "MOST").partition(" ")[0]) == correction_request.MAX_CORRECTIONS
    assert int(constant(code, "LONGEST").partition(" ")[0]) == correction_request.MAX_LENGTH
    code = "".join(script(f"cast/{name}.js") for name in ("correction_form", "whose_name"))
    # What an earlier version stored in browsers, and programs may send.
    assert set(re.findall(r'kind: "(\w+)"', code)) == set(CORRECTION_KINDS) - {"split"}


def test_the_extension_speaks_the_version_of_the_api_that_the_backend_has() -> None:
    assert int(constant((EXTENSION / "backend.js").read_text(encoding="utf-8"), "API")) == API_VERSION


def test_the_refusals_that_the_extension_explains_are_those_of_the_backend() -> None:
    problems = (EXTENSION / "problems.js").read_text(encoding="utf-8")
    refusals = problems.partition("// it answers, and refuses")[2].partition("// the page cannot be read")[0]
    explained = set(re.findall(r"^  (\w+):", refusals, re.MULTILINE))
    # What another server on the way answers, and what stands for all other codes.
    explained -= {"too_large_on_the_way", "backend", "server_error"}
    codes = {
        one.code for one in vars(errors).values() if isinstance(one, type) and issubclass(one, PersonaeError)
    }
    assert explained
    assert explained - codes == set()


def static_imports(name: str) -> set[str]:
    """Return a script of the reader page, with all that it imports before it can run."""
    found, waiting = set(), [name]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        folder = (assets.READER / name).parent
        addresses = re.findall(r'^(?:import .*|\}) from "(\.[^"]+)";$', script(name), re.MULTILINE)
        paths = ((folder / address).resolve() for address in addresses)
        waiting.extend(path.relative_to(assets.READER).as_posix() for path in paths)
    return found


def later_imports() -> set[str]:
    """Return what scripts of the reader page import when somebody uses it."""
    found = set()
    for path in assets.READER.rglob("*/*.js"):
        for address in re.findall(r'\bimport\("(\.[^"]+)"\)', path.read_text(encoding="utf-8")):
            found.add((path.parent / address).resolve().relative_to(assets.READER).as_posix())
    return found


def test_the_page_preloads_what_its_features_import_and_nothing_that_waits_for_somebody() -> None:
    features = re.findall(r'import\("\./([^"]+)"\)', script("main.js"))
    needed = static_imports("main.js").union(*map(static_imports, features))
    assert {assets.url(f"reader/{name}") for name in needed - {"main.js"}} == set(assets.modules())
    late = {f"{name}.js" for name in assets.LATER}
    assert late == set().union(*map(static_imports, later_imports())) - needed


def test_what_the_features_share_uses_none_of_them() -> None:
    for path in (assets.READER / "shared").glob("*.js"):
        addresses = re.findall(r'(?:from |import\()"([^"]+)"', path.read_text(encoding="utf-8"))
        assert [one for one in addresses if not re.fullmatch(r"\./\w+\.js", one)] == [], path.name
