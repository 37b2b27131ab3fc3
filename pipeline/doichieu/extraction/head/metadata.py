"""What a document says of itself: kind, number, date, issuer, place, title, signer, and what it carries out.

Layouts: State documents (Nghị định 30/2020/NĐ-CP, Phụ lục I) and Party documents (Hướng dẫn 36-HD/VPTW).  Nothing is
guessed: a draft whose number is blank has none, an arrival stamp's or a copy mark's number is nobody's.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from doichieu.alphabet import UPPER
from doichieu.extraction.citations.grammar import CitationHit, find_citations
from doichieu.extraction.citations.numbers import DATE, date_of, issuer_of_number, kind_of_number, proper_case
from doichieu.extraction.head.banners import with_banner
from doichieu.extraction.head.bodies import board_of, written_out
from doichieu.extraction.head.letterhead import Letterhead, read_letterhead
from doichieu.extraction.head.scanned import only_what_is_sure
from doichieu.extraction.head.signatures import read_signature
from doichieu.lexicon import load
from doichieu.lexicon.kinds import kind_pattern, kinds_by_name
from doichieu.model import DocumentInfo, Problem
from doichieu.segmentation.passages import Analysis, Passage
from doichieu.text import fold

_RULES = re.compile(r"[-_*=~]{2,}|(?<!\S)[*](?!\S)")
_KIND_START = re.compile(r"(?:" + kind_pattern() + r")(?!\w)")
_OF_ISSUER = re.compile(
    r"\s*(?:CỦA|của|Của)\s+(?P<issuer>.{3,90}?)(?:,?\s+(?:khóa|KHÓA)\s+[^\s,]+)?(?=,?\s+(?:về|VỀ|Về|v/v)\s|\s*\Z)"
)
_PLENUM = re.compile(
    r"\s*(?:hội nghị\s+(?:lần thứ\s+\S+\s+)?)?(?P<issuer>ban (?:chấp hành|thường "
    r"vụ)\s.{3,90}?)(?:,?\s+khóa\s+\S+)?,?\s+(?=về\s)",
    re.IGNORECASE,
)
_HEAD = re.compile(load("issuers")["heads"])
_ISSUES = re.compile(
    r"(?P<issuer>(?:" + load("issuers")["heads"] + r")[^,;:.()]{0,80}?)\s+"
    r"(?:ban hành|xây dựng|quyết định|quyết nghị|yêu cầu|đề ra|thống nhất ban hành|phê duyệt)\s+"
    r"(?:và\s+\S+\s+\S+\s+)?(?:(?P<kind>" + kind_pattern() + r")|như sau|một số|các)",
    re.IGNORECASE,
)
#: What every match of it holds, for small letters: a quick look before all heads of bodies are tried.
_ISSUED = re.compile(
    r"\s(?:ban hành|xây dựng|quyết định|quyết nghị|yêu cầu|đề ra|thống nhất ban hành|phê duyệt)\s+"
    r"(?:và\s+\S+\s+\S+\s+)?(?:(?:" + kind_pattern() + r")|như sau|một số|các)"
)
_PASSED_KINDS = frozenset({"nghi_quyet", "luat", "phap_lenh"})
_PASSED = re.compile(
    r"(?:Nghị quyết|Bộ luật|Luật|Pháp lệnh) này\s[^.]{0,200}?thông qua\s+(?:tại [^.]{0,80}?)?ngày\s+" + DATE
)
_HEAD_LIMIT = 25
_NUMBER_PLACE = re.compile(r"(?:Số|SỐ)\s*:?[^\n|]{0,40}")
_ADDRESSED = re.compile(r"Kính\s+gửi\s*:?", re.IGNORECASE)


def stage(analysis: Analysis) -> None:
    """Set ``analysis.info``: the letterhead's facts, the signature's, and ``implements``."""
    signature = read_signature(analysis)
    analysis.info = replace(
        analysis.info,
        signer=signature.signer,
        signer_title=signature.title,
        authority=signature.authority,
        implements=_implements(analysis),
        pages=len(analysis.source.pages) or None,
        characters=len(analysis.source.text),
    )
    with_banner(analysis)


def read_head(analysis: Analysis) -> None:
    """Set what the letterhead, the title, the preamble and a page's banner say."""
    source = analysis.source
    title_lines = [p.text for p in _zone(analysis, "title")]
    preamble = [p.text for p in _zone(analysis, "preamble")]
    certain = bool(_zone(analysis, "header"))
    region = _region(analysis)
    if not title_lines:
        plain, title_lines, preamble = _head_of_plain_text(analysis)
        region = region if certain else "\n".join(p.quote(0, len(p.text)) for p in plain)
    head = read_letterhead(region, certain=certain)
    kind, own_issuer, title = _title(title_lines)
    if not kind and _is_letter(analysis, head):
        kind, title = "cong_van", title or head.subject
    kind = kind or (kind_of_number(head.number) if head.number else "")
    issued_on = head.issued_on
    if not issued_on and kind in _PASSED_KINDS:
        issued_on = _passed_on(analysis)
    analysis.info = replace(
        analysis.info if analysis.info.path else DocumentInfo(source.document_id, source.path, source.sha256),
        kind=kind,
        number=head.number,
        number_source="own" if head.number else "",
        issued_on=issued_on,
        issuer=board_of(own_issuer, head.issuer)
        if own_issuer
        else _issuer(analysis, head.issuer, preamble, title_lines, head.number),
        place=head.place,
        title=title,
    )
    _note_blank(analysis, head)
    only_what_is_sure(analysis)
    with_banner(analysis)


def _region(analysis: Analysis) -> str:
    """The source of the letterhead: what stands in its zone, and the bars and rules between its parts."""
    header = [passage.clause for passage in _zone(analysis, "header")]
    if not header:
        return ""
    end = header[-1].char_end
    text = analysis.source.text
    parts = [
        text[clause.char_start : clause.char_end]
        for clause in analysis.clauses
        if clause.leaf
        and clause.char_start < end
        and (clause.kind == "header" or (clause.kind == "stamp" and not any(c.isalpha() for c in clause.text)))
    ]
    return "\n".join(parts)


def _is_letter(analysis: Analysis, head: Letterhead) -> bool:
    """A document without a title that has a subject below its number, or begins with whom it is addressed to."""
    if head.subject and head.number:
        return True
    opening = [p for p in analysis.passages if p.text and p.clause.kind not in ("stamp", "footnote")][:_HEAD_LIMIT]
    return bool(head.number) and any(_ADDRESSED.match(passage.text) for passage in opening)


def _note_blank(analysis: Analysis, head: Letterhead) -> None:
    """A number that waits to be filled in is told, not guessed."""
    if not head.blank_number or any(problem.code == "blank_number" for problem in analysis.problems):
        return
    text = analysis.source.text
    label = _NUMBER_PLACE.search(text)
    start, end = label.span() if label else (0, 0)
    message = f"Số của văn bản còn để trống (“{head.blank_number}”): bản dự thảo hoặc chưa ban hành"
    analysis.problems.append(
        Problem(
            analysis.document_id,
            "blank_number",
            "low",
            message,
            char_start=start,
            char_end=end,
            quote=text[start:end],
        )
    )


def _passed_on(analysis: Analysis) -> str:
    """The day on which an assembly passed its resolution or law, where the closing formula is all that tells it."""
    for passage in analysis.passages[-12:]:
        match = _PASSED.search(passage.text)
        if match:
            return date_of(match)
    return ""


def _zone(analysis: Analysis, kind: str) -> list[Passage]:
    return [passage for passage in analysis.passages if passage.clause.kind == kind and passage.text]


def _head_of_plain_text(analysis: Analysis) -> tuple[list[Passage], list[str], list[str]]:
    """Head, title lines and preamble where the segmenter saw no title line."""
    passages = [p for p in analysis.passages if p.text and p.clause.kind not in ("stamp", "footnote")][:_HEAD_LIMIT]
    for index, passage in enumerate(passages[:10]):
        match = _KIND_START.match(passage.text.lower())
        if match and passage.text[: match.end()].isupper() and len(passage.text) < 500:
            following = [p.text for p in passages[index + 1 : index + 4] if len(p.text) > 60][:1]
            preamble = [p.text for p in passages[index + 1 : index + 9]]
            lines = [passage.text] if len(passage.text) > match.end() + 3 else [passage.text, *following]
            return passages[:index], lines, preamble
    head = []
    for passage in passages[:8]:
        if len(passage.text) > 160:
            break
        head.append(passage)
    return head, [], [p.text for p in passages[:8]]


def _title(lines: list[str]) -> tuple[str, str, str]:
    """Kind, the issuer that the title names (``CỦA BỘ CHÍNH TRỊ``) and the subject (trích yếu)."""
    if not lines:
        return "", "", ""
    text = " ".join(lines[0].split())
    match = _KIND_START.match(text.lower())
    kind = ""
    rest: list[str] = []
    if match:
        kind = kinds_by_name()[" ".join(match.group().split())]
        remainder = text[match.end() :].strip(" :-")
        if remainder:
            rest.append(remainder)
    else:
        rest.append(text)
    for line in lines[1:]:
        if _HEAD.match(proper_case(line)) and line.isupper() and len(line) < 70 and rest:
            continue  # the authority line below the subject
        rest.append(line)
    subject = " ".join(" ".join(rest).split())
    issuer = ""
    of = _OF_ISSUER.match(subject)
    if of and _HEAD.match(proper_case(of.group("issuer"))):
        issuer = proper_case(of.group("issuer").strip())
        subject = subject[of.end() :].strip()
    else:
        plenum = _PLENUM.match(subject)
        if plenum:
            issuer = proper_case(plenum.group("issuer").strip().upper())
            subject = subject[plenum.end() :].strip()
    return kind, issuer, _clean(subject)


def _clean(subject: str) -> str:
    return _RULES.sub(" ", subject).strip(" .-*_")


def _issuer(analysis: Analysis, head: str, preamble: list[str], title_lines: list[str], number: str) -> str:
    board = _signing_board(analysis)
    if head:
        whole = board_of(board, head)
        return whole if whole != board else head
    for text in preamble:
        if not _ISSUED.search(text.lower()):
            continue
        found = [m for m in _ISSUES.finditer(text) if m.group("issuer")[:1].isupper() and not _cited(text, m.start())]
        if found:
            return written_out(found[-1].group("issuer").strip())
    for text in [*title_lines[1:], *preamble[:4]]:
        line = proper_case(text)
        if len(text) < 90 and _HEAD.match(line) and not text.endswith((".", ";", ":")):
            return written_out(line)
    if number and (by_number := issuer_of_number(number)):
        return by_number
    return board if board.startswith(("Ủy ban", "Hội đồng", "Chính phủ")) else ""


def _cited(text: str, position: int) -> bool:
    """Whether the words at ``position`` belong to a cited document's issuer (``… của Chính phủ ban hành …``)."""
    return bool(re.search(r"\b(?:của|do|theo|đề nghị)\s+\Z", text[max(0, position - 14) : position]))


def _signing_board(analysis: Analysis) -> str:
    """The collective that the signer stands for: ``T/M BAN THƯỜNG VỤ`` → Ban Thường vụ."""
    for passage in _zone(analysis, "signature"):
        match = re.match(
            rf"(?:T/M|TM\.?|THAY MẶT)\s+(?P<board>[{UPPER} ,]+?)(?=\s+(?:KT\.|K/T|Q\.|(?:PHÓ\s+)?(?:BÍ THƯ|"
            r"CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|TRƯỞNG))|\s*\Z)",
            passage.text,
        )
        if match:
            return proper_case(match.group("board").strip())
    return ""


def _implements(analysis: Analysis) -> tuple[str, ...]:
    """Numbers of the documents that title and preamble say are carried out; a mere ``Căn cứ`` is a basis."""
    zones = [*_zone(analysis, "title"), *_zone(analysis, "preamble")]
    if not zones:
        zones = [p for p in analysis.passages if p.text and p.clause.kind not in ("stamp", "footnote", "header")][:6]
    out: list[str] = []
    for passage in zones:
        hits = analysis.citation_hits.get(passage.clause.clause_id)
        for hit in hits if hits is not None else find_citations(passage.text):
            if hit.nested or not hit.number or hit.number == analysis.info.number:
                continue
            if hit.relation == "basis" and _carried_out(analysis.info.title, hit):
                out.append(hit.number)
            if hit.relation != "implements" or _only_told(passage.lower, hit.start):
                continue
            out.append(hit.number)
    return tuple(dict.fromkeys(out))


_CARRIES_OUT = re.compile(
    r"(?:tổ chức )?(?:triển khai|thực hiện|hưởng ứng)(?: (?:triển khai|thực hiện))?\s+(?P<what>"
    + kind_pattern()
    + r")\s",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r"(?:(?:về việc|về)\s+)?(?:(?:phê duyệt|ban hành|triển khai|thực hiện)\s+)+(?P<what>(?:"
    + kind_pattern()
    + r")\s.+)",
    re.IGNORECASE,
)
#: Where a programme's own name ends: its years and its place follow.
_NAME_ENDS = re.compile(r"\s(?:giai đoạn|đến năm|trên địa bàn|tại|năm 20|tầm nhìn|của tỉnh|tỉnh|thành phố)(?!\w)")
_SHORTEST_NAME = 4  # words


def _carried_out(title: str, basis: CitationHit) -> bool:
    """Whether a basis approves what the document's own title says is carried out.

    >>> hits = find_citations("Căn cứ Quyết định số 9/QĐ-TTg phê duyệt Chương trình trợ giúp trẻ mồ côi giai đoạn 2026")
    >>> _carried_out("Thực hiện Chương trình trợ giúp trẻ mồ côi trên địa bàn tỉnh Hà Giang", hits[0])
    True
    >>> _carried_out("Trợ giúp trẻ mồ côi trên địa bàn tỉnh Hà Giang", hits[0])
    False
    """
    carries, approves = _CARRIES_OUT.match(title), _APPROVED.match(basis.title)
    if carries is None or approves is None:
        return False
    name = approves.group("what").lower()
    end = _NAME_ENDS.search(name)
    words = fold(name[: end.start()] if end is not None else name).split()
    return len(words) >= _SHORTEST_NAME and fold(title[carries.start("what") :]).split()[: len(words)] == words


_SEGMENT = re.compile(r"[;.]\s+|\A\W*")
#: A document carried out so far, or the work on it, is history and no order of this document.
_LOOKS_BACK = re.compile(
    r"(?<!\w)(?:sau(?! đây)|qua|kết quả|tổng kết|sơ kết|trong quá trình|tình hình|trong những năm|thời gian qua"
    r"|năm thứ)\s[^;.]*\Z"
)


def _only_told(lower: str, position: int) -> bool:
    """Whether the words before a citation in the opening only tell of carrying it out.

    So they do in what looks back, and in the title of another document that is the basis.

    >>> _only_told("sau 8 năm triển khai thực hiện nghị quyết số 1", 31), _only_told("thực hiện nghị quyết số 1", 10)
    (True, False)
    >>> _only_told("thực hiện nghị quyết số 1 (sau đây gọi là nghị quyết 1) và nghị quyết số 2", 58)
    False
    """
    begin = max(match.end() for match in _SEGMENT.finditer(lower, 0, max(1, position)))
    segment = lower[begin:position]
    return segment.startswith("căn cứ") or _LOOKS_BACK.search(segment) is not None
