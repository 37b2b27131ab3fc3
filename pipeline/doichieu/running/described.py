"""What the tables and the document records are like, as text for other systems."""

from __future__ import annotations

import json

from doichieu.export.json_schema import document_schema
from doichieu.schema import CONSOLIDATION_TABLES, DIFF_TABLES, PROGRESS_TABLES, TABLES
from doichieu.tables.files import package


def data_package() -> str:
    """The Frictionless descriptor of every table that a command writes."""
    return package((*TABLES, *DIFF_TABLES, *CONSOLIDATION_TABLES, *PROGRESS_TABLES), "doichieu").decode()


def json_schema() -> str:
    """The JSON Schema of ``documents/<id>.json``."""
    return json.dumps(document_schema(), ensure_ascii=False, indent=2) + "\n"
