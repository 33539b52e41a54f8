"""The eternal-spare flag of a part, as stored and shown. Derived: it can be rebuilt at any time."""

from dataclasses import dataclass
from datetime import date

from app.domain.lifecycle.verdict import Answer as Answer
from app.domain.lifecycle.verdict import Readiness as Readiness


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Whether need outlives supply, why, by when, and what to do next.

    Attributes:
        reasons: told sentences (`app.base.told`), most important first.
        missing: names of the inputs that are missing, when the answer is unknown.
        need_until: last day of need; date.max: no end in sight; None: not known.
        need_source: what sets `need_until`, as a sentence fragment.
        supply_until: last day conventional supply covers; date.max: no end announced; None: not
            known.
        decide_by: last order date minus the time to judge and approve; None: no such date, or the
            decision to print was taken, because a qualification is under way or holds.
        start_by: pessimistic stock run-out minus everything that must still happen before parts
            arrive.
        last_safe_start: the earlier of the two.
        readiness: how near a printed part is.
        rank: `urgency` × `exposure`, a breach of duty before all others; 0 unless the answer is
            yes.
        urgency: 1 on the next due day, up to 4 after it, falling to 0 before it.
        exposure: 1 + orders of magnitude of the yearly demand and of the units in use.
        breach: service is promised and supply has ended.
        assessed_for: the day the verdict was judged for; a later assessment that finds the same
            verdict leaves it alone.
        fingerprint: number over everything the verdict and its words rest on.
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
    urgency: float = 0.0
    exposure: float = 0.0
    breach: bool = False
    assessed_for: date
    horizon_months: int
    fingerprint: int = 0
