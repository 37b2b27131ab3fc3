"""The letterhead as one block: cells and columns first, then what each of them says.

A letterhead is two columns — the body that issues and its number; the motto, place and day — that text files print one
above the other, side by side, or as cells of a table whose words may break anywhere.  So the lines of a cell are joined
before anything is sought in them, and the name of the issuer is what the known parts leave over.  Layouts: Nghị định
30/2020/NĐ-CP, Phụ lục I, and Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re

from msgspec import Struct

from doichieu.alphabet import LOWER, UPPER
from doichieu.extraction.citations.numbers import DATE, date_of, find_numbers
from doichieu.extraction.head.bodies import body_names, own_body
from doichieu.lexicon.kinds import kinds_by_name
from doichieu.text import fold, fold_characters


class Letterhead(Struct, frozen=True, kw_only=True):
    """What a letterhead says; a field that it leaves blank or does not have is empty.

    ``blank_number``: the number's place as printed where it waits to be filled in; ``subject``: what stands below the
    number of a letter (``V/v …``); ``formal``: it has a motto.
    """

    number: str = ""
    blank_number: str = ""
    issued_on: str = ""
    place: str = ""
    issuer: str = ""
    subject: str = ""
    formal: bool = False


_EMPHASIS = re.compile(r"[*#\\]+|(?<!\w)_+|_+(?!\w)|<br\s*/?>")
_RULE = re.compile(r"(?<!\w)[-_=*~–—.]{3,}(?!\w)|\A\s*[-*]\s*\Z")
_BAR = re.compile(r"\s*\|[\s|]*\Z")
_COLUMNS = re.compile(rf"(?<=[^\s:])(?:[ \u00a0]{{3,}}|\s*\t\s*)(?=[*_]*[{UPPER}])")
_MOTTO = re.compile(
    r"(?:NƯỚC\s+)?CỘNG\s+H[ÒO][AÀ]\s+XÃ\s+HỘI(?:\s+CHỦ\s+NGHĨA(?:\s+VIỆT(?:\s+NAM)?)?)?"
    r"|VIỆT\s+NAM\s+DÂN\s+CHỦ\s+CỘNG\s+HÒA"
    r"|Độc\s+lập\s*[-–.]?\s*Tự\s+do\s*[-–.]?\s*Hạnh\s+phúc|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?<!\w)(?:(?:[^\W\d_]+\s){0,3}?)(?P<so>[Ss]ố|SỐ)\s*:?\s*(?=\d)")
_BLANK_NUMBER = re.compile(
    rf"(?<!\w)(?:Số|SỐ)\s*:?\s*(?P<blank>[\s.…_\-]*(?:/|-)\s?[\w.…]{{0,6}}\s?[/\-]?\s?[{UPPER}][\w{UPPER}&.\-/…]*)"
)
_SUBJECT = re.compile(r"(?<!\w)(?:V/v|V/V|Về việc|Về)\s*:?\s+(?P<subject>\S.*)", re.DOTALL)
_DAY = re.compile(r"(?:,\s*)?(?:[Nn]gày|NGÀY)\s+" + DATE)
_GAP = r"[\s.…_\d]*"
_BLANK_DAY = re.compile(rf",?\s*(?:[Nn]gày|NGÀY)\b{_GAP}(?:tháng|THÁNG){_GAP}(?:(?:năm|NĂM){_GAP})?")
_PLACE_WORD = re.compile(rf"(?:[{UPPER}][{LOWER}]*|TP\.?|Tp\.?|T\.P|[{UPPER}][{LOWER}]*\.[{UPPER}]\w*|-|–)\Z")
_LEVEL_WORD = frozenset({"phố", "xã", "trấn", "khu"})
_LONGEST_PLACE = 7


def cells_of(raw: str) -> list[str]:
    """The cells of a letterhead: parted by bars, by wide blanks between two columns, else all of it one.

    >>> cells_of("BỘ A\\n|\\nCỘNG HÒA\\nXÃ HỘI\\n|\\nSố: 1/A | Hà Nội")
    ['BỘ A', 'CỘNG HÒA\\nXÃ HỘI', 'Số: 1/A', 'Hà Nội']
    >>> cells_of("BỘ A      CỘNG HÒA XÃ HỘI\\nSố: 1/A   Độc lập")
    ['BỘ A\\nSố: 1/A', 'CỘNG HÒA XÃ HỘI\\nĐộc lập']
    """
    cells: list[list[str]] = [[]]
    right: list[str] = []
    for line in raw.split("\n"):
        if "|" in line:
            parts = [""] if _BAR.match(line) else line.split("|")
            for index, part in enumerate(parts):
                if index or _BAR.match(line):
                    cells.append([])
                if part.strip():
                    cells[-1].append(part.strip())
            if not _BAR.match(line) and not line.rstrip().endswith("|"):
                cells.append([])
            continue
        gap = _COLUMNS.search(line.strip())
        if gap:
            cells[-1].append(line.strip()[: gap.start()])
            right.append(line.strip()[gap.end() :].strip())
        elif right and line[:1].isspace() and len(line) - len(line.lstrip()) > 20:
            right.append(line.strip())
        elif line.strip():
            cells[-1].append(line.strip())
    if right:
        cells.append(right)
    return ["\n".join(cell) for cell in cells if cell]


def _plain(raw: str) -> str:
    """The wording of a cell line by line, without emphasis and rules."""
    lines = (" ".join(_RULE.sub(" ", _EMPHASIS.sub("", line)).split()) for line in fold_characters(raw).split("\n"))
    return "\n".join(line for line in lines if line)


def read_letterhead(raw: str, *, certain: bool) -> Letterhead:
    """What the block above the title says.

    ``certain``: a title stands below it.  Otherwise a number and a day count only at the head of a line.

    >>> head = read_letterhead("HỘI ĐỒNG NHÂN\\nDÂN\\nTỈNH X\\n|\\nCỘNG HÒA XÃ HỘI\\nCHỦ NGHĨA VIỆT NAM\\n|\\n|\\n"
    ...     "Số:\\n7/NQ-HĐND\\n|\\nX, ngày 5\\ntháng 3 năm 2024\\n|", certain=True)
    >>> head.issuer, head.number, head.issued_on, head.place
    ('Hội đồng nhân dân tỉnh X', '7/NQ-HĐND', '2024-03-05', 'X')
    """
    facts: dict[str, str] = {}
    lines: list[str] = []
    formal = False
    for cell in cells_of(raw):
        text, mottos = _MOTTO.subn("\n", _plain(cell))
        formal = formal or bool(mottos)
        text, numbered = _take_number(text, facts, certain=certain or formal)
        text = _take_day(text, facts, certain=certain or formal)
        text = _take_subject(text, facts, numbered)
        lines += [line.strip(" ,.-") for line in text.split("\n")]
    return Letterhead(
        number=facts.get("number", ""),
        blank_number=facts.get("blank", "") if "number" not in facts else "",
        issued_on=facts.get("day", ""),
        place=facts.get("place", ""),
        issuer=own_body(body_names(lines)),
        subject=facts.get("subject", ""),
        formal=formal,
    )


def _joined(text: str) -> str:
    return text.replace("\n", " ")


def _take_number(text: str, facts: dict[str, str], *, certain: bool) -> tuple[str, int]:
    """The cell without its number, or the blank for it, noted; and where that stood, -1 where none was."""
    flat = _joined(text)
    if "number" not in facts:
        for label in _labels(text, certain=certain):
            hits = [hit for hit in find_numbers(flat[label.end() :]) if hit.start == 0]
            if hits:
                facts["number"] = hits[0].number
                return _without(text, label.start(), label.end() + hits[0].end), label.start()
        for hit in find_numbers(flat):
            if hit.start == 0 or (certain and text[hit.start - 1] == "\n"):
                facts["number"] = hit.number
                return _without(text, hit.start, hit.end), hit.start
    blank = _BLANK_NUMBER.search(flat)
    if blank and "blank" not in facts:
        facts["blank"] = " ".join(blank.group().split())
        return _without(text, blank.start(), blank.end()), blank.start()
    return text, -1


def _without(text: str, start: int, end: int) -> str:
    return text[:start] + "\n" + text[end:]


def _take_subject(text: str, facts: dict[str, str], numbered: int) -> str:
    """The cell without what stands below the number of a letter."""
    if numbered < 0:
        return text
    subject = _SUBJECT.search(text, numbered)
    if subject is None or text[numbered : subject.start()].strip(" \n.;,-"):
        return text
    facts.setdefault("subject", " ".join(subject.group("subject").split()).strip(" .*-"))
    return text[: subject.start()]


def _labels(text: str, *, certain: bool) -> list[re.Match[str]]:
    """Where a number is announced: at the head of a line, or after the issuer's or the kind's own words."""
    flat = _joined(text)
    out = []
    for match in _LABEL.finditer(flat):
        line = text.rfind("\n", 0, match.start("so")) + 1
        before = flat[line : match.start("so")].strip(" ,")
        if not before or (certain and (before.isupper() or fold(before) in kinds_by_name())):
            out.append(match)
    return [_cut(match, flat) for match in out]


_SO = re.compile(r"(?:[Ss]ố|SỐ)\s*:?\s*")


def _cut(match: re.Match[str], flat: str) -> re.Match[str]:
    found = _SO.match(flat, match.start("so"))
    assert found is not None
    return found


def _take_day(text: str, facts: dict[str, str], *, certain: bool) -> str:
    """The cell without place and day; both noted."""
    flat = _joined(text)
    if "day" in facts:
        return text
    for match in _DAY.finditer(flat):
        start, place = _place_before(text, match.start())
        if not place and match.group()[:1] == ",":
            continue
        at_start = start == 0 or text[start - 1] == "\n"
        if not (certain or at_start):
            continue
        if not place and not at_start:
            continue
        if day := date_of(match):
            facts["day"] = day
            facts.setdefault("place", place)
            return text[:start] + "\n" + text[match.end() :]
    blank = _BLANK_DAY.search(flat)
    if blank and blank.group().strip():
        start, place = _place_before(text, blank.start())
        if place:
            facts.setdefault("place", place)
            return text[:start] + "\n" + text[blank.end() :]
    return text


def _place_before(text: str, end: int) -> tuple[int, str]:
    """Where the place's name before ``, ngày`` begins, and the name: words with a capital back to a line's start.

    A name that its line broke begins on the line above, where nothing else stands there.
    """
    line = text.rfind("\n", 0, end) + 1
    start, words = _place_words(text, line, end)
    above = text.rfind("\n", 0, max(0, line - 1)) + 1
    if words and start <= line + _leading(text, line) and line > 0:
        wrapped_from, wrapped = _place_words(text, above, line - 1)
        whole = wrapped and wrapped_from <= above + _leading(text, above) and not any(w.isupper() for w in wrapped)
        if whole and len(wrapped) + len(words) <= _LONGEST_PLACE:
            start, words = wrapped_from, [*wrapped, *words]
    return start, " ".join(words).strip(" -–,")


def _leading(text: str, line: int) -> int:
    return len(text[line:]) - len(text[line:].lstrip(" "))


def _place_words(text: str, line: int, end: int) -> tuple[int, list[str]]:
    """The words of a place's name that end one stretch of a line, and where the first begins."""
    stretch = list(re.finditer(r"\S+", text[line:end]))
    capitals = len(stretch) <= 3 and all(match.group().isupper() for match in stretch)
    begin, words = end, list[str]()
    for match in reversed(stretch):
        word = match.group()
        if len(words) >= _LONGEST_PLACE or not (capitals or _PLACE_WORD.match(word) or word in _LEVEL_WORD):
            break
        words.insert(0, word)
        begin = line + match.start()
    while words and words[0] in ("-", "–", *_LEVEL_WORD):
        begin += len(words.pop(0)) + 1
    return begin, words
