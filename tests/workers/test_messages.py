"""What a worker's answer may hold, and what is not believed."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

import numpy as np
import pytest

from app.base.errors import GeometryError
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
from app.workers.messages import Outcome, Untrustworthy, pack, unpack

FACTS = GeometryFacts(
    sha256="ab",
    unit=LengthUnit.MM,
    triangles=12,
    bodies=1,
    watertight=True,
    volume_mm3=1.5,
    area_mm2=2.5,
    bounds_mm=(0.0, 0.0, 0.0, 1.0, 1.0, 1.0),
    findings=(Finding(FindingCode.OPEN, Severity.DANGER, "open"),),
)
REPORT = FileReport(
    file_name="a.stl",
    sha256="ab",
    size_bytes=1,
    format=GeometryFormat.STL,
    unit=LengthUnit.MM,
    unit_source=UnitSource.ASSUMED,
    facts=FACTS,
    accepted=True,
)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [1, 2.5, "text", b"bytes", True],
        {"key": (1, 2), "set": {3}},
        REPORT,
        [date(2026, 11, 23), Decimal("1.10"), PurePosixPath("a/b")],
        LengthUnit.INCH,
    ],
)
def test_plain_values_and_ours_arrive_as_they_were_sent(value: object) -> None:
    assert unpack(pack(Outcome.DONE, value)) == (Outcome.DONE, value)


def test_arrays_and_errors_arrive_too() -> None:
    _, array = unpack(pack(Outcome.DONE, np.arange(6, dtype=np.float32).reshape(2, 3)))
    assert array.tolist() == [[0, 1, 2], [3, 4, 5]]
    _, number = unpack(pack(Outcome.DONE, np.float64(2.5)))
    assert number == 2.5
    _, error = unpack(pack(Outcome.REFUSED, GeometryError("odd", hint="look")))
    assert (type(error), error.message, error.hint) == (GeometryError, "odd", "look")


class _Evil:
    def __init__(self, function: object, *arguments: object) -> None:
        self._call = (function, arguments)

    def __reduce__(self) -> object:
        return self._call


@pytest.mark.parametrize(
    "value",
    [
        _Evil(eval, "1"),
        _Evil(getattr, "a", "upper"),
        _Evil(__import__, "os"),
        _Evil(np.load, "x"),
        _Evil(pickle.loads, b"x"),
    ],
)
def test_answers_that_would_call_something_are_not_believed(value: object) -> None:
    answer = pickle.dumps(("done", value))
    with pytest.raises(Untrustworthy):
        unpack(answer)


@pytest.mark.parametrize(
    "answer", [b"", b"\x80\x05", b"garbage", pickle.dumps("done"), pickle.dumps(("odd", 1))]
)
def test_damaged_answers_are_not_believed(answer: bytes) -> None:
    with pytest.raises(Untrustworthy):
        unpack(answer)
