"""What a revision of a part may be used for."""

from enum import StrEnum


class RevisionState(StrEnum):
    DRAFT = "draft"
    RELEASED = "released"
    OBSOLETE = "obsolete"
