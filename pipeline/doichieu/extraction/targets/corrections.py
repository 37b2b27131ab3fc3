"""What no rule may say of a population: a unit, an opening, a verb; and what is put right after the rules."""

from __future__ import annotations

import re

from doichieu.extraction.targets.apart import MEASURE_ALONE
from doichieu.extraction.targets.continued import whole_of_time
from doichieu.extraction.targets.counted import MEASURED, PURE_UNITS, units
from doichieu.extraction.targets.measured import measured, population_measured
from doichieu.extraction.targets.never import never_a_population
from doichieu.extraction.targets.parts import clean, strip_reach
from doichieu.extraction.targets.phrases import narrowings
from doichieu.extraction.targets.polish import polished
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.shares import SHARES
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.lexicon import load
from doichieu.lexicon.families import COMMUNE, DISTRICT, LEVEL, REGION
from doichieu.lexicon.named_words import words_of
from doichieu.model import Target
from doichieu.text import fold

_WHOLE_PLACE = re.compile(
    rf"\W*(?:phấn đấu\s+)?((?:toàn (?:{LEVEL}|ngành|vùng|miền|quốc)|cả (?:nước|{LEVEL}|vùng)))\s", re.IGNORECASE
)


#: Where the share holds, at the end of what is said: "… được tiếp cận 5G tại các phường".
_REGION_TAIL = re.compile(
    rf"\s(?P<where>(?:(?:ở|tại|trên)\s+(?:các |những )?(?:khu vực|vùng|địa bàn(?= các| khu| vùng)"
    rf"|{REGION}|{COMMUNE}|{DISTRICT}|thôn|bản)|vùng (?:cao|sâu|đồng bào"
    r"|khó khăn))(?!\w)"
    r"[^,;.()%]{0,60})\Z",
    re.IGNORECASE,
)


#: No population begins so: an opening, a purpose, a verb of striving.
_NO_SUBJECT = re.compile(
    r"(?:tiếp tục|từng bước|với|là|để|nhằm|theo|trong đó|qua|bằng|vì|yêu cầu|lên|đến|của|mà|khi|nếu|được|bị|này|đó"
    r"|góp phần|phấn đấu|sau(?! đại học)|trước|dự kiến"
    r"|ước(?: tính| đạt)?|(?:mỗi|từng) (?:đợt|lần|vụ|năm|quý|tháng|kỳ))(?!\w)",
    re.IGNORECASE,
)


_LETTER = re.compile(r"[^\W\d_]")
_AVERAGES = frozenset({"bình quân", "trung bình", "bình quân hằng năm", "bình quân hàng năm", "bình quân mỗi năm"})
_AMOUNTS = frozenset({"lượng", "số lượng", "tổng số", "khối lượng", "số", "tổng", "tỷ lệ", "tỉ lệ", "mức"})


_PIECE = re.compile(rf"(?:{words_of('pieces_of_things')})")


def _counts_pieces(unit: str, label: str) -> bool:
    """Whether a unit only counts pieces of the things that a label names.

    >>> _counts_pieces("căn", "Nhà cho thuê"), _counts_pieces("trụ", "Điểm sạc xe điện")
    (True, True)
    >>> _counts_pieces("hộ", "Trạm cấp nước"), _counts_pieces("bộ", "Chiếu sáng"), _counts_pieces("căn", "Năm 2026")
    (False, False, False)
    """
    if _PIECE.fullmatch(unit) is None:
        return False
    thing = units()[0].match(label.strip(' -+*•–"“').lower())
    return thing is not None and units()[1][thing.group("u")] == "count" and fold(thing.group("u")) != unit


def _renamed(c: Sides, said: Said, unit: str) -> Said:
    """A population that is a unit or the opening of the clause, named anew from what stands next to the figure."""
    if said.subject.lower() in _AVERAGES:
        return said._replace(subject="")
    if c.kind not in SHARES and said.subject.lower() in _AMOUNTS:
        return said._replace(subject="")  # "Số lượng: 5.000 cuốn": of what, stands above
    if fold(said.subject).startswith(unit + "/") and fold(c.right).startswith(unit + "/"):
        return said._replace(subject=clean(said.subject.partition("/")[2]))  # "02 GB/tài khoản thư điện tử"
    bare = fold(said.subject)
    if bare == unit and c.label and _counts_pieces(bare, c.label):
        return said._replace(subject="")  # "Nhà cho thuê: hoàn thành 1.260 căn"
    spread = "/" in bare and unit == f"{bare}/năm"  # "con/phụ nữ" of "con/phụ nữ/năm"
    if spread or (bare == unit and ("/" in unit or unit in PURE_UNITS or unit in MEASURED)):
        return measured(c) or said
    if _NO_SUBJECT.match(said.subject) is not None:
        near = re.split(r"(?:^|[\s(])(?:phấn đấu|là)\s+", strip_reach(c.left).strip(" ,:("), flags=re.IGNORECASE)[-1]
        subject, scope = population_measured(clean(near), unit) if clean(near) else ("", ())
        bad = not subject or _NO_SUBJECT.match(subject) is not None
        return said._replace(subject="" if bad else subject, scope=said.scope if bad else (*scope,))
    return said


_AT_PLACE = re.compile(r"(?:tại|ở|trên địa bàn)\s", re.IGNORECASE)
#: "thời gian giải quyết thủ tục hành chính": the time is measured, the thing is what it is about.
_TIME_OF = re.compile(
    r"(?:thời gian|thời hạn)\s+(?!cấp (?:cứu|phát|nước|điện)(?!\w))(?:"
    rf"{words_of('office_deeds_timed')}"
    r")\s+(?P<thing>(?!của)\w.{3,})",
    re.IGNORECASE,
)


#: Bare nouns that count people who were named before: "40 phụ nữ chưa biết chữ, trong đó 15 người là dân tộc Mông".
_BARE_PEOPLE = frozenset({"người", "cháu", "em", "bé", "đồng chí", "bạn", "chị", "anh", "bác"})
_OF_THEM = re.compile(r"(?:trong (?:số )?đó|trong số này|gồm)(?: có)?\s*,?\s*(?:[^,;.\d]{0,30}\s)?\Z", re.IGNORECASE)
#: Bare words for any thing that is built or set up, of which the whole names the kind.
_ANY_THING = re.compile(rf"(?:{words_of('any_thing_built')})(?!\w)")
_EACH_PERSON = frozenset({"mỗi người", "từng người", "mỗi em", "mỗi cháu", "mỗi đồng chí"})
_UPON = re.compile(r"\sđối với\s+(?P<whom>(?!năm|giai đoạn)[^,;:%\d]{2,})", re.IGNORECASE)
#: "tỷ lệ chôn lấp trực tiếp còn 35% | lượng chất thải được thu gom": what it is a share of.
_AMOUNT_BEHIND = re.compile(
    r"\s*(?:tổng )?(?:khối lượng|lượng|số)\s+(?P<what>[^\W\d_]+(?:\s[^\W\d_]+){0,4}?)"
    r"(?=\s+(?:được|thu gom|phát sinh|trong|của|tại|ở)(?!\w)|\s*(?:[,;.(]|\Z))",
    re.IGNORECASE,
)
_SPREAD_OVER = re.compile(r"/[\d.]+ (?P<who>dân|người|người dân|lao động|học sinh)(?!\w)")


def _instead(c: Sides, said: Said) -> Said:
    """The population where a wording only left a loose word of it: ``tỷ lệ trễ hạn``, ``tỷ lệ chôn lấp trực tiếp``.

    It is those whom the wording is ``đối với``, those of the measure before, those whom a rate is spread over; else
    what stands above.
    """
    upon = _UPON.search(said.indicator)
    if upon is not None:
        subject, scope = narrowings(clean(upon.group("whom")))
        kept = tuple(s for s in said.scope if fold(upon.group("whom")) not in fold(s))
        return said._replace(subject=subject, scope=(*kept, *scope))
    over = _SPREAD_OVER.search(c.group.figure.unit)
    if over is not None:
        return said._replace(subject=over.group("who"))
    amount = _AMOUNT_BEHIND.match(c.right)
    if amount is not None:
        subject, scope = narrowings(clean(amount.group("what")))
        return said._replace(subject=subject, scope=(*said.scope, *scope))
    if c.near is not None and c.near.subject:
        return said._replace(subject=c.near.subject)
    return said._replace(subject="")


_THOUGHT_OF = re.compile(r"(?<!\w)(?:hài lòng|nhận thức|hiểu biết|tin tưởng)(?!\w)")


_UPON_THOSE = re.compile(r"^đối với\s+(?:các |những )?", re.IGNORECASE)


def _people_behind(c: Sides, said: Said) -> Said:
    """``Tỷ lệ điều trị thành công đạt 90% đối với người bệnh lao mới``: those whom it holds for are the population."""
    whom = _UPON_THOSE.sub("", c.trailing) if c.trailing else ""
    if c.kind not in SHARES or whom == c.trailing or PERSON.match(whom.lower()) is None or c.names_behind:
        return said
    again = c.near is not None and said.subject == c.near.subject
    own = PERSON.match(said.subject.lower()) is not None and not again
    if own or not said.subject or _THOUGHT_OF.search(said.indicator.lower()):
        return said
    subject, scope = narrowings(whom)
    if again and not fold(said.subject).startswith(fold(subject).split()[0]):
        return said
    return said._replace(subject=subject, scope=(*(s for s in said.scope if s != c.trailing), *scope))


_OF_WORK = re.compile(r"(?:độ chính xác|độ tin cậy|hiệu suất|tốc độ xử lý)(?!\w)", re.IGNORECASE)
_UPON_FIRST = re.compile(r"^đối với\s+(?:các |những )?(?=\w)", re.IGNORECASE)


def _of_what(said: Said) -> Said:
    """``độ chính xác nhận dạng đối với văn bản đánh máy``: of what; no population opens with ``đối với``."""
    upon = next((s for s in said.scope if _UPON_FIRST.match(s)), "") if _OF_WORK.match(said.subject) else ""
    if upon:
        subject, scope = narrowings(_UPON_FIRST.sub("", upon))
        return said._replace(subject=subject, scope=(*(s for s in said.scope if s != upon), *scope))
    return said if "," in said.subject else said._replace(subject=_UPON_FIRST.sub("", said.subject))


def _pieces_of(whole: Target, subject: str) -> bool:
    """``12 nhà vệ sinh, gồm: 05 | công trình tại chợ``: a word for any such thing, for what was counted before."""
    if whole.unit == "%" or not whole.subject or _ANY_THING.fullmatch(fold(subject)) is None:
        return False
    return _ANY_THING.match(fold(whole.subject)) is None


def _somebody(c: Sides, said: Said) -> Said:
    """A population in place of a loose word, or of ``mỗi người`` where those meant were named before."""
    if said.subject.lower() in load("predicates")["no_heads"]:
        return _instead(c, said)
    if said.subject.lower() in _BARE_PEOPLE and c.near is not None and PERSON.match(c.near.subject.lower()):
        if _OF_THEM.search(c.text[: c.group.anchor]) is not None:
            return said._replace(subject=c.near.subject, scope=(*c.near.scope, *said.scope))
    if c.whole is not None and _pieces_of(c.whole, said.subject):
        return said._replace(subject=c.whole.subject)
    if said.subject.lower() in _EACH_PERSON and (c.label or c.near is not None):
        return said._replace(subject=c.near.subject if c.near is not None else "")
    return said


#: "kéo giảm ít nhất 5 điểm phần trăm | tỷ lệ công trình không phép": the share is named behind its figure.
_SHARE_BEHIND = re.compile(r"\A(?:tỷ lệ|tỉ lệ)\s+(?=\w+\s\w)", re.IGNORECASE)
_A_HEAD = re.compile(r"(?<=\w)\s+(?:bình quân|trung bình)\s+(?:đầu người|mỗi người|trên đầu người)\Z", re.IGNORECASE)
_AREA_FIRST = re.compile(r"(?:tổng )?(?:diện tích|sản lượng|lượng|số|mức tiêu thụ)\s", re.IGNORECASE)


def _named_share(c: Sides, said: Said) -> Said:
    """A population without the word of its share behind the figure, and without over whom it is spread."""
    subject = said.subject
    if c.kind == "percent":
        subject = _SHARE_BEHIND.sub("", subject)
    if _AREA_FIRST.match(said.indicator):
        subject = _A_HEAD.sub("", subject)
    return said._replace(subject=subject)


#: Where those are served who are asked: "hài lòng của người bệnh đối với dịch vụ | tại các trạm y tế".
_SERVED_AT = re.compile(
    r".*\shài lòng\s.*\s(?:đối với|về|với)\s[^,;]*\s(?P<where>(?:tại|ở|trên)\s(?:các|những)\s[^,;.()%\d]{3,60})"
    r"|.*\shài lòng\scủa\s[^;]*?\s(?P<when>khi\s[^,;.()%\d]{6,120})",
    re.IGNORECASE,
)


def _served_at(said: Said) -> Said:
    """``Mức độ hài lòng của phụ huynh về bữa ăn tại các trường công lập``, ``… của hành khách khi đi xe buýt``: the
    place, or what they do there, says whom is asked."""
    if "lòng" not in said.indicator.lower() or (at := _SERVED_AT.fullmatch(f" {said.indicator}")) is None:
        return said
    where = at.group("where") or at.group("when")
    known = any(fold(where) in fold(s) for s in (*said.scope, said.subject))
    return said if known else said._replace(scope=(*said.scope, where))


def corrected(c: Sides, said: Said) -> Said:
    """What no rule may say: a unit as the population; the other sex's figure; a population that an opening names."""
    unit = fold(c.group.figure.unit)
    said = _named_share(c, _renamed(c, said, unit))
    if (time := _TIME_OF.fullmatch(said.subject)) is not None:
        told = said.indicator if said.subject in said.indicator else clean(f"{said.indicator} {said.subject}")
        said = said._replace(subject=clean(time.group("thing")), indicator=told)
    said = said._replace(subject=whole_of_time(said.subject, said.indicator))
    if _AT_PLACE.match(said.subject) and c.near is not None and c.near.subject:
        said = said._replace(subject=c.near.subject, scope=(*said.scope, said.subject))
    if c.trailing and any(s.lower().startswith("đối với") for s in said.scope) and c.trailing not in said.scope:
        kept = tuple(s for s in said.scope if not s.lower().startswith("đối với"))
        said = said._replace(scope=(*kept, c.trailing))
    said = _of_what(_somebody(c, _people_behind(c, said)))
    tail = _REGION_TAIL.search(said.indicator) if c.kind in SHARES else None
    if tail is not None and not any(fold(tail.group("where")) in fold(s) for s in (*said.scope, said.subject)):
        said = said._replace(scope=(*said.scope, clean(tail.group("where"))))
    said = _served_at(said)
    if (whole := _WHOLE_PLACE.match(c.left)) and fold(whole.group(1)) not in fold(said.subject):
        said = said._replace(scope=(*said.scope, whole.group(1)))
    if c.about:
        bare = re.sub(r"^đối với .+?,\s+", "", said.subject, flags=re.IGNORECASE)
        alone = not bare or MEASURE_ALONE.fullmatch(bare.lower()) is not None
        subject, narrow = narrowings(c.about) if alone else (bare, [c.about])
        said = said._replace(subject=subject, scope=(*said.scope, *narrow))
    return never_a_population(c, polished(c, said))
