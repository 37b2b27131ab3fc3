"""Comparing files: who is whose parent, one folder per pair, gates for other processes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.model import Comparison, Document, Problem
from pipeline.run import Log, analyse_paths, prepare_output, to_stderr

#: The folder of a child's comparison with parents that it only quotes.
QUOTED = "van-ban-duoc-dan"


def diff(
    children: list[Path], parents: list[Path], corpus: Path | None, out: Path, *, fail_on: frozenset[str] = frozenset(),
    decisions: dict[str, Any] | None = None, lang: str = "vi", log: Log = to_stderr,
) -> int:
    """Compare each child with each parent; without parents, with those its citations name in ``corpus``.

    Writes ``<out>/<child>__<parent>/`` with tables and reports.  Returns 0, 1 (some input unreadable) or 3 (a kind
    of ``fail_on`` was found).
    """
    from pipeline import compare, resolve

    prepare_output(out)
    given = [*children, *parents]
    paths = list(dict.fromkeys([*given, *([corpus] if corpus is not None else [])]))
    documents, problems = _load(paths, log)
    by_path = {d.info.path: d for d in documents}
    child_documents = _chosen(children, by_path)
    parent_documents = _chosen(parents, by_path)
    found: set[str] = set()
    written = 0
    for child in child_documents:
        if parent_documents:
            answers = [p for p in parent_documents if p.document_id != child.document_id]
        else:
            wanted = resolve.parents_of(child, documents)
            answers = [d for d in documents if d.document_id in wanted and d.document_id != child.document_id]
        comparisons = compare.compare_many(child, answers)
        quoted = compare.compare_quoted(child)
        if quoted.deviations:
            comparisons.append(quoted)
        for comparison in comparisons:
            folder = out / f"{child.document_id}__{comparison.parent.document_id if comparison.parent else QUOTED}"
            write_comparison(comparison, folder, decisions, lang)
            found.update(kind for d in comparison.deviations for kind in d.kinds)
            written += 1
        if not comparisons and len(child_documents) == 1:
            log(f"{child.document_id}: không tìm thấy văn bản cấp trên nào trong tập văn bản.")
    if not written and not child_documents:
        return 1
    if problems:
        return 1
    return 3 if found & fail_on else 0


def write_comparison(comparison: Comparison, folder: Path, decisions: dict[str, Any] | None, lang: str) -> None:
    """Write tables and reports of one comparison."""
    from pipeline.report import write_comparison as write_report
    from pipeline.schema import DIFF_TABLES
    from pipeline.tables.files import csv_bytes, package, write

    attribute = {"deviations": "deviations", "duties": "duties", "bindings": "bindings"}
    tables = [t for t in DIFF_TABLES if t.name != "bindings" or comparison.bindings]
    for table in tables:
        items = [("", record) for record in getattr(comparison, attribute[table.name])]
        write(folder / f"{table.name}.csv", csv_bytes(table, items))
    write(folder / "datapackage.json", package(tables, "doichieu-diff"))
    write_report(comparison, folder, decisions=decisions, lang=lang)


def _load(paths: list[Path], log: Log) -> tuple[list[Document], list[Problem]]:
    """All documents of the call; a file that is named twice (as child and inside the corpus) is read once."""
    from pipeline.reading import discover

    unique: dict[Path, Path] = {}
    for path in paths:
        for file in discover([path]):
            unique.setdefault(file.resolve(), file)
    return analyse_paths(list(unique.values()), log)


def _chosen(paths: list[Path], by_path: dict[str, Document]) -> list[Document]:
    from pipeline.reading import discover

    resolved = {Path(path).resolve(): document for path, document in by_path.items()}
    out = []
    for file in discover(paths) if paths else []:
        document = resolved.get(file.resolve())
        if document is not None:
            out.append(document)
    return out


def parse_kinds(text: str) -> frozenset[str]:
    """The kinds of ``--fail-on``; raises :class:`pipeline.errors.UsageError` for one that does not exist."""
    from pipeline.wording import FINDINGS

    kinds = frozenset(k.strip() for k in text.split(",") if k.strip())
    unknown = kinds - FINDINGS.keys()
    if unknown:
        raise UsageError(f"--fail-on không có loại: {', '.join(sorted(unknown))}. Các loại: {', '.join(FINDINGS)}.")
    return kinds
