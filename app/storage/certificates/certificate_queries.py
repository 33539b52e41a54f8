"""Lists of delivered lots and issued certificates: order and counts in SQL, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.certificates.certificate import CertificateState, CertificateType
from app.domain.certificates.certificate_list import CertificateCounts, CertificateRow, LotRow

_PART_OF_LOT = """
JOIN print_definition ON print_definition.id = lot.definition_id
JOIN part_revision ON part_revision.id = print_definition.revision_id
JOIN part ON part.id = part_revision.part_id
"""
_IN_FORCE = """EXISTS (
    SELECT 1 FROM certificate AS valid WHERE valid.lot_id = lot.id AND valid.state = 'issued')"""
_HOLDS_TEXT = """(
    instr(lower({number}), :text) OR instr(lower(lot.number), :text)
    OR instr(lower(part.number), :text) OR instr(lower(part.name), :text)
    OR instr(lower(lot.purchaser), :text) OR instr(lower(lot.order_reference), :text)
    OR instr(lower(lot.manufacturer), :text))"""

# What waits for a certificate comes first, then the latest delivery.
_LOT_IDS = f"""
SELECT lot.id FROM lot {_PART_OF_LOT} WHERE {_HOLDS_TEXT.format(number="lot.number")}
ORDER BY {_IN_FORCE}, lot.delivered_on DESC, lot.id DESC LIMIT :limit
"""
_LOT_ROWS = f"""
SELECT lot.id, lot.number, part.number, part.name, part_revision.label, lot.quantity,
       lot.manufacturer, lot.purchaser, lot.order_reference, lot.delivered_on,
       (SELECT count(*) FROM certificate WHERE lot_id = lot.id AND state = 'issued'),
       (SELECT count(*) FROM certificate WHERE lot_id = lot.id AND state <> 'issued')
FROM lot {_PART_OF_LOT} WHERE lot.id IN (SELECT value FROM json_each(:ids))
"""
_CERTIFICATE_IDS = f"""
SELECT certificate.id FROM certificate JOIN lot ON lot.id = certificate.lot_id {_PART_OF_LOT}
WHERE {_HOLDS_TEXT.format(number="certificate.number")} ORDER BY certificate.id DESC LIMIT :limit
"""
_CERTIFICATE_ROWS = f"""
SELECT certificate.id, certificate.number, certificate.type, certificate.state, lot.number,
       part.number, part.name, lot.purchaser, certificate.issued_by, certificate.issued_at,
       certificate.retain_until
FROM certificate JOIN lot ON lot.id = certificate.lot_id {_PART_OF_LOT}
WHERE certificate.id IN (SELECT value FROM json_each(:ids))
"""
_COUNTS = f"""
SELECT (SELECT count(*) FROM lot), (SELECT count(*) FROM lot WHERE NOT {_IN_FORCE}),
       (SELECT count(*) FROM certificate),
       (SELECT count(*) FROM certificate WHERE state = 'withdrawn')
"""


class CertificateQueries:
    """Made by `Reader.certificates`. A text is searched in any case; "" lists all."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lot_ids(self, text: str = "", *, limit: int | None = None) -> list[int]:
        """Return the ids of the lots: those without a certificate in force first."""
        return self._ids(_LOT_IDS, text, limit)

    def lot_rows(self, ids: Sequence[int]) -> list[LotRow]:
        """Return these lots as lines of a list; those that are gone are left out."""
        found = self._connection.exec_driver_sql(_LOT_ROWS, {"ids": json.dumps(list(ids))})
        by_id = {row[0]: _lot_row(*row) for row in found}
        return [by_id[lot_id] for lot_id in ids if lot_id in by_id]

    def certificate_ids(self, text: str = "", *, limit: int | None = None) -> list[int]:
        """Return the ids of the certificates, the newest first."""
        return self._ids(_CERTIFICATE_IDS, text, limit)

    def certificate_rows(self, ids: Sequence[int]) -> list[CertificateRow]:
        """Return these certificates as lines of a list; those that are gone are left out."""
        found = self._connection.exec_driver_sql(_CERTIFICATE_ROWS, {"ids": json.dumps(list(ids))})
        by_id = {row[0]: _certificate_row(*row) for row in found}
        return [by_id[row_id] for row_id in ids if row_id in by_id]

    def counts(self) -> CertificateCounts:
        """Count lots and certificates."""
        [row] = self._connection.exec_driver_sql(_COUNTS)
        lots, uncertified, certificates, withdrawn = row
        return CertificateCounts(
            lots=lots, uncertified=uncertified, certificates=certificates, withdrawn=withdrawn
        )

    def _ids(self, statement: str, text: str, limit: int | None) -> list[int]:
        values = {"text": text.strip().lower(), "limit": -1 if limit is None else limit}
        return list(self._connection.exec_driver_sql(statement, values).scalars())


def _lot_row(
    lot_id: int,
    number: str,
    part_number: str,
    part_name: str,
    revision: str,
    quantity: int,
    manufacturer: str,
    purchaser: str,
    order_reference: str,
    delivered_on: str,
    issued: int,
    ended: int,
) -> LotRow:
    return LotRow(
        id=lot_id,
        number=number,
        part_number=part_number,
        part_name=part_name,
        revision=revision,
        quantity=quantity,
        manufacturer=manufacturer,
        purchaser=purchaser,
        order_reference=order_reference,
        delivered_on=date.fromisoformat(delivered_on),
        issued=issued,
        ended=ended,
    )


def _certificate_row(
    row_id: int,
    number: str,
    type_: str,
    state: str,
    lot_number: str,
    part_number: str,
    part_name: str,
    purchaser: str,
    issued_by: str,
    issued_at: str,
    retain_until: str | None,
) -> CertificateRow:
    return CertificateRow(
        id=row_id,
        number=number,
        type=CertificateType(type_),
        state=CertificateState(state),
        lot_number=lot_number,
        part_number=part_number,
        part_name=part_name,
        purchaser=purchaser,
        issued_by=issued_by,
        issued_at=datetime.fromisoformat(issued_at),
        retain_until=date.fromisoformat(retain_until) if retain_until else None,
    )
