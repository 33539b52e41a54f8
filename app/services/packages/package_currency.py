"""Whether a package that left the house may still be used, by the records of its library."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.base.i18n import _
from app.domain.catalog.part import PartRevision, RevisionState
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
from app.domain.qualification.qualification import Qualification, QualificationState
from app.domain.qualification.validity import holds

if TYPE_CHECKING:
    from app.storage.reader import Reader


def why_package_ended(read: Reader, package: PrintPackage, today: date) -> str:
    """Return one sentence why a package must not be used any more; "" if it may."""
    definition = read.one(PrintDefinition, id=package.definition_id)
    revision = read.one(PartRevision, id=definition.revision_id)
    if revision.state is RevisionState.OBSOLETE:
        return _("Revision {label} in this package is obsolete.").format(label=revision.label)
    if definition.state is DefinitionState.SUPERSEDED:
        return _("Print definition {major}.{minor} in this package has been superseded.").format(
            major=definition.major, minor=definition.minor
        )
    if package.qualification_id is None:
        return ""
    return _qualification_ended(read, read.one(Qualification, id=package.qualification_id), today)


def _qualification_ended(read: Reader, ours: Qualification, today: date) -> str:
    if ours.state is QualificationState.BLOCKED:
        return _("The qualification behind this package has been blocked.")
    definition = read.one(PrintDefinition, id=ours.definition_id)
    alike = read.fetch(PrintDefinition, revision_id=definition.revision_id, major=definition.major)
    # The same tuple may have been qualified anew since.
    renewed = read.fetch(
        Qualification,
        definition_id=[item.id for item in alike],
        machine_id=ours.machine_id,
        material_id=ours.material_id,
        provider_id=ours.provider_id,
    )
    if any(holds(item, today) for item in renewed):
        return ""
    return _("The qualification behind this package ended on {day}.").format(
        day=f"{ours.valid_until}"
    )
