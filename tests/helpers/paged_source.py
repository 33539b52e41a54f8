"""A list of numbers in memory that stands in for the library."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.base.errors import StorageError
from app.ui.models.columns import CellKind, Column


@dataclass(frozen=True)
class NumberRow:
    id: int
    name: str


@dataclass
class NumberSource:
    """Rows 1 to `count`; `gone` ids are listed but cannot be fetched any more."""

    count: int
    prefix: str = "Part"
    gone: frozenset[int] = frozenset()
    failing: bool = False
    asked: list[tuple[int, ...]] = field(default_factory=list)
    gate: threading.Event | None = None

    def all_ids(self) -> Sequence[int]:
        return range(1, self.count + 1)

    def first_rows(self, limit: int) -> list[NumberRow]:
        self._check()
        return self.rows(list(self.all_ids()[:limit]))

    def id_chunks(self, size: int) -> Iterator[Sequence[int]]:
        self._check()
        ids = self.all_ids()
        for start in range(0, len(ids), size):
            yield ids[start : start + size]

    def rows(self, ids: Sequence[int]) -> list[NumberRow]:
        self._check()
        self.asked.append(tuple(ids))
        return [NumberRow(i, f"{self.prefix} {i}") for i in ids if i not in self.gone]

    def _check(self) -> None:
        if self.gate is not None:
            assert self.gate.wait(20)
        if self.failing:
            raise StorageError("The library is locked by another program.")


COLUMNS = (
    Column("check", lambda: "", 32, lambda row: "", CellKind.CHECK),
    Column(
        "number", lambda: "Number", 100, lambda row: str(row.id), CellKind.IDENTIFIER, sort="id"
    ),
    Column("name", lambda: "Name", 200, lambda row: row.name, sort="name", stretch=True),
    Column(
        "state",
        lambda: "State",
        120,
        lambda row: "Draft",
        CellKind.STATUS,
        mark=lambda row: "draft",
    ),
    Column("share", lambda: "Share", 90, lambda row: "", CellKind.BAR, mark=lambda row: 0.5),
)
