"""Which document of a run a citation means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from doichieu.naming import same_issuer
from doichieu.resolve.records import CitedAs, IndexRecord
from doichieu.text import fold

_SHOWN = 5  # how many candidates a message names
_FEW = 3  # dates of one number up to which another date looks like a slip


class Bearers:
    """The documents of one number, by their dates."""

    def __init__(self) -> None:
        self.by_date: dict[str, list[IndexRecord]] = defaultdict(list)

    def of_day(self, day: str) -> list[IndexRecord]:
        """Those that can be of ``day``: dated so, else undated; all of them where no day is named."""
        if not day:
            return [record for group in self.by_date.values() for record in group]
        return self.by_date.get(day) or self.by_date.get("", [])


def target(
    citation: CitedAs, bearers: Bearers | None, citer: IndexRecord, copies: Mapping[str, str]
) -> tuple[str, str]:
    """The one document that a citation can mean, or why there is none; copies of one document are one."""
    if bearers is None:
        return "", ""
    fitting = [record for record in bearers.of_day(citation.issued_on) if _fits(citation, record, citer)]
    meant = {copies.get(record.document_id, record.document_id) for record in fitting}
    if len(meant) == 1:
        return meant.pop(), ""
    if len(fitting) > 1:
        names = ", ".join(record.document_id for record in fitting[:_SHOWN])
        more = f" và {len(fitting) - _SHOWN} văn bản khác" if len(fitting) > _SHOWN else ""
        return "", f"Nhiều văn bản trong lần chạy cùng mang số {citation.number}: {names}{more}"
    if citation.issued_on and citation.issuer and len(bearers.by_date) <= _FEW:
        other = sorted({r.issued_on for r in bearers.of_day("") if r.issued_on and _fits(citation, r, citer)})
        if len(other) == 1:
            reason = (
                f"Văn bản số {citation.number} trong lần chạy ghi ngày {other[0]}, chỗ này dẫn ngày "
                f"{citation.issued_on}"
            )
            return "", reason
    return "", ""


def _fits(citation: CitedAs, record: IndexRecord, citer: IndexRecord) -> bool:
    """Whether kind, issuer and place of a document agree with a citation of its number."""
    if record.kind and citation.kind and not _kinds_agree(record.kind, citation.kind):
        return False
    if not same_issuer(record.issuer, citation.issuer):
        return False
    same_day = bool(citation.issued_on) and citation.issued_on == record.issued_on
    if not same_day and not citation.issuer and _LOCAL.search(citation.number):
        return False  # "17/KH-UBND" alone could be any province's
    named = _places(citation.issuer)
    own, theirs = _places(citer.issuer), _places(record.issuer)
    return all(own[level] == theirs[level] for level in own if level in theirs and level not in named)


_LOCAL = re.compile(r"[/-](?:UBND|HĐND|TU|HU|ĐU|QU|ThU|S[A-ZĐ]{1,6}|BCĐ)\Z")
_PLACE = re.compile(
    r"(?<!\w)(tỉnh|thành phố|thị xã|huyện|xã|phường|tỉnh ủy|thành ủy|thị ủy"
    r"|huyện ủy)\s+(?!ủy)([^\W\d_]+(?: [^\W\d_]+){0,3})"
)


@lru_cache(maxsize=1 << 14)
def _places(issuer: str) -> dict[str, str]:
    """Level → place of an issuer: ``Ủy ban nhân dân tỉnh Bắc Ninh`` → ``{"tỉnh": "bắc ninh"}``."""
    found = _PLACE.findall(fold(issuer))
    return {
        level.replace(" ủy", "").replace("thành phố", "thành").replace("thị xã", "thị"): place for level, place in found
    }


def _kinds_agree(one: str, other: str) -> bool:
    return one == other or {one, other} <= {"quyet_dinh", "quy_dinh"} or {one, other} <= {"chuong_trinh", "ke_hoach"}
