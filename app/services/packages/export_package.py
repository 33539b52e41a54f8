"""Use case: let a print package leave the house."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.atomic_file import staged_file
from app.base.errors import RuleViolation, StorageError
from app.base.i18n import _
from app.base.progress import Progress
from app.base.told import tell
from app.documents.packages.print_package import package_file_name, write_package
from app.documents.signing.signature import SigningKey
from app.domain.changes import Changes
from app.domain.packages.package_content import PackageContent
from app.domain.packages.preflight import check_export, held_qualification, refuse_blocked
from app.domain.packages.print_package import PrintPackage
from app.services.packages.check_package import ExportOrder, fetch_case
from app.services.packages.hand_over import hand_over
from app.services.packages.prepare_package import PreparedPackage, prepare_package
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader
    from app.storage.writer import Writer

_TRIES = 5


class _Overtaken(RuleViolation):
    """What the package says is no longer so; it has to be prepared again."""


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
    prepared: PreparedPackage | None = None,
) -> ExportedPackage:
    """Check, write, read back, sign, record and hand out a package.

    Args:
        out: folder for the file.
        key: signs the manifest.
        prepared: what `prepare_package` made of the same order and a person has looked at: exactly
            this leaves, or nothing.

    Raises:
        RuleViolation: every reason why the package may not leave; or its number was taken since it
            was prepared.
        DocumentError: the geometry cannot be written as a sound 3MF.
        StorageError: the folder cannot be written, or the file is there already.
        NotFound: part or provider is not registered.
    """
    if prepared is not None:
        if prepared.order != order:
            raise ValueError("the package was prepared for another order")
        exported = _hand_out(library, prepared, key, out, who, today)
        progress.finish()
        return exported
    for attempt in range(_TRIES):
        made = prepare_package(
            library,
            order,
            workers=workers,
            today=today,
            progress=progress.part(0.0, 0.9) if attempt == 0 else Progress(),
        )
        try:
            exported = _hand_out(library, made, key, out, who, today)
        except _Overtaken:
            # Everything inside carries the number and the recipe, so again.
            progress.check()
            continue
        progress.finish()
        return exported
    raise RuleViolation(_("Other packages leave at the same moment; try again."))


def _hand_out(
    library: Library,
    prepared: PreparedPackage,
    key: SigningKey,
    out: Path,
    who: str,
    today: date,
) -> ExportedPackage:
    """Record and hand out.

    The file is written and flushed before the record commits and gets its name afterwards: no
    record without a written file, no file in the folder without a record.

    Raises:
        _Overtaken: the number was taken, or what the package says was changed meanwhile.
    """
    content = prepared.content
    data = write_package(content, key)
    file = out / package_file_name(content.number, trial=content.trial)
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
    try:
        with staged_file(file, data, overwrite=False) as staged:
            copy = library.objects.stage_bytes(data)
            with library.writing(who=who, act=tell("export package"), undoable=False) as write:
                write.adopt(copy)  # first, so that the library takes it back if anything fails
                _refuse_overtaken(write, prepared, today)
                [package_id] = write.insert([record])
                stored = write.one(PrintPackage, id=package_id)
            hand_over(staged, stored.number)
    except StorageError:
        # The file may be there already because another process has just issued this number.
        with library.reading() as read:
            _refuse_taken(read, content)
        raise
    return ExportedPackage(
        stored, file, prepared.triangles, prepared.dropped_triangles, write.changes
    )


def _refuse_taken(read: Reader, content: PackageContent) -> None:
    taken = read.find(PrintPackage, number=content.number)
    if taken is not None and taken.licence_id != content.licence.id:
        raise _Overtaken(
            _("Package number {number} was taken meanwhile; look at the manifest again.").format(
                number=content.number
            )
        )


def _refuse_overtaken(write: Writer, prepared: PreparedPackage, today: date) -> None:
    """Refuse what was true when the work began and is not when the package leaves."""
    content = prepared.content
    _refuse_taken(write, content)
    case = fetch_case(write, prepared.order, today=today)
    refuse_blocked(check_export(case))
    held = None if case.trial else held_qualification(case)
    now = (case.part, case.revision, case.geometry, case.definition, case.provider, held)
    then = (
        *(content.part, content.revision, content.geometry, content.definition),
        *(content.provider, content.qualification),
    )
    if now != then:
        raise _Overtaken(
            _("Part, definition or qualification changed meanwhile; look at the manifest again.")
        )
