"""Targets in the rows of tables: sentences in cells, and figures under heads (unit, year, result columns)."""

from __future__ import annotations

import re

from doichieu.extraction.targets.context import Due, first_due
from doichieu.extraction.targets.finder import TargetFinder
from doichieu.extraction.targets.parts import clean, strip_share_word
from doichieu.extraction.targets.quantities import Quantity, find_quantities
from doichieu.model import Clause, Target
from doichieu.segmentation.passages import Analysis, Passage

_NAME = re.compile(
    r"(?:chỉ tiêu|tên chỉ tiêu|mục tiêu|nội dung chỉ tiêu|tiêu chí|tên tiêu chí|nội dung tiêu chí"
    r"|nội dung|chỉ số|hạng mục|danh mục)"
)
_TARGET_TABLE = re.compile(r"(?:chỉ tiêu|mục tiêu|tiêu chí)")
_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt|đv tính)$")
_VALUE = re.compile(
    r"(?:kết quả|mục tiêu|chỉ tiêu|giá trị|kế hoạch|yêu cầu|lộ trình|xã nhóm|nhóm \d|vùng|(?:đến |năm "
    r"|giai đoạn |hết )*(?P<year>20\d\d)(?:\s*-\s*(?P<to>20\d\d))?)"
)
_AGENCY = re.compile(
    r"(?:chủ trì|cơ quan|đơn vị (?:chủ trì|thực hiện|theo dõi|phụ trách)|chịu trách nhiệm|đầu mối"
    r"|theo dõi|phụ trách|phân công)"
)
_PAST = re.compile(r"(?:hiện trạng|thực hiện (?:năm )?20|ước|kết quả (?:năm )?20)")
_SECTION = re.compile(r"^(?:[ivxlc]+|[a-zđ]|\d{1,2})?\s*\.?\s*")


class _Column:
    """What the head of one column says."""

    def __init__(self, heading: str) -> None:
        self.heading = heading
        lowered = heading.lower().strip(" .:()")
        self.past = bool(_PAST.search(lowered))
        self.unit = bool(_UNIT.search(lowered))
        self.agency = bool(_AGENCY.search(lowered)) and not self.unit
        year = re.search(r"(20\d\d)(?:\s*-\s*(20\d\d))?", lowered)
        self.year = (year.group(2) or year.group(1)) if year else ""
        self.name = bool(_NAME.match(lowered)) and not self.year
        self.value = (
            not self.unit
            and not self.agency
            and not self.past
            and bool(_VALUE.match(lowered))
            and not (self.name and not self.year and "chung" not in lowered)
        )


def table_targets(analysis: Analysis, finder: TargetFinder) -> list[Target]:
    """The targets of all tables of a document."""
    out: list[Target] = []
    above: dict[int, str] = {}
    for clause in analysis.clauses:
        if clause.kind == "appendix":
            above = {}
        if clause.kind == "table":
            rows = [analysis.passage_of[c.clause_id] for c in analysis.tree.children(clause) if c.kind == "table_row"]
            heads = _heads(rows)
            width = max((len(row.cells) for row in rows), default=0)
            if not heads and width == len(above):
                heads = above  # a heading between the rows cut the table; its heads go on
            above = heads or above
            out += _table(analysis, finder, clause, rows, heads)
    return out


def _table(
    analysis: Analysis, finder: TargetFinder, table: Clause, rows: list[Passage], heads: dict[int, str]
) -> list[Target]:
    zone = finder.context.zone(table)
    if not heads:
        return []
    columns = {index: _Column(text) for index, text in heads.items()}
    target_table = any(_TARGET_TABLE.search(c.heading.lower()) for c in columns.values()) or _planned(
        analysis, columns, zone
    )
    has_values = any(c.value for c in columns.values()) and any(c.name or c.unit for c in columns.values())
    out: list[Target] = []
    due: Due | None = None
    for passage in rows:
        if any(cell.header for _, _, cell in passage.cells):
            continue
        texts = {cell.column: passage.text[a:b].strip() for a, b, cell in passage.cells}
        filled = [t for t in texts.values() if t]
        if len(filled) <= 2 and not any(re.search(r"\d+\s*%|[≥≤]", t) for t in filled) and len(columns) > 2:
            due = _section_due(analysis, passage) or due
            continue
        if has_values and target_table:
            out += _value_row(analysis, finder, passage, columns, due)
        elif target_table or zone in ("goal", "general_goal") or "%" in passage.text:
            out += _sentence_row(analysis, finder, passage, columns, due, target_table)
    return out


def _planned(analysis: Analysis, columns: dict[int, _Column], zone: str) -> bool:
    """Whether a table with a unit column gives figures for two or more years still to come (below a goal: any
    years)."""
    today = analysis.info.issued_on[:4] or ("" if zone in ("goal", "general_goal") else "9999")
    ahead = [c for c in columns.values() if c.value and c.year and c.year >= today]
    return len(ahead) >= 2 and any(c.unit for c in columns.values())


def _heads(rows: list[Passage]) -> dict[int, str]:
    """The head of each column: the wording of the header rows above it, joined."""
    lines: list[dict[int, str]] = []
    width = 0
    for passage in rows:
        cells = [c for c in passage.cells if c[2].header]
        if not cells:
            width = max([width, *(cell.column + cell.column_span for _, _, cell in passage.cells)])
            continue
        line: dict[int, str] = {}
        for a, b, cell in cells:
            for column in range(cell.column, cell.column + max(1, cell.column_span)):
                line[column] = passage.text[a:b].strip()
        lines.append(line)
    if not lines:
        return {}
    heads = dict(lines[0])
    for line in lines[1:]:
        last = max(heads)
        if len(line) > 1 and len(line) < len(heads) and width == last + len(line):
            # The text has lost the merged cell: the second line of heads divides the last column of the first.
            above = heads.pop(last)
            for offset, column in enumerate(sorted(line)):
                heads[last + offset] = f"{line[column]} ({above})"
        else:
            for column, wording in line.items():
                if wording and wording not in heads.get(column, ""):
                    heads[column] = f"{heads.get(column, '')} {wording}".strip()
    return heads


def _section_due(analysis: Analysis, passage: Passage) -> Due | None:
    return first_due(analysis.deadline_hits.get(passage.clause.clause_id, []), passage)


def _lead_agency(passage: Passage, columns: dict[int, _Column]) -> str:
    for a, b, cell in passage.cells:
        column = columns.get(cell.column)
        if column is not None and column.agency:
            return passage.text[a:b].strip(" .;")
    return ""


def _sentence_row(
    analysis: Analysis,
    finder: TargetFinder,
    passage: Passage,
    columns: dict[int, _Column],
    due: Due | None,
    target_table: bool,
) -> list[Target]:
    """A row whose name cell states the commitment as a sentence."""
    import msgspec

    out: list[Target] = []
    lead = _lead_agency(passage, columns)
    for a, b, cell in passage.cells:
        column = columns.get(cell.column)
        if b - a < 12 or column is None or column.agency or column.unit or column.past:
            continue
        if re.search(r"(?:sản phẩm|kinh phí|thời gian|phối hợp|ghi chú|nguồn)", column.heading.lower()):
            continue
        found = finder.read(passage, a, b, "goal" if target_table else "task", rule="table", due=None)
        for target in found:
            changes: dict[str, object] = {"lead_agency": lead}
            if due is not None and not any(
                a <= h.start < b for h in analysis.deadline_hits.get(passage.clause.clause_id, [])
            ):
                changes |= {"deadline": due.date, "deadline_operator": due.operator, "deadline_text": due.text}
            out.append(msgspec.structs.replace(target, **changes))
    return out


def _value_row(
    analysis: Analysis, finder: TargetFinder, passage: Passage, columns: dict[int, _Column], due: Due | None
) -> list[Target]:
    """A row with a name, perhaps a unit, and figures in value columns."""
    name = ""
    unit = ""
    values: list[tuple[int, int, _Column]] = []
    name_span = (0, 0)
    shift = len(columns) - (max((cell.column for _, _, cell in passage.cells), default=0) + 1)
    first = passage.text[passage.cells[0][0] : passage.cells[0][1]].strip(" .") if passage.cells else ""
    numbered = bool(re.fullmatch(r"\d{1,3}(?:\.\d{1,2})*|[IVXLC]+", first))
    for a, b, cell in passage.cells:
        column = columns.get(cell.column + shift) if shift > 0 and not numbered else columns.get(cell.column)
        if column is None or b <= a:
            continue
        wording = passage.text[a:b].strip()
        if column.unit:
            unit = wording
        elif column.value:
            values.append((a, b, column))
        elif column.name and (not name or len(wording) >= 8):
            name = wording
            name_span = (a, b)
    if len(name) < 8 or (re.match(r"[\d≥≤<>%]", name) and not re.match(r"\d+(?:\.\d+)+\.?\s", name)):
        return []
    name = re.sub(r"^\d+(?:\.\d+)*\.\s*", "", name)
    out: list[Target] = []
    lead = _lead_agency(passage, columns)
    inherited = finder.context.due(passage.clause)
    for a, b, column in values:
        lowered = passage.lower[a:b]
        for quantity in _figures(lowered, unit):
            deadline = (
                f"{column.year}-12-31" if column.year else (due.date if due else inherited.date if inherited else "")
            )
            scope = (
                clean(column.heading)
                if re.search(r"(?:nhóm|vùng|miền|khu vực|xã|tỉnh|đô thị)", column.heading.lower())
                else ""
            )
            rank = bool(re.search(r"(?:xếp hạng|thứ hạng|thứ bậc|vị trí)", f"{name} {unit}".lower()))
            where = clean(passage.text[a + quantity.end : b].split(";")[0]) if rank else ""
            span = passage.span(min(name_span[0], a), max(name_span[1], b))
            out.append(
                Target(
                    document_id=analysis.document_id,
                    target_id="",
                    clause_id=passage.clause.clause_id,
                    clause_path=passage.clause.clause_path,
                    char_start=span.start,
                    char_end=span.end,
                    quote=passage.source[span.start : span.end],
                    subject=clean(strip_share_word(name)),
                    scope=tuple(s for s in (scope, where) if s),
                    indicator=clean(name),
                    direction=quantity.direction,
                    operator="<=" if rank and quantity.operator == "=" else quantity.operator,
                    value=quantity.value,
                    value_max=quantity.value_max,
                    unit=_unit(quantity, unit),
                    base=quantity.base,
                    deadline=deadline,
                    deadline_operator="<=" if deadline else "",
                    deadline_text=column.heading if column.year else (due.text if due else ""),
                    lead_agency=lead,
                    rule="table:rank" if rank else "table:value",
                )
            )
    return out


def _unit(quantity: Quantity, column_unit: str) -> str:
    if quantity.unit == "%" or not column_unit:
        return quantity.unit
    lowered = column_unit.lower().strip()
    if lowered.startswith(("chỉ số", "hệ số")):
        return ""
    if lowered.startswith("%") or "thứ bậc" in lowered:
        return (
            "%"
            if lowered.startswith("%") and "năm" not in lowered
            else ""
            if "thứ" in lowered
            else lowered.replace(" ", "")
        )
    return lowered


def _figures(lowered: str, unit: str) -> list[Quantity]:
    """The figures of a value cell; a cell of prose gives none."""
    found = [
        q
        for q in find_quantities(lowered)
        if q.kind in ("percent", "count", "rate", "rank", "index", "money", "multiple")
    ]
    if not found or len(lowered) > 120:
        return [q for q in found if q.kind == "percent"] if len(lowered) <= 200 else []
    kept = [
        q
        for q in found
        if q.value is not None
        and not (
            q.kind == "index"
            and lowered[q.figure_start : q.figure_end].isdigit()
            and 1900 < q.value < 2100
            and q.operator == "="
        )
    ]
    return (
        kept
        if unit or any(q.kind == "percent" or q.operator != "=" for q in kept) or re.fullmatch(r"[\d.,\s-]+", lowered)
        else []
    )
