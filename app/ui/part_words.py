"""The words of the part page for what a part, its files and its history are."""

from __future__ import annotations

import json
import re
from datetime import date

from app.base.figures import figure, fixed_figure, written_figure
from app.base.i18n import _
from app.domain.catalog.geometry import GeometryRole, LengthUnit, Severity, UnitSource
from app.domain.catalog.part import ConsequenceClass, RightToMake, SupplyCriticality
from app.domain.lifecycle.product import Confidence, MilestoneKind
from app.domain.qualification.network import ProcessCategory
from app.domain.qualification.print_definition import Binding, DefinitionField, DefinitionState
from app.domain.qualification.validity import QualificationStatus

_UNIT_ENDINGS = {
    "mm": "mm",
    "um": "µm",
    "g": "g",
    "kg": "kg",
    "s": "s",
    "min": "min",
    "h": "h",
    "c": "°C",
    "k": "K",
    "deg": "°",
    "percent": "%",
    "w": "W",
    "mm_s": "mm/s",
    "n": "N",
    "mpa": "MPa",
    "bar": "bar",
}


def consequence_word(value: ConsequenceClass) -> str:
    return {
        ConsequenceClass.UNKNOWN: _("Not set"),
        ConsequenceClass.LOW: _("Low"),
        ConsequenceClass.MEDIUM: _("Medium"),
        ConsequenceClass.HIGH: _("High"),
    }[value]


def criticality_word(value: SupplyCriticality) -> str:
    return {
        SupplyCriticality.UNKNOWN: _("Not set"),
        SupplyCriticality.VITAL: _("Vital"),
        SupplyCriticality.ESSENTIAL: _("Essential"),
        SupplyCriticality.DESIRABLE: _("Desirable"),
    }[value]


def right_word(value: RightToMake) -> str:
    """Return on what ground a part may be made."""
    return {
        RightToMake.UNKNOWN: _("Not settled"),
        RightToMake.OWN: _("Own design"),
        RightToMake.LICENSED: _("Licensed"),
        RightToMake.REPAIR_CLAUSE: _("Repair clause"),
        RightToMake.SUPPLIER: _("Right of the supplier"),
    }[value]


def export_word(value: str) -> str:
    """Return the state of export control."""
    if not value.strip():
        return _("Not assessed")
    return _("Assessed, not listed") if value.strip().casefold() == "none" else value


def role_word(value: GeometryRole) -> str:
    return {
        GeometryRole.MASTER: _("Master"),
        GeometryRole.TESSELLATION: _("Tessellation"),
        GeometryRole.BUILD: _("Build geometry"),
        GeometryRole.INSPECTION_REFERENCE: _("Inspection reference"),
    }[value]


def unit_text(unit: LengthUnit, source: UnitSource) -> str:
    """Return a file's unit and how it is known."""
    known = {
        UnitSource.FILE: _("stated in the file"),
        UnitSource.USER: _("stated by a person"),
        UnitSource.ASSUMED: _("assumed: the file states none"),
    }[source]
    return f"{unit.value}, {known}"


def severity_mark(value: Severity) -> str:
    return {Severity.NOTE: "note", Severity.WARNING: "warning", Severity.DANGER: "danger"}[value]


def severity_word(value: Severity) -> str:
    return {
        Severity.NOTE: _("Note"),
        Severity.WARNING: _("Warning"),
        Severity.DANGER: _("Danger"),
    }[value]


def milestone_word(kind: MilestoneKind) -> str:
    return {
        MilestoneKind.INTRODUCTION: _("Introduction"),
        MilestoneKind.LAST_PRODUCED: _("Last produced"),
        MilestoneKind.LAST_PLACED: _("Last placed on the market"),
        MilestoneKind.END_OF_SERVICE: _("End of service"),
        MilestoneKind.LAST_ORDER: _("Last order date"),
    }[kind]


def confidence_word(value: Confidence) -> str:
    return {
        Confidence.CONFIRMED: _("confirmed"),
        Confidence.PLANNED: _("planned"),
        Confidence.ESTIMATED: _("estimated"),
    }[value]


def process_word(value: ProcessCategory) -> str:
    """Return a process category of ISO/ASTM 52900 by its full name and abbreviation."""
    name = {
        ProcessCategory.BINDER_JETTING: _("Binder jetting"),
        ProcessCategory.DIRECTED_ENERGY_DEPOSITION: _("Directed energy deposition"),
        ProcessCategory.MATERIAL_EXTRUSION: _("Material extrusion"),
        ProcessCategory.MATERIAL_JETTING: _("Material jetting"),
        ProcessCategory.POWDER_BED_FUSION: _("Powder bed fusion"),
        ProcessCategory.SHEET_LAMINATION: _("Sheet lamination"),
        ProcessCategory.VAT_PHOTOPOLYMERIZATION: _("Vat photopolymerization"),
    }[value]
    return f"{name} ({value.value})"


def definition_word(value: DefinitionState) -> str:
    return {
        DefinitionState.DRAFT: _("Draft"),
        DefinitionState.RELEASED: _("Released"),
        DefinitionState.SUPERSEDED: _("Superseded"),
    }[value]


def definition_mark(value: DefinitionState) -> str:
    return {
        DefinitionState.DRAFT: "draft",
        DefinitionState.RELEASED: "qualified",
        DefinitionState.SUPERSEDED: "discontinued",
    }[value]


def binding_word(value: Binding) -> str:
    """Return how far a field binds the provider."""
    return {
        Binding.KEY: _("key"),
        Binding.RANGE: _("range"),
        Binding.CHOICE: _("provider's choice"),
    }[value]


def status_word(value: QualificationStatus) -> str:
    return {
        QualificationStatus.DRAFT: _("Draft"),
        QualificationStatus.UNDER_TEST: _("Under test"),
        QualificationStatus.IN_REVIEW: _("In review"),
        QualificationStatus.QUALIFIED: _("Qualified"),
        QualificationStatus.EXPIRING: _("Expiring"),
        QualificationStatus.EXPIRED: _("Expired"),
        QualificationStatus.BLOCKED: _("Blocked"),
    }[value]


def status_mark(value: QualificationStatus) -> str:
    return "discontinued" if value is QualificationStatus.EXPIRED else value.value


def subject_word(table: str) -> str:
    """Return what a changed record is, in the history."""
    words = {
        "part": _("Part"),
        "part_revision": _("Revision"),
        "geometry": _("Geometry file"),
        "ignored_finding": _("Ignored finding"),
        "print_definition": _("Print definition"),
        "qualification": _("Qualification"),
        "evidence": _("Evidence"),
        "lot": _("Lot"),
        "certificate": _("Certificate"),
        "print_package": _("Print package"),
    }
    return words.get(table, readable(table))


def split_field_name(name: str) -> tuple[str, str]:
    """Return a field's name for reading and its unit: "layer_height_mm" → "Layer height", "mm"."""
    parts = name.split("_")
    for length in (2, 1):
        ending = "_".join(parts[-length:])
        if len(parts) > length and ending in _UNIT_ENDINGS:
            return readable("_".join(parts[:-length])), _UNIT_ENDINGS[ending]
    return readable(name), ""


def field_value(field: DefinitionField) -> str:
    """Return what a field of a print definition demands, with its unit."""
    _name, unit = split_field_name(field.name)
    value = written_figure(field.value) if unit else field.value
    if field.binding is Binding.RANGE and field.minimum is not None and field.maximum is not None:
        limits = _("{low} to {high}").format(
            low=figure(field.minimum, 6), high=figure(field.maximum, 6)
        )
        nominal = _("{limits}, nominal {value}").format(limits=limits, value=value)
        return _joined(nominal if value else limits, unit)
    return _joined(value, unit) if value else ""


def readable(name: str) -> str:
    """Return a technical name as words: "layer_height" → "Layer height"."""
    words = re.sub(r"_+", " ", name).strip()
    return words[:1].upper() + words[1:]


def recorded_value(text: str, field: str = "") -> str:
    """Return a value of the audit trail, which is JSON, as a person reads it.

    Args:
        field: that held it; words of a fixed set are written with spaces.
    """
    if not text:
        return ""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, dict):
        return ", ".join(
            f"{readable(key)} {_recorded_item(item, key)}"
            for key, item in value.items()
            if key not in _HIDDEN and (isinstance(item, bool) or item not in ("", None, [], 0))
        )
    return _recorded_item(value, field)


def _recorded_item(value: object, field: str) -> str:
    if value is None or value == "":
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value).replace("_", " ") if field in _WORDED else str(value)


_WORDED = frozenset(
    {"state", "right_to_make", "consequence_class", "supply_criticality", "role", "unit_source"}
)
_HIDDEN = frozenset({"id", "version", "part_id", "revision_id", "definition_id", "number_key"})


def price_text(amount: str, unit: int, currency: str) -> str:
    """Return a price for its price unit, such as "12.50 EUR for 100"."""
    if not amount:
        return ""
    price = _joined(written_figure(amount), currency)
    return price if unit == 1 else _("{price} for {count}").format(price=price, count=figure(unit))


def month_text(on: date) -> str:
    return f"{on.year:04d}-{on.month:02d}"


def size_text(byte_count: int) -> str:
    """Return a file size in the unit that suits it."""
    if byte_count < 1000:
        return f"{byte_count} B"
    size = byte_count / 1000
    for unit in ("kB", "MB"):
        if size < 999.95:  # what would be rounded to 1,000.0 takes the next unit
            return f"{fixed_figure(size, 1)} {unit}"
        size /= 1000
    return f"{fixed_figure(size, 1)} GB"


def _joined(value: str, unit: str) -> str:
    return f"{value} {unit}".strip()
