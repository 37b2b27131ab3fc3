"""What a portal's banner says of its document, beside what the document says itself.

A banner fills what the letterhead does not say; where both speak and contradict each other, the letterhead holds and a
problem row tells the difference.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from doichieu.extraction.citations.numbers import DATE, date_of, find_numbers
from doichieu.lexicon.kinds import kinds_by_name
from doichieu.model import Problem
from doichieu.naming import kind_names
from doichieu.segmentation.passages import Analysis
from doichieu.segmentation.portals import Banner, read_banner
from doichieu.text import fold, fold_characters

_DAY = re.compile(DATE)
_LEVEL = re.compile(r"^(?:ủy ban nhân dân|hội đồng nhân dân|ubnd|hđnd)?\s*(?:tỉnh|thành phố|thị xã)?\s*")
_LABELS = {
    "kind": "loại văn bản",
    "number": "số hiệu",
    "issued_on": "ngày ban hành",
    "issuer": "nơi ban hành",
    "signer": "người ký",
}


def with_banner(analysis: Analysis) -> None:
    """Complete ``analysis.info`` from the page's banner, and tell where the two differ."""
    banner = read_banner(analysis.source.text)
    if banner is None:
        return
    own = analysis.info
    told = _facts(banner)
    filled = {name: value for name, value in told.items() if value and not getattr(own, name)}
    if "number" in filled:
        filled["number_source"] = "own"
    if banner.title and not own.title:
        filled["title"] = " ".join(fold_characters(banner.title).split())
    for name, value in told.items():
        if name not in filled and value and _differ(name, value, str(getattr(own, name))):
            _tell(analysis, banner, name, value, str(getattr(own, name)))
    analysis.info = replace(own, **filled)


def _facts(banner: Banner) -> dict[str, str]:
    number = find_numbers(fold_characters(banner.number))
    day = _DAY.search(fold_characters(banner.issued_on))
    return {
        "kind": kinds_by_name().get(fold(banner.kind), ""),
        "number": number[0].number if number else "",
        "issued_on": date_of(day) if day else "",
        "issuer": " ".join(fold_characters(banner.issuer).split()),
        "signer": " ".join(fold_characters(banner.signer).split()),
    }


def _differ(name: str, told: str, own: str) -> bool:
    """Whether two wordings of one fact contradict each other.

    >>> _differ("issuer", "Tỉnh A", "Ủy ban nhân dân tỉnh A"), _differ("number", "1/A-B", "2/A-B")
    (False, True)
    """
    if name != "issuer":
        return fold(told) != fold(own)
    one, other = _LEVEL.sub("", fold(told)), _LEVEL.sub("", fold(own))
    return not (one in other or other in one)


def _tell(analysis: Analysis, banner: Banner, name: str, told: str, own: str) -> None:
    if any(p.code == "banner_differs" and _LABELS[name] in p.message for p in analysis.problems):
        return
    if name == "kind":
        told, own = kind_names().get(told, told), kind_names().get(own, own)
    analysis.problems.append(
        Problem(
            analysis.document_id,
            "banner_differs",
            "medium",
            f"Trang đăng văn bản ghi {_LABELS[name]} là “{told}”, văn bản ghi “{own}”",
            char_start=banner.start,
            char_end=banner.end,
            quote=analysis.source.text[banner.start : banner.end],
        )
    )
