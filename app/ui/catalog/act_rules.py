"""Why an act cannot be done with the part that is shown; the services refuse the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.base.i18n import _
from app.domain.catalog.part import RevisionState
from app.domain.inventory.part_details import (
    DefinitionDetails,
    PartDetails,
    QualificationDetails,
    RevisionDetails,
)
from app.domain.inventory.part_step import PartStep, counting_qualifications, current_definition
from app.domain.qualification.four_eyes import same_person
from app.domain.qualification.print_definition import DefinitionState
from app.domain.qualification.qualification import QualificationState
from app.domain.qualification.transitions import evidence_gaps

OPEN_FOR_EVIDENCE = (QualificationState.DRAFT, QualificationState.UNDER_TEST)


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part with the revision that is looked at, and who looks when."""

    details: PartDetails
    revision: RevisionDetails | None
    user: str
    today: date

    @property
    def number(self) -> str:
        return self.details.part.number

    @property
    def named_revision(self) -> str:
        """NUMBER@REVISION, as the use cases take it."""
        label = f"@{self.revision.revision.label}" if self.revision is not None else ""
        return self.number + label

    @property
    def definition(self) -> DefinitionDetails | None:
        """The print definition in force, else its draft."""
        return current_definition(self.revision) if self.revision is not None else None

    @property
    def draft(self) -> DefinitionDetails | None:
        """The draft of a print definition, also beside a released one."""
        for item in self.revision.definitions if self.revision is not None else ():
            if item.definition.state is DefinitionState.DRAFT:
                return item
        return None

    def qualification_in(
        self, *states: QualificationState, subject_id: int = 0
    ) -> QualificationDetails | None:
        """Return the newest qualification in one of `states`, or the one that is named."""
        if self.revision is None or self.definition is None:
            return None
        found = [
            item
            for item in counting_qualifications(self.revision, self.definition)
            if item.qualification.state in states
        ]
        named = [item for item in found if item.qualification.id == subject_id]
        return next(iter(named or found), None)


def refusal_of(step: PartStep, shown: ShownPart) -> str:
    """Return why a step cannot be done now; "" if it can."""
    rule = _RULES.get(step)
    return rule(shown) if rule is not None else ""


def revise_refusal(shown: ShownPart) -> str:
    """Return why no new revision can be begun."""
    for item in shown.details.revisions:
        if item.revision.state is RevisionState.DRAFT:
            return _("Revision {label} is a draft already; change that one.").format(
                label=item.revision.label
            )
    return ""


def _release(shown: ShownPart) -> str:
    if shown.revision is None:
        return _("The part has no revision yet: import a file first.")
    label = shown.revision.revision.label
    if shown.revision.revision.state is not RevisionState.DRAFT:
        return _("Revision {label} is no draft.").format(label=label)
    if not shown.revision.geometries:
        return _("Revision {label} has no file.").format(label=label)
    return ""


def _define(shown: ShownPart) -> str:
    if shown.revision is None:
        return _("The part has no revision yet: import a file first.")
    if shown.revision.revision.state is RevisionState.OBSOLETE:
        return _("Revision {label} is obsolete.").format(label=shown.revision.revision.label)
    return ""


def _release_definition(shown: ShownPart) -> str:
    if shown.draft is None:
        return _("There is no draft of a print definition.")
    if shown.revision is None or shown.revision.revision.state is not RevisionState.RELEASED:
        return _("Release the revision first.")
    draft, released = shown.draft.definition, shown.definition
    keeps_proof = released is not shown.draft and (
        released is not None and released.definition.major == draft.major
    )
    if keeps_proof and same_person(draft.author, shown.user):
        return _(
            "{author} is the author. Another person releases a minor version, because it keeps "
            "the qualification."
        ).format(author=draft.author)
    return ""


def _start(shown: ShownPart) -> str:
    definition = shown.definition
    if definition is None or definition.definition.state is not DefinitionState.RELEASED:
        return _("There is no released print definition to qualify.")
    return ""


def _evidence(shown: ShownPart) -> str:
    if shown.qualification_in(*OPEN_FOR_EVIDENCE) is None:
        return _("No qualification is open for evidence.")
    return ""


def _submit(shown: ShownPart) -> str:
    found = shown.qualification_in(QualificationState.UNDER_TEST)
    if found is None:
        return _("No qualification is under test.")
    return " ".join(evidence_gaps(found.evidence, shown.today))


def _approve(shown: ShownPart) -> str:
    found = shown.qualification_in(QualificationState.IN_REVIEW)
    if found is None:
        return _("No qualification is in review.")
    involved = _involved(found)
    if any(same_person(name, shown.user) for name in involved):
        return _("{names} wrote this or added evidence; anybody else may approve.").format(
            names=", ".join(involved)
        )
    return " ".join(evidence_gaps(found.evidence, shown.today))


def _involved(qualified: QualificationDetails) -> list[str]:
    """Return who wrote a qualification or added evidence to it, each person once."""
    names = [qualified.qualification.author, *(item.added_by for item in qualified.evidence)]
    found: list[str] = []
    for name in names:
        if not any(same_person(name, known) for known in found):
            found.append(name)
    return found


def _export(shown: ShownPart) -> str:
    return "" if shown.revision is not None else _("The part has no revision yet.")


def _book(shown: ShownPart) -> str:
    if all(package.trial for package in shown.details.packages):
        return _("No package has been exported yet.")
    return ""


def _certify(shown: ShownPart) -> str:
    return "" if shown.details.lots else _("No lot has been booked yet.")


_RULES: dict[PartStep, Callable[[ShownPart], str]] = {
    PartStep.RELEASE_REVISION: _release,
    PartStep.DEFINE_PRINT: _define,
    PartStep.RELEASE_DEFINITION: _release_definition,
    PartStep.START_QUALIFICATION: _start,
    PartStep.ADD_EVIDENCE: _evidence,
    PartStep.SUBMIT_QUALIFICATION: _submit,
    PartStep.APPROVE_QUALIFICATION: _approve,
    PartStep.EXPORT_PACKAGE: _export,
    PartStep.BOOK_LOT: _book,
    PartStep.CERTIFY_LOT: _certify,
}
