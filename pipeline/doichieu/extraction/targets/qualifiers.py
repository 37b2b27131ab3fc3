"""Figures that say which, where or of how many parts, and promise nothing by themselves."""

from __future__ import annotations

import re

from doichieu.extraction.targets.cases import Case
from doichieu.extraction.targets.parts import creator_before, ends_in_creator, strip_modal, strip_reach
from doichieu.extraction.targets.places import KIND_OF_PLACE
from doichieu.extraction.targets.promises import opens_with_act
from doichieu.lexicon.families import EVERY, LEVEL
from doichieu.lexicon.named_words import words_of
from doichieu.text.sieve import Sieve

_ON = re.compile(r"(?:dựa|thực hiện|tiến hành|tập trung|triển khai|áp dụng|tác động)[^;.,]{0,40}\s\Z")
_ON_WHAT = re.compile(r"[^;.]{0,40}[:(]")
_AMONG = {
    "count": re.compile(r"(?<!\w)(?:trên địa bàn|trong phạm vi|địa phận|thuộc|giữa|đi qua)\s+\Z"),
    "majority": re.compile(r"(?<!\w)(?:của|cho|với|trong|bởi|bằng|như|với sự)\s+\Z"),
}
_NAME_WITH = Sieve(
    r"(?<!\w)(?:chương trình|đề án|dự án|chiến dịch|phong trào|cuộc vận động|gói)\s+(?:mục tiêu\s+)?(?:"
    rf"{words_of('deeds_in_names')}"
    r")(?:\s+(?:ít nhất|mới|thêm))?\s+\Z"
)
_JOINS = (",", ";", ":", ".", "(", " và", " hoặc", " hay", "trong đó", "số đó", "số này", " gồm")
#: What has parts by its design: "mô hình bảo vệ 04 lớp", "kiến trúc 3 tầng".
_DESIGN = re.compile(r"(?<!\w)(?:mô hình|kiến trúc|cơ chế|nguyên tắc|phương châm|quy trình)\s+(?:[^\W\d_]+\s+){0,2}\Z")
_OF_MEANS = re.compile(r"(?<!\w)có (?:tổng )?(?:doanh thu|thu nhập|giá trị|vốn|mức đầu tư|quy mô)(?!\w)[^;,.]*\Z")
_SIZE_WORD = re.compile(r"(?:từ|trên|dưới)\s")
_THEN_DOES = re.compile(rf"(?!\s*(?:/|so |trên |trong |vào |{EVERY} |tham gia bảo hiểm))\s+[^\W\d_]+\s+[^\W\d_]+")
_WHOLE_OF = re.compile(r"(?<!\w)(?:số|tổng|tỷ lệ|tỉ lệ|quy mô|diện tích|sản lượng|giá trị|doanh thu|mỗi|từng)(?!\w)")
_OF_SIZE = re.compile(r"(?<!\w)(?:có|sử dụng|quản lý) (?:quy mô )?(?:từ |trên |dưới )\Z")
_UP_THEN = re.compile(r"[^,;.]{0,40}?(?:trở lên|trở xuống)\s(?:được|phải|thực hiện|áp dụng|tham gia)(?!\w)")
_MADE_OF = Sieve(r"(?<!\w)(?:bao gồm|gồm)(?: có)?\s+\Z")
_LIST_FOLLOWS = re.compile(r"[^;.:]{0,60}:\s*\Z")


#: "Mỗi phường | trên 30.000 dân | có 01 trạm": each of such a size.
_EACH_PLACE = re.compile(
    rf"{EVERY} (?:{KIND_OF_PLACE}|khu|đô thị|cơ sở|doanh nghiệp|trường|chợ|cụm"
    r"|đơn vị|hợp tác xã|bệnh viện)(?!\w)[^;.:,%\d]{0,40}"
)
_THEN_HAS = re.compile(r"\s(?:trở lên\s)?(?:có|được|bố trí|thành lập|xây dựng|phải|tổ chức|duy trì)(?!\w)")


def among(c: Case) -> bool:
    """``trên địa bàn từ 02 tỉnh trở lên``, ``của đại đa số người dân``: where or whose, not how much."""
    quantity = c.group.figure
    if quantity.kind not in ("count", "majority"):
        return False
    return _AMONG[quantity.kind].search(c.lowered[: quantity.start]) is not None


def upon(c: Case) -> bool:
    """``thực hiện trên 4 ngành: a, b, c, d``: ``trên`` says where."""
    quantity = c.group.figure
    if not c.lowered.startswith("trên", quantity.start):
        return False
    return _ON.search(c.lowered[: quantity.start]) is not None and _ON_WHAT.match(c.lowered, quantity.end) is not None


def named(c: Case) -> bool:
    """``Chương trình phát triển 1.000 doanh nghiệp``: a figure in the name of what is carried out."""
    before = c.lowered[: c.group.anchor]
    of_parts = c.group.figure.kind == "count" and _DESIGN.search(before[-60:])
    return _NAME_WITH.search(before) is not None or bool(of_parts)


_TOLD_APART = re.compile(r"\s(?:có nguy cơ|bị|đang|chưa|không còn|thuộc|dọc|ven|xung quanh)(?!\w)")
_SEVERAL = re.compile(rf"(?<!\w)(?:các|những|{EVERY}|đối với|trong|tại|ở)(?!\w)")


def of_some_size(c: Case) -> bool:
    """``tòa nhà từ 7 tầng trở lên lắp đặt``, ``đối với cơ sở trên 50 giường``: which of them, by a count."""
    quantity = c.group.figure
    if quantity.operator not in (">=", ">", "<", "<="):
        return False
    if quantity.kind == "money":
        return (
            _OF_MEANS.search(c.lowered[: quantity.start]) is not None
            and _THEN_DOES.match(c.lowered, quantity.end) is not None
        )
    if quantity.kind != "count":
        return False
    opened = _SIZE_WORD.match(c.lowered, quantity.start)
    noun = c.lowered[: quantity.start].rstrip()
    if opened and _THEN_HAS.match(c.lowered, quantity.end) and _EACH_PLACE.fullmatch(strip_modal(c.left).strip(" ,")):
        return True
    if opened is None or _THEN_DOES.match(c.lowered, quantity.end) is None or not noun or noun.endswith(_JOINS):
        return False
    if c.setting.goal and _TOLD_APART.match(c.lowered, quantity.end) and _SEVERAL.search(c.left) is None:
        return False  # "thay cáp trên 250 thang có nguy cơ rơi": so many are worked on
    made = creator_before(c.left)
    if made and (c.setting.goal or ends_in_creator(c.left)):
        return False
    return strip_reach(noun) == noun and _WHOLE_OF.search(c.left) is None


def size_of_class(c: Case) -> bool:
    """``90% cơ sở sử dụng từ 50 lao động trở lên được kiểm tra``: how big they are, before what is done to them."""
    quantity = c.group.figure
    if quantity.kind != "count" or c.previous is None:
        return False
    of_size = _OF_SIZE.search(c.lowered[: quantity.figure_start]) is not None
    return of_size and _UP_THEN.match(c.lowered, quantity.figure_end) is not None


_OPENERS = (
    r"(?:được|có|phải|thành lập|lắp|lắp đặt|trang bị|chiếm|đạt|bố trí|tổ chức|xây dựng|thực hiện|duy trì|áp dụng|ký"
    r"|ký kết|tham gia|hoàn thành|sử dụng|hình thành|mở|trồng|đăng ký|phân loại|đóng góp|thông báo|khai báo|kê khai|nộp"
    r"|cam kết|niêm yết|kết nối|báo cáo)(?!\w)"
)
_THEN_OPENS = re.compile(rf"[^,;.:%\d]{{0,90}}?(?:trở lên|trở xuống)\s{_OPENERS}")
_THEN_MEASURES = re.compile(
    r"[^,;.:%\d]{0,90}?(?:trở lên|trở xuống)\s(?:thành lập|hình thành|mở|trồng|đăng ký"
    r"|lắp|lắp đặt|trang bị|bố trí|tổ chức|chiếm|có|phải có)(?!\w)"
    r"[^,;.:%\d]{0,60}\d"
)
_BEARS = re.compile(
    r"(?P<noun>[^,;.:()\d%]*?)(?P<has>\s(?:có|sử dụng|quản lý))?(?:\s(?:"
    rf"{words_of('sizes_borne')}"
    r"))?\s(?:từ|trên|dưới)\s+\Z"
)
_ONE_PLACE = re.compile(rf"(?:.*\s)?(?:toàn |cả )?(?:{LEVEL}|nước|vùng|ngành)")
_STRIVEN = re.compile(
    r"(?<!\w)(?:phấn đấu|bảo đảm|đảm bảo|mục tiêu|nâng|tăng|giảm|đưa|duy trì|hình thành|tỷ lệ|tổng|đạt)(?!\w)"
)


def which_ones(c: Case) -> bool:
    """``Các ấp có từ 30% hộ dân tộc trở lên thành lập ít nhất 01 tổ``, ``bệnh viện từ 150 giường trở lên có …``: a size
    that says which of them do what follows."""
    quantity = c.group.figure
    upper = quantity.operator in (">=", "<=", ">", "<") and quantity.kind in (
        "count",
        "percent",
        "index",
        "measure",
        "rate",
    )
    if not upper:
        return False
    if _THEN_OPENS.match(c.lowered, quantity.figure_end) is None:
        return False
    before = c.lowered[: quantity.figure_start]
    bears = _BEARS.search(before) if before.rstrip().endswith(("từ", "trên", "dưới")) else None
    noun = bears.group("noun").strip() if bears is not None else ""
    if bears is None or not noun or noun.endswith(" và") or _STRIVEN.search(noun) or creator_before(noun):
        return False
    if quantity.kind == "percent" and not bears.group("has"):
        return False  # "100% báo cáo viên và từ 90% tuyên truyền viên trở lên được bồi dưỡng": two shares
    if c.previous is not None and c.previous.figure.kind == "percent":
        between = c.lowered[c.previous.stop : quantity.start]
        if between.strip() and not re.search(r"[,;.:]", between):
            return True  # "100% doanh nghiệp có từ 25 lao động trở lên thành lập tổ chức công đoàn"
    one = _ONE_PLACE.fullmatch(noun) is not None and not noun.startswith(("các ", "những "))
    return not one and _THEN_MEASURES.match(c.lowered, quantity.figure_end) is not None


#: "… tại các ấp có | từ 30% hộ Khmer", "cho các xã có tỷ lệ hộ nghèo | trên 10%": a deed, then whom it is done to.
_DONE_WHERE = Sieve(
    r"(?P<deed>[^;.:,%\d]{6,120}?)\s(?:tại|ở|cho|đối với|trên địa bàn|với)\s+(?:các |những |từng )?"
    r"[^;.:,%\d]{2,60}?\scó\s"
    r"(?:(?:tỷ lệ|tỉ lệ|diện tích|quy mô|số|mật độ|chiều dài|công suất)\s[^;.:,%\d]{0,60}?)?(?:từ|trên|dưới)\s+\Z"
)
#: "hình thành các khu nuôi có diện tích | từ 10 ha trở lên": which of several, by their size.
_SOME_OF_SIZE = re.compile(
    r"(?<!\w)(?:các|những)\s[^;.:,%\d]{2,50}?\scó\s(?:diện tích|quy mô|công suất|chiều dài|dân số|mật độ)"
    r"\s(?:[^;.:,%\d]{2,30}\s)?(?:từ|trên|dưới)\s+\Z"
)
#: "Đối với doanh nghiệp có | từ 50 lao động trở lên: phấn đấu …": whom a line is about.
_LABELS = re.compile(
    r"\W*(?:\w{1,3}[.)]\s*)?(?:đối với|riêng|tại|ở|với)\s[^;.:%\d]{2,120}\s(?:có\s(?:[^;.:,%\d]{2,40}\s)?)?"
    r"(?:từ|trên|dưới)\s+\Z"
)
#: The same without a word before them, where a measure follows the colon: "Chợ có | từ 200 hộ trở lên: 90% …".
_SIZED_ONES = re.compile(
    r"\W*(?:\w{1,3}[.)]\s*)?(?P<who>[^;.:,%\d]{2,80})\s(?:có|trồng|nuôi|sở hữu|quản lý|sử dụng|khai thác|thuê)\s"
    r"(?:[^;.:,%\d]{2,40}\s)?(?:từ|trên|dưới)\s+\Z"
)
_THEN_MEASURED = re.compile(r"[^;.:%\d]{0,60}:[^;:]*\d")
_ENDS_LABEL = re.compile(r"[^;.:%\d]{0,60}:")
_WORDS_OF_DEED = 2


def _sized_label(c: Case, before: str) -> bool:
    """Whether a size tells those apart whom a label names: ``Trang trại có trên 500 con lợn: 100% …``."""
    sized = _SIZED_ONES.fullmatch(before)
    if sized is None or _THEN_MEASURED.match(c.lowered, c.group.figure.figure_end) is None:
        return False
    who = sized.group("who").lstrip(" -+*•")
    return not opens_with_act(who) and _STRIVEN.search(who) is None and creator_before(who) == ""


def had_by_some(c: Case) -> bool:
    """``Xây điểm sinh hoạt tại các ấp có từ 30% hộ Khmer``, ``Đối với doanh nghiệp có từ 50 lao động trở lên: …``:
    which of them, where what is promised of them is another thing."""
    quantity = c.group.figure
    if quantity.operator not in (">=", ">", "<", "<=") or c.modal:
        return False
    if quantity.kind not in ("count", "percent", "index", "measure", "rate"):
        return False
    before = c.sentence + c.lowered[c.group.anchor : quantity.figure_start]
    if _LABELS.fullmatch(before) is not None and _ENDS_LABEL.match(c.lowered, quantity.figure_end) is not None:
        return True
    if _sized_label(c, before):
        return True
    if _SOME_OF_SIZE.search(before) is not None and not c.setting.goal:
        return True
    done = _DONE_WHERE.search(before)
    return done is not None and opens_with_act(strip_modal(done.group("deed").lstrip(" -+*•")))


_GETS = re.compile(
    r"[^,;.:%\d]{0,40}?trở lên[^,;.:%\d]{0,30}?\s(?:thì |sẽ )*(?:được|hưởng) (?:"
    rf"{words_of('is_given')}"
    r")(?!\w)"
)


def who_gets(c: Case) -> bool:
    """``Hộ chuyển đổi từ 0,5 ha trở lên được hỗ trợ 5 triệu đồng``: who is given something."""
    quantity = c.group.figure
    sized = quantity.kind in ("count", "measure", "index", "rate") and quantity.operator == ">="
    return sized and not c.modal and _GETS.match(c.lowered, quantity.figure_end) is not None


_CLASSES_OF = re.compile(
    r"\W*(?:các|mỗi|từng) (?:lớp|khóa|tổ|nhóm|đội|hội nghị|buổi)(?!\w)[^;.:,%\d]{0,40}\scó\s+(?:từ\s+)?\Z"
)


_EACH_CLASS = re.compile(
    r"(?<!\w)(?:mỗi|từng) (?:lớp|khóa|buổi|đợt) (?:không quá|tối đa)\s*\Z|\A[\s,]*mỗi (?:lớp|khóa)\s*\Z"
)


def class_size(c: Case) -> bool:
    """``Các lớp tập huấn có từ 30 đến 35 học viên`` outside goals: how big a class is to be."""
    quantity = c.group.figure
    if quantity.kind == "count" and quantity.operator == "<=" and _EACH_CLASS.search(c.left) is not None:
        return True  # "tổ chức 12 lớp tập huấn, mỗi lớp không quá 60 học viên"
    sized = quantity.kind == "count" and quantity.operator == "between" and not c.setting.goal
    return sized and _CLASSES_OF.fullmatch(c.lowered[: quantity.figure_start][-90:]) is not None


_EACH_OF = re.compile(r"[^,;.:%\d]*\scó\s(?:trên|dưới|từ)\s+")
_HAS_THEN = re.compile(r"\s[^,;.:%\d]{2,40}?\s(?:có|được bố trí|thành lập|tổ chức)\s(?:ít nhất |tối thiểu |từ )?\d")


def had_by_each(c: Case) -> bool:
    """``100% xã có trên 1.000 hộ dân có ít nhất 02 điểm bưu điện``: which of them, before what each has."""
    quantity = c.group.figure
    if quantity.kind != "count" or quantity.operator not in (">=", ">", "<") or c.previous is None:
        return False
    if c.previous.figure.kind != "percent":
        return False
    between = c.lowered[c.previous.figure.end : quantity.figure_start]
    return _EACH_OF.fullmatch(between) is not None and _HAS_THEN.match(c.lowered, quantity.figure_end) is not None


_NONE_BELOW = re.compile(r"[^,;.:%\d]*")


def none_below(c: Case) -> bool:
    """``Không còn xã dưới 10 tiêu chí``: how few, of those that there are to be none of."""
    before = c.previous.figure if c.previous is not None else None
    if before is None or before.value != 0 or before.kind != "count" or c.group.figure.operator not in ("<", ">", "<="):
        return False
    return _NONE_BELOW.fullmatch(c.lowered, before.end, c.group.figure.start) is not None


_WORTH = re.compile(
    r"(?<!bình quân )(?<!\w)(?:mỗi|từng)\s[^;.:%\d]{2,40}\s(?:trị giá|kinh phí|mức hỗ trợ)"
    r"(?:\s(?:là|từ|không quá|tối đa|tối thiểu|ít nhất|khoảng|trên|dưới))*\s+\Z"
)


def worth(c: Case) -> bool:
    """``Trao 200 suất học bổng, mỗi suất trị giá 2 triệu đồng``: what each is worth."""
    return c.group.figure.kind == "money" and _WORTH.search(c.sentence) is not None


def per_one(c: Case) -> bool:
    """``giá trị sản phẩm trên 01 ha đất trồng trọt``: over one of what."""
    quantity = c.group.figure
    if quantity.value != 1 or quantity.operator != ">" or quantity.unit not in ("ha", "héc-ta", "m2", "lao động", "hộ"):
        return False
    return "đạt" in c.lowered[quantity.end : quantity.end + 80] or "thu nhập" in c.before or "giá trị" in c.before


def announces(c: Case) -> bool:
    """``bao gồm 03 nhóm sau:``: how many points a list has."""
    quantity = c.group.figure
    if _MADE_OF.search(c.lowered[: quantity.start]) is None:
        return False
    return _LIST_FOLLOWS.match(c.lowered, quantity.end) is not None


#: "cảnh báo tự động khi hộ có doanh thu chênh lệch | trên 20%": at how much something sets in.
_SETS_IN = Sieve(
    rf"(?<!\w)(?:{words_of('set_off')})(?: [^\W\d_]+){{0,6}}? khi\s(?!có(?!\w))[^;.:]{{3,120}}?"
    r"(?<!\w)(?:vượt|quá|trên|dưới|từ|hơn|không đạt|chưa đạt)\s+\Z"
)


def sets_in(c: Case) -> bool:
    """``cảnh báo khi độ mặn trên 4‰``, ``nhắc nhở khi hồ sơ còn dưới 20% thời gian``: at how much a deed is due."""
    return not c.modal and _SETS_IN.search(c.lowered[: c.group.figure.figure_start][-200:]) is not None
