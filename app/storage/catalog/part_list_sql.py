"""The one statement behind every list of parts.

Plain SQL without any library: the window shows its first page before the database layer is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.domain.catalog.length_unit import LengthUnit
from app.domain.catalog.revision_state import RevisionState
from app.domain.inventory.part_list import PartListRow
from app.domain.lifecycle.verdict import Answer, Readiness
from app.domain.qualification.qualification_state import QualificationState

_SEPARATOR = "\x1f"

_COLUMNS = """
SELECT part.id, part.number, part.name, part.material,
       revision.label, revision.state,
       (SELECT group_concat(name, char(31)) FROM (
            SELECT product.name FROM where_used
            JOIN product ON product.id = where_used.product_id
            WHERE where_used.part_id = part.id ORDER BY product.name)),
       geometry.sha256, geometry.unit, geometry.file_name,
       flag.answer, flag.need_until, flag.supply_until, flag.last_safe_start, flag.rank,
       flag.readiness,
       (SELECT qualification.state FROM qualification
            JOIN print_definition ON print_definition.id = qualification.definition_id
            JOIN part_revision ON part_revision.id = print_definition.revision_id
            WHERE part_revision.part_id = part.id ORDER BY qualification.id DESC LIMIT 1)
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
    return PartListRow(
        id=row[0],
        number=row[1],
        name=row[2],
        material=row[3],
        revision=row[4] or "",
        revision_state=RevisionState(row[5]) if row[5] else None,
        products=tuple(row[6].split(_SEPARATOR)) if row[6] else (),
        sha256=row[7] or "",
        unit=LengthUnit(row[8]) if row[8] else None,
        file_name=row[9] or "",
        answer=Answer(row[10]) if row[10] else None,
        need_until=_date(row[11]),
        supply_until=_date(row[12]),
        last_safe_start=_date(row[13]),
        rank=row[14] or 0.0,
        readiness=Readiness(row[15]) if row[15] else None,
        qualification=QualificationState(row[16]) if row[16] else None,
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
