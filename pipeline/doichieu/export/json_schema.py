"""JSON Schema (2020-12) of ``documents/<document_id>.json``, from the record types themselves.

One schema for both forms: what no table holds (as ``extract`` writes it), and with the records (``--pretty``).
"""

from __future__ import annotations

from typing import Any

import msgspec

from doichieu.model import (
    SCHEMA_VERSION,
    Agency,
    AgencyMention,
    Amendment,
    Assignment,
    Cell,
    Citation,
    Clause,
    Deadline,
    DocumentInfo,
    Page,
    Percentage,
    Problem,
    Result,
    Span,
    Target,
)

_LISTS: dict[str, type] = {
    "targets": Target,
    "assignments": Assignment,
    "agencies": Agency,
    "mentions": AgencyMention,
    "deadlines": Deadline,
    "percentages": Percentage,
    "citations": Citation,
    "amendments": Amendment,
    "results": Result,
    "problems": Problem,
}


def document_schema() -> dict[str, Any]:
    """The schema as a plain dictionary; every list holds the records of the table of that name."""
    types = [DocumentInfo, Clause, Page, Span, Cell, *_LISTS.values()]
    references, components = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    of = dict(zip(types, references, strict=True))
    box = {
        "type": "object",
        "properties": {name: {"type": "number"} for name in ("x0", "y0", "x1", "y1")} | {"page": {"type": "integer"}},
    }
    properties: dict[str, Any] = {
        "schema_version": {"const": SCHEMA_VERSION},
        "document": of[DocumentInfo],
        "source": {
            "type": "object",
            "properties": {
                "format": {"type": "string"},
                "verbatim": {"type": "boolean"},
                "pages": {"type": "array", "items": of[Page]},
            },
            "required": ["format", "verbatim", "pages"],
        },
        "clauses": {
            "type": "array",
            "description": "the places of every clause; with --pretty its row in clauses.csv, too",
            "items": {"anyOf": [_places(of), _whole(of)]},
        },
        **{name: {"type": "array", "items": of[record]} for name, record in _LISTS.items()},
        "boxes": {
            "type": "object",
            "description": (
                "id of a target, assignment, citation or deadline → the boxes of its quote, in points from the "
                "top left corner"
            ),
            "additionalProperties": {"type": "array", "items": box},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "doichieu document",
        "type": "object",
        "properties": properties,
        "required": ["schema_version", "document", "source", "clauses"],
        "$defs": components,
    }


def _places(of: dict[type, dict[str, Any]]) -> dict[str, Any]:
    """A clause as what no table holds of it."""
    lists = {name: {"type": "array", "items": of[kind]} for name, kind in (("pieces", Span), ("cells", Cell))}
    return {
        "type": "object",
        "properties": {"clause_id": {"type": "string"}, "leaf": {"type": "boolean"}, **lists},
        "required": ["clause_id", "leaf", "pieces"],
        "additionalProperties": False,
    }


def _whole(of: dict[type, dict[str, Any]]) -> dict[str, Any]:
    """A clause with its row."""
    path = {"type": "object", "properties": {"clause_path": {"type": "string"}}, "required": ["clause_path"]}
    return {"allOf": [of[Clause], path]}
