"""What reports say of each target of a plan: reached, on course, behind, measured otherwise, not reported.

A figure answers a target of the same population and the same thing at the same grade; one figure may answer the target
of this year and that of 2030.  A figure that speaks of the target with other people, another unit or another thing
(people in classes for people with the grade) is ``measured_otherwise``; it is shown and settles nothing.

The line: what must have been reached by the day of the figure, if all goes evenly from the plan's day to the
deadline.  A verdict within :data:`NEAR` of it without a baseline says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from doichieu.comparison.meaning.cleaned import territory_of
from doichieu.comparison.meaning.statements import statement_of
from doichieu.comparison.meaning.surroundings import NOTHING, surroundings_of
from doichieu.comparison.pairing.align import best_pairs, likenesses
from doichieu.comparison.pairing.likeness import Side, Weighed, plain
from doichieu.comparison.pairing.matches import THRESHOLD
from doichieu.comparison.relations.algebra import falls
from doichieu.comparison.relations.differences import differences
from doichieu.comparison.relations.populations import compare_populations
from doichieu.lexicon import load
from doichieu.model import Document, ProgressFinding, ProgressRow, ProgressVerdict, Result, Target
from doichieu.naming import day_words
from doichieu.text import fold

#: Figures of some parts of the place only.
_PARTS_OF_PLACES = re.compile(r"(?<!\w)(?:ở (?:các )?(?:thôn|bản|khu|tổ)|tổ dân phố|riêng)(?!\w)")
#: Shares nearer to the line than this, with no baseline, are told to be near it.
NEAR = 0.10
_TOUCHES = 0.3  # so much of the predicate's first words a figure of another measure must name
_OTHERWISE = 0.4  # what a figure of another measure counts against one that answers
_SPEAKS = 0.5  # so many of its words it must share with the target
_EXCEPT = re.compile(r"(?:không tính|không kể|không bao gồm|ngoại trừ|trừ)\s")


class Answer(Struct, frozen=True):
    """A figure and how it speaks of a target: ``whole`` answers it, else it measures something else."""

    result: Result
    score: float
    whole: bool
    changed: bool = False  # another population than the plan's


def asked(target: Target) -> tuple[float, bool] | None:
    """The share or amount that a target asks for, and whether more is better; None where it has no measure.

    A target without a percentage asks for all; ``đa số`` for more than half.
    """
    if target.operator == "majority":
        return 50.0, True
    if target.value is None:
        return (100.0, True) if target.level or not target.unit else None
    less = target.operator in ("<", "<=") or falls(target)
    return target.value, not less


def claim_of(result: Result) -> Target:
    """A figure as a comparison reads a target: of whom, what, how much, at what grade."""
    return Target(
        result.document_id,
        result.result_id,
        result.clause_id,
        result.clause_path,
        result.char_start,
        result.char_end,
        result.quote,
        subject=result.population,
        scope=result.scope,
        indicator=result.indicator,
        operator=result.operator,
        value=result.value,
        value_max=result.value_max,
        unit=result.unit,
        level_scale=result.level_scale,
        level_operator=result.level_operator,
        level=result.level,
    )


class _Sides:
    """The figures of a report beside the targets of a plan, as the comparison lays a child beside its parent."""

    def __init__(self, report: Document, plan: Document, targets: Sequence[Target]) -> None:
        self.results = [r for r in report.results if r.role in ("result", "attendance")]
        claims = [claim_of(r) for r in self.results]
        here, there = territory_of(report), territory_of(plan)
        around = surroundings_of(plan)
        self.targets = list(targets)
        beside = [around.get(t.target_id, NOTHING) for t in self.targets]
        self.own = [statement_of(claim, NOTHING, here) for claim in claims]
        self.asked = [statement_of(t, near, there) for t, near in zip(self.targets, beside, strict=True)]
        c = Side(claims, [claim.quote for claim in claims], self.own)
        p = Side(
            self.targets, [near.stretch or t.quote for t, near in zip(self.targets, beside, strict=True)], self.asked
        )
        self.likeness = likenesses(c, p, Weighed.of(c, p))

    def answer(self, i: int, j: int) -> Answer | None:
        """How one figure speaks of one target; None where it does not."""
        result, target = self.results[i], self.targets[j]
        score, alike = self.likeness.score[i][j], self.likeness.alike[i][j]
        found = differences(self.own[i], self.asked[j])
        relation = compare_populations(self.own[i], self.asked[j], found).relation
        if score >= THRESHOLD and result.role == "result":
            if target.level and result.level and target.level != result.level:
                return None
            spared = bool(_EXCEPT.search(fold(result.quote)))
            places = bool(_PARTS_OF_PLACES.search(fold(result.population)))
            places = places and not _PARTS_OF_PLACES.search(
                fold(f"{target.subject} {' '.join(target.scope)} {target.quote}")
            )
            other = relation in ("overlap", "apart") or (relation == "narrower" and not spared)
            return Answer(result, score, not other and not places, spared or places)
        ages = found.age_child is not None and found.age_child != found.age_parent
        if relation != "apart" and not ages and self._otherwise(result, target, alike):
            return Answer(result, _OTHERWISE * max(alike, _SPEAKS), False)
        return None

    def _otherwise(self, result: Result, target: Target, alike: float) -> bool:
        """Whether a figure in another unit speaks of the same thing: people in classes for people with the course."""
        if result.unit == "%" and target.unit in ("", "%"):
            return False
        if target.level and result.level and target.level_scale != result.level_scale:
            return False
        said, wanted = (
            plain(f"{x.population} {x.indicator}")
            if isinstance(x, Result)
            else plain(f"{x.subject} {x.indicator} {' '.join(x.scope)}")
            for x in (result, target)
        )
        speaks = alike >= THRESHOLD or max(_shared(said, wanted), _shared(wanted, said)) >= _SPEAKS
        return speaks and _shared(said, plain(target.indicator), 6) >= _TOUCHES


def _shared(own: str, theirs: str, first: int | None = None) -> float:
    """How many of a target's words (the ``first`` of them) a figure's wording has, without the fillers."""
    fillers = set(load("populations")["fillers"])
    wanted = [w for w in theirs.split() if w not in fillers][:first]
    have = set(own.split())
    return sum(w in have for w in wanted) / len(wanted) if wanted else 0.0


def answers(report: Document, plan: Document, targets: Sequence[Target]) -> dict[str, Answer]:
    """For each target the figure that speaks of it.

    The targets of one deadline and the figures are paired as targets of a child and of its parent are; a figure that
    measures something else comes only where nothing answers.
    """
    sides = _Sides(report, plan, targets)
    if not sides.results or not sides.targets:
        return {}
    found = [[sides.answer(i, j) for j in range(len(sides.targets))] for i in range(len(sides.results))]
    out: dict[str, Answer] = {}
    for whole in (True, False):
        used = {answer.result.result_id for answer in out.values()}  # what answers a target measures no other otherwise
        for deadline in dict.fromkeys(t.deadline for t in sides.targets):
            columns = [j for j, t in enumerate(sides.targets) if t.deadline == deadline and t.target_id not in out]
            score = [
                [
                    a.score if (a := row[j]) and a.whole == whole and a.result.result_id not in used else 0.0
                    for j in columns
                ]
                for row in found
            ]
            for match in best_pairs(score, THRESHOLD if whole else 0.0):
                answer = found[match.child][columns[match.parent]]
                if answer is not None:
                    out[sides.targets[columns[match.parent]].target_id] = answer
    return out


# ---------------------------------------------------------------- verdicts


def _share_of_time(start: str, end: str, now: str) -> float | None:
    if not (start and end and now):
        return None
    a, b, c = (date.fromisoformat(day) for day in (start, end, now))
    return None if b <= a else min(1.0, max(0.0, (c - a).days / (b - a).days))


def _meets(target: Target, value: float) -> bool:
    goal = asked(target)
    if goal is None:
        return False
    amount, more = goal
    if target.operator in (">", "majority"):
        return value > amount
    if target.operator == "<":
        return value < amount
    return value >= amount if more else value <= amount


def judge(
    target: Target, result: Result, start: str
) -> tuple[ProgressVerdict, float | None, float | None, list[ProgressFinding]]:
    """Verdict, share of time passed, share reached, and what to look at, of a figure that answers a target."""
    findings: list[ProgressFinding] = []
    elapsed = _share_of_time(start, target.deadline, result.as_of)
    goal = asked(target)
    if goal is None or result.value is None:
        return "measured_otherwise", elapsed, None, findings
    amount, more = goal
    base = result.baseline_value or 0.0
    reached = (result.value - base) / (amount - base) if amount != base else float(result.value >= amount)
    if not more:
        reached = (base - result.value) / (base - amount) if base > amount else float(result.value <= amount)
    if _meets(target, result.value):
        return "reached", elapsed, reached, findings
    if elapsed is None:
        return "on_course", elapsed, reached, findings
    if elapsed >= 1.0:
        return "behind", elapsed, reached, findings
    if result.baseline_value is None and abs(reached - elapsed) <= NEAR:
        return "on_course", elapsed, reached, ["near_the_line"]
    return ("behind" if reached < elapsed else "on_course"), elapsed, reached, findings


def plan_start(plan: Document, reports: Sequence[Document]) -> str:
    """The day from which time runs: the plan's own, else the day by which the reports cite it."""
    if plan.info.issued_on:
        return plan.info.issued_on
    number = plan_number(plan, reports)
    days = {c.issued_on for report in reports for c in report.citations if c.number == number and c.issued_on}
    return days.pop() if len(days) == 1 else ""


def plan_number(plan: Document, reports: Sequence[Document]) -> str:
    """The plan's number: its own, else the one number of its kind that every report carries out."""
    if plan.info.number:
        return plan.info.number
    cited = [
        next((c.number for c in report.citations if c.kind == plan.info.kind and c.number), "") for report in reports
    ]
    return cited[0] if cited and len(set(cited)) == 1 else ""


def progress(
    plan: Document,
    reports: Sequence[Document],
    targets: Mapping[str, Sequence[Target]] | None = None,
    ended: frozenset[str] = frozenset(),
) -> list[ProgressRow]:
    """One row per target of the plan and report.

    ``targets`` are those that hold on each report's day, where they are not the plan's own; ``ended`` are targets whose
    bearer no longer exists.
    """
    start = plan_start(plan, reports)
    rows: list[ProgressRow] = []
    for report in sorted(reports, key=lambda r: (r.info.issued_on, r.document_id)):
        own = [t for t in (targets or {}).get(report.document_id, plan.targets) if not t.same_as]
        found = answers(report, plan, own)
        rows += [_row(plan, report, target, start, found.get(target.target_id)) for target in own]
    rows = _together(rows, reports)
    return [replace(row, findings=(*row.findings, "bearer_ended")) if row.target_id in ended else row for row in rows]


def _row(plan: Document, report: Document, target: Target, start: str, answer: Answer | None) -> ProgressRow:
    expected = _expected(target)
    base = ProgressRow(
        plan.document_id,
        target.target_id,
        report.document_id,
        expected=expected,
        deadline=target.deadline,
        plan_quote=target.quote,
    )
    if answer is None:
        return replace(base, explanation=f"Báo cáo không nêu kết quả về “{_called(target)}”.")
    result = answer.result
    verdict, elapsed, reached, findings = judge(target, result, start)
    if not answer.whole:
        verdict, reached, findings = "measured_otherwise", None, []
    if answer.changed:
        findings = [*findings, "population_changed"]
    if result.note and result.unit == "%":
        findings = [*findings, "share_does_not_fit"]
    return replace(
        base,
        result_id=result.result_id,
        verdict=verdict,
        value=result.value,
        unit=result.unit,
        as_of=result.as_of,
        elapsed_share=_rounded(elapsed),
        reached_share=_rounded(reached),
        proof=_proof(target, result, elapsed, reached),
        explanation=_explained(target, result, verdict, elapsed, reached),
        report_quote=result.quote,
        findings=tuple(findings),
    )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


_MARKS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "~": "≈", "majority": ">"}


def _figure(value: float, unit: str) -> str:
    text = f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{text}%" if unit in ("%", "") else f"{text} {unit}"


def _expected(target: Target) -> str:
    goal = asked(target)
    if goal is None:
        return ""
    mark = _MARKS.get(target.operator, "") if target.operator not in ("", "=") else ""
    return f"{mark} {_figure(goal[0], target.unit)}".strip()


def _proof(target: Target, result: Result, elapsed: float | None, reached: float | None) -> str:
    if result.value is None:
        return ""
    parts = [f"{_figure(result.value, result.unit)} / {_expected(target)}"]
    if reached is not None and elapsed is not None:
        parts.append(f"{reached:.1%} / {elapsed:.1%}".replace(".", ","))
    return "; ".join(parts)


def _called(target: Target) -> str:
    level = f" {target.level}" if target.level and target.level not in target.indicator else ""
    return " ".join(f"{target.subject} {target.indicator}{level}".split()) or target.quote


def _explained(
    target: Target, result: Result, verdict: ProgressVerdict, elapsed: float | None, reached: float | None
) -> str:
    """A sentence that can be pasted into a report."""
    told = f"Đến {day_words(result.as_of)}, " if result.as_of else ""
    value = _figure(result.value, result.unit) if result.value is not None else ""
    fraction = f" ({result.numerator:g}/{result.denominator:g})" if result.numerator and result.denominator else ""
    due = f", thời hạn {day_words(target.deadline)}" if target.deadline else ""
    head = f"{told}{_called(target)} đạt {value}{fraction}; kế hoạch đề ra {_expected(target)}{due}"
    time = (
        f"đã qua {elapsed:.0%} thời gian, đạt {reached:.0%} mức tăng cần có"
        if elapsed is not None and reached is not None
        else ""
    )
    if verdict == "reached":
        return f"{head}: đã đạt."
    if verdict == "behind":
        return f"{head}: chậm" + (f" ({time})." if time else ".")
    if verdict == "on_course":
        return f"{head}: đúng tiến độ" + (f" ({time})." if time else ".")
    quote = " ".join(result.quote.split())
    return f"{told}báo cáo nêu “{quote}”, không cùng cách đo với “{_called(target)}” của kế hoạch."


# ---------------------------------------------------------------- several reports


def _together(rows: list[ProgressRow], reports: Sequence[Document]) -> list[ProgressRow]:
    """Findings that need several reports: two figures of one day, a target that was reached and is no longer."""
    results = {r.result_id: r for report in reports for r in report.results}
    by_target: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        by_target.setdefault(row.target_id, []).append(i)
    out = list(rows)
    for places in by_target.values():
        told: list[tuple[int, str, float]] = []
        for i in places:
            result = results.get(out[i].result_id)
            if result is None or out[i].verdict in ("measured_otherwise", "not_reported"):
                continue
            if result.value is not None:
                told.append((i, result.as_of, result.value))
            for other in _of_other_days(result, reports):
                told.append((i, *other))
        clash = {
            i for i, day, value in told for j, d, v in told if d == day and day and abs(v - value) > 0.05 and i != j
        }
        for i in clash:
            out[i] = replace(out[i], findings=(*out[i].findings, "figures_contradict"))
        reached = False
        for i in places:
            if reached and out[i].verdict in ("behind", "on_course"):
                out[i] = replace(out[i], findings=(*out[i].findings, "fell_back"))
            reached = reached or out[i].verdict == "reached"
    return out


def _of_other_days(result: Result, reports: Sequence[Document]) -> list[tuple[str, float]]:
    """What a figure says of an earlier day."""
    if result.baseline_value is not None and result.baseline_as_of:
        return [(result.baseline_as_of, result.baseline_value)]
    return []
