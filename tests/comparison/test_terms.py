"""The examples and counter-examples of the terms and standards of comparison, run by the code that uses them."""

from __future__ import annotations

from typing import Any

import pytest

from doichieu.comparison.meaning.cleaned import unified
from doichieu.comparison.meaning.standards import mark, times_a_year
from doichieu.comparison.meaning.terms import are_apart, in_words, is_part, parts, tokens
from doichieu.comparison.meaning.wholes import joined
from doichieu.lexicon import load
from doichieu.text import fold


@pytest.mark.parametrize("entry", load("parts")["wider"], ids=lambda e: e["term"])
def test_parts_of_a_wider_term(entry: dict[str, Any]) -> None:
    wide = in_words(tokens(entry["term"]))
    below = parts()[wide]
    for text in entry["examples"]:
        assert any(is_part(term, wide) for term in joined(tokens(unified(text)), set(below))), text
    for text in entry["not_examples"]:
        assert not any(is_part(term, wide) for term in joined(tokens(unified(text)), set(below))), text


@pytest.mark.parametrize("entry", load("parts")["wider"], ids=lambda e: e["term"])
def test_each_part_is_written_as_equivalents_leave_it(entry: dict[str, Any]) -> None:
    for form in [entry["term"], *entry.get("parts", ()), *entry.get("also", ())]:
        assert tokens(unified(form)) == tokens(form)
    for form in entry.get("parts", ()):
        assert len(tokens(form)) == 1


def test_no_term_is_a_part_of_itself() -> None:
    assert not [term for term, below in parts().items() if term in below]


@pytest.mark.parametrize(
    "entry", [e for e in load("equivalents")["equivalent"] if "examples" in e], ids=lambda e: e["means"]
)
def test_wordings_of_one_meaning(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert entry["means"] in unified(fold(text)), text
    for text in entry["not_examples"]:
        assert entry["means"] not in unified(fold(text)), text


@pytest.mark.parametrize("entry", load("terms")["apart"], ids=lambda e: e["groups"][0][0])
def test_terms_that_exclude_each_other(entry: dict[str, Any]) -> None:
    for one, other in entry["examples"]:
        assert are_apart(one, other)
        assert are_apart(other, one)
    for one, other in entry["not_examples"]:
        assert not are_apart(one, other)


@pytest.mark.parametrize("entry", load("terms")["apart"], ids=lambda e: e["groups"][0][0])
def test_no_term_excludes_itself(entry: dict[str, Any]) -> None:
    for forms in entry["groups"]:
        for form in forms:
            assert not are_apart(form, form)


@pytest.mark.parametrize("entry", [*load("standards")["words"], *load("standards")["figures"]], ids=lambda e: e["id"])
def test_standards(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert entry["id"] in [s.key for s in mark(text.lower())[1]], text
    for text in entry["not_examples"]:
        assert entry["id"] not in [s.key for s in mark(text.lower())[1]], text


@pytest.mark.parametrize("unit", load("standards")["times"])
def test_times_a_year(unit: str) -> None:
    assert times_a_year(f"3 lần/{unit}") == 3 * load("standards")["times"][unit]
