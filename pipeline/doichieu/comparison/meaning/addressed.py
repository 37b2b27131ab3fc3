"""Whom a label before a colon addresses: ``Các sở, ban, ngành: 100% hồ sơ …`` asks nothing of enterprises."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.comparison.authorities.counterparts import stems
from doichieu.comparison.authorities.levels import levels_named
from doichieu.comparison.meaning.cleaned import unified
from doichieu.comparison.meaning.deeds import is_deed
from doichieu.comparison.meaning.terms import tokens
from doichieu.lexicon import load
from doichieu.lexicon.families import LEVEL, SETTLEMENT
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word


@lru_cache(maxsize=1)
def _kinds() -> list[re.Pattern[str]]:
    return [re.compile(any_word(words)) for words in load("populations")["addressed"]]


@lru_cache(maxsize=1)
def _head() -> re.Pattern[str]:
    every = any_word(word for words in load("populations")["addressed"] for word in words)
    return re.compile(rf"\W*(?:\w{{1,2}}[.)]\s*)?(?:đối với |tại )?(?:các |những )?{every}")


def addressed_in(label: str) -> frozenset[int]:
    """The kinds of bodies that a folded label addresses; none where it opens with none of them.

    >>> addressed_in("các sở, ban, ngành") & addressed_in("doanh nghiệp nhà nước")
    frozenset()
    >>> addressed_in("chuyển đổi số của doanh nghiệp"), addressed_in("các sở, ngành, địa phương")
    (frozenset(), frozenset({5}))
    """
    if not label or len(label.split()) > _LONGEST or _head().match(label) is None:
        return frozenset()
    return frozenset(number for number, kind in enumerate(_kinds()) if kind.search(label))


@lru_cache(maxsize=1)
def _organisations() -> dict[str, int]:
    return {form: n for n, forms in enumerate(load("populations")["organisations"]) for form in forms}


@lru_cache(maxsize=1)
def _organisation() -> re.Pattern[str]:
    return re.compile(any_word(_organisations()))


#: Which organisations a label names beside those it lists: what all of them are asked each of them is.
_ALL_OF_THEM = re.compile(r"(?<!\w)(?:đoàn thể|mặt trận|tổ chức chính trị|các hội|tổ chức hội|thành viên)(?!\w)")
_BEFORE_IT = re.compile(
    r"\W*(?:\w{1,2}[.)]\s*)?(?:(?:đối với|đề nghị|giao|các|ban thường vụ|ban chấp hành|cơ quan)\s+)*\Z"
)


def organisations_in(label: str) -> frozenset[int]:
    """The mass organisations that a folded label addresses by name; none where it opens with none, or means all.

    >>> len(organisations_in("hội nông dân, hội phụ nữ tỉnh")), organisations_in("phòng, chống đuối nước")
    (2, frozenset())
    >>> organisations_in("tỉnh đoàn") == organisations_in("đoàn thanh niên xã"), organisations_in("công đoàn, đoàn thể")
    (True, frozenset())
    """
    first = _organisation().search(label) if label and len(label.split()) <= _LONGEST else None
    if first is None or not _BEFORE_IT.match(label[: first.start()]) or _ALL_OF_THEM.search(label):
        return frozenset()
    return frozenset(_organisations()[found.group()] for found in _organisation().finditer(label))


def organisation_at(line: str) -> str:
    """The mass organisation, with its level, that a folded line opens with and of which it tells what it does.

    >>> organisation_at("hội phụ nữ xã hỗ trợ 100 phụ nữ"), organisation_at("hội phụ nữ xã có 100 hội viên")
    ('hội phụ nữ xã', '')
    """
    found = _organisation().match(line)
    level = _ITS_LEVEL.match(line, found.end()) if found is not None else None
    deed = next(iter(tokens(line[level.end() : level.end() + _FAR])), "") if level is not None else ""
    return line[: level.end()] if level is not None and is_deed(deed) else ""


_ITS_LEVEL = re.compile(rf"(?: (?:các cấp|(?:cấp )?(?:{LEVEL})))?(?= \w)")
#: So many signs hold the first deed.
_FAR = 40


@lru_cache(maxsize=1)
def _body() -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?:\w{{1,2}}[.)]\s*)?(?:(?:đối với|đề nghị|giao) )?(?P<body>(?:{words_of('single_bodies')}) .+)"
    )


def body_in(label: str) -> frozenset[str]:
    """What the one body is, whatever its level, that a folded label addresses by its name; nothing where it lists
    several or names none.

    >>> "y tế" in body_in("sở y tế") & body_in("giao phòng y tế"), body_in("thư viện tỉnh")
    (True, frozenset({'thư viện'}))
    >>> body_in("các sở, ban, ngành"), body_in("sở nội vụ, sở tài chính"), body_in("trung tâm xã")
    (frozenset(), frozenset(), frozenset())
    """
    found = _body().fullmatch(label) if label and len(label.split()) <= _LONGEST else None
    return frozenset() if found is None or _SEVERAL.search(found["body"]) else stems(found["body"])


#: "Sở Y tế, các địa phương", "Sở Nội vụ chủ trì".
_SEVERAL = re.compile(
    r"(?:,|;|-|(?<!\w)và) (?:các|sở|ủy ban|ubnd|phòng|ban|chi cục|trung tâm|công an|hội)(?!\w)"
    r"|(?<!\w)(?:chủ trì|phối hợp)(?!\w)"
)


#: "Các trại giam, trại tạm giam": several kinds of bodies.
_LIST = re.compile(r"\W*(?:\w{1,2}[.)]\s*)?(?:các|những) (?P<who>[^:;%\d()]{3,90}?)\W*\Z")
_AND = re.compile(r"(?:\s*,\s*(?:và |hoặc )?|\s+(?:và|hoặc)\s+)(?:các |những )?")


def listed_in(label: str) -> frozenset[str]:
    """The kinds of bodies, one by one, that a folded label lists; none where it names a level, of which each document
    has its own.

    >>> sorted(listed_in("các trại giam, trại tạm giam")), listed_in("các huyện, thành phố")
    (['trại giam', 'trại tạm giam'], frozenset())
    """
    found = _LIST.match(label) if label and len(label.split()) <= _LONGEST else None
    who = unified(found.group("who")) if found is not None else ""
    ranked = _NO_LEVEL.sub("", who)
    return frozenset() if levels_named(ranked) or _OF_A_LEVEL.search(ranked) else frozenset(_AND.split(who)) - {""}


#: "Tại các trại giam, trại tạm giam": several kinds of places.
_SITES = re.compile(r"\W*(?:tại|ở|trong|trên|ven)(?: các| những)? (?P<where>[^:;%\d()]{3,90}?)\W*\Z")


def sites_in(scope: str) -> frozenset[str]:
    """The kinds of places, one by one, that a folded narrowing lists.

    >>> sorted(sites_in("tại các trại giam và trại tạm giam")), sorted(sites_in("ở bến phà")), sites_in("quá hạn")
    (['trại giam', 'trại tạm giam'], ['bến phà'], frozenset())
    """
    found = _SITES.match(scope)
    return frozenset(_AND.split(unified(found.group("where")))) - {""} if found is not None else frozenset()


#: Names of schools, clinics and enterprises that hold the word of a level.
_NO_LEVEL = re.compile(r"trung học cơ sở|cơ sở (?=[^\W\d])|hợp tác xã|phòng khám")
#: What each level has of its own: "các sở, ban, ngành" of a province are "các phòng, ban" of a commune.
_OF_A_LEVEL = re.compile(rf"(?<!\w)(?:{LEVEL}|{SETTLEMENT}|sở|ban|ngành|phòng|địa phương)(?!\w)")


#: A longer label is a sentence.
_LONGEST = 12
