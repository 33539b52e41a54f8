"""The one statement behind every list of parts.

Plain SQL without any library: the window shows its first page before the database layer is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.domain.catalog.length_unit import LengthUnit
from app.domain.catalog.revision_state import RevisionState
from app.domain.inventory.part_list import PartListRow, RecordedProof
from app.domain.lifecycle.product_dates import ProductDates
from app.domain.lifecycle.verdict import Answer, Readiness
from app.domain.qualification.qualification_state import QualificationState

# Over several markets a product starts with the first introduction and ends with the last date.
PRODUCT_DATES = """
       min(CASE milestone.kind WHEN 'introduction' THEN milestone."on" END) AS introduced,
       max(CASE milestone.kind WHEN 'last_produced' THEN milestone."on" END) AS produced,
       max(CASE milestone.kind WHEN 'last_placed' THEN milestone."on" END) AS placed,
       max(CASE milestone.kind WHEN 'end_of_service' THEN milestone."on" END) AS served
"""

# The released print definition of a revision, the newest first; else its draft.
CURRENT_MAJOR = """
(SELECT major FROM print_definition AS current
 WHERE current.revision_id = {revision} AND current.state IN ('released', 'draft')
 ORDER BY current.state = 'draft', current.id DESC LIMIT 1)
"""

# A qualification counts for all definitions of the same major version of the newest revision.
_PROOFS = f"""
(SELECT json_group_array(json_array(qualification.state, qualification.valid_until))
 FROM print_definition AS tested
 JOIN qualification ON qualification.definition_id = tested.id
 WHERE tested.revision_id = revision.id AND tested.state <> 'draft'
   AND tested.major = {CURRENT_MAJOR.format(revision="revision.id")})
"""

_PRODUCTS = f"""
(SELECT json_group_array(json_array(name, introduced, produced, placed, served))
 FROM (SELECT product.name AS name, {PRODUCT_DATES}
       FROM where_used
       JOIN product ON product.id = where_used.product_id
       LEFT JOIN milestone ON milestone.product_id = product.id
       WHERE where_used.part_id = part.id
       GROUP BY product.id ORDER BY product.name))
"""

_COLUMNS = f"""
SELECT part.id, part.number, part.name, part.material,
       revision.label, revision.state,
       {_PRODUCTS},
       geometry.sha256, geometry.unit, geometry.file_name,
       flag.answer, flag.need_until, flag.supply_until, flag.last_safe_start, flag.rank,
       flag.readiness,
       {_PROOFS}
FROM part
LEFT JOIN part_revision AS revision
       ON revision.id = (SELECT max(id) FROM part_revision WHERE part_id = part.id)
LEFT JOIN geometry
       ON geometry.id = (SELECT min(id) FROM geometry
                         WHERE revision_id = revision.id AND role = 'master')
LEFT JOIN flag ON flag.part_id = part.id
"""

# One parameter each: a JSON list of ids; the number of rows.
ROWS_BY_ID = _COLUMNS + "WHERE part.id IN (SELECT value FROM json_each(?))"
FIRST_ROWS = _COLUMNS + "ORDER BY part.number_key, part.id LIMIT ?"


def part_list_row(row: Sequence[Any]) -> PartListRow:
    """Build a line of the list from a row of one of the statements above."""
    products: list[list[Any]] = json.loads(row[6])
    return PartListRow(
        id=row[0],
        number=row[1],
        name=row[2],
        material=row[3],
        revision=row[4] or "",
        revision_state=RevisionState(row[5]) if row[5] else None,
        products=tuple(item[0] for item in products),
        dates=tuple(ProductDates(*map(_date, item[1:])) for item in products),
        sha256=row[7] or "",
        unit=LengthUnit(row[8]) if row[8] else None,
        file_name=row[9] or "",
        answer=Answer(row[10]) if row[10] else None,
        need_until=_date(row[11]),
        supply_until=_date(row[12]),
        last_safe_start=_date(row[13]),
        rank=row[14] or 0.0,
        readiness=Readiness(row[15]) if row[15] else None,
        proofs=tuple(
            RecordedProof(QualificationState(state), _date(until))
            for state, until in json.loads(row[16])
        ),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
