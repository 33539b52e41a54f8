"""The unit of the numbers in a geometry file."""

from enum import StrEnum


class LengthUnit(StrEnum):
    """Unit of the numbers in a geometry file."""

    MM = "mm"
    CM = "cm"
    M = "m"
    MICRON = "micron"
    INCH = "inch"
    FOOT = "foot"

    @property
    def in_mm(self) -> float:
        return {
            "mm": 1.0,
            "cm": 10.0,
            "m": 1000.0,
            "micron": 0.001,
            "inch": 25.4,
            "foot": 304.8,
        }[self.value]
