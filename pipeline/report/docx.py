"""The opinion as a Word document, from a Word template that an office can replace with its own."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from pipeline.model import Comparison
from pipeline.report.html import _sentence, day, safe_text
from pipeline.report.labels import DUTIES, KINDS, ROLES, SEVERITIES
from pipeline.report.store import templates_folder
from pipeline.report.worddiff import shown
from pipeline.wording import document_name, legal_path

_EPOCH = (1980, 1, 1, 0, 0, 0)


def opinion(comparison: Comparison) -> bytes:
    """The opinion as bytes: summary, findings by severity, duties not covered, place for signature."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(templates_folder() / "opinion.docx")
    template.render(_values(comparison), autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return repack(buffer.getvalue())


def _values(comparison: Comparison) -> dict[str, Any]:
    order = {"high": 0, "medium": 1, "low": 2, "info": 3}
    found = [d for d in comparison.deviations if d.kinds != ("equal",)]
    found.sort(key=lambda d: order[d.severity])
    parent = comparison.parent
    return {
        "child": document_name(comparison.child), "child_title": safe_text(comparison.child.info.title), "child_date": day(comparison.child.info.issued_on),
        "child_issuer": comparison.child.info.issuer, "parent": document_name(parent) if parent else (found[0].parent_document if found else ""),
        "parent_title": safe_text(parent.info.title) if parent else "", "parent_date": day(parent.info.issued_on) if parent else "",
        "parent_issuer": parent.info.issuer if parent else "", "summary": _sentence(list(comparison.deviations), parent, "vi"),
        "findings": [
            {
                "n": i, "severity": SEVERITIES["vi"][d.severity], "kinds": ", ".join(KINDS["vi"][k] for k in d.kinds),
                "child": safe_text(shown(d.child_quote)) or "Không có", "child_path": legal_path(d.child_clause_path),
                "parent": safe_text(shown(d.parent_quote)) or "Không có", "parent_path": legal_path(d.parent_clause_path),
                "proof": d.proof, "explanation": safe_text(d.explanation),
            }
            for i, d in enumerate(found, start=1)
        ],
        "duties": [
            {"n": i, "agency": d.parent_agency, "role": ROLES["vi"].get(d.parent_role, d.parent_role), "task": safe_text(shown(d.parent_task))[:400], "verdict": DUTIES["vi"].get(d.verdict, d.verdict)}
            for i, d in enumerate((d for d in comparison.duties if d.verdict != "covered"), start=1)
        ],
    }  # fmt: skip


def repack(data: bytes) -> bytes:
    """The same archive with fixed dates and order, so that the same input gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
