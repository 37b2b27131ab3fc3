"""One respect in which two populations differ, as :mod:`doichieu.comparison.relations.populations` sums them up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Relation = Literal["same", "narrower", "broader", "overlap", "apart"]


class Part(NamedTuple):
    """One respect in which the child's population stands to the parent's, with its proof and reason."""

    relation: Relation
    proof: str
    reason: str


def as_set(items: Iterable[str]) -> str:
    """Members as a proof writes them.

    >>> as_set(["xã", "phường"])
    '{xã, phường}'
    """
    return "{" + ", ".join(items) + "}"
