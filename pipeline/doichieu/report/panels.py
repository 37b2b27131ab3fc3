"""The panels beside the findings: coverage, timeline, matrix of roles, full texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from msgspec import Struct

from doichieu.model import NOT_OWED, Assignment, Clause, Comparison, Document, Kind
from doichieu.naming import day_words
from doichieu.report.bodies import body_key, body_names
from doichieu.report.clean import unmarked
from doichieu.report.records import ComparisonView
from doichieu.report.words import name, words
from doichieu.text.memory import remembered

COVERAGE = ("kept", "higher", "other", "lower", "omitted")
_MOST_BODIES = 60


class Strip(Struct, frozen=True):
    """A line of the picture of coverage: parts of a whole, each (class, name, count)."""

    name: str
    key: str
    parts: tuple[tuple[str, str, int], ...]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(count for _, _, count in self.parts)


class Moment(Struct, frozen=True):
    """One last day with the number of targets of each side; widths in per cent of the longest bar."""

    date: str
    iso: str
    child: int
    parent: int
    child_width: int
    parent_width: int


class Move(Struct, frozen=True):
    """A deadline that the lower document moved, and the findings (id, number) that say so."""

    upper: str
    lower: str
    later: bool
    findings: tuple[tuple[str, int], ...]


class Matrix(Struct, frozen=True):
    """Bodies by roles with numbers of tasks: ``rows`` are (body, counts, total); ``more`` bodies are not shown."""

    roles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    more: int
    most: int


class Segment(Struct, frozen=True):
    """A stretch of a clause; ``marks`` are the (id, number, class) of what it is the wording of, ``ends`` those that
    end here."""

    text: str
    marks: tuple[tuple[str, str, str], ...] = ()
    ends: tuple[tuple[str, str, str], ...] = ()


class Line(Struct, frozen=True):
    """One leaf clause of a full text, ``kind`` that of the clause or ``head``; ``depth`` counts from 0."""

    id: str
    kind: str
    depth: int
    segments: tuple[Segment, ...]


#: The class of coverage that each kind puts a target into; the first class that one of its kinds names is its own.
COVERAGE_CLASS: dict[str, tuple[Kind, ...]] = {
    "omitted": ("omitted",),
    "lower": ("looser", "deadline_later"),
    "other": ("scope_narrower", "scope_broader", "modality_weaker", "modality_stronger", "changed"),
    "higher": ("stricter", "deadline_earlier"),
    "kept": ("equal", "implied", "added"),
}


def _class(kinds: Iterable[str]) -> str:
    """The class of a finding; a kind that no class knows is an error, never "kept"."""
    found = set(kinds)
    for found_class, members in COVERAGE_CLASS.items():
        if found & set(members):
            return found_class
    raise ValueError(f"no class of coverage for {sorted(found)}")


def coverage(view: ComparisonView) -> list[Strip]:
    """What became of the parent's targets: in all, then by section where there are several; each target counted
    once, and those not at all that are not addressed to the child."""
    worst: dict[str, tuple[str, str, str]] = {}
    rank = {key: i for i, key in enumerate(COVERAGE)}
    for finding in view.findings:
        key = finding.parent.target_id
        if key and finding.applicability not in NOT_OWED:
            now = _class(finding.kinds)
            if key not in worst or rank[now] > rank[worst[key][0]]:
                worst[key] = (now, finding.section, finding.section_name)
    if not worst:
        return []
    names = words(view.lang)["coverage"]
    sections = [pair for pair in view.sections if any(w[1] == pair[0] for w in worst.values())]

    def strip(title: str, key: str, classes: Iterable[str]) -> Strip:
        count = Counter(classes)
        return Strip(title, key, tuple((c, names[c], count[c]) for c in COVERAGE if count[c]))

    out = [strip(words(view.lang)["text"]["all"], "", (w[0] for w in worst.values()))]
    if len(sections) > 1:
        out += [strip(title, key, (w[0] for w in worst.values() if w[1] == key)) for key, title in sections]
    return out


def duty_strip(view: ComparisonView) -> Strip | None:
    """What became of the parent's tasks; None where it has none."""
    count = Counter(d.verdict for d in view.duties)
    parts = tuple((v, name(view.lang, "duties", v), count[v]) for v in words(view.lang)["duties"] if count[v])
    return Strip(words(view.lang)["text"]["duties"], "", parts) if parts else None


def timeline(comparison: Comparison) -> list[Moment]:
    """The targets of both sides by their last day, repetitions left out."""
    dates: dict[str, list[int]] = {}
    for side, document in enumerate((comparison.child, comparison.parent)):
        for target in document.targets if document else ():
            if target.deadline and not target.same_as:
                dates.setdefault(target.deadline, [0, 0])[side] += 1
    top = max((max(pair) for pair in dates.values()), default=1)
    return [
        Moment(day_words(d), d, c, p, round(100 * c / top), round(100 * p / top)) for d, (c, p) in sorted(dates.items())
    ]


def moves(view: ComparisonView) -> list[Move]:
    """The deadlines that were moved, later ones first."""
    title = words(view.lang)["text"]["deadline"]
    found: dict[tuple[bool, str, str], list[tuple[str, int]]] = {}
    for finding in view.findings:
        for change in finding.changes:
            if change.name == title and {"deadline_later", "deadline_earlier"} & set(finding.kinds):
                found.setdefault(("deadline_later" not in finding.kinds, change.upper, change.lower), []).append(
                    (finding.id, finding.number)
                )
    return [Move(upper, lower, not early, tuple(items)) for (early, upper, lower), items in sorted(found.items())]


def matrix(assignments: tuple[Assignment, ...], lang: str) -> Matrix:
    """Who has which roles how often; bodies with most tasks first."""
    names = body_names(assignments)
    count: dict[str, Counter[str]] = {}
    for assignment in assignments:
        count.setdefault(names[body_key(assignment)], Counter())[assignment.role] += 1
    roles = [r for r in words(lang)["roles"] if any(c[r] for c in count.values())]
    rows = sorted(count.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    kept = rows[:_MOST_BODIES]
    most = max((max(c.values()) for _, c in kept), default=1)
    return Matrix(
        tuple(name(lang, "roles", r) for r in roles),
        tuple((a, tuple(c[r] for r in roles), sum(c.values())) for a, c in kept),
        len(rows) - len(kept),
        most,
    )


def full_text(document: Document, marks: Mapping[str, list[tuple[str, str, str]]]) -> list[Line]:
    """The whole text by leaf clauses; ``marks`` are by ``target_id`` the (id, number, class) to show on its wording."""
    depth: dict[str, int] = {}
    marker = {c.clause_id: c.marker for c in document.clauses if c.heading}
    by_clause: dict[str, list[tuple[int, int, tuple[tuple[str, str, str], ...]]]] = {}
    for target in document.targets:
        if target.target_id in marks:
            by_clause.setdefault(target.clause_id, []).append(
                (target.char_start, target.char_end, tuple(marks[target.target_id]))
            )
    out: list[Line] = []
    for clause in document.clauses:
        depth[clause.clause_id] = depth.get(clause.parent_id, -1) + 1
        if clause.leaf:
            segments = _segments(document.source.text, clause, by_clause.get(clause.clause_id, []))
            kind = (
                "head"
                if clause.marker and clause.marker == marker.get(clause.parent_id) and clause.kind == "paragraph"
                else clause.kind
            )
            out.append(Line(clause.clause_id, kind, min(depth[clause.clause_id], 6), segments))
    return out


#: A stretch without marks, its white space made one blank; a parent's whole text is shown with each of its children.
_plain = remembered(lambda text: re.sub(r"\s+", " ", unmarked(text)))


def _segments(
    text: str, clause: Clause, spans: list[tuple[int, int, tuple[tuple[str, str, str], ...]]]
) -> tuple[Segment, ...]:
    """The clause cut where wordings begin and end; the marks of a wording hang on its last stretch."""
    found: list[tuple[str, tuple[tuple[str, str, str], ...]]] = []
    for piece in clause.pieces:
        cuts = sorted(
            {piece.start, piece.end, *(p for s, e, _ in spans for p in (s, e) if piece.start < p < piece.end)}
        )
        for start, end in pairwise(cuts):
            plain = _plain(text[start:end])
            if plain:
                found.append((plain, tuple(mark for s, e, marks in spans if s <= start and end <= e for mark in marks)))
    last = {mark: i for i, (plain, marks) in enumerate(found) if plain.strip() for mark in marks}
    return tuple(
        Segment(plain, marks, tuple(m for m in marks if last.get(m) == i)) for i, (plain, marks) in enumerate(found)
    )
