"""Use case: release the draft of a print definition, so that it is locked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.part import RevisionState
from app.domain.changes import Changes
from app.domain.qualification.field_rules import check_fields
from app.domain.qualification.four_eyes import check_four_eyes
from app.domain.qualification.print_definition import DefinitionState, PrintDefinition
from app.services.catalog.find_part import find_revision
from app.services.qualification.define_print import fields_of

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader

TABLE = "print_definition"


@dataclass(frozen=True, slots=True)
class ReleasedDefinition:
    """What was released, and the version it supersedes (None for a first one)."""

    definition: PrintDefinition
    supersedes: PrintDefinition | None
    changes: Changes

    @property
    def voids_qualification(self) -> bool:
        return self.supersedes is not None and self.supersedes.major != self.definition.major


def release_definition(library: Library, part_number: str, *, who: str) -> ReleasedDefinition:
    """Release the draft; the version before is superseded.

    A minor version keeps the qualification of its major version, so it needs a second person: else
    a change could reach the provider that only its author has seen.

    Args:
        part_number: NUMBER or NUMBER@REVISION.

    Raises:
        RuleViolation: no draft, revision not released, or a minor version released by one of its
            authors.
        NotFound: no such part or revision.
    """
    with library.writing(who=who, act=tell("release print definition")) as write:
        part, revision = find_revision(write, part_number)
        known = write.fetch(PrintDefinition, revision_id=revision.id)
        draft = next((item for item in known if item.state is DefinitionState.DRAFT), None)
        before = next((item for item in known if item.state is DefinitionState.RELEASED), None)
        if draft is None:
            raise RuleViolation(
                _("Revision {label} of part {number} has no draft of a print definition.").format(
                    label=revision.label, number=part.number
                )
            )
        if revision.state is not RevisionState.RELEASED:
            raise RuleViolation(
                _("Release revision {label} of part {number} first.").format(
                    label=revision.label, number=part.number
                )
            )
        check_fields(fields_of(write, draft))
        if before is not None:
            if draft.major == before.major:
                # Whoever edited the draft is an author, not only whoever did so last.
                for author in _authors(write, draft):
                    check_four_eyes(author, who)
            write.update(replace(before, state=DefinitionState.SUPERSEDED))
        write.update(
            replace(
                draft,
                state=DefinitionState.RELEASED,
                released_by=who,
                released_at=write.now,
            )
        )
        released = write.one(PrintDefinition, id=draft.id)
        return ReleasedDefinition(released, before, write.changes)


def _authors(read: Reader, draft: PrintDefinition) -> list[str]:
    edits = read.audit.history(TABLE, draft.id)
    return list(dict.fromkeys([draft.author, *(act.who for act, _detail in edits)]))
