"""Whom a measure is about: a table of small rules over the two sides of the target clause, first that answers.

Each rule is one construction of the language and has an example in its docstring; a rule that does not know its
construction returns nothing.  :func:`describe` is the only door.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from doichieu.extraction.targets.breakdowns import (
    but_for,
    class_below_label,
    class_of_it,
    part_of_label,
    part_of_whole,
    region_of_it,
    same_again,
)
from doichieu.extraction.targets.continued import (
    as_share,
    brought_to,
    especially_there,
    further_deed,
    has_so_many,
    held_elsewhere,
    more_done,
    next_deed,
    of_one_sex,
    of_the_herd,
    on_other_area,
    other_place,
)
from doichieu.extraction.targets.corrections import corrected
from doichieu.extraction.targets.counts import (
    body_does,
    brought_about,
    counted_measure,
    each_has,
    how_often,
    labelled_count,
    money_of,
    of_a_size,
    people_have,
)
from doichieu.extraction.targets.holders import raised_by, saved_by
from doichieu.extraction.targets.kinds import for_kind
from doichieu.extraction.targets.measured import measured
from doichieu.extraction.targets.measures import Group
from doichieu.extraction.targets.parts import clean
from doichieu.extraction.targets.phrases import brackets, narrowed_anywhere, read_population, without_term
from doichieu.extraction.targets.ranked import grade_alone, rank
from doichieu.extraction.targets.rates import for_so_many
from doichieu.extraction.targets.relative_clauses import PERSON
from doichieu.extraction.targets.said_before import (
    apart_by_people,
    apart_place,
    bare_region,
    counted_of_each,
    counted_together,
    done_again,
    done_so_often,
    drawn_from,
    growth_of_it,
    measured_again,
    of_a_level,
    of_those,
    other_age,
    other_sex,
    part_of_it,
    same_done,
    so_old,
)
from doichieu.extraction.targets.shares import (
    among,
    chained,
    found_at,
    given_to,
    numbers_of_a_cause,
    set_aside,
    share_before,
    share_of_time,
    share_out_of,
    share_within,
    time_of_deeds,
    which_number,
    work_done,
)
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.extraction.targets.taken_time import takes_time
from doichieu.lexicon.families import LEVEL
from doichieu.model import Target
from doichieu.text import fold
from doichieu.text.memory import remembered

Rule = Callable[[Sides], Said | None]


_OVER_WHAT = re.compile(r"[/,;.()]|\s(?:trên|trong|cho|và|trở)\s", re.IGNORECASE)
_WHOLE_PLACE = re.compile(rf"(?:trên )?(?:toàn|cả) (?:{LEVEL}|quốc|nước|vùng|miền)", re.IGNORECASE)
_UP_END = re.compile(r"\s+(?:trở lên|trở xuống)\Z")


def named_by_its_unit(c: Sides) -> Said | None:
    """``Đạt 12 bác sĩ/vạn dân``, ``Cả nước đạt 19 bác sĩ trên 10.000 dân``: the rate names itself, a place is where."""
    quantity = c.group.figure
    if quantity.kind == "rate" and for_so_many(c.rest):
        whole = read_population(clean(c.text[quantity.figure_end : c.group.end]))
        return Said(whole.subject, clean(f"{clean(c.rest)} {whole.predicate}"), whole.scope)  # "cứ 10 hộ có 1 camera"
    whole_place = _WHOLE_PLACE.fullmatch(c.reached) is not None
    if quantity.kind != "rate" or (c.reached and not whole_place) or quantity.unit.startswith("/"):
        return None
    if c.label and quantity.unit.startswith(("người/", "lượt/")):
        return Said("", quantity.unit.replace("/", " trên "))  # "Bác sĩ: 10 người/10.000 dân"
    behind = _OVER_WHAT.split(c.text[quantity.figure_end : c.group.end], maxsplit=1)[0]
    thing = clean(behind) if fold(behind).startswith(fold(quantity.unit.split("/")[0])) else quantity.unit.split("/")[0]
    return Said(_UP_END.sub("", thing), quantity.unit.replace("/", " trên "), (c.reached,) if whole_place else ())


RULES: tuple[Rule, ...] = (
    grade_alone,
    rank,
    takes_time,
    counted_of_each,
    of_a_level,
    counted_together,
    of_those,
    drawn_from,
    same_again,
    held_elsewhere,
    has_so_many,
    next_deed,
    more_done,
    on_other_area,
    of_one_sex,
    brought_to,
    as_share,
    of_the_herd,
    but_for,
    especially_there,
    part_of_whole,
    other_place,
    further_deed,
    part_of_it,
    class_below_label,
    part_of_label,
    region_of_it,
    class_of_it,
    bare_region,
    done_again,
    done_so_often,
    same_done,
    other_age,
    other_sex,
    so_old,
    apart_by_people,
    apart_place,
    how_often,
    labelled_count,
    each_has,
    of_a_size,
    body_does,
    people_have,
    money_of,
    raised_by,
    counted_measure,
    brought_about,
    named_by_its_unit,
    measured_again,
    among,
    found_at,
    saved_by,
    work_done,
    share_within,
    set_aside,
    given_to,
    numbers_of_a_cause,
    which_number,
    share_out_of,
    chained,
    time_of_deeds,
    share_of_time,
    share_before,
    growth_of_it,
    measured,
)


#: What an emphasis puts in brackets narrows nothing: "…, nhất là dự án 3 (nhà ga)".
_EMPHASIS = re.compile(r"(?<!\w)(?:nhất là|đặc biệt là|trước hết là)(?!\w)", re.IGNORECASE)


_OF_SUCH_AN_AGE = re.compile(r"là (?:người |cán bộ |công chức |nữ )*(?:trẻ )?(?:dưới|từ|trên) \d+ tuổi")


def _age_of_others(piece: str, said: Said) -> bool:
    """Whether an age belongs to people in the predicate: ``100% xã đạt chuẩn phổ cập cho trẻ em 5 tuổi``."""
    if said.subject and piece not in said.subject and _OF_SUCH_AN_AGE.match(said.indicator) is not None:
        return True  # "30% lãnh đạo phòng là người dưới 40 tuổi": the age is what is to be so
    if not piece.endswith("tuổi") or not said.subject or PERSON.match(said.subject.lower()) is not None:
        return False
    whose = re.search(rf"(?<!\w)(?:cho|đối với|với)\s[^,;]*{re.escape(piece)}", said.indicator)
    return whose is not None and piece not in said.subject


@cache
def rules_for(kind: str) -> tuple[Rule, ...]:
    """The rules that read measures of a kind."""
    return for_kind(RULES, kind)


def _holds_the_figure(bracket: str, sides: Sides) -> bool:
    """Whether a bracket says how much and so narrows nothing: ``cho cán bộ xã (tối thiểu 400 lượt người)``."""
    upto = max(sides.group.figure.figure_start, 0)
    begin = sides.text.rfind("(", sides.start, upto)
    return begin > sides.text.rfind(")", sides.start, upto) and sides.text[begin + 1 :].lstrip().startswith(bracket)


def describe(sides: Sides) -> Said:
    """Population, indicator and narrowing of a measure from its own wording: the first rule that knows it."""
    rules = rules_for(sides.kind)
    said = corrected(sides, next((found for rule in rules if (found := rule(sides)) is not None), Said()))
    wording = sides.text[sides.start : sides.group.end]
    quantity = sides.group.figure
    if quantity.unit == "tuổi":  # the figure itself narrows nothing
        wording = f"{sides.text[sides.start : quantity.start]} {sides.text[quantity.end : sides.group.end]}"
    plain = _EMPHASIS.split(wording, maxsplit=1)[0] if " là" in wording.lower() else wording
    scope = [*said.scope, sides.place, *(b for b in brackets(plain) if not _holds_the_figure(b, sides))]
    if sides.held_for and fold(sides.held_for.partition("đối với")[2]) not in fold(" ".join((said.subject, *scope))):
        scope.append(sides.held_for)
    scope += [piece for piece in narrowed_anywhere(wording) if not _age_of_others(piece, said)]
    kept = tuple(dict.fromkeys(clean(s) for s in scope if clean(s)))
    return said._replace(indicator=without_term(said.indicator), scope=kept)


def _describe_alone(text: str, group: Group, label: str, previous_group: Group | None, inner: str) -> Said:
    return describe(Sides(text, text.lower(), group, label, None, previous_group, inner=inner))


_alone = remembered(_describe_alone)


def described(
    text: str,
    group: Group,
    label: str,
    previous: Target | None,
    previous_group: Group | None,
    *,
    whole: Target | None = None,
    inner: str = "",
) -> Said:
    """:func:`describe` of a measure; where no target of its sentence stands before it, its line alone decides, and
    lines are repeated from document to document."""
    if previous is None and whole is None:
        return _alone(text, group, label, previous_group, inner)
    return describe(Sides(text, text.lower(), group, label, previous, previous_group, whole=whole, inner=inner))
