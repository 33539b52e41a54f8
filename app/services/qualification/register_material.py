"""Use case: enter or change a feedstock grade."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import NotFound, RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.changes import Changes
from app.domain.qualification.network import Material

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


def register_material(library: Library, material: Material, *, who: str) -> Changes:
    """Store a grade; a known grade changes the stored one.

    Raises:
        RuleViolation: the grade has no name, or an impossible density.
    """
    grade = material.grade.strip()
    if not grade:
        raise RuleViolation(_("A material needs the name of its grade."))
    if material.density_g_cm3 is not None and not 0.01 <= material.density_g_cm3 <= 25:
        raise RuleViolation(
            _("A density of {density} g/cm³ is impossible.").format(density=material.density_g_cm3)
        )
    with library.writing(who=who, act=tell("register material")) as write:
        stored = _find(write, grade)
        if stored is None:
            write.insert([replace(material, grade=grade)])
        else:
            write.update(
                replace(material, id=stored.id, version=stored.version, grade=stored.grade)
            )
        return write.changes


def find_material(read: Reader, grade: str) -> Material:
    """Return the grade; case does not matter.

    Raises:
        NotFound: no such grade.
    """
    material = _find(read, grade)
    if material is None:
        known = ", ".join(item.grade for item in read.fetch(Material)) or _("none yet")
        raise NotFound(
            _("The library has no material {grade} (known: {known}).").format(
                grade=grade, known=known
            )
        )
    return material


def _find(read: Reader, grade: str) -> Material | None:
    wanted = grade.strip().casefold()
    return next((item for item in read.fetch(Material) if item.grade.casefold() == wanted), None)
