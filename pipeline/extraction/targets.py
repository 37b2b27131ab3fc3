"""Targets: atomic measurable commitments, each with population, indicator, measure, grade, deadline and modality.

What a target is follows the annotation guideline of this field's data: a figure or a grade that the text commits to.
Accounts of the situation, forecasts, past budgets, examples and conditions of exemption are none.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from functools import lru_cache

from pipeline.analysis import Analysis, Passage
from pipeline.extraction.context import Context, Due, as_due, bare_heading, read_heading
from pipeline.extraction.grades import Grade
from pipeline.extraction.measures import Group, groups, mark_length, sentence_starts
from pipeline.extraction.parts import (
    clean,
    creator_before,
    find_scopes,
    predicate_start,
    strip_modal,
    strip_reach,
    strip_share_word,
)
from pipeline.extraction.references import References
from pipeline.lexicon import load
from pipeline.model import Operator, Target
from pipeline.text import fold

_SKIPPED_KINDS = {"header", "title", "preamble", "recipients", "recipient", "signature", "stamp", "footnote"}
_STATISTIC = re.compile(
    r"hiện (?:nay|có|đang|tại)|(?<!\w)đã (?:đạt|có|được|hoàn thành|thực hiện|giải ngân|bố trí|tổ chức|xây dựng|giảm|tăng|hỗ trợ|triển khai|đào tạo|bồi dưỡng)(?! theo| đề ra)|đến nay|tính đến|so với cùng kỳ|(?:^|[\s(])năm 20[01]\d (?:đạt|là|có|chiếm)|kết quả thực hiện|thời gian qua|những năm qua"
)
_AHEAD = re.compile(r"(?<!\w)(?:phấn đấu|đến (?:hết |cuối )?(?:năm|quý|tháng) ?[\d/iv]+|nâng lên|sẽ)(?!\w)(?! đã| tỉnh đã)")
_EXEMPTION = re.compile(r"có thể (?:điều chỉnh|xem xét|giảm)|trường hợp|(?<!\w)nếu (?!có\b)|thấp dưới|được miễn|(?<!\w)khi có (?:từ|trên|ít nhất)")
_FORECAST = re.compile(r"(?<!\w)(?:dự báo|dự kiến|ước tính|ước đạt)(?!\w)")
_EXAMPLE = re.compile(r"(?<!\w)(?:ví dụ|chẳng hạn|thí dụ)(?!\w)")
_POLICY = re.compile(
    r"(?:hỗ trợ|miễn|giảm|hưởng|chi trả|thanh toán|thưởng|phụ cấp|trợ cấp|bằng|mức|đóng|nộp|trích|cho vay)[^;.]{0,60}\Z"
)
_MONEY_NOUN = re.compile(r"\s*(?:kinh phí|chi phí|học phí|mức lương|tiền|giá trị|lãi suất|mức|lương|phí|thuế|vốn)")
_YEAR_LABEL = re.compile(r"(?:đến (?:hết |cuối )?|trong |giai đoạn |năm )+\d{4}(?: - \d{4})?")
_MUST = re.compile(r"(?<!không )(?<!\w)phải\s+(?!là\b)")
_MEASURE_NOUN = re.compile(
    r"(?:^|\s)(?:có|về|vào|đưa|nâng|giảm|tăng|với|và|trong đó|duy trì)\s+(?P<noun>(?:quy mô|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|chỉ số|số lượng|giá trị|kim ngạch|tổng)\s)"
)
_BARE_TAIL = re.compile(r"(?!g?r?dp\b|trong\b|so\b|trên\b|tổng\b|trở\b|mỗi\b|hằng\b|hàng\b|vào\b|đến\b|theo\b|/|và\b|của\b)[^\W\d_]+(?:\s[^\W\d_]+){0,5}\Z")
_SUPERSCRIPT = {c: str(i) for i, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_FOOTNOTE_MARK = re.compile(r"(?P<m>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\[\^?(?P<n>\d{1,3})\]")
_RANK_ABOUT = re.compile(r"\svề\s+(?P<about>[^;.]{3,160})")


@lru_cache(maxsize=1)
def _modalities() -> list[tuple[re.Pattern[str], str]]:
    out = []
    for entry in load("modality")["modality"]:
        words = "|".join(re.escape(w) for w in sorted(entry["words"], key=len, reverse=True))
        tail = r"(?=\s+(?:hoàn thành|đạt|có|được|đáp ứng|xóa|không|phủ|khắc phục|giải quyết|tự))" if entry["value"] == "cơ bản" else ""
        head = r"(?<!mức )(?<!số )(?<!vụ )(?<!kỹ năng )" if tail else ""
        out.append((re.compile(rf"(?<!\w){head}(?:{words})(?!\w){tail}"), entry["value"]))
    return out


def modality_of(text: str) -> str:
    """The strongest commitment word in a wording (lower case), empty if there is none.

    >>> modality_of("phấn đấu 50% có trình độ"), modality_of("kỹ năng số cơ bản cho người dân")
    ('phấn đấu', '')
    """
    for pattern, value in _modalities():
        if pattern.search(text):
            return value
    return ""


def footnote_of(text: str) -> str:
    """The mark of the footnote that hangs on a wording, as digits."""
    match = _FOOTNOTE_MARK.search(text)
    if match is None:
        return ""
    return match.group("n") or "".join(_SUPERSCRIPT[c] for c in match.group("m"))


def _blank(text: str, ranges: list[tuple[int, int]]) -> str:
    """``text`` with the ranges blanked out, at the same length."""
    for start, end in ranges:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
#: So many rows of one value in one part are compared with a later repetition; no document has more.
_MOST_ALIKE = 200


def stage(analysis: Analysis) -> None:
    """Fill ``analysis.targets``; needs citations, deadlines and the tree."""
    finder = TargetFinder(analysis)
    for passage in analysis.passages:
        if passage.clause.kind in _SKIPPED_KINDS:
            continue
        finder.passage(passage)
    from pipeline.extraction.target_tables import table_targets

    finder.found += table_targets(analysis, finder)
    finder.found.sort(key=lambda t: (t.char_start, t.char_end, t.indicator))
    analysis.targets = link_repetitions(with_ids(finder.found))


def with_ids(found: list[Target]) -> list[Target]:
    """Give each target an id that depends on its document and content, not on where it stands."""
    import msgspec

    seen: Counter[str] = Counter()
    out = []
    for target in found:
        content = "|".join(
            [target.document_id, fold(target.quote), fold(target.subject), fold(target.indicator), target.operator,
             str(target.value), target.unit, target.level, target.deadline]
        )  # fmt: skip
        seen[content] += 1
        digest = hashlib.sha256(f"{content}|{seen[content]}".encode()).hexdigest()[:10]
        out.append(msgspec.structs.replace(target, target_id=f"t{digest}"))
    return out


def link_repetitions(found: list[Target]) -> list[Target]:
    """Let a later row that repeats an earlier commitment of the same document know it (``same_as``)."""
    import msgspec

    first: dict[tuple[object, ...], dict[str, list[Target]]] = {}  # by content, then by part of the document
    out = []
    for target in found:
        key = (target.operator, target.value, target.value_max, target.unit, target.level, target.deadline)
        part = target.clause_path.split("/")[0]
        elsewhere = (other for name, rows in first.get(key, {}).items() if name != part for other in rows)
        twin = next((other for other in elsewhere if _repeats(target, other)), None)
        if twin is not None and target.value is not None:
            target = msgspec.structs.replace(target, same_as=twin.target_id)
        else:
            rows = first.setdefault(key, {}).setdefault(part, [])
            if len(rows) < _MOST_ALIKE:
                rows.append(target)
        out.append(target)
    return out


def _repeats(target: Target, other: Target) -> bool:
    """Whether two rows of different parts state one commitment: the same population, nearly the same words."""
    return _alike(fold(target.quote), fold(other.quote), 0.8) and _alike(fold(target.subject), fold(other.subject), 0.6)


def _alike(one: str, other: str, share: float) -> bool:
    a, b = set(one.split()), set(other.split())
    return len(a & b) >= share * max(len(a), len(b))


class TargetFinder:
    """Finds the targets of one document; keeps what later clauses inherit from earlier ones."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.context = Context(analysis)
        self.references = References(analysis)
        self.found: list[Target] = []
        self.last_subject: dict[str, str] = {}

    def passage(self, passage: Passage) -> None:
        """Add the targets of one passage."""
        clause = passage.clause
        if clause.kind in ("role_line", "table_row"):
            return
        zone = self.context.zone(clause)
        if zone == "situation":
            return
        self.found += self.read(passage, 0, len(passage.text), zone, rule="clause")

    def read(
        self, passage: Passage, begin: int, stop: int, zone: str, *, rule: str, due: Due | None = None, subject: str = ""
    ) -> list[Target]:
        """The targets of ``passage.text[begin:stop]``; ``due`` and ``subject`` are what a table says about the row."""
        text = passage.text[begin:stop]
        lowered = passage.lower[begin:stop]
        hits = [h for h in self.analysis.deadline_hits.get(passage.clause.clause_id, []) if begin <= h.start < stop]
        cites = [h for h in self.analysis.citation_hits.get(passage.clause.clause_id, []) if begin <= h.start < stop]
        skip = [(h.start - begin, h.end - begin) for h in (*hits, *cites)]
        label, label_end = self._label(text)
        heading = read_heading(label) if label else None
        aspect = " ".join(
            [heading.aspect if heading else "", *(h.aspect for h in self.context.headings(passage.clause)[:2])]
        ).strip()
        found: list[Target] = []
        previous: Target | None = None
        previous_group: Group | None = None
        carried_modality = ""
        plain = _blank(text, [(h.start - begin, h.end - begin) for h in hits])
        for group in groups(text, lowered, skip, f"{label} {aspect}".lower()):
            if group.bracket or (group.anchor < label_end and group.quantity is None):
                continue
            if previous_group is not None and group.sentence != previous_group.sentence:
                carried_modality = ""
                previous = None if group.sentence != previous_group.sentence + 1 else previous
                crossed = True
            else:
                crossed = False
            if not self._commits(group, text, lowered, zone, previous_group):
                continue
            limit = due or self._due(passage, group, begin, hits, lowered, previous_group, previous)
            own = modality_of(lowered[group.start : group.stop])
            if own in ("bảo đảm", "") and _MUST.search(lowered[group.stop : group.end]):
                own = "phải"
            sentence_begin = sentence_starts(text)[max(group.sentence, 0)]
            carried_modality = own or carried_modality or modality_of(lowered[sentence_begin : group.start][-60:])
            for target in self._make(
                passage, group, begin, text, plain, label, limit, carried_modality,
                None if crossed else previous, previous_group, rule, subject,
            ):  # fmt: skip
                found.append(target)
                previous = target
            previous_group = group
        self._fill_subjects(passage, found)
        return found

    # -- what it is ----------------------------------------------------------------------------------------

    @staticmethod
    def _label(text: str) -> tuple[str, int]:
        """The label of the line (``Đối với công chức:``) and where it ends."""
        start = mark_length(text)
        masked = re.sub(r"\([^()]*\)", lambda m: "x" * len(m.group()), text)
        colon = masked.find(":", start)
        if colon < 0 or colon - start > 320:
            return "", 0
        label = text[start:colon]
        plain = re.sub(r"\([^()]*\)", "", label)
        if len(plain) > 120 or "%" in plain or ";" in plain or ". " in plain.strip():
            return "", 0
        return label, colon + 1

    def _commits(self, group: Group, text: str, lowered: str, zone: str, previous: Group | None) -> bool:
        """Whether a measure is a commitment, and not an account, a forecast, a condition or a policy rate."""
        quantity = group.quantity
        segment = lowered[group.start : group.end]
        starts = sentence_starts(text)
        sentence_start = starts[max(group.sentence, 0)]
        before = lowered[max(sentence_start, group.start - 80) : group.anchor]
        ahead = _AHEAD.search(before)
        if ahead is not None:
            before = before[ahead.start() :]  # what was said of today stands before it
        if _STATISTIC.search(before) or _FORECAST.search(before) or _EXAMPLE.search(before):
            return False
        if _EXEMPTION.search(segment) or _EXEMPTION.search(before[-60:]):
            return False
        goal = zone in ("goal", "general_goal")
        if quantity is None:
            return goal
        if zone == "viewpoint":
            return False
        if quantity.kind == "percent":
            if _POLICY.search(before[-70:]) and _MONEY_NOUN.match(lowered, quantity.end):
                return False
            return True
        if quantity.kind == "majority":
            return goal
        modal = "phấn đấu" in lowered[sentence_start : group.anchor]
        compared = quantity.operator in (">=", ">", "between", "<=", "<")
        if quantity.kind in ("rate", "rank", "multiple"):
            return goal or modal or (compared and quantity.kind != "rank") or (quantity.kind == "rank" and goal)
        if quantity.kind == "money":
            return goal or modal
        if quantity.kind == "index":
            return goal and (compared or bool(re.search(r"(?:chỉ số|điểm|đạt|duy trì|tuổi thọ|hệ số|xếp hạng|mức sinh)", before[-60:]))) and (
                quantity.value is not None and not 1900 < quantity.value < 2100
            )
        creator = creator_before(lowered[group.start : group.anchor])
        listed = (
            previous is not None and previous.quantity is not None and previous.quantity.kind == "count"
            and previous.sentence == group.sentence and previous.part == group.part
        )
        if goal:
            return compared or bool(creator) or listed or lowered[group.start : group.anchor].strip(" ,") in ("", "có", "đạt")
        return (modal or (compared and quantity.operator in (">=", ">", "between"))) and bool(creator or modal)

    # -- when ----------------------------------------------------------------------------------------------

    def _due(
        self, passage: Passage, group: Group, begin: int, hits: list[object], lowered: str,
        previous_group: Group | None, previous: Target | None,
    ) -> Due | None:
        """The deadline in the measure's own wording, else the one it shares with its sentence, else a heading's."""
        start, end = begin + group.start, begin + group.end
        anchor = begin + group.anchor
        inside = [h for h in hits if start <= h.start < end]  # type: ignore[attr-defined]
        dues = [(h, as_due(h)) for h in inside]
        before = [d for h, d in dues if d is not None and h.start <= anchor]  # type: ignore[attr-defined]
        after = [d for h, d in dues if d is not None and h.start > anchor]  # type: ignore[attr-defined]
        if before:
            return before[-1]
        if after:
            return after[0]
        starts = sentence_starts(passage.text[begin:])
        sentence = begin + starts[min(max(group.sentence, 0), len(starts) - 1)]
        for hit in reversed([h for h in hits if sentence <= h.start < start]):  # type: ignore[attr-defined]
            due = as_due(hit)
            if due is None:
                continue
            between = lowered[hit.end - begin : group.start]  # type: ignore[attr-defined]
            leading = hit.start - sentence < 30  # type: ignore[attr-defined]
            if ";" not in between or leading or ":" in between[:3]:
                return due
        for hit in hits:
            due = as_due(hit)
            if due is not None and hit.start < start and re.match(r"\s*:", lowered[hit.end - begin :]):  # type: ignore[attr-defined]
                return due
        return self.context.due(passage.clause)

    # -- the record ----------------------------------------------------------------------------------------

    def _make(
        self, passage: Passage, group: Group, begin: int, text: str, plain: str, label: str, due: Due | None,
        modality: str, previous: Target | None, previous_group: Group | None, rule: str, subject: str,
    ) -> list[Target]:
        quantity = group.quantity
        lowered = text.lower()
        population, indicator, scopes = self._describe(plain, plain.lower(), group, label, previous, previous_group)
        population = population or subject
        headings = self.context.headings(passage.clause)
        own_label = read_heading(label) if label else None
        inner = self._inner_label(text, group, label)
        if inner:
            inner_heading = read_heading(inner)
            population = population or inner_heading.population
        if not population and previous is not None and previous_group is not None and not (own_label and own_label.population):
            population = previous.subject
        if not population and own_label is not None:
            population = own_label.population
        if not population:
            population = next((h.population for h in headings if h.population), "")
        heading_scopes, population = find_scopes(population, population.lower())
        label_aspect = own_label.aspect if own_label else ""
        heading_aspect = next((h.aspect for h in headings[:1] if h.aspect), "")
        operator: Operator = quantity.operator if quantity is not None else ""
        if (
            quantity is not None and quantity.kind == "count" and operator == "=" and previous_group is not None
            and previous_group.quantity is not None and previous_group.quantity.kind == "count"
            and previous_group.sentence == group.sentence and previous_group.part == group.part
            and previous_group.quantity.operator in (">=", "<=", ">", "<")
            and not creator_before(lowered[group.start : group.anchor])
        ):
            operator = previous_group.quantity.operator
        footnote = footnote_of(text[group.anchor : group.end + 3])
        grades: list[Grade | None] = list(group.grades) or [None]
        out = []
        for grade in grades:
            stop = group.end if grade is None or len(grades) == 1 else grade.end
            what = indicator
            if grade is not None:
                aspect = grade.indicator
                if label_aspect and grade.scale in ("trinh_do_chuyen_mon", "ly_luan_chinh_tri"):
                    aspect = label_aspect if "trình độ" in label_aspect else aspect
                elif heading_aspect and "trình độ" in heading_aspect and quantity is None:
                    aspect = heading_aspect
                extra = indicator if quantity is None and len(indicator) > 60 else ""
                what = aspect if not extra or aspect in extra.lower() else f"{aspect} {extra}".strip()
            elif label_aspect and len(what) < 4:
                what = label_aspect
            span = passage.span(begin + group.start, begin + max(stop, group.start + 1))
            out.append(
                Target(
                    document_id=self.analysis.document_id,
                    target_id="",
                    clause_id=passage.clause.clause_id,
                    clause_path=passage.clause.clause_path,
                    char_start=span.start,
                    char_end=span.end,
                    quote=passage.source[span.start : span.end],
                    subject=clean(population),
                    scope=tuple(dict.fromkeys(clean(s) for s in [*scopes, *heading_scopes] if clean(s))),
                    indicator=clean(what),
                    direction=quantity.direction if quantity is not None else "",
                    operator=operator,
                    value=quantity.value if quantity is not None else None,
                    value_max=quantity.value_max if quantity is not None else None,
                    unit=quantity.unit if quantity is not None else "",
                    base=quantity.base if quantity is not None else "",
                    level_scale=grade.scale if grade is not None else "",
                    level_operator=grade.operator if grade is not None else "",
                    level=grade.level if grade is not None else "",
                    deadline=due.date if due else "",
                    deadline_operator=due.operator if due else "",
                    deadline_text=due.text if due else "",
                    start=due.start if due else "",
                    recurrence=(quantity.recurrence if quantity is not None else "") or self._recurrence(lowered, group),
                    modality=modality,
                    footnote=footnote,
                    page=passage.clause.page,
                    rule=f"{rule}:{quantity.kind if quantity is not None else 'grade'}",
                    **self.references.of(footnote, text[group.start : group.end + 1]),
                )
            )
        return out

    @staticmethod
    def _recurrence(lowered: str, group: Group) -> str:
        match = re.search(r"(?<!\w)(?:hằng năm|hàng năm|mỗi năm|hằng tháng|hàng tháng|hằng quý|hàng quý)(?!\w)", lowered[group.start : group.end])
        return match.group() if match else ""

    @staticmethod
    def _inner_label(text: str, group: Group, label: str) -> str:
        """A label within the sentence (``…; Phó Chủ tịch cấp xã: 40% trở lên …``), not the line's own."""
        sentence = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), text[: group.start])
        if not sentence.rstrip().endswith(":") or (label and sentence.rstrip().rstrip(":").strip().endswith(label.strip()[-20:])):
            return ""
        tail = re.split(r"[;.:]\s", sentence.rstrip(" :"))[-1]
        return tail if len(tail) < 160 else ""

    def _describe(
        self, text: str, lowered: str, group: Group, label: str, previous: Target | None, previous_group: Group | None
    ) -> tuple[str, str, list[str]]:
        """(population, indicator, scopes) of a measure from its own wording."""
        start, end = group.start, group.end
        if label:
            offset = lowered.find(":", mark_length(text))
            if start <= offset < group.anchor:
                start = offset + 1
        quantity = group.quantity
        left = text[start : group.anchor]
        left = _YEAR_LABEL.sub(" ", left) if _YEAR_LABEL.search(left.lower()) else left
        left = re.sub(r"\s+", " ", left)
        if quantity is None:
            return self._grade_parts(text[start:end], left)
        figure_end = quantity.end if quantity.kind not in ("count", "money") else quantity.figure_end
        right = text[figure_end:end]
        rest = strip_modal(left).strip(" ,:")
        reached = strip_reach(rest).strip(" ,:") if rest else ""
        if quantity.kind == "rank":
            about = _RANK_ABOUT.search(text, quantity.end)
            indicator = f"thứ hạng {about.group('about')}" if about else clean(f"thứ hạng {right}")
            place = re.match(r"\s*(?:dẫn đầu|đứng đầu)?\s*((?:khu vực |vùng |của |toàn )?[A-ZĐ\w][^,;.]{1,30}?)(?=\s+về|,|;|\.|$)", right)
            scopes = [place.group(1)] if place else []
            subject = re.sub(r"\s*(?:trở thành|là|thuộc|nằm trong|đứng|xếp).*$", "", reached)
            if not clean(subject):
                opening = re.split(r"[.;]\s", text[:start])[-1]
                position = predicate_start(opening.lower())
                subject = opening[:position] if position and position < 60 else ""
            return clean(subject), clean(indicator), scopes
        scopes, _ = find_scopes(text[start:end], lowered[start:end])
        scopes = [s for s in scopes if text[quantity.start : quantity.end] not in s]
        if quantity.kind == "count":
            return (*self._count_parts(left, right), scopes)
        creator = creator_before(rest)
        if quantity.kind in ("percent", "majority") and (not reached or len(reached.split()) <= 1 or (creator and fold(rest).startswith(fold(creator)) and len(creator.split()) <= 2)):
            _, body = find_scopes(right, right.lower())
            body = re.sub(r"^[\s,]*(?:tổng số|số lượng|số|của|các)\s+(?=\w)", "", body).strip()
            position = predicate_start(body.lower(), from_start=True)
            verb = creator if creator and creator.lower() not in ("có", "đạt") else ""
            if position == 0:
                return "", clean(f"{verb} {body}"), scopes
            if position is not None:
                return clean(body[:position]), clean(f"{verb} {body[position:]}"), scopes
            if previous is not None and len(body) < 4 and previous_group is not None:
                return previous.subject, previous.indicator, list(previous.scope)
            return clean(body), clean(verb or body), scopes
        _, bare = find_scopes(reached, reached.lower())
        nouns = list(_MEASURE_NOUN.finditer(bare.lower()))
        owner = ""
        if nouns and nouns[-1].start("noun") > 0:
            owner, bare = bare[: nouns[-1].start()], bare[nouns[-1].start("noun") :]
            if len(owner.split()) <= 6 and clean(owner):
                scopes = [*scopes, clean(owner)]
        core = strip_share_word(bare)
        core = re.sub(r"^(?:trong|ở|tại)\s+", "", core)
        position = predicate_start(core.lower())
        subject = core[:position] if position else core
        tail = clean(" ".join(re.sub(r"\([^()]*\)", " ", right).split()))
        if _BARE_TAIL.match(tail.lower()) and predicate_start(tail.lower(), from_start=True) is None:
            return tail, clean(bare), scopes
        if predicate_start(core.lower(), from_start=True) == 0 and previous is not None and previous_group is not None and (
            previous_group.sentence == group.sentence
        ):
            subject = previous.subject
        return clean(subject), clean(f"{bare} {tail}"), scopes

    @staticmethod
    def _count_parts(left: str, right: str) -> tuple[str, str]:
        """Population and indicator of a counted thing: ``Hình thành ít nhất 20 mô hình …``."""
        rest = strip_modal(left).strip(" ,:")
        verb = creator_before(rest) or creator_before(left)
        _, noun = find_scopes(right, right.lower())
        noun = noun.strip()
        position = predicate_start(noun.lower())
        thing = noun[:position] if position else noun
        predicate = noun[position:] if position else ""
        owner = ""
        if verb:
            index = rest.find(verb)
            owner = rest[:index] if index > 8 else ""
        elif len(rest.split()) > 2:
            owner = strip_reach(rest)
        return clean(thing), clean(" ".join(part for part in (owner, verb, predicate) if part)) or clean(thing)

    @staticmethod
    def _grade_parts(segment: str, left: str) -> tuple[str, str, list[str]]:
        """Population, indicator and scopes of a wording that only requires a grade."""
        scopes, _ = find_scopes(segment, segment.lower())
        _, bare = find_scopes(left, left.lower())
        lowered = bare.lower()
        about = re.match(r"\s*(?:đối với|với)\s+", lowered)
        bare = bare[about.end() :] if about else strip_modal(bare)
        position = predicate_start(bare.lower(), from_start=True)
        cut = re.search(r"(?:^|\s)(?:có )?trình độ", bare.lower())
        if cut and (position is None or cut.start() < position):
            position = cut.start()
        subject = bare[:position] if position else ""
        place = re.match(r"\s*(?:ở|tại|trên)\s", subject.lower())
        if place:
            scopes = [*scopes, clean(subject)] if not any(clean(subject) in s for s in scopes) else scopes
            scopes += [clean(p) for p in re.split(r",| và ", re.sub(r"^\s*(?:ở|tại)\s+", "", subject, flags=re.IGNORECASE)) if clean(p)]
            subject = ""
        return clean(subject), clean(strip_modal(segment)), scopes

    def _fill_subjects(self, passage: Passage, found: list[Target]) -> None:
        """A commitment without a population takes that of its neighbours: the passage, then the list it stands in."""
        import msgspec

        named = next((t.subject for t in found if t.subject), "")
        parent = passage.clause.parent_id
        for index, target in enumerate(found):
            if not target.subject:
                subject = named or self.last_subject.get(parent, "") or self._list_subject(passage)
                found[index] = msgspec.structs.replace(target, subject=subject)
        if named:
            self.last_subject[parent] = self._head(named)

    @staticmethod
    def _head(subject: str) -> str:
        position = predicate_start(subject.lower())
        return clean(subject[:position]) if position else subject

    def _list_subject(self, passage: Passage) -> str:
        """The title's population as a last resort: what the whole document is about."""
        for other in self.analysis.passages:
            if other.clause.kind == "title" and len(other.text) > 30:
                match = re.search(r"(?:chất lượng|năng lực|trình độ|đội ngũ|phát triển)\s+(?:đội ngũ\s+)?([^,;.]{4,60}?)(?=\s+(?:đáp ứng|trên địa bàn|giai đoạn|đến năm|của)|,|$)", other.lower)
                if match:
                    return clean(match.group(1))
        return ""


__all__ = ["TargetFinder", "bare_heading", "footnote_of", "modality_of", "stage"]
