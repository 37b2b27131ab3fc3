"""Which column the lines of a row belong to, where a table of tasks is left with one line below the other.

What each head says its column holds decides (bodies, a time, words), with what a line looks like: a line that begins
small goes on with the line before it, a date stands in the column of times, a body in one of those of bodies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

#: What a column of a task table holds, by its head.
Holds = Literal["words", "bodies", "time", "made"]

_BODIES = re.compile(
    r"(?:cơ quan|đơn vị)(?! tính)|chủ trì|phối hợp|tham mưu|phụ trách|trách nhiệm|(?:người|tổ chức) thực hiện|thẩm tra",
    re.IGNORECASE,
)
_TIME = re.compile(r"thời gian|thời hạn|tiến độ|hoàn thành|lộ trình|thời điểm", re.IGNORECASE)
_MADE = re.compile(r"sản phẩm|kết quả|ghi chú|cấp trình|hình thức|căn cứ|nguồn|kinh phí", re.IGNORECASE)
_A_BODY = re.compile(
    r"(?:(?:các|Các|những) )?(?:Bộ|Sở|UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|bộ|sở|cơ quan|đơn vị|địa phương|doanh nghiệp"
    r"|ngành|Cục|Vụ|Công an|Ban|Phòng|Trung tâm|Hội|Viện|Trường|Học viện|Văn phòng|Cơ quan|Đơn vị|Mặt trận|MTTQ|Đoàn"
    r"|Tỉnh đoàn|Thành đoàn|Đài|Báo|Liên đoàn|Liên minh|Liên hiệp|Chi cục|Tổng cục|Kho bạc|Ngân hàng|Bảo hiểm|BHXH"
    r"|Thanh tra|Chính phủ(?! (?:số|điện tử))|Doanh nghiệp|Tập đoàn|Tổng công ty|Công ty|Bưu điện|Thuế"
    r"|Hải quan|Thống kê|Tòa án|Bệnh viện"
    r"|Viện kiểm sát|Trạm|Thôn|Xã|Phường|Huyện|Thành phố|Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy|Đảng ủy|Cấp ủy|Hợp tác xã"
    r"|Hiệp hội|Chủ đầu tư|Nhà đầu tư|Địa phương|VNPT|Viettel)(?!\w)"
)
_A_TIME = re.compile(
    r"(?:(?:Trong|Trước|Đến|Hết|Từ|Hoàn thành|Dự kiến|Chậm nhất|Cuối|Đầu|trong|trước|ngày|từ|đến)\s+)*"
    r"(?:(?:Quý|quý|Quí|Tháng|tháng|Năm|năm|Ngày|ngày|Giai đoạn|giai đoạn|Kỳ họp)\s*(?:[IVX]+|\d)"
    r"|\d{1,2}[/.-]\d{1,2}|\d{1,2}/20\d\d|20\d\d|Hằng năm|Hàng năm|Hằng quý|Hàng quý|Hằng tháng|Hàng tháng|Thường xuyên"
    r"|thường xuyên|Định kỳ|Theo (?:tiến độ|kế hoạch|lộ trình|Kế hoạch|chương trình))"
)
_A_PAPER = re.compile(
    r"(?:Kế hoạch|Quyết định|Nghị định|Nghị quyết|Báo cáo|Đề án|Chương trình|Văn bản|Luật|Thông tư|Hướng dẫn|Tờ trình"
    r"|Danh mục|Hồ sơ|Chỉ thị|Quy chế|Công văn|Dự án|Dự thảo)(?!\w)"
)
_UNFINISHED = re.compile(r"(?:[,;&–-]|(?<!\w)(?:và|của|với|cho|về|các|những|thuộc|hoặc|tại|trong|theo|cấp|nhân dân))\Z")
_NEVER = -100.0
_TORN = 4.0  # a cell that ends inside a bracket
_LONGEST = 120  # lines of one row


def holds(head: str) -> Holds:
    """What the column below a head holds.

    >>> [holds(h) for h in ("Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành", "Sản phẩm")]
    ['words', 'bodies', 'time', 'made']
    """
    if _TIME.search(head):
        return "time"
    if _MADE.search(head):
        return "made"
    return "bodies" if _BODIES.search(head) else "words"


def fitted(lines: Sequence[str], columns: Sequence[Holds]) -> tuple[float, list[int]]:
    """How well lines fill columns from the left to the right, and the column of each line.

    >>> fitted(["Lập đề án", "chợ đêm", "Sở Công", "Thương", "Quý I/2026"], ["words", "bodies", "bodies", "time"])[1]
    [0, 0, 1, 1, 3]
    """
    if not lines or len(lines) > _LONGEST:
        return _NEVER, []

    open_behind = _open_behind(lines)

    @cache
    def best(at: int, column: int) -> tuple[float, tuple[int, ...]]:
        """The best places of the lines from ``at`` on, where line ``at`` stands in ``column``."""
        score = _suits(lines[at], columns[column])
        if at + 1 == len(lines):
            return score - _skipped(columns, column + 1, len(columns)), (column,)
        choices = []
        for following in range(column, len(columns)):
            more, places = best(at + 1, following)
            step = (
                _stays(lines[at], lines[at + 1], columns, column)
                if following == column
                else (
                    _moves(lines[at], lines[at + 1], columns[column], columns[following])
                    - _skipped(columns, column + 1, following)
                )
            )
            if open_behind[at] and following > column:
                step -= _TORN
            choices.append((more + step, places))
        rest, places = max(choices, key=lambda choice: choice[0])
        return score + rest, (column, *places)

    found, places = best(0, 0)
    return found / len(lines), list(places)


def _open_behind(lines: Sequence[str]) -> list[bool]:
    """Whether a bracket is open behind each line.

    >>> _open_behind(["Các đơn vị (Cục A,", "Cục B)", "Sở C"])
    [True, False, False]
    """
    depth = 0
    out = []
    for line in lines:
        depth = max(0, depth + line.count("(") - line.count(")"))
        out.append(depth > 0)
    return out


def _suits(line: str, column: Holds) -> float:
    """How well a line suits what a column holds."""
    time, body = _A_TIME.match(line) is not None, _A_BODY.match(line) is not None
    if column == "time":
        return 3.0 if time else -3.0
    paper = _A_PAPER.match(line) is not None
    if column == "bodies":
        return -3.0 if time else 2.0 if body else -2.0 if paper else 0.0
    if time:
        return -2.0
    if column == "made" and paper:
        return 2.0
    return -0.5 if body else 1.0


def _stays(line: str, following: str, columns: Sequence[Holds], column: int) -> float:
    """What it costs that the next line goes on with the same cell."""
    if following[0].islower() or _UNFINISHED.search(line):
        return 0.5
    if columns[column] == "bodies":
        if not _A_BODY.match(following):
            return 0.0  # "Sở Công| Thương"
        return -2.5 if "bodies" in columns[column + 1 :] else -1.5  # one body leads, several go along
    return -0.5 if columns[column] == "words" else -1.0


def _moves(line: str, following: str, origin: Holds, column: Holds) -> float:
    """What it costs that the next line begins a cell."""
    cost = -2.0 if _UNFINISHED.search(line) else 0.0
    body = column == "bodies" and _A_BODY.match(following) is not None
    if column == "bodies" and not body:
        cost -= 2.0
    if following[0].islower() and column != "time":
        cost -= 1.0 if body and origin == "bodies" else 3.0
    return cost


def _skipped(columns: Sequence[Holds], begin: int, end: int) -> float:
    """What it costs to leave columns empty."""
    return sum({"words": 4.0, "bodies": 1.0, "time": 1.5, "made": 0.5}[columns[column]] for column in range(begin, end))
