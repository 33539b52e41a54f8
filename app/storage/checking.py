"""Checks a whole library: database, every file against its hash, every row against the trail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, func, select, text

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.audit.change_set import ChangeDetail, ChangeSet
from app.domain.audit.check_report import CheckReport, Problem, ProblemKind
from app.domain.catalog.geometry import Geometry
from app.domain.catalog.stored_file import StoredFile
from app.storage.objects import ObjectStore
from app.storage.reader import Reader
from app.storage.registry import RECORDED, field_names, table_of
from app.storage.rows import row_digest
from app.storage.triggers import altered_triggers
from app.storage.writer import GENESIS, link_hash


def check_everything(read: Reader, objects: ObjectStore, progress: Progress) -> CheckReport:
    """Compare everything with what was written; changes nothing.

    Raises:
        StorageError: the database cannot be read at all.
        Cancelled: the user asked to stop.
    """
    problems = [*_database_problems(read), *_lock_problems(read)]
    progress.report(0.05, _("Checking the audit trail"))
    chain, head = _chain_problems(read, progress.part(0.05, 0.3))
    rows, rows_checked = _row_problems(read, progress.part(0.3, 0.5))
    files, files_checked = _file_problems(objects, read, progress.part(0.5, 1.0))
    progress.finish()
    return CheckReport(
        problems=(*problems, *chain, *rows, *files),
        files_checked=files_checked,
        rows_checked=rows_checked,
        change_sets_checked=read.audit.count(),
        chain_head=head,
    )


def _database_problems(read: Reader) -> Iterator[Problem]:
    for finding in read.connection.execute(text("PRAGMA integrity_check")).scalars():
        if finding != "ok":
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


def _chain_problems(read: Reader, progress: Progress) -> tuple[list[Problem], str]:
    """Follow the chain link by link; stop at the first broken one, as all later ones follow."""
    previous, expected_id = GENESIS, 1
    total = max(1, read.audit.count())
    details = _details_by_set(read)
    waiting = next(details, None)
    for change_set in _all_of(read, ChangeSet):
        progress.report(expected_id / total, _("Checking the audit trail"))
        mine: list[ChangeDetail] = []
        while waiting is not None and waiting.change_set_id <= change_set.id:
            mine.append(waiting)
            waiting = next(details, None)
        broken = (
            change_set.id != expected_id
            or change_set.previous_hash != previous
            or link_hash(change_set, mine) != change_set.hash
        )
        if broken:
            return [_broken_link(expected_id, change_set)], previous
        previous, expected_id = change_set.hash, expected_id + 1
    if waiting is not None or _last_link(read) >= expected_id:
        return [_broken_link(expected_id, None)], previous
    return [], previous


def _last_link(read: Reader) -> int:
    """Return the number of the last change set ever made; a cut tail shows against it."""
    query = text("SELECT seq FROM sqlite_sequence WHERE name = 'change_set'")
    return int(read.connection.execute(query).scalar() or 0)


def _broken_link(number: int, found: ChangeSet | None) -> Problem:
    where = f"change_set {number}"
    if found is None or found.id != number:
        words = _("The audit trail breaks at entry {number}: it is missing.")
        return Problem(ProblemKind.CHAIN_BROKEN, where, words.format(number=number))
    words = _("The audit trail breaks at entry {number} (“{act}” by {who}, {time}).")
    return Problem(
        ProblemKind.CHAIN_BROKEN,
        where,
        words.format(number=number, act=found.act, who=found.who, time=found.at.isoformat()),
    )


def _all_of(read: Reader, kind: type[Any]) -> Iterator[Any]:
    table = table_of(kind)
    columns = [table.c[name] for name in field_names(kind)]
    rows = read.connection.execution_options(yield_per=1000).execute(
        select(*columns).order_by(table.c.id)
    )
    for row in rows:
        yield kind(**row._mapping)


def _details_by_set(read: Reader) -> Iterator[ChangeDetail]:
    table = table_of(ChangeDetail)
    columns = [table.c[name] for name in field_names(ChangeDetail)]
    query = select(*columns).order_by(table.c.change_set_id, table.c.id)
    for row in read.connection.execution_options(yield_per=1000).execute(query):
        yield ChangeDetail(**row._mapping)


def _row_problems(read: Reader, progress: Progress) -> tuple[list[Problem], int]:
    problems: list[Problem] = []
    checked = 0
    for kind in progress.track(RECORDED, _("Checking records")):
        known = _digests_by_trail(read, table_of(kind))
        name = table_of(kind).name
        for value, digest in _rows_with_digest(read, kind):
            checked += 1
            recorded = known.pop(value["id"], None)
            if recorded is None:
                words = _("{table} {id} was added without a trace in the audit trail.")
                problems.append(_row_problem(ProblemKind.ROW_SURPLUS, words, name, value["id"]))
            elif not digest == recorded == row_digest(kind, value):
                words = _("{table} {id} was changed behind the program's back.")
                problems.append(_row_problem(ProblemKind.ROW_CHANGED, words, name, value["id"]))
        for row_id in known:
            words = _("{table} {id} was removed behind the program's back.")
            problems.append(_row_problem(ProblemKind.ROW_MISSING, words, name, row_id))
    return problems, checked


def _row_problem(kind: ProblemKind, words: str, table: str, row_id: int) -> Problem:
    return Problem(kind, f"{table} {row_id}", words.format(table=table, id=row_id))


def _rows_with_digest(read: Reader, kind: type[Any]) -> Iterator[tuple[dict[str, Any], str]]:
    table = table_of(kind)
    columns = [table.c[name] for name in field_names(kind)]
    query = select(*columns, table.c.digest).order_by(table.c.id)
    for row in read.connection.execution_options(yield_per=1000).execute(query):
        columns_found = dict(row._mapping)
        digest = columns_found.pop("digest")
        yield columns_found, digest


def _digests_by_trail(read: Reader, table: Table) -> dict[int, str]:
    """Return the digest each living row of a table has according to its last trail entry."""
    details = table_of(ChangeDetail)
    last = (
        select(func.max(details.c.id).label("id"))
        .where(details.c.table == table.name)
        .group_by(details.c.row_id)
        .subquery()
    )
    query = select(details.c.row_id, details.c.row_digest).join(last, details.c.id == last.c.id)
    return {row.row_id: row.row_digest for row in read.connection.execute(query) if row.row_digest}


def _file_problems(
    objects: ObjectStore, read: Reader, progress: Progress
) -> tuple[list[Problem], int]:
    problems: list[Problem] = []
    known = {stored.sha256: stored for stored in read.fetch(StoredFile)}
    names = {g.sha256: g.file_name for g in read.fetch(Geometry)}
    present = set(objects.stored_hashes())
    for sha256 in progress.track(sorted(known), _("Checking files")):
        label = names.get(sha256, sha256[:12])
        if sha256 not in present:
            words = _("The stored file {name} is missing.").format(name=label)
            problems.append(Problem(ProblemKind.FILE_MISSING, sha256, words))
        elif objects.hash_of(objects.path_of(sha256)) != sha256:
            words = _("The stored file {name} was changed.").format(name=label)
            problems.append(Problem(ProblemKind.FILE_CHANGED, sha256, words))
    ours = {digest for _path, _maker, digest in objects.leftovers()}
    for name in sorted(present - known.keys() - ours):
        words = _("{name} lies among the stored files, but the library knows nothing of it.")
        problems.append(Problem(ProblemKind.FILE_SURPLUS, name, words.format(name=name)))
    return problems, len(known)
