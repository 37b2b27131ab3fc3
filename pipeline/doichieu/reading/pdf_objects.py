"""The objects that a PDF page draws, as the library holds them: no object of Python is made for those not asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def drawn(page: Any, kind: int) -> Iterator[Any]:
    """The objects of one kind (``FPDF_PAGEOBJ_…``) of a pypdfium2 page, those inside its forms too."""
    import pypdfium2.raw as raw

    def walk(parent: Any, count: Callable[..., int], get: Callable[..., Any], *, deeper: bool) -> Iterator[Any]:
        for index in range(_sure(count(parent), "objects of a page")):
            item = get(parent, index)
            _sure(bool(item) - 1, "object of a page")
            found = raw.FPDFPageObj_GetType(item)
            if found == kind:
                yield item
            if deeper and found == raw.FPDF_PAGEOBJ_FORM:
                yield from walk(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, deeper=False)

    return walk(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, deeper=True)


def matrix_of(item: Any) -> tuple[float, float, float, float, float, float]:
    """How an object's own coordinates lie on the page."""
    import pypdfium2.raw as raw

    found = raw.FS_MATRIX()
    _sure(raw.FPDFPageObj_GetMatrix(item, found) - 1, "matrix of an object")
    return found.a, found.b, found.c, found.d, found.e, found.f


def bounds_of(item: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of an object on the page."""
    from ctypes import c_float

    import pypdfium2.raw as raw

    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    _sure(raw.FPDFPageObj_GetBounds(item, left, bottom, right, top) - 1, "bounds of an object")
    return left.value, bottom.value, right.value, top.value


def _sure(number: int, what: str) -> int:
    """A number that the library gave; below zero it failed."""
    if number < 0:
        from pypdfium2 import PdfiumError

        raise PdfiumError(f"Failed to get {what}.")
    return number
