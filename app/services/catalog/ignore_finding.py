"""Use case: accept a danger finding on one file, by name and with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.errors import NotFound, RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.geometry import (
    FindingCode,
    Geometry,
    GeometryFacts,
    IgnoredFinding,
    Severity,
)
from app.domain.changes import Changes

if TYPE_CHECKING:
    from app.storage.library import Library


def ignore_finding(
    library: Library, revision_id: int, code: FindingCode, *, who: str, why: str
) -> Changes:
    """Record that the finding does not block the release of exactly these files.

    Raises:
        RuleViolation: no reason is given.
        NotFound: the revision's files have no such danger finding.
    """
    if not why.strip():
        raise RuleViolation(_("Ignoring a danger needs a reason; it stays with your name."))
    with library.writing(who=who, act=tell("ignore finding"), why=why) as write:
        dangerous = [
            geometry.sha256
            for geometry in write.fetch(Geometry, revision_id=revision_id)
            for facts in write.fetch(GeometryFacts, sha256=geometry.sha256, unit=geometry.unit)
            for finding in facts.findings
            if finding.code is code and finding.severity is Severity.DANGER
        ]
        if not dangerous:
            raise NotFound(
                _("No file of this revision has the danger finding {code}.").format(code=code.value)
            )
        for sha256 in dict.fromkeys(dangerous):
            if write.find(IgnoredFinding, geometry_sha256=sha256, code=code) is None:
                signed = IgnoredFinding(
                    geometry_sha256=sha256, code=code, reason=why, who=who, at=write.now
                )
                write.insert([signed])
        return write.changes
