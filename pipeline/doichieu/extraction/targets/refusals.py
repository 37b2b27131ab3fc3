"""What a figure may be instead of a promise, asked in order.

Each rule is a small function with its own example, in the file of its kind.
"""

from __future__ import annotations

from collections.abc import Callable

from doichieu.extraction.targets import accounts, norms, qualifiers
from doichieu.extraction.targets.cases import Case, Verdict

REFUSALS: tuple[tuple[Verdict, Callable[[Case], bool]], ...] = (
    ("account", accounts.account),
    ("account", accounts.goes_on_telling),
    ("account", accounts.another_says),
    ("account", accounts.told_of_this_year),
    ("account", accounts.goes_on_counting),
    ("account", accounts.in_account),
    ("account", accounts.gone_by),
    ("", qualifiers.among),
    ("norm", norms.owned),
    ("account", accounts.guess),
    ("account", accounts.example),
    ("norm", norms.condition),
    ("account", accounts.another_asks),
    ("account", accounts.because),
    ("account", accounts.in_a_title),
    ("account", accounts.after_a_cut),
    ("account", accounts.compared_with),
    ("account", accounts.stands_against),
    ("", qualifiers.upon),
    ("norm", norms.rate),
    ("norm", norms.allowance),
    ("norm", norms.goes_on_setting),
    ("norm", norms.grant),
    ("norm", norms.given_for_each),
    ("norm", norms.relieved),
    ("norm", norms.budget),
    ("norm", norms.share_of_money),
    ("norm", norms.of_a_class),
    ("norm", norms.rewarded),
    ("norm", norms.barred),
    ("norm", norms.befell),
    ("norm", norms.scored),
    ("norm", norms.leads_to),
    ("norm", norms.kind_of_thing),
    ("norm", norms.quorum),
    ("norm", norms.weighted),
    ("norm", norms.made_of),
    ("norm", norms.points_for),
    ("norm", norms.who_pays),
    ("norm", norms.cap),
    ("norm", norms.cap_of_money),
    ("", qualifiers.announces),
    ("", qualifiers.size_of_class),
    ("", qualifiers.of_some_size),
    ("", qualifiers.which_ones),
    ("", qualifiers.had_by_some),
    ("", qualifiers.had_by_each),
    ("", qualifiers.none_below),
    ("norm", qualifiers.who_gets),
    ("norm", qualifiers.class_size),
    ("norm", qualifiers.worth),
    ("", qualifiers.per_one),
    ("", qualifiers.named),
    ("norm", norms.below_a_rule),
    ("norm", norms.copies),
    ("norm", norms.choice),
    ("norm", norms.article),
    ("account", accounts.describes),
)
