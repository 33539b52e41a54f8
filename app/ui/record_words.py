"""The words for records of any kind, their fields and the values that the history keeps of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from app.base.i18n import _
from app.domain.catalog.geometry import GeometryRole
from app.domain.catalog.part import ConsequenceClass, RightToMake, SupplyCriticality
from app.domain.catalog.revision_state import RevisionState
from app.domain.certificates.certificate import CertificateState, CertificateType
from app.domain.lifecycle.product import Confidence, MilestoneKind
from app.domain.lifecycle.verdict import Answer
from app.domain.qualification.network import ProcessCategory
from app.domain.qualification.print_definition import Binding, DefinitionState
from app.domain.qualification.qualification_state import QualificationState
from app.ui import part_words
from app.ui.certificates.certificate_words import certificate_state_word, certificate_type_word
from app.ui.words import answer_word, qualification_word, revision_word

# Known from the record itself, or made by the program for its own use.
_HIDDEN = frozenset({"id", "version", "number_key", "name_key", "record_json", "fingerprint"})


def record_word(table: str) -> str:
    """Return what a record is, by the name of its table."""
    words = {
        "product": _("Product"),
        "milestone": _("Milestone"),
        "where_used": _("Where used"),
        "supply_position": _("Stock and price"),
        "supply_source": _("Supplier"),
        "demand_history": _("Demand"),
        "flag": _("Verdict"),
        "provider": _("Provider"),
        "machine": _("Machine"),
        "material": _("Material"),
        "definition_field": _("Field of a definition"),
        "organisation": _("Organisation"),
        "stored_file": _("Stored file"),
    }
    return words.get(table) or part_words.subject_word(table)


def field_word(name: str) -> str:
    """Return the name of a field as people say it; one that has no word keeps its own."""
    return _field_words().get(name) or part_words.readable(name)


def _field_words() -> Mapping[str, str]:
    return {**_words_of_parts(), **_words_of_supply(), **_words_of_proof()}


def _words_of_parts() -> Mapping[str, str]:
    return {
        "answer": _("Answer"),
        "code": _("Code"),
        "consequence_class": _("Consequence of failure"),
        "design_owner": _("Design owner"),
        "export_control": _("Export control"),
        "file_name": _("File name"),
        "format": _("Format"),
        "geometry_sha256": _("SHA-256 of the geometry"),
        "label": _("Label"),
        "material": _("Material"),
        "name": _("Name"),
        "note": _("Note"),
        "number": _("Number"),
        "reason": _("Reason"),
        "released_at": _("Released at"),
        "released_by": _("Released by"),
        "right_to_make": _("Right to make"),
        "role": _("Role"),
        "sha256": _("SHA-256"),
        "size_bytes": _("Size in bytes"),
        "source": _("Source"),
        "state": _("State"),
        "successor": _("Successor"),
        "supply_criticality": _("Supply criticality"),
        "unit": _("Unit"),
        "unit_source": _("Source of the unit"),
        "at": _("Time"),
        "who": _("Person"),
        "why": _("Why"),
        "part_id": _("Part no. in the library"),
        "revision_id": _("Revision no. in the library"),
        "added_at": _("Added at"),
        "added_by": _("Added by"),
    }


def _words_of_supply() -> Mapping[str, str]:
    return {
        "annual_failure_rate": _("Failures per year"),
        "as_of": _("As of"),
        "confidence": _("Confidence"),
        "currency": _("Currency"),
        "failure_share": _("Share of failures"),
        "first_month": _("First month"),
        "installed_base": _("Installed base"),
        "kind": _("Kind"),
        "last_order_on": _("Last order date"),
        "lead_time_days": _("Lead time in days"),
        "legal_part_kind": _("Kind of part in law"),
        "market": _("Market"),
        "minimum_order": _("Minimum order"),
        "on": _("Date"),
        "open_orders": _("Open orders"),
        "plant": _("Plant"),
        "price_amount": _("Price"),
        "price_unit": _("Price unit"),
        "product_group": _("Product group"),
        "product_id": _("Product no. in the library"),
        "quantities": _("Quantities"),
        "quantity": _("Quantity"),
        "safety_stock": _("Safety stock"),
        "stock": _("Stock"),
        "supplier": _("Supplier"),
    }


def _words_of_proof() -> Mapping[str, str]:
    return {
        "address": _("Address"),
        "approved_at": _("Approved at"),
        "approver": _("Approver"),
        "author": _("Author"),
        "binding": _("Binding"),
        "blocked_reason": _("Reason of the block"),
        "build_x_mm": _("Build volume X in mm"),
        "build_y_mm": _("Build volume Y in mm"),
        "build_z_mm": _("Build volume Z in mm"),
        "contact": _("Contact"),
        "country": _("Country"),
        "definition_id": _("Definition no. in the library"),
        "delivered_on": _("Delivered on"),
        "density_g_cm3": _("Density in g/cm³"),
        "exported_at": _("Exported at"),
        "exported_by": _("Exported by"),
        "family": _("Family"),
        "grade": _("Grade"),
        "issued_at": _("Issued at"),
        "issued_by": _("Issued by"),
        "issuer": _("Issuer"),
        "key_fingerprint": _("Fingerprint of the key"),
        "licence_id": _("Licence"),
        "lot_id": _("Lot no. in the library"),
        "machine_class": _("Machine class"),
        "machine_id": _("Machine no. in the library"),
        "major": _("Major version"),
        "maker": _("Maker"),
        "manufacturer": _("Manufacturer"),
        "material_grade": _("Material grade"),
        "material_id": _("Material no. in the library"),
        "maximum": _("Maximum"),
        "minimum": _("Minimum"),
        "minor": _("Minor version"),
        "model": _("Model"),
        "order_reference": _("Order"),
        "own_house": _("Own house"),
        "package_id": _("Package no. in the library"),
        "passed": _("Passed"),
        "process": _("Process"),
        "provider_id": _("Provider no. in the library"),
        "public_key": _("Public key"),
        "purchaser": _("Purchaser"),
        "qualification_id": _("Qualification no. in the library"),
        "record_sha256": _("SHA-256 of the record"),
        "result": _("Result"),
        "retain_until": _("Keep until"),
        "scope": _("Scope"),
        "serials": _("Serial numbers"),
        "specification": _("Specification"),
        "standard": _("Standard"),
        "started_on": _("Started on"),
        "supersedes": _("Supersedes"),
        "title": _("Title"),
        "trial": _("Trial"),
        "type": _("Type"),
        "valid_until": _("Valid until"),
        "value": _("Value"),
    }


def recorded_words(text: str, table: str, field: str = "") -> str:
    """Return what the history keeps of a value, which is JSON, as a person reads it.

    Args:
        field: that held it; "" for a whole record.
    """
    if not text:
        return ""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if field or not isinstance(value, dict):
        return _value_words(value, table, field)
    known = [
        name
        for name, item in value.items()
        if name not in _HIDDEN and (isinstance(item, bool) or item not in ("", None, [], 0))
    ]
    # Last, what only tells which other record it belongs to.
    ordered = sorted(known, key=lambda name: name.endswith("_id"))
    told = ((name, _value_words(value[name], table, name)) for name in ordered)
    return ", ".join(
        _("{field}: {value}").format(field=field_word(name), value=words) for name, words in told
    )


def _value_words(value: object, table: str, field: str) -> str:
    if value is None or value == "":
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    words = _FIXED.get((table, field)) or _FIXED.get(("", field))
    if words is None:
        return str(value)
    try:
        return words(str(value))
    except ValueError:  # of a newer version
        return str(value)


# Values of a fixed set, by table and field; "" for a field that is alike in every table.
_FIXED: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("", "consequence_class"): lambda v: part_words.consequence_word(ConsequenceClass(v)),
    ("", "supply_criticality"): lambda v: part_words.criticality_word(SupplyCriticality(v)),
    ("", "right_to_make"): lambda v: part_words.right_word(RightToMake(v)),
    ("", "role"): lambda v: part_words.role_word(GeometryRole(v)),
    ("", "confidence"): lambda v: part_words.confidence_word(Confidence(v)),
    ("", "process"): lambda v: part_words.process_word(ProcessCategory(v)),
    ("", "binding"): lambda v: part_words.binding_word(Binding(v)),
    ("", "answer"): lambda v: answer_word(Answer(v)),
    ("milestone", "kind"): lambda v: part_words.milestone_word(MilestoneKind(v)),
    ("part_revision", "state"): lambda v: revision_word(RevisionState(v)),
    ("print_definition", "state"): lambda v: part_words.definition_word(DefinitionState(v)),
    ("qualification", "state"): lambda v: qualification_word(QualificationState(v)),
    ("certificate", "state"): lambda v: certificate_state_word(CertificateState(v)),
    ("certificate", "type"): lambda v: certificate_type_word(CertificateType(v)),
}
