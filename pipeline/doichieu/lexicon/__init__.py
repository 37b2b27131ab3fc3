"""Words live here as TOML, logic lives in Python.

Each file is headed by who reads it and what a field means; its keys are those of its shape in
:mod:`doichieu.lexicon.shapes`; an entry carries ``examples`` and ``not_examples`` that ``tests/test_lexicon.py`` runs.
An office extends a lexicon by a file of the same name in the folder that
the environment variable ``DOICHIEU_LEXICON`` names: its tables of entries are appended.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from doichieu.errors import BadLexicon, system_reason
from doichieu.lexicon.kept import Kept
from doichieu.lexicon.shapes import SHAPES

_HERE = Path(__file__).parent


#: Lexicons as they were parsed before, each by its name and what its file held.
_kept = Kept(__file__)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
        made_of = f"{len(data)} {hashlib.sha256(data).hexdigest()}"
        known = _kept.get(path.name)
        if known is not None and known[0] == made_of:
            found: dict[str, Any] = known[1]
            return found
        import tomllib

        try:
            parsed = tomllib.loads(data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadLexicon(str(path), str(error)) from error
    except OSError as error:
        raise BadLexicon(str(path), system_reason(error)) from error
    if path.parent == _HERE:
        _kept.put(path.name, [made_of, parsed])
    return parsed


def _checked(path: Path, name: str, data: dict[str, Any]) -> None:
    """Hold ``data`` against the shape of lexicon ``name``; the message names the file and the entry."""
    try:
        msgspec.convert(data, SHAPES[name])
    except msgspec.ValidationError as error:
        raise BadLexicon(str(path), str(error)) from error


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed lexicon ``name`` (``agencies`` → ``agencies.toml``), with the office's own entries appended.

    Raises :class:`doichieu.errors.BadLexicon` for a file that is no TOML or has a key or value that its shape does
    not know.
    """
    own = _HERE / f"{name}.toml"
    data = _parsed(own)
    _checked(own, name, data)
    extra_folder = os.environ.get("DOICHIEU_LEXICON")
    extra = Path(extra_folder) / f"{name}.toml" if extra_folder else None
    if extra is not None and extra.is_file():
        for key, value in _parsed(extra).items():
            if isinstance(value, list) and isinstance(data.get(key), list):
                data[key] = [*data[key], *value]
            else:
                data[key] = value
        _checked(extra, name, data)
    return data


def check_own() -> None:
    """Load every lexicon that the office adds to, so that a mistake is told before any document is read.

    A mistake found later would be blamed on the document that was being read.
    """
    folder = os.environ.get("DOICHIEU_LEXICON")
    if not folder:
        return
    for path in sorted(Path(folder).glob("*.toml")):
        if path.stem not in names():
            raise BadLexicon(str(path), f"không có từ điển tên này; các từ điển: {', '.join(names())}")
        load(path.stem)


def names() -> list[str]:
    """The names of all lexicons, sorted."""
    return sorted(path.stem for path in _HERE.glob("*.toml"))
