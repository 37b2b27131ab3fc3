"""Verbs that only say which of them are meant, and what may open the predicate behind such a clause."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.extraction.targets.verbs import ALWAYS, NEXT_WORDS, Verb
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word

#: After a relative clause with a plain verb only these are sure to open the predicate.
SURE = frozenset(
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
PASSIVE = frozenset({"được", "phải", "đều", "bị"})
#: … but not these, which hang on the object before them: "hoàn thành nhiệm vụ | được giao".
_OF_OBJECT = re.compile(rf"\s+(?:{words_of('hangs_on_an_object')})(?!\w)")
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
_BARE_PEOPLE = re.compile(r"(?:số |các |những )*người\s+")
#: What was newly done to them narrows, whatever stands behind it: "xe taxi | đăng ký mới | là xe điện".
_NEWLY = re.compile(r"(?:(?:,|,? và|,? hoặc) [^\W\d_]+ [^\W\d_]+)?\s+mới(?=\s)")
_HAS_PERSON = re.compile(rf"có\s+(?:{words_of('has_a_person')})(?!\w)")
#: "hộ có người | được tập huấn": nobody is told apart, the whole is what is so.
_ANYBODY = frozenset({"người", "thành viên", "lao động"})
#: These only negate or date the verb behind them: what is so narrows, where another verb follows.
_ASPECTS = frozenset({"đã", "đang", "chưa", "đang được", "đã được"})
#: "thuộc đối tượng | phải quan trắc": which of them.
MEMBERSHIP = re.compile(r"(?<!\w)(?:đối tượng|diện|trường hợp|danh mục|nghĩa vụ)\s+\Z")
#: Behind these a verb belongs to the clause that runs.
_TRAILS = re.compile(r"(?:,| và| hoặc| để| nhằm| theo| do| khi| về| cho| của| với| bằng| trong| qua| từ)\s*\Z")


@lru_cache(maxsize=2)
def told_place(kind: str) -> re.Pattern[str]:
    """A place that ``có`` may describe: ``ở vùng | có đông đồng bào``."""
    places = any_word(load("predicates")[kind])
    return re.compile(rf"(?<!\w)(?:ở|tại|trên|trong|thuộc|từ|đến)\s+(?:các |những )?{places}\s+\Z")


@lru_cache(maxsize=1)
def _plain_relative() -> frozenset[str]:
    return frozenset(load("predicates")["relative_verbs"])


#: A standing that somebody gave them: "khu du lịch được công nhận | có bản đồ số", "cơ sở được cấp phép | lắp camera".
_STANDING = re.compile(
    r"\s+(?:"
    rf"{words_of('standing_given')}"
    r")(?: [^\W\d_]+){0,4}?(?=\s(?:có|được|phải|đều|sử dụng|áp dụng|lắp|lắp đặt|duy trì|hoạt động"
    r"|thực hiện|tham gia)\s)"
)


def of_place(text: str, word: str, start: int, kind: str) -> bool:
    """Whether ``có`` describes the place before it: ``ở vùng | có đông công nhân``."""
    return word in ("có", "không", "bị") and told_place(kind).search(text, 0, start) is not None


def sized(text: str, start: int) -> bool:
    """Whether at ``start`` a wording (lower case) says how big they are: ``doanh nghiệp | có từ 50 lao động``."""
    return _SIZED.match(text, start) is not None


def anew(text: str, verbs: list[Verb], after: int = 0) -> list[Verb]:
    """The verbs behind ``after`` that hang on nothing right before them."""
    return [v for v in verbs if v.start > after and not _TRAILS.search(text[: v.start])]


def _of_bare_people(text: str, verb: Verb, rest: list[Verb]) -> list[Verb] | None:
    """``người có hành vi nguy cơ cao | tiếp cận được dịch vụ``: the bare noun names nobody, what it has narrows it."""
    if not _BARE_PEOPLE.fullmatch(text, 0, verb.start) or verb.word in PASSIVE or verb.word == "đạt":
        return None
    later = anew(text, [v for v in rest if v.word not in ("đạt", "là")])
    return later if later and later[0].start - verb.end > NEXT_WORDS else None


def _newly_done(text: str, verb: Verb, rest: list[Verb]) -> list[Verb] | None:
    """``xe máy đăng ký mới | là xe điện``: what was newly done to them narrows them."""
    newly = (
        _NEWLY.match(text, verb.end - 4 if verb.word.endswith(" mới") else verb.end)
        if verb.word not in ALWAYS
        else None
    )
    if newly is None:
        return None
    return anew(text, rest, newly.end() - 1)


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
    if _IN_BUSINESS.search(text, 0, verb.end) is not None and (acts := anew(text, rest, verb.end + NEXT_WORDS)):
        return acts
    if verb.word == "trồng":  # "hợp tác xã trồng cam | áp dụng tưới nhỏ giọt"
        return anew(text, rest, verb.end + 1)
    if verb.word in _LIVES and _LIVES_AT.match(text, verb.end):
        return anew(text, rest, verb.end + NEXT_WORDS)
    acts = _acts_of_kind(text, verb, rest) if verb.word == "là" else []
    named = text[verb.end : acts[0].start] if acts else ""
    if len(named.split()) <= 2 or re.search(r"\d|trong đó", named):
        return None
    return anew(text, acts)


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


def followers(text: str, verb: Verb, rest: list[Verb]) -> list[Verb]:
    """The later verbs that open a predicate of the same noun, if ``verb`` only narrows it."""
    rest = [v for v in rest if not MEMBERSHIP.search(text[: v.start])]
    if (nearest := _of_bare_people(text, verb, rest) or _newly_done(text, verb, rest)) is not None:
        return nearest
    if (
        _SIZED.match(text, verb.start)
        or _WHERE_TO.match(text, verb.end)
        or of_place(text, verb.word, verb.start, "places")
    ):
        return anew(text, rest) or _behind_size(text, verb)  # "có chiều dài từ 15 mét | lắp thiết bị"
    if (known := _who_or_what_they_are(text, verb, rest)) is not None:
        return known
    if verb.word in _plain_relative() or verb.word == "là":
        sure = [v for v in rest if v.word in SURE and not _OF_OBJECT.match(text, v.end)]
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
    return anew(text, rest, verb.end + 1)


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
    return anew(text, [v for v in rest if v.word in acts], verb.end + 1)


def _passives(text: str, verb: Verb, rest: list[Verb]) -> list[Verb]:
    """The passives and duties behind a verb that say something of its noun, and not of the verb's object."""
    passive = [
        v
        for v in rest
        if v.word in PASSIVE
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
        return anew(text, rest, verb.end + 1)
    return [v for v in passive if text.count(" ", verb.end, v.start) > 2 and not _others(text, verb, v)]
