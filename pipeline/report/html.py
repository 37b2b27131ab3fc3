"""The HTML reports: what the template shows is gathered here, the template only lays it out."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.model import Assignment, Comparison, Deviation, Document, Duty, Target
from pipeline.report.labels import DUTIES, KINDS, ROLES, SEVERITIES, SIGNS, TEXT
from pipeline.report.store import templates_folder
from pipeline.report.worddiff import pieces, shown
from pipeline.text import fold, strip_accents
from pipeline.wording import KIND_NAMES, document_name, legal_path, quantity_words

if TYPE_CHECKING:
    from jinja2 import Environment

_ORDER = {"high": 0, "medium": 1, "low": 2, "info": 3}
_BIDI = dict.fromkeys([0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F])


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(templates_folder()), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters["safe_text"] = safe_text
    env.filters["legal"] = legal_path
    env.filters["day"] = day
    return env


def render(template: str, **values: Any) -> str:
    """One template with its values; for pages that other modules gather."""
    return _environment().get_template(template).render(**values)


def safe_text(text: str) -> str:
    """Text without direction overrides and control characters; escaping is the template engine's work."""
    return "".join(c for c in text.translate(_BIDI) if c >= " " or c in "\n\t")


def day(iso: str) -> str:
    """An ISO date as Vietnamese offices write it.

    >>> day("2025-12-31")
    '31/12/2025'
    """
    parts = iso.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else iso


def _searchable(*texts: str) -> str:
    return safe_text(strip_accents(fold(" ".join(texts))))


def _finding(deviation: Deviation, position: int, comparison: Comparison, decisions: dict[str, Any], lang: str) -> dict[str, Any]:
    left, right = pieces(shown(deviation.child_quote), shown(deviation.parent_quote))
    if not deviation.child_quote or not deviation.parent_quote:
        left = [(text, False) for text, _ in left]
        right = [(text, False) for text, _ in right]
    decision = decisions.get(deviation.deviation_id, {})
    section = (deviation.child_clause_path or deviation.parent_clause_path).split("/")[0]
    child = {t.target_id: t for t in comparison.child.targets}
    parent = {t.target_id: t for t in comparison.parent.targets} if comparison.parent else {}
    return {
        "id": deviation.deviation_id, "severity": deviation.severity, "sign": SIGNS[deviation.severity],
        "severity_name": SEVERITIES[lang][deviation.severity], "kinds": [(k, KINDS[lang][k]) for k in deviation.kinds],
        "left": [(safe_text(t), d) for t, d in left], "right": [(safe_text(t), d) for t, d in right],
        "child_path": legal_path(deviation.child_clause_path), "parent_path": legal_path(deviation.parent_clause_path),
        "proof": safe_text(deviation.proof), "explanation": safe_text(deviation.explanation), "reason": deviation.severity_reason,
        "declared": deviation.declared, "justification": safe_text(shown(deviation.justification)),
        "confidence": "" if deviation.confidence is None else f"{deviation.confidence:.0%}", "section": section, "position": position,
        "order": _ORDER[deviation.severity], "child_target": deviation.child_target_id, "parent_target": deviation.parent_target_id,
        "child_anchor": child[deviation.child_target_id].clause_id if deviation.child_target_id in child else "",
        "parent_anchor": parent[deviation.parent_target_id].clause_id if deviation.parent_target_id in parent else "",
        "search": _searchable(deviation.child_quote, deviation.parent_quote, deviation.explanation, deviation.subject),
        "decision": decision.get("decision", ""), "note": safe_text(str(decision.get("note", ""))),
        "stale": bool(decision) and decision.get("fingerprint", "") not in ("", fingerprint(deviation)),
        "fingerprint": fingerprint(deviation), "subject": safe_text(deviation.subject),
        "agencies": _bodies(
            [(comparison.child, child.get(deviation.child_target_id)), (comparison.parent, parent.get(deviation.parent_target_id))]
        ),
    }  # fmt: skip


def _bodies(sides: list[tuple[Document | None, Target | None]]) -> list[str]:
    """The bodies that have to do with a finding: those charged in the clauses of its targets, and lead agencies of tables."""
    found: set[str] = set()
    for document, target in sides:
        if document is not None and target is not None:
            found |= {a.agency for a in document.assignments if a.clause_path == target.clause_path}
            found |= {target.lead_agency} - {""}
    return sorted(safe_text(shown(name)) for name in found)


def fingerprint(deviation: Deviation) -> str:
    """What a decision was made on: if it changes, the decision must be looked at again."""
    import hashlib

    content = "|".join([*deviation.kinds, deviation.proof, fold(deviation.child_quote), fold(deviation.parent_quote)])
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _facts(document: Document | None) -> dict[str, str]:
    if document is None:
        return {"name": "", "number": "", "date": "", "issuer": "", "title": ""}
    info = document.info
    return {
        "name": document_name(document), "number": info.number, "date": day(info.issued_on), "issuer": info.issuer,
        "title": safe_text(info.title), "kind": KIND_NAMES.get(info.kind, ""), "place": info.place, "signer": info.signer,
    }  # fmt: skip


def _sentence(found: list[Deviation], parent: Document | None, lang: str) -> str:
    """The verdict in one sentence."""
    count = Counter(k for d in found for k in d.kinds if not d.covered_by or d.parent_target_id)
    high = sum(1 for d in found if d.severity == "high")
    if lang == "en":
        return f"{len(found)} findings, {high} serious: {count['looser']} looser, {count['omitted']} omitted, {count['deadline_later']} later; {count['stricter']} stricter, {count['equal']} equal, {count['added']} added."
    lead = f"Có {high} điểm nghiêm trọng cần xem trước" if high else "Không có điểm nghiêm trọng"
    return (
        f"{lead}: {count['looser']} chỉ tiêu thấp hơn, {count['omitted']} bỏ sót, {count['deadline_later']} muộn hơn. "
        f"Ngoài ra {count['stricter']} cao hơn, {count['scope_narrower'] + count['scope_broader']} khác phạm vi, {count['equal']} giữ đúng, {count['added']} bổ sung."
    )


def _bars(found: list[Deviation], lang: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    kinds = Counter(k for d in found for k in d.kinds)
    severities: Counter[str] = Counter(d.severity for d in found)
    top = max([*kinds.values(), 1])
    return (
        [{"key": s, "name": SEVERITIES[lang][s], "count": severities[s], "sign": SIGNS[s]} for s in _ORDER if severities[s]],
        [{"key": k, "name": KINDS[lang][k], "count": kinds[k], "width": round(100 * kinds[k] / top)} for k in KINDS[lang] if kinds[k]],
    )


def _text(document: Document, links: dict[str, list[str]], side: str) -> list[dict[str, Any]]:
    """The full text by clauses, with the findings that point at each."""
    depth: dict[str, int] = {}
    out = []
    for clause in document.clauses:
        depth[clause.clause_id] = depth.get(clause.parent_id, -1) + 1
        if clause.leaf:
            wording = " ".join(document.source.text[p.start : p.end] for p in clause.pieces)
            out.append(
                {
                    "id": f"{side}-{clause.clause_id}", "text": safe_text(shown(wording)), "kind": clause.kind,
                    "depth": min(depth[clause.clause_id], 6), "findings": links.get(clause.clause_id, []),
                }
            )  # fmt: skip
    return out


def _timeline(comparison: Comparison) -> list[dict[str, Any]]:
    """The targets of both sides by their last day."""
    dates: dict[str, list[int]] = {}
    for side, document in enumerate((comparison.child, comparison.parent)):
        for target in document.targets if document else ():
            if target.deadline and not target.same_as:
                dates.setdefault(target.deadline, [0, 0])[side] += 1
    top = max([max(v) for v in dates.values()], default=1)
    return [
        {"date": day(d), "child": v[0], "parent": v[1], "child_width": round(100 * v[0] / top), "parent_width": round(100 * v[1] / top)}
        for d, v in sorted(dates.items())
    ]


def role_matrix(assignments: tuple[Assignment, ...], lang: str) -> dict[str, Any]:
    """Bodies by roles with the number of tasks; bodies with most tasks first."""
    count: dict[str, Counter[str]] = {}
    for assignment in assignments:
        count.setdefault(assignment.agency, Counter())[assignment.role] += 1
    roles = [r for r in ROLES[lang] if any(c[r] for c in count.values())]
    rows = sorted(count.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:60]
    return {
        "roles": [ROLES[lang][r] for r in roles],
        "rows": [{"agency": safe_text(a), "counts": [c[r] or "" for r in roles], "total": sum(c.values())} for a, c in rows],
    }


def _duties(duties: tuple[Duty, ...], lang: str) -> list[dict[str, Any]]:
    return [
        {
            "verdict": d.verdict, "verdict_name": DUTIES[lang].get(d.verdict, d.verdict), "agency": safe_text(d.parent_agency),
            "role": ROLES[lang].get(d.parent_role, d.parent_role), "task": safe_text(shown(d.parent_task))[:400], "path": legal_path(d.parent_clause_path),
            "answer": safe_text("; ".join(dict.fromkeys(f"{a} – {ROLES[lang].get(r, r)}" for a, r in zip(d.child_agencies, d.child_roles, strict=False)))),
            "answer_path": "; ".join(legal_path(p) for p in d.child_clause_paths), "explanation": safe_text(d.explanation),
        }
        for d in duties
    ]  # fmt: skip


def comparison_page(comparison: Comparison, *, decisions: dict[str, Any], lang: str = "vi") -> str:
    """The page of one comparison as one self-contained HTML text."""
    found = list(comparison.deviations)
    cards = [_finding(d, i, comparison, decisions, lang) for i, d in enumerate(found)]
    cards.sort(key=lambda c: (c["order"], c["position"]))
    severities, kinds = _bars(found, lang)
    child_links: dict[str, list[str]] = {}
    parent_links: dict[str, list[str]] = {}
    for card in cards:
        if card["child_anchor"]:
            child_links.setdefault(card["child_anchor"], []).append(card["id"])
        if card["parent_anchor"]:
            parent_links.setdefault(card["parent_anchor"], []).append(card["id"])
    answered = len({d.parent_target_id for d in found if d.parent_target_id and "omitted" not in d.kinds})
    asked = len({d.parent_target_id for d in found if d.parent_target_id})
    duties = Counter(d.verdict for d in comparison.duties)
    return _environment().get_template("report.html.j2").render(
        lang=lang, t=TEXT[lang], child=_facts(comparison.child), parent=_facts(comparison.parent),
        parent_name=document_name(comparison.parent) if comparison.parent else (found[0].parent_document if found else ""),
        sentence=_sentence(found, comparison.parent, lang), severities=severities, kinds=kinds, cards=cards,
        sections=sorted({c["section"] for c in cards if c["section"]}), subjects=sorted({c["subject"] for c in cards if c["subject"]}),
        agencies=sorted({name for c in cards for name in c["agencies"]}), answered=answered, asked=asked,
        duty_counts=[(DUTIES[lang][k], duties[k], k) for k in ("covered", "partly", "missing") if duties[k]],
        duties=_duties(comparison.duties, lang), timeline=_timeline(comparison),
        roles=role_matrix(comparison.child.assignments, lang), child_text=_text(comparison.child, child_links, "c"),
        parent_text=_text(comparison.parent, parent_links, "p") if comparison.parent else [],
        key=f"{comparison.child.document_id}__{comparison.parent.document_id if comparison.parent else 'quoted'}",
        bindings=[safe_text(b.explanation) for b in comparison.bindings if b.conflict],
    )  # fmt: skip


def _target_row(target: Target) -> dict[str, str]:
    return {
        "path": legal_path(target.clause_path), "subject": safe_text(target.subject), "scope": safe_text("; ".join(target.scope)),
        "indicator": safe_text(target.indicator), "value": quantity_words(target), "deadline": day(target.deadline), "quote": safe_text(shown(target.quote)),
        "modality": target.modality, "anchor": f"c-{target.clause_id}", "search": _searchable(target.quote, target.subject, target.indicator),
    }  # fmt: skip


def document_page(document: Document, *, lang: str = "vi") -> str:
    """The page of one document: targets, tasks by body, calendar, problems, outline, full text."""
    tasks: dict[str, list[dict[str, str]]] = {}
    for a in document.assignments:
        tasks.setdefault(a.agency, []).append(
            {"role": ROLES[lang].get(a.role, a.role), "task": safe_text(shown(a.task))[:500], "deadline": day(a.deadline) or a.deadline_text, "path": legal_path(a.clause_path), "anchor": f"c-{a.clause_id}"}
        )
    calendar = sorted((d for d in document.deadlines if d.date or d.recurrence), key=lambda d: (d.date or "9999", d.char_start))
    return _environment().get_template("document.html.j2").render(
        lang=lang, t=TEXT[lang], doc=_facts(document), name=document_name(document), targets=[_target_row(t) for t in document.targets if not t.same_as],
        tasks=sorted(tasks.items(), key=lambda kv: (-len(kv[1]), kv[0])), roles=role_matrix(document.assignments, lang),
        calendar=[{"date": day(d.date), "kind": d.kind, "quote": safe_text(shown(d.quote)), "recurrence": d.recurrence, "anchor": f"c-{d.clause_id}"} for d in calendar],
        problems=[{"severity": SEVERITIES[lang][p.severity], "level": p.severity, "message": safe_text(p.message), "quote": safe_text(shown(p.quote))[:200], "anchor": f"c-{p.clause_id}"} for p in document.problems if p.code != "ocr_repair"],
        outline=[{"heading": safe_text(shown(c.heading)), "anchor": f"c-{c.clause_id}", "depth": min(len(c.path), 5)} for c in document.clauses if not c.leaf and c.heading and c.kind in ("section", "item", "appendix") and len(c.heading) < 200],
        text=_text(document, {}, "c"),
    )  # fmt: skip
