"""The installation for a machine without a network."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from doichieu.errors import UsageError
from doichieu.quality import bundle
from tests.packaging.conftest import ROOT


def test_a_system_that_is_none_is_named() -> None:
    with pytest.raises(UsageError, match="beos"):
        bundle.main("beos")


@pytest.mark.parametrize("platform", bundle.PLATFORMS.values(), ids=list(bundle.PLATFORMS))
def test_the_script_installs_without_an_index(platform: bundle.Platform) -> None:
    script = (ROOT / "deploy" / "bundle" / platform.script).read_text(encoding="utf-8")
    assert "--no-index" in script and "@PYTHON@" in script
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert "doichieu[all]" in script and "all" in extras


@pytest.mark.long
def test_debian(tmp_path: Path, clean: dict[str, str]) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = bundle.bundle(ROOT, tmp_path, "debian", version)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    offline = {**clean, "PIP_NO_INDEX": "1", "https_proxy": "http://127.0.0.1:9", "PATH": path}
    subprocess.run(["sh", str(folder / "cai-dat.sh"), str(tmp_path / "o")], check=True, env=offline, cwd=tmp_path)
    done = subprocess.run(
        [tmp_path / "o" / "bin" / "doichieu", "extract", str(ROOT / "corpus"), "--out", str(tmp_path / "ra")],
        env=offline, cwd=tmp_path, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ra" / "targets.csv").is_file()


@pytest.mark.long
def test_windows(tmp_path: Path) -> None:
    folder = bundle.bundle(ROOT, tmp_path, "windows", "3.12")
    names = [path.name for path in (folder / "wheels").iterdir()]
    assert all(name.endswith((".whl",)) for name in names)
    assert all(name.endswith(("-any.whl", "win_amd64.whl")) for name in names), names
    assert b"\r\n" in (folder / "cai-dat.cmd").read_bytes()
