"""The papers inside a print package: recipe, licence, inspection plan, evidence list and a read-me.

Each is JSON in canonical form, so that other systems can read it; the read-me is for people. Names
of persons stay at home.
"""

from __future__ import annotations

from typing import Any

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.documents.packages.three_mf import ModelWords
from app.documents.signing.canonical_json import dump_canonical
from app.domain.packages.package_content import PackageContent
from app.domain.qualification.definition_versions import describe_field
from app.domain.qualification.print_definition import Binding, DefinitionField

RECIPE_FORMAT = "everspare recipe 1"
LICENCE_FORMAT = "everspare licence 1"
INSPECTION_FORMAT = "everspare inspection plan 1"
EVIDENCE_FORMAT = "everspare evidence 1"


def recipe_paper(content: PackageContent) -> bytes:
    """Return the print definition: every field, how it binds and why."""
    definition, machine, material = content.definition, content.machine, content.material
    return dump_canonical(
        {
            "format": RECIPE_FORMAT,
            "trial": content.trial,
            "part": content.part.number,
            "revision": content.revision.label,
            "version": definition_version(content),
            "process": definition.process.value,
            "machine_class": definition.machine_class,
            "material_grade": definition.material_grade,
            "machine": None
            if machine is None
            else {"name": machine.name, "model": machine.model, "process": machine.process.value},
            "material": None
            if material is None
            else {
                "grade": material.grade,
                "family": material.family,
                "maker": material.maker,
                "specification": material.specification,
                "density_g_cm3": material.density_g_cm3,
            },
            "reason": definition.reason,
            "fields": [_field(field) for field in content.fields],
        }
    )


def licence_paper(content: PackageContent) -> bytes:
    """Return what the provider may make, how many and until when."""
    licence = content.licence
    expires = licence.expires_on.isoformat() if licence.expires_on else None
    return dump_canonical(
        {
            "format": LICENCE_FORMAT,
            "id": licence.id,
            "package": content.number,
            "licensor": content.owner,
            "licensee": {
                "code": content.provider.code,
                "name": content.provider.name,
                "address": content.provider.address,
                "country": content.provider.country,
            },
            "part": content.part.number,
            "revision": content.revision.label,
            "definition": definition_version(content),
            "quantity": licence.quantity,
            "expires_on": expires,
            "trial": content.trial,
            "right_to_make": content.part.right_to_make.value,
            "export_control": content.part.export_control,
            "counting": "counted and countersigned",
        }
    )


def inspection_paper(content: PackageContent) -> bytes:
    """Return what the provider checks before the parts leave."""
    steps = [
        {
            "characteristic": step.characteristic,
            "requirement": step.requirement,
            "method": step.method,
            "sample": step.sample,
        }
        for step in content.inspection
    ]
    return dump_canonical({"format": INSPECTION_FORMAT, "steps": steps})


def evidence_paper(content: PackageContent) -> bytes:
    """Return the list of evidence behind the qualification; the files themselves stay at home."""
    qualification = content.qualification
    listed = [
        {
            "kind": item.kind,
            "title": item.title,
            "standard": item.standard,
            "result": item.result,
            "passed": item.passed,
            "scope": item.scope,
            "sha256": item.sha256,
            "file_name": item.file_name,
            "valid_until": item.valid_until.isoformat() if item.valid_until else None,
        }
        for item in content.evidence
    ]
    approved = qualification.approved_at if qualification else None
    valid_until = qualification.valid_until if qualification else None
    return dump_canonical(
        {
            "format": EVIDENCE_FORMAT,
            "qualified": qualification is not None,
            "consequence_class": qualification.consequence_class.value if qualification else None,
            "approved_at": approved.isoformat(timespec="seconds") if approved else None,
            "valid_until": valid_until.isoformat() if valid_until else None,
            "evidence": listed,
        }
    )


def read_me(content: PackageContent) -> bytes:
    """Return the first thing a person at the provider reads; plain UTF-8 text."""
    licence, lines = content.licence, list[str]()
    if content.trial:
        lines += [
            _("TRIAL - not qualified - parts made from this package must not be delivered."),
            "",
        ]
    lines += [
        _("Print package {number}").format(number=content.number),
        _("Part {number} {name}, revision {revision}, print definition {version}").format(
            number=content.part.number,
            name=content.part.name,
            revision=content.revision.label,
            version=definition_version(content),
        ),
        _("From {owner} for {provider}").format(
            owner=content.owner, provider=content.provider.name
        ),
        "",
        ngettext(
            "You may make {count} piece under licence {id}.",
            "You may make {count} pieces under licence {id}.",
            licence.quantity,
        ).format(count=figure(licence.quantity), id=licence.id),
        _("Pieces are counted and countersigned: report every piece, scrap included."),
    ]
    if licence.expires_on:
        lines.append(_("The licence ends on {day}.").format(day=licence.expires_on.isoformat()))
    lines += [
        "",
        _("model/ holds the 3MF to print, in millimetres; source/ the owner's file it came from."),
        _("recipe.json is the print definition: key = exactly so, range = within, choice = yours."),
        _("Check first that nothing was changed: everspare verify FILE"),
    ]
    return ("\n".join(lines) + "\n").encode()


def model_words(content: PackageContent) -> ModelWords:
    """Return what the 3MF of this package says of itself (its own bytes are not looked at)."""
    part, licence = content.part, content.licence
    title = part.name or part.number
    return ModelWords(
        title=_("TRIAL - {title}").format(title=title) if content.trial else title,
        part_number=part.number,
        designer=part.design_owner or content.owner,
        description=_("Part {number}, revision {revision}").format(
            number=part.number, revision=content.revision.label
        ),
        copyright=part.design_owner or content.owner,
        licence_terms=ngettext(
            "{count} piece under licence {id}, counted and countersigned",
            "{count} pieces under licence {id}, counted and countersigned",
            licence.quantity,
        ).format(count=figure(licence.quantity), id=licence.id),
        created_at=content.created_at,
        extra={
            "package": content.number,
            "revision": content.revision.label,
            "definition": definition_version(content),
            "material": content.definition.material_grade,
            "source_sha256": content.geometry.sha256,
            "trial": "yes" if content.trial else "no",
        },
    )


def definition_version(content: PackageContent) -> str:
    return f"{content.definition.major}.{content.definition.minor}"


def _field(field: DefinitionField) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": field.name,
        "binding": field.binding.value,
        "why": field.why,
    }
    if field.binding is not Binding.CHOICE:
        entry["value"] = field.value
        entry["text"] = describe_field(field)
    if field.binding is Binding.RANGE:
        entry["minimum"], entry["maximum"] = field.minimum, field.maximum
    return entry
