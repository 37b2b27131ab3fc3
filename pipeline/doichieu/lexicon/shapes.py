"""What may stand in each lexicon: the keys of its tables and the types of their values.

:func:`doichieu.lexicon.load` checks every file against its shape, an office's own file too, so that a misspelt key is
named with its file and entry before any document is read.
"""

from __future__ import annotations

from msgspec import Struct

from doichieu.model import Applicability, Kind, Role, Severity

Words = list[str]


class Entry(Struct, forbid_unknown_fields=True, kw_only=True):
    """A table of a lexicon; a key that is not declared is a mistake."""


class AgenciesDomain(Entry):
    """An entry of ``[[domain]]`` in ``agencies.toml``; its head says what each key means."""

    name: str
    forms: Words = []
    heads: Words = []


class AgenciesAgency(Entry):
    """An entry of ``[[agency]]`` in ``agencies.toml``; its head says what each key means."""

    name: str
    kind: str
    level: str = ""
    forms: Words = []
    tail: Words | str = []
    needs_tail: bool = False
    examples: Words = []
    not_examples: Words = []
    any_case: bool = False


class AgenciesFile(Entry):
    """``agencies.toml``."""

    domain: list[AgenciesDomain]
    agency: list[AgenciesAgency]
    open: dict[str, Words]
    not_agency: dict[str, Words]
    collective: dict[str, Words]


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


class AmendingWordsFile(Entry):
    """``amending_vi.toml`` and ``amending_en.toml``."""

    text: dict[str, str]
    statuses: dict[str, str]
    reasons: dict[str, str]
    actions: dict[str, str]
    verdicts: dict[str, str]
    findings: dict[str, str]
    roles: dict[str, str]


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


class ComparatorsBefore(Entry):
    """An entry of ``[[before]]`` in ``comparators.toml``; its head says what each key means."""

    operator: str
    words: Words
    examples: Words = []
    not_examples: Words = []


class ComparatorsAfter(Entry):
    """An entry of ``[[after]]`` in ``comparators.toml``; its head says what each key means."""

    operator: str
    words: Words
    examples: Words = []


class FamiliesFamily(Entry):
    """An entry of ``[[family]]`` in ``families.toml``; its head says what each key means."""

    name: str
    words: Words
    examples: Words
    not_examples: Words
    not_before: Words = []
    not_after: Words = []


class FamiliesFile(Entry):
    """``families.toml``."""

    family: list[FamiliesFamily]


class ComparatorsFile(Entry):
    """``comparators.toml``."""

    before: list[ComparatorsBefore]
    after: list[ComparatorsAfter]


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
    levels: Words
    counterpart: list[CounterpartsCounterpart]
    merged: list[CounterpartsMerged]


class TaskWordsFile(Entry):
    """``task_words.toml``."""

    manner: Words
    alike: list[Words]


class AnsweringFile(Entry):
    """``answering.toml``."""

    nearest: dict[str, float]
    covered: dict[str, float]
    partly: dict[str, float]
    missing: dict[str, float]
    least: dict[str, float]


class DatesPrefix(Entry):
    """An entry of ``[[prefix]]`` in ``dates.toml``; its head says what each key means."""

    id: str
    kind: str
    operator: str
    pattern: str
    examples: Words = []
    not_examples: Words = []


class DatesFile(Entry):
    """``dates.toml``."""

    not_recurring: Words
    not_ongoing: Words
    paid: Words
    held: Words
    time_labels: Words
    prefix: list[DatesPrefix]


class EquivalentsEquivalent(Entry):
    """An entry of ``[[equivalent]]`` in ``equivalents.toml``; its head says what each key means."""

    means: str
    forms: Words


class EquivalentsFile(Entry):
    """``equivalents.toml``."""

    equivalent: list[EquivalentsEquivalent]


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


class ModalityModality(Entry):
    """An entry of ``[[modality]]`` in ``modality.toml``; its head says what each key means."""

    value: str
    words: Words
    strength: int
    leads: bool = False
    not_examples: Words = []


class ModalityFile(Entry):
    """``modality.toml``."""

    modality: list[ModalityModality]


class OpinionEnWord(Entry):
    """An entry of ``[[word]]`` in ``opinion_en.toml``; its head says what each key means."""

    vi: str
    en: str


class OpinionEnFile(Entry):
    """``opinion_en.toml``."""

    word: list[OpinionEnWord]


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


class PopulationsFile(Entry):
    """``populations.toml``."""

    neutral: Words
    fillers: Words
    exclusive: list[list[Words]]
    people: Words
    person_ends: Words
    person_heads: Words
    not_people: Words
    whom: Words
    regions: Words
    not_regions: Words
    administrative: Words
    ranked: Words


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


class PredicatesFile(Entry):
    """``predicates.toml``."""

    starters: Words
    not_starters: Words
    compounds: Words
    noun_makers: Words
    owners_acts: Words
    doers: Words
    sectors: Words
    abilities: Words
    bare_places: Words
    places: Words
    relative: Words
    relative_verbs: Words
    anywhere: Words
    closers: Words
    narrowing: Words
    striving: Words
    creators: Words
    acts: Words
    abstract: Words
    events: Words
    scope: Words


class ProvincesProvince(Entry):
    """An entry of ``[[province]]`` in ``provinces.toml``; its head says what each key means."""

    name: str
    level: str
    spellings: dict[str, str] = {}
    joined: Words = []


class ProvincesFile(Entry):
    """``provinces.toml``."""

    province: list[ProvincesProvince]


class RelationsRelation(Entry):
    """An entry of ``[[relation]]`` in ``relations.toml``; its head says what each key means."""

    id: str
    pattern: str
    examples: Words = []
    not_examples: Words = []


class RelationsWords(Entry):
    """``[well_known]`` and ``[plain_words]`` in ``relations.toml``; what each is says the comment below its head."""

    words: Words


class RelationsFile(Entry):
    """``relations.toml``."""

    well_known: RelationsWords
    plain_words: RelationsWords
    relation: list[RelationsRelation]
    openers: dict[str, Words]
    title_stops: dict[str, Words]
    alias: dict[str, str | Words]


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


class OfficeFile(Entry):
    """``office_vi.toml``, ``office_en.toml``."""

    text: dict[str, str]
    roles: dict[str, str]
    states: dict[str, str]
    events: dict[str, str]
    review: dict[str, str]
    tables: dict[str, str]


class ReportViFile(Entry):
    """``report_vi.toml``."""

    kinds: dict[str, str]
    severities: dict[str, str]
    roles: dict[str, str]
    duties: dict[str, str]
    deadlines: dict[str, str]
    decisions: dict[str, str]
    old_decisions: dict[str, str]
    every: dict[str, str]
    groups: dict[str, str]
    sentence: dict[str, str]
    counted: dict[str, str]
    proof: dict[str, str]
    coverage: dict[str, str]
    text: dict[str, str]


class RolesLabel(Entry):
    """An entry of ``[[label]]`` in ``roles.toml``; its head says what each key means."""

    pattern: str
    role: str
    examples: Words = []
    not_examples: Words = []


class RolesColumn(Entry):
    """An entry of ``[[column]]`` in ``roles.toml``; its head says what each key means."""

    pattern: str
    role: str
    examples: Words = []
    not_examples: Words = []


class RolesVerb(Entry):
    """An entry of ``[[verb]]`` in ``roles.toml``; its head says what each key means."""

    role: Role
    words: Words


class RolesFile(Entry):
    """``roles.toml``."""

    label: list[RolesLabel]
    column: list[RolesColumn]
    verb: list[RolesVerb]
    chapter: dict[str, str]
    lead_in: dict[str, Words]
    heading: dict[str, Words]
    cell: dict[str, Words]
    nominal: dict[str, str | Words]
    statement: dict[str, Words]
    partner: dict[str, Words]
    listed: dict[str, Words]


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


class TablesHead(Entry):
    """An entry of ``[[head]]`` in ``tables.toml``; its head says what each key means."""

    name: str
    pattern: str
    examples: Words = []
    not_examples: Words = []


class TablesFile(Entry):
    """``tables.toml``."""

    head: list[TablesHead]


class TaskVerbsFile(Entry):
    """``task_verbs.toml``."""

    plain: Words
    neutral: Words
    light: Words
    adverbs: Words
    prefixes: Words
    name_words: Words
    stops: Words
    not_before: dict[str, Words]


class UnitsFile(Entry):
    """``units.toml``."""

    units: Words
    measures: Words
    durations: Words
    ages: Words
    money: Words
    not_counted: Words
    pure: Words


#: The shape of every lexicon, by the name of its file.
class TermsWider(Entry):
    """An entry of ``[[wider]]`` in ``terms.toml``; its head says what each key means."""

    term: str
    parts: Words
    examples: Words = []
    not_examples: Words = []


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

    wider: list[TermsWider]
    apart: list[TermsApart]
    shared: list[TermsShared]
    ages: dict[str, list[float]]
    by_unit: dict[str, Words]
    shifters: Words
    welded: Words
    frames: Words
    verbs: Words
    alike: list[Words]
    either: list[Words]
    aims: Words
    short_of: Words
    things: Words
    provides: Words
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


SHAPES: dict[str, type[Entry]] = {
    "amendments": AmendmentsFile,
    "successors": SuccessorsFile,
    "amending_vi": AmendingWordsFile,
    "amending_en": AmendingWordsFile,
    "applicability": ApplicabilityFile,
    "agencies": AgenciesFile,
    "answering": AnsweringFile,
    "comparators": ComparatorsFile,
    "counterparts": CounterpartsFile,
    "dates": DatesFile,
    "equivalents": EquivalentsFile,
    "families": FamiliesFile,
    "headings": HeadingsFile,
    "issuers": IssuersFile,
    "kinds": KindsFile,
    "layout": LayoutFile,
    "problems": ProblemsFile,
    "modality": ModalityFile,
    "nature": NatureFile,
    "opinion_en": OpinionEnFile,
    "opinion_heads": OpinionHeadsFile,
    "populations": PopulationsFile,
    "portals": PortalsFile,
    "predicates": PredicatesFile,
    "provinces": ProvincesFile,
    "relations": RelationsFile,
    "repairs": RepairsFile,
    "report_vi": ReportViFile,
    "roles": RolesFile,
    "scales": ScalesFile,
    "standards": StandardsFile,
    "terms": TermsFile,
    "severity": SeverityFile,
    "tables": TablesFile,
    "task_verbs": TaskVerbsFile,
    "task_words": TaskWordsFile,
    "units": UnitsFile,
    "report_en": ReportViFile,
    "office_vi": OfficeFile,
    "office_en": OfficeFile,
}
