"""The words that tell who does what, compiled once: role verbs, verbs of doing, adverbs, and what makes a topic."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.names import further_verbs, verbs_source
from doichieu.lexicon import load
from doichieu.lexicon.families import EVERY
from doichieu.model import Role
from doichieu.text import one_of


class Words(NamedTuple):
    """Patterns over lower-case text; see the heads of ``task_verbs.toml`` and ``roles.toml``."""

    roles: dict[str, Role]
    role: re.Pattern[str]
    plain: re.Pattern[str]
    neutral: re.Pattern[str]
    light: re.Pattern[str]
    adverb: re.Pattern[str]
    prefix: re.Pattern[str]
    lead_in: re.Pattern[str]
    nominal: re.Pattern[str]
    revived: re.Pattern[str]
    tail_verb: re.Pattern[str]
    partner: re.Pattern[str]


PERIOD = (
    rf"(?:(?:định kỳ|thường xuyên|{EVERY})(?:,? (?:và|hoặc|{EVERY}|năm|quý|tháng|tuần|ngày|"
    r"cuối năm|đột xuất|0?\d+ (?:giờ|ngày|tuần|tháng)|một lần|/lần|0?\d+ năm|trước ngày [\d/]+|đầu))*)"
)
FUNCTION = (
    r"(?:(?:theo|căn cứ|căn cứ vào|trên cơ sở|trong phạm vi|bằng),? (?:chức năng|nhiệm vụ|lĩnh vực|"
    r"thẩm quyền)(?:(?:,| và|, và)? (?:nhiệm vụ|quyền hạn|thẩm quyền|chức năng))*"
    r"(?: và phạm vi quản lý)?(?: (?:được giao|của mình|được phân công|quản lý|của từng cơ quan, đơn vị|"
    r"của cơ quan, đơn vị mình))*"
    r"(?:(?:,| và|, và) (?:các )?quy định(?: hiện hành|(?: của)? pháp luật| của luật)(?: hiện hành| có liên quan)?)?"
    r"(?: (?:trong|tại|nêu tại) (?:quyết định|kế hoạch|nghị quyết"
    r"|chương trình|phụ lục|chỉ thị) (?:này|kèm theo))?)"
)


#: Words behind the name of a body that are no verb of its own: they go on with the name or begin an account.
_NO_DEED = (
    r"(?:của|và|là|có|được|đã|đang|bị|vẫn|còn|cũng|như|gồm|tại|ở|trong|ngoài|trên|dưới|theo|về|với|để|do|từ|đến|khi|nếu|này"
    r"|đó|khác|nêu|nói|hiện|trực|thuộc|liên|hoặc|cùng|mà|thì|vì|bằng|không|chưa|rất|cấp|tỉnh|thành|huyện|xã|phường|thị|quận"
    r"|trung|địa|cơ|khu|phó|trưởng|chuyên|nhà|chính|quốc|dự|phòng|kinh|văn|giáo|công|nông|y|tài|nội|tư|dân|khoa|môi|thể|du|số"
    r"|xã|vùng|miền|loại|nhóm|các|những|mỗi|từng|hay|nhưng|nhất|mới|cũ|lớn|nhỏ|năm|tháng|quý|ngày|sau|trước|gần|bao|hoạt|chuyên)"
)
OPEN_DEED = re.compile(rf" (?!{_NO_DEED}(?!\w))[^\W\d_]+ ")


def does_openly(text: str, end: int) -> bool:
    """Whether a small word that may be a verb no lexicon knows stands right behind a name: ``Đoàn xã| gắn biển``.

    >>> does_openly("Đoàn xã gắn biển tại chợ", 7), does_openly("Đoàn xã của tỉnh", 7), does_openly("Đoàn xã Hà Nam", 7)
    (True, False, False)
    """
    match = OPEN_DEED.match(text, end)
    return match is not None and text[end + 1].islower()


@lru_cache(maxsize=1)
def role_words() -> Words:
    """The compiled words of both lexicons (built at first use)."""
    verbs, roles = load("task_verbs"), load("roles")
    by_word: dict[str, Role] = {word: entry["role"] for entry in roles["verb"] for word in entry["words"]}
    role_source = one_of(by_word)
    plain = verbs_source([*verbs["plain"], *verbs["neutral"]])
    return Words(
        by_word,
        re.compile(rf"\b(?:{role_source})\b"),
        re.compile(rf"(?:{verbs_source(verbs['plain'])})(?!\w)|{further_verbs()}"),
        re.compile(rf"(?:{verbs_source(verbs['neutral'])})(?!\w)"),
        re.compile(rf"(?:{one_of(verbs['light'])})(?!\w)"),
        re.compile(rf"(?:(?:{FUNCTION}|{PERIOD}|{one_of(verbs['adverbs'])})(?: và |, | |,\s*))+"),
        re.compile(rf"(?:{one_of(verbs['prefixes'])})(?!\w)"),
        re.compile(rf"(?:\d+\.\s*)?(?:{one_of(roles['lead_in']['words'])})(?: nhiệm vụ| trách nhiệm)?(?: cho)? "),
        re.compile(rf"(?:\A|[\s,;(])(?:{one_of(roles['nominal']['words'])}) ?\Z"),
        re.compile(rf"(?:\A|[\s,;])(?:{roles['nominal']['revived']}) ?\Z"),
        re.compile(rf"(?:\A|[\s,])(?:{plain}|{role_source})\Z"),
        re.compile(
            rf"(?:các |những )?(?!(?:{role_source}|{plain})(?!\w))(?:{one_of(roles['heading']['partners'])})\s(?=\w)"
        ),
    )


#: The sign that cuts stands first, what stands before it is looked at behind it: the search runs from sign to sign.
_SEGMENT = re.compile(
    rf"[;.…](?:(?<=;)\s*|(?<=[.…])(?<=[^\W{UPPER}\d].)(?<!Tp.)(?<!TP.)(?<!tp.)(?<!TX.)(?<!Tx.)(?<!TS.)[.…]*\s+(?=[\"'(]?[{UPPER}])"
    rf"|(?<=[)\]\d%\"]\.)\s+(?=[{UPPER}])|(?<=[{UPPER}]\.)(?<!TP\.)(?<!TX\.)\s+(?=[{UPPER}]\w{{2,}} ))"
)


_LONGEST_TITLE = 300


def segments(text: str, start: int = 0) -> list[tuple[int, int]]:
    """The segments of a clause as ``(start, end)``: cut at semicolons and between sentences."""
    cuts: list[tuple[int, int]] = []
    position = start
    for match in _SEGMENT.finditer(text, start):
        if text.count("(", position, match.start()) > text.count(")", position, match.start()):
            continue
        if (
            text.count('"', position, match.start()) % 2
            and text.find('"', match.end(), match.end() + _LONGEST_TITLE) > 0
        ):
            continue  # within a title: 'theo "Phần C. Thủ tục đăng ký" của Phụ lục'
        if match.start() > position:
            cuts.append((position, match.start()))
        position = match.end()
    if position < len(text):
        cuts.append((position, len(text)))
    return cuts
