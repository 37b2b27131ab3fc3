"""Lines that announce what stands below them: members, parts or conditions, and no task of anybody."""

from __future__ import annotations

import re
from functools import lru_cache

#: "Thành phần Hội đồng gồm:", "Các cơ quan của Quốc hội gồm:": members; not "các nhiệm vụ gồm:".
_MEMBERS = re.compile(
    r"(?:\bgồm(?: có)?(?:\s[^:;]{0,40})?|\A(?:thành phần|cơ cấu|thành viên|danh sách)\s[^:;]{3,160})\s*:\s*\Z", re.I
)
_WORK = re.compile(
    r"nhiệm vụ|trách nhiệm|nội dung|công việc|hoạt động|giải pháp|biện pháp|quyền hạn|chức năng|các việc", re.I
)
#: "Xã loại II là xã có ít nhất một trong các tiêu chí sau:", "Hộ được hỗ trợ khi đáp ứng các điều kiện sau:"
_CONDITIONS = re.compile(
    r"(?:tiêu chí|điều kiện|tiêu chuẩn|trường hợp|đối tượng|dấu hiệu|các nguồn|nguồn vốn|nguồn kinh phí)"
    r"(?:\s[^:;]{0,40})?"
    r"\s(?:sau|sau đây|dưới đây)\s*:\s*\Z",
    re.IGNORECASE,
)


#: "Ủy ban nhân dân Thành phố được quyết định bố trí vốn để:": what is allowed, not owed.
_ALLOWED = re.compile(
    r"\sđược (?:phép |quyền |chủ động )?(?:quyết định|sử dụng|bố trí|áp dụng|phép|quyền)\s[^:.;]{0,240}"
    r"(?:\sđể|\scho|\ssau|\ssau đây|\snhư sau)(?: thực hiện| chi trả)?\s*:\s*\Z"
)


@lru_cache(maxsize=2048)
def names_parts(text: str) -> bool:
    """Whether a heading or line announces members, parts or conditions, not what somebody is to do.

    >>> names_parts("Hội đồng tư vấn gồm:"), names_parts("Hộ nghèo là hộ đáp ứng các tiêu chí sau:")
    (True, True)
    >>> names_parts("Sở Y tế được sử dụng nguồn thu để:"), names_parts("Sở Y tế huy động vốn từ các nguồn sau đây:")
    (True, True)
    >>> names_parts("Sở Y tế thực hiện các nhiệm vụ, bao gồm:"), names_parts("Sở Y tế:")
    (False, False)
    """
    return _CONDITIONS.search(text) is not None or _ALLOWED.search(text) is not None or names_members(text)


@lru_cache(maxsize=2048)
def names_members(text: str) -> bool:
    """Whether a heading or line only announces who or what something consists of.

    >>> names_members("Các ban của Hội đồng gồm:"), names_members("Hộ nghèo là hộ đáp ứng các tiêu chí sau:")
    (True, False)
    """
    if not text.rstrip().endswith(":"):
        return False
    return _MEMBERS.search(text) is not None and _WORK.search(text) is None
