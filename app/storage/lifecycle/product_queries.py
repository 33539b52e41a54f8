"""Lists of products: order and counts in SQL, so that thousands of them are read a page at a time.

A flag's readiness and answer stand for the verdict of the last assessment.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from app.domain.lifecycle.product import name_key
from app.domain.lifecycle.product_lane import PartStanding, ProductSort, ProductTotals

# The series ends with the last day placed on the market, else with the last day produced.
_DATES = """
LEFT JOIN (
    SELECT product_id,
           coalesce(max(CASE kind WHEN 'last_placed' THEN "on" END),
                    max(CASE kind WHEN 'last_produced' THEN "on" END)) AS series_end,
           coalesce(max(CASE kind WHEN 'last_produced' THEN "on" END),
                    max(CASE kind WHEN 'last_placed' THEN "on" END)) AS production_end
    FROM milestone WHERE product_id IS NOT NULL GROUP BY product_id
) AS dates ON dates.product_id = product.id
"""
_STANDINGS = """
LEFT JOIN (
    SELECT where_used.product_id, count(*) AS parts,
           total(flag.readiness = 'qualified') AS qualified, total(flag.answer = 'yes') AS eternal
    FROM where_used LEFT JOIN flag ON flag.part_id = where_used.part_id
    {of}
    GROUP BY where_used.product_id
) AS standing ON standing.product_id = product.id
"""
_ORDERS = {
    ProductSort.END_OF_PRODUCTION: "dates.production_end",
    ProductSort.NAME: "product.name_key",
    ProductSort.IN_USE: "product.installed_base",
    ProductSort.QUALIFIED: "standing.qualified / standing.parts",
}
_OF_PRODUCTS = "WHERE where_used.product_id IN (SELECT value FROM json_each(?))"

_TOTALS = f"""
SELECT count(*), total(dates.product_id IS NULL), total(dates.series_end BETWEEN ? AND ?)
FROM product {_DATES}
"""

_COUNTS = f"""
SELECT product.id, standing.parts, standing.qualified, standing.eternal
FROM product {_STANDINGS.format(of=_OF_PRODUCTS)}
WHERE standing.parts > 0
"""

# A part can be ordered until its own last order date or until its last supplier closes, whichever
# comes first; a supplier without a date takes orders without end.
_LAST_ORDERS = f"""
WITH uses AS (SELECT product_id, part_id FROM where_used {_OF_PRODUCTS}),
own AS (
    SELECT part_id, max("on") AS day FROM milestone
    WHERE kind = 'last_order' AND part_id IN (SELECT part_id FROM uses) GROUP BY part_id),
closing AS (
    SELECT part_id, max(last_order_on) AS day FROM supply_source
    WHERE part_id IN (SELECT part_id FROM uses)
    GROUP BY part_id HAVING count(*) = count(last_order_on))
SELECT product_id, coalesce(min(CASE WHEN day >= ? THEN day END), max(day)) FROM (
    SELECT uses.product_id,
           min(coalesce(own.day, closing.day), coalesce(closing.day, own.day)) AS day
    FROM uses
    LEFT JOIN own ON own.part_id = uses.part_id
    LEFT JOIN closing ON closing.part_id = uses.part_id)
WHERE day IS NOT NULL GROUP BY product_id
"""

# In the order of the worklist; parts that need nothing follow by number.
_PARTS = """
SELECT part.id FROM part LEFT JOIN flag ON flag.part_id = part.id
WHERE part.id IN (SELECT part_id FROM where_used
                  WHERE product_id IN (SELECT value FROM json_each(?)))
ORDER BY coalesce(flag.rank, 0) DESC, flag.last_safe_start IS NULL, flag.last_safe_start,
         part.number_key
"""


class ProductQueries:
    """Made by `Reader.products`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(
        self,
        sort: ProductSort = ProductSort.END_OF_PRODUCTION,
        *,
        descending: bool = False,
        dated: bool = True,
        text: str = "",
        limit: int | None = None,
    ) -> list[int]:
        """Return the ids of the products that have a date, or of those that have none, in order.

        A product without the value that orders the list comes last, whatever the direction.

        Args:
            text: must occur in the name or in the product group, in any case; "" for all.
        """
        column = _ORDERS[sort]
        direction = "DESC" if descending else "ASC"
        counted = _STANDINGS.format(of="") if sort is ProductSort.QUALIFIED else ""
        statement = f"""
            SELECT product.id FROM product {_DATES} {counted}
            WHERE dates.product_id IS {"NOT" if dated else ""} NULL
              AND (instr(product.name_key, ?) OR instr(lower(product.product_group), ?))
            ORDER BY {column} IS NULL, {column} {direction}, product.name_key LIMIT ?
        """
        wanted, many = name_key(text), -1 if limit is None else limit
        values = (wanted, wanted, many)
        return list(self._connection.exec_driver_sql(statement, values).scalars())

    def names(self, text: str, limit: int) -> list[str]:
        """Return names that hold `text`, in any case; those that begin with it come first."""
        statement = """
            SELECT name FROM product WHERE instr(name_key, ?1)
            ORDER BY instr(name_key, ?1) > 1, name_key LIMIT ?2
        """
        wanted = name_key(text)
        return list(self._connection.exec_driver_sql(statement, (wanted, limit)).scalars())

    def totals(self, today: date, horizon_end: date) -> ProductTotals:
        """Count all products, those without a date, and those that leave series until then."""
        days = (today.isoformat(), horizon_end.isoformat())
        products, undated, leaving = self._connection.exec_driver_sql(_TOTALS, days).one()
        return ProductTotals(products=products, undated=int(undated), leaving=int(leaving))

    def standings(self, product_ids: Sequence[int], today: date) -> dict[int, PartStanding]:
        """Return how the parts of these products stand; products without parts are left out."""
        listed = json.dumps(list(product_ids))
        closing = self._connection.exec_driver_sql(_LAST_ORDERS, (listed, today.isoformat()))
        orders: dict[int, str] = {row[0]: row[1] for row in closing}
        return {
            product_id: PartStanding(
                parts=parts,
                qualified=int(qualified),
                eternal=int(eternal),
                last_order=_date(orders.get(product_id)),
            )
            for product_id, parts, qualified, eternal in self._connection.exec_driver_sql(
                _COUNTS, (listed,)
            )
        }

    def part_ids(self, product_ids: Sequence[int]) -> list[int]:
        """Return the ids of the parts that these products use, the most urgent one first."""
        listed = json.dumps(list(product_ids))
        return list(self._connection.exec_driver_sql(_PARTS, (listed,)).scalars())


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
