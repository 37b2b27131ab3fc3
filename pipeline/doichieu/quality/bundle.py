"""An installation for a machine without a network: ``make bundle SYSTEM=debian`` or ``SYSTEM=windows``.

The folder holds the wheels of the tested set, the wheel of this package, a script that installs them into a folder of
their own, and a page that says what to do.  Versions come from ``requirements-all.lock``; only wheels are taken, so
that nothing is built on the other machine.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from msgspec import Struct

from doichieu.errors import UsageError

System = Literal["debian", "windows"]


class Platform(Struct, frozen=True):
    """What the tools call a system: for resolving (``uv``) and for wheels (``pip``); the script that installs."""

    resolver: str
    wheels: tuple[str, ...]
    script: str


#: Wheels for Debian 12 and younger work from glibc 2.28 on.
PLATFORMS: dict[System, Platform] = {
    "debian": Platform(
        "x86_64-manylinux_2_28",
        ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_5_x86_64",
         "manylinux1_x86_64"),
        "cai-dat.sh",
    ),
    "windows": Platform("x86_64-pc-windows-msvc", ("win_amd64",), "cai-dat.cmd"),
}  # fmt: skip


def resolving(root: Path, system: System, python: str, out: Path) -> list[str]:
    """The command that writes the set for one system and Python into ``out``, held to the tested versions."""
    return [
        sys.executable, "-m", "uv", "pip", "compile", "-q", "--no-header", "--no-annotate",
        "--python-platform", PLATFORMS[system].resolver, "--python-version", python,
        "--extra", "all", "--no-emit-package", "doichieu", "-c", str(root / "requirements-all.lock"),
        "-o", str(out), str(root / "pyproject.toml"),
    ]  # fmt: skip


def fetching(system: System, python: str, requirements: Path, wheels: Path) -> list[str]:
    """The command that fetches the wheels of ``requirements``, and nothing that must be built.

    >>> fetching("windows", "3.12", Path("r.txt"), Path("w"))[-2:]
    ['--platform', 'win_amd64']
    """
    named = [word for name in PLATFORMS[system].wheels for word in ("--platform", name)]
    return [
        sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
        "--only-binary=:all:", "--implementation", "cp", "--python-version", python,
        "-r", str(requirements), "-d", str(wheels), *named,
    ]  # fmt: skip


def _run(command: list[str], what: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError(f"{what}:\n{(done.stderr or done.stdout).strip()[-2000:]}")


def bundle(root: Path, out: Path, system: System, python: str) -> Path:
    """Make the folder ``out/doichieu-<system>`` anew; returns it.

    Raises :class:`doichieu.errors.UsageError` where a package of the set has no wheel for the system, or no index
    answers.
    """
    folder = out / f"doichieu-{system}"
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        requirements = Path(place) / "requirements.txt"
        _run(resolving(root, system, python, requirements), "Không tính được bộ gói")
        _run(fetching(system, python, requirements, wheels), "Không tải được bộ gói")
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)], "Không đóng được gói")
    here = root / "deploy" / "bundle"
    script = folder / PLATFORMS[system].script
    words = (here / script.name).read_text(encoding="utf-8").replace("@PYTHON@", python)
    script.write_text(words, encoding="utf-8", newline="\r\n" if system == "windows" else "\n")
    script.chmod(0o755)
    shutil.copy(here / "DOC-TRUOC.txt", folder / "DOC-TRUOC.txt")
    return folder


def main(system: str = "debian", python: str = "", out: str = "dist") -> int:
    """Make one bundle and say where it lies."""
    names = {name: name for name in PLATFORMS}
    if system not in names:
        raise UsageError(f"Không có gói cài cho “{system}”; các hệ: {', '.join(names)}.")
    root = Path(__file__).resolve().parents[3]
    python = python or ("3.12" if system == "windows" else f"{sys.version_info.major}.{sys.version_info.minor}")
    folder = bundle(root, Path(out), names[system], python)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(f"{folder}: {len(list((folder / 'wheels').iterdir()))} gói, {size:.0f} MB, Python {python}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
