"""The description of the interface, made from the table of calls and the one definition of every record."""

from __future__ import annotations

from typing import Any

import msgspec

from doichieu.model import VERSION
from doichieu.office.kinds import (
    COMPARISON_STATES,
    DOCUMENT_TABLES,
    FINDING_EVENTS,
    JOB_STATUSES,
    MARKS,
    ROLES,
    TRANSITIONS,
)
from doichieu.office.routes import Route
from doichieu.schema import Column, table

_TYPES = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean", "date": "string"}
Schema = dict[str, Any]


def _column(column: Column) -> Schema:
    kind = _TYPES[column.type]
    out: Schema = {"type": kind if column.required else [kind, "null"], "description": column.description}
    if column.type == "date":
        out["format"] = "date"
    if column.enum and column.required:
        out["enum"] = list(column.enum)
    elif column.enum:
        out["enum"] = [*column.enum, None]
    return out


def _record(name: str, **more: Schema) -> Schema:
    """A row of a table of CONTRACT, with what the office adds."""
    columns = {column.name: _column(column) for column in table(name).columns}
    return {"type": "object", "properties": {**columns, **more}, "required": [*columns, *more]}


def _text(*, null: bool = False, enum: tuple[str, ...] = ()) -> Schema:
    out: Schema = {"type": ["string", "null"] if null else "string"}
    if enum:
        out["enum"] = [*enum, None] if null else list(enum)
    return out


def _object(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields)}


_NUMBER: Schema = {"type": "integer"}
_YES: Schema = {"type": "boolean"}
_ANY: Schema = {"type": "object"}
_ANYTHING: Schema = {}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _many(inner: Schema) -> Schema:
    return {"type": "array", "items": inner}


def schemas() -> dict[str, Schema]:
    """The records of the interface by name."""
    job = {"id": _text(), "document_id": _text(null=True), "status": _text(enum=JOB_STATUSES)}
    event = _object(
        id=_text(),
        seq=_NUMBER,
        comparison_id=_text(),
        finding_id=_text(),
        document_id=_text(),
        kind=_text(enum=(*FINDING_EVENTS, *TRANSITIONS)),
        value=_ANYTHING,
        note=_text(),
        author=_text(),
        role=_text(enum=ROLES),
        at=_text(),
        wording=_ANYTHING,
        prev=_text(),
        hash=_text(),
    )
    document = _record("documents", id=_text(), status=_text(enum=("reading", "ready", "failed")))
    document["properties"] |= {name: {"type": ["string", "null"]} for name in ("path", "sha256")}
    document["required"] = ["id", "document_id", "status", "sha256"]
    return {
        "Fault": _object(type=_text(), title=_text(), status=_NUMBER, detail=_text(), instance=_text(), code=_text()),
        "Me": _object(name=_text(), role=_text(enum=ROLES), unit=_text()),
        "NewJob": _object(id=_text(), status=_text(enum=JOB_STATUSES)),
        "Jobs": _object(jobs=_many(_object(**job))),
        "Job": _object(
            id=_text(),
            kind=_text(enum=("read", "compare")),
            status=_text(enum=JOB_STATUSES),
            error=_text(null=True),
            result={"type": ["object", "null"]},
            progress=_ANY,
        ),
        "Document": document,
        "Record": {"anyOf": [_named(_title(name)) for name in DOCUMENT_TABLES]},
        **{_title(name): _record(name) for name in DOCUMENT_TABLES},
        "Comparison": _object(
            id=_text(),
            child=_text(),
            parent=_text(null=True),
            state=_text(enum=COMPARISON_STATES),
            waiting_for=_text(null=True),
            assignee=_text(null=True),
            sentence=_text(),
            counts=_ANY,
            problems=_many(_object(code=_text(), severity=_text(), message=_text())),
            open=_NUMBER,
            before=_text(null=True),
            newer=_text(null=True),
            rules_version=_text(),
            opinion_sha256=_text(null=True),
            created_at=_text(),
            created_by=_text(),
            changed_at=_text(),
        ),
        "Finding": _record(
            "deviations",
            id=_text(),
            number=_NUMBER,
            state=_text(enum=("open", "current", "changed")),
            mark=_text(null=True, enum=MARKS),
            mark_before=_text(null=True, enum=MARKS),
            mark_by=_text(null=True),
            mark_at=_text(null=True),
            note=_text(null=True),
            comments=_NUMBER,
            assignee=_text(null=True),
            mended=_text(null=True),
            differs=_YES,
            fingerprint=_text(),
            etag=_text(),
        ),
        "Duty": _record("duties", id=_text()),
        "Event": event,
        "Cases": _object(comparison_id=_text(), cases=_many(_ANY)),
        "Change": _object(
            cursor=_NUMBER,
            at=_text(),
            table=_text(),
            key=_text(),
            op=_text(enum=("add", "change", "remove")),
            old=_ANYTHING,
            new=_ANYTHING,
        ),
        "Reconciled": _ANY,
        "Search": _object(id=_NUMBER, name=_text(), query=_text()),
        "Webhook": _object(id=_text(), url=_text(), tables=_many(_text()), sent=_NUMBER, error=_text(null=True)),
        "User": _object(id=_NUMBER, name=_text(), role=_text(enum=ROLES), unit=_text(), active=_YES),
        "NewUserLink": _object(id=_NUMBER, name=_text(), link=_text()),
        "Token": _object(id=_NUMBER, name=_text(), role=_text(enum=ROLES), unit=_text(), revoked_at=_text()),
        "NewTokenSecret": _object(name=_text(), token=_text()),
        "Unit": _object(id=_NUMBER, name=_text()),
    }


def _title(name: str) -> str:
    single = {"agencies": "Agency", "agency_mentions": "AgencyMention"}.get(name)
    return single or name.removesuffix("s").capitalize()


def schema_of(answer: str) -> Schema:
    """The schema of an answer as a route names it."""
    if answer.startswith("["):
        return _object(items=_many(_named(answer[1:-1])), next=_text(null=True))
    return _named(answer)


def description(routes: tuple[Route, ...]) -> dict[str, Any]:
    """The whole description, OpenAPI 3.1."""
    bodies = tuple(r.body for r in routes if r.body is not None and r.body is not dict)
    _, given = msgspec.json.schema_components(bodies, ref_template="#/components/schemas/{name}")
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    paths["/healthz"] = {"get": {"summary": "Máy chủ sẵn sàng", "responses": {"200": {"description": "ok"}}}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Đối Chiếu",
            "version": VERSION,
            "description": "Văn bản, đối chiếu, phát hiện, sự kiện. Lỗi là application/problem+json.",
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**given, **schemas()},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
    ]
    parameters += [{"name": name, "in": "query", "schema": {"type": "string"}} for name in route.query]
    if 409 in route.faults and "{finding}" in route.path:
        parameters.append({"name": "If-Match", "in": "header", "schema": {"type": "string"}})
    content: dict[str, Any] = {}
    if route.answer:
        content = {"content": {"application/json": {"schema": schema_of(route.answer)}}}
    elif route.status != 204:
        content = {"content": {route.media: {"schema": {"type": "string", "format": "binary"}}}}
    faults = sorted({*route.faults, *((401, 403) if route.roles is not None else ())})
    problem = {"application/problem+json": {"schema": _named("Fault")}}
    out: dict[str, Any] = {
        "summary": route.summary,
        "parameters": parameters,
        "responses": {
            str(route.status): {"description": route.summary, **content},
            **{str(status): {"description": "Từ chối", "content": problem} for status in faults},
        },
    }
    if route.roles is not None:
        out["x-roles"] = sorted(route.roles)
    if route.files:
        files = _object(file=_many({"type": "string", "format": "binary"}))
        out["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": files}}}
    elif route.form:
        fields = _object(**{name: _text() for name in route.form})
        out["requestBody"] = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": fields}}}
    elif route.body is not None:
        body = {"type": "object"} if route.body is dict else _named(route.body.__name__)
        out["requestBody"] = {"content": {"application/json": {"schema": body}}}
    return out
