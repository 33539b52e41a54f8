"""The worklist as a list of any length, and its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.base.figures import fixed_figure
from app.base.i18n import _
from app.domain.catalog.length_unit import LengthUnit
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.worklist import WorklistRow
from app.ui.models.columns import CellKind, Column
from app.ui.words import day, readiness_mark, readiness_word, start_mark

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader

# Urgency ends at 4; exposure counts orders of magnitude and seldom passes 10.
_MOST_URGENT, _MOST_EXPOSED = 4.0, 10.0


@dataclass(frozen=True, slots=True)
class WorklistItem:
    """A row with its place in the list, from 1, and the geometry of its picture."""

    id: int
    place: int
    row: WorklistRow
    picture: tuple[str, LengthUnit] | None = None

    @property
    def flag(self) -> Flag:
        return self.row.flag


class WorklistSource:
    """The flagged parts with one of `answers`, ranked."""

    def __init__(self, library: Library, answers: Sequence[Answer]) -> None:
        self._library, self._answers = library, tuple(answers)
        self._places: dict[int, int] = {}

    def first_rows(self, limit: int) -> Sequence[WorklistItem]:
        with self._library.reading() as read:
            rows = read.lifecycle.worklist(self._answers, limit=limit)
            pictures = _pictures(read, rows)
        return [
            WorklistItem(row.flag.part_id, place, row, pictures.get(row.flag.part_id))
            for place, row in enumerate(rows, 1)
        ]

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        with self._library.reading() as read:
            ids = read.lifecycle.worklist_ids(self._answers)
        self._places = {part_id: place for place, part_id in enumerate(ids, 1)}
        for start in range(0, len(ids), size):
            yield ids[start : start + size]

    def rows(self, ids: Sequence[int]) -> Sequence[WorklistItem]:
        with self._library.reading() as read:
            found = read.lifecycle.worklist(self._answers, part_ids=ids)
            pictures = _pictures(read, found)
        return [
            WorklistItem(
                row.flag.part_id,
                self._places.get(row.flag.part_id, 0),
                row,
                pictures.get(row.flag.part_id),
            )
            for row in found
        ]


def _pictures(read: Reader, rows: Sequence[WorklistRow]) -> dict[int, tuple[str, LengthUnit]]:
    parts = read.parts.rows([row.flag.part_id for row in rows])
    return {part.id: (part.sha256, part.unit) for part in parts if part.unit is not None}


def worklist_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Return the columns; `today` decides which start dates are past or near."""

    def start(item: WorklistItem) -> str:
        return start_words(item.flag.last_safe_start, today())

    def mark(item: WorklistItem) -> str:
        return start_mark(item.flag.last_safe_start, today())

    return (
        Column("place", lambda: _("#"), 44, _place, CellKind.NUMBER),
        Column("picture", lambda: "", 40, lambda i: "", CellKind.PICTURE, lambda i: i.picture),
        Column("number", lambda: _("Number"), 108, lambda i: i.row.number, CellKind.IDENTIFIER),
        Column("name", lambda: _("Name"), 132, lambda i: i.row.name),
        Column("product", lambda: _("Product"), 132, _products),
        Column("urgency", lambda: _("Urgency"), 92, _urgency, CellKind.BAR, _urgency_share),
        Column("exposure", lambda: _("Exposure"), 92, _exposure, CellKind.BAR, _exposure_share),
        Column("why", lambda: _("Why"), 200, _why, stretch=True),
        Column("start", lambda: _("Last safe start"), 144, start, CellKind.STATUS, mark),
        Column(
            "readiness",
            lambda: _("Readiness"),
            128,
            lambda i: readiness_word(i.flag.readiness),
            CellKind.STATUS,
            lambda i: readiness_mark(i.flag.readiness),
        ),
        Column("next", lambda: _("Next step"), 240, lambda i: i.flag.next_action, CellKind.MUTED),
    )


def start_words(last_safe_start: date | None, today: date) -> str:
    """Return a last safe start; one that is over says so in a word."""
    if last_safe_start is None:
        return ""
    if last_safe_start < today:
        return _("Past {day}").format(day=day(last_safe_start))
    return day(last_safe_start)


def _place(item: WorklistItem) -> str:
    return str(item.place) if item.place and item.flag.answer is Answer.YES else ""


def _products(item: WorklistItem) -> str:
    names = item.row.products
    if len(names) < 2:
        return "".join(names)
    return _("{product} + {count}").format(product=names[0], count=len(names) - 1)


def _why(item: WorklistItem) -> str:
    if item.flag.answer is Answer.UNKNOWN and item.flag.missing:
        return _("Missing: {what}").format(what=", ".join(item.flag.missing))
    return item.flag.reasons[0] if item.flag.reasons else ""


def _urgency(item: WorklistItem) -> str:
    return fixed_figure(item.flag.urgency, 1) if item.flag.answer is Answer.YES else ""


def _urgency_share(item: WorklistItem) -> float | None:
    return item.flag.urgency / _MOST_URGENT if item.flag.answer is Answer.YES else None


def _exposure(item: WorklistItem) -> str:
    return fixed_figure(item.flag.exposure, 1) if item.flag.answer is Answer.YES else ""


def _exposure_share(item: WorklistItem) -> float | None:
    return item.flag.exposure / _MOST_EXPOSED if item.flag.answer is Answer.YES else None
