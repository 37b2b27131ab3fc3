"""Records, patterns and small judgements that the grammar of agency names is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.registry import QUANTIFIERS
from doichieu.lexicon import load
from doichieu.lexicon.families import LEVEL, ROLE
from doichieu.text.sieve import Sieve

QUANTIFIER = re.compile(r"(?:" + "|".join(sorted(QUANTIFIERS, key=len, reverse=True)) + r") ", re.IGNORECASE)
GAP = re.compile(r"\s*(?:[,+&/]\s*(?:và\s+|cùng\s+)?|(?:và|hoặc|cùng với|cùng)\s+)", re.IGNORECASE)
GAP_LOOSE = re.compile(r"\s*(?:[,;+&/]\s*(?:(?:và|hoặc|cùng)\s+)?|(?:và|hoặc|cùng với|cùng)\s+)", re.IGNORECASE)
LONGER_NAME = re.compile(r", [a-zđà-ỹ][^,;.()|]{2,60}? và [a-zđà-ỹ][^,;.()|]{2,80}?(?=\s*(?:;|\Z))")
LEVEL_PLACE = re.compile(rf" (?:{LEVEL}|t[px]\.?)\Z", re.IGNORECASE)
SHORT_LEVEL = re.compile(r"t[px]\.?")
PLACE = re.compile(rf" (?:[{UPPER}]\w*)(?:(?: -)? [{UPPER}]\w*){{0,4}}")
WORD = re.compile(r"[^\s,;.:()\[\]|/]+")
SELF = re.compile(
    r" (?:Bộ|Sở|Tỉnh|Ngành|Ban|Cục|Viện|Trường|Hội|Liên đoàn|Chi cục|cơ quan|Vườn|Bệnh viện|Học viện|Công ty"
    rf"|Tổng công ty)\b(?! [{UPPER}])"
)
_OWN_NAME = rf"[{UPPER}]\w*(?: [{UPPER}]\w*){{0,3}}"
#: "Hải quan cửa khẩu Hữu Nghị", "Chi cục A khu vực IV",
#: "Hạt Kiểm lâm khu vực Bến Đò - Chợ Mới", "Trung tâm Y tế khu vực| phối hợp".
REGION = re.compile(
    rf"(?: [Cc]hi nhánh)? [Kk]hu vực(?: (?:số )?[IVX\d]+\b| {_OWN_NAME}(?: [-–] {_OWN_NAME})?"
    r"| (?:ven biển|biên giới|miền núi|trung tâm)(?!\w)|(?=[,;.:)]|\Z| và(?!\w)))"
    rf"| [Cc]ửa khẩu(?: (?:quốc tế|quốc gia|đường bộ|cảng|sân bay|sân bay quốc tế))?(?: {_OWN_NAME})?(?!\w)"
)
VIETNAM = re.compile(r" Việt Nam\b")
BELONGS = re.compile(r" (?:thuộc(?:,| và) )?(?:trực )?thuộc | của | tại ")
BELONGS_WORD = re.compile(
    rf"(?:(?:tỉnh|thành|huyện|thị|quận|đảng) ủy|mặt trận|bộ|sở|ngành|{LEVEL}|trung ương|cơ quan|đơn vị|phạm vi quản lý|"
    r"thẩm quyền(?: quản lý)?(?: của địa phương)?"
    r"|hệ thống [\w ]{3,20}|đối tượng [\w ]{3,20})\b"
)
#: Where a paper says which bodies are meant: "Chủ tịch UBND các tỉnh| nêu tại Điều 1| và …"; no part of a name.
_PART_OF_A_PAPER = (
    r"(?:khoản|điểm|mục|tiểu mục|phần|điều|phụ lục|danh mục|danh sách|biểu|bảng)"
    r"(?: (?:[ivx]+|\d+|[a-zđ])(?:\.\d+)?(?:(?:, | và )(?:\d+|[a-zđ]))*(?!\w))?"
)
POINTED_AT = re.compile(
    r",? (?:được |đã )?(?:nêu|quy định|ghi|liệt kê|có tên|xác định|thống kê) (?:tên )?(?:tại|ở|trong) (?:các )?"
    rf"(?:{_PART_OF_A_PAPER}(?:,? (?:và )?)?)+(?: ?(?:này|kèm theo|nêu trên|nói trên|trên))?"
    r"(?: (?:của )?(?:quyết định|kế hoạch|nghị quyết|chỉ thị|công văn|thông báo|quy chế|quy định|chương trình|đề án"
    r"|công điện) này)?(?= |[,;.:)]|\Z)"
)
RELATED = re.compile(r"(?: có)? liên quan\b")


def verbs_source(words: Iterable[str]) -> str:
    """The source of a pattern of verbs: a verb is none beside what makes it another word: ``giao| thông``.

    >>> pattern = re.compile(rf"(?:{verbs_source(['giao', 'rà soát'])})(?!\\w)")
    >>> pattern.match("giao thông") is None, pattern.match("giao nhiệm vụ") is None, pattern.search("bàn giao") is None
    (True, False, True)
    """
    behind, others = load("task_verbs")["not_after"], load("task_verbs")["not_before"]
    parts = []
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        before = "".join(rf"(?<!\b{re.escape(other)} )" for other in behind.get(word, ()))
        follows = "|".join(map(re.escape, others.get(word, ())))
        parts.append(before + re.escape(word) + (rf"(?! (?:{follows})(?!\w))" if follows else ""))
    return "|".join(parts)


@lru_cache(maxsize=1)
def further_verbs() -> str:
    """The source of a pattern of verbs that tell what a body does, but for what kind it is behind a common noun.

    >>> pattern = re.compile(further_verbs())
    >>> [bool(pattern.search(text)) for text in ("Đoàn xã tẩy uế chợ", "đơn vị thi công", "công tác huấn luyện")]
    [True, False, False]
    """
    words = load("task_verbs")
    verbs = rf"(?:{verbs_source(words['further'])})(?!\w)"
    kinds = "".join(rf"(?<!\b{re.escape(noun)} )" for noun in words["of_a_kind"])
    return rf"(?={verbs}){kinds}{verbs}"


def either(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of whole words."""
    return re.compile(rf"(?:{verbs_source(words)})(?!\w)")


def _verb_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("task_verbs")
    every = {*words["plain"], *words["neutral"], *words["stops"]}
    ends, after_capital = either(every - set(words["name_words"])), either(every)
    more = further_verbs()
    return re.compile(rf"{ends.pattern}|{more}"), re.compile(rf"{after_capital.pattern}|{more}")


CAPITALS = re.compile(rf"[{UPPER}]{{2,}} \Z")
STOP, STOP_AFTER_CAPITAL = _verb_pattern()
HARD_STOP = re.compile(
    rf"(?:{ROLE}|có trách nhiệm|chịu trách nhiệm|lãnh đạo, chỉ đạo|theo dõi|tổng hợp|"
    r"báo cáo|hướng dẫn|thúc đẩy|thực hiện|trên cơ sở|để|triển khai|trực thuộc|thuộc)(?!\w)"
)
RESUMED = re.compile(
    rf"(?:[{UPPER}]\w*(?: (?!và )[^\W\d_]+){{0,4}}, ){{0,2}}"
    rf"[^\s,;.:()|]+(?: (?!và )[^\s,;.:()|]+){{0,4}} và (?=[{UPPER}])"
)
BODY_LINK = re.compile(r" (?:của |ở |tại )?")
CLOSED = re.compile(
    rf"\s*(?:[,;.:)]|\Z|và |(?:{ROLE}|xây dựng|tổ chức|triển khai|thực hiện|rà soát|hướng dẫn"
    r"|theo dõi|kiểm tra|tuyên truyền|đẩy nhanh|đẩy mạnh)(?!\w))"
)
SERIES = re.compile(r"(?:Các |các |CÁC )?(?P<head>[Ss]ở|[Bb]ộ|[Pp]hòng|SỞ|BỘ):? ")
NO_PLACE = frozenset(
    (
        "Chủ",
        "Phối",
        "Tham",
        "Trên",
        "Căn",
        "Theo",
        "Xây",
        "Tổ",
        "Triển",
        "Thực",
        "Giao",
        "Đề",
        "Là",
        "Có",
        "Các",
        "Những",
        "Hướng",
        "Chịu",
        "Trong",
        "Để",
        "Và",
        "Định",
        "Hằng",
        "Hàng",
        "Ủy",
        "Sở",
        "Bộ",
        "Ban",
        "Cục",
        "Vụ",
        "Viện",
        "Hội",
        "Công",
        "Đảng",
        "Mặt",
        "Trường",
        "Văn",
        "Thường",
        "Tiếp",
        "Rà",
        "Nghiên",
        "Khi",
        "Nếu",
    )
)


def is_verbal(lower: str, position: int) -> bool:
    """Whether a verb that ends a list of agencies stands at ``position`` ("chủ trì", "thúc đẩy")."""
    return bool(HARD_STOP.match(lower, position))


def holds_verb(name: str) -> bool:
    """Whether a verb in small letters stands within a name that was read to the end of its line."""
    return any(
        STOP.match(name, match.end())
        for match in re.finditer(r"\s", name)
        if name[match.end() : match.end() + 1].islower()
    )


_BEHIND_CAPITAL = re.compile(rf"(?<!\w)[{UPPER}]\w* (?=\w)")


def tells_more(sentence: str) -> bool:
    """Whether a verb stands in a sentence that was read as a name, if only right behind a capital.

    >>> tells_more("Công ty Sữa Đồi Chè đầu tư dây chuyền"), tells_more("Trung tâm Xúc tiến đầu tư")
    (True, False)
    """
    behind = (match.end() for match in _BEHIND_CAPITAL.finditer(sentence))
    return holds_verb(sentence) or any(STOP_AFTER_CAPITAL.match(sentence, at) for at in behind)


WEAK_HEADS = frozenset(("ngành", "bộ", "sở", "hội", "viện", "phòng", "cục", "vụ"))


class Item(NamedTuple):
    """One agency in a text: ``text[start:end]``; ``tail`` is the shared word it carries, ``bare`` that it lacks one.

    ``canonical`` is the name abbreviations are resolved in; ``name`` the wording with inherited words.
    """

    start: int
    end: int
    name: str
    canonical: str
    kind: str
    level: str
    place: str
    group: str  # named, open, body, territory, party, outside
    tail: str
    tails: tuple[str, ...]
    bare: bool
    weak: bool

    def moved(self, by: int) -> Item:
        """The same agency in a text that begins ``by`` characters earlier."""
        return self._replace(start=self.start + by, end=self.end + by)

    def up_to(self, end: int, text: str) -> Item:
        """The agency with all that its text says of it up to ``end``."""
        name = text[self.start : end]
        return self._replace(end=end, name=name, canonical=name)


_ABBREVIATIONS = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
}
_ABBREVIATION = Sieve(r"\b(?:" + "|".join(_ABBREVIATIONS) + r")\b")


def expand(text: str) -> str:
    return _ABBREVIATION.sub(lambda m: _ABBREVIATIONS[m.group()], text)


def tail_level(tail: str) -> str:
    low = tail.lower()
    for word, level in (
        ("xã, phường", "xa"),
        ("cấp xã", "xa"),
        ("phường", "xa"),
        ("tỉnh", "tinh"),
        ("thành ủy", "tinh"),
        ("thị xã", "huyen"),
        ("thị ủy", "huyen"),
        ("huyện", "huyen"),
        ("quận", "huyen"),
        ("thành phố", "tinh"),
        ("các xã", "xa"),
        ("xã", "xa"),
        ("cơ sở", "co_so"),
        ("trung ương", "trung_uong"),
    ):
        if word in low:
            return level
    return ""


_UPPER_LEVELS = ("tinh", "trung_uong")
_ELECTED_BODY = "Hội đồng nhân dân"


#: Parts of an elected council that take its name from the next of a list.
_OF_A_COUNCIL = ("thường trực", "các ban", "tổ đại biểu", "các tổ đại biểu")


def _of_the_council(item: Item, nxt: Item) -> Item:
    """``Thường trực|, các Ban, đại biểu Hội đồng nhân dân tỉnh``: the part with its council's name."""
    elected = nxt.canonical.find(_ELECTED_BODY)
    if elected <= 0:
        return item
    printed = next((nxt.name.find(form) for form in (_ELECTED_BODY, "HĐND") if nxt.name.find(form) > 0), -1)
    name = f"{item.name} {nxt.name[printed:] if printed > 0 else nxt.canonical[elected:]}"
    canonical = f"{item.canonical} {nxt.canonical[elected:]}"
    return item._replace(name=name, canonical=canonical, tail=nxt.tail, bare=False, weak=False, place=nxt.place)


def distribute(items: list[Item], gaps: list[str]) -> list[Item]:
    """Shared words given to every name of a list: ``Đảng ủy, UBND các xã`` → ``Đảng ủy các xã``, ``UBND các xã``."""
    out = list(items)
    told = any(not item.tail and expand(item.name).find(_ELECTED_BODY) > 0 for item in items)
    for i in range(len(out) - 2, -1, -1):
        item, nxt = out[i], out[i + 1]
        if nxt.tail and ";" not in gaps[i] and item.name.lower() in _OF_A_COUNCIL:
            whole = _of_the_council(item, nxt)
            # "các Ban của Hội đồng nhân dân, các Tổ đại biểu và đại biểu …": no other part is given a place
            out[i] = whole._replace(name=item.name) if told else whole
            continue
        if not item.bare or ";" in gaps[i] or not nxt.tail:
            continue
        if item.name.endswith(" Đảng") and "đảng" in nxt.tail.lower():
            continue  # "Ban Xây dựng Đảng, Văn phòng Đảng ủy"
        if item.level in _UPPER_LEVELS and tail_level(nxt.tail) == "xa":
            continue  # "Ban Quản lý các khu công nghiệp, UBND các xã": a body of the province has no communes
        if item.kind == "quoc_hoi" and nxt.kind != "quoc_hoi":
            continue  # "đại biểu Quốc hội, Hội đồng nhân dân cấp tỉnh": the National Assembly has no level
        every = nxt.tail.strip().lower().startswith(("các", "cấp"))
        if expand(item.name).find(_ELECTED_BODY) > 0 and not every:
            continue  # "các Ban của Hội đồng nhân dân, đại biểu Hội đồng nhân dân tỉnh": whole as printed
        party = nxt.tail.strip().lower().endswith((" ủy", "ủy")) or nxt.tail.strip().lower().startswith("trung ương")
        if ("party" if party else "area") not in item.tails:
            continue
        out[i] = item._replace(
            name=item.name + nxt.tail,
            canonical=item.canonical
            + nxt.tail.replace(" các xã", " xã").replace(" các tỉnh", " tỉnh").replace(" các huyện", " huyện"),
            tail=nxt.tail,
            bare=False,
            level=item.level or nxt.level,
            place=nxt.place,
        )
    return out
