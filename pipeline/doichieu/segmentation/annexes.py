"""Where an annex begins behind recipients and signatures: its mark, a title in capitals, or the head of a table."""

from __future__ import annotations

import re

from doichieu.alphabet import LOWER, UPPER
from doichieu.lexicon.named_words import words_of
from doichieu.segmentation.grid import is_figure
from doichieu.segmentation.markers import layout_pattern, parse
from doichieu.segmentation.piece import Chunk
from doichieu.segmentation.tables import names_columns

_APPENDIX = layout_pattern("appendix_pattern")
_SIGNATURE = layout_pattern("signature_pattern")
_SIGNING_CELL = layout_pattern("signing_cell_pattern")
#: What says to which document something is attached.
ATTACHED = re.compile(r"\(?\s*(?:ban hành\s+|đính\s+)?kèm theo", re.IGNORECASE)
#: What tables and lists behind a document are called: "Biểu 02/KH-UBND", "Bảng 1. Chỉ tiêu …", "DANH MỤC CÔNG TRÌNH".
_NAMED = re.compile(
    rf"(?:{words_of('named_annex')})(?:\s+số)?(?:\s+(?:[A-ZĐ]?\d|[IVXLC]+\b|kèm theo)|\s*\Z)", re.IGNORECASE
)
_NUMBER = re.compile(
    rf"(?:{words_of('named_annex')})(?:\s+số)?\s+(?P<number>[A-ZĐ]?\d{{1,3}}|[IVXLC]+|[A-ZĐ])\b", re.IGNORECASE
)
#: Who signed, a line that holds nothing else.
SIGNED_BY = re.compile(rf"(?:Đã ký\s*:?\s*)?(?:[{UPPER}][{LOWER}]*\.?\s+){{1,5}}[{UPPER}][{LOWER}]*\Z")
_LETTERHEAD = re.compile(r"CỘNG H[ÒO][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|nơi nhận\s*:", re.IGNORECASE)
_FEWEST_CELLS = 3  # recipients and a signature take two
_MOST_LINES, _LONGEST_TITLE = 6, 250
_SIGNED = 200
_STRUCTURAL = {"phan", "chuong", "muc", "dieu", "roman", "upper", "arabic"}


def annex_number(text: str) -> str:
    """The number that an annex bears, empty where it bears none.

    >>> [annex_number(text) for text in ("PHỤ LỤC II", "Biểu số 02/KH-UBND", "DANH MỤC CÔNG TRÌNH", "Phụ lục kèm theo")]
    ['II', '02', '', '']
    """
    match = _NUMBER.match(text)
    number = match.group("number") if match is not None else ""
    return "" if number.islower() else number


def signs(chunk: Chunk) -> bool:
    """Whether a chunk opens a signature: a line of it, or a row of a layout table that holds nothing else."""
    if _SIGNATURE.match(chunk.text) and len(chunk.text) < _SIGNED:
        return True
    cells = [cell for cell in map(str.strip, chunk.text.split("|")) if cell] if chunk.kind == "table_row" else []
    return bool(cells) and all(len(cell) < _SIGNED and _SIGNING_CELL.match(cell) for cell in cells)


def signs_beside(chunk: Chunk) -> bool:
    """Whether the row of a layout table that holds recipients holds the signature too."""
    cells = [cell.strip() for cell in chunk.text.split("|")] if chunk.kind == "table_row" else []
    return any(_SIGNATURE.match(cell) or _SIGNING_CELL.match(cell) for cell in cells)


def opens_table(chunk: Chunk) -> bool:
    """Whether a row belongs to a table of the text, not to the layout of recipients and signatures."""
    if chunk.kind != "table_row" or _LETTERHEAD.search(chunk.text):
        return False
    texts = [text for cell in chunk.text.split("|") if (text := cell.strip())]
    if signs_beside(chunk) or any(text.startswith("-") for text in texts):
        return False
    if any(SIGNED_BY.match(text) for text in texts) and not names_columns(texts):
        return False
    filled = sum(cell.end > cell.start for cell in chunk.cells)
    return filled >= _FEWEST_CELLS or names_columns(texts) or (len(texts) > 1 and is_figure(texts[-1]))


def titles_annex(chunks: list[Chunk], i: int) -> bool:
    """Whether a line behind the end of a document is the title of what follows: of a table, a list or a chapter.

    It is in capitals, bears the name and number of a table, or says to what it is attached; between it and the table
    or the first mark stand no more than the other lines of the title.
    """
    text = chunks[i].text
    if chunks[i].kind != "text" or not (_in_capitals(text) or _NAMED.match(text) or ATTACHED.match(text)):
        return False
    for n, chunk in enumerate(c for c in chunks[i : i + 3 * _MOST_LINES] if c.kind in ("text", "table_row")):
        if chunk.kind == "table_row":
            return opens_table(chunk)
        if n and _is_structural(chunk):
            return True
        if n >= _MOST_LINES or not _may_title(chunk) or (n and _APPENDIX.match(chunk.text)):
            return False
    return False


#: "Phụ lục: Phân công một số nhiệm vụ", "Phụ biểu 2. Chỉ tiêu giao": the name of an annex in small letters.
_SMALL = re.compile(
    rf"(?:Phụ lục|Phụ biểu|Biểu số|Danh mục kèm theo)(?:\s+(?:số\s+)?(?:\d{{1,2}}|[IVXLC]+|[A-ZĐ])\b)?"
    rf"\s*[:.–-]\s*[{UPPER}]"
    rf"[^.;:]{{5,140}}\Z"
)


def closes_with_annex(chunks: list[Chunk], i: int) -> bool:
    """Whether a line in small letters names the annex that a document ends with: a table, then those who get it."""
    if chunks[i].kind != "text" or _SMALL.match(chunks[i].text) is None:
        return False
    after = [chunk for chunk in chunks[i + 1 :] if chunk.kind in ("text", "table_row")]
    rows = next((n for n, chunk in enumerate(after) if chunk.kind != "table_row"), len(after))
    return rows > 1 and opens_table(after[0]) and (rows == len(after) or _ENDS.match(after[rows].text) is not None)


_ENDS = re.compile(r"(?:nơi nhận|phụ lục|phụ biểu|biểu số)(?!\w)", re.IGNORECASE)


def _in_capitals(text: str) -> bool:
    letters = [c for c in text[:60] if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def _is_structural(chunk: Chunk) -> bool:
    marker = parse(chunk.text)
    return marker is not None and marker.kind in _STRUCTURAL and marker.value[-1] in (0, 1)


def _may_title(chunk: Chunk) -> bool:
    """Whether a line may be one of a title: no recipient, no signature, no name, no letterhead."""
    text = chunk.text
    if len(text) > _LONGEST_TITLE or text.startswith(("-", "+")) or text.endswith((";", ".")) or signs(chunk):
        return False
    return SIGNED_BY.match(text) is None and _LETTERHEAD.search(text) is None
