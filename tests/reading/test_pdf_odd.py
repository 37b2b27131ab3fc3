"""PDF files made by hand: filled forms, white patches that are no tables; and files with passwords."""

from __future__ import annotations

from pathlib import Path

import pytest

from doichieu.errors import UnreadableFile
from doichieu.reading import read_here
from doichieu.reading.office import convert, program
from tests.reading.wordfile import paragraph, word

TEXT = "Đến năm 2030, 70% cán bộ cấp xã được bồi dưỡng kỹ năng số."


def pdf(*objects: bytes) -> bytes:
    """A PDF of numbered objects, the first of which is the catalogue."""
    out, offsets = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def page(content: bytes, fields: tuple[bytes, ...] = ()) -> bytes:
    names = b" ".join(b"%d 0 R" % number for number in range(6, 6 + len(fields)))
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]/DA(/F1 12 Tf)>>>>" % names,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R/Annots[%s]>>"
        % names,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *fields,
    )


def field(text: str, y: int, flags: int = 4, kind: bytes = b"Tx") -> bytes:
    value = text.encode("utf-16-be").hex().encode()
    return (
        b"<</Type/Annot/Subtype/Widget/FT/%s/T(o%d)/V <FEFF%s>/Rect[200 %d 560 %d]/F %d/P 3 0 R>>"
        % (kind, y, value, y, y + 18, flags)
    )  # fmt: skip


def test_what_was_filled_into_a_form_is_read_in_its_place(tmp_path: Path) -> None:
    content = b"BT /F1 12 Tf 72 760 Td (Don vi:) Tj 0 -40 Td (Muc tieu:) Tj ET"
    fields = (field("Sở Nội vụ tỉnh X", 757), field("70% cán bộ xã", 717), field("ẩn đi", 677, flags=2))
    path = tmp_path / "mau.pdf"
    path.write_bytes(page(content, fields))
    text = " ".join(read_here(path)[0].text.split())
    assert text == "Don vi: Sở Nội vụ tỉnh X Muc tieu: 70% cán bộ xã"


def grid(paint: bytes) -> bytes:
    boxes = [
        b"%d %d 150 30 re %s" % (72 + 150 * column, 600 + 30 * row, paint) for row in range(3) for column in (0, 1)
    ]
    words = [
        b"BT /F1 11 Tf %d %d Td (o %d%d) Tj ET" % (80 + 150 * column, 610 + 30 * row, row, column)
        for row in range(3)
        for column in (0, 1)
    ]
    return b"\n".join([*boxes, b"0 g", *words])


@pytest.mark.parametrize(
    ("paint", "is_table"),
    [(b"S", True), (b"0.8 g f", True), (b"1 g f", False), (b"1 1 1 rg f*", False), (b"n", False), (b"1 g B", True)],
)
def test_white_patches_are_no_table(tmp_path: Path, paint: bytes, is_table: bool) -> None:
    path = tmp_path / "o.pdf"
    path.write_bytes(page(grid(paint)))
    kinds = {block.kind for block in read_here(path)[0].blocks}
    assert ("table_row" in kinds) == is_table


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_passwords_of_owners_and_of_readers(tmp_path: Path) -> None:
    made = {}
    for name, options in (
        (
            "owner",
            '"RestrictPermissions":{"type":"boolean","value":"true"},"PermissionPassword":{"type":"string","value":"x"}',
        ),
        (
            "reader",
            '"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}',
        ),
    ):
        (made[name],) = convert([("docx", word(paragraph(TEXT)))], f"pdf:writer_pdf_Export:{{{options}}}")
        (tmp_path / f"{name}.pdf").write_bytes(made[name] or b"")
        assert b"/Encrypt" in (made[name] or b"")
    assert TEXT in read_here(tmp_path / "owner.pdf")[0].text
    with pytest.raises(UnreadableFile, match="mật khẩu") as caught:
        read_here(tmp_path / "reader.pdf")
    assert caught.value.code == "encrypted_file"
