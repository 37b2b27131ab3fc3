"""A page with very many findings: the first as they are, the rest packed, and unpacked by the page when it opens."""

from __future__ import annotations

import base64
import gzip

#: A page with more findings than this is packed; so many stand in it as they are.
MANY, FIRST = 300, 100
#: Where in the rendered page the packed part begins and ends; no text of a document can hold them, for it is escaped.
BEGIN, END = "<!--packed-->", "<!--/packed-->"


def packed(page: str) -> str:
    """The page with what stands between the marks packed; without marks the page as it is.

    >>> small = packed(f"<p>a</p>{BEGIN}{'<p>b</p>' * 900}{END}<p>c</p>")
    >>> small.startswith("<p>a</p><script"), len(small) < 300, packed("<p>a</p>")
    (True, True, '<p>a</p>')
    """
    before, mark, rest = page.partition(BEGIN)
    if not mark:
        return page
    inside, _, after = rest.partition(END)
    data = base64.b64encode(gzip.compress(inside.encode(), 9, mtime=0)).decode("ascii")
    return f'{before}<script type="text/plain" id="packed">{data}</script>{after}'
