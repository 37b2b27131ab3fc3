"""The console as it is: in ASCII, closed, full, or read by a program that has gone; it never costs the work."""

from __future__ import annotations

import contextlib
import os
import sys


def prepare() -> None:
    """Make standard output and error take every letter, and be there."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed before the program began
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - for the life of the program
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def finish() -> bool:
    """Send off what was printed; False where it did not arrive.  Nothing is tried again when the program ends."""
    arrived = True
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except (OSError, ValueError):
            arrived = False
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, getattr(sys, name).fileno())
    return arrived
