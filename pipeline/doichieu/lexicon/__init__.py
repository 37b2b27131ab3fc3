"""Words live here as TOML, logic lives in Python.

Each file is headed by who reads it and what a field means; an entry carries ``examples`` and ``not_examples``
that ``tests/test_lexicon.py`` runs.  An office extends a lexicon by a file of the same name in the folder that
the environment variable ``DOICHIEU_LEXICON`` names: its tables of entries are appended.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed lexicon ``name`` (``agencies`` → ``agencies.toml``), with the office's own entries appended."""
    with (_HERE / f"{name}.toml").open("rb") as handle:
        data = tomllib.load(handle)
    extra_folder = os.environ.get("DOICHIEU_LEXICON")
    if extra_folder:
        extra = Path(extra_folder) / f"{name}.toml"
        if extra.is_file():
            with extra.open("rb") as handle:
                for key, value in tomllib.load(handle).items():
                    if isinstance(value, list) and isinstance(data.get(key), list):
                        data[key] = [*data[key], *value]
                    else:
                        data[key] = value
    return data


def names() -> list[str]:
    """The names of all lexicons, sorted."""
    return sorted(path.stem for path in _HERE.glob("*.toml"))
