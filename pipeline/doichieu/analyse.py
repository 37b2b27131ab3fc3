"""The one place that knows the order of the stages: source text in, one document's records out.

What holds after :func:`analyse`: every record's quote is the slice of the source that its offsets name, clauses cover
the text, problems stand in the order of their places.  Facts across documents come from :mod:`doichieu.resolve`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TypeVar

import msgspec

from doichieu.model import AgencyMention, Amendment, Citation, Deadline, Document, Percentage, Problem, Result, Source
from doichieu.segmentation.keys import keyed
from doichieu.segmentation.pages import Pages
from doichieu.segmentation.passages import Analysis
from doichieu.segmentation.segment import segment
from doichieu.text import normalise

#: A stage reads what earlier stages left in the analysis and adds its own records.
Stage = Callable[[Analysis], None]


@cache
def stages() -> tuple[tuple[str, Stage], ...]:
    """The extraction stages by name, in the order in which each finds what it needs."""
    from doichieu.extraction.agencies import stage as agencies
    from doichieu.extraction.amendments import stage as amendments
    from doichieu.extraction.checks import stage as checks
    from doichieu.extraction.citations import stage as citations
    from doichieu.extraction.head import metadata, nature
    from doichieu.extraction.results import stage as results
    from doichieu.extraction.targets import percentages
    from doichieu.extraction.targets import stage as targets
    from doichieu.extraction.tasks import assignments
    from doichieu.extraction.times import deadlines

    return (
        ("head", metadata.read_head),
        ("citations", citations.stage),
        ("amendments", amendments.stage),
        ("deadlines", deadlines.stage),
        ("metadata", metadata.stage),
        ("nature", nature.stage),
        ("agencies", agencies.stage),
        ("assignments", assignments.stage),
        ("targets", targets.stage),
        ("percentages", percentages.stage),
        ("results", results.stage),
        ("checks", checks.stage),
    )


def begin(source: Source) -> Analysis:
    """Normalise and segment one source; the first two stages of every run."""
    view, repairs = normalise(source.text)
    clauses, problems = segment(source, view)
    analysis = Analysis(source, view, repairs, clauses)
    analysis.problems += source.problems
    analysis.problems += problems
    for repair in repairs:
        analysis.problems.append(
            Problem(
                source.document_id,
                "ocr_repair",
                "info",
                f"Lỗi quét “{repair.before}” được đọc là “{repair.after}”",
                char_start=repair.span.start,
                char_end=repair.span.end,
                quote=repair.before,
                before=repair.before,
                after=repair.after,
            )
        )
    return analysis


def finish(analysis: Analysis) -> Document:
    """Freeze an analysed document: a row has the page of its quote, problems are in the order of their places."""
    pieces = sorted((p.start, p.end, c.clause_id) for c in analysis.clauses if c.leaf for p in c.pieces)
    located = [_locate(pieces, problem) for problem in analysis.problems]
    located.sort(key=lambda p: (p.char_start if p.char_start is not None else -1, p.code, p.message))
    pages = Pages(analysis.source)
    clauses = keyed(analysis.clauses)
    keys = {clause.clause_id: clause.clause_key for clause in clauses}
    return Document(
        info=analysis.info,
        source=analysis.source,
        clauses=tuple(clauses),
        targets=tuple(
            msgspec.structs.replace(
                t,
                page=pages.at(t.char_start),
                clause_key=keys.get(t.clause_id, ""),
                in_force_from=analysis.info.effective_on or analysis.info.issued_on,
                in_force_until=analysis.info.effective_until,
            )
            for t in analysis.targets
        ),
        assignments=tuple(
            msgspec.structs.replace(a, page=pages.at(a.char_start), clause_key=keys.get(a.clause_id, ""))
            for a in analysis.assignments
        ),
        agencies=tuple(analysis.agencies.values()),
        mentions=tuple(_named(analysis.mentions, keys, "mention_id")),
        deadlines=tuple(_keyed(analysis.deadlines, keys)),
        percentages=tuple(_named(analysis.percentages, keys, "percentage_id")),
        citations=tuple(_keyed(analysis.citations, keys)),
        amendments=tuple(_keyed(analysis.amendments, keys)),
        results=tuple(_keyed(analysis.results, keys)),
        problems=tuple(_keyed(located, keys)),
    )


_Row = TypeVar("_Row", AgencyMention, Amendment, Citation, Deadline, Percentage, Problem, Result)


def _keyed(rows: Iterable[_Row], keys: dict[str, str]) -> Iterator[_Row]:
    """The rows with the key of their clause."""
    for row in rows:
        yield msgspec.structs.replace(row, clause_key=keys.get(row.clause_id, ""))


def _named(rows: Iterable[_Row], keys: dict[str, str], field: str) -> Iterator[_Row]:
    """The rows with the key of their clause, and an id of their own that other clauses do not change."""
    seen: dict[str, int] = {}
    for row in rows:
        key = keys.get(row.clause_id, "")
        content = f"{row.document_id}|{key}|{row.quote}"
        count = seen[content] = seen.get(content, 0) + 1
        digest = hashlib.sha256(f"{content}|{count}".encode("utf-8", "surrogatepass")).hexdigest()[:10]
        yield msgspec.structs.replace(row, **{"clause_key": key, field: f"{field[0]}{digest}"})


def _locate(pieces: list[tuple[int, int, str]], problem: Problem) -> Problem:
    """The problem with the clause it stands in, where it has a place but no clause yet.

    ``pieces`` are the stretches ``(start, end, clause_id)`` of all leaves in order.
    """
    if problem.clause_id or problem.char_start is None:
        return problem
    at = bisect_right(pieces, problem.char_start, key=lambda piece: piece[0]) - 1
    if at < 0 or problem.char_start >= pieces[at][1]:
        return problem
    return msgspec.structs.replace(problem, clause_id=pieces[at][2])


def run(source: Source, last: str = "") -> Analysis:
    """One source after the stages up to ``last`` (all of them by default), before it is frozen."""
    analysis = begin(source)
    for name, stage in stages():
        stage(analysis)
        if name == last:
            break
    return analysis


def analyse(source: Source) -> Document:
    """Everything that can be known of one document by itself; cross-document facts come from ``resolve``."""
    return finish(run(source))


def withheld(document: Document) -> Document:
    """The document as ``extract`` of files writes it: what is no document of an office has no targets, assignments and
    deadlines, and of its problems those that tell so and those of reading."""
    if document.info.nature != "other":
        return document
    kept = {"not_administrative", *(problem.code for problem in document.source.problems)}
    return msgspec.structs.replace(
        document,
        targets=(),
        assignments=(),
        deadlines=(),
        percentages=tuple(
            msgspec.structs.replace(p, use="statistic", target_id="") if p.target_id or p.use == "target" else p
            for p in document.percentages
        ),
        problems=tuple(problem for problem in document.problems if problem.code in kept),
    )
