"""A commitment of the parent without a measure, which a target of the child makes measurable: ``hình thành sàn dữ
liệu`` → ``5 sàn dữ liệu``."""

from __future__ import annotations

import re
from typing import NamedTuple

from doichieu.comparison.meaning.dimensions import is_count
from doichieu.comparison.meaning.terms import tokens
from doichieu.comparison.relations.terms_beside import weighty
from doichieu.model import Document, Target
from doichieu.text import fold

#: A noun of fewer terms of weight says too little to find the commitment by.
_TERMS = 2
_KINDS = ("bullet", "item", "paragraph")


class Unmeasured(NamedTuple):
    """The wording of the commitment as printed, its clause path, and the id of its target where it is one."""

    words: str
    clause_path: str
    target_id: str = ""


def unmeasured(parent: Document, own: Target) -> Unmeasured | None:
    """The parent's commitment to the thing that a child's target counts, where the parent sets no figure for it."""
    wanted = set(weighty(tokens(fold(own.subject))))
    if not is_count(own) or len(wanted) < _TERMS:
        return None
    for target in parent.targets:
        if not target.operator and not target.level and wanted <= set(tokens(fold(target.quote))):
            return Unmeasured(target.quote, target.clause_path, target.target_id)
    for clause in parent.clauses:
        if not clause.leaf or clause.kind not in _KINDS:
            continue
        for sentence in re.split(r"(?<=[.;])\s", clause.text):
            if wanted <= set(tokens(fold(sentence))) and not re.search(r"\d", sentence):
                return Unmeasured(" ".join(sentence.split()).rstrip(" .;"), clause.clause_path)
    return None
