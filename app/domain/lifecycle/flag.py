"""The eternal-spare flag of a part, as stored and shown. Derived: it can be rebuilt at any time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Readiness(StrEnum):
    QUALIFIED = "qualified"
    UNDER_WAY = "under_way"
    PRINTABLE = "printable"
    UNKNOWN = "unknown"
    NOT_PRINTABLE = "not_printable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Whether need outlives supply, why, by when, and what to do next.

    Attributes:
        reasons: translated sentences, most important first.
        missing: names of the inputs that are missing, when the answer is unknown.
        need_until: last day of need; date.max: no end in sight; None: not known.
        need_source: what sets `need_until`, as a sentence fragment.
        supply_until: last day conventional supply covers; date.max: no end announced; None: unknown.
        decide_by: last order date minus the time to judge and approve.
        start_by: pessimistic stock run-out minus everything that must happen before parts arrive.
        last_safe_start: the earlier of the two.
        rank: higher is more urgent; 0 for answers other than yes.
    """

    id: int = 0
    part_id: int
    answer: Answer
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    need_until: date | None = None
    need_source: str = ""
    supply_until: date | None = None
    decide_by: date | None = None
    start_by: date | None = None
    last_safe_start: date | None = None
    readiness: Readiness = Readiness.UNKNOWN
    next_action: str = ""
    rank: float = 0.0
    assessed_for: date
    horizon_months: int
