"""Use case: write or change the draft of a print definition, and say what the change does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.base.errors import NotFound, RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.part import Part, PartRevision, RevisionState
from app.domain.changes import Changes
from app.domain.qualification.definition_versions import (
    DefinitionChange,
    VersionStep,
    compare_definitions,
    needed_step,
    next_version,
)
from app.domain.qualification.field_rules import check_fields
from app.domain.qualification.network import ProcessCategory
from app.domain.qualification.print_definition import (
    DefinitionField,
    DefinitionState,
    PrintDefinition,
)
from app.services.catalog.find_part import find_revision

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader
    from app.storage.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionEdit:
    """What a person changes; None and empty leave as it is.

    Attributes:
        fields: new or changed fields (their ids do not matter).
        dropped: names of fields that go.
        notes: field name to the reason for its value.
    """

    process: ProcessCategory | None = None
    machine_class: str | None = None
    material_grade: str | None = None
    fields: tuple[DefinitionField, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DefinitionDraft:
    """The draft as stored.

    Attributes:
        differences: to the released version; empty for a first one.
        step: major voids the qualification.
    """

    definition: PrintDefinition
    fields: tuple[DefinitionField, ...]
    differences: tuple[DefinitionChange, ...]
    step: VersionStep
    changes: Changes


def define_print(
    library: Library, part_number: str, edit: DefinitionEdit, *, who: str
) -> DefinitionDraft:
    """Change the draft of a part's definition, or begin one from the released version.

    Args:
        part_number: NUMBER or NUMBER@REVISION.

    Raises:
        RuleViolation: process or material is missing, or a field cannot be followed.
        NotFound: no such part, revision or field.
    """
    with library.writing(who=who, act=tell("define print"), why=edit.reason) as write:
        part, revision = find_revision(write, part_number)
        known = write.fetch(PrintDefinition, revision_id=revision.id)
        draft = next((item for item in known if item.state is DefinitionState.DRAFT), None)
        released = next((item for item in known if item.state is DefinitionState.RELEASED), None)
        base = draft or released
        fields = _edited(fields_of(write, base), edit)
        check_fields(fields)
        wanted = _head(base, revision, edit, who)
        differences = (
            compare_definitions(released, fields_of(write, released), wanted, fields)
            if released
            else ()
        )
        wanted = _numbered(wanted, known, released, needed_step(differences))
        _check_something_changed(part, revision, released, differences, edit)
        stored = _store(write, draft, wanted, fields)
        return DefinitionDraft(
            stored,
            fields_of(write, stored),
            differences,
            needed_step(differences) if released else VersionStep.MAJOR,
            write.changes,
        )


def fields_of(read: Reader, definition: PrintDefinition | None) -> tuple[DefinitionField, ...]:
    """Return the fields of a definition in the order they were entered."""
    if definition is None:
        return ()
    return tuple(read.fetch(DefinitionField, definition_id=definition.id))


def current_definition(read: Reader, revision: PartRevision) -> PrintDefinition | None:
    """Return the released definition of a revision, else its draft, else None."""
    known = read.fetch(PrintDefinition, revision_id=revision.id)
    for state in (DefinitionState.RELEASED, DefinitionState.DRAFT, DefinitionState.SUPERSEDED):
        found = [item for item in known if item.state is state]
        if found:
            return found[-1]
    return None


def _edited(before: Sequence[DefinitionField], edit: DefinitionEdit) -> tuple[DefinitionField, ...]:
    named = {field.name: field for field in before}
    _check_known(edit.dropped, named)
    for name in edit.dropped:
        del named[name]
    for field in edit.fields:
        known = named.get(field.name)
        named[field.name] = replace(field, why=field.why or (known.why if known else ""))
    _check_known((name for name, _why in edit.notes), named)
    for name, why in edit.notes:
        named[name] = replace(named[name], why=why)
    return tuple(named.values())


def _check_known(names: Iterable[str], named: dict[str, DefinitionField]) -> None:
    for name in names:
        if name not in named:
            raise NotFound(_("The print definition has no field {name}.").format(name=name))


def _head(
    base: PrintDefinition | None, revision: PartRevision, edit: DefinitionEdit, who: str
) -> PrintDefinition:
    process = edit.process or (base.process if base else None)
    material = edit.material_grade if edit.material_grade is not None else ""
    material = material.strip() or (base.material_grade if base else "")
    if process is None or not material:
        raise RuleViolation(_("A print definition needs a process and a material grade."))
    machine_class = base.machine_class if base else ""
    if edit.machine_class is not None:
        machine_class = edit.machine_class.strip()
    return PrintDefinition(
        revision_id=revision.id,
        process=process,
        machine_class=machine_class,
        material_grade=material,
        reason=edit.reason or (base.reason if base and _is_draft(base) else ""),
        author=who,
    )


def _is_draft(definition: PrintDefinition) -> bool:
    return definition.state is DefinitionState.DRAFT


def _numbered(
    wanted: PrintDefinition,
    known: Sequence[PrintDefinition],
    released: PrintDefinition | None,
    step: VersionStep,
) -> PrintDefinition:
    if released is not None:
        major, minor = next_version(released, step)
    else:
        # A definition may be superseded without a successor; its number is not given again.
        gone = [item.major for item in known if not _is_draft(item)]
        major, minor = max(gone, default=0) + 1, 0
    return replace(wanted, major=major, minor=minor)


def _check_something_changed(
    part: Part,
    revision: PartRevision,
    released: PrintDefinition | None,
    differences: Sequence[DefinitionChange],
    edit: DefinitionEdit,
) -> None:
    if revision.state is RevisionState.OBSOLETE:
        raise RuleViolation(
            _("Revision {label} of part {number} is obsolete; it gets no new definition.").format(
                label=revision.label, number=part.number
            )
        )
    if released is None:
        return
    if not differences and not edit.notes:
        raise RuleViolation(
            _("Nothing differs from the released print definition {major}.{minor}.").format(
                major=released.major, minor=released.minor
            )
        )
    if not edit.reason.strip():
        raise RuleViolation(_("A change of a released print definition needs a reason."))


def _store(
    write: Writer,
    draft: PrintDefinition | None,
    wanted: PrintDefinition,
    fields: Sequence[DefinitionField],
) -> PrintDefinition:
    if draft is None:
        [definition_id] = write.insert([wanted])
    else:
        definition_id = draft.id
        write.update(replace(wanted, id=draft.id, version=draft.version))
        write.delete(DefinitionField, [field.id for field in fields_of(write, draft)])
    write.insert([replace(field, definition_id=definition_id) for field in fields])
    return write.one(PrintDefinition, id=definition_id)
