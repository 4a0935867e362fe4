"""The packaged model fits the columns that features.py makes."""

from __future__ import annotations

import numpy as np
import pytest
from lxml import html

from personae.article.choose.body import look_at
from personae.article.judge.features import Features, describe
from personae.article.judge.forest import Forest, judge
from personae.article.judge.page_facts import PageFacts
from personae.page.metadata.metadata import Metadata

TREES = [
    {
        "feature": [0, 1],
        "threshold": [0.5, 2.0],
        "left": [1, -1],
        "right": [-3, -2],
        "leaf": [-2.0, 1.0, 3.0],
        "depth": 2,
    },
    {"feature": [1], "threshold": [0.0], "left": [-1], "right": [-2], "leaf": [0.0, 1.0], "depth": 1},
]


def test_forest_sums_the_leaves_its_rows_fall_into():
    rows = np.array([[0.0, 1.0], [0.5, 5.0], [1.0, -1.0]], dtype=np.float32)
    sums = np.array([-2.0 + 1.0, 1.0 + 1.0, 3.0 + 0.0])
    assert Forest.from_json(TREES)(rows) == pytest.approx(1 / (1 + np.exp(-sums)))


def test_a_page_without_blocks_has_no_scores():
    known = describe(PageFacts([], frozenset(), Metadata()))
    assert judge(known).shape == (0,)


def test_scores_part_a_story_from_a_link_list():
    text = (
        "The council met on Tuesday, heard the harbour master, and put off its vote until the autumn session."
    )
    story = "".join(f"<p>{text} Nobody objected, said member {i}.</p>" for i in range(5))
    links = "".join(
        f'<li><a href="/{i}">Ferry timetable changes again, reader {i} says</a></li>' for i in range(6)
    )
    body = html.document_fromstring(
        f'<body><article>{story}</article><div class="related"><h3>Related</h3><ul>{links}</ul></div></body>'
    ).find("body")
    _, facts = look_at(body, Metadata())
    scores = judge(describe(facts))
    by_text = {b.text: v for b, v in zip(facts.blocks, scores, strict=True)}
    assert min(v for t, v in by_text.items() if t.startswith("The council")) > 0.5
    assert max((v for t, v in by_text.items() if not t.startswith("The council")), default=0) < 0.5


def test_other_columns_are_refused():
    with pytest.raises(ValueError, match="train"):
        judge(Features(np.zeros((1, 2), np.float32), ["one", "two"], np.zeros((1, 1), np.intp)))
