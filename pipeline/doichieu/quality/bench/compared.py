"""Many children against one parent as a person calls it, all reports written: ``doichieu diff`` on two processes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from doichieu.model import Source
from doichieu.quality.bench.command import called
from doichieu.quality.bench.growth import varied

_CHILDREN, _CHARACTERS = 150, 14_500  # twenty kilobytes each
_FEW = 4  # compared before, so that all that a first run compiles lies ready, as where the program is installed


def report(sources: list[Source]) -> None:
    """Print what one call takes by the clock and of the processor."""
    parent = max(sources, key=lambda source: len(source.text))
    with tempfile.TemporaryDirectory() as name:
        base, folder, few = Path(name), Path(name) / "in", Path(name) / "few"
        folder.mkdir()
        few.mkdir()
        above = base / f"{parent.document_id}.txt"
        above.write_text(parent.text, encoding="utf-8")
        size = 0
        for number, source in enumerate(varied(sources, _CHILDREN, _CHARACTERS)):
            for place in (folder, few) if number < _FEW else (folder,):
                (place / f"{source.document_id}.txt").write_bytes(source.text.encode())
            size += len(source.text.encode())
        for children in (few, folder):
            work = base / f"{children.name}-made"
            words = ("diff", str(children), "--parent", str(above), "--out", str(work / "out"), "--jobs", "2")
            clock, processor = called(words, work)
    print(
        f"comparison: {_CHILDREN} children of {size / _CHILDREN / 1000:.0f} kB against one parent, all reports, two "
        f"processes: {clock:.1f} s by the clock, {processor:.1f} s of the processor"
    )
