"""What checking a whole library found."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    DATABASE = "database"  # integrity, references, definitions
    SEARCH = "search"  # the search index, which can be made anew
    FILE_MISSING = "file_missing"
    FILE_CHANGED = "file_changed"
    FILE_SURPLUS = "file_surplus"
    ROW_CHANGED = "row_changed"
    ROW_MISSING = "row_missing"
    ROW_SURPLUS = "row_surplus"
    CHAIN_BROKEN = "chain_broken"
    ROLLED_BACK = "rolled_back"  # what was committed is gone: an older state was put back
    LOCK_MISSING = "lock_missing"  # a trigger that defends locked rows is gone or altered


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was written; `where` names the file or record."""

    kind: ProblemKind
    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """Everything found, and how much was looked at."""

    problems: tuple[Problem, ...]
    files_checked: int
    rows_checked: int
    change_sets_checked: int
    chain_head: str

    @property
    def clean(self) -> bool:
        return not self.problems
