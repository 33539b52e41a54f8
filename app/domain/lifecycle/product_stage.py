"""Where a product stands in its life."""

from enum import StrEnum


class LifeCycleStage(StrEnum):
    UNKNOWN = "unknown"
    ANNOUNCED = "announced"  # the introduction lies ahead
    SERIES = "series"
    PHASE_OUT = "phase_out"  # the end is announced and lies ahead
    DISCONTINUED = "discontinued"
    SERVICE_ENDED = "service_ended"
