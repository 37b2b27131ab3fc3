"""The parts around a document's number in a citation: date, issuer and title after it, the provision before it.

Offsets are offsets in the string given, a passage of the normalised view.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from doichieu.extraction.citations.numbers import DATE, date_of
from doichieu.lexicon import load
from doichieu.lexicon.kinds import kind_pattern
from doichieu.naming import kind_names
from doichieu.text import one_of

_DATE_AFTER = re.compile(
    r"[¹²³⁴⁵⁶⁷⁸⁹⁰]*\s*(?:,|\()?\s*(?:(?:được\s+)?(?:ban hành|ký|thông qua)\s+)?[Nn](?:gày|GÀY)\s*:?\s+(?:"
    + DATE
    + r")\)?"
)
_DATE_AFTER_UPPER = re.compile(
    r"\s*,?\s*NGÀY\s+(?P<d2>\d{1,2})\s+THÁNG\s+(?P<m2>\d{1,2})\s+NĂM\s+(?P<y2>(?:19|20)\d\d)"
)
_ISSUER_AFTER = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]*\s*,?\s*(?:[Cc]ủa|CỦA|do)\s+(?=[A-ZĐƯƠÔÂÊỦÁÀ])")
_BARE_ISSUER = re.compile(r"\s+(?=" + load("issuers")["heads"] + r")")
_QUOTED = re.compile(r'\s*"(?P<title>[^"]{3,500})"')
_FOOTMARK = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_MAX_TITLE = 700
_LIST = (
    r"(?:[a-zđ]{1,2}|\d+(?:\.\d+)*[a-zđ]?|[IVXLC]+)(?!\w)(?:\s*(?:,|và|;|đến|-|hoặc)\s*(?:[a-zđ]|"
    r"\d+(?:\.\d+)*[a-zđ]?|[IVXLC]+)(?!\w))*"
)
_PROVISION = re.compile(
    rf"(?<!\w)(?P<p>(?:(?:các\s+)?(?:[Đđ]iểm|[Tt]iết|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục)\s+{_LIST}"
    r"(?:\s*(?:,|và|của)?\s*(?=(?:các\s+)?(?:[Đđ]iểm|[Tt]iết|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|"
    r"[Pp]hụ lục)\s)|))+)\s*,?\s*(?:của\s+|thuộc\s+|tại\s+|\()?\Z"
)
_PROVISION_HINT = re.compile(r"[Đđ]iểm|[Tt]iết|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục")


@lru_cache(maxsize=1)
def opener() -> re.Pattern[str]:
    inner = one_of(load("relations")["openers"]["words"])
    capital = "|".join(re.escape(word) for word in load("relations")["openers"]["capital"])
    return re.compile(rf"(?<!\w)(?:{inner}|{inner.upper()}|{capital}|Về|V/v)(?!\w)")


@lru_cache(maxsize=1)
def title_stop() -> re.Pattern[str]:
    stops = load("relations")["title_stops"]
    words = "|".join(re.escape(w) for w in stops["words"])
    blank = "|".join(re.escape(w) for w in stops["after_blank"])
    heads = load("issuers")["heads"]
    kinds = "|".join(label for label in sorted(set(kind_names().values()), key=lambda x: (-len(x), x)))
    return re.compile(
        r"[;:|]|\.{2,}|\.(?=\s|\Z|\))|/\.|\s*\((?:[Ss]au đây|[Dd]ưới đây|[Gg]ọi|[Vv]iết|[Kk]èm|[Bb]an hành|"
        r"trong đó|có)|\)|(?<=\w)\""
        rf"|(?:,|,?\s+và)\s+(?:các\s+)?(?:{kinds})\s+(?:số\s+)?\d"
        rf"|,\s+(?:và\s+)?(?:các\s+)?(?:{words})(?!\w)|\s(?:{blank})(?!\w)"
        rf"|,\s+(?:các\s+)?(?={heads}[^,;]{{0,80}}?\s(?:ban hành|xây dựng (?:kế|Kế|chương|Chương|đề|Đề)|yêu "
        rf"cầu|đề nghị|báo cáo|chỉ đạo|quyết định|thống nhất|chủ trì|phối hợp|xác định)\s?)"
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


_ISSUER_STOP = re.compile(
    r"[;:|()\"]|,|\.(?=\s|\Z)|/\.|[¹²³⁴⁵⁶⁷⁸⁹⁰]|\s(?:và\s+)?(?:các\s+)?(?:"
    + kind_pattern()
    + r")\s+(?:số\s|\d)|\s(?:[Nn]gày)\s",
    re.IGNORECASE,
)


def _issuer_at(text: str, position: int) -> tuple[str, int]:
    """The issuer whose name begins at ``position`` and where it ends; lower-case verbs open the title."""
    for name in _comma_names():
        if text.startswith(name, position):
            return name, position + len(name)
    end = min(len(text), position + 140)
    stop = _ISSUER_STOP.search(text, position, end)
    if stop:
        end = stop.start()
    verb = opener().search(text, position + 1, end)
    while verb and verb.group().isupper() and not text[position:end].isupper():
        verb = opener().search(text, verb.end(), end)
    if verb:
        end = verb.start()
    kept: list[str] = []
    for word in text[position:end].split(" "):
        if word[:1].islower() and word not in _lower_words():
            break
        kept.append(word)
    while kept and (kept[-1] in ("và", "các", "của", "ở") or not kept[-1]):
        kept.pop()
    name = " ".join(kept)
    return name, position + len(name)


class Tail(Struct):
    """What follows the number of a document: where the citation ends, and what was read on the way."""

    end: int
    issued_on: str = ""
    issuer: str = ""
    title: str = ""
    title_end: int = 0


def read_tail(text: str, position: int) -> Tail:
    """Date, issuer (in either order) and title that follow ``position``."""
    out = Tail(position)
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


def _read_title(text: str, out: Tail) -> None:
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
    verb = opener().match(text, position)
    if not verb or (verb.group().lower() not in ("về", "v/v") and text[out.end : position].strip() == ","):
        out.title_end = out.end
        return
    if text.startswith((" được", " có hiệu lực"), verb.end()):  # the verb of the sentence, not of a title
        out.title_end = out.end
        return
    limit = min(len(text), position + _MAX_TITLE)
    stop = title_stop().search(text, verb.end(), limit)
    if stop and stop.group() == '"' and text.count('"', position, stop.start()) % 2 == 0:
        stop = title_stop().search(text, stop.end(), limit)
    end = stop.start() if stop else limit
    if stop and stop.group() == '"' and text.count('"', position, stop.start()):
        end = stop.end()
    title = text[position:end].rstrip(" ,.¹²³⁴⁵⁶⁷⁸⁹⁰")
    if not out.issuer:
        late = re.search(
            r"\scủa\s+(?P<i>(?:Ban Thường vụ|Ban Chấp hành|Thường trực|Bộ|Chính phủ|Thủ tướng|UBND|Ủy ban "
            r"nhân dân|HĐND|Hội đồng nhân dân)[^,;.]{0,50})\Z",
            title,
        )
        if late and not opener().search(late.group("i")):
            out.issuer = late.group("i").strip()
            title = title[: late.start()]
    out.title = title
    out.title_end = end


def with_provision(text: str, start: int) -> tuple[int, str]:
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
