"""What was filled into the fields of a PDF form: text in its place, as the page shows it."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import Any

from doichieu.reading.layout import Piece

MAX_FIELDS = 5_000
_LARGEST = 14.0  # points: letters in a field of several lines are no larger


def form_values(page: Any, height: float) -> Iterator[Piece]:
    """The values of the text and choice fields of a page; ``height`` is that of the page, for places from the top.

    Fields that are hidden, and buttons, show nothing of the kind.
    """
    import pypdfium2.raw as raw

    form = page.formenv
    if form is None:
        return
    rect = raw.FS_RECTF()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), MAX_FIELDS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_WIDGET:
                continue
            kind = raw.FPDFAnnot_GetFormFieldType(form.raw, annotation)
            shown = not raw.FPDFAnnot_GetFlags(annotation) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW)
            if kind not in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX) or not shown:
                continue
            text = _value(raw, form.raw, annotation)
            if not text or not raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
                continue
            left, right = sorted((rect.left, rect.right))
            top, bottom = sorted((height - rect.top, height - rect.bottom))
            lines = text.split("\n")
            each = min((bottom - top) / len(lines), _LARGEST * 1.3)
            for number, line in enumerate(lines):
                above = top + number * each
                if line.strip():
                    yield Piece(line.strip(), left, above, right, above + each, each / 1.3, False)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _value(raw: Any, form: Any, annotation: Any) -> str:
    length = raw.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
    if not 2 < length <= 200_000:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, length)
    text = bytes(buffer)[: length - 2].decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""))
