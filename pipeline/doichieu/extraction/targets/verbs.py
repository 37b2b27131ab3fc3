"""Verbs that may open a predicate: the words of a clause that are verbs there, and no part of a name or a noun."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.extraction.targets.deeds_of_people import deeds_of_people
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word
from doichieu.text.sieve import Sieve


class Verb(NamedTuple):
    """A word that may open the predicate; ``relative`` when it may also stand in a relative clause."""

    start: int
    end: int
    word: str
    relative: bool


BRACKET = re.compile(r"\(([^()]{1,200})\)")
#: Openers that join a noun phrase to a verb whatever stands before them.
ALWAYS = frozenset(
    {"được", "có", "đạt", "là", "không", "chưa", "phải", "đều", "chiếm", "thuộc", "đủ", "còn", "bị", "đang", "đã", "sẽ"}
)
#: Behind ``được`` these say that somebody is able to do what stands before it.
_ABLE = re.compile(r"\s*(?:\Z|(?:bằng|tại|ở|từ|trên|theo|và|ít nhất|tối thiểu)\s|\d|,)")
NEXT_WORDS = 5  # characters between two verbs that are not one: "có | biết"
#: "giấy tờ do cơ quan nhà nước | ban hành": by whom, within the noun phrase.
BY_WHOM = re.compile(r"(?<=\w)\sdo (?:các |những )?[^,;]{2,50}\Z")
_BY_OWNER = re.compile(rf"(?<=\w)\sdo (?:các |những )?[^,;]{{2,50}}\s(?:{words_of('deed_of_an_owner')})\Z")
_OWNS = re.compile(rf"(?:{words_of('deed_of_an_owner')})(?!\w)")
#: An exception between commas: "cụm công nghiệp, trừ cụm làng nghề, có công trình xử lý".
_EXCEPTED = re.compile(r",\s+(?:trừ|ngoại trừ|không bao gồm|không kể|không tính)\s[^,;]{2,100},", re.IGNORECASE)
#: These begin anew even right behind another verb: "được phát hiện | được tiếp cận".
_FRESH = frozenset({"được", "có", "phải", "đạt", "đều"})
_JOINS = (",", " và", " hoặc", " hoặc là")
#: A body that bears two deeds in its name: "tổ tiết kiệm và | vay vốn", "quỹ hỗ trợ và | phát triển".
_TWO_DEEDS = r"(?:\A|\s)(?:tổ|quỹ|ban|đội|phòng|sở|trung tâm|chi cục|cục)\s[^\W\d_]+\s[^\W\d_]+ và\s*"
_BODY_OF_TWO = re.compile(rf"{_TWO_DEEDS}\Z")
#: … and with its whole name: behind it a predicate begins, whatever its last word is.
_BODY_NAMED = Sieve(rf"{_TWO_DEEDS}[^\W\d_]+\s[^\W\d_]+\Z")
_LEVELS = ("trọng điểm", "trung học cơ sở", "y tế cơ sở", "cấp cơ sở", "sở, ngành", "ban, ngành", "bộ, ngành")
_ADVERBS = frozenset({"trực tiếp", "chủ động", "tích cực", "kịp thời", "tự nguyện"})
#: What people do, and no term with the word for them: "cán bộ | đáp ứng tiêu chuẩn".
_OF_PEOPLE = frozenset({"đáp ứng", "hoàn thành", "nắm vững", "trở thành", "đoạt", "chấp hành"})
_PEOPLE = ("cán bộ", "người", "đội ngũ", "nhóm", "đầu tư")
_STUDIES = re.compile(r"học\s+(?:\Z|\d|hòa nhập|lên|tại|ở|ít nhất|tối thiểu|từ|đủ|trực tuyến|tiếp)")
#: Verbs that are also nouns: behind a comma or ``và`` they continue a list.
_NOMINAL = frozenset(
    {
        "tổ chức",
        "xây dựng",
        "sử dụng",
        "xử lý",
        "kết nối",
        "vận hành",
        "thực hiện",
        "hoạt động",
        "đánh giá",
        "đưa",
        "chuyển đổi",
    }
)


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    data = load("predicates")
    starters = re.compile(any_word([*data["starters"], *data["relative"], *data["relative_verbs"], *data["closers"]]))
    blocked = re.compile(any_word([*data["not_starters"], *data["compounds"]]))
    relative = re.compile(any_word([*data["relative"], *data["relative_verbs"]]))
    closers = re.compile(any_word(data["closers"]))
    return starters, blocked, relative, closers, tuple(" " + word for word in data["noun_makers"])


def opens_as_noun(lowered: str) -> bool:
    """Whether a wording opens with a verb that is also a noun: ``hoạt động trao đổi thông tin``."""
    return any(lowered.startswith(word + " ") for word in _NOMINAL)


#: Whom above all, between commas: "hộ dân sống trong vùng đệm, ưu tiên hộ nghèo, có thu nhập".
_EMPHASISED = re.compile(
    r",\s+(?:ưu tiên|nhất là|đặc biệt là|trước hết là|trong đó ưu tiên)\s[^,;]{2,80},(?=\s+(?:có|được|đạt|phải|đều|tham"
    r" gia|sử dụng)\s)",
    re.IGNORECASE,
)
#: A condition between commas: "công dân thường trú tại xã, đủ điều kiện, được cấp thẻ".
_CONDITION = re.compile(
    r",\s+(?:đủ|chưa|không|thuộc|đang|bị|còn|mắc|sống|từ đủ|có (?:nhu cầu|nguyện vọng|hoàn cảnh|khả năng|đủ|đơn)|do)\s"
    r"[^,;:%]{2,80},(?=\s+(?:được|có|phải|đều|đạt|tham gia|sử dụng|biết)\s)"
)


def masked(text: str) -> str:
    """``text`` with its brackets and the exceptions and conditions between its commas blanked out, at the same
    length."""
    text = BRACKET.sub(lambda m: " " * len(m.group()), text)
    text = _CONDITION.sub(lambda m: " " * len(m.group()), text) if text.count(",") > 1 else text
    text = _EMPHASISED.sub(lambda m: " " * len(m.group()), text)
    return _EXCEPTED.sub(lambda m: " " * len(m.group()), text)


def fixed_terms(text: str) -> list[tuple[int, int]]:
    """Where ``text`` (lower case) has terms whose verb is no verb: ``rừng trồng``, ``công lập``."""
    return [m.span() for m in _words()[1].finditer(text)]


#: Who does it by profession: "chấp hành | viên", "tuyên truyền | viên".
_AGENT = re.compile(r" viên(?! chức)(?!\w)")


def _says_how(text: str, match: re.Match[str], *, after_verb: bool) -> bool:
    """Whether a word only says how, with nothing behind it (``rác thải chôn lấp trực tiếp``), or that somebody is able
    to (``khám, chữa bệnh được bằng thẻ``, ``đã xác định được``)."""
    if match.group() == "được":
        return after_verb and _ABLE.match(text, match.end()) is not None
    return match.group() in _ADVERBS and not text[match.end() :].strip()


def verbs_of(text: str, *, from_start: bool) -> list[Verb]:
    """The words of ``text`` (lower case, without brackets) that may open a predicate, in order."""
    starters, _, relative, _, makers = _words()
    stops = fixed_terms(text)
    out: list[Verb] = []
    for match in starters.finditer(text):
        start, word = match.start(), match.group()
        if (start == 0 and not from_start) or any(a <= start < b for a, b in stops):
            continue
        if out and start - out[-1].end <= 1 and word not in _FRESH and not owners_deed(text, out[-1]):
            continue  # "đã được | số hóa": one verb
        if _says_how(text, match, after_verb=bool(out)) or _AGENT.match(text, match.end()):
            continue
        before = text[:start].rstrip()
        named = start - len(before) <= NEXT_WORDS and (" " + before).endswith(makers) and _belongs(before, word)
        if (start > 0 and word.split()[0] not in ALWAYS and named) or (
            word == "học" and not _STUDIES.match(text, start)
        ):
            continue
        if (start > 0 and _goes_on_name(before, word)) or before.endswith("-"):
            continue
        out.append(Verb(start, match.end(), word, relative.fullmatch(word) is not None or word == "là"))
    return _with_deeds(text, out, stops)


def _with_deeds(text: str, known: list[Verb], stops: list[tuple[int, int]]) -> list[Verb]:
    """The verbs with those that only who acts before them makes verbs; a verb that is known stands."""
    deeds = [
        Verb(start, end, text[start:end], relative=False)
        for start, end in deeds_of_people(text)
        if not any(a <= start < b for a, b in stops) and not any(v.start < end and start < v.end for v in known)
    ]
    return sorted([*known, *deeds]) if deeds else known


def _belongs(before: str, word: str) -> bool:
    """Whether a word goes with the noun right before it: not with a level, nor with people or a body's whole name; with
    none where no noun is made with the word (``chợ | chấp nhận``)."""
    if before.endswith(_LEVELS) or (word in _OF_PEOPLE and before.endswith(_PEOPLE)):
        return False
    if word in load("predicates")["in_no_name"] or _BY_OWNER.search(before) is not None:
        return False
    return _BODY_NAMED.search(before) is None


def _goes_on_name(before: str, word: str) -> bool:
    """Whether a word goes on a list of nouns, or the name of a body: ``tổ tiết kiệm và | vay vốn``."""
    if word in _NOMINAL and before.endswith(_JOINS):
        return True
    return before.endswith(" và") and word not in ALWAYS and _BODY_OF_TWO.search(before) is not None


def owners_deed(text: str, verb: Verb) -> bool:
    """Whether a verb is what an owner does within the noun phrase, whatever stands behind it: ``lò giết mổ do hợp tác
    xã vận hành | dùng nước tái chế``.

    >>> text = "lò do hợp tác xã vận hành dùng nước"
    >>> owners_deed(text, Verb(text.index("vận"), text.index(" dùng"), "vận hành", True))
    True
    """
    return BY_WHOM.search(text[: verb.start]) is not None and _OWNS.match(text, verb.start) is not None


def closers() -> re.Pattern[str]:
    """Adverbials that stand between a population and its predicate: ``hằng năm``, ``khi``."""
    return _words()[3]
