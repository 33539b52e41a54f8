"""Use case: release a revision, so that it is locked and may go into packages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.geometry import Geometry, GeometryFacts, IgnoredFinding
from app.domain.catalog.part import Part, PartRevision, RevisionState
from app.domain.changes import Changes
from app.domain.packages.preflight import Blocker, geometry_blockers, refuse_blocked

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


def release_revision(library: Library, revision_id: int, *, who: str, why: str = "") -> Changes:
    """Release a draft revision; the one released before becomes obsolete.

    Raises:
        RuleViolation: not a draft, no geometry, not measured, or a danger finding is not ignored.
        NotFound: no such revision.
    """
    with library.writing(who=who, act=tell("release revision"), why=why) as write:
        revision = write.one(PartRevision, id=revision_id)
        part = write.one(Part, id=revision.part_id)
        if revision.state is not RevisionState.DRAFT:
            raise RuleViolation(
                _(
                    "Revision {label} of part {number} is no draft, so it cannot be released."
                ).format(label=revision.label, number=part.number)
            )
        refuse_blocked(_blockers(write, part, revision))
        earlier = write.fetch(PartRevision, part_id=part.id, state=RevisionState.RELEASED)
        write.update_all([replace(item, state=RevisionState.OBSOLETE) for item in earlier])
        write.update(
            replace(
                revision,
                state=RevisionState.RELEASED,
                reason=why or revision.reason,
                released_by=who,
                released_at=write.now,
            )
        )
        return write.changes


def _blockers(read: Reader, part: Part, revision: PartRevision) -> list[Blocker]:
    geometries = read.fetch(Geometry, revision_id=revision.id)
    if not geometries:
        return list(geometry_blockers(part, None, None, ()))
    blockers: list[Blocker] = []
    for geometry in geometries:
        facts = read.find(GeometryFacts, sha256=geometry.sha256, unit=geometry.unit)
        ignored = read.fetch(IgnoredFinding, geometry_sha256=geometry.sha256)
        blockers.extend(geometry_blockers(part, geometry, facts, ignored))
    return blockers
