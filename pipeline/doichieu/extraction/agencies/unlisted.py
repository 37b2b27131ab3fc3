"""Bodies that no lexicon knows, where the place says that a body must stand: headings among bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from doichieu.extraction.agencies.cells import begins_kind, unknown
from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.names import Item
from doichieu.lexicon import load
from doichieu.text import one_of
from doichieu.text.memory import in_text, remembered

_PARTED = re.compile(r"\s*(?:;\s*(?:và\s+)?|,\s*(?:và\s+)?|\s(?:và|cùng)\s+)", re.IGNORECASE)
_LONGEST = 220
_SEVERAL = ("các ", "những ", "mỗi ")
_BARE_KIND = 3  # words: "các tổ chức|, cá nhân sử dụng điện"
_LAST_PIECE = re.compile(r"[^,;]*\Z")
_COUNTS = re.compile(r"\scác \w+\Z")  # "tổ chức pháp chế các bộ|, ngành"
_LAST_LINK = re.compile(r"[^;]*(?:,| và) (?P<last>[^,;]+)\Z")
_KIND_OF_BODY = re.compile(
    r"(?:tổ chức|cơ quan|đơn vị|lực lượng|bộ phận|doanh nghiệp|hợp tác xã|nhà thầu|chủ \w+) (?!thực hiện)"
)


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What opens a heading that names no body, the words that stand in no name of a body, those that open none."""
    data = load("roles")["heading"]
    verbs = load("task_verbs")
    spoken = {*verbs["plain"], *verbs["neutral"], *data["spoken"]} - {*verbs["name_words"], *data["in_names"]}
    return (
        re.compile(rf"(?:{one_of(data['topics'])})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{one_of(spoken)})(?!\w)"),
        re.compile(rf"(?:{one_of([*({*verbs['plain']} - {*data['opens_names']}), *data['spoken']])})(?!\w)"),
    )


@lru_cache(maxsize=1)
def _kinds() -> re.Pattern[str]:
    """Kinds of bodies whose own names no lexicon holds: ``Tổ``, ``Câu lạc bộ``, ``Hợp tác xã``."""
    return re.compile(rf"(?:{one_of(load('roles')['heading']['partners'])})\s(?=\w)")


@lru_cache(maxsize=1)
def _deed() -> re.Pattern[str]:
    """Verbs of doing, which a name may go on with behind a comma."""
    return re.compile(rf"(?:{one_of(load('task_verbs')['plain'])})\s")


def is_topic(text: str) -> bool:
    """Whether a heading names what is spoken of, not who acts.

    >>> is_topic("Kinh phí thực hiện"), is_topic("Chợ Đông")
    (True, False)
    """
    return _words()[0].match(text.strip().lower()) is not None


def says_task(name: str) -> bool:
    """Whether words hold a verb that stands in no name of a body."""
    return _words()[1].search(name) is not None


def heading_names(text: str, begin: int = 0, known: tuple[str, ...] = (), *, asked: bool = False) -> list[Item]:
    """The bodies that a heading among bodies names, known or not; nothing where it is a topic or says a task.

    A comma parts two bodies only where the next begins as one; ``asked``: words before say that a body follows, which
    may then begin in small letters (``Đề nghị| tổ chức pháp chế các bộ``).

    >>> [item.name for item in heading_names("Viện Văn hóa, Nghệ thuật và Du lịch Việt Nam")]
    ['Viện Văn hóa, Nghệ thuật và Du lịch Việt Nam']
    >>> [item.name for item in heading_names("Câu lạc bộ Sách, Sở Nội vụ và các chủ vườn")]
    ['Câu lạc bộ Sách', 'Sở Nội vụ', 'các chủ vườn']
    >>> [item.name for item in heading_names("Các chủ hồ chứa, công ty thủy điện")]
    ['Các chủ hồ chứa', 'công ty thủy điện']
    >>> [item.name for item in heading_names("Các tổ chức, cá nhân sử dụng điện")]
    ['Các tổ chức, cá nhân sử dụng điện']
    >>> heading_names("Kinh phí thực hiện"), heading_names("Chợ Đông rà soát các sạp hàng")
    ([], [])
    """
    return list(_heading_names(text, begin, in_text(known, text), asked))


def _find_names(text: str, begin: int, known: tuple[str, ...], asked: bool) -> Sequence[Item]:
    if text.rstrip().endswith((".", ";", ",")):
        return []  # a sentence, or a link of a list
    core = text.rstrip(" :–-")
    topic, spoken, opening = _words()
    while begin < len(core) and not core[begin].isalnum():
        begin += 1
    if not 3 <= len(core) - begin <= _LONGEST or topic.match(core[begin:].lower()):
        return []
    if not core[begin].isupper() and not (asked and _KIND_OF_BODY.match(core, begin)):
        return []
    scanner = Scanner(core, None, known, outside=True, clean=True)
    found: list[Item] = []
    position = begin
    while position < len(core):
        items = scanner.series(position) or scanner.listed(position, loose=True)
        if items and (items[-1].end >= len(core) or _next(scanner, items[-1].end)):
            found += items
            position = _next(scanner, items[-1].end) or len(core)
            continue
        known_one = scanner.item(position, True)
        if known_one is not None and (following := _next(scanner, known_one.end)):
            found.append(known_one)
            position = following
            continue
        end, after = _piece(scanner, position)
        if found and _joined(core, found[-1], position):
            name = core[found[-1].start : end].strip()  # "các tổ chức, cá nhân sử dụng điện": one body as printed
            if spoken.search(core[position:end]):
                return []
            found[-1] = unknown(name, found[-1].start)
            position = after
            continue
        name = core[position:end].strip()
        if not name or spoken.search(name) or opening.match(name.lower()):
            return []
        found.append(unknown(name, position))
        position = after
    return found


_heading_names = remembered(_find_names)


def _joined(core: str, last: Item, position: int) -> bool:
    """Whether a name in small letters goes on with the nouns of ``các …`` before it."""
    counted = last.name.lower()
    several = (counted.startswith("các ") or _COUNTS.search(counted) is not None) and core[last.end : position] == ", "
    if len(counted.split()) > _BARE_KIND and begins_kind(core, position):
        return False  # "Các chủ hồ chứa|, công ty thủy điện": both say of what
    return several and core[position].islower() and not core.startswith(_SEVERAL, position)


def _next(scanner: Scanner, end: int) -> int:
    """Where the next body begins behind a separator at ``end``; 0 where none does."""
    gap = _PARTED.match(scanner.text, end)
    return gap.end() if gap and _begins(scanner, gap) else 0


def _begins(scanner: Scanner, gap: re.Match[str]) -> bool:
    if ";" in gap.group() or scanner.starts_agency(gap.end()):
        return True
    if begins_kind(scanner.text, gap.end()):
        return not _of_deed(scanner.text, gap)
    if _kinds().match(scanner.lower, gap.end()) is None:
        return False
    # "Trạm bơm Đông Hải|, tổ dùng nước"; but "các xưởng|, tổ may" is one body as printed
    before = _LAST_PIECE.search(scanner.text[: gap.start()]).group().strip()  # type: ignore[union-attr]
    named = before[1:] != before[1:].lower() and not before.lower().startswith(_SEVERAL)
    one = "," in gap.group() and named and _COUNTS.search(before.lower()) is None
    return one or scanner.text[gap.end()].isupper()


def _of_deed(text: str, gap: re.Match[str]) -> bool:
    """Whether people behind a comma are those that a name's own verb has: ``Phòng Quản lý, hỗ trợ cá nhân|, hộ …``."""
    if text.startswith(_SEVERAL, gap.end()):
        return False
    before = _LAST_LINK.match(text[: gap.start()])
    return before is not None and _deed().match(before.group("last")) is not None


def _piece(scanner: Scanner, start: int) -> tuple[int, int]:
    """The end of the name that begins at ``start``, and where the next one begins."""
    text, depth = scanner.text, 0
    for index in range(start, len(text)):
        sign = text[index]
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif depth <= 0 and index > start and (sign in ";," or sign.isspace()):
            gap = _PARTED.match(text, index)
            if gap and _begins(scanner, gap):
                return index, gap.end()
    return len(text), len(text)
