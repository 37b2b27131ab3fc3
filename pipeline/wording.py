"""Vietnamese sentences for findings, that a legal officer can paste, and legal citation form for places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model import Document, Target

if TYPE_CHECKING:
    from pipeline.algebra import Verdict
    from pipeline.declarations import Declaration

SIGNS = {"=": "", ">=": "từ", ">": "trên", "<=": "tối đa", "<": "dưới", "~": "khoảng", "between": "từ", "majority": ""}
KIND_NAMES = {
    "nghi_quyet": "Nghị quyết", "ke_hoach": "Kế hoạch", "de_an": "Đề án", "chi_thi": "Chỉ thị", "quyet_dinh": "Quyết định",
    "quy_dinh": "Quy định", "ket_luan": "Kết luận", "chuong_trinh": "Chương trình", "thong_tu": "Thông tư", "thong_bao": "Thông báo",
    "nghi_dinh": "Nghị định", "cong_van": "Công văn", "to_trinh": "Tờ trình", "huong_dan": "Hướng dẫn", "luat": "Luật", "bao_cao": "Báo cáo",
}  # fmt: skip
FINDINGS = {
    "equal": "giữ đúng mức", "stricter": "quy định cao hơn", "looser": "quy định thấp hơn", "deadline_earlier": "thời hạn sớm hơn",
    "deadline_later": "thời hạn muộn hơn", "scope_narrower": "đối tượng, phạm vi hẹp hơn", "scope_broader": "đối tượng, phạm vi rộng hơn",
    "modality_weaker": "mức độ cam kết yếu hơn", "modality_stronger": "mức độ cam kết mạnh hơn", "omitted": "không có chỉ tiêu tương ứng",
    "added": "bổ sung chỉ tiêu", "changed": "nội dung thay đổi, không so sánh hơn kém được",
}  # fmt: skip


def legal_path(path: str) -> str:
    """A clause path in legal citation form, innermost first.

    >>> legal_path("II/2/2.1/d"), legal_path("Điều 5/2/a"), legal_path("II/2/2.1/a/-2")
    ('điểm d, khoản 2.1, mục II', 'điểm a, khoản 2, Điều 5', 'gạch đầu dòng thứ 2, điểm a, khoản 2.1, mục II')
    """
    parts = [p for p in path.split("/") if p]
    out: list[str] = []
    kept: list[str] = []
    for part in parts:
        # "2" above "2.1" says nothing that "2.1" does not.
        if kept and re.fullmatch(r"\d+(?:\.\d+)*", part) and part.startswith(kept[-1] + ".") and re.fullmatch(r"[\d.]+", kept[-1]):
            kept[-1] = part
        else:
            kept.append(part)
    for part in reversed(kept):
        if part.startswith("-"):
            out.append(f"gạch đầu dòng thứ {part[1:]}")
        elif part.startswith("+"):
            out.append(f"dấu cộng thứ {part[1:]}")
        elif re.fullmatch(r"[IVXLC]+", part):
            out.append(f"mục {part}")
        elif re.fullmatch(r"[a-zđ]\d*", part):
            out.append(f"điểm {part}")
        elif re.fullmatch(r"[\d.]+", part):
            out.append(f"khoản {part}")
        elif re.fullmatch(r"[A-ZĐ]", part):
            out.append(f"phần {part}")
        else:
            out.append(part)
    return ", ".join(out)


def where(target: Target) -> str:
    """Where a target stands, in legal citation form; the page where the source has pages."""
    place = legal_path(target.clause_path) or "phần mở đầu"
    return f"{place}, trang {target.page}" if target.page else place


def document_name(document: Document) -> str:
    """How a document is named in a sentence: kind and number, else kind and title, else its id."""
    info = document.info
    kind = KIND_NAMES.get(info.kind, "")
    if kind and info.number:
        return f"{kind} số {info.number}"
    if kind and info.title:
        return f"{kind} “{info.title[:60].strip()}{'…' if len(info.title) > 60 else ''}”"
    return kind or document.document_id


def figure(value: float) -> str:
    """A number as Vietnamese print has it.

    >>> figure(1200.5), figure(15.0)
    ('1.200,5', '15')
    """
    text = f"{value:,.6g}" if value < 1_000_000 else f"{value:,.0f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def quantity_words(target: Target) -> str:
    """The measure of a target in words: ``từ 15% trở lên``, ``trình độ từ đại học trở lên``."""
    parts: list[str] = []
    if target.operator == "majority":
        parts.append("đa số")
    elif target.value is not None:
        unit = target.unit if target.unit.startswith(("%", "/")) else f" {target.unit}" if target.unit else ""
        if target.operator == "between" and target.value_max is not None:
            parts.append(f"từ {figure(target.value)} đến {figure(target.value_max)}{unit}")
        elif target.operator == ">=":
            parts.append(f"từ {figure(target.value)}{unit} trở lên")
        else:
            parts.append(f"{SIGNS.get(target.operator, '')} {figure(target.value)}{unit}".strip())
    if target.level:
        parts.append(f"trình độ từ {target.level} trở lên" if target.level_operator == ">=" else f"trình độ {target.level}")
    return ", ".join(parts) or "không nêu mức"


def _due_words(target: Target) -> str:
    if not target.deadline:
        return "không nêu thời hạn"
    year, month, day = target.deadline.split("-")
    if (month, day) == ("12", "31") and target.deadline_operator != "<":
        return f"đến hết năm {year}"
    return f"{'trước' if target.deadline_operator == '<' else 'đến'} ngày {day}/{month}/{year}"


def explain_pair(
    child: Document, parent: Document | None, own: Target, answer: Target, verdict: Verdict, said: Declaration
) -> str:
    """One or two sentences on a pair: both values, the conclusion, the reason, what the child says itself."""
    upper = document_name(parent) if parent is not None else own.reference_document
    place = f" ({where(answer)})" if parent is not None else ""
    subject = own.subject or answer.subject
    about = f" về {subject[:90]}" if subject else ""
    sentence = f"{document_name(child)} ({where(own)}){about}: {quantity_words(own)}, {_due_words(own)}"
    if verdict.kinds == ("equal",):
        sentence += f"; giữ đúng {upper}{place}."
    else:
        finding = ", ".join(FINDINGS[kind] for kind in verdict.kinds)
        other = f"{quantity_words(answer)}, {_due_words(answer)}" if parent is not None else quantity_words(answer)
        sentence += f"; {upper}{place}: {other}. Kết luận: {finding} so với văn bản cấp trên"
        sentence += f" ({'; '.join(verdict.reasons)})." if verdict.reasons else "."
    if said.state == "true":
        sentence += " Văn bản cấp dưới đã nêu rõ sự khác nhau này."
    elif said.state == "contradicted":
        sentence += f" Thuyết minh của văn bản cấp dưới nêu giá trị {figure(own.reference_value or 0)}{own.reference_unit}, không khớp với văn bản cấp trên."
    return sentence
