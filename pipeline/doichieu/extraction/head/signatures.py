"""The signature of a document: who signed, as what, and by whose authority.

Forms: ``T/M``, ``TM.`` (for a collective), ``KT.``, ``K/T`` (in place of the head), ``TL.``, ``T/L`` (by order),
``TUQ.`` (by delegation), ``Q.`` (acting); Nghị định 30/2020/NĐ-CP, Phụ lục I, and Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from doichieu.alphabet import LOWER, UPPER
from doichieu.lexicon import load
from doichieu.segmentation.passages import Analysis
from doichieu.text import fold_characters


class Signature(NamedTuple):
    """The signer's name, title (``PHÓ CHỦ TỊCH``) and authority (``TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH``), as printed."""

    signer: str = ""
    title: str = ""
    authority: str = ""


_U, _L = UPPER, LOWER
_SYLLABLE = rf"(?<!\w)(?:(?:[HK]['’])?[{_U}][{_L}]+(?:['’][{_U}]?[{_L}]+)?|[AYÁUÊ])(?!\w)"  # "H'Nguyệt", "Ê Ban"
#: Two syllables or more, or one of those who have no surname: "K'Brơi".
_NAME = re.compile(rf"(?P<name>{_SYLLABLE}(?:[ \-]{_SYLLABLE}){{1,5}}|[HK]['’][{_U}][{_L}]+)\s*(?:/\.|[.*])?\s*\Z")
_SIGNED_MARK = re.compile(r"[(\[]?\s*(?:đã ký|Đã ký|ĐÃ KÝ)\s*[)\]]?\s*:?|\[?[Dd]aky\]?")
_AUTHORITY = re.compile(
    rf"(?:(?:T/M|TM\.?|KT\.?|K/T|TL\.?|T/L|TUQ\.?|T/U\.?Q\.?|Q\.)\s+[{_U}][{_U} ,\-]*?)(?=\s+(?:T/M|TM\.|"
    rf"KT\.?|K/T|TL\.|T/L|TUQ\.|Q\.)\s|\s*\Z)"
)
_GLUED = re.compile(rf"(?<!\w)(?:TM|KT|TL|TUQ|Q)\.(?=[{_U}]{{2}})")  # "KT.CHỦ TỊCH"
_OFFICES = "|".join(sorted(load("issuers")["offices"], key=lambda office: (-len(office), office)))
_TITLES = (
    rf"(?:PHÓ\s+)?(?:{_OFFICES})(?:\s+THƯỜNG TRỰC)?|THỨ TRƯỞNG(?:\s+THƯỜNG TRỰC)?|THƯỜNG TRỰC BAN BÍ THƯ"
    r"|ỦY VIÊN BỘ CHÍNH TRỊ"
)
_TITLE_END = re.compile(rf"(?<!\w)(?<!BAN )(?P<title>{_TITLES})\W*\w{{0,2}}\W*\Z")
_SURNAMES = frozenset(load("issuers")["surnames"])
_COLUMNS = re.compile(r"(?:\S\s{3,}|\A\s{12,})(?P<right>\S.*)\Z")


def read_signature(analysis: Analysis) -> Signature:
    """The first signature of the document; the copy mark's is another office's, a digital one names no person."""
    texts: list[str] = []
    for passage in analysis.passages:
        if passage.clause.kind == "signature" and passage.text:
            texts += filter(None, map(str.strip, passage.text.split("|")))
    signature = parse_signature(texts)
    if signature.signer:
        return signature
    beside = _beside_recipients(analysis.source.text, signature)
    return beside if beside.signer else _in_capitals(analysis, beside)


def parse_signature(texts: list[str]) -> Signature:
    """Signer, title and authority from the wording of a signature, line by line or all in one cell.

    >>> parse_signature(["TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Mai Sơn"])
    Signature(signer='Mai Sơn', title='PHÓ CHỦ TỊCH', authority='TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH')
    >>> parse_signature(["TM.ỦY BAN NHÂN DÂN", "KT.CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Mai Sơn"]).authority
    'TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH'
    >>> parse_signature(["T/M BAN THƯỜNG VỤ BÍ THƯ", "Đã ký: Bùi Thị Quỳnh Vân"]).signer
    'Bùi Thị Quỳnh Vân'
    """
    capitals = ""
    for text in texts:
        plain = _GLUED.sub(r"\g<0> ", " ".join(_SIGNED_MARK.sub(" ", text).split()))
        name = _NAME.search(plain)
        signer = name.group("name") if name and not name.group("name").isupper() else ""
        if (
            signer
            and capitals == ""
            and name is not None
            and name.start() == 0
            and len(texts) > 1
            and not _likely(signer)
        ):
            signer = ""
        if (
            not signer
            and capitals
            and plain.isupper()
            and plain.split()[0].capitalize() in _SURNAMES
            and len(plain.split()) <= 5
        ):
            signer, plain = plain.title(), ""
        head = plain[: name.start()] if signer and name and plain else plain if not signer else ""
        capitals = f"{capitals} {head}".strip()
        if signer:
            return Signature(signer, *_authority(capitals))
    return Signature("", *_authority(capitals))


def _likely(name: str) -> bool:
    first = name.split()[0]
    return first in _SURNAMES or first[:2].replace("’", "'") in _SURNAMES  # "H'Nguyệt Niê"


def _authority(capitals: str) -> tuple[str, str]:
    text = " ".join(capitals.split())
    match = _TITLE_END.search(text)
    title = match.group("title") if match else ""
    before = text[: match.start("title")].strip() if match else text
    if match and re.search(r"(?:KT\.?|K/T|Q\.|TUQ\.?|TL\.?|T/L)\s*\Z", before):
        before, title = text, ""
    authority = "; ".join(part.strip() for part in _AUTHORITY.findall(before))
    return title, authority


def _beside_recipients(source: str, known: Signature) -> Signature:
    """A name printed in a second column beside the list of recipients."""
    start = re.search(r"[Nn]ơi nhận\s*:", source) if "ơi nhận" in source else None
    if not start:
        return known
    capitals = ""
    begin = source.rfind("\n", 0, start.start()) + 1
    for line in source[begin : begin + 3000].split("\n")[:30]:
        match = _COLUMNS.search(line.rstrip())
        if not match:
            continue
        right = " ".join(_SIGNED_MARK.sub(" ", fold_characters(match.group("right"))).split())
        if not right:
            continue
        name = _NAME.fullmatch(right)
        if name and not right.isupper() and _likely(right):
            return Signature(name.group("name"), *_authority(capitals))
        if right.isupper():
            capitals = f"{capitals} {right}".strip()
    return known


_EMPHASIS = re.compile(r"[*#|\\]+|(?<!\w)_+|_+(?!\w)")
_OPENS = re.compile(
    rf"(?:(?:T/M|TM\.?|KT\.?|K/T|TL\.?|T/L|TUQ\.?|Q\.)(?!\w)|(?:PHÓ\s+)?(?:{_OFFICES}|TRƯỞNG|GIÁM ĐỐC)(?!\w))"
)
#: A name stands at most so many lines below the words that open a signature.
_NAME_NEAR = 7


def _in_plain(line: str) -> str:
    """A line without emphasis and the words that say it was signed."""
    line = _EMPHASIS.sub(" ", fold_characters(line))
    return " ".join((_SIGNED_MARK.sub(" ", line) if "ý" in line or "Ý" in line or "aky" in line else line).split())


def _in_capitals(analysis: Analysis, known: Signature) -> Signature:
    """A name below lines in capitals that open a signature, wherever the cells of a broken table put them."""
    kinds = ("stamp", "header", "title", "table_row")
    spans = [(c.char_start, c.char_end) for c in analysis.clauses if c.leaf and c.kind not in kinds]
    text = analysis.source.text
    lines = [line for start, end in spans for line in text[start:end].split("\n")]
    for index, raw in enumerate(lines):
        if not (raw.isupper() or "ký" in raw or "aky" in raw):
            continue
        line = _in_plain(raw)
        if not line.isupper() or not _OPENS.match(line):
            continue
        capitals = line
        for below in islice(filter(None, map(_in_plain, islice(lines, index + 1, None))), _NAME_NEAR - 1):
            if below.isupper():
                capitals = f"{capitals} {below}"
                continue
            name = _NAME.fullmatch(below)
            if name and _likely(below):
                return Signature(name.group("name"), *_authority(capitals))
            break
    return known
