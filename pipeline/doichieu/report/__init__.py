"""Reports for people: one self-contained HTML page per comparison or document, and office formats beside it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from doichieu.model import Comparison, Document
    from doichieu.report.decisions import Decision
    from doichieu.report.mends import Done
    from doichieu.report.records import ComparisonView


class Signing(Struct, frozen=True):
    """Who reviews, and the kind of authority that signs the opinion (``state``, ``party``)."""

    reviewer: str = ""
    authority: str = "state"


def write_comparison(
    comparison: Comparison,
    folder: Path,
    *,
    decisions: Mapping[str, Decision] | None = None,
    lang: str = "vi",
    template: Path | None = None,
    signing: Signing | None = None,
    mends: Sequence[Done] = (),
    comments: bool = False,
    pages: bool = False,
) -> ComparisonView:
    """Write ``report.html``, ``report.docx`` and ``report.xlsx`` of a comparison into ``folder``.

    ``decisions`` are a reviewer's marks by ``deviation_id``; a run shows them and never writes their file.
    ``template`` is an office's own form of the opinion, ``signing`` tells who reviews and who signs, ``mends``
    what became of the reviewer's mends in this comparison.  ``comments`` writes ``comments.docx`` too, the lower
    document with a comment at each finding; ``pages`` puts the printed pages of PDF files and scans into the page.
    Returns what the reports say.
    """
    from doichieu.report.html import comparison_page
    from doichieu.report.opinion import opinion
    from doichieu.report.pages import Pages, pages_of
    from doichieu.report.view import comparison_view
    from doichieu.report.xlsx import workbook
    from doichieu.tables.files import put

    signing = signing or Signing()
    view = comparison_view(comparison, decisions, lang, mends)
    printed = pages_of(view, comparison) if pages else Pages()
    put(folder / "report.html", comparison_page(view, comparison, reviewer=signing.reviewer, pages=printed).encode())
    put(folder / "report.xlsx", workbook(view, comparison))
    put(folder / "report.docx", opinion(view, template, signing.authority))
    if comments:
        from doichieu.report.clean import wording
        from doichieu.report.commented import commented

        child = comparison.child
        put(
            folder / "comments.docx",
            commented(
                view,
                [wording(child, c) for c in child.clauses if c.leaf],
                _original(Path(child.info.path)),
                signing.reviewer,
            ),
        )
    return view


def _original(path: Path) -> bytes:
    """The Word file that a document was read from; nothing where it was another file, or is gone or changed."""
    from docx import Document as Word
    from docx.opc.exceptions import OpcError

    if path.suffix.lower() != ".docx" or not path.is_file():
        return b""
    data = path.read_bytes()
    try:
        Word(io.BytesIO(data))
    except (OpcError, ValueError, LookupError, SyntaxError, zipfile.BadZipFile):  # the text is set plainly instead
        return b""
    return data


def write_document(document: Document, folder: Path, *, lang: str = "vi") -> list[Path]:
    """Write the report of a single document as page, workbook, Word file and calendar; returns the files written."""
    from doichieu.report.calendar import calendar
    from doichieu.report.document_docx import report as word
    from doichieu.report.document_html import document_page
    from doichieu.report.document_view import document_view
    from doichieu.report.document_xlsx import document_workbook
    from doichieu.tables.files import put

    view = document_view(document, lang)
    files = {
        "html": document_page(view, document).encode(),
        "docx": word(view),
        "xlsx": document_workbook(view, document),
        "ics": calendar(document),
    }
    for ending, data in files.items():
        put(folder / f"{document.document_id}.{ending}", data)
    return [folder / f"{document.document_id}.{ending}" for ending in files]
