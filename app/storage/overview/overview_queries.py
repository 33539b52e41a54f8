"""Counts and first ids for the page that tells what needs attention."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, case, exists, func, select

from app.domain.certificates.certificate import CertificateState
from app.domain.lifecycle.flag import Answer, Readiness
from app.domain.overview.home_overview import LeavingSeries
from app.storage.certificates.tables import CertificateRow, LotRow
from app.storage.lifecycle.tables import FlagRow, WhereUsedRow
from app.storage.table_base import table_of

_LOT, _CERTIFICATE = table_of(LotRow), table_of(CertificateRow)
_FLAG, _USE = table_of(FlagRow), table_of(WhereUsedRow)
_OPEN = and_(_FLAG.c.answer == Answer.YES, _FLAG.c.readiness != Readiness.QUALIFIED)


class OverviewQueries:
    """Made by `Reader.overview`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def leaving_series(self, today: date, soon: date) -> LeavingSeries:
        """Count the eternal spares without a qualification; `soon` ends what is due soon."""
        start = _FLAG.c.last_safe_start
        parts, overdue, soon_due = self._connection.execute(
            select(
                func.count(),
                func.sum(case((start < today, 1), else_=0)),
                func.sum(case((and_(start >= today, start <= soon), 1), else_=0)),
            ).where(_OPEN)
        ).one()
        products = self._connection.execute(
            select(func.count(func.distinct(_USE.c.product_id))).where(
                exists().where(_FLAG.c.part_id == _USE.c.part_id, _OPEN)
            )
        ).scalar_one()
        return LeavingSeries(
            parts=parts, products=products, overdue=overdue or 0, soon=soon_due or 0
        )

    def eternal_ids(self) -> list[int]:
        """Return the ids of all parts that need an eternal spare."""
        query = select(_FLAG.c.part_id).where(_FLAG.c.answer == Answer.YES)
        return list(self._connection.execute(query).scalars())

    def unknown_ids(self, limit: int) -> list[int]:
        """Return parts without a certain answer; those that lack least come first."""
        query = (
            select(_FLAG.c.part_id)
            .where(_FLAG.c.answer == Answer.UNKNOWN)
            .order_by(func.json_array_length(_FLAG.c.missing), _FLAG.c.part_id)
            .limit(limit)
        )
        return list(self._connection.execute(query).scalars())

    def uncertified_lots(self) -> int:
        """Count the lots without a certificate in force."""
        certified = exists().where(
            _CERTIFICATE.c.lot_id == _LOT.c.id,
            _CERTIFICATE.c.state == CertificateState.ISSUED,
        )
        query = select(func.count()).select_from(_LOT).where(~certified)
        return int(self._connection.execute(query).scalar_one())

    def unknown_count(self) -> int:
        query = select(func.count()).where(_FLAG.c.answer == Answer.UNKNOWN)
        return int(self._connection.execute(query).scalar_one())
