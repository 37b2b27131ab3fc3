"""The HTML reports: one self-contained page each, laid out by the templates from the views."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from doichieu.model import SEVERITY_ORDER, Comparison
from doichieu.report.packed import BEGIN, END, FIRST, MANY, packed
from doichieu.report.panels import COVERAGE, coverage, duty_strip, full_text, matrix, moves, timeline
from doichieu.report.remaking import remaking
from doichieu.report.templates import compiled_templates, quick_templates, templates_folder
from doichieu.report.words import SIGNS, page_words, words

if TYPE_CHECKING:
    from jinja2 import Environment

    from doichieu.report.pages import Pages
    from doichieu.report.records import ComparisonView


#: What a reviewer sets right in a target, and the words for it.
_MENDED_FIELDS = (("subject", "subject"), ("value", "measure"), ("deadline", "deadline"))
_SCRIPT_TEXTS = (
    "was",
    "was_child",
    "was_parent",
    "note",
    "marked_by",
    "loaded_other",
    "child_short",
    "parent_short",
    "mend_with",
    "mend_pair",
    "mend_unpair",
    "mend_set",
    "mend_undo",
    "mend_later",
    "mend_number",
    "mended_pair",
    "mended_unpair",
    "mended_correct",
    "copy",
    "copied",
    "declared",
    "contradicted",
    "not_there",
    "none_short",
    "group_size",
    "coverage_targets",
    "before",
    "remade_note",
    "remade_pair",
    "remade_omitted",
    "remade_added",
    "remade_unsure",
)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    class Page(Environment):
        template_class = quick_templates()

    environment = Page(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=compiled_templates(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False}  # the order of kinds and groups is theirs
    return environment


def css_string(text: str) -> str:
    """A text as the inside of a CSS string: everything but letters of the language and figures is written as its code
    point.

    >>> css_string('a"b')
    'a\\\\22 b'
    """
    return "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)


def render(template: str, lang: str, page_title: str, **values: Any) -> str:
    """One template with its values and the words of ``lang``."""
    from markupsafe import Markup

    shared = {
        "lang": lang,
        "t": page_words(lang),
        "names": words(lang)["kinds"],
        "signs": SIGNS,
        "marks": words(lang)["decisions"],
        "page_title": page_title,
    }
    return (
        _environment().get_template(template).render(**shared, running_title=Markup(css_string(page_title)), **values)
    )


def _counts(
    view: ComparisonView, can_change: bool
) -> tuple[list[tuple[str, str, int]], list[tuple[str, str, int, list[tuple[str, float]]]]]:
    """Counts by severity, and by kind with the share of each severity for a bar as long as its part of the longest;
    kinds that no finding has stand among them where mends can bring them in."""
    severities = Counter(f.severity for f in view.findings)
    kinds: dict[str, Counter[str]] = {}
    for finding in view.findings:
        for kind in finding.kinds:
            kinds.setdefault(kind, Counter())[finding.severity] += 1
    most = max((sum(c.values()) for c in kinds.values()), default=1)
    names = words(view.lang)
    bars = [
        (
            kind,
            title,
            kinds.get(kind, Counter[str]()).total(),
            [(s, round(100 * kinds[kind][s] / most, 1)) for s in SEVERITY_ORDER if kind in kinds and kinds[kind][s]],
        )
        for kind, title in names["kinds"].items()
        if kind in kinds or can_change
    ]
    bars.sort(
        key=lambda bar: (min((SEVERITY_ORDER[s] for s, _ in bar[3]), default=len(SEVERITY_ORDER)), -bar[2])
    )  # what must be looked at first stands first
    return [(s, names["severities"][s], severities[s]) for s in SEVERITY_ORDER], bars


def _mending(view: ComparisonView, names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """What the page needs to show mends and to make new ones."""
    import msgspec

    return {
        "mends": [msgspec.to_builtins(d.mended) for d in view.mends],
        "left": [d.mended for d in view.mends if not d.applied and not d.mended.off],
        "mended_words": {kind: names["text"][f"mended_{kind}"] for kind in ("pair", "unpair", "correct")},
        "choices": {"c": msgspec.to_builtins(view.child_choices), "p": msgspec.to_builtins(view.parent_choices)},
    }


def comparison_page(
    view: ComparisonView, comparison: Comparison, *, reviewer: str = "", pages: Pages | None = None
) -> str:
    """The page of one comparison as one self-contained HTML text; needs no network and no other file.  ``reviewer`` is
    who marks, where that is known, ``pages`` the printed pages of the findings."""
    import msgspec
    from markupsafe import Markup

    lang = view.lang
    names = words(lang)
    live = remaking(view, comparison)
    severities, kinds = _counts(view, live is not None)
    marks: dict[str, dict[str, list[tuple[str, str, str]]]] = {"child": {}, "parent": {}}
    for finding in view.findings:
        for side, target_id in (("child", finding.child.target_id), ("parent", finding.parent.target_id)):
            if target_id:
                marks[side].setdefault(target_id, []).append((finding.id, str(finding.number), finding.severity))
    strips = coverage(view)
    duties = duty_strip(view)
    page = render(
        "report.html.j2",
        lang,
        f"{names['text']['title']}: {view.child.name} – {view.parent.name}",
        view=view,
        reviewer=reviewer,
        shots=pages.shots if pages else (),
        printed=pages.places if pages else {},
        has_parent=comparison.parent is not None,
        severities=severities,
        kinds=kinds,
        subjects=[(s, s) for s in view.subjects],
        agencies=[(a, a) for a in view.agencies],
        strips=strips,
        answered=strips[0].total - sum(n for key, _, n in strips[0].parts if key == "omitted") if strips else 0,
        asked=strips[0].total if strips else 0,
        coverage_legend=[(key, names["coverage"][key]) for key in COVERAGE],
        duty_strip=duties,
        group_names=names["groups"],
        group_sizes=Counter(f.group for f in view.findings),
        duty_answered=sum(n for key, _, n in duties.parts if key == "covered") if duties else 0,
        duty_legend=list(names["duties"].items()),
        moments=timeline(comparison),
        moves=moves(view),
        child_roles=matrix(comparison.child.assignments, lang),
        parent_roles=matrix(comparison.parent.assignments if comparison.parent else (), lang),
        child_text=full_text(comparison.child, marks["child"]),
        parent_text=full_text(comparison.parent, marks["parent"]) if comparison.parent else [],
        decision_names={"": names["text"]["note"], **names["decisions"]},
        reviews={f.id: msgspec.to_builtins(f.review.decision) for f in view.findings if f.review.state},
        live=live,
        **_mending(view, names),
        script_words={
            "fields": {key: names["text"][text] for key, text in _MENDED_FIELDS},
            "kinds": names["kinds"],
            "decisions": names["decisions"],
            "marks": list(names["decisions"]),
            "only_upper": names["proof"]["only_upper"],
            "only_lower": names["proof"]["only_lower"],
            **{key: names["text"][key] for key in _SCRIPT_TEXTS},
        },
        whole=FIRST if len(view.findings) > MANY else len(view.findings),
        marks_of_packing=(Markup(BEGIN), Markup(END)),
    )
    return packed(page)
