"""The engineer's part of the tour: from rights to a qualification that waits for another person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from app.base.i18n import _
from app.domain.catalog.part import ConsequenceClass, RightToMake
from app.domain.inventory.part_step import PartStep
from app.domain.qualification.network import ProcessCategory
from app.services.sample.tour_story import (
    ENGINEER,
    GRADE,
    ORIENTATION,
    OWNER,
    PART,
    WHY_ORIENTATION,
    write_report,
)
from app.ui.catalog.part_acts import PartActs
from app.ui.part_words import consequence_word, process_word, right_word
from app.ui.places import PART as PART_PAGE
from app.ui.places import PARTS
from app.ui.tour.desk import Desk
from app.ui.tour.player import Step


def prove_part(desk: Desk) -> Iterator[Step]:
    """Yield the steps of the engineer."""
    yield from begin_at_part(desk, ENGINEER, _("{user} opens the part"), picture="part")
    acts = acts_of(desk)
    yield from act(desk, PartStep.SET_RIGHTS, partial(_state_rights, desk), "rights")
    yield from act(desk, PartStep.RELEASE_REVISION, partial(_release, desk), "release")
    yield from act(desk, PartStep.DEFINE_PRINT, partial(_define, desk), "definition")
    yield from act(desk, PartStep.RELEASE_DEFINITION, lambda: None, "")
    yield from act(desk, PartStep.START_QUALIFICATION, partial(_start, desk), "qualification")
    yield from act(desk, PartStep.ADD_EVIDENCE, partial(_prove, desk), "evidence")
    yield from act(desk, PartStep.SUBMIT_QUALIFICATION, lambda: None, "")
    yield Step(
        _("The author may not approve: the button says why"),
        partial(desk.hands.press, "Ctrl+Return"),
        lambda: acts.step is PartStep.APPROVE_QUALIFICATION and not acts.primary().isEnabled(),
        picture="author-may-not-approve",
    )


def begin_at_part(desk: Desk, user: str, words: str, picture: str = "") -> Iterator[Step]:
    """Yield the steps that start the program as `user` and open the new part."""
    yield Step(
        _("{user} starts the program").format(user=user),
        lambda: desk.sit_down(user),
        lambda: desk.window.context is not None,
    )
    hands, window = desk.hands, desk.window

    def find() -> None:
        window.actions_[f"show_{PARTS}"].trigger()
        hands.press("Ctrl+F")
        hands.type(PART)

    yield Step(
        _("Search for {number}").format(number=PART),
        find,
        lambda: len(window.pages.parts.ids) == 1,
    )

    def open_it() -> None:
        hands.press("Down")
        hands.press("Return")

    yield Step(
        words.format(user=user),
        open_it,
        lambda: window.pages.here.page == PART_PAGE and _is_shown(desk),
        picture=picture,
        both=bool(picture),
    )


def acts_of(desk: Desk) -> PartActs:
    """Return the acts of the part that is shown."""
    part = desk.window.pages.part
    assert part is not None
    return part.acts


def act(desk: Desk, step: PartStep, fill: Callable[[], object], picture: str) -> Iterator[Step]:
    """Yield the steps of one act: its dialog is opened, filled in and confirmed."""
    hands, acts = desk.hands, acts_of(desk)
    yield Step(
        acts.primary().text().rstrip("…"),
        partial(hands.press, "Ctrl+Return"),
        lambda: acts.dialog is not None and hands.front is acts.dialog,
    )
    yield Step(_("Fill it in"), fill, picture=picture)
    yield Step(
        _("Confirm"),
        partial(hands.press, "Ctrl+Return"),
        lambda: acts.dialog is None and acts.step is not step,
    )


def _is_shown(desk: Desk) -> bool:
    part = desk.window.pages.part
    if part is None or part.details is None or part.details.part.number != PART:
        return False
    return not part.view.waiting and bool(part.view.caption)


def _state_rights(desk: Desk) -> None:
    hands = desk.hands
    hands.choose(_("Right to make"), right_word(RightToMake.OWN))
    hands.fill(_("Design owner"), OWNER)
    hands.choose(_("Export control"), _("Assessed: not listed"))
    hands.fill(_("Why"), _("own drawing; assessed, not listed"))


def _release(desk: Desk) -> None:
    desk.hands.fill(_("Why"), _("first state"))


def _define(desk: Desk) -> None:
    hands = desk.hands
    hands.choose(_("Process"), process_word(ProcessCategory.POWDER_BED_FUSION))
    hands.choose(_("Feedstock grade"), GRADE)
    hands.fill(_("Field"), "orientation")
    named = _("{column}, {field}")
    hands.fill(named.format(column=_("Value"), field="orientation"), ORIENTATION)
    hands.fill(named.format(column=_("Why"), field="orientation"), WHY_ORIENTATION)
    hands.fill(_("Why"), _("first definition"))


def _start(desk: Desk) -> None:
    desk.hands.choose(_("Provider"), "Nordlicht Schichtbau GmbH")
    desk.hands.choose(_("A failure is"), consequence_word(ConsequenceClass.LOW))


def _prove(desk: Desk) -> None:
    hands = desk.hands
    hands.fill(_("File"), str(write_report(desk.incoming)))
    hands.choose(_("Kind"), _("test report"))
    hands.fill(_("Result"), _("passed"))
