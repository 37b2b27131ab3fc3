"""The package used as a library: its calls from another folder, its spaCy factories in a project that knows nothing of
us."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import doichieu

ROOT = Path(__file__).resolve().parents[1]
PARENT = ROOT / "corpus" / "quang-ngai-nghi-quyet-can-bo-cap-xa.txt"
CHILD = ROOT / "corpus" / "duc-pho-ke-hoach-thuc-hien-nghi-quyet-09.txt"
TEXT = "II. MỤC TIÊU\n\n1. Đến năm 2030\n\n- 70% cán bộ cấp xã được bồi dưỡng; không quá 5% cán bộ bị kỷ luật."

#: A pipeline of somebody else: nothing of this package is imported, spaCy finds the factories by their entry points.
PROJECT = """
import json, sys
import spacy

nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
for name in ("doichieu_segment", "doichieu_extract", "doichieu_spans"):
    nlp.add_pipe(name)
text = sys.stdin.read()
doc = nlp(text)
document = doc._.doichieu
print(json.dumps({
    "pipes": nlp.pipe_names,
    "same": doc.text == text,
    "spans": [span.text for span in doc.spans["doichieu_targets"]],
    "targets": [[t.quote, t.operator, t.value, t.deadline] for t in document.targets],
}))
"""


def test_factories_are_found_from_a_plain_project(tmp_path: Path) -> None:
    (tmp_path / "project.py").write_text(PROJECT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "project.py"], input=TEXT, capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    own = doichieu.extract_text(TEXT, document_id="document")
    assert found["pipes"] == ["doichieu_segment", "doichieu_extract", "doichieu_spans"] and found["same"]
    assert found["targets"] == [[t.quote, t.operator, t.value, t.deadline] for t in own.targets]
    assert len(own.targets) == 2
    # A foreign tokenizer may keep a full stop with the word before it: spans hold the quote, widened to whole tokens.
    assert all(t.quote in span for t, span in zip(own.targets, found["spans"], strict=True))


def test_quotes_are_slices_of_the_text_given() -> None:
    document = doichieu.extract_text(TEXT, document_id="vi-du")
    assert document.document_id == "vi-du" and document.source.text == TEXT
    assert [TEXT[t.char_start : t.char_end] for t in document.targets] == [t.quote for t in document.targets]


def test_a_file_and_its_text_say_the_same() -> None:
    read = doichieu.extract(PARENT)
    given = doichieu.extract_text(PARENT.read_text(encoding="utf-8"), document_id=PARENT.stem)
    assert read.targets == given.targets and read.assignments == given.assignments and read.clauses == given.clauses
    assert doichieu.extract(str(PARENT)).targets == read.targets


def test_a_comparison_leaves_no_target_out() -> None:
    child, parent = doichieu.extract(CHILD), doichieu.extract(PARENT)
    comparison = doichieu.diff(child, parent)
    of_child = {d.child_target_id for d in comparison.deviations} - {""}
    of_parent = {d.parent_target_id for d in comparison.deviations} - {""}
    assert of_child == {t.target_id for t in child.targets}
    assert of_parent == {t.target_id for t in parent.targets}
    assert doichieu.diff(child, parent) == comparison


def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    from doichieu.errors import UnreadableFile

    with pytest.raises(UnreadableFile):
        doichieu.extract(tmp_path / "missing.txt")
