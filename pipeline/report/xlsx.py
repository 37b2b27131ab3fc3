"""The Excel workbook of a comparison: findings with decision drop-downs, targets of both sides, duties, omissions, problems."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.model import Comparison, Deviation, Document, Target
from pipeline.report.html import day, fingerprint, safe_text
from pipeline.report.labels import DUTIES, KINDS, ROLES, SEVERITIES
from pipeline.report.worddiff import shown
from pipeline.wording import document_name, legal_path, quantity_words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

DECISIONS = {"": "", "accept": "Đồng ý", "reject": "Bác bỏ"}
_COLOURS = {"high": "#FFD7D5", "medium": "#FFF3C4", "low": "#DDF4FF", "info": "#EEF1F4"}
_FINDINGS = [
    ("Mã", 14), ("Mức độ", 14), ("Kết luận", 22), ("Nguyên văn cấp dưới", 48), ("Vị trí cấp dưới", 24), ("Nguyên văn cấp trên", 48),
    ("Vị trí cấp trên", 24), ("Chứng minh", 34), ("Giải thích", 60), ("Thuyết minh", 34), ("Quyết định", 14), ("Ghi chú", 30), ("Dấu vết", 14),
]  # fmt: skip
_LIMIT = 32_000  # characters a cell can hold, with room to spare


def workbook(comparison: Comparison, *, decisions: dict[str, Any]) -> bytes:
    """The workbook as bytes; every text is written as a string, never as a formula."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime.datetime(2000, 1, 1), "title": "Đối chiếu"})
    formats = _formats(book)
    _findings(book, formats, comparison, decisions)
    _targets(book, formats, "Chỉ tiêu cấp dưới", comparison.child)
    if comparison.parent is not None:
        _targets(book, formats, "Chỉ tiêu cấp trên", comparison.parent)
    _duties(book, formats, comparison)
    _omissions(book, formats, comparison)
    _problems(book, formats, comparison)
    book.close()
    return buffer.getvalue()


def _formats(book: Workbook) -> dict[str, Format]:
    base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C8CED4"}
    out = {"head": book.add_format({**base, "bold": True, "bg_color": "#DCE6F1"}), "cell": book.add_format(base)}
    for name, colour in _COLOURS.items():
        out[name] = book.add_format({**base, "bg_color": colour})
    return out


def _sheet(book: Workbook, formats: dict[str, Format], name: str, columns: list[tuple[str, int]], rows: list[list[str]], shades: Sequence[str] | None = None) -> Any:
    sheet = book.add_worksheet(name)
    for index, (title, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, title, formats["head"])
    for r, row in enumerate(rows, start=1):
        shade = formats[shades[r - 1]] if shades else formats["cell"]
        for c, value in enumerate(row):
            sheet.write_string(r, c, safe_text(value)[:_LIMIT], shade if c < 3 else formats["cell"])
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _row(deviation: Deviation, decisions: dict[str, Any]) -> list[str]:
    decision = decisions.get(deviation.deviation_id, {})
    return [
        deviation.deviation_id, SEVERITIES["vi"][deviation.severity], "; ".join(KINDS["vi"][k] for k in deviation.kinds), shown(deviation.child_quote),
        legal_path(deviation.child_clause_path), shown(deviation.parent_quote), legal_path(deviation.parent_clause_path), deviation.proof,
        deviation.explanation, shown(deviation.justification), DECISIONS.get(str(decision.get("decision", "")), ""), str(decision.get("note", "")),
        fingerprint(deviation),
    ]  # fmt: skip


def _findings(book: Workbook, formats: dict[str, Format], comparison: Comparison, decisions: dict[str, Any]) -> None:
    order = {"high": 0, "medium": 1, "low": 2, "info": 3}
    found = sorted(comparison.deviations, key=lambda d: order[d.severity])
    sheet = _sheet(book, formats, "Kết quả đối chiếu", _FINDINGS, [_row(d, decisions) for d in found], [d.severity for d in found])
    if found:
        sheet.data_validation(1, 10, len(found), 10, {"validate": "list", "source": ["Đồng ý", "Bác bỏ"], "ignore_blank": True})
        places = {t.target_id: i for i, t in enumerate(comparison.child.targets, start=2)}
        for r, deviation in enumerate(found, start=1):
            if deviation.child_target_id in places:
                text = legal_path(deviation.child_clause_path)
                sheet.write_url(r, 4, f"internal:'Chỉ tiêu cấp dưới'!A{places[deviation.child_target_id]}", formats["cell"], text)
    sheet.set_column(12, 12, 14, None, {"hidden": True})


def _target(target: Target) -> list[str]:
    return [
        legal_path(target.clause_path), target.subject, "; ".join(target.scope), target.indicator, quantity_words(target), day(target.deadline),
        target.modality, shown(target.quote), target.target_id,
    ]  # fmt: skip


def _targets(book: Workbook, formats: dict[str, Format], name: str, document: Document) -> None:
    columns = [("Vị trí", 26), ("Đối tượng", 34), ("Phạm vi", 24), ("Nội dung", 40), ("Mức", 22), ("Thời hạn", 12), ("Cam kết", 12), ("Nguyên văn", 60), ("Mã", 14)]
    _sheet(book, formats, name, columns, [_target(t) for t in document.targets])


def _duties(book: Workbook, formats: dict[str, Format], comparison: Comparison) -> None:
    columns = [("Kết luận", 14), ("Cơ quan cấp trên", 28), ("Vai trò", 14), ("Nhiệm vụ cấp trên", 56), ("Vị trí", 22), ("Cấp dưới giao", 44), ("Giải thích", 56)]
    shade = {"covered": "low", "partly": "medium", "missing": "high"}
    rows = [
        [
            DUTIES["vi"].get(d.verdict, d.verdict), d.parent_agency, ROLES["vi"].get(d.parent_role, d.parent_role), shown(d.parent_task), legal_path(d.parent_clause_path),
            "; ".join(dict.fromkeys(f"{a} – {ROLES['vi'].get(r, r)}" for a, r in zip(d.child_agencies, d.child_roles, strict=False))), d.explanation,
        ]
        for d in comparison.duties
    ]  # fmt: skip
    _sheet(book, formats, "Nhiệm vụ", columns, rows, [shade.get(d.verdict, "info") for d in comparison.duties])


def _omissions(book: Workbook, formats: dict[str, Format], comparison: Comparison) -> None:
    columns = [("Mã", 14), ("Mức độ", 14), ("Kết luận", 18), ("Chỉ tiêu cấp trên", 60), ("Vị trí", 24), ("Giải thích", 70)]
    found = [d for d in comparison.deviations if "omitted" in d.kinds]
    rows = [[d.deviation_id, SEVERITIES["vi"][d.severity], "Bỏ sót", shown(d.parent_quote), legal_path(d.parent_clause_path), d.explanation] for d in found]
    _sheet(book, formats, "Bỏ sót", columns, rows, [str(d.severity) for d in found])


def _problems(book: Workbook, formats: dict[str, Format], comparison: Comparison) -> None:
    columns = [("Văn bản", 30), ("Mức độ", 14), ("Mã", 22), ("Nội dung", 60), ("Nguyên văn", 60)]
    rows, shades = [], []
    for document in (comparison.child, comparison.parent):
        for p in document.problems if document else ():
            rows.append([document_name(document) if document else "", SEVERITIES["vi"][p.severity], p.code, p.message, shown(p.quote)])
            shades.append(p.severity)
    _sheet(book, formats, "Cần kiểm tra", columns, rows, shades)
