"""Comparing files: who is whose parent, one folder per pair, gates for other processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from doichieu.errors import UnwritableOutput, UsageError, system_reason
from doichieu.model import Comparison, Document, Problem
from doichieu.reading.files import cut_name, file_name, is_regular
from doichieu.running.run import Log, analyse_paths, prepare_output, to_stderr

if TYPE_CHECKING:
    from doichieu.report.decisions import Decision

#: The folder of a child's comparison with parents that it only quotes.
QUOTED = "van-ban-duoc-dan"
_LONGEST = 255  # bytes that the name of a file or folder may have


def pair_folder(child_id: str, parent_id: str) -> str:
    """The name of a pair's folder, ``<child>__<parent>``; of two long names, each is cut and told apart by a digest."""
    if len(f"{child_id}__{parent_id}".encode()) <= _LONGEST:
        return f"{child_id}__{parent_id}"
    half = (_LONGEST - 2) // 2
    return f"{cut_name(child_id, half)}__{cut_name(parent_id, half)}"


def diff(
    children: list[Path],
    parents: list[Path],
    corpus: Path | None,
    out: Path,
    *,
    fail_on: frozenset[str] = frozenset(),
    decisions: Mapping[str, Decision] | None = None,
    lang: str = "vi",
    formats: Sequence[str] = (),
    template: Path | None = None,
    jobs: int = 1,
    log: Log = to_stderr,
) -> int:
    """Compare each child with each parent; without parents, with those its citations name in ``corpus``.

    Writes ``<out>/<child>__<parent>/`` with tables and reports.  ``decisions`` are those of an earlier run; without
    them, a
    ``decisions.json`` that lies beside a pair's report is read; a run writes neither.  ``template`` is an office's own
    form of the opinion.  Returns 0, 1 (some input unreadable) or 3 (a kind
    of ``fail_on`` was found).
    """
    prepare_output(out)
    try:
        return _diff(children, parents, corpus, out, fail_on, decisions, lang, formats, template, log)
    except OSError as error:
        raise UnwritableOutput(str(out), system_reason(error)) from error


def _diff(
    children: list[Path],
    parents: list[Path],
    corpus: Path | None,
    out: Path,
    fail_on: frozenset[str],
    decisions: Mapping[str, Decision] | None,
    lang: str,
    formats: Sequence[str],
    template: Path | None,
    log: Log,
) -> int:
    from doichieu import resolve
    from doichieu.comparison import compare

    given = [*children, *parents]
    paths = list(dict.fromkeys([*given, *([corpus] if corpus is not None else [])]))
    documents, problems = _load(paths, log)
    by_path = {d.info.path: d for d in documents}
    child_documents = _chosen(children, by_path)
    parent_documents = _chosen(parents, by_path)
    found: set[str] = set()
    written = 0
    made: list[Comparison] = []
    carried: Counter[str] = Counter()
    for child in child_documents:
        if parent_documents:
            answers = [p for p in parent_documents if p.document_id != child.document_id]
        else:
            wanted = resolve.parents_of(child, documents)
            answers = [d for d in documents if d.document_id in wanted and d.document_id != child.document_id]
        comparisons = compare.compare_many(child, answers)
        quoted = compare.compare_quoted(child, answers)
        if quoted.deviations:
            comparisons.append(quoted)
        for comparison in comparisons:
            folder = out / pair_folder(
                child.document_id, comparison.parent.document_id if comparison.parent else QUOTED
            )
            carried += write_comparison(comparison, folder, decisions, lang, formats, template)
            found.update(kind for d in comparison.deviations for kind in d.kinds)
            written += 1
            made.append(comparison)
        if not comparisons and len(child_documents) == 1:
            log(f"{child.document_id}: không tìm thấy văn bản cấp trên nào trong tập văn bản.")
    if not written and not child_documents:
        return 1
    if carried:
        from doichieu.report.words import words

        log(
            words("vi")["text"]["decisions_line"].format(
                **{state: carried[state] for state in ("current", "changed", "gone")}
            )
        )
    if len(child_documents) > 1:
        _write_portfolio(made, out, lang)
    _write_chains(child_documents, documents, out)
    if formats:
        from doichieu import export
        from doichieu.schema import table

        export.write(formats, out, [table(name) for name in ("portfolio", "chain")])
    if found & fail_on:
        return 3
    return 1 if problems else 0


def _write_portfolio(made: list[Comparison], out: Path, lang: str) -> None:
    """``portfolio.csv`` and ``portfolio.html``: the parent's targets by children, where a parent has several."""
    from doichieu.comparison import portfolio
    from doichieu.report import portfolio_html
    from doichieu.schema import table
    from doichieu.tables.files import csv_bytes, write

    matrices = portfolio.build(made)
    if not matrices:
        return
    items = [("", entry) for matrix in matrices for entry in portfolio.rows(matrix)]
    write(out / "portfolio.csv", csv_bytes(table("portfolio"), items))
    for index, matrix in enumerate(matrices):
        folders = {c.document_id: pair_folder(c.document_id, matrix.parent.document_id) for c in matrix.children}
        name = "portfolio.html" if index == 0 else file_name(f"portfolio-{matrix.parent.document_id}", ".html")
        write(out / name, portfolio_html.page(matrix, folders, lang=lang).encode())


def _write_chains(children: list[Document], documents: list[Document], out: Path) -> None:
    """``chain.csv``: one table per target through all levels, where three levels or more are at hand."""
    from doichieu import resolve
    from doichieu.comparison import chain
    from doichieu.schema import table
    from doichieu.tables.files import csv_bytes, write

    parents = {d.document_id: resolve.parents_of(d, documents) for d in documents}
    wanted = {c.document_id for c in children}
    chains = [levels for levels in chain.levels_of(documents, parents) if levels[-1].document_id in wanted]
    if chains:
        items = [("", row) for levels in chains for row in chain.table_rows(levels)]
        write(out / "chain.csv", csv_bytes(table("chain"), items))


def write_comparison(
    comparison: Comparison,
    folder: Path,
    decisions: Mapping[str, Decision] | None,
    lang: str,
    formats: Sequence[str] = (),
    template: Path | None = None,
) -> Counter[str]:
    """Write tables and reports of one comparison, the tables in further ``formats`` too.

    Returns how many earlier decisions still apply (``current``), have a finding that changed, or are gone.
    """
    from doichieu.report import write_comparison as write_report
    from doichieu.report.decision_files import FILE_NAME, load
    from doichieu.schema import DIFF_TABLES
    from doichieu.tables.files import csv_bytes, package, write

    attribute = {"deviations": "deviations", "duties": "duties", "bindings": "bindings"}
    tables = [t for t in DIFF_TABLES if t.name in attribute and (t.name != "bindings" or comparison.bindings)]
    for table in tables:
        items = [("", record) for record in getattr(comparison, attribute[table.name])]
        write(folder / f"{table.name}.csv", csv_bytes(table, items))
    write(folder / "datapackage.json", package(tables, "doichieu-diff", folder))
    if formats:
        from doichieu import export

        export.write(formats, folder, tables)
    if decisions is None and is_regular(folder / FILE_NAME):
        decisions = load(folder / FILE_NAME)
    view = write_report(comparison, folder, decisions=decisions, lang=lang, template=template)
    states = Counter(f.review.state for f in view.findings if f.review.state)
    return states + Counter({"gone": len(view.gone)})


def _load(paths: list[Path], log: Log) -> tuple[list[Document], list[Problem]]:
    """All documents of the call; a file that is named twice (as child and inside the corpus) is read once."""
    from doichieu.reading import discover

    unique: dict[Path, Path] = {}
    for path in paths:
        for file in discover([path]):
            unique.setdefault(file.resolve(), file)
    return analyse_paths(list(unique.values()), log)


def _chosen(paths: list[Path], by_path: dict[str, Document]) -> list[Document]:
    from doichieu.reading import discover

    resolved = {Path(path).resolve(): document for path, document in by_path.items()}
    out = []
    for file in discover(paths) if paths else []:
        document = resolved.get(file.resolve())
        if document is not None:
            out.append(document)
    return out


def parse_kinds(text: str) -> frozenset[str]:
    """The kinds of ``--fail-on``; raises :class:`doichieu.errors.UsageError` for one that does not exist."""
    from doichieu.comparison.wording import FINDINGS

    kinds = frozenset(k.strip() for k in text.split(",") if k.strip())
    unknown = kinds - FINDINGS.keys()
    if unknown:
        raise UsageError(f"--fail-on không có loại: {', '.join(sorted(unknown))}. Các loại: {', '.join(FINDINGS)}.")
    return kinds
