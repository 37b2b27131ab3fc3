"""The links of a child laid beside the tasks of a parent: which lie nearest to each task, and which answers it best.

What holds of them: a body of the parent is expected as its counterpart in the child, on the child's day; headings
answer nothing; the links that are laid beside a task are those that hold most of its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from doichieu.comparison.authorities.counterparts import (
    COMMITTEES,
    PEOPLES,
    answers_for,
    has_everywhere,
    is_common,
    is_general,
    is_of_the_party,
    is_one_of,
    stem,
)
from doichieu.comparison.authorities.successors import holders
from doichieu.comparison.authorities.territory import LEVELS, level_of, level_of_body
from doichieu.comparison.duties.accountable import is_accountable, tells_who_answers
from doichieu.comparison.duties.answering import (
    MEASURES,
    Asked,
    Chances,
    Said,
    chances,
    measures,
    nearness,
    of_task,
    verdict_of,
)
from doichieu.comparison.duties.links import Link, is_heading, links_of, zones_of
from doichieu.comparison.duties.quotas import fewer, lost_quota, more_seldom, of_fewer, other_norm
from doichieu.comparison.duties.taken_up import TakenUp, core, rarity
from doichieu.comparison.duties.task_kin import Weights, foremost
from doichieu.comparison.duties.task_names import names_of, writer
from doichieu.comparison.duties.task_parts import Part, dropped, exchanged, half_left_out, left_out, parts_of
from doichieu.comparison.duties.task_words import (
    Words,
    figures_of,
    has_a_deed,
    in_classes,
    makes_rules,
    tells_of_rules,
    unlabelled,
    words_of,
)
from doichieu.comparison.duties.times import terms_behind
from doichieu.comparison.duties.unsaid import unsaid
from doichieu.comparison.duties.weaker import (
    cut_out,
    lost_day,
    lost_hours,
    lost_terms,
    only_checks,
    only_forbids,
    only_looks,
)
from doichieu.model import Document
from doichieu.text import fold
from doichieu.text.memory import remembered

#: So many links of the child are laid beside a task, those that hold most of it, and so many are looked at together.
_NEAREST, _TOGETHER = 6, 4
#: So many more are laid beside it that hold most of it by kin.
_KIN = 4
_ACCOUNTS = ("situation", "viewpoint")
_BOTH = MEASURES.index("both")
#: So many tasks to either side are asked where they are answered, if a link is at least so like them, and a link stands
#: with theirs within so many.
_BESIDE, _LIKE, _WITHIN = 4, 0.3, 8
#: So many letters may stand between two bodies of one list.
_JOINED = 5
#: A task that makes rules is answered by what tells of none only where that is so likely.
_LIKELY = 0.95
#: A link surely answers a task, and only perhaps.
_SURE, _UNSURE = 0.85, 0.62
_TOKEN = re.compile(r"\w+")
#: So many words tell the deed of a task.
_DEED = 4
#: A task of fewer words tells too little to be answered in other words.
_FEWEST = 2


class Answer(NamedTuple):
    """The child's link that answers a task, how likely each verdict is, the greatest share of the task's words that a
    link of the child holds, the parts of the task that the link leaves out, and the words it has in another's place."""

    link: Link
    chances: Chances
    held: float
    left_out: tuple[str, ...] = ()
    exchanged: tuple[str, ...] = ()


class Laid(NamedTuple):
    """A link laid beside a task: its number, and what is measured of the two."""

    number: int
    measured: list[float]


class Near(NamedTuple):
    """The links laid beside a task, what is measured of the task, and the greatest share of its words a link holds."""

    laid: list[Laid]
    together: list[float]
    held: float


class Chosen(NamedTuple):
    """The link nearest to a task: its number, how likely each verdict is, the numbers of the others laid beside the
    task, and the greatest share of its words that a link holds."""

    number: int
    how: Chances
    near: tuple[int, ...]
    held: float


class Around:
    """What all tasks of the parent tell of one: which of them have the same words in common with a link, and where the
    links most like the tasks around it stand.

    ``both`` is for each task how much it has in common with each link laid beside it, and which words.

    >>> words = frozenset({"cầu", "đường"})
    >>> around = Around([{0: (0.8, words)}, {1: (0.5, words), 7: (0.5, words)}, {2: (0.9, words), 7: (0.6, words)}])
    >>> around.of_link(1, 1), around.of_link(1, 7)
    ((0.0, 1.4875), (0.6, 0.4375))
    """

    def __init__(self, both: list[dict[int, tuple[float, frozenset[str]]]]) -> None:
        self._both = both
        most = [max([(much, -link) for link, (much, _) in some.items()], default=(0.0, 1)) for some in both]
        self._beside = [list(_beside(most, task)) for task in range(len(both))]
        self._claims: dict[int, list[tuple[float, int]]] = {}  # who has most in common with a link first
        for task, some in enumerate(both):
            for link, (much, _) in some.items():
                self._claims.setdefault(link, []).append((much, task))
        for claims in self._claims.values():
            claims.sort(reverse=True)

    def of_link(self, task: int, link: int) -> tuple[float, float]:
        """What is measured of a link beside a task, in the order of ``OF_ALL``."""
        return self._claimed(task, link), self._along(task, link)

    def _claimed(self, task: int, link: int) -> float:
        """The most that another task has in common with a link, as far as it is what the task has in common."""
        own = self._both[task][link][1]
        shared = [much * len(own & self._both[other][link][1]) for much, other in self._claims[link] if other != task]
        return max(shared, default=0.0) / (len(own) or 1)

    def _along(self, task: int, link: int) -> float:
        """How near a link stands to those most like the tasks before and behind a task."""
        along = 0.0
        for much, most, steps in self._beside[task]:
            apart = abs(most - link)
            if 0 < apart < _WITHIN:
                along += much * (1 - apart / _WITHIN) / steps
        return along


def _beside(most: list[tuple[float, int]], task: int) -> Iterator[tuple[float, int, int]]:
    """The tasks to either side of one that have a link much like them: how like, which, and how far off they stand."""
    for other in range(max(0, task - _BESIDE), min(len(most), task + _BESIDE + 1)):
        much, link = most[other][0], -most[other][1]
        if other != task and link != -1 and much > _LIKE:
            yield much, link, abs(other - task)


class Child:
    """The child's links, ready to be asked for each task."""

    def __init__(self, child: Document, parent: Document, tasks: list[Link]) -> None:
        self.document, self.parent = child, parent
        self.day = child.info.issued_on
        self.links = [link for link in links_of(child) if not link.quote(child).isupper()]  # headings do nothing
        self._heads = {i for i, link in enumerate(self.links) if is_heading(child, link)}  # they do nothing either
        links, wordings = [link.quote(child) for link in self.links], [task.quote(parent) for task in tasks]
        self._written_out = writer(names_of(child, parent, links, wordings))
        words = [words_of(self._out(said), bodies_of(link)) for said, link in zip(links, self.links, strict=True)]
        self._wordings = [self._out(said) for said in wordings]
        self._words = [words_of(out, bodies_of(task)) for out, task in zip(self._wordings, tasks, strict=True)]
        self._taken_up = TakenUp([own.told for own in words], [own.told for own in self._words])
        self._of_class, _ = rarity([own.classes for own in words], [own.classes for own in self._words])
        self._kin = Weights([own.kin for own in words], [own.kin for own in self._words])
        self._asked = self._ask(tasks)
        self._said = self._say(words)
        self._leads: dict[str, list[bool]] = {}
        self._deeds: dict[int, str] = {}
        self._mentions = sorted({(m.char_start, m.char_end) for m in parent.mentions})
        self._near = [self._look(*each) for each in zip(tasks, self._asked, self._words, strict=True)]
        self._around = Around([self._common(*each) for each in zip(self._near, self._asked, strict=True)])
        self._chosen = [self._choose(number) for number in range(len(tasks))]
        self._claims: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        for number, chosen in enumerate(self._chosen):
            if chosen is not None:
                self._claims[chosen.number].append((chosen.how.covered, number))
        self.bodies = frozenset(a.agency for a in child.assignments) | {a.name for a in child.agencies}
        self.bodies |= frozenset({child.info.issuer} - {""})
        self.below = level_of(child) not in ("", LEVELS[0]) and level_of(parent) == LEVELS[0]

    def _out(self, text: str) -> str:
        """A wording with its short names written out, without the name of its field."""
        return unlabelled(self._written_out(text))

    def _ask(self, tasks: list[Link]) -> list[Asked]:
        """The tasks ready to be laid beside the links."""
        tells = (self._taken_up.tells, self._of_class, self._taken_up.new)
        out = []
        for words, wording, task in zip(self._words, self._wordings, tasks, strict=True):
            bodies = tuple(bodies_of(task))
            of_core, figures = _core_and_figures(wording, bodies)
            out.append(Asked.of(words, of_core, _parts(wording, bodies), figures, tells, self._kin))
        return out

    def _say(self, words: list[Words]) -> list[Said]:
        """The links ready to be laid beside tasks."""
        zones = zones_of(self.document)
        targets = sorted((t.char_start, t.char_end) for t in self.document.targets)
        starts = [start for start, _ in targets]
        out = []
        for link, own in zip(self.links, words, strict=True):
            before = targets[max(0, bisect_left(starts, link.start) - 1) : bisect_left(starts, link.end)]
            traits = (
                zones.get(link.clause.clause_id, "") in _ACCOUNTS,
                any(start < link.end and link.start < end for start, end in before),
                has_a_deed(link.quote(self.document), charged=bool(link.role)),
                figures_of(link.quote(self.document)),
            )
            out.append(Said.of(own, self._taken_up.tells, self._of_class, traits, self._kin))
        return out

    def _look(self, task: Link, asked: Asked, words: Words) -> Near:
        """The links nearest to a task with what is measured of each by itself."""
        held = self._taken_up.held(words.told)
        near = foremost({i: much for i, much in held.items() if i not in self._heads}, _NEAREST)
        near += [i for i in self._kin.nearest(words.kin, _KIN) if i not in near and i not in self._heads]
        same = self._set_to("" if self.hands_out(task) else task.lead)  # whoever is asked there leads most links
        together = of_task(asked, [self._said[i] for i in near[:_TOGETHER]])
        laid = [Laid(i, measures(asked, self._said[i], same_body=same[i])) for i in near]
        return Near(laid, together, max([held[i] for i in near if i in held], default=0.0))

    def _common(self, near: Near, asked: Asked) -> dict[int, tuple[float, frozenset[str]]]:
        """How much a task has in common with each link laid beside it, and which words."""
        return {
            one.number: (one.measured[_BOTH], asked.classes.words & self._said[one.number].classes) for one in near.laid
        }

    def laid(self, number: int) -> Near:
        """The links nearest to a task with what is measured of each, what is measured of the task, and the greatest
        share of its words that a link holds."""
        near = self._near[number]
        shapes = [[*one.measured, *self._around.of_link(number, one.number)] for one in near.laid]
        return near._replace(laid=[Laid(one.number, shape) for one, shape in zip(near.laid, shapes, strict=True)])

    def _choose(self, number: int) -> Chosen | None:
        """The link nearest to a task; None where nothing of it is said."""
        laid, together, held = self.laid(number)
        if not laid:
            return None
        best = max(laid, key=lambda one: (nearness(one.measured), -one.number))
        near = tuple(one.number for one in laid if one is not best)
        return Chosen(best.number, chances([*best.measured, *together]), near, held)

    def _judged(self, number: int, task: Link, chosen: Chosen) -> Chances:
        """How likely the link nearest to a task covers it, seen beside the other tasks: what surely answers another is
        no answer in quite other words, nor is what does another deed."""
        how = chosen.how
        own = self.links[chosen.number].quote(self.document)
        if self.is_accountable(task) and not tells_who_answers(own):
            return Chances(0.0, 0.0, 1.0)
        if how.covered < _LIKELY and makes_rules(task.quote(self.parent)) and not tells_of_rules(own):
            return Chances(0.0, 0.0, 1.0)
        if _UNSURE > how.covered >= how.missing and self._only_looks(number, task, chosen.number):
            return Chances(0.0, 0.0, 1.0)
        if how.covered < _SURE and self._other_deed(number, chosen.number):
            return Chances(0.0, 0.0, 1.0)
        rival = max([c for c, other in self._claims[chosen.number] if other != number], default=0.0)
        if how.covered < _UNSURE and rival >= _SURE:
            return Chances(0.0, 0.0, 1.0)
        return how

    def best(self, number: int, task: Link) -> Answer | None:
        """The link that answers a task best; None where nothing of it is said."""
        chosen = self._chosen[number]
        if chosen is None:
            return None
        how = self._judged(number, task, chosen)
        missed, other = self.missed(number, task, chosen, verdict_of(how))
        return Answer(self.links[chosen.number], how, chosen.held, missed, other)

    def missed(self, number: int, task: Link, chosen: Chosen, verdict: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parts of a task that an answer leaves out, and the words that it has others for."""
        link, said = self.links[chosen.number], self._said[chosen.number].classes
        wording, bodies = self._out(task.quote(self.parent)), bodies_of(task)
        named = [*bodies, *self._mentioned(task)]
        parts = [part for part in _parts(wording, tuple(bodies)) if not _names(part, named)]
        others = [self._said[i].classes for i in chosen.near]
        missed = left_out(parts, said, others, self._of_class, self._said[chosen.number].kin.families)
        if verdict == "partly" and not missed:
            missed = half_left_out(parts, said, self._of_class)
        missed += link.times.lacks(task.times)
        if verdict != "covered":
            return missed, ()
        told = self._out(link.quote(self.document))
        missed += (
            (fewer(wording, told) or more_seldom(wording, told))
            + of_fewer(wording, told)
            + other_norm(wording, told)
            + lost_quota(wording, told)
            + lost_terms(wording, told + terms_behind(self.document.source.text[link.end : link.clause.char_end]))
            + lost_hours(wording, told)
            + lost_day(self.document, link, task)
        )
        if missed:
            return missed, ()
        own, *beside = map(self._done, (chosen.number, *chosen.near))
        done = fold(_without(wording, named))
        gone = (
            only_checks(done, own)
            or only_forbids(done, own)
            or dropped(done, own, beside)
            or cut_out(done, own, beside)
            or unsaid(done, own, others)
        )
        gone = tuple(part for part in gone if not any(part in fold(body) for body in bodies))
        if not gone and self._only_looks(number, task, chosen.number):
            gone = (" ".join(done.split()[:_DEED]),)
        if gone:
            return gone, ()
        here = in_classes(core(_without(wording, bodies)), bodies)
        return (), exchanged(_TOKEN.findall(here), _TOKEN.findall(in_classes(told, bodies_of(link))))

    def _other_deed(self, number: int, link: int) -> bool:
        """Whether a link does nothing akin to what a task has done, or the task names hardly a thing."""
        asked, families = self._asked[number], self._said[link].kin.families
        deeds = asked.kin.deeds
        if len(asked.classes.words) < _FEWEST:
            return True
        return bool(deeds) and not asked.verb & self._said[link].words and all(d.isdisjoint(families) for d in deeds)

    def _only_looks(self, number: int, task: Link, link: int) -> bool:
        """Whether a link begins by looking into a matter, and so with nothing akin to what a task has done about it."""
        own = self._done(link)
        if not only_looks(fold(_without(self._out(task.quote(self.parent)), bodies_of(task))), own):
            return False
        families = words_of(" ".join(own.split()[:_DEED])).kin.families
        return all(deed.isdisjoint(families) for deed in self._asked[number].kin.deeds)

    def _done(self, number: int) -> str:
        """What a link does, folded, without who does it; it may lie beside several tasks."""
        known = self._deeds.get(number)
        if known is None:
            link = self.links[number]
            known = self._deeds[number] = fold(_without(self._out(link.quote(self.document)), bodies_of(link)))
        return known

    def _mentioned(self, task: Link) -> list[str]:
        """The bodies that a task opens with, charged or not: they are no part of what is done."""
        first = bisect_left(self._mentions, (task.start, 0))
        out, end = [], task.start
        for start, stop in self._mentions[first:]:
            if start > end + _JOINED:
                break
            out.append(self.parent.source.text[start:stop])
            end = stop
        return out

    def _set_to(self, lead: str) -> list[bool]:
        """For each link of the child whether it is set to who leads a task."""
        known = self._leads.get(lead)
        if known is None:
            known = [bool(lead) and same_lead(lead, link.lead, self.day) for link in self.links]
            self._leads[lead] = known
        return known

    def has_counterpart(self, task: Link) -> bool:
        """Whether the child has a counterpart of any body that leads a task: it names one, or the body is of its own
        level or below, or of a kind that every locality has."""
        return self.charged(task) or any(
            self._is_here(body) or any(answers(body, own, self.day) for own in self.bodies)
            for body in task.lead.split("; ")
        )

    def _is_here(self, body: str) -> bool:
        """Whether a body is of the child's place whether it is named or not."""
        own, level, issuer = level_of(self.document), level_of_body(body), stem(self.document.info.issuer)
        if not level and is_common(body):
            return True
        if issuer not in COMMITTEES or (issuer == PEOPLES and is_of_the_party(body)):
            return False
        below = own in LEVELS and level in LEVELS and LEVELS.index(own) <= LEVELS.index(level)
        return below or has_everywhere(body)

    def charged(self, task: Link) -> bool:
        """Whether a task is set to whoever it concerns, or to the child's own issuer, who may give it to any of its
        bodies."""
        issuer = re.sub(r"\A(?:Ban Thường vụ|Ban Chấp hành) (?=\w+ ủy)", "", self.document.info.issuer)
        return any(
            is_general(body) or bool(issuer and (answers(body, issuer, self.day) or is_one_of(issuer, body)))
            for body in task.lead.split("; ")
        )

    def hands_out(self, task: Link) -> bool:
        """Whether a task is set to the people's committee beside the party's committee that issues the child: it leads
        the one, which may give the task to any of its offices."""
        own, issuer = level_of(self.document), stem(self.document.info.issuer)
        if issuer not in COMMITTEES or issuer == PEOPLES:
            return False
        return any(stem(body) == PEOPLES and level_of_body(body) == own != "" for body in task.lead.split("; "))

    def acts_for(self, task: Link) -> bool:
        """Whether the child's issuer is an office of the committee that a task is set to: a Sở makes the plan that is
        asked of its province."""
        issuer = self.document.info.issuer
        if not _OFFICE_OF_COMMITTEE.match(fold(issuer)):
            return False
        return any(
            _COMMITTEE.search(fold(body)) is not None and level_of_body(body) == level_of_body(issuer) != ""
            for body in task.lead.split("; ")
        )

    def is_accountable(self, task: Link) -> bool:
        """Whether a task has somebody answer for something himself."""
        return is_accountable(_without(task.quote(self.parent), bodies_of(task)))

    def is_asked_beside(self, task: Link) -> bool:
        """Whether a task is set to the party's committee beside the people's committee that issues the child."""
        issuer = self.document.info.issuer
        if _COMMITTEE.match(fold(issuer)) is None:
            return False
        return any(
            _PARTY.match(fold(body)) is not None and level_of_body(body) == level_of_body(issuer) != ""
            for body in task.lead.split("; ")
        )


#: An office of a people's committee, the committee, and that of the party.
_OFFICE_OF_COMMITTEE = re.compile(r"(?:sở|phòng|chi cục|ban) ")
_COMMITTEE = re.compile(r"(?<!\w)(?:ubnd|ủy ban nhân dân)(?!\w)")
_PARTY = re.compile(r"(?:các )?(?:ban thường vụ )?\w+ ủy(?!\w)(?! (?:ủy ban|ubnd))")


def _without(text: str, bodies: Sequence[str]) -> str:
    """A task without the names of who does it, which may have commas of their own."""
    for name in sorted(set(bodies), key=lambda n: (-len(n), n)):
        text = _name(name).sub(" ", text)
    return text.strip()


@lru_cache(maxsize=2048)
def _name(body: str) -> re.Pattern[str]:
    """The name of a body where it stands in a task."""
    return re.compile(rf"{re.escape(body)}\s*[,:]?", re.IGNORECASE)


def _names(part: Part, bodies: Sequence[str]) -> bool:
    """Whether a part only names one of who does the task: "Tổ đại biểu" of "các Ban, Tổ đại biểu Hội đồng nhân dân"."""
    return any(fold(part.wording) in fold(body) for body in bodies)


def _read_core(text: str, bodies: tuple[str, ...]) -> tuple[Words, frozenset[str]]:
    return words_of(core(_without(text, bodies)), bodies), figures_of(text)


#: The words of the core of a task, and the figures of the task: the parent's tasks are asked for again with each child.
_core_and_figures = remembered(_read_core)


def _read_parts(text: str, bodies: tuple[str, ...]) -> tuple[Part, ...]:
    return parts_of(_without(text, bodies), bodies)


#: The parts of a task.
_parts = remembered(_read_parts)


def bodies_of(link: Link) -> list[str]:
    return [*(body for body in link.lead.split("; ") if body), *link.partners]


@lru_cache(maxsize=8192)
def answers(one: str, other: str, day: str) -> bool:
    """Whether a child's body is the counterpart of a parent's, or of who holds its work on the child's day."""
    return any(answers_for(body, other) for body in dict.fromkeys((one, *holders(one, day))))


@lru_cache(maxsize=8192)
def same_lead(task: str, answer: str, day: str) -> bool:
    return any(answers(one, other, day) for one in task.split("; ") for other in answer.split("; ") if other)


__all__ = ["Answer", "Child", "Laid", "answers", "bodies_of", "same_lead"]
