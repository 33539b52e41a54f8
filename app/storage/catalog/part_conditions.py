"""What the filters of the parts list mean in SQL.

A condition on few parts leads the query: their ids are looked up and sorted. One on very many is
asked part by part in the order of the list, so that its first page is there at once. Which of the
two it is, a look at its first rows tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from app.domain.inventory.part_list import SOON, PartFilter, QualificationFilter, StartFilter
from app.domain.inventory.supply_standing import LIFE_LEFT
from app.domain.lifecycle.product import name_key
from app.domain.lifecycle.product_stage import LifeCycleStage
from app.domain.qualification.qualification_status import (
    BEST_LAST,
    EXPIRING_WITHIN_DAYS,
    QualificationStatus,
)
from app.storage.catalog.part_list_sql import CURRENT_MAJOR, PRODUCT_DATES

MANY = 10_000

# The stages of the products as places in `LIFE_LEFT`. One named parameter: today.
PRODUCT_LIFE = f"""
SELECT product_id,
       CASE WHEN served < :today THEN 0
            WHEN coalesce(placed, produced) < :today THEN 1
            WHEN coalesce(placed, produced) >= :today THEN 2
            WHEN introduced > :today THEN 4
            WHEN introduced <= :today THEN 5
            ELSE 3 END AS life,
       coalesce(produced, placed) AS production_end
FROM (SELECT product.id AS product_id, {PRODUCT_DATES}
      FROM product LEFT JOIN milestone ON milestone.product_id = product.id
      GROUP BY product.id)
"""
_CASES = " ".join(
    f"WHEN '{status}' THEN {place}"
    for place, status in enumerate(BEST_LAST)
    if status not in (QualificationStatus.EXPIRED, QualificationStatus.EXPIRING)
)

# How parts stand that have a qualification, as places in `BEST_LAST`. Parameters: today, soon.
STANDINGS = f"""
SELECT revision.part_id AS part_id, max(
    CASE WHEN qualification.state = 'qualified' AND qualification.valid_until < :today
              THEN {BEST_LAST.index(QualificationStatus.EXPIRED)}
         WHEN qualification.state = 'qualified' AND qualification.valid_until < :soon
              THEN {BEST_LAST.index(QualificationStatus.EXPIRING)}
         ELSE CASE qualification.state {_CASES} END END) AS standing
FROM qualification
JOIN print_definition AS tested ON tested.id = qualification.definition_id
JOIN part_revision AS revision ON revision.id = tested.revision_id
WHERE tested.state <> 'draft'
  AND revision.id = (SELECT max(id) FROM part_revision AS newest
                     WHERE newest.part_id = revision.part_id)
  AND tested.major = {CURRENT_MAJOR.format(revision="revision.id")}
GROUP BY revision.part_id
"""

_WITHOUT_GEOMETRY = """
NOT EXISTS (SELECT 1 FROM geometry
            WHERE geometry.role = 'master' AND geometry.revision_id =
                  (SELECT max(id) FROM part_revision WHERE part_revision.part_id = part.id))
"""
_USED_IN = "product_id IN (SELECT value FROM json_each(:{name}))"


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL on `part` that must hold, with the values of its named parameters."""

    sql: str
    values: Mapping[str, Any] = field(default_factory=dict)


def days_of(today: date | None) -> dict[str, str]:
    """Return the days that statements on standing and supply compare with.

    Raises:
        ValueError: no day was given to judge for.
    """
    if today is None:
        raise ValueError("this filter or order is judged for a day")
    soon = today + timedelta(days=EXPIRING_WITHIN_DAYS)
    return {"today": today.isoformat(), "soon": soon.isoformat()}


def part_conditions(
    connection: Connection, wanted: PartFilter, today: date | None
) -> Iterator[Condition]:
    """Yield what parts must fulfil, but for search text and pasted numbers."""
    if wanted.answer is not None:
        yield _member(connection, "flag", "flag.answer = :answer", {"answer": wanted.answer.value})
    if wanted.start is not None:
        yield _start(connection, wanted.start, today)
    if wanted.product:
        ids = _product_ids(connection, wanted.product)
        yield _member(
            connection, "where_used", _USED_IN.format(name="product"), {"product": json.dumps(ids)}
        )
    if wanted.stage is not None:
        yield from _stage(connection, wanted.stage, today)
    if wanted.qualification is not None:
        yield _standing(wanted.qualification, today)
    if wanted.without_geometry:
        yield Condition(_WITHOUT_GEOMETRY)


def _member(
    connection: Connection, table: str, condition: str, values: dict[str, Any]
) -> Condition:
    """Return that a row of `table` belongs to the part and fulfils the condition."""
    probe = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {condition} LIMIT {MANY})"
    if _scalar(connection, probe, values) < MANY:
        return Condition(f"part.id IN (SELECT part_id FROM {table} WHERE {condition})", values)
    own = f"SELECT 1 FROM {table} WHERE {table}.part_id = part.id AND {condition}"
    return Condition(f"EXISTS ({own})", values)


def _start(connection: Connection, wanted: StartFilter, today: date | None) -> Condition:
    days = days_of(today)
    assert today is not None
    if wanted is StartFilter.PAST:
        condition, values = "flag.last_safe_start < :today", {"today": days["today"]}
    else:
        condition = "flag.last_safe_start BETWEEN :today AND :half_year"
        values = {"today": days["today"], "half_year": (today + SOON).isoformat()}
    return _member(connection, "flag", condition, values)


def _stage(
    connection: Connection, wanted: LifeCycleStage, today: date | None
) -> Iterator[Condition]:
    """Yield that a product stands so, and that none lives longer."""
    life = LIFE_LEFT.index(wanted)
    values = {"today": days_of(today)["today"]}
    stages = connection.exec_driver_sql(PRODUCT_LIFE, values).all()
    so = json.dumps([row[0] for row in stages if row[1] == life])
    longer = [row[0] for row in stages if row[1] > life]
    yield _member(connection, "where_used", _USED_IN.format(name="so"), {"so": so})
    if longer:
        sql = (
            "NOT EXISTS (SELECT 1 FROM where_used WHERE where_used.part_id = part.id AND "
            + _USED_IN.format(name="longer")
            + ")"
        )
        yield Condition(sql, {"longer": json.dumps(longer)})


def _standing(wanted: QualificationFilter, today: date | None) -> Condition:
    status = wanted.status
    if status is not None:
        place = BEST_LAST.index(status)
        so = f"SELECT part_id FROM ({STANDINGS}) WHERE standing = {place}"
        return Condition(f"part.id IN ({so})", days_of(today))
    holds = BEST_LAST.index(QualificationStatus.EXPIRING)
    least = holds if wanted is QualificationFilter.NOT_QUALIFIED else 0
    so = f"SELECT part_id FROM ({STANDINGS}) WHERE standing >= {least}"
    return Condition(f"part.id NOT IN ({so})", days_of(today))


def _product_ids(connection: Connection, name: str) -> list[int]:
    query = "SELECT id FROM product WHERE name_key = :name"
    return list(connection.exec_driver_sql(query, {"name": name_key(name)}).scalars())


def _scalar(connection: Connection, statement: str, values: dict[str, Any]) -> int:
    return int(connection.exec_driver_sql(statement, values).scalar_one())
