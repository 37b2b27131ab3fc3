"""The screens."""

from __future__ import annotations

from starlette.routing import BaseRoute

from doichieu.office.http import Doors
from doichieu.office.store import Office


class Pages:
    """The screens of an office."""

    def __init__(self, office: Office, doors: Doors) -> None:
        self.office = office
        self.doors = doors

    def ways(self) -> list[BaseRoute]:
        """Their routes."""
        return []
