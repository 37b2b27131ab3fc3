"""The page of results against a plan."""

from __future__ import annotations

from doichieu.lexicon import load
from doichieu.report.html import render
from doichieu.report.reported.view import VERDICTS, View


def page(view: View) -> str:
    """One row a target and report, filtered by verdict; self-contained."""
    words = load(f"amending_{view.lang}")
    return render(
        "progress.html.j2",
        view.lang,
        f"{words['text']['progress_title']}: {view.plan}",
        w=words["text"],
        view=view,
        verdicts=[(verdict, words["verdicts"][verdict]) for verdict in VERDICTS],
    )
