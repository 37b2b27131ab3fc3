"""Bodies by name, as OpenRefine reconciles them (Reconciliation Service API 0.2)."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import func, select

from doichieu.office import tables
from doichieu.office.accounts import Principal
from doichieu.office.database import Database
from doichieu.office.faults import BadRequest
from doichieu.office.ledger import loaded

#: The most names in one call, and the most candidates for one of them.
_NAMES, _CANDIDATES = 200, 20
_TYPE = {"id": "agency", "name": "Cơ quan"}


class Bodies:
    """The bodies that the documents of a unit give tasks to."""

    def __init__(self, database: Database) -> None:
        self.database = database
        #: By unit: the number of its last change, and the bodies as of then.
        self._known: dict[int, tuple[int, list[tuple[str, str]]]] = {}

    def known(self, principal: Principal) -> list[tuple[str, str]]:
        """The bodies of the caller's unit: (id, name)."""
        u, s = tables.units.c, tables.stock.c
        with self.database.read() as connection:
            changed = connection.execute(select(u.changes).where(u.id == principal.unit)).scalar_one()
            kept = self._known.get(principal.unit)
            if kept is not None and kept[0] == changed:
                return kept[1]
            first = (
                select(func.min(s.id))
                .where(s.unit == principal.unit, s.kind == "assignments", s.current == 1)
                .group_by(s.agency)
            )
            rows = connection.execute(select(s.record).where(s.id.in_(first)).order_by(s.id)).scalars()
            records = [loaded(record) for record in rows]
        found = dict.fromkeys((r["agency_id"], r["agency"]) for r in records if r["agency_id"] and r["agency"])
        self._known[principal.unit] = (changed, list(found))
        return list(found)

    def manifest(self, host: str) -> dict[str, Any]:
        """What the service is, as OpenRefine asks before all else."""
        return {
            "versions": ["0.2"],
            "name": "Đối Chiếu: cơ quan",
            "identifierSpace": f"{host}/co-quan/",
            "schemaSpace": f"{host}/api/openapi.json",
            "defaultTypes": [_TYPE],
            "batchSize": _NAMES,
        }

    def reconciled(self, principal: Principal, queries: str) -> dict[str, Any]:
        """The candidates for each query of a batch; raises :class:`BadRequest` where it is none."""
        from doichieu.running.matching import candidates

        known = self.known(principal)
        out = {}
        for key, query in _batch(queries).items():
            name, limit = query["query"], query.get("limit", _CANDIDATES)
            of_type = query.get("type", _TYPE["id"])
            fits = of_type == _TYPE["id"] or (isinstance(of_type, list) and _TYPE["id"] in of_type)
            found = candidates(name, known)[:limit] if fits and name.strip() else []
            out[key] = {
                "result": [
                    {"id": one.id, "name": one.name, "score": one.score, "match": one.match, "type": [_TYPE]}
                    for one in found
                ]
            }
        return out


def _batch(queries: str) -> dict[str, dict[str, Any]]:
    """The queries of a batch by key.

    >>> _batch('{"q0": {"query": "Sở Y tế"}, "q1": "Sở Nội vụ"}')
    {'q0': {'query': 'Sở Y tế'}, 'q1': {'query': 'Sở Nội vụ'}}
    """
    try:
        found = msgspec.json.decode(queries, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeError) as error:
        raise BadRequest(f"“queries” không phải JSON hợp lệ: {error}") from None
    if len(found) > _NAMES:
        raise BadRequest(f"Mỗi lần tối đa {_NAMES} tên.")
    out: dict[str, dict[str, Any]] = {}
    for key, query in found.items():
        whole = {"query": query} if isinstance(query, str) else query
        if not isinstance(whole, dict) or not isinstance(whole.get("query"), str):
            raise BadRequest(f"“{key[:40]}” thiếu “query”: tên cần tìm.")
        limit = whole.get("limit", _CANDIDATES)
        if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= 1000:
            raise BadRequest(f"“limit” của “{key[:40]}” cần một số từ 1 đến 1000.")
        out[key] = whole
    return out
