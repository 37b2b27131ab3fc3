"""The components in pipelines of others: saved, sent between processes, read back equal, entities on request."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import doichieu
from doichieu.model import Source

ROOT = Path(__file__).resolve().parents[1]
TEXT = (
    "II. MỤC TIÊU\n\n1. Đến năm 2030\n\n- 70% cán bộ cấp xã được bồi dưỡng.\n\n"
    "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ chủ trì thực hiện Nghị quyết số 12-NQ/TU trước ngày 30/6/2027."
)
NAMES = ("doichieu_segment", "doichieu_extract", "doichieu_spans")


def pipeline(lang: str = "xx", **config: object) -> spacy.Language:
    nlp = spacy.blank(lang, **config)
    for name in NAMES:
        nlp.add_pipe(name)
    return nlp


def test_bytes_come_back_equal() -> None:
    nlp = pipeline()
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    own = doichieu.extract_text(TEXT, document_id="document")
    assert again._.doichieu == doc._.doichieu
    assert (again._.doichieu.targets, again._.doichieu.clauses) == (own.targets, own.clauses)
    assert [(s.text, s.label_) for s in again.spans["doichieu_targets"]] == [
        (s.text, s.label_) for s in doc.spans["doichieu_targets"]
    ]


def test_docbin_keeps_the_records() -> None:
    nlp = pipeline()
    docs = [nlp(TEXT), nlp(TEXT.replace("70%", "80%"))]
    data = DocBin(docs=docs, store_user_data=True).to_bytes()
    again = list(DocBin().from_bytes(data).get_docs(nlp.vocab))
    assert [doc._.doichieu for doc in again] == [doc._.doichieu for doc in docs]
    assert [t.value for doc in again for t in doc._.doichieu.targets] == [70.0, 80.0]


def test_two_processes_give_what_one_gives() -> None:
    nlp = pipeline()
    texts = [TEXT.replace("70%", f"{n}%") for n in (10, 20, 30, 40)]
    one = [doc._.doichieu for doc in nlp.pipe(texts)]
    two = [doc._.doichieu for doc in nlp.pipe(texts, n_process=2, batch_size=1)]
    assert one == two and [d.targets[0].value for d in two] == [10.0, 20.0, 30.0, 40.0]


#: Processes that are started anew, as on Windows and from Python 3.14 on, get all by its name.
STARTED_ANEW = """
import multiprocessing
import spacy

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    nlp = spacy.blank("xx")
    for name in ("doichieu_segment", "doichieu_extract", "doichieu_spans"):
        nlp.add_pipe(name)
    texts = [f"II. MỤC TIÊU\\n\\n1. Đến năm 2030\\n\\n- {n}% cán bộ cấp xã được bồi dưỡng." for n in (60, 70, 80)]
    print([doc._.doichieu.targets[0].value for doc in nlp.pipe(texts, n_process=2, batch_size=1)])
"""


def test_two_processes_that_are_started_anew(tmp_path: Path) -> None:
    (tmp_path / "hai.py").write_text(STARTED_ANEW, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "hai.py")], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.strip() == "[60.0, 70.0, 80.0]", done.stderr[-2000:]


def test_batches_keep_documents_apart() -> None:
    nlp = pipeline()
    texts = [TEXT.replace("70%", f"{n}%") for n in range(10, 40)]
    assert [doc._.doichieu.targets[0].value for doc in nlp.pipe(texts, batch_size=7)] == list(map(float, range(10, 40)))


def test_a_component_by_itself_says_what_it_needs() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("doichieu_extract")
    with pytest.raises(ValueError, match="doichieu_segment"):
        nlp(TEXT)


def test_entities_on_request() -> None:
    nlp = spacy.blank("xx")
    for name in NAMES[:2]:
        nlp.add_pipe(name)
    nlp.add_pipe("doichieu_spans", config={"ents": True})
    found = {(ent.label_, ent.text.rstrip(".")) for ent in nlp(TEXT).ents}
    assert ("ORG", "Sở Nội vụ") in found and any(label == "LAW" and "12-NQ/TU" in text for label, text in found)
    assert not pipeline()(TEXT).ents


def test_analysis_of_the_pipeline_finds_no_problem() -> None:
    report = pipeline().analyze_pipes()
    assert not any(report["problems"].values())


def test_a_source_of_its_own_is_read() -> None:
    nlp = pipeline()
    doc = nlp.make_doc(TEXT)
    doc._.doichieu_source = Source("rieng", "rieng.txt", "", "txt", TEXT)
    assert nlp(doc)._.doichieu.document_id == "rieng"
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.doichieu_source.document_id == "rieng"


@pytest.mark.parametrize("pyvi", [False, True])
def test_beside_the_vietnamese_tokenizer(pyvi: bool) -> None:
    if pyvi and importlib.util.find_spec("pyvi") is None:
        pytest.skip("pyvi is not installed")
    nlp = pipeline("vi", config={"nlp": {"tokenizer": {"use_pyvi": pyvi}}})
    doc = nlp(TEXT)
    assert [t.value for t in doc._.doichieu.targets] == [70.0]
    assert doc._.doichieu_tokenizer.endswith("(pyvi)" if pyvi else "(no pyvi)")


def test_a_config_file_makes_the_pipeline() -> None:
    nlp = spacy.util.load_model_from_config(spacy.util.load_config(ROOT / "docs" / "spacy.cfg"), auto_fill=True)
    assert nlp.pipe_names == list(NAMES)
    assert nlp(TEXT).ents


def test_another_pipeline_is_not_broken(tmp_path: Path) -> None:
    code = "import spacy; print(len(spacy.blank('en')('one two')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.stdout.strip() == "2", done.stderr
