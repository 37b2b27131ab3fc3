"""Where the predicate of a wording begins: the first verb that belongs to no relative clause.

``nạn nhân bị mua bán trở về có nhu cầu hỗ trợ | được hưởng các dịch vụ``.  Words stand in ``predicates.toml``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.extraction.targets.deeds_of_people import deeds_of_people
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word
from doichieu.text.memory import remembered
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
#: After a relative clause with a plain verb only these are sure to open the predicate.
_SURE = frozenset(
    {
        "qua tập huấn",
        "qua bồi dưỡng",
        "được",
        "phải",
        "đều",
        "đạt",
        "tham gia",
        "tiếp tục",
        "vào học",
        "vào lớp",
        "ra lớp",
        "có trình độ",
        "có chứng chỉ",
        "có bằng",
        "từ nguồn",
    }
)
#: A passive or a duty behind a relative clause opens the predicate.
_PASSIVE = frozenset({"được", "phải", "đều", "bị"})
#: … but not these, which hang on the object before them: "hoàn thành nhiệm vụ | được giao".
_OF_OBJECT = re.compile(rf"\s+(?:{words_of('hangs_on_an_object')})(?!\w)")
_SET_TO = re.compile(
    rf"(?:được|đã|đã được)\s+(?!sử dụng)"
    rf"(?:{words_of('hangs_on_an_object')}|phân bổ)(?!\w)[^,;]{{0,60}}"
)
#: What somebody has or is; a later passive opens the predicate only where it serves a person.
_HOLDS = frozenset({"có", "còn", "đủ", "thuộc", "chiếm", "là"})
PERSON = re.compile(rf"(?:số |các |những )?(?:{words_of('person')})(?!\w)")
_SOMEBODY = re.compile(rf"(?:{PERSON.pattern}|(?:các )?(?:tổ chức|đơn vị|cơ quan|cá nhân)(?!\w))")
_SERVED = re.compile(rf"\s+(?:{words_of('serves_a_person')})(?!\w)")
#: A size narrows whatever stands behind it: "có chiều dài từ 15 mét", "có từ 10 lao động", "đạt từ 3 sao".
_SIZED = re.compile(
    r"có\s+(?:(?:tổng |mức )?(?:"
    rf"{words_of('size_or_business')}"
    r")(?!\w)|(?:(?:từ|trên|dưới|không quá)\s+)+\d)|(?:đạt|đủ|sử dụng|quản lý|phục vụ|tiêu thụ|nuôi"
    r"|sản xuất|xả thải|xả|thu hút|cung cấp|đào tạo)\s+(?:(?:từ|trên|dưới)\s+)+\d"
)
#: Where somebody does what he does narrows him, whatever stands behind: "tàu hoạt động trên vịnh | có hệ thống …".
_WHERE_TO = re.compile(
    r"\s+(?:trên|tại|ở|ngoài|trong(?=\s(?:vùng|khu|các|rừng|đất|hẻm|ngõ|nội)(?!\w))|gần|ven|dọc)\s+(?!cơ sở|nhà "
    r"|chỗ|60|5)[^,;]*\s(?:có|được|hài lòng|phải|đạt|không|đều)(?!\w)"
)
#: Where somebody lives or works narrows him: "tàu hoạt động vùng khơi | trang bị máy", "người làm việc tại … | nói".
_LIVES = frozenset({"hoạt động", "làm việc", "công tác", "sinh sống", "cư trú", "sống"})
_LIVES_AT = re.compile(
    r"\s+(?:trực tiếp\s+|thường xuyên\s+)?(?:trên|tại|ở|ngoài|trong|gần|ven|dọc|vùng|khu vực)\s+[^\W\d_]"
)
#: What buildings and things of a kind are to satisfy: "công trình là trụ sở cơ quan | bảo đảm tiếp cận".
_SATISFIES = frozenset({"bảo đảm", "đảm bảo", "lắp đặt", "áp dụng"})
#: Behind ``được`` these say that somebody is able to do what stands before it.
_ABLE = re.compile(r"\s*(?:\Z|(?:bằng|tại|ở|từ|trên|theo|và|ít nhất|tối thiểu)\s|\d|,)")
_BARE_PEOPLE = re.compile(r"(?:số |các |những )*người\s+")
_NEXT_WORDS = 5  # characters between two verbs that are not one: "có | biết"
#: What was newly done to them narrows, whatever stands behind it: "xe taxi | đăng ký mới | là xe điện".
_NEWLY = re.compile(r"(?:(?:,|,? và|,? hoặc) [^\W\d_]+ [^\W\d_]+)?\s+mới(?=\s)")
_HAS_PERSON = re.compile(rf"có\s+(?:{words_of('has_a_person')})(?!\w)")
#: "hộ có người | được tập huấn": nobody is told apart, the whole is what is so.
_ANYBODY = frozenset({"người", "thành viên", "lao động"})
#: These only negate or date the verb behind them: what is so narrows, where another verb follows.
_ASPECTS = frozenset({"đã", "đang", "chưa", "đang được", "đã được"})
#: "thuộc đối tượng | phải quan trắc": which of them.
_MEMBERSHIP = re.compile(r"(?<!\w)(?:đối tượng|diện|trường hợp|danh mục|nghĩa vụ)\s+\Z")
#: "giấy tờ do cơ quan nhà nước | ban hành": by whom, within the noun phrase.
_BY_WHOM = re.compile(r"(?<=\w)\sdo (?:các |những )?[^,;]{2,50}\Z")
#: What somebody does with what is his, behind "do": it never says what becomes of it.
_HIS_DEED = re.compile(
    r"(?:(?:trực tiếp|tham gia|cùng)\s+)*(?:"
    rf"{words_of('deed_of_an_owner')}"
    r")(?!\w)[^,;]{0,30}\Z"
)
_BY_OWNER = re.compile(rf"(?<=\w)\sdo (?:các |những )?[^,;]{{2,50}}\s(?:{words_of('deed_of_an_owner')})\Z")
_OWNS = re.compile(rf"(?:{words_of('deed_of_an_owner')})(?!\w)")
#: An exception between commas: "cụm công nghiệp, trừ cụm làng nghề, có công trình xử lý".
_EXCEPTED = re.compile(r",\s+(?:trừ|ngoại trừ|không bao gồm|không kể|không tính)\s[^,;]{2,100},", re.IGNORECASE)
#: Behind these a verb belongs to the clause that runs.
_TRAILS = re.compile(r"(?:,| và| hoặc| để| nhằm| theo| do| khi| về| cho| của| với| bằng| trong| qua| từ)\s*\Z")
#: These begin anew even right behind another verb: "được phát hiện | được tiếp cận".
_FRESH = frozenset({"được", "có", "phải", "đạt", "đều"})
_CLEAR = frozenset({"trở thành", "cung cấp", "đóng vai trò", "nằm trong", "giữ chức", "tham gia", "đặt trụ sở"})
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


@lru_cache(maxsize=1)
def _able() -> re.Pattern[str]:
    """What somebody is able to do, in a row: ``nghe và nói được``; the last word opens no passive."""
    words = any_word(load("predicates")["abilities"])
    return re.compile(rf"{words}(?:, \w+)*(?: và \w+(?: \w+)?) được(?!\w)")


@lru_cache(maxsize=2)
def _place(kind: str) -> re.Pattern[str]:
    """A place that ``có`` may describe: ``ở vùng | có đông đồng bào``."""
    places = any_word(load("predicates")[kind])
    return re.compile(rf"(?<!\w)(?:ở|tại|trên|trong|thuộc|từ|đến)\s+(?:các |những )?{places}\s+\Z")


@lru_cache(maxsize=1)
def _plain_relative() -> frozenset[str]:
    return frozenset(load("predicates")["relative_verbs"])


def opens_as_noun(lowered: str) -> bool:
    """Whether a wording opens with a verb that is also a noun: ``hoạt động trao đổi thông tin``."""
    return any(lowered.startswith(word + " ") for word in _NOMINAL)


#: A standing that somebody gave them: "khu du lịch được công nhận | có bản đồ số", "cơ sở được cấp phép | lắp camera".
_STANDING = re.compile(
    r"\s+(?:"
    rf"{words_of('standing_given')}"
    r")(?: [^\W\d_]+){0,4}?(?=\s(?:có|được|phải|đều|sử dụng|áp dụng|lắp|lắp đặt|duy trì|hoạt động"
    r"|thực hiện|tham gia)\s)"
)
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
        if out and start - out[-1].end <= 1 and word not in _FRESH and not _owners_deed(text, out[-1]):
            continue  # "đã được | số hóa": one verb
        if _says_how(text, match, after_verb=bool(out)) or _AGENT.match(text, match.end()):
            continue
        before = text[:start].rstrip()
        named = start - len(before) <= _NEXT_WORDS and (" " + before).endswith(makers) and _belongs(before, word)
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


def _by_whom(text: str, verbs: list[Verb], index: int) -> bool:
    """Whether a verb is what somebody does within the noun phrase: ``giấy tờ do cơ quan nhà nước | ban hành``."""
    by = _BY_WHOM.search(text[: verbs[index].start])
    if by is None or (index > 0 and verbs[index - 1].start > by.start()):
        return False
    if _HIS_DEED.match(text, verbs[index].start) is not None or any(v.word in _SURE for v in verbs[index + 1 :]):
        return True
    return _owners_deed(text, verbs[index]) and bool(_anew(text, verbs[index + 1 :]))


def _owners_deed(text: str, verb: Verb) -> bool:
    """Whether a verb is what an owner does within the noun phrase, whatever stands behind it: ``lò giết mổ do hợp tác
    xã vận hành | dùng nước tái chế``.

    >>> text = "lò do hợp tác xã vận hành dùng nước"
    >>> _owners_deed(text, Verb(text.index("vận"), text.index(" dùng"), "vận hành", True))
    True
    """
    return _BY_WHOM.search(text[: verb.start]) is not None and _OWNS.match(text, verb.start) is not None


def _main(text: str, verbs: list[Verb]) -> Verb | None:
    """The verb that opens the predicate: the first that belongs to no relative clause."""
    for index, verb in enumerate(verbs):
        if _able().match(text, verb.start):
            return verb
        inside = _MEMBERSHIP.search(text[: verb.start]) is not None or of_place(
            text, verb.word, verb.start, "bare_places"
        )
        inside = inside or _by_whom(text, verbs, index) or _of_a_place(text, verb)
        inside = inside or (index > 0 and _again(verb) and any(v.word in _PASSIVE for v in verbs[index + 1 :]))
        if verb.start == 0 or not (inside or _yields(text, verb, verbs[index + 1 :])):
            return verb
    first = verbs[0] if verbs else None
    member = _MEMBERSHIP.search(text[: first.start]) if first is not None else None
    return first if member is not None and member.start() == 0 else None  # "đối tượng | được phát hiện và xử lý"


def is_set_to_somebody(wording: str) -> bool:
    """Whether a wording only says that somebody gave it as a task: ``chỉ tiêu | được giao``, ``dự toán | được duyệt``.

    >>> is_set_to_somebody("được giao"), is_set_to_somebody("được giao dịch trên sàn")
    (True, False)
    """
    return _SET_TO.fullmatch(wording) is not None


def of_place(text: str, word: str, start: int, kind: str) -> bool:
    """Whether ``có`` describes the place before it: ``ở vùng | có đông công nhân``."""
    return word in ("có", "không", "bị") and _place(kind).search(text, 0, start) is not None


#: A place, before what says which one it is: "tại các tổ dân phố | thuộc thị trấn cũ".
_PLACE_BEFORE = re.compile(r"(?<!\w)(?:tại|ở|trên|trong)\s[^,;]{2,40}\s\Z")


def _of_a_place(text: str, verb: Verb) -> bool:
    """Whether ``thuộc`` says which place is meant, inside the noun phrase."""
    return verb.word == "thuộc" and _PLACE_BEFORE.search(text, 0, verb.start) is not None


def sized(text: str, start: int) -> bool:
    """Whether at ``start`` a wording (lower case) says how big they are: ``doanh nghiệp | có từ 50 lao động``."""
    return _SIZED.match(text, start) is not None


def _again(verb: Verb) -> bool:
    """Whether a word only says how often: behind a relative clause it belongs to it (``hưởng trợ cấp hằng tháng``)."""
    return _words()[3].fullmatch(verb.word) is not None


def _yields(text: str, verb: Verb, rest: list[Verb]) -> bool:
    """Whether a verb opens a relative clause: a later one opens the predicate."""
    later = _followers(text, verb, rest)
    return bool(later) and not text[: later[0].start].rstrip().endswith((",", " và", " để", " nhằm"))


def _anew(text: str, verbs: list[Verb], after: int = 0) -> list[Verb]:
    """The verbs behind ``after`` that hang on nothing right before them."""
    return [v for v in verbs if v.start > after and not _TRAILS.search(text[: v.start])]


def _of_bare_people(text: str, verb: Verb, rest: list[Verb]) -> list[Verb] | None:
    """``người có hành vi nguy cơ cao | tiếp cận được dịch vụ``: the bare noun names nobody, what it has narrows it."""
    if not _BARE_PEOPLE.fullmatch(text, 0, verb.start) or verb.word in _PASSIVE or verb.word == "đạt":
        return None
    later = _anew(text, [v for v in rest if v.word not in ("đạt", "là")])
    return later if later and later[0].start - verb.end > _NEXT_WORDS else None


def _newly_done(text: str, verb: Verb, rest: list[Verb]) -> list[Verb] | None:
    """``xe máy đăng ký mới | là xe điện``: what was newly done to them narrows them."""
    newly = (
        _NEWLY.match(text, verb.end - 4 if verb.word.endswith(" mới") else verb.end)
        if verb.word not in ALWAYS
        else None
    )
    if newly is None:
        return None
    return _anew(text, rest, newly.end() - 1)


#: What a business does for a living says which one it is: "doanh nghiệp cung cấp nước sạch | đăng ký hợp đồng mẫu".
_IN_BUSINESS = re.compile(
    rf"(?<!\w)(?:{words_of('businesses')})\s(?:[^\W\d_]+\s){{0,3}}?(?:{words_of('lines_of_business')})\Z"
)
_KIND_NAMED = 3  # words: "là đơn vị sự nghiệp | thực hiện tự chủ" says of what kind they are


def _acts_of_kind(text: str, verb: Verb, rest: list[Verb]) -> list[Verb]:
    """What those that are of a kind satisfy, or do as its owners: ``làng nghề là điểm du lịch | bố trí bãi đỗ xe``,
    ``hợp tác xã là cơ sở sử dụng nước ngầm | thực hiện quan trắc``."""
    acts = load("predicates")["owners_acts"]
    far = [v for v in rest if v.word == "thực hiện" and len(text[verb.end : v.start].split()) > _KIND_NAMED]
    return [v for v in rest if v.word in _SATISFIES or v.word in acts or v in far]


def _who_or_what_they_are(text: str, verb: Verb, rest: list[Verb]) -> list[Verb] | None:
    """What may follow where somebody lives, or of what kind things are: ``công trình là trụ sở … | bảo đảm``."""
    if _IN_BUSINESS.search(text, 0, verb.end) is not None and (acts := _anew(text, rest, verb.end + _NEXT_WORDS)):
        return acts
    if verb.word == "trồng":  # "hợp tác xã trồng cam | áp dụng tưới nhỏ giọt"
        return _anew(text, rest, verb.end + 1)
    if verb.word in _LIVES and _LIVES_AT.match(text, verb.end):
        return _anew(text, rest, verb.end + _NEXT_WORDS)
    acts = _acts_of_kind(text, verb, rest) if verb.word == "là" else []
    named = text[verb.end : acts[0].start] if acts else ""
    if len(named.split()) <= 2 or re.search(r"\d|trong đó", named):
        return None
    return _anew(text, acts)


#: Who somebody is, in a few words: "là người dân tộc thiểu số | nghe, nói thành thạo", "là nữ | giữ chức vụ".
_WHO = re.compile(rf"\s+{PERSON.pattern}(?: [^\W\d_]+){{0,4}}?\s+")
_DOES = re.compile(rf"\s+{PERSON.pattern}(?: [^\W\d_]+){{0,4}}?\s+(?P<verb>(?:nghe|nói|đọc|viết|giữ|ký|dùng)(?=[ ,]))")


def _behind_who(text: str, verb: Verb, rest: list[Verb]) -> list[Verb]:
    """What those do who are told apart by who they are: ``đoàn viên là công nhân | sử dụng phần mềm``."""
    does = _DOES.match(text, verb.end)
    if does is not None:
        return [Verb(does.start("verb"), does.end("verb"), does.group("verb"), relative=False)]
    acts = [v for v in rest if v.word not in ALWAYS and _WHO.fullmatch(text, verb.end, v.start)]
    return [v for v in acts if not _TRAILS.search(text[: v.start])]


def _followers(text: str, verb: Verb, rest: list[Verb]) -> list[Verb]:
    """The later verbs that open a predicate of the same noun, if ``verb`` only narrows it."""
    rest = [v for v in rest if not _MEMBERSHIP.search(text[: v.start])]
    if (nearest := _of_bare_people(text, verb, rest) or _newly_done(text, verb, rest)) is not None:
        return nearest
    if (
        _SIZED.match(text, verb.start)
        or _WHERE_TO.match(text, verb.end)
        or of_place(text, verb.word, verb.start, "places")
    ):
        return _anew(text, rest) or _behind_size(text, verb)  # "có chiều dài từ 15 mét | lắp thiết bị"
    if (known := _who_or_what_they_are(text, verb, rest)) is not None:
        return known
    if verb.word in _plain_relative() or verb.word == "là":
        sure = [v for v in rest if v.word in _SURE and not _OF_OBJECT.match(text, v.end)]
        return sure or (_behind_who(text, verb, rest) if verb.word == "là" else [])
    if verb.relative:
        return _first_free(text, verb, rest)
    return _passives(text, verb, rest)


def _first_free(text: str, verb: Verb, rest: list[Verb]) -> list[Verb]:
    """The verbs that open no relative clause; one that ``và`` joins to the verb before it opens nothing."""
    free = [v for v in rest if not v.relative]
    joined = bool(free) and text[: free[0].start].rstrip().endswith(" và")  # "hoàn thành lắp đặt và | truyền …"
    return (_apart(text, verb, rest) or free) if joined else free or _apart(text, verb, rest)


#: What a size closes with, and a word behind it that may be any verb: "có từ 50 đàn trở lên | ghi nhật ký".
_UP_THEN = re.compile(
    rf"[^,;:]*?\d[^,;:]*?\s(?:trở lên|trở xuống)\s+(?P<verb>(?!(?:{words_of('goes_on_behind_a_size')})(?!\w))[^\W\d_]+)"
    r"\s[^\W\d_]"
)


def _behind_size(text: str, verb: Verb) -> list[Verb]:
    """What those of some size do, by whatever verb: ``hộ nuôi ong có từ 50 đàn trở lên | ghi nhật ký``."""
    found = _UP_THEN.match(text, verb.end)
    return [] if found is None else [Verb(found.start("verb"), found.end("verb"), found["verb"], relative=False)]


def _apart(text: str, verb: Verb, rest: list[Verb]) -> list[Verb]:
    """Plain verbs behind a word that only negates or dates the verb next to it: ``đang canh tác … | áp dụng``."""
    if verb.word not in _ASPECTS and not verb.word.startswith("thuộc"):
        return []
    return _anew(text, rest, verb.end + 1)


def _others(text: str, verb: Verb, later: Verb) -> bool:
    """Whether a later verb has a subject of its own: ``được xử lý trực tuyến, người dân | phải khai một lần``."""
    said, *clauses = text[verb.end : later.start].split(", ")
    return len(said.split()) > 1 and _SOMEBODY.search(said) is None and any(map(_SOMEBODY.match, clauses))


@lru_cache(maxsize=1)
def _doers() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:các |những |ít nhất |\d+ )*(?:{any_word(load('predicates')['doers'])}|{_SOMEBODY.pattern})"
    )


@lru_cache(maxsize=1)
def _holdings() -> re.Pattern[str]:
    """What somebody has that does nothing itself: ``đảo có bệnh xá | duy trì lực lượng dự bị``."""
    return re.compile(rf"\s+(?:các |những )?{any_word(load('predicates')['holdings'])}")


#: What moves, lives or works somewhere, before what is done there: "tuyến có xe buýt chạy qua | được lắp biển báo".
_GOES_ON = re.compile(r"(?:(?:chạy|đi|chảy|bay) qua|hoạt động|neo đậu|sinh sống|cư trú|đóng quân|tạm trú)\s+\Z")


def _beside_doings(text: str, passive: list[Verb]) -> list[Verb]:
    """The passives behind what those that somebody has are doing there."""
    return [v for v in passive if _GOES_ON.search(text, 0, v.start)]


def _owners_acts(text: str, verb: Verb, rest: list[Verb]) -> list[Verb]:
    """What an owner does behind what he has: ``trường học có bếp ăn | ký cam kết``; a body that he has may do it."""
    if _doers().match(text, verb.end) is not None:
        return []
    acts = load("predicates")["owners_acts"]
    if _holdings().match(text, verb.end) is not None:
        acts = [*acts, *load("predicates")["keepers_acts"]]
    return _anew(text, [v for v in rest if v.word in acts], verb.end + 1)


def _passives(text: str, verb: Verb, rest: list[Verb]) -> list[Verb]:
    """The passives and duties behind a verb that say something of its noun, and not of the verb's object."""
    passive = [
        v
        for v in rest
        if v.word in _PASSIVE
        and not _OF_OBJECT.match(text, v.end)
        and (v.start - verb.end > 1 or _SERVED.match(text, v.end))
    ]
    if verb.word == "có" and (acts := _owners_acts(text, verb, rest) or _beside_doings(text, passive)):
        return acts
    if verb.word in _HOLDS:
        if _HAS_PERSON.match(text, verb.start):
            found = [v for v in passive if text[verb.end : v.start].strip() not in _ANYBODY]
            return found or [v for v in rest if v.word == "đạt"]
        return [v for v in passive if _SERVED.match(text, v.end)] if PERSON.match(text) is not None else []
    return _after_being(text, verb, rest, passive) if verb.word == "được" else passive


def _after_being(text: str, verb: Verb, rest: list[Verb], passive: list[Verb]) -> list[Verb]:
    """What may follow a passive of the same noun: another, or behind a standing that it gives any verb."""
    if _STANDING.match(text, verb.end) is not None:
        return _anew(text, rest, verb.end + 1)
    return [v for v in passive if text.count(" ", verb.end, v.start) > 2 and not _others(text, verb, v)]


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
    closer = next((m for m in _words()[3].finditer(bare) if m.start() > 0), None)
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
        if verb.word in ("không", "bị") and _place("places").search(bare, 0, verb.start) is not None:
            passed = verb.end
            continue  # "cơ sở trong khu vực | không được phép chăn nuôi"
        if (verb.word in ALWAYS or verb.word in _CLEAR) and not _by_whom(bare, verbs, index):
            return verb.start
    return None
