"""Gathering what the reports of a comparison say, once, for the page, the workbook and the opinion alike.

No format decides anything about a finding, so none can differ from another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from doichieu.model import SEVERITY_ORDER, Comparison, Deviation, Document, Duty, Target
from doichieu.naming import day_words
from doichieu.report.bodies import body_key, body_names
from doichieu.report.cards import card_of, target_facts
from doichieu.report.cases import heading_case
from doichieu.report.clean import cleaned, shown
from doichieu.report.decisions import Carried, Decision, carry, fingerprint, promise_key, quoted_key
from doichieu.report.groups import GROUPS, MINUTE, group_of, repeats, verdict, verdict_parts
from doichieu.report.looked import choices, looked_at
from doichieu.report.mends import Done, told
from doichieu.report.openings import pair_lines, problem_lines
from doichieu.report.phrases import (
    conclusion,
    due,
    duty_sentence,
    explanation,
    measure,
    place,
    proof,
    reason,
)
from doichieu.report.proofs import proof_words
from doichieu.report.records import Change, ComparisonView, DutyLine, Fact, Finding, Looked, Side
from doichieu.report.worddiff import pieces
from doichieu.report.words import name, words
from doichieu.text import fold, short

_HEADING = 200  # a longer one is a paragraph, not a heading
_CERTAIN = 0.995  # what would be printed as certain is not printed
_CONTEXT = 140  # characters of the clause shown on each side of a quote


def comparison_view(
    comparison: Comparison,
    decisions: Mapping[str, Decision] | None = None,
    lang: str = "vi",
    mends: Sequence[Done] = (),
) -> ComparisonView:
    """Gather a comparison for the reports; ``decisions`` are those of an earlier run by ``deviation_id``, ``mends``
    what became of the reviewer's mends in it."""
    return _Gathering(comparison, lang, mends).view(decisions or {})


class _Gathering:
    """One pass over a comparison, with what is looked up again and again."""

    def __init__(self, comparison: Comparison, lang: str, mends: Sequence[Done] = ()) -> None:
        self.comparison, self.lang, self.mends = comparison, lang, tuple(mends)
        self.mended = told(mends, words(lang)["text"])
        self.child, self.parent = comparison.child, comparison.parent
        self.own = {t.target_id: t for t in self.child.targets}
        self.upper = {t.target_id: t for t in self.parent.targets} if self.parent else {}
        self.clauses = {id(d): {c.clause_id: c for c in d.clauses} for d in (self.child, self.parent) if d is not None}
        self.compared = {
            d.child_target_id: d.parent_target_id
            for d in reversed(comparison.deviations)
            if d.child_target_id and d.parent_target_id
        }
        paired = [d for d in comparison.deviations if d.child_target_id and d.parent_target_id]
        self.own_partner = {d.child_target_id: d.parent_quote for d in reversed(paired)}
        self.upper_partner = {d.parent_target_id: d.child_quote for d in reversed(paired)}
        self.given = {a.assignment_id: a for a in self.child.assignments}
        self.asked = {a.assignment_id: a for a in self.parent.assignments} if self.parent else {}
        self.own_place = {t.target_id: i for i, t in enumerate(self.child.targets)}
        self.headings: dict[int, dict[str, str]] = {}
        self.charged: dict[tuple[int, str], set[str]] = {}
        everyone = (*self.child.assignments, *(self.parent.assignments if self.parent else ()))
        self.bodies = body_names(everyone)
        self.spelled = {fold(shown(a.agency)): self.bodies[body_key(a)] for a in everyone}
        for document in (self.child, self.parent):
            for a in document.assignments if document else ():
                self.charged.setdefault((id(document), a.clause_path), set()).add(self.bodies[body_key(a)])

    def view(self, decisions: Mapping[str, Decision]) -> ComparisonView:
        comparison, lang = self.comparison, self.lang
        order = sorted(
            enumerate(comparison.deviations),
            key=lambda pair: (GROUPS.index(group_of(pair[1])), SEVERITY_ORDER[pair[1].severity], pair[0]),
        )
        findings = [
            self._finding(deviation, position, number) for number, (position, deviation) in enumerate(order, start=1)
        ]
        pair = f"{self.child.document_id}__{self.parent.document_id if self.parent else 'quoted'}"
        carried = carry(
            decisions,
            [(f.id, f.fingerprint, f.child_key, f.parent_key) for f in findings],
            pair,
            {f.id: (f.child.quote, f.parent.quote) for f in findings},
        )
        findings = [_reviewed(f, carried) for f in findings]
        quoted = next((d.parent_document for d in comparison.deviations), "")
        line = ""
        if decisions:
            line = words(lang)["text"]["decisions_line"].format(
                current=carried.count("current"), changed=carried.count("changed"), gone=len(carried.gone)
            )
        return cleaned(
            ComparisonView(
                lang,
                pair,
                card_of(self.child, "", lang),
                card_of(self.parent, quoted, lang),
                verdict(comparison.deviations, lang, comparison.duties),
                tuple(findings),
                tuple(self._duty(d) for d in comparison.duties),
                problem_lines(self.child, lang) + problem_lines(self.parent, lang, "p"),
                tuple(b.explanation for b in comparison.bindings if b.conflict),
                carried.gone,
                line,
                pair_lines(comparison, lang),
                tuple(verdict_parts(comparison.deviations, lang, comparison.duties)),
                self.mends,
                choices(self.child, lang),
                choices(self.parent, lang),
            )
        )

    def _finding(self, deviation: Deviation, position: int, number: int) -> Finding:
        lang = self.lang
        own, keyed = self.own.get(deviation.child_target_id), self.upper.get(deviation.parent_target_id)
        # A repetition stands against what the wording that it repeats was compared with.
        answer = keyed or (
            self.upper.get(self.compared.get(deviation.covered_by, "")) if deviation.covered_by else None
        )
        left, right = self._sides(deviation, own, answer)
        section, section_name = self._section(deviation)
        parent_key = quoted_key(own) if own is not None and self.parent is None else promise_key(keyed)
        return Finding(
            id=deviation.deviation_id,
            number=number,
            position=position,
            severity=deviation.severity,
            severity_name=name(lang, "severities", deviation.severity),
            kinds=deviation.kinds,
            conclusion=conclusion(deviation.kinds, lang),
            subject=shown(deviation.subject),
            headline=_headline(deviation, own or answer, lang),
            changes=self._changes(deviation, own, answer),
            child=left,
            parent=right,
            proof=proof(deviation.proof, lang),
            explanation=explanation(
                deviation, self.comparison, own, answer, lang, repeated=self.own.get(deviation.covered_by)
            ),
            reason=reason(deviation, lang),
            declared=deviation.declared,
            justification=shown(deviation.justification),
            confidence=_confidence(deviation),
            looked=self._looked(deviation),
            mended=self.mended.get((deviation.child_target_id, deviation.parent_target_id), ""),
            section=section,
            section_name=section_name,
            agencies=self._bodies(own, answer),
            child_position=self.own_place.get(deviation.child_target_id, len(self.own_place)),
            fingerprint=fingerprint(deviation, own, keyed),
            child_key=promise_key(own),
            parent_key=parent_key,
            applicability=deviation.applicability,
            repeats=repeats(deviation),
            covered=bool(deviation.covered_by),
            proof_words=shown(proof_words(deviation, own, answer, lang)),
            group=group_of(deviation) if group_of(deviation) != "priority" or number <= MINUTE else "priority_more",
        )

    def _sides(self, deviation: Deviation, own: Target | None, answer: Target | None) -> tuple[Side, Side]:
        left, right = shown(deviation.child_quote), shown(deviation.parent_quote)
        if left and right:
            left_pieces, right_pieces = pieces(left, right)
        else:
            left_pieces, right_pieces = [(left, False)] if left else [], [(right, False)] if right else []
        facts = target_facts(own, self.lang) if own else {}, target_facts(answer, self.lang) if answer else {}
        text = words(self.lang)["text"]
        counts = {text["scope"]: any(k.startswith("scope_") or k == "changed" for k in deviation.kinds)}
        sides = []
        missing = text["not_there"]
        if self.parent is None and own is not None and own.reference_value is not None:
            missing = text["quoted_value"].format(value=measure(quoted_target(own), self.lang))
        for this, other, quote, parts, target, document, path, absent in (
            (facts[0], facts[1], left, left_pieces, own, self.child, deviation.child_clause_path, text["not_there"]),
            (facts[1], facts[0], right, right_pieces, answer, self.parent, deviation.parent_clause_path, missing),
        ):
            told = tuple(
                Fact(k, v, bool(other) and fold(v) != fold(other.get(k, "")) and counts.get(k, True))
                for k, v in this.items()
            )
            before, after = self._context(document, target)
            where = place(path, self.lang)
            if target is not None and target.page:
                where += f", {text['page'].lower()} {target.page}"
            anchor = target.clause_id if target is not None else ""
            sides.append(
                Side(
                    quote,
                    tuple(parts),
                    before,
                    after,
                    where,
                    path,
                    anchor,
                    target.target_id if target else "",
                    told,
                    absent,
                )
            )
        return sides[0], sides[1]

    def _looked(self, deviation: Deviation) -> tuple[Looked, ...]:
        """What was looked at for a target without a partner."""
        if deviation.covered_by or "equal" in deviation.kinds:
            return ()
        if deviation.child_target_id:
            return looked_at(deviation, self.upper, self.upper_partner, self.lang)
        return looked_at(deviation, self.own, self.own_partner, self.lang)

    def _context(self, document: Document | None, target: Target | None) -> tuple[str, str]:
        """What the clause of a target says before and after its quote, a line at most."""
        if document is None or target is None:
            return "", ""
        clause = self.clauses[id(document)].get(target.clause_id)
        if clause is None or clause.kind in ("table", "table_row"):
            return "", ""
        text = document.source.text
        before = shown(text[clause.char_start : target.char_start])
        after = shown(text[target.char_end : clause.char_end])
        if len(before) > _CONTEXT:
            before = "…" + before[-_CONTEXT:].split(" ", 1)[-1]
        if before and before[-1] not in "(“[":
            before += " "
        after = short(after, _CONTEXT)
        return before, after if after[:1] in ".,;:)]”" else f" {after}" if after else ""

    def _changes(self, deviation: Deviation, own: Target | None, answer: Target | None) -> tuple[Change, ...]:
        lang = self.lang
        text = words(lang)["text"]
        if self.parent is None and own is not None and own.reference_value is not None:
            answer = quoted_target(own)
        none = text["none_short"]
        if not (own and answer):
            return ()  # what only one side sets is told by the proof in words
        changes = [Change(text["measure"], measure(answer, lang), measure(own, lang))]
        if due(own, lang) != due(answer, lang):
            changes.append(Change(text["deadline"], due(answer, lang) or none, due(own, lang) or none))
        return tuple(changes)

    def _section(self, deviation: Deviation) -> tuple[str, str]:
        """Where a finding belongs: the numbered part of the parent, of the child for what only the child has."""
        document, path = (
            (self.parent, deviation.parent_clause_path)
            if deviation.parent_clause_path
            else (self.child, deviation.child_clause_path)
        )
        headings = self._headings(document)
        parts = path.split("/")
        while len(parts) > 1 and "/".join(parts) not in headings:
            parts.pop()
        key = "/".join(parts)
        side = "p" if deviation.parent_clause_path else "c"
        label = short(heading_case(shown(headings.get(key, ""))), 70) or place(key, self.lang) or "–"
        if side == "c" and self.parent is not None:
            label += f" ({words(self.lang)['text']['child_short'].lower()})"
        return f"{side}:{key}", label

    def _headings(self, document: Document | None) -> dict[str, str]:
        """The headings of a document's parts by path."""
        found = self.headings.get(id(document))
        if found is None:
            clauses = document.clauses if document else ()
            found = {
                c.clause_path: c.heading
                for c in reversed(clauses)
                if c.heading and not c.leaf and c.kind in ("section", "item", "appendix") and len(c.heading) < _HEADING
            }
            self.headings[id(document)] = found
        return found

    def _bodies(self, own: Target | None, answer: Target | None) -> tuple[str, ...]:
        """The bodies that have to do with a finding: those charged in the clauses of its targets, and lead agencies of
        tables."""
        found: set[str] = set()
        for document, target in ((self.child, own), (self.parent, answer)):
            if target is not None:
                lead = shown(target.lead_agency)
                found |= self.charged.get((id(document), target.clause_path), set()) | (
                    {self.spelled.get(fold(lead), lead)} - {""}
                )
        return tuple(sorted(found))

    def _duty(self, duty: Duty) -> DutyLine:
        lang = self.lang
        charged = dict.fromkeys(
            self.spelled.get(fold(body), shown(body))
            for body in (
                *duty.parent_lead.split("; "),
                *duty.parent_partners,
                *duty.child_lead.split("; "),
                *duty.child_partners,
            )
            if body
        )
        answer = f"{shown(duty.child_lead)} – {name(lang, 'roles', duty.child_role)}" if duty.child_lead else ""
        return DutyLine(
            id=duty.duty_id,
            verdict=duty.verdict,
            verdict_name=name(lang, "duties", duty.verdict),
            severity=duty.severity,
            agency=shown(duty.parent_lead) or words(lang)["text"]["no_body"],
            bodies=tuple(charged),
            role=name(lang, "roles", duty.parent_role) if duty.parent_role else "",
            task=short(shown(duty.parent_quote), 360),
            place=place(duty.parent_clause_path, lang),
            anchor=duty.parent_clause_id,
            answer=answer,
            answer_quote=short(shown(duty.child_quote), 240),
            answer_places=tuple(
                (place(path, lang), clause_id)
                for path, clause_id in zip(duty.child_clause_paths, duty.child_clause_ids, strict=True)
            ),
            deadline=day_words(duty.parent_deadline),
            answer_deadline=day_words(duty.child_deadline),
            explanation=duty_sentence(duty, lang),
        )


def quoted_target(own: Target) -> Target:
    """The target of an upper document that is known only from the note on ``own``."""
    from msgspec.structs import replace

    return replace(
        own,
        operator=own.reference_operator or "=",
        value=own.reference_value,
        value_max=None,
        unit=own.reference_unit or own.unit,
        level="",
    )


def _confidence(deviation: Deviation) -> str:
    """How sure a pair is; nothing where nothing was paired, and no certainty that nobody has."""
    paired = deviation.child_target_id and deviation.parent_target_id
    sure = deviation.confidence
    return f"{sure:.0%}" if paired and sure is not None and sure < _CERTAIN else ""


def _headline(deviation: Deviation, target: Target | None, lang: str) -> str:
    """What a finding is about in a line: the population and what is asked of it."""
    parts = [shown(deviation.subject), shown(target.indicator) if target else ""]
    if parts[1] and fold(parts[1]) in fold(parts[0]):
        parts[1] = ""
    elif fold(parts[0]) in fold(parts[1]):
        parts[0] = ""
    return _capital(short(" – ".join(part for part in parts if part), 150)) or conclusion(deviation.kinds, lang)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _reviewed(finding: Finding, carried: Carried) -> Finding:
    from msgspec.structs import replace

    review = carried.reviews.get(finding.id)
    return finding if review is None else replace(finding, review=review)
