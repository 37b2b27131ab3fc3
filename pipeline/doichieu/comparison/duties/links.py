"""The tasks of a document, one by one: each sentence and each link of a ``;`` chain, with its own wording and bodies.

What holds of the tasks of a document:

1. each is a stretch of one leaf clause, without its marker, in document order; no two overlap;
2. headings that only open a list, labels and what stands outside the body are none;
3. its bodies are those of the assignments that lie in it; where it names none, those of the link before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from doichieu.comparison.duties.role_lines import does_something, lent, only_tells_when, only_tells_who, opens_with_verb
from doichieu.comparison.duties.times import Times, times_in
from doichieu.lexicon.headings import zone_of_heading
from doichieu.model import Assignment, Cell, Clause, Document
from doichieu.text.memory import Last

#: Roles of who answers for a task, the strongest first, and of who helps.
LEADS = ("chu_tri", "lanh_dao", "tham_muu", "thuc_hien", "kiem_tra", "giam_sat", "bao_cao")
_OUTSIDE = frozenset(
    {"header", "title", "preamble", "footnote", "recipients", "recipient", "signature", "stamp", "table"}
)
_NO_TASKS = frozenset({"goal", "general_goal", "situation", "viewpoint"})
#: A stretch with fewer words is a label, no task.
_SHORTEST = 4
#: So many letters of the task of an assignment tell its cell.
_TOLD = 40


class Link(NamedTuple):
    """One task: where it stands, who leads it (empty where nobody is named), who helps, by when."""

    clause: Clause
    start: int
    end: int
    lead: str
    role: str
    partners: tuple[str, ...]
    deadline: str
    deadline_operator: str
    leads: int
    times: Times = Times({}, "", 0.0)

    def quote(self, document: Document) -> str:
        """Its wording as the source prints it."""
        return document.source.text[self.start : self.end]


def tasks_of(document: Document) -> list[Link]:
    """The tasks that a document sets: the links of its chapters of tasks and of organisation, and all that charge a
    body."""
    return list(_tasks(document))


def _read_tasks(document: Document) -> tuple[Link, ...]:
    zones, charged, heads = zones_of(document), _charged(document), _heads_of(document)
    out = []
    for link in links_of(document):
        if link.clause.clause_id in heads and (not link.role or _label(document, link)):
            continue
        zone = zones.get(link.clause.clause_id, "")
        if (
            link.lead
            or link.clause.clause_id in charged
            or zone in ("task", "organisation")
            or (zone not in _NO_TASKS and opens_with_verb(document.source.text[link.start : link.end]))
        ):
            out.append(link)
    return tuple(out)


#: A parent is asked for with each of its children.
_tasks = Last(_read_tasks)


def _charged(document: Document) -> set[str]:
    return {a.clause_id for a in document.assignments}


def links_of(document: Document) -> list[Link]:
    """All links of the body, tasks or not: what may answer a task."""
    return list(_links(document))


def _read_links(document: Document) -> tuple[Link, ...]:
    by_clause: dict[str, list[Assignment]] = {}
    for assignment in document.assignments:
        by_clause.setdefault(assignment.clause_id, []).append(assignment)
    opening = {m.char_start: m.quote for m in document.mentions}
    headed, heads, zones = _bodies_of_headings(document), _heads_of(document), zones_of(document)
    lines = lent(document.clauses, by_clause, heads)
    out: list[Link] = []
    for clause in document.clauses:
        if not clause.leaf or clause.kind in _OUTSIDE:
            continue
        given = by_clause.get(clause.clause_id, [])
        row = _task_cell(document.source.text, clause, given)
        if clause.cells and row is None:
            continue
        before = beside = lines.get(clause.clause_id, [])
        fresh, closed = len(out), False
        for start, end in spans(document.source.text, clause, row):
            wording = document.source.text[start:end]
            own = [a for a in given if row or (a.char_start < end and start < a.char_end)]
            times = times_in(document, *((clause.char_start, clause.char_end) if row else (start, end)))
            line = clause.kind == "role_line"
            if not row and (only_tells_who(wording, own, line=line) or only_tells_when(wording, times)):
                out[fresh:] = [_told_behind(link, own, times) for link in out[fresh:]]
                closed = True
                continue
            fresh, closed = (len(out), False) if closed else (fresh, False)
            before = own or before
            link = _link(clause, start, end, own or (beside if before is beside else []), before)
            above = zones.get(clause.clause_id, "")
            link = _set_to_who_opens(link, opening.get(start, ""), wording, told=above in _NO_TASKS)
            if not link.lead and clause.parent_id in headed and clause.clause_id not in heads:
                link = _set_to_who_heads(link, headed[clause.parent_id], wording)
            out.append(_timed(link, times))
    return tuple(out)


def _told_behind(link: Link, own: list[Assignment], times: Times) -> Link:
    """A link with the bodies and the term that a sentence behind it tells, where it has none of its own."""
    if own and not link.lead:
        link = _timed(_link(link.clause, link.start, link.end, own, own), link.times)
    return link if link.times.dates or link.times.often else _timed(link, times)


def _timed(link: Link, times: Times) -> Link:
    """A link with the times that its own wording tells; what recurs has no last day."""
    if times.dates:
        day = link.deadline if link.deadline in times.dates else times.last()
        operator = link.deadline_operator if day == link.deadline else times.operator
        return link._replace(deadline=day, deadline_operator=operator, times=times)
    return link._replace(deadline="", deadline_operator="", times=times) if times.often else link


def _set_to_who_opens(link: Link, body: str, wording: str, *, told: bool) -> Link:
    """A link that a body opens is set to that body, where those it is set to stand in a heading above, or nobody is
    read as charged though the body is named before a colon or a verb; where a chapter only tells what was done (it is
    ``told``), before a verb of tasks alone."""
    if not body or (link.lead and any(one in wording for one in link.lead.split("; "))):
        return link
    rest = _OF_LEVELS.sub("", wording[len(body) :].lstrip())
    if not link.lead and not _COLON.match(rest) and not (opens_with_verb(rest) if told else does_something(rest)):
        return link
    return link._replace(lead=body, role="thuc_hien", leads=1)


#: Of which levels a body is, behind its name.
_OF_LEVELS = re.compile(r"(?:các cấp|cùng cấp|cấp (?:tỉnh|huyện|xã))\s+")
#: What follows a body that a colon gives its task; no figure.
_COLON = re.compile(r":\s*[^\W\d]")
#: Words beside the names of bodies in a heading that says no more than whom its list concerns.
_WHOM = re.compile(r"(?:đối với|trách nhiệm của|nhiệm vụ của|về phía|đề nghị|và|,|:|\*|_|\s)+", re.IGNORECASE)
_HELPS = re.compile(r"phối hợp(?!\w)", re.IGNORECASE)


def _set_to_who_heads(link: Link, bodies: tuple[str, ...], wording: str) -> Link:
    """A link of a list that bodies head is set to them, where nobody is read as charged; it may have them only help."""
    return link._replace(lead="; ".join(bodies), role="phoi_hop" if _HELPS.match(wording) else "thuc_hien", leads=1)


def _read_bodies_of_headings(document: Document) -> dict[str, tuple[str, ...]]:
    """The bodies of each node whose heading names nothing but them: "Đối với Mặt trận Tổ quốc"."""
    heads = _heads_of(document)
    clauses = {clause.clause_id: clause for clause in document.clauses if clause.clause_id in heads}
    named: dict[str, list[str]] = {}
    for mention in document.mentions:
        if mention.clause_id in clauses:
            named.setdefault(mention.clause_id, []).append(mention.quote)
    out = {}
    for clause_id, bodies in named.items():
        clause = clauses[clause_id]
        rest = clause.text[_after_marker(clause.text, clause.marker) :]
        for body in sorted(bodies, key=len, reverse=True):
            rest = rest.replace(body, " ")
        if not _WHOM.sub("", rest):
            out[clause.parent_id] = tuple(dict.fromkeys(bodies))
    return out


#: A parent is asked for with each of its children.
_bodies_of_headings = Last(_read_bodies_of_headings)


#: A parent is asked for with each of its children.
_links = Last(_read_links)


def _task_cell(source: str, clause: Clause, given: Sequence[Assignment]) -> Cell | None:
    """The cell of a row of a table that tells its task: the one that its assignments tell, or the first of several
    words; none where the row heads a table, or the clause is no row."""
    cells = [cell for cell in clause.cells if not cell.header]
    told = " ".join(given[0].task.split()) if given else ""
    for cell in cells if told else ():
        if told[:_TOLD] in " ".join(source[cell.start : cell.end].split()):
            return cell
    return next((c for c in cells if len(re.findall(r"[^\W\d]+", source[c.start : c.end])) >= _SHORTEST), None)


def _label(document: Document, link: Link) -> bool:
    return document.source.text[link.start : link.end + 1].rstrip("* ").endswith(":")


def is_heading(document: Document, link: Link) -> bool:
    """Whether a link only heads the clauses of a node and charges nobody: it does nothing."""
    return not link.role and link.clause.clause_id in _heads_of(document)


def _heads(document: Document) -> set[str]:
    """The leaf clauses that hold the heading of a node with clauses below it."""
    children: dict[str, list[Clause]] = {}
    for clause in document.clauses:
        children.setdefault(clause.parent_id, []).append(clause)
    nodes = {c.clause_id: c for c in document.clauses if not c.leaf}
    return {
        below[0].clause_id
        for key, below in children.items()
        if key in nodes
        and nodes[key].heading
        and below[0].leaf
        and any(clause.kind != "role_line" for clause in below[1:])
        and _is_heading(nodes[key].heading)
    }


_heads_of = Last(_heads)


def _is_heading(text: str) -> bool:
    """Whether the wording of a node only heads what stands below it: one sentence, or one that leads a list in."""
    return text.rstrip("* ").endswith(":") or not re.search(r"[.;]\s+\S", text.strip()[4:])


def _link(clause: Clause, start: int, end: int, own: list[Assignment], before: list[Assignment]) -> Link:
    chosen = own or before
    first = min((a for a in chosen if a.role in LEADS), key=lambda a: LEADS.index(a.role), default=None)
    if first is None and chosen:
        first = chosen[0]  # phối hợp alone: the first body named is the one that is charged
    same = [a for a in chosen if first is not None and a.role == first.role]
    leading = _leading(first, same, chosen)
    partners = tuple(dict.fromkeys(a.agency for a in chosen if a.agency not in leading))
    dated = next((a for a in own if a.deadline), None)
    return Link(
        clause,
        start,
        end,
        "; ".join(leading),
        first.role if first is not None else "",
        partners if own else (),
        dated.deadline if dated else "",
        dated.deadline_operator if dated else "",
        len({a.agency for a in own if a.role == "chu_tri"}),
    )


def _leading(first: Assignment | None, same: list[Assignment], chosen: list[Assignment]) -> list[str]:
    if first is None:
        return []
    if first.role in LEADS:
        return list(dict.fromkeys(a.agency for a in same))
    return [chosen[0].agency]


#: Where a stretch may end, and what opens and closes asides.
_TURNS = re.compile(r"[(\[“)\]”;.]")


def spans(source: str, clause: Clause, cell: Cell | None = None) -> Iterator[tuple[int, int]]:
    """The stretches of a leaf clause, or of one cell of it, between its full stops and semicolons, outside brackets and
    quotation marks."""
    pieces = clause.pieces
    begin, end = (pieces[0].start, pieces[-1].end) if pieces else (clause.char_start, clause.char_end)
    if cell is not None:
        begin, end = cell.start, cell.end
    text = source[begin:end]
    start = _after_marker(text, clause.marker)
    depth = 0
    for found in _TURNS.finditer(text, start):
        index, char = found.start(), found.group()
        if char in "([“":
            depth += 1
        elif char in ")]”":
            depth = max(0, depth - 1)
        elif depth == 0 and (char == ";" or (char == "." and _ends_sentence(text, index))):
            yield from _trimmed(source, begin + start, begin + index)
            start = index + 1
    yield from _trimmed(source, begin + start, end)


def _after_marker(text: str, marker: str) -> int:
    match = _begins_with(marker).match(text)
    return match.end() if match else 0


@lru_cache(maxsize=1024)
def _begins_with(marker: str) -> re.Pattern[str]:
    """A marker, or that of a list, with what stands around it."""
    return re.compile(r"[\s*_]*" + (re.escape(marker) if marker else r"[-+–•]?") + r"[\s*_./):–-]*")


_ABBREVIATED = re.compile(r"(?:(?<!\w)(?:tp|tx|tt|gs|ts|pgs|ths|ks|st|tr|no|đ/c|v\.v)|\d)\Z", re.IGNORECASE)


def _ends_sentence(text: str, index: int) -> bool:
    rest = text[index + 1 :]
    after = rest.lstrip('*_ \n\t”"')
    if not after:
        return True
    if not rest[:1].isspace() and rest[:1] not in '*_”"':
        return False
    if _ABBREVIATED.search(text[max(0, index - 4) : index]) and not (text[index - 1].isdigit() and after[0].isupper()):
        return False
    return after[0].isupper() or after[0] in '"“('


def _trimmed(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (source[start].isspace() or source[start] in '*_,;.:–-+"”'):
        start += 1
    while end > start and (source[end - 1].isspace() or source[end - 1] in "*_,;.:–-+"):
        end -= 1
    if len(re.findall(r"\w+", source[start:end])) >= _SHORTEST:
        yield start, end


def zones_of(document: Document) -> dict[str, str]:
    """The zone of each clause: that of the nearest heading above it that opens one; nobody may change what this
    returns."""
    return _zones(document)


def _read_zones(document: Document) -> dict[str, str]:
    nodes = {c.clause_id: c for c in document.clauses}
    found: dict[str, str] = {}
    for clause in document.clauses:
        zone = zone_of_heading(clause.heading) if not clause.leaf and len(clause.heading) <= 250 else ""
        above = nodes.get(clause.parent_id)
        found[clause.clause_id] = zone or (found.get(above.clause_id, "") if above is not None else "")
    return found


_zones = Last(_read_zones)


__all__ = ["LEADS", "Link", "is_heading", "links_of", "opens_with_verb", "spans", "tasks_of", "zones_of"]
