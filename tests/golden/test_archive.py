"""Every row of the documents beside the repository, and of documents rewritten, is the row that it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.golden import archive, seldom

ARCHIVE = Path(__file__).resolve().parents[3] / "shared" / "archive"
#: So many characters in a row are no coincidence of two texts.
_AS_PRINTED = 60


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


def _plain(text: str) -> str:
    return re.sub(r"[\s*|]+", " ", text).strip().lower()


def test_no_wording_is_a_line_of_a_document_of_the_archive() -> None:
    """Nothing of the archive goes into this repository: its constructions are told of other subjects."""
    if not ARCHIVE.is_dir():
        pytest.skip("needs ../shared")
    printed = " ".join(_plain(path.read_text(encoding="utf-8", errors="replace")) for path in ARCHIVE.rglob("*.md"))
    lines = [_plain(line) for said in seldom.wordings() for line in said.split("\n")]
    assert len(lines) > 1000
    assert [line for line in lines if len(line) > _AS_PRINTED and line in printed] == []
