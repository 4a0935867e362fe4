"""How much an actor matters: what raises it, and which actors of a story are key."""

from __future__ import annotations

from personae.actors.languages.base import Candidate
from personae.actors.languages.en.agency import uses
from personae.actors.languages.en.salience import features, salience
from personae.actors.languages.en.words.weights import weights
from personae.actors.merge.cluster import Cluster
from personae.actors.salience.key_actors import is_key
from personae.actors.text.found_names import Name
from personae.actors.text.text_units import text_blocks
from personae.model import Quote

FILLER = "The rain went on for days and nobody in the valley had slept."


def ranked(paragraphs, *names, quoted=0):
    """Return the salience of each name in a text of these paragraphs, `quoted` characters of it each one's words."""
    parts = text_blocks(title="", standfirst="", text="\n\n".join(paragraphs))
    actors = []
    said = [Quote(0, quoted, "", "said")] if quoted else []
    for text in names:
        made = Cluster(text, "person")
        for number, part in enumerate(parts):
            start = part.text.find(text)
            if start >= 0:
                made.add(Name(number, start, start + len(text), text, "person"), "exact")
        actors.append(Candidate(made, None, uses(parts, made.names)))
    return [salience(row) for row in features(parts, actors, [said] * len(actors))]


def test_who_comes_in_the_lead_matters_more():
    story = [FILLER, "It was Ann Lee who came.", *[FILLER] * 6, "It was Tom Fox who came.", FILLER]
    ann, tom = ranked(story, "Ann Lee", "Tom Fox")
    assert ann > tom


def test_whose_words_fill_the_story_matters_more():
    story = [FILLER, "It was Ann Lee who came.", *[FILLER] * 6]
    (silent,) = ranked(story, "Ann Lee")
    (heard,) = ranked(story, "Ann Lee", quoted=200)
    assert heard > silent


def test_who_is_named_before_the_others_matters_more():
    first, second = ranked(["It was Ann Lee who came with Tom Fox.", FILLER], "Ann Lee", "Tom Fox")
    assert first > second


def test_an_outlet_that_is_only_told_matters_less():
    told, met = ([f"It was Ann Lee who {verb} Tern Post so.", FILLER] for verb in ("told", "met"))
    assert ranked(told, "Tern Post") < ranked(met, "Tern Post")


def test_there_are_few_features_and_each_has_a_weight():
    blocks = text_blocks(title="", standfirst="", text="Ann Lee came.")
    made = Cluster("Ann Lee", "person")
    made.add(Name(0, 0, 7, "Ann Lee", "person"), "exact")
    (row,) = features(blocks, [Candidate(made, None, uses(blocks, made.names))], [[]])
    assert set(row) == set(weights()["key"])
    assert len(row) <= 1 + 9


def test_key_is_who_is_not_far_behind_the_first():
    assert is_key(0.4, first=0.6)
    assert not is_key(0.34, first=0.99)
    assert is_key(0.99, first=0.99)
    assert not is_key(0.2, first=0.2)
