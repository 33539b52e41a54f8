"""Use case: everything on one package that left the house."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.errors import DocumentError, NotFound
from app.base.i18n import _
from app.documents.packages.print_package import MANIFEST_WITHIN, peek_manifest
from app.domain.catalog.part import Part, PartRevision
from app.domain.certificates.certificate import Lot
from app.domain.inventory.package_details import KeptCopy, PackageDetails
from app.domain.packages.package_content import PackageFile
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Provider
from app.domain.qualification.print_definition import PrintDefinition
from app.services.packages.package_currency import why_package_ended

if TYPE_CHECKING:
    from app.storage.library import Library


def fetch_package(library: Library, number: str, *, today: date) -> PackageDetails:
    """Gather a package's record, its recipient, its lots and what its kept copy lists.

    Args:
        today: whether it is still current is computed for this day.

    Raises:
        NotFound: the library has no such package.
    """
    with library.reading() as read:
        package = read.find(PrintPackage, number=number)
        if package is None:
            raise NotFound(_("The library has no package {number}.").format(number=number))
        definition = read.one(PrintDefinition, id=package.definition_id)
        revision = read.one(PartRevision, id=definition.revision_id)
        part = read.one(Part, id=revision.part_id)
        provider = read.one(Provider, id=package.provider_id)
        lots = tuple(read.fetch(Lot, package_id=package.id))
        ended = why_package_ended(read, package, today)
    copy, trouble = _look_at_copy(library.objects.path_of(package.sha256))
    return PackageDetails(
        package=package,
        part=part,
        revision=revision,
        definition=definition,
        provider=provider,
        lots=lots,
        ended=ended,
        copy=copy,
        trouble=trouble,
    )


def _look_at_copy(path: Path) -> tuple[KeptCopy | None, str]:
    """Return what the kept copy says, or why it cannot be told; its bytes are not checked."""
    try:
        with path.open("rb") as stream:
            beginning = stream.read(MANIFEST_WITHIN)
        size_bytes = path.stat().st_size
        manifest = peek_manifest(beginning)
    except OSError as error:
        reason = error.strerror or str(error)
        return None, _("The kept copy cannot be read: {reason}.").format(reason=reason)
    except DocumentError as error:
        return None, str(error)
    files = tuple(
        PackageFile(name, digest, size) for name, (digest, size) in manifest.files.items()
    )
    return KeptCopy(size_bytes, manifest.owner, manifest.expires_on, files), ""
