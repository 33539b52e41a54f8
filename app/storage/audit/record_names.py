"""Names the records of the trail and finds the parts they belong to, and the other way round."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

Record = tuple[str, int]
PART = "part"
_BATCH = 900


@dataclass(frozen=True, slots=True)
class _Link:
    """How a table's records are called and what they belong to.

    Attributes:
        name: SQL over the table's columns.
        parent: table of the record it belongs to; "" for none.
        column: that holds the parent's id.
    """

    name: str
    parent: str = ""
    column: str = ""


_LINKS: Mapping[str, _Link] = {
    PART: _Link("number"),
    "part_revision": _Link("label", PART, "part_id"),
    "geometry": _Link("file_name", "part_revision", "revision_id"),
    "print_definition": _Link("major || '.' || minor", "part_revision", "revision_id"),
    "definition_field": _Link("name", "print_definition", "definition_id"),
    "qualification": _Link("''", "print_definition", "definition_id"),
    "evidence": _Link("title", "qualification", "qualification_id"),
    "print_package": _Link("number", "print_definition", "definition_id"),
    "lot": _Link("number", "print_definition", "definition_id"),
    "certificate": _Link("number", "lot", "lot_id"),
    "milestone": _Link("''", PART, "part_id"),
    "where_used": _Link("''", PART, "part_id"),
    "supply_position": _Link("plant", PART, "part_id"),
    "supply_source": _Link("supplier", PART, "part_id"),
    "demand_history": _Link("''", PART, "part_id"),
    "flag": _Link("''", PART, "part_id"),
    "ignored_finding": _Link("code", "geometry", ""),
    "product": _Link("name"),
    "provider": _Link("name"),
    "machine": _Link("name"),
    "material": _Link("grade"),
    "organisation": _Link("name"),
}
# A finding is accepted for a content, which several files may have: the first one stands for it.
_FINDINGS = (
    "SELECT ignored_finding.id, code, (SELECT min(geometry.id) FROM geometry"
    " WHERE geometry.sha256 = ignored_finding.geometry_sha256) FROM ignored_finding"
)
_FINDINGS_OF = (
    "SELECT ignored_finding.id FROM ignored_finding JOIN geometry"
    " ON geometry.sha256 = ignored_finding.geometry_sha256 WHERE geometry.id"
)


@dataclass(frozen=True, slots=True)
class RecordName:
    """What a record is called, and the number of the part it belongs to; "" for none."""

    name: str
    part_number: str = ""


def name_records(
    connection: Connection, records: Iterable[Record], remembered: Mapping[Record, str]
) -> dict[Record, RecordName]:
    """Return the names of records.

    Args:
        remembered: the JSON of whole records as the trail holds it, for those that are gone.
    """
    names: dict[Record, str] = {}
    parents: dict[Record, Record] = {}
    wanted = set(records)
    asked = list(wanted)
    while wanted:
        for record, name, parent in _look_up(connection, wanted, remembered):
            names[record] = name
            if parent is not None:
                parents[record] = parent
        wanted = {parent for parent in parents.values() if parent not in names}
        for record in wanted:
            names[record] = ""  # asked for once, even if it is gone
    return {
        record: RecordName(names.get(record, ""), _part_of(record, names, parents))
        for record in asked
    }


def records_of_parts(connection: Connection, part_ids: Collection[int]) -> list[Record]:
    """Return the parts and all records that belong to them."""
    found: list[Record] = []
    level: dict[str, list[int]] = {PART: list(part_ids)}
    while level:
        found += [(table, row_id) for table, ids in level.items() for row_id in ids]
        below: dict[str, list[int]] = {}
        for table, link in _LINKS.items():
            if link.parent in level:
                below[table] = _children(connection, table, link, level[link.parent])
        level = {table: ids for table, ids in below.items() if ids}
    return found


def _children(connection: Connection, table: str, link: _Link, ids: list[int]) -> list[int]:
    query = (
        f'SELECT id FROM "{table}" WHERE "{link.column}"' if link.column else _FINDINGS_OF
    ) + " IN (SELECT value FROM json_each(?))"
    return [int(row[0]) for row in connection.exec_driver_sql(query, (json.dumps(ids),))]


def _look_up(
    connection: Connection, wanted: Iterable[Record], remembered: Mapping[Record, str]
) -> Iterable[tuple[Record, str, Record | None]]:
    by_table: defaultdict[str, list[int]] = defaultdict(list)
    for table, row_id in wanted:
        by_table[table].append(row_id)
    for table, ids in by_table.items():
        link = _LINKS.get(table)
        if link is None:  # a stored file: nothing but its hash
            continue
        missing = set(ids)
        for row_id, name, parent_id in _stored(connection, table, link, ids):
            missing.discard(row_id)
            parent = (link.parent, parent_id) if parent_id is not None else None
            yield (table, row_id), name, parent
        for row_id in missing & {row_id for name, row_id in remembered if name == table}:
            yield _as_remembered((table, row_id), link, remembered[table, row_id])


def _stored(
    connection: Connection, table: str, link: _Link, ids: list[int]
) -> Iterable[tuple[int, str, int | None]]:
    parent = f'"{link.column}"' if link.column else "NULL"
    query = (
        f'SELECT "{table}".id, {link.name}, {parent} FROM "{table}"'
        if link.column or not link.parent
        else _FINDINGS
    ) + f' WHERE "{table}".id IN (SELECT value FROM json_each(?))'
    for start in range(0, len(ids), _BATCH):
        asked = json.dumps(ids[start : start + _BATCH])
        for row in connection.exec_driver_sql(query, (asked,)):
            yield int(row[0]), str(row[1] or ""), row[2]


def _as_remembered(record: Record, link: _Link, text: str) -> tuple[Record, str, Record | None]:
    """Name a record that is gone from what the trail holds of it."""
    try:
        columns: Any = json.loads(text)
        parent_id = columns.get(link.column)
        name = columns.get(link.name, "")
    except (ValueError, AttributeError):  # damaged, which the check of the chain tells
        return record, "", None
    parent = (link.parent, parent_id) if isinstance(parent_id, int) else None
    return record, str(name), parent


def _part_of(record: Record, names: Mapping[Record, str], parents: Mapping[Record, Record]) -> str:
    place: Record | None = record
    while place is not None:
        if place[0] == PART:
            return names.get(place, "")
        place = parents.get(place)
    return ""
