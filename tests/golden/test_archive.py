"""Every row of the documents beside the repository, and of documents rewritten, is the row that it was."""

from __future__ import annotations

import pytest

from tests.golden import archive


def _cases() -> list[object]:
    return [
        pytest.param(
            kind, name, marks=[pytest.mark.long] if archive.takes_long(kind, name) else [], id=f"{kind}-{name}"
        )
        for kind in archive.KINDS
        for name in archive.known(kind)
    ]


@pytest.mark.parametrize(("kind", "name"), _cases())
def test_rows_are_as_they_were(kind: str, name: str) -> None:
    if name not in archive.names(kind):
        pytest.skip("needs ../shared")
    if archive.other_text(name):
        pytest.skip("../shared has another document of this name")
    found = archive.moved(archive.digests(archive.KINDS[kind](name)), archive.kept(kind, name))
    assert not found, "\n".join(["make golden, and read what moved; now:", *found])
