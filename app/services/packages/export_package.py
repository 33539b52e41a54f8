"""Use case: let a print package leave the house."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.base.atomic_file import staged_file
from app.base.errors import DocumentError, RuleViolation
from app.base.i18n import _
from app.base.progress import Progress
from app.documents.packages.package_papers import model_words
from app.documents.packages.print_package import package_file_name, write_package
from app.documents.packages.three_mf import ThreeMf, write_three_mf
from app.documents.signing.signature import SigningKey
from app.domain.catalog.geometry import FindingCode, Geometry, GeometryFacts, UnitSource
from app.domain.certificates.organisation import Organisation
from app.domain.changes import Changes
from app.domain.packages.inspection_plan import plan_inspection
from app.domain.packages.numbering import next_number
from app.domain.packages.package_content import Licence, PackageContent
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
from app.services.packages.check_package import ExportOrder, fetch_case
from app.services.qualification.define_print import fields_of
from app.services.qualification.register_material import find_material
from app.workers.pool import WorkerPool
from app.workers.tasks.geometry import load_mesh_arrays, measure_geometry

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader

PREFIX = "P"
_TRIES = 5


@dataclass(frozen=True, slots=True)
class ExportedPackage:
    """A package that left: its record, its file, and what was left out of the 3MF."""

    record: PrintPackage
    file: Path
    triangles: int
    dropped_triangles: int
    changes: Changes


def export_package(
    library: Library,
    order: ExportOrder,
    *,
    out: Path,
    key: SigningKey,
    workers: WorkerPool,
    who: str,
    today: date,
    progress: Progress,
) -> ExportedPackage:
    """Check, write, read back, sign, record and hand out a package.

    Args:
        out: folder for the file.
        key: signs the manifest.

    Raises:
        RuleViolation: every reason why the package may not leave.
        DocumentError: the geometry cannot be written as a sound 3MF.
        StorageError: the folder cannot be written, or the file is there already.
        NotFound: part or provider is not registered.
    """
    with library.reading() as read:
        case = fetch_case(read, order, today=today)
        refuse_blocked(check_export(case))
        content = _content(library, read, case, order)
    vertices, faces = _load_mesh(library, content.geometry, workers, progress.part(0.0, 0.4))
    source = library.objects.read_bytes(content.geometry.sha256)
    for _attempt in range(_TRIES):
        written = write_three_mf(vertices, faces, model_words(content))
        _read_back(written, case.facts, workers, progress.part(0.4, 0.8))
        complete = replace(content, source=source, three_mf=written.data)
        exported = _hand_out(library, order, complete, key, out, who, today)
        if exported is not None:
            progress.finish()
            record, file, changes = exported
            return ExportedPackage(record, file, written.triangles, written.dropped, changes)
        # Somebody else took the number meanwhile; everything inside carries it, so again.
        with library.reading() as read:
            content = replace(content, number=_next_number(read, content.created_at.year))
    raise RuleViolation(_("Other packages leave at the same moment; try again."))


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


def _load_mesh(
    library: Library, geometry: Geometry, workers: WorkerPool, progress: Progress
) -> tuple[np.ndarray, np.ndarray]:
    path = library.objects.verified_path(geometry.sha256)
    unit = None if geometry.unit_source is UnitSource.FILE else geometry.unit
    with tempfile.TemporaryDirectory(dir=workers.scratch) as folder:
        target = Path(folder) / "mesh.npz"
        workers.run(
            load_mesh_arrays,
            str(path),
            unit,
            str(target),
            progress=progress,
            about=geometry.file_name,
        )
        with np.load(target, allow_pickle=False) as arrays:
            return arrays["vertices"], arrays["faces"]


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


def _hand_out(
    library: Library,
    order: ExportOrder,
    content: PackageContent,
    key: SigningKey,
    out: Path,
    who: str,
    today: date,
) -> tuple[PrintPackage, Path, Changes] | None:
    """Record and hand out, or return None where the number was taken meanwhile.

    The file is written and flushed before the record commits and gets its name afterwards: no
    record without a written file, no file in the folder without a record.
    """
    data = write_package(content, key)
    file = out / package_file_name(content.number, trial=content.trial)
    copy = library.objects.stage_bytes(data)
    record = PrintPackage(
        number=content.number,
        definition_id=content.definition.id,
        qualification_id=content.qualification.id if content.qualification else None,
        provider_id=content.provider.id,
        quantity=content.licence.quantity,
        licence_id=content.licence.id,
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=file.name,
        key_fingerprint=key.fingerprint,
        trial=content.trial,
        exported_by=who,
        exported_at=content.created_at,
    )
    with staged_file(file, data, overwrite=False) as staged:
        with library.writing(who=who, act=_("export package"), undoable=False) as write:
            if write.find(PrintPackage, number=content.number) is not None:
                library.objects.discard(copy)
                return None
            # What was true when the work began must be true when the package leaves.
            refuse_blocked(check_export(fetch_case(write, order, today=today)))
            write.adopt(copy)
            [package_id] = write.insert([record])
            stored = write.one(PrintPackage, id=package_id)
        staged.put_in_place()
    return stored, file, write.changes
