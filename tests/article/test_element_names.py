"""What the names of elements tell."""

from __future__ import annotations

import pytest

from personae.article.vocabulary.element_names import bit, kinds_named, name_kinds, names_of
from personae.markup.tree import new_element


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Article__ReadMore_x7", "related"),
        ("ad-slot-2", "advert"),
        ("ads_300", "advert"),
        ("js-newsletter", "newsletter"),
        ("article-factBox", "inset"),
        ("KeyPoints_list", "summary"),
    ],
)
def test_a_name_tells_its_kind_however_it_is_written(name: str, kind: str) -> None:
    assert kinds_named(name.lower()) & bit(kind)


@pytest.mark.parametrize("name", ["shadow", "header-brand", "gradient", "loading"])
def test_a_whole_word_is_not_found_inside_another(name: str) -> None:
    assert not kinds_named(name) & bit("advert")


def test_names_come_from_class_id_role_and_label_and_not_from_other_attributes() -> None:
    element = new_element(
        "div", {"class": "Story", "id": "Main", "aria-label": "Share this", "title": "Related"}
    )
    assert names_of(element) == "story main share this"


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="tuple"):
        bit("no-such-kind")
    assert len(name_kinds()) <= 64
