"""The rows of a table as columns: which cells are heads, which column each cell stands in, what merged cells cover.

Readers of Word, HTML and PDF know how far a cell reaches; text does not.  There a head line of fewer cells than the
table divides the last of its heads (or those that name no row, no unit and no note), and a row of fewer cells lacks the
cells at its beginning that are merged with the row above, or those at its end that are empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct, field

from doichieu.segmentation.passages import Passage

ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}(?:\.\d+)*|[a-zđ]|[A-ZĐ])[.)]?")
_FIGURE = re.compile(
    r"(?:(?:[≥≤<>~+]|từ|trên|dưới|đạt|tối thiểu|ít nhất|khoảng|phấn đấu|tối đa|không quá)\s*)*[-+]?\d[\d.,]*"
    r"(?:\s*[-–/]\s*\d[\d.,]*(?![/\d]))?"
    r"(?:\s*%(?:/năm)?|\s*[^\W\d_]+[²³]?(?:[ /][^\W\d_]+){0,3})?(?:\s*trở lên)?",
    re.IGNORECASE,
)
_NUMBERED_NAME = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]\s+[^\W\d]")
_PERIOD = re.compile(
    r"(?:(?:năm|hết|đến|trước|trong|giai đoạn|kế hoạch|mục tiêu|tháng|quý|ngày|và)\s*)*"
    r"(?:(?:\d{1,2}|[IVX]+)\s*[/.-]\s*)*(?:(?:19|20)\d\d|\d{1,2})?(?:\s*[-–]\s*(?:20)?\d\d)?",
    re.IGNORECASE,
)
#: A part of a year over a column, in a body a figure: "6 tháng", "9 tháng đầu năm".
_MONTHS = re.compile(r"[369] tháng(?: (?:đầu|cuối)(?: năm)?)?", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?:\s*=.*)?")
_ROW_NUMBER = re.compile(r"(?:s?tt|số tt|số thứ tự|stt)\b", re.IGNORECASE)
_FIXED = re.compile(
    r"(?:s?tt|số tt|số thứ tự|chỉ tiêu|tên|nội dung|danh mục|hạng mục|đơn vị|đvt|đv tính|ghi chú|địa phương|địa bàn|xã"
    r"|huyện|địa điểm|cơ quan|nhiệm vụ|ngành|lĩnh vực|loại|sản phẩm|vùng|khu vực|tiêu chí|phụ trách|nguồn|cây|con"
    r"|thời hạn|thời gian|tiến độ)\b",
    re.IGNORECASE,
)
_MOST_HEADS = 4
_LONGEST_HEAD = 110
_LONGER_THAN_A_NUMBER = 24
_FEWEST = 3  # cells of such a row: what stands for the number, a name, the empty one at the end
#: So many of a row's cells must repeat a head for the row to be the head again, at the top of a page.
_ALIKE = 0.6


class GridCell(NamedTuple):
    """One cell of a row: its range in the passage's text, the columns and rows it reaches over, whether a head."""

    start: int
    end: int
    column: int
    last: int
    text: str
    rows: int
    header: bool


class Row(Struct):
    """One row of the body: its cells by their first column, and what merged cells above say in its other columns."""

    passage: Passage
    cells: dict[int, GridCell]
    covered: dict[int, str] = field(default_factory=dict)

    def text(self, column: int) -> str:
        """What stands in a column, in the row's own cell or in one that is merged with it."""
        cell = self.cells.get(column)
        return cell.text if cell is not None and cell.text else self.covered.get(column, "")

    def filled(self) -> list[GridCell]:
        """The cells that hold something, from the left."""
        return [cell for _, cell in sorted(self.cells.items()) if cell.text]


class Grid(Struct):
    """A table or a part of one below one head: ``heads`` are the lines of each column's head, the outermost first."""

    width: int
    heads: dict[int, tuple[str, ...]]
    rows: list[Row] = field(default_factory=list)

    def head(self, column: int) -> str:
        """The whole head of a column."""
        return " ".join(self.heads.get(column, ())).strip()


_Raw = tuple[Passage, list[GridCell]]


def is_figure(text: str) -> bool:
    """Whether a cell states a figure; ``2. Doanh thu`` bears a number.

    >>> is_figure("2. Doanh thu"), is_figure("1.2. Đàn bò"), is_figure("2 tỷ đồng")
    (False, False, True)
    >>> [is_figure(t) for t in ("4.000", "≥ 95%", "02 lần/tháng", "28/40 xã", "2026 - 2030", "Tháng 9", "Lúa", "")]
    [True, True, True, True, False, False, False, False]
    """
    text = text.strip(" .;")
    if not text or _FIGURE.fullmatch(text) is None or _NUMBERED_NAME.match(text):
        return False
    return not (re.search(r"(?:19|20)\d\d|năm|tháng|quý|ngày", text.lower()) and _PERIOD.fullmatch(text))


def read_grids(passages: Sequence[Passage], above: Grid | None = None) -> list[Grid]:
    """The grids of one table; ``above`` is the last grid of the table before, whose heads go on where this has none."""
    rows = [(passage, cells) for passage in passages if (cells := _cells(passage))]
    if not rows:
        return []
    width = _width(rows)
    found: list[Grid] = []
    index = 0
    while index < len(rows):
        count = _head_lines(rows, index, width, begins=not found)
        if count and found and _repeats(found[-1], rows[index][1]):
            grid = found[-1]  # the head again at the top of a page: the columns stay as they are
        else:
            lines = [cells for _, cells in rows[index : index + count] if not _numbers(cells)]
            grid = Grid(width, _heads(lines, width))
            if not grid.heads and not found and above is not None and above.width == width:
                grid.heads = dict(above.heads)
            found.append(grid)
        index += count
        while index < len(rows):
            _add(grid, *rows[index])
            index += 1
            if index < len(rows) and _head_lines(rows, index, width, begins=False):
                break
    return found


def _cells(passage: Passage) -> list[GridCell]:
    return [
        GridCell(
            begin,
            end,
            cell.column,
            cell.column + max(1, cell.column_span) - 1,
            passage.text[begin:end].strip(" \t*_"),
            max(1, cell.row_span),
            cell.header,
        )
        for begin, end, cell in passage.cells
    ]


def _width(rows: Sequence[_Raw]) -> int:
    """How many columns a table has: as many as most of its rows reach over."""
    ends = Counter(cells[-1].last + 1 for _, cells in rows if len(cells) > 2)
    if not ends:
        return max(cells[-1].last + 1 for _, cells in rows)
    most = max(ends.values())
    width = max(end for end, count in ends.items() if 2 * count >= most)
    return max(width, _divided_width([[cell.text for cell in cells] for _, cells in rows], ends))


def _divided_width(rows: Sequence[Sequence[str]], ends: Counter[int]) -> int:
    """How wide a table is whose second line divides the last head of the first, where a row reaches as far.

    Rows that lack the cells merged with the row above are then most of them.
    """
    first, second = (rows[0], rows[1]) if len(rows) > 2 else ((), ())
    told = len(first) - 1 + len(second)
    heads = 1 < len(second) < len(first) and all((*first, *second)) and not any(map(is_figure, second))
    return told if heads and ends[told] and ORDINAL.fullmatch(second[0]) is None else 0


# ---------------------------------------------------------------- heads


def _head_lines(rows: Sequence[_Raw], index: int, width: int, *, begins: bool) -> int:
    """How many rows from ``index`` on are heads; 0 for a row of the body."""
    count = 0
    while count < _MOST_HEADS and index + count < len(rows):
        cells = rows[index + count][1]
        filled = [cell for cell in cells if cell.text]
        if not filled:
            break
        if count and _numbers(cells):
            count += 1
            continue
        if any(cell.header for cell in filled):
            count += 1
            continue
        if index + count + 1 == len(rows):
            break  # without the reader's mark the last row is no head
        if count == 0:
            more = begins
        else:
            before = rows[index + count - 1][1]
            named = any(cell.column == 0 and cell.text for _, line in rows[index : index + count] for cell in line)
            more = _divided(before, width) or _fills(before, cells, named=named)
        if not more or not _may_head(filled):
            break
        count += 1
    return count


def _may_head(filled: list[GridCell]) -> bool:
    """Whether a row without the reader's mark may be a head: short words and periods, no figures and no ordinal."""
    if len(filled) < 2 or any(len(cell.text) > _LONGEST_HEAD for cell in filled):
        return False
    if any(is_figure(cell.text) and _MONTHS.fullmatch(cell.text) is None for cell in filled):
        return False
    return ORDINAL.fullmatch(filled[0].text) is None


def _divided(cells: list[GridCell], width: int) -> bool:
    """Whether a head line leaves room for a second: it has fewer cells than the table, or cells of several columns."""
    return len(cells) < width or any(cell.last > cell.column or cell.rows > 1 for cell in cells)


def _fills(before: list[GridCell], cells: list[GridCell], *, named: bool) -> bool:
    """Whether a line fills the gaps of the head line above it and is empty below the first head of the table.

    ``named``: a head line above names the first column.
    """
    above = {cell.column: cell.text for cell in before}
    filled = [cell.column for cell in cells if cell.text]
    return named and 0 not in filled and any(not above.get(column, "") for column in filled)


def _numbers(cells: list[GridCell]) -> bool:
    """``(1) | (2) | (3)``: the columns counted below their heads."""
    filled = [cell.text for cell in cells if cell.text]
    if len(filled) < 3 or not all(_NUMBERED.fullmatch(text) for text in filled):
        return False
    counted = [int(m.group()) for text in filled if (m := re.search(r"\d+", text))]
    return counted == sorted(counted) and len(set(counted)) == len(counted) and all(n <= 40 for n in counted)


def _repeats(grid: Grid, cells: list[GridCell]) -> bool:
    heads = {line.lower() for lines in grid.heads.values() for line in lines}
    texts = [cell.text.lower() for cell in cells if cell.text]
    return bool(texts) and sum(text in heads for text in texts) >= _ALIKE * len(texts)


def _heads(lines: list[list[GridCell]], width: int) -> dict[int, tuple[str, ...]]:
    """The head of each column from the head lines, merged cells given to every column that they reach over."""
    if not lines:
        return {}
    out: dict[int, list[str]] = {column: [] for column in range(width)}
    if any(cell.last > cell.column or cell.rows > 1 for line in lines for cell in line):
        for line in lines:
            for cell in line:
                for column in range(cell.column, min(cell.last + 1, width)):
                    if cell.text and cell.text not in out[column]:
                        out[column].append(cell.text)
    else:
        for column, texts in _spread([[cell.text for cell in line] for line in lines], width).items():
            out[column] = texts
    return {column: tuple(texts) for column, texts in out.items() if texts}


def _spread(lines: list[list[str]], width: int) -> dict[int, list[str]]:
    """The heads of a table whose merged head cells the text has lost.

    >>> _spread([["TT", "Cây", "Năm 2026", "Năm 2027"], ["Diện tích", "Sản lượng", "Diện tích", "Sản lượng"]], 6)[4]
    ['Năm 2027', 'Diện tích']
    """
    if len(lines) > 1 and len(lines[-1]) == width and not lines[-1][0]:
        lines = [_set_over(line, lines[-1]) for line in lines]
    first, rest = lines[0], lines[1:]
    if len(first) >= width or not rest:
        shift = 1 if not rest and len(first) == width - 1 and not _ROW_NUMBER.match(first[0]) else 0
        if rest:
            first, *rest = _all_reaching([first[:width], *rest])
        out = {column + shift: [text] for column, text in enumerate(first[:width]) if text}
        for line in rest:
            for column, text in enumerate(line[:width] if len(line) >= width else []):
                if text and text not in out.get(column, []):
                    out.setdefault(column, []).append(text)
        return out
    below = rest[0] if len(rest) == 1 else _columns(_spread(rest, max(len(line) for line in rest)))
    parts = len(first) + len(below) - width
    free = [index for index, text in enumerate(first) if not _FIXED.match(text)]
    if free and parts == len(free) + 1 and len(below) % len(free) == 0:
        parts = len(free)  # the last column, of remarks, is empty in every row and lost
    if not 1 <= parts <= len(first):
        return {column: [text] for column, text in enumerate(first)}
    divided = free if len(free) == parts else list(range(len(first) - parts, len(first)))
    share, more = divmod(len(below), parts)
    out = {}
    column = taken = 0
    for index, text in enumerate(first):
        size = 1
        if index in divided:
            size = share + (1 if divided.index(index) < more else 0)
        for _ in range(size):
            out[column] = [text] if text else []
            if index in divided and taken < len(below):
                out[column].append(below[taken])
                taken += 1
            column += 1
    return out


def _all_reaching(lines: list[list[str]]) -> list[list[str]]:
    """Head lines, the lowest first made sure of, each reaching over what stands below it.

    >>> _all_reaching([["Xã", "Giao", "", "", ""], ["", "2026", "", "2027", ""], ["", "Gà", "Vịt", "Gà", "Vịt"]])[:2]
    [['Xã', 'Giao', 'Giao', 'Giao', 'Giao'], ['', '2026', '2026', '2027', '2027']]
    """
    out = [lines[-1]]
    for line in reversed(lines[:-1]):
        out.insert(0, _reaching(line, out[0]))
    return out


def _reaching(first: list[str], below: list[str]) -> list[str]:
    """A head line whose merged cells are printed as one cell with empty cells behind it: they say what it says.

    >>> _reaching(["TT", "Nghề", "Số người", ""], ["", "", "2026", "2027"])
    ['TT', 'Nghề', 'Số người', 'Số người']
    """
    out = list(first)
    for column in range(1, min(len(out), len(below))):
        if not first[column] and below[column] and below[column - 1] and out[column - 1]:
            out[column] = out[column - 1]
    return out


def _set_over(line: list[str], lowest: list[str]) -> list[str]:
    """A head line at the width of the lowest, whose empty cells say which columns it divides and which it does not.

    >>> _set_over(["TT", "Cây", "Năm 2026"], ["", "", "Đồng", "Núi"])
    ['TT', 'Cây', 'Năm 2026', '']
    >>> _set_over(["TT", "2026", "2027", "Ghi chú"], ["", "Lớp", "Người", "Lớp", "Người", ""])
    ['TT', '2026', '', '2027', '', 'Ghi chú']
    """
    filled = [column for column, text in enumerate(lowest) if text]
    if len(line) >= len(lowest) or not filled:
        return line
    lead, behind = filled[0], len(lowest) - 1 - filled[-1]
    parted = line[lead : len(line) - behind]
    size, more = divmod(len(lowest) - lead - behind, len(parted) or 1)
    if "" in line[lead:] or not parted or more:
        return line + [""] * (len(lowest) - len(line))
    spread = [text for head in parted for text in (head, *[""] * (size - 1))]
    return [*line[:lead], *spread, *line[len(line) - behind :]]


def _columns(heads: dict[int, list[str]]) -> list[str]:
    return [" ".join(heads.get(column, [])) for column in range(max(heads, default=-1) + 1)]


# ---------------------------------------------------------------- rows


def _add(grid: Grid, passage: Passage, cells: list[GridCell]) -> None:
    """Put one row of the body below its heads."""
    before = grid.rows[-1] if grid.rows else None
    if _lacks_number(grid, cells):
        cells = [cell._replace(column=cell.column + 1, last=cell.last + 1) for cell in cells[:-1]]
    known = any(cell.last > cell.column or cell.rows > 1 for cell in cells) or cells[-1].last + 1 == grid.width
    shift = 0 if known else _shift(grid, cells, before)
    row = Row(passage, {cell.column + shift: cell for cell in cells})
    if shift and before is not None:
        row.covered = {column: before.text(column) for column in range(shift)}
    elif before is not None and passage.cells:
        row.covered = _held(before, row) or _gone_on(grid, before, row)
    grid.rows.append(row)


_SUMS = re.compile(r"(?:tổng|cộng)\b", re.IGNORECASE)


def _gone_on(grid: Grid, before: Row, row: Row) -> dict[int, str]:
    """What the row above says in columns behind its number that a row without a number leaves empty: merged cells that
    are printed once (``1 | Mầm non | Số trường | 12`` over `` | | Số lớp | 40``)."""
    filled = row.filled()
    first = filled[0].column if len(filled) > 1 else 0
    begin = 1 if _ROW_NUMBER.match(grid.head(0)) else 0  # without ordinals the first column names what rows are about
    if first <= begin or not grid.head(0) or _SUMS.match(filled[0].text):
        return {}
    if is_figure(filled[0].text):
        return {}
    return {column: text for column in range(begin, first) if (text := before.text(column)) and not is_figure(text)}


def _lacks_number(grid: Grid, cells: list[GridCell]) -> bool:
    """Whether a row stands one column to the left: its number was counted by the writer's program and is lost."""
    whole = len(cells) >= max(grid.width, _FEWEST) and not cells[0].column
    if not whole or cells[-1].text or any(c.last > c.column for c in cells):
        return False
    first, second = cells[0].text, cells[1].text
    words = len(first) > _LONGER_THAN_A_NUMBER and second and not is_figure(first) and not is_figure(second)
    return bool(words) and _ROW_NUMBER.match(grid.head(0)) is not None and sum(bool(c.text) for c in cells) > 2


def _held(before: Row, row: Row) -> dict[int, str]:
    """What cells of the row above that reach down over this row say in the columns it has no cell for."""
    out = {}
    for column in range(max([*before.cells, *before.covered, 0]) + 1):
        if column in row.cells:
            continue
        above = before.cells.get(column)
        if above is not None and above.rows > 1 and above.text:
            out[column] = above.text
        elif above is None and before.covered.get(column):
            out[column] = before.covered[column]
    return out


def _shift(grid: Grid, cells: list[GridCell], before: Row | None) -> int:
    """How far to the right a row of fewer cells stands: the merged cells before it are those of the row above."""
    while cells and not cells[-1].text:
        cells = cells[:-1]
    missing = grid.width - len(cells)
    filled = [cell for cell in cells if cell.text]
    if before is not None and 0 < (column := _below_its_number(cells[0].text if cells else "", before)) <= missing:
        return column
    if missing <= 0 or before is None or (len(filled) <= 2 and not any(is_figure(cell.text) for cell in filled)):
        return 0
    if ORDINAL.fullmatch(cells[0].text) and not is_figure(before.text(0)) and _ROW_NUMBER.match(grid.head(0)):
        return 0
    if ORDINAL.fullmatch(cells[0].text) and ORDINAL.fullmatch(before.text(0)):
        return 0
    alike = [sum(_same_kind(cell, before.text(cell.column + by)) for cell in filled) for by in range(missing + 1)]
    return alike.index(max(alike))


_PART_NUMBER = re.compile(r"(?P<whole>\d{1,2})\.\d{1,2}\.?\s+[^\W\d]")


def _below_its_number(text: str, before: Row) -> int:
    """The column in which the row above has a name numbered within the same part: ``2.4. …`` below ``2.3. …``."""
    own = _PART_NUMBER.match(text)
    for column in sorted({*before.cells, *before.covered}) if own is not None else ():
        above = _PART_NUMBER.match(before.text(column))
        if own is not None and above is not None and above.group("whole") == own.group("whole"):
            return column
    return 0


def _same_kind(cell: GridCell, above: str) -> bool:
    """Whether a cell and what stands above it are both figures or both words."""
    return bool(above) and is_figure(cell.text) == is_figure(above)


# ---------------------------------------------------------------- one table printed as several beside each other


def side_by_side(grid: Grid) -> list[Grid]:
    """The tables that a grid prints beside each other under one head said twice: ``Xã | Số cây | Xã | Số cây``."""
    heads = [grid.head(column).lower() for column in range(grid.width)]
    for size in range(2, grid.width // 2 + 1):
        named = not _PERIOD.fullmatch(heads[0]) and heads[0] and not is_figure(heads[0])
        if named and grid.width % size == 0 and all(heads[i] == heads[i % size] for i in range(grid.width)):
            return [_part(grid, begin, size) for begin in range(0, grid.width, size)]
    return [grid]


def _part(grid: Grid, begin: int, size: int) -> Grid:
    """The columns from ``begin`` on as a table of its own."""
    part = Grid(size, {column: grid.heads[begin + column] for column in range(size) if begin + column in grid.heads})
    for row in grid.rows:
        cells = {
            column - begin: cell._replace(column=cell.column - begin, last=min(cell.last - begin, size - 1))
            for column, cell in row.cells.items()
            if begin <= column < begin + size
        }
        covered = {column - begin: text for column, text in row.covered.items() if begin <= column < begin + size}
        if cells or covered:
            part.rows.append(Row(row.passage, cells, covered))
    return part
