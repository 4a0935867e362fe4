"""What a screen reader tells of a page: a walk through Chromium's own accessibility tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.accessibility.stage import Stage

from personae.model import Article

LANDMARKS = {"banner", "main", "complementary", "contentinfo", "navigation", "region"}
FOOTER = "sectionfooter"  # Chromium's name for the footer of an article


@dataclass(frozen=True)
class Node:
    """One object as assistive software gets it: role and name, and what stands in it."""

    role: str
    name: str
    level: int | None
    focusable: bool
    children: tuple[Node, ...]

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *roles: str) -> list[Node]:
        return [node for node in self.walk() if node.role in roles]

    def one(self, role: str, name: str | None = None) -> Node:
        found = [node for node in self.all(role) if name is None or node.name == name]
        assert len(found) == 1, f"{role} {name or ''}: {[node.name for node in found]}"
        return found[0]

    @property
    def text(self) -> str:
        return " ".join("".join(node.name for node in self.all("StaticText")).split())


def tree_of(page: Page) -> Node:
    """Return the tree; what Chromium itself keeps from assistive software is not in it, its children are."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()

    def made(node: dict[str, Any]) -> Iterator[Node]:
        kept = (nodes[i] for i in node.get("childIds", ()) if i in nodes)
        children = tuple(one for child in kept for one in made(child))
        if node["ignored"]:
            yield from children
            return
        told = {item["name"]: item["value"].get("value") for item in node.get("properties", ())}
        yield Node(
            role=node["role"]["value"],
            name=" ".join(str(node.get("name", {}).get("value", "")).split())
            if node["role"]["value"] != "StaticText"
            else node["name"]["value"],
            level=told.get("level"),
            focusable=bool(told.get("focusable")),
            children=children,
        )

    root = next(node for node in nodes.values() if "parentId" not in node)
    (tree,) = made(root)
    return tree


def in_order(tree: Node, wanted: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return which of these (role, name) come one after another in the tree, in their order."""
    heard, nodes = [], tree.walk()
    for role, name in wanted:
        if any(node.role == role and node.name.startswith(name) for node in nodes):
            heard.append((role, name))
    return heard


def test_the_story_is_heard_in_order(stage: Stage, demo: Article) -> None:
    tree = tree_of(stage.open("/read/demo"))
    assert tree.name == f"{demo.title} · {demo.site}"
    wanted = [
        ("link", "Skip to the story"),
        ("banner", ""),
        ("link", f"{demo.site} original page"),
        ("button", "Listen"),
        ("button", "Display settings"),
        ("main", ""),
        ("article", demo.title),
        ("heading", demo.title),
        ("complementary", "Cast"),
        ("heading", "CAST"),  # the browser hands on capitals that the style makes
        ("button", "Story map"),
        ("list", ""),
        ("paragraph", ""),
        (FOOTER, ""),
    ]
    assert in_order(tree, wanted) == wanted
    (title,) = [node for node in tree.all("heading") if node.level == 1]
    assert title.text == demo.title
    heard = tree.one("article").text
    assert heard.index(demo.title) < heard.index("Ada Whitlock") < heard.index("Full article")


def test_the_cast_is_a_list_of_names_with_type_and_number(stage: Stage, demo: Article) -> None:
    tree = tree_of(stage.open("/read/demo"))
    cast = tree.one("complementary", "Cast")
    key = [actor for actor in demo.actors if actor.key]
    items = cast.all("list")[0].all("listitem")
    assert len(items) == len(key)
    types = {"person": "person", "organization": "organisation", "country": "country"}
    for item, actor in zip(items, key, strict=True):
        assert item.all("link")[0].name.replace(" ,", ",") == f"{actor.name}, {types[actor.type]}"
        number = item.all("button")[0].name
        assert f"{len(actor.mentions)} mention" in number
        assert actor.name in number
        assert actor.role is None or actor.role in item.text
    assert "graphics-document" not in {node.role for node in cast.walk()}, "the lanes are for the eye"


def test_paragraphs_are_told_without_noise_from_marks(stage: Stage, demo: Article) -> None:
    tree = tree_of(stage.open("/read/demo"))
    told = {node.text: {one.role for one in node.walk()} for node in tree.all("paragraph", "heading")}
    for paragraph in demo.text.split("\n\n"):
        roles = told[" ".join(paragraph.split())]
        assert roles <= {"paragraph", "heading", "StaticText", "InlineTextBox", "link", "generic"}, paragraph


def test_what_was_done_to_the_page_is_told_at_the_end(stage: Stage, demo: Article) -> None:
    page = stage.open("/read/demo")
    account = tree_of(page).one(FOOTER)
    folded = account.all("DisclosureTriangle")[0]
    assert str(len(demo.removed)) in folded.name
    page.locator(".removed summary").press("Enter")
    items = tree_of(page).one(FOOTER).all("listitem")
    assert len(items) == len(demo.removed)
    assert all(item.text for item in items)


@pytest.mark.parametrize(
    "path",
    [
        "/read/demo",
        "/read/rich",
        "/read/preview",
        "/read/arabic",
        "/",
        "/new",
        "/articles/recent",
        "/articles/forget",
        "/try",
        "/problem",
    ],
)
def test_headings_leave_out_no_level(stage: Stage, path: str) -> None:
    levels = [node.level or 0 for node in tree_of(stage.open(path)).all("heading")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("key", ["", "m", "1"])
@pytest.mark.parametrize("path", ["/read/demo", "/read/rich", "/read/preview"])
def test_each_landmark_is_one_of_its_kind_or_has_a_name_of_its_own(stage: Stage, path: str, key: str) -> None:
    page = stage.open(path)
    if key:
        page.keyboard.press(key)
    found = [(node.role, node.name) for node in tree_of(page).walk() if node.role in LANDMARKS]
    assert len(found) == len(set(found)), found
    assert [
        name for role, name in found if role in {"complementary", "region", "navigation"} and not name
    ] == []


def test_pictures_are_told_by_their_words_and_signs_not_at_all(stage: Stage) -> None:
    tree = tree_of(stage.open("/read/rich"))
    assert [node.name for node in tree.all("image")] == ["The sea", "A survey ship in ice"]
    assert tree.all("SvgRoot", "graphics-document") == []


@pytest.mark.parametrize(
    "path", ["/read/demo", "/read/rich", "/", "/new", "/articles/recent", "/try", "/problem"]
)
def test_every_control_has_a_name(stage: Stage, path: str) -> None:
    page = stage.open(path)
    for key in ("", "m", "s", "?"):
        if key:
            page.keyboard.press(key)
        nameless = [node.role for node in tree_of(page).walk() if node.focusable and not node.name]
        assert [role for role in nameless if role not in {"RootWebArea", "dialog", "code", "pre"}] == []


def test_what_happens_is_said_politely(stage: Stage) -> None:
    page = stage.open("/read/brief")
    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.press("f")
    page.locator(".said").wait_for()
    lines = page.locator("[aria-live], [role=status], [role=alert], [role=log], output")
    assert lines.count() > 1
    roles = {line.get_attribute("role") for line in lines.all()}
    assert roles == {"status"}, "what does not wait interrupts"
    said = tree_of(page).all("status")
    assert any("2 of" in node.text for node in said) or any("paragraph" in node.text for node in said)
