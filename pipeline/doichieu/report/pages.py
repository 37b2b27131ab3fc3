"""The printed pages that findings stand on, with the box of each quote: for PDF files and scans."""

from __future__ import annotations

import base64
from collections import defaultdict
from pathlib import Path

from msgspec import Struct

from doichieu.errors import MissingPackage
from doichieu.model import Comparison, Document, Page, Target
from doichieu.reading.pictures import pictures
from doichieu.report.records import ComparisonView

_WIDTH = 760  # pixels of a page: its letters are read, and fifty pages are a few megabytes
_MOST = 60  # pages of one report


class Shot(Struct, frozen=True):
    """A page as the report holds it, once however many findings stand on it."""

    name: str
    width: int
    height: int
    data: str


class Boxed(Struct, frozen=True):
    """Where a quote stands on its page: boxes in per cent of the page (left, top, width, height)."""

    page: str
    number: int
    boxes: tuple[tuple[float, float, float, float], ...]


class Pages(Struct, frozen=True):
    """The pages of a report, and the place of each finding's side: by ``<id>-<p or c>``."""

    shots: tuple[Shot, ...] = ()
    places: dict[str, Boxed] = {}


def pages_of(view: ComparisonView, comparison: Comparison) -> Pages:
    """The pages of both documents that findings stand on; nothing for documents without pages."""
    shots: list[Shot] = []
    places: dict[str, Boxed] = {}
    for letter, document in (("p", comparison.parent), ("c", comparison.child)):
        if document is None or not document.source.lines:
            continue
        targets = {t.target_id: t for t in document.targets}
        wanted: dict[int, list[tuple[str, Target]]] = defaultdict(list)
        for finding in view.findings:
            side = finding.parent if letter == "p" else finding.child
            target = targets.get(side.target_id)
            number = _page_number(document, target) if target is not None and side.quote else 0
            if target is not None and number:
                wanted[number].append((f"{finding.id}-{letter}", target))
        for shot, number in _drawn(document, sorted(wanted)[: _MOST // 2], letter):
            shots.append(shot)
            page = next(p for p in document.source.pages if p.number == number)
            turned = (page.width > page.height) != (shot.width > shot.height)
            for key, target in wanted[number]:
                places[key] = Boxed(shot.name, number, () if turned else boxes(document, target, page))
    return Pages(tuple(shots), places)


def _drawn(document: Document, numbers: list[int], letter: str) -> list[tuple[Shot, int]]:
    path = Path(document.info.path)
    if not numbers or not path.is_file():
        return []
    try:
        found = pictures(path, numbers, _WIDTH)
    except ImportError as error:
        raise MissingPackage("--pages", "scan" if (error.name or "").startswith("PIL") else "pdf") from error
    return [
        (
            Shot(f"{letter}{one.number}", one.width, one.height, base64.b64encode(one.data).decode("ascii")),
            one.number,
        )
        for one in found
    ]


def _page_number(document: Document, target: Target) -> int:
    return next((p.number for p in document.source.pages if p.start <= target.char_start < p.end), 0)


def boxes(document: Document, target: Target, page: Page) -> tuple[tuple[float, float, float, float], ...]:
    """The boxes of a quote on a page, a line each, in per cent; a line that holds more is cut to its part."""
    out = []
    if not page.width or not page.height:
        return ()
    for line in document.source.lines:
        start, end = max(line.start, target.char_start), min(line.end, target.char_end)
        if line.page != page.number or start >= end:
            continue
        length = max(line.end - line.start, 1)
        wide = line.x1 - line.x0
        left = line.x0 + wide * (start - line.start) / length
        right = line.x0 + wide * (end - line.start) / length
        out.append(
            (
                round(100 * left / page.width, 2),
                round(100 * line.y0 / page.height, 2),
                round(100 * (right - left) / page.width, 2),
                round(100 * (line.y1 - line.y0) / page.height, 2),
            )
        )
    return tuple(out)
