"""Lists of exported packages: order, standing and counts in SQL, read a page at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.packages.package_list import PackageFilter, PackageRow

# What `verify_file` tells of a single package, for many at once; one parameter: the day.
_ENDED = """(
    part_revision.state = 'obsolete' OR print_definition.state = 'superseded'
    OR (package.qualification_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM qualification AS ours
        JOIN print_definition AS of_ours ON of_ours.id = ours.definition_id
        JOIN print_definition AS alike
          ON alike.revision_id = of_ours.revision_id AND alike.major = of_ours.major
        JOIN qualification AS other ON other.definition_id = alike.id
        WHERE ours.id = package.qualification_id AND ours.state <> 'blocked'
          AND other.machine_id = ours.machine_id AND other.material_id = ours.material_id
          AND other.provider_id = ours.provider_id AND other.state = 'qualified'
          AND (other.valid_until IS NULL OR other.valid_until >= :today)))
)"""
_FROM = """
FROM print_package AS package
JOIN print_definition ON print_definition.id = package.definition_id
JOIN part_revision ON part_revision.id = print_definition.revision_id
JOIN part ON part.id = part_revision.part_id
JOIN provider ON provider.id = package.provider_id
"""
_AWAITING = """(NOT package.trial
    AND NOT EXISTS (SELECT 1 FROM lot WHERE lot.package_id = package.id))"""
_CONDITIONS = {
    PackageFilter.ALL: "1",
    PackageFilter.AWAITING: _AWAITING,
    PackageFilter.TRIAL: "package.trial",
    PackageFilter.RECALL: _ENDED,
}
_SEARCHED = (
    "package.number",
    "part.number",
    "part.name",
    "provider.name",
    "provider.code",
    "package.file_name",
)
_HOLDS_TEXT = "(" + " OR ".join(f"instr(lower({column}), :text)" for column in _SEARCHED) + ")"

_ROWS = f"""
SELECT package.id, package.number, part.number, part.name, part_revision.label,
       print_definition.major, print_definition.minor, provider.name, package.quantity,
       package.trial, package.exported_by, package.exported_at,
       (SELECT count(*) FROM lot WHERE lot.package_id = package.id),
       (SELECT coalesce(sum(lot.quantity), 0) FROM lot WHERE lot.package_id = package.id),
       {_ENDED}
{_FROM} WHERE package.id IN (SELECT value FROM json_each(:ids))
"""
_COUNTS = f"""
SELECT count(*), total({_AWAITING}), total(package.trial), total({_ENDED}) {_FROM}
"""


class PackageQueries:
    """Made by `Reader.packages`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(
        self,
        which: PackageFilter = PackageFilter.ALL,
        *,
        text: str = "",
        today: date,
        limit: int | None = None,
    ) -> list[int]:
        """Return the ids of the packages listed, the newest first.

        Args:
            text: must occur in number, part, recipient or file name, in any case; "" for all.
            today: the day on which a package may be no longer current.
        """
        conditions = [_CONDITIONS[which]] + ([_HOLDS_TEXT] if text.strip() else [])
        statement = f"""
            SELECT package.id {_FROM} WHERE {" AND ".join(conditions)}
            ORDER BY package.id DESC LIMIT :limit
        """
        values = {
            "text": text.strip().lower(),
            "today": today.isoformat(),
            "limit": -1 if limit is None else limit,
        }
        return list(self._connection.exec_driver_sql(statement, values).scalars())

    def rows(self, ids: Sequence[int], today: date) -> list[PackageRow]:
        """Return these packages as lines of a list; those that are gone are left out."""
        values = {"ids": json.dumps(list(ids)), "today": today.isoformat()}
        found = self._connection.exec_driver_sql(_ROWS, values)
        by_id = {row[0]: _row(*row) for row in found}
        return [by_id[package_id] for package_id in ids if package_id in by_id]

    def counts(self, today: date) -> dict[PackageFilter, int]:
        """Count how many packages each filter lists."""
        [row] = self._connection.exec_driver_sql(_COUNTS, {"today": today.isoformat()})
        return {which: int(count) for which, count in zip(PackageFilter, row, strict=True)}


def _row(
    package_id: int,
    number: str,
    part_number: str,
    part_name: str,
    revision: str,
    major: int,
    minor: int,
    provider: str,
    quantity: int,
    trial: int,
    exported_by: str,
    exported_at: str,
    lots: int,
    booked: int,
    ended: int,
) -> PackageRow:
    return PackageRow(
        id=package_id,
        number=number,
        part_number=part_number,
        part_name=part_name,
        revision=revision,
        definition=f"{major}.{minor}",
        provider=provider,
        quantity=quantity,
        trial=bool(trial),
        ended=bool(ended),
        exported_by=exported_by,
        exported_at=datetime.fromisoformat(exported_at),
        lots=lots,
        booked=booked,
    )
