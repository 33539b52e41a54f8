"""When a delivered lot may be booked."""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.base.errors import RuleViolation
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.certificates.certificate import Lot
from app.domain.packages.preflight import MOST_PIECES
from app.domain.packages.print_package import PrintPackage


def check_lot(lot: Lot) -> None:
    """Refuse a lot that contradicts itself.

    Raises:
        RuleViolation: no pieces or too many, or serial numbers that do not match them.
    """
    if not lot.number.strip():
        raise RuleViolation(_("A lot needs a number."))
    if lot.quantity < 1:
        raise RuleViolation(_("A lot needs at least one piece."))
    if lot.quantity > MOST_PIECES:
        raise RuleViolation(
            _("A lot has {most} pieces at most, not {count}.").format(
                most=figure(MOST_PIECES), count=figure(lot.quantity)
            )
        )
    if any(not serial.strip() for serial in lot.serials):
        raise RuleViolation(_("A serial number is empty."))
    doubled = [serial for serial, count in Counter(lot.serials).items() if count > 1]
    if doubled:
        raise RuleViolation(
            _("Serial numbers given twice: {serials}.").format(serials=", ".join(doubled))
        )
    check_serial_count(lot.quantity, lot.serials)


def check_serial_count(quantity: int, serials: Sequence[str]) -> None:
    """Refuse serial numbers that are not one a piece; none at all marks a batch.

    Raises:
        RuleViolation: names both counts.
    """
    if serials and len(serials) != quantity:
        raise RuleViolation(
            ngettext(
                "The lot has {quantity} pieces but {count} serial number.",
                "The lot has {quantity} pieces but {count} serial numbers.",
                len(serials),
            ).format(quantity=figure(quantity), count=figure(len(serials)))
        )


def check_licence(package: PrintPackage, booked: Iterable[Lot], quantity: int) -> None:
    """Refuse the piece that goes beyond the licence of a package.

    Args:
        package: under which the lot was made.
        booked: lots booked under it so far.
        quantity: pieces of the new lot.

    Raises:
        RuleViolation: the licence does not cover them; says how many are left.
    """
    used = sum(lot.quantity for lot in booked if lot.package_id == package.id)
    left = package.quantity - used
    if quantity > left:
        raise RuleViolation(
            _(
                "Package {number} licenses {licensed} pieces and {used} are booked: {quantity} "
                "more are not covered, {left} would be."
            ).format(
                number=package.number,
                licensed=package.quantity,
                used=used,
                quantity=quantity,
                left=max(left, 0),
            )
        )


def check_day(lot: Lot, package: PrintPackage) -> None:
    """Refuse a lot that was delivered before the package it was made from existed.

    Raises:
        RuleViolation: names both days.
    """
    left_on = package.exported_at.date()
    if lot.delivered_on < left_on:
        raise RuleViolation(
            _(
                "Lot {lot} cannot have been delivered on {day}: package {package} left the house "
                "on {left}."
            ).format(
                lot=lot.number,
                day=lot.delivered_on.isoformat(),
                package=package.number,
                left=left_on.isoformat(),
            )
        )


def expand_serials(text: str) -> tuple[str, ...]:
    """Return the serial numbers a person wrote as a list with ranges, such as `A-001..A-003,A-7`.

    Raises:
        RuleViolation: a range that cannot be counted.
    """
    serials: list[str] = []
    for piece in (piece.strip() for piece in text.split(",")):
        if ".." in piece:
            serials.extend(_range_of(piece))
        elif piece:
            serials.append(piece)
    return tuple(serials)


def _range_of(piece: str) -> Sequence[str]:
    first, last = (end.strip() for end in piece.split("..", 1))
    stem = first.rstrip("0123456789")
    low, high = first[len(stem) :], last[len(stem) :]
    sound = last.startswith(stem) and low.isdecimal() and high.isdecimal()
    if not sound or int(low) > int(high) or int(high) - int(low) >= 100_000:
        raise RuleViolation(
            _("“{range}” is no range of serial numbers; write it like A-001..A-024.").format(
                range=piece
            )
        )
    return [f"{stem}{number:0{len(low)}d}" for number in range(int(low), int(high) + 1)]


def check_new_serials(lot: Lot, earlier: Iterable[Lot]) -> None:
    """Refuse a serial number that an earlier lot of the same part carries.

    Raises:
        RuleViolation: names the serial and the lot that has it.
    """
    ours = set(lot.serials)
    for other in earlier:
        taken = sorted(ours.intersection(other.serials))
        if taken:
            raise RuleViolation(
                _("Serial number {serial} belongs to lot {number} already.").format(
                    serial=taken[0], number=other.number
                )
            )
