"""Numbers and dates that were read from a picture: right, or empty with the reading in a problem row.

A reading counts where two recognitions at two sizes agree (:mod:`doichieu.reading.scan` marks as doubtful what they do
not), or where the file's name says the same; a file's name that says another number speaks against it.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from doichieu.model import Problem
from doichieu.naming import day_words
from doichieu.segmentation.passages import Analysis
from doichieu.text import strip_accents

_HEAD = 3_000  # characters of the source in which the letterhead stands
_NAMED = re.compile(r"(?:^|[-_ .])so[-_ .]*(\d{1,5})(?=\D|$)")


def only_what_is_sure(analysis: Analysis) -> None:
    """Empty the number and the date of a recognised page where nothing confirms the reading."""
    pages = analysis.source.pages
    if not pages or pages[0].confidence >= 1.0:
        return
    info = analysis.info
    doubtful = {
        figure
        for problem in analysis.problems
        if problem.code == "doubtful_figure" and problem.char_start is not None and problem.char_start < _HEAD
        for figure in re.findall(r"\d+", problem.quote)
    }
    if info.number and not _number_is_sure(info.number, doubtful, analysis.document_id):
        _tell(analysis, f"Số “{info.number}” đọc từ ảnh chưa chắc chắn nên để trống; cần xem bản gốc", info.number)
        info = replace(info, number="", number_source="")
    if info.issued_on:
        year, month, day = info.issued_on.split("-")
        if doubtful & {year, month, day, str(int(month)), str(int(day))}:
            _tell(
                analysis,
                f"Ngày “{day_words(info.issued_on)}” đọc từ ảnh chưa chắc chắn nên để trống; cần xem bản gốc",
                "",
            )
            info = replace(info, issued_on="")
    analysis.info = info


def _number_is_sure(number: str, doubtful: set[str], name: str) -> bool:
    """Whether a reading is confirmed, or at least nothing speaks against it.

    >>> _number_is_sure("109/QĐ-BTC", {"109"}, "quyet-dinh-so-109-qd-btc"), _number_is_sure("9/QĐ-X", set(), "quet")
    (True, True)
    >>> _number_is_sure("409/QĐ-BTC", set(), "so-109"), _number_is_sure("409/QĐ-BTC", {"409"}, "quet")
    (False, False)
    >>> _number_is_sure("409/QD-BTC", set(), "quet")
    False
    """
    figures = re.findall(r"\d+", number)
    if not figures:
        return False
    named = _NAMED.search(strip_accents(name).lower())
    if named is not None:
        return int(named.group(1)) == int(figures[0]) and _has_its_shape(number)
    return not doubtful & set(figures) and _has_its_shape(number)


def _has_its_shape(number: str) -> bool:
    """Whether the letters of a number are such as offices write: no kind is abbreviated with a bare D (``QD``, ``ND``,
    ``DA``), nor with a small letter inside."""
    letters = re.split(r"[^\w]+", re.sub(r"^\d+", "", number))
    return not any(part in ("QD", "ND", "DA", "ĐD", "OĐ", "0Đ", "N0") for part in letters)


def _tell(analysis: Analysis, message: str, reading: str) -> None:
    at = analysis.source.text.find(reading) if reading else -1
    place = (at, at + len(reading)) if at >= 0 else (None, None)
    analysis.problems.append(
        Problem(
            analysis.document_id,
            "doubtful_head",
            "medium",
            message,
            char_start=place[0],
            char_end=place[1],
            quote=reading if at >= 0 else "",
        )
    )
