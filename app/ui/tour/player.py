"""Plays a script step by step in the event loop, and keeps a log of what it did and how long."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.errors import AppError, DocumentError
from app.base.i18n import _
from app.ui.tour.stall_meter import Stall, StallMeter

_TICK_MS = 15
_PATIENCE_S = 60.0
_CALM_TICKS = 2  # what a page asks for late, it asks for at the next turn of the event loop


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a person does.

    Attributes:
        name: what it is, in words.
        act: does it.
        until: says whether what it should lead to is there.
        picture: name of the picture that is taken then; "" for none.
        both: in light and dark.
    """

    name: str
    act: Callable[[], object]
    until: Callable[[], bool] = lambda: True
    picture: str = ""
    both: bool = False


@dataclass(frozen=True, slots=True)
class Played:
    """What a step took."""

    name: str
    elapsed_s: float
    stall: Stall


class Player(QObject):
    """Does one step after the other; each begins when the one before has led to its end.

    The act of a step runs from a timer of its own, so that one that opens a dialog and waits for
    it does not hold up the steps that fill it in.

    Args:
        quiet: says whether nothing is under way in the window.
        take_picture: takes one.

    Signals:
        ended: all steps are played, or one failed; see `failure`.
        told: (line: str) for whoever watches.
    """

    ended = Signal()
    told = Signal(str)

    def __init__(
        self,
        meter: StallMeter,
        quiet: Callable[[], bool],
        take_picture: Callable[[str, bool], None],
    ) -> None:
        super().__init__()
        self._meter, self._quiet, self._take_picture = meter, quiet, take_picture
        self._script: Iterator[Step] = iter(())
        self._step: Step | None = None
        self._begun_at = 0.0
        self._done = False
        self._calm = 0
        self.played: list[Played] = []
        self.failure: BaseException | None = None
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._look)

    def play(self, script: Iterator[Step]) -> None:
        """Begin; returns at once."""
        self._script = script
        self._tick.start()
        self._next()

    def fail(self, error: BaseException) -> None:
        """Give up."""
        if self.failure is None:
            self.failure = error
            self._tick.stop()
            self.ended.emit()

    def _next(self) -> None:
        try:
            self._step = next(self._script, None)
        except Exception as error:  # told by whoever started the tour
            self.fail(error)
            return
        if self._step is None:
            self._tick.stop()
            self.ended.emit()
            return
        self._begun_at = time.perf_counter()
        self._done, self._calm = False, 0
        self._meter.label = self._step.name
        QTimer.singleShot(0, self, self._act)

    def _act(self) -> None:
        step = self._step
        assert step is not None
        self._done = True
        try:
            step.act()
        except Exception as error:
            self.fail(_failed(step, error))

    def _look(self) -> None:
        step = self._step
        if step is None or not self._done:
            return
        try:
            self._calm = self._calm + 1 if self._quiet() and step.until() else 0
            if self._calm > _CALM_TICKS:
                self._finish(step)
            elif time.perf_counter() - self._begun_at > _PATIENCE_S:
                self.fail(_failed(step, None))
        except Exception as error:
            self.fail(_failed(step, error))

    def _finish(self, step: Step) -> None:
        self._step = None
        elapsed_s = time.perf_counter() - self._begun_at
        if step.picture:
            self._take_picture(step.picture, step.both)
        stall = self._meter.take_longest()
        self.played.append(Played(step.name, elapsed_s, stall))
        self.told.emit(_("{seconds} s  {step}").format(seconds=f"{elapsed_s:5.1f}", step=step.name))
        self._next()


def _failed(step: Step, error: BaseException | None) -> BaseException:
    """Return what to tell of a step that did not lead where it should."""
    if error is not None and not isinstance(error, AppError):
        return error
    reason = _("it did not come to its end") if error is None else str(error)
    return DocumentError(
        _("The tour stopped at “{step}”: {reason}").format(step=step.name, reason=reason)
    )
