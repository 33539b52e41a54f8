"""Which value of the domain lives in which table: the one list that all generic code reads."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Float, Table

from app.domain.audit.change_set import ChangeDetail, ChangeSet
from app.domain.catalog.geometry import Geometry, GeometryFacts, IgnoredFinding
from app.domain.catalog.part import Part, PartRevision
from app.domain.catalog.stored_file import StoredFile
from app.domain.certificates.certificate import Certificate, Lot
from app.domain.certificates.organisation import Organisation
from app.domain.lifecycle.flag import Flag
from app.domain.lifecycle.product import Milestone, Product, WhereUsed
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Machine, Material, Provider
from app.domain.qualification.print_definition import DefinitionField, PrintDefinition
from app.domain.qualification.qualification import Evidence, Qualification
from app.storage import table_base
from app.storage.audit import tables as audit
from app.storage.catalog import tables as catalog
from app.storage.certificates import tables as certificates
from app.storage.lifecycle import tables as lifecycle
from app.storage.packages import tables as packages
from app.storage.qualification import tables as qualification
from app.storage.table_base import StoredRow

ROW_OF: dict[type[Any], type[StoredRow]] = {
    StoredFile: catalog.StoredFileRow,
    Part: catalog.PartRow,
    PartRevision: catalog.PartRevisionRow,
    Geometry: catalog.GeometryRow,
    GeometryFacts: catalog.GeometryFactsRow,
    IgnoredFinding: catalog.IgnoredFindingRow,
    Product: lifecycle.ProductRow,
    Milestone: lifecycle.MilestoneRow,
    WhereUsed: lifecycle.WhereUsedRow,
    SupplyPosition: lifecycle.SupplyPositionRow,
    SupplySource: lifecycle.SupplySourceRow,
    DemandHistory: lifecycle.DemandHistoryRow,
    Flag: lifecycle.FlagRow,
    Provider: qualification.ProviderRow,
    Machine: qualification.MachineRow,
    Material: qualification.MaterialRow,
    PrintDefinition: qualification.PrintDefinitionRow,
    DefinitionField: qualification.DefinitionFieldRow,
    Qualification: qualification.QualificationRow,
    Evidence: qualification.EvidenceRow,
    PrintPackage: packages.PrintPackageRow,
    Organisation: certificates.OrganisationRow,
    Lot: certificates.LotRow,
    Certificate: certificates.CertificateRow,
    ChangeSet: audit.ChangeSetRow,
    ChangeDetail: audit.ChangeDetailRow,
}

# Can be rebuilt from the rest, so they stay outside of change sets.
DERIVED: frozenset[type[Any]] = frozenset({GeometryFacts, Flag})
TRAIL: frozenset[type[Any]] = frozenset({ChangeSet, ChangeDetail})
RECORDED: tuple[type[Any], ...] = tuple(v for v in ROW_OF if v not in DERIVED | TRAIL)


_TABLES: dict[type[Any], Table] = {kind: table_base.table_of(row) for kind, row in ROW_OF.items()}
_KINDS = {_TABLES[kind].name: kind for kind in RECORDED}
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in ROW_OF}
_FLOATS = {
    kind: frozenset(column.name for column in table.columns if isinstance(column.type, Float))
    for kind, table in _TABLES.items()
}


def table_of(kind: type[Any]) -> Table:
    """Return the table that holds values of `kind`."""
    return _TABLES[kind]


def recorded_kind(table_name: str) -> type[Any]:
    """Return the value type whose rows the recorded table `table_name` holds."""
    return _KINDS[table_name]


def field_names(kind: type[Any]) -> tuple[str, ...]:
    return _FIELDS[kind]


def float_fields(kind: type[Any]) -> frozenset[str]:
    """Columns that SQLite gives back as float even where an int was written."""
    return _FLOATS[kind]


def plain(value: object) -> object:
    """Return `value` in the form it has in JSON: dates as text, enums by value, tuples as lists."""
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value
