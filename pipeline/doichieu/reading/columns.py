"""What stands side by side on a printed page: two columns of a letterhead or of the signature, cells without lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doichieu.reading.layout import PageContent, Row, text_of

_MOTTO = re.compile(r"cộng h(?:òa|oà) xã hội|đảng cộng sản việt nam|độc lập\s*-\s*tự do", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận\s*:?", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:T/M|TM\.?|KT\.?|TL\.?|TUQ\.?|Q\.)\s|[^a-zđà-ỹ]{6,}\Z")
#: A line that names the kind of document, as the title or an annex begins.
OPENS_KIND = re.compile(
    r"(?:NGHỊ QUYẾT|KẾ HOẠCH|QUYẾT ĐỊNH|CHỈ THỊ|KẾT LUẬN|CHƯƠNG TRÌNH|THÔNG BÁO|ĐỀ ÁN|BÁO CÁO|TỜ TRÌNH"
    r"|QUY ĐỊNH|HƯỚNG DẪN|THÔNG TƯ|NGHỊ ĐỊNH|LUẬT|PHỤ LỤC)\b"
)
#: Cells of one column begin within so many points.
COLUMN = 8.0


def side_by_side(rows: Sequence[Row], start: int, content: PageContent, *, first_page: bool) -> int:
    """Where the two columns end that begin at ``start``: a letterhead, or recipients beside a signature."""
    row = rows[start]
    middle = content.width / 2
    if first_page and start <= 3:
        hit = next(
            (
                i
                for i in range(start, min(start + 5, len(rows)))
                if len(rows[i]) > 1 and _MOTTO.search(text_of(rows[i][1:]))
            ),
            None,
        )
        if hit is not None and all(
            len(rows[i]) > 1 or abs((rows[i][0].x0 + rows[i][0].x1) / 2 - middle) > 0.08 * content.width
            for i in range(start, hit)
        ):
            return _columns_end(rows, start, content, letterhead=True)
    ahead = rows[start + 1] if start + 1 < len(rows) else []
    if _RECIPIENTS.match(row[0].text) and (
        len(row) > 1 or any(r[-1].x0 > 0.45 * content.width for r in rows[start + 1 : start + 8])
    ):
        return _columns_end(rows, start, content, letterhead=False)
    if (
        ahead
        and row[0].x0 > 0.42 * content.width
        and _RECIPIENTS.match(ahead[0].text)
        and _AUTHORITY.match(row[0].text)
    ):
        return _columns_end(rows, start, content, letterhead=False)
    return start


def _columns_end(rows: Sequence[Row], start: int, content: PageContent, *, letterhead: bool) -> int:
    middle = content.width / 2
    end = start
    while end < len(rows):
        row = rows[end]
        centre = (row[0].x0 + row[-1].x1) / 2
        crosses = any(p.x0 < 0.40 * content.width and p.x1 > 0.62 * content.width for p in row)
        if letterhead:
            alone = len(row) == 1 and abs(centre - middle) < 0.06 * content.width
            if (
                crosses
                or alone
                or (end > start and OPENS_KIND.match(text_of(row)) and len(row) == 1)
                or end - start > 9
            ):
                break
        elif len(row) == 1 and (
            (crosses and row[0].x1 > 0.75 * content.width)
            or (abs(centre - middle) < 0.04 * content.width and row[0].text.upper().startswith("PHỤ LỤC"))
        ):
            break
        end += 1
    return end


def gutter(rows: Sequence[Row], content: PageContent) -> float:
    """The left edge of the right column: the least place where a second piece of a line begins."""
    seconds = [row[-1].x0 for row in rows if len(row) > 1]
    return min([*(x for x in seconds if x > 0.25 * content.width), 0.48 * content.width]) - 1.0


def aligned(rows: Sequence[Row], start: int) -> int:
    """Where a table ends that only the places of its cells show: three lines at least with the same three
    columns."""
    columns = [piece.x0 for piece in rows[start]]
    if len(columns) < 3:
        return start
    end, full = start, 0
    while end < len(rows) and all(min(abs(piece.x0 - x) for x in columns) < COLUMN for piece in rows[end]):
        if end > start and rows[end][0].y0 - rows[end - 1][0].y1 > 2.5 * rows[end][0].size:
            break
        full += len(rows[end]) == len(columns)
        end += 1
    return end if full >= 3 else start
