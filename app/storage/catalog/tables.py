"""Columns of parts, revisions, geometry and stored files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.domain.catalog.geometry import (
    Finding,
    FindingCode,
    GeometryFormat,
    GeometryRole,
    LengthUnit,
    UnitSource,
)
from app.domain.catalog.part import (
    ConsequenceClass,
    RevisionState,
    RightToMake,
    SupplyCriticality,
)
from app.storage.column_types import EnumText, FindingsJson, JsonTuple, ZonedDateTime
from app.storage.table_base import DerivedRow, RecordedRow, table_args


class PartRow(RecordedRow, table=True):
    __tablename__ = "part"

    number: str
    number_key: str = Field(unique=True)
    name: str = Field(index=True)
    material: str
    consequence_class: ConsequenceClass = Field(sa_type=EnumText(ConsequenceClass))
    supply_criticality: SupplyCriticality = Field(sa_type=EnumText(SupplyCriticality))
    design_owner: str
    right_to_make: RightToMake = Field(sa_type=EnumText(RightToMake))
    export_control: str
    source: str
    successor: str
    note: str


class PartRevisionRow(RecordedRow, table=True):
    __tablename__ = "part_revision"
    __table_args__ = table_args(UniqueConstraint("part_id", "label"))

    part_id: int = Field(foreign_key="part.id")
    label: str
    state: RevisionState = Field(sa_type=EnumText(RevisionState))
    reason: str
    released_by: str
    released_at: datetime | None = Field(sa_type=ZonedDateTime)


class StoredFileRow(RecordedRow, table=True):
    __tablename__ = "stored_file"

    sha256: str = Field(unique=True)
    size_bytes: int
    added_at: datetime = Field(sa_type=ZonedDateTime)


class GeometryRow(RecordedRow, table=True):
    __tablename__ = "geometry"
    __table_args__ = table_args(UniqueConstraint("revision_id", "sha256", "role"))

    revision_id: int = Field(foreign_key="part_revision.id")
    role: GeometryRole = Field(sa_type=EnumText(GeometryRole))
    sha256: str = Field(foreign_key="stored_file.sha256", index=True)
    file_name: str
    format: GeometryFormat = Field(sa_type=EnumText(GeometryFormat))
    size_bytes: int
    unit: LengthUnit = Field(sa_type=EnumText(LengthUnit))
    unit_source: UnitSource = Field(sa_type=EnumText(UnitSource))


class GeometryFactsRow(DerivedRow, table=True):
    __tablename__ = "geometry_facts"
    __table_args__ = table_args(UniqueConstraint("sha256", "unit"))

    sha256: str
    unit: LengthUnit = Field(sa_type=EnumText(LengthUnit))
    triangles: int
    bodies: int
    watertight: bool
    volume_mm3: float
    area_mm2: float
    bounds_mm: tuple[float, ...] = Field(sa_type=JsonTuple)
    findings: tuple[Finding, ...] = Field(sa_type=FindingsJson)


class IgnoredFindingRow(RecordedRow, table=True):
    __tablename__ = "ignored_finding"
    __table_args__ = table_args(UniqueConstraint("geometry_sha256", "code"))

    geometry_sha256: str = Field(foreign_key="stored_file.sha256")
    code: FindingCode = Field(sa_type=EnumText(FindingCode))
    reason: str
    who: str
    at: datetime = Field(sa_type=ZonedDateTime)
