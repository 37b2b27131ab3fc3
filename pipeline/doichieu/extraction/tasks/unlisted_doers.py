"""Whoever acts though no lexicon knows them: people, kinds of bodies, and names before a duty or a verb."""

from __future__ import annotations

import re

from doichieu.extraction.agencies.cells import parse_list, unknown
from doichieu.extraction.agencies.joined import as_one
from doichieu.extraction.agencies.names import GAP, Item
from doichieu.extraction.agencies.unlisted import heading_names
from doichieu.extraction.tasks.bodies import (
    AUTHORITY,
    AUTHORITY_DOES,
    BRACKET,
    DUTY_VERB,
    DUTY_WORDS,
    IS,
    LONGEST_NAMES,
)
from doichieu.extraction.tasks.doer_words import (
    any_kinds,
    bare_office,
    doer_heads,
    doer_kinds,
    in_names,
    kind_of_office,
    no_heads,
)
from doichieu.extraction.tasks.owing_doers import BLANK, LONGEST_PLAIN_NAME, OF_ITS_KIND, SEPARATES, Owing
from doichieu.lexicon.families import COMMUNE, SETTLEMENT

_PIECE = re.compile(r"(?<!\S)[^,]+")
_IS_SAID = re.compile(r"(?:được|bị|đã|đang|còn|nếu|khi|mà|để|do|trên|trong|tại|theo|về|với|từ|đến|nhằm)(?!\w)")
_SHORTEST_BEFORE_A_VERB = 3  # syllables: "tổ hỗ trợ| kiểm tra …", "giáo viên chủ nhiệm| hỗ trợ …"
_SETTLED = re.compile(rf"(?:các )?(?:{SETTLEMENT}|bản|làng|bon)(?:,? (?:hoặc |và )?(?:{SETTLEMENT}|bản|làng|bon))* ")
ASKED_OF = re.compile(
    r" được (?:lấy ý kiến|hỏi ý kiến|xin ý kiến|đề nghị|yêu cầu|thanh tra|kiểm tra|giám sát|kiểm toán|chỉ định|lựa chọn"
    r"|ủy quyền|giao nhiệm vụ|phân công|cấp phép|cấp giấy phép|hỗ trợ|đánh giá)(?= )"
)
_AMONG_PLACES = re.compile(rf"(?:{SETTLEMENT}|{COMMUNE}|bản|làng|đơn vị|cơ quan), \Z")
_FAR = 20
_IN_ITS_SCOPE = ("trong phạm vi", "theo thẩm quyền", "theo nhiệm vụ", "bằng ")
_WHEN_FIRST = re.compile(r"(?:sau|trong|trước|khi|tại|theo|căn cứ)\s[^,;.]{3,80},\s+")
_SAID_OF = re.compile(r"(?:có|được|không|phải|đã)\s")
ADVERB_LAST = re.compile(
    r"\s(?:nơi|có|và|đi|vào|đồng thời|tự|trực tiếp|chủ động|thường xuyên|cùng|tích cực|kịp thời|trên|dưới|cũng|đều)\Z"
)
_MODAL_LAST = re.compile(r"(?: (?:phải|cần|sẽ|đồng thời|kịp thời|tự))+\Z")
#: The verb that ends a noun: "cơ cấu| tổ chức|", "văn phòng| đăng ký|", "trường công| lập|".
_LAST_OF_NOUN = re.compile(
    r"(?:(?<=cơ cấu )|(?<=bộ máy ))tổ chức|(?<=văn phòng )đăng ký"
    r"|(?:(?<=công )|(?<=độc )|(?<=thành )|(?<=tự ))lập"
)
_OF_PAPER = re.compile(r"(?:quy định|quyết định|hướng dẫn|thông báo|báo cáo|đề nghị) (?:tại|ở|trong|số)(?!\w)|giao,")
_NAMES_WORK = re.compile(r"(?:tổ công tác|ban chỉ đạo|tổ giúp việc|hội đồng|tổ) \Z")
_WORK_OF_NAMES = ("triển khai", "thực hiện", "thẩm định", "quản lý", "xét duyệt", "nghiệm thu")
#: What else says what somebody has to do: a duty, or what they are not to do.
_OWES_SO = re.compile(rf"{DUTY_WORDS.pattern}|không (?:để|được|tự ý|cho)(?!\w)")
_MOST_VERBS = 3  # of a name that is no name: "Tổ quản lý, vận hành công trình| kiểm tra"
_NEXT_NAME = re.compile(r", (?:và )?| và | cùng ")
_TOLD = re.compile(
    r"(?<!\w)(?:được|phải|là|bị|đã|sẽ|chưa|đang|thì|mà|báo|không|để|nhằm|theo|khi|nếu|do|có thể|căn cứ|trên cơ sở"
    r"|trường hợp|có (?!thẩm quyền|liên quan|nhu cầu|dự án|chợ|rừng|đất|đê|hồ)[^,;]+)(?!\w)"
)


class Unlisted(Owing):
    """Finds those whom no lexicon names, by what they owe or do."""

    def acting(self, position: int, b: int) -> list[Item]:
        """Names, known or not, from where a sentence begins up to the verb of all of them.

        ``Công ty Điện lực A, Hợp tác xã điện B và các đơn vị bán lẻ điện| tổ chức …``; nobody is found where one of the
        names begins as no body does.
        """
        if not self._begins_somebody(position, b):
            return []
        tried = 0
        for blank in BLANK.finditer(self.text, position, min(b, position + LONGEST_NAMES)):
            at = blank.end()
            if _IS_SAID.match(self.lower, at):
                return []
            verb = self.words.role.match(self.lower, at) or self.words.plain.match(self.lower, at)
            if self._no_deed(position, at):
                continue
            if verb is not None and self.words.roles.get(verb.group()) == "lanh_dao":
                return []  # "Cán bộ| lãnh đạo cấp phòng": which of them
            if (verb is None and not _OWES_SO.match(self.lower, at)) or self.lower.endswith(OF_ITS_KIND, position, at):
                continue
            joined = self.text[at - 2] in ",;" or self.lower.endswith((" và ", " hoặc "), position, at)
            if any_kinds().fullmatch(self.lower, position, blank.start()) and not kind_of_office().match(
                self.lower, position
            ):
                return []  # "Cơ quan, đơn vị| gửi văn bản đề nghị …": the next verb is no part of a name
            modal = _MODAL_LAST.search(self.text, position, blank.start())
            if not joined and (items := self._names_up_to(position, modal.start() if modal else blank.start())):
                return items
            tried += 1
            if tried == _MOST_VERBS:
                return []
        return []

    def _no_deed(self, position: int, at: int) -> bool:
        """Whether what reads as a verb is none: ``quy định tại khoản 1``, ``Quyết định số 5``, ``công| lập``."""
        before = self.lower[position:at]
        if _NAMES_WORK.search(before) and self.lower.startswith(_WORK_OF_NAMES, at):
            return True  # "Tổ công tác| triển khai Đề án 06"
        return any(pattern.match(self.lower, at) for pattern in (_LAST_OF_NOUN, _OF_PAPER))

    def _begins_somebody(self, position: int, b: int) -> bool:
        """Whether the first of several names may stand at a place: a capital, or small letters behind a semicolon."""
        binds = self.context.organisation or self.context.rules
        later = binds and self.text[max(0, position - 2) : position] in ("; ", ", ")
        if not (self.text[position : position + 1].isupper() or later):
            return False
        if not (self.context.organisation or self.context.tasks):
            return False
        if doer_heads().match(self.lower, position, b):
            return True
        verb = any(p.match(self.lower, position) for p in (self.words.role, self.words.plain, self.words.adverb))
        return not verb and (self._heads(position, b) or position in self.scanner.hits)

    def _heads(self, position: int, b: int) -> bool:
        if doer_heads().match(self.lower, position, b) or doer_kinds().match(self.lower, position, b):
            return True
        return self.words.partner.match(self.lower, position, b) is not None and not no_heads().match(
            self.lower, position
        )

    def _names_up_to(self, position: int, end: int) -> list[Item]:
        """The names that fill a stretch; none where one of them begins as no body does."""
        found: list[Item] = []
        at = position
        while at < end:
            items = [item for item in self.scanner.listed(at, listing=True) if item.end <= end]
            if not items:
                if not self._heads(at, end):
                    return []
                items = [unknown(self.text[at : self._piece_end(at, end)], at)]
            elif items[-1].end < end and GAP.match(self.text, items[-1].end, end) is None:
                last = items[-1]
                grows = last.group in ("outside", "body") or last.kind == "nguoi_dung_dau"
                if not grows or not self.text.startswith(" ", items[-1].end):
                    return []
                stop = self._piece_end(items[-1].end, end)
                if "," in self.text[items[-1].end : stop]:
                    return []  # "Các địa phương căn cứ tình hình thực tế, chủ động| cân đối …"
                items[-1] = items[-1].up_to(stop, self.text)
            found += items
            if found[-1].end >= end:
                return as_one(self.text, found) if self._sound(found) else []
            gap = GAP.match(self.text, found[-1].end, end)
            if gap is None:
                return []
            at = gap.end()
        return []

    def _piece_end(self, at: int, end: int) -> int:
        """Where a name that no lexicon knows ends: before a separator behind which another begins."""
        for gap in _NEXT_NAME.finditer(self.text, at, end):
            if self.scanner.listed(gap.end(), listing=True) or self._heads(gap.end(), end):
                return gap.start()
        return end

    def _sound(self, items: list[Item]) -> bool:
        """Whether each name is short, in one piece, and says nothing of anybody."""
        return (
            all(
                len(item.name) <= LONGEST_PLAIN_NAME and not set(item.name) & set(";:") and not _TOLD.search(item.name)
                for item in items
            )
            and not ADVERB_LAST.search(items[-1].name)
            and not all(any_kinds().fullmatch(item.name.lower()) for item in items)
        )

    def of_kind(self, position: int, b: int, handed: bool) -> list[Item]:
        """Whom a kind names, known or not, before their verb: ``Giáo viên chủ nhiệm| phổ biến kỹ năng``."""
        binds = self.context.organisation or self.context.tasks
        if not handed and not (binds and self.text[position : position + 1].isupper()):
            return []
        head = doer_heads().match(self.lower, position, b) or kind_of_office().match(self.lower, position, b)
        if head is None or (handed and not head.group().startswith(("các ", "những ")) and not self._told(position, b)):
            return []
        if not (handed or self.context.organisation or kind_of_office().match(self.lower, position)):
            return []
        end = self.deed_after(position, head.end(), b)
        return self.whole_names(position, end, together=handed) if end else []

    def _told(self, position: int, b: int) -> bool:
        """Whether those who are handed a task have a name of three words at least: ``lực lượng bảo vệ tổ dân phố``."""
        head = doer_heads().match(self.lower, position, b)
        deed = self.deed_after(position, head.end(), b) if head else 0
        return deed > 0 and len(self.text[position:deed].split()) >= _SHORTEST_BEFORE_A_VERB

    def office(self, position: int, b: int) -> list[Item]:
        """An office that its verb names, behind an adverbial clause: ``…, cơ quan tiếp nhận| kiểm tra``."""
        if named := self.authority(position, b):
            return named
        head = kind_of_office().match(self.lower, position, b) or bare_office().match(self.lower, position, b)
        settled = self._settled(position, b)
        if settled:
            return [unknown(self.text[position:settled], position)]
        if asked := self._asked(position, b):
            return [asked]
        if head is None and self.context.rules:
            head = doer_heads().match(self.lower, position, b) or doer_kinds().match(self.lower, position, b)
        end = self.deed_after(position, head.end(), b) if head else 0
        name = self.text[position : end - 1] if end else ""
        if not name or set(name) & set(",;:") or ADVERB_LAST.search(name) or _TOLD.search(name):
            return []
        if self.in_nouns(position) or self.lower.startswith("lãnh đạo", end) or self._no_deed(position, end):
            return []
        if not self.text[end].islower():
            return []  # "trưởng Bộ| Xây dựng": the verb is part of a name
        own = _MODAL_LAST.sub("", name)
        return [unknown(name, position)._replace(name=own, canonical=own)]

    def authority(self, position: int, b: int) -> list[Item]:
        """An authority that only its power names, with what it does: ``Cơ quan có thẩm quyền| bố trí kinh phí``."""
        named = AUTHORITY.match(self.lower, position, b) if self.context.rules or self.context.organisation else None
        if named is None or AUTHORITY_DOES.match(self.lower, named.end(), b) is None or self.in_nouns(position):
            return []
        return [unknown(self.text[position : named.end()], position)]

    def _asked(self, position: int, b: int) -> Item | None:
        """A body named by what is asked of it: ``…, cơ quan được lấy ý kiến| có văn bản trả lời``."""
        kind = doer_kinds().match(self.lower, position, b)
        asked = ASKED_OF.match(self.lower, kind.end(), b) if kind else None
        end = self.deed_after(position, asked.end(), b) if asked else 0
        name = _MODAL_LAST.sub("", self.text[position : end - 1]) if end else ""
        if not name or set(name) & set(",;:") or self.in_nouns(position):
            return None
        return unknown(self.text[position : end - 1], position)._replace(name=name, canonical=name)

    def _settled(self, position: int, b: int) -> int:
        """Where a settlement ends before its verb, behind an adverbial clause: ``…, thôn| họp dân``."""
        place = _SETTLED.match(self.lower, position, b)
        if place is None or _AMONG_PLACES.search(self.lower, max(0, position - _FAR), position):
            return 0  # "theo dõi, đôn đốc các buôn, tổ dân phố thực hiện"
        at, words = self.adverbs(place.end(), b), self.words
        acts = any(p.match(self.lower, at) for p in (words.role, words.plain, words.neutral))
        return place.end() - 1 if acts else 0

    def whole_names(self, position: int, end: int, *, together: bool = False) -> list[Item]:
        """The people and bodies of a stretch that names nothing else; one name where no lexicon can part it."""
        words = self.text[position:end].rstrip(" ,")
        if len(words) > LONGEST_NAMES or SEPARATES.search(BRACKET.sub("", words)) or ";" in words:
            return []
        pieces = [] if together else self._pieces(words, position)
        if len(pieces) > 1:
            return pieces  # "Giáo viên chủ nhiệm, nhân viên y tế": no lexicon parts them
        named = parse_list(words, self.scanner.known)
        if not named or named[0].start or named[-1].end != len(words):
            return pieces or ([unknown(words, position)] if together else [])
        return as_one(self.text, [item.moved(position) for item in named])

    def _pieces(self, words: str, position: int) -> list[Item]:
        """Names that no lexicon can part, one or a list of people: ``Chi hội trưởng, tổ trưởng tổ tiết kiệm``."""
        parts = list(_PIECE.finditer(words))
        if any(not doer_heads().match(part.group().lower()) for part in parts[1:]):
            return []
        return [unknown(part.group(), position + part.start()) for part in parts]

    def deed_after(self, begin: int, position: int, b: int) -> int:
        """Where what somebody does begins behind their name; 0 where something is said of them or nothing is done."""
        for blank in BLANK.finditer(self.text, position, min(b, position + LONGEST_NAMES)):
            at = blank.end()
            if _IS_SAID.match(self.lower, at):
                return 0
            if self.lower.startswith("tự ", at):
                return at
            if self.lower.endswith((" và ", " hoặc "), begin, at):
                continue  # "Cơ quan tiếp nhận hồ sơ và| trả kết quả"
            if self.words.role.match(self.lower, at) or DUTY_WORDS.match(self.lower, at) or IS.match(self.lower, at):
                return at
            verb = self.words.plain.match(self.lower, at)
            long = len(self.text[begin:at].split()) >= _SHORTEST_BEFORE_A_VERB
            if verb and (long or verb.group() not in in_names()):
                return at
        return 0

    def before_duty(self, position: int, b: int) -> list[Item]:
        """Whoever is named, known or not, before ``có trách nhiệm``: ``…, thì chủ hộ nơi có hàng có trách nhiệm …``."""
        when = _WHEN_FIRST.match(self.lower, position, b)
        if when is not None:
            position = when.end()  # "…, thì sau kỳ họp, các tổ thu ngân có trách nhiệm …"
            items = self.items(position, True)
            items = self.narrowed(items, b) if items else []
            if items and self.predicate(items[-1].end, b, False):
                return items
        duty = DUTY_VERB.search(self.lower, position, b)
        if duty is None or not 3 <= duty.start() - position <= LONGEST_NAMES:
            return []
        name = self.text[position : duty.start()]
        return [] if _SAID_OF.match(name.lower()) else [unknown(name, position)]

    def before_verb(self, position: int, b: int) -> list[Item]:
        """Bodies that no lexicon knows, before the verb of a point among bodies: ``Cảng cá Bến Đò phối hợp với …``."""
        if position != self.skip(self.start, b) or not self.text[position : position + 1].isupper():
            return []
        if self.words.prefix.match(self.lower, position) or self.adverbs(position, b) > position:
            return []
        for blank in BLANK.finditer(self.text, position, min(b, position + LONGEST_NAMES)):
            at = blank.end()
            apart = self.text[at - 2] == "," and self.lower.startswith(_IN_ITS_SCOPE, at)
            if not apart and not self.words.role.match(self.lower, at) and not DUTY_WORDS.match(self.lower, at):
                continue
            if self.words.nominal.fullmatch(self.lower, position, blank.start()):
                return []  # "Quy chế| phối hợp"
            named = heading_names(
                self.text[: blank.start()].rstrip(" ,").removesuffix(" tự"), position, self.scanner.known
            )
            return as_one(self.text, named)
        return []
