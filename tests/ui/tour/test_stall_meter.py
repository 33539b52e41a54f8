"""Gaps in the event loop are found, measured, and blamed on the function that made them."""

import sys
import time

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.ui.jobs import InlineExecutors
from app.ui.tour.stall_meter import GOAL_S, StallMeter, place_of


def test_a_stall_is_measured_with_what_was_done_meanwhile(qtbot: QtBot) -> None:
    meter = StallMeter()
    meter.start()
    meter.label = "sleeping"
    QTimer.singleShot(20, lambda: time.sleep(0.2))
    qtbot.wait(320)
    meter.stop()
    [stall] = [found for found in meter.stalls if found.elapsed_s > 0.15]
    assert stall.during == "sleeping"
    assert stall.worked_s < 0.1, "it slept: the processor had nothing to do"
    assert meter.take_longest() == stall
    assert meter.take_longest().elapsed_s < GOAL_S, "asked once, it begins anew"


def test_what_is_left_out_is_no_stall(qtbot: QtBot) -> None:
    meter = StallMeter()
    meter.start()

    def take_picture() -> None:
        with meter.aside():
            time.sleep(0.2)

    QTimer.singleShot(20, take_picture)
    qtbot.wait(320)
    meter.stop()
    assert all(stall.elapsed_s < 0.15 for stall in meter.stalls)


def test_the_place_is_the_innermost_function_of_ours_and_what_it_called() -> None:
    found: list[str] = []
    InlineExecutors().submit("read", lambda: found.append(place_of(sys._getframe())))
    ours, _arrow, called = found[0].partition(" › ")
    assert ours.startswith("app.ui.jobs.InlineExecutors.submit:")
    assert "<lambda>" in called
    assert place_of(sys._getframe()) == "", "nothing of the program is on the stack"
