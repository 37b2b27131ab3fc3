"""PDF pages whose text lies on its side: landscape tables on upright pages, pages that are shown turned."""

from __future__ import annotations

from pathlib import Path

import pytest

from doichieu.model import Source
from doichieu.reading import read_here
from tests.reading.test_pdf_odd import pdf

ROWS = (
    ("TT", "Nhiem vu", "Co quan chu tri"),
    ("1", "Dao tao can bo cap xa", "So Noi vu"),
    ("2", "Lap de an so hoa ho so", "So Tai chinh"),
)
#: The matrix of text that runs upwards, downwards, upside down; where a place of the turned page (origin at its lower
#: left corner) lies on the stored one of 595 by 842 points.
TURNS = {
    "up": ("0 1 -1 0", lambda x, y: (595 - y, x)),
    "down": ("0 -1 1 0", lambda x, y: (y, 842 - x)),
    "over": ("-1 0 0 -1", lambda x, y: (595 - x, 842 - y)),
}


def turned(way: str, *, rotate: int = 0, head: bytes = b"") -> bytes:
    """A page with a ruled table of three columns that lies as ``way`` says; ``head`` stands upright at its top."""
    matrix, place = TURNS[way]
    width = 842 if way in ("up", "down") else 595
    edges = (60, 90, 330, min(500, width - 60))
    out = []
    for row in range(len(ROWS) + 1):
        ends = [place(x, 400 - 30 * row) for x in (edges[0], edges[-1])]
        out.append("{:.0f} {:.0f} m {:.0f} {:.0f} l S".format(*ends[0], *ends[1]))
    for edge in edges:
        ends = [place(edge, y) for y in (400, 400 - 30 * len(ROWS))]
        out.append("{:.0f} {:.0f} m {:.0f} {:.0f} l S".format(*ends[0], *ends[1]))
    lines = [(60, 430, "Phu luc kem theo ke hoach nam 2026")]
    lines += [(edges[c] + 4, 380 - 30 * r, text) for r, row in enumerate(ROWS) for c, text in enumerate(row)]
    for x, y, text in lines:
        out.append("BT /F1 11 Tf {} {:.0f} {:.0f} Tm ({}) Tj ET".format(matrix, *place(x, y), text))
    content = "\n".join(out).encode() + head
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Rotate %d/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>"
        % rotate,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def source_of(tmp_path: Path, data: bytes) -> Source:
    path = tmp_path / "ngang.pdf"
    path.write_bytes(data)
    return read_here(path)[0]


def rows(source: Source) -> list[tuple[str, ...]]:
    return [tuple(source.text[c.start : c.end] for c in b.cells) for b in source.blocks if b.kind == "table_row"]


@pytest.mark.parametrize(("way", "rotate"), [("up", 0), ("up", 90), ("down", 0), ("down", 270), ("over", 180)])
def test_a_table_that_lies_on_its_side_is_read(tmp_path: Path, way: str, rotate: int) -> None:
    source = source_of(tmp_path, turned(way, rotate=rotate))
    assert source.text.startswith("Phu luc kem theo ke hoach nam 2026")
    assert tuple(rows(source)) == ROWS
    page = source.pages[0]
    assert (page.width, page.height) == (595.0, 842.0)
    assert all(0 <= line.x0 < line.x1 <= page.width and 0 <= line.y0 < line.y1 <= page.height for line in source.lines)


def test_boxes_of_turned_lines_stand_where_the_page_is_stored(tmp_path: Path) -> None:
    source = source_of(tmp_path, turned("up"))
    first = source.lines[0]
    # The line begins 60 points above the lower edge and runs upwards, 430 points left of the right edge.
    assert first.x1 - first.x0 < 20 < first.y1 - first.y0
    assert abs(first.y1 - (842 - 60)) < 3 and abs(first.x1 - (595 - 430)) < 6


def test_the_running_head_of_a_turned_page_is_no_part_of_its_table(tmp_path: Path) -> None:
    head = " BT /F1 11 Tf 60 800 Td (CÔNG BÁO/Số 12/Ngày 03-11-2025) Tj ET".encode("cp1258", "replace")
    source = source_of(tmp_path, turned("up", head=head))
    assert tuple(rows(source)) == ROWS
