"""Offices for the tests, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import postgres
from tests.office.running import Running


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def address(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; empty for SQLite in the folder."""
    if request.param == "sqlite":
        return ""
    reason = postgres.missing()
    if reason:
        pytest.skip(reason)
    return postgres.server().database()


@pytest.fixture(scope="module")
def office(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A running office with a token of each role."""
    with Running(tmp_path_factory.mktemp("van-phong"), address) as running:
        yield running


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Running]:
    """A running office of its own for one test, on SQLite."""
    with Running(tmp_path / "van-phong", "") as running:
        yield running
