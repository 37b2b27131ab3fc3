"""What stands around a target and belongs to it: its stretch of the text, its headings, the sentence that leads in.

Extraction cuts a quote as short as it can; a comparison also needs what the drafter wrote beside it: the rest of a
clause with one measure, the region that a heading names, the sentence that governs a list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from doichieu.comparison.meaning.addressed import organisation_at
from doichieu.lexicon import load
from doichieu.model import Clause, Document, Target
from doichieu.model.tree import leads_of
from doichieu.text import any_word, fold

#: A stretch longer than this is a paragraph of prose, and says too much beside the target.
_LONGEST = 260


class Surroundings(NamedTuple):
    """``stretch`` is verbatim, without marker; ``headings`` and ``lead`` are folded, outermost first; ``opening``
    is what stands before a colon in the target's own line, ``before`` what its sentence says before it, folded,
    ``heads`` over how many of what it counts (``10.000 dân``), where its sentence says so behind it or once for several
    figures; ``charged`` is the body to whom its clause hands it, and ``handed`` the words that do, folded."""

    stretch: str
    headings: str
    lead: str
    opening: str = ""
    before: str = ""
    heads: str = ""
    charged: str = ""
    handed: str = ""


NOTHING = Surroundings("", "", "")


def surroundings_of(document: Document) -> dict[str, Surroundings]:
    """The surroundings of every target of a document by its id."""
    clauses = {c.clause_id: c for c in document.clauses}
    leads = leads_of(document.clauses, fold)
    below: dict[str, list[Target]] = {}
    for target in document.targets:
        below.setdefault(target.clause_id, []).append(target)
    doers: dict[str, list[str]] = {}
    for assignment in document.assignments:
        doers.setdefault(assignment.clause_id, []).append(fold(assignment.agency))
    out: dict[str, Surroundings] = {}
    for clause_id, targets in below.items():
        clause = clauses[clause_id]
        headings: list[str] = []
        above = clauses.get(clause.parent_id)
        while above is not None:
            headings.append(fold(above.heading))
            above = clauses.get(above.parent_id)
        headings.reverse()
        lead = leads.get(clause_id, "")
        for target in targets:
            out[target.target_id] = Surroundings(
                _stretch(document, clause, target, targets),
                " / ".join(h for h in headings if h),
                lead,
                _opening(document, clause, target),
                _before(document, clause, target),
                _heads(document, clause, target),
                *_charged(document, clause, target, doers.get(clause_id, [])),
            )
    return out


@lru_cache(maxsize=1)
def _handing() -> re.Pattern[str]:
    return re.compile(rf"\W*{any_word(load('roles')['lead_in']['words'])}\s+(?=\w)")


#: "Giao Sở Y tế | chủ trì, phối hợp với Công an tỉnh | kiểm tra …"
_IN_THE_LEAD = r"(?: (?:làm cơ quan |là cơ quan |làm đầu mối )?chủ trì(?:,? phối hợp với [^,;:.%\d]{3,60}(?=,))?,?)?"


def _charged(document: Document, clause: Clause, target: Target, doers: list[str]) -> tuple[str, str]:
    """The body to whom the clause of a target hands it as it opens, and the words that do: ``Giao Hội Nông dân tỉnh
    vận động 50 hộ …``."""
    if clause.kind == "table_row" or len(clause.pieces) > 1:
        return "", ""
    line = fold(document.source.text[clause.char_start : target.char_end])
    line = line.removeprefix(fold(clause.marker)).lstrip(" .)*–-")
    lead = _handing().match(line) if doers else None
    if lead is None:
        named = organisation_at(line)
        return named, named
    for body in doers:
        found = re.match(rf"{re.escape(body)}{_IN_THE_LEAD}(?= \w)", line[lead.end() :])
        if found is not None:
            return body, line[: lead.end() + found.end()].strip()
    return "", ""


_LONGEST_OPENING = 60


def _opening(document: Document, clause: Clause, target: Target) -> str:
    """What stands before the first colon of the target's clause, up to the target's own end."""
    if clause.kind == "table_row" or len(clause.pieces) > 1:
        return ""
    line = fold(document.source.text[clause.char_start : target.char_end])
    line = line.removeprefix(fold(clause.marker)).lstrip(" .)*–-")
    found = re.match(r"[^:.;]{3,80}(?=:\s)", line)
    return found.group() if found and len(found.group()) <= _LONGEST_OPENING else ""


def _before(document: Document, clause: Clause, target: Target) -> str:
    """What the sentence of a target says before it: ``Tỷ lệ béo phì ở học sinh dưới 10%, [tỷ lệ cận thị dưới 20%]``."""
    if clause.kind == "table_row" or len(clause.pieces) > 1:
        return ""
    text = document.source.text[clause.char_start : target.char_start]
    return fold(re.split(r"\.\s", text)[-1])[-_LONGEST:]


def with_what_it_follows(target: Target, around: Surroundings) -> str:
    """The stretch of a target, folded; with what its sentence says before it where that is what names its subject:
    ``Thành lập mới 30 cụm công nghiệp với tổng diện tích | khoảng 1.600 ha``."""
    stretch = fold(around.stretch)
    if not around.before or not target.subject or fold(target.subject) in stretch:
        return stretch
    return f"{around.before} {stretch}" if fold(target.subject) in around.before else stretch


_HEADS = r"(?P<heads>(?:một |1 )?vạn|1\.000|10\.000|100\.000)\s+(?:người )?dân(?!\w)"
#: "Trên 10.000 dân có 15,5 bác sĩ, 38 giường bệnh"
_HEADS_BEFORE = re.compile(rf"(?<!\w)(?:trên|mỗi|cứ|cho)\s+{_HEADS}(?=\s*(?:có|đạt|thì|,|:))[^;]*\Z")
#: "15 bác sĩ, 25 điều dưỡng và 38 giường bệnh trên 10.000 dân"
_HEADS_AFTER = re.compile(
    rf"(?:\s*(?:,|và)\s*(?:đạt |có )?\d[\d,.]*\s+[^\d;:,.]{{2,40}}?){{0,6}}\s*(?:trên|/)\s*{_HEADS}"
)


#: "12 phao cứu sinh trên 100 bến đò": so many to a round number of other things.
_TO_SO_MANY = re.compile(
    r"(?: (?!(?:cho|có|với|đạt|được|của|tại|ở)(?!\w))[^\W\d]+){0,3} (?:tính )?trên\s+(?P<many>(?:100|1\.000|10\.000"
    r"|100\.000) (?!dân(?!\w)|người|trẻ|đồng|km|m|ha)[^\d%,;.()/]{2,40}?)\s*(?=[,;.]|\Z)"
)


def _heads(document: Document, clause: Clause, target: Target) -> str:
    """Per how many heads a figure counts by the rest of its sentence."""
    if clause.kind == "table_row" or len(clause.pieces) > 1 or "/" in target.unit or "%" in target.unit:
        return ""
    after = fold(document.source.text[target.char_end : min(clause.char_end, target.char_end + _LONGEST)])
    found = _HEADS_AFTER.match(after) or _HEADS_BEFORE.search(_before(document, clause, target))
    if found is None:
        many = _TO_SO_MANY.match(f" {after}") if "trên 1" in after[:60] else None
        return many.group("many") if many is not None else ""
    return f"{'10.000' if found.group('heads').endswith('vạn') else found.group('heads')} dân"


def _stretch(document: Document, clause: Clause, target: Target, targets: list[Target]) -> str:
    """The part of the clause between the neighbouring targets, within the target's own sentence."""
    if clause.kind == "table_row" or len(clause.pieces) > 1:
        return target.quote
    begin, end = clause.char_start, clause.char_end
    for other in targets:
        if other.target_id == target.target_id or (
            other.char_start < target.char_end and target.char_start < other.char_end
        ):
            continue
        if other.char_end <= target.char_start:
            begin = max(begin, other.char_end)
        else:
            end = min(end, other.char_start)
    text = document.source.text
    before, after = text[begin : target.char_start], text[target.char_end : end]
    if begin == clause.char_start:
        before = re.sub(r"\A\W*" + re.escape(clause.marker) + r"\W*", "", before) if clause.marker else before
    before = re.split(r"[;:](?=\s)|\.\s", before)[-1]
    after = re.split(r"[;:](?=\s|\Z)|\.(?:\s|\Z)", after)[0]
    whole = " ".join((before.lstrip(" ,.)*–-") + target.quote + after.rstrip(" ,*")).replace("*", "").split())
    return whole if len(whole) <= _LONGEST else " ".join(target.quote.split())


def without_charge(target: Target, around: Surroundings) -> Target:
    """A target without the words by which its clause hands it to a body, or what extraction left of them.

    >>> around = NOTHING._replace(stretch="Giao Hội Nông dân xã vận động 9 hộ", handed="giao hội nông dân xã")
    >>> handed = Target("d", "t", "c", "", 0, 1, "", subject="hộ", indicator="Giao Hội Nông dân xã vận động")
    >>> without_charge(handed, around).indicator, without_charge(handed, NOTHING).indicator
    ('vận động', 'Giao Hội Nông dân xã vận động')
    """
    if not around.handed:
        return target
    subject, indicator = _uncharged(target.subject, around), _uncharged(target.indicator, around)
    if (subject, indicator) == (target.subject, target.indicator):
        return target
    return replace(target, subject=subject, indicator=indicator)


def _uncharged(text: str, around: Surroundings) -> str:
    """A wording without the words that hand it to a body, or the last of them."""
    words, said = around.handed.split(), text.split()
    for start in range(len(words)):
        left, rest = words[start:], said[len(words) - start :]
        if fold(" ".join(said[: len(left)])) != " ".join(left):
            continue
        if not rest and " ".join(left).startswith(around.charged):  # taken for whom it is about
            return ""
        if rest and (not start or f"{around.handed} {fold(rest[0])}" in fold(around.stretch)):
            return " ".join(rest)
    return text
