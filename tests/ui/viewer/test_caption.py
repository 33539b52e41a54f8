"""The line under a part, and what a screen reader says."""

from app.domain.catalog.geometry import Finding, FindingCode, GeometryFacts, LengthUnit, Severity
from app.ui.viewer.caption import caption_of, spoken_of


def _facts(*findings: Finding, watertight: bool = True) -> GeometryFacts:
    return GeometryFacts(
        sha256="00",
        unit=LengthUnit.INCH,
        triangles=12480,
        bodies=1,
        watertight=watertight,
        volume_mm3=1.0,
        area_mm2=1.0,
        bounds_mm=(0.0, 0.0, 0.0, 1042.04, 31.0, 18.26),
        findings=findings,
    )


_HOLE = Finding(FindingCode.OPEN, Severity.DANGER, "4 edges are open.")
_THIN = Finding(FindingCode.DEGENERATE, Severity.WARNING, "2 triangles have no area.")
_NOTE = Finding(FindingCode.READER_WARNING, Severity.NOTE, "The header is odd.")


def test_size_unit_triangles_health() -> None:
    assert caption_of(_facts()) == (
        "1,042.0 × 31.0 × 18.3 mm · unit inch · 12,480 triangles · mesh healthy"
    )


def test_the_worst_findings_are_counted() -> None:
    assert caption_of(_facts(_NOTE)).endswith("mesh healthy")
    assert caption_of(_facts(_NOTE, _THIN)).endswith("1 warning")
    assert caption_of(_facts(_THIN, _HOLE, _HOLE)).endswith("2 dangers")


def test_a_screen_reader_hears_sentences() -> None:
    spoken = spoken_of(_facts(_HOLE, watertight=False))
    assert spoken == (
        "Part of 1,042.0 by 31.0 by 18.3 millimetres, 1 body. The mesh is not closed. "
        "4 edges are open."
    )
    assert "is closed" in spoken_of(_facts())
