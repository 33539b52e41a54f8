"""Checks the audit trail link by link, and every record against its last entry in the trail.

Everything is compared as SQLite holds it, before any conversion: a changed byte must neither hide
behind a lenient parser nor stop the check.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, func, select, text

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.audit.chain import genesis, link_hash
from app.domain.audit.change_set import ChangeDetail, ChangeSet
from app.domain.audit.check_report import Problem, ProblemKind
from app.storage.reader import Reader
from app.storage.registry import DERIVED, RECORDED, field_names, table_of
from app.storage.rows import plain_from_stored, row_digest, stored_digest


def check_chain(read: Reader, library_id: str, progress: Progress) -> tuple[list[Problem], str]:
    """Follow the chain link by link; stop at the first broken one, as all later ones follow."""
    previous, expected_id = genesis(library_id), 1
    total = max(1, read.audit.count())
    details = _details_by_set(read)
    waiting = next(details, None)
    for stored in _stored_rows(read, ChangeSet):
        progress.report(expected_id / total, _("Checking the audit trail"))
        mine: list[ChangeDetail] = []
        while waiting is not None and waiting.change_set_id <= stored["id"]:
            mine.append(waiting)
            waiting = next(details, None)
        if not _is_next_link(stored, mine, expected_id, previous):
            return [_broken_link(expected_id, stored)], previous
        previous, expected_id = stored["hash"], expected_id + 1
    if waiting is not None or _sequences(read).get("change_set", 0) != expected_id - 1:
        return [_broken_link(expected_id, None)], previous
    return [], previous


def _is_next_link(
    stored: dict[str, Any], details: list[ChangeDetail], number: int, previous: str
) -> bool:
    if stored["id"] != number or stored["previous_hash"] != previous:
        return False
    try:
        act = plain_from_stored(ChangeSet, stored)
        return bool(link_hash(act, (detail.linked for detail in details)) == stored["hash"])
    except (ValueError, TypeError):  # no longer of the kind that was written
        return False


def _broken_link(number: int, found: dict[str, Any] | None) -> Problem:
    where = f"change_set {number}"
    if found is None or found["id"] != number:
        words = _("The audit trail breaks at entry {number}: it is missing.")
        return Problem(ProblemKind.CHAIN_BROKEN, where, words.format(number=number))
    words = _("The audit trail breaks at entry {number} (“{act}” by {who}, {time}).")
    text = words.format(number=number, act=found["act"], who=found["who"], time=found["at"])
    return Problem(ProblemKind.CHAIN_BROKEN, where, text)


def _stored_rows(read: Reader, kind: type[Any], *more: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as SQLite holds them, by column name."""
    names = (*field_names(kind), *more)
    columns = ", ".join(f'"{name}"' for name in names)
    query = text(f'SELECT {columns} FROM "{table_of(kind).name}" ORDER BY id')
    for row in read.connection.execution_options(yield_per=1000).execute(query):
        yield dict(zip(names, row, strict=True))


def _details_by_set(read: Reader) -> Iterator[ChangeDetail]:
    table = table_of(ChangeDetail)
    columns = [table.c[name] for name in field_names(ChangeDetail)]
    query = select(*columns).order_by(table.c.change_set_id, table.c.id)
    for row in read.connection.execution_options(yield_per=1000).execute(query):
        yield ChangeDetail(**row._mapping)


def check_rows(read: Reader, progress: Progress) -> tuple[list[Problem], int]:
    """Compare every record with the trail; returns what differs and how many were looked at."""
    problems: list[Problem] = []
    checked = 0
    for kind in progress.track(RECORDED, _("Checking records")):
        known = _digests_by_trail(read, table_of(kind))
        name = table_of(kind).name
        for stored in _stored_rows(read, kind, "digest"):
            checked += 1
            digest = stored.pop("digest")
            recorded = known.pop(stored["id"], None)
            if recorded is None:
                words = _("{table} {id} was added without a trace in the audit trail.")
                problems.append(_row_problem(ProblemKind.ROW_SURPLUS, words, name, stored["id"]))
            elif not digest == recorded == _digest_of(kind, stored):
                words = _("{table} {id} was changed outside Everspare.")
                problems.append(_row_problem(ProblemKind.ROW_CHANGED, words, name, stored["id"]))
        for row_id in known:
            words = _("{table} {id} was removed outside Everspare.")
            problems.append(_row_problem(ProblemKind.ROW_MISSING, words, name, row_id))
    return [*problems, *_derived_problems(read), *_sequence_problems(read)], checked


def _digest_of(kind: type[Any], stored: dict[str, Any]) -> str:
    """Return the digest of a row as it is stored; "" if it is no longer of its kind at all."""
    try:
        return row_digest(kind, plain_from_stored(kind, stored))
    except (ValueError, TypeError):
        return ""


def _derived_problems(read: Reader) -> Iterator[Problem]:
    """Derived rows are in no change set; their own digest tells whether they are as written."""
    for kind in sorted(DERIVED, key=lambda kind: table_of(kind).name):
        name = table_of(kind).name
        for stored in _stored_rows(read, kind, "digest"):
            row_id, digest = stored.pop("id"), stored.pop("digest")
            try:
                whole = stored_digest(kind, stored) == digest
            except TypeError:  # text that became bytes
                whole = False
            if not whole:
                words = _("{table} {id} was changed outside Everspare.")
                yield _row_problem(ProblemKind.ROW_CHANGED, words, name, row_id)


def _sequences(read: Reader) -> dict[str, int]:
    """Return the highest id each table ever gave away, as SQLite counts it."""
    rows = read.connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    return {row.name: row.seq for row in rows}


def _sequence_problems(read: Reader) -> Iterator[Problem]:
    """Ids are never used twice: the counters must stand where the trail saw them last."""
    details = table_of(ChangeDetail)
    last = select(details.c.table, func.max(details.c.row_id)).group_by(details.c.table)
    used = {row[0]: row[1] for row in read.connection.execute(last)}
    counted = _sequences(read)
    for kind in RECORDED:
        name = table_of(kind).name
        if counted.get(name, 0) != used.get(name, 0):
            words = _("The counter of {table} is {found}; the audit trail says {expected}.").format(
                table=name, found=counted.get(name, 0), expected=used.get(name, 0)
            )
            yield Problem(ProblemKind.DATABASE, f"sqlite_sequence {name}", words)


def _row_problem(kind: ProblemKind, words: str, table: str, row_id: int) -> Problem:
    return Problem(kind, f"{table} {row_id}", words.format(table=table, id=row_id))


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
