"""The population that a measured wording names apart: ``tỷ lệ nữ X``, ``tỷ trọng X trong tổng số Y``, ``sản lượng X``.

Each way of naming it is one rule over the core of the wording; :data:`NAMED_APART` holds them in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from doichieu.extraction.targets.parts import strip_verbs
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.lexicon.families import LEVEL
from doichieu.lexicon.named_words import words_of

#: A measure with nobody that it is a measure of: "diện tích tái canh", "công suất xử lý", "năng suất bình quân".
MEASURE_ALONE = re.compile(
    r"(?:tổng )?(?:diện tích|sản lượng|năng suất|công suất|khối lượng|giá trị|doanh thu|kim ngạch"
    r"|chiều dài|số lượng|mức(?: chi tiêu| sống)?|chi tiêu|thu nhập|thời gian lưu trú|tỷ lệ|mật độ"
    r"|trữ lượng|tần suất|quy mô)(?: (?:"
    rf"{words_of('beside_a_measure')}"
    r"|được \w+(?: \w+){0,6}))*"
)
_A_DEED = rf"(?:(?:{words_of('deeds_measured_alone')})(?!\w)(?: (?:{words_of('manner_of_a_deed')}))*)"
#: A deed with nothing that it is done to: "trả lời đúng hạn", "lấp đầy", "bán, cho thuê".
_DEED_ALONE = re.compile(rf"(?:công suất |hiệu suất )?{_A_DEED}(?:(?:, | và |, và ){_A_DEED})*", re.IGNORECASE)


def deed_alone(wording: str) -> bool:
    """Whether what is measured is a deed that names neither who does it nor what it is done to.

    >>> deed_alone("trả lời đúng hạn"), deed_alone("công suất khai thác"), deed_alone("sử dụng nước sạch")
    (True, True, False)
    """
    return _DEED_ALONE.fullmatch(wording) is not None


FOR = re.compile(r".+?\scho\s(?P<whom>.+)", re.IGNORECASE)


class Core(NamedTuple):
    """What a word of measure is a measure of, and whether that word is one of share."""

    text: str
    share: bool
    unit: str


# ---------------------------------------------------------------- the population named apart

_IN_ALL = re.compile(r".+\s(?:trong (?:tổng số |toàn bộ |cơ cấu |(?=tổng mức )))(?P<whole>.+)", re.IGNORECASE)
_IN = re.compile(r".+?\strong\s(?P<whole>.+)", re.IGNORECASE)
_NO_WHOLE = re.compile(
    rf"(?:gr?dp|tổng(?! mức)|{words_of('no_whole')})(?!\w)",
    re.IGNORECASE,
)
_WOMEN = re.compile(r"nữ (?!giới)(?:là |làm |tham gia )?(?:trong (?:số )?)?(?=\w)", re.IGNORECASE)
_OF = re.compile(r".+?\scủa\s(?P<whole>.+)", re.IGNORECASE)
_DOES = re.compile(
    rf"(?:{words_of('deed_of_people')}|số (?:giờ|ngày|năm|lần)|{words_of('measured_on_people')})(?!\w)",
    re.IGNORECASE,
)
_SAID = re.compile(r"\s(?:đã được|được|đều|phải)\s")
_INTO = re.compile(r"\s(?:vào|cho|đối với|trong)\s.*\Z", re.IGNORECASE)
#: What people think of: "mức độ hài lòng của người dân | về thủ tục hành chính".
_THOUGHT = re.compile(r"(?:chỉ số |mức độ )?(?:hài lòng|nhận thức|hiểu biết|tin tưởng|quan tâm)(?!\w)", re.IGNORECASE)
_ABOUT = re.compile(r"\s(?:đối với|với|về|trong|khi)\s.*\Z", re.IGNORECASE)
#: Where the people are: "thu nhập của người lao động | trong khu công nghiệp".
_WHERE_AMONG = re.compile(
    rf"\strong\s(?:các |những )?(?:{words_of('people_stand_in')})(?!\w)[^,;]*\Z",
    re.IGNORECASE,
)
_PLACE_ALONE = re.compile(rf"(?:toàn |cả )?(?:{LEVEL}|ngành|nước|vùng)", re.IGNORECASE)
_SOME_PLACE = re.compile(rf"(?:các |những )?(?:khu vực|vùng|địa bàn|miền|{LEVEL})(?!\w)", re.IGNORECASE)
_POSTS = re.compile(
    r".+\s(?:giữ|đảm nhiệm|đảm nhận)\s(?:các\s)?(?P<whole>(?:chức danh|chức vụ|vị trí|cương vị)\s.+)", re.IGNORECASE
)
_DONE = re.compile(
    r"^(?:(?:số hóa|thu gom|xử lý|(?:khai thác, )?sử dụng lại|"
    rf"{words_of('done_to_things')}"
    r")(?:,| và| hoặc)?\s+)+",
    re.IGNORECASE,
)
_BIRTHS = re.compile(r"(?:tổng )?(?:tỷ suất sinh|mức sinh)(?: bình quân| chung| thay thế)?", re.IGNORECASE)
_SEXES = re.compile(r"(?:tỷ số|tỉ số) giới tính", re.IGNORECASE)
_PER = re.compile(r"(?P<one>[^\W\d][^/\d]*)/\s*(?:[\d.]+\s)?(?P<other>[^\W\d][^/]*)\Z")


#: What befalls people; whom it befalls stands behind it, or goes without saying.
BEFALLS = re.compile(
    rf"(?:sinh con thứ \w+|{words_of('befalls')}|(?:thể )?(?:thấp còi|nhẹ cân|gầy còm))(?!\w)", re.IGNORECASE
)
_BEARERS = {
    "thất nghiệp": "lao động",
    "thiếu việc làm": "lao động",
    "thời gian lưu trú": "khách",
    "phụ thuộc chung": "dân số",
    "tuổi thọ": "người dân",
    "số năm sống": "người dân",
}
_LIFE_OF_THING = re.compile(
    r"tuổi thọ (?:các )?(?:công trình|thiết bị|máy|xe|pin|ắc quy|mặt đường|cầu|cây|vườn|sản phẩm|đèn|mái"
    r"|phương tiện)(?!\w)",
    re.IGNORECASE,
)
_AT_WHOM = re.compile(
    r"(?:^|\s)(?:ở|của|cho|trong|tại|đối với)\s+(?P<who>(?:số |các |những )*(?P<head>\w.*))", re.IGNORECASE
)
_USED = re.compile(
    r"(?:công suất|hiệu suất|hiệu quả|hệ số|tần suất|mật độ|tốc độ)(?: bình quân)?\s+(?:"
    rf"{words_of('used_by_measure')}"
    r"|(?=buồng|phòng|giường))(?: bình quân| trung bình)?\s*(?:của\s+)?(?P<thing>(?!của|bình quân)\w.*)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?:tổng )?(?:(?:giá trị )?kim ngạch (?:xuất khẩu|nhập khẩu)|(?:giá trị )?xuất khẩu"
    r"|diện tích(?: (?:gieo trồng|trồng mới|trồng|canh tác|sản xuất|nuôi|chuyên canh))?|sản lượng(?: khai thác"
    r"| nuôi trồng"
    r"| chế biến| thu hoạch)?|năng suất(?: bình quân| trung bình)?|công suất(?: thiết kế)?\s+(?:các|những)"
    r"|nồng độ|hàm lượng"
    r"|(?:tốc độ|mức) tăng(?: trưởng)?(?: (?:số|số lượng))?(?!\s+(?:g?r?dp|kinh tế|bình quân|trưởng"
    r"|năng suất)))\s+"
    r"(?P<thing>(?!lao động|(?:các )?nhân tố|hàng hóa|hàng hoá|bình quân|trung bình|từ|của|và|toàn|cả|sang|vào|trong"
    r"|trên)\w.*)",
    re.IGNORECASE,
)


def befalls(core: Core) -> str:
    """``tỷ lệ suy dinh dưỡng thể thấp còi ở trẻ em dưới 5 tuổi``, ``tỷ lệ tử vong mẹ``: whom it befalls."""
    found = BEFALLS.match(core.text)
    if found is None:
        return ""
    rest = core.text[found.end() :].strip()
    if PERSON.match(rest.lower()):
        return rest
    for at in _AT_WHOM.finditer(rest):
        if PERSON.match(at.group("who").lower()):
            return _ABOUT.sub("", at.group("who")) if _THOUGHT.match(core.text) else at.group("who")
    bearer = _BEARERS.get(found.group().lower(), "")
    if not bearer:
        return ""
    if rest.lower().startswith(f"của lực lượng {bearer}"):
        return rest[len("của ") :]  # "tỷ lệ thất nghiệp của lực lượng lao động trong độ tuổi"
    return f"{bearer} {'ở ' if rest.lower().startswith(('khu vực', 'vùng', 'thành thị', 'nông')) else ''}{rest}".strip()


_AMONG_PEOPLE = re.compile(rf".+?\sở\s(?P<who>{PERSON.pattern}.*)", re.IGNORECASE)
_COVERED = re.compile(r"(?:độ )?che phủ\s+(?P<thing>(?:rừng|cây|thảm)(?!\w).*)", re.IGNORECASE)


def among_people(core: Core) -> str:
    """``tỷ lệ ức chế tải lượng vi rút ở người dùng thuốc``: the people in whom it is so."""
    found = _AMONG_PEOPLE.fullmatch(core.text) if core.share and not PERSON.match(core.text.lower()) else None
    return found.group("who") if found else ""


def covered(core: Core) -> str:
    """``tỷ lệ che phủ rừng``, ``độ che phủ cây xanh``: what covers."""
    found = _COVERED.fullmatch(core.text)
    return found.group("thing") if found else ""


_LOST = re.compile(
    r"(?:tổn thất|thất thoát|hao hụt)\s+(?:sau|trong|trước)\s+(?:thu hoạch|khai thác|đánh bắt|giết mổ|chế biến"
    r"|bảo quản|vận chuyển)\s+(?:(?:đối với|của|ở)\s+)?(?P<thing>\w.+)",
    re.I,
)
_MADE = re.compile(
    r"(?:cơ giới|tự động|điện tử|tin học|điện khí|hiện đại|đồng bộ)\s+hóa\s+(?:(?:khâu"
    r"|các khâu)\s+)?(?P<thing>\w+\s\w.*)",
    re.I,
)


def lost_of(core: Core) -> str:
    """``tổn thất sau thu hoạch lúa``, ``cơ giới hóa sản xuất lúa``: what is lost, or done by machines."""
    found = _LOST.fullmatch(core.text) or _MADE.fullmatch(core.text)
    if found is None or predicate_start(found.group("thing").lower()) is not None:
        return ""
    return found.group("thing")


_INCOME = re.compile(
    rf"(?:mức )?(?:thu nhập|chi tiêu|mức sống)(?: bình quân)? (?:của )?(?P<who>{PERSON.pattern}.*)", re.IGNORECASE
)


def income_of(core: Core) -> str:
    """``thu nhập hộ nông thôn``: whose it is."""
    found = _INCOME.fullmatch(core.text)
    return found.group("who") if found else ""


_OF_EACH = re.compile(
    r"(?:"
    rf"{words_of('measure_of_each')}"
    r"|số \w+)(?: [^\W\d_]+){0,3}?(?: bình quân| trung bình) (?:của |trên )?(?:một|mỗi|1"
    r"|0?1) (?P<who>(?!năm|tháng|ngày|ha|người)\w.+)",
    re.IGNORECASE,
)


def of_each(core: Core) -> str:
    """``doanh thu bình quân của một hợp tác xã``: each of whom it is."""
    found = _OF_EACH.fullmatch(core.text)
    return "" if found is None or predicate_start(found.group("who").lower()) is not None else found.group("who")


_PER_AREA = re.compile(
    r"(?:mức )?(?:thu nhập|giá trị(?: [^\W\d_]+){0,5}?|lợi nhuận|doanh thu|năng suất)(?: bình quân)?"
    r"\s(?:trên|của|/)\s?(?:một |1 |mỗi |0?1 )?(?:đơn vị diện tích|ha|héc-ta|đơn vị)\s(?:diện tích\s)?"
    r"(?P<thing>(?!của|bình quân)\w.*)",
    re.IGNORECASE,
)


def of_an_area(core: Core) -> str:
    """``thu nhập trên một đơn vị diện tích rừng trồng``: what grows there."""
    found = _PER_AREA.fullmatch(core.text)
    return found.group("thing") if found else ""


_GROWS = re.compile(
    r"(?:tốc độ|mức)(?: tăng(?: trưởng)?| phát triển)(?: bình quân| trung bình)?(?: (?:hằng|hàng|mỗi) năm)? của\s+"
    r"(?P<thing>\w.+)",
    re.IGNORECASE,
)


def grows(core: Core) -> str:
    """``tốc độ tăng trưởng bình quân của kinh tế tư nhân``: what grows."""
    found = _GROWS.fullmatch(core.text)
    return "" if found is None or _PLACE_ALONE.match(found.group("thing")) else found.group("thing")


_HERD = r"(?:tổng )?(?:đàn |số )?(?:gia súc|gia cầm|trâu|bò|lợn|heo|dê|chó|mèo|gà|vịt|thủy cầm|vật nuôi|ong|tằm)(?!\w)"
_TREATED = re.compile(
    rf"(?:tiêm(?: phòng)?|phòng|phun|tiêu độc|khử trùng|kiểm dịch|sử dụng|áp dụng)(?!\w)[^;]*?\s(?:cho|trên|ở)\s"
    rf"(?P<herd>{_HERD}.*)",
    re.IGNORECASE,
)


def treated(core: Core) -> str:
    """``tỷ lệ tiêm vắc xin dại cho đàn chó, mèo``: the animals that are treated."""
    found = _TREATED.fullmatch(core.text)
    return found.group("herd") if found else ""


_BODY_DEED = re.compile(
    r"(?:"
    rf"{words_of('bodies_of_justice')}"
    r")(?: [^\W\d_]+){0,3}?\s(?:(?:"
    rf"{words_of('deeds_of_justice')}"
    r")(?:,? (?:và )?)?\s*)+\s(?P<thing>\w.{2,})",
    re.IGNORECASE,
)


def done_by_body(core: Core) -> str:
    """``Tòa án giải quyết, xét xử án hình sự đạt 95%``: what the body deals with."""
    found = _BODY_DEED.fullmatch(core.text)
    return found.group("thing") if found else ""


def of_people(core: Core) -> str:
    """``tuổi thọ trung bình``, ``số năm sống khỏe``: they are the people's."""
    bearer = next((who for what, who in _BEARERS.items() if core.text.lower().startswith(what)), "")
    if bearer and _LIFE_OF_THING.match(core.text):
        return ""  # "kéo dài tuổi thọ công trình"
    return bearer if not re.search(r"\s(?:của|cho|ở)\s", core.text) else ""


def used(core: Core) -> str:
    """``công suất sử dụng buồng, phòng``: what is used."""
    found = _USED.fullmatch(core.text)
    return found.group("thing") if found else ""


_AVERAGE_END = re.compile(r"(?:\s+(?:trung bình|bình quân)(?: năm| ngày)?)+\Z")


def amount_of(core: Core) -> str:
    """``kim ngạch xuất khẩu cà phê``, ``sản lượng cá tra``: the thing, not its amount."""
    alone = core.share or MEASURE_ALONE.fullmatch(core.text.lower()) is not None
    found = None if alone else _AMOUNT.fullmatch(core.text)
    return _AVERAGE_END.sub("", found.group("thing")) if found else ""


#: What people are brought into: "tập hợp thanh niên | vào tổ chức Đoàn".
_INTO_BODY = re.compile(
    r"(?<=\w)\svào (?:các )?(?:tổ chức|hội|đoàn|câu lạc bộ|hợp tác xã|mặt trận)(?!\w).*\Z", re.IGNORECASE
)
_OWN_DEED = re.compile(rf"(?:{words_of('own_deed')})(?!\w)", re.IGNORECASE)


_HOW_DONE = re.compile(r"^(?:trực tiếp|gián tiếp|trực tuyến|toàn trình)\s+(?=\w+\s\w)", re.IGNORECASE)


def deed_upon(core: Core) -> str:
    """``tỷ lệ điều tra, khám phá tội phạm``, ``tỷ lệ thu gom chất thải rắn``: what the deed is done to."""
    if core.share and core.text[:1].isupper() and core.text[1:2].islower():
        return ""  # "Tỷ lệ Thống kê tỉnh, thành phố có …": a name
    thing = strip_verbs(core.text, leading=True) if core.share or core.unit == "%" else core.text
    thing = _HOW_DONE.sub("", thing) if thing != core.text else thing  # "chôn lấp trực tiếp chất thải rắn"
    if _OWN_DEED.match(core.text):
        return ""  # "tỷ lệ hoàn thành cấp trung học cơ sở": of those who do it
    if thing == core.text or FOR.fullmatch(core.text) or len(thing.split()) < 2 or re.match(r"(?:và|hoặc)\s", thing):
        return ""
    return "" if predicate_start(thing.lower(), from_start=True) == 0 else _INTO_BODY.sub("", thing)


_AMOUNT_HEAD = re.compile(
    r"(?:doanh thu|doanh số|giá trị|kim ngạch|chi phí|chi(?= cho| đầu tư| thường)|vốn|nguồn vốn|thu(?= từ| ngân sách)"
    r"|dư nợ"
    r"|sản lượng|diện tích|khối lượng|điện năng|công suất)(?!\w)",
    re.IGNORECASE,
)


def in_all(core: Core) -> str:
    """``tỷ trọng thương mại điện tử trong tổng mức bán lẻ``: the whole is the population; of an amount in another
    amount (``tỷ trọng doanh thu bán hàng qua mạng trong …``) the first."""
    found = _IN_ALL.fullmatch(core.text) if core.share and not _AMOUNT_HEAD.match(core.text) else None
    return found.group("whole") if found else ""


def women_among(core: Core) -> str:
    """``tỷ lệ nữ đại biểu hội đồng``, ``tỷ lệ nữ trong ban chấp hành``: the body is the population."""
    women = _WOMEN.match(core.text) if core.share else None
    rest = core.text[women.end() :] if women else ""
    return "" if predicate_start(rest.lower(), from_start=True) == 0 else rest


def part_in(core: Core) -> str:
    """``tỷ trọng kinh tế số trong từng ngành``: a share within something; no place, no field."""
    if PERSON.match(core.text.lower()):
        return ""
    found = _IN.fullmatch(core.text) if core.share and predicate_start(core.text.lower()) is None else None
    whole = found.group("whole") if found is not None else ""
    deed = strip_verbs(whole, leading=True) != whole  # "… trong thực hiện cấp phép": in doing what
    return "" if deed or _NO_WHOLE.match(whole) or _AMOUNT_HEAD.match(core.text) else whole


def done_by(core: Core) -> str:
    """``tỷ lệ sử dụng dịch vụ công của người dân``, ``đóng góp của X vào Y``: who does it is the population."""
    phrase = _SAID.split(core.text, maxsplit=1)[0]  # "… được hoàn thành và đưa vào sử dụng" says what is so
    found = _OF.fullmatch(core.text if _DOES.match(core.text) else phrase)
    if found is None or not (_DOES.match(core.text) or _INTO.search(phrase)):
        return ""
    whole = found.group("whole")
    if "%" not in core.unit and _SOME_PLACE.match(whole):
        return ""  # "công suất điện gió của khu vực ven biển đạt 300 MW"
    if _PLACE_ALONE.fullmatch(whole) or whole.lower() in ("mình", "họ", "nó"):
        return ""  # "thu nhập đầu người của huyện", "biết tình trạng của mình"
    if _THOUGHT.match(core.text):
        return _ABOUT.sub("", whole)
    where = _WHERE_AMONG.search(whole) if PERSON.match(whole.lower()) else None
    return whole if where is not None else _INTO.sub("", whole)


def done_to(core: Core) -> str:
    """``tỷ lệ khai thác, sử dụng lại dữ liệu``, ``tỷ lệ thu gom chất thải``: what it is done to is the population."""
    done = _DONE.match(core.text) if core.share else None
    thing = core.text[done.end() :] if done else ""
    return thing if len(thing.split()) >= 2 else ""


def posts_held(core: Core) -> str:
    """``tỷ lệ cán bộ trẻ được bổ nhiệm giữ chức danh lãnh đạo``: the posts are the population."""
    found = _POSTS.fullmatch(core.text)
    return found.group("whole") if found else ""


def who_is_born(core: Core) -> str:
    """``tổng tỷ suất sinh … con/phụ nữ``, ``tỷ số giới tính … bé trai/100 bé gái``: the unit names the population."""
    per = _PER.match(core.unit)
    if per is None:
        return ""
    if _BIRTHS.fullmatch(core.text):
        return per.group("other").strip()
    if _SEXES.match(core.text):
        one, other = per.group("one").split(), per.group("other").split()
        common = [a for a, b in zip(one, other, strict=False) if a == b]
        return " ".join(common) if len(common) > 1 else f"{' '.join(one)}, {' '.join(other)}"
    return ""


NAMED_APART: tuple[Callable[[Core], str], ...] = (
    posts_held,
    in_all,
    women_among,
    grows,
    treated,
    befalls,
    among_people,
    covered,
    of_an_area,
    of_each,
    income_of,
    lost_of,
    done_by_body,
    part_in,
    used,
    amount_of,
    done_by,
    of_people,
    who_is_born,
)
