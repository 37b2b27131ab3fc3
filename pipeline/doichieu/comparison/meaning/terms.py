"""Terms of populations as the lexicon orders them: what is a part of what, what excludes what, what narrows nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from doichieu.comparison.meaning.dimensions import counts_people
from doichieu.lexicon import load
from doichieu.text import any_word
from doichieu.text.memory import remembered

SEPARATORS = frozenset({",", "và", "hoặc", "cùng", "cùng với"})


def _data() -> dict[str, Any]:
    return load("terms")


@lru_cache(maxsize=1)
def parts() -> dict[str, frozenset[str]]:
    """For each wide term the terms that are parts of it, through every step."""
    direct: dict[str, set[str]] = {}
    for entry in load("parts")["wider"]:
        named = [*entry.get("parts", ()), *entry.get("also", ())]
        direct.setdefault(in_words(tokens(entry["term"])), set()).update(in_words(tokens(form)) for form in named)
    out: dict[str, frozenset[str]] = {}
    for term in direct:
        seen: set[str] = set()
        queue = list(direct[term])
        while queue:
            one = queue.pop()
            if one not in seen:
                seen.add(one)
                queue += direct.get(one, ())
        out[term] = frozenset(seen)
    return out


def in_words(terms: tuple[str, ...]) -> str:
    """Terms as one wording."""
    return " ".join(terms)


def is_part(narrow: str, wide: str) -> bool:
    """Whether one term names a part of what the other names; a noun with a qualifier behind it is a part of the noun.

    >>> is_part("bệnh viện", "cơ sở y tế"), is_part("cơ sở y tế", "bệnh viện"), is_part("hộ nghèo", "hộ")
    (True, False, True)
    """
    return narrow.startswith(f"{wide} ") or narrow in parts().get(wide, frozenset())


def is_worker_of(narrow: str, wide: str) -> bool:
    """Whether one wording names an occupation and the other whoever works.

    >>> is_worker_of("thợ hàn", "lao động"), is_worker_of("kỹ sư", "nhân lực"), is_worker_of("lao động", "thợ hàn")
    (True, True, False)
    """
    workers = _data()["workers"]
    if wide not in workers or narrow.startswith(tuple(workers)):
        return False
    words = narrow.split()
    heads = [" ".join(words[:length]) for length in range(1, len(words) + 1)]
    return not set(heads) & set(_data()["not_workers"]) and any(map(counts_people, heads))


def higher_rank(term: str) -> bool:
    """Whether a term is a rank above those of a province.

    >>> higher_rank("cấp quốc gia"), higher_rank("cấp tỉnh")
    (True, False)
    """
    return term in _data()["higher_ranks"]


@lru_cache(maxsize=1)
def _groups() -> dict[str, list[tuple[int, int]]]:
    out: dict[str, list[tuple[int, int]]] = {}
    for number, entry in enumerate(_data()["apart"]):
        for place, forms in enumerate(entry["groups"]):
            for form in forms:
                out.setdefault(form, []).append((number, place))
    return out


def are_apart(one: str, other: str) -> bool:
    """Whether two terms exclude each other.

    >>> are_apart("công lập", "tư thục"), are_apart("công lập", "mầm non"), are_apart("lao động nông thôn", "đô thị")
    (True, False, True)
    """
    first, second = _groups_of(one), _groups_of(other)
    if not first or not second:
        return False
    theirs = dict(second)
    return any(number in theirs and theirs[number] != place for number, place in first)


@lru_cache(maxsize=8192)
def _groups_of(term: str) -> list[tuple[int, int]]:
    """The groups of a term, or of the longest qualifier at its end: ``nông thôn`` of ``lao động nông thôn``."""
    groups, rest = _groups(), term
    while rest not in groups and " " in rest:
        rest = rest.partition(" ")[2]
    return groups.get(rest, [])


@lru_cache(maxsize=1)
def _things() -> re.Pattern[str]:
    return re.compile(any_word(load("terms")["things"]))


def other_things(one: str, other: str) -> bool:
    """Whether two wordings name things of which none is the other, by their nouns.

    >>> other_things("công viên", "vườn hoa"), other_things("cầu yếu", "cầu hẹp"), other_things("hộ nuôi ong", "chợ")
    (True, False, False)
    """
    nouns = [_things().match(text) for text in (one, other)]
    return None not in nouns and len({noun.group() for noun in nouns if noun}) == 2


def excludes_others(term: str) -> bool:
    """Whether a term is one of a set that exclude each other."""
    return term in _groups()


def covering(terms: Iterable[str], whole: str) -> tuple[str, ...]:
    """Those of some terms that exclude each other and are together all there is of ``whole`` (``""``: of anything).

    >>> covering(["nông thôn", "nghèo", "đô thị"], "người dân"), covering(["tiểu học", "trung học cơ sở"], "phổ thông")
    (('nông thôn', 'đô thị'), ())
    """
    some = sorted(terms)
    for entry in _data()["apart"]:
        wholes = entry.get("whole", ())
        if whole in wholes or "" in wholes:
            found = [next((term for term in some if term in group), "") for group in entry["groups"]]
            if all(found):
                return tuple(sorted(found))
    return ()


def cover_whole(terms: frozenset[str], whole: str) -> bool:
    """Whether terms that exclude each other are together all there is of ``whole``, and nothing else.

    >>> cover_whole(frozenset({"đô thị", "nông thôn"}), "người dân")
    True
    >>> cover_whole(frozenset({"hộ nghèo", "hộ cận nghèo"}), "hộ")
    False
    """
    return terms == frozenset(covering(terms, whole)) and bool(terms)


@lru_cache(maxsize=1)
def idle() -> frozenset[str]:
    """Words that narrow nothing."""
    return frozenset(_data()["idle"]) | SEPARATORS


@lru_cache(maxsize=1)
def shifters() -> frozenset[str]:
    """Words before a noun that make it another thing."""
    return frozenset(_data()["shifters"])


@lru_cache(maxsize=1)
def _short_of() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{any_word(load('terms')['short_of'])}|được {urging()})[\s,;]*(?:và )?)+")


def stops_short(terms: tuple[str, ...]) -> bool:
    """Whether terms say nothing but deeds before another deed that stop short of it.

    >>> stops_short(("đăng ký",)), stops_short(("đăng ký", "đất đai")), stops_short(("được", "vận", "động"))
    (True, False, True)
    >>> stops_short(("đăng ký", "tham gia")), stops_short(("tham gia",)), stops_short(("đăng ký", "xây dựng"))
    (True, False, True)
    >>> stops_short(("lập", "danh mục", "để")), stops_short(("để",))
    (True, False)
    """
    said = " ".join(t for t in terms if not t.startswith("<")).replace(" ,", ",").strip(" ,")
    if said.endswith(_AIMS):  # "lập danh mục để [gia cố]"
        return True
    return _short_of().fullmatch(_BEGUN.sub("", said)) is not None


#: "Đăng ký tham gia", "lập kế hoạch thực hiện", "phát động xây dựng": the deed itself is no more than its name.
_BEGUN = re.compile(r"(?: (?:tham gia|thực hiện|triển khai|xây dựng))+\Z")
#: Words behind which a deed is no more than what another one is done for.
_AIMS = (" để", " nhằm", " tiến tới", " hướng tới")


@lru_cache(maxsize=1)
def _provides() -> frozenset[str]:
    return frozenset(_alike().get(word, word) for word in load("terms")["provides"])


def provides(terms: tuple[str, ...]) -> bool:
    """Whether terms only say that somebody has a thing.

    >>> provides(("được", "trang bị")), provides(("được", "kiểm định"))
    (True, False)
    """
    return bool(_provides() & set(terms)) and all(t in _provides() or t in idle() for t in terms)


@lru_cache(maxsize=1)
def _ceasing() -> frozenset[str]:
    return frozenset(word for deed in load("terms")["ceases"] for word in tokens(deed) if word not in idle())


def ceases(terms: tuple[str, ...]) -> bool:
    """Whether terms only say that a thing is no longer there.

    >>> ceases(("xóa", "toàn bộ")), ceases(("ngừng", "hoạt động")), ceases(("ngừng", "thuốc"))
    (True, True, False)
    """
    said = [term for term in terms if term not in idle() and term not in _TO_THE_END]
    return bool(said) and _ceasing().issuperset(said)


#: How thoroughly a thing is done away with; gone it is either way.
_TO_THE_END = frozenset({"dứt điểm", "triệt để", "hoàn toàn"})


@lru_cache(maxsize=1)
def urging() -> str:
    """The pattern of deeds by which others are moved to act, joined by commas or ``và``."""
    deed = any_word(load("terms")["urges"])
    return rf"{deed}(?:(?:,? và|,)?\s+{deed})*"


def is_urging(terms: tuple[str, ...]) -> bool:
    """Whether terms say nothing but deeds by which others are moved to act; how strongly they bind is told apart.

    >>> is_urging(("tuyên truyền", ",", "vận động")), is_urging(("vận động", "viên"))
    (True, False)
    """
    said = " ".join(terms).replace(" ,", ",").strip(" ,")
    return re.fullmatch(urging(), said) is not None


@lru_cache(maxsize=1)
def frames() -> frozenset[str]:
    """Words that only say what is measured."""
    return frozenset(_data()["frames"])


@lru_cache(maxsize=1)
def verbs() -> frozenset[str]:
    """Words with which a predicate begins."""
    return frozenset(_data()["verbs"])


def ages() -> dict[str, list[float]]:
    """Terms that stand for an age."""
    found: dict[str, list[float]] = _data()["ages"]
    return found


@lru_cache(maxsize=1)
def by_age() -> frozenset[str]:
    """Nouns for people by their age alone."""
    return frozenset(_data()["by_age"])


@lru_cache(maxsize=1)
def _alike() -> dict[str, str]:
    out = {form: forms[0] for forms in _data()["alike"] for form in forms}
    for entry in load("synonyms")["synonym"]:  # what the first word is read as already stands for all of them
        one = next((out[word] for word in entry["words"] if word in out), entry["words"][0])
        out |= {word: out.get(word, one) for word in entry["words"]}
    for pair, *_ in _data()["either"]:
        one, other = pair.split(", ")
        out |= dict.fromkeys((f"{other}, {one}", f"{one} và {other}", f"{other} và {one}"), pair)
    return out


def read_as(term: str) -> str:
    """The word that stands for all of one meaning.

    >>> read_as("lắp đặt"), read_as("áo cứu sinh"), read_as("nhà thờ")
    ('trang bị', 'áo phao', 'nhà thờ')
    """
    return _alike().get(term, term)


@lru_cache(maxsize=1)
def _alike_words() -> re.Pattern[str]:
    return re.compile(any_word(_alike()))


def as_one(text: str) -> str:
    """A folded wording in which words of one meaning are one.

    >>> as_one("lắp camera ở cơ sở hạ tầng")
    'trang bị camera ở hạ tầng'
    """
    known = _alike()
    return _alike_words().sub(lambda match: known[match.group()], text)


@lru_cache(maxsize=1)
def either() -> tuple[tuple[str, frozenset[str]], ...]:
    """Pairs of words written as one, each with the words that say the same by themselves."""
    return tuple((_alike().get(words[0], words[0]), frozenset(words[1:])) for words in _data()["either"])


def said_anyway() -> list[tuple[str, str, str]]:
    """(qualified noun, noun, wording of the predicate beside which the qualifier narrows nothing)."""
    return [(one, other, beside) for one, other, beside in _data()["said_anyway"]]


#: "Thẻ an toàn nhóm 3": the figure says which one; "nhóm 3 nước" counts.
_CALLED = (
    r"{noun} (?:\d{{1,2}}|vi|iv|iii|ii|i|v|[a-e])(?=\s*(?:\Z|[,;()<]"
    r"|(?:và|hoặc|trở|được|có|đạt|phải|của|tại|ở|trên|trong|là|thuộc|theo|bị)(?!\w)))"
)


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    data = _data()
    known: set[str] = set()
    for entry in load("parts")["wider"]:
        known |= {entry["term"], *entry["parts"]} if "parts" in entry else set()
    for entry in data["apart"]:
        known |= {form for forms in entry["groups"] for form in forms}
    for name in ("welded", "shifters", "frames", "verbs", "idle", "by_age"):
        known |= set(data[name])
    known |= set(load("populations")["administrative"]) | set(_alike()) | {w for ws in data["either"] for w in ws}
    known |= {word for entry in load("deeds")["deed"] for word in entry["words"]}
    several = any_word(word for word in known if re.search(r"\W", word))
    return re.compile(
        rf"<[^<>]+>|{_CALLED.format(noun=any_word(data['called']))}|{several}|(?:không|chưa|phi) \w+|\w+|[,;]"
    )


@lru_cache(maxsize=1)
def _shared() -> list[tuple[re.Pattern[str], re.Pattern[str], str]]:
    out = []
    for entry in _data()["shared"]:
        kinds = any_word(entry["kinds"])
        joint = r"(?:\s*,\s*(?:và\s+)?|\s+(?:và|hoặc)\s+)"
        whole = re.compile(rf"{any_word(entry['forms'])}\s+{kinds}(?:{joint}{kinds})*(?!\s+(?:mới|nâng cao))")
        out.append((whole, re.compile(kinds), entry["head"]))
    return out


@lru_cache(maxsize=1)
def _said_once() -> re.Pattern[str]:
    """The nouns of which one may be said once for several kinds."""
    return re.compile(any_word(form for entry in _data()["shared"] for form in entry["forms"]))


def spread(text: str) -> str:
    """A folded wording in which a noun that is said once for several kinds stands before each of them.

    >>> spread("cơ sở giáo dục mầm non, tiểu học"), spread("hộ nghèo và cận nghèo")
    ('trường mầm non, trường tiểu học', 'hộ nghèo và hộ cận nghèo')
    """
    for whole, kind, head in _shared() if _said_once().search(text) else ():

        def each(match: re.Match[str], kind: re.Pattern[str] = kind, head: str = head) -> str:
            first = kind.search(match.group())
            start = first.start() if first else 0
            return kind.sub(lambda one: f"{head} {one.group()}", match.group()[start:])

        text = whole.sub(each, text)
    return text


def tokens(text: str) -> tuple[str, ...]:
    """A folded wording as terms; ``;`` counts as a comma, other marks as nothing.

    >>> tokens("doanh nghiệp nhỏ và vừa, hợp tác xã (mới)")
    ('doanh nghiệp nhỏ và vừa', ',', 'hợp tác xã', 'mới')
    >>> tokens("thẻ nhóm 3"), tokens("nhóm 3 nước")
    (('thẻ', 'nhóm 3'), ('nhóm', '3', 'nước'))
    """
    return _tokens(text)


def _read_tokens(text: str) -> tuple[str, ...]:
    alike = _alike()
    return tuple(["," if word == ";" else alike.get(word, word) for word in _words().findall(text)])


#: The wordings of targets are read again where a subject is set right, and with each other document.
_tokens = remembered(_read_tokens)


@lru_cache(maxsize=8192)
def words_of(term: str) -> frozenset[str]:
    """The words that a term is made of.

    >>> sorted(words_of("hộ cận nghèo"))
    ['cận', 'hộ', 'nghèo']
    """
    return frozenset(_WORD.findall(term))


_WORD = re.compile(r"\w+")


def _one(word: str) -> str:
    return "," if word == ";" else _alike().get(word, word)


def row(head: str, tail: str) -> tuple[tuple[str, ...], int]:
    """The terms of two wordings that stand one after the other, and how many begin in the first.

    >>> row("diện tích rừng", "trồng có chủ")
    (('diện tích', 'rừng trồng', 'có', 'chủ'), 2)
    """
    found = [(m.start(), _one(m.group())) for m in _words().finditer(f"{head.rstrip()} {tail.lstrip()}")]
    return tuple(word for _, word in found), sum(start < len(head.rstrip()) for start, _ in found)
