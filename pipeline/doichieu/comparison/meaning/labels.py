"""What stands above a target and narrows it: labels, fields, a place before a colon in its own line."""

from __future__ import annotations

import re

from doichieu.comparison.meaning.surroundings import Surroundings
from doichieu.model import Target
from doichieu.text import fold

#: "Trên hệ thống quốc lộ:", "Trên các tuyến đê biển:"
_ON = r"trên (?=các |những |toàn |tuyến |đoạn |mạng |hệ thống |địa bàn |khu vực |vùng )"

_LABEL = re.compile(
    rf"\A\W*(?:[\divx]+[.)]\s*|[a-zđ][.)]\s*)?(?:riêng |đối với |tại |ở |trong |{_ON}|về |khu vực |vùng |lĩnh vực )"
)

NARROWING = re.compile(rf"\A\W*(?:[\divx]+[.)]\s*|[a-zđ][.)]\s*)?(?:riêng |đối với |tại |ở |{_ON}|khu vực |vùng )")

FIELD = re.compile(r"\A\W*(?:[\divx]+[.)]\s*|[a-zđ][.)]\s*)?(?:về |lĩnh vực )")

_LABEL_WORDS = 14

#: A heading that sorts targets by whose they are, and no place: "a) Khu vực công".
SECTOR = re.compile(r"khu vực (?:công|tư|tư nhân|nhà nước|doanh nghiệp|sản xuất|dịch vụ|hành chính|dân cư)")


def label_of(around: Surroundings) -> tuple[str, str]:
    """(what a label above narrows to, what field a heading names): ``Đối với hộ nghèo:``, ``Về lâm nghiệp:``."""
    last = around.headings.rsplit(" / ", 1)[-1] if around.headings else ""
    for text in (around.lead.rstrip(": "), last.rstrip(": ")):
        if not text or len(text.split()) > _LABEL_WORDS or re.search(r"\d%|20\d\d", text):
            continue
        if SECTOR.search(text) and SECTOR.fullmatch(re.sub(r"\A\W*\w{1,4}[.)]\s*", "", text)):
            continue
        if NARROWING.match(text):
            return _LABEL.sub("", text), ""
        if FIELD.match(text):
            return "", FIELD.sub("", text)
    return "", ""


def inline_label(target: Target, text: str) -> str:
    """A place or a population before a colon in the target's own line, folded."""
    if (
        not text
        or re.search(r"\d", text)
        or not NARROWING.match(text)
        or text in fold(f"{target.subject} {target.indicator}")
    ):
        return ""
    return _LABEL.sub("", text) if not text.startswith(("vùng", "khu vực")) else text
