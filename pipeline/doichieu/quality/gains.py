"""What a change of the rules gained and lost: every row that appeared, vanished or changed since a git revision.

``make gains REV=main~3 FOLDER=some/texts`` extracts the folder with the code of the revision and with the code at
hand, and compares the tables row by row.  A row is known by its document, its place and what it is about; the same
row with other values is a change.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from doichieu.errors import UsageError

#: What a row is known by in each table; the other columns are its values.
KEYS = {
    "documents": ("document_id",),
    "targets": ("document_id", "char_start", "char_end", "indicator", "value", "level"),
    "assignments": ("document_id", "char_start", "char_end", "role", "agency"),
    "deadlines": ("document_id", "char_start", "char_end"),
    "percentages": ("document_id", "char_start", "char_end"),
    "citations": ("document_id", "char_start", "char_end"),
    "problems": ("document_id", "code", "char_start", "message"),
}
#: Columns that follow from others or only number the rows.
IGNORED = {"target_id", "assignment_id", "deadline_id", "citation_id", "clause_id", "path", "same_as", "rule"}
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    """The rows of one CSV table; none where the revision had no such table."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def compare(name: str, before: list[Row], after: list[Row]) -> Iterator[tuple[str, str]]:
    """(sign, description) of each difference: ``+`` appeared, ``-`` vanished, ``~`` changed."""
    keys = KEYS[name]

    def index(rows: list[Row]) -> dict[tuple[str, ...], Row]:
        return {tuple(row.get(k, "") for k in keys): row for row in rows}

    old, new = index(before), index(after)
    for key in sorted({*old, *new}):
        if key not in old:
            yield "+", _describe(new[key])
        elif key not in new:
            yield "-", _describe(old[key])
        else:
            shared = [c for c in new[key] if c in old[key] and c not in IGNORED]
            changed = [c for c in shared if new[key][c] != old[key][c]]
            if changed:
                values = "; ".join(f"{c}: {old[key][c]!r} → {new[key][c]!r}" for c in changed)
                yield "~", f"{_describe(new[key])} | {values}"


def _describe(row: Row) -> str:
    shown = [
        row.get(c, "")
        for c in ("document_id", "clause_path", "role", "agency", "operator", "value", "unit", "number", "code")
    ]
    quote = " ".join((row.get("quote") or row.get("title") or row.get("message") or "").split())
    return " ".join(s for s in shown if s) + f" “{quote[:100]}”"


def extract(tree: Path, folder: Path, out: Path) -> None:
    """Extract ``folder`` with the code of ``tree`` into ``out``."""
    source = tree / "pipeline" if (tree / "pipeline" / "doichieu").is_dir() else tree
    module = "doichieu.cli" if source != tree else "pipeline.cli"  # before 0.2 the package was the folder itself
    done = subprocess.run(
        [sys.executable, "-P", "-m", module, "extract", str(folder), "--out", str(out)],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise UsageError(f"Không chạy được bản ở {tree}: {done.stderr.strip()[-400:]}")


def main(revision: str, folder: Path | None = None) -> int:
    """Print the differences between ``revision`` and the working tree on ``folder`` (``corpus`` by default)."""
    root = Path(__file__).resolve().parents[3]
    texts = (folder or root / "corpus").resolve()
    with tempfile.TemporaryDirectory(prefix="doichieu-gains-") as name:
        place = Path(name)
        tree = place / "tree"
        made = subprocess.run(
            ["git", "worktree", "add", "--detach", "--quiet", str(tree), revision],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise UsageError(f"Không lấy được bản git “{revision}”: {made.stderr.strip()}")
        try:
            extract(tree, texts, place / "before")
            extract(root, texts, place / "after")
            found = {
                t: list(compare(t, read(place / "before" / f"{t}.csv"), read(place / "after" / f"{t}.csv")))
                for t in KEYS
            }
        finally:
            subprocess.run(
                ["git", "worktree", "remove", "--force", str(tree)], cwd=root, capture_output=True, check=False
            )
    for table, lines in found.items():
        count = {sign: sum(1 for s, _ in lines if s == sign) for sign in "+-~"}
        print(f"{table:12} thêm {count['+']:4}  mất {count['-']:4}  đổi {count['~']:4}")
    for table, lines in found.items():
        for sign, line in lines:
            print(f"{sign} {table}: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "HEAD", Path(sys.argv[2]) if len(sys.argv) > 2 else None))
