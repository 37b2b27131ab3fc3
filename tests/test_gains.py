"""What a change gained and lost, row by row."""

from __future__ import annotations

from doichieu.quality import gains


def row(start: int, value: str = "70", **changes: str) -> dict[str, str]:
    return {
        "document_id": "d",
        "clause_path": "I/1",
        "char_start": str(start),
        "char_end": str(start + 10),
        "indicator": "x",
        "value": value,
        "level": "",
        "deadline": "2030-12-31",
        "quote": "câu",
        "target_id": "t",
        **changes,
    }


def test_rows_that_appear_vanish_and_change() -> None:
    before = [row(0), row(20), row(40)]
    after = [row(0, target_id="u"), row(20, deadline="2025-12-31"), row(60)]
    found = list(gains.compare("targets", before, after))
    assert [sign for sign, _ in found] == ["~", "-", "+"]
    assert "deadline: '2030-12-31' → '2025-12-31'" in found[0][1]


def test_new_columns_and_ids_are_no_change() -> None:
    assert not list(gains.compare("targets", [row(0)], [row(0, target_id="other", extra="new")]))
