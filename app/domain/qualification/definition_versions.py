"""What a change to a print definition does: a new major version, a minor one, or nothing."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from app.domain.qualification.print_definition import (
    Binding,
    DefinitionField,
    PrintDefinition,
)

# Last word of a field's name where its value is a quantity.
_UNITS = frozenset(
    {
        *("mm", "um", "m", "deg", "percent", "ratio", "factor", "count"),
        *("c", "k", "s", "min", "h", "hz", "rpm", "g", "kg"),
        *("n", "kn", "mpa", "gpa", "bar", "w", "kw", "j", "v", "a"),
    }
)


class VersionStep(IntEnum):
    """How far a change reaches. Only a major step voids the qualification."""

    NONE = 0  # nothing changed, or notes only
    MINOR = 1  # a range, a choice or a reason to leave the field free changed
    MAJOR = 2  # a key value came, went or changed


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """One difference between two print definitions; "" where there was or is nothing."""

    name: str
    old: str
    new: str
    step: VersionStep


def describe_field(field: DefinitionField) -> str:
    """Return what a field demands, in one short text without its name."""
    if field.binding is Binding.RANGE:
        nominal = f"{field.value} " if field.value else ""
        return f"{nominal}[{_number(field.minimum)}..{_number(field.maximum)}]"
    return field.value


def compare_definitions(
    old: PrintDefinition,
    old_fields: Sequence[DefinitionField],
    new: PrintDefinition,
    new_fields: Sequence[DefinitionField],
) -> tuple[DefinitionChange, ...]:
    """Return every difference that matters, in the order process, material, fields by name.

    Process category, machine class and material grade are key by nature.
    """
    heads = (
        ("process", old.process.value, new.process.value),
        ("machine_class", old.machine_class, new.machine_class),
        ("material_grade", old.material_grade, new.material_grade),
    )
    changes = [
        DefinitionChange(name, before, after, VersionStep.MAJOR)
        for name, before, after in heads
        if before != after
    ]
    before_by_name = {field.name: field for field in old_fields}
    after_by_name = {field.name: field for field in new_fields}
    for name in sorted(before_by_name.keys() | after_by_name.keys()):
        change = _compare_field(name, before_by_name.get(name), after_by_name.get(name))
        if change is not None:
            changes.append(change)
    return tuple(changes)


def needed_step(changes: Sequence[DefinitionChange]) -> VersionStep:
    """Return the largest step any of the changes asks for."""
    return max((change.step for change in changes), default=VersionStep.NONE)


def next_version(old: PrintDefinition, step: VersionStep) -> tuple[int, int]:
    """Return (major, minor) after a step; a change of notes only is recorded as a minor version."""
    if step is VersionStep.MAJOR:
        return old.major + 1, 0
    return old.major, old.minor + 1


def _compare_field(
    name: str, before: DefinitionField | None, after: DefinitionField | None
) -> DefinitionChange | None:
    old = "" if before is None else f"{before.binding.value} {describe_field(before)}".strip()
    new = "" if after is None else f"{after.binding.value} {describe_field(after)}".strip()
    if before and after and _meaning(before) == _meaning(after):
        return None
    touches_key = any(
        field is not None and field.binding is Binding.KEY for field in (before, after)
    )
    return DefinitionChange(name, old, new, VersionStep.MAJOR if touches_key else VersionStep.MINOR)


def _meaning(field: DefinitionField) -> tuple[Binding, float | str, float | None, float | None]:
    """Return what binds the provider; notes are left out.

    In a field with a unit "0.2" and "0.20" are one value. Elsewhere they are words: version 1.1 is
    not version 1.10.
    """
    value: float | str = field.value.strip()
    if field.binding is Binding.RANGE or field.name.rpartition("_")[2] in _UNITS:
        with contextlib.suppress(ValueError):
            value = float(value)
    return field.binding, value, field.minimum, field.maximum


def _number(value: float | None) -> str:
    # Every digit that was entered: a rounded limit would be another tolerance.
    return "" if value is None else f"{value:.15g}"
