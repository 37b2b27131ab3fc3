"""The office: reading, comparing, marking and signing off in a browser, alone or together.

Nothing below imports this room.  :mod:`doichieu.office.api` is the interface for other systems,
:mod:`doichieu.office.pages` the screens; both work on the same stores.
"""
