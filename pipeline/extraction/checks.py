"""What a careful reader would notice; filled below with the document's own contradictions."""

from __future__ import annotations

from pipeline.analysis import Analysis


def stage(analysis: Analysis) -> None:
    """Add problem rows for what does not fit together in one document."""
