"""Vietnamese sentences for findings, that a legal officer can paste, and legal citation form for places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doichieu.lexicon.families import EVERY
from doichieu.model import Document, Target
from doichieu.naming import date_words, document_name, lower_first, quantity_words, shown, where
from doichieu.text import fold

if TYPE_CHECKING:
    from doichieu.comparison.declarations import Declaration
    from doichieu.comparison.relations.verdicts import Verdict

FINDINGS = {
    "equal": "giữ đúng mức",
    "stricter": "yêu cầu cao hơn",
    "looser": "yêu cầu thấp hơn",
    "deadline_earlier": "thời hạn sớm hơn",
    "deadline_later": "thời hạn muộn hơn",
    "scope_narrower": "đối tượng, phạm vi hẹp hơn",
    "scope_broader": "đối tượng, phạm vi rộng hơn",
    "modality_weaker": "mức độ cam kết yếu hơn",
    "modality_stronger": "mức độ cam kết mạnh hơn",
    "implied": "được bảo đảm bởi chỉ tiêu khác của văn bản cấp dưới",
    "omitted": "không có chỉ tiêu tương ứng",
    "added": "bổ sung chỉ tiêu",
    "changed": "nội dung thay đổi, không xếp được cao hơn hay thấp hơn",
}


def _due_words(target: Target) -> str:
    return date_words(target.deadline, target.deadline_operator)


#: A quote shorter than this says too little by itself, and is shown with what stands around it.
_TOO_SHORT = 30


#: What may stand before the population of a quote, and what tells that a quote has none of its own.
_OPENING = re.compile(
    rf"\A(?:(?:phấn đấu|khuyến khích|phải|cần|bảo đảm|{EVERY} năm|riêng|(?:đến|trước)(?: hết"
    r"| cuối)?(?: năm| ngày)? [\d/]+|từ|trên|dưới|ít nhất|tối thiểu|khoảng|đa số|trở lên|có(?=\s+(?:từ"
    r"|trên|dưới|ít nhất|tối thiểu|khoảng|\d)))[,:]?\s+"
    r"|\d[\d.,]*\s*%?(?:\s*-\s*\d[\d.,]*\s*%)?\s*)*"
)
_PREDICATE = re.compile(
    r"(?:được|là|đạt|có|tốt nghiệp|tham gia|hoàn thành|sử dụng|trình độ|lý luận|ở|tại|sơ cấp|trung cấp"
    r"|cao đẳng|đại học|thạc sĩ|cao cấp|chuyên viên|trở lên)(?!\w)|\Z"
)


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
    if (
        target.level
        and fold(target.indicator) not in said
        and 0 < len(target.indicator) <= 60
        and not target.indicator[0].isdigit()
    ):
        parts.append(lower_first(target.indicator))
    subject = re.sub(
        r"\A(?:trong tổng số|trong số|đối với|trong)\s+",
        "",
        re.split(r"\s(?:trở lên|so với|trong đó)(?!\w)", subject)[0],
        flags=re.IGNORECASE,
    )
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


def explain_follows(child: Document, parent: Document, sources: list[Target], answer: Target, reason: str) -> str:
    """A sentence on a promise of the parent that follows from one or several of the child."""
    named = "; ".join(f"“{shown(t.quote)}” ({where(t)})" for t in sources)
    several = "các chỉ tiêu" if len(sources) > 1 else "chỉ tiêu"
    return (
        f"{document_name(parent)} đặt chỉ tiêu “{shown(answer.quote)}” ({where(answer)}); {document_name(child)} không "
        f"nhắc lại nhưng bảo đảm bằng {several} {named}: {reason}."
    )


def explain_pair(
    child: Document,
    parent: Document | None,
    own: Target,
    answer: Target,
    verdict: Verdict,
    said: Declaration,
    own_stretch: str = "",
    answer_stretch: str = "",
) -> str:
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
        sentence += (
            f" Thuyết minh của văn bản cấp dưới ({said.stated}) không khớp với văn bản cấp trên "
            f"({quantity_words(answer)})."
        )
    return sentence
