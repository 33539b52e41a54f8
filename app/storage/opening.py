"""Opening, making and upgrading a library.

Nothing heavy is imported at module level: the window reads the first page through
`app.storage.first_page` before it can afford the database layer.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.clock import Clock, SystemClock
from app.base.errors import LibraryLocked, LibraryTooNew, StorageError
from app.base.i18n import _
from app.storage.schema import APPLICATION_ID, DATABASE, SCHEMA_VERSION

if TYPE_CHECKING:
    from app.storage.library import Library


def is_library(path: Path) -> bool:
    """Say whether a folder holds a library, without judging its health."""
    return (path / DATABASE).is_file()


def create_library(path: Path, *, clock: Clock | None = None) -> Library:
    """Make an empty library in a folder that does not exist or is empty.

    The library appears at once or not at all: it is built beside its place and then renamed.

    Raises:
        StorageError: there is something in the folder already, or it cannot be written.
    """
    from uuid import uuid4

    from app.storage.migrating import build_schema
    from app.storage.objects import ObjectStore, flush_folder
    from app.storage.translation import translated

    with translated(path):
        if is_library(path):
            raise StorageError(
                _("{path} already holds a library. Open it instead.").format(path=path)
            )
        if path.exists() and any(path.iterdir()):
            raise StorageError(
                _("{path} is not empty. Choose an empty folder for the library.").format(path=path)
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise _cannot_be_written(path)
        building = path.with_name(f".{path.name}-{os.getpid()}-{uuid4().hex[:8]}")
        building.mkdir()
        try:
            build_schema(building / DATABASE, library_id=str(uuid4()))
            ObjectStore(building / "objects").create()
            (building / "cache").mkdir()
            if path.exists():
                path.rmdir()
            building.rename(path)
            flush_folder(path.parent)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
    return open_library(path, clock=clock)


def open_library(path: Path, *, clock: Clock | None = None) -> Library:
    """Open a library, upgrading an older one after keeping a copy of it.

    Raises:
        LibraryTooNew: a newer Everspare wrote it.
        StorageError: there is no library, or it is damaged, locked or cannot be written.
    """
    from app.storage.library import Library
    from app.storage.migrating import library_id_of, upgrade
    from app.storage.sweeping import sweep
    from app.storage.translation import translated

    version = schema_version(path)
    with translated(path):
        if version < SCHEMA_VERSION:
            upgrade(path / DATABASE, version)
        library = Library(path, clock or SystemClock(), library_id_of(path / DATABASE))
    try:
        sweep(library)
    except BaseException:
        library.close()
        raise
    return library


def schema_version(path: Path) -> int:
    """Return the schema version of the library in a folder, after checking that it is ours.

    Raises:
        LibraryTooNew, LibraryLocked, StorageError: as `open_library`.
    """
    database = path / DATABASE
    if not database.is_file():
        raise StorageError(
            _(
                "There is no library in {path}. Make one with: everspare --library {path} init"
            ).format(path=path)
        )
    if not (os.access(path, os.W_OK) and os.access(path / DATABASE, os.W_OK)):
        raise _cannot_be_written(path)
    try:
        connection = sqlite3.connect(f"file:{_quoted(database)}?mode=ro", uri=True, timeout=5)
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise unreadable(path, error) from error
    if application != APPLICATION_ID:
        raise StorageError(
            _("{path} is a database, but not one of Everspare. Choose another folder.").format(
                path=database
            )
        )
    if version > SCHEMA_VERSION:
        raise LibraryTooNew(
            _(
                "The library {path} was written by a newer Everspare (schema {found}, this program "
                "knows {known}). Install the newer version to open it."
            ).format(path=path, found=version, known=SCHEMA_VERSION)
        )
    return version


def unreadable(path: Path, error: sqlite3.Error) -> StorageError:
    """Say why the library in a folder cannot be read: it is held by another program, or damaged."""
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LibraryLocked(
            _("Another program is writing to the library {path}. Try again in a moment.").format(
                path=path
            )
        )
    return StorageError(
        _("{path} is damaged or no library of Everspare ({detail}). Restore a backup.").format(
            path=path / DATABASE, detail=error
        )
    )


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))


def _cannot_be_written(path: Path) -> LibraryLocked:
    return LibraryLocked(
        _("The library {path} cannot be written. Check the permissions of the folder.").format(
            path=path
        )
    )
