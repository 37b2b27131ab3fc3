"""Population and predicate of a target as extraction cut them, each thing said once."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.alphabet import UPPER
from doichieu.comparison.meaning.dimensions import counts_whole
from doichieu.comparison.meaning.terms import idle, tokens, verbs
from doichieu.lexicon import load
from doichieu.model import Target
from doichieu.text import any_word, fold


def one_after_another(target: Target, subject: str, indicator: str) -> bool:
    """Whether the indicator follows the subject in the text itself, so that a term may reach over the cut."""
    first = fold(indicator).split(" ")[0]
    return bool(subject and first) and f"{fold(subject)} {first}" in fold(target.quote.replace("*", ""))


_OF_WHOM = re.compile(r"%(?: trở lên)?\s+(?P<whom>[^%.;()]{3,90})\Z")


def _share_of_whom(target: Target, subject: str, indicator: str) -> tuple[str, str] | None:
    """Population and predicate where the noun behind the share says it more fully: ``Tỷ lệ lao động tham gia bảo hiểm
    đạt 38% lực lượng lao động trong độ tuổi``; None where it does not."""
    found = _OF_WHOM.search(" ".join(target.quote.replace("*", "").split()))
    whom = found.group("whom").strip() if found else ""
    noun = re.sub(r"\A(?:người |các |số )+", "", fold(subject))
    if not whom or not noun or not fold(indicator).endswith(fold(whom)) or noun == fold(whom):
        return None
    if not re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", fold(whom)):
        return None
    deed = re.match(
        rf"(?:tỷ lệ |tỉ lệ )?{re.escape(fold(subject))} (?P<deed>.+)\Z", fold(indicator[: -len(whom)]).strip()
    )
    return (whom, deed.group("deed")) if deed is not None else None


def _told_before(target: Target, subject: str, indicator: str) -> bool:
    """Whether the text names the subject before the whole indicator, which only says the same noun again:
    ``chợ tại khu vực biên giới được công nhận chợ văn minh``."""
    quote = fold(target.quote.replace("*", ""))
    place = quote.find(fold(indicator)) if indicator else -1
    return bool(subject) and place > 0 and fold(subject) in quote[:place] and tokens(fold(indicator))[0] in verbs()


#: A short name in brackets behind the long one: "(PAR Index)", "(TFP)".
_ACRONYM = re.compile(rf"\((?=[^()]*[{UPPER}]{{2}})[{UPPER}][\w&/. -]{{0,12}}\)")


def written(target: Target) -> tuple[str, str]:
    """(population, predicate) of a target as extraction cut them, verbatim, each thing said once."""
    subject = " ".join(_ACRONYM.sub(" ", target.subject.replace("*", "")).split())
    indicator = " ".join(_ACRONYM.sub(" ", target.indicator.replace("*", "")).split())
    if target.level and target.level_scale:
        indicator = next((s["indicator"] for s in load("scales")["scale"] if s["id"] == target.level_scale), indicator)
    of_whom = _share_of_whom(target, subject, indicator) if target.unit == "%" else None
    if of_whom is not None:
        return of_whom
    if one_after_another(target, subject, indicator) or _told_before(target, subject, indicator):
        return subject, indicator
    place = fold(indicator).find(fold(subject)) if subject else -1
    if place >= 0:
        before, after = indicator[:place], indicator[place + len(subject) :]
        return f"{before}{subject}", after
    return subject, indicator


#: "Ổn định diện tích trồng cói 3.200 ha": that it is kept is told by the figure; "việc làm ổn định" says of what kind.
_KEPT_STEADY = re.compile(
    r"\A\s*(?:giữ |duy trì )?ổn định (?=(?:tổng )?(?:diện tích|số|số lượng|quy mô|sản lượng|đàn|mức|tỷ lệ)(?!\w))"
)


def by_unit(target: Target, text: str) -> str:
    """A wording without the name of the measure that its unit tells anyway."""
    unit, text = target.unit.split("/")[0].strip().lower(), _KEPT_STEADY.sub("", text)
    if not unit:
        return text
    told = _measure_of(unit).match(text)
    if told is None:
        return text
    rest = text[told.end() :]
    following = tokens(rest)[:1]
    noun = following and following[0] not in verbs() and following[0] not in idle()
    if noun and told.group().split()[-len(unit.split()) - 1 : -len(unit.split())] == ["số"]:
        return f" {unit}{rest}"  # "số cụm công nghiệp" of so many "cụm"
    return f" {rest}"


#: Words that only count: "3 triệu con giống", "3.000.000 con".
_CLASSIFIERS = frozenset({"con", "cây", "cái", "chiếc", "quả", "hạt", "củ", "tấm", "căn", "ngôi", "lượt"})


@lru_cache(maxsize=256)
def _measure_of(unit: str) -> re.Pattern[str]:
    """The name of the measure that a unit tells, at the head of a wording."""
    measure = [unit] if not counts_whole(unit) or unit.split(" ")[-1] in _CLASSIFIERS else []
    measure += [unit.split(" ")[-1]] if unit.split(" ")[-1] in _CLASSIFIERS else []
    names = [f"số {unit}", *measure, *(name for name, units in load("terms")["by_unit"].items() if unit in units)]
    return re.compile(rf"\A\s*(?:tổng )?{any_word(names)}")
