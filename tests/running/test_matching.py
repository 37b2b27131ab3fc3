"""Names of bodies reconciled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from doichieu.errors import UsageError
from doichieu.running.matching import candidates, known_in

KNOWN = [("so_noi_vu", "Sở Nội vụ"), ("so_tai_chinh", "Sở Tài chính"), ("cong_an_tinh", "Công an tỉnh")]


@pytest.mark.parametrize("name", ["UBND tỉnh", "Ủy ban nhân dân tỉnh", "Uỷ ban nhân dân tỉnh"])
def test_one_body_however_it_is_written(name: str) -> None:
    (found,) = candidates(name)
    assert (found.id, found.match) == ("uy_ban_nhan_dan_tinh", True)


def test_a_name_without_diacritics_is_offered() -> None:
    found = candidates("so noi vu", KNOWN)
    assert (found[0].id, found[0].score) == ("so_noi_vu", 100.0)
    assert [one.id for one in candidates("so tai chin", KNOWN)][:1] == ["so_tai_chinh"]


def test_what_is_no_body_matches_none() -> None:
    assert not [one for one in candidates("phân bón", KNOWN) if one.match]


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "agencies.csv").write_text("agency_id,name\nso_noi_vu,Sở Nội vụ\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "doichieu.cli", "agencies", "match", "so noi vu", "--in", str(tmp_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["result"][0]["id"] == "so_noi_vu"
    with pytest.raises(UsageError, match=r"agencies\.csv"):
        known_in(tmp_path / "khong-co")
