"""The Singer stream, loaded by a public target into SQLite."""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

pytestmark = pytest.mark.long
#: A target of 2019 asks for names that Python has since moved.
MOVED = """
import collections, collections.abc

for name in ("Callable", "Iterable", "Mapping", "MutableMapping", "MutableSet", "Sequence", "Set"):
    setattr(collections, name, getattr(collections.abc, name))
"""


def test_a_public_target_loads_every_row(tmp_path: Path, clean: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True, env=clean)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "target-sqlite==0.2.0"], check=True, env=clean)
    (site,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    (site / "sitecustomize.py").write_text(MOVED, encoding="utf-8")
    out = tmp_path / "out"
    subprocess.run(
        [sys.executable, "-m", "doichieu.cli", "extract", str(ROOT / "corpus"), "--out", str(out)], check=True
    )
    stream = subprocess.run(
        [sys.executable, "-m", "doichieu.cli", "tap", str(out)], check=True, capture_output=True
    ).stdout
    (tmp_path / "config.json").write_text('{"database": "%s"}' % (tmp_path / "loaded.db"), encoding="utf-8")
    done = subprocess.run(
        [tmp_path / "venv" / "bin" / "target-sqlite", "-c", str(tmp_path / "config.json")],
        input=stream, capture_output=True, check=False, env=clean,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    loaded = sqlite3.connect(tmp_path / "loaded.db")
    seen = 0
    for path in sorted(out.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        (count,) = loaded.execute(f'select count(*) from "{path.stem}"').fetchone()
        assert count == len(rows), path.stem
        seen += count
    assert seen > 1000
    assert b'"run_id"' in done.stdout  # the state comes back
