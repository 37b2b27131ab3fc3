"""Whether a text is a document of an office or something else: an article, a web page, a book.

Two counts are held against each other: what only documents of offices have (letterhead, title in capitals, basis,
numbered parts, recipients, signature) and what only other texts have (a headline in small letters, questions, notes of
an encyclopedia, advice to a reader).  In doubt a text is a document: an excerpt, a draft, an annex, a letter is one.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from doichieu.lexicon import load
from doichieu.lexicon.kinds import kinds_in_capitals
from doichieu.model import Nature, Problem
from doichieu.segmentation.markers import is_title_line, parse
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text import fold, short
from doichieu.text.sieve import Sieves

#: From so many points on a text can be something else; fewer are an accident.
_ENOUGH = 3
#: A text shorter than so many characters has no layout to miss.
_SHORT = 1_500
#: Headings in small letters beside one that is a question count up to so many.
_QUESTIONS = 3
_SAMPLE = 60_000
#: No line of a letterhead is longer; a paragraph of running text is.
_PROSE = 250
_HEADING = re.compile(r"#(?<![^\n]#)#{0,5}[ \t]+(?P<words>[^\n]{8,220})")
_REFERENCE = re.compile(r"(?<=[^\W\d_.)\]»”])\[\d{1,3}\]")
_INFOBOX = re.compile(r"(?:^|\n)\s*\|?(?:\s*-{3,}\s*\|){1,8}")
_OUTER = {"phan", "chuong", "dieu", "roman"}
_KIND_IN_CAPITALS = re.compile(r"(?:" + "|".join(kinds_in_capitals()) + r")(?!\w)")


def stage(analysis: Analysis) -> None:
    """Set ``info.nature``; a text that is no document gets a problem row that says why."""
    nature, reasons = judge(analysis)
    analysis.info = replace(analysis.info, nature=nature)
    if nature == "other":
        start, end = _opening(analysis)
        analysis.problems.append(
            Problem(
                analysis.document_id,
                "not_administrative",
                "medium",
                "Văn bản này không giống văn bản của cơ quan, tổ chức ("
                + ", ".join(reasons)
                + "); khi trích xuất từ tệp, "
                "chỉ tiêu, nhiệm vụ và thời hạn không được ghi trừ khi dùng --any-text",
                char_start=start,
                char_end=end,
                quote=analysis.source.text[start:end],
            )
        )


def judge(analysis: Analysis) -> tuple[Nature, list[str]]:
    """The nature of a text and what speaks against its being a document."""
    own = _of_offices(analysis)
    if own >= 2 * _ENOUGH:
        return "administrative", []
    other, reasons = _of_others(analysis, own)
    return ("other", reasons) if other >= _ENOUGH and other > own else ("administrative", [])


def _of_offices(analysis: Analysis) -> int:
    """Points for what only documents of offices have."""
    info = analysis.info
    points = 3 * bool(info.number)
    zones: dict[str, Passage] = {}
    for passage in analysis.passages:
        if passage.text:
            zones.setdefault(passage.clause.kind, passage)
    title = zones.get("title")
    if title is not None and _KIND_IN_CAPITALS.match(title.text):
        points += 3
    points += 2 * ("header" in zones and bool(info.issuer or info.issued_on))
    points += 2 * any(kind in zones for kind in ("recipients", "recipient"))
    points += 2 * bool(info.authority or (info.signer and info.signer_title))
    points += 2 * any(p.clause.kind == "preamble" and p.lower.startswith("căn cứ") for p in analysis.passages[:40])
    points += 2 * _begins_with_a_part(analysis)
    return min(points, _ENOUGH - 1) if _told_first(analysis) else points


def _told_first(analysis: Analysis) -> bool:
    """Whether a headline and running text stand above what looks like a document's head: an article that quotes one."""
    opening = [p for p in analysis.passages if p.text and p.clause.kind not in ("stamp", "footnote")]
    above = [p for p in opening if p.clause.kind == "header"]
    return bool(above) and _headline(opening[0].text) and any(len(p.text) > _PROSE and not p.cells for p in above)


def _begins_with_a_part(analysis: Analysis) -> bool:
    """Whether the text opens as an excerpt or an annex does: with a part's mark, a title or a heading in capitals."""
    for passage in analysis.passages[:6]:
        if not passage.text or passage.clause.kind in ("stamp", "footnote"):
            continue
        mark = parse(passage.text)
        if mark is not None and mark.kind in _OUTER:
            return True
        return passage.clause.kind == "appendix" or is_title_line(passage.text) or _capitals(passage.text)
    return False


def _capitals(text: str) -> bool:
    letters = [c for c in text[:60] if c.isalpha()]
    return len(letters) >= 6 and all(c.isupper() for c in letters)


@cache
def _signs() -> Sieves:
    return Sieves([_small(sign["pattern"]) for sign in load("nature")["sign"]])


def _small(pattern: str) -> str:
    """A pattern that looks away from capitals as one for small letters: it is searched three times as fast.

    >>> _small(r"(?i)\\bNXB\\b|\\S\\d")
    '\\\\bnxb\\\\b|\\\\S\\\\d'
    """
    return re.sub(r"(?<!\\)[^\W\d_]", lambda match: match.group().lower(), pattern.removeprefix("(?i)"))


def _of_others(analysis: Analysis, own: int) -> tuple[int, list[str]]:
    """Points for what only other texts have, and each in words."""
    raw = analysis.source.text[:_SAMPLE]
    view = analysis.view.text[:_SAMPLE]
    points, reasons = 0, []
    for number in _signs().among(view.lower()):
        sign = load("nature")["sign"][number]
        points += sign["weight"]
        reasons.append(sign["says"])
    marked = raw.startswith("#") or "\n#" in raw
    headings = [match.group("words").strip(" *_#") for match in _HEADING.finditer(raw)] if marked else []
    first = next((p.text for p in analysis.passages if p.text and any(c.isalpha() for c in p.text)), "")
    questions = sum(line.endswith("?") for line in dict.fromkeys([first, *headings]))
    if questions:
        points += min(_QUESTIONS, questions) + (first.endswith("?"))
        reasons.append("tiêu đề là câu hỏi")
    if ("[" in raw and len(_REFERENCE.findall(raw)) >= 2) or (headings and _INFOBOX.search(raw[:3_000])):
        points += 2
        reasons.append("có bảng thông tin hoặc số chú dẫn của trang bách khoa")
    if _headline(first):
        points += 1
        reasons.append("mở đầu bằng tít báo")
        points += any(h != first and not _capitals(h) and parse(h) is None for h in headings)
        if not own and len(view) >= _SHORT:
            points += 1
            reasons.append("không có phần nào của thể thức văn bản")
    return points, reasons


def _headline(first: str) -> bool:
    """Whether a text opens with a line in small letters that is no sentence, mark or formula of documents.

    >>> _headline("Thời tiết miền Bắc tuần này ra sao"), _headline("KẾ HOẠCH"), _headline("Căn cứ Luật Đất đai;")
    (True, False, False)
    """
    if not 8 <= len(first) <= 220 or first.endswith((".", ";", ":", ",")) or parse(first) is not None:
        return False
    return not (first.isupper() or _capitals(first) or fold(first).startswith(tuple(load("nature")["formulas"])))


def _opening(analysis: Analysis) -> tuple[int, int]:
    text = analysis.source.text
    start = len(text) - len(text.lstrip())
    return start, start + len(short(text[start : start + 200].split("\n")[0], 160).rstrip("…").rstrip())
