"""The grammar of references to other documents, one passage at a time.

``find_citations`` only finds; which document is meant is decided in :mod:`doichieu.extraction.citations.stage` and,
across
the run, in :mod:`doichieu.resolve`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from doichieu.extraction.citations.numbers import (
    DATE,
    NumberHit,
    date_of,
    find_numbers,
    issuer_of_number,
    kind_of_number,
)
from doichieu.extraction.citations.parts import read_tail, with_provision
from doichieu.lexicon import load
from doichieu.lexicon.kinds import kind_pattern, kinds_by_name
from doichieu.text import started
from doichieu.text.memory import remembered


class CitationHit(Struct, frozen=True):
    """One reference at ``text[start:end]`` of a passage; ``text[start:mask_end]`` includes the cited title.

    ``form``: ``number``, ``short`` (``Nghị quyết số 09``), ``self`` (``Nghị quyết này``), ``above`` (``nêu trên``),
    ``alias``, ``law`` (a law by its name), ``congress`` (a document of a congress or plenum).  ``nested`` is true
    inside the title of another citation.  ``short_number`` is the figure of a short name.
    """

    start: int
    end: int
    form: str
    kind: str = ""
    number: str = ""
    issued_on: str = ""
    issuer: str = ""
    title: str = ""
    alias: str = ""
    relation: str = "mentions"
    provision: str = ""
    mask_end: int = 0
    nested: bool = False
    short_number: int = -1


_WORD_BEFORE = re.compile(
    r"(?<!\w)(?:các\s+)?(?P<kind>" + kind_pattern() + r")(?:\s+(?:liên\s+tịch|chung))?(?P<so>\s+số)?\s*:?\s*\Z"
)
_SO_BEFORE = re.compile(r"(?<!\w)số\s*:?\s*\Z")
_JOIN_BEFORE = re.compile(r"(?:,|;|và|-)\s*\Z")
_MENTION = re.compile(
    r"(?P<kind>" + started(kind_pattern().split("|")) + r")\s+"
    r"(?:(?P<so>số\s+)?(?P<n>\d{1,4})(?![\w/%]|[.,]\d|\s?[-/]\s?[\wđ])|(?P<self>này)(?!\w)|"
    r"(?P<above>(?:đã\s+)?(?:nêu|nói|dẫn)\s+trên|trên đây)(?!\w))"
)
_UNIT_AFTER = re.compile(
    r"\s*(?:%|năm|tháng|ngày|tuần|tỷ|tỉ|triệu|nghìn|người|điểm|nhóm|nội dung|nhiệm vụ|giải pháp|chỉ tiêu|đề "
    r"án|dự án|lớp|khóa|cán bộ|công chức|viên chức|giáo viên|bản|hộ|cơ sở|"
    r"cấp|bước|bên|loại|mức|phần|mục|chương|điều|lần|kỳ|giai đoạn|cuộc|văn bản|đơn vị|tỉnh|xã|phường)(?!\w)"
)
_LAW = re.compile(
    r"(?P<kind>Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+"
    r"(?P<name>[A-ZĐƯƠÔÂÊÁÀẢÃẠ][^;:|()\n]{1,140}?|sửa đổi,?[^;:|()\n]{1,200}?)"
    r"\s*,?\s*(?:(?=(?:số\s+)?\d{1,3}/\d{4}/)|(?P<date>ngày\s+" + DATE + r")|năm\s+(?P<year>(?:19|20)\d\d)(?!\d))"
)
_NUMBERED_LAW = re.compile(
    r"(?:Luật\s+sửa đổi[^;:|()\n]{1,140}?"
    r"|(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết)(?:\s+(?:(?!Luật|Pháp lệnh|Nghị quyết)[^;:|()\n]){1,140}?)?)"
    r"(?:\s+\(sửa đổi\))?\s+(?:số\s+)?\Z"
)
_CONGRESS = re.compile(
    r"(?P<kind>Nghị quyết|Kết luận|Văn kiện|Quy định|Báo cáo chính trị)\s+"
    r"(?:(?:của\s+)?Đại hội\s+(?:đại biểu\s+)?(?:[^,;.()]{0,60}?(?:lần thứ|khóa)\s+)?[XVI]+(?:\s+của\s+Đảng)?"
    r"|(?:Hội nghị\s+)?(?:lần thứ\s+[\w]+\s+)?(?:Ban Chấp hành\s+)?Trung ương\s+(?:Đảng\s+)?(?:\d{1,2}|lần "
    r"thứ\s+\w+)(?:\s*,?\s*\(?khóa\s+[XVI]+\)?)?)"
    r"(?:\s*,?\s*\(?nhiệm kỳ\s+\d{4}\s?-\s?\d{4}\)?)?"
)
_DATE_BEFORE = re.compile(
    r"[Nn]gày\s+"
    + DATE
    + r"\s*,?\s*(?P<issuer>[A-ZĐƯƠÔÂÊỦ][^,;.]{3,60}?)?\s*(?:đã\s+)?(?:ký\s+)?(?:ban hành|có|thông qua)\s+\Z"
)
_ALIAS = re.compile(load("relations")["alias"]["pattern"])
_KIND_START = re.compile(r"(?:" + kind_pattern() + r")(?!\w)")
_PLAIN_SELF = {"nghi_quyet", "ke_hoach", "chi_thi", "de_an", "ket_luan", "nghi_dinh", "thong_tu"}


@lru_cache(maxsize=1)
def _relations() -> list[tuple[str, re.Pattern[str]]]:
    return [(entry["id"], re.compile(entry["pattern"])) for entry in load("relations")["relation"]]


def _relation(before: str) -> str:
    for name, pattern in _relations():
        if pattern.search(before):
            return name
    return ""


def find_citations(text: str) -> list[CitationHit]:
    """All references to documents in one passage, in order, not yet resolved across passages.

    >>> [(h.kind, h.number, h.issued_on, h.issuer) for h in find_citations(
    ...     "Thực hiện Nghị quyết số 09-NQ/TU ngày 01/6/2022 của Ban Thường vụ Tỉnh ủy về cán bộ đến năm 2025")]
    [('nghi_quyet', '09-NQ/TU', '2022-06-01', 'Ban Thường vụ Tỉnh ủy')]
    """
    return list(_citations(text))


def _find(text: str) -> tuple[CitationHit, ...]:
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    found: list[CitationHit] = []
    for number in find_numbers(text):
        hit = _numbered(text, lower, number)
        if hit is not None:
            found.append(hit)
    found += _named(text, lower, found)
    found.sort(key=lambda h: (h.start, -h.end))
    return tuple(_relate(text, lower, _without_overlap(found)))


_citations = remembered(_find)


def _numbered(text: str, lower: str, number: NumberHit) -> CitationHit | None:
    base = max(0, number.start - 60)
    before = lower[base : number.start]
    symbol_kind = kind_of_number(number.number)
    word = _WORD_BEFORE.search(before)
    start = number.start
    kind = symbol_kind
    if word:
        start = base + word.start("kind")
        named = kinds_by_name()[" ".join(word.group("kind").split())]
        kind = named if not symbol_kind or (named != "quy_dinh" and symbol_kind != "nghi_quyet") else symbol_kind
        if named == "quy_dinh" and symbol_kind == "quyet_dinh":
            kind = named
    else:
        so = _SO_BEFORE.search(before)
        if so:
            start = base + so.start()
        elif symbol_kind in ("", "cong_van") and not _JOIN_BEFORE.search(before):
            return None
    tail = read_tail(text, number.end)
    issued_on, issuer = tail.issued_on, tail.issuer
    if kind == "luat" or "/QH" in number.number:
        law = _NUMBERED_LAW.search(text[max(0, number.start - 170) : number.start])
        if law and not word:
            start = max(0, number.start - 170) + law.start()
            kind = kinds_by_name().get(law.group().split(" số")[0].strip().lower(), "luat")
            if law.group().startswith("Nghị"):
                kind = "nghi_quyet"
            elif law.group().startswith("Pháp"):
                kind = "phap_lenh"
            title = re.sub(r"\s+số\s*\Z", "", law.group().strip())
            tail.title = tail.title or title
    if not issued_on:
        earlier = _DATE_BEFORE.search(text[max(0, start - 130) : start])
        if earlier:
            issued_on = date_of(earlier)
            issuer = issuer or (earlier.group("issuer") or "").strip()
    start, provision = with_provision(text, start)
    return CitationHit(
        start,
        tail.end,
        "number",
        kind,
        number.number,
        issued_on,
        issuer or issuer_of_number(number.number),
        tail.title,
        provision=provision,
        mask_end=max(tail.end, tail.title_end),
    )


def _named(text: str, lower: str, numbered: list[CitationHit]) -> list[CitationHit]:
    """References without a full number: short names, this document, laws by name, congresses."""
    out: list[CitationHit] = []
    for match in _MENTION.finditer(lower):
        kind = kinds_by_name()[" ".join(match.group("kind").split())]
        start, end = match.start(), match.end()
        if match.group("n"):
            digits = match.group("n")
            if _UNIT_AFTER.match(lower, end) or (
                not match.group("so") and (len(digits) < 2 or not text[start].isupper())
            ):
                continue
            if not match.group("so") and (
                kind in ("quy_hoach", "bao_cao", "cong_van", "luat") or 1990 <= int(digits) <= 2100
            ):
                continue
            tail = read_tail(text, end)
            begin, provision = with_provision(text, start)
            out.append(
                CitationHit(
                    begin,
                    tail.end,
                    "short",
                    kind,
                    "",
                    tail.issued_on,
                    tail.issuer,
                    tail.title,
                    provision=provision,
                    mask_end=max(tail.end, tail.title_end),
                    short_number=int(digits),
                )
            )
        else:
            begin, provision = with_provision(text, start)
            if kind not in _PLAIN_SELF and not text[start].isupper():
                continue
            form = "self" if match.group("self") else "above"
            out.append(CitationHit(begin, end, form, kind, provision=provision, mask_end=end))
    if "uật" in text or "háp" in text:
        out += _laws(text)
    if "Trung ương" in text or "Đại hội" in text:
        for match in _CONGRESS.finditer(text):
            kind = kinds_by_name().get(match.group("kind").lower(), "")
            out.append(
                CitationHit(match.start(), match.end(), "congress", kind, title=match.group(), mask_end=match.end())
            )
    return out


def _laws(text: str) -> list[CitationHit]:
    out = []
    for match in _LAW.finditer(text):
        if not match.group("date") and not match.group("year"):
            continue  # numbered: found by its number
        kind = "phap_lenh" if match.group("kind") == "Pháp lệnh" else "luat"
        begin, provision = with_provision(text, match.start())
        title = f"{match.group('kind')} {match.group('name')}".strip().rstrip(",")
        issued = date_of(match) if match.group("date") else ""
        out.append(
            CitationHit(
                begin,
                match.end(),
                "law",
                kind,
                "",
                issued,
                "Quốc hội" if kind == "luat" else "",
                title,
                provision=provision,
                mask_end=match.end(),
            )
        )
    return out


def _without_overlap(found: list[CitationHit]) -> list[CitationHit]:
    """Sorted hits without overlaps: the first and longest wins, a numbered one beats all others."""
    out: list[CitationHit] = []
    for hit in found:
        if not out or out[-1].end <= hit.start:
            out.append(hit)
        elif hit.form == "number" and out[-1].form != "number":
            out[-1] = hit
    return out


def _relate(text: str, lower: str, found: list[CitationHit]) -> list[CitationHit]:
    """Aliases, nesting, shared issuers and relations; alias brackets are no citations of their own."""
    brackets = list(_ALIAS.finditer(text)) if "là" in text else []
    out: list[CitationHit] = []
    following = iter(brackets)
    bracket_here = next(following, None)
    outer: CitationHit | None = None
    for hit in found:
        while bracket_here is not None and bracket_here.end() <= hit.start:
            bracket_here = next(following, None)
        if bracket_here is not None and bracket_here.start() <= hit.start:
            continue
        if outer is not None and hit.start >= outer.mask_end:
            outer = None
        relation = "mentions"
        if outer is None:
            before = lower[max(0, hit.start - 110) : hit.start]
            relation = _relation(before) or _inherited(lower, hit, out) or "mentions"
            if relation == "implements" and hit.form in ("self", "above"):
                relation = "mentions"
        out.append(replace(hit, relation=relation, nested=outer is not None))
        outer = outer or out[-1]
    for bracket in brackets:
        alias = " ".join(bracket.group("alias").split())
        if not _KIND_START.match(alias.lower()):
            continue
        owner = next(
            (
                i
                for i in range(len(out) - 1, -1, -1)
                if not out[i].nested and out[i].end <= bracket.start() and bracket.start() - out[i].mask_end <= 60
            ),
            None,
        )
        if owner is not None and out[owner].form in ("number", "short", "congress"):
            out[owner] = replace(out[owner], alias=alias)
    return _shared_issuers(text, out)


#: "… và hướng dẫn của Bộ A tại Công văn số 5": what the second document tells is carried out with the first.
_AT = re.compile(r"\s*(?:tại|theo)\s*(?:các\s+)?\Z")
_AND_TOLD = re.compile(r"(?:,|;|và)\s+(?:sự\s+|ý kiến\s+)?(?:hướng dẫn|chỉ đạo|yêu cầu|đề nghị|phân công)[^;.]{0,80}\Z")
#: What is left of a title that has a semicolon of its own, before the next of the list: "về việc cưới; quản lý …; ".
_MORE_OF_TITLE = re.compile(r";\s(?!xét|theo|trên cơ sở|căn cứ|ý kiến)[^;.]{10,200};\s*")
_SEPARATOR = re.compile(r"[\s,;()¹²³⁴⁵⁶⁷⁸⁹⁰]*(?:(?:và|hoặc)\s+)?(?:các\s+)?\Z")


def _inherited(lower: str, hit: CitationHit, before: list[CitationHit]) -> str:
    """The relation of the citation before in the same list (``Căn cứ A; B và C``)."""
    previous = next((other for other in reversed(before) if not other.nested), None)
    if previous is None or previous.relation == "mentions" or previous.form in ("self", "above"):
        return ""
    between = lower[max(previous.end, min(previous.mask_end, hit.start)) : hit.start]
    between = re.sub(r"\([^)]*\)", " ", between)
    at = _AT.search(between)
    told = at and _AND_TOLD.search(lower[previous.start : max(previous.end, previous.mask_end)] + between[: at.start()])
    listed = previous.title and _MORE_OF_TITLE.fullmatch(between)
    return previous.relation if _SEPARATOR.match(between) or told or listed else ""


def _shared_issuers(text: str, found: list[CitationHit]) -> list[CitationHit]:
    """``các Đề án số 07, số 08 của Ban Thường vụ Thị ủy``: the issuer after the last one is everyone's."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        hit, following = out[i], out[i + 1]
        if hit.issuer or hit.title or hit.form not in ("number", "short") or following.form not in ("number", "short"):
            continue
        if not following.issuer or not _SEPARATOR.match(text[hit.end : following.start]):
            continue
        if hit.number and following.number and hit.number.split("/")[-1] != following.number.split("/")[-1]:
            continue
        out[i] = replace(hit, issuer=following.issuer)
    return out
