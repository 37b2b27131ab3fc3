"""Where the templates are."""

from __future__ import annotations

from pathlib import Path


def templates_folder() -> Path:
    """The folder of the templates: ``templates/`` of a checkout, or the copy inside the installed package."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "_templates", here.parent / "templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("templates")
