"""The words of the office that steer: roles, states, kinds of events.  Each is written once, here."""

from __future__ import annotations

from typing import Literal

from doichieu.schema import TABLES

Role = Literal["xem", "soan", "ra_soat", "duyet", "quan_tri"]
ROLES: tuple[Role, ...] = ("xem", "soan", "ra_soat", "duyet", "quan_tri")
#: Roles that may read what their unit may read: all of them.
READERS: frozenset[str] = frozenset(ROLES)
#: Roles that upload, compare, mark, comment and hand over.
WORKERS: frozenset[str] = frozenset({"soan", "ra_soat", "duyet"})
#: Roles that send a comparison back.
RETURNERS: frozenset[str] = frozenset({"ra_soat", "duyet"})
#: Roles that sign off and open again what was signed.
APPROVERS: frozenset[str] = frozenset({"duyet"})
#: Roles that look after users, units, tokens, webhooks.
ADMINISTRATORS: frozenset[str] = frozenset({"quan_tri"})

#: What a person says of a finding; files of decisions know the older ``reject`` for ``wrong``.
Mark = Literal["fix", "accept", "wrong", "ask"]
MARKS: tuple[Mark, ...] = ("fix", "accept", "wrong", "ask")
OLD_MARKS: dict[str, Mark] = {"reject": "wrong"}

#: Events about one finding, and about a comparison as a whole.
FindingEvent = Literal["mark", "note", "comment", "pair", "unpair", "correct", "assign"]
FINDING_EVENTS: tuple[FindingEvent, ...] = ("mark", "note", "comment", "pair", "unpair", "correct", "assign")
Transition = Literal["submit", "return", "approve", "reopen"]
TRANSITIONS: tuple[Transition, ...] = ("submit", "return", "approve", "reopen")
#: Events that mend what the program got wrong: the verdict is made anew after them.
MENDS: frozenset[str] = frozenset({"pair", "unpair", "correct"})
#: Events that change what a finding says or what is said of it; a mark on an older state is stale.
CHANGING: frozenset[str] = frozenset({"mark", "note", *MENDS})

#: The states of a comparison: open (being worked on), handed over, sent back, signed, opened again.
ComparisonState = Literal["open", "submitted", "returned", "approved", "reopened"]
COMPARISON_STATES: tuple[ComparisonState, ...] = ("open", "submitted", "returned", "approved", "reopened")
JobStatus = Literal["queued", "running", "done", "failed"]
JOB_STATUSES: tuple[JobStatus, ...] = ("queued", "running", "done", "failed")

#: Tables of a document that the interface gives out.
DOCUMENT_TABLES = tuple(table.name for table in TABLES if table.name != "documents")
#: Tables that are searched over the whole stock.
STOCK_TABLES = ("targets", "assignments", "deadlines")
