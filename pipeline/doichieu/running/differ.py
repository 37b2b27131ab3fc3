"""Comparing files: who is whose parent, one folder per pair, gates for other processes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from doichieu import export, resolve
from doichieu.errors import UnwritableOutput, UsageError, readable_name, system_reason
from doichieu.model import ChainRow, Comparison, Document, Problem
from doichieu.processes.limits import time_limit
from doichieu.processes.workers import Task
from doichieu.reading import discover
from doichieu.reading.files import file_name
from doichieu.running import parts
from doichieu.running.pairs import Answer, Made, Slim, empty, linked, pair_folder, reference
from doichieu.running.run import Log, Workers, prepare_output, read_all, reading, to_stderr, undamaged
from doichieu.running.store import Store
from doichieu.running.told import clear, compared, no_parent, unlooked, write_whole
from doichieu.running.top import finish
from doichieu.running.writing import Live
from doichieu.schema import DIFF_TABLES, SIDES

if TYPE_CHECKING:
    from doichieu.report.decisions import Decision
    from doichieu.report.mends import Mended


#: The format of ``diff`` that is the lower document itself, with comments and tracked changes.
COMMENTS = "docx-comments"
_BATCH = 8  # pairs of a worker at most before it answers


def diff(
    children: list[Path],
    parents: list[Path],
    corpus: Path | None,
    out: Path,
    *,
    fail_on: frozenset[str] = frozenset(),
    decisions: Mapping[str, Decision] | None = None,
    mends: Sequence[Mended] = (),
    lang: str = "vi",
    formats: Sequence[str] = (),
    database: str = "",
    template: Path | None = None,
    reviewer: str = "",
    authority: str = "state",
    pages: bool = False,
    jobs: int = 1,
    log: Log = to_stderr,
    say: Log = print,
) -> int:
    """Compare each child with each parent; without parents, with those its citations name in ``corpus``.

    Writes ``<out>/<child>__<parent>/`` with tables and reports.  ``decisions`` and ``mends`` are those of an earlier
    run; without them, a ``decisions.json`` that lies beside a pair's report is read; a run writes neither.
    ``database`` is where the formats among ``formats`` that are databases are written.  ``template`` is an office's own
    form of the opinion; else ``authority`` names the form (``state``, ``party``).  ``reviewer`` is whose marks
    the reports keep; ``pages`` puts printed pages of PDF files and scans into them.
    ``say`` gets a line for each pair: what was compared and where its report lies.  Returns 0, 1 (some input
    unreadable, or a child that was not compared because no parent of it is at hand) or 3 (a kind of ``fail_on`` was
    found).
    """
    served = export.served([name for name in formats if name != COMMENTS], database)
    prepare_output(out)
    context = {
        "out": os.fsencode(out),
        "lang": lang,
        "formats": [name for name in formats if name not in served and name != COMMENTS],
        "comments": COMMENTS in formats,
        "template": os.fsencode(template) if template is not None else b"",
        "mends": msgspec.to_builtins(list(mends)),
        "pages": pages,
        "reviewer": reviewer,
        "authority": authority,
        "decisions": msgspec.to_builtins(decisions) if decisions is not None else None,
    }
    try:
        with reading(jobs) as (store, pool):
            run = _Run(store, pool, out, context, log, say)
            status = int(undamaged(store, lambda: run.diff(children, parents, corpus, fail_on)))
    except OSError as error:
        raise UnwritableOutput(str(out), system_reason(error)) from error
    export.write(served, out, (*SIDES, *DIFF_TABLES), database=database)
    return status


class _Run:
    """One run of comparisons: the cache, the workers, and where the reports go."""

    def __init__(
        self, store: Store, pool: Workers, out: Path, context: dict[str, Any], log: Log, say: Log = print
    ) -> None:
        self.store = store
        self.pool = pool
        self.out = out
        self.context = {**context, "store": store.files.root}
        self.log = log
        self.say = say

    def diff(self, children: list[Path], parents: list[Path], corpus: Path | None, fail_on: frozenset[str]) -> int:
        """Compare, write, tell; returns the exit status."""
        live, problems = self._load([*children, *parents, *([corpus] if corpus is not None else [])])
        chosen, above = _chosen(children, live), _chosen(parents, live)
        documents = {d.document_id: d for d in (linked(self.store, entry) for entry in live)}
        by_id = {entry.place.entry.document_id: entry for entry in live}
        work: list[tuple[Live, list[Live]]] = []
        changed = resolve.amenders(documents.values())
        alone: list[Problem] = []
        for child in chosen:
            identity = child.place.entry.document_id
            if above:
                answers = [p for p in above if p.place.entry.document_id != identity]
            else:
                found = resolve.parents_of(documents[identity], list(documents.values()), basis=True)
                answers = [d for d in live if d.place.entry.document_id in found and d is not child]
            if not answers:
                present = [documents[p.place.entry.document_id] for p in above] or list(documents.values())
                alone.append(no_parent(documents[identity], present))
            work.append((child, answers))
        answers_of, failed = self._compare(
            work, {parent: [by_id[name] for name in names if name in by_id] for parent, names in changed.items()}
        )
        made = [pair for child in chosen if child.path in answers_of for pair in answers_of[child.path].made]
        for pair in made:
            self.say(compared(pair, self.out))
        parents_here = {p.place.entry.document_id for _, answers in work for p in answers}
        alone = [problem for problem in alone if problem.document_id not in parents_here]  # those were looked at
        for problem in alone:
            self.log(problem.message)
        if not chosen:
            return 1
        clear(self.out)
        write_whole(made, [*alone, *problems], self.out)
        self._tell_decisions(made)
        if len(chosen) > 1:
            slim = {path: answer.child for path, answer in answers_of.items()}
            _write_portfolio(
                [
                    _comparison(slim[child.path], pair)
                    for child in chosen
                    if child.path in slim
                    for pair in answers_of[child.path].made
                ],
                self.out,
                self.context["lang"],
            )
        followed = self._write_chains(chosen, list(documents.values()), by_id, changed)
        names = dict.fromkeys(
            [*(pair.child for pair in made), *(p.parent.info.document_id for p in made if p.parent), *followed]
        )
        shown = [by_id[name] for name in names]
        finish(self.store, shown, made, [*alone, *problems], self.out, self.context["formats"], self.log)
        if {kind for pair in made for kind in pair.kinds} & fail_on:
            return 3
        return 1 if problems or failed or unlooked(alone, made, children, corpus) else 0

    def _load(self, paths: list[Path]) -> tuple[list[Live], list[Problem]]:
        """All documents of the call; a file that is named twice (as child and inside the corpus) is read once."""
        unique: dict[str, Path] = {}
        for path in paths:
            for file in discover([path]):
                unique.setdefault(os.path.realpath(file), file)
        return read_all(list(unique.values()), self.store, self.pool, self.log)

    def _compare(
        self, work: list[tuple[Live, list[Live]]], changed: Mapping[str, Sequence[Live]]
    ) -> tuple[dict[str, Answer], bool]:
        """What the workers made of each child, by its path, and whether something could not be read."""
        answers: dict[str, Answer] = {}
        failed = False
        items = [
            (
                reference(child),
                [reference(parent) for parent in parents],
                [[reference(a) for a in changed.get(p.place.entry.document_id, ())] for p in parents],
            )
            for child, parents in work
        ]
        labels = [child.path for child, _ in work]
        for result, failures in self._handed_out("compare_child", items, labels):
            for failure in failures:
                failed = True
                self.log(f"Không đối chiếu được {failure.label}: {failure.reason}")
            if len(work) > 1:
                _ready_to_write()
            for given in result:
                answer = msgspec.convert(given, Answer)
                if answer.unwritable:
                    raise UnwritableOutput(str(self.out), answer.unwritable)
                if answer.wrong_call:
                    raise UsageError(answer.wrong_call)
                for folder, _, message in answer.problems:
                    failed = True
                    self.log(f"{folder}: {message}")
                answers[answer.child.info.path] = answer
        return answers, failed

    def _handed_out(self, function: str, items: list[Any], labels: list[str]) -> Iterator[tuple[list[Any], list[Any]]]:
        """Let the workers do ``function`` of :mod:`doichieu.running.pairs` with each item; what each batch gave."""
        tasks = (
            Task(
                f"doichieu.running.pairs:{function}",
                tuple(items[part]),
                tuple(labels[part]),
                self.context,
                time_limit(),
            )
            for part in _batches(len(items), self.pool.jobs)
        )
        for result, failures in self.pool.run(tasks):
            found, damaged = result if result is not None else ([], "")
            if damaged:
                raise parts.Damaged(damaged)
            yield found, failures

    def _tell_decisions(self, made: list[Made]) -> None:
        carried: Counter[str] = Counter()
        for pair in made:
            carried.update(pair.carried)
        if carried:
            from doichieu.report.words import words

            states = {state: carried[state] for state in ("current", "changed", "gone")}
            self.log(words("vi")["text"]["decisions_line"].format(**states))

    def _write_chains(
        self,
        children: list[Live],
        documents: list[Document],
        by_id: dict[str, Live],
        changed: Mapping[str, Sequence[str]],
    ) -> list[str]:
        """``chain.csv``: one table per target through all levels, where three levels or more are at hand, each level
        compared with what held above it on its day; the documents that it follows."""
        from doichieu.comparison.several import chain
        from doichieu.schema import table
        from doichieu.tables.files import csv_bytes, write

        parents = {d.document_id: resolve.parents_of(d, documents) for d in documents}
        wanted = {c.place.entry.document_id for c in children}
        chains = [levels for levels in chain.levels_of(documents, parents) if levels[-1].document_id in wanted]
        if not chains:
            return []
        items = [
            (
                [reference(by_id[d.document_id]) for d in levels],
                [[reference(by_id[a]) for a in changed.get(d.document_id, ()) if a in by_id] for d in levels[:-1]],
            )
            for levels in chains
        ]
        labels = [chain.title(levels) for levels in chains]
        rows: dict[str, list[ChainRow]] = {label: [] for label in labels}
        for result, _ in self._handed_out("follow_chain", items, labels):
            for given in result:
                row = msgspec.convert(given, ChainRow)
                rows[row.chain].append(row)
        found = [("", row) for label in dict.fromkeys(labels) for row in rows[label]]
        write(self.out / "chain.csv", csv_bytes(table("chain"), found))
        return [d.document_id for levels in chains for d in levels]


def _batches(count: int, jobs: int) -> Iterator[slice]:
    """Items in batches, ever smaller towards the end, so that all workers are done at about the same time.

    >>> [part.stop - part.start for part in _batches(40, 2)]
    [8, 8, 6, 4, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1]
    """
    start = 0
    while start < count:
        size = max(1, min(_BATCH, (count - start) // (2 * jobs)))
        yield slice(start, start + size)
        start += size


@cache
def _ready_to_write() -> None:
    """Load what writes of all pairs together while the workers are at work: after them nobody else would."""
    import doichieu.comparison.several.chain
    import doichieu.comparison.several.portfolio
    import doichieu.report.portfolio_html  # noqa: F401


def _comparison(child: Slim, pair: Made) -> Comparison:
    """A pair as the portfolio sees it."""
    above = pair.parent
    parent = empty(above.info, targets=above.targets, agencies=above.agencies) if above is not None else None
    return Comparison(empty(child.info, targets=child.targets), parent, pair.deviations)


def _write_portfolio(made: list[Comparison], out: Path, lang: str) -> None:
    """``portfolio.csv`` and ``portfolio.html``: the parent's targets by children, where a parent has several."""
    from doichieu.comparison.several import portfolio
    from doichieu.report import portfolio_html
    from doichieu.schema import table
    from doichieu.tables.files import csv_bytes, write

    matrices = portfolio.build(made)
    if not matrices:
        return
    items = [("", entry) for matrix in matrices for entry in portfolio.rows(matrix)]
    write(out / "portfolio.csv", csv_bytes(table("portfolio"), items))
    together: dict[str, list[tuple[str, Any]]] = {
        "portfolio_sums": [("", row) for matrix in matrices for row in matrix.sums],
        "portfolio_added": [("", row) for matrix in matrices for row in matrix.added],
    }
    for name, found in together.items():
        write(out / f"{name}.csv", csv_bytes(table(name), found))
    for index, matrix in enumerate(matrices):
        folders = {c.document_id: pair_folder(c.document_id, matrix.parent.document_id) for c in matrix.children}
        name = "portfolio.html" if index == 0 else file_name(f"portfolio-{matrix.parent.document_id}", ".html")
        write(out / name, portfolio_html.page(matrix, folders, lang=lang).encode())


def _chosen(paths: list[Path], live: list[Live]) -> list[Live]:
    by_path = {os.path.realpath(entry.path): entry for entry in live}
    found = (by_path.get(os.path.realpath(readable_name(str(file)))) for file in (discover(paths) if paths else []))
    return [entry for entry in found if entry is not None]


def report(paths: list[Path], out: Path, lang: str, *, jobs: int = 1, log: Log = to_stderr) -> tuple[list[Path], int]:
    """The reports of single documents: the files written, and the exit status."""
    prepare_output(out)
    context = {"out": os.fsencode(out), "lang": lang}
    try:
        with reading(jobs) as (store, pool):
            run = _Run(store, pool, out, context, log)

            def work() -> tuple[list[Path], int]:
                live, problems = read_all(paths, store, pool, log)
                written: list[Path] = []
                status = 1 if problems else 0
                for result, failures in run._handed_out(
                    "report_document", [reference(entry) for entry in live], [entry.path for entry in live]
                ):
                    for failure in failures:
                        if failure.code == UnwritableOutput.code:
                            raise UsageError(failure.reason)
                        status = 1
                        log(f"Không viết được báo cáo của {failure.label}: {failure.reason}")
                    written += [Path(os.fsdecode(path)) for files in result for path in files]
                return sorted(written), status

            made: tuple[list[Path], int] = undamaged(store, work)
    except OSError as error:
        raise UnwritableOutput(str(out), system_reason(error)) from error
    return made


def parse_kinds(text: str) -> frozenset[str]:
    """The kinds of ``--fail-on``; raises :class:`doichieu.errors.UsageError` for one that does not exist."""
    from doichieu.comparison.wording import FINDINGS

    kinds = frozenset(k.strip() for k in text.split(",") if k.strip())
    unknown = kinds - FINDINGS.keys()
    if unknown:
        raise UsageError(f"--fail-on không có loại: {', '.join(sorted(unknown))}. Các loại: {', '.join(FINDINGS)}.")
    return kinds
