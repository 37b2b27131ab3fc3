"""Population, scope and indicator of a commitment, cut out of its wording."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon import load


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], list[re.Pattern[str]]]:
    data = load("predicates")

    def words(items: list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(items, key=len, reverse=True))

    starters = re.compile(rf"(?<!\w)(?:{words(data['starters'])})(?!\w)")
    blocked = re.compile(rf"(?<!\w)(?:{words(data['not_starters'])})(?!\w)")
    creators = re.compile(rf"(?<!\w)(?:{words(data['creators'])})(?!\w)")
    scopes = [re.compile(pattern) for pattern in data["scope"]]
    return starters, blocked, creators, scopes


_BRACKET = re.compile(r"\(([^()]{1,200})\)")
_COUNT_WORD = re.compile(r"^(?:số lượng|tổng số|số(?! hóa)|các|những|tổng)\s+(?=\w)")
_SHARE_WORD = re.compile(
    r"^(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ suất|số lượng|số(?! hóa)|quy mô|mức|tổng số|chỉ số|đưa tỷ lệ"
    r"|đưa tỉ lệ|nâng tỷ lệ|nâng tỉ lệ|có)\s+(?:số\s+(?!hóa))?"
)
_REACH = re.compile(
    r"[\s,]*(?:(?:đạt|chiếm|là|còn|lên|xuống|tăng|giảm|ở mức|mức|duy trì|bảo đảm|đảm bảo|đến|bằng|được"
    r"|trung bình|bình quân|hằng năm|hàng năm|mỗi năm|phấn đấu|có|từ|khoảng|tới|trưởng|giữ|ổn định|thêm"
    r"|đóng góp|lần lượt)[\s,]*)+$"
)
_MODAL = re.compile(
    r"^(?:[\s,;:]|phấn đấu|khuyến khích|đồng thời|trong đó|cụ thể|bảo đảm|đảm bảo|phải|cần|cơ bản|và|có"
    r"|bố trí|riêng|tiếp tục|đến (?:hết |cuối )?năm \d{4}|trong năm \d{4}|giai đoạn \d{4} - \d{4}"
    r"|hằng năm|hàng năm|mỗi năm|đạt|từ)+(?=[\s,;:]|$)"
)
_TRAIL = re.compile(r"[\s,;:.(\-]+$")
_LEAD = re.compile(r"^[\s,;:.)\-]+")


#: Starters that open a predicate whatever stands before them.
_ALWAYS = frozenset({"được", "có", "đạt", "là", "không", "chưa", "phải", "đều", "chiếm", "thuộc", "đủ", "còn"})


#: These belong to the noun where the predicate proper follows: "người thuộc hộ nghèo | được hỗ trợ".
_ATTRIBUTIVE = frozenset({"thuộc", "tốt nghiệp"})
_LATER = re.compile(r"(?<!\w)(?:được|có|đạt|phải|tham gia|tiếp tục|đi học|sử dụng|tiếp cận)(?!\w)")


@lru_cache(maxsize=1)
def _noun_makers() -> tuple[str, ...]:
    return tuple(" " + word for word in load("predicates")["noun_makers"])


def clean(text: str) -> str:
    """Trim punctuation and blanks around a cut-out wording.

    >>> clean(" , cán bộ cấp xã;")
    'cán bộ cấp xã'
    """
    text = _LEAD.sub("", _TRAIL.sub("", text))
    text = re.sub(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\d+\]", "", text)
    if text.count("(") > text.count(")"):
        text += ")"
    return re.sub(r"\s+(?=[,;.])", "", " ".join(text.split()))


def predicate_start(text: str, *, from_start: bool = False) -> int | None:
    """Where the predicate begins in ``noun phrase + predicate`` (lower case); None where there is none.

    Brackets are passed over.  With ``from_start`` a predicate at the very beginning counts.

    >>> "xã, phường được trang bị"[predicate_start("xã, phường được trang bị"):]
    'được trang bị'
    """
    starters, blocked, _, _ = _patterns()
    masked = _BRACKET.sub(lambda m: " " * len(m.group()), text)
    stops = [m.span() for m in blocked.finditer(masked)]
    for match in starters.finditer(masked):
        if match.start() == 0 and not from_start:
            continue
        if any(a <= match.start() < b for a, b in stops):
            continue
        if (
            match.start() > 0
            and match.group() not in _ALWAYS
            and (" " + masked[: match.start()].rstrip()).endswith(_noun_makers())
        ):
            continue
        if match.start() > 0 and match.group() in _ATTRIBUTIVE and _LATER.search(masked, match.end()):
            continue
        if (
            match.start() > 0
            and masked[: match.start()].rstrip().endswith((",", " và", " hoặc", " hoặc là"))
            and match.group()
            in (
                "tổ chức",
                "xây dựng",
                "sử dụng",
                "xử lý",
                "kết nối",
                "vận hành",
                "thực hiện",
                "hoạt động",
            )
        ):
            continue
        return match.start()
    return None


def _whole_words(text: str, start: int, end: int) -> str:
    """A stretch without the word that its end cuts in two: a pattern that allows so many characters stops anywhere."""
    piece = text[start:end]
    if end < len(text) and text[end].isalnum() and piece[-1:].isalnum():
        piece = piece.rpartition(" ")[0]
    return piece.strip()


def find_scopes(text: str, lowered: str) -> tuple[list[str], str]:
    """What narrows the population: brackets, ages, places, exceptions.  Returns (scopes, text without brackets)."""
    _, _, _, patterns = _patterns()
    scopes: list[str] = []
    for match in _BRACKET.finditer(text):
        inner = match.group(1).strip(" .,…")
        low = inner.lower()
        if (
            low.startswith(("gồm", "bao gồm", "sau đây", "gọi", "nếu có", "theo", "qua", "tại phụ lục", "có phụ lục"))
            or not inner
        ):
            continue
        if (
            re.fullmatch(r"[A-ZĐ&]{2,10}", inner)
            or re.fullmatch(r"[¹²³⁴⁵⁶⁷⁸⁹\d%]+", inner)
            or re.search(r"\d\s*%", low)
        ):
            continue
        if low.startswith("đối với"):
            continue
        scopes.append(inner)
    for pattern in patterns:
        for match in pattern.finditer(lowered):
            piece = _whole_words(text, match.start(), match.end())
            if piece and not any(piece in kept for kept in scopes):
                scopes.append(piece)
    bare = " ".join(_BRACKET.sub(" ", text).split())
    return scopes, bare


def strip_share_word(text: str) -> str:
    """A subject without the word that counts it: ``tỷ lệ doanh nghiệp`` → ``doanh nghiệp``."""
    lowered = text.lower()
    match = _SHARE_WORD.match(lowered)
    if match and match.end() < len(text):
        return text[match.end() :]
    match = _COUNT_WORD.match(lowered)
    return text[match.end() :] if match and match.end() < len(text) else text


def strip_reach(text: str) -> str:
    """A left wording without its closing verb of reaching: ``Tỷ lệ … đạt`` → ``Tỷ lệ …``."""
    match = _REACH.search(text.lower())
    return text[: match.start()] if match and match.start() > 0 else text


def strip_modal(text: str) -> str:
    """A wording without the words of commitment and time it begins with."""
    match = _MODAL.match(text.lower())
    return text[match.end() :] if match else text


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    words = [
        *load("task_verbs")["plain"],
        *load("predicates")["creators"],
        "yêu cầu",
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
        "kéo",
        "đáp ứng",
        "điều tra",
        "khám phá",
    ]
    return re.compile(
        r"(?:"
        + "|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True))
        + r"|việc(?! làm))(?!\w)[\s,]*"
    )


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
    while match := _verbs().match(lowered, position):
        position = match.end()
    return text[position:] if leading or position >= len(text) else text


def ends_in_creator(text: str) -> bool:
    """Whether a wording ends in a verb that brings something about: ``cả nhiệm kỳ kết nạp``."""
    return any(match.end() == len(text.rstrip()) for match in _patterns()[2].finditer(text.lower()))


def creator_before(text: str) -> str:
    """The verb that brings a counted thing about, at the end of the wording before the figure; empty if none."""
    _, _, creators, _ = _patterns()
    found = ""
    for match in creators.finditer(text.lower()):
        if match.group() not in ("phấn đấu", "bảo đảm", "có", "đạt") or not found:
            found = text[match.start() :]
            break
    return clean(found)
