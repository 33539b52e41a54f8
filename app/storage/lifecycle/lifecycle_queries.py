"""Life-cycle questions over all parts at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, column, func, select, table

from app.domain.catalog.part import ConsequenceClass
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.product import Milestone
from app.domain.lifecycle.worklist import WorklistRow
from app.storage.lifecycle.tables import FlagRow, ProductRow, WhereUsedRow
from app.storage.table_base import table_of

if TYPE_CHECKING:
    # numpy stays out of every command that does not judge.
    import numpy as np
    from numpy.typing import NDArray

    from app.domain.lifecycle.spare_columns import SpareColumns

_FLAG = table_of(FlagRow)
# Named, not imported: the catalogue's own queries build on this feature.
_PART = table("part", *map(column, ("id", "number", "number_key", "name", "consequence_class")))
_PRODUCT, _USE = table_of(ProductRow), table_of(WhereUsedRow)
_FLAG_NAMES = tuple(field.name for field in fields(Flag))  # the table may have more columns
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class StoredVerdicts:
    """What the flag table holds, (n,) each, ordered by part id.

    Attributes:
        answers: index into `ANSWERS`.
    """

    part_ids: NDArray[np.int64]
    fingerprints: NDArray[np.int64]
    answers: NDArray[np.int64]


class LifecycleQueries:
    """Column queries for the eternal-spare rule; made by `Reader.lifecycle`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def spare_columns(self, today: date) -> SpareColumns:
        """Return the inputs of the eternal-spare rule over all parts, ordered by id."""
        from app.storage.lifecycle.spare_columns_query import fetch_spare_columns

        return fetch_spare_columns(self._connection, today)

    def product_spare_columns(
        self, today: date, product_id: int, *, instead: Milestone | None = None
    ) -> SpareColumns:
        """Return the inputs of the rule over the parts of one product, ordered by id.

        Args:
            instead: a milestone of the product that stands in for the stored one.
        """
        from app.storage.lifecycle.product_scope import product_scope
        from app.storage.lifecycle.spare_columns_query import fetch_spare_columns

        return fetch_spare_columns(self._connection, today, product_scope(product_id, instead))

    def stored_verdicts(self) -> StoredVerdicts:
        """Return the verdicts of the last assessment."""
        from app.storage.lifecycle.number_rows import NumberRows
        from app.storage.lifecycle.spare_columns_sql import VERDICTS

        rows = NumberRows(self._connection, VERDICTS, "iii")
        return StoredVerdicts(rows.codes(0), rows.codes(1), rows.codes(2))

    def worklist_ids(self, answers: Sequence[Answer]) -> list[int]:
        """Return the ids of the parts that `worklist` lists, in its order."""
        query = _ranked(select(_PART.c.id), answers)
        return list(self._connection.execute(query).scalars())

    def worklist(
        self,
        answers: Sequence[Answer],
        *,
        limit: int | None = None,
        offset: int = 0,
        part_ids: Sequence[int] | None = None,
    ) -> list[WorklistRow]:
        """Return parts with one of `answers`: highest rank first, then by due date and number.

        Args:
            part_ids: of these parts only, at most a few hundred; None: of all.
        """
        products = (
            select(func.group_concat(_PRODUCT.c.name, _SEPARATOR))
            .join(_USE, _USE.c.product_id == _PRODUCT.c.id)
            .where(_USE.c.part_id == _PART.c.id)
            .scalar_subquery()
        )
        columns = (_PART.c.number, _PART.c.name, _PART.c.consequence_class, products)
        query = _ranked(select(*columns, *(_FLAG.c[name] for name in _FLAG_NAMES)), answers)
        query = query.limit(limit).offset(offset)
        if part_ids is not None:
            query = query.where(_PART.c.id.in_(part_ids))
        return [
            WorklistRow(
                number=number,
                name=name,
                consequence_class=ConsequenceClass(consequence),
                products=tuple(sorted(names.split(_SEPARATOR))) if names else (),
                flag=Flag(**dict(zip(_FLAG_NAMES, values, strict=True))),
            )
            for number, name, consequence, names, *values in self._connection.execute(query)
        ]

    def count_answers(self) -> dict[Answer, int]:
        """Return how many parts have which answer."""
        query = select(_FLAG.c.answer, func.count()).group_by(_FLAG.c.answer)
        found = {row[0]: row[1] for row in self._connection.execute(query)}
        return {answer: found.get(answer, 0) for answer in Answer}

    def part_counts(self) -> dict[int, int]:
        """Return how many parts each product uses, by product id."""
        query = select(_USE.c.product_id, func.count()).group_by(_USE.c.product_id)
        return {row[0]: row[1] for row in self._connection.execute(query)}


def _ranked(query: Select[Any], answers: Sequence[Answer]) -> Select[Any]:
    """Restrict a query to flagged parts with one of `answers`, in the order of the worklist."""
    return (
        query.join_from(_FLAG, _PART, _PART.c.id == _FLAG.c.part_id)
        .where(_FLAG.c.answer.in_(answers))
        .order_by(
            _FLAG.c.rank.desc(),
            _FLAG.c.last_safe_start.is_(None),
            _FLAG.c.last_safe_start,
            _PART.c.number_key,
        )
    )
