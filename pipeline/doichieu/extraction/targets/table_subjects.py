"""Whom or what a figure of a table is about, and what narrows it: its row, the rows above, its column, the titles."""

from __future__ import annotations

import re

from doichieu.extraction.targets.classes import MEASURE, names_a_class
from doichieu.extraction.targets.counted import units
from doichieu.extraction.targets.parts import clean
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.table_columns import (
    Column,
    names_places,
    of_kind,
    upper_words,
)
from doichieu.extraction.targets.table_figures import LONGEST_FIGURE
from doichieu.extraction.targets.table_outline import Outline
from doichieu.extraction.targets.table_parts import (
    amount_in,
    class_of_whole,
    is_deed,
    kind_of_whole,
    part_of_share,
    without_total,
)
from doichieu.extraction.targets.table_titles import BODY, divides, narrowed_by, titled, topic_of
from doichieu.extraction.targets.table_words import (
    FIRST_DEED,
    MARK,
    PLACES,
    SOMEWHERE,
    TOPIC,
    TOTAL,
    named,
    narrowed,
    narrows_rows,
    only_deeds,
    parted,
    places_in,
    says_no_population,
    says_only_what_they_do,
    says_what_befalls,
    says_what_is_done,
    says_what_they_do,
    thing_of,
)
from doichieu.segmentation.grid import Grid, Row
from doichieu.text import fold

#: A group row that only puts the rows below in order: "VỀ KINH TẾ", "THEO TỈNH, THÀNH PHỐ".
_ORDERED = re.compile(r"(?:về|(?:phân )?theo)\s", re.IGNORECASE)
_ABOUT = re.compile(r"đối với\s+(?:các |những )?", re.IGNORECASE)
_NUMBER_OF = re.compile(r"(?:tổng )?số (?:lượng )?(?!lượt|người/)", re.IGNORECASE)
_FEW = re.compile(r"(?:các|những)\s+", re.IGNORECASE)
_BARE_SHARE = re.compile(r"(?:đạt )?(?:tỷ lệ|tỉ lệ|tỷ trọng|%)(?: đạt)?", re.IGNORECASE)
_SHORT_NAME = 3  # a name of so few words says less than the row it stands under
#: A head of times.
WHEN = re.compile(r"thời gian|thời hạn|tiến độ|lộ trình|hoàn thành", re.IGNORECASE)


def _only_done(head: str) -> bool:
    """Whether a head says only what is done or measured, not of what: ``Tỷ lệ thu gom``."""
    return says_no_population(head) or says_what_is_done(head)


def _said_of_group(name: str, over: str) -> bool:
    """Whether a row says only what those do, have or meet with whom the group row above it names.

    >>> _said_of_group("Tỷ lệ uống vắc xin Rota", "Trẻ dưới 01 tuổi")
    True
    >>> _said_of_group("Tỷ lệ có tổ chức công đoàn", "Đối với cơ sở"), _said_of_group("Tỷ lệ hộ nghèo", "Hộ dân tộc")
    (True, False)
    """
    if _ABOUT.match(over):
        return says_what_they_do(name)
    return PERSON.match(over.lower()) is not None and says_what_befalls(name)


def _counts(name: str, unit: str) -> bool:
    """Whether a row counts those it names: ``Số hợp tác xã …``, or ``Cơ sở …`` in a row counted in ``cơ sở``."""
    counted = fold(unit)
    return _NUMBER_OF.match(name) is not None or (len(counted) > 1 and fold(name).startswith(f"{counted} "))


def _unit_counted(column: Column) -> str:
    """Whom or what the bracket of a head counts, where it is no measure: ``(đảng viên)``, not ``(ha)``, ``(%)``."""
    unit = column.unit.lower()
    return unit if PERSON.fullmatch(unit) or (len(unit.split()) > 1 and "/" not in unit) else ""


#: A column that only says to which part of a set of criteria the rows belong.
_FIELD = re.compile(r"(?:tên |nhóm |tên nhóm )?tiêu chí", re.IGNORECASE)


class Subjects:
    """The columns, the titles and the group rows of one table, asked for each of its figures."""

    def __init__(self, grid: Grid, columns: list[Column], titles: list[str], outline: Outline) -> None:
        self.grid = grid
        self.columns = columns
        self.values = of_kind(columns, "value")
        self.outline = outline
        self.titles = titles
        self.titled = titled(titles)
        names = of_kind(columns, "name")
        self.places = any(PLACES.match(column.head) or names_places(grid, column) for column in names)
        people = PERSON.match(self.titled.subject.lower()) is not None
        self.divided = self.places or any(divides(column.head, people=people) for column in names)
        self.narrowing = "" if self.places else narrowed_by(titles)

    def about(self, row: Row, column: Column, name: str, unit: str, sub: bool) -> tuple[str, str, list[str]]:
        """What a figure is about, what is to be true of it, and what narrows it."""
        subject, predicate = self._of_whom(row, column, name, unit, sub)
        over = self.outline.over(row, sub)
        scopes = [*places_in(name), *self._scopes(row, column, name, sub)]
        if predicate and predicate != name and _counts(name, unit):
            scopes = [*scopes, predicate]  # "Số hợp tác xã có xe đông lạnh": those are counted
        if ((sub or self.outline.unit_over(row)) and over and is_deed(name)) or kind_of_whole(name, over, unit):
            scopes = [name, *(scope for scope in scopes if scope != over)]
        elif over and predicate == over and subject != name:
            scopes = [name, *(scope for scope in scopes if scope != over), *narrowed(over)]
        return subject, predicate, self._placed(name, subject, column, scopes, unit)

    def _of_whom(self, row: Row, column: Column, name: str, unit: str, sub: bool) -> tuple[str, str]:
        """The population of a row and what is to be true of it: its own, or that of the row above it."""
        subject, predicate = parted(name)
        over = self.outline.over(row, sub)
        topic = not over or TOPIC.match(over) or SOMEWHERE.match(over)  # "Diện tích trồng mới" below "Dưới tán rừng"
        if not topic and not FIRST_DEED.match(over.lower()) and says_no_population(name):
            subject, predicate = over, name  # "Tỷ lệ thu gom" below "Chất thải rắn sinh hoạt"
        elif _said_of_group(name, over):
            subject, predicate = _ABOUT.sub("", over), name
        elif (sub or self.outline.unit_over(row)) and over and is_deed(name):
            subject, predicate = parted(without_total(over))[0], name  # "Nuôi trồng" below "Tổng sản lượng thủy sản"
        elif over and kind_of_whole(name, over, unit):
            subject = parted(without_total(over))[0]  # "Tiểu học" below "Tổng số học sinh", counted in "học sinh"
        elif over and (class_of_whole(name, over) or (sub and part_of_share(name, over))):
            subject, predicate = parted(over)[0], over  # "Khu vực nông thôn" below "Tỷ lệ hộ nghèo"
        elif (who := self._beside_name(row)) and says_only_what_they_do(name):
            subject, predicate = who, name  # "Học sinh | Được khám sức khỏe"
        elif (self.places or TOTAL.match(name) or self._is_class(name)) and (thing := self._counted_in(column)):
            subject = thing  # the rows are places, the head names what is counted there
        elif self._parts_the_title(name, column, unit):
            subject = self.titled.subject  # "Tỷ lệ học sinh được học bơi" over rows of communes
        return subject, predicate

    def _is_class(self, name: str) -> bool:
        """Whether a row is a class that the head over the names announces: ``Cấp học`` over ``Tiểu học``."""
        return self.divided and names_a_class(name)

    def _beside_name(self, row: Row) -> str:
        """Whom the column before the names says that a row is about: ``Nhóm đối tượng | Nội dung``."""
        named_in = next((column.index for column in of_kind(self.columns, "name")), 0)
        before = [c for c in of_kind(self.columns, "text") if c.index < named_in and not _FIELD.fullmatch(c.head)]
        return clean(MARK.sub("", row.text(before[-1].index), count=1)) if before else ""

    def _parts_the_title(self, name: str, column: Column, unit: str) -> bool:
        """Whether a row only says of which of those that the title measures its figures are."""
        what = self.titled.subject
        if not what or unit:
            return False
        whole = not column.words or TOTAL.match(column.words)
        if not (whole or names_a_class(column.last) or _only_done(column.last)):
            return False
        if TOTAL.match(name):
            return True
        if PERSON.match(name.lower()) and not names_a_class(name):
            return False  # "Người lao động tự do" below "Tỷ lệ bao phủ bảo hiểm y tế": those people
        if not (self.divided or names_a_class(name)) or (BODY.match(name) and not self.titled.share):
            return False
        return fold(_FEW.sub("", name)).split()[:1] != fold(what).split()[:1]

    def _counted_in(self, column: Column) -> str:
        """What the head of a column counts; "Tỷ lệ bao phủ" below "Bảo hiểm y tế" is of what stands above it."""
        upper = thing_of(upper_words(column))
        if upper and (_only_done(column.last) or names_a_class(column.last)):
            return upper
        if whole := self._parted_by(column):
            return whole
        if only_deeds(column.last) and (done_to := _unit_counted(column) or self.titled.subject):
            return done_to  # "Kết nạp (đảng viên)": those
        within = self.titled.subject and (names_a_class(column.last) or _only_done(column.last))
        own = "" if within else thing_of(column.last)
        own = own or self._beside(column) or amount_in(column.last)
        return own or ("" if column.last else thing_of(column.words))  # "Bảo hiểm y tế" over "2026"

    def _one_of_deeds(self, head: str) -> bool:
        """Whether a head tells what is done where another tells of something else: ``Xây mới | Sửa chữa``."""
        return only_deeds(head) and sum(only_deeds(c.last) for c in self.values) > 1

    def _parted_by(self, column: Column) -> str:
        """What a column counts whose lowest head only says which: ``Trong đó: Nữ``, ``Cao đẳng (sinh viên)``."""
        last = column.last.lower()
        a_class = names_a_class(column.last.split(",")[0])
        if not column.of_which:
            return column.unit if a_class and PERSON.fullmatch(column.unit.lower()) and not self.titled.subject else ""
        if not last or MEASURE.match(last) or units()[0].match(last) or (PERSON.match(last) and not a_class):
            return ""
        before = [c for c in self.values if c.index < column.index and not c.of_which]
        whole = thing_of(upper_words(column)) or (self._counted_in(before[-1]) if before else "")
        words = fold(whole).split()
        named_again = fold(last).split()[0] in (words[:1] if PERSON.match(whole.lower()) else words)
        return "" if named_again else whole  # "gà đẻ" below "Đàn gà" are named themselves

    def _beside(self, column: Column) -> str:
        """What a bare share is of: what the column before it counts for the same year (``Số thôn | Tỷ lệ``)."""
        if _BARE_SHARE.fullmatch(column.last) is None:
            return ""
        before = [c for c in self.values if c.index < column.index and c.year == column.year]
        return thing_of(before[-1].last) if before else ""

    def _placed(self, name: str, subject: str, column: Column, scopes: list[str], unit: str) -> list[str]:
        """What narrows a figure of a place: the place itself, which says what its brackets say."""
        if subject and subject == self.titled.subject and self._parts_the_title(name, column, unit):
            scopes = [*scopes, *self.titled.scope]
        elif not (self.places or self._is_class(name)):
            return scopes
        if subject == name or name in scopes:
            return scopes
        head = clean(column.last)
        parted_by = self._parted_by(column) != ""
        counted = "" if parted_by or names_a_class(head) or self._one_of_deeds(head) else head
        if TOTAL.match(name):
            return [scope for scope in scopes if scope != counted]
        kept = [s for s in scopes if s != counted and ((parted_by and s == head) or s not in name)]
        return [name, *kept]

    def _scopes(self, row: Row, column: Column, name: str, sub: bool) -> list[str]:
        """What narrows a figure: the head of its column, the group of its row, the words beside its name."""
        out = []
        if not MEASURE.match(column.last):
            out.append(clean(column.last))
        elif self.places and (upper := upper_words(column)) and not MEASURE.match(upper):
            out.append(upper)  # "Bảo hiểm y tế" over "Số người tham gia"
        if column.last and names_a_class(upper := upper_words(column)):
            out.append(upper)  # "Vụ Xuân" over "Lúa (ha)"
        over = "" if self._of_all(name) else self.outline.over(row, sub)
        out += self._groups(name, over, sub)
        for other in of_kind(self.columns, "text"):
            text = row.text(other.index)
            if len(text) <= LONGEST_FIGURE and not (WHEN.search(other.head) or _FIELD.fullmatch(other.head)):
                out.append(clean(MARK.sub("", text, count=1)))
        out += narrowed(name)
        if self.narrowing and fold(self.narrowing) not in fold(f"{name} {over}"):
            out.append(self.narrowing)
        return out

    def _groups(self, name: str, over: str, sub: bool) -> list[str]:
        """The rows above one that say of which or whose it is: of higher rank, and the group of both."""
        out = []
        short_name = len(name.split()) <= _SHORT_NAME or BODY.match(over) or narrows_rows(over, parted(name)[0])
        if (
            over
            and over != name
            and not _ORDERED.match(over)
            and (sub or short_name)
            and over.lower() not in name.lower()
        ):
            out.append(over)
        group = self.outline.group if sub and self.outline.group != over else ""
        if group and (says_no_population(over) or narrows_rows(group, parted(over)[0])):
            out.append(group)  # "bê tông" below "Chiều dài nâng cấp" below "Đường xã"
        return out

    def _of_all(self, name: str) -> bool:
        """Whether a row sums up all places of the table: its only total, not that of the group it stands in."""
        if not self.places or not TOTAL.match(name):
            return False
        index = next(column.index for column in of_kind(self.columns, "name"))
        return sum(TOTAL.match(named(row.text(index))) is not None for row in self.grid.rows) == 1

    def indicator(self, head: str, name: str, predicate: str) -> str:
        """What is to be true of a row's name; of a place below a head that says nothing, what the title says."""
        if head and not (self.divided and TOTAL.match(head)):
            return clean(f"{head} {name}")
        if len(predicate.split()) > 1:
            return predicate
        topic = topic_of(self.titles) if self.divided or (self.titled.unit and not MEASURE.match(name)) else ""
        return clean(f"{topic}: {name}") if topic else name
