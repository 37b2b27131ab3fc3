"""What the cells beside a task or a measure say of its results: shares and bounded counts that are clauses."""

from __future__ import annotations

import re

from doichieu.extraction.targets.predicates import predicate_start
from doichieu.lexicon.comparators import comparing

_SPOKEN = re.compile(r"(?:sản phẩm|kinh phí|thời gian|phối hợp|ghi chú|nguồn)")
#: "100% bếp ăn tập thể được kiểm tra": a share with people or things of its own in a cell of figures.
_CLAUSE = re.compile(r"(?:(?:đạt|ít nhất|tối thiểu|trên|từ|phấn đấu)\s+)*\d[\d.,]*\s*%\s+(?=[^\W\d_]+\s[^\W\d_]+\s)")
#: "Ít nhất 10 cơ sở được thành lập", "Từ 05 mô hình trở lên": a bounded count that opens a cell.
_AT_LEAST = re.compile(rf"(?:có )?{comparing()}\s\d[\d.]*\s[^\W\d_]{{2}}")

#: A planned cell that only says that what the row states is met.
MET = re.compile(r"(?:đạt|có|đạt chuẩn|đáp ứng|hoàn thành)\W*", re.IGNORECASE)
#: A sentence that comes to its figure late: "đường thôn, ngõ, xóm được cứng hóa đạt tỷ lệ ≥ 90%".
_PROSE = re.compile(r"[^\d%(]{25,}[\d(]")


def is_prose(text: str) -> bool:
    """Whether a cell comes to its figure only behind a clause with a predicate.

    >>> is_prose("Đường thôn, ngõ, xóm được cứng hóa đạt tỷ lệ 90%"), is_prose("Bình quân từ 9,5 - 12%/năm")
    (True, False)
    """
    lowered = text.lower()
    clause = _PROSE.match(lowered)
    return clause is not None and predicate_start(clause.group()) is not None


def stands_beside(head: str) -> bool:
    """Whether a column by its head tells what goes with the rows' sentences: products, money, times, partners."""
    return _SPOKEN.search(head.lower()) is not None


def says_share(text: str) -> bool:
    """Whether a cell says a share as a clause of its own, of whom and what.

    >>> says_share("100% bếp ăn được kiểm tra"), says_share("100% kế hoạch")
    (True, False)
    """
    lowered = text.lower()
    clause = _CLAUSE.match(lowered)
    return clause is not None and predicate_start(lowered[clause.end() :]) is not None


def says_result(text: str) -> bool:
    """Whether a cell beside a task says how much it brings about: a share with its clause, a bounded count.

    >>> says_result("Ít nhất 10 cơ sở được thành lập"), says_result("100% giếng được lấp"), says_result("02 báo cáo")
    (True, True, False)
    """
    return _AT_LEAST.match(text.lower()) is not None or says_share(text)
