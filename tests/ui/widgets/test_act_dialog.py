"""A dialog for an act: it runs on the write lane, can be stopped, and keeps refusals inside."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from app.base.errors import RuleViolation
from app.base.progress import Progress
from app.domain.changes import Changes
from app.ui.change_bus import ChangeBus
from app.ui.jobs import JobRunner
from app.ui.widgets.act_dialog import (
    ActDialog,
    Work,
    choice,
    number_text,
    read_day,
    read_number,
    required_field,
    text_area,
)
from app.ui.widgets.confirm_dialog import ConfirmDialog

CHANGED = Changes.of("part", [7])


def _confirm(jobs: JobRunner, work: Work, qtbot: QtBot) -> ConfirmDialog:
    dialog = ConfirmDialog(
        jobs, ChangeBus(), title="Act", verb="Do it", sentences=("It does it.",), work=work
    )
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_success_closes_and_tells_everybody(
    jobs: JobRunner, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    dialog = _confirm(jobs, lambda progress: CHANGED, qtbot)
    with qtbot.waitSignals([dialog._bus.changed, dialog.accepted]):
        qtbot.mouseClick(dialog.verb_button, Qt.MouseButton.LeftButton)
    assert dialog.outcome == CHANGED


def test_a_refusal_stays_inside_and_can_be_copied(
    jobs: JobRunner, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    def refuse(progress: Progress) -> Any:
        raise RuleViolation("Not like this.", hint="Like that.")

    dialog = _confirm(jobs, refuse, qtbot)
    dialog.run()
    assert not dialog.verb_button.isEnabled()
    settle()
    assert dialog.isVisible()
    assert dialog.strip.text == "Not like this. Like that."
    assert dialog.verb_button.isEnabled()
    assert dialog.outcome is None


@pytest.mark.parametrize("jobs", ["threads"], indirect=True)
@pytest.mark.parametrize("way", ["button", "escape", "close"])
def test_running_work_is_stopped_and_the_dialog_lives_on(
    jobs: JobRunner, qtbot: QtBot, settle: Callable[[], None], way: str
) -> None:
    begun = threading.Event()

    def endless(progress: Progress) -> Any:
        progress.report(0.4)
        begun.set()
        while True:
            progress.check()
            threading.Event().wait(0.005)

    dialog = _confirm(jobs, endless, qtbot)
    dialog.run()
    qtbot.waitUntil(begun.is_set)
    assert dialog.running
    if way == "button":
        dialog._cancel.click()
    elif way == "escape":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        event = QCloseEvent()
        dialog.closeEvent(event)
        assert not event.isAccepted()
    settle()
    assert not dialog.running
    assert dialog.isVisible()
    assert dialog.verb_button.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()


def test_a_field_that_cannot_be_read_is_named_before_anything_runs(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    class Dated(ActDialog):
        def prepare(self) -> Work:
            read_day("31.02.2027", "Delivered on")
            return lambda progress: CHANGED

    dialog = Dated(jobs, ChangeBus(), "Act", "Do it")
    qtbot.addWidget(dialog)
    dialog.run()
    assert not jobs.active
    assert dialog.strip.text == "Delivered on: “31.02.2027” is no date. Expected YYYY-MM-DD."


def test_it_begins_where_something_is_missing(jobs: JobRunner, qtbot: QtBot) -> None:
    dialog = ActDialog(jobs, ChangeBus(), "Act", "Do it")
    qtbot.addWidget(dialog)
    filled, empty, why = required_field("here"), required_field(), text_area()
    dialog.add_row("Filled", filled)
    dialog.add_row("Empty", empty, "A hint.")
    dialog.add_row("Why", why)
    dialog.open()
    qtbot.waitUntil(empty.hasFocus)
    assert empty.accessibleName() == "Empty"
    qtbot.keyClick(why, Qt.Key.Key_Tab)
    assert why.toPlainText() == ""


class _Telling(ConfirmDialog):
    """Stays open and leads to what it made."""

    opened = 0

    def succeed(self, outcome: Any) -> None:
        self.show_result("Made it.", "Open it", self._open)

    def _open(self) -> None:
        self.opened += 1


def test_a_result_stays_to_be_opened_and_the_act_cannot_be_done_twice(
    jobs: JobRunner, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    done: list[int] = []

    def work(progress: Progress) -> Changes:
        done.append(1)
        return CHANGED

    dialog = _Telling(
        jobs, ChangeBus(), title="Act", verb="Do it", sentences=("It does it.",), work=work
    )
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.run()
    settle()
    assert (dialog.strip.text, dialog.verb_button.text()) == ("Made it.", "Open it")
    assert not dialog.body.isEnabled()
    dialog.verb_button.click()
    dialog.run()
    settle()
    assert (dialog.opened, done) == (1, [1])
    with qtbot.waitSignal(dialog.accepted):
        dialog._cancel.click()


def test_what_the_fields_show_is_read_and_an_error_is_told(
    jobs: JobRunner, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    def locked(progress: Progress) -> Any:
        raise RuleViolation("Nobody may read this.")

    dialog, read = _confirm(jobs, lambda progress: CHANGED, qtbot), []
    dialog.read(lambda progress: [1, 2], read.append)
    settle()
    assert read == [[1, 2]]
    dialog.read(locked, read.append)
    settle()
    assert dialog.strip.text == "Nobody may read this."


def test_a_hint_is_read_out_whether_or_not_the_value_is_missing(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    dialog = ActDialog(jobs, ChangeBus(), "Act", "Do it")
    qtbot.addWidget(dialog)
    order = required_field()
    dialog.add_row("Order", order, "As on the invoice.")
    assert order.accessibleDescription() == "missing. As on the invoice."
    order.setText("4711")
    assert order.accessibleDescription() == "As on the invoice."
    order.clear()
    assert order.accessibleDescription() == "missing. As on the invoice."


def test_an_empty_day_is_none_and_a_choice_starts_with_what_was_chosen(qtbot: QtBot) -> None:
    assert read_day("  ", "Day") is None
    box = choice([("one", 1), ("two", 2)], 2)
    qtbot.addWidget(box)
    assert box.currentText() == "two"


@pytest.mark.parametrize(("typed", "number"), [("", None), (" 1,01 ", 1.01), ("340", 340.0)])
def test_numbers_are_read_with_comma_or_point(typed: str, number: float | None) -> None:
    assert read_number(typed, "Density") == number


@pytest.mark.parametrize("typed", ["heavy", "1.234,5", "nan", "inf"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(RuleViolation, match=f"Density: “{typed}” is no number"):
        read_number(typed, "Density")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_shown_for_editing_keeps_every_digit(number: float) -> None:
    assert read_number(number_text(number), "Field") == number
