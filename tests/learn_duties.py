"""Learns from tasks judged by reading how a link of the child answers a task, and writes ``lexicon/answering.toml``.

``python -m tests.learn_duties [--write] TEXTS... -- JUDGED.json...``: folders of texts, then files of pairs
``{"child", "parent", "duties": [{"parent_char_start", "parent_char_end", "child_char_start", "child_char_end",
"verdict", "accept"}]}``.  Prints how the verdicts stand when each pair is told by what the others taught.

The weights are those of a logistic regression held near those that 1,042 tasks taught before, which are lost
(``tests/golden/judged/before.toml``), found by steps of Newton with numpy.  Where a rule tells what an answer leaves
out, "covered" becomes "partly": what is learned need not know it.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import doichieu
from doichieu.comparison.duties import beside
from doichieu.comparison.duties import stage as duties
from doichieu.comparison.duties.answering import MEASURES, OF_ALL, OF_TASK, Chances, nearness
from doichieu.comparison.duties.links import Link, tasks_of
from doichieu.lexicon import load
from doichieu.model import Document
from doichieu.resolve import resolve

OF_LINK = (*MEASURES, *OF_ALL)
VERDICTS = ("covered", "partly", "missing")
#: How strongly weights are held near those learned before: of the nearest link, of the verdict, of what always counts.
HELD_NEAREST, HELD_VERDICT, HELD_ALWAYS = 20.0, 30.0, 10.0
BEFORE = Path(__file__).parent / "golden" / "judged" / "before.toml"
#: A little is added to each curve, so that it bends where chances are sure.
BENT = 1e-6
LEXICON = Path(doichieu.__file__).parent / "lexicon" / "answering.toml"


class Judged(NamedTuple):
    """A task with the links laid beside it: which a reader chose, which verdicts a reader accepts."""

    pair: str
    measured: np.ndarray
    chosen: np.ndarray
    of_task: np.ndarray
    accepted: np.ndarray
    duty: dict[str, Any]
    side: beside.Child
    number: int


def judged(pair: dict[str, Any], child: Document, parent: Document) -> list[Judged]:
    """The judged tasks of a pair that have anything laid beside them."""
    tasks = tasks_of(parent)
    side = beside.Child(child, parent, tasks)
    out = []
    for duty in pair["duties"]:
        start, end = duty["parent_char_start"], duty["parent_char_end"]
        number = max(range(len(tasks)), key=lambda i: (min(tasks[i].end, end) - max(tasks[i].start, start), -i))
        laid, together, _ = side.laid(number)
        if not laid:
            continue
        first, last = duty["child_char_start"], duty["child_char_end"]
        links = [side.links[one.number] for one in laid]
        chosen = [first is not None and link.start < last and first < link.end for link in links]
        accepted = [v == duty["verdict"] or v in duty["accept"] for v in VERDICTS]
        if told_by_rule(side, tasks[number], number):
            accepted[0] = accepted[1]
        measured = np.array([one.measured for one in laid])
        out.append(
            Judged(
                f"{pair['child']} {pair['parent']}",
                measured,
                np.array(chosen, float),
                np.array(together),
                np.array(accepted, float),
                duty,
                side,
                number,
            )
        )
    return out


def told_by_rule(side: beside.Child, task: Link, number: int) -> bool:
    """Whether a rule tells that the link nearest to a task leaves something of it out."""
    laid, _, held = side.laid(number)
    best = max(laid, key=lambda one: (nearness(one.measured), -one.number))
    sure = Chances(1.0, 0.0, 0.0)
    chosen = beside.Chosen(best.number, sure, tuple(one.number for one in laid if one is not best), held)
    missed, other = side.missed(number, task, chosen, "covered")
    answer = beside.Answer(side.links[best.number], sure, held, missed, other)
    return bool(missed or other or duties.weaker(side, task, answer))


def before() -> tuple[np.ndarray, np.ndarray]:
    """The weights learned before, of the nearest link and of the verdicts."""
    data = tomllib.loads(BEFORE.read_text(encoding="utf-8"))
    names = (*OF_LINK, *OF_TASK, "always")
    nearest = np.array([data["nearest"].get(name, 0.0) for name in OF_LINK])
    return nearest, np.array([[data[verdict].get(name, 0.0) for verdict in VERDICTS] for name in names])


def told(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Chances from weights."""
    z = values @ weights
    z = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(z / z.sum(axis=-1, keepdims=True))


#: So often a fit is bettered at most, and by so little it is at its end; a step is halved so often at most.
STEPS, LITTLE, HALVED = 200, 1e-8, 40

#: Weights to what they cost, the slope of it, and the curve of its convex part.
Cost = Callable[[np.ndarray], tuple[float, np.ndarray, np.ndarray]]


def least_cost(cost: Cost, size: int) -> np.ndarray:
    """What to add to weights so that they cost least: steps of Newton from nothing, each halved until it costs less."""
    weights = np.zeros(size)
    now, slope, curve = cost(weights)
    for _ in range(STEPS):
        step = np.linalg.solve(curve + BENT * np.eye(size), slope)
        share = next((0.5**n for n in range(HALVED) if cost(weights - 0.5**n * step)[0] < now), 0.0)
        before, weights = now, weights - share * step
        now, slope, curve = cost(weights)
        if before - now < LITTLE:
            break
    return weights


def learn_nearest(tasks: Sequence[Judged], known: np.ndarray) -> np.ndarray:
    """The weights by which the link that a reader chose comes first, near those known."""
    some = [t for t in tasks if t.chosen.any()]
    held = HELD_NEAREST * np.eye(len(OF_LINK))

    def cost(w: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        total, slope, curve = float(w @ held @ w) / 2, held @ w, held.copy()
        for t in some:
            p = told(known + w, t.measured)
            right = p * t.chosen
            total -= float(np.log(right.sum()))
            slope = slope + t.measured.T @ (p - right / right.sum())
            off = t.measured - p @ t.measured
            curve += (off.T * p) @ off
        return total, slope, curve

    return np.asarray(known + least_cost(cost, len(OF_LINK)))


def row(task: Judged, nearest: np.ndarray) -> np.ndarray:
    """What is measured of the link that answers a task, of the task, and 1."""
    return np.concatenate([task.measured[int(np.argmax(task.measured @ nearest))], task.of_task, [1.0]])


def learn_verdicts(rows: np.ndarray, accepted: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The weights by which an accepted verdict is likely, one column for each verdict, near those known."""
    some = accepted.any(axis=1)
    rows, accepted = rows[some], accepted[some]
    shape = (rows.shape[1], len(VERDICTS))
    held = np.full(shape, HELD_VERDICT)
    held[-1] = HELD_ALWAYS

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        w = flat.reshape(shape)
        p = told(known + w, rows)
        right = p * accepted
        whole = right.sum(axis=1, keepdims=True)
        total = float(-np.log(whole).sum() + (held * w * w).sum() / 2)
        slope = (rows.T @ (p - right / whole) + held * w).ravel()
        own = -p[:, :, None] * p[:, None, :] + np.eye(len(VERDICTS)) * p[:, :, None]
        curve = np.einsum("na,nvw,nb->avbw", rows, own, rows, optimize=True).reshape(w.size, w.size)
        return total, slope, curve + np.diag(held.ravel())

    return np.asarray(known + least_cost(cost, rows.shape[1] * len(VERDICTS)).reshape(shape))


def learn(tasks: Sequence[Judged]) -> tuple[np.ndarray, np.ndarray]:
    of_link, of_verdict = before()
    nearest = learn_nearest(tasks, of_link)
    rows = np.array([row(t, nearest) for t in tasks])
    return nearest, learn_verdicts(rows, np.array([t.accepted for t in tasks]), of_verdict)


def as_data(nearest: np.ndarray, verdicts: np.ndarray, least: dict[str, float]) -> dict[str, dict[str, float]]:
    """What is learned in the shape of the lexicon."""
    data = {"nearest": {name: round(float(w), 3) for name, w in zip(OF_LINK, nearest, strict=True)}}
    for column, verdict in enumerate(VERDICTS):
        names = (*OF_LINK, *OF_TASK, "always")
        data[verdict] = {n: round(float(w), 3) for n, w in zip(names, verdicts[:, column], strict=True)}
    return data | {"least": least}


def written(data: dict[str, dict[str, float]], head: str) -> str:
    lines = [head.rstrip()]
    for name, values in data.items():
        lines += ["", f"[{name}]", *(f"{key} = {value}" for key, value in values.items())]
    return "\n".join(lines) + "\n"


def use(data: dict[str, dict[str, float]]) -> None:
    """Lets the code see what is learned."""
    from doichieu.comparison.duties import answering

    known = load("answering")
    known.clear()
    known.update(data)
    answering._nearest.cache_clear()
    answering._verdicts.cache_clear()


class Tally:
    """How verdicts stand beside those that readers accept."""

    def __init__(self) -> None:
        self.said: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.clauses = [0, 0]

    def add(self, pair: dict[str, Any], rows: Sequence[Any]) -> None:
        for duty in pair["duties"]:
            start, end = duty["parent_char_start"], duty["parent_char_end"]
            one = max(rows, key=lambda r: min(r.parent_char_end, end) - max(r.parent_char_start, start))
            self.said[one.verdict] += 1
            self.right[one.verdict] += one.verdict == duty["verdict"] or one.verdict in duty["accept"]
            if duty["child_char_start"] is not None and one.child_char_start is not None:
                self.clauses[1] += 1
                self.clauses[0] += (
                    one.child_char_start < duty["child_char_end"] and duty["child_char_start"] < one.child_char_end
                )

    def __str__(self) -> str:
        whole = sum(self.said.values()) or 1
        by = ", ".join(f"{v} {self.right[v]}/{n} = {self.right[v] / n:.2f}" for v, n in sorted(self.said.items()))
        a, b = self.clauses
        return (
            f"{whole} tasks: accepted {sum(self.right.values()) / whole:.3f}; {by}; clause {a}/{b} = {a / (b or 1):.2f}"
        )


def found(stem: str, folders: Iterable[Path]) -> Path:
    return next(path for folder in folders if (path := folder / f"{stem}.txt").exists())


def read(folders: Sequence[Path], files: Sequence[Path]) -> tuple[list[dict[str, Any]], dict[str, Document]]:
    pairs = [pair | {"file": str(file)} for file in files for pair in json.loads(file.read_text(encoding="utf-8"))]
    stems = sorted({stem for pair in pairs for stem in (pair["child"], pair["parent"])})
    documents = resolve([doichieu.extract(found(stem, folders)) for stem in stems])
    return pairs, {document.document_id: document for document in documents}


def left_out(
    pairs: Sequence[dict[str, Any]], documents: dict[str, Document], tasks: Sequence[Judged], least: dict[str, float]
) -> dict[str, Tally]:
    """How each pair is told by what the others taught, by file and in all."""
    out: dict[str, Tally] = {}
    for pair in pairs:
        name = f"{pair['child']} {pair['parent']}"
        use(as_data(*learn([t for t in tasks if t.pair != name]), least))
        rows = duties.compare_duties(documents[pair["child"]], documents[pair["parent"]])
        for tally in (out.setdefault(pair["file"], Tally()), out.setdefault("all", Tally())):
            tally.add(pair, rows)
    return out


def taught(task: Judged) -> bool:
    """Whether a task teaches: not where a rule decides before what is learned is asked."""
    return not any(word in task.duty["accept"] or word == task.duty["verdict"] for word in ("not_addressed",)) or bool(
        task.duty["accept"]
    )


def main(arguments: Sequence[str], show: Callable[[str], None] = print) -> None:
    split = list(arguments).index("--")
    folders = [Path(a) for a in arguments[:split] if not a.startswith("--")]
    pairs, documents = read(folders, [Path(a) for a in arguments[split + 1 :]])
    tasks = [t for p in pairs for t in judged(p, documents[p["child"]], documents[p["parent"]]) if taught(t)]
    least = dict(load("answering")["least"])
    head = LEXICON.read_text(encoding="utf-8").split("\n[", 1)[0]
    for name, tally in left_out(pairs, documents, tasks, least).items():
        show(f"{name}: {tally}")
    data = as_data(*learn(tasks), least)
    if "--write" in arguments:
        LEXICON.write_text(written(data, head), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
