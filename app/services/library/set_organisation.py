"""Use case: say who owns the library and issues its documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.certificates.organisation import Organisation
from app.domain.changes import Changes

if TYPE_CHECKING:
    from app.storage.library import Library


def set_organisation(library: Library, organisation: Organisation, *, who: str) -> Changes:
    """Store name and address of the owner; there is one per library.

    Raises:
        RuleViolation: the name is empty.
    """
    if not organisation.name.strip():
        raise RuleViolation(_("The organisation needs a name: it stands on every certificate."))
    with library.writing(who=who, act=tell("set organisation")) as write:
        stored = write.find(Organisation)
        if stored is None:
            write.insert([organisation])
        else:
            write.update(replace(organisation, id=stored.id, version=stored.version))
        return write.changes
