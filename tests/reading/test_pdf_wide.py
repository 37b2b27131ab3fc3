"""A wide table with merged cells and a head of two rows that runs over page ends reads as its Word file does."""

from __future__ import annotations

from pathlib import Path

import pytest

from doichieu.model import Source
from doichieu.reading import read_here
from doichieu.reading.office import convert, program
from tests.reading.wordfile import cell, paragraph, word

WIDTHS = (600, 1400, 3200, 1300, 1500, 1500)


def part(text: str, column: int, span: int = 1, merge: str = "") -> str:
    width = sum(WIDTHS[column : column + span])
    more = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    more += {"": "", "first": '<w:vMerge w:val="restart"/>', "rest": "<w:vMerge/>"}[merge]
    return cell(text, f'<w:tcW w:w="{width}" w:type="dxa"/>{more}')


def wide(groups: int, criteria: int, words: int) -> bytes:
    """Groups of criteria under one merged cell each, the last two columns of every third one merged."""
    edges = "".join(
        f'<w:{s} w:val="single" w:sz="4"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    heads = [part(t, i, merge="first") for i, t in enumerate(("TT", "Nhóm", "Tiêu chí", "Mức chung"))]
    rows = ["".join(heads) + part("Mức theo vùng", 4, 2)]
    rows.append("".join(part("", i, merge="rest") for i in range(4)) + part("Vùng ven", 4) + part("Vùng cao", 5))
    for group in range(1, groups + 1):
        for number in range(1, criteria + 1):
            merge = "first" if number == 1 else "rest"
            row = part(str(group) if number == 1 else "", 0, merge=merge)
            row += part(f"Nhóm việc {group}" if number == 1 else "", 1, merge=merge)
            row += part(f"{group}.{number}. Tỷ lệ hộ có bể chứa nước mưa " + "và máng dẫn " * words, 2)
            row += part(f"≥{60 + number}%", 3)
            row += part("Không quy định", 4, 2) if number % 3 == 0 else part("≥70%", 4) + part("≥50%", 5)
            rows.append(row)
    inside = "".join(
        f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if index < 2 else ''}{row}</w:tr>" for index, row in enumerate(rows)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    table = (
        f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{inside}</w:tbl>"
    )
    return word(paragraph("PHỤ LỤC") + table + paragraph("Hết phụ lục."))


def read_as(tmp_path: Path, name: str, data: bytes) -> Source:
    (tmp_path / name).write_bytes(data)
    return read_here(tmp_path / name)[0]


def criteria_of(source: Source) -> list[list[str]]:
    """The worded cells of each row of criteria."""
    out = []
    for block in source.blocks:
        texts = [source.text[c.start : c.end] for c in block.cells]
        if block.kind == "table_row" and any("bể chứa" in text for text in texts):
            out.append([text for text in texts if text])
    return out


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("groups", "criteria", "words"), [(6, 7, 6), (3, 5, 40)], ids=["many rows", "rows that are cut"]
)
def test_every_criterion_of_a_wide_table_is_one_row(tmp_path: Path, groups: int, criteria: int, words: int) -> None:
    data = wide(groups, criteria, words)
    (pdf,) = convert([("docx", data)], "pdf")
    assert pdf is not None
    printed, typed = read_as(tmp_path, "bang.pdf", pdf), read_as(tmp_path, "bang.docx", data)
    assert len(printed.pages) > 2
    found = criteria_of(printed)
    assert len(found) == groups * criteria
    assert found == criteria_of(typed)
    assert printed.text.rstrip().endswith("Hết phụ lục.")
