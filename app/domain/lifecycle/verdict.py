"""The verdict on a part in a word, and how near a printed one is."""

from enum import StrEnum


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Readiness(StrEnum):
    QUALIFIED = "qualified"
    UNDER_WAY = "under_way"
    PRINTABLE = "printable"
    UNKNOWN = "unknown"
    NOT_PRINTABLE = "not_printable"
