"""Targets: atomic measurable commitments, each with population, indicator, measure, grade, deadline and modality.

What a target is follows the annotation guideline of this field's data: a figure or a grade that the text commits to.
Accounts of the situation, forecasts, past budgets, examples and conditions of exemption are none.
"""

from __future__ import annotations

import re

import msgspec

from doichieu.extraction.targets.commitments import commitment_word, commits, modality_of
from doichieu.extraction.targets.context import Context, Due, as_due, read_heading
from doichieu.extraction.targets.grades import Grade
from doichieu.extraction.targets.measures import Group, groups, marker_span, sentence_starts
from doichieu.extraction.targets.parts import clean, creator_before, find_scopes
from doichieu.extraction.targets.references import Reference, References
from doichieu.extraction.targets.wording import (
    describe,
    footnote_of,
    head_of,
    inner_label,
    joined_predicate,
    line_label,
    recurrence_of,
)
from doichieu.model import Operator, Target
from doichieu.segmentation.passages import Analysis, Passage

_ASIDE = re.compile(r"\([^()]*\)")
_FIGURE = re.compile(r"%|(?<!\w)(?:là|hiện|đạt)\s")
_DONE_BY = re.compile(r"[\s;,]*(?:thời gian )?hoàn thành\s*")  # "100% chủ rừng …; hoàn thành trước ngày 10/3/2024"


def _blank(text: str, ranges: list[tuple[int, int]]) -> str:
    """``text`` with the ranges blanked out, at the same length."""
    for start, end in ranges:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _two_predicates(row: Target, passage: Passage, begin: int, group: Group, joined: re.Match[str]) -> list[Target]:
    """A share of two predicates as two commitments, each with its own wording."""
    first, mark, second = row.indicator.partition(f" và {joined.group('verb')} ")
    if not mark:
        return [row]
    spans = [
        passage.span(begin + group.start, begin + joined.start()),
        passage.span(begin + joined.start("verb"), begin + group.end),
    ]
    return [
        msgspec.structs.replace(
            row,
            char_start=span.start,
            char_end=span.end,
            quote=passage.source[span.start : span.end],
            indicator=clean(what),
        )
        for span, what in zip(spans, (first, f"{joined.group('verb')} {second}"), strict=True)
    ]


def _borrow_ahead(found: list[Target], wordless: list[int], passage: Passage) -> None:
    """Let ``đến năm 2023 có trên 60%, đến năm 2025 có trên 70% trường đạt chuẩn`` say twice what is true of whom."""
    for index in sorted(wordless, reverse=True):
        if index + 1 >= len(found) or index + 1 in wordless:
            continue
        row, following = found[index], found[index + 1]
        between = passage.source[row.char_end : following.char_start]
        if row.unit == following.unit and row.value != following.value and not re.search(r"[;.:\n]", between):
            wordless.remove(index)
            found[index] = msgspec.structs.replace(
                row, subject=following.subject, scope=following.scope, indicator=following.indicator
            )


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
        self,
        passage: Passage,
        begin: int,
        stop: int,
        zone: str,
        *,
        rule: str,
        due: Due | None = None,
        subject: str = "",
    ) -> list[Target]:
        """The targets of ``passage.text[begin:stop]``; ``due`` and ``subject`` are what a table says about the row."""
        text = passage.text[begin:stop]
        lowered = passage.lower[begin:stop]
        hits = [h for h in self.analysis.deadline_hits.get(passage.clause.clause_id, []) if begin <= h.start < stop]
        cites = [h for h in self.analysis.citation_hits.get(passage.clause.clause_id, []) if begin <= h.start < stop]
        skip = [(h.start - begin, h.end - begin) for h in (*hits, *cites)]
        if begin == 0:
            skip.append(marker_span(passage))  # "2- 70% cán bộ": the mark is no figure
        label, label_end = line_label(text)
        heading = read_heading(label) if label else None
        aspect = " ".join(
            [heading.aspect if heading else "", *(h.aspect for h in self.context.headings(passage.clause)[:2])]
        ).strip()
        found: list[Target] = []
        wordless: list[int] = []  # rows whose own wording says nothing but the figure
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
            if not commits(group, text, lowered, zone, previous_group):
                continue
            limit = due or self._due(passage, group, begin, hits, lowered, previous_group, previous)
            own = commitment_word(group, lowered)
            sentence_begin = sentence_starts(text)[max(group.sentence, 0)]
            carried_modality = own or carried_modality or modality_of(lowered[sentence_begin : group.start][-60:])
            before = None if crossed else previous
            words = describe(plain, plain.lower(), group, label, before, previous_group)
            if not words[0] and not words[1] and not (heading and (heading.population or heading.aspect)):
                wordless.append(len(found))
            for target in self._make(
                passage,
                group,
                begin,
                text,
                words,
                label,
                limit,
                carried_modality,
                before,
                previous_group,
                rule,
                subject,
            ):
                found.append(target)
                previous = target
            previous_group = group
        _borrow_ahead(found, wordless, passage)
        self._fill_subjects(passage, found)
        return found

    # -- when ----------------------------------------------------------------------------------------------

    def _due(
        self,
        passage: Passage,
        group: Group,
        begin: int,
        hits: list[object],
        lowered: str,
        previous_group: Group | None,
        previous: Target | None,
    ) -> Due | None:
        """The deadline in the measure's own wording, else the one it shares with its sentence, else a heading's."""
        start, end = begin + group.start, begin + group.end
        anchor = begin + group.anchor
        told = [
            m.span() for m in _ASIDE.finditer(lowered) if _FIGURE.search(m.group())
        ]  # "(nhiệm kỳ 2021 - 2026 là 28,4%)"
        hits = [h for h in hits if not any(a <= h.start - begin < b for a, b in told)]  # type: ignore[attr-defined]
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
            opens_list = lowered[: hit.start - begin].rstrip().endswith(":")  # type: ignore[attr-defined]
            leading = hit.start - sentence < 30 or opens_list  # type: ignore[attr-defined]
            if ";" not in between or leading or ":" in between[:3]:
                return due
        for hit in hits:
            due = as_due(hit)
            if due is not None and hit.start > end and _DONE_BY.fullmatch(lowered, group.end, hit.start - begin):  # type: ignore[attr-defined]
                return due
            if due is not None and hit.start < start and re.match(r"\s*:", lowered[hit.end - begin :]):  # type: ignore[attr-defined]
                return due
        return self.context.due(passage.clause)

    # -- the record ----------------------------------------------------------------------------------------

    def _make(
        self,
        passage: Passage,
        group: Group,
        begin: int,
        text: str,
        words: tuple[str, str, list[str]],
        label: str,
        due: Due | None,
        modality: str,
        previous: Target | None,
        previous_group: Group | None,
        rule: str,
        subject: str,
    ) -> list[Target]:
        quantity = group.quantity
        lowered = text.lower()
        population, indicator, scopes = words
        population = population or subject
        headings = self.context.headings(passage.clause)
        own_label = read_heading(label) if label else None
        inner = inner_label(text, group, label)
        if inner:
            inner_heading = read_heading(inner)
            population = population or inner_heading.population
        if (
            not population
            and previous is not None
            and previous_group is not None
            and not (own_label and own_label.population)
        ):
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
            quantity is not None
            and quantity.kind == "count"
            and operator == "="
            and previous_group is not None
            and previous_group.quantity is not None
            and previous_group.quantity.kind == "count"
            and previous_group.sentence == group.sentence
            and previous_group.part == group.part
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
                    recurrence=(quantity.recurrence if quantity is not None else "") or recurrence_of(lowered, group),
                    modality=modality,
                    footnote=footnote,
                    rule=f"{rule}:{quantity.kind if quantity is not None else 'grade'}",
                    **self._reference(footnote, group, text),
                )
            )
        joined = joined_predicate(text, group)
        return out if joined is None else _two_predicates(out[0], passage, begin, group, joined)

    def _reference(self, footnote: str, group: Group, text: str) -> Reference:
        """What footnote and brackets ascribe to another document, and the figure that the measure comes from."""
        found = self.references.of(footnote, text[group.start : group.end + 1])
        return {"baseline": group.baseline, **found} if group.baseline else found

    def _fill_subjects(self, passage: Passage, found: list[Target]) -> None:
        """A commitment without a population takes that of its neighbours: the passage, then the list it stands in."""
        named = next((t.subject for t in found if t.subject), "")
        parent = passage.clause.parent_id
        for index, target in enumerate(found):
            if not target.subject:
                subject = named or self.last_subject.get(parent, "") or self._list_subject(passage)
                found[index] = msgspec.structs.replace(target, subject=subject)
        if named:
            self.last_subject[parent] = head_of(named)

    def _list_subject(self, passage: Passage) -> str:
        """The title's population as a last resort: what the whole document is about."""
        for other in self.analysis.passages:
            if other.clause.kind == "title" and len(other.text) > 30:
                match = re.search(
                    (
                        r"(?:chất lượng|năng lực|trình độ|đội ngũ)\s+(?:đội ngũ\s+)?([^,;.]{4,60}?)(?=\s+(?:đáp "
                        r"ứng|trên địa bàn|giai đoạn|đến năm|của)|,|$)"
                    ),
                    other.lower,
                )
                if match:
                    return clean(match.group(1))
        return ""


__all__ = ["TargetFinder"]
