"""Learns from compared documents which targets left over on both sides are a pair, and writes ``lexicon/residue.toml``.

``python -m tests.learn_pairs [--write] FOLDER...``: folders that hold ``texts/`` and ``gold/`` with ``deviations.json``
and the targets of each document.  A pair that the best assignment makes is measured as if it were left over.  Prints
which pairs are made of what is left over where each comparison is told by what the others taught.  Needs numpy.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import doichieu
from doichieu.comparison import compare
from doichieu.comparison.pairing import align as aligned
from doichieu.comparison.pairing import residue
from doichieu.comparison.pairing.likeness import Side
from doichieu.model import Document, Target
from doichieu.resolve import resolve

LEXICON = Path(doichieu.__file__).parent / "lexicon" / "residue.toml"
#: How strongly weights are held near nothing.
HELD = 2.0


class Told(NamedTuple):
    """Two targets of two documents, what is measured of them, whether a reader paired them; ``left`` where neither has
    a partner, ``free`` where nothing but wording speaks against them."""

    pair: str
    measured: tuple[float, ...]
    one: bool
    left: bool
    free: bool
    quotes: tuple[str, str]


def _of_gold(targets: Sequence[Target], gold: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Target of the document → id of the annotated one that lies over it with the same value."""
    out: dict[str, str] = {}
    for one in gold:
        lying = [
            (min(t.char_end, one["char_end"]) - max(t.char_start, one["char_start"]), t.target_id)
            for t in targets
            if t.value == one["value"] and t.target_id not in out
        ]
        best = max(lying, default=(0, ""))
        if best[0] > 0:
            out[best[1]] = one["id"]
    return out


def told(name: str, child: Document, parent: Document, pair: dict[str, Any], gold: Path) -> list[Told]:
    """Every two targets of a comparison that a reader paired or left alone."""
    sides: list[tuple[Side, Side]] = []
    known = aligned.residual_pairs
    kept: dict[tuple[int, int], str] = {}
    made: list[tuple[int, int]] = []

    def seen(c: Side, p: Side, pairs: Sequence[tuple[int, int]], refuses: Any, weighed: Any) -> list[Any]:
        sides.append((c, p))
        made.extend(pairs)
        for i in range(len(c.targets)):
            for j in range(len(p.targets)):
                kept[i, j] = refuses(i, j)
        return []

    aligned.residual_pairs = seen  # type: ignore[assignment]
    try:
        compare.compare_all_targets(child, parent)
    finally:
        aligned.residual_pairs = known
    if not sides:
        return []
    c, p = sides[0]
    ids = [
        _of_gold(side.targets, json.loads((gold / f"{pair[role]}.json").read_text(encoding="utf-8"))["targets"])
        for role, side in (("child", c), ("parent", p))
    ]
    wanted = {(row["child"], row["parent"]) for row in pair["deviations"] if row["child"] and row["parent"]}
    left = residue.Left(c, p, made)
    out = []
    for i, own in enumerate(c.targets):
        for j, other in enumerate(p.targets):
            one = (ids[0].get(own.target_id), ids[1].get(other.target_id)) in wanted
            alone = i not in left.taken_c and j not in left.taken_p
            if (one and not alone and (i, j) not in made) or ((i, j) in made and not one):
                continue  # a pair that another one hides, or one that the assignment makes and no reader did
            if not one and not (own.target_id in ids[0] and other.target_id in ids[1]) and not alone:
                continue
            if not one and (kept[i, j] or left.alike(i, j)[0] < residue.LEAST_COMMON):
                continue  # nobody asks how likely it is
            quotes = own.quote, other.quote
            out.append(Told(name, left.measured(i, j), one, alone, not kept[i, j], quotes))
    return out


def learned(rows: Sequence[Told]) -> dict[str, float]:
    """The weights of logistic regression, by Newton's steps."""
    x = np.array([row.measured for row in rows])
    y = np.array([row.one for row in rows], float)
    middle, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - middle) / spread, np.ones(len(x))]
    held = np.eye(z.shape[1]) * HELD
    held[-1, -1] = 0
    weights = np.zeros(z.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-z @ weights))
        slope = (z * (sure * (1 - sure))[:, None]).T @ z + held
        weights -= np.linalg.solve(slope, z.T @ (sure - y) + held @ weights)
    plain = weights[:-1] / spread
    out = dict(zip(residue.MEASURES, plain.round(3).tolist(), strict=True))
    return {"always": round(float(weights[-1] - plain @ middle), 3), **out}


def _chances(weights: dict[str, float], rows: Sequence[Told]) -> list[float]:
    x = np.array([row.measured for row in rows]).reshape(len(rows), len(residue.MEASURES))
    told_by = x @ np.array([weights[name] for name in residue.MEASURES]) + weights["always"]
    return [float(value) for value in 1 / (1 + np.exp(-told_by))]


def main(arguments: list[str]) -> None:
    rows: list[Told] = []
    for folder in (Path(a) for a in arguments if a != "--write"):
        texts = folder / "texts" if (folder / "texts").is_dir() else folder.parent / "corpus"
        gold = folder / "gold" if (folder / "gold").is_dir() else folder
        pairs = json.loads((gold / "deviations.json").read_text(encoding="utf-8"))
        for pair in pairs if isinstance(pairs, list) else pairs.get("pairs", [pairs]):
            documents = [doichieu.extract(next(iter(texts.glob(pair[role] + ".*")))) for role in ("child", "parent")]
            child, parent = resolve(documents)
            rows += told(f"{pair['child']} {pair['parent']}", child, parent, pair, gold)
    print(
        len(rows), "two by two,", sum(r.one for r in rows), "pairs,", sum(r.one and r.left for r in rows), "left over"
    )
    for name in dict.fromkeys(row.pair for row in rows):
        some = [row for row in rows if row.pair == name and row.left and row.free]
        sure = _chances(learned([row for row in rows if row.pair != name]), some)
        for chance, row in sorted(zip(sure, some, strict=True), key=lambda it: -it[0]):
            if chance > 0.2:
                said = " | ".join(quote[:90] for quote in row.quotes)
                print(f"{chance:.2f} {'pair' if row.one else 'none'} {name[:40]}: {said}")
    weights = learned(rows)
    print(json.dumps(weights))
    if "--write" in arguments:
        text = LEXICON.read_text(encoding="utf-8")
        head = text[: text.index("[weights]")]
        LEXICON.write_text(head + "[weights]\n" + "".join(f"{k} = {v}\n" for k, v in weights.items()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
