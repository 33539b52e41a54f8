"""Commands of the print definition, the network of providers, and qualification."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.base.i18n import _
from app.cli.session import emit, note, session
from app.cli.shared_options import JsonOption, NumberArgument, WhyOption, as_date, today_or
from app.domain.catalog.part import ConsequenceClass
from app.domain.qualification.definition_versions import VersionStep, describe_field
from app.domain.qualification.field_text import parse_field, parse_note
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import Binding, DefinitionField, PrintDefinition
from app.domain.qualification.qualification import Qualification
from app.domain.qualification.validity import assess_status
from app.services.catalog.find_part import find_revision
from app.services.qualification.add_evidence import Proof, add_evidence
from app.services.qualification.approve_qualification import approve_qualification
from app.services.qualification.block_qualification import block_qualification
from app.services.qualification.define_print import (
    DefinitionEdit,
    current_definition,
    define_print,
    fields_of,
)
from app.services.qualification.register_machine import register_machine
from app.services.qualification.register_material import register_material
from app.services.qualification.register_provider import register_provider
from app.services.qualification.release_definition import release_definition
from app.services.qualification.return_qualification import return_qualification
from app.services.qualification.start_qualification import (
    QualificationOrder,
    start_qualification,
)
from app.services.qualification.submit_qualification import submit_qualification

QualificationArgument = Annotated[
    int, typer.Argument(metavar="QUALIFICATION", help=_("Number that `qualify` answered."))
]


def register(cli: typer.Typer) -> None:
    """Add the commands of this module."""
    cli.command("define", help=_("Show or change a print definition."))(_define)
    cli.command("provider", help=_("List providers, or enter one."))(_provider)
    cli.command("machine", help=_("List machines, or enter one."))(_machine)
    cli.command("material", help=_("List feedstock grades, or enter one."))(_material)
    cli.command("qualify", help=_("Begin a qualification."))(_qualify)
    cli.command("qualifications", help=_("List qualifications."))(_qualifications)
    cli.command("evidence", help=_("Put a proof under a qualification."))(_evidence)
    cli.command("submit", help=_("Hand a qualification in for review."))(_submit)
    cli.command("approve", help=_("Approve a qualification; another person than its author."))(
        _approve
    )
    cli.command("send-back", help=_("Send a qualification back from review."))(_send_back)
    cli.command("block", help=_("Block a qualification for good."))(_block)


def _define(
    number: NumberArgument,
    process: Annotated[
        ProcessCategory | None, typer.Option(help=_("Process category (ISO/ASTM 52900)."))
    ] = None,
    material: Annotated[str | None, typer.Option(help=_("Feedstock grade."))] = None,
    machine_class: Annotated[str | None, typer.Option(help=_("Class of machine."))] = None,
    key: Annotated[
        list[str] | None, typer.Option(help=_("name=value: exactly so; a change voids."))
    ] = None,
    range_: Annotated[
        list[str] | None,
        typer.Option("--range", help=_("name=low..high or name=low..high:nominal")),
    ] = None,
    choice: Annotated[
        list[str] | None, typer.Option(help=_("name: the provider's choice."))
    ] = None,
    why: Annotated[list[str] | None, typer.Option(help=_("name=reason for its value."))] = None,
    drop: Annotated[list[str] | None, typer.Option(help=_("name of a field that goes."))] = None,
    reason: Annotated[str, typer.Option(help=_("Reason for the change."))] = "",
    release: Annotated[bool, typer.Option("--release", help=_("Release the draft."))] = False,
    json_output: JsonOption = False,
) -> None:
    fields = tuple(
        parse_field(text, binding)
        for binding, texts in (
            (Binding.KEY, key),
            (Binding.RANGE, range_),
            (Binding.CHOICE, choice),
        )
        for text in texts or ()
    )
    edit = DefinitionEdit(
        process=process,
        machine_class=machine_class,
        material_grade=material,
        fields=fields,
        dropped=tuple(drop or ()),
        notes=tuple(parse_note(text) for text in why or ()),
        reason=reason,
    )
    with session() as services:
        if edit != DefinitionEdit(reason=reason):
            draft = define_print(services.library, number, edit, who=services.user)
            for change in draft.differences:
                note(f"{change.name}: {change.old or '-'} > {change.new or '-'}")
            if draft.differences and draft.step is VersionStep.MAJOR:
                note(_("A key value changed: the qualification does not hold for this version."))
        if release:
            released = release_definition(services.library, number, who=services.user)
            note(_("Released: {version}.").format(version=_version(released.definition)))
        with services.library.reading() as read:
            _part, revision = find_revision(read, number)
            definition = current_definition(read, revision)
            shown = fields_of(read, definition)
    emit(
        None if definition is None else {"definition": definition, "fields": shown},
        json_output,
        _definition_lines(definition, shown),
    )


def _definition_lines(
    definition: PrintDefinition | None, fields: tuple[DefinitionField, ...]
) -> list[str]:
    if definition is None:
        return [_("There is no print definition yet.")]
    head = _("Print definition {version} ({state}): {process}, {material}").format(
        version=_version(definition),
        state=definition.state.value,
        process=definition.process.value,
        material=definition.material_grade,
    )
    lines = [
        f"  {field.binding.value:<6} {field.name} = {describe_field(field) or '-'}"
        + (f"  ({field.why})" if field.why else "")
        for field in fields
    ]
    return [head, *lines]


def _version(definition: PrintDefinition) -> str:
    return f"{definition.major}.{definition.minor}"


def _provider(
    code: Annotated[str | None, typer.Argument(help=_("Short code."))] = None,
    name: Annotated[str, typer.Option(help=_("Name of the organisation."))] = "",
    address: Annotated[str, typer.Option(help=_("Postal address."))] = "",
    country: Annotated[str, typer.Option(help=_("Country."))] = "",
    contact: Annotated[str, typer.Option(help=_("Mail address or telephone."))] = "",
    own_house: Annotated[bool, typer.Option("--own-house", help=_("Belongs to us."))] = False,
    json_output: JsonOption = False,
) -> None:
    with session() as services:
        if code is not None:
            provider = Provider(
                code=code,
                name=name,
                address=address,
                country=country,
                contact=contact,
                own_house=own_house,
            )
            register_provider(services.library, provider, who=services.user)
        with services.library.reading() as read:
            providers = read.fetch(Provider)
    emit(
        providers, json_output, (f"{item.code}  {item.name}, {item.country}" for item in providers)
    )


def _machine(
    provider: Annotated[str | None, typer.Argument(help=_("Code of the provider."))] = None,
    name: Annotated[str | None, typer.Argument(help=_("Name of the machine."))] = None,
    process: Annotated[
        ProcessCategory | None, typer.Option(help=_("Process category (ISO/ASTM 52900)."))
    ] = None,
    model: Annotated[str, typer.Option(help=_("Maker and model."))] = "",
    build: Annotated[
        tuple[float, float, float] | None, typer.Option(help=_("Build volume x y z, mm."))
    ] = None,
    json_output: JsonOption = False,
) -> None:
    with session() as services:
        if provider is not None and name is not None:
            if process is None:
                raise typer.BadParameter(_("A machine needs --process."))
            x, y, z = build or (None, None, None)
            machine = Machine(
                provider_id=0,
                name=name,
                model=model,
                process=process,
                build_x_mm=x,
                build_y_mm=y,
                build_z_mm=z,
            )
            register_machine(services.library, provider, machine, who=services.user)
        with services.library.reading() as read:
            machines = read.fetch(Machine)
            codes = {item.id: item.code for item in read.fetch(Provider)}
    lines = (f"{codes[m.provider_id]}  {m.name}  {m.process.value}  {m.model}" for m in machines)
    emit(machines, json_output, lines)


def _material(
    grade: Annotated[str | None, typer.Argument(help=_("Maker's name of the grade."))] = None,
    process: Annotated[
        ProcessCategory | None, typer.Option(help=_("Process category (ISO/ASTM 52900)."))
    ] = None,
    family: Annotated[str, typer.Option(help=_("Such as PETG, PA12, 316L."))] = "",
    maker: Annotated[str, typer.Option(help=_("Maker of the feedstock."))] = "",
    density: Annotated[float | None, typer.Option(help=_("g/cm³"))] = None,
    specification: Annotated[str, typer.Option(help=_("Specification the grade meets."))] = "",
    json_output: JsonOption = False,
) -> None:
    with session() as services:
        if grade is not None:
            if process is None:
                raise typer.BadParameter(_("A material needs --process."))
            material = Material(
                grade=grade,
                family=family,
                maker=maker,
                process=process,
                density_g_cm3=density,
                specification=specification,
            )
            register_material(services.library, material, who=services.user)
        with services.library.reading() as read:
            materials = read.fetch(Material)
    lines = (f"{item.grade}  {item.family}  {item.process.value}" for item in materials)
    emit(materials, json_output, lines)


def _qualify(
    number: NumberArgument,
    provider: Annotated[str, typer.Option(help=_("Code of the provider."))],
    machine: Annotated[str, typer.Option(help=_("Machine; may stay out if there is one."))] = "",
    material: Annotated[str, typer.Option(help=_("Grade; the definition's if left out."))] = "",
    consequence: Annotated[
        ConsequenceClass | None,
        typer.Option("--class", help=_("What a failure does; the part's if left out.")),
    ] = None,
    today: Annotated[date | None, as_date(_("Day on which it begins."))] = None,
    json_output: JsonOption = False,
) -> None:
    order = QualificationOrder(
        part_number=number,
        provider=provider,
        machine=machine,
        material=material,
        consequence_class=consequence,
    )
    with session() as services:
        made, _changes = start_qualification(
            services.library, order, who=services.user, today=today_or(services, today)
        )
    emit(made, json_output, [_("Qualification {number} begun.").format(number=made.id)])


def _qualifications(
    today: Annotated[date | None, as_date(_("Day of the judgement."))] = None,
    json_output: JsonOption = False,
) -> None:
    with session() as services, services.library.reading() as read:
        day = today_or(services, today)
        known = read.fetch(Qualification)
        codes = {item.id: item.code for item in read.fetch(Provider)}
    rows = [
        {
            "qualification": item,
            "status": assess_status(item, day),
            "provider": codes[item.provider_id],
        }
        for item in known
    ]
    lines = (
        f"{item.id}  {codes[item.provider_id]}  {assess_status(item, day).value}"
        + (f"  {item.valid_until}" if item.valid_until else "")
        for item in known
    )
    emit(rows, json_output, lines)


def _evidence(
    qualification: QualificationArgument,
    file: Annotated[Path, typer.Argument(help=_("Report, record or certificate."))],
    kind: Annotated[str, typer.Option(help=_("Such as “test report”."))],
    title: Annotated[str, typer.Option(help=_("Title; the file name if left out."))] = "",
    standard: Annotated[str, typer.Option(help=_("Standard that was followed."))] = "",
    result: Annotated[str, typer.Option(help=_("Result in words or figures."))] = "",
    failed: Annotated[bool, typer.Option("--failed", help=_("The test was not passed."))] = False,
    scope: Annotated[str, typer.Option(help=_("For what it counts."))] = "",
    valid_until: Annotated[date | None, as_date(_("Last day of validity."))] = None,
    json_output: JsonOption = False,
) -> None:
    proof = Proof(
        file=file,
        kind=kind,
        title=title,
        standard=standard,
        result=result,
        passed=not failed,
        scope=scope,
        valid_until=valid_until,
    )
    with session() as services:
        changes = add_evidence(services.library, qualification, proof, who=services.user)
    added = sorted(changes.ids.get("evidence") or ())
    emit({"evidence": added}, json_output, [_("{file} is kept.").format(file=file.name)])


def _submit(
    qualification: QualificationArgument,
    today: Annotated[date | None, as_date(_("Day of the act."))] = None,
) -> None:
    with session() as services:
        submit_qualification(
            services.library, qualification, who=services.user, today=today_or(services, today)
        )
    note(_("Qualification {number} is in review.").format(number=qualification))


def _approve(
    qualification: QualificationArgument,
    valid_until: Annotated[date | None, as_date(_("Last day of validity."))] = None,
    why: WhyOption = "",
    today: Annotated[date | None, as_date(_("Day of the act."))] = None,
    json_output: JsonOption = False,
) -> None:
    with session() as services:
        approved, _changes = approve_qualification(
            services.library,
            qualification,
            who=services.user,
            today=today_or(services, today),
            valid_until=valid_until,
            why=why,
        )
    sentence = _("Qualification {number} holds until {day}.").format(
        number=approved.id, day=f"{approved.valid_until}"
    )
    emit(approved, json_output, [sentence])


def _send_back(qualification: QualificationArgument, why: WhyOption = "") -> None:
    with session() as services:
        return_qualification(services.library, qualification, who=services.user, why=why)
    note(_("Qualification {number} is open for evidence again.").format(number=qualification))


def _block(qualification: QualificationArgument, why: WhyOption = "") -> None:
    with session() as services:
        block_qualification(services.library, qualification, who=services.user, why=why)
    note(_("Qualification {number} is blocked.").format(number=qualification))
