"""What stands where tasks stand and is none: lines that lead into a list, decisions of the issuer, words about a thing."""

from __future__ import annotations

import re

from doichieu.extraction.tasks.role_words import role_words
from doichieu.extraction.tasks.roles import RoleRow

#: "cụ thể hóa và tổ chức triển khai thực hiện các nhiệm vụ sau đây:": what is to be done stands below.
_ANY_VERB = (
    r"(?:cần|phải|sẽ|tiếp tục|tập trung|khẩn trương|chủ động|nghiêm túc|tích cực|tăng cường|cụ thể hóa|quán triệt|tổ chức"
    r"|triển khai|thực hiện|chỉ đạo|làm tốt|đồng thời|kịp thời|tốt|đồng bộ|đầy đủ|có hiệu quả|hiệu quả|quyết liệt|bảo đảm"
    r"|có|được giao)"
)
_WORK = (
    r"(?:các|những|một số)\s+(?:(?:nhóm|nội dung|yêu cầu)\s+)?(?:nhiệm vụ|nội dung|công việc|việc|giải pháp|biện pháp|yêu cầu"
    r"|công tác|quyền hạn)(?:(?:, giải pháp|, quyền hạn| và giải pháp| cụ thể| chủ yếu| trọng tâm| trọng điểm| chính)*)"
)
_LEADS_IN = re.compile(
    rf"\W*(?:{_ANY_VERB}(?:,? (?:và )?))+{_WORK}(?: (?:cụ thể|chủ yếu|trọng tâm))?,? "
    r"(?:sau(?: đây)?|dưới đây|như sau|cụ thể(?: như sau)?|bao gồm|gồm(?: có)?)\s*:?\s*\Z"
)
_WHAT_IT_IS = re.compile(r"\W*là (?:cơ quan|đơn vị|tổ chức)\s.{0,300}nhiệm vụ, quyền hạn sau(?: đây)?\s*:?\s*\Z")
_DECIDES = re.compile(r"\W*(?:quyết định|quyết nghị|thống nhất|nhất trí|tán thành|thông qua|ban hành)\s")
#: What opens words about a thing: "Mức 400.000 đồng áp dụng …", "Tỷ lệ người nghiện …", "Không quá 05 cá nhân".
_MEASURED = re.compile(
    r"\W*(?:mức|tỷ lệ|tỉ lệ|số lượng|không quá|tối đa|tối thiểu|ít nhất|có từ|có số|từ \d|dưới \d|trên \d|\d|danh hiệu|bằng khen"
    r"|giấy khen|huân chương|huy chương|cờ thi đua|chiến sĩ thi đua)\b"
)
_THING = re.compile(
    r"\W*(?:các |những )?(?:ngân sách|nguồn(?: vốn| kinh phí| thu| lực tài chính)?|kinh phí|trường hợp|hình thức|dữ liệu|thành phần"
    r"|hồ sơ|giấy tờ|đối tượng|điều kiện|tiêu chí|thời gian|thời hạn|thời điểm|nguyên tắc|việc|hoạt động|công tác|phụ lục"
    r"|biểu mẫu|bản sao)(?!\w)"
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_BRACKETS = re.compile(r"\([^()]*\)")
_DUTY_LEFT = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|có nhiệm vụ)\s+\Z", re.IGNORECASE)
_ANSWERS_FOR = re.compile(r"(?:(?:toàn diện|hoàn toàn|chính|cá nhân|trực tiếp|đầy đủ|liên đới)\s+)*(?:về|trước|đối với|với)\s")
_BLANK = re.compile(r"\s")


def leads_in(task: str) -> bool:
    """Whether a task is no more than words that lead into a list.

    >>> leads_in("cụ thể hóa và tổ chức triển khai thực hiện các nhiệm vụ sau đây:"), leads_in("rà soát các nhiệm vụ sau")
    (True, False)
    """
    lower = task.lower()
    return _LEADS_IN.match(lower) is not None or _WHAT_IT_IS.match(lower) is not None


def decides(task: str) -> bool:
    """Whether words of the issuer are what its paper decides, not what it is to do."""
    return _DECIDES.match(task.lower()) is not None


def of_a_thing(task: str) -> bool:
    """Whether words below a body are about a thing: a measure, or a noun that no verb of doing follows.

    >>> of_a_thing("Không quá 05 cá nhân"), of_a_thing("Công tác cán bộ: rà soát biên chế"), of_a_thing("Các nguồn khác")
    (True, False, True)
    """
    lower = _BRACKETS.sub("", task.lower())
    if _LETTERS.search(lower) is None or _MEASURED.match(lower):
        return True
    if _THING.match(lower) is None:
        return False
    plain = role_words().plain
    return not any(plain.match(lower, blank.end()) for blank in _BLANK.finditer(lower))


def task_begins(text: str, row: RoleRow) -> int:
    """Where the wording of a task begins: what is answered for stands with its verb: ``chịu trách nhiệm| về …``."""
    begin = max(row.task, row.start)
    left = _DUTY_LEFT.search(text, max(row.start, begin - 40), begin)
    return left.start() if left and _ANSWERS_FOR.match(text.lower(), begin) else begin
