"""What a use case changed, told to everybody who shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds of records (table names) to the ids that changed; None stands for all of a kind."""

    ids: Mapping[str, frozenset[int] | None] = field(default_factory=dict)

    @staticmethod
    def of(kind: str, ids: Iterable[int]) -> Changes:
        return Changes({kind: frozenset(ids)})

    @staticmethod
    def everything_of(*kinds: str) -> Changes:
        return Changes(dict.fromkeys(kinds))

    def __bool__(self) -> bool:
        return any(ids is None or ids for ids in self.ids.values())

    def touches(self, *kinds: str) -> bool:
        """Say whether any record of `kinds` changed."""
        return any(kind in self.ids and self.ids[kind] != frozenset() for kind in kinds)

    def __or__(self, other: Changes) -> Changes:
        merged: dict[str, frozenset[int] | None] = dict(self.ids)
        for kind, ids in other.ids.items():
            known = merged.get(kind, frozenset())
            merged[kind] = None if ids is None or known is None else known | ids
        return Changes(merged)
