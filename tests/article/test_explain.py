"""What became of each block of a page, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import personae
from personae.article.explain import Verdict, explain
from personae.cli import main
from personae.errors import EmptyPage, NoArticle
from personae.page.parse.parser import parse

PAGE = Path(__file__).parents[1] / "pages" / "newsletter-boxes" / "source.html"
SOURCE = PAGE.read_text(encoding="utf-8")


def of(found: list[Verdict], beginning: str) -> Verdict:
    return next(v for v in found if v.text.startswith(beginning))


def test_what_is_kept_is_the_text_of_the_article() -> None:
    kept = [v.text for v in explain(parse(SOURCE)).blocks if v.kept]
    assert kept == personae.read(SOURCE, actors=False).paragraphs


def test_what_went_has_the_kind_and_the_reason_of_its_removal() -> None:
    verdict = of(explain(parse(SOURCE)).blocks, "The Closing Bell")
    assert (verdict.kept, verdict.inside, verdict.kind) == (False, True, "newsletter")
    assert verdict.reason in {r.reason for r in personae.read(SOURCE, actors=False).removed}


def test_the_rule_that_overrules_the_model_is_named() -> None:
    verdict = of(explain(parse(SOURCE)).blocks, "Enjoying this story?")
    assert (verdict.kept, verdict.rule) == (False, "call")
    assert verdict.score is not None
    assert verdict.score > 0.6


def test_a_page_with_nothing_to_read_is_explained_too() -> None:
    page = "<body><h1>Search</h1><form><p>Enter a word.</p><button>Go</button></form></body>"
    found = explain(parse(page))
    assert found.page.kind == "nothing"
    assert "characters of prose" in found.page.line()
    assert [(v.text, v.kept) for v in found.blocks if v.tag != "button"] == [
        ("Search", False),
        ("Enter a word.", False),
    ]
    assert all(v.score is not None for v in found.blocks)


def test_a_page_that_is_empty_has_nothing_to_explain() -> None:
    with pytest.raises(EmptyPage):
        explain(parse(""))


def test_the_command_prints_a_line_a_block_and_with_all_the_whole_page() -> None:
    result = CliRunner().invoke(main, ["explain", str(PAGE)])
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith("page: story (")
    assert any(line.startswith("kept") and "The 212 workers" in line for line in lines)
    assert any("newsletter" in line and "(A form that asks for an e-mail address" in line for line in lines)
    everything = CliRunner().invoke(main, ["explain", str(PAGE), "--all"]).output.splitlines()
    assert set(lines) < set(everything)


def test_the_command_says_what_to_do_about_a_page_without_a_story(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<html><body><p>Loading</p></body></html>", encoding="utf-8")
    result = CliRunner().invoke(main, ["explain", str(file)])
    assert result.exit_code == 1
    assert result.output.startswith("page: nothing")
    assert NoArticle.default_hint in result.output


def test_the_example_in_the_docs_is_what_the_command_prints() -> None:
    """But for the model's numbers, and what a rule had to add to them: those change with its training."""
    page = (Path(__file__).parents[2] / "docs" / "extraction.md").read_text(encoding="utf-8")
    example = [line.strip() for line in page.splitlines() if line.startswith(("    kept ", "    out "))]
    printed = CliRunner().invoke(main, ["explain", str(PAGE)]).output.splitlines()[1:]
    assert len(example) > 10
    assert [told(line) for line in example] == [told(line) for line in printed][1 : 1 + len(example)]


def told(line: str) -> str:
    """Return a line of the command without the model's number and its mark of a rule."""
    return line[:4] + line[14:].rstrip()


def test_a_rule_can_be_passed_over() -> None:
    line = "Enjoying this story?"
    explained = CliRunner().invoke(main, ["explain", str(PAGE), "--without", "call"]).output.splitlines()
    assert any(found.startswith("kept") and line in found for found in explained)
    assert line in personae.read(SOURCE, actors=False, without_rules={"call", "box"}).text
    assert line not in personae.read(SOURCE, actors=False, without_rules={"box"}).text


@pytest.mark.parametrize("command", ["explain", "read"])
def test_a_rule_that_there_is_not_gets_an_error_that_lists_the_rules(command: str) -> None:
    result = CliRunner().invoke(main, [command, str(PAGE), "--without", "newsletters"])
    assert result.exit_code == 2
    assert "no such rule: newsletters" in result.output
    assert "call, pointer, remark" in " ".join(result.output.split())
