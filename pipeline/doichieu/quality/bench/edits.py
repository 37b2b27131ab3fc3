"""Recall and false flags of generated edits, by class."""

from __future__ import annotations

from doichieu.analyse import analyse
from doichieu.model import Source
from doichieu.quality import metamorphic
from doichieu.quality.sweep import sweep


def report(sources: list[Source]) -> None:
    """Print a line for each class of edits."""
    found: dict[str, list[metamorphic.Outcome]] = {}
    for source in sources:
        for outcome in metamorphic.run(analyse(source), limit=6):
            found.setdefault(outcome.case.name, []).append(outcome)
    print("generated edits: class, n, recall, cases with other flags")
    for name, outcomes in found.items():
        recall = sum(o.found for o in outcomes) / len(outcomes)
        print(f"  {name:34} {len(outcomes):4} {recall:7.3f} {sum(bool(o.others) for o in outcomes):4}")
    changed = [one for source in sources for up in (False, True) for one in sweep(analyse(source), up=up)]
    right = sum(one.kind in one.found for one in changed)
    turned = sum(one.turned for one in changed)
    print(f"every value lowered and raised: n {len(changed)}, told the right way {right}, turned round {turned}")
