"""Use case: put a proof under a qualification; the file is kept by its hash."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.changes import Changes
from app.domain.qualification.evidence_kind import evidence_kind_of
from app.domain.qualification.qualification import Evidence, QualificationState
from app.domain.qualification.transitions import check_evidence_may_be_added
from app.services.qualification.start_qualification import find_qualification

if TYPE_CHECKING:
    from app.storage.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A file with what it proves.

    Attributes:
        kind: such as "test report", "material certificate", "inspection record".
        scope: for what the result counts (grade, thickness, orientation, machine).
    """

    file: Path
    kind: str
    title: str = ""
    standard: str = ""
    result: str = ""
    passed: bool = True
    scope: str = ""
    valid_until: date | None = None


def add_evidence(library: Library, qualification_id: int, proof: Proof, *, who: str) -> Changes:
    """Keep the file and its record; the first proof takes a draft under test.

    Raises:
        RuleViolation: the kind is missing, the file is empty, or the review has begun.
        NotFound: no such qualification.
        StorageError: the file cannot be read, or the disk is full.
    """
    if not proof.kind.strip():
        raise RuleViolation(_("Evidence needs a kind, such as “test report”."))
    staged = library.objects.stage(proof.file)
    with library.writing(who=who, act=tell("add evidence")) as write:
        sha256 = write.adopt(staged)  # first, so that the library takes it back if anything fails
        qualification = find_qualification(write, qualification_id)
        check_evidence_may_be_added(qualification)
        if not staged.size_bytes:
            raise RuleViolation(_("{file} is empty.").format(file=proof.file.name))
        evidence = Evidence(
            qualification_id=qualification.id,
            kind=evidence_kind_of(proof.kind),
            title=proof.title.strip() or proof.file.stem,
            standard=proof.standard.strip(),
            result=proof.result.strip(),
            passed=proof.passed,
            scope=proof.scope.strip(),
            sha256=sha256,
            file_name=proof.file.name,
            valid_until=proof.valid_until,
            added_by=who,
            added_at=write.now,
        )
        write.insert([evidence])
        if qualification.state is QualificationState.DRAFT:
            write.update(replace(qualification, state=QualificationState.UNDER_TEST))
        return write.changes
