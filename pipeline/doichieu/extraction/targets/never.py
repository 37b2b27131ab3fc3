"""What a population is never called: a grade, a way somewhere, a verb alone; then it is whoever was named before."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.extraction.targets.parts import clean, strip_verbs
from doichieu.extraction.targets.phrases import narrowings
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word

_A_GRADE = r"(?:(?:xếp )?loại |mức )?(?:xuất sắc|giỏi|khá|tốt|trung bình|yếu|kém|đạt yêu cầu|đạt)"
_GRADES = re.compile(rf"{_A_GRADE}(?:(?:,| và| hoặc|,? trở lên)(?: {_A_GRADE})?)*", re.IGNORECASE)
#: "vào các đơn vị dự bị", "trở lại trường học", "có nhà nuôi riêng": a way, a state, never somebody.
_LOOSE = re.compile(rf"(?:{words_of('opens_no_population')})(?!\w)", re.IGNORECASE)
#: Where the wording that is no population stands, which still narrows: "tại kho lạnh".
_SOMEWHERE = re.compile(r"(?:tại|ở|trong (?!vòng|thời|năm|quý|tháng|suốt))", re.IGNORECASE)
_HAS_AT_END = re.compile(r"\s+có\s*\Z", re.IGNORECASE)


@lru_cache(maxsize=1)
def _verb_alone() -> re.Pattern[str]:
    data = load("predicates")
    known = any_word([*data["starters"], *data["creators"], *data["acts"]])
    verb = rf"(?:{known}|(?:{words_of('verbs_alone')}))"
    done = r"(?: (?:lên|xuống|lại|mới|xong|hoàn chỉnh|thường xuyên|định kỳ))?"
    return re.compile(rf"{verb}{done}(?:(?:, | và |, và ){verb}{done})*")


def verb_alone(subject: str) -> bool:
    """Whether a wording is verbs alone.

    >>> verb_alone("trồng mới, sửa chữa"), verb_alone("trồng rừng"), verb_alone("thu hẹp")
    (True, False, True)
    """
    return _verb_alone().fullmatch(subject.lower()) is not None


def _graded(c: Sides, said: Said) -> Said:
    """``Kết quả kiểm tra có ít nhất 80% khá, giỏi``: what has so much of a grade."""
    owner = clean(_HAS_AT_END.sub("", clean(c.rest)))
    named = bool(owner) and strip_verbs(owner, leading=True) == owner and predicate_start(owner.lower()) is None
    if named and c.has:
        subject, scope = narrowings(owner)
        return Said(clean(subject), clean(f"{owner} {said.subject}"), (*said.scope, *scope))
    return said._replace(subject=c.near.subject if c.near is not None else "")


def never_a_population(c: Sides, said: Said) -> Said:
    """A measure about what was named before, or above, where its own wording names nobody."""
    name = said.subject
    if not name or (c.near is None and not c.label and not c.has):
        return said
    if _GRADES.fullmatch(name):
        return _graded(c, said)
    loose = _LOOSE.match(name) is not None
    if not loose and not verb_alone(name):
        return said
    before = c.near.subject if c.near is not None else ""
    if not before and not c.label:
        return said
    where = (name,) if loose and _SOMEWHERE.match(name) else ()
    return said._replace(subject=before, scope=(*said.scope, *where))
