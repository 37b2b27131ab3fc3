"""Labels that name a season or a programme: what stands behind them is done in it, whatever it is done to."""

from __future__ import annotations

import re

from doichieu.lexicon.named_words import words_of

_SEASON = re.compile(
    rf"(?:(?:sản xuất|trong|riêng) )?vụ (?:{words_of('seasons_of_the_fields')})"
    r"(?:(?: năm|,)? ?20\d\d(?:\s*[-–]\s*20\d\d)?)?",
    re.IGNORECASE,
)
_QUOTED = re.compile(rf"(?:(?:{words_of('named_in_quotes')})\s+)?[\"“][^\"“”%]{{3,60}}[\"”]", re.IGNORECASE)


def names_a_season(plain: str) -> bool:
    """Whether a heading or label names a season of the fields.

    >>> [names_a_season(plain) for plain in ("Vụ xuân", "Vụ Hè Thu 2026", "Vụ việc", "Vụ xuân hè sớm ở đồng cao")]
    [True, True, False, False]
    """
    return _SEASON.fullmatch(plain) is not None


def names_a_programme(plain: str) -> bool:
    """Whether a label is the quoted name of a programme, with or without the word for it.

    >>> names_a_programme('"Mái ấm Công đoàn"'), names_a_programme("Chương trình “Sóng và máy tính”")
    (True, True)
    >>> names_a_programme('Danh hiệu "Gia đình văn hóa"'), names_a_programme("Chương trình mục tiêu")
    (False, False)
    """
    return _QUOTED.fullmatch(plain) is not None
