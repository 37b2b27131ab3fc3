"""Which part of a document each chunk belongs to: head, title, preamble, body, recipients, signature, stamp, appendix.

Layouts: Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re

from doichieu.alphabet import LOWER, UPPER
from doichieu.lexicon import load
from doichieu.lexicon.kinds import kinds_in_capitals
from doichieu.segmentation.annexes import SIGNED_BY, closes_with_annex, opens_table, signs, signs_beside, titles_annex
from doichieu.segmentation.markers import layout_pattern, parse
from doichieu.segmentation.openings import ADDRESSED, BASIS, opening
from doichieu.segmentation.piece import Chunk

_FORMS = load("layout")
_KINDS = kinds_in_capitals()
_NO_TITLES = tuple(_FORMS["no_titles"])
_ARRIVAL = layout_pattern("arrival_pattern")
_COPY = layout_pattern("copy_pattern")
_APPENDIX = layout_pattern("appendix_pattern")
_RECIPIENTS = re.compile(r"(?:kính gửi|nơi nhận)\s*:", re.IGNORECASE)
_ATTACHED = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo", re.IGNORECASE)
_RANK_FIRST = re.compile(rf"(?:[{UPPER}]{{2,}}\s+){{2,4}}[^{UPPER}]{{0,4}}(?:[{UPPER}][{LOWER}]+\s*){{2,5}}\Z")
# The object of a title below its kind in small letters: "NGHỊ QUYẾT của Ban Chấp hành …", "KẾ HOẠCH thực hiện …".
_OBJECT = re.compile(rf"CỦA\s|(?!(?:này|trên|đã|số|nêu)\b)[{LOWER}]")
_TITLE_CASE = re.compile("(?:" + "|".join(k.capitalize() for k in _KINDS) + r")\b")
_STRUCTURAL = {"phan", "chuong", "muc", "dieu", "roman", "upper", "arabic"}
_SHORT = 60
#: Whom a letter is addressed to stands within so many chunks.
_LETTERHEAD = 30
_MOTTO = re.compile(r"CỘNG H[ÒO][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
_NUMBERED = re.compile(r"\A(?:SỐ|Số)\s*:?\s*\d+\s?[-/]|\sSố\s*:\s*\d+\s?[-/]")
_PLACE_DAY = re.compile(r",\s*ngày\b.{0,12}\btháng\b.{0,12}\bnăm\b[^,.;]{0,8}\Z", re.IGNORECASE)
#: Place and day stand so near the number; no part of a letterhead is longer.
_DAY_NEAR, _LONGEST_HEAD = 4, 400
#: The motto of what is attached stands so few chunks above its name.
_HEAD_ABOVE = 8
#: A name that is not known as one stands between a signature and what follows.
_END_ABOVE = 2
_MOST_PARTS = 20  # "C." and "L." are initials rather than parts


def is_kind_line(text: str) -> bool:
    """Whether a chunk is the line that names the kind of document (``KẾ HOẠCH``), possibly with its object."""
    if len(text) > 400 or not text.startswith(_KINDS) or text.startswith(_NO_TITLES):
        return False
    return any(
        text == k
        or (
            text.startswith(k + " ")
            and ((_leading_upper(text) and len(text) <= 300) or _OBJECT.match(text, len(k) + 1))
        )
        for k in _KINDS
    )


def _leading_upper(text: str) -> bool:
    head = text[:60]
    letters = [c for c in head if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def assign_zones(chunks: list[Chunk]) -> None:
    """Set ``zone`` of every chunk: header, title, preamble, body, recipients, signature, stamp, appendix.

    1. Furniture and stamps of the reader are ``stamp``; footnotes keep no zone of their own (``footnote``).
    2. Without a title line there is no header: the document starts with its body.
    """
    body = _head(chunks)
    _tail(chunks, body)
    for chunk in chunks:
        if chunk.kind == "footnote":
            chunk.zone = "footnote"
        elif chunk.kind in ("furniture", "stamp"):
            chunk.zone = "stamp"


def _is_structural(chunk: Chunk) -> bool:
    if chunk.kind == "table_row":
        return False
    marker = parse(chunk.text)
    return marker is not None and marker.kind in _STRUCTURAL and marker.value[-1] in (0, 1)


def _is_part(chunk: Chunk) -> bool:
    """Whether a chunk opens a part by a mark that stands in no title, whatever its number: an excerpt may begin at
    ``II.``."""
    marker = parse(chunk.text) if chunk.kind == "text" else None
    return (
        marker is not None
        and marker.kind in ("phan", "chuong", "muc", "dieu", "roman")
        and marker.value[-1] <= _MOST_PARTS
    )


def _head(chunks: list[Chunk]) -> int:
    """Zones of the head; returns the index of the first body chunk."""
    texts = [i for i, c in enumerate(chunks) if c.kind in ("text", "table_row")]
    title = next((i for i in texts[:40] if chunks[i].kind == "text" and is_kind_line(chunks[i].text)), None)
    if title is None and texts and _TITLE_CASE.match(chunks[texts[0]].text) and len(chunks[texts[0]].text) < 400:
        title = texts[0]
    first_body = next((i for i in texts if _is_structural(chunks[i])), None)
    if title is None or (first_body is not None and title > first_body and not _letterhead(chunks, title)):
        return _letter(chunks, texts)
    for i in texts:
        if i < title:
            chunks[i].zone = "header"
    chunks[title].zone = "title"
    described = len(chunks[title].text) > _SHORT
    position = title + 1
    end = len(chunks)
    preamble = False
    while position < end:
        chunk = chunks[position]
        if chunk.kind not in ("text", "table_row"):
            position += 1
            continue
        if _is_structural(chunk) or _is_part(chunk) or (described and chunk.kind == "table_row"):
            break
        if _RECIPIENTS.match(chunk.text) and preamble:
            break
        if not described and not preamble and chunk.kind == "text" and not _stampish(chunk):
            chunk.zone = "title"
            described = not _issuer_line(chunk.text)
        elif (
            described
            and not preamble
            and chunk.kind == "text"
            and chunk.emphasis
            and len(chunk.text) < 200
            and not (BASIS.match(chunk.text))
        ):
            chunk.zone = "title"
        else:
            if BASIS.match(chunk.text) or len(chunk.text) > 120:
                preamble = True
            chunk.zone = "preamble"
        position += 1
    position = opening(chunks, position)
    _arrival_stamp(chunks, title, position)
    return position


def _has_motto(text: str) -> bool:
    return "CỘNG " in text and _MOTTO.search(text) is not None


def _letter(chunks: list[Chunk], texts: list[int]) -> int:
    """Zones of a text without a title: the letterhead of a letter goes down to whom it is addressed to."""
    for i in texts:
        chunks[i].zone = "body"
    opening = texts[:_LETTERHEAD]
    addressed = next((i for i in opening if ADDRESSED.match(chunks[i].text)), None)
    above = [i for i in opening if addressed is None or i < addressed]
    heads = [i for i in above if _has_motto(chunks[i].text) or _numbered(chunks[i].text)]
    if not heads:
        return 0
    if addressed is None:
        last = max([*heads, *(i for i in above if _PLACE_DAY.search(chunks[i].text) and i - heads[-1] <= _DAY_NEAR)])
        above = [i for i in above if i <= last]
        if any(len(chunks[i].text) > _LONGEST_HEAD for i in above):
            return 0
    for i in above:
        chunks[i].zone = "header"
    return addressed if addressed is not None else above[-1] + 1


def _numbered(text: str) -> bool:
    return ("Số" in text or "SỐ" in text) and _NUMBERED.search(text) is not None


def _letterhead(chunks: list[Chunk], title: int) -> bool:
    return all(len(chunk.text) < 160 for chunk in chunks[:title])


def _issuer_line(text: str) -> bool:
    return bool(re.match(r"(?:CỦA|của)\b", text)) and len(text) < _SHORT and "về" not in text.lower()


def _stampish(chunk: Chunk) -> bool:
    return bool(_ARRIVAL.search(chunk.text))


def _arrival_stamp(chunks: list[Chunk], start: int, end: int) -> None:
    """An arrival stamp is a run of short chunks of which one speaks the stamp's words."""
    hits = [i for i in range(start, end) if chunks[i].kind == "text" and _ARRIVAL.search(chunks[i].text)]
    for hit in hits:
        for step in (-1, 1):
            i = hit
            while start < i < end and chunks[i].zone in ("preamble", "stamp") and _is_stamp_line(chunks[i]):
                chunks[i].zone = "stamp"
                i += step


def _is_stamp_line(chunk: Chunk) -> bool:
    text = chunk.text
    return (
        len(text) <= _SHORT
        and not text.endswith((".", ";"))
        and (text.isupper() or _ARRIVAL.search(text) is not None or bool(re.match(r"(?:Số|Ngày)\s*:?", text)))
    )


def _tail(chunks: list[Chunk], body: int) -> None:
    zone = "body"
    signed = False
    count = len(chunks)
    copy_from = next((i for i in range(body, count) if len(chunks[i].text) < 80 and _COPY.search(chunks[i].text)), None)
    rest = "body"  # what a text goes back to behind recipients and signatures: an appendix may hold forms with both
    i = body
    while i < count:
        chunk = chunks[i]
        if chunk.kind not in ("text", "table_row") or (chunk.zone and i < body):
            i += 1
            continue
        text = chunk.text
        if _RECIPIENTS.match(text.lstrip("| ")) and ADDRESSED.match(text) is None:
            chunk.zone = zone = "recipients"
            signed = signed or signs_beside(chunk)
        elif (
            (
                _APPENDIX.match(text)
                and len(text) < 200
                and (signed or zone != "body" or text.isupper() or len(text) < 30)
            )
            or (zone == "body" and closes_with_annex(chunks, i))
            or _attachment(chunks, i, zone, signed)
            or (rest == "body" and _behind_the_end(chunks, i, zone) and titles_annex(chunks, i))
        ):
            chunk.zone, zone, rest = "appendix", "appendix", "appendix_body"
        elif zone in ("recipients", "signature") and opens_table(chunk):
            chunk.zone = zone = rest
        elif zone not in ("appendix", "appendix_body") and signs(chunk):
            chunk.zone = zone = "signature"
            signed = True
        elif zone == "signature" and not _MOTTO.search(text):
            goes_on = (
                SIGNED_BY.match(text) or _leading_upper(text) or text.startswith(("(", "[")) or _RANK_FIRST.match(text)
            )
            if goes_on and len(text) < _SHORT:
                chunk.zone = "signature"
            elif text.startswith("-"):
                chunk.zone = zone = "recipients"
            else:
                chunk.zone = zone = rest
        elif zone == "signature":
            chunk.zone = zone = rest  # the letterhead of a form
        elif zone == "recipients":
            structural = _is_structural(chunk) or _MOTTO.search(text)
            if structural or len(text) > 300:
                zone = rest
            chunk.zone = zone
        elif zone == "appendix":
            chunk.zone = zone = "appendix_body"
        else:
            chunk.zone = zone
        if (
            signed
            and copy_from is not None
            and i < copy_from
            and zone in ("body", "signature")
            and text.isupper()
            and (_copy_head(chunks, i, copy_from))
        ):
            copy_from = i
        i += 1
    if copy_from is not None and signed:
        for chunk in chunks[copy_from:]:
            if chunk.zone not in ("appendix", "appendix_body"):
                chunk.zone = "stamp"


def _behind_the_end(chunks: list[Chunk], i: int, zone: str) -> bool:
    """Whether recipients or a signature stand right before a chunk, perhaps with a line behind them."""
    if zone in ("recipients", "signature"):
        return True
    return zone == "body" and any(c.zone in ("recipients", "signature") for c in chunks[max(0, i - _END_ABOVE) : i])


def _copy_head(chunks: list[Chunk], i: int, copy_from: int) -> bool:
    """The issuer line above a copy mark: only short lines lie between them, and a signed name before."""
    between = [c for c in chunks[i : copy_from + 1] if c.kind == "text"]
    names = [
        c for c in chunks[max(0, i - 4) : i] if c.kind == "text" and ("Đã ký" in c.text or SIGNED_BY.match(c.text))
    ]
    return len(between) <= 6 and all(len(c.text) < _SHORT for c in between) and bool(names)


def _attachment(chunks: list[Chunk], i: int, zone: str, signed: bool) -> bool:
    """Whether the line names what is attached: it says so soon, or a letterhead of its own stands above it."""
    if zone not in ("recipients", "signature", "body") or not is_kind_line(chunks[i].text):
        return False
    if zone != "body" and _attached_soon(chunks, i):
        return True
    above = [c for c in chunks[max(0, i - _HEAD_ABOVE) : i] if c.kind in ("text", "table_row")]
    return signed and any(_MOTTO.search(chunk.text) for chunk in above)


def _attached_soon(chunks: list[Chunk], i: int) -> bool:
    following = [c for c in chunks[i : i + 8] if c.kind == "text"][:5]
    return any(_ATTACHED.search(c.text) for c in following)
