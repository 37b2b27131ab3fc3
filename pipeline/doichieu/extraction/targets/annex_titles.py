"""What the titles of a document and of its annexes say to all that stands below them beside their own dates.

The title of an annex runs over the lines between its mark and its text.
"""

from __future__ import annotations

import re

from doichieu.extraction.times.grammar import find_deadlines
from doichieu.extraction.times.hits import DeadlineHit
from doichieu.lexicon.named_words import words_of
from doichieu.model import Clause
from doichieu.segmentation.annexes import ATTACHED
from doichieu.segmentation.passages import Analysis, Passage

_MOST_LINES, _LONGEST = 4, 250
#: The name and number of an annex or table, and the words that only say what kind of list it is:
#: "Biểu số 02/KH-UBND", "Phụ lục II: Phân bổ …", "BẢNG TỔNG HỢP …".
_MARK = re.compile(
    rf"\s*(?:(?:{words_of('named_annex')})(?!\w)(?: số)?(?:\s*(?-i:[A-ZĐ]?\d{{1,3}}|[IVXLC]+(?!\w)|[A-ZĐ](?=\s))"
    rf"(?:[./-](?-i:[A-ZĐ\d-]+)(?!\w))*|\s+kèm theo)?\s*[.:\-–]?\s*)?(?:(?:{words_of('opens_a_list')})\s+)*",
    re.IGNORECASE,
)


def without_mark(title: str) -> str:
    """A title without the name and number of its annex or table.

    >>> without_mark("Biểu số 02/KH-UBND Tỷ lệ hộ nghèo"), without_mark("BẢNG PHÂN BỔ CHỈ TIÊU TRỒNG CÂY")
    ('Tỷ lệ hộ nghèo', 'CHỈ TIÊU TRỒNG CÂY')
    """
    return _MARK.sub("", title, count=1)


def title_lines(analysis: Analysis, annex: Clause) -> list[Passage]:
    """The lines of an annex's title: unnumbered lines at its beginning that are no sentences.

    The bracket that says to what the annex is attached is none of them: its date is that of another document.
    """
    found: list[Passage] = []
    for child in analysis.tree.children(annex)[:_MOST_LINES]:
        text = child.text.strip() if child.leaf else child.heading.strip()
        marked = child.marker and child.char_start > annex.char_start  # the first line bears the mark of the annex
        if marked or child.kind in ("table", "bullet") or len(text) > _LONGEST or text.endswith((".", ";", ":")):
            break
        passage = analysis.lead(child)
        if passage is not None and not ATTACHED.match(text):
            found.append(passage)
        if not child.leaf:
            break
    return found


def title_dates(analysis: Analysis, annex: Clause) -> list[tuple[list[DeadlineHit], Passage]]:
    """The dates that the title of an annex names, line by line, read as those of a document's own title."""
    out = []
    for passage in title_lines(analysis, annex):
        citations = analysis.citation_hits.get(passage.clause.clause_id, [])
        masked = [(hit.start, max(hit.end, hit.mask_end)) for hit in citations]
        hits = find_deadlines(passage.text, masked, own_title=True, title=True)
        out.append((hits, passage))
    return out


#: A title that names what it carries out; what it is about stands behind "về".
_CARRIES_OUT = re.compile(
    rf"(?<!\w)(?:thực hiện|cụ thể hóa|cụ thể hoá)\s+(?:{words_of('documents_titled')}) số \d.*?\svề\s", re.IGNORECASE
)


def carried_out_dates(analysis: Analysis, title: Passage) -> list[DeadlineHit]:
    """The period that a title takes over from what it carries out: ``thực hiện Nghị quyết số 8 về X giai đoạn 2026 -
    2030``; what that name cites itself dates nothing."""
    about = _CARRIES_OUT.search(title.text)
    if about is None:
        return []
    begin, name = about.end(), title.clause.clause_id
    masked = [(hit.start - begin, max(hit.end, hit.mask_end) - begin) for hit in analysis.citation_hits.get(name, [])]
    return find_deadlines(title.text[begin:], [span for span in masked if span[0] > 0], own_title=True, title=True)
