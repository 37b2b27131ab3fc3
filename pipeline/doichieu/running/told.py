"""What a run of comparisons says of itself: a line for each pair, what was not compared, the tables of all pairs.

A gate must never pass because nothing was looked at: a child of which no parent is at hand is a problem of the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from doichieu.model import Document, Problem
from doichieu.running.pairs import Made
from doichieu.schema import DIFF_TABLES, Table
from doichieu.tables.files import csv_bytes, csv_head, write

#: How many documents a message names.
_SHOWN = 8
#: Tables of the pairs that stand at the top too, with all pairs.
WHOLE = ("deviations", "duties", "duty_assignments", "bindings", "problems")


def no_parent(child: Document, present: Sequence[Document]) -> Problem:
    """That a child was not compared: what was sought, and what is at hand."""
    from doichieu.naming import document_name

    sought = dict.fromkeys(
        (
            *child.info.implements,
            *(c.number for c in child.citations if c.relation in ("implements", "basis") and c.number),
        )
    )
    others = [d for d in present if d.document_id != child.document_id]
    here = ", ".join(f"{document_name(d)} ({d.document_id})" for d in others[:_SHOWN])
    more = f" và {len(others) - _SHOWN} văn bản khác" if len(others) > _SHOWN else ""
    message = (
        f"{child.document_id}: chưa được đối chiếu vì không tìm thấy văn bản cấp trên; "
        f"đã tìm: {', '.join(sought) or 'văn bản không nêu số hiệu nào được thực hiện hoặc làm căn cứ'}; "
        f"hiện có: {here + more if here else 'không có văn bản nào khác'}."
    )
    return Problem(child.document_id, "no_parent", "high", message)


def unlooked(alone: Sequence[Problem], made: Sequence[Made], children: Sequence[Path], corpus: Path | None) -> bool:
    """Whether a child that should have been compared was not.

    Where a whole folder is compared within itself, its topmost documents have no parent there by nature: they are told;
    it fails where nothing was compared with a parent at all.
    """
    if not alone:
        return False
    within = corpus is not None and any(path.is_dir() and path.resolve() == corpus.resolve() for path in children)
    return not within or not any(pair.parent is not None for pair in made)


def compared(pair: Made, out: Path) -> str:
    """What was compared, in one line, and where its report lies."""
    parent = pair.parent.info.document_id if pair.parent is not None else "văn bản được dẫn"
    count = Counter(d.severity for d in pair.deviations)
    odd = f", {pair.odd} lưu ý về cặp" if pair.odd else ""
    return (
        f"{pair.child} – {parent}: {len(pair.deviations)} phát hiện, {count['high']} ưu tiên xử lý, "
        f"{pair.duties} nhiệm vụ{odd} → {out / pair.folder / 'report.html'}"
    )


def clear(folder: Path, tables: Sequence[Table] = DIFF_TABLES) -> None:
    """Take away the tables of an earlier run that this one may not write again."""
    for table in tables:
        (folder / f"{table.name}.csv").unlink(missing_ok=True)


def write_whole(made: Sequence[Made], problems: Sequence[Problem], out: Path) -> None:
    """The tables of all pairs together, at the top of ``out``; problems also of what was not compared."""
    from doichieu.schema import table

    for name in WHOLE:
        body = [_rows(out / pair.folder / f"{name}.csv") for pair in made]
        if name == "bindings":  # the pairs of one child hold the same rows
            body = list(dict.fromkeys(body))
        first = csv_bytes(table(name), [("", p) for p in problems]) if name == "problems" else csv_head(table(name))
        write(out / f"{name}.csv", first + b"".join(body))


def _rows(path: Path) -> bytes:
    """The rows of a table that was written, without its header."""
    return path.read_bytes().partition(b"\n")[2] if path.is_file() else b""


__all__ = ["WHOLE", "clear", "compared", "no_parent", "unlooked", "write_whole"]
