"""Steps follow one another once what they lead to is there; a failure ends the tour in words."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.errors import AppError, DocumentError
from app.ui.tour import player as playing
from app.ui.tour.log import tour_log
from app.ui.tour.player import Player, Step
from app.ui.tour.stall_meter import Stall, StallMeter


@pytest.fixture
def pictures() -> list[str]:
    return []


@pytest.fixture
def play(
    qtbot: QtBot, qapp: QApplication, pictures: list[str]
) -> Callable[[Iterator[Step]], Player]:
    def run(script: Iterator[Step]) -> Player:
        player = Player(StallMeter(), lambda: True, lambda name, both: pictures.append(name))
        with qtbot.waitSignal(player.ended, timeout=10_000):
            player.play(script)
        return player

    return run


def test_steps_wait_for_what_they_lead_to(
    play: Callable[[Iterator[Step]], Player], pictures: list[str]
) -> None:
    seen: list[str] = []
    late: list[str] = []

    def script() -> Iterator[Step]:
        yield Step(
            "first",
            lambda: QTimer.singleShot(60, lambda: late.append("there")),
            lambda: bool(late),
            picture="first",
        )
        seen.extend(late)
        yield Step("second", lambda: seen.append("second"))

    player = play(script())
    assert seen == ["there", "second"]
    assert pictures == ["first"]
    assert [step.name for step in player.played] == ["first", "second"]
    assert player.played[0].elapsed_s >= 0.06
    assert player.failure is None


def test_an_act_that_waits_for_its_dialog_does_not_hold_up_the_rest(
    play: Callable[[Iterator[Step]], Player],
) -> None:
    loop = QEventLoop()
    player = play(iter((Step("open", loop.exec, loop.isRunning), Step("close", loop.quit))))
    assert player.failure is None
    assert not loop.isRunning()


def test_a_step_that_leads_nowhere_is_named(
    play: Callable[[Iterator[Step]], Player], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playing, "_PATIENCE_S", 0.1)
    player = play(iter((Step("never", lambda: None, lambda: False),)))
    assert isinstance(player.failure, DocumentError)
    assert "“never”: it did not come to its end" in str(player.failure)


def test_a_refusal_is_told_with_its_step_and_a_bug_stays_one(
    play: Callable[[Iterator[Step]], Player],
) -> None:
    def refuse() -> None:
        raise AppError("the shelf is locked")

    refused = play(iter((Step("take it", refuse),)))
    assert "“take it”: the shelf is locked" in str(refused.failure)
    broken = play(iter((Step("divide", lambda: 1 // 0),)))
    assert isinstance(broken.failure, ZeroDivisionError)


def test_the_log_ranks_the_stalls(play: Callable[[Iterator[Step]], Player]) -> None:
    player = play(iter((Step("one", lambda: None), Step("two", lambda: None))))
    stalls = [Stall(0.06, 0.01, "app.a", "one"), Stall(0.3, 0.2, "app.b", "two")]
    log = tour_log(player.played, stalls, ["01-home.png"], "paper")
    assert "shown on paper" in log
    assert "2 stalls were longer than 50 ms" in log
    assert log.index("300 ms, 200 ms of it at work, in app.b") < log.index("60 ms, 10 ms")
    assert log.endswith("  01-home.png\n")
