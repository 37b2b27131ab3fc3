"""What a person says once and the command keeps: who reviews, and what kind of authority signs."""

from __future__ import annotations

import json
import os
from pathlib import Path

from doichieu.errors import UsageError, system_reason
from doichieu.tables.files import put


def settings_file() -> Path:
    """Where they are kept: ``$DOICHIEU_SETTINGS``, else ``doichieu/settings.json`` in the user's folder of settings."""
    named = os.environ.get("DOICHIEU_SETTINGS")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    return Path(base) / "doichieu" / "settings.json"


def remembered(name: str, given: str | None, default: str = "") -> str:
    """The setting ``name``: what is ``given`` now, which is kept for the next time; else what was kept, else
    ``default``.

    Raises :class:`doichieu.errors.UsageError`, naming the file, where it cannot be read or written.
    """
    path = settings_file()
    kept = _read(path)
    if given is None:
        return kept.get(name, default)
    if kept.get(name, default) != given:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            put(path, (json.dumps({**kept, name: given}, ensure_ascii=False, indent=2) + "\n").encode())
        except OSError as error:
            raise UsageError(f"Không ghi được {path}: {system_reason(error)}.") from error
    return given


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(f"Không đọc được {path}: {system_reason(error)}.") from error
    except ValueError as error:
        raise UsageError(f"Tệp {path} hỏng; hãy xóa tệp này rồi chạy lại.") from error
    if not isinstance(found, dict):
        raise UsageError(f"Tệp {path} hỏng; hãy xóa tệp này rồi chạy lại.")
    return {key: value for key, value in found.items() if isinstance(value, str)}
