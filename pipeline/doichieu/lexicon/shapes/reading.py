"""Shapes of the lexicons of what is read out of a clause: figures, dates, bodies, roles, tasks."""

from __future__ import annotations

from doichieu.lexicon.shapes.entry import Entry, Words
from doichieu.model import Role


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


class NamedWordsEntry(Entry):
    """An entry of ``[[words]]`` in ``named_words.toml``; its head says what each key means."""

    name: str
    words: Words
    examples: Words
    not_examples: Words
    not_before: Words = []


class NamedWordsFile(Entry):
    """``named_words.toml``."""

    words: list[NamedWordsEntry]


class ComparatorsFile(Entry):
    """``comparators.toml``."""

    before: list[ComparatorsBefore]
    after: list[ComparatorsAfter]


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


class PopulationsFile(Entry):
    """``populations.toml``."""

    neutral: Words
    fillers: Words
    exclusive: list[list[Words]]
    addressed: list[Words]
    organisations: list[Words]
    people: Words
    person_ends: Words
    person_heads: Words
    not_people: Words
    whom: Words
    regions: Words
    not_regions: Words
    administrative: Words
    ranked: Words


class PredicatesFile(Entry):
    """``predicates.toml``."""

    starters: Words
    not_starters: Words
    compounds: Words
    pairs: Words
    noun_makers: Words
    bounded_acts: Words
    owners_acts: Words
    holdings: Words
    keepers_acts: Words
    people_do: Words
    doers: Words
    sectors: Words
    abilities: Words
    in_no_name: Words
    bare_places: Words
    no_heads: Words
    places: Words
    relative: Words
    relative_verbs: Words
    anywhere: Words
    closers: Words
    narrowing: Words
    striving: Words
    creators: Words
    acts: Words
    timely: Words
    abstract: Words
    events: Words
    scope: Words


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
    doer: dict[str, Words]
    listed: dict[str, Words]


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
    further: Words
    of_a_kind: Words
    neutral: Words
    light: Words
    adverbs: Words
    prefixes: Words
    name_words: Words
    stops: Words
    not_after: dict[str, Words]
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
