"""What ``doichieu evaluate`` says of tables and comparisons against annotated documents."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

from doichieu.cli import main


def figures_of(gold: Path, texts: Path, out: Path) -> dict[str, dict[str, float]]:
    """The figures of ``out/tables`` and ``out/diffs`` by what they are of, as ``evaluate --json`` prints them."""
    asked = ["--corpus", str(texts), "--diffs", str(out / "diffs"), "--json"]
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        assert main(["evaluate", str(out / "tables"), str(gold), *asked]) == 0
    return dict(json.loads(printed.getvalue()))
