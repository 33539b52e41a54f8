"""Columns of the library's owner, delivered lots and issued certificates."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from app.domain.certificates.certificate import CertificateState, CertificateType
from app.storage.column_types import EnumText, JsonTuple, ZonedDateTime
from app.storage.table_base import RecordedRow


class OrganisationRow(RecordedRow, table=True):
    __tablename__ = "organisation"

    name: str
    address: str
    country: str
    contact: str


class LotRow(RecordedRow, table=True):
    __tablename__ = "lot"

    number: str = Field(unique=True)
    definition_id: int = Field(foreign_key="print_definition.id", index=True)
    provider_id: int = Field(foreign_key="provider.id")
    package_id: int | None = Field(foreign_key="print_package.id", index=True)
    quantity: int
    serials: tuple[str, ...] = Field(sa_type=JsonTuple)
    order_reference: str
    purchaser: str
    manufacturer: str
    delivered_on: date


class CertificateRow(RecordedRow, table=True):
    __tablename__ = "certificate"

    number: str = Field(unique=True)
    type: CertificateType = Field(sa_type=EnumText(CertificateType))
    lot_id: int = Field(foreign_key="lot.id", index=True)
    state: CertificateState = Field(sa_type=EnumText(CertificateState))
    issuer: str
    manufacturer: str
    record_json: str
    record_sha256: str
    sha256: str = Field(foreign_key="stored_file.sha256")
    file_name: str
    issued_by: str
    issued_at: datetime = Field(sa_type=ZonedDateTime)
    supersedes: str
    retain_until: date | None
