"""Whoever acts though no lexicon knows them: people, kinds of bodies, and names before a duty or a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from doichieu.extraction.agencies.cells import names_person, parse_list, unknown
from doichieu.extraction.agencies.joined import as_one
from doichieu.extraction.agencies.names import GAP, Item
from doichieu.extraction.agencies.unlisted import heading_names
from doichieu.extraction.tasks.bodies import (
    AUTHORITY,
    AUTHORITY_DOES,
    BRACKET,
    DUTY_VERB,
    DUTY_WORDS,
    ENFORCE,
    IS,
    LEADS_TOO,
    LONGEST_NAMES,
    Bodies,
)
from doichieu.extraction.tasks.role_words import does_openly
from doichieu.lexicon import load
from doichieu.lexicon.families import ROLE, SETTLEMENT
from doichieu.lexicon.named_words import words_of
from doichieu.text import any_word, one_of

_PIECE = re.compile(r"(?<!\S)[^,]+")
_IS_SAID = re.compile(r"(?:được|bị|đã|đang|còn|nếu|khi|mà|để|do|trên|trong|tại|theo|về|với|từ|đến|nhằm)(?!\w)")
_SHORTEST_BEFORE_A_VERB = 3  # syllables: "tổ hỗ trợ| kiểm tra …", "giáo viên chủ nhiệm| hỗ trợ …"
_SETTLED = re.compile(rf"(?:các )?(?:{SETTLEMENT}|bản|làng|bon)(?:,? (?:hoặc |và )?(?:{SETTLEMENT}|bản|làng|bon))* ")
ASKED_OF = re.compile(
    r" được (?:lấy ý kiến|hỏi ý kiến|xin ý kiến|đề nghị|yêu cầu|thanh tra|kiểm tra|giám sát|kiểm toán|chỉ định|lựa chọn"
    r"|ủy quyền|giao nhiệm vụ|phân công|cấp phép|cấp giấy phép|hỗ trợ|đánh giá)(?= )"
)
_AMONG_PLACES = re.compile(rf"(?:{SETTLEMENT}|bản|làng|xã|phường|đơn vị|cơ quan), \Z")
_FAR = 20
_BLANK = re.compile(r"\s")
_IN_ITS_SCOPE = ("trong phạm vi", "theo thẩm quyền", "theo nhiệm vụ", "bằng ")
_WHEN_FIRST = re.compile(r"(?:sau|trong|trước|khi|tại|theo|căn cứ)\s[^,;.]{3,80},\s+")
_SAID_OF = re.compile(r"(?:có|được|không|phải|đã)\s")
#: "cơ quan, cá nhân| có thẩm quyền giải quyết kiến nghị| có trách nhiệm": which of them is meant.
_MEANT = re.compile(
    r" (?:có (?:thẩm quyền|chức năng|nhu cầu)|về|được|nơi|thuộc|của|phụ trách|quản lý|thực hiện|tham mưu"
    r"|giúp việc|tiếp nhận|thẩm định|sử dụng|cấp)(?!\w)"
)
_SEMICOLON = re.compile(r";\s+(?:và\s+)?")
_SEPARATES = re.compile(r"[;:.](?:\s|\Z)")
_TO_ANSWER = re.compile(rf"(?:(?:{words_of('how_answerable')})[ .;,]*)+")
#: "Đơn vị chủ trì| có trách nhiệm": a body named by its part, with what it leads.
_OF_KINDS = r"(?:cơ quan|đơn vị|tổ chức|cấp)"
_BY_ROLE = re.compile(rf"(?:các )?{_OF_KINDS}(?:, {_OF_KINDS})* (?:được giao )?(?:{ROLE}|chỉ đạo)(?!\w)")
_ONLY_THEN = re.compile(r"(?<!\w)(?:khi|nếu)(?!\w)")
_LONGEST_PLAIN_NAME = 80
ADVERB_LAST = re.compile(
    r"\s(?:nơi|có|và|đi|vào|đồng thời|tự|trực tiếp|chủ động|thường xuyên|cùng|tích cực|kịp thời|trên|dưới|cũng|đều)\Z"
)
_MODAL_LAST = re.compile(r"(?: (?:phải|cần|sẽ|đồng thời|kịp thời|tự))+\Z")
_NOBODY = re.compile(
    r".* (?:và|hoặc)\Z|(?:tôi|chúng tôi|chúng ta|hai bên|mọi|ai|ngoài|trong|không|những|việc|điều|này)(?!\w)"
)
#: "cơ quan có thẩm quyền| cấp giấy phép| quyết định"
_OF_ITS_KIND = ("có thẩm quyền ", "có chức năng ", "có nhu cầu ", "có yêu cầu ")
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
_SAID_BEFORE = re.compile(r"(?<!\w)(?:mà|nhưng|thì|và|không|đã|bị|chưa|khi|nếu)(?!\w)")
_MUST_DO = re.compile(r"(?<! không) phải (?!(?:đáp ứng|đạt|đủ|bảo đảm (?:đủ|các điều kiện)|hội đủ)(?!\w))")


@lru_cache(maxsize=1)
def doer_kinds() -> re.Pattern[str]:
    """Common nouns of those who may have a duty: ``cơ quan``, ``chủ đầu tư``, ``các hộ``."""
    return re.compile(rf"(?:các |những |mỗi |từng )?(?:{one_of(load('roles')['doer']['kinds'])})(?!\w)")


@lru_cache(maxsize=1)
def doer_heads() -> re.Pattern[str]:
    """What begins the name of people or bodies that no lexicon knows: ``giáo viên``, ``bí thư``, ``khoa``."""
    heads = one_of(load("roles")["doer"]["heads"])
    return re.compile(rf"(?:các |những |mỗi |từng )?(?!{_no_heads().pattern})(?:{heads})(?!\w)")


@lru_cache(maxsize=1)
def _no_heads() -> re.Pattern[str]:
    """Wordings that begin as a name of people or bodies and are none: ``tổ quốc``, ``hội nghị``."""
    return re.compile(rf"(?:các |những )?{any_word(load('roles')['doer']['no_heads'])}")


@lru_cache(maxsize=1)
def _kind_of_office() -> re.Pattern[str]:
    """A common noun of an office with the verb that tells its kind: ``cơ quan phụ trách``, ``bộ phận tiếp nhận``."""
    kinds = one_of(load("roles")["partner"]["kinds"])
    # "Cơ quan chủ trì soạn thảo| lấy ý kiến"
    no_kind = "thực hiện|triển khai|tham mưu|phối hợp"
    lead = rf"chủ trì(?! (?:{no_kind}))(?: (?:{kinds}|xây dựng|lập|nhiệm vụ))?"
    return re.compile(rf"(?:các )?(?:cơ quan|đơn vị|bộ phận|bộ máy) (?:{kinds}|{lead})(?= (?!các |việc )\w)")


@lru_cache(maxsize=1)
def _bare_office() -> re.Pattern[str]:
    """An office named by its verb alone: ``cơ quan tiếp nhận| kiểm tra hồ sơ``."""
    kinds = one_of(load("roles")["partner"]["kinds"])
    return re.compile(rf"(?:cơ quan|đơn vị|bộ phận) (?:{kinds})(?= )")


@lru_cache(maxsize=1)
def _people() -> re.Pattern[str]:
    """Nouns of people that lists hold: ``công chức, viên chức,| nhân viên|``."""
    return re.compile(one_of(load("roles")["cell"]["persons"]))


@lru_cache(maxsize=1)
def _in_names() -> frozenset[str]:
    """Verbs that stand in names too: ``tổ hỗ trợ kỹ thuật``, ``khoa điều trị``."""
    return frozenset((*load("roles")["heading"]["in_names"], *load("task_verbs")["name_words"]))


@lru_cache(maxsize=1)
def _any_kinds() -> re.Pattern[str]:
    """Nothing but common nouns of bodies: ``cơ quan, đơn vị``."""
    kind = doer_kinds().pattern
    return re.compile(rf"{kind}(?:(?:, | và |, và ){kind})*")


def _starts(words: str) -> Iterator[int]:
    """Where the words of a stretch begin."""
    yield 0
    yield from (blank.end() for blank in _BLANK.finditer(words))


class Unlisted(Bodies):
    """Finds those whom no lexicon names, by what they owe or do."""

    def owing(self, position: int, b: int) -> list[Item]:
        """Bodies with all that narrows them before their duty: ``Cơ quan phụ trách dân nguyện| có trách nhiệm …``."""
        duty = DUTY_VERB.search(self.lower, position, min(b, position + LONGEST_NAMES))
        if duty is None:
            return self.must(position, b)
        words = self.text[position : duty.start()]
        if _TO_ANSWER.fullmatch(self.lower, duty.end(), b):
            return []  # "người đứng đầu chịu trách nhiệm trực tiếp": for what is said before
        if self.in_nouns(position) or " thì " in words or words.endswith(","):
            return []
        if _SEPARATES.search(BRACKET.sub("", words)) or words.lower() == "người":
            return []
        if not self._may_owe(position):
            return self.by_any_name(position, words)
        if LEADS_TOO.search(words.lower()):
            return []
        return self._owners(words, position)

    def by_role(self, position: int, b: int) -> list[Item]:
        """A body named by its part in a task: ``Các cơ quan, tổ chức chủ trì soạn thảo đề án| có trách nhiệm …``."""
        role = _BY_ROLE.match(self.lower, position, b)
        duty = DUTY_VERB.search(self.lower, role.end(), min(b, position + LONGEST_NAMES)) if role else None
        if role is None or duty is None or LEADS_TOO.search(self.lower, role.end(), duty.start()):
            return []
        if any(position < hit < duty.start() for hit in self.scanner.starts):
            return []
        name = self.text[position : duty.start()]
        return [] if set(name) & set(";:.") else [unknown(name.rstrip(","), position)]

    def enforcing(self, position: int, b: int) -> list[Item]:
        """All who carry out a decision, in a series: ``Giám đốc Sở A; các chủ đầu tư dự án B| chịu trách nhiệm …``."""
        duty = ENFORCE.search(self.lower, position, b)
        words = self.text[position : duty.start()].rstrip() if duty else ""
        if ";" not in words or set(words) & set(".:"):
            return []
        named = parse_list(words, self.scanner.known)
        begins = {0, *(sign.end() for sign in _SEMICOLON.finditer(words))}
        acts = any(self.words.role.search(self.lower, position + item.start, position + item.end) for item in named)
        if acts or not begins <= {item.start for item in named} or named[-1].end != len(words):
            return []
        return as_one(self.text, [item.moved(position) for item in named])

    def _owners(self, words: str, position: int) -> list[Item]:
        """The bodies that fill the words before a duty; each item ends where its name and what narrows it end."""
        named = parse_list(words, self.scanner.known)
        if not named or named[0].start:  # "Đơn vị quản lý, vận hành hệ thống chiếu sáng| có trách nhiệm"
            return [] if self._another(words) or " và " in words else [unknown(words, position)]
        case = _ONLY_THEN.search(words)
        if case is not None and len(named) == 1:  # "Người sử dụng lao động| khi thuê người nước ngoài| có trách nhiệm"
            name = words[: case.start()].rstrip(" ,")
            return [named[0]._replace(start=position, end=position + len(words), name=name, canonical=name)]
        if any(_ONLY_THEN.search(item.name) for item in named):
            return []  # "cá nhân được giao tài khoản, đơn vị khi chuyển công tác phải có trách nhiệm …"
        named = self._rejoined(words, named)
        if named[-1].end != len(words):
            meant = _MEANT.match(words, named[-1].end) or " có thẩm quyền" in named[-1].name
            if not meant or self._another(words[named[-1].end :]):
                return [unknown(words, position)] if self._meant_together(words) else []
            named[-1] = named[-1].up_to(len(words), words)
        return as_one(self.text, [item.moved(position) for item in named])

    def _meant_together(self, words: str) -> bool:
        """Whether common nouns of bodies have one narrowing: ``Đơn vị, tổ chức| thực hiện bồi thường, hỗ trợ|``."""
        kinds = _any_kinds().match(words.lower())
        if kinds is None or _MEANT.match(words, kinds.end()) is None:
            return False
        return not self._another(words[kinds.end() :])

    def _rejoined(self, words: str, named: list[Item]) -> list[Item]:
        """Bodies with the rest of their names that a comma parts: ``Vụ trưởng Vụ Kế hoạch,| Tài chính|``."""
        out: list[Item] = []
        for item in named:
            if out and item.weak and item.group == "open" and not self._may_be(item.name.lower()):
                out[-1] = out[-1].up_to(item.end, words)
            else:
                out.append(item)
        return out

    def _may_be(self, name: str) -> bool:
        bodies = any(p.match(name) for p in (doer_heads(), doer_kinds(), self.words.partner))
        return bodies or names_person(name) or name.startswith(("các ", "những "))

    def _another(self, rest: str) -> bool:
        """Whether somebody else is named behind a comma of what narrows a body."""
        lower = rest.lower()
        begins = (comma.end() for comma in re.finditer(r",\s+(?:và\s+)?", lower))
        return len(rest) > _LONGEST_PLAIN_NAME or any(
            doer_kinds().match(lower, at) or doer_heads().match(lower, at) or rest[at : at + 1].isupper()
            for at in begins
        )

    def _may_owe(self, position: int) -> bool:
        """Whether a common noun of those who have duties, or the first body of a list, stands at a place."""
        if doer_kinds().match(self.lower, position) or names_person(self.lower[position : position + 40]):
            return True
        first = self.scanner.listed(position)
        return len(first) > 1 or (bool(first) and GAP.match(self.text, first[-1].end) is not None)

    def by_any_name(self, position: int, words: str) -> list[Item]:
        """Whoever opens a sentence and has a duty, whatever the name: ``Hành khách| có trách nhiệm …``."""
        lower = words.lower()
        if not words[:1].isupper() or "," in words or len(words) > _LONGEST_PLAIN_NAME or _NOBODY.match(lower):
            return []
        if position in self.scanner.hits or any(self._does_at(position, at) for at in _starts(lower)):
            return []
        return [unknown(words, position)]

    def _does_at(self, position: int, at: int) -> bool:
        words, place = self.words, position + at
        return any(p.match(self.lower, place) for p in (words.role, words.plain, words.prefix, words.adverb))

    def must(self, position: int, b: int) -> list[Item]:
        """People and kinds of bodies that have to do something: ``Tổ chức, cá nhân sử dụng điện| phải ghi sổ``."""
        must = _MUST_DO.search(self.lower, position, min(b, position + _LONGEST_PLAIN_NAME))
        if must is None or not (self.context.tasks or self.context.organisation):
            return []
        kinds = _any_kinds().match(self.lower, position, must.start())
        head = kinds or doer_heads().match(self.lower, position)
        if head is None and not names_person(self.lower[position : position + 40]):
            return []
        at = self.adverbs(must.end(), b)
        does = self.words.role.match(self.lower, at) or does_openly(self.text, at - 1)
        behind = head.end() if head else position
        words = self.text[position : must.start()]
        if not does or set(self.text[behind : must.start()]) & set(",;:()") or _SAID_BEFORE.search(words):
            return []
        if kinds and kinds.group() != "tổ chức":
            behind += 1  # "Doanh nghiệp| khai thác cát| phải …": the first verb tells which of them
        others = (at for at in self._words_from(behind, must.start()) if self._does_at(0, at))
        if any(not self.lower.endswith(_OF_ITS_KIND, position, at) for at in others):
            return []
        return [unknown(words, position)]

    def _words_from(self, start: int, end: int) -> Iterator[int]:
        return (blank.end() for blank in _BLANK.finditer(self.text, start, end))

    def acting(self, position: int, b: int) -> list[Item]:
        """Names, known or not, from where a sentence begins up to the verb of all of them.

        ``Công ty Điện lực A, Hợp tác xã điện B và các đơn vị bán lẻ điện| tổ chức …``; nobody is found where one of the
        names begins as no body does.
        """
        if not self._begins_somebody(position, b):
            return []
        tried = 0
        for blank in _BLANK.finditer(self.text, position, min(b, position + LONGEST_NAMES)):
            at = blank.end()
            if _IS_SAID.match(self.lower, at):
                return []
            verb = self.words.role.match(self.lower, at) or self.words.plain.match(self.lower, at)
            if self._no_deed(position, at):
                continue
            if verb is not None and self.words.roles.get(verb.group()) == "lanh_dao":
                return []  # "Cán bộ| lãnh đạo cấp phòng": which of them
            if (verb is None and not _OWES_SO.match(self.lower, at)) or self.lower.endswith(_OF_ITS_KIND, position, at):
                continue
            joined = self.text[at - 2] in ",;" or self.lower.endswith((" và ", " hoặc "), position, at)
            if _any_kinds().fullmatch(self.lower, position, blank.start()) and not _kind_of_office().match(
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
        if self.lower.startswith("tổ chức", at) and before.endswith(("cơ cấu ", "bộ máy ")):
            return True
        if self.lower.startswith("đăng ký", at) and before.endswith("văn phòng "):
            return True
        apart = self.lower.startswith("lập", at) and before.endswith(("công ", "độc ", "thành ", "tự "))
        return apart or _OF_PAPER.match(self.lower, at) is not None

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
        return self.words.partner.match(self.lower, position, b) is not None and not _no_heads().match(
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
                len(item.name) <= _LONGEST_PLAIN_NAME and not set(item.name) & set(";:") and not _TOLD.search(item.name)
                for item in items
            )
            and not ADVERB_LAST.search(items[-1].name)
            and not all(_any_kinds().fullmatch(item.name.lower()) for item in items)
        )

    def of_kind(self, position: int, b: int, handed: bool) -> list[Item]:
        """Whom a kind names, known or not, before their verb: ``Giáo viên chủ nhiệm| phổ biến kỹ năng``."""
        binds = self.context.organisation or self.context.tasks
        if not handed and not (binds and self.text[position : position + 1].isupper()):
            return []
        head = doer_heads().match(self.lower, position, b) or _kind_of_office().match(self.lower, position, b)
        if head is None or (handed and not head.group().startswith(("các ", "những ")) and not self._told(position, b)):
            return []
        if not (handed or self.context.organisation or _kind_of_office().match(self.lower, position)):
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
        head = _kind_of_office().match(self.lower, position, b) or _bare_office().match(self.lower, position, b)
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
        if len(words) > LONGEST_NAMES or _SEPARATES.search(BRACKET.sub("", words)) or ";" in words:
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
        for blank in _BLANK.finditer(self.text, position, min(b, position + LONGEST_NAMES)):
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
            if verb and (long or verb.group() not in _in_names()):
                return at
        return 0

    def in_nouns(self, position: int) -> bool:
        """Whether a noun goes on with those before its comma: ``kiến nghị của các cơ quan, |tổ chức có thẩm quyền``."""
        before = self.lower[max(0, position - 40) : position].rstrip(" ,")
        starts = (at.end() for at in re.finditer(r"\A|\s", before))
        return any(doer_kinds().fullmatch(before, at) or _people().fullmatch(before, at) for at in starts)

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
        for blank in _BLANK.finditer(self.text, position, min(b, position + LONGEST_NAMES)):
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
