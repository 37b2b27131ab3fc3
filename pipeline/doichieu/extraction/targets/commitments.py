"""Whether a measure is a commitment, and how strongly the text commits to it.

:func:`verdict` asks first what the figure may be instead (:mod:`doichieu.extraction.targets.refusals`), then what makes
a promise of its kind (:mod:`doichieu.extraction.targets.promises`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from doichieu.extraction.targets.cases import Case, Setting, Verdict, read_case
from doichieu.extraction.targets.measures import Group
from doichieu.extraction.targets.norms import asked_of
from doichieu.extraction.targets.promises import PROMISES
from doichieu.extraction.targets.refusals import REFUSALS
from doichieu.lexicon import load
from doichieu.text import any_word, one_of
from doichieu.text.memory import remembered
from doichieu.text.sieve import Sieve

#: "phấn đấu bảo đảm 100% …": what is striven for is not assured.
_STRIVEN = re.compile(r"phấn đấu(?: để)?\s+(?:bảo đảm|đảm bảo|cơ bản)(?!\w)")
#: Another's duty behind a comma, or one in a bracket, is not the measure's: "…, người dân chỉ phải khai một lần".
_ANOTHERS = re.compile(r"\(.*|,\s+(?:người|doanh nghiệp|tổ chức|cá nhân|cơ quan|đơn vị)[^,]*\Z", re.DOTALL)
#: Those who have to do or undergo something are whom it is about: "giảm tỷ lệ hồ sơ | phải bổ sung".
_OF_THOSE_WHO_MUST = Sieve(
    r"(?<!\w)((?:tỷ lệ|tỉ lệ|số)\s[^;:,.%]*?)\sphải(?=\s(?!đạt|giảm|tăng|còn|bảo đảm|đảm bảo|là|được|có|dưới"
    r"|trên)[^\W\d])"
)
_MUST = Sieve(r"(?<!không )(?<!\w)phải\s+(?!là\b)")


#: What may not stand before a word of commitment and what may follow it, where it is part of other words too.
_AROUND = {
    "cơ bản": (
        r"(?<!mức )(?<!số )(?<!vụ )(?<!kỹ năng )",
        r"(?=\s+(?:hoàn thành|đạt|có|được|đáp ứng|xóa|không|phủ|khắc phục|giải quyết|tự))",
    ),
    "cần": (r"(?<!chuyên )", r"(?!\s+(?:thiết|cù|mẫn|trục|cẩu|câu)(?!\w))"),
}


@lru_cache(maxsize=1)
def _modalities() -> list[tuple[re.Pattern[str], str]]:
    out = []
    for entry in load("modality")["modality"]:
        words = one_of(entry["words"])
        head, tail = _AROUND.get(entry["value"], ("", ""))
        out.append((re.compile(rf"(?<!\w){head}(?:{words})(?!\w){tail}"), entry["value"]))
    return out


@lru_cache(maxsize=1)
def _committing() -> Sieve:
    """Any word of commitment: most wordings have none."""
    return Sieve(any_word({word for entry in load("modality")["modality"] for word in entry["words"]}))


def modality_of(text: str) -> str:
    """The strongest commitment word in a wording (lower case), empty if there is none.

    >>> modality_of("phấn đấu 50% có trình độ"), modality_of("kỹ năng số cơ bản cho người dân")
    ('phấn đấu', '')
    """
    text = _STRIVEN.sub("phấn đấu", text) if "phấn đấu" in text else text
    if not _committing().search(text):
        return ""
    for pattern, value in _modalities():
        if pattern.search(text):
            return value
    return ""


@lru_cache(maxsize=1)
def _leading() -> list[tuple[Sieve, str]]:
    """The weak words of commitment, which a heading or a leading sentence can put over a whole list."""
    led = [entry for entry in load("modality")["modality"] if entry.get("leads")]
    return [(Sieve(any_word(set(entry["words"]))), entry["value"]) for entry in led]


def leading_modality(text: str) -> str:
    """The word of commitment that the line above a list (lower case) puts over each of its points.

    >>> leading_modality("phấn đấu đến năm 2030 đạt các chỉ tiêu sau:"), leading_modality("phải đạt các chỉ tiêu sau:")
    ('phấn đấu', '')
    """
    return next((value for pattern, value in _leading() if pattern.search(text)), "")


def commitment_word(group: Group, lowered: str) -> str:
    """The commitment word in a measure's own wording; ``phải`` behind the measure beats ``bảo đảm`` before it.

    What stands behind the last colon is nearer than what opens the sentence (``… phấn đấu …, cụ thể: Khuyến khích …``).
    """
    wording = _OF_THOSE_WHO_MUST.sub(r"\1", lowered[group.start : group.stop])
    own = modality_of(wording.rpartition(": ")[2]) or modality_of(wording)
    if _MUST.search(_ANOTHERS.sub("", lowered[group.stop : group.end])):
        return "phải"
    return own


def _bare(case: Case) -> bool:
    """Whether a figure with its unit is all that its line says: ``09 KH`` below the recipients promises nothing."""
    return case.lowered.strip(" .,;:-+*") == case.lowered[case.group.figure.start : case.group.figure.end].strip()


@cache
def refusals_for(*, goal: bool, modal: bool, share: bool) -> tuple[tuple[Verdict, Callable[[Case], bool]], ...]:
    """The rules that may refuse measures of such a setting, such a sentence and such a figure."""
    picked = ((found, asked_of(rule, goal=goal, modal=modal, share=share)) for found, rule in REFUSALS)
    return tuple((found, rule) for found, rule in picked if rule is not None)


def verdict(case: Case) -> Verdict:
    """What a measure is: a target, a norm, an account, or nothing that counts."""
    share = case.group.figure.kind == "percent"
    for found, rule in refusals_for(goal=case.setting.goal, modal=case.modal, share=share):
        if rule(case):
            return found
    if case.setting.zone == "viewpoint" and not (case.modal or case.setting.ahead):
        return ""
    promising = case.setting.promising()
    if promising is not case.setting and not _bare(case):
        case = case._replace(setting=promising)
    return "target" if PROMISES[case.group.figure.kind](case) else ""


def _judged(text: str, lowered: str, group: Group, setting: Setting, previous: Group | None, after: Verdict) -> Verdict:
    return verdict(read_case(group, text, lowered, setting, previous)._replace(after=after))


#: What a measure is by its line, its setting, the measure before it and what that one was.
judged = remembered(_judged)
