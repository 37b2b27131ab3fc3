"""Lineage as JSON-LD: from each value to the place in the source, the rule and the program that it comes from.

Vocabularies: PROV-O (W3C) for what was derived from what, Web Annotation (W3C) for places in a text.
"""

from __future__ import annotations

import json
from typing import Any

from doichieu.model import SCHEMA_VERSION, VERSION, Document

_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
}
#: Records with a place: attribute of the document → field of the id, field of the value that a reader looks for.
_RECORDS = (
    ("targets", "target_id", "value"),
    ("assignments", "assignment_id", "agency"),
    ("citations", "citation_id", "number"),
    ("deadlines", "deadline_id", "date"),
    ("percentages", "", "value"),
)


def provenance(document: Document) -> bytes:
    """The lineage of every value of a document; the same document gives the same bytes (no times)."""

    base = f"urn:doichieu:{document.document_id}"
    software = f"urn:doichieu:software:{VERSION}"
    graph: list[dict[str, Any]] = [
        {
            "@id": base,
            "@type": "prov:Entity",
            "dcterms:identifier": document.info.number or None,
            "dcterms:title": document.info.title or None,
            "prov:atLocation": document.source.path,
            "sha256": document.source.sha256,
        },
        {
            "@id": software,
            "@type": ["prov:SoftwareAgent", "prov:Agent"],
            "dcterms:title": "doichieu",
            "dcterms:hasVersion": VERSION,
        },
        {
            "@id": f"{base}:extraction",
            "@type": "prov:Activity",
            "prov:used": {"@id": base},
            "prov:wasAssociatedWith": {"@id": software},
            "schema_version": SCHEMA_VERSION,
        },
    ]
    for attribute, key, shown in _RECORDS:
        for number, record in enumerate(getattr(document, attribute), 1):
            identity = getattr(record, key) if key else f"p{number:04d}"
            place = {
                "@type": "oa:SpecificResource",
                "oa:hasSource": {"@id": base},
                "oa:hasSelector": [
                    {"@type": "oa:TextPositionSelector", "oa:start": record.char_start, "oa:end": record.char_end},
                    {"@type": "oa:TextQuoteSelector", "oa:exact": record.quote},
                ],
                "clause": record.clause_id,
            }
            graph.append(
                {
                    "@id": f"{base}:{attribute}:{identity}",
                    "@type": "prov:Entity",
                    "prov:value": getattr(record, shown),
                    "rule": getattr(record, "rule", "") or attribute,
                    "wasDerivedFrom": base,
                    "wasGeneratedBy": f"{base}:extraction",
                    "prov:atLocation": place,
                }
            )
    return (json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode(
        "utf-8", "replace"
    )
