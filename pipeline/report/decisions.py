"""A reviewer's decisions: read from the page's file or from the workbook, carried by content into the next run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

_MAX_BYTES = 20_000_000


def load(path: Path) -> dict[str, Any]:
    """The decisions of a ``decisions.json`` file by ``deviation_id``.

    Raises :class:`pipeline.errors.UsageError` where the file cannot be read or holds something else.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UsageError(f"Tệp quyết định {path} quá lớn.")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"Không đọc được tệp quyết định {path}: {error.strerror}.") from error
    except ValueError as error:
        raise UsageError(f"Tệp quyết định {path} không phải JSON hợp lệ.") from error
    entries = data.get("decisions", data) if isinstance(data, dict) else None
    if not isinstance(entries, dict):
        raise UsageError(f"Tệp quyết định {path} không có mục “decisions”.")
    out: dict[str, Any] = {}
    for key, value in entries.items():
        if isinstance(value, dict):
            decision = str(value.get("decision", ""))
            out[str(key)] = {
                "decision": decision if decision in ("accept", "reject") else "",
                "note": str(value.get("note", ""))[:4000],
                "fingerprint": str(value.get("fingerprint", "")),
            }
    return out


def import_xlsx(path: Path) -> dict[str, Any]:
    """The decisions marked in ``report.xlsx``, in the form of :func:`load`."""
    from openpyxl import load_workbook

    from pipeline.report.xlsx import DECISIONS

    back = {label: key for key, label in DECISIONS.items() if label}
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book["Kết quả đối chiếu"]
    except (OSError, KeyError, ValueError) as error:
        raise UsageError(f"Không đọc được quyết định từ {path}: tệp không phải report.xlsx của Đối Chiếu.") from error
    out: dict[str, Any] = {}
    for row in sheet.iter_rows(min_row=2, values_only=True):
        cells = [str(v) if v is not None else "" for v in row] + [""] * 13
        if cells[0] and (cells[10] or cells[11]):
            out[cells[0]] = {"decision": back.get(cells[10], ""), "note": cells[11], "fingerprint": cells[12]}
    return out


def save(decisions: dict[str, Any], path: Path) -> None:
    """Write decisions as a ``decisions.json`` file, keys sorted."""
    from pipeline.report.store import write_bytes

    text = json.dumps({"decisions": dict(sorted(decisions.items()))}, ensure_ascii=False, indent=2) + "\n"
    write_bytes(path, text.encode())
