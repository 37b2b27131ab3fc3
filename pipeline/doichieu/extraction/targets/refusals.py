"""What a figure may be instead of a promise: an account, a forecast, an example, a condition, a norm.

Each rule is a small function with its own example; :data:`REFUSALS` asks them in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from doichieu.extraction.targets.cases import Case, Verdict
from doichieu.extraction.targets.parts import creator_before, ends_in_creator, strip_modal, strip_reach

_STATISTIC = re.compile(
    r"(?<!\w)(?<!so với )(?<!so )(?<!như )(?<!hơn )hiện (?:nay|có|đang|tại)"
    r"(?!\)?,? (?:tăng |nâng )?lên (?:\d|đến|trên|khoảng))"
    r"|(?<!\w)đã (?:đạt|có|được|hoàn thành|thực hiện|giải ngân|bố trí|tổ chức"
    r"|xây dựng|giảm|tăng|hỗ trợ|triển khai|đào tạo|bồi dưỡng)(?! theo| đề ra)|(?<!\w)(?:đến nay|tính đến)(?!\w)"
    r"|(?:^|[\s(])năm 20[01]\d (?:đạt|là|có|chiếm)|(?:thời gian|những năm) qua(?!\w)"
    r"|(?<!\w)(?:sau|qua) \d{1,2} năm (?:triển khai |tổ chức )*thực hiện"
)
#: These tell of what was, unless the clause promises: "giảm 5% số vụ so với cùng kỳ, 10% số người chết".
_REPORTS = re.compile(r"so với cùng kỳ|(?<!\w)kết quả thực hiện(?!\w)")
_DONE_TO_IT = re.compile(r"(?<!\w)đã (?:được|có|đạt|hoàn thành)[^;.]*(?:được|phải|đều|đạt)\s[^;.]*\Z")
_EXEMPTION = re.compile(
    r"có thể (?:điều chỉnh|xem xét|giảm)|(?:^|[,;.:(]\s?|(?<!\w)(?:trong|đối với)\s)trường hợp"
    r"|(?<!\w)nếu (?!có\b)|thấp dưới|được miễn|(?<!\w)khi có (?:từ|trên|ít nhất)|(?<!\w)nếu có (?:từ|trên|ít nhất|dưới)"
)
_GUESS = re.compile(r"(?<!\w)(?:dự báo|ước tính|ước đạt|ước thực hiện)(?!\w)")
_EXPECTED = re.compile(r"(?<!\w)dự kiến(?!\w)")
_EXAMPLE = re.compile(r"(?<!\w)(?:ví dụ|chẳng hạn|thí dụ)(?!\w)")
_IN_A_TITLE = re.compile(
    r"(?:quyết định|kế hoạch|nghị quyết|chỉ thị|thông tư|nghị định|công văn|đề án|chương trình)\s+số\s[^;.]{4,160}"
    r"\s(?:về (?:việc )?|phê duyệt |quy định |ban hành |hướng dẫn |sửa đổi )[^;.]*\Z"
)
_AFTER_ALL = re.compile(r"(?<!\w)sau khi [^;.]{0,40}?(?:giảm|trừ)(?!\w)[^;.]*\Z")
_ON = re.compile(r"(?:dựa|thực hiện|tiến hành|tập trung|triển khai|áp dụng|tác động)[^;.,]{0,40}\s\Z")
_ON_WHAT = re.compile(r"[^;.]{0,40}[:(]")
_POLICY = re.compile(
    r"(?:hỗ trợ|miễn|giảm|hưởng|chi trả|thanh toán|thưởng|phụ cấp|trợ cấp|bằng|mức|đóng|nộp|trích|cho vay)[^;.]{0,60}\Z"
)
_RATE_OF = re.compile(
    r"(?:lãi suất|thuế suất|mức (?:đóng|hưởng|hỗ trợ|phụ cấp|vay|phí|giá|chi|thu|trích|phạt)|định mức|đơn giá"
    r"|hệ số lương)"
    r"(?!\w)[^;]*\Z"
)
_GRANT = re.compile(
    r"(?<!\w)(?:(?:được|ngân sách|nhà nước|thành phố|tỉnh|xã|huyện)[^;.%,]{0,60}\s)?(?:hỗ trợ|miễn|hưởng|nộp|trích"
    r"|chi trả"
    r"|thanh toán|phụ cấp|trợ cấp|giảm trừ|khấu trừ|bồi thường|thưởng|đối ứng)(?!\w)[^;.%]*\Z"
)
_SHARE_OF_MONEY = re.compile(
    r"(?:kinh phí|chi phí|ngân sách|nguồn vốn|nguồn xã hội hóa|các nguồn|nguồn khác|vốn góp|vốn vay|dư nợ|mức giá"
    r"|tiền lương|học phí|phí"
    r"|thuế)"
    r"(?!\w)[^;.%]*(?:\s(?:là|bằng|hỗ trợ|chi|chiếm|không quá|không vượt quá|tối đa|khác))?\s*\Z"
)
_PAID_FOR = re.compile(
    r"\s*(?:trên |của )?(?:số |tổng |mức )?(?:kinh phí|chi phí|học phí|mức lương|tiền"
    r"|giá trị|giá vé|lãi suất|mức|lương|phí|thuế|vốn|đơn giá"
    r"|số thuế|tiền thuê|giá)"
)
_SETS_ASIDE = re.compile(
    r"(?<!\w)(?:phấn đấu|bố trí|bảo đảm|đảm bảo|dành|tăng|nâng|cắt giảm|tiết kiệm|đến (?:hết )?năm)(?!\w)"
)
_PROMISES_HERE = re.compile(
    r"(?<!\w)(?:phấn đấu|bảo đảm|đảm bảo|bố trí|dành|hoàn thành|cắt giảm|giảm|tăng|nâng|đến (?:hết |cuối )?năm"
    r"|mục tiêu|duy trì)(?!\w)"
)
_CLASS = re.compile(
    r"^(?:là những|các|những)?\s*(?:cơ quan|đơn vị|tập thể|cá nhân|địa phương|môn|nội dung)[^;.]*\s(?:có|đạt)\s+\Z"
)
_IN_YEAR = re.compile(
    r"(?<!với )(?<!từ )(?<!cùng kỳ )(?<!đoạn )(?<!số )năm (20\d\d)"
    r"(?!\s*[-–/]|\w|\s*(?:của|về|sửa đổi|tổ chức|lên|xuống))"
)
_IS_SO = re.compile(r"(?:^|\s)(?:là|chiếm|bằng)\s+\Z")
_AMONG = {
    "count": re.compile(r"(?<!\w)(?:trên địa bàn|trong phạm vi|địa phận|thuộc|giữa|đi qua)\s+\Z"),
    "majority": re.compile(r"(?<!\w)(?:của|cho|với|trong|bởi|bằng|như|với sự)\s+\Z"),
}
_OWNS = re.compile(r"(?<!\w)(?:nắm giữ|sở hữu|giữ|có|chiếm)\s+\Z")
_CAPITAL = re.compile(r"\s*(?:trở lên\s+)?(?:số\s+|tổng số\s+)?(?:vốn (?!đầu tư công)|cổ phần|cổ phiếu)")
_WHICH_IS = re.compile(r"(?:(?:và |, )?(?:chiếm|tương đương|tương ứng|bằng|đạt tỷ lệ|tỷ lệ|tăng|giảm)(?!\w))")
_HAS_IT = re.compile(r"(?<!\w)năm \d{4},?\s[^;.]*(?<!\w)(?:có|là|chiếm|còn|mới)\s[^;.]*\Z")
_ALLOWANCE = re.compile(
    r"(?:mức |tiền |chế độ |được |hưởng )*(?:phụ cấp|trợ cấp|học bổng|sinh hoạt phí|thù lao|lãi suất"
    r"|mức (?:đóng|hưởng|chi))(?!\w)[^;,.]*\Z"
)
_FOR_WHOM = re.compile(r"\s*(?:mức lương[^,;.]*)?(?:đối với|cho|với|tại|ở|nếu|khi|trong|[;,.]|\Z)")
_COSTS = re.compile(
    r"(?<!\w)(?:(?:tổng |nguồn |dự kiến )*(?:kinh phí|nhu cầu vốn|mức đầu tư|vốn đầu tư(?! công))"
    r"(?: (?:thực hiện|dự kiến|đầu tư|cần|của))*)(?!\w)[^;.]*\Z"
)
_SUM = re.compile(r"\d\s*(?:nghìn |triệu |tỷ |tỉ )*đồng(?!\w)")
_PAYER = re.compile(r"(?<!\w)(?:ngân sách|nguồn|vốn|xã hội hóa|nhân dân|doanh nghiệp|đóng góp|đối ứng)(?!\w)")
_NAME_WITH = re.compile(
    r"(?<!\w)(?:chương trình|đề án|dự án|chiến dịch|phong trào|cuộc vận động|gói)\s+(?:mục tiêu\s+)?"
    r"(?:phát triển|xây dựng|đào tạo|bồi dưỡng|trồng|đầu tư|hỗ trợ|cải tạo|thành lập|hình thành|tín dụng|nâng cấp)"
    r"(?:\s+(?:ít nhất|mới|thêm))?\s+\Z"
)
_JOINS = (",", ";", ":", ".", "(", " và", " hoặc", " hay")
#: What has parts by its design: "mô hình bảo vệ 04 lớp", "kiến trúc 3 tầng".
_DESIGN = re.compile(r"(?<!\w)(?:mô hình|kiến trúc|cơ chế|nguyên tắc|phương châm|quy trình)\s+(?:[^\W\d_]+\s+){0,2}\Z")
_OF_MEANS = re.compile(r"(?<!\w)có (?:tổng )?(?:doanh thu|thu nhập|giá trị|vốn|mức đầu tư|quy mô)(?!\w)[^;,.]*\Z")
_SIZE_WORD = re.compile(r"(?:từ|trên|dưới)\s")
_THEN_DOES = re.compile(
    r"(?!\s*(?:/|so |trên |trong |vào |mỗi |hằng |hàng |tham gia bảo hiểm))\s+[^\W\d_]+\s+[^\W\d_]+"
)
_WHOLE_OF = re.compile(r"(?<!\w)(?:số|tổng|tỷ lệ|tỉ lệ|quy mô|diện tích|sản lượng|giá trị|doanh thu|mỗi|từng)(?!\w)")
_POINTS = re.compile(r"(?<!\w)(?:được|bị) (?:tính|cộng|trừ)(?: thêm)? [\d,.]+ điểm|(?<!\w)thì cứ (?:tăng|giảm|thêm)")
_THEN = re.compile(r"(?<!\w)thì(?!\w)")
_ONLY_WHEN = re.compile(r"(?<!\w)chỉ [^;.]{0,40}(?<!\w)khi có(?!\w)")
_HAS_PROPERTY = re.compile(
    r"(?<!phấn đấu)(?<!bảo đảm) có (?:nồng độ|hàm lượng|tỷ lệ (?:tổn thương|sở hữu|góp vốn|thương tật)"
    r"|mức (?:độ )?suy giảm|công suất|trọng tải|dung tích)(?!\w)[^;.,]*\Z"
)
_IMPAIRED = re.compile(
    r"(?<!\w)(?:suy giảm khả năng lao động|tổn thương (?:cơ thể|sức khỏe)|thương tật|khuyết tật)(?: từ| là)?\s+\Z"
)
_IN_CASE = re.compile(r"(?:[-+*•]|\(?[\w.]{1,7}[.)])?\s*(?:hoặc |trong |đối với |riêng )?trường hợp(?!\w)")
_CEILING = re.compile(r"(?:không (?:được )?(?:vượt )?quá|tối đa)(?!\w)")
_LOWERS = re.compile(r"(?<!\w)(?:phấn đấu|giảm|kiềm chế|kéo giảm|mục tiêu)(?!\w)")
_OF_SIZE = re.compile(r"(?<!\w)(?:có|sử dụng|quản lý) (?:quy mô )?(?:từ |trên |dưới )\Z")
_UP_THEN = re.compile(r"[^,;.]{0,40}?(?:trở lên|trở xuống)\s(?:được|phải|thực hiện|áp dụng|tham gia)(?!\w)")
_MADE_OF = re.compile(r"(?<!\w)(?:bao gồm|gồm)(?: có)?\s+\Z")
_LIST_FOLLOWS = re.compile(r"[^;.:]{0,60}:\s*\Z")


def account(c: Case) -> bool:
    """``Hiện nay, toàn tỉnh có 22 trạm``: told of today, however long the sentence."""
    told = _STATISTIC.search(c.before) is not None
    reported = not (c.setting.goal or c.modal or c.setting.ahead) and _REPORTS.search(c.before) is not None
    return (told or reported) and _DONE_TO_IT.search(c.before) is None


def goes_on_telling(c: Case) -> bool:
    """``Toàn xã hiện có 9 trạm. Tỷ lệ hộ dùng nước sạch là 91%.``: a further sentence of the account."""
    return c.told and not c.setting.ahead and not (c.setting.goal and c.modal)


def told_of_this_year(c: Case) -> bool:
    """``năm 2025, toàn tỉnh có 24.300 ha`` in a document of that year, under goals for later ones."""
    return c.setting.now and not c.modal and _HAS_IT.search(c.before) is not None


def goes_on_counting(c: Case) -> bool:
    """``năm 2025, toàn tỉnh có 24.300 ha, chiếm 8,6% diện tích``: a further figure of the same account."""
    return c.after in ("account", "norm") and not c.modal and _WHICH_IS.match(c.left.strip(" ,")) is not None


def gone_by(c: Case) -> bool:
    """``năm 2024 đạt 45%`` in a document of 2026: told of a year gone by."""
    years = _IN_YEAR.findall(c.before)
    gone = bool(years) and bool(c.setting.year) and years[-1] < c.setting.year
    return gone and not (c.setting.goal or c.modal or c.setting.ahead)


def describes(c: Case) -> bool:
    """``đất rừng chiếm 61,2% diện tích``: what is so, where nothing is to come and nobody is to do it."""
    quantity = c.group.quantity
    if quantity is None or quantity.kind != "percent" or quantity.operator not in ("=", "~"):
        return False
    if c.setting.zone not in ("", "viewpoint", "organisation") or c.setting.ahead or _PROMISES_HERE.search(c.sentence):
        return False
    return _IS_SO.search(c.lowered[: quantity.start]) is not None


def among(c: Case) -> bool:
    """``trên địa bàn từ 02 tỉnh trở lên``, ``của đại đa số người dân``: where or whose, not how much."""
    quantity = c.group.quantity
    if quantity is None or quantity.kind not in ("count", "majority"):
        return False
    return _AMONG[quantity.kind].search(c.lowered[: quantity.start]) is not None


def owned(c: Case) -> bool:
    """``doanh nghiệp do Nhà nước nắm giữ 100% vốn điều lệ``: which of them, by who owns them."""
    quantity = c.group.quantity
    if quantity is None or quantity.kind != "percent":
        return False
    return _OWNS.search(c.lowered[: quantity.start]) is not None and _CAPITAL.match(c.lowered, quantity.end) is not None


def in_account(c: Case) -> bool:
    """A figure of a chapter on the situation that nothing strives for."""
    return c.setting.zone == "situation" and not (c.modal and c.setting.ahead)


def guess(c: Case) -> bool:
    """``ước đạt 8%``, ``dự kiến đạt 8%`` outside goals and dates to come."""
    expected = _EXPECTED.search(c.before) is not None and not (c.setting.goal or c.setting.ahead)
    return expected or _GUESS.search(c.before) is not None


def example(c: Case) -> bool:
    """``ví dụ: 5%``."""
    return _EXAMPLE.search(c.before) is not None


def condition(c: Case) -> bool:
    """``nếu có từ 02 người``, ``trường hợp đạt trên 10%``."""
    if _IN_CASE.match(c.sentence) and not c.modal:
        return True
    return _EXEMPTION.search(c.segment) is not None or _EXEMPTION.search(c.before[-60:]) is not None


def in_a_title(c: Case) -> bool:
    """``Quyết định số 5/QĐ-UBND về việc phê duyệt 100% thủ tục``: a figure of a cited document's title."""
    return not c.setting.goal and _IN_A_TITLE.search(c.sentence) is not None


def after_a_cut(c: Case) -> bool:
    """``thời gian giải quyết sau khi cắt giảm 30%``."""
    return not c.setting.goal and _AFTER_ALL.search(c.before) is not None


def upon(c: Case) -> bool:
    """``thực hiện trên 4 ngành: a, b, c, d``: ``trên`` says where."""
    quantity = c.group.quantity
    if quantity is None or quantity.kind != "count" or not c.lowered.startswith("trên", quantity.start):
        return False
    return _ON.search(c.lowered[: quantity.start]) is not None and _ON_WHAT.match(c.lowered, quantity.end) is not None


def rate(c: Case) -> bool:
    """``lãi suất cho vay … 7,8%/năm``, ``mức hỗ trợ 50%``: a rate that a rule sets."""
    return not c.setting.goal and not c.modal and _RATE_OF.search(c.sentence) is not None


def grant(c: Case) -> bool:
    """``được hỗ trợ 100% giá vé``, ``ngân sách tỉnh hỗ trợ 50%``: a share of money that is paid."""
    if c.group.quantity is None or c.group.quantity.kind != "percent" or c.modal:
        return False
    paid = _PAID_FOR.match(c.lowered, c.behind) is not None
    cost = c.lowered[c.behind :].lstrip().startswith(("chi phí", "giá trị")) or c.setting.goal
    if cost and re.search(r"(?<!miễn )(?<!miễn, )giảm[^;.]*\Z", c.before):
        return False  # "cắt giảm ít nhất 30% chi phí tuân thủ"
    if c.setting.goal:
        return paid and _POLICY.search(c.before[-70:]) is not None
    alone = not c.lowered[c.behind : c.group.end].strip(' ,;."”')
    return (_GRANT.search(c.left) is not None and (paid or alone)) or (
        paid and _POLICY.search(c.before[-70:]) is not None
    )


def allowance(c: Case) -> bool:
    """``phụ cấp ưu đãi nghề tối thiểu 70%``, ``học bổng bằng 80% mức lương``: how much somebody is paid."""
    return _ALLOWANCE.match(strip_modal(c.left.strip(" ,"))) is not None and not c.modal


def goes_on_setting(c: Case) -> bool:
    """``phụ cấp 70% đối với người ở trạm y tế, 100% ở vùng khó khăn``: a further share of the same rule."""
    if c.after != "norm" or c.modal or c.group.quantity is None or c.group.quantity.kind != "percent":
        return False
    alone = strip_modal(c.left.strip(" ,")) in ("", "mức", "bằng")
    return alone and _FOR_WHOM.match(c.lowered, c.behind) is not None


def budget(c: Case) -> bool:
    """``Tổng kinh phí là 512 tỷ đồng, trong đó ngân sách tỉnh bảo đảm 80%``: what it costs and who pays."""
    kind = c.group.quantity.kind if c.group.quantity is not None else ""
    if c.modal or kind not in ("percent", "money"):
        return False
    costs = _COSTS.search(c.sentence)
    if costs is None:
        return False
    return kind == "money" or (_SUM.search(costs.group()) is not None and _PAYER.search(c.left) is not None)


def named(c: Case) -> bool:
    """``Chương trình phát triển 1.000 doanh nghiệp``: a figure in the name of what is carried out."""
    if c.compared:
        return False
    before = c.lowered[: c.group.anchor]
    of_parts = c.group.quantity is not None and c.group.quantity.kind == "count" and _DESIGN.search(before[-60:])
    return _NAME_WITH.search(before) is not None or bool(of_parts)


def of_some_size(c: Case) -> bool:
    """``tòa nhà từ 7 tầng trở lên lắp đặt``, ``đối với cơ sở trên 50 giường``: which of them, by a count."""
    quantity = c.group.quantity
    if quantity is None or quantity.operator not in (">=", ">", "<", "<="):
        return False
    if quantity.kind == "money":
        return _OF_MEANS.search(c.left) is not None and _THEN_DOES.match(c.lowered, quantity.end) is not None
    if quantity.kind != "count":
        return False
    opened = _SIZE_WORD.match(c.lowered, quantity.start)
    noun = c.lowered[: quantity.start].rstrip()
    if opened is None or _THEN_DOES.match(c.lowered, quantity.end) is None or not noun or noun.endswith(_JOINS):
        return False
    made = creator_before(c.left)
    if made and (c.setting.goal or ends_in_creator(c.left)):
        return False
    return strip_reach(noun) == noun and _WHOLE_OF.search(c.left) is None


def share_of_money(c: Case) -> bool:
    """``kinh phí quản lý là 7%``, ``các nguồn xã hội hóa khác là 10%``: how a sum is divided."""
    if c.setting.goal or c.group.quantity is None or c.group.quantity.kind != "percent":
        return False
    return _SHARE_OF_MONEY.search(c.left) is not None and _SETS_ASIDE.search(c.sentence) is None


def of_a_class(c: Case) -> bool:
    """``Là những đơn vị đạt từ 95 điểm trở lên``: who belongs to a class."""
    return not c.setting.goal and _CLASS.match(c.left) is not None


def below_a_rule(c: Case) -> bool:
    """A figure below a heading that sets rates or limits: ``Mức hỗ trợ``, ``Tiêu chuẩn danh hiệu``."""
    return c.setting.zone == "norm" and not c.modal


def article(c: Case) -> bool:
    """A figure of a rule in articles that no word of promise leads in."""
    if c.setting.goal or not c.setting.articles or c.setting.ahead:
        return False
    return _PROMISES_HERE.search(c.sentence) is None


def scored(c: Case) -> bool:
    """``cứ giảm 1% được tính thêm 1 điểm``: a bracket of points."""
    return not c.setting.goal and _POINTS.search(c.segment) is not None


def leads_to(c: Case) -> bool:
    """``Có trên 75% số hộ đồng ý thì phương án được thông qua``: what must hold before something else does."""
    rest = re.split(r"[;.](?:\s|$)", c.lowered[c.behind :], maxsplit=1)[0]
    only = _ONLY_WHEN.search(c.sentence) is not None
    return not c.setting.goal and (only or _THEN.search(rest) is not None)


def kind_of_thing(c: Case) -> bool:
    """``thương binh có tỷ lệ tổn thương từ 61% trở lên``, ``hỗn hợp có nồng độ dưới 0,1%``: which of them."""
    impaired = _IMPAIRED.search(c.lowered[: c.group.anchor]) is not None
    return impaired or (not c.setting.goal and not c.modal and _HAS_PROPERTY.search(c.before) is not None)


def cap(c: Case) -> bool:
    """``Ứng trước không quá 30% dự toán`` in an article: a ceiling that a rule sets."""
    quantity = c.group.quantity
    if quantity is None or quantity.operator not in ("<=", "<") or not c.setting.articles:
        return False
    if c.setting.goal or c.setting.ahead or c.modal:
        return False
    ceiling = _CEILING.match(c.lowered, quantity.start) or _CEILING.search(c.lowered[: quantity.figure_start][-20:])
    return ceiling is not None and _LOWERS.search(c.sentence) is None


def size_of_class(c: Case) -> bool:
    """``90% cơ sở sử dụng từ 50 lao động trở lên được kiểm tra``: how big they are, before what is done to them."""
    quantity = c.group.quantity
    if quantity is None or quantity.kind != "count" or c.previous is None:
        return False
    of_size = _OF_SIZE.search(c.lowered[: quantity.figure_start]) is not None
    return of_size and _UP_THEN.match(c.lowered, quantity.figure_end) is not None


def announces(c: Case) -> bool:
    """``bao gồm 03 nhóm sau:``: how many points a list has."""
    quantity = c.group.quantity
    if quantity is None or quantity.kind != "count" or _MADE_OF.search(c.lowered[: quantity.start]) is None:
        return False
    return _LIST_FOLLOWS.match(c.lowered, quantity.end) is not None


REFUSALS: tuple[tuple[Verdict, Callable[[Case], bool]], ...] = (
    ("account", account),
    ("account", goes_on_telling),
    ("account", told_of_this_year),
    ("account", goes_on_counting),
    ("account", in_account),
    ("account", gone_by),
    ("account", describes),
    ("", among),
    ("norm", owned),
    ("account", guess),
    ("account", example),
    ("norm", condition),
    ("account", in_a_title),
    ("account", after_a_cut),
    ("", upon),
    ("norm", rate),
    ("norm", allowance),
    ("norm", goes_on_setting),
    ("norm", grant),
    ("norm", budget),
    ("norm", share_of_money),
    ("norm", of_a_class),
    ("norm", scored),
    ("norm", leads_to),
    ("norm", kind_of_thing),
    ("norm", cap),
    ("", announces),
    ("", size_of_class),
    ("", of_some_size),
    ("", named),
    ("norm", below_a_rule),
    ("norm", article),
)
