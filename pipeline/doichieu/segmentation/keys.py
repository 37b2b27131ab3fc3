"""Names of clauses that stand when another clause is inserted elsewhere."""

from __future__ import annotations

import hashlib
import re

import msgspec

from doichieu.model import Clause
from doichieu.text import fold
from doichieu.text.memory import remembered

#: A part of a path that no text prints: the ordinal of an unmarked bullet.
_ORDINAL = re.compile(r"[-+]\d+")


def _digest(words: str, kind: str) -> str:
    """What a key says of a clause's kind and wording; documents repeat whole clauses."""
    return hashlib.sha256(f"{kind}|{fold(words)}".encode("utf-8", "surrogatepass")).hexdigest()[:10]


_digests = remembered(_digest)


def keyed(clauses: list[Clause]) -> list[Clause]:
    """The clauses, each with its ``clause_key``.

    A key is the printed marks of the clause's ancestors, then a digest of its kind and its own wording:
    ``II/2/2.1#3f9a0c11d2``.  Ordinals of unmarked bullets do not count, so that a bullet inserted before others leaves
    their keys alone.  Twins, the same wording under the same marks, get ``~2``, ``~3``, … in their order.
    """
    seen: dict[str, int] = {}
    marks_of = {
        clause.clause_id: "/".join(part for part in clause.path if part[:1] not in "-+" or not _ORDINAL.fullmatch(part))
        for clause in clauses
        if not clause.leaf
    }
    out = []
    for clause in clauses:
        marks = marks_of.get(clause.parent_id, "")
        key = f"{marks}#{_digests(clause.text or clause.heading, clause.kind)}"
        count = seen[key] = seen.get(key, 0) + 1
        out.append(msgspec.structs.replace(clause, clause_key=key if count == 1 else f"{key}~{count}"))
    return out
