"""The records of a text that holds on a day, each target with where its wording comes from."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from doichieu.amending.apply import consolidate, orders_for, with_validity
from doichieu.amending.stretches import applied
from doichieu.analyse import analyse
from doichieu.model import Consolidation, Document, Problem, Source, Target

#: Later than every day of a document: all amendments, whenever they hold.
EVER = "9999-12-31"


def hold(base: Document, documents: Sequence[Document], on: str, *, lenient: bool = False) -> Consolidation:
    """A document as it holds on a day, with the amendments that the others order."""
    orders = orders_for(base, documents)
    return consolidate(with_validity(base, orders, on), orders, on, analyse, lenient=lenient)


def document_of(done: Consolidation) -> Document:
    """The consolidated text as a document: the head, and what the run knew of it, are the source's."""
    base = done.base
    if done.text == base.source.text:
        return base
    read = analyse(Source(base.document_id, base.info.path, base.source.sha256, "txt", done.text, verbatim=False))
    cited = {(c.number, c.issued_on): c.cited_document_id for c in base.citations if c.cited_document_id}
    citations = tuple(
        replace(c, cited_document_id=c.cited_document_id or cited.get((c.number, c.issued_on), ""))
        for c in read.citations
    )
    info = replace(base.info, characters=len(done.text))
    return replace(read, info=info, citations=citations, targets=tuple(_targets(done, read)))


def _targets(done: Consolidation, read: Document) -> list[Target]:
    changes = applied(done)
    out = []
    for target in read.targets:
        touching = [
            c
            for c in changes
            if (c.char_start or 0) < target.char_end
            and target.char_start < max(c.char_end or 0, (c.char_start or 0) + 1)
        ]
        if touching:
            last = max(touching, key=lambda c: c.effective_on)
            target = replace(target, amended_by=last.amending_document, in_force_from=last.effective_on)
        out.append(target)
    return out


def changed_since(parent: Document, amenders: Sequence[Document], day: str) -> list[Problem]:
    """What a comparison should say of a parent that was amended: before the child's day, and after it."""
    now, later = hold(parent, amenders, day), hold(parent, amenders, EVER)
    before = sorted({c.amending_document for c in now.changes if c.status == "applied"})
    since = [c for c in later.changes if c.status == "applied" and c.effective_on > day]
    out: list[Problem] = []
    name = parent.info.number or parent.document_id
    if before:
        out.append(
            Problem(
                parent.document_id,
                "pair_parent_amended",
                "info",
                f"Văn bản cấp trên {name} được xét theo bản có hiệu lực ngày {_day(day)}, đã sửa bởi "
                f"{', '.join(before)}.",
            )
        )
    if since:
        places = sorted({f"{c.amending_document} ({_day(c.effective_on)})" for c in since})
        out.append(
            Problem(
                parent.document_id,
                "pair_parent_amended_since",
                "medium",
                f"Sau ngày {_day(day)}, văn bản cấp trên {name} đã được sửa {len(since)} chỗ bởi "
                f"{', '.join(places)}; cần xem văn bản cấp dưới có phải điều chỉnh theo không.",
            )
        )
    ended = later.base.info
    if ended.replaced_by:
        until = f", có hiệu lực đến hết ngày {_day(ended.effective_until)}" if ended.effective_until else ""
        message = f"Văn bản cấp trên {name} đã bị {ended.replaced_by} thay thế hoặc bãi bỏ{until}."
        out.append(Problem(parent.document_id, "pair_parent_replaced", "medium", message))
    left = [c for c in now.changes if c.status == "left_out"]
    if left:
        out.append(
            Problem(
                parent.document_id,
                "pair_amendment_left_out",
                "medium",
                f"{len(left)} lệnh sửa {name} không áp dụng được; chạy doichieu consolidate để xem từng lệnh.",
            )
        )
    return out


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
