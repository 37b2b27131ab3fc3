"""``doichieu progress``: what reports say of each target of a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import get_args

from msgspec.structs import replace

from doichieu.amending.held import document_of, hold
from doichieu.comparison.authorities.successors import without_bearer
from doichieu.comparison.several.progress import progress
from doichieu.errors import UsageError
from doichieu.model import Document, ProgressFinding, ProgressRow, ProgressVerdict, Result, Target
from doichieu.running.run import Log, analyse_paths, prepare_output, to_stderr

FORMATS = ("html", "docx", "xlsx")
#: Short names of ``--fail-on`` beside the verdicts and findings themselves.
_CALLED = {"contradiction": "figures_contradict"}


def kinds(text: str) -> frozenset[str]:
    """The verdicts and findings of ``--fail-on``; :class:`doichieu.errors.UsageError` for one that does not exist."""
    known = {*get_args(ProgressVerdict), *get_args(ProgressFinding)}
    wanted = [_CALLED.get(kind.strip(), kind.strip()) for kind in text.split(",") if kind.strip()]
    for kind in wanted:
        if kind not in known:
            raise UsageError(f"--fail-on không có loại “{kind}”; các loại: {', '.join(sorted({*known, *_CALLED}))}.")
    return frozenset(wanted)


def run(
    reports: Sequence[Path],
    plan: Path,
    out: Path,
    *,
    on: str = "",
    corpus: Path | None = None,
    formats: Sequence[str] = FORMATS,
    fail_on: frozenset[str] = frozenset(),
    lang: str = "vi",
    say: Callable[[str], None] = print,
    log: Log = to_stderr,
) -> int:
    """Write ``results.csv``, ``progress.csv`` and the reports for people.

    ``on`` leaves out reports of later days, and is the day on which the plan's targets must hold; without it that is
    each report's own day.  Returns 0, 1 (some input could not be read) or 3 (a kind of ``fail_on`` was found).
    """
    prepare_output(out)
    documents, problems = analyse_paths([*reports, plan, *([corpus] if corpus else [])], log)
    by_path = {Path(d.info.path).resolve(): d for d in documents if d.info.path}
    base = by_path.get(plan.resolve())
    if base is None:
        log(f"Không đọc được kế hoạch {plan}.")
        return 1
    given = until([by_path[path.resolve()] for path in reports if path.resolve() in by_path], base, on)
    if not given:
        log("Không có báo cáo nào đọc được.")
        return 1
    rows = answers(base, given, documents if corpus else (), on)
    write(base, given, rows, out, formats, lang, say)
    found = {row.verdict for row in rows} | {finding for row in rows for finding in row.findings}
    if found & fail_on:
        return 3
    return 1 if problems or (len(given) < len(reports) and not on) else 0


def until(reports: Sequence[Document], plan: Document, on: str) -> list[Document]:
    """The reports up to a day, all where it is empty; the plan itself is none."""
    return [d for d in reports if d is not plan and (not on or not d.info.issued_on or d.info.issued_on <= on)]


def answers(
    plan: Document, reports: Sequence[Document], amending: Sequence[Document] = (), on: str = ""
) -> list[ProgressRow]:
    """What reports say of each target of a plan, as ``amending`` left it on ``on`` or on each report's own day."""
    last = max((report.info.issued_on for report in reports), default="")
    holding = _holding(plan, reports, amending, on) if amending else None
    return progress(plan, reports, holding, without_bearer(plan, on or last))


def _holding(
    base: Document, reports: Sequence[Document], documents: Sequence[Document], on: str
) -> Mapping[str, Sequence[Target]]:
    """For each report the targets of the plan that hold on its day."""
    out: dict[str, Sequence[Target]] = {}
    by_day: dict[str, Sequence[Target]] = {}
    for report in reports:
        day = on or report.info.issued_on
        if day and day not in by_day:
            by_day[day] = document_of(hold(base, documents, day)).targets
        out[report.document_id] = by_day.get(day, base.targets)
    return out


def answered(report: Document, rows: Sequence[ProgressRow]) -> list[Result]:
    """The figures of a report with the targets that they answer."""
    targets: dict[str, list[str]] = {}
    for row in rows:
        if row.report_document == report.document_id and row.result_id and row.verdict != "measured_otherwise":
            targets.setdefault(row.result_id, []).append(row.target_id)
    plan = rows[0].plan_document if rows else ""
    return [
        replace(r, plan_document=plan if r.result_id in targets else "", target_id=tuple(targets.get(r.result_id, ())))
        for r in report.results
    ]


def write(
    plan: Document,
    reports: Sequence[Document],
    rows: Sequence[ProgressRow],
    out: Path,
    formats: Sequence[str],
    lang: str,
    say: Callable[[str], None],
) -> None:
    """The two tables and the formats asked for."""
    from doichieu.report.reported import page, word, workbook
    from doichieu.report.reported.view import view
    from doichieu.schema import table
    from doichieu.tables.files import csv_bytes, put

    figures = [("", result) for report in reports for result in answered(report, rows)]
    put(out / "results.csv", csv_bytes(table("results"), figures))
    put(out / "progress.csv", csv_bytes(table("progress"), [("", row) for row in rows]))
    shown = view(plan, reports, rows, lang)
    makers: dict[str, Callable[[], bytes]] = {
        "html": lambda: page.page(shown).encode(),
        "docx": lambda: word.document(shown),
        "xlsx": lambda: workbook.workbook(shown),
    }
    for name in formats:
        put(out / f"progress.{name}", makers[name]())
    say(shown.summary)
