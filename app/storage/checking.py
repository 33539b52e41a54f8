"""Checks a whole library: database, every file against its hash, every row against the trail.

What it cannot see: an older copy of the whole folder put back, or an older database together with
its note `head.json` (see `witness`). Only a link of the chain kept elsewhere shows that, as on each
issued certificate. An older database alone, or a lost write-ahead log, is noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection, text

from app.base.errors import StorageError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.audit.check_report import CheckReport, Problem, ProblemKind
from app.domain.audit.trail import TrailReport
from app.domain.catalog.geometry import Geometry
from app.domain.catalog.stored_file import StoredFile
from app.storage.catalog import part_search
from app.storage.checking_schema import schema_problems
from app.storage.checking_trail import check_chain, check_rows
from app.storage.objects import ObjectStore
from app.storage.reader import Reader
from app.storage.registry import table_of
from app.storage.translation import search_words
from app.storage.triggers import altered_triggers
from app.storage.witness import Witness, still_holds


def check_everything(
    read: Reader, objects: ObjectStore, witness: Witness | None, progress: Progress
) -> CheckReport:
    """Compare everything with what was written; changes nothing.

    Args:
        witness: the link noted before the snapshot of `read` was taken.

    Raises:
        StorageError: the database cannot be read at all.
        Cancelled: the user asked to stop.
    """
    problems = [*_database_problems(read), *schema_problems(read.connection)]
    problems += _lock_problems(read)
    progress.report(0.05, _("Checking the audit trail"))
    chain, head = check_chain(read, _library_id(read), progress.part(0.05, 0.3))
    rows, rows_checked = check_rows(read, progress.part(0.3, 0.5))
    files, files_checked = _file_problems(objects, read, progress.part(0.5, 1.0))
    progress.finish()
    return CheckReport(
        problems=(*problems, *chain, *_rollback_problems(read, witness), *rows, *files),
        files_checked=files_checked,
        rows_checked=rows_checked,
        change_sets_checked=read.audit.count(),
        chain_head=head,
    )


def check_trail(read: Reader, witness: Witness | None, progress: Progress) -> TrailReport:
    """Follow the chain alone; arguments and errors as `check_everything`."""
    broken, head = check_chain(read, _library_id(read), progress)
    found = next(iter((*broken, *_rollback_problems(read, witness))), None)
    progress.finish()
    if found is None:
        return TrailReport(entries=read.audit.count(), head=head)
    number = int(found.where.removeprefix("change_set "))
    return TrailReport(entries=read.audit.count(), head=head, problem=found.text, broken=number)


def search_problems(connection: Connection, library: Path) -> Iterator[Problem]:
    """Compare the search index with the parts, under the write lock."""
    if not part_search.is_whole(connection):
        yield Problem(ProblemKind.SEARCH, part_search.SEARCH_TABLE, search_words(library))


def without_newcomers(
    problems: Iterable[Problem], later: Reader, objects: ObjectStore
) -> tuple[Problem, ...]:
    """Leave out files that came in properly, or went again, while others were checked.

    Args:
        later: a snapshot taken after the check.
    """
    found = tuple(problems)
    surplus = {problem.where for problem in found if problem.kind is ProblemKind.FILE_SURPLUS}
    if not surplus:
        return found
    surplus &= set(objects.stored_hashes())
    surplus -= set(_texts(later, StoredFile, "sha256"))
    return tuple(p for p in found if p.kind is not ProblemKind.FILE_SURPLUS or p.where in surplus)


def _library_id(read: Reader) -> str:
    query = text("SELECT value FROM library_meta WHERE name = 'library_id'")
    return str(read.connection.execute(query).scalar())


def _database_problems(read: Reader) -> Iterator[Problem]:
    for finding in read.connection.execute(text("PRAGMA integrity_check")).scalars():
        # Newer versions of SQLite look at the search index as well; ours is the check that helps.
        if finding != "ok" and not finding.endswith(f"FTS5 table main.{part_search.SEARCH_TABLE}"):
            words = _("The database is damaged: {detail}.").format(detail=finding)
            yield Problem(ProblemKind.DATABASE, "library.sqlite", words)
    for row in read.connection.execute(text("PRAGMA foreign_key_check")):
        words = _("{table} {id} refers to a record of {parent} that is not there.").format(
            table=row[0], id=row[1], parent=row[2]
        )
        yield Problem(ProblemKind.DATABASE, f"{row[0]} {row[1]}", words)


def _lock_problems(read: Reader) -> Iterator[Problem]:
    for name in altered_triggers(read.connection):
        words = _("The guard {name} of locked records is missing or altered.").format(name=name)
        yield Problem(ProblemKind.LOCK_MISSING, name, words)


def _rollback_problems(read: Reader, witness: Witness | None) -> Iterator[Problem]:
    if witness is not None and not still_holds(read.connection, witness):
        words = _(
            "Entry {number} of the audit trail was written and is no longer there: an older copy "
            "of the database was put back, or its latest changes were lost."
        ).format(number=witness.change_set)
        yield Problem(ProblemKind.ROLLED_BACK, f"change_set {witness.change_set}", words)


def _file_problems(
    objects: ObjectStore, read: Reader, progress: Progress
) -> tuple[list[Problem], int]:
    problems: list[Problem] = []
    known = set(_texts(read, StoredFile, "sha256"))
    files = zip(_texts(read, Geometry, "sha256"), _texts(read, Geometry, "file_name"), strict=True)
    names = dict(files)
    present = set(objects.stored_hashes())
    for sha256 in progress.track(sorted(known), _("Checking files")):
        problem = _file_problem(objects, sha256, names.get(sha256, sha256[:12]), present)
        if problem is not None:
            problems.append(problem)
    ours = {digest for _path, _maker, digest in objects.leftovers()}
    for name in sorted(present - known - ours):
        words = _("{name} lies among the stored files, but the library knows nothing of it.")
        problems.append(Problem(ProblemKind.FILE_SURPLUS, name, words.format(name=name)))
    return problems, len(known)


def _texts(read: Reader, kind: type[object], column: str) -> list[str]:
    """Return a column as it is stored: a row that is damaged elsewhere must not hide its file."""
    query = text(f'SELECT "{column}" FROM "{table_of(kind).name}" ORDER BY id')
    return [str(value) for value in read.connection.execute(query).scalars()]


def _file_problem(
    objects: ObjectStore, sha256: str, label: str, present: set[str]
) -> Problem | None:
    if sha256 not in present:
        words = _("The stored file {name} is missing.").format(name=label)
        return Problem(ProblemKind.FILE_MISSING, sha256, words)
    path = objects.path_of(sha256)
    if path.is_symlink():
        words = _("The stored file {name} was replaced by a link to another place.")
        return Problem(ProblemKind.FILE_CHANGED, sha256, words.format(name=label))
    try:
        if objects.hash_of(path) == sha256:
            return None
    except StorageError as error:
        return Problem(ProblemKind.FILE_CHANGED, sha256, str(error))
    words = _("The stored file {name} was changed.").format(name=label)
    return Problem(ProblemKind.FILE_CHANGED, sha256, words)
