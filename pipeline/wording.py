"""Vietnamese sentences for findings, that a legal officer can paste, and legal citation form for places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model import Document, Target
from pipeline.text import fold, short

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
    "equal": "giữ đúng mức", "stricter": "yêu cầu cao hơn", "looser": "yêu cầu thấp hơn", "deadline_earlier": "thời hạn sớm hơn",
    "deadline_later": "thời hạn muộn hơn", "scope_narrower": "đối tượng, phạm vi hẹp hơn", "scope_broader": "đối tượng, phạm vi rộng hơn",
    "modality_weaker": "mức độ cam kết yếu hơn", "modality_stronger": "mức độ cam kết mạnh hơn", "omitted": "không có chỉ tiêu tương ứng",
    "added": "bổ sung chỉ tiêu", "changed": "nội dung thay đổi, không xếp được cao hơn hay thấp hơn",
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
    if target.rule.startswith("table"):
        above, _, row = target.clause_path.rpartition("/")
        number = f"dòng {row} của bảng" if row[:1].isdigit() else "bảng"
        place = f"{number}, {legal_path(above)}" if legal_path(above) else number
    return f"{place}, trang {target.page}" if target.page else place


def document_name(document: Document) -> str:
    """How a document is named in a sentence: kind and number, else kind and title, else its id."""
    info = document.info
    kind = KIND_NAMES.get(info.kind, "")
    if kind and info.number:
        return f"{kind} số {info.number}"
    if kind and info.title:
        return f"{kind} “{short(info.title.strip(), 61)}”"
    return kind or document.document_id


def figure(value: float) -> str:
    """A number as Vietnamese print has it.

    >>> figure(1200.5), figure(15.0), figure(85341.25)
    ('1.200,5', '15', '85.341,25')
    """
    text = f"{value:,.12g}" if value < 1_000_000_000_000 else f"{value:,.0f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def quantity_words(target: Target) -> str:
    """The measure of a target in words: ``từ 15% trở lên``, ``trình độ từ đại học trở lên``."""
    parts: list[str] = []
    if target.operator == "majority":
        parts.append("đa số")
    elif target.value is not None:
        unit = target.unit if target.unit.startswith(("%", "‰", "/")) else f" {target.unit}" if target.unit else ""
        if target.operator == "between" and target.value_max is not None:
            parts.append(f"từ {figure(target.value)} đến {figure(target.value_max)}{unit}")
        elif target.operator == ">=":
            parts.append(f"từ {figure(target.value)}{unit} trở lên")
        else:
            parts.append(f"{SIGNS.get(target.operator, '')} {figure(target.value)}{unit}".strip())
    if target.level:
        parts.append(f"trình độ từ {target.level} trở lên" if target.level_operator == ">=" else f"trình độ {target.level}")
    return ", ".join(parts) or "không nêu mức"


def date_words(deadline: str, operator: str) -> str:
    """A last day in words.

    >>> date_words("2025-12-31", "<="), date_words("2024-12-25", "<"), date_words("2024-06-05", "<=")
    ('đến hết năm 2025', 'trước ngày 25/12/2024', 'đến ngày 05/6/2024')
    """
    if not deadline:
        return "không nêu thời hạn"
    year, month, day = deadline.split("-")
    if (month, day) == ("12", "31") and operator != "<":
        return f"đến hết năm {year}"
    if (month, day) == ("01", "01") and operator == "<":
        return f"trước năm {year}"
    return f"{'trước' if operator == '<' else 'đến'} ngày {day}/{month if month < '03' else month.lstrip('0')}/{year}"


def _due_words(target: Target) -> str:
    return date_words(target.deadline, target.deadline_operator)


#: A quote shorter than this says too little by itself, and is shown with what stands around it.
_TOO_SHORT = 30


_CONNECTIVE = re.compile(r"\A(?:trong đó(?: có)?|và|gồm)[:,]?\s+|[,;:]?\s+(?:trong đó(?: có)?|và|gồm|riêng)\Z", re.IGNORECASE)
#: What may stand before the population of a quote, and what tells that a quote has none of its own.
_OPENING = re.compile(
    r"\A(?:(?:phấn đấu|khuyến khích|phải|cần|bảo đảm|hằng năm|hàng năm|riêng|(?:đến|trước)(?: hết| cuối)?(?: năm| ngày)? [\d/]+|từ|trên|dưới|ít nhất|tối thiểu|khoảng|đa số|trở lên|có(?=\s+(?:từ|trên|dưới|ít nhất|tối thiểu|khoảng|\d)))[,:]?\s+"
    r"|\d[\d.,]*\s*%?(?:\s*-\s*\d[\d.,]*\s*%)?\s*)*"
)
_PREDICATE = re.compile(r"(?:được|là|đạt|có|tốt nghiệp|tham gia|hoàn thành|sử dụng|trình độ|lý luận|ở|tại|sơ cấp|trung cấp|cao đẳng|đại học|thạc sĩ|cao cấp|chuyên viên|trở lên)(?!\w)|\Z")


def shown(text: str, longest: int = 220) -> str:
    """A wording for a sentence: without emphasis, footnote marks and line breaks, cut at a word."""
    text = " ".join(text.replace("*", "").split()).strip(" ,;:.–-").rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")
    text = _CONNECTIVE.sub("", text)
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def wording_of(target: Target, stretch: str) -> str:
    """What to quote of a target: its quote, or the stretch of the text around it where the quote is a bare figure."""
    if target.rule.startswith("table"):
        return f"{shown(target.indicator or target.subject)}: {quantity_words(target)}"
    quote = shown(target.quote)
    wider = shown(stretch)
    return wider if len(quote) < _TOO_SHORT and len(quote) < len(wider) <= 160 else quote


def _about(target: Target, words: str) -> str:
    """What a target is about, where its own words do not say it because a heading does: `` về …``."""
    said = fold(words)
    subject = " ".join(re.sub(r"\([^()]*\)", " ", target.subject).replace("*", "").split())
    parts = []
    if target.level and fold(target.indicator) not in said and 0 < len(target.indicator) <= 60 and not target.indicator[0].isdigit():
        parts.append(lower_first(target.indicator))
    subject = re.sub(r"\A(?:trong tổng số|trong số|đối với|trong)\s+", "", re.split(r"\s(?:trở lên|so với|trong đó)(?!\w)", subject)[0], flags=re.IGNORECASE)
    missing = {w for w in fold(subject).split() if w not in said.split()}
    bare = _PREDICATE.match(_OPENING.sub("", said)) is not None
    if bare and len(subject.split()) > 1 and "/" not in subject and len(missing) > 0.5 * len(subject.split()):
        parts.append(lower_first(shown(subject, 90)))
    return " về " + " của ".join(parts) if parts else ""


def statement(target: Target, stretch: str) -> str:
    """A target as it is named in a sentence: `` về cán bộ chủ chốt: “Từ trung cấp trở lên”``.

    >>> statement(Target("d", "t", "c", "", 0, 1, "60% được bồi dưỡng nghiệp vụ", subject="Cán bộ đoàn thể"), "")
    ' về cán bộ đoàn thể: “60% được bồi dưỡng nghiệp vụ”'
    """
    words = wording_of(target, stretch)
    about = _about(target, words)
    return f"{about + ':' if about else ''} “{words}”"


def lower_first(text: str) -> str:
    """A phrase as it stands inside a sentence; names of bodies keep their capital.

    >>> lower_first("Cán bộ chủ chốt cấp xã"), lower_first("Ban Chấp hành Đảng bộ")
    ('cán bộ chủ chốt cấp xã', 'Ban Chấp hành Đảng bộ')
    """
    words = text.split()
    if not words or words[0].isupper() or (len(words) > 1 and words[1][:1].isupper()):
        return text
    return text[:1].lower() + text[1:]


def _statement(target: Target, stretch: str, *, with_due: bool) -> str:
    """`` về cán bộ chủ chốt: “Từ trung cấp trở lên”, thời hạn đến hết năm 2025``."""
    words = statement(target, stretch)
    due = f", thời hạn {_due_words(target)}" if target.deadline and target.deadline[:4] not in words else ""
    if not target.deadline and with_due:
        due = ", không nêu thời hạn"
    return f"{words}{due}"


def _finding(kind: str, own: Target, answer: Target, reasons: dict[str, str]) -> str:
    """One kind in words, with the two values that decided it or the reason the algebra gave."""
    detail = reasons.get(kind, "")
    if kind in ("stricter", "looser"):
        one, other = quantity_words(own), quantity_words(answer)
        detail = f"{one} so với {other}" if one != other else detail
    elif kind in ("deadline_earlier", "deadline_later"):
        detail = f"{_due_words(own)} so với {_due_words(answer)}"
    return f"{FINDINGS[kind]} ({detail})" if detail else FINDINGS[kind]


def explain_pair(
    child: Document, parent: Document | None, own: Target, answer: Target, verdict: Verdict, said: Declaration,
    own_stretch: str = "", answer_stretch: str = "",
) -> str:  # fmt: skip
    """One to three sentences on a pair: both wordings, the conclusion with its reasons, what the child says itself."""
    upper = document_name(parent) if parent is not None else own.reference_document
    dated = bool(own.deadline) != bool(answer.deadline)
    sentence = f"{document_name(child)} ({where(own)}) đặt chỉ tiêu{_statement(own, own_stretch, with_due=dated)}"
    if parent is None:
        sentence += f"; {upper}, theo lời dẫn của văn bản này, quy định {quantity_words(answer)}."
    elif verdict.kinds == ("equal",):
        sentence += f"; giữ đúng {upper} ({where(answer)})."
    else:
        sentence += f"; {upper} ({where(answer)}) đặt chỉ tiêu{_statement(answer, answer_stretch, with_due=dated)}."
    if verdict.kinds != ("equal",):
        findings = "; ".join(_finding(kind, own, answer, verdict.reasons) for kind in verdict.kinds)
        sentence += f" Kết luận: so với văn bản cấp trên, {findings}."
    elif parent is None:
        sentence += " Kết luận: giữ đúng mức của văn bản được dẫn."
    if verdict.note:
        sentence += f" {verdict.note}"
    if said.state == "true" and verdict.kinds != ("equal",):
        sentence += " Văn bản cấp dưới đã nêu rõ sự khác nhau này."
    elif said.state == "contradicted":
        sentence += f" Thuyết minh của văn bản cấp dưới ({said.stated}) không khớp với văn bản cấp trên ({quantity_words(answer)})."
    return sentence
