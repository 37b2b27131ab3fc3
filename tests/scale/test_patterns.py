"""No pattern of ours runs away: each is tried on texts made to lead it astray, under an alarm."""

from __future__ import annotations

import re
import signal
import sys
from importlib import import_module
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "pipeline" / "doichieu"
#: Runs of blanks are not among them: patterns run on the view, which has none.
TEXTS = {
    "words": "cán bộ công chức " * 200,
    "a list without end": ", cán bộ xã" * 300,
    "letters": "a" * 4000,
    "figures": "15 " * 1200,
    "figures and points": "1.1." * 1000,
    "commas": "," * 3000,
    "brackets": "(" * 2000,
    "agencies": "sở nội vụ và sở tài chính, " * 150,
    "capitals": "ĐẢNG BỘ TỈNH " * 300,
    "dates": "ngày 10 tháng 8 năm 2022, " * 150,
    "dashes": "- " * 2000,
    "colons": "thời gian: " * 300,
}
_WHERE = ("extraction", "segmentation", "lexicon", "reading", "report")


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    names = [
        p.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
        for p in sorted(PACKAGE.rglob("*.py"))
    ]
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for name in names:
        parts = name.removesuffix(".__init__").split(".")
        if len(parts) < 2 or (len(parts) > 2 and parts[1] not in _WHERE) or parts[1] in ("processes", "cli"):
            continue
        module = sys.modules.get(".".join(parts)) or import_module(".".join(parts))
        for attribute, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found.setdefault((value.pattern, value.flags), (f"{name}.{attribute}", value))
    return list(found.values())


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms on this system")
@pytest.mark.long
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_no_pattern_runs_away(text: str) -> None:
    running = ""

    def ring(*_: object) -> None:
        raise AssertionError(f"{running} runs away")

    before = signal.signal(signal.SIGALRM, ring)
    try:
        for name, pattern in patterns():
            running = name
            signal.setitimer(signal.ITIMER_REAL, 20)
            for sample in (text, text.upper()):
                pattern.search(sample)
                pattern.match(sample, len(sample) // 2)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert running
