"""Preflight: everything that keeps a print package from leaving the house, collected at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.base.errors import RuleViolation
from app.base.figures import figure
from app.base.i18n import _
from app.domain.catalog.geometry import Geometry, GeometryFacts, IgnoredFinding, Severity
from app.domain.catalog.part import Part, PartRevision, RevisionState, RightToMake
from app.domain.qualification.network import Provider
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
from app.domain.qualification.qualification import (
    Evidence,
    Qualification,
    QualificationState,
)
from app.domain.qualification.transitions import state_word
from app.domain.qualification.validity import holds

# More than anybody orders of a spare part, and far from where numbers in JSON lose their digits.
MOST_PIECES = 1_000_000


class BlockerCode(StrEnum):
    """What kind of obstacle it is, for filters and for links to the place where it is cured."""

    QUANTITY = "quantity"
    LICENCE_ENDED = "licence_ended"
    RIGHT_UNKNOWN = "right_unknown"
    EXPORT_NOT_ASSESSED = "export_not_assessed"
    NOT_RELEASED = "not_released"
    NO_GEOMETRY = "no_geometry"
    NOT_MEASURED = "not_measured"
    DANGER = "danger"
    NO_DEFINITION = "no_definition"
    DEFINITION_NOT_RELEASED = "definition_not_released"
    NOT_QUALIFIED = "not_qualified"
    EXPIRED = "expired"
    EVIDENCE_EXPIRED = "evidence_expired"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why the package stays here; `text` is translated and fit to show."""

    code: BlockerCode
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportCase:
    """Everything the preflight looks at; None where the library has nothing.

    Attributes:
        same_major: ids of the definition and of those it differs from by minor versions only: a
            qualification of one holds for all.
        qualifications: of those definitions, in any state.
        evidence: of those qualifications.
        expires_on: last day of the licence asked for; None: no end.
        trial: asked for as a watermarked trial, which needs no qualification.
    """

    part: Part
    revision: PartRevision
    geometry: Geometry | None
    facts: GeometryFacts | None
    ignored: Sequence[IgnoredFinding] = ()
    definition: PrintDefinition | None
    same_major: frozenset[int] = frozenset()
    provider: Provider
    qualifications: Sequence[Qualification] = ()
    evidence: Sequence[Evidence] = ()
    quantity: int
    expires_on: date | None = None
    trial: bool
    today: date


def check_export(case: ExportCase) -> tuple[Blocker, ...]:
    """Return every reason why this package may not leave; empty means it may."""
    blockers = [
        *_licence_blockers(case),
        *_legal_blockers(case),
        *_revision_blockers(case),
        *geometry_blockers(case.part, case.geometry, case.facts, case.ignored),
        *_definition_blockers(case),
    ]
    if not case.trial and case.definition is not None:
        blockers.extend(_qualification_blockers(case))
    return tuple(blockers)


def refuse_blocked(blockers: Sequence[Blocker]) -> None:
    """Refuse with every reason at once.

    Raises:
        RuleViolation: there is at least one blocker.
    """
    if blockers:
        raise RuleViolation("\n".join(blocker.text for blocker in blockers))


def held_qualification(case: ExportCase) -> Qualification | None:
    """Return the qualification under which the package leaves; the newest where several hold."""
    holding = [item for item in case.qualifications if _is_usable(case, item)]
    return max(holding, key=lambda item: item.id, default=None)


def geometry_blockers(
    part: Part,
    geometry: Geometry | None,
    facts: GeometryFacts | None,
    ignored: Sequence[IgnoredFinding],
) -> tuple[Blocker, ...]:
    """Return what is wrong with the file itself: missing, unmeasured, or dangerous and not ignored.

    The same rule guards the release of a revision.
    """
    if geometry is None:
        text = _("Part {number} has no geometry.").format(number=part.number)
        return (Blocker(BlockerCode.NO_GEOMETRY, text),)
    if facts is None or facts.sha256 != geometry.sha256:
        text = _("{file} has not been measured, so its health is unknown.").format(
            file=geometry.file_name
        )
        return (Blocker(BlockerCode.NOT_MEASURED, text),)
    excused = {item.code for item in ignored if item.geometry_sha256 == geometry.sha256}
    return tuple(
        Blocker(
            BlockerCode.DANGER,
            _("{file}: {finding}").format(file=geometry.file_name, finding=finding.text),
        )
        for finding in facts.findings
        if finding.severity is Severity.DANGER and finding.code not in excused
    )


def _licence_blockers(case: ExportCase) -> list[Blocker]:
    blockers = []
    text = ""
    if case.quantity < 1:
        text = _("The licence must cover at least one piece, not {count}.")
    elif case.quantity > MOST_PIECES:
        text = _("The licence can cover {most} pieces at most, not {count}.")
    if text:
        text = text.format(count=figure(case.quantity), most=figure(MOST_PIECES))
        blockers.append(Blocker(BlockerCode.QUANTITY, text))
    if case.expires_on is not None and case.expires_on < case.today:
        text = _("The licence would have ended on {day} already.").format(
            day=case.expires_on.isoformat()
        )
        blockers.append(Blocker(BlockerCode.LICENCE_ENDED, text))
    return blockers


def _legal_blockers(case: ExportCase) -> list[Blocker]:
    blockers = []
    number = case.part.number
    if case.part.right_to_make is RightToMake.UNKNOWN:
        text = _("Part {number}: the right to make it is unknown.").format(number=number)
        blockers.append(Blocker(BlockerCode.RIGHT_UNKNOWN, text))
    if not case.part.export_control.strip():
        text = _("Part {number}: export control has not been assessed.").format(number=number)
        blockers.append(Blocker(BlockerCode.EXPORT_NOT_ASSESSED, text))
    return blockers


def _revision_blockers(case: ExportCase) -> list[Blocker]:
    if case.revision.state is RevisionState.RELEASED:
        return []
    if case.revision.state is RevisionState.OBSOLETE:
        sentence = _("Revision {label} of part {number} is obsolete.")
    else:
        sentence = _("Revision {label} of part {number} is not released.")
    text = sentence.format(label=case.revision.label, number=case.part.number)
    return [Blocker(BlockerCode.NOT_RELEASED, text)]


def _definition_blockers(case: ExportCase) -> list[Blocker]:
    definition = case.definition
    if definition is None:
        text = _("Revision {label} of part {number} has no print definition.").format(
            label=case.revision.label, number=case.part.number
        )
        return [Blocker(BlockerCode.NO_DEFINITION, text)]
    if definition.revision_id != case.revision.id:
        raise ValueError("the print definition belongs to another revision")
    if definition.state is DefinitionState.RELEASED:
        return []
    if definition.state is DefinitionState.SUPERSEDED:
        sentence = _("Print definition {major}.{minor} is superseded.")
    else:
        sentence = _("Print definition {major}.{minor} is not released.")
    text = sentence.format(major=definition.major, minor=definition.minor)
    return [Blocker(BlockerCode.DEFINITION_NOT_RELEASED, text)]


def _qualification_blockers(case: ExportCase) -> list[Blocker]:
    if held_qualification(case) is not None:
        return []
    ours = [item for item in case.qualifications if _is_of_this_tuple(case, item)]
    if not ours:
        text = _(
            "Provider {code} is not qualified for this print definition; "
            "only a watermarked trial could go there."
        ).format(code=case.provider.code)
        return [Blocker(BlockerCode.NOT_QUALIFIED, text)]
    latest = max(ours, key=lambda item: item.id)
    if latest.state is not QualificationState.QUALIFIED:
        text = _("The qualification at provider {code} is {state}.").format(
            code=case.provider.code, state=state_word(latest.state)
        )
        return [Blocker(BlockerCode.NOT_QUALIFIED, text)]
    if not holds(latest, case.today):
        text = _("The qualification at provider {code} expired on {day}.").format(
            code=case.provider.code, day=f"{latest.valid_until}"
        )
        return [Blocker(BlockerCode.EXPIRED, text)]
    return [
        Blocker(
            BlockerCode.EVIDENCE_EXPIRED,
            _("Evidence “{title}” was valid until {day} only.").format(
                title=item.title, day=f"{item.valid_until}"
            ),
        )
        for item in _expired_evidence(case, latest)
    ]


def _is_of_this_tuple(case: ExportCase, qualification: Qualification) -> bool:
    return (
        case.definition is not None
        and qualification.definition_id in case.same_major | {case.definition.id}
        and qualification.provider_id == case.provider.id
    )


def _is_usable(case: ExportCase, qualification: Qualification) -> bool:
    return (
        _is_of_this_tuple(case, qualification)
        and holds(qualification, case.today)
        and not _expired_evidence(case, qualification)
    )


def _expired_evidence(case: ExportCase, qualification: Qualification) -> list[Evidence]:
    return [
        item
        for item in case.evidence
        if item.qualification_id == qualification.id
        and item.valid_until is not None
        and item.valid_until < case.today
    ]
