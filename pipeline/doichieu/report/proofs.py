"""The proof of a finding in words: ``15% trở lên nằm trong 10% trở lên``; the symbols stand behind it."""

from __future__ import annotations

from collections.abc import Mapping

from doichieu.model import Deviation, Target
from doichieu.naming import day_words
from doichieu.report.clean import shown
from doichieu.report.phrases import measure, scope
from doichieu.report.words import words
from doichieu.text import fold

_LOWER_WITHIN = frozenset({"stricter"})
_UPPER_WITHIN = frozenset({"looser"})


def proof_words(deviation: Deviation, own: Target | None, answer: Target | None, lang: str = "vi") -> str:
    """What decided a finding, in words; empty where the two sides differ in nothing that words can set side by side.

    >>> floor = Target("con", "t", "c", "", 0, 1, "q", operator=">=", value=15.0, unit="%")
    >>> proof_words(Deviation("con", "cha", "d", kinds=("added",)), floor, None)
    'Cấp trên không đặt; cấp dưới: từ 15% trở lên'
    """
    forms = words(lang)["proof"]
    if own is None or answer is None:
        one = own or answer
        if one is None:
            return ""
        said = measure(one, lang) or one.quote
        return forms["only_lower" if own else "only_upper"].format(value=said)
    parts = [
        *_measures(deviation, own, answer, forms, lang),
        *_dates(deviation, own, answer, forms),
        *_scopes(deviation, own, answer, forms),
        *_commitments(deviation, own, answer, forms),
    ]
    return "; ".join(parts)


def _measures(deviation: Deviation, own: Target, answer: Target, forms: Mapping[str, str], lang: str) -> list[str]:
    lower, upper = _plain(measure(own, lang)), _plain(measure(answer, lang))
    if not lower or not upper:
        return []
    if lower == upper:
        return [forms["same"].format(value=lower)]
    kinds = set(deviation.kinds)
    if kinds & _LOWER_WITHIN:
        key = "enough" if answer.operator in ("", "=") else "within"  # only a range holds another
    else:
        key = "not_enough" if kinds & _UPPER_WITHIN else "beside"
    return [forms[key].format(lower=lower, upper=upper)]


def _dates(deviation: Deviation, own: Target, answer: Target, forms: Mapping[str, str]) -> list[str]:
    for kind, key in (("deadline_later", "later"), ("deadline_earlier", "earlier")):
        if kind in deviation.kinds and own.deadline and answer.deadline:
            return [forms[key].format(lower=day_words(own.deadline), upper=day_words(answer.deadline))]
    return []


def _scopes(deviation: Deviation, own: Target, answer: Target, forms: Mapping[str, str]) -> list[str]:
    for kind, key in (("scope_narrower", "narrower"), ("scope_broader", "broader")):
        if kind in deviation.kinds:
            lower, upper = _populations(own, answer)
            return [forms[key].format(lower=lower, upper=upper)] if lower and upper and lower != upper else []
    return []


def _populations(own: Target, answer: Target) -> tuple[str, str]:
    """What two targets are about, told by what tells them apart: the scopes of one population, else populations with
    their scopes.

    >>> all_schools = Target("con", "t", "c", "", 0, 1, "q", subject="trường học")
    >>> in_towns = Target("con", "t", "c", "", 0, 1, "q", subject="trường học", scope=("ở đô thị",))
    >>> _populations(in_towns, all_schools)
    ('trường học ở đô thị', 'trường học')
    """
    scopes = scope(own), scope(answer)
    if all(scopes) and fold(own.subject) == fold(answer.subject):
        return scopes
    if not any(scopes):
        return shown(own.subject), shown(answer.subject)
    return f"{shown(own.subject)} {scopes[0]}".strip(), f"{shown(answer.subject)} {scopes[1]}".strip()


def _commitments(deviation: Deviation, own: Target, answer: Target, forms: Mapping[str, str]) -> list[str]:
    for kind, key in (("modality_weaker", "weaker"), ("modality_stronger", "stronger")):
        if kind in deviation.kinds and own.modality and answer.modality:
            return [forms[key].format(lower=shown(own.modality), upper=shown(answer.modality))]
    return []


def _plain(text: str) -> str:
    """``từ 15% trở lên`` as it stands inside a comparison: ``15% trở lên``."""
    return text.removeprefix("từ ") if text.endswith("trở lên") else text
