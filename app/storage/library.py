"""An open library: a folder with a database and files by hash."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, text

from app.base.clock import Clock
from app.storage.connection import WRITING, make_engine
from app.storage.objects import ObjectStore, Staged
from app.storage.reader import Reader
from app.storage.translation import translated
from app.storage.writer import Writer

DATABASE = "library.sqlite"


class Library:
    """Made by `app.storage.opening`; any thread may read or write, several processes too.

    Raises (all methods):
        StorageError: the library is locked, full, damaged or cannot be written.
    """

    def __init__(self, path: Path, clock: Clock, library_id: str) -> None:
        self.path = path
        self.clock = clock
        self.library_id = library_id
        self.objects = ObjectStore(path / "objects")
        self.cache_dir = path / "cache"
        self._engine = make_engine(path / DATABASE)
        # Two threads of one process queue here instead of polling SQLite's lock.
        self._write_lock = Lock()

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give a consistent snapshot for reading."""
        with translated(self.path), self._engine.connect() as connection, connection.begin():
            yield Reader(connection)

    @contextmanager
    def writing(
        self,
        *,
        who: str,
        act: str,
        why: str = "",
        undoable: bool = True,
        group: int | None = None,
        undoes: int | None = None,
    ) -> Iterator[Writer]:
        """Give a transaction that becomes one change set; an exception leaves no trace.

        Args:
            who: the person who acts.
            act: what is done, as an imperative ("import parts"); shown by undo and audit.
            why: the reason, where one is asked for.
            undoable: False for signatures, issues and exports.
            group: `Writer.group_id` of the first change set this one belongs to.
            undoes: id of the group that this act reverts.
        """
        staged: list[Staged] = []
        try:
            with translated(self.path), self._write_lock, self._transaction() as connection:
                writer = Writer(
                    connection,
                    self.objects,
                    self.clock,
                    who=who,
                    act=act,
                    why=why,
                    undoable=undoable,
                    group_id=group,
                    undoes=undoes,
                    staged=staged,
                )
                yield writer
                writer.close_change_set()
        finally:
            # Only now: until the commit holds, the staged copy is the witness of an unfinished act.
            for waiting in staged:
                self.objects.discard(waiting)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._engine.connect() as plain:
            connection = plain.execution_options(**{WRITING: True})
            with connection.begin():
                yield connection

    def data_version(self) -> int:
        """Return a number that differs after another process or connection has written."""
        with translated(self.path), self._engine.connect() as connection:
            query = text("SELECT coalesce(max(id), 0) FROM change_set")
            return int(connection.execute(query).scalar_one())

    def close(self) -> None:
        """Let go of the database; the library can be opened again."""
        self._engine.dispose()
