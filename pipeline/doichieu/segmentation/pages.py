"""On which page a place of the text stands."""

from __future__ import annotations

from bisect import bisect_right

from doichieu.model import Source


class Pages:
    """The pages of one source.

    A place inside a printed line stands on that line's page: a table row that a page end cuts goes from page to page
    cell by cell, so that the page's own stretch of the text does not tell.

    >>> from doichieu.model import Page
    >>> pages = Pages(Source("a", "a", "", "pdf", "một hai", pages=(Page(1, 0, 4), Page(2, 4, 7))))
    >>> pages.at(0), pages.at(4), pages.at(7)
    (1, 2, None)
    """

    def __init__(self, source: Source) -> None:
        self._lines = sorted((line.start, line.end, line.page) for line in source.lines)
        self._pages = sorted((page.start, page.end, page.number) for page in source.pages)

    def at(self, offset: int) -> int | None:
        """The number of the page, None where the source has none there."""
        for spans in (self._lines, self._pages):
            found = bisect_right(spans, offset, key=lambda span: span[0]) - 1
            if found >= 0 and offset < spans[found][1]:
                return spans[found][2]
        return None
