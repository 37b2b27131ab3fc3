"""Every kind is written once, and all who speak of kinds know every one of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from doichieu.comparison.wording import FINDINGS
from doichieu.lexicon import load
from doichieu.model import PROBLEM_CODES, SEVERITY_ORDER, Kind, Role, Severity, problem_code
from doichieu.naming import kind_names
from doichieu.report.panels import COVERAGE_CLASS, _class

ROOT = Path(__file__).resolve().parents[1]
KINDS = set(get_args(Kind))
ROLES = set(get_args(Role))
SEVERITIES = set(get_args(Severity))
LANGUAGES = ("report_vi", "report_en")


def test_sentences_know_every_kind() -> None:
    assert set(FINDINGS) == KINDS


@pytest.mark.parametrize("name", LANGUAGES)
def test_both_languages_know_every_kind(name: str) -> None:
    words = load(name)
    assert set(words["kinds"]) == KINDS
    assert set(words["severities"]) == SEVERITIES
    assert set(words["roles"]) == ROLES


def test_both_languages_have_the_same_words() -> None:
    vi, en = (load(name) for name in LANGUAGES)
    assert {k: set(v) for k, v in vi.items()} == {k: set(v) for k, v in en.items()}


def test_the_table_of_severities_names_only_kinds_and_covers_each() -> None:
    named = {kind for rule in load("severity")["rule"] for kind in rule["kinds"]}
    assert named == KINDS
    assert set(SEVERITY_ORDER) == SEVERITIES


def test_panels_know_every_kind_and_no_other() -> None:
    members = [kind for kinds in COVERAGE_CLASS.values() for kind in kinds]
    assert sorted(members) == sorted(KINDS)
    with pytest.raises(ValueError, match="no class"):
        _class(["unheard_of"])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_of_document_has_a_name(lang: str) -> None:
    ids = [entry["id"] for entry in load("kinds")["kind"]]
    assert list(kind_names(lang)) == ids and len(set(ids)) == len(ids)
    assert all(kind_names(lang).values())


@pytest.mark.parametrize("name", ["docs/SCHEMA.md"])
def test_documents_name_every_kind(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not [kind for kind in (*KINDS, *ROLES) if not re.search(rf"(?<!\w){kind}(?!\w)", text)]


def test_every_format_names_an_extra_that_exists() -> None:
    from doichieu import export

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {extra for _, _, extra in export._WRITERS.values() if extra} <= set(extras)


def test_every_problem_code_is_told_and_described() -> None:
    code = "\n".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "pipeline").rglob("*.py") if p.parent.name != "model"
    )
    assert [name for name in PROBLEM_CODES if f'"{name}"' not in code] == []
    told = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "SCHEMA.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in PROBLEM_CODES if told.count(name) != 1] == []
    order = load("problems")["order"]
    assert len(order) == len(set(order)) and set(order) <= set(PROBLEM_CODES)


def test_every_code_of_a_fault_is_one_of_a_problem_row() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "pipeline" / "doichieu" / "reading").rglob("*.py"))
    assert [name for name in re.findall(r'code="(\w+)"', code) if name not in PROBLEM_CODES] == []
    with pytest.raises(ValueError, match="nobody"):
        problem_code("nobody")
