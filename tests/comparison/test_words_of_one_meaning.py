"""Words and deeds of one meaning: each entry's examples say the same, its counter-examples do not."""

from __future__ import annotations

from typing import Any

import pytest

from doichieu.comparison.meaning.cleaned import unified
from doichieu.comparison.meaning.deeds import without_kin
from doichieu.comparison.meaning.terms import as_one, tokens
from doichieu.lexicon import load
from doichieu.text import fold


@pytest.mark.parametrize("entry", load("synonyms")["synonym"], ids=lambda e: e["words"][0])
def test_words_of_one_meaning(entry: dict[str, Any]) -> None:
    def read(text: str) -> str:
        return as_one(unified(fold(text)))

    for one, other in entry["examples"]:
        assert read(one) == read(other)
    for one, other in entry["not_examples"]:
        assert read(one) != read(other)


@pytest.mark.parametrize("entry", load("deeds")["deed"], ids=lambda e: " ".join(e["words"][:2]))
def test_deeds_that_promise_the_same(entry: dict[str, Any]) -> None:
    for wordings, same in ((entry["examples"], True), (entry["not_examples"], False)):
        for wording in wordings:
            one, other = (tokens(unified(fold(text))) for text in wording)
            common = [term for term in one if term in other]
            alone = [term for term in one if term not in other], [term for term in other if term not in one]
            kin = without_kin(alone[0], alone[1], common)
            assert bool(kin or not alone[0]) is same, (alone, common)
