"""Qualification of definition + machine + feedstock + site, and the evidence for it."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.catalog.part import ConsequenceClass
from app.domain.qualification.qualification_state import QualificationState as QualificationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """A qualified tuple once approved; approver and author are different people."""

    id: int = 0
    version: int = 1
    definition_id: int
    machine_id: int
    material_id: int
    provider_id: int
    consequence_class: ConsequenceClass
    state: QualificationState = QualificationState.DRAFT
    author: str
    started_on: date
    approver: str = ""
    approved_at: datetime | None = None
    valid_until: date | None = None
    blocked_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A proof, kept as a file by hash; `scope` says for what it counts."""

    id: int = 0
    version: int = 1
    qualification_id: int
    kind: str
    title: str
    standard: str = ""
    result: str = ""
    passed: bool = True
    scope: str = ""
    sha256: str
    file_name: str
    valid_until: date | None = None
    added_by: str
    added_at: datetime
