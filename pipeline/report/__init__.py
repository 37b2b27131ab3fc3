"""Reports for people: one self-contained HTML page per comparison or document, and office formats beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.model import Comparison, Document


def write_comparison(
    comparison: Comparison, folder: Path, *, decisions: dict[str, Any] | None = None, lang: str = "vi"
) -> list[Path]:
    """Write ``report.html``, ``report.docx`` and ``report.xlsx`` of a comparison into ``folder``.

    ``decisions`` are a reviewer's marks by ``deviation_id``; a run shows them and never overwrites their file.
    Returns the files written.
    """
    from pipeline.report.docx import opinion
    from pipeline.report.html import comparison_page
    from pipeline.report.store import write_bytes
    from pipeline.report.xlsx import workbook

    folder.mkdir(parents=True, exist_ok=True)
    out = [write_bytes(folder / "report.html", comparison_page(comparison, decisions=decisions or {}, lang=lang).encode())]
    out.append(write_bytes(folder / "report.xlsx", workbook(comparison, decisions=decisions or {})))
    out.append(write_bytes(folder / "report.docx", opinion(comparison)))
    return out


def write_document(document: Document, folder: Path, *, lang: str = "vi") -> list[Path]:
    """Write the report of a single document: targets, tasks by agency, calendar, problems, outline."""
    from pipeline.report.calendar import calendar
    from pipeline.report.html import document_page
    from pipeline.report.store import write_bytes

    folder.mkdir(parents=True, exist_ok=True)
    name = document.document_id
    return [
        write_bytes(folder / f"{name}.html", document_page(document, lang=lang).encode()),
        write_bytes(folder / f"{name}.ics", calendar(document)),
    ]
