"""Turns what the database and the file system raise into sentences for the user."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as NoConnection

from app.base.errors import AppError, DiskFull, LibraryLocked, RuleViolation, StorageError
from app.base.i18n import _

LOCK_MARK = "everspare-locked:"


def locked_words(table: str) -> str:
    """Say why rows of `table` cannot change."""
    words = {
        "part_revision": _("A released revision cannot be changed. Make a new revision instead."),
        "geometry": _(
            "The geometry of a released revision cannot be changed. Make a new revision."
        ),
        "print_definition": _(
            "A released print definition cannot be changed. Make a new version instead."
        ),
        "definition_field": _(
            "The fields of a released print definition cannot be changed. Make a new version."
        ),
        "qualification": _("An approved qualification cannot be changed. It can be blocked."),
        "evidence": _("The evidence of an approved qualification cannot be changed."),
        "print_package": _("The record of an exported package cannot be changed."),
        "certificate": _(
            "An issued certificate cannot be changed. It can be superseded or withdrawn."
        ),
        "stored_file": _("A file kept in the library cannot be changed or removed."),
    }
    return words.get(table, _("The audit trail cannot be changed."))


def _from_database(error: BaseException | None, place: Path) -> AppError:
    text, name = str(error), getattr(error, "sqlite_errorname", "") or ""
    if text.startswith(LOCK_MARK):
        return RuleViolation(locked_words(text.removeprefix(LOCK_MARK).strip()))
    if isinstance(error, sqlite3.IntegrityError):
        if "FOREIGN KEY" in text:
            return RuleViolation(
                _("Other records refer to this one, so it cannot be removed. Remove those first.")
            )
        return RuleViolation(
            _(
                "The library already holds such a record ({detail}). Change that one instead."
            ).format(detail=text.partition(": ")[2] or text)
        )
    # The words of SQLite may quote our schema, so only its codes tell what happened.
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return locked(place)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return LibraryLocked(
            _("The library {path} cannot be written. Check the permissions of the folder.").format(
                path=place
            )
        )
    if name.startswith("SQLITE_FULL"):
        return disk_full(place)
    # The search index is the only table that SQLite leaves to an extension.
    if name == "SQLITE_CORRUPT_VTAB" or text.startswith(("vtable constructor", "invalid fts5")):
        return StorageError(search_words(place))
    return StorageError(
        _("The library {path} is damaged or cannot be read ({detail}). Restore a backup.").format(
            path=place, detail=text
        )
    )


def search_words(place: Path) -> str:
    """Say that the search index of the library at `place` is damaged, and what to do."""
    return _(
        "The search index does not fit the parts, so a search may miss some. Make it anew with: "
        "everspare --library {path} check --rebuild-search"
    ).format(path=place)


def locked(place: Path) -> LibraryLocked:
    return LibraryLocked(
        _("Another program is writing to the library {path}. Try again in a moment.").format(
            path=place
        )
    )


def disk_full(place: Path) -> DiskFull:
    return DiskFull(
        _(
            "No space is left on the disk that holds {path}. Free some space and try again; "
            "nothing that was confirmed is lost."
        ).format(path=place)
    )


def _from_system(error: OSError, place: Path) -> AppError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(place)
    where = error.filename or place
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return LibraryLocked(
            _("{path} cannot be read or written. Check the permissions of the folder.").format(
                path=where
            )
        )
    return StorageError(
        _("{path} cannot be read or written: {detail}.").format(path=where, detail=error.strerror)
    )


@contextmanager
def translated(place: Path) -> Iterator[None]:
    """Translate errors of SQLite and the file system that concern the library at `place`."""
    try:
        yield
    except DatabaseError as error:
        raise _from_database(error.orig, place) from error
    except sqlite3.Error as error:
        raise _from_database(error, place) from error
    except NoConnection as error:
        raise locked(place) from error
    except OSError as error:
        raise _from_system(error, place) from error
