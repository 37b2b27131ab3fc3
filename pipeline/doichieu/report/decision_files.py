"""Files of decisions: ``decisions.json`` as the page saves it, and a marked ``report.xlsx``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from doichieu.errors import UnreadableFile, UsageError
from doichieu.reading.files import file_bytes
from doichieu.report.clean import safe_text
from doichieu.report.decisions import Decision, decision_of
from doichieu.report.mends import Mended, mended_of

_MAX_BYTES = 20_000_000
_MAX_ENTRIES = 100_000
#: The file that a run reads where it lies beside a report.
FILE_NAME = "decisions.json"


def load(path: Path) -> dict[str, Decision]:
    """The decisions of a ``decisions.json`` file or of a marked ``report.xlsx``, by ``deviation_id``.

    Raises :class:`doichieu.errors.UsageError` where the file cannot be read or holds something else.
    """
    data = _bytes(path)
    if data.startswith(b"PK"):
        from doichieu.report.xlsx_decisions import import_xlsx

        return import_xlsx(path, data)
    content = _content(path, data)
    entries = content.get("decisions", content) if isinstance(content, dict) else None
    if not isinstance(entries, dict):
        raise UsageError(f"Tệp ý kiến rà soát {path} không có mục “decisions”.")
    if len(entries) > _MAX_ENTRIES:
        raise UsageError(f"Tệp ý kiến rà soát {path} có quá nhiều mục.")
    return {safe_text(key): decision_of(value) for key, value in entries.items() if isinstance(value, dict)}


def load_mends(path: Path) -> tuple[Mended, ...]:
    """What the reviewer of a ``decisions.json`` file mended; a workbook has none."""
    data = _bytes(path)
    content = {} if data.startswith(b"PK") else _content(path, data)
    entries = content.get("mends") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        return ()
    return tuple(one for entry in entries[:_MAX_ENTRIES] if (one := mended_of(entry)) is not None)


def _bytes(path: Path) -> bytes:
    try:
        return file_bytes(path, _MAX_BYTES)
    except UnreadableFile as error:
        raise UsageError(f"Không đọc được tệp ý kiến rà soát {path}: {error.reason}.") from error


def _content(path: Path, data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"Tệp ý kiến rà soát {path} không phải JSON hợp lệ.") from error


def signed(decisions: Mapping[str, Decision], reviewer: str) -> dict[str, Decision]:
    """The decisions with the name of who made them, where they have none.

    >>> signed({"d": Decision("fix")}, "An")["d"].by, signed({"d": Decision("fix", by="Bình")}, "An")["d"].by
    ('An', 'Bình')
    """
    from msgspec.structs import replace

    return {key: decision if decision.by else replace(decision, by=reviewer) for key, decision in decisions.items()}


def merged(old: Mapping[str, Decision], new: Mapping[str, Decision]) -> tuple[dict[str, Decision], list[str]]:
    """Both sets of decisions; the ids on which they differ and the old one was kept, being the later or of unknown age.

    Nothing that a person decided is lost: a newer entry replaces an older one only where both say when.
    """
    out = dict(old)
    kept: list[str] = []
    for key, decision in new.items():
        before = out.get(key)
        if (
            before is None
            or (before.decision, before.note) in (("", ""), (decision.decision, decision.note))
            or (before.at and decision.at > before.at)
        ):
            out[key] = decision
        else:
            kept.append(key)
    return out, sorted(kept)


def save(decisions: Mapping[str, Decision], path: Path, mends: Sequence[Mended] = ()) -> None:
    """Write decisions as a ``decisions.json`` file, keys sorted, and what was mended beside them."""
    import msgspec

    from doichieu.tables.files import put

    content: dict[str, Any] = {
        "decisions": {key: msgspec.to_builtins(value) for key, value in sorted(decisions.items())}
    }
    if mends:
        content["mends"] = msgspec.to_builtins(list(mends))
    put(path, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())
