"""Columns of providers, machines, materials, print definitions and qualifications."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.domain.catalog.part import ConsequenceClass
from app.domain.qualification.network import ProcessCategory
from app.domain.qualification.print_definition import Binding, DefinitionState
from app.domain.qualification.qualification import QualificationState
from app.storage.column_types import EnumText, ZonedDateTime
from app.storage.table_base import RecordedRow, table_args


class ProviderRow(RecordedRow, table=True):
    __tablename__ = "provider"

    code: str = Field(unique=True)
    name: str
    address: str
    country: str
    own_house: bool
    contact: str
    public_key: str


class MachineRow(RecordedRow, table=True):
    __tablename__ = "machine"
    __table_args__ = table_args(UniqueConstraint("provider_id", "name"))

    provider_id: int = Field(foreign_key="provider.id")
    name: str
    model: str
    process: ProcessCategory = Field(sa_type=EnumText(ProcessCategory))
    build_x_mm: float | None
    build_y_mm: float | None
    build_z_mm: float | None


class MaterialRow(RecordedRow, table=True):
    __tablename__ = "material"

    grade: str = Field(unique=True)
    family: str
    maker: str
    process: ProcessCategory = Field(sa_type=EnumText(ProcessCategory))
    density_g_cm3: float | None
    specification: str


class PrintDefinitionRow(RecordedRow, table=True):
    __tablename__ = "print_definition"
    __table_args__ = table_args(UniqueConstraint("revision_id", "major", "minor"))

    revision_id: int = Field(foreign_key="part_revision.id")
    major: int
    minor: int
    state: DefinitionState = Field(sa_type=EnumText(DefinitionState))
    process: ProcessCategory = Field(sa_type=EnumText(ProcessCategory))
    machine_class: str
    material_grade: str
    reason: str
    author: str
    released_by: str
    released_at: datetime | None = Field(sa_type=ZonedDateTime)


class DefinitionFieldRow(RecordedRow, table=True):
    __tablename__ = "definition_field"
    __table_args__ = table_args(UniqueConstraint("definition_id", "name"))

    definition_id: int = Field(foreign_key="print_definition.id")
    name: str
    binding: Binding = Field(sa_type=EnumText(Binding))
    value: str
    minimum: float | None
    maximum: float | None
    why: str


class QualificationRow(RecordedRow, table=True):
    __tablename__ = "qualification"

    definition_id: int = Field(foreign_key="print_definition.id", index=True)
    machine_id: int = Field(foreign_key="machine.id")
    material_id: int = Field(foreign_key="material.id")
    provider_id: int = Field(foreign_key="provider.id")
    consequence_class: ConsequenceClass = Field(sa_type=EnumText(ConsequenceClass))
    state: QualificationState = Field(sa_type=EnumText(QualificationState))
    author: str
    started_on: date
    approver: str
    approved_at: datetime | None = Field(sa_type=ZonedDateTime)
    valid_until: date | None
    blocked_reason: str


class EvidenceRow(RecordedRow, table=True):
    __tablename__ = "evidence"

    qualification_id: int = Field(foreign_key="qualification.id", index=True)
    kind: str
    title: str
    standard: str
    result: str
    passed: bool
    scope: str
    sha256: str = Field(foreign_key="stored_file.sha256")
    file_name: str
    valid_until: date | None
    added_by: str
    added_at: datetime = Field(sa_type=ZonedDateTime)
