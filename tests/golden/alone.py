"""Every rule asked by itself about the wordings of the cases, whatever a rule before it would say.

A table of rules stops at the first that knows, so a rule that no longer keeps to its own construction is hidden by
those around it until a text comes that they do not know.  Here each rule answers alone: which of them know a measure,
a verb, a heading or a day, and what they say; for two clauses, what each question of the comparison says of every pair
of their targets.  ``make golden`` writes the answers anew: read what moved.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from doichieu import extract_text
from doichieu.comparison import compare, declarations
from doichieu.comparison.owed import applicability
from doichieu.comparison.pairing import align, gates, second_partners
from doichieu.comparison.pairing.likeness import Side, Weighed
from doichieu.comparison.pairing.sides import Sides, sides_of
from doichieu.comparison.relations import coverage, entailment
from doichieu.comparison.relations.algebra import compare_amounts, requirement
from doichieu.comparison.relations.differences import differences
from doichieu.comparison.relations.populations import compare_populations
from doichieu.extraction.targets import commitments, measured, measures, promises, quantities, subjects
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.phrases import narrowings
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.tasks import acts, headings, roles
from doichieu.extraction.times import bounds, grammar, units
from tests.comparison import findings
from tests.comparison.test_minimal_pairs import body, documents
from tests.extraction import columns
from tests.golden.cases import PAIRS, every, name

HERE = Path(__file__).parent / "alone"
CLAUSES = ("assignments", "deadlines", "percentages", "populations", "problems", "quantities", "tables", "targets",
           "targets_promised")  # fmt: skip
FILES = (
    "phrases",
    *CLAUSES,
    *PAIRS,
    *(f"columns_{path.stem}" for path in columns.FILES),
    *(f"findings_{path.stem}" for path in findings.FILES),
)
#: What would say a wording again without asking the rules.
_MEMORIES = (
    roles._rows,
    grammar._deadlines,
    measures._groups,
    quantities._quantities,
    subjects._alone,
    commitments.judged,
)


def cases(file: str) -> Iterator[dict[str, Any]]:
    """The cases of a file."""
    if file == "phrases":
        groups = tomllib.loads((columns.FOLDER.parent / "phrases.toml").read_text(encoding="utf-8"))
        yield from ({"text": phrase, "phrase": True} for group in groups.values() for phrase in group["case"])
    elif file.startswith("columns_"):
        path = columns.FOLDER / f"{file.removeprefix('columns_')}.toml"
        yield from (case for case in columns.load(path) if not case.get("whole"))
    elif file.startswith("findings_"):
        yield from columns.load(findings.FOLDER / f"{file.removeprefix('findings_')}.toml")
    else:
        yield from every(file)


def lines(file: str, case: dict[str, Any]) -> list[str]:
    """What the rules say of a case, each by itself."""
    if case.get("phrase"):
        return list(dict.fromkeys(_readers(case["text"])))
    if file in PAIRS or file.startswith("findings_"):
        return list(dict.fromkeys(_pair(case)))
    heading = f"1. {case['heading']}\n\n" if case.get("heading") else ""
    return list(dict.fromkeys(_clause(heading + case["text"].strip("\n"))))


# ------------------------------------------------------------------------------------------------ of one clause


def _clause(text: str) -> Iterator[str]:
    for memory in _MEMORIES:
        memory.forget()  # type: ignore[attr-defined]
    told: list[str] = []
    with _asked(told):
        extract_text(columns.HEAD + text + "\n", document_id="ca")
    yield from told
    for line in filter(None, (part.strip(" -+") for part in text.splitlines())):
        yield from _readers(line)


def _readers(line: str) -> Iterator[str]:
    """What those who read figures, days and phrases say of a line."""
    lower = line.lower()
    yield from (f"figure: {_figure(q)}" for q in quantities.find_quantities(lower))
    for unit in units.find_units(lower):
        yield f"day: {lower[unit.start : unit.end]} {unit.first} {unit.last} {unit.precision} {unit.range} {unit.named}"
    yield from (f"repeat: {lower[r.start : r.end]} {r.rule}" for r in units.find_repeats(lower))
    if "|" in line:
        return
    for part in line.split(";"):
        begin = predicate_start(part.lower())
        said, scope = narrowings(part.strip())
        if begin is not None:
            yield f"predicate: {part[begin:].strip()[:40]}"
        if scope:
            yield f"narrowed: {said[:60]} ~ {'; '.join(scope)}"


def _figure(q: Quantity) -> str:
    said = (q.kind, q.operator, q.value, q.value_max, q.unit, q.direction, q.recurrence, q.base)
    return " ".join(str(one) for one in said if one not in ("", None))


@contextmanager
def _asked(told: list[str]) -> Iterator[None]:
    """Lets every rule of the tables say what it knows before the first of them is followed."""
    asking: list[bool] = []

    def alone(label: str, rules: Any, say: Any, other: Any = None) -> Any:
        def spy(*asked: Any) -> Any:
            if not asking:  # what a rule asks in its turn is its own
                asking.append(True)
                for rule in rules:
                    answer = say(rule(*asked))
                    if answer:
                        told.append(f"{label} {rule.__name__}{answer}")
                asking.pop()
            return other

        return spy

    def said(answer: Any) -> str:
        return f": {answer.subject} / {answer.indicator} / {'; '.join(answer.scope)}" if answer is not None else ""

    def yes(answer: Any) -> str:
        return " " if answer else ""

    def context(answer: Any) -> str:
        if answer is None:
            return ""
        return f": {'; '.join(d.name for d in answer.doers)} {answer.role} {len(answer.roles)} {answer.parts}"

    refusals = commitments.REFUSALS
    asks = [rule for _, rule in refusals] + [promises.PROMISES[kind] for kind in ("count", "percent", "rate", "index")]
    with (
        mock.patch.object(subjects, "RULES", (alone("whom", subjects.RULES, said), *subjects.RULES)),
        mock.patch.object(commitments, "REFUSALS", (("", alone("what", asks, yes, False)), *refusals)),
        mock.patch.object(
            measured,
            "NAMED_APART",
            (alone("measured", measured.NAMED_APART, lambda a: f": {a}" if a else "", ""), *measured.NAMED_APART),
        ),
        mock.patch.object(
            acts,
            "_RULES",
            (alone("act", acts._RULES, lambda a: "" if a is None else f": {a}"), *acts._RULES),
        ),
        mock.patch.object(bounds, "_NONE", (alone("no limit", bounds._NONE, yes, False), *bounds._NONE)),
        mock.patch.object(
            headings,
            "_HEADING_READINGS",
            (alone("heading", headings._HEADING_READINGS, context), *headings._HEADING_READINGS),
        ),
        mock.patch.object(
            headings,
            "_LINE_READINGS",
            (alone("line", headings._HEADING_READINGS, context), *headings._LINE_READINGS),
        ),
    ):
        for picked in (subjects.rules_for, commitments.refusals_for):
            picked.cache_clear()
        try:
            yield
        finally:
            for picked in (subjects.rules_for, commitments.refusals_for):
                picked.cache_clear()


# --------------------------------------------------------------------------------------------- of two clauses


def _pair(case: dict[str, Any]) -> Iterator[str]:
    child, parent = documents({side: body(case[side].strip("\n")) for side in ("child", "parent")})
    sides = sides_of(child, parent)
    own = [sides.own[t.target_id] for t in child.targets]
    theirs = [sides.theirs[t.target_id] for t in parent.targets]
    here = [entailment.Claim(t, sides.child_statements[t.target_id]) for t in own]
    there = [entailment.Claim(t, sides.parent_statements[t.target_id]) for t in theirs]
    c = Side(own, [sides.of_child(t).stretch for t in own], [claim.statement for claim in here])
    p = Side(theirs, [sides.of_parent(t).stretch for t in theirs], [claim.statement for claim in there])
    like = align.likenesses(c, p, Weighed.of(c, p))
    for i, one in enumerate(here):
        for j, other in enumerate(there):
            said = [f"like {like.score[i][j]:.3f} {like.alike[i][j]:.3f} {like.reason[i][j]}", *_claims(one, other)]
            for label, gate in (("gate", gates.gate_of), ("distinct", second_partners._distinct)):
                said += [f"{label}: {found}"] if (found := gate(c, p, i, j)) else []
            declared = declarations.declaration(child, one.target, parent, other.target)
            said += [f"declared: {declared.state} {declared.wording}"] if any(declared) else []
            for found in compare.judge(child, parent, one.target, other.target):
                said.append(f"judged: {'; '.join(found.kinds)} {found.severity} {found.confidence} {found.proof}")
            yield from (f"{i + 1}~{j + 1} {line}" for line in said)
    for j, other in enumerate(there):
        parts = coverage.cover(other, list(enumerate(here)))
        if parts is not None:
            yield f"~{j + 1} covered: {parts}"
        yield from (f"~{j + 1} {line}" for line in _addressed(child, parent, sides, theirs[j]))


def _claims(one: entailment.Claim, other: entailment.Claim) -> Iterator[str]:
    """What the two claims are to each other, both ways."""
    for sign, a, b in (("→", one, other), ("←", other, one)):
        found = differences(a.statement, b.statement)
        population = compare_populations(a.statement, b.statement, found)
        yield f"{sign} {compare_amounts(requirement(a.target), requirement(b.target))[0]} {population.relation}"
        yield f"{sign} whom: {population.proof} {population.reason}" if population.proof else ""
        yield f"{sign} follows: {entailment.follows(a, b)}" if entailment.follows(a, b) else ""
        counter = entailment.counter_example(a.target, b.target)
        yield f"{sign} counter: {counter}" if counter else ""
        yield f"{sign} half" if entailment.is_half(a, b) else ""


def _addressed(child: Any, parent: Any, sides: Sides, target: Any) -> Iterator[str]:
    """What each rule of applicability says of a target of the parent."""
    judge = applicability._Judge(child, parent, sides.around_parent)
    text = judge._text(target)
    for rule in (judge._other_body, judge._later, judge._national, judge._other_place, judge._region, judge._selected):
        found = rule(text) if rule == judge._region else rule(target, text)
        if found is not None:
            yield f"owed {rule.__name__}: {found.state} {found.reason}"
    yield f"owed by field: {judge.field.address(target, text).state}"


# ------------------------------------------------------------------------------------------------------ files


def kept(file: str) -> dict[str, list[str]]:
    """What the rules said of the cases of a file before, by what the case says."""
    entries = map(json.loads, (HERE / f"{file}.jsonl").read_text(encoding="utf-8").splitlines())
    return {entry["case"]: entry["alone"] for entry in entries}


def write() -> None:
    """Write the answers of every file anew."""
    HERE.mkdir(exist_ok=True)
    for file in FILES:
        entries = {name(case): [line for line in lines(file, case) if line] for case in cases(file)}
        text = "".join(json.dumps({"case": n, "alone": a}, ensure_ascii=False) + "\n" for n, a in entries.items())
        (HERE / f"{file}.jsonl").write_text(text, encoding="utf-8")
