"""Whoever owes something though no lexicon knows them: ``có trách nhiệm``, ``phải``, a decision to carry out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doichieu.extraction.agencies.cells import names_person, parse_list, unknown
from doichieu.extraction.agencies.joined import as_one
from doichieu.extraction.agencies.names import GAP, Item
from doichieu.extraction.tasks.bodies import (
    BRACKET,
    DUTY_VERB,
    ENFORCE,
    LEADS_TOO,
    LONGEST_NAMES,
    Bodies,
)
from doichieu.extraction.tasks.doer_words import (
    any_kinds,
    doer_heads,
    doer_kinds,
    people,
)
from doichieu.extraction.tasks.role_words import does_openly
from doichieu.lexicon.families import ROLE
from doichieu.lexicon.named_words import words_of
from doichieu.text.sieve import Sieve

BLANK = re.compile(r"\s")
#: "cơ quan, cá nhân| có thẩm quyền giải quyết kiến nghị| có trách nhiệm": which of them is meant.
_MEANT = re.compile(
    r" (?:có (?:thẩm quyền|chức năng|nhu cầu)|về|được|nơi|thuộc|của|phụ trách|quản lý|thực hiện|tham mưu"
    r"|giúp việc|tiếp nhận|thẩm định|sử dụng|cấp)(?!\w)"
)
_SEMICOLON = re.compile(r";\s+(?:và\s+)?")
#: What is so far: "Các nhà máy còn| phải nhập hạt thô".
_STILL = (" còn", " vẫn", " hiện", " đang", " đã")
SEPARATES = re.compile(r"[;:.](?:\s|\Z)")
_TO_ANSWER = re.compile(rf"(?:(?:{words_of('how_answerable')})[ .;,]*)+")
#: "Đơn vị chủ trì| có trách nhiệm": a body named by its part, with what it leads.
_OF_KINDS = r"(?:cơ quan|đơn vị|tổ chức|cấp)"
_BY_ROLE = re.compile(rf"(?:các )?{_OF_KINDS}(?:, {_OF_KINDS})* (?:được giao )?(?:{ROLE}|chỉ đạo)(?!\w)")
_ONLY_THEN = re.compile(r"(?<!\w)(?:khi|nếu)(?!\w)")
LONGEST_PLAIN_NAME = 80
_NOBODY = re.compile(
    r".* (?:và|hoặc)\Z|(?:tôi|chúng tôi|chúng ta|hai bên|mọi|ai|ngoài|trong|không|những|việc|điều|này)(?!\w)"
)

#: "cơ quan có thẩm quyền| cấp giấy phép| quyết định"
OF_ITS_KIND = ("có thẩm quyền ", "có chức năng ", "có nhu cầu ", "có yêu cầu ")
_SAID_BEFORE = re.compile(r"(?<!\w)(?:mà|nhưng|thì|và|không|đã|bị|chưa|khi|nếu)(?!\w)")
_MUST_DO = Sieve(r"(?<! không) phải (?!(?:đáp ứng|đạt|đủ|bảo đảm (?:đủ|các điều kiện)|hội đủ)(?!\w))")


def _starts(words: str) -> Iterator[int]:
    """Where the words of a stretch begin."""
    yield 0
    yield from (blank.end() for blank in BLANK.finditer(words))


class Owing(Bodies):
    """Finds those whom no lexicon names by their duty."""

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
        if SEPARATES.search(BRACKET.sub("", words)) or words.lower() == "người":
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
        kinds = any_kinds().match(words.lower())
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
        return len(rest) > LONGEST_PLAIN_NAME or any(
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
        if not words[:1].isupper() or "," in words or len(words) > LONGEST_PLAIN_NAME or _NOBODY.match(lower):
            return []
        if position in self.scanner.hits or any(self._does_at(position, at) for at in _starts(lower)):
            return []
        return [unknown(words, position)]

    def _does_at(self, position: int, at: int) -> bool:
        words, place = self.words, position + at
        return any(p.match(self.lower, place) for p in (words.role, words.plain, words.prefix, words.adverb))

    def must(self, position: int, b: int) -> list[Item]:
        """People and kinds of bodies that have to do something: ``Tổ chức, cá nhân sử dụng điện| phải ghi sổ``."""
        must = _MUST_DO.search(self.lower, position, min(b, position + LONGEST_PLAIN_NAME))
        if must is None or not (self.context.tasks or self.context.organisation):
            return []
        kinds = any_kinds().match(self.lower, position, must.start())
        head = kinds or doer_heads().match(self.lower, position)
        if head is None and not names_person(self.lower[position : position + 40]):
            return []
        at = self.adverbs(must.end(), b)
        does = self.words.role.match(self.lower, at) or does_openly(self.text, at - 1)
        behind = head.end() if head else position
        words = self.text[position : must.start()]
        if self.lower.endswith(_STILL, position, must.start()):
            return []
        if not does or set(self.text[behind : must.start()]) & set(",;:()") or _SAID_BEFORE.search(words):
            return []
        if kinds and kinds.group() != "tổ chức":
            behind += 1  # "Doanh nghiệp| khai thác cát| phải …": the first verb tells which of them
        others = (at for at in self._words_from(behind, must.start()) if self._does_at(0, at))
        if any(not self.lower.endswith(OF_ITS_KIND, position, at) for at in others):
            return []
        return [unknown(words, position)]

    def _words_from(self, start: int, end: int) -> Iterator[int]:
        return (blank.end() for blank in BLANK.finditer(self.text, start, end))

    def in_nouns(self, position: int) -> bool:
        """Whether a noun goes on with those before its comma: ``kiến nghị của các cơ quan, |tổ chức có thẩm quyền``."""
        before = self.lower[max(0, position - 40) : position].rstrip(" ,")
        starts = (at.end() for at in re.finditer(r"\A|\s", before))
        return any(doer_kinds().fullmatch(before, at) or people().fullmatch(before, at) for at in starts)
