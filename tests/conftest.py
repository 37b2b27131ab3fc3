"""Tests keep what runs remember in a folder of their own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import pytest

os.environ["DOICHIEU_SETTINGS"] = os.path.join(tempfile.gettempdir(), "doichieu-khong-co", "settings.json")
if "DOICHIEU_CACHE" not in os.environ:
    os.environ["DOICHIEU_CACHE"] = tempfile.mkdtemp(prefix="doichieu-tests-")
    atexit.register(shutil.rmtree, os.environ["DOICHIEU_CACHE"], ignore_errors=True)
# Hundreds of processes begin here: where nothing may be written beside the code, its bytecode and patterns are kept in
# a folder of these tests, as they are kept where the program is installed.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", "") and "PYTHONPYCACHEPREFIX" not in os.environ:
    os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="doichieu-tests-")
    atexit.register(shutil.rmtree, os.environ["PYTHONPYCACHEPREFIX"], ignore_errors=True)


@pytest.fixture(autouse=True)
def patience() -> None:
    """A program that failed in one test is asked again in the next."""
    from doichieu.processes import programs

    programs.failures.clear()
