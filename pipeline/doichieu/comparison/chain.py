"""A chain of levels (resolution → programme → plan): one row per target through all of them."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from doichieu.comparison.compare import compare
from doichieu.model import ChainRow, Document
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


def follow(levels: list[Document]) -> list[Thread]:
    """Follow every target of ``levels[0]`` down through the other levels, each compared with the one above it.

    A target that a level drops ends its thread there; a level's own additions start no thread.
    """
    if len(levels) < 2:
        return []
    answers: list[dict[str, tuple[str, tuple[str, ...]]]] = []
    for upper, lower in pairwise(levels):
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        for deviation in compare(lower, upper).deviations:
            if deviation.parent_target_id and deviation.parent_target_id not in found:
                found[deviation.parent_target_id] = (deviation.child_target_id, deviation.kinds)
        answers.append(found)
    threads = []
    for target in levels[0].targets:
        if target.same_as or not (target.operator or target.level):
            continue
        steps = [Step(levels[0].document_id, target.target_id, (), quantity_words(target))]
        current = target.target_id
        for document, found in zip(levels[1:], answers, strict=True):
            answer, kinds = found.get(current, ("", ("omitted",)))
            own = next((t for t in document.targets if t.target_id == answer), None)
            steps.append(Step(document.document_id, answer, kinds, quantity_words(own) if own else ""))
            if own is None:
                break
            current = answer
        threads.append(Thread(target.target_id, target.quote, tuple(steps)))
    return threads


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


def table_rows(levels: list[Document]) -> list[ChainRow]:
    """The rows of ``chain.csv`` for one chain."""
    name = title(levels)
    return [
        ChainRow(name, thread.target_id, level, step.document_id, step.target_id, step.kinds, step.value, thread.quote)
        for thread in follow(levels)
        for level, step in enumerate(thread.steps)
    ]


def title(levels: list[Document]) -> str:
    """How a chain is named: its documents from the top."""
    return " → ".join(document_name(d) for d in levels)
