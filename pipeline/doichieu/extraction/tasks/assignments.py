"""Who does what: assignments from role lines, running text, headings and task tables.

What holds after :func:`stage`:

1. every row names one agency, its tone marks as the document places them, and one role in one clause, and its quote is
   an exact slice of that clause;
2. a row's deadline comes from its own sentence, its own table row, or the ``Thời gian`` line beside its role line;
3. agencies of assignments are in ``analysis.agencies``.
"""

from __future__ import annotations

import hashlib
import re
from itertools import takewhile
from typing import NamedTuple, cast

from doichieu.extraction.agencies.names import Item, tells_more
from doichieu.extraction.agencies.place import body, own_province
from doichieu.extraction.agencies.stage import learn
from doichieu.extraction.tasks.dating import Dating
from doichieu.extraction.tasks.headings import Headings
from doichieu.extraction.tasks.predicates import RoleRow
from doichieu.extraction.tasks.role_lists import Labelled, labelled, read_list
from doichieu.extraction.tasks.roles import read_clause
from doichieu.extraction.tasks.statements import (
    decides,
    ends_quotation,
    in_case,
    is_quota,
    leads_in,
    of_a_thing,
    of_procedure,
    task_begins,
)
from doichieu.extraction.tasks.task_tables import TaskTables
from doichieu.extraction.tasks.unread import not_understood
from doichieu.extraction.times.durations import FIGURE
from doichieu.model import Agency, Assignment, Clause, Deadline, Problem, ProblemCode, Role
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text import short
from doichieu.text.tones import TonesPrinted

_SKIPPED = frozenset(
    (
        "header",
        "title",
        "preamble",
        "recipients",
        "recipient",
        "signature",
        "stamp",
        "footnote",
        "table_row",
        "table",
        "quoted",
    )
)
_MAX_TASK = 4000
_LONGEST_HEAD = 120
_NO_TIME = frozenset(("", "x", "nt", "như trên", "không", "đã hoàn thành", "hoàn thành"))
_FIGURE = re.compile(FIGURE)
#: What a cell says of a time that no calendar holds: "0,5 ngày", "giờ hành chính", "không tính thời gian".
_SPAN_OF_TIME = re.compile(
    rf"(?:trong |tối đa |không quá )?{FIGURE} (?:ngày|giờ|tuần|tháng|phút)(?: làm việc)?"
    r"|giờ hành chính|ngay|trong ngày|không tính thời gian|không quy định"
)
_ONLY_LABEL = re.compile(r"\A[^:.;]{3,60}:\s*\Z")
_TASK_LABEL = re.compile(r"\A\s*(?:nhiệm vụ|nội dung|công việc|nội dung thực hiện)\s*:\s*", re.IGNORECASE)
_NOISE = re.compile(r"\s*\|\s*")
_DO_ROLES = frozenset(("chu_tri", "thuc_hien", "phoi_hop_thuc_hien", "lanh_dao"))


class _Beside(NamedTuple):
    """What stands beside a role line: its task, its deadline and product, and whether its group names a chair."""

    task: str
    deadline: Deadline | None
    note: str
    product: str
    chaired: bool


_ORGANISES = re.compile(
    r"(?:(?:tổ chức(?: triển khai)?|phân công)(?: thực hiện| nhiệm vụ)?|trách nhiệm thực hiện)\s*:\s+(?=\w)",
    re.IGNORECASE,
)


def _told_behind_label(passage: Passage) -> re.Match[str] | None:
    """The label of a line that tells in a sentence who does what: ``Tổ chức thực hiện: Sở A hướng dẫn …; các xã …``."""
    label = _ORGANISES.match(passage.text, passage.start)
    return label if label is not None and tells_more(passage.text[label.end() :]) else None


class _Builder:
    """Collects the rows of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.known = learn(analysis)
        self.province = own_province(analysis.info)
        self.issuer = " ".join(analysis.info.issuer.lower().split())
        self.headings = Headings(analysis, self.known)
        self.ids: set[str] = set()
        self.tables = TaskTables(analysis, self.known)
        self.dating = Dating(analysis)
        self.printed = TonesPrinted(analysis.source.text)

    # ------------------------------------------------------------ rows

    def row(
        self,
        passage: Passage,
        role: Role,
        item: Item,
        span: tuple[int, int],
        task: str,
        deadline: Deadline | None,
        rule: str,
        deadline_text: str = "",
        product: str = "",
    ) -> None:
        """Add one assignment; ``span`` is in ``passage.text``."""
        key, name, place = body(item, self.province)
        if key not in self.analysis.agencies:
            self.analysis.agencies[key] = Agency(key, name, item.level, place, 0, item.kind)
        source = passage.span(*span)
        clause = passage.clause
        text = task.strip(" .;,:-–/")
        if "(" not in text:
            text = text.rstrip(" .;,)")  # the end of a bracket that a segment began in
        if len(text) > _MAX_TASK:
            text = text[: max(text.rfind(";", 0, _MAX_TASK), text.rfind(". ", 0, _MAX_TASK)) + 1] or text[:_MAX_TASK]
            text = text.rstrip(" .;")
        self.analysis.assignments.append(
            Assignment(
                document_id=self.analysis.document_id,
                assignment_id=self.identify(clause, role, key, text),
                clause_id=clause.clause_id,
                clause_path=clause.clause_path,
                char_start=source.start,
                char_end=source.end,
                quote=passage.source[source.start : source.end],
                task=text,
                role=role,
                agency=self.printed(item.name.strip()),
                agency_id=key,
                deadline=deadline.date if deadline else "",
                deadline_operator=deadline.operator if deadline else "",
                deadline_text=deadline.quote if deadline else deadline_text,
                recurrence=deadline.recurrence if deadline else "",
                product=product,
                rule=rule,
            )
        )

    def identify(self, clause: Clause, role: str, agency: str, task: str) -> str:
        """An id that depends on the document and the content, not on the order of rows."""
        base = "\x1f".join((self.analysis.document_id, clause.clause_path, role, agency, task[:160]))
        for count in range(10_000):
            digest = hashlib.blake2b(f"{base}\x1f{count}".encode(), digest_size=5).hexdigest()
            if digest not in self.ids:
                self.ids.add(digest)
                return f"a{digest}"
        raise AssertionError("unreachable: ids exhausted")

    def problem(self, code: ProblemCode, message: str, passage: Passage, span: tuple[int, int]) -> None:
        """A low problem on a stretch of a passage."""
        source = passage.span(*span)
        self.analysis.problems.append(
            Problem(
                self.analysis.document_id,
                code,
                "low",
                message,
                passage.clause.clause_id,
                source.start,
                source.end,
                passage.source[source.start : source.end],
            )
        )

    # ------------------------------------------------------------ role lines

    def role_lines(self, passage: Passage, parts: list[Labelled]) -> bool:
        """The rows of a labelled clause; false where its labels name no role."""
        if not any(part.role not in ("deadline", "product") for part in parts) or _told_behind_label(passage):
            return False
        beside = self.beside(passage.clause, passage, parts)
        for part in parts:
            if part.role in ("deadline", "product"):
                continue
            content = passage.text[part.start : part.end]
            for role in part.role.split("+"):
                if role == "phoi_hop_thuc_hien" and beside.chaired:
                    role = "phoi_hop"  # the partner of the chair that its group names
                for found in read_list(content, cast(Role, role), self.known):
                    self.row(
                        passage,
                        found.role,
                        found.item,
                        (part.label_start, part.end),
                        beside.task,
                        beside.deadline,
                        "role_line",
                        beside.note,
                        beside.product,
                    )
        return True

    def beside(self, clause: Clause, passage: Passage, parts: list[Labelled]) -> _Beside:
        """Task, deadline and product of a role line: from its own labels, then from the lines of its group."""
        deadline, note, product = self.labelled_deadline(passage, parts)
        lead = passage.text[passage.start : parts[0].label_start].strip(" .;:-–(")
        chaired = any("chu_tri" in part.role for part in parts)
        siblings = self.analysis.tree.children(parent) if (parent := self.analysis.tree.parent(clause)) else []
        index = next((i for i, other in enumerate(siblings) if other.clause_id == clause.clause_id), -1)
        tasks: list[str] = []
        if index >= 0:
            for step in (1, -1):
                position = index + step
                while 0 <= position < len(siblings):
                    other = self.analysis.passage_of.get(siblings[position].clause_id)
                    if other is None:
                        break
                    marks = labelled(other.text, other.start)
                    if not marks:
                        tasks = self.task_above(siblings, position) if step < 0 else tasks
                        break
                    chaired = chaired or (step < 0 and any("chu_tri" in part.role for part in marks))
                    if deadline is None:
                        deadline, text, made = self.labelled_deadline(other, marks)
                        note, product = note or text, product or made
                    position += step
        if not lead and not tasks and parent is not None:
            tasks, upper = self.above_group(parent)
            if upper is not None and deadline is None:
                deadline, text, made = self.labelled_deadline(upper, labelled(upper.text, upper.start))
                note, product = note or text, product or made
        return _Beside(lead or " ".join(tasks), deadline, note, product, chaired)

    def above_group(self, group: Clause) -> tuple[list[str], Passage | None]:
        """The task and the line of time beside a group of role lines below a label of its own.

        ``a) Nhiệm vụ: …``, ``b) Cơ quan thực hiện:`` over role lines, ``c) Thời gian: …``.
        """
        own = self.analysis.lead(group)
        above = self.analysis.tree.parent(group)
        if own is None or above is None or not _ONLY_LABEL.search(own.text[own.start :]):
            return [], None
        siblings = self.analysis.tree.children(above)
        index = next(i for i, other in enumerate(siblings) if other.clause_id == group.clause_id)
        tasks: list[str] = []
        for other in reversed(siblings[:index]):
            passage = self.analysis.lead(other)
            if passage is not None and not labelled(passage.text, passage.start):
                tasks = self._wordings(other, passage)
                break
        after = (self.analysis.lead(other) for other in siblings[index + 1 :])
        time = next((p for p in after if p is not None and self._tells_time(p)), None)
        return tasks, time

    def _wordings(self, clause: Clause, own: Passage) -> list[str]:
        """What a point says without its label; where the label stands alone, what its own points say."""
        text = _TASK_LABEL.sub("", own.text[own.start :] + " ", count=1).strip()
        if text:
            return [text]
        below = (self.analysis.lead(child) for child in self.analysis.tree.children(clause))
        return [p.text[p.start :] for p in below if p is not None and p is not own]

    def _tells_time(self, passage: Passage) -> bool:
        return any(part.role == "deadline" for part in labelled(passage.text, passage.start))

    def task_above(self, siblings: list[Clause], position: int) -> list[str]:
        """The wording above a group of role lines: the nearest paragraph, or the heading where several stand there."""
        above: list[Passage] = []
        while position >= 0:
            other = self.analysis.passage_of.get(siblings[position].clause_id)
            if other is None or labelled(other.text, other.start):
                break
            above.append(other)
            position -= 1
        if not above:
            return []
        points = list(takewhile(lambda passage: passage.clause.kind in ("bullet", "item"), above))
        if points:
            return [passage.text[passage.start :] for passage in reversed(points)]
        chosen = above[-1] if position < 0 else above[0]
        return [chosen.text[chosen.start :]]

    def labelled_deadline(self, passage: Passage, parts: list[Labelled]) -> tuple[Deadline | None, str, str]:
        """The deadline and product that the labels of one clause state."""
        deadline, note, product = None, "", ""
        for part in parts:
            content = passage.text[part.start : part.end]
            if part.role == "deadline":
                deadline = self.dating.inside(passage, part.start, part.end)
                note = content
            elif part.role == "product":
                product = content
        return deadline, note, product

    # ------------------------------------------------------------ running text

    def narrative(self, passage: Passage) -> None:
        """The rows of one clause of running text."""
        clause = passage.clause
        parent = self.analysis.tree.parent(clause)
        is_lead = parent is not None and not parent.leaf and parent.char_start == clause.char_start
        if self.hands_nothing_over(passage, parent if is_lead else None):
            return
        context = self.headings.context(clause)
        if is_lead and parent is not None and not parent.leaf and not context.doers and parent.kind == "section":
            if not (parent.path[-1].startswith("Điều ") and passage.text.rstrip().endswith(".")):
                return  # but "Điều 5. Sở A có trách nhiệm báo cáo." over one more paragraph is a sentence
        label = _told_behind_label(passage)
        context = context._replace(organisation=True) if label else context
        begins = label.end() if label else passage.start
        rows = read_clause(passage.text, passage.lower, begins, context, self.known, dated=True)
        first: dict[int, int] = {}  # where the doers of a segment begin
        for found in rows:
            if found.item.start >= found.start and not found.rule.endswith("_partner"):
                first[found.start] = min(found.item.start, first.get(found.start, found.item.start))
        for found, deadline in self.dated(passage, rows):
            start, end = found.start, found.end
            while end > start and passage.text[end - 1] in " ;,":
                end -= 1
            begin = task_begins(passage.text, found)
            task = passage.text[begin:end]
            if not task.strip(" .;,:-–") or self.no_task(found, task, is_lead):
                continue  # a heading that hands nothing over yet: "Trách nhiệm của một số cơ quan:"
            if case := in_case(passage.text, found, begin, first.get(found.start, found.item.start)):
                task = f"{case}, {task}"
            self.row(passage, found.role, found.item, (start, end), task, deadline, found.rule)

    def hands_nothing_over(self, passage: Passage, led: Clause | None) -> bool:
        """Whether a clause is a heading, the end of a quotation, or opens a list or a table; ``led`` is the provision
        that it leads in."""
        clause = passage.clause
        if passage.text.isupper() or self.only_heads(passage, led is not None):
            return True
        if led is not None and self.headings.is_heading_only(led):
            return True
        quotes = ends_quotation(passage.source[clause.char_start : clause.char_end])
        return quotes or self.headings.opens_list(clause) or self.headings.opens_table(clause)

    def only_heads(self, passage: Passage, is_lead: bool) -> bool:
        """Whether a point of an article is the heading of those below it: no stop, no colon at its end."""
        article = is_lead and any(step.startswith("Điều ") for step in passage.clause.path)
        wording = passage.text[passage.start :].rstrip()
        return article and len(wording) < _LONGEST_HEAD and wording[-1:].isalnum()

    def no_task(self, row: RoleRow, task: str, is_lead: bool) -> bool:
        """Whether what stands where a task stands is none."""
        if row.role != "thuc_hien":
            return row.role == "tham_muu" and leads_in(task)
        if is_quota(task) or of_procedure(task) or (row.item.canonical.lower() == self.issuer and decides(task)):
            return True
        return leads_in(task) or (row.rule == "heading" and of_a_thing(task))

    def dated(self, passage: Passage, rows: list[RoleRow]) -> list[tuple[RoleRow, Deadline | None]]:
        """The rows with their deadlines; later tasks of a body in one role only where they have a date of their own.

        Where the tasks before have none they are one row with it: ``lập kế hoạch và giao chỉ tiêu; ban hành trước …``.
        """
        out: list[tuple[RoleRow, Deadline | None]] = []
        for row in rows:
            deadline = self.dating.of(passage, row)
            if not row.again:
                out.append((row, deadline))
                continue
            if deadline is None or not deadline.date or deadline.recurrence:
                continue
            same = [n for n, (o, _) in enumerate(out) if (o.role, o.item.canonical) == (row.role, row.item.canonical)]
            first, told = out[same[0]]
            alone = not any(first.end <= o.start < row.start and o.item.canonical != row.item.canonical for o, _ in out)
            if len(same) == 1 and alone and (told is None or not (told.date or told.recurrence)):
                out[same[0]] = (first._replace(end=row.end), deadline)
            elif deadline.date not in {known.date for n in same if (known := out[n][1]) is not None}:
                out.append((row, deadline))
        return out

    # ------------------------------------------------------------ tables

    def table(self, clause: Clause) -> None:
        """The rows of one task table."""
        before: Deadline | None = None
        told = ""
        for row in self.tables.rows(clause):
            passage = row.passage
            task = _NOISE.sub(" ", passage.text[row.task[0] : row.task[1]]) + row.more
            task = f"{row.before} - {task}" if row.before else task
            deadline = (
                self.dating.inside(passage, *row.deadline) if row.deadline else self.dating.inside(passage, *row.task)
            )
            note = passage.text[row.deadline[0] : row.deadline[1]] if row.deadline else ""
            deadline, note = (before, told) if row.same_time else (deadline, note)
            if deadline is None and row.head_time:
                deadline, note = self.dating.headed(passage, row.head_time), row.head_time
            before, told = deadline, note
            if row.time_unit and deadline is None and _FIGURE.fullmatch(note.strip()):
                note = f"{note.strip()} {row.time_unit}"
            product = passage.text[row.product[0] : row.product[1]] if row.product else ""
            for found, start, end in row.roles:
                self.row(passage, found.role, found.item, (start, end), task, deadline, "table", note, product)
            if row.owner_column and not row.roles:
                self.problem(
                    "task_without_owner",
                    f"Nhiệm vụ chưa có cơ quan thực hiện: “{short(task, 120)}”.",
                    passage,
                    row.task,
                )
            told = note.strip(' .-–/…"').lower()
            said = told not in _NO_TIME and _SPAN_OF_TIME.fullmatch(told) is None
            if row.roles and said and row.deadline is not None and deadline is None:
                self.problem(
                    "deadline_not_read",
                    f"Ô thời gian “{short(note, 60)}” không đọc được ngày nào.",
                    passage,
                    row.deadline,
                )
            if row.deadline_column and row.roles and deadline is None and not note.strip():
                self.problem(
                    "task_without_deadline", f"Nhiệm vụ chưa có thời hạn: “{short(task, 120)}”.", passage, row.task
                )


def stage(analysis: Analysis) -> None:
    """Fill ``analysis.assignments`` and the problems ``task_without_owner`` and ``task_without_deadline`` (low)."""
    builder = _Builder(analysis)
    for clause in analysis.clauses:
        if clause.kind == "table":
            builder.table(clause)
            continue
        if clause.kind in _SKIPPED:
            continue
        passage = analysis.passage_of.get(clause.clause_id)
        if passage is None or len(passage.text) < 8:
            continue
        parts = labelled(passage.text, passage.start)
        if builder.role_lines(passage, parts):
            continue
        if clause.kind == "role_line":
            continue
        builder.narrative(passage)
    analysis.assignments = [a for a in analysis.assignments if not analysis.ordered(a.char_start, a.char_end)]
    _missing(builder)
    for passage in not_understood(analysis, builder.headings):
        builder.problem(
            "heading_not_understood",
            f"Không đọc được ai thực hiện các việc ở mục “{short(passage.text, 100)}”.",
            passage,
            (passage.start, len(passage.text)),
        )


def _missing(builder: _Builder) -> None:
    """Tasks whose group of role lines, or whose lead role in running text, comes without a deadline."""
    analysis = builder.analysis
    by_clause: dict[str, list[Assignment]] = {}
    for row in analysis.assignments:
        if row.rule != "table":
            by_clause.setdefault(row.clause_id, []).append(row)
    done: set[str] = set()
    for clause_id, rows in by_clause.items():
        clause = analysis.tree.by_id[clause_id]
        group = clause.parent_id + rows[0].task if rows[0].rule == "role_line" else clause_id
        if group in done or not any(r.role in _DO_ROLES for r in rows):
            continue
        if rows[0].rule != "role_line" and not any(r.role == "chu_tri" for r in rows):
            continue
        done.add(group)
        if any(r.deadline or r.recurrence or r.deadline_text for r in rows):
            continue
        passage = analysis.passage_of[clause_id]
        builder.problem(
            "task_without_deadline",
            f"Nhiệm vụ chưa có thời hạn: “{short(rows[0].task, 120)}”.",
            passage,
            (passage.start, len(passage.text)),
        )
