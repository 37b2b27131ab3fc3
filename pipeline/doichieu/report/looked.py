"""Targets to choose from: what was looked at for one without a partner and why each was refused, and all of a document
for the reviewer who pairs by hand."""

from __future__ import annotations

from collections.abc import Mapping

from doichieu.model import Deviation, Document, Refused, Target
from doichieu.report.clean import shown
from doichieu.report.decisions import promise_key
from doichieu.report.phrases import due, measure, place
from doichieu.report.records import Choice, Looked
from doichieu.report.words import words
from doichieu.text import short

_QUOTE = 150


def looked_at(
    deviation: Deviation, others: Mapping[str, Target], partners: Mapping[str, str], lang: str = "vi"
) -> tuple[Looked, ...]:
    """The candidates of a finding that stands on one side, the nearest first; nothing for a pair.

    ``others`` are the targets of the other document by id, ``partners`` the wording that each of them is compared with.

    >>> found = Deviation("con", "cha", "d", parent_target_id="a", candidates=(Refused("b", 0.4, "khác đơn vị đo"),))
    >>> other = Target("con", "b", "c1", "II/1", 0, 1, "70% hộ dân")
    >>> [(one.place, one.reason) for one in looked_at(found, {"b": other}, {})]
    [('khoản 1, mục II', 'khác đơn vị đo')]
    """
    if deviation.child_target_id and deviation.parent_target_id:
        return ()
    side = "p" if deviation.child_target_id else "c"
    tried = deviation.candidates or _named(deviation)
    return tuple(
        Looked(
            short(shown(target.quote), _QUOTE),
            place(target.clause_path, lang) or words(lang)["text"]["wording"],
            target.clause_id,
            side,
            _reason(one, partners.get(one.target_id, ""), lang),
        )
        for one in tried
        if (target := others.get(one.target_id)) is not None
    )


def _named(deviation: Deviation) -> tuple[Refused, ...]:
    """The one candidate that the tables name."""
    if not deviation.nearest_target_id:
        return ()
    return (Refused(deviation.nearest_target_id, deviation.nearest_similarity or 0.0, deviation.refused_because),)


def _reason(one: Refused, partner: str, lang: str) -> str:
    text = words(lang)["text"]
    if one.taken and partner:
        return text["taken_by"].format(quote=short(shown(partner), _QUOTE))
    if lang != "vi":
        return text["taken"] if one.taken else ""
    return shown(one.reason)


def choices(document: Document | None, lang: str = "vi") -> tuple[Choice, ...]:
    """The targets of a document in its order, as a reviewer picks and corrects them."""
    return tuple(
        Choice(
            promise_key(t),
            place(t.clause_path, lang),
            short(shown(t.quote), _QUOTE),
            shown(t.subject),
            f"{t.value:.12g}" if t.value is not None else "",
            shown(t.unit),
            t.deadline,
            measure(t, lang),
            due(t, lang),
        )
        for t in (document.targets if document else ())
        if not t.same_as
    )
