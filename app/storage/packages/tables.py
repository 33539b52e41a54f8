"""Columns of exported print packages."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from app.storage.column_types import ZonedDateTime
from app.storage.table_base import RecordedRow


class PrintPackageRow(RecordedRow, table=True):
    __tablename__ = "print_package"

    number: str = Field(unique=True)
    definition_id: int = Field(foreign_key="print_definition.id", index=True)
    qualification_id: int | None = Field(foreign_key="qualification.id")
    provider_id: int = Field(foreign_key="provider.id")
    quantity: int
    licence_id: str = Field(unique=True)
    sha256: str
    file_name: str
    key_fingerprint: str
    trial: bool
    exported_by: str
    exported_at: datetime = Field(sa_type=ZonedDateTime)
