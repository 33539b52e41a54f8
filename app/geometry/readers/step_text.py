"""What the text of a STEP file tells before OpenCASCADE is let loose on it."""

from __future__ import annotations

import re

import numpy as np

from app.base.errors import GeometryError
from app.base.i18n import _
from app.domain.catalog.geometry import LengthUnit

MAX_NESTING = 64  # real files stay below ten; OpenCASCADE's parser dies on thousands
_CHUNK = 4 << 20
_SOLID = re.compile(
    rb"\b(?:MANIFOLD_SOLID_BREP|BREP_WITH_VOIDS|FACETED_BREP|SOLID_MODEL|"
    rb"EXTRUDED_AREA_SOLID|REVOLVED_AREA_SOLID|CSG_SOLID|TESSELLATED_SOLID|"
    rb"TRIANGULATED_FACE_SET|TESSELLATED_SHELL|BLOCK|SPHERE|TORUS|RIGHT_CIRCULAR_CYLINDER)\s*\("
)
_BREP = re.compile(rb"\b(?:MANIFOLD_SOLID_BREP|BREP_WITH_VOIDS|FACETED_BREP)\s*\(\s*'")
_UNIT_CONTEXT = re.compile(rb"GLOBAL_UNIT_ASSIGNED_CONTEXT\s*\(\s*\(([^()]*)\)")
_REFERENCE = re.compile(rb"#(\d+)")
_SI_PREFIXES = {
    b"$": LengthUnit.M,
    b".MILLI.": LengthUnit.MM,
    b".CENTI.": LengthUnit.CM,
    b".MICRO.": LengthUnit.MICRON,
}
_SI = re.compile(rb"SI_UNIT\s*\(\s*(\$|\.\w+\.)\s*,\s*\.METRE\.\s*\)")
_CONVERTED = re.compile(rb"CONVERSION_BASED_UNIT\s*\(\s*'([^']*)'")


def check_step_text(data: bytes) -> None:
    """Raise `GeometryError` if a STEP file has no end, no solid or is nested to do harm."""
    section = data.find(b"DATA;")
    if section < 0 or data.find(b"ENDSEC", section) < 0:
        raise GeometryError(
            _("The STEP file has no complete DATA section: it is cut off."),
            hint=_("Copy or export the file again."),
        )
    depth = _deepest_nesting(data)
    if depth > MAX_NESTING:
        raise GeometryError(
            _("Brackets are nested {depth} deep; up to {limit} are read.").format(
                depth=depth, limit=MAX_NESTING
            ),
            hint=_("No CAD program writes this; ask the sender of the file."),
        )
    if not _SOLID.search(data):
        raise GeometryError(
            _("The STEP file holds no solid body, only surfaces, curves or nothing."),
            hint=_("Export the part as a solid."),
        )


def count_solids(data: bytes) -> int:
    """Return how many boundary-represented solids the text defines."""
    return sum(1 for __ in _BREP.finditer(data))


def find_length_unit(data: bytes) -> LengthUnit | None:
    """Return the length unit that the file assigns, None if it is not one we have a name for."""
    found = set()
    for context in _UNIT_CONTEXT.finditer(data):
        for number in _REFERENCE.findall(context.group(1)):
            unit = _unit_of(data, number)
            if unit is not None:
                found.add(unit)
    return found.pop() if len(found) == 1 else None


def _unit_of(data: bytes, number: bytes) -> LengthUnit | None:
    entity = re.search(rb"#" + number + rb"\s*=\s*([^;]{0,500});", data)
    if entity is None or b"LENGTH_UNIT" not in entity.group(1):
        return None
    converted = _CONVERTED.search(entity.group(1))
    if converted is not None:
        name = converted.group(1).strip().upper()
        return {b"INCH": LengthUnit.INCH, b"FOOT": LengthUnit.FOOT}.get(name)
    plain = _SI.search(entity.group(1))
    return None if plain is None else _SI_PREFIXES.get(plain.group(1))


def _deepest_nesting(data: bytes) -> int:
    """Return how deep round brackets are nested, those in quoted texts left out."""
    depth = deepest = quotes = 0
    for start in range(0, len(data), _CHUNK):
        chunk = np.frombuffer(data, np.uint8, min(_CHUNK, len(data) - start), start)
        marks = chunk[np.isin(chunk, (ord("("), ord(")"), ord("'")))]
        if len(marks) == 0:
            continue
        passed = quotes + np.cumsum(marks == ord("'"))
        outside = passed % 2 == 0
        steps = np.where(marks == ord("("), 1, np.where(marks == ord(")"), -1, 0)) * outside
        level = depth + np.cumsum(steps)
        deepest = max(deepest, int(level.max()))
        depth, quotes = int(level[-1]), int(passed[-1])
    return deepest
