"""Results: the figures that a report gives, each with its population, its day and what kind of figure it is.

Read in reports (``báo cáo``) and in the parts of other documents that are headed as an account of what was reached.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b

from doichieu.extraction.results import tables
from doichieu.extraction.results.figures import Figure, as_of, read
from doichieu.extraction.targets.context import Context
from doichieu.extraction.targets.grades import find_grades
from doichieu.model import Problem, Result
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text import fold
from doichieu.text.sieve import Sieve

_SKIPPED = frozenset(
    {"header", "title", "preamble", "recipients", "recipient", "signature", "stamp", "quoted", "footnote", "table_row"}
)

_ACCOUNT = Sieve(r"(?:kết quả (?:thực hiện|đạt được)|sơ kết|tổng kết|báo cáo|các mục tiêu)")
_AHEAD = re.compile(r"(?:nhiệm vụ|phương hướng|giải pháp|thời gian (?:đến|tới)|kiến nghị|đề xuất)")
_ROUNDING = 0.06  # percentage points by which a share with one decimal may differ from its fraction


def stage(analysis: Analysis) -> None:
    """Fill ``analysis.results`` and the problems ``share_does_not_fit``."""
    report = analysis.info.kind == "bao_cao"
    context = Context(analysis)
    day, text = _as_of(analysis)
    counts: Counter[tuple[str, ...]] = Counter()
    rows: list[Result] = []
    columns = tables.heads(analysis)
    accounts: dict[str, tuple[bool, bool]] = {}  # whether a clause heads an account, and whether of what is to come
    for passage in analysis.passages:
        if passage.clause.kind == "table_row" and passage.clause.parent_id in columns and report:
            figure = tables.read_row(passage, columns[passage.clause.parent_id])
            if figure is not None:
                rows.append(_row(analysis, passage, figure, "", day, text, ahead=False, counts=counts))
            continue
        if passage.clause.kind in _SKIPPED:
            continue
        parent = passage.clause.parent_id
        if parent not in accounts:
            above = " / ".join(fold(h.heading) for h in analysis.tree.ancestors(passage.clause) if h.heading)
            accounts[parent] = (report or _ACCOUNT.search(above) is not None, _AHEAD.search(above) is not None)
        told, ahead = accounts[parent]
        if told and any(map(str.isdigit, passage.text)):
            rows += _passage(analysis, passage, context, day, text, ahead=ahead, counts=counts)
    analysis.results = rows


def _as_of(analysis: Analysis) -> tuple[str, str]:
    """The day of which the whole report speaks: as it says, else its day of issue."""
    for passage in analysis.passages:
        if "số liệu" in passage.lower:
            day, text = as_of(passage.text[passage.lower.index("số liệu") :])
            if day:
                return day, text
    return analysis.info.issued_on, ""


def _masked(analysis: Analysis, passage: Passage) -> list[tuple[int, int]]:
    cites = analysis.citation_hits.get(passage.clause.clause_id, [])
    dates = analysis.deadline_hits.get(passage.clause.clause_id, [])
    return [(h.start, h.end) for h in (*cites, *dates)]


def _passage(
    analysis: Analysis,
    passage: Passage,
    context: Context,
    day: str,
    text: str,
    *,
    ahead: bool,
    counts: Counter[tuple[str, ...]],
) -> list[Result]:
    headings = context.headings(passage.clause)
    population = next((h.population for h in headings if h.population), "")
    out: list[Result] = []
    for figure in read(passage.text, passage.start, _masked(analysis, passage)):
        row = _row(analysis, passage, figure, population, day, text, ahead=ahead, counts=counts)
        if figure.role in ("baseline", "change") and out and out[-1].role == "result":
            out[-1] = _with_baseline(out[-1], figure, row)
        out.append(row)
    return out


def _with_baseline(result: Result, figure: Figure, row: Result) -> Result:
    from msgspec.structs import replace

    if figure.role == "baseline":
        return replace(result, baseline_value=figure.value, baseline_as_of=row.as_of)
    inside = re.search(r"\((?:[^()]*?)(\d+(?:,\d+)?)\s*%\s*\)", row.quote)
    return replace(result, baseline_value=float(inside.group(1).replace(",", "."))) if inside else result


def _row(
    analysis: Analysis,
    passage: Passage,
    figure: Figure,
    population: str,
    day: str,
    text: str,
    *,
    ahead: bool,
    counts: Counter[tuple[str, ...]],
) -> Result:
    span = passage.span(figure.start, figure.end)
    quote = analysis.source.text[span.start : span.end]
    grades = find_grades(figure.grades_in.lower())
    grade = grades[0] if grades else None
    role = "promise" if ahead and figure.role == "result" else figure.role
    key = (analysis.document_id, " ".join(quote.split()))
    digest = blake2b("\0".join([*key, str(counts[key])]).encode(), digest_size=6).hexdigest()
    counts[key] += 1
    note = _misfit(figure)
    if note and role in ("result", "part"):
        analysis.problems.append(
            Problem(
                analysis.document_id,
                "share_does_not_fit",
                "medium",
                note,
                passage.clause.clause_id,
                span.start,
                span.end,
                quote,
            )
        )
    return Result(
        document_id=analysis.document_id,
        result_id=f"r-{digest}",
        clause_id=passage.clause.clause_id,
        clause_path=passage.clause.clause_path,
        char_start=span.start,
        char_end=span.end,
        quote=quote,
        population=figure.population or population,
        indicator=figure.indicator,
        operator="=",
        value=figure.value,
        unit=figure.unit,
        numerator=figure.numerator,
        denominator=figure.denominator,
        level_operator=grade.operator if grade else "",
        level=grade.level if grade else "",
        as_of=figure.as_of or day,
        as_of_text=figure.as_of_text or text,
        place=figure.place,
        role=role,  # type: ignore[arg-type]
        note=note,
        level_scale=grade.scale if grade else "",
    )


def _misfit(figure: Figure) -> str:
    """Why a share and its fraction cannot both be right, empty where they agree."""
    if figure.unit != "%" or not figure.numerator or not figure.denominator or figure.value is None:
        return ""
    share = 100 * figure.numerator / figure.denominator
    whole = figure.value == int(figure.value)
    if abs(share - figure.value) <= (0.51 if whole else _ROUNDING):
        return ""
    return f"{figure.numerator:g}/{figure.denominator:g} là {share:.1f}%, văn bản ghi {figure.value:g}%".replace(
        ".", ","
    )
