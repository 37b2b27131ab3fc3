"""Sentences and expressions of the reports in either language: places, measures, dates, verdicts, conclusions.

The Vietnamese ones are those of :mod:`doichieu.comparison.wording`, which also go into the tables; the English ones are
made here
from the same records, so that an English report says neither more nor less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from doichieu import naming
from doichieu.comparison.duties.stage import FINDING_WORDS
from doichieu.model import Comparison, Deviation, Document, Duty, Target
from doichieu.naming import day_words
from doichieu.report.cases import quotes_in_case
from doichieu.report.clean import shown
from doichieu.report.words import name, words
from doichieu.text import fold, short

_EN_OPERATORS = {">=": "at least", ">": "over", "<=": "at most", "<": "under", "~": "about"}
_EN_PLACE = [
    (r"-(?P<n>\d+)", "dash {n}"),
    (r"\+(?P<n>\d+)", "plus {n}"),
    (r"(?P<n>[IVXLC]+)", "section {n}"),
    (r"(?P<n>[a-zđ]\d*)", "point {n}"),
    (r"(?P<n>[\d.]+)", "clause {n}"),
    (r"(?P<n>[A-ZĐ])", "part {n}"),
    (r"Điều (?P<n>\S+)", "Article {n}"),
    (r"Chương (?P<n>\S+)", "Chapter {n}"),
    (r"Phần (?P<n>\S+)", "Part {n}"),
    (r"Mục (?P<n>\S+)", "Section {n}"),
    (r"Phụ lục ?(?P<n>\S*)", "Appendix {n}"),
]
_EVERY = {
    ("DAILY", 1): "day",
    ("WEEKLY", 1): "week",
    ("MONTHLY", 1): "month",
    ("MONTHLY", 3): "quarter",
    ("MONTHLY", 6): "half",
    ("YEARLY", 1): "year",
}


_EVERY_YEAR = ("hằng năm", "hàng năm", "mỗi năm")


def place(path: str, lang: str = "vi") -> str:
    """A clause path in legal citation form.

    >>> place("II/2/2.1/d"), place("II/2/2.1/d/-3", "en")
    ('điểm d, khoản 2.1, mục II', 'dash 3, point d, clause 2.1, section II')
    """
    if lang == "vi":
        return naming.legal_path(path)
    parts = [p for p in path.split("/") if p]
    # "2" above "2.1" says nothing that "2.1" does not.
    kept = [
        p
        for p, below in zip(parts, [*parts, ""][1:], strict=False)
        if not (re.fullmatch(r"[\d.]+", p) and below.startswith(f"{p}."))
    ]
    return ", ".join(_english_mark(part) for part in reversed(kept))


def _english_mark(part: str) -> str:
    for pattern, form in _EN_PLACE:
        match = re.fullmatch(pattern, part)
        if match:
            return form.format(n=match.group("n")).strip()
    return part


def document_name(document: Document, lang: str = "vi") -> str:
    """How a document is called: kind and number, else kind and title, else its id."""
    if lang == "vi":
        return shown(naming.document_name(document))
    info = document.info
    kind = naming.kind_names("en").get(info.kind, "")
    if kind and info.number:
        return shown(f"{kind} No. {info.number}")
    if kind and info.issuer:
        return shown(f"{kind} of {info.issuer} (number unknown)")
    if kind and info.title:
        return f"{kind} “{short(shown(info.title), 60)}”"
    return kind or document.document_id


def measure(target: Target, lang: str = "vi") -> str:
    """The measure of a target in words, ``từ 15% trở lên``; empty where it states none."""
    if not (target.operator or target.level):
        return ""
    if lang == "vi":
        return shown(naming.quantity_words(target))
    parts: list[str] = []
    unit = target.unit if target.unit.startswith(("%", "/")) else f" {target.unit}" if target.unit else ""
    if target.operator == "majority":
        parts.append("most")
    elif target.value is not None and naming.is_rank(target):
        parts.append(f"among the first {target.value:,.12g}")
    elif target.value is not None and target.operator == "between" and target.value_max is not None:
        parts.append(f"{target.value:,.12g} to {target.value_max:,.12g}{unit}")
    elif target.value is not None:
        parts.append(f"{_EN_OPERATORS.get(target.operator, '')} {target.value:,.12g}{unit}".strip())
    if target.level:
        parts.append(f"grade “{target.level}”" + (" or higher" if target.level_operator == ">=" else ""))
    return shown(", ".join(parts))


def scope(target: Target) -> str:
    """The scope of a target in words; a member of a list that is told as a whole is not told again."""
    conditions = [shown(condition) for condition in target.scope]
    told = [
        c
        for i, c in enumerate(conditions)
        if not any(_within(c, other, i < j) for j, other in enumerate(conditions) if j != i)
    ]
    return "; ".join(told)


def _within(condition: str, other: str, earlier: bool) -> bool:
    """Whether ``condition`` is a member of the list that ``other`` is; of two equal ones, whether it is not the
    ``earlier``."""
    if fold(condition) == fold(other):
        return not earlier
    members = re.split(r"[,;]\s*|\s(?:và|hoặc)\s", fold(other))
    return len(members) > 1 and any(
        fold(condition) in (member, re.sub(r"^(?:ở|tại|đối với) ", "", member)) for member in members
    )


def due(target: Target, lang: str = "vi") -> str:
    """The last day of a target: ``31/12/2025``, ``trước 25/12/2024``; empty where it states none."""
    if not target.deadline:
        return ""
    before = {"vi": "trước ", "en": "before "}[lang] if target.deadline_operator == "<" else ""
    return before + day_words(target.deadline)


def recurrence(rule: str, lang: str = "vi") -> str:
    """An RFC 5545 rule in words; the rule itself where it is of no common form.

    >>> (
    ...     recurrence("FREQ=MONTHLY;INTERVAL=3"),
    ...     recurrence("RRULE:FREQ=YEARLY", "en"),
    ...     recurrence("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
    ... )
    ('hằng quý', 'every year', 'hằng năm, ngày 15 tháng 12')
    """
    if lang != "vi" and fold(rule) in _EVERY_YEAR:
        return words(lang)["every"]["year"]
    parts = dict(item.split("=", 1) for item in rule.removeprefix("RRULE:").split(";") if "=" in item)
    every = int(parts["INTERVAL"]) if parts.get("INTERVAL", "1").isdigit() and "INTERVAL" in parts else 1
    frequency = parts.get("FREQ", "")
    names = words(lang)["every"]
    key = _EVERY.get((frequency, every))
    if key is None and frequency not in ("YEARLY", "MONTHLY"):
        return rule
    out = names[key] if key else names["years" if frequency == "YEARLY" else "months"].format(n=every)
    if "BYMONTHDAY" in parts:
        out += ", " + names["on_day"].format(n=parts["BYMONTHDAY"].replace(",", ", "))
    if "BYMONTH" in parts:
        out += (" " if "BYMONTHDAY" in parts else ", ") + names["in_month"].format(
            n=parts["BYMONTH"].replace(",", ", ")
        )
    return out


def conclusion(kinds: Iterable[str], lang: str = "vi") -> str:
    """The kinds of a finding in words, joined."""
    return "; ".join(name(lang, "kinds", kind) for kind in kinds)


def explanation(
    deviation: Deviation,
    comparison: Comparison,
    child: Target | None,
    parent: Target | None,
    lang: str = "vi",
    *,
    repeated: Target | None = None,
) -> str:
    """The sentence on a finding that can be pasted into an opinion; ``repeated`` is the target that a repetition
    repeats."""
    if lang == "vi":
        return shown(deviation.explanation)
    if repeated is not None:
        return (
            f"Repeats a target compared before ({place(repeated.clause_path, lang) or 'opening'}); the verdict "
            "given there holds."
        )
    lower = document_name(comparison.child, lang)
    upper = document_name(comparison.parent, lang) if comparison.parent else shown(deviation.parent_document)
    if child is not None and parent is not None:
        text = (
            f"{lower} ({place(child.clause_path, lang) or 'opening'}): {measure(child, lang)}{_by(child)}; "
            f"{upper} ({place(parent.clause_path, lang) or 'opening'}): {measure(parent, lang)}{_by(parent)}."
        )
    elif child is not None and child.reference_value is not None and comparison.parent is None:
        quoted = (
            f"{_EN_OPERATORS.get(child.reference_operator, '')} "
            f"{child.reference_value:,.12g}{child.reference_unit or child.unit}"
        ).strip()
        text = (
            f"{lower} ({place(child.clause_path, lang) or 'opening'}): {measure(child, lang)}{_by(child)}; "
            f"{shown(child.reference_document)}, as quoted there: {quoted}."
        )
    elif child is not None:
        text = (
            f"{lower} sets “{short(shown(child.quote), 160)}” ({place(child.clause_path, lang) or 'opening'}); "
            f"{upper} has no matching target."
        )
    elif parent is not None:
        text = (
            f"{upper} sets “{short(shown(parent.quote), 160)}” ({place(parent.clause_path, lang) or 'opening'})"
            f"; {lower} has no matching target."
        )
    else:
        text = ""
    text = f"{text} Verdict: {conclusion(deviation.kinds, lang).lower()}."
    if deviation.declared:
        text += (
            " The lower document says so itself."
            if deviation.declared == "true"
            else " The lower document's own note gives another value than the upper document."
        )
    return text.strip()


def _by(target: Target) -> str:
    return (
        f", {'before' if target.deadline_operator == '<' else 'by'} {day_words(target.deadline)}"
        if target.deadline
        else ""
    )


def reason(deviation: Deviation, lang: str = "vi") -> str:
    """Why a finding is as serious as it is; in English the kinds alone tell."""
    if lang == "vi":
        return quotes_in_case(shown(deviation.severity_reason))
    if deviation.covered_by and not deviation.parent_target_id:
        return "Repeats a target compared before"
    noted = {"true": ", declared", "contradicted": ", the note contradicts"}.get(deviation.declared, "")
    return conclusion(deviation.kinds, lang) + noted


#: What an entailment that fails shows: "ví dụ: 10 xã, 9 xã đạt".
_COUNTER_EXAMPLE = re.compile(r"ví dụ: (\d[^,;]*), (\d[^,;]*?) đạt")


def proof(text: str, lang: str = "vi") -> str:
    """The proof in symbols, its few words translated.

    >>> proof("[0, 90] ⊄ [100, 100] (ví dụ: 10 xã, 9 xã đạt)", "en")
    '[0, 90] ⊄ [100, 100] (e.g. 10 xã, 9 xã met)'
    """
    if lang == "vi":
        return shown(text)
    out = shown(text)
    for vietnamese, english in (
        ("hạn ", "due "),
        ("mọi trình độ", "any grade"),
        ("mọi địa bàn", "any place"),
        ("độ tuổi ", "age "),
        ("theo lời dẫn:", "as quoted:"),
    ):
        out = out.replace(vietnamese, english)
    out = _COUNTER_EXAMPLE.sub(r"e.g. \1, \2 met", out)
    return re.sub(r"\(as quoted: (.+?) quy định .*\)$", r"(as quoted: \1)", out)


def duty_sentence(duty: Duty, lang: str = "vi") -> str:
    """What became of a task, beside its wording: the verdict and what is otherwise.

    >>> duty_sentence(Duty("con", "cha", "u", verdict="partly", findings=("no_lead", "deadline_later")))
    'Giao một phần: không nêu cơ quan chủ trì; thời hạn muộn hơn.'
    """
    title = name(lang, "duties", duty.verdict)
    told = FINDING_WORDS if lang == "vi" else _EN_DUTY
    differs = "; ".join(told[found] for found in duty.findings if found in told)
    return f"{title}: {differs}." if differs else f"{title}."


_EN_DUTY = {
    "task_reworded": "the task reads otherwise",
    "body_changed": "given to another body",
    "role_changed": "another role",
    "body_missing": "a body that helps is not named",
    "two_leads": "two bodies lead",
    "no_lead": "no body leads",
    "deadline_later": "later deadline",
    "deadline_earlier": "earlier deadline",
    "less_often": "less often",
    "national": "a task of the whole country",
}
