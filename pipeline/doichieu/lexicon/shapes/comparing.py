"""Shapes of the lexicons of the comparison: who is whose counterpart, what is the same, how grave it is."""

from __future__ import annotations

from doichieu.lexicon.shapes.entry import Entry, Words
from doichieu.model import Applicability, Kind, Severity


class ApplicabilityLevel(Entry):
    """An entry of ``[[level]]`` in ``applicability.toml``; its head says what each key means."""

    level: str
    words: Words
    starts: Words
    symbols: Words
    examples: Words
    not_examples: Words


class ApplicabilityNation(Entry):
    """An entry of ``[[nation]]`` in ``applicability.toml``; its head says what each key means."""

    why: str
    pattern: str
    examples: Words
    not_examples: Words
    sum: bool = False


class ApplicabilityCentral(Entry):
    """An entry of ``[[central]]`` in ``applicability.toml``; its head says what each key means."""

    why: str
    pattern: str
    examples: Words
    not_examples: Words


class ApplicabilitySelect(Entry):
    """An entry of ``[[select]]`` in ``applicability.toml``; its head says what each key means."""

    pattern: str
    examples: Words
    not_examples: Words


class ApplicabilityRegion(Entry):
    """An entry of ``[[region]]`` in ``applicability.toml``; its head says what each key means."""

    names: Words
    provinces: Words


class ApplicabilityFile(Entry):
    """``applicability.toml``."""

    head: Words
    localities: Words
    level: list[ApplicabilityLevel]
    nation: list[ApplicabilityNation]
    central: list[ApplicabilityCentral]
    select: list[ApplicabilitySelect]
    region: list[ApplicabilityRegion]


class CounterpartsCounterpart(Entry):
    """An entry of ``[[counterpart]]`` in ``counterparts.toml``; its head says what each key means."""

    stem: str
    forms: Words


class CounterpartsMerged(Entry):
    """An entry of ``[[merged]]`` in ``counterparts.toml``; its head says what each key means."""

    forms: Words
    fields: Words
    examples: Words = []
    not_examples: Words = []


class CounterpartsFile(Entry):
    """``counterparts.toml``."""

    frame: Words
    receivers: Words
    tails: Words
    verbs: list[Words]
    general: Words
    leaders: Words
    levels: Words
    everywhere: Words
    counterpart: list[CounterpartsCounterpart]
    merged: list[CounterpartsMerged]


class TaskWordsFile(Entry):
    """``task_words.toml``."""

    manner: Words
    compounds: Words
    alike: list[Words]


class TaskKinFile(Entry):
    """``task_kin.toml``."""

    openings: Words
    deeds: list[Words]
    things: list[Words]


class AnsweringFile(Entry):
    """``answering.toml``."""

    nearest: dict[str, float]
    covered: dict[str, float]
    partly: dict[str, float]
    missing: dict[str, float]
    least: dict[str, float]


class ResidueFile(Entry):
    """``residue.toml``."""

    weights: dict[str, float]
    least: float


class EquivalentsEquivalent(Entry):
    """An entry of ``[[equivalent]]`` in ``equivalents.toml``; its head says what each key means."""

    means: str
    forms: Words
    examples: Words = []
    not_examples: Words = []


class EquivalentsFile(Entry):
    """``equivalents.toml``."""

    equivalent: list[EquivalentsEquivalent]
    spellings: dict[str, str] = {}


class ScalesScale(Entry):
    """An entry of ``[[scale]]`` in ``scales.toml``; its head says what each key means."""

    id: str
    indicator: str
    grades: list[Words]
    cues: Words
    examples: Words = []
    not_examples: Words = []


class ScalesFile(Entry):
    """``scales.toml``."""

    scale: list[ScalesScale]


class SeverityRule(Entry):
    """An entry of ``[[rule]]`` in ``severity.toml``; its head says what each key means."""

    kinds: list[Kind]
    declared: str
    severity: Severity
    reason: str
    parts: bool | None = None
    edge: bool | None = None
    applicability: list[Applicability] = []
    instead: bool = False


class SeverityFile(Entry):
    """``severity.toml``."""

    rule: list[SeverityRule]


class PartsWider(Entry):
    """An entry of ``[[wider]]`` in ``parts.toml``; its head says what each key means."""

    term: str
    parts: Words = []
    also: Words = []
    examples: Words = []
    not_examples: Words = []


class PartsFile(Entry):
    """``parts.toml``."""

    wider: list[PartsWider]


class TermsApart(Entry):
    """An entry of ``[[apart]]`` in ``terms.toml``; its head says what each key means."""

    groups: list[Words]
    whole: Words = []
    examples: list[Words] = []
    not_examples: list[Words] = []


class TermsShared(Entry):
    """An entry of ``[[shared]]`` in ``terms.toml``; its head says what each key means."""

    head: str
    forms: Words
    kinds: Words
    examples: Words = []
    not_examples: Words = []


class TermsFile(Entry):
    """``terms.toml``."""

    apart: list[TermsApart]
    shared: list[TermsShared]
    ages: dict[str, list[float]]
    by_unit: dict[str, Words]
    shifters: Words
    done_away: Words
    ceases: Words
    welded: Words
    frames: Words
    verbs: Words
    alike: list[Words]
    either: list[Words]
    aims: Words
    conditions: Words
    short_of: Words
    numbered: list[list[str]]
    called: Words
    higher_ranks: Words
    workers: Words
    not_workers: Words
    premises: Words
    of_kinds: Words
    helps: list[str]
    things: Words
    provides: Words
    by_age: Words
    officials: Words
    urges: Words
    said_anyway: list[Words]
    idle: Words


class StandardsWords(Entry):
    """An entry of ``[[words]]`` in ``standards.toml``; its head says what each key means."""

    id: str
    steps: list[Words]
    examples: Words = []
    not_examples: Words = []


class StandardsFigures(Entry):
    """An entry of ``[[figures]]`` in ``standards.toml``; its head says what each key means."""

    id: str
    pattern: str
    better: str
    unit: str
    factors: dict[str, float] = {}
    examples: Words = []
    not_examples: Words = []


class StandardsCounted(Entry):
    """``[counted]`` in ``standards.toml``; its head says what each key means."""

    nouns: Words
    examples: Words = []
    not_examples: Words = []


class StandardsFile(Entry):
    """``standards.toml``."""

    words: list[StandardsWords]
    figures: list[StandardsFigures]
    counted: StandardsCounted
    times: dict[str, int]


class SynonymsSynonym(Entry):
    """An entry of ``[[synonym]]`` in ``synonyms.toml``; its head says what each key means."""

    words: Words
    examples: list[Words]
    not_examples: list[Words]


class SynonymsFile(Entry):
    """``synonyms.toml``."""

    synonym: list[SynonymsSynonym]


class DeedsDeed(Entry):
    """An entry of ``[[deed]]`` in ``deeds.toml``; its head says what each key means."""

    words: Words
    examples: list[Words]
    not_examples: list[Words]
    beside: Words = []


class DeedsFile(Entry):
    """``deeds.toml``."""

    deed: list[DeedsDeed]
