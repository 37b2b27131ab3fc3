"""A chain of levels (resolution → programme → plan): one row per target through all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from doichieu.comparison.compare import compare
from doichieu.comparison.several.versions import same_targets
from doichieu.model import ChainRow, Document, Target
from doichieu.naming import document_name, quantity_words


class Step(NamedTuple):
    """What one level makes of a target: its document, its own target (empty where it drops it), the kinds."""

    document_id: str
    target_id: str
    kinds: tuple[str, ...]
    value: str


class Thread(NamedTuple):
    """One target of the topmost document through all levels below."""

    target_id: str
    quote: str
    steps: tuple[Step, ...]


def follow(levels: list[Document], held: Sequence[Document] = ()) -> list[Thread]:
    """Follow every target of ``levels[0]`` down through the other levels, each compared with the one above it.

    ``held`` are all levels but the last as they held on the day of the level below, where that is not as issued.  A
    target that a level drops ends its thread there; a level's own additions start no thread.
    """
    if len(levels) < 2:
        return []
    uppers = list(held) or levels[:-1]
    answers: list[dict[str, tuple[str, tuple[str, ...]]]] = []
    versions = [
        same_targets(issued.targets, upper.targets) if upper is not issued else {t.target_id: t for t in issued.targets}
        for issued, upper in zip(levels, uppers, strict=False)
    ]
    for upper, lower in zip(uppers, levels[1:], strict=True):
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        for deviation in compare(lower, upper).deviations:
            if deviation.parent_target_id and deviation.parent_target_id not in found:
                found[deviation.parent_target_id] = (deviation.child_target_id, deviation.kinds)
        answers.append(found)
    threads = []
    for target in levels[0].targets:
        if target.same_as or not (target.operator or target.level):
            continue
        steps = [Step(levels[0].document_id, target.target_id, (), _value(target, versions[0]))]
        current = target.target_id
        for level, found in enumerate(answers):
            asked = versions[level].get(current)
            if asked is None:  # repealed before the level below was issued: nothing is asked of it
                break
            answer, kinds = found.get(asked.target_id, ("", ("omitted",)))
            document = levels[level + 1]
            own = next((t for t in document.targets if t.target_id == answer), None)
            below = versions[level + 1] if level + 1 < len(versions) else {}
            steps.append(Step(document.document_id, answer, kinds, _value(own, below) if own else ""))
            if own is None:
                break
            current = answer
        threads.append(Thread(target.target_id, target.quote, tuple(steps)))
    return threads


def _value(target: Target, held: Mapping[str, Target]) -> str:
    """What a target asks, and what it asked on the day of the level below where that is something else."""
    issued = quantity_words(target)
    later = held.get(target.target_id)
    return issued if later is None or quantity_words(later) == issued else f"{issued} → {quantity_words(later)}"


def levels_of(documents: list[Document], parents: dict[str, list[str]]) -> list[list[Document]]:
    """The chains of three levels or more among ``documents``: ``parents`` names each document's parents by id."""
    by_id = {d.document_id: d for d in documents}
    has_child = {p for above in parents.values() for p in above}
    chains: list[list[Document]] = []

    def climb(path: list[str]) -> None:
        above = [p for p in parents.get(path[-1], []) if p in by_id and p not in path]
        if not above:
            if len(path) > 2:
                chains.append([by_id[i] for i in reversed(path)])
            return
        for parent in above:
            climb([*path, parent])

    for document in documents:
        if document.document_id not in has_child and parents.get(document.document_id):
            climb([document.document_id])
    return chains


def table_rows(levels: list[Document], held: Sequence[Document] = ()) -> list[ChainRow]:
    """The rows of ``chain.csv`` for one chain; ``held`` as in :func:`follow`."""
    name = title(levels)
    return [
        ChainRow(name, thread.target_id, level, step.document_id, step.target_id, step.kinds, step.value, thread.quote)
        for thread in follow(levels, held)
        for level, step in enumerate(thread.steps)
    ]


def title(levels: list[Document]) -> str:
    """How a chain is named: its documents from the top."""
    return " → ".join(document_name(d) for d in levels)
