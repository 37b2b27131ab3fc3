"""Whether the reports grow with their findings and no faster: the findings of one pair of the corpus again and
again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from doichieu.analyse import analyse
from doichieu.model import Comparison, Source

if TYPE_CHECKING:
    from doichieu.report.records import ComparisonView


def repeated(comparison: Comparison, count: int) -> Comparison:
    """A comparison with ``count`` findings: those of the given one again and again, each with its own id."""
    one = comparison.deviations
    found = [replace(d, deviation_id=f"{d.deviation_id}-{turn}") for turn in range(1 + count // len(one)) for d in one]
    return replace(comparison, deviations=tuple(found[:count]))


def _formats(comparison: Comparison, view: ComparisonView) -> dict[str, Callable[[], object]]:
    from doichieu.report.html import comparison_page
    from doichieu.report.opinion import opinion
    from doichieu.report.view import comparison_view
    from doichieu.report.xlsx import workbook

    return {
        "gathering": lambda: comparison_view(comparison),
        "page": lambda: comparison_page(view, comparison),
        "workbook": lambda: workbook(view, comparison),
        "opinion": lambda: opinion(view),
    }


def report(sources: list[Source], counts: tuple[int, ...] = (100, 2_000)) -> None:
    """Print the time for each finding of every format as the number of findings grows."""
    from doichieu.comparison.compare import compare
    from doichieu.report.view import comparison_view

    documents = [analyse(source) for source in sources]
    pairs = [compare(child, parent) for child in documents for parent in documents if child is not parent]
    widest = max(pairs, key=lambda c: len(c.deviations))
    first: dict[str, float] = {}
    print("reports: milliseconds for each finding")
    for count in counts:
        comparison = repeated(widest, count)
        view = comparison_view(comparison)  # the word splitter is loaded
        parts = []
        for name, make in _formats(comparison, view).items():
            start = time.perf_counter()
            make()
            each = (time.perf_counter() - start) / count * 1000
            first.setdefault(name, each)
            parts.append(f"{name} {each:.2f} ({each / first[name]:.2f} times the first)")
        print(f"  {count:7,} findings: {'; '.join(parts)}; the page {_size(comparison, view):.1f} MB")


def _size(comparison: Comparison, view: ComparisonView) -> float:
    """Megabytes of a comparison's page."""
    from doichieu.report.html import comparison_page

    return len(comparison_page(view, comparison).encode()) / 1e6
