"""The examples and counter-examples of the lexicons, run in both directions by the code that uses them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from doichieu.comparison.authorities.counterparts import answers_for
from doichieu.comparison.authorities.successors import succession
from doichieu.comparison.authorities.territory import level_of_body
from doichieu.comparison.owed.applicability import central_task, national
from doichieu.extraction.targets.commitments import modality_of
from doichieu.extraction.targets.grades import find_grades
from doichieu.extraction.targets.quantities import find_quantities
from doichieu.lexicon import _HERE, load, names
from doichieu.lexicon.headings import zone_of_heading
from doichieu.lexicon.named_words import words_of
from doichieu.lexicon.places import printed, today
from doichieu.lexicon.shapes import SHAPES
from doichieu.segmentation.quoted import verb_of


@pytest.mark.parametrize("name", names())
def test_every_file_says_who_reads_it(name: str) -> None:
    assert (_HERE / f"{name}.toml").read_text(encoding="utf-8").startswith("#")


@pytest.mark.parametrize("name", names())
def test_every_file_has_its_shape(name: str) -> None:
    assert name in SHAPES
    load(name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[kind]]\nid = "x"\nlabl = "X"\nnames = []\nsymbols = []\n', "labl"),
        ('[[kind]]\nid = 5\nlabel = "X"\nnames = []\nsymbols = []\n', "$.kind["),
        ("[[kind]\n", "line 1"),
    ],
)
def test_a_mistake_in_the_own_lexicon_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "kinds.toml").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt").write_text("KẾ HOẠCH\n\nI. NỘI DUNG\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "doichieu.cli", "extract", "a.txt", "--out", "ra"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "DOICHIEU_LEXICON": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 2
    assert str(tmp_path / "kinds.toml") in done.stderr and said in done.stderr
    assert "a.txt" not in done.stderr


@pytest.mark.parametrize(("name", "command"), [("units", "extract"), ("standards", "diff")])
def test_a_lexicon_that_is_broken_is_named_as_itself(tmp_path: Path, name: str, command: str) -> None:
    import shutil

    shutil.copytree(_HERE.parent, tmp_path / "p" / "doichieu", ignore=shutil.ignore_patterns("__pycache__"))
    broken = tmp_path / "p" / "doichieu" / "lexicon" / f"{name}.toml"
    broken.write_text(broken.read_text(encoding="utf-8") + "x = [\n", encoding="utf-8")
    for file in ("a.txt", "b.txt"):
        text = f"KẾ HOẠCH\n\nI. NỘI DUNG\n\n- {file[0]}: 70% hộ dân dùng nước sạch; mỗi năm mở 02 lớp.\n"
        (tmp_path / file).write_text(text, encoding="utf-8")
    rest = ["b.txt"] if command == "extract" else ["--parent", "b.txt"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "doichieu.cli", command, "a.txt", *rest, "--out", "ra"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "p"), "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert done.stderr.count(str(broken)) == 1
    assert "a.txt" not in done.stderr and "b.txt" not in done.stderr and "lỗi bên trong" not in done.stderr


@pytest.mark.parametrize("entry", load("repairs")["repair"], ids=lambda e: e["id"])
def test_repairs(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert re.search(entry["pattern"], text), text
    for text in entry["not_examples"]:
        assert not re.search(entry["pattern"], text), text


@pytest.mark.parametrize("entry", load("headings")["zone"], ids=lambda e: e["zone"])
def test_headings(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert zone_of_heading(text) == entry["zone"], text
    for text in entry.get("not_examples", []):
        assert zone_of_heading(text) != entry["zone"], text


@pytest.mark.parametrize(
    "entry",
    [*load("comparators")["before"], *load("comparators")["after"]],
    ids=lambda e: f"{e['operator']}-{e['words'][0]}",
)
def test_comparators(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert entry["operator"] in [q.operator for q in find_quantities(text)], text
    for text in entry.get("not_examples", []):
        assert entry["operator"] not in [q.operator for q in find_quantities(text)], text


@pytest.mark.parametrize("entry", load("scales")["scale"], ids=lambda e: e["id"])
def test_scales(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert [g.scale for g in find_grades(text)] == [entry["id"]], text
    for text in entry["not_examples"]:
        assert not find_grades(text), text


@pytest.mark.parametrize("entry", load("modality")["modality"], ids=lambda e: e["value"])
def test_modality(entry: dict[str, Any]) -> None:
    for text in entry.get("not_examples", []):
        assert modality_of(text) != entry["value"], text
    if entry["value"] != "cơ bản":
        assert modality_of(f"{entry['words'][0]} 50% cán bộ") == entry["value"]


@pytest.mark.parametrize("entry", load("counterparts")["merged"], ids=lambda e: e["forms"][0])
def test_merged_bodies(entry: dict[str, Any]) -> None:
    for form in entry["forms"]:
        for body in entry["examples"]:
            assert answers_for(form, body), body
        for body in entry["not_examples"]:
            assert not answers_for(form, body), body


@pytest.mark.parametrize("entry", load("applicability")["level"], ids=lambda e: e["level"])
def test_levels_of_bodies(entry: dict[str, Any]) -> None:
    for body in entry["examples"]:
        assert level_of_body(body) == entry["level"], body
    for body in entry["not_examples"]:
        assert level_of_body(body) != entry["level"], body


@pytest.mark.parametrize("entry", load("applicability")["nation"], ids=lambda e: e["why"])
def test_wordings_that_address_the_country(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert national(text) == entry["why"], text
    for text in entry["not_examples"]:
        assert not national(text, complete=True), text


@pytest.mark.parametrize("entry", load("applicability")["central"], ids=lambda e: e["why"])
def test_tasks_of_bodies_of_the_whole_country(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert central_task(text) == entry["why"], text
    for text in entry["not_examples"]:
        assert not central_task(text), text


@pytest.mark.parametrize("entry", load("applicability")["select"], ids=lambda e: e["examples"][0])
def test_wordings_that_pick_without_naming(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert re.search(entry["pattern"], text), text
    for text in entry["not_examples"]:
        assert not re.search(entry["pattern"], text), text


@pytest.mark.parametrize("entry", load("nature")["sign"], ids=lambda e: e["id"])
def test_signs_of_other_texts(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert re.search(entry["pattern"], text), text
    for text in entry["not_examples"]:
        assert not re.search(entry["pattern"], text), text


def test_places_old_and_new() -> None:
    provinces = load("provinces")["province"]
    assert len(provinces) == 34
    assert len(provinces) + sum(len(entry.get("joined", ())) for entry in provinces) == 63
    names_of = {"THỪA THIÊN HUẾ": "Huế", "Đắc Lắc": "Đắk Lắk", "sóc trăng": "Sóc Trăng", "Quy": ""}
    assert {name: printed(name) for name in names_of} == names_of
    assert today("Bà Rịa - Vũng Tàu") == "Hồ Chí Minh"


@pytest.mark.parametrize("entry", load("amendments")["verb"], ids=lambda e: e["id"])
def test_verbs_of_orders(entry: dict[str, Any]) -> None:
    for text in entry["examples"]:
        assert verb_of(text) == entry["id"], text
    for text in entry["not_examples"]:
        assert verb_of(text) != entry["id"], text


@pytest.mark.parametrize("entry", load("successors")["body"], ids=lambda e: e["body"][0])
def test_successors(entry: dict[str, Any]) -> None:
    for body in entry["examples"]:
        found = succession(body)
        assert found is not None and list(found.to) == entry["to"], body
    for body in entry["not_examples"]:
        found = succession(body)
        assert found is None or list(found.to) != entry["to"], body


NAMED = load("named_words")["words"]


@pytest.mark.parametrize("entry", NAMED, ids=lambda e: e["name"])
def test_named_words_are_in_their_examples_and_in_no_others(entry: dict[str, Any]) -> None:
    pattern = re.compile(rf"(?<!\w)(?:{words_of(entry['name'])})(?!\w)")
    assert [text for text in entry["examples"] if not pattern.search(text)] == []
    assert [text for text in entry["not_examples"] if pattern.search(text)] == []


def test_named_words_stand_once_and_are_asked_for() -> None:
    asked = [
        name
        for path in _HERE.parent.rglob("*.py")
        if path.parent != _HERE
        for name in re.findall(r"words_of\(['\"](\w+)['\"]\)", path.read_text(encoding="utf-8"))
    ]
    names_of = [entry["name"] for entry in NAMED]
    assert len(set(names_of)) == len(names_of) and set(asked) == set(names_of)
    assert [entry["name"] for entry in NAMED if len(set(entry["words"])) < len(entry["words"])] == []


def test_a_word_of_one_meaning_stands_in_one_place() -> None:
    """Equivalents, synonyms and the words that are alike in a row of terms each say once what a word is read as."""
    forms = [form for entry in load("equivalents")["equivalent"] for form in entry["forms"]]
    forms += [word for entry in load("synonyms")["synonym"] for word in entry["words"]]
    forms += [word for group in load("terms")["alike"] for word in group]
    assert {word for word, times in Counter(forms).items() if times > 1} == set()
