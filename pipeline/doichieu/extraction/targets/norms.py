"""Figures that a rule sets: conditions, rates, grants, budgets, ceilings, brackets of points."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps

from doichieu.extraction.targets.accounts import PROMISES_HERE
from doichieu.extraction.targets.cases import Case
from doichieu.extraction.targets.parts import strip_modal
from doichieu.lexicon.families import LEVEL
from doichieu.lexicon.named_words import words_of
from doichieu.text.sieve import Sieve

_EXEMPTION = Sieve(
    r"có thể (?:điều chỉnh|xem xét|giảm)|(?:^|[,;.:(]\s?|(?<!\w)(?:trong|đối với)\s)trường hợp"
    r"|(?<!\w)nếu (?!có\b)|thấp dưới|(?<!\w)khi (?:có|đạt) (?:từ|trên|ít nhất)"
    r"|(?<!\w)nếu có (?:từ|trên|ít nhất|dưới|thấp hơn|tối thiểu|quá|hơn|không quá|đủ|\d)"
)
#: How many characters before a figure may say on which condition it holds.
_NEAR = 60
_EXEMPTED = Sieve(r"(?<!\w)được miễn(?!\w)")
#: What else is to be so of those who are exempted: "nhóm hộ nghèo được miễn học phí và đạt | không dưới 75%".
_AND_REACHES = re.compile(r".*\svà (?:phải )?(?=đạt(?!\w))")
_POLICY = re.compile(
    r"(?:"
    rf"{words_of('policy_gives')}"
    r")[^;.]{0,60}\Z"
)
_RATE_OF = re.compile(
    rf"(?:lãi suất|thuế suất|mức (?:{words_of('rates_of')})|định mức|đơn giá|hệ số lương)(?!\w)[^;]*\Z"
)
#: "tỷ lệ thuế giá trị gia tăng đối với phân phối hàng hóa 1%": what the law takes, not how many do it.
_RATE_TAKEN = re.compile(
    r"t[ỷỉ] lệ (?:tính thuế|thuế|đóng (?:bảo hiểm|phí|quỹ)|trích(?: nộp)?|chiết khấu|hoa hồng)(?!\w)"
    r"(?:(?!(?<!\w)(?:đạt|nợ|nộp|hoàn thành|tham gia|(?<!gia )tăng|giảm|thu được)(?!\w))[^;])*\Z"
)
_GRANT = re.compile(
    rf"(?<!\w)(?:(?:được|ngân sách|nhà nước|{LEVEL})[^;.%,]{{0,60}}\s)?(?:hỗ trợ|miễn|hưởng|nộp|trích"
    r"|chi trả"
    r"|thanh toán|phụ cấp|trợ cấp|giảm trừ|khấu trừ|bồi thường|thưởng|đối ứng)(?!\w)[^;.%]*\Z"
)
_SHARE_OF_MONEY = re.compile(
    r"(?:"
    rf"{words_of('money_shared')}"
    r")(?!\w)[^;.%]*(?:\s(?:là|bằng|hỗ trợ|chi|chiếm|không quá|không vượt quá|tối đa|khác))?\s*\Z"
)
_IS = re.compile(r"(?<!\w)(?:chiếm|là|bằng|tương đương)\s+\Z")
_OF_A_SUM = re.compile(r"\s*(?:của )?t[ổố]ng (?:số )?(?:vốn đầu tư(?! công)|mức đầu tư|kinh phí|nhu cầu vốn|nguồn vốn)")
_PAID_FOR = re.compile(rf"\s*(?:trên |của )?(?:số |tổng |mức )?(?:{words_of('paid_for')})")
_SETS_ASIDE = re.compile(
    r"(?<!\w)(?:phấn đấu|bố trí|bảo đảm|đảm bảo|dành|tăng|nâng|cắt giảm|tiết kiệm|đến (?:hết )?năm)(?!\w)"
)
_CLASS = re.compile(
    r"^(?:là những|các|những)?\s*(?:cơ quan|đơn vị|tập thể|cá nhân|địa phương|môn|nội dung)[^;.]*\s(?:có|đạt)\s+\Z"
)
_OWNS = re.compile(r"(?<!\w)(?:nắm giữ|sở hữu|giữ|có|chiếm)\s+\Z")
_CAPITAL = re.compile(r"\s*(?:trở lên\s+)?(?:số\s+|tổng số\s+)?(?:vốn (?!đầu tư công)|cổ phần|cổ phiếu)")
_ALLOWANCE = re.compile(
    r"(?:(?:tiếp tục |thực hiện |áp dụng ))*"
    r"(?:mức |tiền |chế độ |chính sách |được |hưởng )*(?:phụ cấp|trợ cấp|học bổng|sinh hoạt phí|thù lao|lãi suất"
    r"|mức (?:đóng|hưởng|chi))(?!\w)[^;,.]*\Z"
)
_FOR_WHOM = re.compile(r"\s*(?:mức lương[^,;.]*)?(?:đối với|cho|với|tại|ở|nếu|khi|trong|[;,.]|\Z)")
_COSTS = Sieve(
    r"(?<!\w)(?<!rót )(?<!gọi )(?<!nhận )(?:(?:tổng |nguồn |dự kiến )*(?:kinh phí|nhu cầu vốn|mức đầu tư|vốn đầu tư"
    r"(?! công| (?:thực hiện |phát triển )?toàn xã hội| xã hội| trực tiếp| nước ngoài| đăng ký| thu hút))"
    r"(?: (?:thực hiện|dự kiến|đầu tư|cần|của))*)(?!\w)(?:[^;.]|\.\d)*\Z"
)
_RAISED = re.compile(r"vốn đầu tư(?!\w)[^;]*\sđạt\s|(?<!\w)(?:xã hội hóa|huy động|vận động|quyên góp|ủng hộ)(?!\w)")
_SUM = re.compile(r"\d\s*(?:nghìn |triệu |tỷ |tỉ )*đồng(?!\w)")
_PAYER = re.compile(rf"(?<!\w)(?:{words_of('payers')})(?!\w)")
_POINTS = Sieve(r"(?<!\w)(?:được|bị) (?:tính|cộng|trừ)(?: thêm)? [\d,.]+ điểm|(?<!\w)thì cứ (?:tăng|giảm|thêm)")
_THEN = re.compile(r"(?<!\w)thì(?!\w)")
_ONLY_WHEN = Sieve(r"(?<!\w)chỉ [^;.]{0,40}(?<!\w)khi có(?!\w)")
_HAS_PROPERTY = re.compile(
    r"(?<!phấn đấu)(?<!bảo đảm) có (?:nồng độ|hàm lượng|tỷ lệ (?:tổn thương|sở hữu|góp vốn|thương tật)"
    r"|mức (?:độ )?suy giảm|công suất|trọng tải|dung tích)(?!\w)[^;.,]*\Z"
)
_IMPAIRED = Sieve(
    r"(?<!\w)(?:suy giảm(?: khả năng lao động)?|tổn thương (?:cơ thể|sức khỏe)|thương tật|khuyết tật)"
    r"(?: của [^;,.%\d]{2,40})?(?: từ| là)?\s+\Z"
)
_IN_CASE = re.compile(r"(?:[-+*•]|\(?[\w.]{1,7}[.)])?\s*(?:hoặc |trong |đối với |riêng )?trường hợp(?!\w)")
_CEILING = re.compile(r"(?:k?hông (?:được )?(?:vượt )?quá|tối đa)(?!\w)")
_LOWERS = re.compile(r"(?<!\w)(?:phấn đấu|giảm|kiềm chế|kéo giảm|mục tiêu)(?!\w)")


_Rule = Callable[[Case], bool]


#: The rules that are asked of some measures only: of which, and what each asks where it is known to be one of them.
_of_some: dict[_Rule, tuple[str, _Rule]] = {}


def asked_of(rule: _Rule, *, goal: bool, modal: bool, share: bool) -> _Rule | None:
    """What a rule asks of measures below a heading of goals or not, in a sentence that strives in words or not, shares
    or not; None where it asks nothing of them."""
    shut = {"outside goals": goal, "unpromised": modal, "of shares": not share}
    while rule in _of_some:
        of, rule = _of_some[rule]
        if shut[of]:
            return None
    return rule


def _outside_goals(rule: _Rule) -> _Rule:
    """Asks a rule only where no heading of goals stands above: below one a figure is promised."""

    @wraps(rule)
    def asked(c: Case) -> bool:
        return not c.setting.goal and rule(c)

    _of_some[asked] = "outside goals", rule
    return asked


def _unpromised(rule: _Rule) -> _Rule:
    """Asks a rule only of a sentence that strives for nothing in words."""

    @wraps(rule)
    def asked(c: Case) -> bool:
        return not c.modal and rule(c)

    _of_some[asked] = "unpromised", rule
    return asked


def _of_shares(rule: _Rule) -> _Rule:
    """Asks a rule only of a share."""

    @wraps(rule)
    def asked(c: Case) -> bool:
        return c.group.figure.kind == "percent" and rule(c)

    _of_some[asked] = "of shares", rule
    return asked


def condition(c: Case) -> bool:
    """``nếu có từ 02 người``, ``trường hợp đạt trên 10%``."""
    if _IN_CASE.match(c.sentence) and not c.modal:
        return True
    left = c.left
    if _EXEMPTED.search(_AND_REACHES.sub("", left) if " và " in left and "đạt" in left else left):
        return True  # below a goal "100% học sinh nghèo được miễn học phí" says whom it is promised to
    near = c.before if len(c.before) <= _NEAR else f"…{c.before[-_NEAR:]}"  # where it is cut no clause begins
    return _EXEMPTION.search(c.segment) is not None or _EXEMPTION.search(near) is not None


@_of_shares
def owned(c: Case) -> bool:
    """``doanh nghiệp do Nhà nước nắm giữ 100% vốn điều lệ``: which of them, by who owns them."""
    quantity = c.group.figure
    return _OWNS.search(c.lowered[: quantity.start]) is not None and _CAPITAL.match(c.lowered, quantity.end) is not None


@_outside_goals
def rate(c: Case) -> bool:
    """``lãi suất cho vay … 7,8%/năm``, ``mức hỗ trợ 50%``: a rate that a rule sets."""
    return _RATE_OF.search(c.sentence) is not None or _RATE_TAKEN.search(c.sentence) is not None


#: "Giá vé: | 30.000 đồng/lượt", "Mức thu tiền ăn không quá | 35.000 đồng/suất", "Đơn giá đo đạc | 1,86 triệu đồng/ha".
_PRICE = re.compile(
    r"(?:\A|[;.:(]\s*|,\s+)\W*(?:đơn giá|giá (?:vé|bán|thuê|cho thuê|dịch vụ|nước|điện)|mức (?:thu|giá)|(?:lệ )?phí)"
    r"(?!\w)(?![^;.\d]*(?<!\w)(?:đạt|tăng|giảm|hạ|còn|thu được)(?!\w))[^;.%\d]{0,60}\Z"
)


@_unpromised
def price(c: Case) -> bool:
    """``Giá vé: 30.000 đồng/lượt``, ``đơn giá 1,86 triệu đồng/ha``: what one of something costs."""
    each = "/" in c.group.figure.unit or c.lowered[c.behind :].lstrip().startswith("/")  # "588.000 đồng/lần"
    if "đồng" not in c.group.figure.unit or not each:
        return False
    return _PRICE.search(c.lowered[: c.group.figure.start]) is not None


#: A rate by its name opens the sentence: "Mức cho vay hộ nghèo tối đa | 100 triệu đồng/hộ"; nothing rises or falls.
_RATE_BY_NAME = re.compile(
    r"\W*(?:\w{1,3}[.)]\s)?(?:hạn mức|mức|chế độ|định mức)\s(?:tiền )?(?:cho vay|vay|hỗ trợ|bồi thường|bồi dưỡng|khoán"
    r"|thu(?! nhập| hút| hồi)|phạt|thưởng|đóng|chi(?! trả)|trợ cấp|phụ cấp|dinh dưỡng|ăn)(?!\w)"
    r"(?![^;.\d]*(?<!\w)(?:đạt|tăng|giảm|nâng|bình quân|duy trì|lên)(?!\w))[^;.%\d]*\Z"
)


@_unpromised
def rate_by_name(c: Case) -> bool:
    """``Mức cho vay hộ nghèo tối đa 100 triệu đồng/hộ`` among goals: how much one of them gets."""
    return c.group.figure.kind in ("money", "count") and _RATE_BY_NAME.match(c.sentence) is not None


_AND_AT_MOST = re.compile(r"[\s,]*(?:nhưng |và )?(?:(?:mỗi|một|từng)\s[^\d;.,%]{1,30}?)?\s*")


@_unpromised
def given_up_to(c: Case) -> bool:
    """``Hỗ trợ 500.000 đồng/con giống, mỗi hộ không quá 05 con``: up to how many the rate before is given for."""
    capped = c.group.figure.operator in ("<=", "<") and c.group.figure.kind in ("count", "money")
    return capped and c.after == "norm" and _AND_AT_MOST.fullmatch(c.left) is not None


_BY_RULE = re.compile(
    r"(?<!\w)(?:theo (?:quy chế|quy chuẩn|điều lệ|thông tư|nghị định|luật|quy định)(?: của [^\W\d_]+(?: [^\W\d_]+)?)?,?"
    r"\s(?:là|không quá|tối đa|tối thiểu|không dưới)|khuyến cáo(?: là| từ| không quá| tối đa| tối thiểu)?)\s*\Z"
)


@_unpromised
def by_rule(c: Case) -> bool:
    """``Sĩ số lớp theo quy chế không quá 70 học viên``, ``mật độ thả khuyến cáo 1 - 2 con/m2``: what a rule asks."""
    figure = c.group.figure
    return figure.kind != "percent" and _BY_RULE.search(c.lowered[: figure.figure_start][-60:]) is not None


_OF_WAGE = re.compile(r"\s*(?:lần )?(?:mức )?lương (?:cơ sở|tối thiểu)")
_PAID = re.compile(r"(?<!\w)(?:hưởng|phụ cấp|trợ cấp|hỗ trợ|thù lao|bồi dưỡng|khoán|mức chi)(?!\w)")


@_unpromised
def of_wage(c: Case) -> bool:
    """``được hưởng 0,5 mức lương cơ sở/tháng``: what somebody is paid, by the wage."""
    return _OF_WAGE.match(c.lowered, c.group.figure.figure_end) is not None and _PAID.search(c.left) is not None


_CUTS_DOWN = re.compile(r"(?<!miễn )(?<!miễn, )giảm[^;.]*\Z")


@_of_shares
def grant(c: Case) -> bool:
    """``được hỗ trợ 100% giá vé``, ``ngân sách tỉnh hỗ trợ 50%``: a share of money that is paid."""
    paid = _PAID_FOR.match(c.lowered, c.behind) is not None
    cost = c.lowered[c.behind :].lstrip().startswith(("chi phí", "giá trị")) or c.setting.goal
    if cost and _CUTS_DOWN.search(c.before):
        return False  # "cắt giảm ít nhất 30% chi phí tuân thủ"
    if c.setting.goal:
        return paid and _POLICY.search(c.before[-70:]) is not None
    alone = not c.lowered[c.behind : c.group.end].strip(' ,;."”')
    return (_GRANT.search(c.left) is not None and (paid or alone)) or (
        paid and _POLICY.search(c.before[-70:]) is not None
    )


_GIVES = re.compile(
    rf"(?<!\w)(?:hỗ trợ|cấp(?! (?:{LEVEL}|cơ sở|trung ương|thôn|học|ủy|uỷ|tính|cứu)(?!\w))|thưởng|khoán|trợ giá"
    r"|bồi dưỡng)(?!\w)[^;.]*\Z"
)
#: What a thing is given for each of: "170 tấn xi măng/km".
_FOR_EACH = re.compile(r"[^\d,;.%/]{0,40}?/\s*(?:[^\W\d]|0?1\s)")


def _for_each(c: Case) -> bool:
    quantity = c.group.figure
    if quantity.kind not in ("count", "rate", "money"):
        return False
    return "/" in quantity.unit or _FOR_EACH.match(c.lowered, c.behind) is not None


@_unpromised
def given_for_each(c: Case) -> bool:
    """``ngân sách tỉnh hỗ trợ 170 tấn xi măng/km, 120 tấn xi măng/km đường loại B``: how much is given per unit."""
    return _for_each(c) and (c.after == "norm" or _GIVES.search(c.left) is not None)


@_unpromised
def allowance(c: Case) -> bool:
    """``phụ cấp ưu đãi nghề tối thiểu 70%``, ``học bổng bằng 80% mức lương``: how much somebody is paid."""
    if c.setting.goal and c.group.figure.direction:
        return False  # "Lãi suất cho vay bình quân giảm 0,5 - 1 điểm phần trăm"
    return _ALLOWANCE.match(strip_modal(c.left.strip(" ,"))) is not None


@_unpromised
@_of_shares
def goes_on_setting(c: Case) -> bool:
    """``phụ cấp 70% đối với người ở trạm y tế, 100% ở vùng khó khăn``: a further share of the same rule."""
    if c.after != "norm":
        return False
    left = c.left.strip(" ,")
    alone = strip_modal(left) in ("", "mức", "bằng") or left.endswith(", mức")
    return alone and _FOR_WHOM.match(c.lowered, c.behind) is not None


_RELIEVED = re.compile(r"(?<!\w)được (?:miễn|giảm|miễn, giảm|hỗ trợ|hưởng)\s+\Z")


def relieved(c: Case) -> bool:
    """``hộ nghèo được miễn 100% phí; hộ cận nghèo được giảm 50%``: a further rate of the same rule."""
    share = c.group.figure.kind == "percent" and not c.modal
    return share and c.after == "norm" and _RELIEVED.search(c.lowered[: c.group.figure.start]) is not None


def budget(c: Case) -> bool:
    """``Tổng kinh phí là 512 tỷ đồng, trong đó ngân sách tỉnh bảo đảm 80%``: what it costs and who pays."""
    kind = c.group.figure.kind
    if kind not in ("percent", "money"):
        return False
    if "/người" in c.group.figure.unit and c.setting.goal:
        return False  # "chi cho thể thao bình quân 15.000 đồng/người/năm"
    costs = _COSTS.search(c.sentence)
    if costs is None or (c.setting.goal and _RAISED.search(costs.group()) is not None):
        return False  # "Tổng vốn đầu tư phát triển đạt 1.000 tỷ đồng, trong đó vốn tư nhân chiếm 60%"
    return kind == "money" or (_SUM.search(costs.group()) is not None and _PAYER.search(c.left) is not None)


@_outside_goals
@_of_shares
def share_of_money(c: Case) -> bool:
    """``kinh phí quản lý là 7%``, ``các nguồn xã hội hóa khác là 10%``: how a sum is divided."""
    if _IS.search(c.lowered[: c.group.anchor]) and _OF_A_SUM.match(c.lowered, c.behind):
        return not c.modal  # "các dự án của trung ương chiếm khoảng 75% tổng vốn đầu tư"
    return _SHARE_OF_MONEY.search(c.left) is not None and _SETS_ASIDE.search(c.sentence) is None


def of_a_class(c: Case) -> bool:
    """``Là những đơn vị đạt từ 95 điểm trở lên``: who belongs to a class."""
    return _CLASS.match(c.left) is not None


@_unpromised
def below_a_rule(c: Case) -> bool:
    """A figure below a heading that sets rates or limits: ``Mức hỗ trợ``, ``Tiêu chuẩn danh hiệu``."""
    return c.setting.zone == "norm"


@_outside_goals
def article(c: Case) -> bool:
    """A figure of a rule in articles that no word of promise leads in."""
    if not c.setting.articles or c.setting.ahead:
        return False
    if _SO_MANY_A_YEAR.search(c.left) is not None and c.group.figure.kind == "percent":
        return False
    return PROMISES_HERE.search(c.sentence) is None or (_standing(c) and not c.modal)


#: "mỗi năm thanh tra, kiểm tra | không dưới 20% số cơ sở": how much of a work is done in a year, not how things are.
_SO_MANY_A_YEAR = re.compile(
    r"\A\W*(?:mỗi|hằng|hàng) (?:năm|quý|tháng),? (?:(?:thanh tra|kiểm tra|giám sát|hậu kiểm|rà soát|đánh giá|khảo sát"
    r"|kiểm định|tập huấn|bồi dưỡng|đào tạo)(?:, | và | )?)+(?:cho )?\s*\Z"
)


#: What a rule may promise without a date: money of the budget, a cut, a rise; the rest is how things have to be.
_BY_LAW = re.compile(
    r"(?<!\w)(?:ngân sách|tổng chi|dự toán|kinh phí|quỹ đất|giảm|cắt giảm|tăng|nâng|mục tiêu|chỉ tiêu|phấn đấu"
    r"|đến (?:hết |cuối )?năm)(?!\w)"
)


def _standing(c: Case) -> bool:
    """``bảo đảm tối thiểu 02 đường truyền``, ``chiếu sáng 80% chiều dài tuyến``: how a rule wants things to be."""
    quantity = c.group.figure
    if quantity.kind in ("grade", "money"):
        return False
    if quantity.kind == "percent" and quantity.value == _ALL:
        return False  # "bảo đảm 100% hồ sơ được giải quyết đúng hạn"
    return _BY_LAW.search(c.segment) is None and _BY_LAW.search(c.before[-80:]) is None


_ALL = 100
_COPIES = re.compile(r"(?:bộ|bản)(?:\s(?:chính|sao|gốc|giấy|điện tử|photo|in))?(?!\w)")
_PAPERS = re.compile(rf"(?<!\w)(?:{words_of('papers_handed_in')})(?!\w)")
_CHOICE = re.compile(r"(?:[-+*•]|\(?[\w.]{1,7}[.)])?\s*hoặc\s")


@_outside_goals
def copies(c: Case) -> bool:
    """``Số lượng hồ sơ: 01 bộ``, ``bản điện tử hoặc 01 bản giấy``: how many copies a procedure asks for."""
    quantity = c.group.figure
    return (
        quantity.operator == "="
        and _COPIES.match(c.lowered, quantity.figure_end + 1) is not None
        and _PAPERS.search(c.sentence + c.lowered[quantity.figure_end : quantity.figure_end + 20]) is not None
    )


@_unpromised
def choice(c: Case) -> bool:
    """``Hoặc bổ sung quạt cho tối thiểu 01 buồng thang``: one of several ways to meet a rule."""
    return _CHOICE.match(c.sentence) is not None


_REWARDED = re.compile(
    r"[^;.]{0,60}(?<!\w)(?:được|không|sẽ) (?:được |đề nghị |xem xét |xét )*(?:tặng|khen|thưởng|thi đua)(?!\w)"
    r"|[^;.]{0,120}(?<!\w)được (?:khen )?thưởng\s[^;.]{0,20}\d"
)
_ACHIEVES = re.compile(r"(?<!\w)(?:hoàn thành|đạt|có)(?:\s+(?:từ|trên|dưới|ít nhất|tối thiểu))*\s*\Z")


def rewarded(c: Case) -> bool:
    """``Đơn vị hoàn thành từ 90% chỉ tiêu trở lên được đề nghị tặng Cờ thi đua``: what a reward asks for."""
    quantity = c.group.figure
    if _ACHIEVES.search(c.lowered[: quantity.figure_start]) is None:
        return False
    return _REWARDED.match(c.lowered, c.behind) is not None


_ANY_THAT = re.compile(
    r"\W*(?:\w{1,3}[.)]\s*)?(?:những )?(?:cơ quan|đơn vị|tập thể|cá nhân|địa phương|xã|thôn|hộ|trường|chi bộ|tổ chức)"
    r"\s[^;.:%\d]{0,40}?(?<!\w)nào\s[^;.:%\d]*\Z"
)
_BARRED = re.compile(
    r"[^;.]{0,60}?(?<!\w)(?:thì\s|(?:không|chưa) (?:được )?(?:xét|công nhận|bình|đề nghị)|bị |phải chịu)"
)


@_unpromised
def barred(c: Case) -> bool:
    """``Đơn vị nào để nợ đọng trên 10% không được xét thi đua``: whom a rule leaves out."""
    return bool(_ANY_THAT.match(c.sentence)) and bool(_BARRED.match(c.lowered, c.behind))


#: Who is helped, by how much befell him: "Hộ có diện tích lúa bị ngập trên 50% | được hỗ trợ theo quy định".
_BEFELL = re.compile(
    r"(?<!\w)(?:bị|thiệt hại|mất|suy giảm|sử dụng|có)(?!\w)[^;.:%\d]{0,60}?(?:\s(?:từ|trên|hơn|quá|dưới))*\s*\Z"
)
_IS_HELPED = re.compile(
    r"[^;.%]{0,60}?(?<!\w)(?:được|sẽ)\s(?:xem xét\s|xét\s)?(?:hỗ trợ|miễn|giảm|khoanh nợ|giãn nợ|gia hạn|bồi thường"
    r"|đền bù|trợ cấp|hưởng|ưu đãi)(?!\w)"
)


@_outside_goals
@_unpromised
@_of_shares
def befell(c: Case) -> bool:
    """``Hộ bị thiệt hại trên 30% số đàn được hỗ trợ theo quy định``: which of them a rule helps."""
    before = c.lowered[c.group.start : c.group.figure.start]
    bounded = c.group.figure.operator in (">", ">=", "between", "<", "<=")
    helped = _IS_HELPED.match(c.lowered, c.behind)
    return bounded and bool(_BEFELL.search(before)) and helped is not None and len(before.split()) > 1


_SET_UP = re.compile(r"(?<!\w)(?:thành lập|bố trí|có|xây dựng|hỗ trợ|tổ chức|lập|mở|cử|chọn|giới thiệu|vay|nhận)\s*\Z")


@_outside_goals
@_unpromised
def at_most_so_many(c: Case) -> bool:
    """``Mỗi thôn thành lập không quá 03 tổ``: how many a rule allows."""
    quantity = c.group.figure
    if quantity.operator not in ("<=", "<") or quantity.kind != "count" or c.setting.ahead:
        return False
    return _SET_UP.search(c.lowered[: quantity.start]) is not None and _LOWERS.search(c.sentence) is None


_GIVEN_UP_TO = re.compile(
    r"(?<!\w)(?:bảo lãnh|cho vay|được vay|vay|ứng trước|tạm ứng|cấp bù|hỗ trợ|khoán|chi trả|bù|tài trợ|miễn giảm)"
    r"(?:\s[^\W\d_]+){0,4}?\s*\Z"
)


@_outside_goals
@_unpromised
@_of_shares
def given_at_most(c: Case) -> bool:
    """``Quỹ bảo lãnh tối đa 80% khoản vay``: up to how much somebody is given."""
    capped = c.group.figure.operator in ("<=", "<") and not c.setting.ahead
    return capped and _GIVEN_UP_TO.search(c.lowered[: c.group.figure.start]) is not None


def scored(c: Case) -> bool:
    """``cứ giảm 1% được tính thêm 1 điểm``: a bracket of points."""
    return _POINTS.search(c.segment) is not None


_SENTENCE_END = re.compile(r"[;.](?:\s|$)")


@_outside_goals
def leads_to(c: Case) -> bool:
    """``Có trên 75% số hộ đồng ý thì phương án được thông qua``: what must hold before something else does."""
    rest = _SENTENCE_END.split(c.lowered[c.behind :], maxsplit=1)[0]
    return _ONLY_WHEN.search(c.sentence) is not None or _THEN.search(rest) is not None


def kind_of_thing(c: Case) -> bool:
    """``thương binh có tỷ lệ tổn thương từ 61% trở lên``, ``hỗn hợp có nồng độ dưới 0,1%``: which of them."""
    impaired = _IMPAIRED.search(c.lowered[: c.group.anchor]) is not None
    return impaired or (not c.modal and _HAS_PROPERTY.search(c.before) is not None)


_AGREE = re.compile(
    r"\s*(?:của |số |tổng số |trong |các |những )*(?:số )?(?:"
    rf"{words_of('who_votes')}"
    r")(?!\w)[^;.,]{0,60}?(?<!\w)(?:đồng ý|tán thành|biểu quyết|nhất trí|tham dự|dự họp|có mặt|bỏ phiếu"
    r"|thông qua)(?!\w)"
)


@_outside_goals
@_unpromised
@_of_shares
def quorum(c: Case) -> bool:
    """``Phải có ít nhất 3/4 số hộ nhất trí``, ``trên 50% số phiếu tán thành``: when something is decided."""
    return c.compared and _AGREE.match(c.lowered, c.behind) is not None


_WEIGHTED = Sieve(r"(?<!\w)(?:trọng số|điểm xét|điểm ưu tiên|tổ hợp xét tuyển|điểm chuẩn|thang điểm)(?!\w)")


@_outside_goals
@_unpromised
def weighted(c: Case) -> bool:
    """``môn bắt buộc có trọng số tối thiểu 30%``: how much counts in a score."""
    return _WEIGHTED.search(c.segment) is not None or _WEIGHTED.search(c.sentence) is not None


_MADE_OF = re.compile(rf"(?<!\w)(?:{words_of('made_of')})\s+(?:từ|bằng)\s+(?:\d[\d.,]*\s*%[^;.%\d]*\shoặc\s+)*\Z")


@_outside_goals
@_unpromised
@_of_shares
def made_of(c: Case) -> bool:
    """``được sản xuất từ 100% hydrogen xanh hoặc 100% amoniac xanh``: what a thing is made of."""
    return _MADE_OF.search(c.lowered[: c.group.figure.figure_start]) is not None


_OF_MONEY = re.compile(
    r"\s*(?:của )?(?:tổng )?(?:số )?(?:mức )?(?:kinh phí|dự toán|ngân sách|nguồn vốn|vốn|chi phí|giá trị|quỹ"
    r"|tiền)(?!\w)"
)
_SPENDS = re.compile(r"(?<!\w)(?:sử dụng|trích|dành|chi|tạm ứng|ứng|bố trí|giữ lại|phân bổ|khấu trừ)\s+\Z")


@_outside_goals
@_unpromised
@_of_shares
def cap_of_money(c: Case) -> bool:
    """``Sử dụng tối đa 5% tổng kinh phí cho quản lý``: how much of a sum may be spent so."""
    quantity = c.group.figure
    if quantity.operator not in ("<=", "<") or c.setting.ahead:
        return False
    return bool(_SPENDS.search(c.lowered[: quantity.start])) and bool(_OF_MONEY.match(c.lowered, quantity.end))


_RANKED = re.compile(
    r"[^;.]*?(?<!\w)(?:là đạt|xếp loại|được xếp|đạt yêu cầu|là đậu|trúng tuyển|được công nhận đạt"
    r"|(?:được|sẽ) (?:vào|dự|chọn|xét|tuyển|tham dự|lọt))(?!\w)"
)


@_outside_goals
@_unpromised
def points_for(c: Case) -> bool:
    """``Đạt từ 90 điểm trở lên: xếp loại tốt``: what so many points are called."""
    return c.group.figure.unit.startswith("điểm") and _RANKED.match(c.lowered, c.behind) is not None


_WHO_PAYS = re.compile(
    r"(?:[^;.]*[,;:]\s+)?(?:ngân sách|nguồn|vốn)\s[^,;.%\d]{1,30}?\s(?:bảo đảm|đảm bảo|hưởng|chi|chịu|đóng góp)\s+\Z"
)


@_outside_goals
@_unpromised
@_of_shares
def who_pays(c: Case) -> bool:
    """``Ngân sách tỉnh bảo đảm 70%, ngân sách xã bảo đảm 30% kinh phí``: how a cost is parted."""
    return _WHO_PAYS.fullmatch(c.sentence) is not None


@_outside_goals
@_unpromised
def cap(c: Case) -> bool:
    """``Ứng trước không quá 30% dự toán`` in an article: a ceiling that a rule sets."""
    quantity = c.group.figure
    if quantity.operator not in ("<=", "<") or not c.setting.articles or c.setting.ahead:
        return False
    ceiling = _CEILING.match(c.lowered, quantity.start) or _CEILING.search(c.lowered[: quantity.figure_start][-20:])
    return ceiling is not None and _LOWERS.search(c.sentence) is None
