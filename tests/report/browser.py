"""A real browser for the tests of the pages: Debian's Chromium; without it they are skipped and say so."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NEEDED = pytest.mark.skipif(CHROMIUM is None, reason="chưa có chromium: apt-get install chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: What axe looks at.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # each of these whole; of what passes one element a rule is told
}


@cache
def _browser() -> Any:
    """One browser for the whole process; each page has a context, and so a memory, of its own."""
    from playwright.sync_api import sync_playwright

    play = sync_playwright().start()
    browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    atexit.register(lambda: (browser.close(), play.stop()))
    return browser


def unfold(tab: Any) -> None:
    """Open every folded part and group of a page."""
    tab.evaluate(
        "document.querySelectorAll('details.drawer').forEach(d => { d.open = true });"
        "document.querySelectorAll('.group button[aria-expanded=false]').forEach(b => b.click())"
    )


@contextmanager
def opened(
    page: Path, *, width: int = 1280, height: int = 900, dark: bool = False, unfolded: bool = True, packed: bool = True
) -> Iterator[Any]:
    """A page opened from disk, its folded parts and groups opened (``unfolded``), what is packed unpacked (``packed``).

    Fails on any error in the console and on any request beyond the file itself.
    """
    context = _browser().new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", accept_downloads=True
    )
    try:
        tab = context.new_page()
        errors: list[str] = []
        asked: list[str] = []
        tab.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(page.as_uri())
        if packed:  # of very many findings most are unpacked first
            tab.wait_for_function("!document.querySelector('#packed')")
        if unfolded:
            unfold(tab)
        yield tab
        assert not errors
        assert {url.split("#")[0] for url in asked if not url.startswith(("blob:", "data:"))} == {page.as_uri()}
    finally:
        context.close()


@contextmanager
def blank() -> Iterator[Any]:
    """An empty page, to run a script in."""
    context = _browser().new_context()
    try:
        yield context.new_page()
    finally:
        context.close()
