"""Decisions marked in ``report.xlsx``, read back; rows may have been sorted, filtered, or moved between programs."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

from doichieu.errors import UsageError
from doichieu.report.decisions import Decision, decision_of, digest
from doichieu.report.words import LANGUAGES, words
from doichieu.report.xlsx import TRACES

_MAX_ROWS = 100_000
_MAX_COLUMNS = 200
_MAX_UNPACKED = 500_000_000  # bytes that the parts of a workbook may have together
# What the readers of archives, XML and sheets raise on a file that is damaged or of another kind.
_DAMAGE = (
    OSError,
    KeyError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    AttributeError,
    TypeError,
    IndexError,
    OverflowError,
    RuntimeError,  # also of an archive that is locked, or packed in a way that is not known
)


def import_xlsx(path: Path, data: bytes) -> dict[str, Decision]:
    """The decisions of a workbook, given with its bytes, by ``deviation_id``; a row nobody touched keeps the time it
    had.

    Raises :class:`doichieu.errors.UsageError` where the file is no workbook of ours.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
                raise _not_ours(path)
        return _rows(path, data)
    except _DAMAGE as error:
        raise _not_ours(path) from error


def _rows(path: Path, data: bytes) -> dict[str, Decision]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        sheet = next(
            (
                book[t["findings"]]
                for t in (words(lang)["text"] for lang in LANGUAGES)
                if t["findings"] in book.sheetnames
            ),
            None,
        )
        if sheet is None:
            raise _not_ours(path)
        rows = sheet.iter_rows(min_row=1, max_row=_MAX_ROWS, max_col=_MAX_COLUMNS, values_only=True)
        columns = _columns([_text(v) for v in next(rows, ())])
        if not {"id", "decision"} <= columns.keys():
            raise _not_ours(path)
        modified = book.properties.modified
        at = modified.strftime("%Y-%m-%dT%H:%M:%SZ") if modified else ""
        out: dict[str, Decision] = {}
        unknown: list[str] = []
        for number, row in enumerate(rows, start=2):
            cells = {name: _text(row[index]) if index < len(row) else "" for name, index in columns.items()}
            if cells["id"]:
                if cells["decision"] and not _mark(cells["decision"]):
                    unknown.append(f"dòng {number}: “{cells['decision']}”")
                decision = _decision(cells, at)
                if decision is not None:
                    out[cells["id"]] = decision
        if unknown:
            raise UsageError(
                f"Tệp {path}: cột {words('vi')['text']['decision']} có chữ không thuộc danh sách "
                f"({'; '.join(unknown[:5])}). Chỉ chọn: {', '.join(words('vi')['decisions'].values())}; "
                f"lời khác ghi ở cột {words('vi')['text']['note']}."
            )
        return out
    finally:
        book.close()


def _not_ours(path: Path) -> UsageError:
    return UsageError(f"Không đọc được quyết định từ {path}: tệp không phải report.xlsx của Đối Chiếu.")


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _columns(head: list[str]) -> dict[str, int]:
    """Where each wanted column stands, by the head that either language gives it."""
    wanted = {name: {name} for name in TRACES}
    for lang in LANGUAGES:
        text = words(lang)["text"]
        for name, title in (
            ("decision", "decision"),
            ("decision", "old_decision"),
            ("note", "note"),
            ("child_quote", "child"),
            ("parent_quote", "parent"),
        ):
            wanted.setdefault(name, set()).add(text[title])
    return {name: head.index(title) for name, titles in wanted.items() for title in titles if title in head}


def _mark(typed: str) -> str:
    """The mark that a cell names, in either language or as earlier versions named it; empty where it is none."""
    wanted = typed.casefold()
    return next(
        (
            key
            for lang in LANGUAGES
            for group in ("decisions", "old_decisions")
            for key, label in words(lang)[group].items()
            if wanted in (label.casefold(), key)
        ),
        "",
    )


def _decision(cells: dict[str, str], at: str) -> Decision | None:
    """The decision of a row; None where nothing was marked.  What a person typed in either language is understood."""
    decision = _mark(cells.get("decision", ""))
    note = cells.get("note", "")
    touched = digest(decision, note) != cells.get("marked", "")
    if not touched:
        decision = cells.get("was", "")
    if not decision and not note and not touched:
        return None
    absent = tuple(
        words(lang)["text"][key].split("{")[0] for lang in LANGUAGES for key in ("not_there", "quoted_value")
    )
    return decision_of(
        {
            **{name: cells.get(name, "") for name in ("child_key", "parent_key", "pair")},
            "decision": decision,
            "note": note,
            "fingerprint": cells.get("fingerprint" if touched else "decided_on", ""),
            "kinds": cells.get("kinds", "").split(),
            "at": at if touched else cells.get("at", ""),
            "by": "" if touched else cells.get("by", ""),
            "child_quote": "" if cells.get("child_quote", "").startswith(absent) else cells.get("child_quote", ""),
            "parent_quote": "" if cells.get("parent_quote", "").startswith(absent) else cells.get("parent_quote", ""),
        }
    )
