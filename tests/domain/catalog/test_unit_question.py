"""Which files look as if they were drawn in another unit, and what was answered."""

import pytest

from app.domain.catalog.geometry import (
    FileReport,
    Finding,
    FindingCode,
    GeometryFacts,
    GeometryFormat,
    LengthUnit,
    Severity,
    UnitSource,
)
from app.domain.catalog.unit_question import UnitAnswer, scaled_sides, sides_of, suggest_unit


def report(
    longest: float,
    *,
    unit: LengthUnit = LengthUnit.MM,
    source: UnitSource = UnitSource.ASSUMED,
    doubtful: bool = False,
) -> FileReport:
    side = longest * unit.in_mm
    finding = Finding(FindingCode.UNIT_DOUBTFUL, Severity.NOTE, "please check")
    facts = GeometryFacts(
        sha256="x", unit=unit, triangles=12, bodies=1, watertight=True, volume_mm3=1.0,
        area_mm2=1.0, bounds_mm=(0.0, 0.0, 0.0, side, side / 2, side / 4),
        findings=(finding,) if doubtful else (),
    )  # fmt: skip
    return FileReport(
        file_name="a.stl", sha256="x", size_bytes=84, format=GeometryFormat.STL, unit=unit,
        unit_source=source, facts=facts, accepted=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("longest", "doubtful", "suggested"),
    [
        (42.0, False, None),
        (42.03125, True, LengthUnit.INCH),
        (1.65, False, LengthUnit.INCH),
        (0.042, False, LengthUnit.M),
        (5000.0, True, None),
    ],
)
def test_a_size_suggests_its_unit(
    longest: float, doubtful: bool, suggested: LengthUnit | None
) -> None:
    assert suggest_unit(report(longest, doubtful=doubtful)) is suggested


def test_a_file_that_states_its_unit_is_never_asked_about() -> None:
    stated = report(1.0, source=UnitSource.FILE)
    assert suggest_unit(stated) is None
    assert sides_of(stated) is None


def test_sides_are_the_numbers_of_the_file_whatever_unit_they_were_read_in() -> None:
    inch = report(2.0, unit=LengthUnit.INCH, source=UnitSource.USER)
    sides = sides_of(inch)
    assert sides == pytest.approx((2.0, 1.0, 0.5))
    assert sides is not None
    assert scaled_sides(sides, LengthUnit.INCH) == pytest.approx((50.8, 25.4, 12.7))
    assert scaled_sides(sides, None) == pytest.approx((2.0, 1.0, 0.5))


def test_single_files_may_differ_from_the_batch_and_follow_it_again() -> None:
    answer = UnitAnswer(LengthUnit.CM).with_files(["a", "b"], LengthUnit.INCH)
    assert [answer.of(name) for name in "abc"] == [LengthUnit.INCH, LengthUnit.INCH, LengthUnit.CM]
    again = answer.with_files(["a"], None)
    assert [again.of(name) for name in "ab"] == [LengthUnit.CM, LengthUnit.INCH]
