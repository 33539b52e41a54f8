"""The clock, as something that tests and the sample can set."""

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time with its zone."""

    def now(self) -> datetime: ...


class SystemClock:
    """The computer's clock in its local zone."""

    def now(self) -> datetime:
        return datetime.now().astimezone()


class FixedClock:
    """A clock that stands still, or steps by hand.

    Raises:
        ValueError: `at` has no zone.
    """

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock needs a zone")
        self._at = at

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        self._at = at


def today(clock: Clock) -> date:
    """Return the clock's calendar day in its own zone."""
    return clock.now().date()
