"""Which role verbs of a predicate are acts of its doer, and which only name a topic (``công tác kiểm tra``)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from doichieu.extraction.agencies.grammar import Scanner
from doichieu.extraction.agencies.names import Item
from doichieu.extraction.tasks.role_words import PERIOD, role_words
from doichieu.model import Role

_STRONG_OBJECT = re.compile(
    r"(?:, \w+(?: \w+){0,2})*(?: và \w+(?: \w+)?)? ?(?:việc|tình hình|tiến độ|kết quả|quá trình|công tác|"
    r"thực hiện|triển khai|các đơn vị|các cơ quan|các địa phương|các sở|chỉ tiêu|theo quy định|định kỳ|"
    r"cấp có thẩm quyền|cấp trên|về|với|lên|cho|thông qua)\b"
)
_END = re.compile(r"\s*(?:[,;.:)/]|\Z|và |hoặc )")
_SENT_TO = re.compile(
    r"(?:gửi|về|qua|cho|đến|tới|để) ?[^;.]{0,120}?(?:để|,)? ?(?:tổng hợp|theo dõi|xem xét)?(?: chung)?(?:,| và)? ?\Z"
)
_PURPOSE = re.compile(r"(?:^|[\s,])(?:để|nhằm|phục vụ|làm cơ sở)(?: \w+){0,3}(?:,| và)? ?\Z")
_LINK_BACK = re.compile(r"(?:,\s*(?:đồng thời |và |sau đó )?| và | hoặc |/| - |; )\Z")
_ALLOTTED = re.compile(r"(?:được|đã) (?:giao|phân công)(?: nhiệm vụ)? ?\Z")

_WINDOW = 400  # how far back the words that decide may stand


class Acts:
    """The role verbs of one clause."""

    def __init__(self, text: str, lower: str, scanner: Scanner) -> None:
        self.text = text
        self.lower = lower
        self.scanner = scanner
        self.words = role_words()
        self._lists: dict[int, list[Item]] = {}

    def listed(self, position: int) -> list[Item]:
        """The list of agencies at ``position``, read once."""
        if position not in self._lists:
            self._lists[position] = self.scanner.listed(position)
        return self._lists[position]

    def find(self, first: int, b: int) -> list[tuple[Role, int, int]]:
        """The role verbs of the predicate that are acts of the doer, as ``(role, start, end)``."""
        found: list[tuple[Role, int, int]] = []
        position = first
        for match in self.words.role.finditer(self.lower, first, b):
            if match.start() < position:
                continue
            inside = self.inside(match.start())
            if inside:
                position = inside
                continue
            role = self.words.roles[match.group()]
            if self.is_act(role, match.start(), match.end(), first, b, found):
                found.append((role, match.start(), match.end()))
        return found

    def inside(self, position: int) -> int:
        """The end of the agency name that covers ``position``, else 0."""
        starts = self.scanner.starts
        for index in range(bisect_left(starts, position - 80), bisect_right(starts, position)):
            hit = starts[index]
            end, entry = self.scanner.hits[hit]
            if entry.blocked:
                continue
            if hit <= position < end and not entry.needs_tail:
                return end if not entry.collective else 0
            item = self.scanner.item(hit)
            if item is not None and item.start <= position < item.end:
                return item.end
        return 0

    def is_act(self, role: Role, start: int, end: int, first: int, b: int, found: list[tuple[Role, int, int]]) -> bool:
        lower = self.lower
        before = lower[max(first, start - _WINDOW) : start]
        if not before.strip():
            return True
        if role == "lanh_dao":
            return start == first
        if role == "bao_cao":
            if re.search(r"tổng hợp[^;.]{0,80} để ?\Z", before):
                return True
            if _SENT_TO.search(before[-140:]) and re.search(
                r"(?:gửi|về|qua|tới) [^;.]{3,110}(?:để |, )", before[-140:]
            ):
                return False
            if re.search(r"(?:để|giúp|phục vụ)(?: \w+){0,2}(?:,| và)? ?\Z", before):
                return False
        chain = self.chain_head(first, start)
        if chain == first or not lower[max(first, chain - _WINDOW) : chain].strip():
            return True
        lead = lower[max(first, chain - _WINDOW) : chain]
        if self.words.revived.search(lead):
            return True
        if _ALLOTTED.search(lead):
            return False
        if role in ("giam_sat", "kiem_tra") and lead.strip() == "tham gia":
            return True
        if (
            role == "bao_cao"
            and lower.endswith("kế hoạch thực hiện, ", first, start)
            and self.scanner.item(end + 1, True)
        ):
            return True  # "xây dựng kế hoạch thực hiện, báo cáo Thành ủy": the plan is done with
        if self.words.nominal.search(lead):
            return bool(lead.endswith(" ") and self.ends_agency(first, chain))
        if _PURPOSE.search(lead):
            return False
        if role in ("chu_tri", "tham_muu") or (
            role == "phoi_hop" and re.match(r"(?: \w+ ?\w*)? (?:với|cùng)\b", lower[end : end + 24])
        ):
            return True
        covered = self.ends_agency(first, chain)
        if covered is not None:
            return covered
        if _LINK_BACK.search(lead) or re.search(r"(?:, |và )(?:" + PERIOD + r")[, ]*\Z", lead):
            if role == "phoi_hop":
                return True
            return bool(
                _STRONG_OBJECT.match(lower, end + 1)
                or _STRONG_OBJECT.match(lower, end)
                or _END.match(lower, end)
                or (role == "bao_cao" and self.scanner.item(end + 1, True))
            )
        if any(f[0] in ("chu_tri", "tham_muu", "phoi_hop") and chain - f[2] <= 2 for f in found):
            return True
        if self.words.light.search(lead[-16:]) and re.search(
            r"(?:tổ chức|thực hiện|tiến hành|tăng cường|đẩy mạnh|thường xuyên|định kỳ|hằng năm|hàng năm|tổng hợp|"
            r"tổng kết)[, ]*\Z",
            lead,
        ):
            return True
        if role == "bao_cao":
            if self.words.tail_verb.search(lead.rstrip()) and _STRONG_OBJECT.match(lower, end + 1):
                return True
            return bool(
                re.search(r"(?:tổng hợp|định kỳ|đánh giá|sơ kết|tổng kết|tháng|năm|quý|kịp thời|lần\)?)[,]? ?\Z", lead)
            ) or bool(self.scanner.item(end + 1, True))
        return False

    def chain_head(self, first: int, start: int) -> int:
        """Where the chain of verbs joined by commas that ends at ``start`` begins."""
        lower = self.lower
        head = start
        while True:
            base = max(first, head - _WINDOW)
            lead = lower[base:head]
            adverb = re.search(
                r"(?:\A|(?<=[\s,]))(?:thường xuyên|định kỳ|hằng năm|hàng năm|kịp thời|tích cực|chủ động)[, ]*\Z", lead
            )
            if adverb and adverb.start() > 0:
                head = base + adverb.start()
                continue
            link = re.search(r"(?:,| và|,? hoặc|,? đồng thời|/| -) ?\Z", lead)
            if not link:
                return head
            verb = self.words.tail_verb.search(lead[: link.start()])
            if not verb:
                return head
            begin = base + verb.start()
            while begin < head and not lower[begin].isalnum():
                begin += 1
            head = begin
            if head <= first:
                return first

    def ends_agency(self, first: int, position: int) -> bool | None:
        """If an agency ends right before ``position``: whether it is a partner (the doer goes on) or another doer."""
        starts = self.scanner.starts
        for index in range(bisect_left(starts, max(first, position - 200)), bisect_left(starts, position)):
            hit = starts[index]
            items = self.listed(hit)
            if (
                items
                and position - 2 <= items[-1].end <= position
                and self.text[items[-1].end : position].strip() in ("", ",")
            ):
                lead = self.lower[max(first, items[0].start - _WINDOW) : items[0].start]
                return (
                    bool(
                        re.search(
                            r"(?:phối hợp|tham mưu|với|cùng|giúp|báo cáo|đề xuất|trình)"
                            r"(?: (?:với|cùng|chặt chẽ|cho|các))* ?\Z",
                            lead,
                        )
                    )
                    or hit == first
                )
        return None
