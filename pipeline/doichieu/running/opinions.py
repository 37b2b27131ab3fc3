"""Opinions of reviewers that lie in files: read for a comparison, or taken from a workbook into a file of their own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from doichieu.report.decision_files import load, load_mends, merged, save, signed

__all__ = ["load", "load_mends", "take_over"]


def take_over(workbook: Path, out: Path, reviewer: str, tell: Callable[[str], None]) -> int:
    """Opinions of a workbook, signed by the reviewer, into a file, beside those that the file has.

    A later opinion is never lost to an earlier one; ``tell`` gets a line for each that stands against another.
    Returns how many the workbook has.
    """
    found = signed(load(workbook), reviewer)
    there = os.path.lexists(out) and not out.is_dir()
    both, kept = merged(load(out) if there else {}, found)
    save(both, out, load_mends(out) if there else ())
    for key in kept:
        had = both[key].decision or both[key].note
        tell(f"giữ ý kiến đã có trong {out} cho phát hiện {key}: “{had}”; {workbook} ghi khác.")
    return len(found)
