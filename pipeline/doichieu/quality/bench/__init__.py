"""Speed, as ratios in one run on the same texts: ``make bench``.

Prints the command's own figure first (``doichieu extract`` from start to last byte), many children compared with one
parent, then the speed of every stage and
of the whole extraction; the same for the peers that are installed (extra ``bench``); a bare scan for our words and
numbers as the floor; the readers of files; growth with the number of documents and of findings; memory; the start-up
of the command; the recall of generated edits, and how often findings of each confidence are right.  Absolute figures
depend on the machine; the ratios are what to compare.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from doichieu.quality.bench.timing import best


def main(folder: str = "corpus", *, full: bool = False) -> int:
    """Print the figures for the documents of ``folder``; ``full`` goes on to ten thousand documents."""
    from doichieu.analyse import analyse
    from doichieu.quality import calibration
    from doichieu.quality.bench import command, compared, edits, growth, peers, readers, reports, stages
    from doichieu.reading import discover, read

    sources = [source for path in discover([Path(folder)]) for source in read(path)]
    characters = sum(len(source.text) for source in sources)
    command.report(sources, full=full)
    compared.report(sources)
    for source in sources:
        analyse(source)  # everything that is loaded once is loaded
    print(f"{len(sources)} documents, {characters} characters; one process; best of several runs")
    whole = best(lambda: [analyse(source) for source in sources])
    for name, seconds in stages.seconds(sources).items():
        print(f"  {name:34} {characters / seconds / 1000:12,.0f} kchar/s")
    print(f"  {'whole extraction':34} {characters / whole / 1000:12,.0f} kchar/s")
    floor = stages.bare_scan(sources)
    print(
        f"  {'bare scan for our words and numbers':34} {characters / floor / 1000:12,.0f} kchar/s; whole "
        f"extraction takes {whole / floor:.1f} times as long"
    )
    print("peers on the same texts (each does one part of the work):")
    for name, speed in peers.speeds([source.text for source in sources]):
        print(
            f"  {name:34} "
            + (
                f"{speed / 1000:12,.1f} kchar/s; whole extraction is {characters / whole / speed:.1f} times as fast"
                if speed
                else "     not installed (pip install -e '.[bench]')"
            )
        )
    readers.report(sources)
    growth.report(sources, (10, 100, 1_000, 10_000) if full else (10, 100, 1_000))
    reports.report(sources)
    edits.report(sources)
    calibration.report([analyse(source) for source in sources])
    call = [sys.executable, "-P", "-m", "doichieu.cli", "--help"]
    print(f"start-up: --help {best(lambda: subprocess.run(call, check=True, capture_output=True)):.2f} s")
    print(
        f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most in this "
        "process, peers included"
    )
    return 0
