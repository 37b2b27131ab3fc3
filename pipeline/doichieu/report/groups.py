"""What a reader must act on, what he should know, what needs nothing of him; and the sentence that counts all three."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from doichieu.model import NOT_OWED, Deviation, Duty
from doichieu.report.words import words

Group = Literal["priority", "know", "rest"]
GROUPS: tuple[Group, ...] = ("priority", "know", "rest")
#: So many findings are read in a minute; what else is of the first group stands folded under them.
MINUTE = 8
#: A finding of several kinds is counted under the first of these that it has, and so once.
LEADING = (
    "omitted",
    "looser",
    "deadline_later",
    "modality_weaker",
    "scope_narrower",
    "changed",
    "stricter",
    "deadline_earlier",
    "scope_broader",
    "modality_stronger",
    "added",
    "implied",
    "equal",
)
#: Kinds that say that nothing is owed anew.
KEPT = frozenset({"equal", "implied"})


def repeats(deviation: Deviation) -> bool:
    """Whether a finding only says again what another one says of the same promise."""
    return bool(deviation.restates) or bool(deviation.covered_by and not deviation.parent_target_id)


def group_of(deviation: Deviation) -> Group:
    """The group of a finding.

    >>> group_of(Deviation("con", "cha", "d", kinds=("stricter",), severity="low"))
    'know'
    >>> group_of(Deviation("con", "cha", "d", kinds=("omitted",), applicability="national"))
    'rest'
    """
    if deviation.severity == "high":
        return "priority"
    if deviation.severity == "medium":
        return "know"
    settled = deviation.applicability in NOT_OWED or repeats(deviation) or KEPT.issuperset(deviation.kinds)
    return "rest" if settled else "know"


def counted_as(deviation: Deviation) -> str:
    """The one word of ``[counted]`` that a finding is counted under."""
    if repeats(deviation):
        return "repeated"
    if deviation.applicability in NOT_OWED:
        return "not_owed"
    if deviation.declared == "contradicted" and deviation.severity == "high":
        return "contradicted"
    return next((kind for kind in LEADING if kind in deviation.kinds), "changed")


def told(form: str, count: int, lang: str) -> str:
    """A form with its number; English ones with a noun in the singular for one.

    >>> told("{n} targets not taken up", 1, "en")
    '1 target not taken up'
    """
    if lang == "en" and count == 1:
        form = form.replace("targets", "target").replace("repetitions", "repetition").replace("findings", "finding")
        form = form.replace("tasks", "task")
    return form.format(n=count)


def _group_sentence(group: Group, found: Iterable[Deviation], lang: str) -> str:
    """One group with its number and what it consists of; the numbers in the brackets add up to it."""
    names = words(lang)
    count = Counter(counted_as(d) for d in found)
    if not count:
        return names["sentence"]["no_priority"] if group == "priority" else ""
    parts = "; ".join(told(form, count[key], lang) for key, form in names["counted"].items() if count[key])
    return names["sentence"][group].format(n=count.total(), parts=parts)


def verdict(found: Sequence[Deviation], lang: str = "vi", duties: Sequence[Duty] = ()) -> str:
    """The whole comparison in a few sentences: every finding is counted once, in one group, under one kind; then the
    tasks."""
    return " ".join(verdict_parts(found, lang, duties))


def verdict_parts(found: Sequence[Deviation], lang: str = "vi", duties: Sequence[Duty] = ()) -> list[str]:
    """The sentences of :func:`verdict` one by one: how many there are, each group, the tasks."""
    if found:
        groups = [_group_sentence(group, [d for d in found if group_of(d) == group], lang) for group in GROUPS]
        out = [told(words(lang)["sentence"]["all"], len(found), lang), *groups]
    else:
        out = [words(lang)["text"]["nothing_compared"]]
    return [part for part in (*out, duty_verdict(duties, lang)) if part]


def duty_verdict(duties: Sequence[Duty], lang: str = "vi") -> str:
    """The tasks in one sentence; empty where the upper document assigns none."""
    if not duties:
        return ""
    count: Counter[str] = Counter(d.verdict for d in duties)
    parts = "; ".join(f"{count[key]} {title.lower()}" for key, title in words(lang)["duties"].items() if count[key])
    return told(words(lang)["sentence"]["tasks"], len(duties), lang).replace("{parts}", parts)
