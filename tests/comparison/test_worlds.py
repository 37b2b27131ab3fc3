"""Entailment is sound: no small world keeps the child's targets and breaks a parent's that is told to be kept.

A world is a handful of households, each with what the populations of the sentences tell apart and with the year in
which each outcome was reached.  Sentences are drawn at random, read and compared as any text; where the findings on
the parent's target say that it is kept, a world that breaks it is looked for, and where they say ``looser`` one must
be there.
"""

from __future__ import annotations

import random
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doichieu import extract_text
from doichieu.comparison.compare import compare_all_targets
from tests.comparison.test_sentences import CHILD, PARENT

KEPT = {"equal", "stricter", "deadline_earlier", "implied"}


class Household(NamedTuple):
    """One household: how poor, where, and the year in which each outcome was reached (9999: never)."""

    means: str
    place: str
    reached: tuple[int, int]


#: The populations of the sentences, each with what it holds of a household.
POPULATIONS = {
    "hộ": lambda h: True,
    "hộ nghèo": lambda h: h.means == "nghèo",
    "hộ cận nghèo": lambda h: h.means == "cận nghèo",
    "hộ nghèo, hộ cận nghèo": lambda h: h.means in ("nghèo", "cận nghèo"),
    "hộ đô thị": lambda h: h.place == "đô thị",
    "hộ nông thôn": lambda h: h.place == "nông thôn",
    "hộ nghèo ở nông thôn": lambda h: h.means == "nghèo" and h.place == "nông thôn",
}
OUTCOMES = ("có máy lọc nước", "được tặng bò giống")


class Sentence(NamedTuple):
    """``Đến năm 2028, 80% hộ nghèo có máy lọc nước.``, or with a number: ``… ít nhất 3 hộ nghèo …``."""

    population: str
    outcome: int
    operator: str
    figure: int
    year: int
    counted: bool = False

    def __str__(self) -> str:
        figure = f"{self.operator} {self.figure}{'' if self.counted else '%'}".strip()
        return f"- Đến năm {self.year}, {figure} {self.population} {OUTCOMES[self.outcome]}."

    def holds(self, world: list[Household]) -> bool:
        group = [h for h in world if POPULATIONS[self.population](h)]
        reached = sum(h.reached[self.outcome] <= self.year for h in group)
        if self.counted:
            return reached > self.figure if self.operator == "trên" else reached >= self.figure
        if not group:
            return True
        share = 100 * reached / len(group)
        return share > self.figure if self.operator == "trên" else share >= self.figure


shares = st.builds(
    Sentence,
    st.sampled_from(sorted(POPULATIONS)),
    st.just(0) | st.integers(0, 1),
    st.sampled_from(["", "", "trên", "tối thiểu"]),
    st.sampled_from([50, 80, 100]),
    st.sampled_from([2027, 2030]),
).filter(lambda s: not (s.operator == "trên" and s.figure == 100))
counts = st.builds(
    Sentence,
    st.sampled_from(["hộ", "hộ nghèo", "hộ cận nghèo", "hộ nghèo, hộ cận nghèo"]),
    st.just(0),
    st.sampled_from(["trên", "ít nhất", "ít nhất"]),
    st.sampled_from([1, 2, 3, 4, 5]),
    st.sampled_from([2027, 2030]),
    st.just(True),
)


def worlds(rng: random.Random, number: int) -> list[list[Household]]:
    """Small worlds at random, the years of success drawn so that whole groups often fail together."""
    out = []
    for _ in range(number):
        size = rng.randint(1, 10)
        odds = {(m, p): rng.choice([0.0, 0.3, 0.5, 0.8, 1.0]) for m in ("nghèo", "cận nghèo", "khá") for p in (0, 1)}
        world = []
        for _ in range(size):
            means, place = rng.choice(["nghèo", "cận nghèo", "khá"]), rng.randint(0, 1)
            years = tuple(
                rng.choice([2026, 2027, 2029, 2030]) if rng.random() < odds[means, place] else 9999 for _ in OUTCOMES
            )
            world.append(Household(means, ("đô thị", "nông thôn")[place], years))
        out.append(world)
    return out


WORLDS = worlds(random.Random(7), 6000)


def broken(child: list[Sentence], parent: Sentence) -> list[Household] | None:
    """A world that keeps what the child promises and breaks what the parent asks."""
    for world in WORLDS:
        if not parent.holds(world) and all(one.holds(world) for one in child):
            return world
    return None


def kinds_of(child: list[Sentence], parent: Sentence) -> set[str]:
    """What the comparison says of the parent's one target."""
    own = extract_text(CHILD.format(body="\n\n".join(map(str, child))), document_id="con")
    other = extract_text(PARENT.format(body=str(parent)), document_id="cha")
    return {kind for d in compare_all_targets(own, other) if d.parent_target_id for kind in d.kinds}


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(shares | counts, min_size=1, max_size=3, unique=True), shares)
def test_what_is_told_to_be_kept_cannot_be_broken(child: list[Sentence], parent: Sentence) -> None:
    kinds = kinds_of(child, parent)
    if kinds and kinds <= KEPT:
        assert broken(child, parent) is None, f"{[str(s) for s in child]} ⊬ {parent}: {kinds}"


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(counts, min_size=1, max_size=3, unique=True), counts)
def test_counts_that_are_told_to_be_kept_cannot_be_broken(child: list[Sentence], parent: Sentence) -> None:
    kinds = kinds_of(child, parent)
    if kinds and kinds <= KEPT:
        assert broken(child, parent) is None, f"{[str(s) for s in child]} ⊬ {parent}: {kinds}"


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(counts, counts)
def test_counts_that_are_told_to_be_looser_can_be_broken(child: Sentence, parent: Sentence) -> None:
    if "looser" in kinds_of([child], parent):
        assert broken([child], parent) is not None, f"{child} ⊢ {parent}"


@pytest.mark.parametrize(("parts", "kept"), [((2, 3), True), ((2, 2), False), ((4, 1), True), ((1, 3), False)])
def test_counts_of_parts_that_exclude_each_other_add_up(parts: tuple[int, int], kept: bool) -> None:
    groups = ("hộ nghèo", "hộ cận nghèo")
    child = [Sentence(group, 0, "ít nhất", n, 2030, counted=True) for group, n in zip(groups, parts, strict=True)]
    parent = Sentence("hộ", 0, "ít nhất", 5, 2030, counted=True)
    assert kinds_of(child, parent) == ({"implied"} if kept else {"looser"})
    assert (broken(child, parent) is None) is kept


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(shares, shares)
def test_what_is_told_to_be_looser_can_be_broken(child: Sentence, parent: Sentence) -> None:
    if "looser" in kinds_of([child], parent):
        assert broken([child], parent) is not None, f"{child} ⊢ {parent}"


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        (["100% hộ"], "80% hộ nghèo"),
        (["80% hộ đô thị", "80% hộ nông thôn"], "80% hộ"),
        (["100% hộ nghèo", "100% hộ cận nghèo"], "100% hộ nghèo, hộ cận nghèo"),
        (["80% hộ nghèo", "80% hộ cận nghèo"], "50% hộ nghèo, hộ cận nghèo"),
    ],
)
def test_what_follows_is_found(child: list[str], parent: str) -> None:
    def sentence(text: str) -> Sentence:
        share, population = text.split("% ")
        return Sentence(population, 0, "", int(share), 2030)

    own, asked = [sentence(text) for text in child], sentence(parent)
    assert broken(own, asked) is None
    assert kinds_of(own, asked) & {"implied", "scope_broader"}
