"""Who saves or raises so much of something: the thing is the population, who holds it narrows it."""

from __future__ import annotations

import re

from doichieu.extraction.targets.parts import clean, strip_share_word, strip_verbs
from doichieu.extraction.targets.phrases import narrowings
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.lexicon.families import EVERY
from doichieu.lexicon.named_words import words_of

_SAVES = re.compile(
    r"(?P<who>[^,;:%\d]{3,90}?)\s+(?<!cắt )(?P<verb>(?:phải |sẽ )?(?:cắt giảm|tiết giảm|tiết kiệm|kéo giảm|giảm|tăng))"
    r"(?: được| thêm)?\s*",
    re.IGNORECASE,
)
_SAVED = re.compile(
    r"(?:tổng )?(?:số |(?=(?:lượng|khối lượng|chi phí|chi thường xuyên|điện năng|mức|thời gian|diện tích|phát thải"
    r"|lãi suất|giá thành|nước|nhiên liệu|năng lượng|vật tư)(?!\w)))(?=\w)",
    re.IGNORECASE,
)
_RAISES = re.compile(
    rf"(?P<who>[^,;:%\d]{{3,90}}?)\s+(?P<verb>(?:tiếp cận|vay|{words_of('raises_money')})(?: được)?)\s*", re.IGNORECASE
)
#: Money that somebody is given, lends or raises.
MONEY = re.compile(rf"(?:{words_of('money_kinds')})(?!\w)", re.IGNORECASE)


_SEVERAL = re.compile(rf"^(?:các|những|{EVERY})\s+", re.IGNORECASE)


def _holder(who: str) -> str:
    """Who holds it, where the wording is a name and nothing more."""
    name = _SEVERAL.sub("", clean(who))
    told = predicate_start(name.lower()) is not None or strip_verbs(name, leading=True) != name
    return "" if told or strip_share_word(name) != name or not name else clean(who)


def saved_by(c: Sides) -> Said | None:
    """``Các cảng cá cắt giảm 30% lượng rác thải nhựa``: what they save is the population."""
    found = _SAVES.fullmatch(f"{c.rest} ") if c.kind == "percent" else None
    body = " ".join(c.right.split())
    saved = _SAVED.match(body) if found is not None else None
    who = _holder(found["who"]) if found is not None and saved is not None else ""
    if found is None or saved is None or not who:
        return None
    subject, scope = narrowings(body[saved.end() :])
    return Said(clean(subject), clean(f"{found['verb']} {body[: saved.end()]}"), (*scope, who))


def raised_by(c: Sides) -> Said | None:
    """``Các làng nghề tiếp cận được từ 80 tỷ đồng vốn ưu đãi``: the money is the population."""
    found = _RAISES.fullmatch(f"{c.rest} ") if c.kind == "money" else None
    body = clean(" ".join(c.right.split()))
    who = _holder(found["who"]) if found is not None and MONEY.match(body) else ""
    if found is None or not who:
        return None
    subject, scope = narrowings(body)
    return Said(clean(subject), clean(found["verb"]), (*scope, who))
