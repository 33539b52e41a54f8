"""What a milestone that is not saved yet would change in the worklist."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.lifecycle.flag import Answer, Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictPair:
    """The verdict of one part, before and after."""

    before: Flag
    after: Flag

    @property
    def part_id(self) -> int:
        return self.after.part_id

    @property
    def joins(self) -> bool:
        """The part would need an eternal spare and does not now."""
        return self.after.answer is Answer.YES and self.before.answer is not Answer.YES

    @property
    def leaves(self) -> bool:
        """The part would no longer need an eternal spare."""
        return self.before.answer is Answer.YES and self.after.answer is not Answer.YES

    @property
    def start_moves(self) -> bool:
        """It stays in the worklist with another last safe start."""
        stays = self.before.answer is Answer.YES and self.after.answer is Answer.YES
        return stays and self.before.last_safe_start != self.after.last_safe_start

    @property
    def need_moves(self) -> bool:
        """It is needed until another day."""
        return self.before.need_until != self.after.need_until

    @property
    def differs(self) -> bool:
        """Something that a list of parts shows would change."""
        return _shown(self.before) != _shown(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestonePreview:
    """The verdicts of all parts of one product, highest rank after the change first."""

    pairs: tuple[VerdictPair, ...] = ()

    @property
    def changed(self) -> tuple[VerdictPair, ...]:
        """Parts whose verdict would change."""
        return tuple(pair for pair in self.pairs if pair.differs)

    @property
    def joining(self) -> int:
        return sum(pair.joins for pair in self.pairs)

    @property
    def leaving(self) -> int:
        return sum(pair.leaves for pair in self.pairs)

    @property
    def moved_starts(self) -> tuple[VerdictPair, ...]:
        """Worklist items that would have another last safe start."""
        return tuple(pair for pair in self.pairs if pair.start_moves)

    @property
    def moved_needs(self) -> tuple[VerdictPair, ...]:
        """Parts that would be needed until another day."""
        return tuple(pair for pair in self.pairs if pair.need_moves)


def _shown(flag: Flag) -> tuple[object, ...]:
    return (flag.answer, flag.last_safe_start, flag.need_until, round(flag.rank, 3))
