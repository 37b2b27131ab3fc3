"""The tested set of packages: every one by version and hash, and none outside of what pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>\S+)(?P<rest>.*(?:\n    --hash=.*)*)", re.MULTILINE
)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(extra: str) -> dict[str, str]:
    text = (ROOT / f"requirements-{extra}.lock").read_text(encoding="utf-8")
    entries = list(_ENTRY.finditer(text))
    assert entries and all("--hash=sha256:" in entry["rest"] for entry in entries)
    return {canonical(entry["name"]): entry["version"] for entry in entries}


def wanted(extra: str) -> set[str]:
    own = re.compile(r"doichieu\[(.+)\]")
    names: set[str] = set()
    for line in PROJECT["optional-dependencies"][extra]:
        if inner := own.fullmatch(line):
            for part in inner.group(1).split(","):
                names |= wanted(part)
        else:
            names.add(canonical(re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0]))
    return names


@pytest.mark.parametrize("extra", ["all", "dev"])
def test_every_package_that_we_ask_for_is_locked(extra: str) -> None:
    core = {canonical(re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0]) for line in PROJECT["dependencies"]}
    assert core | wanted(extra) <= locked(extra).keys()


def test_the_lock_names_no_place() -> None:
    for path in ROOT.glob("requirements-*.lock"):
        assert "://" not in path.read_text(encoding="utf-8")


def test_a_major_version_that_would_break_is_bounded() -> None:
    for line in PROJECT["dependencies"]:
        assert "<" in line, line
