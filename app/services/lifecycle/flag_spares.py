"""Use case: bring the eternal-spare verdict of every part up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from app.base.i18n import _
from app.base.progress import Progress
from app.base.told import tell
from app.domain.changes import Changes
from app.domain.lifecycle.flag import Answer, Flag

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader
    from app.storage.writer import Writer

DEFAULT_HORIZON_MONTHS = 24
FLAGS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class FlagReport:
    """What an assessment found.

    Attributes:
        counts: how many parts have which answer now.
        turned: how many parts have another answer than before.
    """

    changes: Changes
    counts: Mapping[Answer, int]
    turned: int


@dataclass(frozen=True, slots=True)
class _Assessment:
    """Flags that differ from what is stored, with their earlier answers, for one state of the
    library."""

    state: int
    flags: list[Flag]
    before: dict[int, Answer]


def flag_spares(
    library: Library,
    *,
    who: str,
    today: date,
    horizon_months: int = DEFAULT_HORIZON_MONTHS,
    cause: str = "",
    progress: Progress | None = None,
) -> FlagReport:
    """Re-assess all parts; store and report only the verdicts that differ.

    One transaction: a cancelled or failed run changes nothing. The audit trail gets one entry that
    names the cause and every flag whose answer changed; a part that is judged for the first time
    is named if the answer is yes.

    Args:
        who: on whose behalf.
        today: the day to judge for.
        horizon_months: a supply that ends later than this is no reason to act yet.
        cause: why flags are judged again, such as an import.
        progress: reports and may cancel.

    Raises:
        StorageError: the library is locked, full or damaged.
        Cancelled: the user asked to stop.
    """
    progress = progress or Progress()
    with library.reading() as read:
        found = _assess(read, today, horizon_months, progress.part(0.0, 0.8))
    changes, turned = Changes(), 0
    if found.flags:
        act = tell("judge eternal spares")
        with library.writing(who=who, act=act, why=cause, undoable=False) as write:
            # The words take their time, so they were made without holding the lock.
            if _state(write) != found.state:
                found = _assess(write, today, horizon_months, Progress())
            turned = _store(write, found, progress.part(0.8, 1.0))
            changes = write.changes
            # The last place to stop: what is committed is not called cancelled.
            progress.finish()
    with library.reading() as read:
        counts = read.lifecycle.count_answers()
    return FlagReport(changes, counts, turned)


def _assess(read: Reader, today: date, horizon_months: int, progress: Progress) -> _Assessment:
    import numpy as np

    from app.domain.lifecycle.eternal_spare import assess_spares
    from app.domain.lifecycle.spare_flags import measure_fingerprints, word_flags
    from app.domain.lifecycle.spare_need import ANSWERS

    progress.report(0.0, _("Reading parts"))
    columns = read.lifecycle.spare_columns(today)
    stored = read.lifecycle.stored_verdicts()
    progress.report(0.3, _("Judging parts"))
    verdicts = assess_spares(columns, today=today, horizon_months=horizon_months)
    prints = measure_fingerprints(columns, verdicts)

    # Both columns of ids are sorted; every stored flag belongs to a part.
    place = np.searchsorted(columns.part_ids, stored.part_ids)
    differs = np.ones(columns.part_ids.size, dtype=np.bool_)
    differs[place] = prints[place] != stored.fingerprints
    rows = np.flatnonzero(differs)
    worded = word_flags(columns, verdicts, rows, prints)
    flags: list[Flag] = []
    for start in range(0, rows.size, FLAGS_AT_ONCE):
        progress.report(0.4 + 0.6 * start / rows.size, _("Giving reasons"))
        flags += islice(worded, FLAGS_AT_ONCE)
    known = np.flatnonzero(differs[place])
    before = {int(stored.part_ids[n]): ANSWERS[int(stored.answers[n])] for n in known}
    return _Assessment(_state(read), flags, before)


def _state(read: Reader) -> int:
    """Return a number that differs once anything recorded was written."""
    head = read.audit.head()
    return head.id if head is not None else 0


def _store(write: Writer, found: _Assessment, progress: Progress) -> int:
    for start in range(0, len(found.flags), FLAGS_AT_ONCE):
        progress.report(start / len(found.flags), _("Storing verdicts"))
        write.replace_derived(Flag, found.flags[start : start + FLAGS_AT_ONCE], key="part_id")
    turned = {flag.part_id: flag for flag in found.flags if _worth_naming(flag, found.before)}
    for stored in write.fetch(Flag, part_id=sorted(turned)):
        write.record_derived(
            "flag",
            stored.id,
            "answer",
            old=str(found.before.get(stored.part_id, "")),
            new=str(stored.answer),
        )
    return len(turned)


def _worth_naming(flag: Flag, before: Mapping[int, Answer]) -> bool:
    if flag.part_id not in before:
        return flag.answer is Answer.YES
    return before[flag.part_id] != flag.answer
