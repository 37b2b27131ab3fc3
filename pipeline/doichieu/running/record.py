"""``run.json``: what one run of ``extract`` or ``diff`` was, so that others can follow it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from doichieu.errors import UsageError
from doichieu.model import SCHEMA_VERSION, Problem
from doichieu.running.parts import rules_digest


def moment() -> str:
    """The time of the run as it is given from outside (``SOURCE_DATE_EPOCH``, seconds); empty where none is.

    A clock of our own would give other bytes at each run.
    """
    from datetime import UTC, datetime

    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return ""
    try:
        return datetime.fromtimestamp(int(given), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH phải là số giây từ 1970, không phải “{given}”.") from error


def told_by(document_id: str, sha256: str) -> str:
    """What tells one document of a run from others, in the order of their ids."""
    return f"{document_id}\0{sha256}"


def run_record(
    documents: Iterable[str],
    counts: Mapping[str, int],
    skipped: Sequence[Problem],
    *,
    command: str = "extract",
    rules: str = "",
) -> bytes:
    """The record of a run of ``command``; ``counts`` are the rows of each table, ``rules`` their version.

    ``documents`` are told by :func:`told_by`; ``skipped`` are the problems of files that gave no document.  ``run_id``
    is made from what was read and the rules that read it: the same run twice is the same run.
    """
    rules = rules or rules_digest()
    digest = hashlib.sha256(rules.encode())
    for document in sorted(documents):
        digest.update(b"\n" + document.replace("\0", " ").encode("utf-8", "surrogatepass"))
    record = {
        "command": command,
        "run_id": digest.hexdigest()[:16],
        "time": moment() or None,
        "schema_version": SCHEMA_VERSION,
        "rules": rules,
        "counts": dict(counts),
        "skipped": [{"code": problem.code, "message": problem.message} for problem in skipped],
    }
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"
