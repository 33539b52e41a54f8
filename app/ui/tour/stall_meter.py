"""Measures how long the window's thread stays away from its event loop, and what it does then."""

from __future__ import annotations

import _thread
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer, Slot

GOAL_S = 0.050
_BEAT_MS = 4
_LOOK_EVERY_S = 0.004
_LOOK_AFTER_S = 0.020  # a gap that is still this young is not looked into
_OURS, _TOUR = "app.", "app.ui.tour."
# Delivered within the process only; the system sends it to nobody by itself.
_KNOCK = getattr(signal, "SIGUSR1", signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Stall:
    """A time in which the window answered nothing.

    Attributes:
        elapsed_s: how long.
        worked_s: how much of it the window's thread computed; the rest it waited for the
            processor, a lock or another thread.
        where: the innermost place of ours it was seen at most often.
        during: what was being done, in the words of whoever set `label`.
    """

    elapsed_s: float = 0.0
    worked_s: float = 0.0
    where: str = ""
    during: str = ""


class StallMeter(QObject):
    """A heartbeat in the event loop, and a thread that looks where the heart stands still.

    Attributes:
        label: what is being done now.
        stalls: all that were longer than the goal, in their order.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = ""
        self.stalls: list[Stall] = []
        self._longest = Stall()
        self._beaten_at = self._worked_at = 0.0
        self._seen: Counter[str] = Counter()
        self._aside = 0
        self._over = threading.Event()
        self._beat = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._note)
        self._watch = threading.Thread(target=self._look, name="stall-watch", daemon=True)

    def start(self) -> None:
        """Begin to measure; call it in the window's thread, which is the program's main one."""
        self._answered_before = signal.signal(_KNOCK, self._answer)
        self._begin_anew()
        self._beat.start()
        self._watch.start()

    def stop(self) -> None:
        """End it."""
        self._beat.stop()
        self._over.set()
        self._watch.join()
        signal.signal(_KNOCK, self._answered_before)

    def take_longest(self) -> Stall:
        """Return the longest stall since this was asked last."""
        longest, self._longest = self._longest, Stall()
        return longest

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Leave out what is done in this context, such as taking a picture."""
        self._note()
        self._aside += 1
        try:
            yield
        finally:
            self._aside -= 1
            self._begin_anew()

    @Slot()
    def _note(self) -> None:
        elapsed_s = time.perf_counter() - self._beaten_at - _BEAT_MS / 1000
        if not self._aside and elapsed_s > min(self._longest.elapsed_s, GOAL_S):
            worked_s = time.thread_time() - self._worked_at
            self._keep(Stall(elapsed_s, worked_s, self._place(), self.label))
        self._begin_anew()

    def _keep(self, stall: Stall) -> None:
        if stall.elapsed_s > self._longest.elapsed_s:
            self._longest = stall
        if stall.elapsed_s > GOAL_S:
            self.stalls.append(stall)

    def _begin_anew(self) -> None:
        self._seen.clear()
        self._worked_at = time.thread_time()
        self._beaten_at = time.perf_counter()

    def _place(self) -> str:
        return self._seen.most_common(1)[0][0] if self._seen else ""

    def _look(self) -> None:
        """In the watching thread."""
        while not self._over.wait(_LOOK_EVERY_S):
            if not self._aside and time.perf_counter() - self._beaten_at > _LOOK_AFTER_S:
                _thread.interrupt_main(_KNOCK)

    def _answer(self, _signal: int, frame: FrameType | None) -> None:
        """In the window's thread, between two of its steps: see where it is.

        It looks at itself, because a frame that another thread holds keeps its painters alive.
        """
        place = place_of(frame) if frame is not None else ""
        if place:
            self._seen[place] += 1


def place_of(frame: FrameType) -> str:
    """Return the innermost function of ours in a stack, and what it called elsewhere.

    Nothing if that is the tour itself: then the time was spent by Qt alone.
    """
    innermost = _name(frame)
    walked: FrameType | None = frame
    while walked is not None:
        name = _name(walked)
        if name.startswith(_TOUR):
            break
        if name.startswith(_OURS):
            return name if name == innermost else f"{name} › {innermost}"
        walked = walked.f_back
    return ""


def _name(frame: FrameType) -> str:
    return f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_qualname}:{frame.f_lineno}"
