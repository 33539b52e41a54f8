"""Searching numbers and names over several kinds of records at once."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select

from app.domain.inventory.found_record import FoundRecord, RecordKind
from app.storage.certificates.tables import CertificateRow, LotRow
from app.storage.lifecycle.tables import ProductRow
from app.storage.packages.tables import PrintPackageRow
from app.storage.table_base import table_of

_PRODUCT, _LOT = table_of(ProductRow), table_of(LotRow)
_PACKAGE, _CERTIFICATE = table_of(PrintPackageRow), table_of(CertificateRow)
_SEARCHED: tuple[tuple[RecordKind, Table, str, str], ...] = (
    (RecordKind.PRODUCT, _PRODUCT, "name", "product_group"),
    (RecordKind.LOT, _LOT, "number", "purchaser"),
    (RecordKind.PACKAGE, _PACKAGE, "number", "file_name"),
    (RecordKind.CERTIFICATE, _CERTIFICATE, "number", "issuer"),
)


class RecordSearch:
    """Made by `Reader.records`. Parts have an index of their own: see `PartQueries`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def containing(self, text: str, limit: int) -> list[FoundRecord]:
        """Return records whose name holds `text`, whatever its case: at most `limit` of a kind.

        Names that begin with it come first, then the newest.
        """
        wanted = text.lower()
        return [
            FoundRecord(kind=kind, name=row[0], detail=row[1])
            for kind, table, name, detail in _SEARCHED
            for row in self._connection.execute(
                select(table.c[name], table.c[detail])
                .where(func.lower(table.c[name]).contains(wanted, autoescape=True))
                .order_by(
                    func.lower(table.c[name]).startswith(wanted, autoescape=True).desc(),
                    table.c.id.desc(),
                )
                .limit(limit)
            )
        ]
