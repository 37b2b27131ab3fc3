"""Where the predicate of a wording begins: the first verb that belongs to no relative clause.

``nạn nhân bị mua bán trở về có nhu cầu hỗ trợ | được hưởng các dịch vụ``.  Words stand in ``predicates.toml``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.extraction.targets.relative_clauses import (
    MEMBERSHIP,
    PASSIVE,
    SURE,
    anew,
    followers,
    of_place,
    told_place,
)
from doichieu.extraction.targets.verbs import ALWAYS, BY_WHOM, Verb, closers, masked, owners_deed, verbs_of
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word
from doichieu.text.memory import remembered

_SET_TO = re.compile(
    rf"(?:được|đã|đã được)\s+(?!sử dụng)"
    rf"(?:{words_of('hangs_on_an_object')}|phân bổ)(?!\w)[^,;]{{0,60}}"
)
#: What somebody does with what is his, behind "do": it never says what becomes of it.
_HIS_DEED = re.compile(
    r"(?:(?:trực tiếp|tham gia|cùng)\s+)*(?:"
    rf"{words_of('deed_of_an_owner')}"
    r")(?!\w)[^,;]{0,30}\Z"
)
_CLEAR = frozenset({"trở thành", "cung cấp", "đóng vai trò", "nằm trong", "giữ chức", "tham gia", "đặt trụ sở"})


@lru_cache(maxsize=1)
def _able() -> re.Pattern[str]:
    """What somebody is able to do, in a row: ``nghe và nói được``; the last word opens no passive."""
    words = any_word(load("predicates")["abilities"])
    return re.compile(rf"{words}(?:, \w+)*(?: và \w+(?: \w+)?) được(?!\w)")


def _by_whom(text: str, verbs: list[Verb], index: int) -> bool:
    """Whether a verb is what somebody does within the noun phrase: ``giấy tờ do cơ quan nhà nước | ban hành``."""
    by = BY_WHOM.search(text[: verbs[index].start])
    if by is None or (index > 0 and verbs[index - 1].start > by.start()):
        return False
    if _HIS_DEED.match(text, verbs[index].start) is not None or any(v.word in SURE for v in verbs[index + 1 :]):
        return True
    return owners_deed(text, verbs[index]) and bool(anew(text, verbs[index + 1 :]))


def _main(text: str, verbs: list[Verb]) -> Verb | None:
    """The verb that opens the predicate: the first that belongs to no relative clause."""
    for index, verb in enumerate(verbs):
        if _able().match(text, verb.start):
            return verb
        inside = MEMBERSHIP.search(text[: verb.start]) is not None or of_place(
            text, verb.word, verb.start, "bare_places"
        )
        inside = inside or _by_whom(text, verbs, index) or _of_a_place(text, verb)
        inside = inside or (index > 0 and _again(verb) and any(v.word in PASSIVE for v in verbs[index + 1 :]))
        if verb.start == 0 or not (inside or _yields(text, verb, verbs[index + 1 :])):
            return verb
    first = verbs[0] if verbs else None
    member = MEMBERSHIP.search(text[: first.start]) if first is not None else None
    return first if member is not None and member.start() == 0 else None  # "đối tượng | được phát hiện và xử lý"


def is_set_to_somebody(wording: str) -> bool:
    """Whether a wording only says that somebody gave it as a task: ``chỉ tiêu | được giao``, ``dự toán | được duyệt``.

    >>> is_set_to_somebody("được giao"), is_set_to_somebody("được giao dịch trên sàn")
    (True, False)
    """
    return _SET_TO.fullmatch(wording) is not None


#: A place, before what says which one it is: "tại các tổ dân phố | thuộc thị trấn cũ".
_PLACE_BEFORE = re.compile(r"(?<!\w)(?:tại|ở|trên|trong)\s[^,;]{2,40}\s\Z")


def _of_a_place(text: str, verb: Verb) -> bool:
    """Whether ``thuộc`` says which place is meant, inside the noun phrase."""
    return verb.word == "thuộc" and _PLACE_BEFORE.search(text, 0, verb.start) is not None


def _again(verb: Verb) -> bool:
    """Whether a word only says how often: behind a relative clause it belongs to it (``hưởng trợ cấp hằng tháng``)."""
    return closers().fullmatch(verb.word) is not None


def _yields(text: str, verb: Verb, rest: list[Verb]) -> bool:
    """Whether a verb opens a relative clause: a later one opens the predicate."""
    later = followers(text, verb, rest)
    return bool(later) and not text[: later[0].start].rstrip().endswith((",", " và", " để", " nhằm"))


def predicate_start(text: str, *, from_start: bool = False) -> int | None:
    """Where the predicate begins in ``noun phrase + predicate`` (lower case); None where there is none.

    Brackets are passed over.  With ``from_start`` a predicate at the very beginning counts.

    >>> def predicate(text): return text[predicate_start(text):]
    >>> predicate("xã, phường được trang bị")
    'được trang bị'
    >>> predicate("nạn nhân bị mua bán có nhu cầu hỗ trợ được hưởng dịch vụ")
    'được hưởng dịch vụ'
    >>> predicate("dữ liệu đã được số hóa được khai thác lại")
    'được khai thác lại'
    """
    return _starts(text, from_start)


def _read_start(text: str, from_start: bool) -> int | None:
    bare = masked(text)
    verbs = verbs_of(bare, from_start=from_start)
    main = _main(bare, verbs)
    closer = next((m for m in closers().finditer(bare) if m.start() > 0), None)
    if closer is not None and (main is None or closer.start() < main.start):
        told = closer.group() == "khi" or any(v.start < closer.start() for v in verbs)
        waits = told and main is not None and main.word in ("được", "phải")
        if not waits:
            return closer.start()
    return None if main is None else main.start


#: Several readers of subjects and measures ask this of one wording.
_starts = remembered(_read_start)


def sure_predicate(text: str) -> int | None:
    """Where a predicate begins that no noun phrase can hold: ``được``, ``phải``, ``trở thành`` …

    >>> sure_predicate("mô hình sản xuất tuần hoàn thích ứng biến đổi khí hậu") is None
    True
    """
    bare = masked(text)
    verbs = verbs_of(bare, from_start=False)
    passed = -2
    for index, verb in enumerate(verbs):
        if verb.start - passed <= 1:
            continue
        if verb.word in ("không", "bị") and told_place("places").search(bare, 0, verb.start) is not None:
            passed = verb.end
            continue  # "cơ sở trong khu vực | không được phép chăn nuôi"
        if (verb.word in ALWAYS or verb.word in _CLEAR) and not _by_whom(bare, verbs, index):
            return verb.start
    return None
