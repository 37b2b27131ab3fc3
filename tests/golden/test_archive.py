"""Every row of the documents beside the repository, and of documents rewritten, is the row that it was."""

from __future__ import annotations

import pytest

from tests.golden import archive


def _cases(kinds: list[str]) -> list[object]:
    return [
        pytest.param(
            kind, name, marks=[pytest.mark.long] if archive.takes_long(kind, name) else [], id=f"{kind}-{name}"
        )
        for kind in kinds
        for name in archive.known(kind)
    ]


@pytest.mark.parametrize(("kind", "name"), _cases([kind for kind in archive.KINDS if kind != "seldom"]))
def test_rows_are_as_they_were(kind: str, name: str) -> None:
    if name not in archive.names(kind):
        pytest.skip("needs ../shared")
    if archive.other_text(name):
        pytest.skip("../shared has another document of this name")
    _same(kind, name)


@pytest.mark.parametrize(("kind", "name"), _cases(["seldom"]))
def test_seldom_wordings_are_read_as_they_were(kind: str, name: str) -> None:
    _same(kind, name)


def _same(kind: str, name: str) -> None:
    found = archive.moved(archive.digests(archive.KINDS[kind](name)), archive.kept(kind, name))
    assert not found, "\n".join(["make golden, and read what moved; now:", *found])
