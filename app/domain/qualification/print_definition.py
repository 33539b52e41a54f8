"""Print definitions (recipes): every field says whether it binds the provider."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.qualification.network import ProcessCategory


class Binding(StrEnum):
    """How far a field of a print definition binds the provider."""

    KEY = "key"  # exactly this value; a change voids qualification
    RANGE = "range"  # anything between minimum and maximum
    CHOICE = "choice"  # the provider's choice


class DefinitionState(StrEnum):
    DRAFT = "draft"
    RELEASED = "released"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintDefinition:
    """One version of the recipe for one part revision. Released means locked."""

    id: int = 0
    version: int = 1
    revision_id: int
    major: int = 1
    minor: int = 0
    state: DefinitionState = DefinitionState.DRAFT
    process: ProcessCategory
    machine_class: str = ""
    material_grade: str
    reason: str = ""
    author: str
    released_by: str = ""
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionField:
    """One field of a print definition.

    Attributes:
        name: term of the field with its unit as suffix, such as layer_height_mm.
        value: the number or word as text; the nominal value for a range, "" for a choice.
        minimum, maximum: limits of a range, in the field's unit.
        why: the reason for the value; notes never void a qualification.
    """

    id: int = 0
    version: int = 1
    definition_id: int
    name: str
    binding: Binding
    value: str = ""
    minimum: float | None = None
    maximum: float | None = None
    why: str = ""
