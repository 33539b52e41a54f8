"""A part brought as far along the chain as a test needs, through the real services."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry, UnitSource
from app.domain.catalog.part import ConsequenceClass, Part, PartRevision, RightToMake, number_key
from app.domain.certificates.certificate import CertificateType, Lot
from app.domain.certificates.organisation import Organisation
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.qualification import Qualification
from app.services.catalog.release_revision import release_revision
from app.services.catalog.set_rights import set_rights
from app.services.certificates.book_lot import Delivery, book_lot
from app.services.certificates.certificate_draft import CertificateOrder
from app.services.certificates.issue_certificate import IssuedDocument, issue_certificate
from app.services.library.set_organisation import set_organisation
from app.services.packages.check_package import ExportOrder
from app.services.packages.export_package import ExportedPackage, export_package
from app.services.qualification.add_evidence import Proof, add_evidence
from app.services.qualification.approve_qualification import approve_qualification
from app.services.qualification.define_print import DefinitionEdit, define_print
from app.services.qualification.register_machine import register_machine
from app.services.qualification.register_material import register_material
from app.services.qualification.register_provider import register_provider
from app.services.qualification.release_definition import release_definition
from app.services.qualification.start_qualification import (
    QualificationOrder,
    start_qualification,
)
from app.services.qualification.submit_qualification import submit_qualification
from app.workers.tasks.geometry import measure_geometry
from helpers.meshes import binary_stl, box
from helpers.signed_samples import FIELDS, TODAY, signing_key

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.workers.pool import WorkerPool

AUTHOR, APPROVER = "Anna Tester", "Ben Kolb"
NUMBER, PROVIDER = "ST-1002", "northprint"
KEY = signing_key()


@dataclass
class Chain:
    """The steps from a file to a lot; each returns what the service returns."""

    library: Library
    workers: WorkerPool
    folder: Path

    def catalogue(self, content: bytes | None = None) -> PartRevision:
        """Put a part with one STL into the library, as an import does."""
        file = self.folder / "cap.stl"
        file.write_bytes(content or binary_stl(box()))
        report = self.workers.run(measure_geometry, str(file), None)
        assert report.facts is not None and report.format is not None
        with self.library.writing(who=AUTHOR, act="import") as write:
            part = Part(
                number=NUMBER,
                number_key=number_key(NUMBER),
                name="Leg cap",
                consequence_class=ConsequenceClass.LOW,
            )
            [part_id] = write.insert([part])
            [revision_id] = write.insert([PartRevision(part_id=part_id, label="A")])
            sha256, size = write.keep_file(file)
            geometry = Geometry(
                revision_id=revision_id,
                sha256=sha256,
                file_name=file.name,
                format=report.format,
                size_bytes=size,
                unit=report.unit,
                unit_source=UnitSource.USER,
            )
            write.insert([geometry])
            write.replace_derived(type(report.facts), [report.facts], key="sha256,unit")
            return write.one(PartRevision, id=revision_id)

    def clear(self) -> None:
        """Settle rights and export control."""
        set_rights(
            self.library,
            NUMBER,
            who=AUTHOR,
            why="own design of 2019",
            right_to_make=RightToMake.OWN,
            export_control="none",
        )

    def release(self) -> PartRevision:
        revision = self.catalogue()
        self.clear()
        release_revision(self.library, revision.id, who=AUTHOR)
        return revision

    def define(self) -> None:
        """Release a definition, and register who can print it."""
        self.release()
        edit = DefinitionEdit(
            process=ProcessCategory.MATERIAL_EXTRUSION, material_grade="PETG-X", fields=FIELDS
        )
        define_print(self.library, NUMBER, edit, who=AUTHOR)
        release_definition(self.library, NUMBER, who=AUTHOR)
        self.register()

    def register(self, *, own_house: bool = False) -> None:
        provider = Provider(
            code=PROVIDER,
            name="North Print Oy",
            address="Katu 3, 00100 Helsinki",
            country="Finland",
            own_house=own_house,
        )
        register_provider(self.library, provider, who=AUTHOR)
        machine = Machine(provider_id=0, name="M1", process=ProcessCategory.MATERIAL_EXTRUSION)
        register_machine(self.library, PROVIDER, machine, who=AUTHOR)
        material = Material(grade="PETG-X", process=ProcessCategory.MATERIAL_EXTRUSION)
        register_material(self.library, material, who=AUTHOR)

    def start(self) -> Qualification:
        started, _changes = start_qualification(
            self.library,
            QualificationOrder(part_number=NUMBER, provider=PROVIDER),
            who=AUTHOR,
            today=TODAY,
        )
        return started

    def prove(self, qualification: Qualification, text: bytes = b"passed") -> None:
        file = self.folder / "report.txt"
        file.write_bytes(text)
        proof = Proof(file=file, kind="test report", standard="ISO 7173", result="1.3 kN")
        add_evidence(self.library, qualification.id, proof, who=AUTHOR)

    def qualify(self) -> Qualification:
        """Everything up to a qualified tuple."""
        self.define()
        started = self.start()
        self.prove(started)
        submit_qualification(self.library, started.id, who=AUTHOR, today=TODAY)
        approved, _changes = approve_qualification(
            self.library, started.id, who=APPROVER, today=TODAY
        )
        return approved

    def export(self, quantity: int = 10, **more: object) -> ExportedPackage:
        order = ExportOrder(part_number=NUMBER, provider=PROVIDER, quantity=quantity, **more)  # type: ignore[arg-type]
        return export_package(
            self.library,
            order,
            out=self.folder / "out",
            key=KEY,
            workers=self.workers,
            who=AUTHOR,
            today=TODAY,
            progress=Progress(),
        )

    def own(self, name: str = "Norvik GmbH") -> None:
        owner = Organisation(name=name, address="Uferstr. 18, 57072 Siegen", country="Germany")
        set_organisation(self.library, owner, who=AUTHOR)

    def deliver(self, number: str = "L-1", **more: object) -> Lot:
        fields: dict[str, object] = {
            "number": number,
            "package": "P-2026-0001",
            "quantity": 3,
            "serials": ("A-001", "A-002", "A-003"),
            "order_reference": "4711, item 10",
            "purchaser": "Clinic",
            "delivered_on": TODAY,
        }
        lot, _changes = book_lot(
            self.library,
            Delivery(**{**fields, **more}),  # type: ignore[arg-type]
            who=AUTHOR,
        )
        return lot

    def issue(
        self,
        name: str = "c.pdf",
        type_: CertificateType = CertificateType.DECLARATION,
        *,
        lot: str = "L-1",
        **more: object,
    ) -> IssuedDocument:
        order = CertificateOrder(lot=lot, type=type_, **more)  # type: ignore[arg-type]
        return issue_certificate(
            self.library,
            order,
            out=self.folder / name,
            key=KEY,
            workers=self.workers,
            who=APPROVER,
            progress=Progress(),
        )
