"""Msgspec without what it looks for on behalf of older Pythons: ``typing_extensions`` and all that this brings, which
take longer to load than the rest of a run in which nothing changed.

From Python 3.11 on :mod:`typing` has what is asked of it, and msgspec turns to it where the package is not there.
"""

from __future__ import annotations

import sys

if not {"typing_extensions", "msgspec"} & sys.modules.keys():
    sys.modules["typing_extensions"] = None  # type: ignore[assignment] # an import of it fails from here
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]
