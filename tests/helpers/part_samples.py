"""A part with everything on it, as the part page gets it, without any library."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from app.domain.audit.change_set import ChangeSet
from app.domain.catalog.geometry import (
    Finding,
    FindingCode,
    Geometry,
    GeometryFacts,
    GeometryFormat,
    IgnoredFinding,
    LengthUnit,
    Severity,
    UnitSource,
)
from app.domain.catalog.part import ConsequenceClass, PartRevision, RevisionState, RightToMake
from app.domain.certificates.certificate import Certificate, CertificateType, Lot
from app.domain.inventory.part_details import (
    DefinitionDetails,
    GeometryDetails,
    HistoryEntry,
    LotDetails,
    PartDetails,
    ProductUse,
    QualificationDetails,
    RevisionDetails,
)
from app.domain.lifecycle.flag import Answer, Flag, Readiness
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product, WhereUsed, name_key
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import (
    Binding,
    DefinitionField,
    DefinitionState,
    PrintDefinition,
)
from app.domain.qualification.qualification import Evidence, Qualification, QualificationState
from helpers.builders import part

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DANGER = Finding(FindingCode.NON_MANIFOLD, Severity.DANGER, "4 edges join three triangles.")
NOTE = Finding(FindingCode.READER_WARNING, Severity.NOTE, "The file names no author.")
PROVIDER = Provider(id=3, code="north", name="North Print")


def flag(**more: Any) -> Flag:
    fields: dict[str, Any] = {
        "part_id": 1,
        "answer": Answer.YES,
        "reasons": ("Supplier orders closed.", "Mk1 is to be served until 2034-12-31."),
        "need_until": date(2034, 12, 31),
        "need_source": "end of service of Mk1",
        "supply_until": date(2027, 4, 19),
        "decide_by": date(2025, 6, 15),
        "start_by": date(2026, 12, 13),
        "last_safe_start": date(2025, 6, 15),
        "readiness": Readiness.QUALIFIED,
        "next_action": "Export the print package.",
        "rank": 6.0,
        "urgency": 1.2,
        "exposure": 5.0,
        "assessed_for": TODAY,
        "horizon_months": 24,
    }
    return Flag(**{**fields, **more})


def geometry_details(*findings: Finding, signed: bool = False) -> GeometryDetails:
    ignored = IgnoredFinding(
        geometry_sha256="0" * 64,
        code=FindingCode.NON_MANIFOLD,
        reason="40 pieces printed",
        who="Ben Kolb",
        at=NOW,
    )
    return GeometryDetails(
        geometry=Geometry(
            id=1,
            revision_id=1,
            sha256="0" * 64,
            file_name="cap.stl",
            format=GeometryFormat.STL,
            size_bytes=12_345,
            unit=LengthUnit.MM,
            unit_source=UnitSource.ASSUMED,
        ),
        facts=GeometryFacts(
            sha256="0" * 64,
            unit=LengthUnit.MM,
            triangles=5198,
            bodies=2,
            watertight=not findings,
            volume_mm3=-12_500.0,
            area_mm2=4_250.0,
            bounds_mm=(0.0, 0.0, 0.0, 40.0, 25.0, 15.0),
            findings=findings,
        ),
        ignored=(ignored,) if signed else (),
    )


def qualification_details(**more: Any) -> QualificationDetails:
    fields: dict[str, Any] = {
        "id": 7,
        "definition_id": 5,
        "machine_id": 1,
        "material_id": 1,
        "provider_id": 3,
        "consequence_class": ConsequenceClass.MEDIUM,
        "state": QualificationState.QUALIFIED,
        "author": "Anna Tester",
        "started_on": date(2026, 9, 1),
        "approver": "Ben Kolb",
        "approved_at": NOW,
        "valid_until": date(2028, 11, 23),
    }
    evidence = Evidence(
        qualification_id=7,
        kind="test report",
        title="Pull test",
        standard="ISO 527-2",
        result="48 MPa",
        scope="PA12, 2 mm",
        sha256="1" * 64,
        file_name="pull.pdf",
        valid_until=date(2030, 1, 1),
        added_by="Anna Tester",
        added_at=NOW,
    )
    return QualificationDetails(
        qualification=Qualification(**{**fields, **more}),
        machine=Machine(provider_id=3, name="M1", process=ProcessCategory.POWDER_BED_FUSION),
        material=Material(
            grade="PA12-X", process=ProcessCategory.POWDER_BED_FUSION, maker="Halden"
        ),
        provider=PROVIDER,
        evidence=(evidence,),
    )


def definition_details(**more: Any) -> DefinitionDetails:
    fields: dict[str, Any] = {
        "id": 5,
        "revision_id": 1,
        "state": DefinitionState.RELEASED,
        "process": ProcessCategory.POWDER_BED_FUSION,
        "machine_class": "laser sintering",
        "material_grade": "PA12-X",
        "reason": "First definition",
        "author": "Anna Tester",
        "released_by": "Anna Tester",
        "released_at": NOW,
    }
    rows = (
        ("layer_height_mm", Binding.KEY, "0.1", None, None, "fit on the tube"),
        ("infill_percent", Binding.RANGE, "40", 30.0, 60.0, ""),
        ("supports", Binding.CHOICE, "", None, None, ""),
    )
    return DefinitionDetails(
        definition=PrintDefinition(**{**fields, **more}),
        fields=tuple(
            DefinitionField(
                definition_id=5,
                name=name,
                binding=binding,
                value=value,
                minimum=low,
                maximum=high,
                why=why,
            )
            for name, binding, value, low, high, why in rows
        ),
        qualifications=(qualification_details(),),
    )


def revision_details(
    *definitions: DefinitionDetails, files: tuple[GeometryDetails, ...] | None = None, **more: Any
) -> RevisionDetails:
    fields: dict[str, Any] = {"id": 1, "part_id": 1, "label": "B", "state": RevisionState.RELEASED}
    return RevisionDetails(
        revision=PartRevision(**{**fields, **more}),
        geometries=(geometry_details(),) if files is None else files,
        definitions=definitions,
    )


def package(**more: Any) -> PrintPackage:
    fields: dict[str, Any] = {
        "id": 11,
        "number": "P-2026-0001",
        "definition_id": 5,
        "provider_id": 3,
        "quantity": 25,
        "licence_id": "x",
        "sha256": "2" * 64,
        "file_name": "P-2026-0001.everspare",
        "key_fingerprint": "SHA256:abc",
        "exported_by": "Anna Tester",
        "exported_at": NOW,
    }
    return PrintPackage(**{**fields, **more})


def lot_details(*certificates: Certificate, **more: Any) -> LotDetails:
    fields: dict[str, Any] = {
        "id": 13,
        "number": "L-1",
        "definition_id": 5,
        "provider_id": 3,
        "package_id": 11,
        "quantity": 3,
        "serials": ("A-001", "A-002", "A-003"),
        "order_reference": "4711, item 10",
        "purchaser": "Clinic",
        "manufacturer": "North Print",
        "delivered_on": date(2026, 11, 20),
    }
    return LotDetails(lot=Lot(**{**fields, **more}), provider=PROVIDER, certificates=certificates)


def certificate(**more: Any) -> Certificate:
    fields: dict[str, Any] = {
        "number": "C-2026-0001",
        "type": CertificateType.DECLARATION,
        "lot_id": 13,
        "issuer": "Norvik GmbH",
        "manufacturer": "North Print",
        "record_json": "{}",
        "record_sha256": "3" * 64,
        "sha256": "4" * 64,
        "file_name": "c.pdf",
        "issued_by": "Anna Tester",
        "issued_at": NOW,
    }
    return Certificate(**{**fields, **more})


def history_entry(field: str, old: str, new: str, **more: Any) -> HistoryEntry:
    act = ChangeSet(
        id=4,
        group_id=4,
        who="Ben Kolb",
        at=NOW,
        act="approve qualification",
        why="evidence complete",
        previous_hash="",
        hash="",
    )
    fields: dict[str, Any] = {"change_set": act, "subject": "qualification", "row_id": 7}
    return HistoryEntry(**{**fields, **more}, field=field, old=old, new=new)


def part_details(**more: Any) -> PartDetails:
    """Return a part with one released revision, supply, a product and its verdict."""
    fields: dict[str, Any] = {
        "part": part(
            "A004711",
            "Leg cap",
            id=1,
            material="PA12",
            design_owner="Norvik GmbH",
            right_to_make=RightToMake.OWN,
            export_control="none",
            consequence_class=ConsequenceClass.LOW,
            note="Sold in sets of four.",
            successor="A004712",
            source="list.xlsx",
        ),
        "flag": flag(),
        "revisions": (revision_details(definition_details()),),
        "products": (
            ProductUse(
                product=Product(id=1, name="Mk1", name_key=name_key("Mk1"), installed_base=12_400),
                where_used=WhereUsed(part_id=1, product_id=1, quantity=4.0),
                milestones=(
                    Milestone(
                        product_id=1,
                        kind=MilestoneKind.LAST_PLACED,
                        on=date(2024, 12, 31),
                        market="EU",
                    ),
                ),
            ),
        ),
        "milestones": (Milestone(part_id=1, kind=MilestoneKind.LAST_ORDER, on=date(2026, 6, 30)),),
        "positions": (
            SupplyPosition(
                part_id=1,
                plant="1000",
                stock=148.0,
                open_orders=20.0,
                safety_stock=12.5,
                price_amount="12.50",
                price_unit=100,
                currency="EUR",
                as_of=TODAY,
            ),
        ),
        "sources": (
            SupplySource(
                part_id=1,
                supplier="Feder AG",
                lead_time_days=42,
                last_order_on=date(2026, 6, 30),
            ),
        ),
        "recipients": (PROVIDER,),
        "demand": DemandHistory(part_id=1, first_month=date(2025, 11, 1), quantities=(3.0,) * 12),
    }
    return PartDetails(**{**fields, **more})
