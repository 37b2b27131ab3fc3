"""The verdict on a pair of targets: amounts, grades, predicates, populations, dates and commitments put together.

The proof of a verdict is printed from the very objects that decided.
"""

from __future__ import annotations

import calendar
import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.comparison.meaning.dimensions import counts_whole, dimension_of
from doichieu.comparison.meaning.figures_beside import other_figure, unread_limits
from doichieu.comparison.meaning.frequency import compare_recurrence, is_yearly, over_the_period
from doichieu.comparison.meaning.statements import Statement, statement_of
from doichieu.comparison.meaning.terms import urging
from doichieu.comparison.relations.algebra import (
    Requirement,
    compare_amounts,
    compare_dates,
    compare_grades,
    direction_of,
    requirement,
)
from doichieu.comparison.relations.differences import Differences, differences
from doichieu.comparison.relations.populations import Finding, compare_populations
from doichieu.comparison.relations.predicates import compare_predicates
from doichieu.lexicon import load
from doichieu.lexicon.families import EVERY, LEVEL, SETTLEMENT
from doichieu.model import Target
from doichieu.text import fold


class Verdict(NamedTuple):
    """What comparing two targets gave: the kinds, the proof in symbols, and the Vietnamese reason of a kind by its
    name.

    ``note`` is a caution for the reader, a sentence of its own.
    """

    kinds: tuple[str, ...]
    proof: str
    reasons: dict[str, str]
    note: str = ""


#: Where a promise without a word of commitment stands among the strengths of lexicon/modality.toml.
PLAIN = 2.5
#: ``phấn đấu`` among them.
STRIVEN = 2


@lru_cache(maxsize=1)
def _strengths() -> dict[str, float]:
    return {entry["value"]: float(entry["strength"]) for entry in load("modality")["modality"]}


def strength_of(modality: str) -> float:
    """How strong a word of commitment is; none at all stands among them.

    >>> strength_of("phấn đấu") < strength_of("") < strength_of("phải")
    True
    """
    return _strengths().get(modality, 0.0 if re.fullmatch(urging(), modality) else PLAIN)


def is_loose(modality: str) -> bool:
    """Whether a word of commitment promises nothing firm enough for anything to follow.

    >>> is_loose("vận động"), is_loose("phấn đấu")
    (True, False)
    """
    return strength_of(modality) < STRIVEN


def compare_commitments(child: str, parent: str) -> tuple[str, str, str]:
    """(kind or "", proof, reason) for the words of commitment of the two.

    >>> compare_commitments("phấn đấu", "phải")[0], compare_commitments("phấn đấu", "")[0]
    ('modality_weaker', '')
    """
    c, p = strength_of(child), strength_of(parent)
    if c == p or min(c, p) >= PLAIN or {c, p} == {STRIVEN, PLAIN}:
        return "", "", ""
    own, other = f"“{child}”", f"“{parent}”"
    reason = f"{own} thay cho {other}" if child and parent else f"thêm từ {own}" if child else f"không còn từ {other}"
    proof = f"{own if child else 'cam kết'} {'>' if c > p else '<'} {other if parent else 'cam kết'}"
    return "modality_stronger" if c > p else "modality_weaker", proof, reason


def _house_style(child: str, parent: str) -> str:
    """``phấn đấu`` on one side only is told and is no finding."""
    if {child, parent} != {"", "phấn đấu"}:
        return ""
    where = "Văn bản cấp dưới" if child else "Văn bản cấp trên"
    return f"{where} dùng từ “phấn đấu”; đây là cách diễn đạt, không tính là thay đổi mức độ cam kết."


def _agreed_direction(child: Target, parent: Target) -> bool | None:
    """The direction of both where only one of the two wordings tells it: ``còn 20%`` against ``đạt 20%``."""
    own, other = direction_of(child), direction_of(parent)
    if (own is None) == (other is None):
        return None
    return own if own is not None else other


_ONWARD = re.compile(
    r"(?<!\w)(?:từ (?:đầu )?năm (?P<year>20\d\d)(?: trở đi(?!\w)|(?=,))|ngay từ (?:đầu )?năm (?P<now>20\d\d)(?!\w)"
    r"|từ (?:đầu |cuối )?(?:quý (?P<quarter>iv|iii|ii|i|[1-4])|(?:ngày \d{1,2}/|tháng )(?P<month>\d{1,2}))"
    r"(?:[/ ](?:năm )?|, năm )(?P<then>20\d\d)(?: trở đi)?(?!\w))(?!\s*(?:-|đến|tới))"
)
_QUARTERS = {"i": 3, "1": 3, "ii": 6, "2": 6, "iii": 9, "3": 9, "iv": 12, "4": 12}


def start_named(target: Target) -> str:
    """The day from which a target holds by its own words, ISO; empty where they name none.  A year, a quarter and a
    month stand for their last day, as deadlines do.

    >>> start_named(Target("d", "t", "c", "", 0, 1, "Từ quý III năm 2026, 100% khách mua vé điện tử"))
    '2026-09-30'
    """
    found = _ONWARD.search(fold(target.quote))
    if found is None:
        return ""
    if not found.group("then"):
        return f"{found.group('year') or found.group('now')}-12-31"
    month = _QUARTERS[found.group("quarter")] if found.group("quarter") else int(found.group("month"))
    if not 1 <= month <= 12:
        return ""
    year = int(found.group("then"))
    return f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"


def _start(target: Target) -> datetime.date | None:
    if target.deadline_operator == ">=" and target.deadline:
        return datetime.date.fromisoformat(target.deadline)
    named = start_named(target)
    return datetime.date.fromisoformat(named) if named else None


def _compare_times(child: Target, parent: Target, c: Requirement, p: Requirement) -> tuple[str, str]:
    """(kind or "", proof): the starts where both name one, else the last days."""
    own, other = _start(child), _start(parent)
    if own is not None and other is not None:
        kind, proof = compare_dates(own, other)
        return kind, proof.replace("hạn", "bắt đầu") if kind else ""
    if own is not None and other is None and p.due is not None:  # what holds from then on holds by the day
        return compare_dates(own, p.due) if own < p.due else ("", "")
    if (own is None) != (other is None):
        return "", ""
    kind, proof = compare_dates(c.due, p.due)
    once = is_yearly(parent) and not is_yearly(child)  # what is owed once is no earlier than what is owed every year
    return "" if once and kind == "deadline_earlier" else kind, proof


#: "Mỗi trường có 02 chương trình": so many of each; of each unit of administration it is asked in its own territory.
_OF_EACH = re.compile(
    rf"(?<!\w)(?:mỗi|từng)\s+(?!{EVERY}|năm|quý|tháng|tuần|ngày|lần|lượt|{LEVEL}|địa phương|đơn vị|cơ quan|nhiệm kỳ"
    rf"|{SETTLEMENT}|bản|khu|sóc|phum|làng|khối|tổ|người|nhà)(?P<what>\w+)"
)


def _compare_shares_of_each(child: Target, parent: Target) -> tuple[str, str, str]:
    """(kind or "", proof, reason) where one side asks so many of each and the other so many of all together."""
    if not (counts_whole(child.unit) and counts_whole(parent.unit)):
        return "", "", ""
    own, other = (_OF_EACH.search(fold(t.quote)) for t in (child, parent))
    if (own is None) == (other is None):
        return "", "", ""
    each = own or other
    what = each.group("what") if each else ""
    if own is not None:
        return "stricter", f"mỗi {what} > tổng số", f"tính cho mỗi {what} thay cho tổng số"
    return "looser", f"tổng số < mỗi {what}", f"tính tổng số thay cho mỗi {what}"


_REACHES = r"(?:ít nhất |tối thiểu |trên |từ |khoảng |hơn |không dưới |dưới |không quá |bình quân |thêm )*"
#: "Tăng thêm 20 triệu đồng" against "đạt 20 triệu đồng": how much more, and how much.
_BY = re.compile(rf"(?<!\w)(?:tăng|giảm)(?: thêm| bình quân)? {_REACHES}\d")
_TO = re.compile(rf"(?<!\w)(?:đạt|còn|lên|đến|xuống|ở mức) {_REACHES}\d")


def _compare_steps(child: Target, parent: Target) -> tuple[str, str]:
    """(proof, reason) where one side says by how much and the other how much."""
    if child.unit.startswith("%/") or parent.unit.startswith("%/"):
        return "", ""
    own, other = (
        (_BY.search(q) is not None, _TO.search(q) is not None) for q in (fold(child.quote), fold(parent.quote))
    )
    if {own, other} != {(True, False), (False, True)}:
        return "", ""
    return "mức tăng, giảm ≠ mức đạt được", "một bên nêu mức tăng, giảm thêm, bên kia nêu mức đạt được"


#: "30% số gói thầu", "tỷ lệ giá trị gói thầu": which of their measures a share is of; a sum of money has no number.
_SHARE_OF = re.compile(
    r"(?:[%‰](?: trở lên)?|(?<!\w)tỷ lệ) (?:của )?(?:tổng )?(?P<what>số lượng"
    r"|số(?! (?:vốn|tiền|thu|chi|dư|nợ|thuế|đó|này)(?!\w))"
    r"|diện tích|khối lượng|sản lượng|giá trị|doanh thu|công suất|chiều dài|kinh phí|vốn)(?!\w)"
)


def _compare_shares_of(child: Target, parent: Target) -> tuple[str, str]:
    """(proof, reason) where the two are shares of other measures of the same things: of their number, of their area."""
    if dimension_of(child) != "%" or dimension_of(parent) != "%":
        return "", ""
    own, other = (_SHARE_OF.search(fold(t.quote)) for t in (child, parent))
    if own is None or other is None:
        return "", ""
    left, right = (found["what"].replace("số lượng", "số") for found in (own, other))
    return ("", "") if left == right else (f"/ {left} ≠ / {right}", f"tính theo {left} thay cho {right}")


def _compare_bases(child: Statement, parent: Statement) -> tuple[str, str]:
    """(proof, reason) where the two measure against different times, or take shares of different wholes."""
    if child.whole and parent.whole and set(child.whole) != set(parent.whole):
        left, right = " ".join(child.whole), " ".join(parent.whole)
        return f"/ {left} ≠ / {right}", f"tính trên {left} thay cho {right}"
    if not child.base or not parent.base or child.base == parent.base:
        return "", ""
    return f"gốc {child.base} ≠ gốc {parent.base}", f"so với {child.base} thay cho so với {parent.base}"


def _year_by_year(child: Target, parent: Target, own: str, other: str) -> tuple[str, str, str]:
    """(kind, proof, reason) where one grows each year (``12%/năm``) and the other over a year named (``12% so với năm
    2025``)."""
    for one, counter, base in ((child, parent, other), (parent, child, own)):
        if dimension_of(one) == "%/năm" and dimension_of(counter) == "%" and any(sign.isdigit() for sign in base):
            return "changed", f"% mỗi năm ≠ % so với {base}", f"một bên tính từng năm, bên kia so với {base}"
    return "", "", ""


def bases_differ(child: Statement, parent: Statement) -> bool:
    """Whether the two measure against different times or wholes."""
    return bool(_compare_bases(child, parent)[0])


def _measures(kinds: set[str]) -> str:
    """What several measures of one pair come to."""
    told = kinds - {"", "equal"}
    if "changed" in told or {"stricter", "looser"} <= told:
        return "changed"
    return told.pop() if told else ""


def compare_targets(
    child: Target,
    parent: Target,
    own: Statement | None = None,
    other: Statement | None = None,
    found: Differences | None = None,
    stretches: tuple[str, str] | None = None,
) -> Verdict:
    """The verdict on a pair: kinds in a fixed order, proof from the deciding sets, reasons in Vietnamese.

    ``own`` and ``other`` are the statements of the two where their surroundings are known, ``found`` what comparing
    them gave, ``stretches`` the texts that stand around them.
    """
    own, other = own or statement_of(child), other or statement_of(parent)
    found = found or differences(own, other)
    scope = scope_of(child, parent, own, other, found)
    helped = _compare_help(own, other)
    measured = _measured(child, parent, own, other, found, helped, scope, stretches)
    c, p = measured.own, measured.other
    kinds, reasons = [*measured.kinds], dict(measured.reasons)
    date, date_proof = _compare_times(child, parent, c, p)
    commitment, commitment_proof, commitment_reason = compare_commitments(child.modality, parent.modality)
    if not commitment and helped[0].startswith("modality"):
        commitment, commitment_proof, commitment_reason = helped
    _add(kinds, reasons, scope.kind, scope.reason)
    if date:
        kinds.append(date)
    _add(kinds, reasons, commitment, commitment_reason)
    proofs = [*measured.proofs, _scope_proof(scope, c), date_proof, commitment_proof]
    return Verdict(
        tuple(dict.fromkeys(kinds)) or ("equal",),
        "; ".join(x for x in proofs if x),
        reasons,
        _house_style(child.modality, parent.modality),
    )


def scope_of(child: Target, parent: Target, own: Statement, other: Statement, found: Differences) -> Finding:
    """How the populations lie to each other; where nothing tells them apart, a limit that only one quote names does,
    though nothing read it."""
    scope = compare_populations(own, other, found)
    if scope.kind or compare_predicates(found).kind:
        return scope
    mine, theirs = unread_limits(child, _read(own), parent.quote), unread_limits(parent, _read(other), child.quote)
    if bool(mine) == bool(theirs):
        return scope
    if mine:
        words = "; ".join(mine)
        return Finding("narrower", "scope_narrower", f"D ∩ {{{words}}} ⊂ D", f"thêm điều kiện “{words}”")
    words = "; ".join(theirs)
    return Finding("broader", "scope_broader", f"D ⊃ D ∩ {{{words}}}", f"bỏ điều kiện “{words}”")


def _read(said: Statement) -> str:
    return " ".join((*said.terms, *(step.words for step in said.standards), *said.exceptions))


class _Measured(NamedTuple):
    """What comparing the measures of a pair gave, with what each side requires."""

    kinds: list[str]
    reasons: dict[str, str]
    proofs: list[str]
    own: Requirement
    other: Requirement


def _required(child: Target, parent: Target) -> tuple[Requirement, Requirement, str]:
    """What the two require in one direction, and how what is owed in each period was added up."""
    agreed = _agreed_direction(child, parent)
    c, p = requirement(child, agreed), requirement(parent, agreed)
    periods = over_the_period(child, parent)
    if periods is None or c.amount is None or p.amount is None:
        return c, p, ""
    own, theirs = periods
    c, p = c._replace(amount=c.amount.times(own)), p._replace(amount=p.amount.times(theirs))
    return c, p, f"mỗi kỳ × {max(periods):g} kỳ"


def _level_beside(measure: str, amount: str, predicate: str, beside: list[tuple[str, str, str]]) -> list[str]:
    """How the level moved, told beside other words on the same thing, where nothing but the words is another."""
    reworded = measure == predicate == "changed" and not any(kind for kind, _, _ in beside)
    return [amount] if reworded and amount in ("stricter", "looser") else []


def _measured(
    child: Target,
    parent: Target,
    own: Statement,
    other: Statement,
    found: Differences,
    helped: tuple[str, str, str],
    scope: Finding,
    stretches: tuple[str, str] | None,
) -> _Measured:
    """Amounts, grades and predicates, and what stands beside them, as one measure."""
    c, p, added_up = _required(child, parent)
    amount, proof, reason = compare_amounts(c, p)
    grade, grade_proof = compare_grades(c.grade, p.grade)
    predicate = compare_predicates(found)
    beside = _besides(child, parent, own, other)
    if not added_up:
        beside.append(compare_recurrence(child, parent, amount))
    if helped[0] in ("looser", "stricter"):
        beside.append(helped)
    if not (predicate.kind or scope.kind or any(kind for kind, _, _ in beside)):
        beside += _figures(child, parent, stretches)
    if {child.direction, parent.direction} == {"increase", "decrease"} and direction_of(child) is not True:
        beside.append(("changed", "", "một bên tăng, một bên giảm"))
    kinds: list[str] = []
    reasons: dict[str, str] = {}
    if not {k for k in (amount, grade) if k}:
        kinds.append("changed")
        reasons["changed"] = "không đủ dữ liệu định lượng để so sánh"
        proof = "∅ ? ∅"
    measure = _measures({amount, grade, predicate.kind, *(kind for kind, _, _ in beside)})
    kinds += _level_beside(measure, amount, predicate.kind, beside)
    if measure:
        kinds.append(measure)
        told = [r for r in (reason, predicate.reason, *(said for _, _, said in beside)) if r]
        if measure == "changed" and not told:
            told = ["mức định lượng và mức trình độ thay đổi ngược chiều nhau"]
        if told:
            reasons[measure] = "; ".join(told)
    with_amount = c.amount is not None or p.amount is not None or not grade_proof
    proofs = [added_up, proof if with_amount else "", grade_proof, predicate.proof, *(shown for _, shown, _ in beside)]
    return _Measured(kinds, reasons, proofs, c, p)


def _figures(child: Target, parent: Target, stretches: tuple[str, str] | None) -> list[tuple[str, str, str]]:
    """(kind, proof, reason) where a figure beside the promised one is another."""
    own, other = stretches or (child.quote, parent.quote)
    figure = other_figure(child, parent, _from(own, child.quote), _from(other, parent.quote))
    if figure is None:
        return []
    return [("changed", " ≠ ".join(figure), " thay cho ".join(f"“{words}”" for words in figure))]


def _from(stretch: str, quote: str) -> str:
    """A stretch from its target on; what stands before it is of the target before."""
    start = stretch.find(" ".join(quote.replace("*", "").split()))
    return stretch[start:] if start >= 0 else quote


def _besides(child: Target, parent: Target, own: Statement, other: Statement) -> list[tuple[str, str, str]]:
    """(kind, proof, reason) of what changes a measure beside its amount: the base, of each, by how much."""
    base_proof, base_reason = _compare_bases(own, other)
    step_proof, step_reason = _compare_steps(child, parent)
    of_proof, of_reason = _compare_shares_of(child, parent)
    return [
        ("changed" if of_proof else "", of_proof, of_reason),
        ("changed" if base_proof else "", base_proof, base_reason),
        _year_by_year(child, parent, own.base, other.base),
        _compare_shares_of_each(child, parent),
        ("changed" if step_proof else "", step_proof, step_reason),
    ]


#: Who does nothing but this takes part in what others do; who supports others to found or build promises less.
_TAKES_PART = frozenset({"phối hợp", "tham gia", "tham mưu"})


def _compare_help(own: Statement, other: Statement) -> tuple[str, str, str]:
    """(kind or "", proof, reason) where one side only helps others to do it."""
    helps = own.helps or other.helps
    if own.helps == other.helps or (own.helps and other.helps) or helps & {*own.terms, *other.terms}:
        return "", "", ""
    less = bool(own.helps)
    proof = "giúp làm ⊃ làm" if less else "làm ⊂ giúp làm"
    reason = f"{'mới' if less else 'không dừng ở'} “{', '.join(sorted(helps))}”"
    if helps <= _TAKES_PART:
        return ("modality_weaker" if less else "modality_stronger"), proof, reason
    return ("looser" if less else "stricter"), proof, reason


def _add(kinds: list[str], reasons: dict[str, str], kind: str, reason: str) -> None:
    if kind:
        kinds.append(kind)
        reasons[kind] = "; ".join(r for r in (reasons.get(kind, ""), reason) if r)


def _scope_proof(scope: Finding, child: Requirement) -> str:
    """The proof of a scope finding; a share under 100 % of the wider group says nothing of the narrower."""
    if scope.relation != "broader" or child.amount is None or child.amount.dimension != "%" or child.amount.falling:
        return scope.proof
    if child.amount.low >= 100:
        return scope.proof
    return f"{scope.proof}; không suy ra được mức của riêng nhóm hẹp hơn"
