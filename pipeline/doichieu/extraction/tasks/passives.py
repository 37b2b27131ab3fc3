"""Who does what where the sentence tells it the other way round: ``Hồ sơ do Sở A lập``, ``… giao Sở B thực hiện``."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.alphabet import UPPER
from doichieu.extraction.agencies.cells import unknown
from doichieu.extraction.agencies.names import Item
from doichieu.extraction.tasks.doer_words import doer_heads, doer_kinds
from doichieu.extraction.tasks.predicates import Predicates, Segment
from doichieu.extraction.tasks.unlisted_doers import ADVERB_LAST
from doichieu.lexicon import load
from doichieu.lexicon.families import EVERY, ROLE
from doichieu.text import any_word

_DO = re.compile(rf"\b(?:do|giao cho|giao|(?<!đã )được) (?=[{UPPER}]|các |UBND)")
#: "do Trưởng thôn| triệu tập, chủ trì", "do Sở A| thành lập và chủ trì": another verb may stand first.
_DOES_NEXT = re.compile(
    rf" (?:là cơ quan )?(?:[^\W\d_]+ [^\W\d_]+(?:,| và) )?(?:{ROLE}|thực hiện|làm đầu mối|có trách nhiệm)"
)
#: "Hồ sơ đã nộp do Sở A| tiếp tục giải quyết|": what was begun before is ended by whom.
_GOES_ON = re.compile(r" tiếp tục (?:giải quyết|xử lý|thẩm định|xem xét|quản lý|sử dụng|theo dõi|chi trả)(?!\w)")
_STILL_DONE = re.compile(_GOES_ON.pattern.replace(" tiếp tục ", " "))  # "… tiếp tục do Sở A| quản lý|"
_DONE_BY = ("thực hiện", "giải quyết", "xử lý", "thẩm định", "xem xét", "quản lý", "sử dụng", "theo dõi", "chi trả")
#: "Về Tờ trình số 5 của Bộ A: Chính phủ giao| Bộ A| tiếp thu ý kiến"
_GIVEN_BY = re.compile(r"\A[^:]{3,300}:\s[^:;.]{3,60}\Z|:\s[^:;.]{3,60}\Z")
_ANY_NEXT = re.compile(r" (?!của|và|về|tại|trong|theo(?! dõi)|là|với|hoặc|để|ở|từ|đã|được|cho|này)[^\W\d_]")
#: "Phương án| do| đơn vị khai thác| lập", "Hồ sơ| được| Chi cục Thủy sản| thẩm định": what is done stands first, in
#: words that say nothing of anybody else.
_BY = re.compile(r"(?<=\s)(?:do|được) ")
_SAYS = re.compile(
    r"[:;]|(?<!\w)(?:bị|phải|là|có|đã|sẽ|theo(?! dõi)|trong|đối với|căn cứ|trên cơ sở|nếu|khi|gồm|bao gồm|do|thì"
    r"|chỉ|không|trường hợp)(?!\w)"
)
#: What may stand behind the verb where its object stands before the doer.
_NO_OBJECT = re.compile(
    rf"\s*(?:[,.;(]|\Z|(?:{EVERY}|và|hoặc|theo|sau|sau khi|trước|trước khi|trong|tại|bằng|để|khi|trên|chậm nhất"
    r"|không quá|căn cứ|dưới|gồm|bao gồm|từ|định kỳ|nhưng|và được|trình|gửi)(?!\w))"
)
#: "do Trưởng thôn triệu tập|, chủ trì|": the verb of the role goes on behind another.
_AND_ROLE = re.compile(rf"(?:,| và) {ROLE}")
_LACKS = re.compile(r"\s(?:thiếu|chưa|không|chậm|yếu|kém|khó|ít|vắng)(?!\w)")
_NEXT_ONE = re.compile(r"(?:, và |, | và |; )")
_MOST_DOERS = 8


@lru_cache(maxsize=1)
def _things() -> re.Pattern[str]:
    """Nouns that begin what is done: verbs behind them tell what kind it is ("hồ sơ| đề nghị cấp giấy phép")."""
    words = load("roles")["statement"]
    return re.compile(rf"(?:các |những |mọi |mỗi )?{any_word([*words['things'], *words['made']])}")


class Passives(Predicates):
    """Reads sentences whose doer does not stand first."""

    def passive(self, a: int, b: int) -> None:
        """``… do Sở Nội vụ chủ trì`` and ``giao Sở Nội vụ …`` inside a sentence without a doer."""
        if self.done_by(a, b):
            return
        for match in _DO.finditer(self.text, a, b):
            items = self.items(match.end(), True)
            if not items or items[-1].end > b:
                continue
            verb = _DOES_NEXT.match(self.lower, items[-1].end)
            if match.group() == "do ":
                still = self.lower.endswith(" tiếp tục ", a, match.start())
                goes_on = _STILL_DONE if still else _GOES_ON
                verb = verb or goes_on.match(self.lower, items[-1].end)
            if "giao" in match.group() and _GIVEN_BY.search(self.lower, a, match.start()):
                verb = _ANY_NEXT.match(self.lower, items[-1].end)
            if not verb or (match.group() == "được " and not verb.group().endswith("chủ trì")):
                continue
            first = items[-1].end + 1
            acts = self.acts.find(first, b)
            seg = Segment(a, b, first, first - 1, tuple(items), acts, True, True, False, False, True, rule="passive")
            if "làm đầu mối" in verb.group():
                self.all_do("chu_tri", seg.doers, seg)
                continue
            other = bool(acts) and _DOES_NEXT.match(self.lower, items[-1].end) is None
            if other or (not acts and ("giao" in match.group() or verb.group().endswith(_DONE_BY))):
                self.all_do("thuc_hien", seg.doers, seg)
            self.give(acts, seg.doers, seg)

    def done_by(self, a: int, b: int) -> bool:
        """``Phương án do đơn vị khai thác lập, Sở A thẩm định và UBND tỉnh duyệt``: each has its part in one task."""
        begin = self.skip(a, b)
        by = _BY.search(self.lower, begin, b)
        if by is None or not self._names_thing(begin, by.start()):
            return False
        if by.group() == "được " and not (self.context.rules and _things().match(self.lower, begin, by.start())):
            return False  # "90% chi bộ được cấp ủy kiểm tra": a goal
        doers, verb = self._doing(by.end(), b)
        if not doers or _NO_OBJECT.match(self.lower, verb, b) is None or "%" in self.text[verb:b]:
            return False  # "tổn thất trên lưới do hợp tác xã quản lý không quá 7%": a goal
        if _LACKS.search(doers[0].name):
            return False  # "khó vay vốn do hợp tác xã thiếu tài sản bảo đảm": why
        for _ in range(_MOST_DOERS):
            self._part_of(begin, a, b, doers, verb)
            following = next(
                (found for gap in _NEXT_ONE.finditer(self.text, verb, b) if (found := self._doing(gap.end(), b))[0]),
                None,
            )
            if following is None:
                break
            doers, verb = following
        return True

    def _names_thing(self, begin: int, end: int) -> bool:
        """Whether words before ``do`` name what is done and say nothing else."""
        if end - begin < 3 or _SAYS.search(self.lower, begin, end):
            return False
        if _things().match(self.lower, begin, end):
            return True
        if any(begin < hit < end for hit in self.scanner.starts):
            return False
        blanks = (match.end() for match in re.finditer(r"\s", self.lower[begin:end]))
        return not any(self._acts_here(begin + at) for at in (0, *blanks))

    def _acts_here(self, position: int) -> bool:
        words = self.words
        return any(p.match(self.lower, position) for p in (words.role, words.plain, words.prefix))

    def _doing(self, position: int, b: int) -> tuple[list[Item], int]:
        """The doers that stand at a place before a verb of theirs, and where that verb ends."""
        items = self.items(position, False)
        end = items[-1].end if items else self._whose(position, b)
        if not end or end > b:
            return [], b
        at = self.adverbs(min(end + 1, b), b)
        verb = self.words.role.match(self.lower, at) or self.words.plain.match(self.lower, at)
        if verb is None or verb.end() > b or not self.text.startswith(" ", end):
            return [], b
        return items or [unknown(self.text[position:end], position)], verb.end()

    def _whose(self, position: int, b: int) -> int:
        """The end of the name of somebody that no lexicon knows, before their verb; 0 where none stands there."""
        head = doer_heads().match(self.lower, position, b) or doer_kinds().match(self.lower, position, b)
        deed = self.deed_after(position, head.end(), b) if head else 0
        name = self.text[position : max(deed - 1, position)]
        return 0 if not name or "," in name or ADVERB_LAST.search(name) else deed - 1

    def _part_of(self, begin: int, a: int, b: int, doers: list[Item], verb: int) -> None:
        """The rows of one doer's part; the task is told by the whole sentence."""
        first = doers[-1].end + 1
        joined = _AND_ROLE.match(self.lower, verb, b)
        verb = joined.end() if joined else verb
        stop = next((gap.start() for gap in _NEXT_ONE.finditer(self.text, verb, b)), b)
        acts = [act for act in self.acts.find(first, stop) if act[1] < verb]
        seg = Segment(a, b, first, first, tuple(doers), acts, True, True, False, False, True, rule="passive")
        before = len(self.found)
        if not acts:
            self.all_do("thuc_hien", seg.doers, seg)
        self.give(acts, seg.doers, seg)
        self.found[before:] = [row._replace(task=begin) for row in self.found[before:]]
