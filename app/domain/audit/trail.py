"""The audit trail as a list: which acts are asked for, and the lines that answer."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ActState(StrEnum):
    """What has become of an act."""

    OPEN = "open"  # can be undone
    UNDONE = "undone"
    UNDO = "undo"  # reverted another act, and can be redone by that act's name
    FINAL = "final"  # signed, issued or exported: superseded or withdrawn instead


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """Which acts are listed; a field left empty lets all pass.

    Attributes:
        who: the person, as recorded.
        table: kind of record that was changed, by the name of its table.
        text: every word must occur in act, reason or person, or begin the number of a part that
            was touched.
        first_day, last_day: of the act, in the zone it was recorded in; both included.
    """

    who: str = ""
    table: str = ""
    text: str = ""
    first_day: date | None = None
    last_day: date | None = None
    state: ActState | None = None

    @property
    def lets_all_pass(self) -> bool:
        return self == TrailFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailRow:
    """One act of the trail; `id` is its number in the chain.

    Attributes:
        changes: how many fields and records it changed.
        part_numbers: of the parts it touched, in order; no longer than a line can show.
        more: whether the act touched further records that were not looked at.
    """

    id: int
    group_id: int
    who: str
    at: datetime
    act: str
    why: str
    state: ActState
    changes: int
    part_numbers: tuple[str, ...] = ()
    more: bool = False
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailChange:
    """One changed field, or a whole record that came or went (field "").

    Attributes:
        record: name of the record, such as a number or a label; "" if it has none.
        part_number: of the part it belongs to; "" for none.
        old, new: canonical JSON; "" where there was or is nothing.
    """

    id: int
    table: str
    row_id: int
    field: str
    old: str
    new: str
    record: str = ""
    part_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFacts:
    """The trail as a whole.

    Attributes:
        last_id: number of the newest act.
        people: who acted after the act that was asked for, sorted.
        tables: kinds of records that were ever changed, sorted.
    """

    entries: int
    last_id: int
    people: tuple[str, ...]
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailReport:
    """What following the chain link by link found.

    Attributes:
        entries: how many there are.
        head: hash of the last link that holds.
        problem: the first broken entry, in a sentence; "" if the chain is intact.
        broken: the number of that entry; 0 if the chain is intact.
    """

    entries: int
    head: str
    problem: str = ""
    broken: int = 0

    @property
    def intact(self) -> bool:
        return not self.problem
