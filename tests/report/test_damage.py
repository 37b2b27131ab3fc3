"""Files that are damaged, odd, hostile or named badly end in a message or a sound report, never in a crash."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx import Document as WordDocument
from lxml import html

from doichieu.cli import main
from doichieu.errors import UnwritableOutput, UsageError
from doichieu.report.decision_files import load, save
from doichieu.report.decisions import Decision
from doichieu.report.opinion import opinion
from doichieu.report.templates import templates_folder
from doichieu.report.view import comparison_view
from doichieu.report.word import render
from doichieu.report.xlsx import workbook
from doichieu.running.differ import diff
from doichieu.running.pairs import pair_folder
from tests.report.pairs import CHILD, PARENT, comparison


@pytest.fixture(scope="module")
def book() -> bytes:
    pair = comparison()
    found = comparison_view(pair).findings[0]
    kept = {
        found.id: Decision(
            "accept",
            "được",
            found.fingerprint,
            found.child_key,
            found.parent_key,
            found.kinds,
            pair="con__cha",
            at="2026-01-01T00:00:00Z",
        )
    }
    return workbook(comparison_view(pair, kept), pair)


@pytest.mark.parametrize("name", ["report (1).XLSX", "da-xem.bak", "report"])
def test_a_workbook_is_known_by_what_it_holds_not_by_its_name(tmp_path: Path, book: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(book)
    assert [d.note for d in load(tmp_path / name).values()] == ["được"]


def test_a_damaged_workbook_is_named(tmp_path: Path, book: bytes) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(book)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for damaged, data in (
        ("xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row r='1'><c"),
        ("xl/workbook.xml", b"<x"),
        ("xl/sharedStrings.xml", b""),
        ("xl/worksheets/sheet2.xml", None),
    ):
        with zipfile.ZipFile(path, "w") as archive:
            for name, part in parts.items():
                content = data if name == damaged else part
                if content is not None:
                    archive.writestr(name, content)
        with pytest.raises(UsageError, match=r"report\.xlsx"):
            load(path)
    for place in range(200, len(book), len(book) // 25):
        path.write_bytes(book[:place] + bytes([book[place] ^ 0x5A]) + book[place + 1 :])
        with suppress(UsageError):  # some bits of an archive matter to nobody
            load(path)


def _of_another_method(archive: bytes) -> bytes:
    """An archive whose first part says that it is packed in a way that nobody knows."""
    at = archive.index(b"PK\x01\x02") + 10
    return archive[:at] + b"\x63\x00" + archive[at + 2 :]


def test_an_archive_packed_in_an_unknown_way_is_named(tmp_path: Path, book: bytes) -> None:
    (tmp_path / "report.xlsx").write_bytes(_of_another_method(book))
    with pytest.raises(UsageError, match=r"report\.xlsx"):
        load(tmp_path / "report.xlsx")
    (tmp_path / "form.docx").write_bytes(_of_another_method((templates_folder() / "opinion.docx").read_bytes()))
    with pytest.raises(UsageError, match=r"form\.docx"):
        render(tmp_path / "form.docx", {})


def test_a_word_file_is_no_workbook(tmp_path: Path) -> None:
    WordDocument().save(str(tmp_path / "report.docx"))
    with pytest.raises(UsageError, match=r"report\.docx"):
        load(tmp_path / "report.docx")


def test_a_workbook_that_unpacks_to_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 600_000_000)
    with pytest.raises(UsageError, match=r"report\.xlsx"):
        load(path)


def test_half_a_character_and_hidden_signs_do_not_reach_the_next_file(tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_text(
        json.dumps({"decisions": {"\ud800a": {"decision": "accept", "note": "x\ud83d\u202ey\x00"}}}), encoding="utf-8"
    )
    found = load(path)
    assert {key: d.note for key, d in found.items()} == {"a": "xy"}
    save(found, path)
    assert load(path) == found


@pytest.mark.parametrize("place", ["report.xlsx/d.json", ""])
def test_decisions_that_cannot_be_written_are_told(
    tmp_path: Path, book: bytes, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report.xlsx").write_bytes(book)
    assert main(["decisions", "import", str(tmp_path / "report.xlsx"), "--out", str(tmp_path / place)]) == 2
    assert "Không ghi được" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["report.xlsx"]


def form(path: Path, text: str) -> Path:
    document = WordDocument()
    document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    "text",
    [
        "{{ 1/0 }}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ groups[0].x.y }}",
        '{% include "/etc/passwd" %}',
    ],
)
def test_a_form_that_cannot_be_filled_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match=r"mau\.docx"):
        opinion(comparison_view(comparison()), form(tmp_path / "mau.docx", text))


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><x>&i;</x>"
)


@pytest.mark.parametrize("body", ["<w:document", "", ENTITIES])
def test_a_form_with_broken_xml_is_named(tmp_path: Path, body: str) -> None:
    source = form(tmp_path / "dung.docx", "{{ summary }}")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "mau.docx", "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    with pytest.raises(UsageError, match=r"mau\.docx"):
        opinion(comparison_view(comparison()), tmp_path / "mau.docx")


def test_a_form_that_unpacks_to_much_is_refused(tmp_path: Path) -> None:
    path = form(tmp_path / "mau.docx", "{{ summary }}")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.png", b"\0" * 300_000_000)
    with pytest.raises(UsageError, match=r"mau\.docx"):
        opinion(comparison_view(comparison()), path)


def compared(folder: Path, names: list[str], parent: str = "cha.txt") -> Path:
    (folder / parent).write_text(PARENT, encoding="utf-8")
    for name in names:
        (folder / name).write_text(CHILD, encoding="utf-8")
    diff([folder / name for name in names], [folder / parent], None, folder / "ra", log=lambda message: None)
    return folder / "ra"


def test_the_portfolio_leads_to_folders_of_any_name(tmp_path: Path) -> None:
    out = compared(tmp_path, ["javascript:alert(1);x.txt", "c d#e?f%20.txt", "b'<i>&.txt", "kế hoạch.txt"])
    links = [
        a.get("href") for a in html.fromstring((out / "portfolio.html").read_text(encoding="utf-8")).xpath("//table//a")
    ]
    assert links and not any(":" in link or "?" in link for link in links)
    for link in links:
        assert (out / unquote(link.split("#")[0])).is_file(), link


def test_names_too_long_for_one_folder_are_cut_and_told_apart(tmp_path: Path) -> None:
    names = [f"{'kế hoạch thực hiện nghị quyết ' * 4}{n}.txt" for n in (1, 2)]
    out = compared(tmp_path, names, f"{'nghị quyết của tỉnh ủy ' * 6}.txt")
    folders = sorted(p.name for p in out.iterdir() if p.is_dir())
    assert len(folders) == 2 and all("__" in name and len(name.encode()) <= 255 for name in folders)
    assert pair_folder("a", "b") == "a__b" and (out / "portfolio.html").is_file()
    links = html.fromstring((out / "portfolio.html").read_text(encoding="utf-8")).xpath("//thead//a/@href")
    assert all((out / unquote(link)).is_file() for link in links)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    (out / "con__cha").write_text("một tệp đứng chỗ thư mục", encoding="utf-8")
    with pytest.raises(UnwritableOutput, match="ra"):
        compared(tmp_path, ["con.txt"])
    (tmp_path / "mot").mkdir()
    (tmp_path / "mot" / "con.html").mkdir()
    assert main(["report", str(tmp_path / "con.txt"), "--out", str(tmp_path / "mot")]) == 2
