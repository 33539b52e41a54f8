"""Records as tests need them, with everything but the essentials left at its default."""

from __future__ import annotations

from app.domain.catalog.part import Part, PartRevision, number_key


def part(number: str, name: str = "", **more: object) -> Part:
    return Part(number=number, number_key=number_key(number), name=name, **more)  # type: ignore[arg-type]


def parts(count: int, *, prefix: str = "A") -> list[Part]:
    """Return `count` parts called A00001, A00002, …"""
    return [part(f"{prefix}{n:05}", f"Part {n}") for n in range(1, count + 1)]


def revision(part_id: int, label: str = "A", **more: object) -> PartRevision:
    return PartRevision(part_id=part_id, label=label, **more)  # type: ignore[arg-type]
