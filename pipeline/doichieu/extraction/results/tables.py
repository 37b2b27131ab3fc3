"""Results in the tables of a report: a column of targets, a column of what was reached, perhaps one of units."""

from __future__ import annotations

import re

from doichieu.extraction.results.figures import FRACTION, SHARE, Figure, described
from doichieu.numerals import number
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text import fold

_NAME = re.compile(r"(?:chỉ tiêu|nội dung|mục tiêu|tiêu chí|tên)(?!\w)")
_REACHED = re.compile(r"(?:kết quả|thực hiện|đạt được|ước đạt|đã đạt)(?!\w)")
_OTHER = re.compile(r"(?:kế hoạch|mục tiêu|giao|cơ quan|thời gian|thời hạn|người|so với|ghi chú|%\s*hoàn thành)")
_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt)\Z")
_VALUE = re.compile(r"(?P<v>\d[\d.]*(?:,\d+)?)\s*(?P<u>%|[^\W\d][^\d]*)?\Z")


def heads(analysis: Analysis) -> dict[str, dict[int, str]]:
    """For each table the wording of its head by column."""
    out: dict[str, dict[int, str]] = {}
    for passage in analysis.passages:
        if passage.clause.kind != "table_row" or passage.clause.parent_id in out:
            continue
        if any(cell.header for _, _, cell in passage.cells):
            out[passage.clause.parent_id] = {c.column: fold(passage.text[a:b]) for a, b, c in passage.cells}
    return out


def read_row(passage: Passage, head: dict[int, str]) -> Figure | None:
    """What one row of a table says was reached; None where the table has no such column, or the cell no figure.

    The figure's place is the whole row.
    """
    cells = {cell.column: passage.text[a:b].strip() for a, b, cell in passage.cells if not cell.header}
    named = next((column for column, text in head.items() if _NAME.match(text)), None)
    reached = next((c for c, text in head.items() if _REACHED.search(text) and not _OTHER.search(text)), None)
    if named is None or reached is None or not cells.get(named) or not cells.get(reached):
        return None
    told = cells[reached]
    share, fraction = SHARE.search(told), FRACTION.search(told)
    unit = next((cells.get(column, "") for column, text in head.items() if _UNIT.match(text)), "")
    plain = _VALUE.match(told)
    if share is not None:
        value, measured = number(share.group("p")), "%"
    elif fraction is not None:
        whole = number(fraction.group("m")) or 0.0
        value, measured = (round(100 * (number(fraction.group("n")) or 0.0) / whole, 1) if whole else None), "%"
    elif plain is not None:
        value, measured = number(plain.group("v")), (plain.group("u") or unit).strip().lower()
    else:
        return None
    population, indicator = described(cells[named])
    return Figure(
        0,
        len(passage.text),
        population=population,
        indicator=indicator or cells[named],
        value=value,
        unit=measured,
        numerator=number(fraction.group("n")) if fraction else None,
        denominator=number(fraction.group("m")) if fraction else None,
        grades_in=cells[named],
    )
