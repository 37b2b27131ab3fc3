"""Shapes of the lexicons of our own sentences: reports, opinions, the office."""

from __future__ import annotations

from doichieu.lexicon.shapes.entry import Entry


class AmendingWordsFile(Entry):
    """``amending_vi.toml`` and ``amending_en.toml``."""

    text: dict[str, str]
    statuses: dict[str, str]
    reasons: dict[str, str]
    actions: dict[str, str]
    verdicts: dict[str, str]
    findings: dict[str, str]
    roles: dict[str, str]


class OpinionEnWord(Entry):
    """An entry of ``[[word]]`` in ``opinion_en.toml``; its head says what each key means."""

    vi: str
    en: str


class OpinionEnFile(Entry):
    """``opinion_en.toml``."""

    word: list[OpinionEnWord]


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
