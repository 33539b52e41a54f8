"""An open library: a folder with a database and files by hash."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, text

from app.base.clock import Clock
from app.base.errors import AppError, LibraryTooNew, RuleViolation, StorageError
from app.base.i18n import _
from app.base.progress import Progress
from app.base.told import tell
from app.domain.audit.check_report import CheckReport
from app.domain.audit.trail import TrailReport
from app.domain.catalog.stored_file import StoredFile
from app.domain.changes import Changes
from app.storage.backup import write_backup
from app.storage.catalog import part_search
from app.storage.checking import (
    check_everything,
    check_trail,
    search_problems,
    without_newcomers,
)
from app.storage.connection import WRITING, make_engine
from app.storage.objects import ObjectStore, Staged
from app.storage.reader import Reader
from app.storage.schema import DATABASE, SCHEMA_VERSION
from app.storage.translation import translated
from app.storage.undo import revert_group
from app.storage.witness import Witness, note_witness, read_witness, still_holds
from app.storage.writer import Writer


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
        sealed: Witness | None = None
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
                    library_id=self.library_id,
                )
                noted = read_witness(self.path)
                yield writer
                writer.close_change_set()
                # A note that no longer holds is evidence and stays; `check` tells about it.
                if still_holds(connection, noted):
                    sealed = writer.sealed
            if sealed is not None:
                note_witness(self.path, sealed)
        except BaseException:
            self._take_back(staged)
            raise
        # Only now: until the commit holds, the staged copy is the witness of an unfinished act.
        self._discard(staged)

    def _take_back(self, staged: list[Staged]) -> None:
        """Take out the files of an act that failed; what cannot go now, `sweep` removes later."""
        if not staged:
            return
        with suppress(AppError), translated(self.path), self._write_lock, self._transaction() as db:
            read = Reader(db)  # under the write lock nobody else can adopt the same content
            for waiting in staged:
                if read.find(StoredFile, sha256=waiting.sha256) is None:
                    self.objects.take_out(waiting.sha256)
            self._discard(staged)

    def _discard(self, staged: list[Staged]) -> None:
        for waiting in staged:
            with suppress(StorageError):  # the act is done; `sweep` removes what stays behind
                self.objects.discard(waiting)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._engine.connect() as plain:
            connection = plain.execution_options(**{WRITING: True})
            with connection.begin():
                self._must_be_current(connection)
                yield connection

    def _must_be_current(self, connection: Connection) -> None:
        found = int(connection.execute(text("PRAGMA user_version")).scalar_one())
        if found != SCHEMA_VERSION:
            raise LibraryTooNew(
                _("A newer Everspare has upgraded the library {path}. Close and update it.").format(
                    path=self.path
                )
            )

    def undo(self, group_id: int, *, who: str) -> Changes:
        """Revert a group of change sets in one new change set.

        Raises:
            RuleViolation: the act cannot be undone, or records have changed since; names them.
        """
        with self.reading() as read:
            group = read.audit.group(group_id)
        if not group:
            raise RuleViolation(_("There is nothing to undo."))
        first = group[0]
        if not first.undoable:
            raise RuleViolation(
                _("“{act}” cannot be undone. It can only be superseded or withdrawn.").format(
                    act=first.act
                )
            )
        act = tell("undo “{act}”", act=first.act)
        with self.writing(who=who, act=act, undoable=False, undoes=group_id) as write:
            revert_group(write, group)
        return write.changes

    def redo(self, group_id: int, *, who: str) -> Changes:
        """Bring back what the undo `group_id` reverted; raises as `undo`."""
        with self.reading() as read:
            group = read.audit.group(group_id)
            undone = read.audit.group(group[0].undoes) if group and group[0].undoes else []
        if not undone:
            raise RuleViolation(_("There is nothing to redo."))
        with self.writing(who=who, act=undone[0].act, undoes=group_id) as write:
            revert_group(write, group)
        return write.changes

    def check(self, progress: Progress) -> CheckReport:
        """Compare database, files and audit trail with what was written; changes nothing."""
        with translated(self.path), self._write_lock, self._transaction() as connection:
            search = tuple(search_problems(connection, self.path))
        noted = read_witness(self.path)  # before the snapshot, so that it cannot be newer
        with self.reading() as read:
            report = check_everything(read, self.objects, noted, progress)
        with self.reading() as later:
            found = without_newcomers(report.problems, later, self.objects)
        return replace(report, problems=(*found, *search))

    def check_trail(self, progress: Progress) -> TrailReport:
        """Follow the chain of the trail alone, which `check` does among much else."""
        noted = read_witness(self.path)  # before the snapshot, so that it cannot be newer
        with self.reading() as read:
            return check_trail(read, noted, progress)

    def rebuild_search(self) -> None:
        """Make the search index anew from the parts, however damaged it is."""
        with translated(self.path), self._write_lock, self._transaction() as connection:
            part_search.drop_index(connection)
            part_search.create_index(connection)

    def back_up(self, target: Path, progress: Progress) -> int:
        """Write everything into one file; returns how many stored files it holds."""
        with translated(target):
            return write_backup(self.path / DATABASE, self.objects, target, progress)

    def data_version(self) -> int:
        """Return a number that differs after another process or connection has written."""
        with translated(self.path), self._engine.connect() as connection:
            query = text("SELECT coalesce(max(id), 0) FROM change_set")
            return int(connection.execute(query).scalar_one())

    def close(self) -> None:
        """Let go of the database; the library can be opened again."""
        self._engine.dispose()
