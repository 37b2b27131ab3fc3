"""Texts that are lists of bodies: a role line, a cell of a task table, the heading of what several bodies do."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.names import NO_PLACE, STOP, Item, either, holds_verb, is_verbal
from doichieu.extraction.agencies.words import fields
from doichieu.lexicon import load
from doichieu.lexicon.families import LEVEL, SETTLEMENT
from doichieu.text.memory import in_text, remembered

_MAX_NAME = 200
_LONGEST_REST = 60
_LONGEST_NARROWING = 120
_SEPARATOR = re.compile(r"(?:\s|[,;.:+/&\-–]|(?:và|cùng|hoặc)(?=\s))+", re.IGNORECASE)
_UNKNOWN = re.compile(r"[^;,.()|]+?(?= (?:và|cùng) (?:các|những) |[;,.()|]|\Z)")


def split_agencies(text: str) -> list[tuple[int, int, str]]:
    """The agencies of a text that is a list of agencies (a role line, a table cell), as ``(start, end, name)``.

    Shared words are distributed; what no rule knows is kept as printed between its separators.

    >>> [name for _, _, name in split_agencies("Mặt trận Tổ quốc và các tổ chức chính trị - xã hội thị xã.")]
    ['Mặt trận Tổ quốc thị xã', 'các tổ chức chính trị - xã hội thị xã']
    """
    return [(item.start, item.end, item.name) for item in parse_list(text)]


def parse_list(text: str, known: tuple[str, ...] = ()) -> list[Item]:
    """:func:`split_agencies` with the full items."""
    return list(_listed(text, in_text(known, text)))


def _split(text: str, known: tuple[str, ...]) -> tuple[Item, ...]:
    scanner = Scanner(text, None, known, outside=True, clean=True)
    found: list[Item] = []
    position = 0
    while position < len(text):
        gap = _SEPARATOR.match(text, position)
        if gap:
            position = gap.end()
            continue
        if text[position] in "()[]|":
            position = _behind_gloss(scanner, position) if found else position + 1
            continue
        items = scanner.series(position) or scanner.listed(position, loose=True)
        if items:
            if found and _one_level_more(text, found[-1], items[0]):
                items[0] = found.pop().up_to(items[0].end, text)
            items[-1] = _with_part(text, _with_rest(scanner, _with_places(scanner, items[-1])))
            items[-1], position = _beyond(scanner, items[-1])
            found += items
            continue
        match = _UNKNOWN.match(text, position)
        if match is None:
            position += 1
            continue
        piece = _whole(scanner, match)
        listed = bool(found) and text[found[-1].end : position] in (", ", " và ", ", và ")
        if listed and (_kind_of_thing(piece, found[-1]) or _field_more(text, found[-1], piece, position)):
            found[-1] = found[-1].up_to(position + len(piece), text)
        elif _plausible(piece) or (listed and begins_kind(piece, 0) and not tells_deed(piece)):
            found.append(unknown(piece, position))
        elif listed and text[position - 2] == "," and _continues(piece) and not _SAID.search(found[-1].name):
            manner = _MANNER.search(piece)
            end = position + len(piece[: manner.start() if manner else None])  # "Tổ an ninh, trật tự các thôn"
            found[-1] = found[-1].up_to(end, text)
        position += max(len(piece), 1)
    return tuple(found)


_listed = remembered(_split)


def unknown(text: str, start: int) -> Item:
    """A body that neither the registry nor the grammar knows, as printed."""
    return Item(start, start + len(text), text, text, "khac", "", "", "open", "", (), False, True)


def _behind_gloss(scanner: Scanner, position: int) -> int:
    """Where a list goes on behind a bracket that only says what the body before it is called: ``(Bên cho thuê)``."""
    match = _GLOSS.match(scanner.text, position)
    return match.end() if match and not scanner.listed(match.start("name"), loose=True) else position + 1


def _kind_of_thing(piece: str, last: Item) -> bool:
    """Whether a short form goes on with the kind of body before it: ``Các cơ sở nuôi cá, |NTTS thương phẩm|``."""
    return last.group in ("body", "outside") and _SHORT_NOUN.match(piece) is not None


def _field_more(text: str, last: Item, piece: str, position: int) -> bool:
    """Whether a field goes on with the name of one body before its comma: ``Vụ Kế hoạch, |Tài chính|``.

    An institute takes any number of them; a department only the last: ``Vụ Pháp chế, Tài chính, Thi đua`` are three.
    """
    if text[last.end : position] != ", " or not fields().match(piece.lower()):
        return False
    if _OF_MANY_FIELDS.match(last.name):
        return True
    alone = not text.startswith(",", position + len(piece)) and "," not in last.name
    return alone and _OF_TWO_FIELDS.match(last.name) is not None


#: One body of study, teaching or service, whose name lists what it is about.
_OF_MANY_FIELDS = re.compile(r"(?:Viện|Học viện|Trung tâm|Trường|Nhà xuất bản)(?! Kiểm sát) ")
#: One part of an office, whose name may be of two fields.
_OF_TWO_FIELDS = re.compile(r"(?:Vụ|Cục|Phòng|Ban|Bộ phận|Tổ|Khoa)(?! Tuyên giáo| Dân vận| Nội chính) ")


@lru_cache(maxsize=1)
def _own_kind() -> re.Pattern[str]:
    """Words in small letters that begin a body of their own in a list: ``…, chủ sở hữu, tổ hợp tác``."""
    return either({*load("roles")["cell"]["kinds"]})


def begins_kind(text: str, position: int) -> bool:
    """Whether words in small letters begin a body of their own in a list."""
    return _own_kind().match(text, position) is not None


def _one_level_more(text: str, last: Item, item: Item) -> bool:
    """Whether a level goes on with the name before it: ``tổ công tác các xã|, phường|``."""
    if item.group != "territory" or not text[item.start].islower() or item.name.startswith(("các ", "những ")):
        return False
    return _LEVEL_END.search(last.name) is not None and text[last.end : item.start] in (", ", " và ", "/")


def _whole(scanner: Scanner, match: re.Match[str]) -> str:
    """Unknown words up to the next body, with a short form behind them where the name goes on.

    ``người có thẩm quyền| và cơ quan Tòa án``, ``Trung tâm A (TTA)| tỉnh|``.
    """
    text = scanner.text
    for link in _AND.finditer(text, match.start(), match.end()):
        if scanner.listed(link.end(), loose=True) or begins_kind(text, link.end()):
            return text[match.start() : link.start()]
    short = _SHORT.match(text, match.end())
    return text[match.start() : short.end() if short else match.end()].rstrip()


# ---------------------------------------------------------------- what stands between separators and is no known body


def _plausible(piece: str) -> bool:
    """Whether words no rule knows may name a body: a capital or "các" first, no figures, no verb."""
    if not 3 <= len(piece) <= _MAX_NAME or _NOT_NAME.search(piece):
        return False
    low = piece.lower()
    if _deeds().match(low):
        return False  # "Trình Chính phủ xem xét"
    named = piece[0].isupper() or low.startswith(("các ", "công đoàn "))
    if not named and names_person(low):
        return not _doing()[0].search(low)  # "công chức tiếp nhận hồ sơ"
    return named and not is_verbal(low, 0)


@lru_cache(maxsize=1)
def _deeds() -> re.Pattern[str]:
    """Verbs that open no name: what begins with one is a task."""
    verbs = load("task_verbs")
    words = {*verbs["plain"]} - {*verbs["name_words"], *load("roles")["heading"]["opens_names"], "cử", "hỗ trợ", "giúp"}
    return either(words)


def names_person(words: str) -> bool:
    """Whether words in small letters begin as people who act: ``lãnh đạo phòng``, ``công chức một cửa``."""
    return _persons().match(words) is not None


@lru_cache(maxsize=1)
def _persons() -> re.Pattern[str]:
    """Words that name people who act."""
    return either({*load("roles")["cell"]["persons"]})


def _continues(piece: str) -> bool:
    """Whether words behind a comma go on with the name before it: small letters, no verb, no condition."""
    if not 3 <= len(piece) <= _LONGEST_REST or not piece[0].islower() or _NOT_NAME.search(piece):
        return False
    words = (match.end() for match in re.finditer(r"\s|\A", piece))
    return not (is_verbal(piece, 0) or _NO_REST.match(piece) or any(_deeds().match(piece, at) for at in words))


_SAID = re.compile(r"(?<!\w)(?:được|có|là|do|phải|với|bị|đã)(?!\w)")
_NO_REST = re.compile(
    r"(?:các|những|một số|trong|theo|khi|nếu|gồm|như|trừ|kể cả|liên quan|cùng|và|hoặc|tùy|nhằm)(?!\w)"
)
_NOT_NAME = re.compile(r"[%\d=<>]|\A(?:[Ôô]ng|[Bb]à)(?!\w)")

# ---------------------------------------------------------------- what follows a body

_REST = re.compile(r" (?!và |hoặc |cùng )[^;,.()|]+?(?= và (?:các|những) |[;,.()|]|\Z)")
_WHERE = re.compile(
    r" (?:(?:có|nơi có) (?!liên quan|trách nhiệm|nhiệm vụ|thể|kế hoạch)|ven |vùng |miền |biên giới|giáp |trọng điểm"
    r"|khu vực )[^;,.()|]{2,60}(?=[;,.)|]|\Z)|"
    r" (?:biên giới|trọng điểm|ven biển|vùng cao)(?=[;,.)|]|\Z)"
)
_AT = re.compile(r" ở (?:trung ương|địa phương|cơ sở)(?=\s*(?:[;,.)|]|\Z))", re.IGNORECASE)
_REST_OUTSIDE = re.compile(r" [^;.()|]+")
_SWALLOWED = re.compile(r" [^;|(]+")
_MORE_NAME = re.compile(r" (?!và |hoặc |cùng )[^;,.()|]+?(?= (?:và|hoặc|cùng) |[;,.()|]|\Z)")
_LEVEL = rf"(?:{LEVEL}|{SETTLEMENT}|bản|địa phương|cụm)"
_GLOSS = re.compile(r"\((?P<name>(?:gọi|sau đây|viết tắt|bên|bộ phận)[^()]{2,60})\)", re.IGNORECASE)
_SHORT_NOUN = re.compile(rf"[{UPPER}]{{2,8}} [^\W\d_{UPPER}]")
_AND = re.compile(r" (?:và|hoặc|cùng) ")
_LEVEL_END = re.compile(rf"(?:\A|\s){_LEVEL}\Z", re.IGNORECASE)
_SHORT = re.compile(rf" ?\([{UPPER}&\d]{{2,12}}\)(?: (?:{LEVEL}|cấp \w+|các xã))(?=[,;.]|\Z)")
_SEVERAL = re.compile(rf"(?:các|những) {_LEVEL}(?:(?:, | và ){_LEVEL})*\Z", re.IGNORECASE)
_ONE_PLACE = re.compile(rf"(?: |, | và |, và )(?P<name>[{UPPER}]\w*(?: [{UPPER}]\w*){{0,3}}+)")
_PLACES = re.compile(
    rf"(?-i:{_ONE_PLACE.pattern.replace('(?P<name>', '(?:')})++(?=[,;.)|]|\Z| (?:và|theo|phối|thực|chủ|rà)\b)"
)
_DASH = re.compile(r" [-–+] ")
_LOST_COMMA = re.compile(r" (?:các|những) ")
_MANNER = re.compile(
    r" (?:theo (?:chức năng|nhiệm vụ|thẩm quyền|phân công)|trong phạm vi|căn cứ|trên cơ sở|để|nhằm"
    r"|(?:có|chịu) trách nhiệm|có nhiệm vụ)(?!\w)",
    re.IGNORECASE,
)
_PART = re.compile(r" ?\((?P<part>[^()\d:%]{4,80})\)(?=\s*(?:[,;.]|và |theo |\Z))")
#: Bodies of the State by their nature: what a verb says behind them is what they do, not what kind they are.
_AUTHORITY = re.compile(rf"(?:\A|\s)(?:bộ|ngành|sở|ban|địa phương|{LEVEL}|{SETTLEMENT})\Z")


@lru_cache(maxsize=1)
def _doing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Verbs behind an authority that tell what it does, and those that do so behind any body."""
    verbs, cell = load("task_verbs"), load("roles")["cell"]
    words = {*verbs["plain"], *verbs["neutral"]} - {*verbs["name_words"]}
    return either(words), either({*cell["deeds"]})


def _with_places(scanner: Scanner, item: Item) -> Item:
    """The item with the places it stands for: ``UBND các xã| Đông Sơn, Tây Hồ và Bắc Lý``."""
    text = scanner.text
    match = _PLACES.match(text, item.end) if _SEVERAL.search(item.name) else None
    if match is None:
        return item
    end = item.end
    for place in _ONE_PLACE.finditer(text, item.end, match.end()):
        body = scanner.item(place.start("name"), True)
        if body is not None and not (body.group == "open" and body.name.count(" ") == 1):  # "Hội An" is a place
            break
        if body is None and place.group("name").split()[0] in NO_PLACE:
            break
        end = place.end()
    more = text[item.end : end]
    return item._replace(end=end, name=item.name + more, canonical=item.canonical + more)


def _with_rest(scanner: Scanner, item: Item) -> Item:
    """The item with the words that narrow it ("một số tỉnh đủ điều kiện"); verbs are not part of a name."""
    text = scanner.text
    if where := _AT.match(text, item.end):  # "Ủy ban nhân dân cấp tỉnh| ở địa phương|"
        name = text[item.start : where.end()]
        return item._replace(end=where.end(), name=name)
    if item.group == "named" and item.tail.strip().lower().startswith(("các ", "xã", "phường")):
        match = _WHERE.match(text, item.end)  # "UBND các xã, phường| ven biển"
        if match is None:
            return item
        more = text[item.end : match.end()]
        return item._replace(end=match.end(), name=item.name + more, canonical=item.canonical + more)
    if item.group not in ("territory", "outside", "body") or _begins(scanner, item):
        return item
    wide = item.group == "outside" or text.startswith(" là ", item.end)
    match = (_REST_OUTSIDE if wide else _REST).match(text, item.end)
    if match is None or _MANNER.match(match.group()) or len(match.group()) > _LONGEST_NARROWING:
        return item
    if is_verbal(scanner.lower, item.end + 1) or _does(scanner, item):
        return item
    manner = _MANNER.search(match.group())
    stop = item.end + len(match.group()[: manner.start() if manner else None].rstrip())
    blanks = (at.end() for at in re.finditer(r"\s", scanner.lower[item.end : stop]))
    deed = next((at for at in blanks if at > 1 and _doing()[1].match(scanner.lower, item.end + at)), None)
    end = item.end + deed - 1 if deed else stop  # "các doanh nghiệp có dự án| đề xuất phương án"
    return item._replace(end=end, name=text[item.start : end], canonical=text[item.start : end])


def _does(scanner: Scanner, item: Item) -> bool:
    """Whether a verb behind a collective tells what it does: ``các địa phương| rà soát``, ``các đơn vị| đề xuất``."""
    authority, any_body = _doing()
    verbs = authority if _AUTHORITY.search(item.name.lower()) else any_body
    return verbs.match(scanner.lower, item.end + 1) is not None


def _beyond(scanner: Scanner, item: Item) -> tuple[Item, int]:
    """A body with the words of its name that no lexicon knows, and where the list goes on behind it.

    ``Bảo hiểm xã hội| Việt Nam|, Bộ A``: more of the name; ``Bộ A |rà soát, báo cáo|; Bộ B``: what it does;
    ``Bộ A| các bộ, ngành``: the comma between them is lost.
    """
    text, end = scanner.text, item.end
    match = _MORE_NAME.match(text, end)
    if match is None or _begins(scanner, item) or _dashed(scanner, item):
        return item, end
    if item.group in ("territory", "outside", "body") or _says(scanner, end + 1):
        swallowed = _SWALLOWED.match(text, end)
        return item, swallowed.end() if swallowed else end
    if len(match.group()) > _LONGEST_REST:
        return item, match.end()
    stop = next(
        (
            end + at.start()
            for at in re.finditer(r" ", match.group())
            if at.start() and _says(scanner, end + at.start() + 1)
        ),
        match.end(),
    )
    name = text[item.start : stop].rstrip()
    return item._replace(end=item.start + len(name), name=name, canonical=name, tail="", bare=False), stop


def _dashed(scanner: Scanner, item: Item) -> bool:
    """Whether dashes part the bodies of a list: ``- Sở A - Sở B``."""
    text = scanner.text
    return _DASH.match(text, item.end) is not None and text[: item.start].rstrip().endswith(("-", "–", "+"))


def _says(scanner: Scanner, position: int) -> bool:
    """Whether words at a place tell what a body does, or where and how."""
    if _doing()[1].match(scanner.lower, position):
        return True
    return is_verbal(scanner.lower, position) or STOP.match(scanner.lower, position) is not None


def _begins(scanner: Scanner, item: Item) -> bool:
    """Whether another body begins right behind a blank: the comma or the end of a line between them is lost."""
    text, position = scanner.text, item.end + 1
    if not text.startswith(" ", item.end):
        return False
    if text[position : position + 1].isupper():
        return bool(scanner.listed(position, loose=True))
    following = scanner.listed(position, loose=True)
    if not following or following[0].group not in ("body", "territory", "party", "outside"):
        return False
    return _LOST_COMMA.match(text, item.end) is not None or following[0].name.endswith("liên quan")


def tells_deed(name: str) -> bool:
    """Whether a verb stands in words that were read as a name.

    >>> tells_deed("Hội đồng thi đua xét duyệt hồ sơ"), tells_deed("Ban Quản lý chợ")
    (True, False)
    """
    return any(_doing()[0].match(name, blank.end()) for blank in re.finditer(r"\s", name))


def _with_part(text: str, item: Item) -> Item:
    """The item with the part of it that acts, as printed: ``Sở Y tế (Trung tâm Kiểm soát bệnh tật)``."""
    match = _PART.match(text, item.end)
    if match is None or not match.group("part")[0].isupper() or holds_verb(match.group("part")):
        return item
    return item._replace(end=match.end(), name=text[item.start : match.end()])
