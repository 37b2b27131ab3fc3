"""Whether a line goes on with the one before: wrapped by hand, cut in a name, or open in the middle."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from doichieu.alphabet import UPPER
from doichieu.lexicon import load
from doichieu.segmentation.markers import is_title_line, parse, starts_block
from doichieu.segmentation.piece import Chunk
from doichieu.segmentation.row_lines import is_table_line
from doichieu.text import any_word, fold, one_of

TERMINAL = (".", ";", ":", "!", "?", "…", "/.", '."', ".)")
_WRAP_LIMIT = 140  # a line longer than this was never wrapped by a typist


def wrap_widths(source: str, lines: list[tuple[int, int]]) -> list[int]:
    """For each line the width at which its run of lines was wrapped by hand, 0 where it was not.

    A run is a stretch of lines without a blank line or a table line; one document may hold wrapped and unwrapped
    parts, as a decision typed by hand with an appendix pasted from elsewhere does.
    """
    widths = [0] * len(lines)
    run: list[int] = []
    for index in range(len(lines) + 1):
        line = source[slice(*lines[index])].rstrip() if index < len(lines) else ""
        if line.strip() and not is_table_line(line.strip()):
            run.append(index)
            continue
        if len(run) > 1:
            width = max(len(source[slice(*lines[i])].rstrip()) for i in run)
            if width < _NARROW and _one_a_line([source[slice(*lines[i])].strip() for i in run]):
                width = 0
            for i in run:
                widths[i] = width if width <= _WRAP_LIMIT else 0
        run = []
    return widths


#: Nobody wraps a page by hand at fewer characters than this; such lines may be a list, one item a line.
_NARROW, _ITEMS = 60, 2


def _one_a_line(lines: list[str]) -> bool:
    """Whether short lines are items of a list rather than one paragraph: none begins in the middle of a sentence, none
    ends there.

    >>> _one_a_line(["Tỷ lệ hộ nghèo dưới 2%", "Tỷ lệ che phủ rừng 45%", "Số xã đạt chuẩn là 12"])
    True
    >>> _one_a_line(["Nâng cao chất lượng cán bộ cấp xã và", "Thực hiện tốt công tác", "Nhà văn hóa thôn"])
    False
    """
    met = 0
    for before, line in pairwise(lines):
        if before.isupper() or line.isupper() or before.endswith(TERMINAL) or starts_block(line):
            continue
        if not line[:1].isupper() or before.endswith(",") or _LEADS_ON.search(before) is not None:
            return False
        met += 1
    return met >= _ITEMS


#: Words that no line of its own ends with: the sentence goes on.
_LEADS_ON = re.compile(any_word(load("layout")["leads_on"]) + r"\Z", re.IGNORECASE)
#: A mark that stands alone on its line, its wording on the next: "*2.13.⏎Ủy ban nhân dân xã*", "Điều 4.⏎Hiệu lực".
_MARK_ALONE = re.compile(
    r"(?:Điều\s+\d{1,3}[a-zđ]?[.:]|\d{1,3}(?:\.\d{1,3})+[.)]?|\d{1,3}[.)]|[IVXLC]{1,6}[.)\-]|[A-ZĐa-zđ][.)])\Z"
)
#: What a number, a letter or a range goes on with: "khoản⏎3.", "hạng⏎II.", "giai đoạn 2026⏎- 2030".
_AWAITS_MARK = re.compile(
    r"(?<!\w)(?:điều|khoản|điểm|mục|hạng|cấp|loại|nhóm|chương|phần|số|năm|quý|tháng|ngày|vùng|khu vực|bậc|phụ lục|bảng"
    r"|biểu|mẫu|các điều|các khoản)\Z",
    re.IGNORECASE,
)
#: The word of a mark whose number stands on the next line: "Điều⏎3. Phạm vi".
_WORD_ALONE = re.compile(r"(?:điều|chương|mục|phần|khoản|điểm|phụ lục|mẫu số|biểu số|tiểu mục)\Z", re.IGNORECASE)
#: What closes a bracket of the line before: "(lần⏎2)"; a symbol in a list: "N-NO2-,⏎N- NO3-"; a part of something else.
_CLOSES = re.compile(r"[^()]{0,40}\)")
_SYMBOL = re.compile(rf"[{UPPER}]\s*[-.]\s*[{UPPER}]")
_OF_ANOTHER = re.compile(r"(?:Phần|Chương|Mục|Điều|Khoản|Phụ lục)\s+[\dIVXLC]+\s+(?:của|tại|và|,|thuộc|kèm|ban hành)")
#: The head of a body whose name is on the next line: "3. Sở⏎Nông nghiệp", "Điều 4. Chánh Văn phòng⏎Ủy ban nhân dân".
_HEAD_ALONE = re.compile(
    r"(?:\A|[\s*])(?:Sở|Bộ|Ủy ban|Ủy|Hội đồng|Cục|Vụ|Thủ trưởng các|Giám đốc các|Giám đốc Sở|Chánh Văn phòng|Trưởng ban"
    r"|Chủ tịch Ủy ban|(?:Ủy ban |UB)Mặt trận)\Z"
)
#: "4. Văn phòng Sở", "Thanh tra Bộ": an office of the body that issues, whole as it stands.
_OWN_OFFICE = re.compile(r"(?:Văn phòng|Thanh tra|Lãnh đạo|Công đoàn|Đảng ủy|Đoàn Thanh niên) (?:Sở|Bộ|Ủy ban|Cục)\Z")
#: A kind of document whose number is on the next line; what a figure follows; the first word of a place before its day.
_NUMBER_NEXT = re.compile(r"(?:[Nn]ghị định|[Nn]ghị quyết|[Qq]uyết định|[Tt]hông tư|[Ll]uật|[Cc]hỉ thị|[Cc]ông văn)\Z")
_MEASURE_NEXT = re.compile(
    r"(?:tối thiểu|ít nhất|tối đa|không quá|không ít hơn|khoảng|gần|hơn|(?<!\w)No\.)\Z", re.IGNORECASE
)
_PLACE_DAY = re.compile(rf"[{UPPER}][^,\d]{{0,18}},\s*ngày\b")
_PLACE_BEGUN = 12
_RANGE_GOES_ON = re.compile(r"[-–]\s*\d")
#: Names around a hyphen, which a line end may cut: "kinh tế⏎- xã hội"; no shorter line is taken for a cut one.
_HYPHENATED = re.compile(any_word(load("layout")["hyphenated"]))
_CUT_LINE, _NAME_HALF = 20, 40
_MARK_OF_NUMBER = re.compile(r"(?:\d{1,4}|[IVXLC]{1,6}|[a-zđ])(?:\s*[.)\-/,;]|\s)")


def cut_before(previous: Chunk, source: str, wording: str, width: int) -> bool:
    """Whether a line goes on with the one before, whatever mark it seems to begin with."""
    if _MARK_ALONE.match(previous.text):
        return parse(wording) is None
    if _WORD_ALONE.match(previous.text):
        return _MARK_OF_NUMBER.match(wording) is not None
    last = previous.lines[-1]
    line = source[last.start : last.end].rstrip("* _")
    whole = source[previous.pieces[-1].start : last.end]
    # What the line begins with is asked first: that is quick, and mostly not what would let it go on.
    if width and _CLOSES.match(wording) and whole.rfind("(") > whole.rfind(")"):
        return True
    if _awaits(line, wording):
        return True
    if not width or len(line) < 0.6 * width:
        return False
    if line[-1:].isdigit() and _RANGE_GOES_ON.match(wording):
        return True
    if _OF_ANOTHER.match(wording) and _LEADS_ON.search(line) is not None:
        return True
    return _MARK_OF_NUMBER.match(wording) is not None and _AWAITS_MARK.search(line) is not None


def _awaits(line: str, wording: str) -> bool:
    """Whether a line ends with what wants just such words behind it, however long it is."""
    if line.endswith(",") and _SYMBOL.match(wording):
        return True
    if wording.startswith("số ") and _NUMBER_NEXT.search(line):
        return True
    if wording[:1].isdigit() and _MEASURE_NEXT.search(line):
        return True
    if wording[:1] in "-–" and _hyphen_cut(line, wording):
        return True
    bare = line.strip("* ")
    if len(bare) <= _PLACE_BEGUN and _PLACE_DAY.match(wording) and bare.istitle():
        return True
    if not wording[:1].isupper() or _HEAD_ALONE.search(line) is None or parse(wording) is not None:
        return False
    return _OWN_OFFICE.search(line) is None or not _does(wording)


def _hyphen_cut(line: str, wording: str) -> bool:
    """Whether a line that begins with a hyphen goes on with a name of which the line before has the first half.

    >>> _hyphen_cut("bảo vệ môi trường và phát triển kinh tế", "- xã hội của địa phương")
    True
    >>> _hyphen_cut("bảo vệ môi trường và phát triển kinh tế", "- Xây dựng hạ tầng"), _hyphen_cut("Kinh tế", "- Xã hội")
    (False, False)
    """
    if len(line) < _CUT_LINE:
        return False
    before, after = fold(line.rstrip("*_ "))[-_NAME_HALF:], fold(wording[1:].lstrip("*_ "))[:_NAME_HALF]
    found = _HYPHENATED.finditer(f"{before} - {after}")
    return any(match.start() < len(before) and match.end() > len(before) + 3 for match in found)


#: So many characters further on bold or italics that are open must end to be taken for real.
_EMPHASIS = 600


def emphasis_goes_on(previous: Chunk, source: str) -> bool:
    """Whether a line stands within the bold or italics that the lines before it began: ``**C. LĨNH VỰC`` over
    ``Quản lý văn thư**``."""
    start, end = previous.pieces[-1].start, previous.lines[-1].end
    if "*" not in source[start:end] or not _emphasis_open(source[start:end]):
        return False
    stop = source.find("\n\n", end, end + _EMPHASIS)
    return not _emphasis_open(source[start : stop if stop >= 0 else min(len(source), end + _EMPHASIS)])


def _emphasis_open(text: str) -> bool:
    """Whether bold or italics are begun and not ended.

    >>> _emphasis_open("**Điều 4."), _emphasis_open("*- Chi khác:"), _emphasis_open("* Thành phần: **Đơn**")
    (True, True, False)
    """
    return bool(text.count("**") % 2 or (text.replace("**", "").count("*") - text.startswith("* ")) % 2)


_ATTACHED = re.compile(r"\((?:ban hành\s+|đính\s+)?kèm theo[^()]*\)", re.IGNORECASE)


def complete(previous: Chunk, line: str) -> bool:
    """Whether a line goes no further: the name of a kind of document, a bracket that says to what it is attached,
    capitals set otherwise than the next line, or bold with a plain line below that begins like a sentence."""
    set_alike = previous.emphasis == emphasised(line)
    if is_title_line(previous.text) or (previous.text.isupper() and not set_alike):
        return True
    if _ATTACHED.fullmatch(previous.text) is not None:
        return True
    return previous.emphasis and not set_alike and line[:1].isupper()


#: A line that ends with a word with which no sentence ends: its number must follow (``khoản 2 Điều`` / ``23 như sau``),
#: or its object (``về việc ban hành`` / ``Quy chế …``).
_NUMBERED_NEXT = re.compile(
    r"(?<!\w)(?:[Đđ]iều|[Kk]hoản|điểm|số|ngày|tháng|năm|của|và|theo|tại|với|các|về việc|việc ban hành|do|bằng|cho)\Z"
)
_CAPITALS = re.compile(rf"[{UPPER}]{{2,}}\s+[{UPPER}]{{2,}}\b")


def wraps(previous: Chunk, source: str, wording: str, width: int) -> bool:
    """Whether a line that follows without a blank line goes on with the paragraph before it."""
    last = previous.lines[-1]
    line = source[last.start : last.end].rstrip("* _")
    if wording[:1].islower() or _NUMBERED_NEXT.search(line):
        return True
    if line.isupper() and not wording.isupper():
        return " " not in line and _CAPITALS.match(wording) is not None  # one word of a name: CÔNG / TY CỔ PHẦN A vay
    if line.endswith(TERMINAL):
        return bool(width) and line.endswith((".", ";")) and len(line) >= 0.92 * width and not line.endswith("./.")
    if width == 0:
        # Unwrapped text: a new line is a new paragraph unless the first was cut in mid-phrase.
        return line.endswith((",", "-")) or (source[last.end : last.end + 2] == "  ")
    if line.isupper() and wording.isupper():
        return True
    opening = previous.blank_before and len(previous.lines) == 1 and not previous.emphasis
    heads = len(previous.lines) == 1 and _heads(previous.text, wording)
    if len(line) >= 0.6 * width:
        return not (heads and width < _NARROW)
    opening = opening and not heads
    return _unfinished(source[previous.pieces[-1].start : last.end]) or (opening and len(wording) >= 0.6 * width)


@lru_cache(maxsize=1)
def _deeds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Verbs that begin what a body does, in small letters, and heads of names that say nothing by themselves: ``Ban``,
    not ``Trạm Y tế``."""
    verbs, roles = load("task_verbs"), load("roles")
    words = {*verbs["plain"], *verbs["neutral"], *(word for entry in roles["verb"] for word in entry["words"])}
    heads = {head for some in load("agencies")["open"].values() for head in some if head[1:].islower()}
    return re.compile(rf"{any_word(words)}"), re.compile(rf"(?:\A|[\s.)])(?:{one_of(heads)})\Z", re.IGNORECASE)


def _does(wording: str) -> bool:
    """Whether a line begins with a verb that is no field of a body too: ``Tham mưu …``, not ``Xây dựng``.

    >>> _does("Tham mưu cân đối kinh phí"), _does("Xây dựng"), _does("Thông tin và Truyền thông")
    (True, False, False)
    """
    verb = _deeds()[0].match(wording.lower())
    return verb is not None and verb.group() not in {"xây dựng", *load("task_verbs")["name_words"]}


_OF_POINTS = ("roman", "upper", "arabic", "letter", "paren")


def _heads(text: str, wording: str) -> bool:
    """Whether a short numbered line is the heading of what the line below tells somebody to do.

    >>> _heads("3. Trạm Y tế", "Hướng dẫn người cao tuổi."), _heads("Trạm Y tế", "Hướng dẫn người cao tuổi.")
    (True, False)
    >>> _heads("Phần thứ tư", "TỔ CHỨC THỰC HIỆN"), _heads("Mục 2", "Tổ chức bộ máy")
    (False, False)
    >>> _heads("3. Trung tâm", "Hỗ trợ nông dân tỉnh"), _heads("3. Kinh phí mua sắm của", "Hỗ trợ nông dân tỉnh")
    (False, False)
    """
    mark = parse(text)
    if mark is None or mark.kind not in _OF_POINTS or not wording[:1].isupper() or wording.isupper():
        return False
    verbs, heads = _deeds()
    whole = _LEADS_ON.search(text) is None and heads.search(text) is None
    return whole and verbs.match(wording.lower()) is not None


def _unfinished(text: str) -> bool:
    """Whether a text stops in the middle: emphasis, a bracket or a quotation is open, or its last word leads on.

    >>> _unfinished("*Theo đề nghị của Cục trưởng"), _unfinished("Thực hiện Nghị quyết số"), _unfinished("1. Phạm vi")
    (True, True, False)
    """
    if _emphasis_open(text):
        return True
    if text.count("(") > text.count(")") or text.count("“") > text.count("”"):
        return True
    return _LEADS_ON.search(text.rstrip("*_ ")) is not None


def begins_midway(wording: str) -> bool:
    """A chunk that begins in the middle of a sentence: lower case, and no numbering mark."""
    first = next((c for c in wording if c.isalnum()), "")
    return bool(first) and first.islower() and wording[:1] not in "-+*•" and not starts_block(wording)


def emphasised(line: str) -> bool:
    """Whether a whole line is bold or italic by its marks."""
    core = line.strip()
    return len(core) > 2 and core[0] in "*_" and core[-1] in "*_" and "**" not in core.strip("*_ ").replace("** **", "")
