"""JSON Schema (2020-12) of ``documents/<document_id>.json``, from the record types themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from doichieu.model import (
    SCHEMA_VERSION,
    Agency,
    AgencyMention,
    Amendment,
    Assignment,
    Citation,
    Clause,
    Deadline,
    DocumentInfo,
    Page,
    Percentage,
    Problem,
    Result,
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
    types = [DocumentInfo, Clause, Page, *_LISTS.values()]
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
            "items": {
                "allOf": [
                    of[Clause],
                    {"type": "object", "properties": {"clause_path": {"type": "string"}}, "required": ["clause_path"]},
                ]
            },
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
        "required": [name for name in properties if name != "boxes"],
        "$defs": components,
    }
