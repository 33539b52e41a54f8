"""The years a timeline shows, and where a day stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.base.i18n import _

FIRST_YEAR, LAST_YEAR = 1900, 2200
WIDTHS = (2, 3, 5, 8, 10, 15, 20, 30, 50, 100)  # years from one zoom to the next
USUAL_YEARS, YEARS_BEFORE = 15, 2


@dataclass(frozen=True, slots=True)
class TimeRange:
    """Whole years from `first` on, `years` of them."""

    first: int
    years: int

    @property
    def last(self) -> int:
        return self.first + self.years - 1

    @property
    def start(self) -> date:
        return date(self.first, 1, 1)

    @property
    def end(self) -> date:
        """The day after the last one."""
        return date(self.first + self.years, 1, 1)

    @property
    def text(self) -> str:
        return _("{first} to {last}").format(first=self.first, last=self.last)

    def share(self, day: date) -> float:
        """Return where a day stands: 0 at the start, 1 at the end, beyond them outside."""
        return (day - self.start).days / (self.end - self.start).days

    def day_at(self, share: float) -> date:
        """Return the day at a share of the range; the nearest there is outside the calendar."""
        days = round(share * (self.end - self.start).days)
        low, high = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
        days = min(max(days, (low - self.start).days), (high - self.start).days)
        return self.start + timedelta(days=days)

    def zoomed(self, by: int, around: date) -> TimeRange:
        """Return fewer (`by` below 0) or more years; `around` stays where it is, if it is seen."""
        nearest = min(range(len(WIDTHS)), key=lambda n: abs(WIDTHS[n] - self.years))
        years = WIDTHS[min(max(nearest + by, 0), len(WIDTHS) - 1)]
        share = min(max(self.share(around), 0.0), 1.0)
        pivot = around.year if 0.0 <= self.share(around) < 1.0 else self.first + self.years // 2
        return within_calendar(pivot - round(share * (years - 1)), years)

    def moved(self, years: int) -> TimeRange:
        """Return the range so many years later."""
        return within_calendar(self.first + years, self.years)

    def showing(self, day: date) -> TimeRange:
        """Return the range, moved just so far that a day is in it."""
        if day.year < self.first:
            return within_calendar(day.year, self.years)
        if day.year > self.last:
            return within_calendar(day.year - self.years + 1, self.years)
        return self


def within_calendar(first: int, years: int) -> TimeRange:
    """Return a range that begins no earlier and ends no later than dates may be."""
    return TimeRange(min(max(first, FIRST_YEAR), LAST_YEAR - years + 1), years)


def usual_range(today: date, years: int = USUAL_YEARS) -> TimeRange:
    """Return the range around today that is shown at first; most of it lies ahead."""
    before = max(1, round(years * YEARS_BEFORE / USUAL_YEARS))
    return within_calendar(today.year - before, years)


def stored_range(text: str) -> TimeRange | None:
    """Return the range that was kept as "first years"; None for anything else."""
    first, _space, years = text.partition(" ")
    if not (first.isdecimal() and years.isdecimal() and 0 < int(years) <= WIDTHS[-1]):
        return None
    return within_calendar(int(first), int(years))
