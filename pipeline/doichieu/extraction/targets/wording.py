"""The wording of a target: labels, population, indicator, scopes, recurrence and footnote mark of a measure."""

from __future__ import annotations

import re

from doichieu.alphabet import mark_digits
from doichieu.extraction.targets.measures import Group, mark_length
from doichieu.extraction.targets.parts import (
    clean,
    creator_before,
    ends_in_creator,
    find_scopes,
    predicate_start,
    strip_modal,
    strip_reach,
    strip_share_word,
    strip_verbs,
)
from doichieu.model import Target
from doichieu.text import fold

_YEAR_LABEL = re.compile(r"(?:đến (?:hết |cuối )?|trong |giai đoạn |năm )+\d{4}(?: - \d{4})?")
_MEASURE_NOUN = re.compile(
    r"(?:^|\s)(?:có|về|vào|đưa|nâng|giảm|tăng|với|và|trong đó|duy trì)\s+(?P<noun>(?:quy mô|tỷ lệ|tỉ lệ"
    r"|tỷ trọng|tỉ trọng|chỉ số|số lượng|giá trị|kim ngạch|tổng)\s)"
)
_BARE_TAIL = re.compile(
    r"(?!kế hoạch\b|dự toán\b|chỉ tiêu\b|nhu cầu\b|g?r?dp\b|trong\b|so\b|trên\b|tổng\b|trở\b|mỗi\b"
    r"|hằng\b|hàng\b|vào\b|đến\b|theo\b|/|và\b|của\b)[^\W\d_]+(?:\s[^\W\d_]+){0,5}\Z"
)
_FOOTNOTE_MARK = re.compile(r"(?P<m>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\[\^?(?P<n>\d{1,3})\]")
_PLACE = re.compile(
    r"(?:các )?(?:xã|phường|thị trấn|thôn|bản|ấp|vùng|miền|khu|huyện|đô thị|nông thôn|đồng bằng|núi"
    r"|biên giới|tỉnh|thành|địa bàn|cấp)(?!\w)"
)
# What a figure is compared with or hangs on says nothing about its population: "tăng 5% so với năm 2020".
_COMPARED = re.compile(r"^\s*(?:so với|so cùng|khi|nếu|trong điều kiện)(?!\w)[^,;]*")
_SO_FAR = re.compile(r"\s+so (?:với|cùng)\s[^,;()]*")
# A wording that only names the part of the population spoken of before: "…; tại khu vực nông thôn đạt 90%".
_PART_OF = re.compile(
    r"(?:riêng\s+)?(?P<head>tại|ở|trong|cấp(?! ủy| uỷ| trưởng| phó| nước| điện)|bậc|khu vực(?! kinh tế"
    r"| tư nhân| doanh nghiệp| công| nhà nước)|vùng|về)\s[^,;%]{2,60}"
)
_TAKES = re.compile(r"(?:chiếm|đóng góp|bằng|tương đương)(?:\s+(?:từ|khoảng|trên|tối thiểu|ít nhất|hơn|dưới))*\s*\Z")
_SHARE_END = re.compile(r"(?:^|\s+)(?:tỷ lệ|tỉ lệ)\s*\Z", re.IGNORECASE)  # "Giữ vững tỷ lệ 100% hộ dân được …"
_HAS = re.compile(r"(?<!\w)có(?:\s+(?:từ|ít nhất|tối thiểu|trên|hơn|khoảng|không dưới))*\s*\Z")
_ADVERBIAL = re.compile(r"(?:sau|trước|trong|qua|thông qua|ngoài)\s")
_CURBS = re.compile(
    r"^(?:(?:kiềm chế|kéo giảm|cắt giảm)[\s,]+)+(?=\w)", re.IGNORECASE
)  # "Kiềm chế, kéo giảm tội phạm … 5%/năm"
_COMES_FROM = re.compile(r"\s+từ\s+\d[^;]*\Z")
_LAST_SHARE = re.compile(
    r".*,\s+(?=(?:tỷ lệ|tỉ lệ|số|tổng)(?!\w| hóa)[^,]*\Z)", re.IGNORECASE
)  # "giảm thiệt hại, số người chết giảm 50%"
_OUT_OF = re.compile(
    r"[\s,]*(?:trong đó,?\s+)?(?P<part>(?:từ|qua)\s+[^\d,;%]{4,60}?)(?:\s+(?:đạt|chiếm|là)|\s*:)[^\d,;%]*"
)
_GROWTH = re.compile(r"(?:tốc độ|mức)(?: tăng(?: trưởng)?)?(?: bình quân)?|tăng trưởng")
_UP_OR_DOWN = re.compile(r"\s*(?:trở lên|trở xuống).*\Z")
_RANK_ABOUT = re.compile(r"\svề\s+(?P<about>[^;.]{3,160})")


def footnote_of(text: str) -> str:
    """The mark of the footnote that hangs on a wording, as digits."""
    match = _FOOTNOTE_MARK.search(text)
    if match is None:
        return ""
    return match.group("n") or mark_digits(match.group("m"))


def line_label(text: str) -> tuple[str, int]:
    """The label of the line (``Đối với công chức:``) and where it ends."""
    start = mark_length(text)
    masked = re.sub(r"\([^()]*\)", lambda m: "x" * len(m.group()), text)
    colon = masked.find(":", start)
    if colon < 0 or colon - start > 320:
        return "", 0
    label = text[start:colon]
    plain = re.sub(r"\([^()]*\)", "", label)
    if len(plain) > 120 or "%" in plain or ";" in plain or ". " in plain.strip():
        return "", 0
    return label, colon + 1


def inner_label(text: str, group: Group, label: str) -> str:
    """A label within the sentence (``…; Phó Chủ tịch cấp xã: 40% trở lên …``), not the line's own."""
    sentence = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), text[: group.start])
    if not sentence.rstrip().endswith(":") or (
        label and sentence.rstrip().rstrip(":").strip().endswith(label.strip()[-20:])
    ):
        return ""
    tail = re.split(r"[;.:]\s", sentence.rstrip(" :"))[-1]
    return tail if len(tail) < 160 else ""


def recurrence_of(lowered: str, group: Group) -> str:
    """The word of repetition in a measure's wording (``hằng năm``), empty if there is none."""
    match = re.search(
        r"(?<!\w)(?:hằng năm|hàng năm|mỗi năm|hằng tháng|hàng tháng|hằng quý|hàng quý)(?!\w)",
        lowered[group.start : group.end],
    )
    return match.group() if match else ""


def head_of(subject: str) -> str:
    """A population without what is said of it."""
    position = predicate_start(subject.lower())
    return clean(subject[:position]) if position else subject


_JOINED = re.compile(r"\s(?P<and>và)\s+(?P<verb>được|đáp ứng|đạt|có)\s")


def joined_predicate(text: str, group: Group) -> re.Match[str] | None:
    """Where a share's second predicate is joined to its first: ``100% xã được công nhận | và có nhà văn hóa``.

    Both must be whole predicates: a joined noun (``an toàn và giảm phát thải``) divides nothing.
    """
    quantity = group.quantity
    if quantity is None or quantity.kind != "percent" or group.grades:
        return None
    said = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), text[: group.end].lower())
    first = predicate_start(said[quantity.end :])
    if first is None:
        return None
    for match in _JOINED.finditer(said, quantity.end + first):
        before, after = said[quantity.end + first : match.start()], said[match.start("verb") :]
        if min(len(before.split()), len(after.split())) >= 3:
            return match
    return None


def describe(
    text: str, lowered: str, group: Group, label: str, previous: Target | None, previous_group: Group | None
) -> tuple[str, str, list[str]]:
    """(population, indicator, scopes) of a measure from its own wording."""
    start, end = group.start, group.end
    if label:
        offset = lowered.find(":", mark_length(text))
        if start <= offset < group.anchor:
            start = offset + 1
    quantity = group.quantity
    left = text[start : group.anchor]
    for grade in group.grades:
        if quantity is not None and start <= grade.start < group.anchor:  # "…, trong đó đại học trở lên đạt 40%"
            left = f"{text[start : grade.start]} {text[grade.end : group.anchor]}"
    if group.baseline:  # "Tỷ lệ … tăng từ 45% năm 2021 lên 70%"
        left = _COMES_FROM.sub(" ", left)
    left = _YEAR_LABEL.sub(" ", left) if _YEAR_LABEL.search(left.lower()) else left
    left = re.sub(r"\s+", " ", left)
    if quantity is None:
        return _grade_parts(text[start:end], left)
    counted = text[quantity.figure_end : quantity.end] if quantity.kind == "count" else ""
    right = counted + _SO_FAR.sub("", _COMPARED.sub("", text[quantity.end : end]))
    rest = strip_modal(left).strip(" ,:")
    rest = rest[cut.end() :] if (cut := _LAST_SHARE.search(rest)) else rest
    reached = strip_verbs(_SHARE_END.sub("", strip_reach(rest).strip(" ,:"))) if rest else ""
    if reached and _HAS.search(left.lower()) and _ADVERBIAL.match(clean(reached).lower()):
        reached = ""  # "sau đào tạo có ít nhất 80% người học có việc làm"
    near = previous if previous_group is not None and previous_group.sentence == group.sentence else None
    if quantity.kind == "rank":
        about = _RANK_ABOUT.search(text, quantity.end)
        indicator = f"thứ hạng {about.group('about')}" if about else clean(f"thứ hạng {right}")
        place = re.match(
            r"\s*(?:dẫn đầu|đứng đầu)?\s*((?:khu vực |vùng |của |toàn )?[A-ZĐ\w][^,;.]{1,30}?)(?=\s+về|,|;|\.|$)", right
        )
        scopes = [place.group(1)] if place else []
        subject = re.sub(r"\s*(?:trở thành|là|thuộc|nằm trong|đứng|xếp).*$", "", reached)
        for stop in (r"[.;]\s", r"\.\s"):  # what its clause speaks of, else its sentence
            if not clean(subject):
                opening = re.split(stop, text[mark_length(text) : start])[-1]
                position = predicate_start(opening.lower())
                subject = opening[:position] if position and position < 60 else ""
        subject = re.sub(r"^(?:đưa|nâng|duy trì|giữ)\s+", "", clean(subject), flags=re.IGNORECASE)
        return clean(subject), clean(indicator), scopes
    scopes, _ = find_scopes(text[start:end], lowered[start:end])
    scopes = [s for s in scopes if text[quantity.start : quantity.end] not in s]
    source = _OUT_OF.fullmatch(left.lower())
    if source and near is not None and near.subject:
        return near.subject, near.indicator, [*scopes, clean(source.group("part"))]
    part = _PART_OF.fullmatch(clean(reached).lower())
    if part and near is not None and near.subject and predicate_start(clean(reached).lower()) is None:
        same = re.compile(rf"\s{part.group('head')}\s.*\Z", re.IGNORECASE)
        return same.sub("", near.subject), same.sub("", near.indicator), [*scopes, clean(reached)]
    if quantity.kind == "count":
        if label and not clean(left) and fold(right) == fold(quantity.unit):
            return "", "", scopes  # "Dân số trung bình: 620.000 người"
        return (*_count_parts(left, right, quantity.unit, near), scopes)
    if quantity.kind == "rate" and not reached and not quantity.unit.startswith("/"):
        return quantity.unit.split("/")[0], quantity.unit, scopes
    if quantity.kind not in ("percent", "majority") and not reached and near is not None:
        return near.subject, near.indicator, scopes
    creator = creator_before(rest)
    if quantity.kind in ("percent", "majority") and (
        not reached
        or len(reached.split()) <= 1
        or (creator and fold(rest).startswith(fold(creator)) and len(creator.split()) <= 2)
    ):
        _, body = find_scopes(right, right.lower())
        body = re.sub(r"^[\s,]*(?:tổng số|số lượng|số(?! hóa)|của|các)\s+(?=\w)", "", body).strip()
        position = predicate_start(body.lower(), from_start=True)
        if position == 0 and body.lower().startswith("tổ chức "):  # "60% tổ chức kinh tế tập thể đạt loại khá"
            position = predicate_start(body.lower()) or 0
        verb = creator if creator and creator.lower() not in ("có", "đạt") else ""
        if position == 0:
            return "", clean(f"{verb} {body}"), scopes
        if position is not None:
            return clean(body[:position]), clean(f"{verb} {body[position:]}"), scopes
        if previous is not None and len(body) < 4 and previous_group is not None:
            return previous.subject, previous.indicator, list(previous.scope)
        if near is not None and near.subject and (takes := _TAKES.search(left.lower())):
            return near.subject, clean(f"{takes.group().split()[0]} {body}"), scopes
        return clean(body), clean(verb or body), scopes
    _, bare = find_scopes(reached, reached.lower())
    nouns = list(_MEASURE_NOUN.finditer(bare.lower()))
    owner = ""
    if nouns and nouns[-1].start("noun") > 0:
        owner, bare = bare[: nouns[-1].start()], bare[nouns[-1].start("noun") :]
        if len(owner.split()) <= 6 and clean(owner):
            scopes = [*scopes, clean(owner)]
    if near is not None and near.subject and _GROWTH.fullmatch(clean(bare).lower()):
        return near.subject, clean(rest), scopes
    core = strip_share_word(bare)
    core = re.sub(r"^(?:trong|ở|tại)\s+", "", core)
    core = _CURBS.sub("", core)
    position = predicate_start(core.lower())
    subject = core[:position] if position else core
    tail = clean(" ".join(re.sub(r"\([^()]*\)", " ", right).split()))
    if _BARE_TAIL.match(tail.lower()) and predicate_start(tail.lower(), from_start=True) is None:
        return tail, clean(bare), scopes
    if (
        predicate_start(core.lower(), from_start=True) == 0
        and previous is not None
        and previous_group is not None
        and (previous_group.sentence == group.sentence)
    ):
        subject = previous.subject
    return clean(subject), clean(f"{bare} {tail}"), scopes


def _count_parts(left: str, right: str, unit: str, near: Target | None) -> tuple[str, str]:
    """Population and indicator of a counted thing: ``Hình thành ít nhất 20 mô hình …``."""
    rest = strip_modal(left).strip(" ,:")
    verb = creator_before(rest) or creator_before(left)
    _, noun = find_scopes(right, right.lower())
    noun = noun.strip()
    position = predicate_start(noun.lower())
    thing = noun[:position] if position else noun
    predicate = noun[position:] if position else ""
    alone = fold(_UP_OR_DOWN.sub("", thing))
    spread = "/" in " ".join(thing.split()[: len(unit.split()) + 1])  # "32 m2 sàn/người"
    of_unit = alone.startswith(fold(unit)) and (spread or unit.startswith(("triệu ", "nghìn ", "vạn ")))
    if (alone == fold(unit) or of_unit) and not _HAS.search(
        left.lower()
    ):  # "Diện tích cây có múi đạt 2.500 ha": what is measured stands before
        measured = strip_share_word(strip_verbs(strip_reach(rest).strip(" ,:"), leading=True))
        if len(measured) > 3 and not ends_in_creator(measured) and not measured.lower().endswith((" cho", " với")):
            cut = predicate_start(measured.lower())
            return clean(measured[:cut] if cut else measured), clean(f"{strip_reach(rest)} {predicate}")
        verb = creator_before(rest).lower()
        of_near = near is not None and (
            verb in ("tăng", "giảm", "nâng") or (verb in ("", "đạt") and fold(unit) in fold(near.subject))
        )
        if not predicate and near is not None and near.subject and of_near:
            return near.subject, clean(f"{rest} {predicate}") or near.indicator
    owner = ""
    if verb:
        index = rest.find(verb)
        owner = rest[:index] if index > 8 else ""
    elif len(rest.split()) > 2:
        owner = strip_reach(rest)
    thing = re.sub(r"\s*/\s*(?:năm|quý|tháng)\s*\Z", "", thing)
    return clean(thing), clean(" ".join(part for part in (owner, verb, predicate) if part)) or clean(thing)


def _grade_parts(segment: str, left: str) -> tuple[str, str, list[str]]:
    """Population, indicator and scopes of a wording that only requires a grade."""
    scopes, _ = find_scopes(segment, segment.lower())
    _, bare = find_scopes(left, left.lower())
    lowered = bare.lower()
    about = re.match(r"\s*(?:đối với|với)\s+", lowered)
    bare = bare[about.end() :] if about else strip_modal(bare)
    position = predicate_start(bare.lower(), from_start=True)
    cut = re.search(r"(?:^|\s)(?:có )?trình độ", bare.lower())
    if cut and (position is None or cut.start() < position):
        position = cut.start()
    subject = bare[:position] if position else ""
    place = re.match(r"\s*(?:ở|tại|trên)\s", subject.lower())
    if place:
        place_name, _, people = subject.rpartition(", ")
        if place_name and not _PLACE.match(people.lower()):  # "Ở xã đồng bằng, cán bộ có trình độ …"
            subject = place_name
        else:
            people = ""
        scopes = [*scopes, clean(subject)] if not any(clean(subject) in s for s in scopes) else scopes
        scopes += [
            clean(p)
            for p in re.split(r",| và ", re.sub(r"^\s*(?:ở|tại)\s+", "", subject, flags=re.IGNORECASE))
            if clean(p)
        ]
        subject = people
    return clean(subject), clean(strip_modal(segment)), scopes
