"""What makes a measure a promise, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from doichieu.extraction.targets.cases import Case
from doichieu.extraction.targets.continued import with_so_many
from doichieu.extraction.targets.counted import all_of
from doichieu.extraction.targets.parts import creator_before, strip_modal, strip_verbs
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.spoken import WHOLES
from doichieu.extraction.targets.time_limits import cuts, limits
from doichieu.lexicon import load
from doichieu.lexicon.comparators import comparing
from doichieu.lexicon.families import EVERY, members
from doichieu.lexicon.named_words import words_of
from doichieu.text import one_of

_WHOLE = re.compile(rf"(?:{words_of('wholes_measured')})(?!\w)")
#: Before a figure: "19/19 tiêu chí tại 12 xã" says where, "của 19 dân tộc" whose.
_WHERE = re.compile(
    r"(?<!\w)(?:tại|ở|của|thuộc|trên|trong|với|theo|qua|giữa|bằng|vào|cho|đối với|từ|cả|gồm|bao gồm|sau|trước|về|trừ)"
    r"\s+\Z"
)
#: Where something is done, for whom it is done: with nothing else to count in the clause that is how much.
_DONE_AT = re.compile(r"(?<!\w)(?:tại|ở|cho|đối với|với|vào|về)\s+\Z")
#: "tần suất 02 lần/tháng", "Số lượng: 5.000 cuốn": a noun of amount before its figure.
_HOW_MUCH = re.compile(
    r"(?:^|[\s,;])(?:(?:số lượng|tổng số|tần suất|khối lượng)(?!\w)[^;,.\d]{0,40}"
    r"|số\s(?!liệu|hóa|thứ)[^;,.:\d]{2,30}:\s*)\Z"
)
#: "quan trắc với tần suất 02 lần/tháng".
_OFTEN = re.compile(r"(?<!\w)tần suất(?:\s+[^\W\d_]+){0,3}\s*:?\s*\Z")
_SHORT = 12  # words: a longer deed has its own object, and the figure says where
_SHARE_BEHIND = re.compile(r"[^;.,]*\d\s*(?:%|‰|phần trăm)")
_INDEX = re.compile(rf"(?:(?<!\w)(?:hdi|gini|icor|pci|papi|sipas|dti|par index)(?!\w)|{words_of('indexes')})")
#: "nâng tổng số doanh nghiệp hoạt động lên | 15.000": an amount that is moved to a figure without a unit.
_MOVED_TO = re.compile(
    r"(?:nâng|đưa|tăng|giảm|kéo giảm|mở rộng)\s+(?:tổng\s+)?(?:số|quy mô)\s[^;:.%\d]{2,60}\s(?:lên|xuống|còn|đạt)"
    r"(?:\s+(?:đến|tới|thành|trên|khoảng|ít nhất))*\s*\Z"
)
_PLACES = frozenset({*members("commune"), *members("district"), *members("province"), *members("settlement"), "bản"})
_OWES = re.compile(r"(?<!\w)(?:phải|cần|mỗi [^;.,]{2,30}) (?:có|bố trí|tổ chức)(?!\w)")


def _grade(c: Case) -> bool:
    return c.setting.goal


def _share(c: Case) -> bool:
    quantity = c.group.figure
    in_words = c.lowered[quantity.figure_start : quantity.figure_end]
    if "nửa" in in_words and not c.lowered.startswith(" số ", quantity.figure_end):
        return c.setting.goal or c.modal or c.compared or c.setting.ahead or bool(quantity.direction)
    return c.setting.goal or in_words not in WHOLES


def _majority(c: Case) -> bool:
    return c.setting.goal


def _strives(c: Case) -> bool:
    """Rates, multiples: goals, or what the text strives for or bounds, or does so often."""
    quantity = c.group.figure
    if c.setting.zone == "task" and _OFTEN.search(c.lowered[: quantity.start]):
        return True
    return c.setting.goal or c.modal or c.compared or c.setting.ahead


def _rank(c: Case) -> bool:
    return c.setting.goal or c.modal


def _money(c: Case) -> bool:
    due = c.setting.ahead and _WHOLE.match(strip_modal(c.left.strip(" ,"))) is not None
    return c.setting.goal or c.modal or due


#: "Số lao động được tạo việc làm hằng năm: | 22.000", and a part of such a number behind it.
_NUMBER_LABEL = re.compile(r"(?:\A|;)\W*(?:\d{1,2}[.)]\s*)?(?:tổng )?số\s(?!hóa|liệu|thứ)[^;:%\d]{3,90}:\s*\Z")
_PART_LABEL = re.compile(r"(?<!\w)trong đó:?,?\s[^;:%\d]{3,60}:\s*\Z")


def _labelled_number(c: Case, before: str) -> bool:
    """Whether a bare number stands behind the label of a number of things, or of a part of the one before."""
    if _NUMBER_LABEL.search(before) is not None:
        return True
    was = c.previous.figure if c.previous is not None else None
    bare = was is not None and was.kind == "index" and not was.unit and c.after == "target"
    return bare and _PART_LABEL.search(before) is not None


def _time_limit(c: Case) -> bool:
    """Within how long something is done: outside goals it binds a procedure or dates a task."""
    quantity = c.group.figure
    return limits(quantity.unit, c.sentence[-140:] + c.lowered[c.group.anchor : quantity.figure_start], "")


_CUT_AND_CUT = re.compile(r"\s*(?:,|và|hoặc|,\s*và)\s*")


def _time_cut(c: Case) -> bool:
    """``Nội dung đơn giản hóa: Giảm 1,5 ngày và 2,5 ngày so với quy định``: by how much a plan cuts a time."""
    quantity = c.group.figure
    was = c.previous.quantity if c.previous is not None and c.after == "target" else None
    if was is not None and was.kind == "index" and was.unit == quantity.unit:
        return _CUT_AND_CUT.fullmatch(c.lowered, was.end, quantity.figure_start) is not None
    return cuts(quantity.unit, c.lowered[: quantity.figure_start][-200:], c.lowered[quantity.end :][:60])


def _index(c: Case) -> bool:
    quantity = c.group.figure
    value = quantity.value
    if quantity.unit:  # a size or a stretch of time that is itself measured
        if _time_cut(c):
            return True
        return c.setting.goal or ((c.modal or c.setting.ahead) and not _time_limit(c))
    before = c.lowered[: quantity.start]
    named = c.compared or _INDEX.search(c.before[-60:]) is not None or _MOVED_TO.search(before[-90:]) is not None
    named = named or (":" in before[-8:] and _labelled_number(c, before))
    return c.setting.goal and named and value is not None and not 1900 < value < 2100


#: "Hỗ trợ người dân | 5 xã vùng hạ du": whose they are, with no word between.
_PEOPLE_OF = re.compile(
    r"(?<!\w)(?:người dân|nhân dân|bà con|đồng bào|hộ dân|hộ nghèo|cán bộ|học sinh|nông dân|ngư dân|cử tri"
    r"|địa bàn)\s+\Z"
)


def _people_of_places(c: Case) -> bool:
    """``Hỗ trợ người dân 5 xã vùng hạ du``: whose people, not how many places."""
    quantity = c.group.figure
    if quantity.operator != "=" or quantity.unit not in _PLACES:
        return False
    return _PEOPLE_OF.search(c.lowered, max(0, quantity.start - 20), quantity.start) is not None


def _opens_its_parts(c: Case, before: str) -> bool:
    """``8.400 căn hộ, gồm 5.000 căn cho công nhân``: the first part of what was promised."""
    was = c.previous.figure if c.previous is not None and c.after == "target" else None
    alike = was is not None and was.kind == "count" and was.unit.split()[:1] == c.group.figure.unit.split()[:1]
    return alike and c.setting.goal and before.rstrip().endswith("gồm")


def _says_where(c: Case) -> bool:
    """``19/19 tiêu chí tại 12 xã``: where, not how many; ``cho cả 04 công chức`` says for all of them."""
    before = c.lowered[: c.group.figure.start]
    if c.group.figure.operator != "=" or _WHERE.search(before) is None or _opens_its_parts(c, before):
        return False
    return not (c.setting.goal and all_of(before))


#: "phát tối thiểu 02 chuyên mục/tháng": how often something is done at least.
_RHYTHM = re.compile(r"(?:lần|chuyên mục|tin|bài|tin,? bài|kỳ|chuyên đề|phiên|lượt)/(?:tuần|tháng|quý|năm)\Z")


#: "ít nhất mỗi năm | 01 lần": the period stands before its figure.
_EACH_TIME = re.compile(
    rf"[^\W\d_]{{2}}[^;.:]*\s{comparing()} (?:{EVERY}|một) (?:tuần|tháng|quý|học kỳ|kỳ|vụ|năm học|năm)\s+(?:có\s+)?\Z"
)
_TIMES = frozenset({"lần", "buổi", "kỳ", "lượt", "cuộc", "phiên", "đợt"})
#: A deed of a word or two that opens what is done each year: "mỗi năm | chuẩn bị | từ 150 ha đất sạch trở lên".
_EACH_YEARS_DEED = re.compile(
    rf"(?:\A|.*[;,.:]\s)\W*(?:\w{{1,3}}[.)]\s*)?{EVERY} (?:năm|quý|tháng|vụ),?\s+(?!có(?!\w))"
    r"[^\W\d_]+(?:\s[^\W\d_]+){0,2}\s+\Z"
)


def _how_often(c: Case) -> bool:
    """``Truyền thông trên loa tối thiểu 02 chuyên mục/tháng``, ``họp chi bộ ít nhất mỗi tháng 01 lần``, ``mỗi năm
    chuẩn bị từ 150 ha đất trở lên``: a bounded rhythm in a chapter of tasks."""
    quantity = c.group.figure
    bounded = quantity.operator in (">=", ">", "between") and c.setting.zone == "task"
    if not bounded or c.setting.articles:
        return False
    if _RHYTHM.match(quantity.unit) is not None or _EACH_YEARS_DEED.match(c.lowered[: quantity.start]):
        return True
    return quantity.unit in _TIMES and _EACH_TIME.search(c.lowered[: quantity.figure_start]) is not None


_RHETORIC = frozenset({"đột phá", "trụ cột", "khâu", "nguyên tắc", "quan điểm", "phương châm"})


def _striven(c: Case, creator: str, *, bounded: bool) -> bool:
    """``phấn đấu có 05 xã``: what the sentence strives for in words."""
    return c.modal and bool(creator or bounded or c.left.strip(" ,") in ("phấn đấu", "phấn đấu có"))


def _count(c: Case) -> bool:
    quantity = c.group.figure
    if _people_of_places(c) or (quantity.unit in _RHETORIC and quantity.operator == "="):
        return False  # "tạo 2 đột phá chiến lược"
    if _says_where(c):
        return _done_at(c) or _for_so_many(c)
    creator = creator_before(c.left)
    if quantity.value == 0:  # "không còn nhà tạm" promises among goals only
        return c.setting.goal
    if c.setting.goal and quantity.operator == "=" and quantity.unit in load("predicates")["abstract"]:
        return bool(creator) and not creator.lower().startswith(("có", "thực hiện", "triển khai"))
    if c.setting.goal or _listed(c) or _below_its_sum(c) or _named_below_act(c):
        return True
    if c.setting.ahead and _brought_by_then(c, creator):
        return True
    bounded = quantity.operator in (">=", ">", "between")
    owed = bounded and bool(creator) and (creator.lower() != "có" or _OWES.search(c.sentence) is not None)
    return owed or _striven(c, creator, bounded=bounded) or _act(c) or _how_often(c)


def _brought_by_then(c: Case, creator: str) -> bool:
    """Whether a count in a clause with a day to come stands behind what brings it about, or behind its task."""
    return bool(creator) or _WHOLE.match(strip_modal(c.left.strip(" ,"))) is not None or _behind_its_task(c)


_TASK_LABEL = re.compile(r"\W*(?:\w{1,3}[.)]\s*)?(?P<task>[^;.:\d%]{6,120}):\s+\Z")


def _behind_its_task(c: Case) -> bool:
    """``Trám lấp giếng của hộ nghèo: 150 giếng``: how many, behind a dated task that says so or opens with its act."""
    found = _TASK_LABEL.fullmatch(c.lowered[: c.group.figure.start]) if c.setting.zone == "task" else None
    if found is None or _office_work(c.group.figure.unit):
        return False
    task, counted = found.group("task"), c.group.figure.unit.split()[0]
    return counted in task.split()[1:] or _at_its_head().match(task) is not None


def _below_its_sum(c: Case) -> bool:
    """``+ 01 vị trí tại cửa sông`` below ``Lấy mẫu 03 vị trí, gồm:``: a part of a promised count."""
    quantity = c.group.figure
    return not c.left.strip(" ,") and quantity.unit in c.setting.above


_FOR = re.compile(r"[^;.:\d%]*\scho\s+\Z")


def _for_so_many(c: Case) -> bool:
    """``Mở 04 lớp xóa mù chữ cho 110 học viên``: how many are served by what was promised."""
    before = c.previous.quantity if c.previous is not None else None
    if before is None or c.after != "target" or before.kind != "count":
        return False
    unit = c.group.figure.unit
    served = PERSON.match(unit) is not None or unit.startswith("lượt")
    if served and _FOR.fullmatch(c.lowered, before.end, c.group.figure.start) is not None:
        return True
    return not _office_work(unit) and with_so_many(c.lowered, before.end, c.group.figure.start)


_BELOW_ACT = re.compile(r"(?:[-+*•]\s+)?(?P<act>[^;.:\d%]{6,120}):\s+(?P<name>[^\W\d_]+(?:\s[^\W\d_]+){0,7})\s+\Z")


def _named_below_act(c: Case) -> bool:
    """``Phát triển các vùng chuyên canh: vùng chè 3.500 ha, vùng hồi 800 ha``: what the act is to bring about."""
    found = _BELOW_ACT.fullmatch(c.sentence) if ":" in c.sentence and c.setting.zone == "task" else None
    if found is None or _office_work(c.group.figure.unit) or not _at_its_head().match(found.group("act")):
        return False
    name = found.group("name")
    return not creator_before(name) and predicate_start(name, from_start=True) is None


_SERVED = re.compile(r"(?<!\w)(?:cho|tại) \Z")


def _serves(c: Case, done: str) -> bool:
    """``Xóa mù chữ cho 42 học viên``, ``Truyền nghề cho 60 phụ nữ``: whom a deed among goals is done for."""
    if not c.setting.goal or _SERVED.search(c.left) is None:
        return False
    return strip_verbs(done, leading=True) != done or PERSON.match(c.group.figure.unit) is not None


def _done_at(c: Case) -> bool:
    """``Chỉnh trang, bó gọn cáp tại 120 tuyến phố``: how many, where the clause counts nothing else."""
    done = _DONE_AT.sub("", c.left.lower()).strip(" ,")
    if done == c.left.lower().strip(" ,") or not (opens_with_act(done) or _serves(c, done)):
        return False
    if len(done.split()) > _SHORT or " cho " in done:
        return False  # "tập huấn cho … tại 04 cơ sở": where
    return (c.setting.goal or c.setting.zone == "task") and _SHARE_BEHIND.match(c.lowered, c.behind) is None


@lru_cache(maxsize=1)
def _acts() -> str:
    """A pattern for any verb that brings about what is counted."""
    words = [*load("predicates")["acts"], *load("predicates")["creators"]]
    plain = {*words} - {"có", "đạt", "thực hiện", "triển khai", "hoàn thành", "phấn đấu", "bảo đảm"}
    return f"(?:{one_of(plain)})"


@lru_cache(maxsize=1)
def _right_before() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s,;]){_acts()}(?: mới| thêm| được| thành công)*\s*\Z")


@lru_cache(maxsize=1)
def _done_to_many() -> re.Pattern[str]:
    """``hướng dẫn trực tiếp | tối thiểu 200 lượt người``: a deed whose number counts only where it is bounded."""
    return re.compile(rf"(?:^|[\s,;])(?:{one_of(load('predicates')['bounded_acts'])})(?: trực tiếp| thành công)*\s*\Z")


@lru_cache(maxsize=1)
def _at_its_head() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:phối hợp|tổ chức|tiếp tục|chủ động|tiến hành|thực hiện)\s+)*{_acts()}(?!\w)")


def opens_with_act(wording: str) -> bool:
    """Whether a wording (lower case) begins with the deed: ``rà soát, lắp đặt biển báo``."""
    return _at_its_head().match(strip_modal(wording).lstrip(" ,")) is not None or bool(creator_before(wording))


def _office_work(unit: str) -> bool:
    words = load("predicates")
    return unit in words["abstract"] or unit in words["events"]


#: What a body carries out is counted where it stands right behind: "thực hiện 03 dự án hỗ trợ sinh kế".
_CARRIED_OUT = frozenset({"dự án", "mô hình", "công trình", "đề tài", "tiểu dự án"})
_CARRIES = re.compile(r"(?:^|[\s,;])(?:thực hiện|triển khai)\s*\Z")


def _act(c: Case) -> bool:
    """``Chuyển đổi 35 ha vườn tạp``, ``đăng tối thiểu 04 tin, bài`` in a chapter of tasks: an act with its number."""
    quantity = c.group.figure
    bounded = quantity.operator in (">=", ">", "between")
    if not bounded and (c.setting.zone != "task" or _office_work(quantity.unit)):
        return False
    if c.setting.zone == "task" and _HOW_MUCH.search(c.lowered[: quantity.start]):
        return True
    if bounded and _done_to_many().search(c.left) is not None:
        return True
    return _right_before().search(c.left) is not None or (
        quantity.unit in _CARRIED_OUT and _CARRIES.search(c.left) is not None
    )


def _listed(c: Case) -> bool:
    """Whether a count goes on a list of promised counts: ``500 doanh nghiệp, 50 hợp tác xã``."""
    previous = c.previous
    if previous is None or previous.quantity is None or previous.quantity.kind != "count":
        return False
    return (previous.sentence, previous.part) == (c.group.sentence, c.group.part)


PROMISES: dict[str, Callable[[Case], bool]] = {
    "grade": _grade,
    "percent": _share,
    "majority": _majority,
    "rate": _strives,
    "multiple": _strives,
    "rank": _rank,
    "money": _money,
    "index": _index,
    "count": _count,
}
