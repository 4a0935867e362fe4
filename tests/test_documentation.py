"""The documentation holds together: links lead somewhere, every page is found from the README, no picture is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"""(?:\]\(|src="|srcset="|href=")([^)"\s]+)""")


def targets(page: Path) -> list[tuple[Path, str]]:
    """What a page links to within the repository: file, and anchor or ""."""
    found = []
    for address in LINK.findall(page.read_text("utf-8")):
        if "://" not in address and not address.startswith(("mailto:", "data:")):
            path, _, anchor = address.partition("#")
            found.append(((page.parent / path).resolve() if path else page, anchor))
    return found


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading) for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_to_a_heading_in_it(page: Path) -> None:
    for file, anchor in targets(page):
        assert file.exists(), file
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), f"{file.name}#{anchor}"


def test_every_page_is_found_from_the_readme() -> None:
    seen, waiting = set(), [README]
    while waiting:
        page = waiting.pop()
        if page not in seen and page.suffix == ".md":
            seen.add(page)
            waiting.extend(file for file, _ in targets(page))
    assert set(PAGES) <= seen


def test_every_picture_of_the_documentation_is_shown_somewhere() -> None:
    shown = {file for page in PAGES for file, _ in targets(page)}
    assert {
        file for folder in ("screenshots", "figures") for file in (ROOT / "docs" / folder).iterdir()
    } <= shown
