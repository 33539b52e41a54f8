"""Use case: make everything of a print package but its signature, to be looked at first."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.base.errors import DocumentError
from app.base.i18n import _
from app.base.progress import Progress
from app.documents.packages.package_papers import model_words
from app.documents.packages.print_package import package_files
from app.documents.packages.three_mf import ThreeMf, write_three_mf
from app.domain.catalog.geometry import FindingCode, Geometry, GeometryFacts
from app.domain.certificates.organisation import Organisation
from app.domain.packages.inspection_plan import plan_inspection
from app.domain.packages.numbering import next_number
from app.domain.packages.package_content import Licence, PackageContent, PackageFile
from app.domain.packages.preflight import (
    ExportCase,
    check_export,
    held_qualification,
    refuse_blocked,
)
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Machine, Material
from app.domain.qualification.print_definition import PrintDefinition
from app.domain.qualification.qualification import Evidence
from app.services.catalog.fetch_mesh import fetch_mesh
from app.services.packages.check_package import ExportOrder, fetch_case
from app.services.qualification.define_print import fields_of
from app.services.qualification.register_material import find_material
from app.workers.pool import WorkerPool
from app.workers.tasks.geometry import measure_geometry

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader

PREFIX = "P"


@dataclass(frozen=True, slots=True)
class PreparedPackage:
    """A package that has only to be signed and handed out.

    Attributes:
        files: what is in it, by name; manifest and signature come on top.
        triangles, dropped_triangles: written to the 3MF, and left out of it.
    """

    order: ExportOrder
    content: PackageContent
    files: tuple[PackageFile, ...]
    triangles: int
    dropped_triangles: int


def prepare_package(
    library: Library,
    order: ExportOrder,
    *,
    workers: WorkerPool,
    today: date,
    progress: Progress,
) -> PreparedPackage:
    """Check, write and read back, but hand out and record nothing.

    Raises:
        RuleViolation: every reason why the package may not leave.
        DocumentError: the geometry cannot be written as a sound 3MF.
        NotFound: part or provider is not registered.
    """
    with library.reading() as read:
        case = fetch_case(read, order, today=today)
        refuse_blocked(check_export(case))
        content = _content(library, read, case, order)
    vertices, faces = fetch_mesh(
        library, content.geometry, workers=workers, progress=progress.part(0.0, 0.4)
    )
    written = write_three_mf(vertices, faces.astype(np.int64), model_words(content))
    _read_back(written, case.facts, workers, progress.part(0.4, 0.9))
    source = library.objects.read_bytes(content.geometry.sha256)
    content = replace(content, source=source, three_mf=written.data)
    files = tuple(
        PackageFile(name, hashlib.sha256(data).hexdigest(), len(data))
        for name, data in sorted(package_files(content).items())
    )
    progress.finish()
    return PreparedPackage(order, content, files, written.triangles, written.dropped)


def _content(
    library: Library, read: Reader, case: ExportCase, order: ExportOrder
) -> PackageContent:
    definition, geometry, facts = _complete(case)
    now = library.clock.now()
    qualification = None if case.trial else held_qualification(case)
    machine = read.one(Machine, id=qualification.machine_id) if qualification else None
    material: Material | None = None
    if qualification is not None:
        material = read.one(Material, id=qualification.material_id)
    elif read.find(Material, grade=definition.material_grade):
        material = find_material(read, definition.material_grade)
    owner = read.find(Organisation)
    proofs = tuple(read.fetch(Evidence, qualification_id=qualification.id)) if qualification else ()
    fields = fields_of(read, definition)
    return PackageContent(
        number=_next_number(read, now.year),
        library_id=library.library_id,
        owner=owner.name if owner else case.part.design_owner,
        created_at=now,
        trial=case.trial,
        part=case.part,
        revision=case.revision,
        geometry=geometry,
        source=b"",
        three_mf=b"",
        definition=definition,
        fields=fields,
        provider=case.provider,
        machine=machine,
        material=material,
        qualification=qualification,
        evidence=proofs,
        inspection=plan_inspection(fields, facts),
        licence=Licence(id=str(uuid.uuid4()), quantity=order.quantity, expires_on=order.expires_on),
    )


def _complete(case: ExportCase) -> tuple[PrintDefinition, Geometry, GeometryFacts]:
    if case.definition is None or case.geometry is None or case.facts is None:
        raise ValueError("the preflight let an incomplete case pass")
    return case.definition, case.geometry, case.facts


def _next_number(read: Reader, year: int) -> str:
    return next_number(PREFIX, year, (item.number for item in read.fetch(PrintPackage)))


def _read_back(
    written: ThreeMf, facts: GeometryFacts | None, workers: WorkerPool, progress: Progress
) -> None:
    """Read what was written with the strict reader, in a worker, and compare it.

    Raises:
        DocumentError: a warning, or another shape than was measured on the source.
    """
    with tempfile.TemporaryDirectory(dir=workers.scratch) as folder:
        target = Path(folder) / "model.3mf"
        target.write_bytes(written.data)
        report = workers.run(measure_geometry, str(target), None, progress=progress)
    found = report.facts
    warned = found is None or any(
        finding.code is FindingCode.READER_WARNING for finding in found.findings
    )
    if found is None or warned or found.triangles != written.triangles:
        raise DocumentError(
            _("The 3MF does not read back as it was written: {reason}").format(
                reason=report.reason
                or " ".join(finding.text for finding in (found.findings if found else ()))
            )
        )
    if facts is not None and not np.allclose(
        found.bounds_mm, facts.bounds_mm, atol=1e-3, rtol=1e-6
    ):
        raise DocumentError(_("The 3MF has another size than the catalogued geometry."))
