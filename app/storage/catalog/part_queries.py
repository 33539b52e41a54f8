"""Lists of parts: filter and sort in SQL, ids first, rows a page at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    literal_column,
    or_,
    select,
    text,
)

from app.domain.catalog.geometry import Geometry, GeometryRole
from app.domain.catalog.part import Part, PartRevision, number_key
from app.domain.catalog.part_list import PartFilter, PartListRow, PartSort
from app.domain.lifecycle.flag import Flag
from app.domain.lifecycle.product import Product, WhereUsed
from app.domain.qualification.print_definition import PrintDefinition
from app.domain.qualification.qualification import Qualification
from app.storage.catalog.part_search import SEARCH_TABLE
from app.storage.registry import table_of

_PART = table_of(Part)
_REVISION = table_of(PartRevision)
_GEOMETRY = table_of(Geometry)
_FLAG = table_of(Flag)
_USED = table_of(WhereUsed)
_PRODUCT = table_of(Product)
_DEFINITION = table_of(PrintDefinition)
_QUALIFICATION = table_of(Qualification)
TRIGRAM = 3  # shorter words cannot be looked up in the trigram index
CHUNK = 900


class PartQueries:
    """Made by `Reader.parts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(
        self,
        part_filter: PartFilter,
        sort: PartSort = PartSort.NUMBER,
        *,
        descending: bool = False,
        limit: int | None = None,
        after: tuple[Any, int] | None = None,
    ) -> list[int]:
        """Return the ids of matching parts in order.

        Args:
            after: (sort value, id) of the last part already known; continues behind it.
        """
        column = _SORT_COLUMNS[sort]
        query = self._filtered(select(_PART.c.id), part_filter, sort)
        if after is not None:
            query = query.where(_behind(column, after, descending))
        order = (column.desc(), _PART.c.id.desc()) if descending else (column, _PART.c.id)
        query = query.order_by(*order)
        if limit is not None:
            query = query.limit(limit)
        return list(self._connection.execute(query).scalars())

    def sort_value(self, part_id: int, sort: PartSort) -> Any:
        """Return what part `part_id` sorts by, to continue a list behind it."""
        query = select(_SORT_COLUMNS[sort]).select_from(
            _PART.outerjoin(_FLAG, _FLAG.c.part_id == _PART.c.id)
        )
        return self._connection.execute(query.where(_PART.c.id == part_id)).scalar_one()

    def count(self, part_filter: PartFilter) -> int:
        """Return how many parts match."""
        query = self._filtered(select(func.count()).select_from(_PART), part_filter, None)
        return int(self._connection.execute(query).scalar_one())

    def missing_numbers(self, numbers: Sequence[str]) -> list[str]:
        """Return those of `numbers` that no part of the library has, in the order given."""
        keys = {number_key(number) for number in numbers}
        known: set[str] = set()
        wanted = sorted(keys)
        for start in range(0, len(wanted), CHUNK):
            query = select(_PART.c.number_key).where(
                _PART.c.number_key.in_(wanted[start : start + CHUNK])
            )
            known.update(self._connection.execute(query).scalars())
        return [number for number in numbers if number_key(number) not in known]

    def rows(self, ids: Sequence[int]) -> list[PartListRow]:
        """Return the lines for `ids` in that order; ids that are gone are left out."""
        found: dict[int, PartListRow] = {}
        for start in range(0, len(ids), CHUNK):
            self._add_rows(list(ids[start : start + CHUNK]), found)
        return [found[part_id] for part_id in ids if part_id in found]

    def _filtered(
        self, query: Select[Any], part_filter: PartFilter, sort: PartSort | None
    ) -> Select[Any]:
        if sort in _FLAG_SORTS or part_filter.answer is not None:
            query = query.select_from(_PART).outerjoin(_FLAG, _FLAG.c.part_id == _PART.c.id)
        if part_filter.answer is not None:
            query = query.where(_FLAG.c.answer == part_filter.answer)
        if part_filter.numbers:
            keys = sorted({number_key(number) for number in part_filter.numbers})
            listed = func.json_each(literal_column(_json_list(keys))).table_valued("value")
            query = query.where(_PART.c.number_key.in_(select(listed.c.value)))
        for word in part_filter.text.split():
            query = query.where(_matches(word))
        return query

    def _add_rows(self, ids: list[int], found: dict[int, PartListRow]) -> None:
        revisions = self._newest_revisions(ids)
        products = self._products(ids)
        qualified = self._qualifications(ids)
        query = (
            select(
                _PART.c.id,
                _PART.c.number,
                _PART.c.name,
                _PART.c.material,
                _FLAG.c.answer,
                _FLAG.c.last_safe_start,
                _FLAG.c.rank,
                _FLAG.c.readiness,
            )
            .select_from(_PART.outerjoin(_FLAG, _FLAG.c.part_id == _PART.c.id))
            .where(_PART.c.id.in_(ids))
        )
        for row in self._connection.execute(query):
            newest = revisions.get(row.id)
            found[row.id] = PartListRow(
                id=row.id,
                number=row.number,
                name=row.name,
                material=row.material,
                revision=newest.label if newest else "",
                revision_state=newest.state if newest else None,
                products=tuple(products.get(row.id, ())),
                sha256=(newest.sha256 or "") if newest else "",
                unit=newest.unit if newest else None,
                answer=row.answer,
                last_safe_start=row.last_safe_start,
                rank=row.rank or 0.0,
                readiness=row.readiness,
                qualification=qualified.get(row.id),
            )

    def _newest_revisions(self, ids: list[int]) -> dict[int, Any]:
        newest = (
            select(func.max(_REVISION.c.id).label("id"))
            .where(_REVISION.c.part_id.in_(ids))
            .group_by(_REVISION.c.part_id)
        )
        query = (
            select(
                _REVISION.c.part_id,
                _REVISION.c.label,
                _REVISION.c.state,
                _GEOMETRY.c.sha256,
                _GEOMETRY.c.unit,
            )
            .select_from(
                _REVISION.outerjoin(
                    _GEOMETRY,
                    and_(
                        _GEOMETRY.c.revision_id == _REVISION.c.id,
                        _GEOMETRY.c.role == GeometryRole.MASTER,
                    ),
                )
            )
            .where(_REVISION.c.id.in_(newest))
            .order_by(_GEOMETRY.c.id.desc())
        )
        # The oldest master file comes last and stays: further files of a revision are additions.
        return {row.part_id: row for row in self._connection.execute(query)}

    def _products(self, ids: list[int]) -> dict[int, list[str]]:
        query = (
            select(_USED.c.part_id, _PRODUCT.c.name)
            .join(_PRODUCT, _PRODUCT.c.id == _USED.c.product_id)
            .where(_USED.c.part_id.in_(ids))
            .order_by(_PRODUCT.c.name)
        )
        products: defaultdict[int, list[str]] = defaultdict(list)
        for row in self._connection.execute(query):
            products[row.part_id].append(row.name)
        return products

    def _qualifications(self, ids: list[int]) -> dict[int, Any]:
        query = (
            select(_REVISION.c.part_id, _QUALIFICATION.c.state)
            .join(_DEFINITION, _DEFINITION.c.revision_id == _REVISION.c.id)
            .join(_QUALIFICATION, _QUALIFICATION.c.definition_id == _DEFINITION.c.id)
            .where(_REVISION.c.part_id.in_(ids))
            .order_by(_QUALIFICATION.c.id)
        )
        return {row.part_id: row.state for row in self._connection.execute(query)}


_FAR = "9999-12-31"
_FLAG_SORTS = (PartSort.LAST_SAFE_START, PartSort.RANK)
_SORT_COLUMNS: dict[PartSort, ColumnElement[Any]] = {
    PartSort.NUMBER: _PART.c.number_key,
    PartSort.NAME: _PART.c.name,
    PartSort.MATERIAL: _PART.c.material,
    PartSort.LAST_SAFE_START: func.coalesce(_FLAG.c.last_safe_start, _FAR),
    PartSort.RANK: func.coalesce(_FLAG.c.rank, 0.0),
}


def _behind(
    column: ColumnElement[Any], after: tuple[Any, int], descending: bool
) -> ColumnElement[bool]:
    value, part_id = after
    if descending:
        return or_(column < value, and_(column == value, _PART.c.id < part_id))
    return or_(column > value, and_(column == value, _PART.c.id > part_id))


def _matches(word: str) -> ColumnElement[bool]:
    key = number_key(word)
    if len(word) >= TRIGRAM:
        quoted = '"' + word.replace('"', '""') + '"'
        hit = text(f"SELECT rowid FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH :word")
        found = _PART.c.id.in_(hit.bindparams(word=quoted).columns(_PART.c.id))
        return or_(found, _PART.c.number_key == key)
    prefix = _escape_like(word)
    return or_(
        _PART.c.number_key.like(_escape_like(key) + "%", escape="\\"),
        _PART.c.name.like(prefix + "%", escape="\\"),
        _PART.c.name.like("% " + prefix + "%", escape="\\"),
    )


def _escape_like(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _json_list(keys: list[str]) -> str:
    listed = json.dumps(keys, ensure_ascii=False).replace("'", "''")
    return f"'{listed}'"
