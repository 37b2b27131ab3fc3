"""What stands at the head of a report on a document, and what a target states, by name."""

from __future__ import annotations

from collections.abc import Mapping

from doichieu.model import Document, Target
from doichieu.naming import day_words
from doichieu.report.cases import sentence_case
from doichieu.report.clean import shown
from doichieu.report.phrases import document_name, due, measure, scope
from doichieu.report.records import Card, Fact
from doichieu.report.words import words


def target_facts(target: Target, lang: str) -> dict[str, str]:
    """What a target states, by name: measure, deadline, population, scope, commitment; nothing for what it does not."""
    text = words(lang)["text"]
    facts = {
        text["measure"]: measure(target, lang),
        text["deadline"]: due(target, lang),
        text["scope"]: scope(target),
        text["commitment"]: shown(target.modality),
    }
    return {key: value for key, value in facts.items() if value}


def card_of(document: Document | None, fallback: str, lang: str) -> Card:
    """The header facts of a document; of one that is only quoted, its name."""
    if document is None:
        return Card(name=fallback)
    text = words(lang)["text"]
    info = document.info
    facts = [
        (text["number"], _number(document, text)),
        (text["date"], day_words(info.issued_on)),
        (text["issuer"], info.issuer),
        (text["signer"], info.signer),
        (text["implements"], ", ".join(info.implements)),
    ]
    return Card(
        document.document_id,
        document_name(document, lang),
        sentence_case(shown(info.title)),
        tuple(Fact(key, shown(value)) for key, value in facts if value),
    )


def _number(document: Document, text: Mapping[str, str]) -> str:
    """The number of a document; one that only other documents name says so."""
    number = document.info.number
    if number and document.info.number_source == "cited_by":
        return text["number_cited"].format(number=number)
    return number or text["no_number"]
