"""Figures written in words: shares and counts, most of them, all of them, none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doichieu.extraction.targets.comparing import comparator_before, comparator_behind, range_start, up_behind_noun
from doichieu.extraction.targets.counted import counted, units
from doichieu.extraction.targets.directions import direction_of
from doichieu.extraction.targets.figures import Quantity
from doichieu.lexicon.comparators import comparing, operators
from doichieu.lexicon.named_words import words_of
from doichieu.model import Operator
from doichieu.numerals import words_to_number
from doichieu.text.sieve import Sieve

_WORD_SHARE = Sieve(
    r"(?<!\w)(?:(?P<half>một nửa)"
    r"|(?P<over>(?:quá|hơn|trên) nửa(?! (?:năm|tháng|ngày|thế kỷ|đêm|giờ|đời)(?!\w))|quá bán)"
    r"|(?P<a>một|hai|ba|bốn) phần (?P<b>hai|ba|tư|bốn|năm)"
    r"|(?P<p>(?:[^\W\d_]+\s){1,4}?)phần trăm)(?!\w)"
)
_MAJORITY = Sieve(r"(?<!\w)(?:đại đa số|đa số|phần lớn)(?!\w)")


#: What says that all of them are meant; no percentage of the text.
WHOLES = ("tất cả", "toàn bộ")

# ---------------------------------------------------------------- shares


def word_shares(text: str) -> Iterator[Quantity]:
    """Shares in words: ``một nửa``, ``hai phần ba``, ``tám mươi phần trăm``.

    >>> [(q.operator, q.value) for q in word_shares("ít nhất hai phần ba số xã")]
    [('>=', 66.67)]
    >>> [(q.operator, q.value) for q in word_shares("quá nửa số trưởng thôn, hơn nửa năm")]
    [('>', 50.0)]
    """
    for match in _WORD_SHARE.finditer(text):
        q = _word_share(text, match)
        if q is not None:
            yield q


def majorities(text: str) -> Iterator[Quantity]:
    """``đa số``, ``phần lớn``."""
    for match in _MAJORITY.finditer(text):
        a, b = match.span()
        yield Quantity(a, b, a, b, "majority", "majority", None, None, "", "", "", "")


def _word_share(text: str, match: re.Match[str]) -> Quantity | None:
    numbers = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5}
    begin = match.start()
    if match.group("half") or match.group("over"):
        value: float | None = 50.0
    elif match.group("a"):
        value = round(100 * numbers[match.group("a")] / numbers[match.group("b")], 2)
        if value >= 100:
            return None
    else:
        words = match.group("p").split()
        value = None
        for skip in range(len(words)):
            parsed = words_to_number(" ".join(words[skip:]))
            if parsed is not None:
                value = float(parsed)
                begin = match.end("p") - len(" ".join(words[skip:])) - 1
                break
        if value is None:
            return None
    start, operator = comparator_before(text, begin)
    end, behind = comparator_behind(text, match.end())
    operator = ">" if match.group("over") else behind or operator
    return Quantity(
        start,
        end,
        begin,
        match.end(),
        "percent",
        operator or "=",
        value,
        None,
        "%",
        direction_of(text[max(0, start - 80) : start]),
        "",
        "",
    )


#: Where a clause begins: with its line, behind a semicolon or a full stop, behind a word of promise.
_OPENS = r"(?:^(?:[-+*•]|\(?[\w.]{1,7}[.)])?\s*|[;:.]\s+|(?:phấn đấu|bảo đảm|đảm bảo|duy trì)\s+)"
#: … and a date before it: "Đến hết năm 2027, không còn …".
_BY = r"(?:(?:đến|trước|trong|từ)(?: hết| cuối)?(?: tháng \d{1,2})?(?: năm)? [\d/]*\d{4},?\s+)?"
_ALL = Sieve(
    rf"(?:{_OPENS}|,\s+)(?:có\s+)?(?P<w>tất cả|toàn bộ)(?=\s\(100%\)\s[^\W\d_]|(?:\s\(100%\))?"
    rf"\s(?:[^;.%\d]|\d{{1,2}}(?= tuổi)){{3,160}}?(?:\(100%\))?"
    r"\s(?:được|bị|đều|phải|có|đạt|sử dụng|tham gia|thực hiện|hoàn thành|thành lập|lắp đặt|trang bị|áp dụng|ban hành"
    r"|công khai|ký cam kết|kết nối|liên thông|ứng dụng|duy trì|chấp hành|cài đặt|niêm yết|bố trí|triển khai"
    r"|tổ chức|đăng ký|xây dựng|bảo đảm|đảm bảo|cam kết|lập|tiếp cận|nộp|cung cấp|chuyển sang|không)\s)"
)
#: "Mọi ổ dịch (100%) đều …", "cứng hóa toàn bộ (100%) các tuyến": the bracket says again what the words say.
_TOLD_TWICE = re.compile(r"(?<!\w)(?P<w>tất cả|toàn bộ|toàn thể|mọi)(?: [^\W\d]+){0,12}? ?\(100%\)")
_NONE = Sieve(
    rf"(?:{_OPENS}{_BY}(?P<w>không (?:còn|có|(?:để )?(?:xảy ra|phát sinh|tái diễn|hình thành|tồn tại|tồn đọng"
    rf"|bùng phát|bỏ sót)(?: mới| thêm)?))"
    r"|,\s+(?P<v>không để (?:xảy ra|phát sinh|tái diễn|hình thành|tồn tại|tồn đọng|bùng phát|bỏ sót)(?: mới| thêm)?))"
    r"\s+(?!quá|trên|dưới|hơn|nhiều|\d|thời hạn|điều kiện|nhu cầu|khả năng|gì|nguồn|thay đổi|ý kiến"
    r"|[^;,.]*?\snào\s[^;,.]*?(?:quá|vượt|trên)\s+[\d,.]+\s*%)(?=[^\W\d])"
)


#: "90% chi bộ hoàn thành tốt nhiệm vụ, không có chi bộ yếu kém": none of those of whom a share was promised.
_NOR = Sieve(r",\s+(?:và\s+)?(?P<w>không (?:còn|có))\s+(?=(?P<noun>[^\W\d_]+\s[^\W\d_]+))(?![^;,.]*\snào\s)")


def _none_of_those(text: str) -> Iterator[tuple[int, int]]:
    """Where none is promised of those named before in the sentence."""
    for match in _NOR.finditer(text):
        begin = max(text.rfind(". ", 0, match.start()), text.rfind(";", 0, match.start()), 0)
        if "%" in text[begin : match.start()] and match.group("noun") in text[begin : match.start()]:
            yield match.span("w")


def wholes(text: str) -> Iterator[Quantity]:
    """All of them: ``tất cả trạm y tế có bác sĩ``, ``toàn bộ hồ sơ được số hóa`` are a whole share.

    >>> [(q.value, q.unit) for q in wholes("tất cả trạm y tế có bác sĩ; nâng cao chất lượng trên tất cả lĩnh vực")]
    [(100.0, '%')]
    >>> [q.value for q in wholes("cứng hóa toàn bộ (100%) các tuyến đường trục xã; mọi tuyến đường")]
    [100.0]
    """
    twice = _TOLD_TWICE.finditer(text) if "(100%)" in text else ()
    for match in sorted((*_ALL.finditer(text), *twice), key=lambda found: found.span("w")):
        a, b = match.span("w")
        yield Quantity(a, b, a, b, "percent", "=", 100.0, None, "%", "", "", "")


def zeros(text: str) -> Iterator[Quantity]:
    """None of them: ``không còn nhà tạm``, ``không để xảy ra cháy rừng``.

    >>> [(q.value, q.unit) for q in zeros("phấn đấu không còn nhà tạm; xã không có ma túy")]
    [(0.0, 'nhà')]
    """
    spans = [m.span("w" if m.group("w") else "v") for m in _NONE.finditer(text)]
    for a, b in (*spans, *_none_of_those(text)):
        known, kinds = units()
        unit = known.match(text, b)
        if unit is None:
            yield Quantity(a, b, a, b, "count", "=", 0.0, None, "", "", "", "")
        elif kinds[unit.group("u")] == "count":
            yield Quantity(a, unit.end(), a, b, "count", "=", 0.0, None, unit.group("u"), "", "", "")


# ---------------------------------------------------------------- counts

_FIRST = r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+"
_NUMERAL = (
    rf"(?:{_FIRST}(?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|tư|trăm|linh|lẻ|nghìn|ngàn)\s+){{0,6}})"
)
#: What brings about what is counted behind it, beside what promises of any kind open with.
_MADE = rf"(?:{words_of('made_in_words')})"
#: A count in words behind a comparator ("ít nhất một cơ sở") or a verb that makes it a number ("thành lập hai đội").
_SPOKEN = Sieve(
    rf"(?<!\w)(?:(?P<cmp>{comparing('>=', '<=')})(?:\s+có)?|{_MADE}(?:\s+(?:mới|thêm|được|từ|cho))*|trong đó(?:\s+có)?)"
    rf"\s+(?P<w>{_NUMERAL})(?:đến\s+(?P<to>{_NUMERAL}))?(?:\(\d+\)\s+)?(?=[^\W\d_])"
)
#: One more of a list, told by what it does: "ít nhất 05 xã đạt chuẩn nâng cao, | ba xã đạt chuẩn kiểu mẫu"; so may a
#: line open: "Ba xã đạt chuẩn nâng cao, một xã đạt chuẩn kiểu mẫu".
_DOING = Sieve(
    rf"(?:[,;]\s+(?:và\s+)?|\A\W*(?:\w{{1,3}}[.)]\s*)?)(?P<w>{_NUMERAL})"
    r"(?=[^\W\d_]+(?:\s[^\W\d_]+){0,2}\s(?:đạt|được công nhận|hoàn thành|về đích)\s"
    rf"|[^\W\d_]+(?:\s[^\W\d_]+){{0,8}}\sđược (?:đưa vào sử dụng|{words_of('made_in_words')})(?!\w))"
)
#: A further one of a list: "thành lập hai đội | và ba tổ".
_MORE = re.compile(rf"(?:,|\svà)\s+(?P<w>{_NUMERAL})(?:\(\d+\)\s+)?(?=[^\W\d_])")
#: How often, at the end of what is done: "Trưng bày lưu động | bốn cuộc", "được khám | hai lần trong năm".
_SO_OFTEN = Sieve(
    rf"(?<=[^\W\d_])\s+(?P<w>(?!một\s+\w)(?!năm\s)(?:{_NUMERAL}))(?=(?:cuộc|đợt|lần|lượt|buổi|kỳ|phiên|khóa|lớp)"
    r"\s*(?:[,;./]|\Z|(?:trong|mỗi|một)\s))"
)
#: What every count in words holds, quick to look for: a numeral, and behind it a word ("năm 2030" counts nothing).
_NUMERAL_AHEAD = re.compile(rf"{_FIRST}(?=[^\W\d_]|\()")
_NOT_SPOKEN = re.compile(rf"(?:trong (?:các|số|những)|{words_of('behind_no_count')})(?!\w)")
_FAR = 70


def counts_in_words(text: str) -> Iterator[Quantity]:
    """Counts that are written in words: ``ít nhất một cơ sở y tế``, ``thành lập hai đội và ba tổ``.

    >>> found = counts_in_words("có ít nhất một cơ sở y tế, thành lập hai đội và ba tổ")
    >>> [(q.operator, q.value, q.unit) for q in found]
    [('>=', 1.0, 'cơ sở'), ('=', 2.0, 'đội'), ('=', 3.0, 'tổ')]
    """
    if not _NUMERAL_AHEAD.search(text):
        return
    for match in _DOING.finditer(text):
        if not _known(text, match.end()):
            continue
        if (found := _spoken(text, match, "", listed=_listed_before(text, match))) is not None:
            yield found
    made = list(_SPOKEN.finditer(text))
    told = {match.start("w") for match in made}
    for match in _SO_OFTEN.finditer(text):
        if match.start("w") not in told and (found := _spoken(text, match, "")) is not None:
            yield found
    for match in made:
        compared = match.group("cmp")
        found = _spoken(text, match, compared or "")
        while found is not None:
            yield found
            more = _MORE.search(text, found.end, found.end + _FAR)
            if more is None or any(mark in text[found.end : more.start()] for mark in ",;.:%"):
                break
            found = _spoken(text, more, "")


def _listed_before(text: str, match: re.Match[str]) -> bool:
    """Whether others of the same kind are counted before: ``ba xã đạt chuẩn nâng cao, | một xã đạt kiểu mẫu``."""
    noun = re.match(r"[^\W\d_]+", text[match.end() :])
    return noun is not None and re.search(rf"(?:\d|{_FIRST})\s*{noun.group()}\s", text[: match.start()]) is not None


def _known(text: str, position: int) -> bool:
    """Whether a noun that is known to be counted stands behind a numeral."""
    pattern, kinds = units()
    found = pattern.match(text, position - 1)
    return found is not None and kinds[found.group("u")] == "count"


#: "mỗi chi hội duy trì | một tuyến đường", "thành lập mới | một trạm": one by its number, not "một hệ thống đồng bộ".
_ONE_EACH = re.compile(r"(?<!\w)(?:(?:mỗi|từng)\s[^;.%]{2,80}|(?:cứ|bình quân|trung bình)\s\d[^;.,%]{2,60}\scó\s+)\Z")
_ONE_MORE = re.compile(r"(?<!\w)(?:(?:thành lập|xây|xây dựng|lắp đặt|mở|kết nạp) (?:mới|thêm)|khởi công|xây mới)\s+\Z")


def _one_or_year(text: str, start: int, end: int, word: str) -> bool:
    """Whether ``một`` or ``năm`` is no number here: an article, a year."""
    if word == "năm":
        return not _known(text, end)
    before = text[max(0, start - 100) : start]
    return not (_ONE_EACH.search(before) or (_ONE_MORE.search(before) and _known(text, end)))


def _spoken(text: str, match: re.Match[str], compared: str, *, listed: bool = False) -> Quantity | None:
    word = match.group("w").strip()
    value = words_to_number(word)
    if value is None or _NOT_SPOKEN.match(text, match.end()):
        return None
    if (
        not (compared or (listed and word == "một"))
        and word in ("một", "năm")
        and _one_or_year(text, match.start("w"), match.end(), word)
    ):
        return None
    last = match.groupdict().get("to")
    most = words_to_number(last.strip()) if last else None
    if last and (most is None or most <= value):
        return None
    kind, unit, end = counted(text, match.end() - 1, float(value))
    if kind != "count":
        return None
    begin = match.start() if compared else range_start(text, match.start("w"))
    figure_end = match.start("w") + len(word)
    operator = operators()[compared] if compared else "="
    if most is not None:
        highest = float(most)
        figure_end = match.end("to") - 1
        return Quantity(
            begin, end, match.start("w"), figure_end, "count", "between", float(value), highest, unit, "", "", ""
        )
    if not compared and (up := _up_behind(text, match.end() - 1, end)) is not None:
        end, operator = up
    return Quantity(begin, end, match.start("w"), figure_end, "count", operator, float(value), None, unit, "", "", "")


def _up_behind(text: str, noun: int, end: int) -> tuple[int, Operator] | None:
    """The comparator behind what is counted in words: ``hai hội viên | trở lên``."""
    stop, operator = comparator_behind(text, end)
    if operator:
        return stop, operator
    up = up_behind_noun(text, noun)
    return None if up is None else (end, operators("after")[up.group("up")])
