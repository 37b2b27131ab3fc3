"""What is odd about a comparison itself, so that a person looks at it before the findings.

Each is a problem of the pair: the two seem swapped, come from two places of one level, the parent is the younger, the
child does not name it, both are one text, a table of either was not read, or targets speak of districts that have
ended since.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doichieu.comparison.authorities.successors import end_of_districts, ended_since
from doichieu.comparison.authorities.territory import standing_of
from doichieu.model import Document, Problem, ProblemCode, Severity
from doichieu.naming import day_words, document_name
from doichieu.text import fold


def oddities(child: Document, parent: Document, others: Sequence[Document] = ()) -> tuple[Problem, ...]:
    """What is odd about comparing ``child`` with ``parent``; ``others`` are further parents of the same child."""
    names = document_name(child), document_name(parent)
    found: list[Problem] = []

    def tell(code: ProblemCode, severity: Severity, message: str) -> None:
        found.append(Problem(child.document_id, code, severity, message))

    same = same_text(child, parent)
    if same:
        tell(
            "pair_copy",
            "high",
            f"Hai văn bản của cặp này cùng một nội dung: {child.document_id} và {parent.document_id}.",
        )
    copies = [
        other.document_id for other in others if other.document_id != parent.document_id and same_text(other, parent)
    ]
    if copies:
        tell(
            "pair_copy",
            "medium",
            f"Lần chạy này có nhiều bản của {names[1]}: {parent.document_id}, {', '.join(copies)}.",
        )
    if not same and carries_out(parent, child) and not carries_out(child, parent):
        tell("pair_swapped", "high", f"Có thể hai phía bị đảo: {names[1]} tự ghi là thực hiện {names[0]}.")
    here, there = standing_of(child), standing_of(parent)
    if here.level and here.level == there.level and here.places and there.places and not here.places & there.places:
        places = [", ".join(sorted(side.places)).title() for side in (here, there)]
        tell("pair_same_level", "medium", f"Hai văn bản cùng cấp, khác địa phương: {places[0]} và {places[1]}.")
    if child.info.issued_on and parent.info.issued_on > child.info.issued_on:
        dates = day_words(parent.info.issued_on), day_words(child.info.issued_on)
        tell("pair_parent_younger", "medium", f"{names[1]} ban hành ngày {dates[0]}, sau {names[0]} (ngày {dates[1]}).")
    if not same and not cites(child, parent):
        tell("pair_not_cited", "low", f"{names[0]} không dẫn {names[1]}.")
    for document in (child, parent):
        unread = [p for p in document.problems if p.code == "table_not_read" and p.severity != "info"]
        if unread:
            tell(
                "pair_table_not_read",
                "medium",
                f"{document_name(document)} có {len(unread)} bảng không đọc được thành chỉ tiêu.",
            )
    lost = ended_since(parent, child.info.issued_on)
    if lost:
        tell(
            "pair_bearer_ended",
            "medium",
            f"{len(lost)} chỉ tiêu của {names[1]} nói về cấp huyện, cấp này không còn từ ngày "
            f"{day_words(end_of_districts())}; cần xem ai thực hiện thay.",
        )
    return tuple(found)


def same_text(one: Document, other: Document) -> bool:
    """Whether two documents have the same wording, whatever their files."""
    if one.source.sha256 and one.source.sha256 == other.source.sha256:
        return True
    return bool(one.source.text.strip()) and _words(one) == _words(other)


def _words(document: Document) -> str:
    return " ".join(document.source.text.split())


def cites(child: Document, parent: Document) -> bool:
    """Whether the child names the parent: by a resolved citation, by its number, or by its title."""
    number, title = parent.info.number, fold(parent.info.title)
    if any(c.cited_document_id == parent.document_id or (number and c.number == number) for c in child.citations):
        return True
    whole = fold(child.source.text)
    return len(title.split()) >= _TITLE and " ".join(title.split()) in " ".join(whole.split())


#: A title of fewer words names nothing unmistakably.
_TITLE = 6


def carries_out(child: Document, parent: Document) -> bool:
    """Whether the child says that it carries the parent out."""
    number = parent.info.number
    if number and number in child.info.implements:
        return True
    if number and re.search(rf"thực hiện[^.;]{{0,60}}{re.escape(fold(number))}", fold(child.info.title)):
        return True
    return any(c.cited_document_id == parent.document_id and c.relation == "implements" for c in child.citations)


__all__ = ["carries_out", "cites", "oddities", "same_text"]
