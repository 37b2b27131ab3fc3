"""The screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

if TYPE_CHECKING:
    from doichieu.office.app import Application


class Pages:
    """The screens of an office."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def ways(self) -> list[BaseRoute]:
        """Their routes."""
        return []
