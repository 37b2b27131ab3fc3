"""Wordings without what frames them: words of commitment, verbs of reaching and doing, words that count."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.alphabet import BLANKS
from doichieu.extraction.targets.verbs import fixed_terms
from doichieu.lexicon import load
from doichieu.lexicon.families import EVERY
from doichieu.text import any_word, one_of
from doichieu.text.memory import remembered


@lru_cache(maxsize=1)
def _creators() -> re.Pattern[str]:
    return re.compile(any_word(load("predicates")["creators"]))


_COUNT_WORD = re.compile(
    r"^(?:số lượng|tổng số|số(?! hóa)|các|những|tổng(?! sản phẩm| mức bán lẻ| hợp| kết| thể| quát| cục"
    r"| công ty))\s+(?=\w)"
)
_SHARE_WORD = re.compile(
    r"^(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ suất|tần suất(?= tai nạn)|số lượng"
    r"|số(?! hóa)|quy mô|mức(?! độ| sống| sinh)|tổng số"
    r"|tổng(?! sản phẩm| mức bán lẻ| hợp| kết| thể| quát"
    r"| cục| công ty)|đưa tỷ lệ"
    r"|đưa tỉ lệ|nâng tỷ lệ|nâng tỉ lệ|có)\s+(?:số\s+(?!hóa))?"
)
_REACHES = (
    *("đạt", "chiếm", "là", "còn", "(?<!trở )lên", "(?<!trở )xuống", "tăng", "(?<!cắt )giảm", "ở mức", "mức"),
    *("duy trì", "bảo đảm", "đảm bảo", "đến", "(?<!đồng )bằng", "được", "trung bình", "bình quân", f"{EVERY} năm"),
    *(
        "phấn đấu",
        "có",
        "từ",
        "khoảng",
        "tới",
        "(?<=tăng )trưởng",
        "giữ",
        "ổn định",
        "thêm",
        "nâng",
        "đóng góp",
        "lần lượt",
    ),
    *("trong khoảng", "rút ngắn", "rút", "(?<!mở )rộng", "vượt quá", "vượt", "đạt mức"),
    *("dự kiến", r"(?<!\w)ước", "ước tính"),
)
_REACH = re.compile(rf"[\s,]*(?:(?:{'|'.join(_REACHES)})[\s,]*)+$")
#: A wording that closes with one of them ends so.
_BLANKS_AND_COMMA = BLANKS + ","
_REACH_ENDS = tuple(sorted({re.split(r"[ )]", verb)[-1] for verb in _REACHES}))
_MODAL = re.compile(
    r"^(?:[\s,;:]|phấn đấu|dự kiến|khuyến khích|đồng thời|trong (?:số )?đó|cụ thể|bảo đảm|đảm bảo|phải|cần|cơ bản|và|có"
    r"|bố trí|riêng|tiếp tục|đến (?:hết |cuối )?năm \d{4}|trong năm \d{4}|giai đoạn \d{4} - \d{4}"
    rf"|(?:đến )?(?:cuối|hết|cả|trong) nhiệm kỳ(?: này)?|đến nhiệm kỳ(?: này)?"
    rf"|{EVERY} năm|đạt|từ)+(?=[\s,;:]|$)"
)
_MOST = 2048  # wordings that a step remembers: several rules ask for the same of one wording
_BEHIND, _BEFORE = BLANKS + ",;:.(-", BLANKS + ",;:.)-"
_NOTES = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[(?:\d+|\*{0,3})\]")
_LOOSE = re.compile(r"\s+(?=[,;.])")


def clean(text: str) -> str:
    """Trim punctuation and blanks around a cut-out wording.

    >>> clean(" , cán bộ cấp xã;")
    'cán bộ cấp xã'
    """
    return _cleaned(text) if len(text) <= _SHORT else _clean(text)


def _clean(text: str) -> str:
    text = text.rstrip(_BEHIND).lstrip(_BEFORE)
    text = _NOTES.sub("", text)
    if text.count("(") > text.count(")"):
        text += ")"
    text = " ".join(text.split())
    return _LOOSE.sub("", text) if " ," in text or " ;" in text or " ." in text else text


#: Wordings that are remembered are no longer; this is asked for every piece of a sentence.
_SHORT = 1500
_cleaned = lru_cache(maxsize=_MOST)(_clean)


def strip_share_word(text: str) -> str:
    """A subject without the word that counts it: ``tỷ lệ doanh nghiệp`` → ``doanh nghiệp``."""
    lowered = text.lower()
    match = _SHARE_WORD.match(lowered)
    if match and match.end() < len(text):
        return text[match.end() :]
    match = _COUNT_WORD.match(lowered)
    return text[match.end() :] if match and match.end() < len(text) else text


@lru_cache(maxsize=_MOST)
def strip_reach(text: str) -> str:
    """A left wording without its closing verb of reaching: ``Tỷ lệ … đạt`` → ``Tỷ lệ …``."""
    lower = text.lower()
    match = _REACH.search(lower) if lower.rstrip(_BLANKS_AND_COMMA).endswith(_REACH_ENDS) else None
    return text[: match.start()] if match and match.start() > 0 else text


@lru_cache(maxsize=_MOST)
def strip_modal(text: str) -> str:
    """A wording without the words of commitment and time it begins with."""
    match = _MODAL.match(text.lower())
    return text[match.end() :] if match else text


_FIRST = 2  # letters by which a verb is known before its pattern is tried


@lru_cache(maxsize=1)
def _first_letters() -> frozenset[str]:
    return frozenset(word[:_FIRST] for word in (*_verb_words(), *_TURNED.split("|"), "việc"))


#: What something is turned into: "bê tông | hóa"; a word each, and "nội địa | hóa".
_TURNED = "nội địa|thương mại|cứng|bê tông|nhựa|ngầm|kiên cố|cơ giới|điện khí|tin học|tự động"


@lru_cache(maxsize=1)
def _verb_words() -> list[str]:
    return [
        *load("task_verbs")["plain"],
        *load("predicates")["creators"],
        "yêu cầu",
        "tiếp tục",
        "từng bước",
        "mỗi năm",
        "tương đương",
        "giữ vững",
        "cho",
        "dứt điểm",
        "triệt để",
        "kịp thời",
        "đầy đủ",
        "nghiêm",
        "tốt",
        "kiềm chế",
        "kéo dài",
        "kéo",
        "đáp ứng",
        "điều tra",
        "khám phá",
        "che phủ",
        "lấp đầy",
        "phủ sóng",
        "tiêu hao",
        "thất thoát",
        "thất thu",
        "thuê ngoài",
        "hao hụt",
        "tổn thất",
        "vận chuyển",
        "ổn định",
        "giữ ổn định",
        "tái chế",
        "tái sử dụng",
        "chôn lấp",
        "tiêu hủy",
        "tập hợp",
        "tự túc",
        "gọi",
    ]


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    return re.compile(
        r"(?!(?:quyết định (?:giải quyết|xử lý|xử phạt|hành chính|thanh tra|kỷ luật|thi hành|hòa giải|áp dụng)"
        r"|trình độ|hiến (?:máu|tạng|mô)|chuyển đổi số|giao dịch|giao thông|chiếu sáng (?:công cộng|đô thị"
        r"|học đường|đường phố)|cử tri|cử nhân|lập trình|giảm nghèo|tăng trưởng"
        r"|thanh toán (?:không dùng|điện tử|số|trực tuyến)"
        r"|hòa giải thành|hoà giải thành"
        r"|tổ chức (?:cơ sở|đảng|hội|công đoàn|đoàn|chính trị|kinh tế|xã hội|khoa học|tín dụng|hành nghề|tôn giáo"
        r"|đại diện|thanh niên|phụ nữ|quần chúng|phi chính phủ|quốc tế|nước ngoài|thành viên|sự nghiệp|hành chính)"
        r"|hợp tác xã|tổ hợp tác|thông tin|cấp (?:ủy|uỷ|học|độ|trưởng))(?!\w))(?:"
        + one_of(_verb_words())
        + rf"|(?:{_TURNED}) hóa|việc(?! làm))"
        + r"(?!\w)(?! viên(?! chức))[\s,]*"
    )


#: Enough of a thing, behind what is done with it; of "đủ điều kiện" it says which of them.
_ENOUGH = re.compile(r"đủ (?!(?:điều kiện|tuổi|năng lực|tiêu chuẩn|thẩm quyền|thông tin|sức khỏe|hồ sơ)(?!\w)|\d)")


def strip_verbs(text: str, *, leading: bool = False) -> str:
    """A wording without its verbs of doing where it has nothing else; with ``leading``, without those it begins with.

    >>> (
    ...     strip_verbs("ưu tiên bố trí"),
    ...     strip_verbs("duy trì diện tích rừng"),
    ...     strip_verbs("duy trì diện tích rừng", leading=True),
    ... )
    ('', 'duy trì diện tích rừng', 'diện tích rừng')
    """
    position = 0
    lowered = text.lower()
    while lowered[position : position + _FIRST] in _first_letters() and (match := _verbs().match(lowered, position)):
        position = match.end()
    if position and (enough := _ENOUGH.match(lowered, position)):
        position = enough.end()  # "Cấp đủ màn tẩm hóa chất"
    return text[position:] if leading or position >= len(text) else text


def _made(text: str) -> list[re.Match[str]]:
    """The verbs of bringing about in ``text``, without those inside a fixed term (``rừng trồng``)."""
    found = list(_creators().finditer(text))
    fixed = fixed_terms(text) if found else []
    return [m for m in found if not any(a < m.start() < b for a, b in fixed)]


def ends_in_creator(text: str) -> bool:
    """Whether a wording ends in a verb that brings something about: ``cả nhiệm kỳ kết nạp``."""
    bare = re.sub(r"(?:\s+(?:mới|thêm|được|lại|cho|mới được|thêm được))+\s*\Z", "", text.lower().rstrip())
    return any(match.end() == len(bare) for match in _made(bare))


def creator_before(text: str) -> str:
    """The verb that brings a counted thing about, at the end of the wording before the figure; empty if none."""
    return _creator(text)


def _find_creator(text: str) -> str:
    match = next(iter(_made(text.lower())), None)
    return clean(text[match.start() :]) if match else ""


_creator = remembered(_find_creator)
