"""Targets in the rows of tables: sentences in cells, and figures under heads (unit, year, planned columns)."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from doichieu.extraction.targets.context import Due, first_due
from doichieu.extraction.targets.counted import units
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.finder import TargetFinder
from doichieu.extraction.targets.parts import clean, strip_share_word
from doichieu.extraction.targets.phrases import narrowings, predicate_start, without_brackets
from doichieu.extraction.targets.quantities import find_quantities
from doichieu.extraction.targets.table_columns import Column, columns_of, last_year, promises, unplanned
from doichieu.model import Clause, Operator, Problem, Target
from doichieu.numerals import number
from doichieu.segmentation.grid import ORDINAL, Grid, GridCell, Row, is_figure, read_grids
from doichieu.segmentation.passages import Analysis
from doichieu.text import short

_PLANS = ("ke_hoach", "chuong_trinh", "de_an", "chien_luoc", "quy_hoach", "chi_thi", "")
_ATTACHED = re.compile(r"\(?\s*(?:ban hành )?kèm theo|\(?đính kèm", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]\)|[IVXLC]+\.|[-+*•–])\s*")
_LEADING_MARK = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXLC]{1,6}(?:\.\d+)*[.)]?|[a-zđ]\)?|[A-ZĐ][.)]?|[-+*•–])(?=\s|\Z)"
)
_SUB = re.compile(r"\s*(?:[-+*•–]|[a-zđ]\)|trong đó|tr\.đó|gồm\b)", re.IGNORECASE)
_OF_WHICH = re.compile(r"\s*(?:trong đó|tr\.đó|gồm|bao gồm)\s*:?\s*", re.IGNORECASE)
#: Heads that say what is measured, not about whom.
_MEASURE = re.compile(
    r"(?:diện tích|sản lượng|năng suất|số|tỷ lệ|tỉ lệ|tỷ trọng|tổng|giá trị|quy mô|tần suất|khối lượng|doanh thu"
    r"|kim ngạch|công suất|chiều dài|mật độ|thời gian|mức|tốc độ|lượng|trữ lượng|độ che phủ|hạng|chỉ số)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?:tỷ|tỉ) (?:lệ|trọng)\s")
_COUNT_OF = re.compile(r"(?:tổng )?số (?:lượng )?")
_UNIT_LINE = re.compile(
    r"\(?\s*(?:đơn vị(?: tính)?|đvt|đv tính)\s*:\s*(?P<unit>[^\n():;]{1,30})\)?\W*\Z", re.IGNORECASE
)
_PLACES = re.compile(r"(?:tên )?(?:xã|phường|địa phương|địa bàn|đơn vị|huyện|các xã|khu vực|vùng)(?!\w)", re.IGNORECASE)
_TABLE_NUMBER = re.compile(r"\s*(?:biểu|bảng|phụ lục|phụ biểu)(?: số)?\s*[\dIVX]*\s*[.:\-–]?\s*", re.IGNORECASE)
_TIME = re.compile(r"(?:thời gian|thời hạn|ngày|tiến độ|buổi|giờ)", re.IGNORECASE)
_RANK = re.compile(r"(?:xếp hạng|thứ hạng|thứ bậc|vị trí xếp)")
_TOTAL = re.compile(r"(?:tổng(?: cộng| số)?|cộng|toàn (?:tỉnh|thành phố|huyện|xã|ngành))\W*\Z", re.IGNORECASE)
#: A unit in the bracket that closes a row's name: "Tỷ lệ che phủ rừng (%)", "Đàn bò (nghìn con)", not "(nếu có)".
_NAME_UNIT = re.compile(
    r"\s*\((?P<unit>(?:%|USD|(?:k?m|ha|dm)[23](?![^\W\d_]))[^()]{0,20}|(?!gồm|bao|trong|kể|theo|nếu|so|tính|không|trừ|đã|của|từ"
    r"|đến)[^\W\d_A-ZĐ][^()\d]{0,24})\)"
    r"\s*[.:]?\s*\Z"
)
_PLAIN = re.compile(r"[+]?\s*(\d[\d.,]*)")
_SPOKEN = re.compile(r"(?:sản phẩm|kinh phí|thời gian|phối hợp|ghi chú|nguồn)")
_KINDS = ("percent", "count", "rate", "ratio", "rank", "index", "money", "multiple", "duration", "measure")
_LONGEST_FIGURE = 120  # a longer cell is prose: only its shares are read
_MOST_TITLES = 5
_SHORT_NAME = 3  # a name of so few words says less than the row it stands under
#: Group rows that name places, bodies or people: what stands below is theirs.
_POPULATION = re.compile(
    r"(?:cấp|khu vực|địa bàn|vùng|khối|nhóm|đối với|tại|ở|xã(?! hội)|phường|huyện|thành phố|ngành|cán bộ|công chức"
    r"|viên chức)\s",
    re.IGNORECASE,
)
_RANKS = (r"[A-ZĐ][.)]?", r"[IVXLC]{1,6}[.)]?", r"[IVXLC]{1,6}\.\d+[.)]?", r"\d{1,3}[.)]?")
_DEEPEST = 9


class _Heading(NamedTuple):
    """A row that rows below it may be parts of: its rank, its name, whether it states figures itself."""

    depth: int
    name: str
    stated: bool


def table_targets(analysis: Analysis, finder: TargetFinder) -> list[Target]:
    """The targets of all tables of a document, and a problem for each table of figures that gives no row at all."""
    out: list[Target] = []
    above: Grid | None = None
    told: set[tuple[str, ...]] = set()
    for clause in analysis.clauses:
        if clause.kind == "appendix":
            above = None
        if clause.kind != "table":
            continue
        rows = [analysis.passage_of[c.clause_id] for c in analysis.tree.children(clause) if c.kind == "table_row"]
        for grid in read_grids(rows, above):
            reader = _Table(analysis, finder, clause, grid, told)
            found = reader.targets()
            out += found
            if not found:
                reader.unread()
            above = grid
    return out


class _Table:
    """One grid with what its heads and titles say."""

    def __init__(
        self, analysis: Analysis, finder: TargetFinder, clause: Clause, grid: Grid, told: set[tuple[str, ...]]
    ) -> None:
        self.told = told
        self.analysis = analysis
        self.finder = finder
        self.clause = clause
        self.grid = grid
        self.today = analysis.info.issued_on[:4]
        self.zone = finder.context.zone(clause)
        self.titles = self._titles()
        self.columns = columns_of(grid, self.today)
        self.by_index = {column.index: column for column in self.columns}
        self.promised = promises(
            self.columns, self.titles, self.zone, self.today, analysis.info.kind in _PLANS
        ) and any(column.kind == "name" for column in self.columns)
        self.group = self.unit = ""
        self.places = any(column.kind == "name" and _PLACES.match(column.head) for column in self.columns)
        self.all_units = next((m.group("unit").strip() for t in self.titles[:2] if (m := _UNIT_LINE.search(t))), "")
        self.above: list[_Heading] = []
        self.due: Due | None = None
        year = next((found for title in self.titles if (found := last_year(title))), "")
        self.year = year if not self.today or year >= self.today else ""

    def _titles(self) -> list[str]:
        """The lines above the table, and the headings of its chapter or annex, nearest first."""
        tree = self.analysis.tree
        found: list[str] = []
        node: Clause | None = self.clause
        while node is not None and len(found) < _MOST_TITLES:
            for other in tree.siblings_before(node)[:_MOST_TITLES]:
                if not other.leaf or other.kind in ("table_row", "bullet", "header"):
                    break
                if not _ATTACHED.match(other.text):
                    found.append(other.text)
            node = tree.parent(node)
            if node is None:
                break
            if node.heading and not _ATTACHED.match(node.heading):
                found.append(node.heading)
            if node.kind in ("appendix", "section"):
                break
        return found

    # ------------------------------------------------------------ rows

    def targets(self) -> list[Target]:
        """The targets of the grid's rows, in order."""
        out: list[Target] = []
        if not self.grid.heads:
            return out
        measured = any(re.search(r"chỉ tiêu|mục tiêu|tiêu chí", column.head.lower()) for column in self.columns)
        for row in self.grid.rows:
            if self._opens_group(row):
                continue
            if self.promised:
                out += self._value_row(row)
            elif measured or self.zone in ("goal", "general_goal") or "%" in row.passage.text:
                out += self._sentence_row(row, measured)
        return out

    def _opens_group(self, row: Row) -> bool:
        """A row that heads the rows below it: their period, or what they are about."""
        filled = row.filled()
        if any(self._states(row, cell) for cell in filled):
            return False
        words = [cell.text for cell in filled if ORDINAL.fullmatch(cell.text) is None]
        if len(words) > 1 or any(re.search(r"\d+\s*%|[≥≤]", text) for text in words) or self.grid.width <= 2:
            return False
        hits = self.analysis.deadline_hits.get(row.passage.clause.clause_id, [])
        self.due = first_due(hits, row.passage) or self.due
        if words and not first_due(hits, row.passage):
            self._heads(row, _named(words[0]), stated=False)
        return True

    def _heads(self, row: Row, name: str, *, stated: bool, sub: bool = False) -> None:
        """What a row names heads the rows of lower rank below it; a row without figures all that follow."""
        depth = _DEEPEST if sub else _depth(row)
        self.above = [heading for heading in self.above if heading.depth < depth]
        self.above.append(_Heading(depth, name, stated))
        if not stated:
            self.group = name

    def _over(self, row: Row, sub: bool) -> str:
        """What the row is a part of: the row of higher rank above it, where its own name does not say it all."""
        depth = _DEEPEST if sub else _depth(row)
        higher = [heading for heading in self.above if heading.depth < depth and not _TOTAL.match(heading.name)]
        return higher[-1].name if higher and (sub or higher[-1].stated) else self.group

    def _lead_agency(self, row: Row) -> str:
        for column in self.columns:
            if column.kind == "agency" and row.text(column.index):
                return row.text(column.index).strip(" .;")
        return ""

    def _sentence_row(self, row: Row, measured: bool) -> list[Target]:
        """A row whose name cell states the commitment as a sentence."""
        out: list[Target] = []
        lead = self._lead_agency(row)
        passage = row.passage
        for cell in row.filled():
            column = self.by_index.get(cell.column)
            if cell.end - cell.start < 12 or column is None or column.kind in ("agency", "unit", "past", "row"):
                continue
            if _SPOKEN.search(column.head.lower()):
                continue
            zone = "goal" if measured else "task"
            for target in self.finder.read(passage, cell.start, cell.end, zone, rule="table", due=None):
                changes: dict[str, object] = {"lead_agency": lead}
                hits = self.analysis.deadline_hits.get(passage.clause.clause_id, [])
                if self.due is not None and not any(cell.start <= hit.start < cell.end for hit in hits):
                    due = self.due
                    changes |= {"deadline": due.date, "deadline_operator": due.operator, "deadline_text": due.text}
                out.append(msgspec.structs.replace(target, **changes))
        return out

    # ------------------------------------------------------------ figures

    def _value_row(self, row: Row) -> list[Target]:
        """A row with a name, perhaps a unit, and figures in planned columns."""
        name = next((row.text(c.index) for c in self.columns if c.kind == "name"), "")
        own = next((row.cells[c.index] for c in self.columns if c.kind == "name" and c.index in row.cells), None)
        unit = self._unit_of(row)
        if is_figure(name) and own is not None:
            return []
        sub = _SUB.match(name) is not None
        named = _NAME_UNIT.search(name)
        if named and not any(column.unit for column in self.columns if column.kind == "value"):
            name, unit = name[: named.start()], unit or named.group("unit")
        name = _named(name)
        if len(name) < 2 and not self.group:
            return []
        out: list[Target] = []
        for column in self.columns:
            cell = row.cells.get(column.index)
            if column.kind != "value" or cell is None or not cell.text:
                continue
            for quantity in _figures(cell.text.lower(), unit or column.unit):
                out.append(self._target(row, column, cell, own, quantity, name or self.group, unit, sub))
        if name and not _TOTAL.match(name) and (out or not sub):
            self._heads(row, name, stated=bool(out), sub=sub)
        return out

    def _unit_of(self, row: Row) -> str:
        """What stands in the unit column; a mark of repetition stands for the unit above."""
        unit = next((row.text(c.index) for c in self.columns if c.kind == "unit"), "").strip()
        if (unit and not any(char.isalnum() or char == "%" for char in unit)) or unit.strip(' -"').lower() == "nt":
            return self.unit
        self.unit = unit
        return unit

    def _target(
        self,
        row: Row,
        column: Column,
        cell: GridCell,
        own: GridCell | None,
        quantity: Quantity,
        name: str,
        unit: str,
        sub: bool,
    ) -> Target:
        passage = row.passage
        rank = _RANK.search(f"{name} {unit}".lower()) is not None
        subject, predicate = _parted(name)
        scopes = self._scopes(row, column, name, sub)
        if rank:
            scopes.append(clean(cell.text[quantity.end :].split(";")[0]))
        place = own if own is not None and own.text else cell
        span = passage.span(min(place.start, cell.start), max(place.end, cell.end))
        date, text = self._deadline(passage.clause, column)
        head = column.words if column.words and column.words.lower() not in name.lower() else ""
        return Target(
            document_id=self.analysis.document_id,
            target_id="",
            clause_id=passage.clause.clause_id,
            clause_path=passage.clause.clause_path,
            char_start=span.start,
            char_end=span.end,
            quote=passage.source[span.start : span.end],
            subject=subject,
            scope=tuple(dict.fromkeys(scope for scope in scopes if scope)),
            indicator=self._indicator(head, name, predicate),
            direction=quantity.direction,
            operator=_operator(quantity, column, rank),
            value=quantity.value,
            value_max=quantity.value_max,
            unit=_unit(quantity, unit or column.unit or self.all_units) or _counted_by(name),
            base=quantity.base,
            deadline=date,
            deadline_operator="<=" if date else "",
            deadline_text=text,
            recurrence=quantity.recurrence,
            baseline=self._baseline(row, unit),
            page=passage.clause.page,
            lead_agency=self._lead_agency(row),
            rule="table:rank" if rank else "table:value",
        )

    def _scopes(self, row: Row, column: Column, name: str, sub: bool) -> list[str]:
        """What narrows a figure: the head of its column, the group of its row, the words beside its name."""
        out = []
        if column.last and not _MEASURE.match(column.last):
            out.append(clean(column.last))
        over = self._over(row, sub)
        short_name = len(name.split()) <= _SHORT_NAME or _POPULATION.match(over)
        if over and over != name and (sub or short_name) and over.lower() not in name.lower():
            out.append(over)
        for other in self.columns:
            text = row.text(other.index) if other.kind == "text" else ""
            if text and len(text) <= _LONGEST_FIGURE and text != name and not is_figure(text):
                out.append(clean(_MARK.sub("", text, count=1)))
        out += [clean(scope) for scope in narrowings(name)[1]]
        return out

    def _indicator(self, head: str, name: str, predicate: str) -> str:
        """What is to be true of a row's name; of a place below a head that says nothing, what the title says."""
        if head:
            return clean(f"{head} {name}")
        if len(predicate.split()) > 1:
            return predicate
        topic = _topic(self.titles) if self.places else ""
        return clean(f"{topic}: {name}") if topic else name

    def _deadline(self, clause: Clause, column: Column) -> tuple[str, str]:
        """By when a figure is due: its column's year, its group's, the title's, that of the chapter or document."""
        if column.year:
            return f"{column.year}-{column.until or '12-31'}", column.head
        ahead = sorted(other.year for other in self.columns if other.kind == "value" and other.year)
        if len(ahead) > 1 and (_TOTAL.match(column.words) or not column.words):
            return f"{ahead[-1]}-12-31", ""  # the sum of the years beside it
        if self.due is not None:
            return self.due.date, self.due.text
        if self.year:
            return f"{self.year}-{column.until or '12-31'}", column.head if column.until else ""
        inherited = self.finder.context.due(clause)
        return (inherited.date, inherited.text) if inherited else ("", "")

    def _baseline(self, row: Row, unit: str) -> str:
        for column in reversed(self.columns):
            if column.kind == "past" and is_figure(row.text(column.index)):
                text = row.text(column.index)
                return clean(f"{text} {unit}" if unit and unit not in text else text)
        return ""

    # ------------------------------------------------------------ tables that give nothing

    def unread(self) -> None:
        """A table of figures that gave no target and no task is told to the reader, with the reason."""
        rows = [row for row in self.grid.rows if any(self._states(row, cell) for cell in row.filled())]
        if len(rows) < 2:
            return
        clauses = {row.passage.clause.clause_id for row in self.grid.rows}
        if any(row.clause_id in clauses for row in self.analysis.assignments):
            return
        key = tuple(column.head for column in self.columns)
        if key in self.told:
            return  # one row for all tables of one form
        self.told.add(key)
        first = rows[0].passage
        heads = ", ".join(f"“{short(column.head, 40)}”" for column in self.columns if column.head) or "không đọc được"
        planned = any(column.kind == "value" for column in self.columns)
        reason = (
            "không có dấu hiệu là chỉ tiêu kế hoạch" if planned and self.grid.heads else "không cột nào là số kế hoạch"
        )
        span = first.span(0, len(first.text))
        self.analysis.problems.append(
            Problem(
                self.analysis.document_id,
                "table_not_read",
                "low",
                f"Bảng số liệu {len(rows)} dòng không cho chỉ tiêu hay nhiệm vụ nào ({reason}); cột: {heads}.",
                first.clause.clause_id,
                span.start,
                span.end,
                first.source[span.start : span.end],
            )
        )

    def _states(self, row: Row, cell: GridCell) -> bool:
        column = self.by_index.get(cell.column)
        if column is None or column.kind in ("row", "text", "agency") or _TIME.search(column.head):
            return False
        return is_figure(cell.text)


def _topic(titles: list[str]) -> str:
    """What the title of a table says beside its number, its period and that it is a plan.

    >>> _topic(["Biểu 2. Chỉ tiêu cấp thẻ căn cước năm 2026", "PHỤ LỤC"])
    'cấp thẻ căn cước'
    """
    for title in titles:
        words = clean(unplanned(_TABLE_NUMBER.sub("", title, count=1)))
        if len(words.split()) > 1 and not _UNIT_LINE.search(title):
            return words
    return ""


def _depth(row: Row) -> int:
    """The rank of a row by its mark: a letter, a Roman number, a number, its parts, a dash."""
    first = next(iter(row.filled()), None)
    marked = _LEADING_MARK.match(first.text) if first is not None else None
    mark = marked.group().strip() if marked else ""
    if first is None or not mark or mark in "-+*•–":
        return _DEEPEST if mark else len(_RANKS) - 1
    for depth, rank in enumerate(_RANKS):
        if re.fullmatch(rank, mark) and not (depth == 0 and mark[0] in "IVX"):
            return depth
    return min(len(_RANKS) - 1 + mark.strip(".)").count("."), _DEEPEST - 1) if mark[0].isdigit() else _DEEPEST - 1


def _named(cell: str) -> str:
    """What the name cell of a row names, without its mark and what explains it behind a colon.

    >>> _named("1.2. Đàn bò sữa"), _named("Bãi ngao: 04 bãi - 4 vị trí"), _named("Trong đó: đàn dê")
    ('Đàn bò sữa', 'Bãi ngao', 'đàn dê')
    """
    name = clean(_OF_WHICH.sub("", _MARK.sub("", cell, count=1), count=1))
    head, colon, rest = name.partition(":")
    return clean(head) if colon and len(head.split()) >= 2 and re.search(r"\d", rest) else name


def _parted(name: str) -> tuple[str, str]:
    """The population that a row's name names, and what is to be true of it.

    >>> _parted("Tỷ lệ hộ dân được dùng nước sạch"), _parted("Xoài")
    (('hộ dân', 'được dùng nước sạch'), ('Xoài', ''))
    """
    if _TOTAL.match(name):
        return name, ""
    subject = clean(strip_share_word(name))
    start = predicate_start(subject.lower()) if subject != name else None
    if start is None or start < 3:
        return subject, ""
    return clean(without_brackets(subject[:start])) or subject, clean(subject[start:])


def _operator(quantity: Quantity, column: Column, rank: bool) -> Operator:
    if quantity.operator != "=":
        return quantity.operator
    if rank or column.at_most:
        return "<="
    return ">=" if column.at_least else "="


def _counted_by(name: str) -> str:
    """The unit that the name of a row implies where nothing prints one.

    >>> _counted_by("Tỷ lệ hộ nghèo"), _counted_by("Số xã đạt chuẩn"), _counted_by("Năng suất lúa")
    ('%', 'xã', '')
    """
    lowered = name.lower()
    if _SHARE.match(lowered):
        return "%"
    counts = _COUNT_OF.match(lowered)
    match = units()[0].match(lowered, counts.end()) if counts else None
    return match.group("u") if match else ""


def _unit(quantity: Quantity, column_unit: str) -> str:
    if quantity.unit in ("%", "%/năm") or not column_unit:
        return quantity.unit
    lowered = " ".join(column_unit.lower().split()).strip(" .")
    if lowered.startswith(("chỉ số", "hệ số")) or "thứ" in lowered.split():
        return ""
    if lowered.startswith("%"):
        return "%" if "năm" not in lowered else lowered.replace(" ", "")
    if quantity.unit and "/" in quantity.unit:
        return quantity.unit  # "02 lần/tháng" below "Tần suất (lần)"
    return lowered


def _figures(lowered: str, unit: str) -> list[Quantity]:
    """The figures of a value cell; of a cell of prose only its shares."""
    plain = _PLAIN.fullmatch(lowered.strip(" .;*"))
    value = number(plain.group(1)) if plain else None
    if value is not None:
        return [Quantity(0, len(lowered), 0, len(lowered), "count", "=", value, None, "", "", "", "")]
    found = [q for q in find_quantities(lowered) if q.kind in _KINDS]
    if not found or len(lowered) > _LONGEST_FIGURE:
        return [q for q in found if q.kind == "percent"] if len(lowered) <= 200 else []
    kept = [_of_whole(q) for q in found if q.value is not None and not _is_year(q, lowered)]
    if is_figure(lowered):
        return kept[:1]
    sure = unit or any(q.kind == "percent" or q.operator != "=" for q in kept)
    return [q for q in kept if q.kind not in ("duration", "measure")] if sure else []


def _of_whole(q: Quantity) -> Quantity:
    """``28/40 xã`` as a count whose base is the whole."""
    if q.kind != "ratio" or q.value is None or q.value_max is None:
        return q
    return q._replace(kind="count", value_max=None, base=f"{q.value_max:g} {q.unit}".strip())


def _is_year(q: Quantity, lowered: str) -> bool:
    figure = lowered[q.figure_start : q.figure_end]
    return (
        q.kind == "index" and figure.isdigit() and q.value is not None and 1900 < q.value < 2100 and q.operator == "="
    )
