"""One table of every call: its path, who may make it, what it takes and gives.

The application, the OpenAPI description and the test that tries every route with every role are made from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from doichieu.office.accounts import Principal
from doichieu.office.faults import BadRequest, Unprocessable
from doichieu.office.folder import Upload


class Call(Struct, kw_only=True):
    """One call as a handler sees it."""

    principal: Principal
    path: dict[str, str] = {}
    query: dict[str, str] = {}
    headers: dict[str, str] = {}
    host: str = ""
    body: Any = None
    files: list[Upload] = []
    form: dict[str, str] = {}

    def header(self, name: str) -> str:
        """A header's value; empty where it is not given."""
        return self.headers.get(name.lower(), "")


class Answer(Struct, kw_only=True):
    """What a handler answers where it is not plain JSON with the usual status."""

    data: Any = None
    status: int = 0
    headers: dict[str, str] = {}
    media: str = "application/json"
    name: str = ""  # of a file to be saved


class Route(Struct, frozen=True, kw_only=True):
    """One call.  ``roles`` is None for calls that need nobody; ``body`` the record that is decoded from JSON."""

    method: str
    path: str
    handler: Callable[[Call], Any]
    summary: str
    roles: frozenset[str] | None
    status: int = 200
    body: type | None = None
    files: bool = False
    form: tuple[str, ...] = ()  # fields of a form, where the call takes one
    answer: str = ""  # the schema of the answer by name; ``[name]`` a page of them
    query: tuple[str, ...] = ()
    media: str = "application/json"
    faults: tuple[int, ...] = ()


def decoded(data: bytes, kind: type) -> Any:
    """A body as a record; raises for what is no JSON, or not of this form."""
    try:
        return msgspec.json.decode(data or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise Unprocessable(f"Nội dung không đúng mẫu: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRequest(f"Nội dung không phải JSON hợp lệ: {error}") from None
