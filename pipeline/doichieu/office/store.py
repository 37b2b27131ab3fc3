"""One office: its folder, its database and everything that works on them, put together once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from doichieu.office import migrations, tables
from doichieu.office.accounts import Accounts
from doichieu.office.actions import Actions
from doichieu.office.bodies import Bodies
from doichieu.office.comparisons import Comparisons
from doichieu.office.database import Database
from doichieu.office.dispatch import Dispatcher
from doichieu.office.documents import Documents
from doichieu.office.folder import Folder
from doichieu.office.ledger import Ledger
from doichieu.office.reports import Reports
from doichieu.office.search import Search
from doichieu.office.webhooks import Webhooks


class Office:
    """The parts of one office.  ``database`` is an address; empty for the SQLite database of the folder."""

    def __init__(self, data: Path, database: str = "", *, workers: int = 2, announce: Callable[[], None] | None = None):
        self.folder = Folder(data)
        self.database = Database(database or self.folder.default_database)
        self.ledger = Ledger(self.database, self.folder.secret)
        self.accounts = Accounts(self.database)
        self.documents = Documents(self.database, self.folder, self.ledger)
        self.comparisons = Comparisons(self.database, self.ledger, self.documents)
        self.actions = Actions(self.database, self.ledger, self.comparisons)
        self.search = Search(self.database)
        self.bodies = Bodies(self.database)
        self.webhooks = Webhooks(self.database)
        self.dispatcher = Dispatcher(
            self.database,
            self.folder,
            self.documents,
            self.comparisons,
            workers=workers,
            announce=announce or (lambda: None),
        )
        self.reports = Reports(self.database, self.folder, self.comparisons, self.documents, self.dispatcher)

    def prepare(self) -> None:
        """Bring the database to this program's version."""
        migrations.upgrade(self.database)

    def start(self) -> None:
        """Begin to work on jobs and to call webhooks."""
        self.dispatcher.start()
        self.webhooks.start()

    def wait(self, job: str, seconds: float = 20.0) -> bool:
        """Wait until a job is done or failed; false where it takes longer."""
        j = tables.jobs.c
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with self.database.read() as connection:
                status = connection.execute(select(j.status).where(j.id == job)).scalar()
            if status in ("done", "failed"):
                return True
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        """End; what is not done waits for the next start."""
        self.dispatcher.stop()
        self.webhooks.stop()
        self.database.close()
