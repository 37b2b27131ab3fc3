"""All screens, put together."""

from __future__ import annotations

from starlette.routing import BaseRoute

from doichieu.office.http import Doors
from doichieu.office.screens.administration import Administration
from doichieu.office.screens.comparing import Comparing
from doichieu.office.screens.entry import Entry
from doichieu.office.screens.intake import Intake
from doichieu.office.screens.overview import Overview
from doichieu.office.screens.stock import Stock
from doichieu.office.store import Office
from doichieu.office.web import Web


def ways(office: Office, doors: Doors) -> list[BaseRoute]:
    """The routes of all screens."""
    web = Web(office, doors)
    rooms = (Entry(web), Intake(web), Stock(web), Comparing(web), Overview(web), Administration(web))
    return [route for room in rooms for route in room.routes()]
