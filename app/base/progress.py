"""Progress of long work: passed down, split by weight, carrying the wish to stop.

`Progress()` without a sink is the null object, so no caller needs to ask whether one was given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Event
from typing import TypeVar

from app.base.errors import Cancelled

Sink = Callable[[float, str], None]

T = TypeVar("T")


class Progress:
    """A share of some work, from `start` to `end` of the whole (0 to 1).

    Args:
        sink: called with (fraction of the whole, text); None reports nowhere.
        stop: set by whoever wants the work to end.
    """

    def __init__(
        self,
        sink: Sink | None = None,
        stop: Event | None = None,
        start: float = 0.0,
        end: float = 1.0,
    ) -> None:
        self._sink = sink
        self._stop = stop if stop is not None else Event()
        self._start, self._end = start, end

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked to stop."""
        if self._stop.is_set():
            raise Cancelled

    def report(self, fraction: float, text: str = "") -> None:
        """Tell how far this share is (0 to 1), and stop here if asked to.

        Raises:
            Cancelled: the user asked to stop.
        """
        self.check()
        if self._sink is not None:
            inside = min(max(fraction, 0.0), 1.0)
            self._sink(self._start + (self._end - self._start) * inside, text)

    def part(self, start: float, end: float) -> Progress:
        """Return the share from `start` to `end` of this one, for a child task."""
        span = self._end - self._start
        return Progress(
            self._sink, self._stop, self._start + span * start, self._start + span * end
        )

    def track(self, items: Iterable[T], text: str = "") -> Iterator[T]:
        """Yield `items`, reporting before each one; raises `Cancelled` between two items."""
        listed = items if isinstance(items, Sequence) else list(items)
        for index, item in enumerate(listed):
            self.report(index / len(listed), text)
            yield item

    def finish(self, text: str = "") -> None:
        self.report(1.0, text)
