"""Shapes of the lexicons of documents as such: kinds, issuers, layout, repairs, places, what amends them."""

from __future__ import annotations

from doichieu.lexicon.shapes.entry import Entry, Words


class AmendmentsVerb(Entry):
    """An entry of ``[[verb]]`` in ``amendments.toml``; its head says what each key means."""

    id: str
    words: Words
    examples: Words
    not_examples: Words


class AmendmentsFile(Entry):
    """``amendments.toml``."""

    announces: Words
    correcting: Words
    column_old: Words
    column_new: Words
    verb: list[AmendmentsVerb]


class SuccessorsBody(Entry):
    """An entry of ``[[body]]`` in ``successors.toml``; its head says what each key means."""

    body: Words
    to: Words
    on: str
    source: str
    examples: Words
    not_examples: Words


class SuccessorsEnded(Entry):
    """``[ended]`` in ``successors.toml``."""

    on: str
    areas: Words


class SuccessorsFile(Entry):
    """``successors.toml``."""

    body: list[SuccessorsBody]
    ended: SuccessorsEnded


class HeadingsZone(Entry):
    """An entry of ``[[zone]]`` in ``headings.toml``; its head says what each key means."""

    zone: str
    pattern: str
    examples: Words = []
    not_examples: Words = []


class HeadingsFile(Entry):
    """``headings.toml``."""

    zone: list[HeadingsZone]


class IssuersSymbol(Entry):
    """An entry of ``[[symbol]]`` in ``issuers.toml``; its head says what each key means."""

    symbol: str
    name: str


class IssuersProper(Entry):
    """An entry of ``[[proper]]`` in ``issuers.toml``; its head says what each key means."""

    words: Words


class IssuersFile(Entry):
    """``issuers.toml``."""

    casing: Words
    comma_names: Words
    lower: Words
    heads: str
    offices: Words
    waiting: Words
    surnames: Words
    symbol: list[IssuersSymbol]
    proper: list[IssuersProper]


class KindsKind(Entry):
    """An entry of ``[[kind]]`` in ``kinds.toml``; its head says what each key means."""

    id: str
    label: str
    label_en: str
    names: Words
    symbols: Words
    headed: Words = []


class KindsFile(Entry):
    """``kinds.toml``."""

    kind: list[KindsKind]


class LayoutFile(Entry):
    """``layout.toml``."""

    hyphenated: Words
    leads_on: Words
    no_titles: Words
    signature_pattern: str
    signing_cell_pattern: str
    no_heading_pattern: str
    arrival_pattern: str
    copy_pattern: str
    closing_pattern: str
    adopted_pattern: str
    appendix_pattern: str
    role_labels: Words


class ProblemsFile(Entry):
    """``problems.toml``."""

    order: Words


class NatureSign(Entry):
    """An entry of ``[[sign]]`` in ``nature.toml``; its head says what each key means."""

    id: str
    says: str
    weight: int
    pattern: str
    examples: Words
    not_examples: Words


class NatureFile(Entry):
    """``nature.toml``."""

    formulas: Words
    sign: list[NatureSign]


class OpinionHeadsHead(Entry):
    """An entry of ``[[head]]`` in ``opinion_heads.toml``; its head says what each key means."""

    code: str
    name: str
    guidance: str
    left: Words
    right: Words
    foot_left: Words
    foot_right: Words


class OpinionHeadsFile(Entry):
    """``opinion_heads.toml``."""

    head: list[OpinionHeadsHead]


class PortalsLabel(Entry):
    """An entry of ``[[label]]`` in ``portals.toml``; its head says what each key means."""

    field: str
    names: Words


class PortalsFile(Entry):
    """``portals.toml``."""

    few: int
    near: int
    label: list[PortalsLabel]
    tail: dict[str, Words]


class ProvincesProvince(Entry):
    """An entry of ``[[province]]`` in ``provinces.toml``; its head says what each key means."""

    name: str
    level: str
    spellings: dict[str, str] = {}
    joined: Words = []


class ProvincesFile(Entry):
    """``provinces.toml``."""

    province: list[ProvincesProvince]


class RepairsRepair(Entry):
    """An entry of ``[[repair]]`` in ``repairs.toml``; its head says what each key means."""

    id: str
    pattern: str
    after: str
    examples: Words = []
    not_examples: Words = []


class RepairsFile(Entry):
    """``repairs.toml``."""

    repair: list[RepairsRepair]
