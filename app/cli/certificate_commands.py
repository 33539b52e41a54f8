"""Commands of lots and certificates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.base.atomic_file import write_atomically
from app.base.i18n import _
from app.cli.package_commands import KeyOption
from app.cli.session import emit, note, progress_on_stderr, session
from app.cli.shared_options import JsonOption, as_date, today_or
from app.cli.signing import signing_key
from app.domain.certificates.certificate import Certificate, CertificateType, Lot
from app.domain.certificates.issue_rules import parse_certificate_type
from app.domain.certificates.lot_rules import expand_serials
from app.services.certificates.book_lot import Delivery, book_lot
from app.services.certificates.certificate_draft import CertificateOrder, draft_certificate
from app.services.certificates.issue_certificate import issue_certificate
from app.services.certificates.withdraw_certificate import withdraw_certificate


def register(cli: typer.Typer) -> None:
    """Add the commands of this module."""
    cli.command("lot", help=_("List lots, or book a delivered one."))(_lot)
    cli.command("certify", help=_("Issue a certificate for a lot."))(_certify)
    cli.command("certificates", help=_("List issued certificates."))(_certificates)
    cli.command("withdraw", help=_("Withdraw a certificate; it stays on record."))(_withdraw)


def _lot(
    number: Annotated[str | None, typer.Argument(help=_("Number of the new lot."))] = None,
    part: Annotated[str, typer.Option(metavar="NUMBER[@REV]", help=_("Part."))] = "",
    provider: Annotated[str, typer.Option(help=_("Code of the provider."))] = "",
    package: Annotated[str, typer.Option(help=_("Package it was made under."))] = "",
    quantity: Annotated[int, typer.Option(help=_("Pieces."))] = 1,
    serials: Annotated[str, typer.Option(help=_("Such as A-001..A-010,A-017."))] = "",
    order: Annotated[str, typer.Option(help=_("Order and item."))] = "",
    purchaser: Annotated[str, typer.Option(help=_("Who ordered."))] = "",
    delivered: Annotated[date | None, as_date(_("Day of delivery; today if left out."))] = None,
    json_output: JsonOption = False,
) -> None:
    with session() as services:
        if number is not None:
            delivery = Delivery(
                number=number,
                part_number=part,
                provider=provider,
                package=package,
                quantity=quantity,
                serials=expand_serials(serials),
                order_reference=order,
                purchaser=purchaser,
                delivered_on=today_or(services, delivered),
            )
            booked, _changes = book_lot(services.library, delivery, who=services.user)
            lots = [booked]
        else:
            with services.library.reading() as read:
                lots = read.fetch(Lot)
    lines = (f"{lot.number}  {lot.quantity}  {lot.manufacturer}" for lot in lots)
    emit(lots[0] if number is not None else lots, json_output, lines)


def _certify(
    lot: Annotated[str, typer.Argument(help=_("Number of the lot."))],
    type_: Annotated[
        str,
        typer.Option(
            "--type", help=_("declaration, 2.1 (2.2, 3.1, 3.2, fai, qualification later)")
        ),
    ],
    out: Annotated[Path, typer.Option(help=_("PDF to write."))],
    issuer: Annotated[str, typer.Option(help=_("Issuer; the library's owner if left out."))] = "",
    issuer_address: Annotated[str, typer.Option(help=_("Address of the issuer."))] = "",
    place: Annotated[str, typer.Option(help=_("Place of issue."))] = "",
    function: Annotated[str, typer.Option(help=_("Function of the signatory."))] = "",
    meaning: Annotated[str, typer.Option(help=_("What the signature means."))] = "",
    requirement: Annotated[
        list[str] | None, typer.Option(help=_("Standard or specification that is met."))
    ] = None,
    limitation: Annotated[str, typer.Option(help=_("Limits of validity."))] = "",
    deviation: Annotated[list[str] | None, typer.Option(help=_("Accepted deviation."))] = None,
    information: Annotated[str, typer.Option(help=_("Additional information."))] = "",
    supersedes: Annotated[str, typer.Option(help=_("Certificate this one replaces."))] = "",
    draft: Annotated[
        bool, typer.Option("--draft", help=_("A watermarked draft; nothing is issued."))
    ] = False,
    key: KeyOption = None,
    json_output: JsonOption = False,
) -> None:
    order = CertificateOrder(
        lot=lot,
        type=_type_of(type_),
        issuer=issuer,
        issuer_address=issuer_address,
        place=place,
        function=function,
        meaning=meaning,
        requirements=tuple(requirement or ()),
        limitations=limitation,
        deviations=tuple(deviation or ()),
        additional_information=information,
        supersedes=supersedes,
    )
    if draft:
        _write_draft(order, out, json_output)
        return
    with session() as services:
        issued = issue_certificate(
            services.library,
            order,
            out=out,
            key=signing_key(services.library, key),
            workers=services.workers,
            who=services.user,
            progress=progress_on_stderr(),
        )
    if not issued.has_picture:
        note(_("The certificate carries no picture: none could be drawn here."))
    answer = {"certificate": issued.certificate, "file": issued.file}
    emit(answer, json_output, [f"{issued.certificate.number}  {issued.file}"])


def _write_draft(order: CertificateOrder, out: Path, json_output: bool) -> None:
    with session() as services:
        pdf = draft_certificate(
            services.library,
            order,
            workers=services.workers,
            who=services.user,
            progress=progress_on_stderr(),
        )
    write_atomically(out, pdf)
    emit({"draft": out}, json_output, [str(out)])


def _type_of(word: str) -> CertificateType:
    try:
        return parse_certificate_type(word)
    except ValueError as error:
        raise typer.BadParameter(
            _("There is no certificate type {type}.").format(type=word)
        ) from error


def _certificates(json_output: JsonOption = False) -> None:
    with session() as services, services.library.reading() as read:
        known = read.fetch(Certificate)
    lines = (
        f"{item.number}  {item.type.value}  {item.state.value}  {item.issuer}" for item in known
    )
    emit(known, json_output, lines)


def _withdraw(
    number: Annotated[str, typer.Argument(help=_("Number of the certificate."))],
    why: Annotated[str, typer.Option(help=_("Reason; stays in the history."))] = "",
) -> None:
    with session() as services:
        withdraw_certificate(services.library, number, who=services.user, why=why)
    note(_("Certificate {number} is withdrawn.").format(number=number))
