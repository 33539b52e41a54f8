"""The line under a part: size, unit, triangles, health; also what a screen reader says."""

from __future__ import annotations

from app.base.figures import figure, fixed_figure
from app.base.i18n import _, ngettext
from app.domain.catalog.geometry import GeometryFacts, Severity


def caption_of(facts: GeometryFacts) -> str:
    """Return such as "42.0 × 31.0 × 18.0 mm · unit mm · 12,480 triangles · mesh healthy"."""
    size = " × ".join(fixed_figure(length, 1) for length in facts.size_mm)
    triangles = ngettext("{count} triangle", "{count} triangles", facts.triangles).format(
        count=figure(facts.triangles)
    )
    return " · ".join(
        (
            _("{size} mm").format(size=size),
            _("unit {unit}").format(unit=facts.unit.value),
            triangles,
            health_of(facts),
        )
    )


def health_of(facts: GeometryFacts) -> str:
    """Return one phrase on the findings, the worst kind named and counted."""
    dangers, warnings = (
        sum(finding.severity is severity for finding in facts.findings)
        for severity in (Severity.DANGER, Severity.WARNING)
    )
    if dangers:
        return ngettext("{count} danger", "{count} dangers", dangers).format(count=dangers)
    if warnings:
        return ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
    return _("mesh healthy")


def spoken_of(facts: GeometryFacts) -> str:
    """Return what the picture tells, in sentences for a screen reader."""
    x, y, z = facts.size_mm
    shape = _("Part of {x} by {y} by {z} millimetres, {bodies}.").format(
        x=fixed_figure(x, 1),
        y=fixed_figure(y, 1),
        z=fixed_figure(z, 1),
        bodies=ngettext("{count} body", "{count} bodies", facts.bodies).format(count=facts.bodies),
    )
    closed = _("The mesh is closed.") if facts.watertight else _("The mesh is not closed.")
    return " ".join((shape, closed, *(finding.text for finding in facts.findings)))
