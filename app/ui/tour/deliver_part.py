"""The quality engineer's part of the tour: approval, package, lot and certificate."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.base.i18n import _
from app.domain.inventory.part_step import PartStep
from app.services.sample.tour_story import (
    LOT,
    ORDER,
    PIECES,
    PLACE,
    PURCHASER,
    QUALITY,
    REQUIREMENT,
)
from app.ui.tour.desk import Desk
from app.ui.tour.player import Step
from app.ui.tour.prove_part import act, acts_of, begin_at_part
from app.ui.widgets.act_dialog import ActDialog


def deliver_part(desk: Desk) -> Iterator[Step]:
    """Yield the steps of the quality engineer."""
    yield from begin_at_part(desk, QUALITY, _("{user}, the second person, opens the part"))
    yield from act(desk, PartStep.APPROVE_QUALIFICATION, lambda: None, "approval")
    yield from _leave_result(desk, PartStep.EXPORT_PACKAGE, "package")
    yield from act(desk, PartStep.BOOK_LOT, partial(_book, desk), "lot")
    yield from _leave_result(desk, PartStep.CERTIFY_LOT, "certificate")
    yield Step(_("The part is delivered and certified"), lambda: None, picture="part-certified")


def _leave_result(desk: Desk, step: PartStep, picture: str) -> Iterator[Step]:
    """Yield the steps of an act whose dialog stays open and says where its file is."""
    hands, acts = desk.hands, acts_of(desk)
    fill = _order_package if step is PartStep.EXPORT_PACKAGE else _order_certificate
    yield Step(
        acts.primary().text().rstrip("…"),
        partial(hands.press, "Ctrl+Return"),
        lambda: acts.dialog is not None and hands.front is acts.dialog,
    )
    yield Step(_("Fill it in"), partial(fill, desk), lambda: _may_go(desk), picture=picture)
    yield Step(
        _("Confirm"),
        partial(hands.press, "Ctrl+Return"),
        lambda: _dialog(desk).outcome is not None,
        picture=f"{picture}-made",
        both=True,
    )
    yield Step(
        _("Close"),
        partial(hands.push, _("Close")),
        lambda: acts.dialog is None and acts.step is not step,
    )


def _dialog(desk: Desk) -> ActDialog:
    dialog = acts_of(desk).dialog
    assert isinstance(dialog, ActDialog)
    return dialog


def _may_go(desk: Desk) -> bool:
    return _dialog(desk).verb_button.isEnabled()


def _order_package(desk: Desk) -> None:
    desk.hands.fill(_("Licensed pieces"), str(PIECES))
    desk.hands.fill(_("Folder"), str(desk.out))


def _book(desk: Desk) -> None:
    hands = desk.hands
    hands.fill(_("Lot number"), LOT)
    hands.fill(_("Pieces"), str(PIECES))
    hands.fill(_("Purchaser"), PURCHASER)
    hands.fill(_("Order"), ORDER)


def _order_certificate(desk: Desk) -> None:
    hands = desk.hands
    hands.fill(_("Function"), _("Quality"))
    hands.fill(_("Place of issue"), PLACE)
    hands.fill(_("Conforms to"), REQUIREMENT)
    hands.fill(_("Folder"), str(desk.out))
