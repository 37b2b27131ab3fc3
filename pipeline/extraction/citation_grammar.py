"""The grammar of references to other documents, one passage at a time.

``find_citations`` only finds; which document is meant is decided in :mod:`pipeline.extraction.citations` and, across
the run, in :mod:`pipeline.resolve`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extraction.docnumbers import (
    DATE,
    NumberHit,
    date_of,
    find_numbers,
    issuer_of_number,
    kind_labels,
    kind_names,
    kind_of_number,
    kind_pattern,
)
from pipeline.lexicon import load


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


_WORD_BEFORE = re.compile(r"(?<!\w)(?:các\s+)?(?P<kind>" + kind_pattern() + r")(?:\s+(?:liên\s+tịch|chung))?(?P<so>\s+số)?\s*:?\s*\Z")
_SO_BEFORE = re.compile(r"(?<!\w)số\s*:?\s*\Z")
_JOIN_BEFORE = re.compile(r"(?:,|;|và|-)\s*\Z")
_MENTION = re.compile(
    r"(?<!\w)(?P<kind>" + kind_pattern() + r")\s+"
    r"(?:(?P<so>số\s+)?(?P<n>\d{1,4})(?![\w/%]|[.,]\d|\s?[-/]\s?[\wđ])|(?P<self>này)(?!\w)|(?P<above>(?:đã\s+)?(?:nêu|nói|dẫn)\s+trên|trên đây)(?!\w))"
)
_UNIT_AFTER = re.compile(
    r"\s*(?:%|năm|tháng|ngày|tuần|tỷ|tỉ|triệu|nghìn|người|điểm|nhóm|nội dung|nhiệm vụ|giải pháp|chỉ tiêu|đề án|dự án|lớp|khóa|"
    r"cấp|bước|bên|loại|mức|phần|mục|chương|điều|lần|kỳ|giai đoạn|cuộc|văn bản|đơn vị|tỉnh|xã|phường)(?!\w)"
)
_LAW = re.compile(
    r"(?P<kind>Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+(?P<name>[A-ZĐƯƠÔÂÊÁÀẢÃẠ][^;:|()\n]{1,140}?|sửa đổi,?[^;:|()\n]{1,200}?)"
    r"\s*,?\s*(?:(?=(?:số\s+)?\d{1,3}/\d{4}/)|(?P<date>ngày\s+" + DATE + r")|năm\s+(?P<year>(?:19|20)\d\d)(?!\d))"
)
_CONGRESS = re.compile(
    r"(?P<kind>Nghị quyết|Kết luận|Văn kiện|Quy định|Báo cáo chính trị)\s+"
    r"(?:(?:của\s+)?Đại hội\s+(?:đại biểu\s+)?(?:[^;.()]{0,60}?(?:lần thứ|khóa)\s+)?[XVI]+(?:\s+của\s+Đảng)?"
    r"|(?:Hội nghị\s+)?(?:lần thứ\s+[\w]+\s+)?(?:Ban Chấp hành\s+)?Trung ương\s+(?:Đảng\s+)?(?:\d{1,2}|lần thứ\s+\w+)(?:\s*,?\s*\(?khóa\s+[XVI]+\)?)?)"
    r"(?:\s*,?\s*\(?nhiệm kỳ\s+\d{4}\s?-\s?\d{4}\)?)?"
)
_DATE_AFTER = re.compile(
    r"[¹²³⁴⁵⁶⁷⁸⁹⁰]*\s*(?:,|\()?\s*(?:(?:được\s+)?(?:ban hành|ký|thông qua)\s+)?[Nn](?:gày|GÀY)\s*:?\s+(?:" + DATE + r")\)?"
)
_DATE_AFTER_UPPER = re.compile(r"\s*,?\s*NGÀY\s+(?P<d2>\d{1,2})\s+THÁNG\s+(?P<m2>\d{1,2})\s+NĂM\s+(?P<y2>(?:19|20)\d\d)")
_ISSUER_AFTER = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]*\s*,?\s*(?:[Cc]ủa|CỦA|do)\s+(?=[A-ZĐƯƠÔÂÊỦÁÀ])")
_BARE_ISSUER = re.compile(r"\s+(?=" + load("issuers")["heads"] + r")")
_DATE_BEFORE = re.compile(
    r"[Nn]gày\s+" + DATE + r"\s*,?\s*(?P<issuer>[A-ZĐƯƠÔÂÊỦ][^,;.]{3,60}?)?\s*(?:đã\s+)?(?:ký\s+)?(?:ban hành|có|thông qua)\s+\Z"
)
_ALIAS = re.compile(load("relations")["alias"]["pattern"])
_QUOTED = re.compile(r'\s*"(?P<title>[^"]{3,500})"')
_FOOTMARK = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_KIND_START = re.compile(r"(?:" + kind_pattern() + r")(?!\w)")
_MAX_TITLE = 700
_PLAIN_SELF = {"nghi_quyet", "ke_hoach", "chi_thi", "de_an", "ket_luan", "nghi_dinh", "thong_tu"}

_LIST = r"(?:[a-zđ]{1,2}|\d+(?:\.\d+)*[a-zđ]?|[IVXLC]+)(?!\w)(?:\s*(?:,|và|;|đến|-|hoặc)\s*(?:[a-zđ]|\d+(?:\.\d+)*[a-zđ]?|[IVXLC]+)(?!\w))*"
_PROVISION = re.compile(
    rf"(?<!\w)(?P<p>(?:(?:các\s+)?(?:[Đđ]iểm|[Tt]iết|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục)\s+{_LIST}"
    r"(?:\s*(?:,|và|của)?\s*(?=(?:các\s+)?(?:[Đđ]iểm|[Tt]iết|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục)\s)|))+)\s*,?\s*(?:của\s+|thuộc\s+|tại\s+|\()?\Z"
)
_PROVISION_HINT = re.compile(r"[Đđ]iểm|[Tt]iết|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục")


@lru_cache(maxsize=1)
def _opener() -> re.Pattern[str]:
    words = sorted(load("relations")["openers"]["words"], key=lambda w: (-len(w), w))
    inner = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{inner}|{inner.upper()}|Về)(?!\w)")


@lru_cache(maxsize=1)
def _title_stop() -> re.Pattern[str]:
    stops = load("relations")["title_stops"]
    words = "|".join(re.escape(w) for w in stops["words"])
    blank = "|".join(re.escape(w) for w in stops["after_blank"])
    heads = load("issuers")["heads"]
    kinds = "|".join(label for label in sorted(set(kind_labels().values()), key=lambda x: (-len(x), x)))
    return re.compile(
        r"[;:|]|\.{2,}|\.(?=\s|\Z|\))|/\.|\s*\((?:[Ss]au đây|[Dd]ưới đây|[Gg]ọi|[Vv]iết|[Kk]èm|[Bb]an hành|trong đó|có)|\)|(?<=\w)\""
        rf"|(?:,|,?\s+và)\s+(?:các\s+)?(?:{kinds})\s+(?:số\s+)?\d"
        rf"|,\s+(?:và\s+)?(?:các\s+)?(?:{words})(?!\w)|\s(?:{blank})(?!\w)"
        rf"|,\s+(?:các\s+)?(?={heads}[^,;]{{0,80}}?\s(?:ban hành|xây dựng (?:kế|Kế|chương|Chương|đề|Đề)|yêu cầu|đề nghị|báo cáo|chỉ đạo|quyết định|thống nhất|chủ trì|phối hợp|xác định)\s?)"
        rf"|\s(?:tại|theo)\s(?:{kinds})\s"
    )


@lru_cache(maxsize=1)
def _comma_names() -> tuple[str, ...]:
    return tuple(sorted(load("issuers")["comma_names"], key=lambda name: (-len(name), name)))


@lru_cache(maxsize=1)
def _lower_words() -> frozenset[str]:
    """The words in small letters that the name of an issuer may hold."""
    data = load("issuers")
    names = [*data["comma_names"], *(word for entry in data["proper"] for word in entry["words"]), *data["lower"]]
    return frozenset(word for name in names for word in re.findall(r"\w+|-", name) if not word[:1].isupper())


_ISSUER_STOP = re.compile(r"[;:|()\"]|,|\.(?=\s|\Z)|/\.|[¹²³⁴⁵⁶⁷⁸⁹⁰]|\s(?:và\s+)?(?:các\s+)?(?:" + kind_pattern() + r")\s+(?:số\s|\d)|\s(?:[Nn]gày)\s", re.IGNORECASE)


def _issuer_at(text: str, position: int) -> tuple[str, int]:
    """The issuer whose name begins at ``position`` and where it ends; lower-case verbs open the title."""
    for name in _comma_names():
        if text.startswith(name, position):
            return name, position + len(name)
    end = min(len(text), position + 140)
    stop = _ISSUER_STOP.search(text, position, end)
    if stop:
        end = stop.start()
    opener = _opener().search(text, position + 1, end)
    while opener and opener.group().isupper() and not text[position:end].isupper():
        opener = _opener().search(text, opener.end(), end)
    if opener:
        end = opener.start()
    kept: list[str] = []
    for word in text[position:end].split(" "):
        if word[:1].islower() and word not in _lower_words():
            break
        kept.append(word)
    while kept and (kept[-1] in ("và", "các", "của", "ở") or not kept[-1]):
        kept.pop()
    name = " ".join(kept)
    return name, position + len(name)


class _Tail(Struct):
    """What follows the number of a document: where the citation ends, and what was read on the way."""

    end: int
    issued_on: str = ""
    issuer: str = ""
    title: str = ""
    title_end: int = 0


def _tail(text: str, position: int) -> _Tail:
    out = _Tail(position)
    for _ in range(2):
        if not out.issued_on:
            match = _DATE_AFTER.match(text, out.end) or _DATE_AFTER_UPPER.match(text, out.end)
            if match and (found := date_of(match)):
                out.issued_on = found
                out.end = match.end()
        if not out.issuer:
            match = _ISSUER_AFTER.match(text, out.end) or (_BARE_ISSUER.match(text, out.end) if out.issued_on else None)
            if match:
                issuer, end = _issuer_at(text, match.end())
                if issuer:
                    out.issuer = issuer
                    out.end = end
    _read_title(text, out)
    return out


def _read_title(text: str, out: _Tail) -> None:
    """The title after number, date and issuer: an opener, then everything up to a stop."""
    position = out.end
    mark = _FOOTMARK.match(text, position)
    if mark:
        position = mark.end()
    while text[position : position + 1] in (" ", ","):
        position += 1
    quoted = _QUOTED.match(text, position)
    if quoted:
        out.title = quoted.group("title").strip()
        out.title_end = quoted.end()
        return
    opener = _opener().match(text, position)
    if not opener or (opener.group().lower() not in ("về", "v/v") and text[out.end : position].strip() == ","):
        out.title_end = out.end
        return
    limit = min(len(text), position + _MAX_TITLE)
    stop = _title_stop().search(text, opener.end(), limit)
    if stop and stop.group() == '"' and text.count('"', position, stop.start()) % 2 == 0:
        stop = _title_stop().search(text, stop.end(), limit)
    end = stop.start() if stop else limit
    if stop and stop.group() == '"' and text.count('"', position, stop.start()):
        end = stop.end()
    title = text[position:end].rstrip(" ,.¹²³⁴⁵⁶⁷⁸⁹⁰")
    if not out.issuer:
        late = re.search(r"\scủa\s+(?P<i>(?:Ban Thường vụ|Ban Chấp hành|Thường trực|Bộ|Chính phủ|Thủ tướng|UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân)[^,;.]{0,50})\Z", title)
        if late and not _opener().search(late.group("i")):
            out.issuer = late.group("i").strip()
            title = title[: late.start()]
    out.title = title
    out.title_end = end


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
    return _relate(text, lower, _without_overlap(found))


def _numbered(text: str, lower: str, number: NumberHit) -> CitationHit | None:
    base = max(0, number.start - 60)
    before = lower[base : number.start]
    symbol_kind = kind_of_number(number.number)
    word = _WORD_BEFORE.search(before)
    start = number.start
    kind = symbol_kind
    if word:
        start = base + word.start("kind")
        named = kind_names()[" ".join(word.group("kind").split())]
        kind = named if not symbol_kind or (named != "quy_dinh" and symbol_kind != "nghi_quyet") else symbol_kind
        if named == "quy_dinh" and symbol_kind == "quyet_dinh":
            kind = named
    else:
        so = _SO_BEFORE.search(before)
        if so:
            start = base + so.start()
        elif symbol_kind in ("", "cong_van") and not _JOIN_BEFORE.search(before):
            return None
    tail = _tail(text, number.end)
    issued_on, issuer = tail.issued_on, tail.issuer
    if kind == "luat" or "/QH" in number.number:
        law = re.search(r"(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết)(?:\s+[^;:|()\n]{1,140}?)?\s+(?:số\s+)?\Z", text[max(0, number.start - 170) : number.start])
        if law and not word:
            start = max(0, number.start - 170) + law.start()
            kind = kind_names().get(law.group().split(" số")[0].strip().lower(), "luat")
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
    start, provision = _with_provision(text, start)
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


def _with_provision(text: str, start: int) -> tuple[int, str]:
    """The start with a provision before it (``điểm a, b khoản 2 Điều 5``), and the provision's wording."""
    base = max(0, start - 120)
    before = text[base:start]
    if not _PROVISION_HINT.search(before):
        return start, ""
    match = _PROVISION.search(before)
    if not match:
        return start, ""
    wording = " ".join(match.group("p").split()).rstrip(" ,")
    return base + match.start("p"), wording


def _named(text: str, lower: str, numbered: list[CitationHit]) -> list[CitationHit]:
    """References without a full number: short names, this document, laws by name, congresses."""
    out: list[CitationHit] = []
    for match in _MENTION.finditer(lower):
        kind = kind_names()[" ".join(match.group("kind").split())]
        start, end = match.start(), match.end()
        if match.group("n"):
            digits = match.group("n")
            if _UNIT_AFTER.match(lower, end) or (not match.group("so") and (len(digits) < 2 or not text[start].isupper())):
                continue
            if not match.group("so") and (kind in ("quy_hoach", "bao_cao", "cong_van", "luat") or 1990 <= int(digits) <= 2100):
                continue
            tail = _tail(text, end)
            begin, provision = _with_provision(text, start)
            out.append(
                CitationHit(begin, tail.end, "short", kind, "", tail.issued_on, tail.issuer, tail.title, provision=provision,
                            mask_end=max(tail.end, tail.title_end), short_number=int(digits))
            )  # fmt: skip
        else:
            begin, provision = _with_provision(text, start)
            if kind not in _PLAIN_SELF and not text[start].isupper():
                continue
            form = "self" if match.group("self") else "above"
            out.append(CitationHit(begin, end, form, kind, provision=provision, mask_end=end))
    if "uật" in text or "háp" in text:
        out += _laws(text)
    if "Trung ương" in text or "Đại hội" in text:
        for match in _CONGRESS.finditer(text):
            kind = kind_names().get(match.group("kind").lower(), "")
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
        begin, provision = _with_provision(text, match.start())
        title = f"{match.group('kind')} {match.group('name')}".strip().rstrip(",")
        issued = date_of(match) if match.group("date") else ""
        out.append(
            CitationHit(begin, match.end(), "law", kind, "", issued, "Quốc hội" if kind == "luat" else "", title,
                        provision=provision, mask_end=match.end())
        )  # fmt: skip
    return out


def _without_overlap(found: list[CitationHit]) -> list[CitationHit]:
    """Longer and numbered citations win; what only overlaps another's own wording goes."""
    out: list[CitationHit] = []
    for hit in found:
        clash = next((other for other in out if other.start < hit.end and hit.start < other.end), None)
        if clash is None:
            out.append(hit)
        elif hit.form == "number" and clash.form != "number":
            out[out.index(clash)] = hit
    return out


def _relate(text: str, lower: str, found: list[CitationHit]) -> list[CitationHit]:
    """Aliases, nesting, shared issuers and relations; alias brackets are no citations of their own."""
    brackets = list(_ALIAS.finditer(text)) if "là" in text else []
    out: list[CitationHit] = []
    for hit in found:
        if any(b.start() <= hit.start < b.end() for b in brackets):
            continue
        outer = next((o for o in out if not o.nested and o.end <= hit.start < o.mask_end), None)
        relation = "mentions"
        if outer is None:
            before = lower[max(0, hit.start - 110) : hit.start]
            relation = _relation(before) or _inherited(lower, hit, out) or "mentions"
            if relation == "implements" and hit.form in ("self", "above"):
                relation = "mentions"
        out.append(replace(hit, relation=relation, nested=outer is not None))
    for bracket in brackets:
        alias = " ".join(bracket.group("alias").split())
        if not _KIND_START.match(alias.lower()):
            continue
        owner = next(
            (i for i in range(len(out) - 1, -1, -1) if not out[i].nested and out[i].end <= bracket.start()
             and bracket.start() - out[i].mask_end <= 60), None,
        )  # fmt: skip
        if owner is not None and out[owner].form in ("number", "short", "congress"):
            out[owner] = replace(out[owner], alias=alias)
    return _shared_issuers(text, out)


_SEPARATOR = re.compile(r"[\s,;()¹²³⁴⁵⁶⁷⁸⁹⁰]*(?:(?:và|hoặc)\s+)?(?:các\s+)?\Z")


def _inherited(lower: str, hit: CitationHit, before: list[CitationHit]) -> str:
    """The relation of the citation before in the same list (``Căn cứ A; B và C``)."""
    previous = next((other for other in reversed(before) if not other.nested), None)
    if previous is None or previous.relation == "mentions" or previous.form in ("self", "above"):
        return ""
    between = lower[max(previous.end, min(previous.mask_end, hit.start)) : hit.start]
    between = re.sub(r"\([^)]*\)", " ", between)
    return previous.relation if _SEPARATOR.match(between) else ""


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
