"""A target clause as its two sides: what stands before the figure, what stands behind it, and what went before.

The rules of :mod:`doichieu.extraction.targets.subjects` read these; nothing here decides what the population is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.alphabet import UPPER
from doichieu.extraction.targets.comparing import up_behind_noun
from doichieu.extraction.targets.figures import Quantity
from doichieu.extraction.targets.measures import Group, mark_length
from doichieu.extraction.targets.parts import clean, creator_before, strip_modal, strip_reach, strip_verbs
from doichieu.extraction.targets.phrases import SECTOR
from doichieu.extraction.targets.places import KIND_OF_PLACE, MORE_PLACES, NO_PLACE_NEXT, PLACE_NAME
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.verbs import BRACKET
from doichieu.lexicon.comparators import comparing
from doichieu.lexicon.families import COMMUNE, EVERY, LEVEL, REGION, SETTLEMENT
from doichieu.lexicon.named_words import words_of
from doichieu.model import Target
from doichieu.text.memory import Once
from doichieu.text.sieve import Sieve

_YEAR_LABEL = re.compile(
    r"(?:trong )?cả năm(?: \d{4})?(?! học)|"
    r"(?<!trước )(?<!sau )(?<!từ )(?:đến (?:hết |cuối )?|trong |giai đoạn |năm )+\d{4}(?: - \d{4})?"
)
_COMES_FROM = re.compile(r"\s+từ\s+\d[^;]*\Z")
# What a figure is compared with or hangs on says nothing about its population: "tăng 5% so với năm 2020".
_COMPARED = Sieve(r"^\s*(?:so với|so cùng|khi|nếu|trong điều kiện)(?!\w)[^,;]*")
#: What becomes of the others: "sầu riêng 16.000 ha | , còn lại là cây trồng khác".
_THE_REST = re.compile(r",\s+(?:(?:số|phần|diện tích|khối lượng) )?còn lại(?!\w).*\Z", re.IGNORECASE | re.DOTALL)
_UP_END = re.compile(r"\s+(?:trở lên|trở xuống)\Z")
_PER_PERIOD = re.compile(r"\s*/\s*(?:năm|quý|tháng)(?: học)?\Z")
_FROM_DAY = Sieve(r"\s+từ ngày \d[^;,%]*?(?=\s(?:xuống|còn)(?!\w))")
_GOES_ON = re.compile(r"\s(?:đi|là|tham gia|được|học|có|làm|bị|thuộc|đạt|hoàn thành|người|dân tộc|nông thôn)\s")
_SO_FAR = Sieve(
    r"\s+so (?:với|cùng)\s[^,;()]*|,?\s+lấy [^,;()%]{3,40} làm (?:năm )?(?:mốc|gốc)(?: (?:so sánh|đối chiếu))?(?!\w)"
)
_LAST_SHARE = re.compile(r".*,\s+(?=(?:tỷ lệ|tỉ lệ|số|tổng|thời gian|thời hạn)(?!\w| hóa)[^,]*\Z)", re.IGNORECASE)
_SHARE_END = re.compile(r"(?:^|\s+)(?:tỷ lệ|tỉ lệ)\s*\Z", re.IGNORECASE)  # "Giữ vững tỷ lệ 100% hộ dân được …"
_MEASURED_LABEL = re.compile(rf"\s*(?:{words_of('measure_of_a_label')})(?!\w| liệu| hóa)")
_ONLY_REACHES = re.compile(r"\s*(?:(?:phấn đấu|đạt|là|có|từ|khoảng|còn|giảm|xuống|hạ|lên|tăng|ở mức|bình quân)\s+)*")
_WORD = re.compile(r"[^\W\d_]{2}")
_HAS = re.compile(rf"(?<!\w)có(?:\s+(?:từ|{comparing()}))*\s*\Z")
_ADVERBIAL = re.compile(r"(?:sau|trước|trong|qua|thông qua|ngoài)\s")
_PLACE_FIRST = re.compile(
    rf"\s*(?P<place>(?:(?:riêng|đối với)\s+)?"
    rf"(?:tại|ở|trên(?!\s(?:cơ sở|tinh thần|thực tế|thế giới|nền tảng|nguyên tắc|\d))|trong|vùng"
    rf"|khu vực(?!\s{SECTOR}))\s(?:[^,;:%()]|\([^()]*\)){{3,80}}?{MORE_PLACES}),\s"
    rf"{NO_PLACE_NEXT}",
    re.IGNORECASE,
)
#: Kinds of places alone: "tại các phường", "ở xã vùng cao, biên giới", "khu vực nông thôn".
_KIND_OF_PLACES = re.compile(
    rf"(?:riêng )?(?:(?:tại|ở|trên địa bàn) (?:các |những )?(?:khu vực |vùng )?|khu vực |vùng )"
    rf"(?:{COMMUNE}|{SETTLEMENT}|{REGION})"
    rf"(?:(?:,| và)? (?:các |khu vực |vùng )?(?:{COMMUNE}|{SETTLEMENT}|{REGION}|khó khăn|bãi ngang))*",
    re.IGNORECASE,
)
#: Places by their names, right behind which something is done: "tại các xã Ba Vì, Suối Hai, Vật Lại | phải hoàn thành".
_NAMED_PLACES = re.compile(
    rf"\s*(?P<place>(?i:(?:riêng\s+)?(?:tại|ở)\s(?:các|những)\s{KIND_OF_PLACE})\s{PLACE_NAME}(?:,\s{PLACE_NAME})+"
    rf"(?:\s(?:và|với)\s{PLACE_NAME})?),?\s+(?![{UPPER}])"
)
_TIME_PLACE = re.compile(
    r"trong (?:số|tổng số|nhóm|năm|giai đoạn|thời gian|quý|tháng|suốt|đó|(?:cả |một |toàn )?nhiệm kỳ|kỳ|những năm"
    r"|thời kỳ|vòng|từng năm)|trong \d",
    re.IGNORECASE,
)
#: What cannot begin the name of a population behind its figure: "30% GRDP", "12% so với", "5% trở lên".
_NO_POPULATION = re.compile(
    rf"\s*(?:g?r?dp(?!\w)|(?:tổng(?! số)|so|kế hoạch|dự toán|chỉ tiêu|nhu cầu|trở|{EVERY}|vào|đến|theo|trên"
    r"|trong|với"
    r"|đối với|khi|từ|cho|để|nhằm|do|ở|tại|là|và|của|lên|xuống|bình quân|nguồn vốn|vốn|thay vì|nếu|như|nhờ"
    r"|thông qua|bằng|qua|phù hợp|tương ứng|góp phần)(?!\w)"
    r"|[/,;:.()\d-]|\Z)"
)


_TRAILING = re.compile(
    r"[^,;:%]{0,40}?(?:^|\s)(?P<whom>đối với\s+(?!năm|giai đoạn)[^,;:.%\d]+?)(?=\s+(?:và|là)\s+\d|\s*[,;.(]|\s*\Z)",
    re.IGNORECASE,
)


#: "Toàn tỉnh có 80% xã đạt chuẩn": where, not who.
_WHOLE_HAS = re.compile(
    rf"^\s*(?:trên )?(?:(?:toàn|cả) (?:{LEVEL}|ngành|quốc|nước|vùng|miền)|{LEVEL})\s+(?=có\s*\Z|(?:phấn đấu|bảo đảm) có"
    r"|(?:phấn đấu |tiếp tục )?(?:giảm|tăng|kéo giảm|trồng|nuôi|xây|xây dựng|đào tạo|hình thành|phát triển"
    r"|thành lập|thu"
    r" hút|cắt giảm|tiết kiệm)(?!\w))",
    re.IGNORECASE,
)
#: "Trong 10 năm, thu nhập …": for how long.
_WITHIN_YEARS = re.compile(r"^\s*(?:trong|sau|qua) \d+ năm(?: tới| đầu)?,\s+", re.IGNORECASE)
_COMPARED_FIRST = re.compile(r"^\s*so (?:với|cùng) [^,;%]{3,60},\s+", re.IGNORECASE)
_YEAR_BEHIND = re.compile(
    r"\s*(?:(?:vào |trong )?năm 20\d\d|\((?:năm )?20\d\d\))(?=\s*(?:[,;.]|và\s|\Z))", re.IGNORECASE
)
#: How it was, told last: "80 cơ sở được công nhận an toàn | (năm 2025: 21 cơ sở)".
_WAS_BEHIND = re.compile(r"\s*\((?:năm )?20\d\d\s*(?::|là|đạt|có)[^()]*\d[^()]*\)\s*\Z", re.IGNORECASE)
#: What a bracket tells right behind a figure, or behind its year: "50% vào năm 2028 (kế hoạch của tỉnh là 60%)".
_ASIDE_FIRST = re.compile(
    r"^\s*(?:(?:vào |trong |đến )?năm 20\d\d\s*)?\((?:[^()]*\d[^()]*"
    r"|\s*(?:theo|kế hoạch|hiện|nghị quyết|cùng kỳ)[^()]*)(?:\)|\Z)",
    re.IGNORECASE,
)
_ABOUT_FIRST = re.compile(
    r"\s*(?:riêng\s+)?đối với\s+(?P<who>(?:[^,;:%\d]|\d+(?=\d| (?:tháng|năm|tuổi|ngày)(?!\w))){3,80}),\s", re.IGNORECASE
)


#: The same with commas inside, up to what has to be so: "Đối với vụ án tham nhũng, kinh tế thuộc diện A, | phải".
_ABOUT_MORE = re.compile(
    r"\s*(?:riêng\s+)?đối với\s+(?P<who>[^;:.%\d]{3,160}?),\s(?=(?:phải|cần|phấn đấu|bảo đảm|đảm bảo|tối thiểu|ít nhất"
    r"|tỷ lệ|có|đạt|mức|thời gian)\s|\Z)",
    re.IGNORECASE,
)
_ABOUT_JUST_BEFORE = re.compile(
    r"(?:\A\W*|[.;:]\s*)(?:riêng\s+)?đối với\s+(?P<who>(?:[^,;:%\d]|\d+(?=\d| (?:tháng|năm|tuổi|ngày)(?!\w))){3,80}),"
    r"\s\Z",
    re.IGNORECASE,
)
#: What each of them is to have, behind whom a sentence opens with: "… . Riêng các xã đảo, | mỗi trường có 02 xuồng".
_FOR_EACH = re.compile(r"\s*(?:mỗi|từng)\s", re.IGNORECASE)
_OPENED = re.compile(
    r"(?:\A|[.;:])\s*(?:(?:riêng )?đối với\s+|riêng\s+|(?=(?:tại|ở)\s))"
    r"(?P<who>(?:(?:tại|ở)\s+)?(?:các|những)\s[^.;:%\d]{3,80}),\s*\Z",
    re.IGNORECASE,
)
_LONGEST_OPENING = 120  # characters
_OPENS_PARTS = re.compile(
    r"[\s,;]*(?:gồm|bao gồm|trong (?:số )?đó|cụ thể|(?:với|có)\s+(?:tổng\s+)?(?:diện tích|quy mô|công suất"
    r"|chiều dài|kinh phí))"
    r"[\s:,]*\Z",
    re.IGNORECASE,
)


#: Two places of a kind in a row: "tại các | xã biên giới, xã đảo", "ở khu du lịch và khu công nghiệp".
_PLACE_KIND = re.compile(r"(?:tại|ở|trong)\s+(?:các |những )?(?P<kind>[^\W\d_]+)\s", re.IGNORECASE)
_SAME_KIND = re.compile(r",\s(?P<name>(?:các |những )?(?P<kind>[^\W\d_]+)(?:\s[^\W\d_]+){1,5})", re.IGNORECASE)
#: What goes on behind the share of some of them: "85% người dân (riêng vùng cao: 70%) | biết phòng bệnh".
_APART_ASIDE = re.compile(r"\s?\(riêng\s[^()]*\d\s*%[^()]*\)(?P<goes_on>\s[^;:.%\d]{3,200})", re.IGNORECASE)
#: With one of these a match of :data:`_OPENS_PARTS` ends, but for blanks.
_LAST_OF_OPENING = "móểhôtií:,"
_HELD_FOR = re.compile(r"(?<=\w)\s(?P<whom>đối với\s(?:[^,;:.()%\d]|\d(?! ?%)){3,80})\Z", re.IGNORECASE)
#: What people think and how they keep to something is of the thing itself: "hài lòng đối với dịch vụ công".
_THOUGHT_OF = re.compile(rf"(?<!\w)(?:{words_of('thought_of')})(?!\w)")


_BLANKS = re.compile(r"\s+")


class Said(NamedTuple):
    """What a wording says: population, what is true of it, what narrows it; ``open``: its predicate is yet to come."""

    subject: str = ""
    indicator: str = ""
    scope: tuple[str, ...] = ()
    open: bool = False


class Before(NamedTuple):
    """The target before a measure in its sentence, whose population is known, and that target's own measure."""

    target: Target
    group: Group


class Sides:
    """One measure with its sides, its label, and the target before it (``near``: in the same sentence; ``before``: if
    its population is known).

    ``whole`` is the target of the sentence whose parts follow (``…, trong đó: A 5, B 7``), ``inner`` the label within
    the sentence.
    """

    def __init__(
        self,
        text: str,
        lowered: str,
        group: Group,
        label: str,
        previous: Target | None,
        previous_group: Group | None,
        *,
        whole: Target | None = None,
        inner: str = "",
    ) -> None:
        self.whole, self.inner = whole, inner
        self.text, self.lowered, self.group, self.label = text, lowered, group, label
        self.previous, self.previous_group = previous, previous_group
        self.near: Target | None = None
        self.before: Before | None = None
        if previous is not None and previous_group is not None:
            self.near = previous
            self.before = Before(previous, previous_group) if previous.subject else None
        self.kind = group.figure.kind

    @Once
    def start(self) -> int:
        """Where the wording begins, behind the label of its line."""
        start = self.group.start
        if self.label:
            offset = self.lowered.find(":", mark_length(self.text))
            if start <= offset < self.group.anchor:
                start = offset + 1
        quote = self.lowered.rfind('"', start, self.group.anchor)
        if quote >= 0 and self.lowered.count('"', start, self.group.anchor) % 2:
            start = quote + 1  # … theo mục tiêu "đến năm 2025, kinh tế số đạt 20%"
        told = self.lowered.rfind(": ", start, self.group.anchor)
        return told + 1 if told >= 0 and _WORD.search(self.lowered[told : self.group.anchor]) else start

    @Once
    def own_left(self) -> str:
        """What stands between label and figure."""
        return self.text[self.start : self.group.anchor]

    @Once
    def left(self) -> str:
        """What stands before the figure, without times, and without a grade that the figure counts."""
        group = self.group
        left = self.text[self.start : group.anchor]
        for grade in group.grades:
            if group.quantity is not None and self.start <= grade.start < group.anchor:
                left = f"{self.text[self.start : grade.start]} {self.text[grade.end : group.anchor]}"
        colon = self.lowered.find(":", mark_length(self.text))
        labelled = _ONLY_REACHES.fullmatch(self.lowered, colon + 1, group.anchor) is not None
        if (
            labelled
            and _MEASURED_LABEL.match(self.label.strip().lower())
            and _ONLY_REACHES.fullmatch(f"{left.lower().strip()} ")
            and not self._people_behind
        ):
            left = f"{self.label[mark_length(self.label) :]} {left}"  # "Tỷ lệ hộ dùng nước sạch: 95%"
        if group.baseline:  # "Tỷ lệ … tăng từ 45% năm 2021 lên 70%"
            left = _COMES_FROM.sub(" ", left)
        left = _FROM_DAY.sub(" ", left)
        left = _YEAR_LABEL.sub(" ", left) if _YEAR_LABEL.search(left.lower()) else left
        return left if "  " not in left and left.isprintable() else " ".join(_BLANKS.split(left))

    @Once
    def _people_behind(self) -> bool:
        """Whether people with a predicate of their own stand behind: ``80% người từ 15 tuổi có tài khoản``."""
        behind = self.right.strip().lower() if self.kind == "percent" else ""
        return PERSON.match(behind) is not None and predicate_start(behind) is not None

    @Once
    def right(self) -> str:
        """What stands behind the figure, from the counted noun on, without what it is compared with."""
        quantity = self.group.quantity
        if quantity is None:
            return ""
        counted = _UP_END.sub("", self.text[quantity.figure_end : quantity.end]) if quantity.kind == "count" else ""
        if _GOES_ON.match(self.text, quantity.end):
            counted = _PER_PERIOD.sub("", counted)  # "08 viên chức/năm đi học"
        behind = _SO_FAR.sub("", _COMPARED.sub("", self._behind(quantity)))
        if "(" in behind:
            behind = _ASIDE_FIRST.sub("", behind)
        if "20" in behind:
            behind = _YEAR_BEHIND.sub("", _WAS_BEHIND.sub("", behind))
        if "còn lại" in behind:
            behind = _THE_REST.sub("", behind)
        return counted + (_OPENS_PARTS.sub("", behind) if behind.rstrip()[-1:].lower() in _LAST_OF_OPENING else behind)

    def _behind(self, quantity: Quantity) -> str:
        """The wording behind a figure, without a comparator that stands behind its noun (``40% dân số trở lên``)."""
        if (aside := _APART_ASIDE.match(self.text, self.group.end)) is not None:
            return self.text[quantity.end : self.group.end] + aside.group("goes_on")
        up = up_behind_noun(self.lowered, quantity.end) if quantity.operator in (">=", "<=") else None
        if up is None or up.end() > self.group.end:
            return self.text[quantity.end : self.group.end]
        return self.text[quantity.end : up.start("up") - 1] + self.text[up.end() : self.group.end]

    @Once
    def trailing(self) -> str:
        """Whom or where the figure holds for, said behind it: ``đạt 168,5 cm đối với nam và 158 cm đối với nữ``."""
        found = _TRAILING.match(self.right)
        return clean(found.group("whom")) if found else ""

    @Once
    def held_for(self) -> str:
        """For whom what is measured holds, said last: ``Tỷ lệ nước thải được xử lý đối với đô thị loại II đạt 50%``."""
        if self.kind != "percent" or "đối với" not in self.lowered[self.start : self.group.anchor]:
            return ""
        found = _HELD_FOR.search(strip_reach(self.left).strip(" ,:"))
        return "" if found is None or _THOUGHT_OF.search(self.left.lower()) else clean(found.group("whom"))

    @Once
    def about(self) -> str:
        """Whom the clause opens with: ``Đối với khách quốc tế, mức chi tiêu bình quân đạt …``."""
        found = _ABOUT_FIRST.match(self.own_left) or self._about_before
        longer = _ABOUT_MORE.match(self.own_left) if found is not None and self.own_left.count(", ") > 1 else None
        found = longer or found
        if found is None and _FOR_EACH.match(self.own_left):
            before = self.text[max(self.start - _LONGEST_OPENING, 0) : self.start]
            found = _OPENED.search(before if self.start <= _LONGEST_OPENING else f"x{before}")
        return "" if found is None else clean(found.group("who"))

    @Once
    def _about_before(self) -> re.Match[str] | None:
        """Whom the clause opens with before a word of striving: ``đối với người từ 70 tuổi, | phấn đấu đạt …``."""
        if not self.own_left.lower().startswith("phấn đấu"):
            return None
        before = self.text[max(self.start - _LONGEST_OPENING, 0) : self.start]
        return _ABOUT_JUST_BEFORE.search(BRACKET.sub(lambda m: m.group().replace(",", " "), before))

    @Once
    def place(self) -> str:
        """The place that opens the clause: ``Tại khu vực đô thị, 100% hộ …``."""
        left = self.left + ", " if self.left.rstrip().endswith(",") or self._only_places else self.left
        found = _NAMED_PLACES.match(left) or _PLACE_FIRST.match(left)
        if found is None or _TIME_PLACE.match(found.group("place").lower()):
            return ""
        place = clean(re.sub(r"^(?:riêng|đối với)\s+", "", found.group("place"), flags=re.IGNORECASE))
        return place + self._place_beside(place, self.left[found.end("place") :])

    @property
    def _only_places(self) -> bool:
        """Whether nothing but a kind of place stands before a share whose people follow: ``Tại các xã vùng cao | 70%
        hộ dùng nước sạch``."""
        if self.kind != "percent" or _NO_POPULATION.match(self.right.lower()) is not None:
            return False
        return _KIND_OF_PLACES.fullmatch(strip_reach(self.left).strip(" .*-–")) is not None

    def _place_beside(self, place: str, behind: str) -> str:
        """The last of two places of a kind, where nothing but a verb of reaching stands behind them: ``trong đó tại các
        xã biên giới, | xã đảo | đạt 60%``."""
        if self.near is None or self.kind != "percent" or _NO_POPULATION.match(self.right.lower()) is None:
            return ""
        one = _PLACE_KIND.match(place)
        other = strip_reach(behind)
        alike = _SAME_KIND.fullmatch(other.strip(" :")) if one is not None and other.strip() != behind.strip() else None
        if one is None or alike is None or alike.group("kind").lower() != one.group("kind").lower():
            return ""
        return other.rstrip(" ,:") if predicate_start(alike.group("name").lower()) is None else ""

    @Once
    def rest(self) -> str:
        """The left side without words of commitment, without an opening place."""
        left = self.left
        if self.place:
            left = left[left.find(self.place) + len(self.place) :]
        if any(sign.isdigit() for sign in self.about):  # "Đối với hộ đã ở từ 12 tháng trở lên, thu nhập tăng …"
            left = left[left.find(self.about) + len(self.about) :].lstrip(" ,")
        strives = max(left.lower().rfind(f"{joint} phấn đấu ") for joint in (",", "để", "góp phần", " là"))
        if strives > 0:
            left = left[strives:]  # "đẩy mạnh phục hồi sản xuất, phấn đấu tăng trưởng cả nước …"
        if "," in left:
            left = _COMPARED_FIRST.sub("", _WITHIN_YEARS.sub("", left))
        rest = _WHOLE_HAS.sub("", strip_modal(left)).strip(" ,:")
        return rest[cut.end() :] if "," in rest and (cut := _LAST_SHARE.search(rest)) else rest

    @Once
    def reaches(self) -> bool:
        """Whether the left side closes with a verb of reaching: ``tỷ lệ … đạt``."""
        return strip_reach(self.rest).strip(" ,:") != self.rest

    @Once
    def reached(self) -> str:
        """What is measured: the left side without its closing verb; empty where it holds verbs alone."""
        reached = strip_verbs(_SHARE_END.sub("", strip_reach(self.rest).strip(" ,:")))
        if self.has and _ADVERBIAL.match(clean(reached).lower()):
            return ""  # "sau đào tạo có ít nhất 80% người học có việc làm"
        return reached

    @Once
    def adverbial(self) -> bool:
        """Whether the left side is an adverbial alone: ``sau đào tạo có ít nhất 80% …``."""
        return _ADVERBIAL.match(clean(self.rest).lower()) is not None

    @Once
    def has(self) -> bool:
        """Whether ``có`` stands right before the figure."""
        return _HAS.search(self.left.lower()) is not None

    @Once
    def creator(self) -> str:
        """The verb that brings about what is counted."""
        return creator_before(self.rest)

    @Once
    def names_behind(self) -> bool:
        """Whether a population may stand behind the figure (``30% hộ``, not ``30% GRDP``)."""
        right = self.right.lower()
        deed = clean(self.rest).split(" phấn đấu ")[-1]
        spent = right.lstrip().startswith("tổng ") and bool(deed) and not strip_verbs(deed, leading=True)
        return spent or _NO_POPULATION.match(right) is None
