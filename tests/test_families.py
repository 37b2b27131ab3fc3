"""A family of words stands in its lexicon; no pattern spells one by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import doichieu
from doichieu.lexicon import load
from doichieu.lexicon.families import Family, family, members

FAMILIES = load("families")["family"]
PACKAGE = Path(doichieu.__file__).parent
#: Patterns that name some members because they mean these and not the family.
REASONS = {
    "comparison/duties/task_parts.py": "syllables that tell no task from another",
    "comparison/authorities/counterparts.py": "quantifiers of a plural; committees of the Party by their level",
    "comparison/authorities/levels.py": "each level of administration by itself",
    "comparison/relations/kinds.py": "the three grades of officials, not land",
    "extraction/agencies/names.py": "committees of the Party by their level",
    "extraction/agencies/place.py": "quantifiers of a plural; the order of units where a comma was lost",
    "extraction/agencies/registry.py": "quantifiers of a plural; names of Party committees by their first syllable",
    "extraction/agencies/cells.py": "adjectives that narrow a body",
    "extraction/checks/values.py": "what marks a part of a whole",
    "extraction/citations/numbers.py": "where the name of a place ends in an issuer's name",
    "extraction/citations/parts.py": "what may follow the name of a document, and issuers in their two spellings",
    "extraction/targets/counted.py": "settlements that are numbered, not named",
    "extraction/targets/counts.py": "deeds that have no outcome to count",
    "extraction/targets/figures.py": "whom a rank is among",
    "extraction/targets/references.py": "who stands for the document above",
    "extraction/targets/shares.py": "quantifiers of a plural",
    "extraction/tasks/acts.py": "verbs whose object is a report",
    "extraction/tasks/bodies.py": "verbs that take another along",
    "extraction/tasks/doer_words.py": "quantifiers of a plural",
    "extraction/tasks/role_lists.py": "the verb of a cell, each with its role",
    "extraction/tasks/role_words.py": "syllables that begin no deed",
    "extraction/times/units.py": "each period with the words it takes",
    "naming.py": "whom a rank is among",
    "resolve/meant.py": "whose body an issuer is; what matches documents reads no lexicon",
    "segmentation/line_fit.py": "heads of columns",
    "segmentation/line_tables.py": "heads of columns",
    "segmentation/tables.py": "heads of columns",
}


@pytest.mark.parametrize("entry", FAMILIES, ids=lambda e: e["name"])
def test_a_family_holds_its_examples_and_no_others(entry: dict[str, Any]) -> None:
    pattern = re.compile(rf"(?<!\w){family(entry['name'])}(?!\w)")
    assert all(pattern.search(text) for text in entry["examples"])
    assert not [text for text in entry["not_examples"] if pattern.search(text)]


@pytest.mark.parametrize(("name", "word"), [(e["name"], w) for e in FAMILIES for w in e["words"]])
def test_every_member_is_read(name: Family, word: str) -> None:
    match = re.compile(family(name)).fullmatch(word)
    assert match is not None and word in members(name)


def spelt_by_hand() -> Iterator[str]:
    """The modules with a string in which two members of a family stand as alternatives."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value):
                continue
            alternatives = [word.strip("()?: ") for word in node.value.split("|")]
            if any(sum(word in entry["words"] for word in alternatives) >= 2 for entry in FAMILIES):
                yield path.relative_to(PACKAGE).as_posix()


def test_no_pattern_spells_a_family_by_hand() -> None:
    found = set(spelt_by_hand())
    assert found - set(REASONS) == set(), "ask doichieu.lexicon.families for the family"
    assert set(REASONS) - found == set(), "the reason is needed no more"
