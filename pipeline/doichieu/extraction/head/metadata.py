"""What a document says of itself: kind, number, date, issuer, place, title, signer, and what it carries out.

Layouts: State documents (Nghị định 30/2020/NĐ-CP, Phụ lục I) and Party documents (Hướng dẫn 36-HD/VPTW).  Nothing is
guessed: a draft whose number is blank has none, an arrival stamp's or a copy mark's number is nobody's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from doichieu.extraction.citations.grammar import find_citations
from doichieu.extraction.citations.numbers import (
    DATE,
    date_of,
    find_numbers,
    issuer_of_number,
    kind_names,
    kind_of_number,
    kind_pattern,
    proper_case,
)
from doichieu.extraction.head.signatures import read_signature
from doichieu.lexicon import load
from doichieu.model import DocumentInfo
from doichieu.segmentation.passages import Analysis, Passage

_MOTTO = re.compile(
    r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*-\s*Tự do\s*-\s*Hạnh phúc|ĐẢNG CỘNG SẢN VIỆT NAM|"
    r"[-_*=~]{2,}|(?<!\S)[*](?!\S)",
    re.IGNORECASE,
)
_NUMBER_LABEL = re.compile(r"(?:^|\s)[Ss]ố\s*:?\s*(?=\d)|(?:^|\s)SỐ\s*:?\s*(?=\d)")
_PLACE_DATE = re.compile(
    r"(?P<place>(?:Thành phố\s+|Thị xã\s+|"
    r"Huyện\s+)?[A-ZĐÀ-Ỹ][^\W\d_]*(?:[\s.\-]+[A-ZĐÀ-Ỹ][^\W\d_]*){0,4})\s*,\s*[Nn]gày\s+" + DATE
)
_NAME_BEFORE_PLACE = re.compile(r"(?P<name>(?:[A-ZĐÀ-Ỹ]{2,}\s+){2,})(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ]|TP)")
_BLANK_DATE = re.compile(
    r"(?P<place>(?:Thành phố\s+|Thị xã\s+|"
    r"Huyện\s+)?[A-ZĐÀ-Ỹ][^\W\d_]*(?:[\s.\-]+[A-ZĐÀ-Ỹ][^\W\d_]*){0,4})\s*,\s*[Nn]gày\b(?=[\s.…\d]*tháng)"
)
_KIND_START = re.compile(r"(?:" + kind_pattern() + r")(?!\w)")
_OF_ISSUER = re.compile(
    r"\s*(?:CỦA|của|Của)\s+(?P<issuer>.{3,90}?)(?:,?\s+(?:khóa|KHÓA)\s+[^\s,]+)?(?=,?\s+(?:về|VỀ|Về|v/v)\s|\s*\Z)"
)
_PLENUM = re.compile(
    r"\s*(?:hội nghị\s+(?:lần thứ\s+\S+\s+)?)?(?P<issuer>ban (?:chấp hành|thường "
    r"vụ)\s.{3,90}?)(?:,?\s+khóa\s+\S+)?,?\s+(?=về\s)",
    re.IGNORECASE,
)
_HEAD = re.compile(load("issuers")["heads"])
_UNIT_LINE = re.compile(
    r"(?:TỈNH|THÀNH PHỐ|THỊ XÃ|HUYỆN|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|KHU VỰC|VIỆT NAM|VÀ|QUỐC HỘI "
    r"KHÓA)(?!\s*ỦY)(?:\s|\Z)"
)
# A superior body and the issuer below it, run together in one line.
_BELOW = re.compile(
    r"(?:ĐẢNG BỘ .+?\s+(?=(?:TỈNH|THÀNH|THỊ|HUYỆN|QUẬN|ĐẢNG) ỦY)|(?:UBND|ỦY BAN NHÂN DÂN) .+?\s+(?=(?:SỞ|"
    r"PHÒNG|CHI CỤC|TRUNG TÂM|VĂN PHÒNG|BAN QUẢN LÝ)\s)"
    r"|BỘ .+?\s+(?=(?:CỤC|TỔNG CỤC|VIỆN|HỌC VIỆN|TRƯỜNG)\s))(?P<own>.+)"
)
_ISSUES = re.compile(
    r"(?P<issuer>(?:" + load("issuers")["heads"] + r")[^,;:.()]{0,80}?)\s+"
    r"(?:ban hành|xây dựng|quyết định|quyết nghị|yêu cầu|đề ra|thống nhất ban hành|phê duyệt)\s+"
    r"(?:và\s+\S+\s+\S+\s+)?(?:(?P<kind>" + kind_pattern() + r")|như sau|một số|các)",
    re.IGNORECASE,
)
_ABBREVIATED = [
    (re.compile(r"(?<!\w)UBND(?!\w)"), "Ủy ban nhân dân"),
    (re.compile(r"(?<!\w)HĐND(?!\w)"), "Hội đồng nhân dân"),
]
_ATTACHED = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo", re.IGNORECASE)
_PASSED = re.compile(r"Nghị quyết này\s[^.]{0,200}?thông qua\s+(?:tại [^.]{0,80}?)?ngày\s+" + DATE)
_HEAD_LIMIT = 25


def stage(analysis: Analysis) -> None:
    """Set ``analysis.info``: the letterhead's facts, the signature's, and ``implements``."""
    read_head(analysis)
    signature = read_signature(analysis)
    analysis.info = replace(
        analysis.info,
        signer=signature.signer,
        signer_title=signature.title,
        authority=signature.authority,
        implements=_implements(analysis),
        pages=len(analysis.source.pages) or None,
        characters=len(analysis.source.text),
    )


def read_head(analysis: Analysis) -> None:
    """Set what the letterhead, the title and the preamble say; may be called more than once."""
    source = analysis.source
    head = _zone(analysis, "header")
    title_lines = [p.text for p in _zone(analysis, "title")]
    preamble = [p.text for p in _zone(analysis, "preamble")]
    if not title_lines:
        head, title_lines, preamble = _head_of_plain_text(analysis)
    lines = [line for passage in head for line in _lines(passage)]
    kind, own_issuer, title = _title(title_lines)
    number, issued_on, place = _number_and_date(lines, letterhead=bool(_zone(analysis, "header")))
    kind = kind or (kind_of_number(number) if number else "")
    if not issued_on and kind == "nghi_quyet":
        issued_on = _passed_on(analysis)
    issuer = own_issuer or _issuer(analysis, lines, preamble, title_lines, number)
    analysis.info = replace(
        analysis.info if analysis.info.path else DocumentInfo(source.document_id, source.path, source.sha256),
        kind=kind,
        number=number,
        number_source="own" if number else "",
        issued_on=issued_on,
        issuer=issuer,
        place=place,
        title=title,
    )


def _passed_on(analysis: Analysis) -> str:
    """The day on which a council passed its resolution, where the closing formula is all that tells it."""
    for passage in analysis.passages[-12:]:
        match = _PASSED.search(passage.text)
        if match:
            return date_of(match)
    return ""


def _zone(analysis: Analysis, kind: str) -> list[Passage]:
    return [passage for passage in analysis.passages if passage.clause.kind == kind and passage.text]


def _lines(passage: Passage) -> list[str]:
    """The cells of a letterhead row, or its text; mottos and rules removed."""
    parts = [passage.text[a:b] for a, b, _ in passage.cells] or [passage.text]
    out = []
    for part in parts:
        plain = " ".join(_MOTTO.sub(" ", part).split()).strip(" |")
        if plain:
            out.append(plain)
    return out


def _head_of_plain_text(analysis: Analysis) -> tuple[list[Passage], list[str], list[str]]:
    """Head, title lines and preamble where the segmenter saw no title line."""
    passages = [p for p in analysis.passages if p.text and p.clause.kind not in ("stamp", "footnote")][:_HEAD_LIMIT]
    for index, passage in enumerate(passages[:10]):
        match = _KIND_START.match(passage.text.lower())
        if match and passage.text[: match.end()].isupper() and len(passage.text) < 500:
            following = [p.text for p in passages[index + 1 : index + 4] if len(p.text) > 60][:1]
            preamble = [p.text for p in passages[index + 1 : index + 9]]
            lines = [passage.text] if len(passage.text) > match.end() + 3 else [passage.text, *following]
            return passages[:index], lines, preamble
    head = []
    for passage in passages[:8]:
        if len(passage.text) > 160:
            break
        head.append(passage)
    return head, [], [p.text for p in passages[:8]]


def _title(lines: list[str]) -> tuple[str, str, str]:
    """Kind, the issuer that the title names (``CỦA BỘ CHÍNH TRỊ``) and the subject (trích yếu)."""
    if not lines:
        return "", "", ""
    text = " ".join(lines[0].split())
    match = _KIND_START.match(text.lower())
    kind = ""
    rest: list[str] = []
    if match:
        kind = kind_names()[" ".join(match.group().split())]
        remainder = text[match.end() :].strip(" :-")
        if remainder:
            rest.append(remainder)
    else:
        rest.append(text)
    for line in lines[1:]:
        if _HEAD.match(proper_case(line)) and line.isupper() and len(line) < 70 and rest:
            continue  # the authority line below the subject
        rest.append(line)
    subject = " ".join(" ".join(rest).split())
    issuer = ""
    of = _OF_ISSUER.match(subject)
    if of and _HEAD.match(proper_case(of.group("issuer"))):
        issuer = proper_case(of.group("issuer").strip())
        subject = subject[of.end() :].strip()
    else:
        plenum = _PLENUM.match(subject)
        if plenum:
            issuer = proper_case(plenum.group("issuer").strip().upper())
            subject = subject[plenum.end() :].strip()
    return kind, issuer, _clean(subject)


def _clean(subject: str) -> str:
    return _MOTTO.sub(" ", subject).strip(" .-*_")


def _number_and_date(lines: list[str], *, letterhead: bool) -> tuple[str, str, str]:
    """The own number, date and place of a letterhead; blanks to be filled in by hand give nothing.

    Without a recognised letterhead a number counts only at the head of a line.
    """
    number = issued_on = place = ""
    for line in lines:
        numbered = not number
        if not number:
            for hit in find_numbers(line):
                label = _NUMBER_LABEL.search(line[: hit.start + 1])
                before = line[: label.start()].strip() if label and label.end() >= hit.start else line[: hit.start]
                kind_word = before.lower() in kind_names() and line[hit.end :].strip() == ""
                if not before or (letterhead and label and (before.isupper() or kind_word)):
                    number = hit.number
                    break
            line = line[find_numbers(line)[0].end :] if number and find_numbers(line) else line
        if not issued_on:
            match = _PLACE_DATE.search(line)
            if match and (letterhead or match.start() == 0 or (numbered and number)):
                issued_on, place = date_of(match), " ".join(match.group("place").split())
            elif letterhead:
                bare = re.search(r"[Nn]gày\s+" + DATE, line)
                if bare:
                    issued_on = date_of(bare)
        if not place:
            blank = _BLANK_DATE.search(line)
            if blank:
                place = " ".join(blank.group("place").split())
    return number, issued_on, place


def _issuer(analysis: Analysis, lines: list[str], preamble: list[str], title_lines: list[str], number: str) -> str:
    head = _letterhead_issuer(lines)
    board = _signing_board(analysis)
    if head:
        if board and re.search(r"(?:Tỉnh|Thành|Thị|Huyện|Quận|Đảng) ủy", head) and not head.startswith("Ban "):
            return f"{board} {head}"
        return head
    for text in preamble:
        found = [m for m in _ISSUES.finditer(text) if m.group("issuer")[:1].isupper() and not _cited(text, m.start())]
        if found:
            return _written_out(found[-1].group("issuer").strip())
    for text in [*title_lines[1:], *preamble[:4]]:
        line = proper_case(text)
        if len(text) < 90 and _HEAD.match(line) and not text.endswith((".", ";", ":")):
            return _written_out(line)
    if number and (by_number := issuer_of_number(number)):
        return by_number
    return board if board.startswith(("Ủy ban", "Hội đồng", "Chính phủ")) else ""


def _cited(text: str, position: int) -> bool:
    """Whether the words at ``position`` belong to a cited document's issuer (``… của Chính phủ ban hành …``)."""
    return bool(re.search(r"\b(?:của|do|theo|đề nghị)\s+\Z", text[max(0, position - 14) : position]))


def _written_out(name: str) -> str:
    if name[1:].islower():  # a title typed without capitals: the place still has its own
        name = proper_case(name.upper())
    for pattern, full in _ABBREVIATED:
        name = pattern.sub(full, name)
    return name


@lru_cache(maxsize=1)
def _superior() -> re.Pattern[str]:
    return re.compile(r"(?:ĐẢNG BỘ|BAN CHẤP HÀNH TRUNG ƯƠNG|BAN CHẤP HÀNH ĐẢNG BỘ)\b")


def _letterhead_issuer(lines: list[str]) -> str:
    """The body at the top left: the last name above the number; a superior body stands above it."""
    names: list[str] = []
    for line in lines:
        if _NUMBER_LABEL.search(line) or re.match(r"(?:Số|SỐ)\s*:?", line):
            before = re.split(r"\s*(?:Số|SỐ)\s*:?", line)[0].strip()
            if before and before.isupper():
                names.append(before)
            continue
        above = _NAME_BEFORE_PLACE.match(line)
        if above and (_PLACE_DATE.search(line) or _BLANK_DATE.search(line)):
            line = above.group("name").strip()  # "HUYỆN ỦY CHƯ SÊ      Chư Sê, ngày 02 tháng 3 năm 2022"
        if _PLACE_DATE.search(line) or _BLANK_DATE.search(line) or not line.isupper() or len(line) > 140:
            continue
        below = _BELOW.match(line)
        if below:
            names.append(below.group("own"))
        elif names and (_UNIT_LINE.match(line) or " " not in names[-1]):  # "HỘI" / "ĐỒNG NHÂN DÂN" in a narrow cell
            names[-1] = f"{names[-1]} {line}"
        else:
            names.append(line)
    names = [name for name in names if _HEAD.match(proper_case(name))]
    if not names:
        return ""
    own = names[-1]
    if len(names) > 1 and _superior().match(own):
        own = next((name for name in reversed(names) if not _superior().match(name)), own)
    return _written_out(proper_case(own.strip(" -*")))


def _signing_board(analysis: Analysis) -> str:
    """The collective that the signer stands for: ``T/M BAN THƯỜNG VỤ`` → Ban Thường vụ."""
    for passage in _zone(analysis, "signature"):
        match = re.match(
            r"(?:T/M|TM\.?|THAY MẶT)\s+(?P<board>[A-ZĐÀ-Ỹ ,]+?)(?=\s+(?:KT\.|K/T|Q\.|(?:PHÓ\s+)?(?:BÍ THƯ|"
            r"CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|TRƯỞNG))|\s*\Z)",
            passage.text,
        )
        if match:
            return proper_case(match.group("board").strip())
    return ""


def _implements(analysis: Analysis) -> tuple[str, ...]:
    """Numbers of the documents that title and preamble say are carried out; a mere ``Căn cứ`` is a basis."""
    zones = [*_zone(analysis, "title"), *_zone(analysis, "preamble")]
    if not zones:
        zones = [p for p in analysis.passages if p.text and p.clause.kind not in ("stamp", "footnote", "header")][:6]
    out: list[str] = []
    for passage in zones:
        hits = analysis.citation_hits.get(passage.clause.clause_id)
        for hit in hits if hits is not None else find_citations(passage.text):
            if hit.relation != "implements" or hit.nested or not hit.number or hit.number == analysis.info.number:
                continue
            if hit.number not in out:
                out.append(hit.number)
    return tuple(out)
