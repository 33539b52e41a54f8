"""Commands that make a part fit to leave: rights, revisions, release, ignored findings."""

from __future__ import annotations

from typing import Annotated

import typer

from app.base.i18n import _
from app.cli.session import emit, note, session
from app.cli.shared_options import JsonOption, NumberArgument, WhyOption
from app.domain.catalog.geometry import FindingCode
from app.domain.catalog.part import RightToMake
from app.services.catalog.find_part import find_part, find_revision
from app.services.catalog.ignore_finding import ignore_finding
from app.services.catalog.release_revision import release_revision
from app.services.catalog.revise_part import revise_part
from app.services.catalog.set_rights import set_rights


def register(cli: typer.Typer) -> None:
    """Add the commands of this module."""
    cli.command("rights", help=_("Show or set right to make and export control."))(_rights)
    cli.command("revise", help=_("Begin a new draft revision."))(_revise)
    cli.command("release", help=_("Release a revision; it is locked from then on."))(_release)
    cli.command("ignore", help=_("Ignore a danger finding, with a reason."))(_ignore)


def _rights(
    number: Annotated[str, typer.Argument(help=_("Part number."))],
    right: Annotated[RightToMake | None, typer.Option(help=_("Right to make the part."))] = None,
    export_control: Annotated[
        str | None,
        typer.Option("--export", help=_("Export list number, or none if assessed and not listed.")),
    ] = None,
    owner: Annotated[str | None, typer.Option(help=_("Owner of the design."))] = None,
    why: WhyOption = "",
    json_output: JsonOption = False,
) -> None:
    with session() as services:
        if (right, export_control, owner) != (None, None, None):
            set_rights(
                services.library,
                number,
                who=services.user,
                why=why,
                right_to_make=right,
                export_control=export_control,
                design_owner=owner,
            )
        with services.library.reading() as read:
            part = find_part(read, number)
    sentence = _("{number}: right to make {right}, export control {control}").format(
        number=part.number,
        right=part.right_to_make.value,
        control=part.export_control or _("not assessed"),
    )
    shown = {
        "number": part.number,
        "right_to_make": part.right_to_make,
        "export_control": part.export_control,
        "design_owner": part.design_owner,
    }
    emit(shown, json_output, [sentence])


def _revise(
    number: Annotated[str, typer.Argument(help=_("Part number."))],
    why: WhyOption = "",
    label: Annotated[str, typer.Option(help=_("Label; the next one if left out."))] = "",
    json_output: JsonOption = False,
) -> None:
    with session() as services:
        made, _changes = revise_part(
            services.library, number, who=services.user, why=why, label=label
        )
    emit(made, json_output, [_("Revision {label} begun.").format(label=made.label)])


def _release(number: NumberArgument, why: WhyOption = "", json_output: JsonOption = False) -> None:
    with session() as services:
        with services.library.reading() as read:
            part, revision = find_revision(read, number)
        release_revision(services.library, revision.id, who=services.user, why=why)
    sentence = _("Part {number}, revision {label} is released.").format(
        number=part.number, label=revision.label
    )
    emit({"number": part.number, "revision": revision.label}, json_output, [sentence])


def _ignore(
    number: NumberArgument,
    code: Annotated[FindingCode, typer.Argument(help=_("Code of the finding."))],
    why: WhyOption = "",
) -> None:
    with session() as services:
        with services.library.reading() as read:
            _part, revision = find_revision(read, number)
        ignore_finding(services.library, revision.id, code, who=services.user, why=why)
    note(_("{code} no longer blocks the release of these files.").format(code=code.value))
