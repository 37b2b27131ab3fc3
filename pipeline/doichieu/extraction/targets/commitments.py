"""Whether a measure is a commitment, and how strongly the text commits to it."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.extraction.targets.measures import Group, sentence_starts
from doichieu.extraction.targets.parts import creator_before, strip_modal
from doichieu.lexicon import load

_STATISTIC = re.compile(
    r"hiện (?:nay|có|đang|tại)|(?<!\w)đã (?:đạt|có|được|hoàn thành|thực hiện|giải ngân|bố trí|tổ chức"
    r"|xây dựng|giảm|tăng|hỗ trợ|triển khai|đào tạo|bồi dưỡng)(?! theo| đề ra)|đến nay|tính đến"
    r"|so với cùng kỳ|(?:^|[\s(])năm 20[01]\d (?:đạt|là|có|chiếm)|kết quả thực hiện|thời gian qua"
    r"|những năm qua|(?<!\w)(?:sau|qua) \d{1,2} năm (?:triển khai |tổ chức )*thực hiện"
)
_AHEAD = re.compile(
    r"(?<!\w)(?:phấn đấu|đến (?:hết |cuối )?(?:năm|quý|tháng) ?[\d/iv]+|nâng lên|sẽ)(?!\w)(?! đã| tỉnh đã)"
)
_EXEMPTION = re.compile(
    r"có thể (?:điều chỉnh|xem xét|giảm)|trường hợp|(?<!\w)nếu (?!có\b)|thấp dưới|được miễn"
    r"|(?<!\w)khi có (?:từ|trên|ít nhất)"
)
_FORECAST = re.compile(r"(?<!\w)(?:dự báo|dự kiến|ước tính|ước đạt)(?!\w)")
_EXAMPLE = re.compile(r"(?<!\w)(?:ví dụ|chẳng hạn|thí dụ)(?!\w)")
_POLICY = re.compile(
    r"(?:hỗ trợ|miễn|giảm|hưởng|chi trả|thanh toán|thưởng|phụ cấp|trợ cấp|bằng|mức|đóng|nộp|trích|cho vay)[^;.]{0,60}\Z"
)
_WHOLE = re.compile(r"(?:quy mô|tổng|số|dân số|diện tích|sản lượng|kim ngạch|giá trị|thu nhập|doanh thu)(?!\w)")
_WHERE = re.compile(r"(?<!\w)(?:tại|ở|của|thuộc)\s+\Z")  # "19/19 tiêu chí tại 12 xã": where, not how many
_RATE_OF = re.compile(r"(?:lãi suất|thuế suất|mức (?:đóng|hưởng|hỗ trợ|phụ cấp|vay|phí))(?!\w)[^;,.%]{0,40}\Z")
_MONEY_NOUN = re.compile(r"\s*(?:kinh phí|chi phí|học phí|mức lương|tiền|giá trị|lãi suất|mức|lương|phí|thuế|vốn)")
_MUST = re.compile(r"(?<!không )(?<!\w)phải\s+(?!là\b)")


@lru_cache(maxsize=1)
def _modalities() -> list[tuple[re.Pattern[str], str]]:
    out = []
    for entry in load("modality")["modality"]:
        words = "|".join(re.escape(w) for w in sorted(entry["words"], key=len, reverse=True))
        tail = (
            r"(?=\s+(?:hoàn thành|đạt|có|được|đáp ứng|xóa|không|phủ|khắc phục|giải quyết|tự))"
            if entry["value"] == "cơ bản"
            else ""
        )
        head = r"(?<!mức )(?<!số )(?<!vụ )(?<!kỹ năng )" if tail else ""
        out.append((re.compile(rf"(?<!\w){head}(?:{words})(?!\w){tail}"), entry["value"]))
    return out


def modality_of(text: str) -> str:
    """The strongest commitment word in a wording (lower case), empty if there is none.

    >>> modality_of("phấn đấu 50% có trình độ"), modality_of("kỹ năng số cơ bản cho người dân")
    ('phấn đấu', '')
    """
    for pattern, value in _modalities():
        if pattern.search(text):
            return value
    return ""


def commitment_word(group: Group, lowered: str) -> str:
    """The commitment word in a measure's own wording; ``phải`` behind the measure beats ``bảo đảm`` before it."""
    own = modality_of(lowered[group.start : group.stop])
    if own in ("bảo đảm", "") and _MUST.search(lowered[group.stop : group.end]):
        return "phải"
    return own


def commits(group: Group, text: str, lowered: str, zone: str, previous: Group | None) -> bool:
    """Whether a measure is a commitment, and not an account, a forecast, a condition or a policy rate."""
    quantity = group.quantity
    segment = lowered[group.start : group.end]
    starts = sentence_starts(text)
    sentence_start = starts[max(group.sentence, 0)]
    before = lowered[max(sentence_start, group.start - 80) : group.anchor]
    ahead = _AHEAD.search(before)
    if ahead is not None:
        before = before[ahead.start() :]  # what was said of today stands before it
    if _STATISTIC.search(before) or _FORECAST.search(before) or _EXAMPLE.search(before):
        return False
    if _EXEMPTION.search(segment) or _EXEMPTION.search(before[-60:]):
        return False
    goal = zone in ("goal", "general_goal")
    if quantity is None:
        return goal
    if zone == "viewpoint":
        return False
    if quantity.kind == "percent":
        saves = (
            goal and re.search(r"(?<!miễn )giảm[^;.]*\Z", before) is not None
        )  # "cắt giảm ít nhất 30% chi phí tuân thủ"
        if not goal and _RATE_OF.search(before):
            return False
        if not saves and _POLICY.search(before[-70:]) and _MONEY_NOUN.match(lowered, quantity.end):
            return False
        return True
    if quantity.kind == "majority":
        return goal
    modal = "phấn đấu" in lowered[sentence_start : group.anchor]
    compared = quantity.operator in (">=", ">", "between", "<=", "<")
    if quantity.kind in ("rate", "rank", "multiple"):
        return goal or modal or (compared and quantity.kind != "rank") or (quantity.kind == "rank" and goal)
    if quantity.kind == "money":
        return goal or modal
    if quantity.kind == "index":
        return (
            goal
            and (
                compared
                or bool(
                    re.search(
                        r"(?:chỉ số|điểm|đạt|duy trì|tuổi thọ|chiều cao|cân nặng|hệ số|xếp hạng|mức sinh)", before[-60:]
                    )
                )
            )
            and (quantity.value is not None and not 1900 < quantity.value < 2100)
        )
    if quantity.operator == "=" and _WHERE.search(lowered[: quantity.start]):
        return False
    creator = creator_before(lowered[group.start : group.anchor])
    listed = (
        previous is not None
        and previous.quantity is not None
        and previous.quantity.kind == "count"
        and previous.sentence == group.sentence
        and previous.part == group.part
    )
    if goal:
        opening = lowered[group.start : group.anchor].strip(" ,")
        return (
            compared
            or bool(creator)
            or listed
            or opening in ("", "có", "đạt")
            or opening.endswith(":")
            or (_WHOLE.match(strip_modal(opening)) is not None)
        )
    return (modal or (compared and quantity.operator in (">=", ">", "between"))) and bool(creator or modal)
