"""The tables of the office's own store, as SQLAlchemy Core sees them today.

Nobody but the office reads them: other systems use ``/api/v1`` or the tables of CONTRACT.  How a store of an earlier
version becomes one of this is in :mod:`doichieu.office.migrations`.  Times are ISO 8601 in UTC; records are JSON.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
_Big = BigInteger().with_variant(Integer, "sqlite")


def _id(name: str = "id") -> Column[int]:
    return Column(name, _Big, primary_key=True, autoincrement=True)


#: Facts about the store itself: its version, the head of the chain of events.
meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))

units = Table(
    "units",
    metadata,
    _id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("changes", _Big, nullable=False, server_default="0"),  # the number of the unit's last change
)

users = Table(
    "users",
    metadata,
    _id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("unit", _Big, ForeignKey("units.id"), nullable=False),
    Column("password", Text, nullable=False, server_default=""),  # argon2id; empty until the person chooses one
    Column("subject", String(400), nullable=False, server_default=""),  # who they are at the sign-in service
    Column("active", Integer, nullable=False, server_default="1"),
    Column("lang", String(5), nullable=False, server_default="vi"),
    Column("created_at", String(40), nullable=False),
    Column("calendar", String(64), nullable=False, server_default=""),  # digest of the key of their calendar's address
)

tokens = Table(
    "tokens",
    metadata,
    _id(),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("unit", _Big, ForeignKey("units.id"), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("created_at", String(40), nullable=False),
    Column("revoked_at", String(40), nullable=False, server_default=""),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user", _Big, ForeignKey("users.id"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("expires_at", String(40), nullable=False),
)

#: Links that work once: to make the first administrator, to choose a password.
invitations = Table(
    "invitations",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("purpose", String(20), nullable=False),
    Column("user", _Big, nullable=True),
    Column("expires_at", String(40), nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("key", String(300), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", String(40), nullable=False),
)

documents = Table(
    "documents",
    metadata,
    _id(),
    Column("unit", _Big, ForeignKey("units.id"), nullable=False),
    Column("document_id", String(300), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("file_name", String(400), nullable=False),
    Column("status", String(20), nullable=False),
    Column("error", Text, nullable=False, server_default=""),
    Column("part", Integer, nullable=False, server_default="0"),  # of several documents in one file, which
    Column("series", _Big, nullable=True),  # the first version of the same document
    Column("version", Integer, nullable=False, server_default="1"),
    Column("newer", _Big, nullable=True),  # the version that took its place
    Column("rules", String(64), nullable=False, server_default=""),  # the rules' version that read it
    Column("kind", String(40), nullable=False, server_default=""),
    Column("number", String(200), nullable=False, server_default=""),
    Column("issuer", Text, nullable=False, server_default=""),
    Column("issued_on", String(10), nullable=False, server_default=""),
    Column("year", String(4), nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("record", Text, nullable=False, server_default="{}"),  # the row of documents.csv
    Column("corrections", Text, nullable=False, server_default="{}"),  # what people said the head really is
    Column("counts", Text, nullable=False, server_default="{}"),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("created_at", String(40), nullable=False),
    Column("created_by", String(200), nullable=False),
    UniqueConstraint("unit", "document_id"),
    Index("documents_bytes", "unit", "sha256"),
    Index("documents_number", "unit", "number"),
    Index("documents_facets", "unit", "year", "kind"),
    Index("documents_series", "series"),
)

#: Everything known of a document, packed; kept apart so that lists stay small.
contents = Table(
    "contents",
    metadata,
    Column("document", _Big, ForeignKey("documents.id"), primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)

#: Who carries out what, as the documents say or a person corrected it.
parents = Table(
    "parents",
    metadata,
    Column("document", _Big, ForeignKey("documents.id"), primary_key=True),
    Column("number", String(200), primary_key=True),
    Index("parents_number", "number"),
)

#: Targets, assignments and deadlines of the whole stock, to be searched.
stock = Table(
    "stock",
    metadata,
    _id(),
    Column("unit", _Big, nullable=False),
    Column("document", _Big, ForeignKey("documents.id"), nullable=False),
    Column("kind", String(20), nullable=False),  # targets, assignments, deadlines, documents
    Column("record_id", String(80), nullable=False),
    Column("document_kind", String(40), nullable=False, server_default=""),
    Column("agency", Text, nullable=False, server_default=""),  # folded, without diacritics
    Column("due", String(10), nullable=False, server_default=""),
    Column("current", Integer, nullable=False, server_default="1"),  # 0: a newer version took the document's place
    Column("record", Text, nullable=False),
    Index("stock_list", "unit", "kind", "id"),
    Index("stock_due", "unit", "kind", "due"),
    Index("stock_document", "document", "kind"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("number", _Big, nullable=False),  # the order in which they were asked for
    Column("unit", _Big, ForeignKey("units.id"), nullable=False),
    Column("kind", String(20), nullable=False),  # read, compare
    Column("status", String(20), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),  # how often it cost its worker's life
    Column("payload", Text, nullable=False),
    Column("progress", Text, nullable=False, server_default="{}"),
    Column("error", Text, nullable=False, server_default=""),
    Column("result", Text, nullable=False, server_default=""),
    Column("created_at", String(40), nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("ended_at", String(40), nullable=False, server_default=""),
    Index("jobs_status", "status", "number"),
    Index("jobs_unit", "unit", "number"),
)

comparisons = Table(
    "comparisons",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("number", _Big, nullable=False),
    Column("unit", _Big, ForeignKey("units.id"), nullable=False),
    Column("child", _Big, ForeignKey("documents.id"), nullable=False),
    Column("parent", _Big, ForeignKey("documents.id"), nullable=True),  # none: the child only quotes it
    Column("state", String(20), nullable=False),
    Column("stage", String(20), nullable=False, server_default=""),  # handed over: to whom (ra_soat, duyet)
    Column("assignee", String(200), nullable=False, server_default=""),
    Column("before", String(40), nullable=False, server_default=""),  # the comparison whose marks were carried here
    Column("newer", String(40), nullable=False, server_default=""),  # the one that took its place
    Column("rules", String(64), nullable=False, server_default=""),
    Column("made_from", String(64), nullable=False, server_default=""),
    Column("sentence", Text, nullable=False, server_default=""),
    Column("counts", Text, nullable=False, server_default="{}"),
    Column("problems", Text, nullable=False, server_default="[]"),  # what is odd about the comparison itself
    Column("open", Integer, nullable=False, server_default="0"),
    Column("frozen", String(64), nullable=False, server_default=""),  # sha256 of the signed opinion
    Column("created_at", String(40), nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("changed_at", String(40), nullable=False),
    Index("comparisons_unit", "unit", "number"),
    Index("comparisons_pair", "child", "parent"),
    Index("comparisons_parent", "parent"),
    Index("comparisons_state", "unit", "state"),
    Index("comparisons_author", "created_by"),
)

#: A whole comparison, packed, for its reports.
comparison_contents = Table(
    "comparison_contents",
    metadata,
    Column("comparison", String(40), ForeignKey("comparisons.id"), primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("comparison", String(40), ForeignKey("comparisons.id"), primary_key=True),
    Column("id", String(40), primary_key=True),
    Column("number", Integer, nullable=False),  # from the most serious
    Column("position", Integer, nullable=False),  # in the parent's order
    Column("severity", String(10), nullable=False),
    Column("kinds", String(200), nullable=False),
    Column("parent_target", String(40), nullable=False, server_default=""),
    Column("child_target", String(40), nullable=False, server_default=""),
    Column("fingerprint", String(64), nullable=False),
    Column("child_key", String(64), nullable=False),
    Column("parent_key", String(64), nullable=False),
    Column("record", Text, nullable=False),  # the row of deviations.csv
    Column("view", Text, nullable=False),  # what a page says of it
    Column("mended", String(20), nullable=False, server_default=""),  # pair, unpair, correct: a person's
    # What its events come to.
    Column("mark", String(10), nullable=False, server_default=""),
    Column("mark_state", String(10), nullable=False, server_default=""),  # current; changed: the wording changed since
    Column("mark_by", String(200), nullable=False, server_default=""),
    Column("mark_at", String(40), nullable=False, server_default=""),
    Column("mark_event", _Big, nullable=True),
    Column("note", Text, nullable=False, server_default=""),
    Column("note_by", String(200), nullable=False, server_default=""),
    Column("comments", Integer, nullable=False, server_default="0"),
    Column("assignee", String(200), nullable=False, server_default=""),
    Column("differs", Integer, nullable=False, server_default="0"),  # drafter and reviewer marked it otherwise
    Column("touched", _Big, nullable=False, server_default="0"),  # the last event that changed it
    Column("history", Text, nullable=False, server_default="[]"),  # [comparison, finding] whose events are its own too
    Index("findings_list", "comparison", "number"),
    Index("findings_mark", "comparison", "mark_state", "mark"),
    Index("findings_assignee", "assignee"),
)

duties = Table(
    "duties",
    metadata,
    Column("comparison", String(40), ForeignKey("comparisons.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("id", String(40), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("severity", String(10), nullable=False),
    Column("record", Text, nullable=False),
    Column("view", Text, nullable=False),
)

#: What people did, each chained to the one before; rows are only ever added.
events = Table(
    "events",
    metadata,
    Column("seq", _Big, primary_key=True, autoincrement=False),
    Column("id", String(40), nullable=False, unique=True),
    Column("unit", _Big, nullable=False),
    Column("comparison", String(40), nullable=False, server_default=""),
    Column("finding", String(40), nullable=False, server_default=""),
    Column("document", String(300), nullable=False, server_default=""),
    Column("kind", String(20), nullable=False),
    Column("value", Text, nullable=False, server_default=""),  # JSON
    Column("note", Text, nullable=False, server_default=""),
    Column("author", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("at", String(40), nullable=False),
    Column("wording", Text, nullable=False, server_default=""),  # JSON: what it was about
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("events_comparison", "comparison", "seq"),
    Index("events_finding", "comparison", "finding", "seq"),
    Index("events_unit", "unit", "seq"),
    Index("events_author", "author", "comparison"),
)

changes = Table(
    "changes",
    metadata,
    Column("unit", _Big, primary_key=True, autoincrement=False),
    Column("seq", _Big, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("table", String(40), nullable=False),
    Column("key", String(400), nullable=False),
    Column("op", String(10), nullable=False),
    Column("old", Text, nullable=False, server_default=""),
    Column("new", Text, nullable=False, server_default=""),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("unit", _Big, ForeignKey("units.id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("tables", Text, nullable=False, server_default="[]"),
    Column("sent", _Big, nullable=False),  # the last change that was delivered
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("next_at", Float, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    Column("active", Integer, nullable=False, server_default="1"),
    Column("created_at", String(40), nullable=False),
    Column("created_by", String(200), nullable=False),
)

searches = Table(
    "searches",
    metadata,
    _id(),
    Column("unit", _Big, nullable=False),
    Column("owner", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("query", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
    UniqueConstraint("unit", "owner", "name"),
)

#: Tables in the order in which a backup writes them and a restore fills them.
ORDER = tuple(metadata.sorted_tables)
