"""The functions of the package for Python: what ``import doichieu`` gives.

>>> text = "II. MỤC TIÊU\\n\\n1. Đến năm 2030\\n\\n- 70% cán bộ cấp xã được bồi dưỡng."
>>> document = extract_text(text, document_id="vi_du")
>>> [(t.operator, t.value, t.unit, t.deadline) for t in document.targets]
[('=', 70.0, '%', '2030-12-31')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

    from doichieu.model import Comparison, Consolidation, Document, Problem, ProgressRow


def extract(path: str | Path) -> Document:
    """Read one file and extract everything it says.

    Raises :class:`doichieu.errors.UnreadableFile` where the file cannot be turned into text, TypeError for anything
    but a path.  A bundle of several documents gives the first; :func:`extract_many` gives them all.
    """
    if not isinstance(path, str | Path):
        raise TypeError(f"extract takes a path (str or pathlib.Path), not {type(path).__name__}")
    from doichieu.analyse import analyse
    from doichieu.reading import read

    return analyse(read(Path(path))[0])


def extract_many(
    paths: Iterable[str | Path], *, jobs: int = 1, on_problem: Callable[[Problem], None] | None = None
) -> list[Document]:
    """Read files and folders together, so that documents that cite each other know each other.

    Documents come in the order of their ids.  A file that cannot be read is told to ``on_problem``, or with a warning
    where there is none; the rest is read.  ``jobs`` processes read.
    """
    if isinstance(paths, str | Path):
        raise TypeError("extract_many takes several paths; for one file call extract")
    import warnings

    from doichieu.running.run import analyse_paths

    documents, problems = analyse_paths([Path(path) for path in paths], lambda message: None, jobs=jobs)
    for problem in problems:
        if on_problem is not None:
            on_problem(problem)
        else:
            warnings.warn(problem.message, stacklevel=2)
    return documents


def extract_text(text: str, *, document_id: str = "document") -> Document:
    """Extract from a text in memory; offsets index ``text`` as given.  TypeError for anything but a text."""
    if not isinstance(text, str):
        raise TypeError(f"extract_text takes the text of a document (str), not {type(text).__name__}")
    import hashlib

    from doichieu.analyse import analyse
    from doichieu.model import Source

    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return analyse(Source(document_id, "", digest, "txt", text))


def diff(child: Document, parent: Document) -> Comparison:
    """Compare a child with a parent: every target of both sides ends in exactly one kind of finding."""
    from doichieu.comparison.compare import compare

    return compare(child, parent)


def consolidate(
    document: Document, amending: Iterable[Document], *, on: str | date = "", with_errors: bool = False
) -> Consolidation:
    """The text of a document as ``amending`` documents left it on a day; all of them, whenever they hold, without one.

    Its ``changes`` say what was done where, and why an order was left out; :func:`document_of` gives the records of
    the text.  ``with_errors``: apply also what fits but for one mark of punctuation.  ValueError for no day.

    >>> plan = extract_text("KẾ HOẠCH\\nSố: 5/KH-UBND\\n\\nI. MỤC TIÊU\\n\\n- 70% hộ dân dùng nước sạch.")
    >>> consolidate(plan, []).text == plan.source.text
    True
    """
    from doichieu.amending.held import EVER, hold

    return hold(document, list(amending), _iso(on) or EVER, lenient=with_errors)


def document_of(consolidation: Consolidation) -> Document:
    """The consolidated text as a document; its targets say which amendment gave them their wording."""
    from doichieu.amending import held

    return held.document_of(consolidation)


def progress(
    reports: Iterable[Document], plan: Document, *, amending: Iterable[Document] = (), on: str | date = ""
) -> list[ProgressRow]:
    """What reports say of each target of a plan: one row per target and report.

    The targets are those that hold after ``amending`` on each report's day, or on ``on``; reports of later days than
    ``on`` are left out.  ValueError for no day.
    """
    from doichieu.running import reported

    day = _iso(on)
    return reported.answers(plan, reported.until(list(reports), plan, day), list(amending), day)


def _iso(day: str | date) -> str:
    return date.fromisoformat(day).isoformat() if isinstance(day, str) and day else str(day)


def write(documents: Iterable[Document], folder: str | Path, formats: Sequence[str] = ("csv",)) -> list[Path]:
    """Write the tables of ``documents`` into ``folder``, as CSV with its data package and in further ``formats``.

    Returns the files written.  Raises :class:`doichieu.errors.UsageError` for an unknown format or a folder that
    cannot be written.
    """
    from doichieu import export
    from doichieu.tables.files import write_all

    documents, out = list(documents), Path(folder)
    further = export.asked(",".join(formats))
    return [*write_all(documents, out), *export.write(further, out)]


def frames(documents: Iterable[Document]) -> dict[str, pandas.DataFrame]:
    """Every table as a pandas frame, by its name: dates as ``date``, absent as None, lists joined as in the CSV."""
    from doichieu import tables

    return tables.frames(list(documents))
