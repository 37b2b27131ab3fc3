"""No function has more branches than one can try alone; those that do have their reason written here."""

from __future__ import annotations

from pathlib import Path

import pytest

radon = pytest.importorskip("radon.complexity")

PACKAGE = Path(__file__).resolve().parents[1] / "pipeline" / "doichieu"
MOST = 25
#: Why a function may stay above: by module and name.
_FORMAT = "one branch for each element of a foreign format; apart they would pass a dozen half-read states along"
_SCAN = "one pass over lines or characters whose cases exclude each other; a wrong order of parts would change readings"
_WAITS = "still a list of decisions; it wants to become a table of named rules with the next change of its subject"
REASONS: dict[str, str] = {
    "amending.apply:_apply": _FORMAT,
    "amending.edits:_words": _FORMAT,
    "comparison.meaning.statements:statement_of": _WAITS,
    "extraction.targets.inheritance:population": _WAITS,
    "extraction.targets.table_columns:_kind": _WAITS,
    "extraction.targets.tables:_Table._value_row": _WAITS,
    "extraction.tasks.doers:Doers._subject": _WAITS,
    "extraction.times.grammar:_dated": _SCAN,
    "extraction.times.units:_span_of": _SCAN,
    "reading.docx:_Reader._emit": _FORMAT,
    "reading.docx_text:Inliner._contents": _FORMAT,
    "reading.html:_Reader._table": _FORMAT,
    "reading.pdf_chars:page_pieces": _FORMAT,
    "running.differ:_Run.diff": _WAITS,
    "segmentation.build:build": _SCAN,
    "segmentation.chunks:_from_lines": _SCAN,
    "segmentation.grid:_spread": _SCAN,
    "segmentation.zones:_head": _SCAN,
    "segmentation.zones:_tail": _SCAN,
}


def blocks() -> list[tuple[str, int]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for block in radon.cc_visit(path.read_text(encoding="utf-8")):
            for one in [block, *getattr(block, "methods", ())]:
                if not hasattr(one, "methods"):
                    name = f"{one.classname}.{one.name}" if getattr(one, "classname", None) else one.name
                    found.append((f"{module}:{name}", one.complexity))
    return sorted(set(found))


def test_no_function_is_beyond_trying_alone() -> None:
    beyond = {name: value for name, value in blocks() if value > MOST and name not in REASONS}
    assert not beyond


def test_no_reason_is_stale() -> None:
    above = {name for name, value in blocks() if value > MOST}
    assert set(REASONS) <= above
