"""The two documents of a comparison with what stands around each of their targets."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from doichieu.comparison.authorities.territory import level_of
from doichieu.comparison.meaning.as_meant import as_meant, of_own_unit, per_heads, urged
from doichieu.comparison.meaning.cleaned import Territory, territory_of
from doichieu.comparison.meaning.short_forms import short_names, spelled, spelled_around, written_out
from doichieu.comparison.meaning.sister_places import shared_out
from doichieu.comparison.meaning.statements import Statement, statement_of
from doichieu.comparison.meaning.surroundings import NOTHING, Surroundings, surroundings_of, without_charge
from doichieu.comparison.relations.restatements import restated
from doichieu.model import Document, Target
from doichieu.text import fold
from doichieu.text.memory import Last


class Sides(NamedTuple):
    """The two documents of a comparison with what stands around each of their targets; ``repeats`` and ``restates``
    are the targets that say again what an earlier one of their document said, with its id, ``own`` and ``theirs`` the
    targets as they are meant, ``full`` what the short names of both stand for, ``elsewhere`` the parent's targets
    that are for a sister place alone."""

    child: Document
    parent: Document
    around_child: dict[str, Surroundings]
    around_parent: dict[str, Surroundings]
    child_statements: dict[str, Statement]
    parent_statements: dict[str, Statement]
    repeats: dict[str, str]
    restates: dict[str, str]
    own: dict[str, Target]
    theirs: dict[str, Target]
    full: dict[str, str]
    elsewhere: frozenset[str] = frozenset()

    def of_child(self, target: Target) -> Surroundings:
        return self.around_child.get(target.target_id, NOTHING)

    def of_parent(self, target: Target) -> Surroundings:
        return self.around_parent.get(target.target_id, NOTHING)

    def in_full(self, around: Surroundings) -> Surroundings:
        """What stands around a target, with the short names written out."""
        return spelled_around(around, self.full) if self.full else around

    def child_statement(self, target: Target) -> Statement:
        """The statement of a target of the child that a person set right."""
        return _stated(target, self.of_child(target), territory_of(self.child), self.full)

    def with_own(self, own: Target | None, answer: Target | None) -> Sides:
        """The sides with the statements of these two, which may differ from those of the documents."""
        here, there = self.child_statements, self.parent_statements
        if own is not None:
            here = {**here, own.target_id: self.child_statement(own)}
        if answer is not None:
            stated = _stated(answer, self.of_parent(answer), territory_of(self.parent), self.full)
            there = {**there, answer.target_id: stated}
        return self._replace(child_statements=here, parent_statements=there)


class _Read(NamedTuple):
    """One document of a comparison, read for it."""

    around: dict[str, Surroundings]
    meant: dict[str, Target]
    statements: dict[str, Statement]
    restated: dict[str, str]
    short: frozenset[str]


def _read_side(document: Document) -> _Read:
    around, own = surroundings_of(document), territory_of(document)
    meant = {t.target_id: _meant(t, around.get(t.target_id, NOTHING)) for t in document.targets}
    statements = {key: statement_of(t, around.get(key, NOTHING), own) for key, t in meant.items()}
    return _Read(around, meant, statements, restated(document, statements, around), short_names(document.targets))


def _meant(target: Target, around: Surroundings) -> Target:
    target = without_charge(target, around)
    stretch = fold(around.stretch).removeprefix(around.handed)
    return per_heads(urged(as_meant(target, around.before), stretch), around.heads)


#: A parent is asked for with each of its children.
_side = Last(_read_side)


def sides_of(child: Document, parent: Document) -> Sides:
    """The two documents with what stands around each of their targets."""
    here, there = _side(child), _side(parent)
    full = written_out(here.short | there.short, child, parent) if here.short or there.short else {}
    if full:
        here, there = _in_full(child, here, full), _in_full(parent, there, full)
    shared = shared_out(child, parent)
    if shared.own:  # what the parent asks of the child's place is asked of all that the child plans for
        asked = {key: _meant(t, there.around.get(key, NOTHING)) for key, t in shared.own.items()}
        own = territory_of(parent)
        stated = {key: _stated(t, there.around.get(key, NOTHING), own, full) for key, t in asked.items()}
        there = there._replace(meant={**there.meant, **asked}, statements={**there.statements, **stated})
    return Sides(
        child,
        parent,
        here.around,
        there.around,
        here.statements,
        there.statements,
        here.restated,
        there.restated,
        _of_own_unit(here.meant, level_of(child)),
        _of_own_unit(there.meant, level_of(child)),
        full,
        shared.elsewhere,
    )


def _of_own_unit(meant: dict[str, Target], level: str) -> dict[str, Target]:
    return {key: of_own_unit(target, level) for key, target in meant.items()}


def _in_full(document: Document, read: _Read, full: dict[str, str]) -> _Read:
    """A document read with its short names written out; the words of its targets stay as they are printed."""
    own = territory_of(document)
    around = {key: spelled_around(one, full) for key, one in read.around.items()}
    meant, statements = dict(read.meant), dict(read.statements)
    for key, target in read.meant.items():
        out = spelled(target, full)
        if out is not target or around[key] != read.around[key]:
            meant[key] = msgspec.structs.replace(out, quote=target.quote)
            statements[key] = statement_of(out, around[key], own)
    return read._replace(meant=meant, statements=statements)


def _stated(target: Target, around: Surroundings, own: Territory, full: dict[str, str]) -> Statement:
    if full:
        target, around = spelled(target, full), spelled_around(around, full)
    return statement_of(target, around, own)
