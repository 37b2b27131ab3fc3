"""Text in the encodings that Vietnam wrote in before Unicode, recognised by what reads like Vietnamese.

TCVN3 (ABC) and VISCII give one byte to each letter; VNI writes a base letter and a second one for its marks;
Windows-1258 has combining tones.  TCVN3 shows capitals by another font, not by other codes: a heading typed in such a
font arrives in small letters, and no reader can know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from doichieu.reading.syllables import likeness, stretches, surely_unicode

# TCVN 5712:1993 from A1 and VISCII 1.1 from 80, position by position.
_TCVN = "ĂÂÊÔƠƯĐăâêôơưđẰ�����àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàá"
    "âãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_TCVN_TABLE = {0xA1 + i: c for i, c in enumerate(_TCVN) if c != "\ufffd"}
_VISCII_TABLE = {
    **{0x80 + i: c for i, c in enumerate(_VISCII)},
    0x02: "Ẳ",
    0x05: "Ẵ",
    0x06: "Ẫ",
    0x14: "Ỷ",
    0x19: "Ỹ",
    0x1E: "Ỵ",
}
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_SINGLE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    """Every letter of VNI as typed → the Vietnamese letter."""
    table: dict[str, str] = dict(_SINGLE)
    for base in "aeouy":
        table.update({base + mark: base + tone for mark, tone in _TONES.items()})
    for typed, letter in (("ö", "ư"), ("ô", "ơ")):
        table.update({typed + mark: letter + tone for mark, tone in _TONES.items()})
    for base in "aeo":
        table.update({base + mark: base + "\u0302" + tone for mark, tone in _CIRCUMFLEX.items()})
    table.update({"a" + mark: "a\u0306" + tone for mark, tone in _BREVE.items()})
    upper = {key.upper(): value.upper() for key, value in table.items()}
    mixed = {key[0].upper() + key[1:]: value[0].upper() + value[1:] for key, value in table.items() if len(key) > 1}
    return {key: unicodedata.normalize("NFC", value) for key, value in {**table, **mixed, **upper}.items()}


_VNI = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """Text whose letters stand at the places of TCVN3 (ABC), as fonts named ``.VnTime`` show them.

    >>> from_tcvn3("KÕ ho¹ch cña Ban Th­êng vô")
    'Kế hoạch của Ban Thường vụ'
    """
    return text.translate(_TCVN_TABLE)


def from_viscii(text: str) -> str:
    """Text whose letters stand at the places of VISCII."""
    return text.translate(_VISCII_TABLE)


def from_vni(text: str) -> str:
    """Text typed for VNI fonts: a letter and another for its marks.

    >>> from_vni("Keá hoaïch cuûa Ban Thöôøng vuï")
    'Kế hoạch của Ban Thường vụ'
    """
    return _VNI_PATTERN.sub(lambda match: _VNI[match.group()], text)


def _bytes_as_is(data: bytes) -> str:
    return data.decode("latin-1")


def _windows(data: bytes) -> str:
    """Bytes of Windows, of which five have no letter."""
    return data.decode("cp1252", "replace")


_DECODERS: tuple[tuple[str, Callable[[bytes], str]], ...] = (
    ("TCVN3 (ABC)", lambda data: from_tcvn3(_bytes_as_is(data))),
    ("VNI", lambda data: from_vni(_windows(data))),
    ("VISCII", lambda data: from_viscii(_bytes_as_is(data))),
    ("Windows-1258", lambda data: unicodedata.normalize("NFC", data.decode("cp1258", "replace"))),
)
_SAMPLE = 60_000


def legacy(data: bytes) -> tuple[str, str] | None:
    """Bytes in an old Vietnamese encoding: ``(text, its name)``; None where none of them reads like Vietnamese.

    >>> legacy("Kế hoạch của Ban Thường vụ Tỉnh ủy về nâng cao chất lượng cán bộ".encode("utf-8")) is None
    True
    """
    best: tuple[float, str, Callable[[bytes], str]] | None = None
    for name, decode in _DECODERS:
        found = likeness(decode(data[:_SAMPLE]))
        score = found.plausible * min(1.0, 2 * found.marked)
        if (
            found.words >= 3
            and found.plausible >= 0.8
            and found.marked >= 0.4
            and (best is None or score > best[0] + 1e-9)
        ):
            best = score, name, decode
    return (best[2](data), best[1]) if best is not None else None


def mistaken(text: str) -> tuple[str, str] | None:
    """Text in Unicode whose letters are those of an old font (``KÕ ho¹ch``): ``(text, encoding)``, None where it is
    not.

    >>> mistaken("KÕ ho¹ch cña Ban Th­êng vô TØnh uû vÒ n©ng cao chÊt l­îng c¸n bé cÊp x· giai ®o¹n 2025 - 2030")[1]
    'TCVN3 (ABC)'
    """
    if surely_unicode(text):
        return None
    part = "\n".join(stretches(text))
    before = likeness(part)
    best: tuple[float, str, Callable[[str], str]] | None = None
    for name, convert in (("TCVN3 (ABC)", from_tcvn3), ("VNI", from_vni)):
        found = likeness(convert(part))
        if (
            found.words >= 8
            and found.plausible >= 0.9
            and found.marked >= 0.4
            and found.plausible > before.plausible + 0.15
        ):
            if best is None or found.plausible > best[0]:
                best = found.plausible, name, convert
    return (best[2](text), best[1]) if best is not None else None
