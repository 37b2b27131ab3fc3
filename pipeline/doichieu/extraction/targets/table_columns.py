"""What the columns of a table hold, by their heads and by what stands in them, and whether it promises anything."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from doichieu.alphabet import UPPER
from doichieu.extraction.targets.annex_titles import without_mark
from doichieu.extraction.targets.classes import names_a_class
from doichieu.extraction.targets.counted import units
from doichieu.extraction.targets.table_bounds import compared_by_head
from doichieu.extraction.times.units import QUARTERS
from doichieu.lexicon import load
from doichieu.lexicon.families import COMMUNE, DISTRICT
from doichieu.lexicon.named_words import words_of
from doichieu.model import Operator
from doichieu.segmentation.grid import ORDINAL, Grid, is_figure

#: What a column holds: the row's number, its name, its unit, a planned value, a value of the past, who is responsible,
#: a figure that is no promise (money, scores, comparisons), a sentence, other words, the year that a row is about.
ColumnKind = Literal["row", "name", "unit", "value", "past", "agency", "other", "text", "when"]

_YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*[-–]\s*((?:20)?\d\d)(?!\d))?")
_ONE_YEAR = re.compile(r"(?:(?:đến|hết|cuối|trong)\s+)*(?:năm\s+)?20\d\d", re.IGNORECASE)
_YEARS_HEAD = re.compile(
    r"(?:năm|thời gian|thời kỳ|thời điểm|giai đoạn|lộ trình|mốc(?: thời gian)?)?(?: thực hiện| kế hoạch| đạt)?", re.I
)
#: "Hộ nghèo cuối năm 2025": what there is before the years that a plan is about.
_AT_THE_END = re.compile(r"(?:cuối|hết)\s+năm|31/12", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]{1,40})\)")
_NO_UNIT = re.compile(
    r"(?:kế hoạch|ước|mục tiêu|chỉ tiêu|giao|thực hiện|phấn đấu|nếu có|kèm theo|so với|tính|theo|dự kiến"
    r"|\d{4}|\d+\s*=|=)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:tổng )?(?:số lượng|số)\s+(?P<unit>(?!tt\b|thứ|liệu|hóa|kinh phí|tăng|giảm|mới|còn|phát sinh)[^()]{2,30})\Z",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?<!\w)(?:qu[ýí] (?P<quarter>iv|i{1,3}|[1-4])(?!\w)|tháng (?P<month>\d{1,2})(?![\d\w]| tuổi)"
    r"|(?P<first>[369]) tháng(?: đầu(?: năm)?)?(?= ?(?:\W|20|đầu|\Z))"
    r"|(?:đến|hết|trước)(?: ngày)? (?P<day>\d{1,2})/(?P<of>\d{1,2})(?!\d))"
)
_UNIT_OF_PLACE = re.compile(
    rf"(?:{COMMUNE}|{DISTRICT}|sở|ubnd|ủy ban|trường|công an|phòng|ban|trung tâm|bệnh viện|công ty"
    r"|thành phố)\s",
    re.IGNORECASE,
)
#: A column of times, one a row.
_TIMES = re.compile(
    r"(?:lộ trình|tiến độ|thời gian|thời hạn|thời điểm|năm)(?: (?:thực hiện|hoàn thành|đạt|phải đạt|phấn đấu))*", re.I
)
#: The one column of figures of a table of measures: "Chỉ tiêu | Giá trị | Lộ trình".
_VALUE = re.compile(r"(?:giá trị|trị số|mức)(?: (?:cần đạt|phải đạt|đạt được|chỉ tiêu))?\W*", re.IGNORECASE)
#: From this month on the document's own year is no longer planned but accounted for.
_LATE = 9
#: A column of ages or sizes names the rows though it holds figures: "Nhóm tuổi | Dưới 18 tuổi".
_AGES = re.compile(r"(?:nhóm|độ|lứa) tuổi|quy mô (?:lao động|doanh nghiệp|hộ)", re.IGNORECASE)

_OF_WHICH = re.compile(r"\W*(?:trong đó|tr\.\s?đó|trong tổng số)(?!\w)", re.IGNORECASE)


class Column(Struct, frozen=True):
    """One column: its whole head, what it holds, the years and unit that the head names, the words that are left."""

    index: int
    head: str
    kind: ColumnKind
    start: str = ""
    year: str = ""  # the last year that the head names
    until: str = ""  # the last day of its quarter or month in a year, "03-31"
    unit: str = ""
    words: str = ""  # the head without years, unit and the words that only say "plan"
    last: str = ""  # the same of its lowest line
    compares: Operator | Literal[""] = ""  # the comparator that the head gives to bare figures: "Tối thiểu (%)"
    of_which: bool = False  # "Trong đó" stands over it or opens its lowest line


@lru_cache(maxsize=1)
def _heads() -> dict[str, re.Pattern[str]]:
    return {entry["name"]: re.compile(entry["pattern"], re.IGNORECASE) for entry in load("tables")["head"]}


def _says(kind: str, text: str) -> bool:
    return _heads()[kind].search(text.lower()) is not None


def of_kind(columns: Sequence[Column], kind: ColumnKind) -> list[Column]:
    """The columns that hold one kind of cells."""
    return [column for column in columns if column.kind == kind]


def columns_of(grid: Grid, issued_on: str) -> list[Column]:
    """The columns of a grid; ``issued_on`` is the document's own date, empty where it is unknown."""
    found = _with_name(grid, [_column(grid, index, issued_on[:4]) for index in range(grid.width)])
    if not any(column.kind in ("value", "past") for column in found):
        found = [_as(c, "value") if c.kind == "other" and _VALUE.fullmatch(c.head) else c for c in found]
    return _parts_of_years(_accounts(_of_one_unit(_without_rises(found)), issued_on))


#: What is worked out from the years beside it: "Tăng bình quân (%)", "Tốc độ tăng trưởng 2026 - 2030".
_RISE = re.compile(r"(?:tốc độ )?(?:tăng|giảm)(?: trưởng)?(?:/giảm)? (?:bình quân|trung bình)(?!\w)", re.IGNORECASE)


def _without_rises(found: list[Column]) -> list[Column]:
    """The columns with the average rise of the years beside it told apart from what those promise."""
    if sum(bool(column.year) for column in of_kind(found, "value")) < 2:
        return found
    return [_as(c, "other") if c.kind == "value" and _RISE.match(c.head) else c for c in found]


def _parts_of_years(found: list[Column]) -> list[Column]:
    """The columns with quarters and months given the year that they part: ``Cả năm 2026`` before ``Quý I``."""
    years = {column.year for column in of_kind(found, "value") if column.year}
    year = years.pop() if len(years) == 1 else ""
    out = []
    for column in found:
        if column.kind == "value" and column.year and not column.until:
            year = column.year
        parts = column.kind == "value" and column.until and not column.year
        out.append(replace(column, year=year) if parts else column)
    return out


def _of_one_unit(found: list[Column]) -> list[Column]:
    """The columns with the unit of the whole given to its parts: ``Kế hoạch năm 2026 (ha)`` beside ``Quý I``."""
    told = [column for column in of_kind(found, "value") if column.unit]
    if len({column.unit for column in told}) != 1:
        return found
    # "Tăng bình quân (%)" tells nothing of "2026" beside it
    whole = told[0].unit != "%" or any(not column.words for column in told)
    parts = (c.kind == "value" and not c.unit and ((whole and not c.words) or c.of_which) for c in found)
    return [replace(c, unit=told[0].unit) if part else c for c, part in zip(found, parts, strict=True)]


def _accounts(found: list[Column], issued_on: str) -> list[Column]:
    """The columns with those of the document's own year that are accounts, by what stands beside them."""
    today = issued_on[:4]
    if not today:
        return found
    ahead = any(column.year > today for column in of_kind(found, "value"))
    found = [
        _as(c, "past")
        if (ahead and c.year == today and _AT_THE_END.search(c.head) and c.words) or _over(c, issued_on)
        else c
        for c in found
    ]
    accounts = {column.year for column in of_kind(found, "past") if column.year}
    if _begins_now(found, today, int(issued_on[5:7])):
        accounts.add(today)
    return [_as(c, "past") if c.kind == "value" and c.year == today and c.year in accounts else c for c in found]


def _over(column: Column, issued_on: str) -> bool:
    """Whether the part of a year that a column is about was over when the document was issued: ``9 tháng năm 2025``."""
    if column.kind != "value" or not (column.year and column.until) or _says("planned", column.head):
        return False
    return f"{column.year}-{column.until}" < issued_on


def _begins_now(found: list[Column], today: str, month: int) -> bool:
    """Whether the first of several years is the document's own, from which the others are to go on.

    ``2025 | 2028 | 2030``: years follow after a gap; a plan that begins with its own year goes on with the next.
    """
    values = [column for column in of_kind(found, "value") if column.year]
    own = [column for column in values if column.year == today and not column.until]
    later = sorted({int(column.year) for column in values if column.year > today})
    if not own or not later or any(column.year for column in of_kind(found, "past")):
        return False
    if any(column.start or _says("planned", column.head) for column in own):
        return False
    bare = not any("năm" in column.head.lower() for column in own)
    return later[0] - int(today) > 1 and (len(later) > 1 or (bare and month >= _LATE))


def _with_name(grid: Grid, found: list[Column]) -> list[Column]:
    """The columns with one that names what the rows are about; the others of its kind are words."""
    names = of_kind(found, "name")
    when = next((column for column in found if not names and _names_years(grid, column)), None)
    if when is not None:
        return [_as(column, "when") if column is when else column for column in found]
    if not names:
        found = [_as(column, "name") if _names_bodies(grid, column) else column for column in found]
        names = of_kind(found, "name")
    if not names:
        words = _words_as_names(grid, found)
        return [_as(column, "name") if column is words else column for column in found]
    measured = [column for column in names if _says("measured", column.head)]
    plain = names[1] if len(names) > 1 and _groups(grid, names[0], names[1]) else names[0]
    first = max(measured, key=lambda c: _fullness(grid, c)) if measured else plain
    others = {c.index: _as(c, "value" if _common_measure(grid, c) else "text") for c in names if c is not first}
    return [others.get(column.index, column) for column in found]


#: "Chỉ tiêu chung" beside "Nội dung tiêu chí": what is asked of all, before what is asked of each class.
_COMMON = re.compile(r"(?:chỉ tiêu|yêu cầu|mức(?: đạt)?)(?: (?:chung|phải đạt|cần đạt))?\Z", re.IGNORECASE)


def _common_measure(grid: Grid, column: Column) -> bool:
    """Whether a column that might name the rows states what they must reach: some of its cells are figures."""
    if _COMMON.match(column.head) is None:
        return False
    return sum(is_figure(row.text(column.index)) for row in grid.rows) > 1


def _words_as_names(grid: Grid, found: list[Column]) -> Column | None:
    """The column of words that names the rows where no head says so."""
    words = next((column for column in found if column.kind in ("text", "agency")), None)
    return words or next((column for column in found if column.kind == "other" and _names(grid, column)), None)


def _names(grid: Grid, column: Column) -> bool:
    """Whether a column beside the numbers names something else in each row: ``Nguồn vốn``."""
    cells = [row.cells[column.index].text for row in grid.rows if column.index in row.cells]
    words = [text for text in cells if text and not is_figure(text)]
    return column.index <= 1 and len(words) == len(cells) == len(set(words))


def _fullness(grid: Grid, column: Column) -> tuple[int, int]:
    """How many rows a column of names fills, and how much it says: the fuller one names what is measured."""
    cells = [row.cells[column.index].text for row in grid.rows if column.index in row.cells]
    return sum(bool(text) for text in cells), sum(map(len, cells))


def _groups(grid: Grid, column: Column, other: Column) -> bool:
    """Whether a column only groups what another names in each row: ``Nhóm hàng | Nội dung``, not ``Nước | Đô thị``."""
    cells, others = ([text for row in grid.rows if (text := row.text(c.index))] for c in (column, other))
    return len(set(cells)) < len(cells) <= len(set(others)) and not any(map(names_a_class, others))


def _names_bodies(grid: Grid, column: Column) -> bool:
    """Whether a column headed only ``Đơn vị`` holds names, each once, not units."""
    if column.head.lower().strip(" .:") != "đơn vị":
        return False
    cells = [row.cells[column.index].text for row in grid.rows if column.index in row.cells]
    cells = [text for text in cells if text]
    known = sum(units()[0].fullmatch(text.lower()) is not None or "/" in text or "%" in text for text in cells)
    return len(cells) > 1 and len(set(cells)) == len(cells) and 2 * known < len(cells)


#: A place by its proper name: "Xã Ia Ly", "Phường 5".
ONE_PLACE = re.compile(rf"(?i:{COMMUNE}|{DISTRICT}|thành phố) (?:[{UPPER}]|\d)")
#: A body by its proper name: "Trường Cao đẳng Y tế Phú Thọ", "Bệnh viện Đa khoa Bãi Cháy", not "Trường THCS đạt chuẩn".
_ONE_BODY = re.compile(
    rf"(?i:{words_of('bodies_titled')})(?:,? [^\W\d_]+)*? [{UPPER}][^\W\d_{UPPER}]+"
    rf"(?: [{UPPER}][^\W\d_]*)*(?: \d+)?\W*\Z"
)


def names_places(grid: Grid, column: Column) -> bool:
    """Whether most rows are places or bodies by name, whatever their column is called: ``Cơ sở hội`` over ``Xã Ia Ly``.

    Rows without figures only head others.
    """
    cells = [
        row.cells[column.index].text
        for row in grid.rows
        if column.index in row.cells and sum(is_figure(cell.text) for cell in row.filled())
    ]
    places = sum(ONE_PLACE.match(text) is not None or _ONE_BODY.match(text) is not None for text in cells)
    return places > 1 and 3 * places >= 2 * len([text for text in cells if text])


def _names_years(grid: Grid, column: Column) -> bool:
    """Whether the rows of a table are years, each once: ``Năm | Rừng trồng (ha)`` over ``2026 | 500``."""
    if column.index > 1 or not _YEARS_HEAD.fullmatch(column.head.strip(" .:")):
        return False
    cells = [row.cells[column.index].text for row in grid.rows if column.index in row.cells]
    years = [text[-4:] for text in cells if _ONE_YEAR.fullmatch(text)]
    return len(years) > 1 and years == sorted(set(years)) and len(cells) - len(years) <= 1


def _as(column: Column, kind: ColumnKind) -> Column:
    return replace(column, kind=kind)


def _column(grid: Grid, index: int, today: str) -> Column:
    head = " ".join(grid.head(index).split())
    cells = [row.cells[index].text for row in grid.rows if index in row.cells and row.cells[index].text]
    figures = sum(is_figure(text) for text in cells)
    ordinals = sum(ORDINAL.fullmatch(text) is not None for text in cells)
    lowest = " ".join(grid.heads.get(index, ("",))[-1].split())
    years = _YEARS.search(lowest) or _YEARS.search(head)  # "2026" below "Mục tiêu 2026 - 2030"
    last = ""
    if years:
        last = years.group(2) or years.group(1)
        last = years.group(1)[:2] + last if len(last) == 2 else last
    kind = _kind(head, index, len(cells), figures, ordinals, last, today)
    if kind == "unit" and 2 * sum(_UNIT_OF_PLACE.match(text) is not None for text in cells) > len(cells):
        kind = "name"  # "Đơn vị": the bodies or places that the rows are about
    unit, words = _unit_and_words(head)
    unit = unit or _unit_and_words(lowest)[0]  # "Gia đình văn hóa" over "Số hộ"
    return Column(
        index,
        head,
        kind,
        years.group(1) if years and years.group(2) else "",
        last,
        _part_of_year(head),
        unit,
        words,
        _lowest_words(grid.heads.get(index, ())),
        compared_by_head(head),
        any(_OF_WHICH.match(line) for line in grid.heads.get(index, ())[-2:]),
    )


#: A head that only says that all are meant, below one that says of what.
_ALL = re.compile(r"(?:tổng(?: cộng| số| chung)?|cộng|chung|toàn bộ)\W*\Z", re.IGNORECASE)


def _lowest_words(lines: tuple[str, ...]) -> str:
    """What the lowest line of a head says that says more than a year or that all are meant.

    >>> _lowest_words(("Số lao động được đào tạo", "Năm 2026", "Tổng số")), _lowest_words(("Số xã", "Năm 2026"))
    ('Số lao động được đào tạo', '')
    """
    words = [_unit_and_words(" ".join(line.split()))[1] for line in lines] or [""]
    if len(words) == 1 or not _ALL.match(words[-1]):
        return words[-1]
    return next((said for said in reversed(words[:-1]) if said and not _ALL.match(said)), words[-1])


#: A count or share of people is one whatever they are given: "Số hộ được vay vốn", "Tỷ lệ người dân khám miễn phí".
_OF_PEOPLE = re.compile(
    rf"(?:năm \d{{4}}\W+)?(?:(?:tỷ|tỉ) lệ|(?:tổng )?số(?: lượng)?) (?:{words_of('person')})(?!\w)(?!.*(?:đồng|usd))",
    re.IGNORECASE,
)


def _kind(head: str, index: int, filled: int, figures: int, ordinals: int, year: str, today: str) -> ColumnKind:
    if _says("row", head) or (index == 0 and not head and filled and ordinals * 2 >= filled):
        return "row"
    if index <= 1 and _AGES.match(head):
        return "name"
    if _says("unit", head) and figures * 2 <= filled:
        return "unit"
    if _says("agency", head) and figures * 2 <= filled:
        return "agency"
    if not year and (_says("note", head) or _says("persons", head)):
        return "other"
    if not year and filled and figures * 2 < filled and _TIMES.fullmatch(head.strip(" .:")):
        return "text"  # "Lộ trình" over "Năm 2027", "Quý II/2026"
    planned = _says("planned", head) and figures * (3 if _says("measured", head) else filled) >= filled
    if _says("compared", head) and figures * 2 >= filled:
        return "other"
    if filled and figures and (figures * 2 >= filled or planned):
        if index == 0 and not year and ordinals == filled:
            return "row"
        if _is_past(head, year, today):
            return "past"
        return "other" if _says("no_promise", head) and not _OF_PEOPLE.match(head) else "value"
    if year or (_says("planned", head) and not _says("measured", head)):
        return "past" if _is_past(head, year, today) else "value"
    return "name" if _says("name", head) else "text"


def _part_of_year(head: str) -> str:
    """The last day of the quarter or the month that a head names, without its year.

    >>> _part_of_year("Đến 31/3"), _part_of_year("Hết ngày 15/8/2026")
    ('03-31', '08-15')
    >>> _part_of_year("Quý II/2026"), _part_of_year("Kế hoạch 6 tháng đầu năm"), _part_of_year("Năm 2026")
    ('06-30', '06-30', '')
    """
    match = _PART.search(head.lower())
    if match is None:
        return ""
    if match.group("day"):
        day, month = int(match.group("day")), int(match.group("of"))
        return f"{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= monthrange(2025, month)[1] else ""
    if match.group("quarter"):
        month = 3 * QUARTERS[match.group("quarter")]
    else:
        month = int(match.group("month") or match.group("first"))
    return f"{month:02d}-{monthrange(2025, month)[1]}" if 1 <= month <= 12 else ""


def _is_past(head: str, year: str, today: str) -> bool:
    """Whether the figures of a column are an account: its year is over, or the words of its head say so."""
    if year and today and year != today:
        return year < today
    return _says("past", head)


def _unit_and_words(head: str) -> tuple[str, str]:
    """The unit that a head names and the words that are neither unit, nor year, nor "plan".

    >>> _unit_and_words("Kế hoạch năm 2026 Diện tích (ha)"), _unit_and_words("Số lượng mẫu/lần")
    (('ha', 'Diện tích'), ('mẫu/lần', 'Số lượng mẫu/lần'))
    """
    unit = ""
    words = head
    for match in reversed(list(_BRACKETS.finditer(head))):
        if not unit and not _NO_UNIT.search(match.group(1)):
            unit = match.group(1).strip()
            words = (words[: match.start()] + " " + words[match.end() :]).strip()
    words = unplanned(words)
    if not unit:
        if words.startswith(("Tỷ lệ", "Tỉ lệ", "Tỷ trọng")) or words.endswith("%"):
            unit = "%"
        elif counted := _COUNTED.match(words):
            unit = counted.group("unit").strip()
            known = units()[0].match(unit.lower())
            if known is not None and unit[known.end() :].startswith(" ") and known.group() != "đơn vị":
                unit = unit[: known.end()]  # "Số thôn đạt chuẩn": they are counted in "thôn"
    return unit, words


def year_of_parts(columns: list[Column], issued_on: str) -> str:
    """The year of quarters and months that nothing dates: the document's own where none was over, else the next.

    Two parts at least: one alone may be a time of every year.
    """
    ends = [column.until for column in of_kind(columns, "value") if column.until]
    if len(set(ends)) < 2 or not issued_on:
        return ""
    own = issued_on[:4]
    return own if f"{own}-{min(ends)}" >= issued_on else str(int(own) + 1)


def of_money(name: str) -> bool:
    """Whether a row is of costs, which promise nothing among figures that do.

    >>> of_money("Tổng cộng kinh phí"), of_money("Thu ngân sách")
    (True, False)
    """
    return _says("money_row", name)


def upper_words(column: Column) -> str:
    """What the upper lines of a column's head say beside its lowest: ``Bảo hiểm y tế`` over ``Số người tham gia``."""
    words = column.words.removesuffix(column.last).strip(" .:-–/") if column.last else ""
    return "" if words == column.words else words


def unplanned(text: str) -> str:
    """Words without years and the words that only say that something is planned."""
    words = _YEARS.sub(" ", _heads()["plan_words"].sub(" ", text))
    words = " ".join(re.sub(r"\(\W*\)", " ", words).split()).replace(" :", ":").strip(" .:-–/")
    return "" if words.lower() in ("chung", "cả", "toàn") else words


def promises(columns: list[Column], titles: list[str], zone: str, today: str, plan: bool, *, shares: bool) -> bool:
    """Whether the figures of a table are promises: its heads, its title, its chapter or its years say so.

    ``shares``: its planned cells are printed as shares, which promise something of money too.
    """
    values = of_kind(columns, "value")
    if not values:
        return False
    heads = " ".join(column.head for column in columns)
    title = " ".join(titles)
    if _says("measured", heads) or any(_says("planned", column.head) for column in values):
        return not _says("no_table", heads)
    if _says("no_table", f"{title} {heads}") or _says("persons", heads):
        return False
    if any(_says("goal_title", one.lower()) for one in titles):
        return True
    if (_says("no_promise", title) and not shares) or (titles and _accounted(titles[0], today)):
        return False
    if zone in ("goal", "general_goal") or _says("goals", title):
        return True
    return _looks_ahead(columns, title, today, plan)


#: A title of what was done or is there.
_ACCOUNT = re.compile(r"(?:kết quả|thực trạng|hiện trạng|tình hình|số liệu)(?!\w)", re.IGNORECASE)
_PLANNED = re.compile(r"kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|lộ trình|dự kiến", re.IGNORECASE)


def _accounted(title: str, today: str) -> bool:
    """Whether a title is of what was done or is there, and of nothing planned.

    >>> [_accounted(title, "2025") for title in ("Biểu 2. Kết quả phân loại rác năm 2025", "Tình hình thu gom rác")]
    [True, True]
    >>> [_accounted(title, "2025") for title in ("Kết quả năm 2025 và kế hoạch năm 2026", "Kết quả cần đạt năm 2026")]
    [False, False]
    """
    if _PLANNED.search(title) or (today and last_year(title) > today):
        return False
    return _says("past", title) or _ACCOUNT.match(without_mark(title)) is not None


def _looks_ahead(columns: list[Column], title: str, today: str, plan: bool) -> bool:
    """Whether the years of the heads, of the rows or of the title are still to come."""
    years = [column.year for column in of_kind(columns, "value") if column.year]
    ahead = [year for year in years if today and year >= today]
    if len(set(ahead)) >= 2 or (ahead and of_kind(columns, "unit")):
        return True
    if ahead and any(column.year for column in of_kind(columns, "past")) and _measures(title):
        return True
    year = last_year(title)
    return plan and bool(ahead or _by_years(columns) or (year and today and year >= today))


def _measures(title: str) -> bool:
    """Whether a title is of shares or numbers of something: ``Tỷ lệ cứng hóa mặt đường tại một số địa bàn``."""
    return re.match(r"[\W\d]*(?:bảng \d+\W*)?(?:tỷ lệ|tỉ lệ|số|mức|diện tích|sản lượng)\s", title.lower()) is not None


def _by_years(columns: list[Column]) -> bool:
    return bool(of_kind(columns, "when"))


def last_year(text: str) -> str:
    """The last year that a title names as its own.

    >>> last_year("Số điểm quan trắc giai đoạn 2026 - 2030"), last_year("Danh mục dự án")
    ('2030', '')
    """
    found = ""
    for match in re.finditer(r"(?:năm|giai đoạn|đến)\s+(?:năm\s+)?" + _YEARS.pattern, text.lower()):
        found = match.group(2) or match.group(1)
        found = match.group(1)[:2] + found if len(found) == 2 else found
    return found
