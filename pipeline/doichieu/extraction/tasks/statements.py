"""What stands where tasks stand and is none: lines that lead into a list, decisions, words about a thing."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.alphabet import UPPER
from doichieu.extraction.tasks.predicates import RoleRow
from doichieu.extraction.tasks.role_words import role_words
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word
from doichieu.text.asides import without_asides

_HELPS = re.compile(r"\W*giúp(?: việc)?(?: cho)? [^;:.]{3,120}:\s*\Z")
_WHAT_IT_IS = re.compile(r"\W*là (?:cơ quan|đơn vị|tổ chức)\s.{0,300}nhiệm vụ, quyền hạn sau(?: đây)?\s*:?\s*\Z")
_DECIDES = re.compile(r"\W*(?:quyết định|quyết nghị|thống nhất|nhất trí|tán thành|thông qua|ban hành)\s")
#: "Ban bầu cử tỉnh:| 01 cá nhân/01 ban|", "Mỗi đoàn xét chọn 01 cá nhân": a quota of honours.
_QUOTA = re.compile(
    r"(?:[^;:]{3,200}:)?\W*"
    r"(?:(?:mỗi |từng )?(?:cơ quan|đơn vị|địa phương|đoàn|ban|tổ|xã)(?:[^;.:]{1,30}?)?,? )?"
    r"(?:(?:được )?(?:xét )?(?:chọn|đề nghị|bình chọn|khen thưởng|tặng) )?"
    r"(?:xét )?(?:tặng |khen thưởng |chọn )?(?:không quá|tối đa|đến)? ?\d{1,3}(?: ?\(\w+\))?"
    r" (?:tập thể|cá nhân|trường hợp|danh hiệu|bằng khen|giấy khen)(?!\w)"
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_DUTY_LEFT = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|có nhiệm vụ)\s+\Z", re.IGNORECASE)
_ANSWERS_FOR = re.compile(
    r"(?:(?:toàn diện|hoàn toàn|chính|cá nhân|trực tiếp|đầy đủ|liên đới)\s+)*(?:về|trước|đối với|với)\s"
)
#: "tổng hợp kết quả thực hiện Kế hoạch để| báo cáo Bộ trưởng", "kết quả thực hiện| báo cáo về Công an tỉnh".
_GATHERED = re.compile(
    r"(?:\A|(?<=\s))(?P<what>(?:(?:tổng hợp|tổng kết|sơ kết|đánh giá|thống kê|rà soát)[, ]"
    r"|(?<!\s)(?:kết quả|tình hình|số liệu) )[^;.]{2,160}?)(?:,| và| để|, để)? ?\Z"
)
_ONLY_TO = re.compile(
    rf"[Bb]áo cáo (?:về |cho |với |lên |đến |ngay )?(?:[{UPPER}]|các (?:cơ quan|cấp) |cấp (?:có|trên))"
    r"(?![^,;.]{0,80} (?:kết quả|tình hình)(?!\w))"
)
_OPENS_WITH_PLACE = re.compile(r"(?:trong|với|về|tại|đối với|theo|trên|qua)\s")
_LAST_ADVERBS = re.compile(rf"(?:(?:{words_of('adverbs_of_a_deed')})(?:,? và |, | ))+\Z")
#: "Trong quá trình triển khai, nếu có vướng mắc,| Sở A báo cáo …": a duty only in that case.
_IN_CASE = re.compile(
    r"[\s\-–+*•]*(?P<case>(?:(?:trong quá trình|trong thời gian) [^,;.:]{3,120},? )?"
    r"(?:nếu|khi|trường hợp|trong trường hợp|trong (?:các|một số) trường hợp)\s[^;.:]{3,300}?)(?:,|,? thì)?\s*\Z",
    re.IGNORECASE,
)
#: How a body meets, votes and seals: rules of its procedure, no task.
_PROCEDURE = re.compile(
    r"\W*(?:[^\W\d_]+ ){0,5}?(?:họp (?:khi|định kỳ|thường kỳ|bất thường|ít nhất|mỗi|hợp lệ)|biểu quyết"
    r"|(?:được )?sử dụng con dấu|có con dấu|hoạt động (?:kiêm nhiệm|theo (?:chế độ|nguyên tắc))"
    r"|làm việc (?:theo (?:các )?(?:nguyên tắc|chế độ|hình thức)|thông qua (?:các )?(?:phiên|cuộc) họp))"
    r"|\W*(?:hoạt động|(?:chế độ|nguyên tắc|cơ chế) (?:làm việc|hoạt động|họp)|thành phần"
    r"|cơ cấu(?: tổ chức)?) (?:của )?(?:"
    rf"{words_of('meets_by_rule')}"
    r")(?!\w)[^:;.]{0,120}(?::|\sgồm\s)|\W*(?:cơ quan|đơn vị|bộ phận|phòng"
    r"|ban)(?!\w)[^:;.]{3,160}? là (?:cơ quan|đơn vị|bộ phận|tổ chức) (?:thường trực|giúp việc|đầu mối"
    r"|chuyên môn)(?: giúp việc)? (?:của|cho) "
)
#: "Nguyễn Văn An": who signs below a line that names a body.
_PERSON = re.compile(rf"[{UPPER}][^\W\d_{UPPER}]*(?: [{UPPER}][^\W\d_{UPPER}]*){{1,4}}")
_FAR = 220
_BLANK = re.compile(r"\s")


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A line that leads into a list, what opens a measure, what opens words about a thing."""
    words = load("roles")["statement"]
    closing = "(?:cụ thể|chủ yếu|trọng tâm|trọng điểm|chính)"
    after = "(?:sau(?: đây)?|dưới đây|như sau|cụ thể(?: như sau)?|bao gồm|gồm(?: có)?)"
    return (
        re.compile(
            rf"\W*(?:{any_word(words['any_verb'])}(?:,? (?:và )?))+(?:các|những|một số) {any_word(words['work'])}"
            rf"(?:,? (?:và )?{closing})*,? {after}\s*:?\s*\Z"
        ),
        re.compile(rf"\W*(?:{any_word(words['measures'])}|(?:(?:từ|dưới|trên) )?\d)"),
        re.compile(rf"\W*(?:các |những )?{any_word(words['things'])}"),
    )


def leads_in(task: str) -> bool:
    """Whether a task is no more than words that lead into a list.

    >>> leads_in("cụ thể hóa và tổ chức thực hiện các nhiệm vụ sau đây:"), leads_in("rà soát các nhiệm vụ sau")
    (True, False)
    >>> leads_in("Giúp Ủy ban nhân dân tỉnh:"), leads_in("giúp hộ nghèo sửa nhà")
    (True, False)
    """
    lower = task.lower()
    return any(lead.match(lower) is not None for lead in (_words()[0], _WHAT_IT_IS, _HELPS))


def is_quota(task: str) -> bool:
    """Whether words below a body say how many of it are honoured or chosen, not what it does.

    >>> [is_quota(t) for t in ("Không quá 05 cá nhân", "mỗi đơn vị đề nghị không quá 01 tập thể", "cử 02 cán bộ trực")]
    [True, True, False]
    """
    return _QUOTA.match(task.lower()) is not None


def decides(task: str) -> bool:
    """Whether words of the issuer are what its paper decides, not what it is to do."""
    return _DECIDES.match(task.lower()) is not None


def of_procedure(task: str) -> bool:
    """Whether words tell how a body meets, votes or seals.

    >>> [of_procedure(t) for t in ("Hội đồng họp khi có ít nhất 2/3 thành viên", "sử dụng con dấu của Sở", "họp dân")]
    [True, True, False]
    """
    return _PROCEDURE.match(task.lower()) is not None


def ends_quotation(text: str) -> bool:
    """Whether words begin inside a quotation that a line before opened: ``LIỆU ĐẤT ĐAI” của Phụ lục 1``.

    >>> [ends_quotation(t) for t in ("đất đai” của Phụ lục 1", "mục “đất đai” của Phụ lục", "rà soát đất đai")]
    [True, False, False]
    """
    close = text.find("”")
    return close >= 0 and text.find("“", 0, close) < 0 and text.find('"', 0, close) < 0


def of_a_thing(task: str) -> bool:
    """Whether words below a body are about a thing: a measure, or a noun that no verb of doing follows.

    >>> [of_a_thing(text) for text in ("Không quá 05 cá nhân", "Công tác cán bộ: rà soát biên chế", "Các nguồn khác")]
    [True, False, True]
    """
    lower = without_asides(task.lower())
    if _LETTERS.search(lower) is None or _words()[1].match(lower) or _PERSON.fullmatch(task.strip()):
        return True
    if _words()[2].match(lower) is None:
        return False
    plain = role_words().plain
    return not any(plain.match(lower, blank.end()) for blank in _BLANK.finditer(lower))


def task_begins(text: str, row: RoleRow) -> int:
    """Where the wording of a task begins: what is answered for stands with its verb: ``chịu trách nhiệm| về …``."""
    begin = max(row.task, row.start)
    if row.role == "bao_cao" and begin > row.start and _ONLY_TO.match(text, begin):
        named = row.rule in ("named", "handed") and row.start <= row.item.start < begin
        first = max(row.start, begin - _FAR, row.item.end if named else 0)
        gathered = _GATHERED.search(text[first:begin].lower())
        if gathered is not None:
            return first + gathered.start("what")
    if _OPENS_WITH_PLACE.match(text, begin) and row.start < begin:
        adverbs = _LAST_ADVERBS.search(text, row.start, begin)  # "chủ động, tích cực| trong tiếp xúc cử tri"
        begin = adverbs.start() if adverbs else begin
    left = _DUTY_LEFT.search(text, max(row.start, begin - 40), begin)
    return left.start() if left and _ANSWERS_FOR.match(text.lower(), begin) else begin


def in_case(text: str, row: RoleRow, begin: int, first: int) -> str:
    """The case in which alone a task is owed, where it stands before its doers; empty where there is none.

    ``first``: where the first of its doers is named.  A duty told without its case reads as one that always holds.
    """
    named = row.rule in ("named", "handed") and row.start <= first < begin
    before = text[row.start : first if named else begin]
    case = _IN_CASE.fullmatch(before) if before.rstrip().endswith((",", " thì")) else None
    return case.group("case").rstrip(" ,") if case else ""
