"""Lists of qualifications: filter, status and order in SQL, so that a page of rows is enough."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from app.domain.catalog.geometry import GeometryRole
from app.domain.qualification.four_eyes import same_person
from app.domain.qualification.qualification import QualificationState
from app.domain.qualification.qualification_list import (
    ENDING_SOON,
    QualificationCounts,
    QualificationFilter,
    QualificationLine,
    QualificationScope,
    QualificationSort,
)
from app.domain.qualification.validity import EXPIRING_WITHIN_DAYS, QualificationStatus
from app.storage.catalog.part_queries import escape_like, part_matches, searchable
from app.storage.catalog.tables import GeometryRow, PartRevisionRow, PartRow
from app.storage.damage import read_as_written
from app.storage.qualification.tables import (
    EvidenceRow,
    MachineRow,
    MaterialRow,
    PrintDefinitionRow,
    ProviderRow,
    QualificationRow,
)
from app.storage.table_base import table_of

_QUALIFICATION, _EVIDENCE = table_of(QualificationRow), table_of(EvidenceRow)
_DEFINITION, _REVISION = table_of(PrintDefinitionRow), table_of(PartRevisionRow)
_PART, _GEOMETRY = table_of(PartRow), table_of(GeometryRow)
_MACHINE, _MATERIAL, _PROVIDER = (
    table_of(MachineRow),
    table_of(MaterialRow),
    table_of(ProviderRow),
)
_OF_PART = (
    _QUALIFICATION.join(_DEFINITION, _DEFINITION.c.id == _QUALIFICATION.c.definition_id)
    .join(_REVISION, _REVISION.c.id == _DEFINITION.c.revision_id)
    .join(_PART, _PART.c.id == _REVISION.c.part_id)
    .join(_MACHINE, _MACHINE.c.id == _QUALIFICATION.c.machine_id)
    .join(_MATERIAL, _MATERIAL.c.id == _QUALIFICATION.c.material_id)
    .join(_PROVIDER, _PROVIDER.c.id == _QUALIFICATION.c.provider_id)
)
_IN_REVIEW = _QUALIFICATION.c.state == QualificationState.IN_REVIEW
_FILE = (
    select(func.min(_GEOMETRY.c.id))
    .where(_GEOMETRY.c.revision_id == _REVISION.c.id, _GEOMETRY.c.role == GeometryRole.MASTER)
    .correlate(_REVISION)
    .scalar_subquery()
)
_STATUS_ORDER = {status: place for place, status in enumerate(QualificationStatus)}


class QualificationQueries:
    """Made by `Reader.qualifications`. `who` asks, on the day `today`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(
        self,
        wanted: QualificationFilter,
        sort: QualificationSort = QualificationSort.STARTED,
        *,
        who: str,
        today: date,
        descending: bool = False,
        limit: int | None = None,
    ) -> list[tuple[int, int]]:
        """Return (qualification id, part id) of what passes the filter, in order.

        What has no value to be ordered by comes last, whatever the direction.
        """
        key = _sort_keys(today)[sort]
        number = _QUALIFICATION.c.id
        order = (key.desc(), number.desc()) if descending else (key, number)
        query = (
            self._filtered(select(number, _PART.c.id), wanted, who, today)
            .order_by(key.is_(None), *order)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in self._connection.execute(query)]

    def lines(self, ids: Sequence[int], *, who: str, today: date) -> list[QualificationLine]:
        """Return the lines for `ids` in that order; ids that are gone are left out."""
        listed = func.json_each(json.dumps(list(ids))).table_valued("value")
        query = (
            select(
                _QUALIFICATION.c.id,
                _PART.c.id,
                _PART.c.number,
                _PART.c.name,
                _REVISION.c.label,
                func.coalesce(_GEOMETRY.c.sha256, ""),
                _GEOMETRY.c.unit,
                _DEFINITION.c.major,
                _DEFINITION.c.minor,
                _MACHINE.c.name,
                _MATERIAL.c.grade,
                _PROVIDER.c.name,
                _status(today),
                _QUALIFICATION.c.started_on,
                _QUALIFICATION.c.valid_until,
                _QUALIFICATION.c.author,
                _QUALIFICATION.c.approver,
                _QUALIFICATION.c.blocked_reason,
                _proofs(),
                _proofs(_is_sound(today)),
                self._reviewable(who),
            )
            .select_from(_OF_PART.outerjoin(_GEOMETRY, _GEOMETRY.c.id == _FILE))
            .where(_QUALIFICATION.c.id.in_(select(listed.c.value)))
        )
        rows = self._connection.execute(query)
        with read_as_written():
            found = {row[0]: _line(row) for row in rows}
        return [found[number] for number in ids if number in found]

    def counts(self, wanted: QualificationFilter, *, who: str, today: date) -> QualificationCounts:
        """Count all, what waits for a review and what ends; and what passes, by status."""
        conditions = {
            scope: self._in_scope(scope, who, today)
            for scope in QualificationScope
            if scope is not QualificationScope.ALL
        }
        sums = (func.sum(case((condition, 1), else_=0)) for condition in conditions.values())
        totals = self._connection.execute(
            select(func.count(), *sums).select_from(_QUALIFICATION)
        ).one()
        scopes = {QualificationScope.ALL: int(totals[0])}
        for scope, count in zip(conditions, totals[1:], strict=True):
            scopes[scope] = int(count or 0)
        status = _status(today)
        columns: list[ColumnElement[Any]] = [status, func.count()]
        query = self._filtered(select(*columns), wanted, who, today, by_status=False)
        found = dict.fromkeys(QualificationStatus, 0)
        for word, count in self._connection.execute(query.group_by(status)):
            found[QualificationStatus(word)] = int(count)
        return QualificationCounts(scopes, found)

    def _filtered(
        self,
        query: Select[Any],
        wanted: QualificationFilter,
        who: str,
        today: date,
        *,
        by_status: bool = True,
    ) -> Select[Any]:
        query = query.select_from(_OF_PART)
        if wanted.scope is not QualificationScope.ALL:
            query = query.where(self._in_scope(wanted.scope, who, today))
        if by_status and wanted.status is not None:
            query = query.where(_status(today) == wanted.status.value)
        for word in searchable(wanted.text).split():
            query = query.where(_matches(word))
        return query

    def _in_scope(self, scope: QualificationScope, who: str, today: date) -> ColumnElement[bool]:
        return {
            QualificationScope.IN_REVIEW: lambda: _IN_REVIEW,
            QualificationScope.MINE: lambda: self._reviewable(who),
            QualificationScope.ENDING: lambda: ends_by(today + ENDING_SOON),
        }[scope]()

    def _reviewable(self, who: str) -> ColumnElement[bool]:
        """Return that `who` may approve: not the own work, and not what rests on own evidence.

        Who is who is told by `same_person`; only few people have to do with reviews.
        """
        proofs = select(_EVIDENCE.c.added_by).join(
            _QUALIFICATION, _QUALIFICATION.c.id == _EVIDENCE.c.qualification_id
        )
        people = select(_QUALIFICATION.c.author).where(_IN_REVIEW).union(proofs.where(_IN_REVIEW))
        names = [
            name for name in self._connection.execute(people).scalars() if same_person(name, who)
        ]
        own_proof = exists().where(
            _EVIDENCE.c.qualification_id == _QUALIFICATION.c.id, _EVIDENCE.c.added_by.in_(names)
        )
        return and_(_IN_REVIEW, _QUALIFICATION.c.author.not_in(names), ~own_proof)


def ends_by(until: date) -> ColumnElement[bool]:
    """Return that a qualification has ended or ends by then.

    One that a later one of the same print definition has replaced does not count.
    """
    later = _QUALIFICATION.alias()
    replaced = exists().where(
        later.c.definition_id == _QUALIFICATION.c.definition_id,
        later.c.state == QualificationState.QUALIFIED,
        later.c.valid_until > _QUALIFICATION.c.valid_until,
    )
    return and_(
        _QUALIFICATION.c.state == QualificationState.QUALIFIED,
        func.coalesce(_QUALIFICATION.c.valid_until <= until, false()),
        ~replaced,
    )


def _status(today: date) -> ColumnElement[str]:
    """Return how a qualification stands on a day, as `assess_status` judges it."""
    until = _QUALIFICATION.c.valid_until
    qualified = _QUALIFICATION.c.state == QualificationState.QUALIFIED
    soon = today + timedelta(days=EXPIRING_WITHIN_DAYS)
    return case(
        (and_(qualified, until < today), literal(QualificationStatus.EXPIRED.value)),
        (and_(qualified, until < soon), literal(QualificationStatus.EXPIRING.value)),
        else_=type_coerce(_QUALIFICATION.c.state, String),
    )


def _sort_keys(today: date) -> dict[QualificationSort, ColumnElement[Any]]:
    return {
        QualificationSort.PART: _PART.c.number_key,
        QualificationSort.DEFINITION: _DEFINITION.c.major * 1_000_000 + _DEFINITION.c.minor,
        QualificationSort.MACHINE: func.lower(_MACHINE.c.name),
        QualificationSort.MATERIAL: func.lower(_MATERIAL.c.grade),
        QualificationSort.PROVIDER: func.lower(_PROVIDER.c.name),
        QualificationSort.STATUS: case(
            {status.value: place for status, place in _STATUS_ORDER.items()}, value=_status(today)
        ),
        QualificationSort.STARTED: _QUALIFICATION.c.started_on,
        QualificationSort.EVIDENCE: _proofs(_is_sound(today)) * 1.0 / func.max(_proofs(), 1),
        QualificationSort.VALID_UNTIL: _QUALIFICATION.c.valid_until,
        QualificationSort.PEOPLE: func.lower(_QUALIFICATION.c.author),
    }


def _is_sound(today: date) -> ColumnElement[bool]:
    until = _EVIDENCE.c.valid_until
    return and_(_EVIDENCE.c.passed, or_(until.is_(None), until >= today))


def _proofs(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(_EVIDENCE)
        .where(_EVIDENCE.c.qualification_id == _QUALIFICATION.c.id, *conditions)
        .correlate(_QUALIFICATION)
        .scalar_subquery()
    )


def _matches(word: str) -> ColumnElement[bool]:
    inside = f"%{escape_like(word)}%"
    columns = (
        _MACHINE.c.name,
        _MATERIAL.c.grade,
        _PROVIDER.c.name,
        _PROVIDER.c.code,
        _QUALIFICATION.c.author,
    )
    return or_(part_matches(word), *(column.like(inside, escape="\\") for column in columns))


def _line(row: Sequence[Any]) -> QualificationLine:
    return QualificationLine(
        id=row[0],
        part_id=row[1],
        number=row[2],
        name=row[3],
        revision=row[4],
        sha256=row[5],
        unit=row[6],
        major=row[7],
        minor=row[8],
        machine=row[9],
        material=row[10],
        provider=row[11],
        status=QualificationStatus(row[12]),
        started_on=row[13],
        valid_until=row[14],
        author=row[15],
        approver=row[16],
        blocked_reason=row[17],
        proofs=row[18],
        sound=row[19],
        mine=bool(row[20]),
    )
