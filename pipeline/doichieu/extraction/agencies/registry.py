"""The registry of agencies compiled for matching: names to entries, and the patterns of the grammar around them.

The words are in ``pipeline/doichieu/lexicon/agencies.toml``; everything here is built once, at first use.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick_rs

from doichieu.alphabet import UPPER
from doichieu.lexicon import load
from doichieu.lexicon.families import LEVEL, SETTLEMENT
from doichieu.text import fold_characters, one_of, strip_accents

QUANTIFIERS = (
    "các",
    "những",
    "từng",
    "mỗi",
    "mọi",
    "toàn thể",
    "tất cả các",
    "một số",
    "hai",
    "ba",
    "lực lượng",
    "các lực lượng",
)
_HEADS = ("Bộ", "Sở", "Phòng")
_HEAD_KIND = {
    "Bộ": ("bo", "trung_uong"),
    "Sở": ("so", "tinh"),
    "Phòng": ("khac", ""),
    "Ban": ("khac", ""),
    "Ủy ban": ("quoc_hoi", "trung_uong"),
}
_LEVELS = f"{SETTLEMENT}|{LEVEL}"


class Entry(NamedTuple):
    """One registry entry as matched: the canonical name, kind and level, and which tails it takes."""

    name: str
    kind: str
    level: str
    tails: tuple[str, ...]
    needs_tail: bool = False
    open: bool = False
    head: str = ""
    blocked: bool = False
    collective: bool = False


class Registry(NamedTuple):
    """Everything compiled: the automaton over all written forms, the entry of each form, and the grammar."""

    automaton: ahocorasick_rs.AhoCorasick
    entries: tuple[Entry, ...]
    domains: dict[str, re.Pattern[str]]
    domain_names: dict[str, str]
    collectives_by_start: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]  # by their first two signs
    weak_nouns: frozenset[str]
    area: re.Pattern[str]
    party: re.Pattern[str]


@lru_cache(maxsize=2048)
def slug(name: str) -> str:
    """A stable ASCII id of a canonical name: ``Ủy ban nhân dân thị xã`` → ``uy_ban_nhan_dan_thi_xa``.

    >>> slug("Sở Khoa học và Công nghệ")
    'so_khoa_hoc_va_cong_nghe'
    """
    plain = strip_accents(fold_characters(name)).lower()
    return "_".join(re.findall(r"[a-z0-9]+", plain))[:120] or "khac"


def _variants(form: str, any_case: bool) -> set[str]:
    found = {form, form.upper(), form[:1].upper() + form[1:]}
    if any_case:
        found.add(form.lower())
    if " và " in form:
        found |= {
            v for sign in ("&", "-") for base in (form.replace(" và ", f" {sign} "),) for v in (base, base.upper())
        }
    return found


_LINK = r"(?:, | và |, và | hoặc |, hoặc |/| - )"
# "cơ quan tham mưu" is a kind of body only where no object of "tham mưu" follows.
_ADVISING = r"tham mưu(?=, giúp việc| của|[,;.)]|\Z| (?:tỉnh|thị|huyện|thành) ủy| cấp| trung ương)"
# The last syllables of nouns that a modifier may narrow.
_NARROWED = r"(?:(?<=quan)|(?<=vị)|(?<=chức)|(?<=ngành)|(?<=ban)|(?<=thể)|(?<=hội))"
_AFTER_NOUN = r"(?=[\s,;.:)\]/]|\Z)"
_PARTY = r" (?:(?:tỉnh|thị|thành|huyện|quận|đảng) ủy\b|trung ương(?: đảng)?\b)"
#: What kind a body is, not what it tells others of: "cơ quan| truyền thông|", but "các trường| truyền thông về lũ".
_MEDIA = r"truyền thông(?! (?:về|phòng|cho|nâng cao|chính sách)(?!\w))"
_GUARDS = {
    "ban": r"ban(?! (?:hành|chỉ|quản|đầu|tổ|tuyên|thường|chấp|giám))",
    "bộ": r"bộ(?! (?:tiêu|luật|chỉ|máy|phận|môn|trưởng|công|dữ|quy|tư|chính|đội|câu|giáo|tài|hồ))",
    "hội": r"hội(?! (?:nghị|nhập|thảo|đồng|viên|chợ|thi))",
    "phòng": r"phòng(?! (?:chống|ngừa|thí|học|họp|, chống))",
    "đơn vị": r"đơn vị(?! (?:hành chính|tính|đo))",
    "tổ chức": (
        r"tổ chức(?=[,;.:)]|\Z| và | liên quan| có liên quan| chính trị| xã hội| đảng| đoàn thể| cá nhân| khác"
        r"| trong | tín dụng| phi chính phủ| quốc tế| nghề nghiệp| khoa học| trực thuộc| thuộc"
        r"| (?:có|chịu) trách nhiệm| chủ trì| chủ động| phải| cơ sở| sự nghiệp| kinh tế| thành viên)"
    ),
    "ủy ban": r"ủy ban(?= khác| của|[,;.)]| và|\Z)",
    "viện": r"viện(?! (?:dẫn|trợ|trưởng))",
    "cục": r"cục(?! (?:bộ|diện|trưởng))",
    "vụ": r"vụ(?! (?:việc|án|trưởng))",
    "trường": r"trường(?! hợp)",
    "xã": r"xã(?! (?:hội|ủy))",
    "tỉnh": r"tỉnh(?! (?:ủy|đoàn|táo))",
    "huyện": r"huyện(?! (?:ủy|đoàn))",
    "quận": r"quận(?! (?:ủy|đoàn))",
    "thị xã": r"thị xã(?! ủy)",
    "thành phố": r"thành phố(?! thông minh)",
}


def _by_start(patterns: dict[str, re.Pattern[str]], words: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The patterns that may match where a text goes on with two signs: a noun or the word before it begins so."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for group, pattern in patterns.items():
        for start in {word[:2] for word in (*words[group], *QUANTIFIERS)}:
            found.setdefault(start, []).append((group, pattern))
    return {start: tuple(some) for start, some in found.items()}


def _collective_patterns(words: dict[str, Any]) -> tuple[dict[str, tuple[Any, ...]], frozenset[str]]:
    guarded = {"tham mưu": _ADVISING, "truyền thông": _MEDIA}
    modifiers = "|".join([one_of([w for w in words["modifier"] if w not in guarded]), *guarded.values()])
    tails = one_of(words["tail"])
    area = _area_source()
    patterns: dict[str, re.Pattern[str]] = {}
    quantifier = one_of(QUANTIFIERS)
    for group in ("party", "body", "territory", "outside"):
        nouns = "|".join(_GUARDS.get(w, re.escape(w)) for w in sorted(words[group], key=lambda w: (-len(w), w)))
        narrowed = rf"(?:(?: (?:{modifiers}))+)?" if group == "outside" else rf"(?:{_NARROWED}(?: (?:{modifiers}))+)?"
        unit = rf"(?:{nouns}){narrowed if group in ('body', 'outside') else ''}{_AFTER_NOUN}"
        link = r"(?:/| và (?=trường, viện|cơ sở))" if group == "outside" else _LINK
        related = rf"(?: có)? liên quan{_AFTER_NOUN}"
        under = (
            r" trực thuộc(?! (?:tỉnh|thành|thị|huyện|quận|trung|đảng|sở|bộ|ủy|ubnd|hđnd|ban|các|cơ|đơn|văn|chính"
            r"|tổng|cục|xã)\b)"
        )
        closing = rf"(?:{under}|(?: (?:{tails})(?! ủy){_AFTER_NOUN})|{related}|{area}|{_PARTY})*"
        patterns[group] = re.compile(
            rf"(?P<quantifier>(?:{quantifier}) )?(?P<nouns>{unit}(?:{link}{unit})*)(?P<tail>{closing})"
        )
    weak = frozenset(
        {
            "bộ",
            "sở",
            "ban",
            "ngành",
            "hội",
            "phòng",
            "cục",
            "vụ",
            "viện",
            "cá nhân",
            "trường",
            "trung tâm",
            "chi",
            "đảng bộ",
            "chính quyền",
            "ngân hàng",
            "quận",
            "huyện",
            "tỉnh",
            "xã",
            "phường",
        }
    )
    return _by_start(patterns, words), weak


#: The lowest level, not the head of a kind of body ("cấp tỉnh, cơ sở| khám bệnh").
_BASE = (
    r"cơ sở(?! (?:khám|giáo|đào|y tế|sản xuất|kinh doanh|lưu|dữ liệu|hạ tầng|vật chất|nghiên|nuôi|chế biến|chăn|bảo trợ"
    r"|trợ giúp|cai|dịch vụ|công nghiệp|thờ|tôn giáo|tín ngưỡng|văn hóa|thể thao|du lịch|thu gom|xử lý))"
)


def _area_source() -> str:
    level = rf"(?:{_LEVELS})(?! (?:ủy|hội|đoàn)\b)"
    grade = (
        r"(?:cấp (?:tỉnh|huyện|xã|cơ sở|trung ương|thành phố|thị xã)(?:(?:, | và |/)(?:cấp )?(?:huyện|xã|"
        rf"phường|đặc khu|thị trấn|{_BASE}|tỉnh)\b)*|các cấp|cùng cấp|cấp dưới|cấp trên|địa phương|cơ sở"
        r"|liên (?:xã|phường|huyện|tỉnh))"
    )
    lost = r"(?<=xã) (?=phường)|(?<=phường) (?=xã)"  # a comma left out: "các phường xã"
    joined = rf"(?:(?:, | và |/| hoặc |{lost}){level}|(?:, các | và các )(?!(?:{SETTLEMENT})(?!\w)){level})"
    levels = (
        rf"(?:(?:các |các |từng |mỗi )?{level}{joined}*)"  # "Mặt trận xã| và các xóm": those are bodies of their own
    )
    under = r"(?: trực thuộc (?:trung ương|tỉnh)\b(?! ủy))?"
    short = r"(?:của )?(?:tp|tx)(?:\.(?= ?[^\W\d_])|(?= [^\W\d_]))"  # "Công an| TP.| Đà Nẵng", "UBND| TX| Kỳ Anh"
    return rf"(?: (?:(?:của |ở |chi nhánh )?(?:{grade}|{levels})\b{under}(?: liên quan\b)?|{short}))"


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The compiled registry (built at first use; about 20 ms)."""
    data = load("agencies")
    forms: dict[str, Entry] = {}

    def add(form: str, entry: Entry, any_case: bool = False, replace: bool = False) -> None:
        for variant in _variants(fold_characters(form), any_case):
            if replace or variant not in forms:
                forms[variant] = entry

    for agency in data["agency"]:
        tails = agency.get("tail", [])
        entry = Entry(
            agency["name"],
            agency.get("kind", "khac"),
            agency.get("level", ""),
            tuple([tails] if isinstance(tails, str) else tails),
            bool(agency.get("needs_tail")),
        )
        people = entry.kind == "nguoi_dung_dau" and entry.needs_tail
        for form in (agency["name"], *agency.get("forms", [])):
            named = entry._replace(name=form[:1].upper() + form[1:]) if people else entry
            add(form, named, bool(agency.get("any_case")))
    domain_forms: dict[str, dict[str, str]] = {}
    for domain in data["domain"]:
        for head in domain.get("heads", _HEADS):
            kind, level = _HEAD_KIND.get(head, ("khac", ""))
            entry = Entry(f"{head} {domain['name']}", kind, level, ("area",), head=head)
            for form in (domain["name"], *domain.get("forms", [])):
                add(f"{head} {form}", entry)
                for variant in _variants(fold_characters(form), False):
                    domain_forms.setdefault(head, {}).setdefault(variant, domain["name"])
    for kind, heads in data["open"].items():
        for head in heads:
            level = _HEAD_KIND.get(head, ("", ""))[1]
            add(head, Entry(head, kind, level, ("area", "body", "self"), needs_tail=True, open=True, head=head))
    for form in data["not_agency"]["forms"]:
        add(form, Entry(form, "", "", (), blocked=True), replace=False)
    collectives, weak = _collective_patterns(data["collective"])
    nouns = [
        n for g in ("body", "territory", "party", "outside") for n in data["collective"][g] if n != "ủy ban"
    ]  # its trigger would hide "Ủy ban nhân dân"
    trigger = Entry("", "tap_the", "", (), collective=True)
    for quantifier in ("các", "những", "từng", "mỗi"):
        for noun in nouns:
            for form in {f"{quantifier} {noun}", f"{quantifier} {noun[:1].upper()}{noun[1:]}"}:
                add(form, trigger)
    for form in (
        "cơ quan, đơn vị",
        "cơ quan, tổ chức",
        "sở, ban, ngành",
        "sở, ngành",
        "bộ, ngành",
        "đơn vị, địa phương",
        "cơ quan liên quan",
        "cơ quan có liên quan",
        "đơn vị liên quan",
        "đơn vị có liên quan",
        "cấp ủy",
        "ban, ngành",
        "địa phương, đơn vị",
        "ngành, địa phương",
    ):
        add(form, trigger)
    ordered = sorted(forms)
    automaton = ahocorasick_rs.AhoCorasick(ordered, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    domains = {
        head: re.compile(rf"(?:{one_of(names)})(?=\s*(?:[,;.:)\n]|\Z)|\s+(?![{UPPER}])\w)")
        for head, names in domain_forms.items()
    }
    canonical = {
        f"{head} {form}": f"{head} {name}" for head, names in domain_forms.items() for form, name in names.items()
    }
    return Registry(
        automaton,
        tuple(forms[form] for form in ordered),
        domains,
        canonical,
        collectives,
        weak,
        re.compile(_area_source()),
        re.compile(_PARTY),
    )
