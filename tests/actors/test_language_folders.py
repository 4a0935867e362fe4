"""Each language of tables: they are well made, its own examples come out, and so do those of a folder elsewhere."""

from __future__ import annotations

import ast
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from personae.actors.cast import cast
from personae.actors.languages.common.grammar import Grammar
from personae.actors.languages.common.schema import TableError, keys_of
from personae.actors.languages.common.word_table import WordTable
from personae.actors.names.recogniser import Entity
from personae.actors.registry import PACKAGED, language_of, table_of
from personae.actors.text.text_units import text_blocks

GERMAN = PACKAGED / "de"
OUTSIDE = "gsw"  # Swiss German, which the package does not have
GUIDE = Path(__file__).parents[2] / "docs" / "languages-of-actors.md"
# What the examples of every language must show, as docs/languages-of-actors.md lists it.
SHOWS = {
    *("title before", "title with a complement", "role after", "predicate", "age"),
    *("quotation, cue after", "quotation, auxiliary and participle apart", "quotation, pronoun"),
    *("quotation after a colon", "reported clause", "reported clause, compound past", "according to"),
    *("dealt with", "acts", "surname"),
}


def examples(folder):
    return tomllib.loads((folder / "examples.toml").read_text(encoding="utf-8"))


FOLDERS = sorted(file.parent for file in PACKAGED.glob("*/words.toml"))
EXAMPLES = [
    pytest.param(folder, example, examples(folder)["names"], id=f"{folder.name}-{example['shows']}")
    for folder in FOLDERS
    for example in examples(folder)["example"]
]


@pytest.fixture(scope="module")
def languages(tmp_path_factory):
    """A folder of languages outside the package, with one in it that has the tables of German."""
    folder = tmp_path_factory.mktemp("languages")
    shutil.copytree(GERMAN, folder / OUTSIDE)
    return folder


def found(text, names, language):
    """Return the actors of a text whose names a model finds and labels as given: name -> what is told of it."""
    blocks = text_blocks(title="", standfirst="", text=text)
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    entities = [[Entity(*m.span(), names[m[0]]) for m in pattern.finditer(b.plain)] for b in blocks]
    return cast(blocks, entities, language)


@pytest.mark.parametrize(("folder", "example", "names"), EXAMPLES)
def test_the_examples_of_a_language_come_out(folder, example, names):
    actors = found(example["text"], names, language_of(folder.name))
    told = {actor.name: (actor.role, [quote.text for quote in actor.quotes]) for actor in actors}
    assert told == {one["name"]: (one.get("role"), one.get("quotes", [])) for one in example["actors"]}
    aliases = {actor.name: list(actor.aliases) for actor in actors}
    for one in example["actors"]:
        assert aliases[one["name"]] == one.get("aliases", [one["name"]])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_examples_show_all_that_a_language_needs(folder):
    assert SHOWS - {example["shows"] for example in examples(folder)["example"]} == set()


def test_a_language_is_found_where_its_folder_is(languages):
    assert table_of("gsw-CH", (languages, PACKAGED)) is not None
    assert table_of("gsw") is None
    assert table_of("fr", (languages, PACKAGED)) is not None


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "words.toml",
            "honorifics = [",
            "honours = [",
            "key 'honorifics' is missing; it lists words before a name",
        ),
        ("words.toml", "pronouns =", "pronoun =", "key 'pronoun' is not known; did you mean 'pronouns'?"),
        (
            "words.toml",
            'pronouns = ["er", "sie"]',
            'pronouns = "er"',
            "key 'pronouns': must be a list of words",
        ),
        ("words.toml", '["er", "sie"]', '["er", "Er"]', "key 'pronouns': 'er' stands there twice"),
        ("words.toml", '["er", "sie"]', '["er", " "]', "key 'pronouns': holds an empty word"),
        (
            "words.toml",
            '"Wien" = "AT"',
            '"Wien" = "Austria"',
            "key 'seats': 'Wien' must have the two capitals",
        ),
        ("words.toml", "[seats]", "[seats", "is no TOML"),
        ("grammar.toml", "copulas =", "copula =", "key 'copulas' is missing; it lists verbs between a name"),
        (
            "grammar.toml",
            "(?P<now>{cues}|[",
            "(?P<now>{cue}|[",
            "key 'after_quotation': {cue} is no list of words.toml",
        ),
        (
            "grammar.toml",
            "{4,}te)(?: (?:sich",
            "{4,}te(?: (?:sich",
            "key 'after_quotation': is no regular expression",
        ),
        (
            "grammar.toml",
            "(?P<past>{participles})(?!",
            "{participles}(?!",
            "must name the words that it finds",
        ),
        ("grammar.toml", "(?P<source>", "(?P<sauce>", "has a group 'sauce', which nobody reads"),
        ("grammar.toml", "{2,80},)? '", "{2,80},)?'", "key 'after_source': matches nothing at all"),
        ("grammar.toml", "split_participle = ", "# ", "key 'split_participle' is missing"),
        ("grammar.toml", 'open = "»"', 'opens = "»"', "key 'quotation_marks': must have open and close"),
    ],
)
def test_a_fault_is_told_with_its_file_and_key(tmp_path, file, old, new, message):
    folder = tmp_path / "de"
    shutil.copytree(GERMAN, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(TableError) as refused:
        language_of("de", (tmp_path,))
    assert f"languages/de/{file}" in str(refused.value)
    assert message in str(refused.value)


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    (tmp_path / "xy").mkdir()
    (tmp_path / "xy" / "words.toml").write_text('cues = ["says"]\n', encoding="utf-8")
    with pytest.raises(TableError) as refused:
        language_of("xy", (tmp_path,))
    assert str(refused.value).count("languages/xy/words.toml: key ") == 19


def test_a_language_of_tables_needs_both(tmp_path):
    shutil.copytree(GERMAN, tmp_path / "de")
    (tmp_path / "de" / "grammar.toml").unlink()
    with pytest.raises(TableError, match=r"languages/de/grammar\.toml is missing"):
        language_of("de", (tmp_path,))


@pytest.mark.parametrize(("heading", "schema"), [("words.toml", WordTable), ("grammar.toml", Grammar)])
def test_the_guide_has_every_key_of_a_table(heading, schema):
    section = GUIDE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    assert re.findall(r"(?m)^\| `(\w+)` \|", section) == list(keys_of(schema))


def test_the_rules_that_languages_share_know_no_word_of_one(languages):
    """Every string in their code is looked for in the lists of each language."""
    known = {word for folder in FOLDERS for word in every_word(folder) if len(word) > 2}
    rooms = (
        PACKAGED / "common",
        *(PACKAGED.parent / room for room in ("merge", "salience", "tables", "text")),
    )
    code = [file for room in rooms for file in room.glob("*.py")]
    found = {(file.name, word) for file in code for word in words_in_strings(file) if word in known}
    assert found == set()


def every_word(folder):
    """Return the words of a language, but for names and codes."""
    tables = [
        tomllib.loads((folder / file).read_text(encoding="utf-8")) for file in ("words.toml", "grammar.toml")
    ]
    lists = [v for table in tables for v in table.values() if isinstance(v, list)]
    return {w.strip(" ,'").lower() for words in lists for w in words if isinstance(w, str)}


def words_in_strings(file):
    """Return the words in the strings of a module, without labels ("PER") and what is for people to read."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    for_people = {id(string) for node in nodes if is_for_people(node) for string in ast.walk(node)}
    strings = [n.value for n in nodes if isinstance(n, ast.Constant) and id(n) not in for_people]
    return {
        word.lower()
        for text in strings
        if isinstance(text, str)
        for word in re.findall(r"[^\W\d_]+", text)
        if not word.isupper()
    }


def is_for_people(node):
    """Return whether the strings of a node are read by people: a docstring, a message, what a key holds."""
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") in {"Key", "listing", "_cue", "_pattern"}
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_docstring or isinstance(node, ast.Yield | ast.Raise)


def test_a_word_of_a_language_in_shared_code_would_be_seen(tmp_path):
    (tmp_path / "module.py").write_text('PATTERN = r" (?:est|était) "\n"""Says est."""\n', encoding="utf-8")
    assert {"est", "était"} <= words_in_strings(tmp_path / "module.py") & every_word(PACKAGED / "fr")
