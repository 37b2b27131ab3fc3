"""A document with its amendments applied, those in force on a day, one amending document after the other.

What holds of :func:`consolidate`:

1. Nothing applied gives the source byte for byte; undoing every applied change gives the source (:func:`undo`).
2. ``base_char_*`` are offsets in the source, ``char_*`` in the consolidated text, both exact.
3. An amendment that does not fit is told (``left_out`` with its reason) and changes nothing.
4. A later change inside an earlier one supersedes it: one stretch of the source has one applied change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from doichieu.amending.edits import Edit, Refusal, edits_of
from doichieu.amending.places import Missing, Places, Spot
from doichieu.model import Amendment, Change, Consolidation, Document, Source, last_day
from doichieu.segmentation.provisions import parsed

_WORDS = frozenset({"replace_words", "insert_words", "delete_words"})


class Order(Struct, frozen=True):
    """One amendment of the document, and where it comes from."""

    row: Amendment
    number: str  # of the amending document, its id where it has none
    issued_on: str

    @property
    def effective_on(self) -> str:
        """From when it holds: its own day, else the day of the amending document."""
        return self.row.effective_on or self.issued_on


class _Region(Struct):
    """A changed stretch: ``text`` stands in the current text for ``source[start:end]``."""

    start: int
    end: int
    text: str
    changes: list[int]


class _Text:
    """The current text: the source with changed regions, in order and apart from each other."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.regions: list[_Region] = []

    def current(self) -> str:
        """The text as it reads now."""
        out: list[str] = []
        position = 0
        for region in self.regions:
            out += [self.source[position : region.start], region.text]
            position = region.end
        return "".join([*out, self.source[position:]])

    def starts(self) -> list[int]:
        """Where each region begins in the current text."""
        out: list[int] = []
        shift = 0
        for region in self.regions:
            out.append(region.start + shift)
            shift += len(region.text) - (region.end - region.start)
        return out

    def _base(self, offset: int, *, last: bool = False) -> int:
        """The place in the source of a place of the current text outside every region; ``last`` where it ends a
        stretch, so that a region that begins there is not passed."""
        shift = 0
        for region, start in zip(self.regions, self.starts(), strict=True):
            if start + len(region.text) > offset or start > offset or (last and start == offset):
                break
            shift += len(region.text) - (region.end - region.start)
        return offset - shift

    def put(self, edit: Edit, change: int) -> None:
        """Apply an edit given in the current text; it supersedes the changes that it touches."""
        starts = self.starts()
        touched = [
            i
            for i, (region, start) in enumerate(zip(self.regions, starts, strict=True))
            if start < edit.end and edit.start < start + len(region.text)
        ]
        if not touched:
            region = _Region(self._base(edit.start), self._base(edit.end, last=True), edit.new, [change])
            if edit.start == edit.end:
                region.end = region.start
            at = next(
                (
                    i
                    for i, (other, start) in enumerate(zip(self.regions, starts, strict=True))
                    if other.start > region.start or (other.start == region.start and start >= edit.start)
                ),
                len(starts),
            )
            self.regions.insert(at, region)
            return
        first, last = touched[0], touched[-1]
        low = min(edit.start, starts[first])
        high = max(edit.end, starts[last] + len(self.regions[last].text))
        now = self.current()
        start = self.regions[first].start - (starts[first] - low)
        end = self.regions[last].end + (high - (starts[last] + len(self.regions[last].text)))
        text = now[low : edit.start] + edit.new + now[edit.end : high]
        self.regions[first : last + 1] = [_Region(start, end, text, [change])]


class _Record(Struct):
    order: Order
    status: str
    reason: str = ""
    place: tuple[int, int] | None = None
    written: bool = False


def orders_for(base: Document, others: Sequence[Document]) -> list[Order]:
    """The amendments of a document among those of other documents, in the order in which they hold."""
    found: list[tuple[tuple[str, str, str, int], Order]] = []
    for other in others:
        for row in other.amendments:
            if other.document_id != base.document_id and _amends(row, base):
                order = Order(row, other.info.number or other.document_id, other.info.issued_on)
                found.append(((order.effective_on, other.info.issued_on, other.document_id, row.char_start), order))
    found.sort(key=lambda item: item[0])
    return [order for _, order in found]


def _amends(row: Amendment, base: Document) -> bool:
    if row.amended_document_id:
        return row.amended_document_id == base.document_id
    info = base.info
    if not info.number or row.amended_number != info.number:
        return False
    return not row.amended_issued_on or not info.issued_on or row.amended_issued_on == info.issued_on


def consolidate(
    base: Document,
    orders: Sequence[Order],
    on: str,
    read: Callable[[Source], Document],
    *,
    lenient: bool = False,
) -> Consolidation:
    """The text of ``base`` on a day; ``read`` analyses a text, for amendments of what earlier ones wrote."""
    text = _Text(base.source.text)
    records: list[_Record] = []
    current = base
    for (day, _), group in groupby(orders, key=lambda order: (order.effective_on, order.number)):
        batch = list(group)
        if not day or day > on:
            records += [
                _Record(order, "not_yet" if day else "left_out", "" if day else "unresolved") for order in batch
            ]
            continue
        if text.regions:
            current = read(Source(base.document_id, base.info.path, "", "txt", text.current()))
        _apply(text, Places(current), batch, records, lenient=lenient)
    changes = _rows(base, on, text, records)
    return Consolidation(base, on, text.current(), tuple(changes))


def _priority(order: Order) -> tuple[int, int, int]:
    """Of two orders for one place the one with the longer path goes first, of two wordings the longer one."""
    row = order.row
    words = row.action in _WORDS
    return (words and row.provision == "van_ban", -len(parsed(row.provision)), -len(row.old_text) if words else 0)


def _apply(text: _Text, places: Places, batch: list[Order], records: list[_Record], *, lenient: bool) -> None:
    """One amending document: every order is located in the text as it stands, then all are written."""
    taken: list[tuple[int, int, int]] = []  # start, end, record
    todo: list[tuple[Edit, int, int]] = []
    base = len(records)
    records += [_Record(order, "applied") for order in batch]
    sequence = sorted(range(len(batch)), key=lambda i: (*_priority(batch[i]), i))
    for i in sequence:
        row, record = batch[i].row, records[base + i]
        found = edits_of(row, places, lenient=lenient)
        if isinstance(found, Refusal):
            record.status, record.reason = "left_out", found.reason
            if found.end > found.start:
                record.place = (found.start, found.end)
            continue
        if not found:
            spot = places.find(parsed(row.provision)) if row.provision else Missing("provision_missing")
            record.place = (spot.start, spot.start) if isinstance(spot, Spot) else (0, 0)
            continue
        clear = [e for e in found if not any(a < e.end and e.start < b for a, b, _ in taken)]
        words = row.action in _WORDS
        if words and not clear:
            record.status = "superseded"
            record.place = (found[0].start, found[0].end)
            continue
        if not words and len(clear) < len(found):
            rivals = {n for a, b, n in taken for e in found if a < e.end and e.start < b}
            record.status, record.reason = "left_out", "two_amendments_of_one_place"
            record.place = (found[0].start, found[0].end)
            for n in rivals:
                if records[n].order.row.provision == row.provision:  # two orders for the very same place: neither
                    records[n].status, records[n].reason = "left_out", "two_amendments_of_one_place"
                    records[n].place = record.place
                    todo = [item for item in todo if item[1] != n]
            continue
        for edit in clear:
            if edit.end > edit.start:
                taken.append((edit.start, edit.end, base + i))
            todo.append((edit, base + i, len(todo)))
    _write(text, todo, records)


def _write(text: _Text, todo: list[tuple[Edit, int, int]], records: list[_Record]) -> None:
    """Write edits from the end of the text to its beginning, so that their offsets hold; of several insertions at one
    place the first stands first."""
    for edit, number, _ in sorted(
        todo, key=lambda item: (item[0].start, item[0].end > item[0].start, item[1]), reverse=True
    ):
        text.put(edit, number)
        records[number].written = True


def _rows(base: Document, on: str, text: _Text, records: list[_Record]) -> list[Change]:
    source = base.source.text
    rows: list[Change] = []
    starts = text.starts()
    by_record: dict[int, list[int]] = {}
    for index, region in enumerate(text.regions):
        for number in region.changes:
            by_record.setdefault(number, []).append(index)
    for number, record in enumerate(records):
        regions = by_record.get(number, [])
        if record.written and not regions:
            record.status = "superseded"
        for n, index in enumerate(regions):
            region = text.regions[index]
            rows.append(
                _row(
                    base,
                    on,
                    record,
                    n,
                    region.start,
                    region.end,
                    source,
                    starts[index],
                    starts[index] + len(region.text),
                    region.text,
                )
            )
        if not regions:
            place = record.place if record.status != "superseded" or record.place else None
            a, b = place or (None, None)
            rows.append(
                _row(
                    base,
                    on,
                    record,
                    0,
                    a,
                    b if record.status != "applied" else a,
                    source,
                    None,
                    None,
                    record.order.row.new_text if record.status != "applied" else "",
                )
            )
    return rows


def _row(
    base: Document,
    on: str,
    record: _Record,
    n: int,
    start: int | None,
    end: int | None,
    source: str,
    now_start: int | None,
    now_end: int | None,
    new: str,
) -> Change:
    row = record.order.row
    digest = blake2b(f"{base.document_id}\0{on}\0{row.amendment_id}\0{n}".encode(), digest_size=6).hexdigest()
    return Change(
        document_id=base.document_id,
        on=on,
        change_id=f"ch-{digest}",
        amendment_id=row.amendment_id,
        amending_document=record.order.number,
        provision=row.provision,
        action=row.action,
        status=record.status,  # type: ignore[arg-type]
        reason=record.reason,  # type: ignore[arg-type]
        base_char_start=start,
        base_char_end=end,
        base_text=source[start:end] if start is not None and end is not None else "",
        char_start=now_start,
        char_end=now_end,
        new_text=new,
        effective_on=record.order.effective_on,
    )


def undo(text: str, changes: Sequence[Change]) -> str:
    """The source again, from a consolidated text and its changes."""
    out = text
    applied = [c for c in changes if c.status == "applied" and c.char_start is not None and c.char_end is not None]
    for change in sorted(
        applied, key=lambda c: (c.char_start or 0, c.char_end or 0, c.base_char_start or 0), reverse=True
    ):
        out = out[: change.char_start] + change.base_text + out[change.char_end :]
    return out


def with_validity(base: Document, orders: Sequence[Order], on: str) -> Document:
    """The document with the term that amendments give it, and who replaced it."""
    info = base.info
    for order in orders:
        row = order.row
        if row.provision != "van_ban" or not order.effective_on or order.effective_on > on:
            continue
        if row.kind == "gia_han" and row.effective_until:
            info = replace(info, effective_until=row.effective_until)
        elif row.action == "end":
            info = replace(info, effective_until=last_day(order.effective_on), replaced_by=order.number)
    return replace(base, info=info)
