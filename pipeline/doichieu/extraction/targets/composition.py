"""Shares that say what a place or a body is made of, before what is promised of it: ``xã có trên 50% dân số là …``."""

from __future__ import annotations

import re

from doichieu.extraction.targets.comparing import up_behind_noun
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.places import KIND_OF_PLACE
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.lexicon.comparators import comparing

_BOUNDED = frozenset({">", ">=", "<", "<="})
_WHO = rf"(?:{KIND_OF_PLACE}|trường|cơ sở|doanh nghiệp|đơn vị|hợp tác xã|chi bộ|khu|cụm)(?!\w)[^;:,.()\d%]{{0,40}}?"
_HAS = r"\scó\s(?:(?:tỷ lệ|tỉ lệ)\s[^;:,.()\d%]{2,30}?\s)?(?:từ\s|trên\s|dưới\s|hơn\s)?\Z"
#: Several, or those apart from the rest: "riêng xã có | trên 40% hộ nghèo", "80% xã có | trên 50% dân số là …".
_SOME_HAVE = re.compile(
    rf"(?:(?<!\w)(?:riêng|đối với|tại|ở|cho|với|các|những)\s|\d\s?%\s(?:số )?)+{_WHO}{_HAS}", re.IGNORECASE
)
_ANY_HAVE = re.compile(rf"(?:\A\W*(?:\w{{1,3}}[.)]\s*)?|[;:,.(]\s*){_WHO}{_HAS}")
#: What they are made of: people of a kind.
_ARE = re.compile(
    r"\s(?:số |tổng số )?(?:dân số|dân|người dân|hộ|hộ dân|lao động|học sinh|người lao động|đoàn viên|hội viên"
    r"|nhân khẩu|cư dân)\s(?:[^;:,.()\d%]{0,20}\s)?là\s"
)
#: Up to the figure that is promised of them: "… đạt | 15%", "… được bố trí | 02 nhân viên".
_THEN_PROMISED = re.compile(
    r"(?!.*\s(?:và|hoặc)\s(?:có|đạt|được)\s)[^;:,.()\d%]{3,90}?\s(?:đạt|giảm|tăng|còn|có|phải có|thành lập|bố trí"
    rf"|được (?:bố trí|hỗ trợ|cấp|trang bị|đầu tư|xây dựng)(?: [^\W\d_]+){{0,2}})(?:\s+{comparing()})*\s*\Z"
)


def made_up_of(lowered: str, q: Quantity, following: Quantity | None) -> bool:
    """Whether a share says which of them a promise is about, by who lives or works there.

    >>> from doichieu.extraction.targets.quantities import find_quantities
    >>> some = "riêng xã có trên 40% hộ nghèo giảm 5%/năm"
    >>> made_up_of(some, *find_quantities(some))
    True
    >>> whole = "toàn xã có trên 40% hộ tham gia"
    >>> made_up_of(whole, find_quantities(whole)[0], None)
    False
    """
    if q.kind != "percent" or q.operator not in _BOUNDED:
        return False
    before = lowered[max(0, q.start - 90) : q.start]
    are = _ARE.match(lowered, q.end)
    if _SOME_HAVE.search(before) is None and (are is None or _ANY_HAVE.search(before) is None):
        return False
    up = up_behind_noun(lowered, q.end)
    stop = q.end if up is None else up.end()
    if following is not None and _THEN_PROMISED.fullmatch(lowered, q.end, following.start):
        return True
    if are is None:
        return False
    behind = re.split(r"[;:,.]", lowered[max(stop, are.end()) :], maxsplit=1)[0]
    return predicate_start(behind) is not None
