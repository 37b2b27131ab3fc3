"""Is a target of the parent owed by this child at all?

A resolution speaks to a whole country; a plan of one province for one field owes a part of it.  What the child leaves
out is judged by these rules, in this order, the first that fits:

1. assigned to a body that the child has no counterpart of: ``other_body``;
2. due after the last year that title and chapter headings of the child name: ``later_period``;
3. addressed to the country (a rank among nations, a share of GDP, a sum for the whole country), the child being a
   part of it: ``national``; a complete coverage (``phủ sóng toàn quốc``) is owed by every place;
4. of a named place or region that is not the child's: ``other_place``;
5. of places of a kind that the text picks without naming them: ``unclear``;
6. the child carries out the whole parent, or the target names the parent's whole field: ``binding``;
7. by the field that title and chapters of the child name: ``binding``, ``unclear`` or ``other_subject``.

A child without title and headings (a fragment) owes all that the first five rules leave.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from doichieu.comparison.authorities.counterparts import answers_for
from doichieu.comparison.authorities.territory import LEVELS, Standing, level_of_body, places_in, standing_of
from doichieu.comparison.meaning.surroundings import NOTHING, Surroundings
from doichieu.comparison.owed.severity import severity_of
from doichieu.comparison.pairing.likeness import content_words, plain
from doichieu.lexicon import load
from doichieu.lexicon.families import DISTRICT, LEVEL, PROVINCE
from doichieu.model import Applicability, Comparison, Deviation, Document, Target
from doichieu.naming import document_name, shown
from doichieu.text import any_word, fold
from doichieu.text.memory import Last, Pairs

#: Share of a target's words that one clause of the child must hold for the child's text to treat its subject, and from
#: which it touches it.  Measured on 68 omitted targets of three pairs that were judged by reading.
TREATS = 0.62
TOUCHES = 0.34


class Address(NamedTuple):
    """To whom a target is addressed, and the sentence that says why."""

    state: Applicability
    reason: str


def addressed(
    found: list[Deviation], child: Document, parent: Document, around_parent: dict[str, Surroundings]
) -> list[Deviation]:
    """The findings with what is owed of them; an omitted target that is not is never serious."""
    judge = _judge(child, parent, around_parent)
    targets = {t.target_id: t for t in parent.targets}
    out = []
    for deviation in found:
        target = targets.get(deviation.parent_target_id)
        if target is None:
            out.append(deviation)
        elif "omitted" not in deviation.kinds:
            out.append(replace(deviation, applicability="binding"))
        else:
            state, reason = judge.address(target)
            severity, general = severity_of(deviation.kinds, deviation.declared, applicability=state)
            told = f"{general}: {reason}" if reason else general
            out.append(replace(deviation, applicability=state, severity=severity, severity_reason=told))
    return out


def states(comparison: Comparison, around_parent: dict[str, Surroundings]) -> dict[str, str]:
    """What is owed of each target of the parent if nothing answers it, by its id, where that is not simply all."""
    if comparison.parent is None:
        return {}
    known = {d.parent_target_id: d.applicability for d in comparison.deviations if "omitted" in d.kinds}
    judge = _judge(comparison.child, comparison.parent, around_parent)
    found = {t.target_id: known.get(t.target_id) or judge.address(t).state for t in comparison.parent.targets}
    return {key: state for key, state in found.items() if state != "binding"}


class _Judge:
    """The two documents of a comparison, ready for the questions of :func:`addressed`."""

    def __init__(self, child: Document, parent: Document, around: dict[str, Surroundings]) -> None:
        self.child, self.parent, self.around = child, parent, around
        self.here: Standing = standing_of(child)
        self.above: Standing = standing_of(parent)
        self.field = _Field(child, parent, self.here, self.above)
        self.whole = carries_out_whole(child, parent, self.here)
        self.bodies = frozenset(a.agency for a in child.assignments) | {child.info.issuer}
        self.before = _before(parent)
        self._told: dict[str, Address] = {}

    def address(self, target: Target) -> Address:
        """To whom one target of the parent is addressed."""
        told = self._told.get(target.target_id)
        if told is None:
            told = self._told[target.target_id] = self._address(target)
        return told

    def _address(self, target: Target) -> Address:
        text = self._text(target)
        leader = self.before.get(target.target_id)
        if leader is not None:
            above = self.address(leader)
            if above.state != "binding":
                return Address(above.state, f"là phần của chỉ tiêu “{shown(leader.quote, 90)}”: {above.reason}")
        for rule in (self._other_body, self._later, self._national, self._other_place, self._selected):
            found = rule(target, text)
            if found is not None:
                return found
        if self.whole:
            return Address("binding", "")
        return self.field.address(target, text)

    def _text(self, target: Target) -> str:
        stretch = self.around.get(target.target_id, NOTHING).stretch
        rest = re.split(r"[,;.:\n]", self.parent.source.text[target.char_end : target.char_end + 80])[0]
        own = f"{target.quote}{rest} . {target.subject} . {target.indicator} . {' . '.join(target.scope)}"
        return f"{own} . {stretch}" if len(stretch) <= len(target.quote) + 60 else own

    def _other_body(self, target: Target, text: str) -> Address | None:
        for body in self._assigned(target):
            folded = fold(body)
            if (
                any(re.match(re.escape(word) + r"(?!\w)", folded) for word in load("applicability")["localities"])
                or any(answers_for(body, own) for own in self.bodies if own)
                or _is_level(body, self.here.level)
            ):
                return None
        bodies = self._assigned(target)
        if not bodies:
            return None
        return Address(
            "other_body", f"giao cho {', '.join(bodies[:2])}, {document_name(self.child)} không có cơ quan này"
        )

    def _assigned(self, target: Target) -> list[str]:
        if target.lead_agency:
            return [target.lead_agency]
        return list(
            dict.fromkeys(
                a.agency
                for a in self.parent.assignments
                if a.clause_id == target.clause_id
                and a.role in ("chu_tri", "thuc_hien", "lanh_dao")
                and a.char_start <= target.char_start < a.char_end
            )
        )

    def _later(self, target: Target, text: str) -> Address | None:
        last = self.here.last_year
        if not last or not target.deadline or target.deadline_operator == ">=" or int(target.deadline[:4]) <= last:
            return None
        return Address(
            "later_period",
            f"thời hạn năm {target.deadline[:4]}, sau thời kỳ của {document_name(self.child)} (đến năm {last})",
        )

    def _national(self, target: Target, text: str) -> Address | None:
        if self.above.level not in ("", LEVELS[0]) or self.here.level == LEVELS[0]:
            return None
        why = national(text, complete=_complete(target))
        return Address("national", why) if why else None

    def _other_place(self, target: Target, text: str) -> Address | None:
        named = places_in(text)
        own = self.here.places | self.above.places
        if self.here.places and not any(place.name in own for place in named):
            depth = LEVELS.index(self.here.level) if self.here.level else len(LEVELS)
            foreign = [place for place in named if LEVELS.index(place.level) <= depth]
            if foreign and len(foreign) == len(named):
                return Address("other_place", f"đặt ra cho {', '.join(_place_words(text)[:3])}")
        return self._region(text)

    def _region(self, text: str) -> Address | None:
        folded = fold(text)
        if self.here.level == LEVELS[0]:
            return None
        for pattern, name, provinces in _regions():
            if not pattern.search(folded):
                continue
            if not self.here.places:
                return Address("unclear", f"đặt ra cho vùng {name}, chưa rõ địa bàn của văn bản")
            if not self.here.places & provinces:
                return Address("other_place", f"đặt ra cho vùng {name}")
        return None

    def _selected(self, target: Target, text: str) -> Address | None:
        if self.here.level == LEVELS[0]:
            return None
        folded = fold(text)
        for pattern in _picking():
            match = pattern.search(folded)
            if match:
                return Address("unclear", f"chỉ đặt ra cho “{match.group()}”, không nêu tên")
        return None


#: The findings of a pair and the page that shows them ask the same of it.
_judge: Pairs[_Judge] = Pairs(_Judge, most=4)


def _place_words(text: str) -> list[str]:
    return list(dict.fromkeys(place.name.title() for place in places_in(text)))


def _is_level(body: str, level: str) -> bool:
    """Whether a body is named by the child's own level: ``UBND cấp xã``, ``các huyện ủy``."""
    return (
        bool(level) and level_of_body(body) == level and re.search(r"(?<!\w)(?:cấp|các)(?!\w)", fold(body)) is not None
    )


def _before(parent: Document) -> dict[str, Target]:
    """For each target that is a part (``trong đó``) the target before it in its clause, of which it is a part."""
    out: dict[str, Target] = {}
    text = parent.source.text
    last: Target | None = None
    for target in parent.targets:
        if last is not None and last.clause_id == target.clause_id and last.char_end <= target.char_start:
            between = fold(text[last.char_end : target.char_start])
            if re.fullmatch(r"[\s,;(]*trong (?:đó|số đó)[\s,:]*(?:có )?", f"{between} ") or re.match(
                r"trong đó", fold(target.quote)
            ):
                out[target.target_id] = last
        last = target
    return out


@lru_cache(maxsize=1)
def _regions() -> list[tuple[re.Pattern[str], str, frozenset[str]]]:
    """The regions of the country: how each is named, its first name, its provinces."""
    return [
        (
            re.compile(r"vùng " + any_word(entry["names"]).replace(r"(?<!\w)", "")),
            entry["names"][0],
            frozenset(entry["provinces"]),
        )
        for entry in load("applicability")["region"]
    ]


@lru_cache(maxsize=1)
def _picking() -> list[re.Pattern[str]]:
    """Words that pick places of a kind without naming them."""
    return [re.compile(entry["pattern"]) for entry in load("applicability")["select"]]


@lru_cache(maxsize=1)
def _national_rules() -> list[tuple[re.Pattern[str], str, bool]]:
    return [(re.compile(e["pattern"]), str(e["why"]), bool(e.get("sum"))) for e in load("applicability")["nation"]]


def national(text: str, *, complete: bool = False) -> str:
    """Why a wording is addressed to the country as a whole; empty where it is not.

    >>> national("nằm trong nhóm 40 quốc gia đứng đầu"), national("phủ sóng toàn quốc", complete=True)
    ('thứ hạng của quốc gia', '')
    """
    folded = fold(text)
    for pattern, why, summed in _national_rules():
        if pattern.search(folded) and not (summed and complete) and not (summed and _RANKED_IN.search(folded)):
            return why
    return ""


@lru_cache(maxsize=1)
def _central_rules() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(entry["pattern"]), entry["why"]) for entry in load("applicability")["central"]]


def central_task(text: str) -> str:
    """Why only a body of the whole country can do a task; empty where a place can do its part.

    >>> central_task("Thành lập Quỹ bảo tồn tê tê quốc gia"), central_task("Thành lập quỹ khuyến học của tỉnh")
    ('cơ quan, thiết chế của quốc gia', '')
    """
    folded = fold(text)
    return next((why for pattern, why in _central_rules() if pattern.search(folded)), "")


#: A rank of provinces or communes in the country is theirs.
_RANKED_IN = re.compile(
    rf"(?:địa phương|{LEVEL})[^.;]{{0,40}}(?:dẫn đầu|đứng đầu|trung bình|khá|hàng đầu)[^.;]{{0,20}}"
    r"(?:cả nước|toàn quốc)"
    r"|(?:bằng|cao hơn|thấp hơn|so với|mức)[^.;]{0,30}(?:cả nước|toàn quốc)"
)


def _complete(target: Target) -> bool:
    """Whether a target asks for all: what holds of all of a country holds of each part."""
    if target.value is None:
        return True
    return target.unit == "%" and target.value >= 100


def carries_out_whole(child: Document, parent: Document, here: Standing | None = None) -> bool:
    """Whether the child's title says that it carries out the parent, or is about the same field; true too where the
    child names no field at all."""
    here = here or standing_of(child)
    title, number = fold(here.title), fold(parent.info.number)
    if number and number in title and re.search(r"thực hiện|triển khai|thi hành|cụ thể hóa", title):
        return True
    own, other = content_words(plain(here.title)), content_words(plain(parent.info.title))
    if not own and not here.chapters:
        return True
    return bool(other) and sum(1 for w in other if w in own) >= 0.75 * len(other)


def _count_clauses(document: Document) -> tuple[int, Counter[str]]:
    texts = [content_words(plain(c.text)) for c in document.clauses if c.leaf]
    return len(texts), Counter(chain.from_iterable(texts))


#: How many clauses a parent has, and in how many of them each word stands; a parent is asked for with each child.
_clauses_with = Last(_count_clauses)


class _Field:
    """What the child is about: the phrases of its title and chapters, and what its clauses treat."""

    def __init__(self, child: Document, parent: Document, here: Standing, above: Standing) -> None:
        self._name = document_name(child)
        self._title = shown(here.title, 120)
        self._phrases = _phrases(here.title)
        self._chapters = [phrase for chapter in here.chapters for phrase in _phrases(chapter)]
        self._parent_phrases = _phrases(above.title)
        clauses = [
            c for c in child.clauses if c.leaf and c.kind not in ("header", "preamble", "recipient", "signature")
        ]
        self._clauses: dict[str, list[int]] = defaultdict(list)  # the clauses of the child by their words
        for number, clause in enumerate(clauses):
            for word in content_words(plain(clause.text)):
                self._clauses[word].append(number)
        above_all, self._above = _clauses_with(parent)
        self._all = len(clauses) + above_all

    def address(self, target: Target, text: str) -> Address:
        """Whether the target lies in the field."""
        folded = fold(text)
        if self._parent_phrases and all(phrase in folded for phrase in self._parent_phrases):
            return Address("binding", "")
        if any(phrase in folded for phrase in self._phrases):
            return Address("binding", "")
        held = self._held(content_words(plain(target.quote)))
        near = [phrase for phrase in self._chapters if _named(phrase, folded)]
        about = f"“{self._title}”" if self._title else "tên các phần của văn bản"
        subject = f"“{shown(target.subject or target.quote, 90)}”"
        if held >= TREATS:
            return Address("binding", "")
        if any(phrase.count(" ") >= 2 and phrase in folded for phrase in near):
            return Address("binding", "")
        if any(fold(target.subject) == " ".join(phrase.split()[:2]) for phrase in near):
            return Address("binding", "")  # a chapter is on the whole population: "Doanh nghiệp số" on "doanh nghiệp"
        if held < TOUCHES and not near:
            return Address("other_subject", f"{subject} nằm ngoài lĩnh vực mà {self._name} xác định ({about})")
        beside = f"gần với phần “{near[0]}”" if near else "có nội dung gần"
        return Address("unclear", f"chưa rõ {subject} có thuộc lĩnh vực {about} không; {self._name} {beside}")

    def _held(self, wanted: Counter[str]) -> float:
        """The greatest share of some words that one clause of the child holds, by their weight."""
        whole = 0.0
        shares: dict[int, float] = defaultdict(float)
        for word in wanted:
            own = self._clauses.get(word, ())
            weight = math.log(1 + self._all / max(1, len(own) + self._above.get(word, 0)))
            whole += weight
            for clause in own:
                shares[clause] += weight
        return max(shares.values(), default=0.0) / whole if whole else 0.0


def _named(phrase: str, folded: str) -> bool:
    """Whether a chapter names what the target is about, by its whole phrase or the head of it."""
    head = " ".join(phrase.split()[:2])
    return head in folded and re.search(rf"(?<!\w){re.escape(head)}(?!\w)", folded) is not None


@lru_cache(maxsize=512)
def _phrases(title: str) -> tuple[str, ...]:
    """The fields that a title or heading names.

    >>> _phrases("PHÁT TRIỂN KINH TẾ BIỂN VÀ DU LỊCH TỈNH HÒA AN GIAI ĐOẠN 2026 - 2030")
    ('kinh tế biển', 'du lịch')
    """
    text = fold(title)
    text = re.sub(r"\([^()]*\)|\A[\W\d]*(?:[ivxlc]+[.)-])?[\d.\W]*", " ", text)
    text = re.split(rf"(?<!\w)(?:trên địa bàn|{PROVINCE}|{DISTRICT}|giai đoạn|đến năm|năm \d|nhiệm kỳ)(?!\w)", text)[0]
    parts = re.split(r"[,;:.]|\s[-–]\s|(?<!\w)(?:và|về|của|cho|trong|gắn với|theo)(?!\w)", text)
    heads = re.compile(r"\A\s*(?:" + any_word(load("applicability")["head"]) + r"\s*)+")
    out = []
    for part in parts:
        words = " ".join(re.findall(r"[^\W\d]\w*", heads.sub("", part)))
        if words.count(" ") >= 1:
            out.append(words)
    return tuple(dict.fromkeys(out))


__all__ = ["Address", "addressed", "carries_out_whole", "national"]
