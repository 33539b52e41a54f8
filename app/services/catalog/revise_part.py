"""Use case: begin a new draft revision of a part, with the geometry of the one before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.geometry import Geometry
from app.domain.catalog.part import PartRevision, RevisionState
from app.domain.changes import Changes
from app.services.catalog.find_part import find_part

if TYPE_CHECKING:
    from app.storage.library import Library


def revise_part(
    library: Library, number: str, *, who: str, why: str, label: str = ""
) -> tuple[PartRevision, Changes]:
    """Make a draft revision that begins as a copy of the newest one.

    Args:
        label: of the new revision; "" takes the next one (A → B, 9 → 10, Z → AA).

    Raises:
        RuleViolation: there is a draft already, the label is taken, or no reason is given.
        NotFound: no such part.
    """
    if not why.strip():
        raise RuleViolation(_("A new revision needs a reason."))
    with library.writing(who=who, act=tell("new revision"), why=why) as write:
        part = find_part(write, number)
        revisions = write.fetch(PartRevision, part_id=part.id)
        drafts = [item for item in revisions if item.state is RevisionState.DRAFT]
        if drafts:
            raise RuleViolation(
                _("Part {number} has the draft revision {label} already; change that one.").format(
                    number=part.number, label=drafts[-1].label
                )
            )
        wanted = label.strip() or next_label(revisions[-1].label if revisions else "")
        if any(item.label.casefold() == wanted.casefold() for item in revisions):
            raise RuleViolation(
                _("Part {number} has a revision {label} already.").format(
                    number=part.number, label=wanted
                )
            )
        draft = PartRevision(part_id=part.id, label=wanted, reason=why)
        [revision_id] = write.insert([draft])
        if revisions:
            copied = write.fetch(Geometry, revision_id=revisions[-1].id)
            write.insert([replace(item, revision_id=revision_id) for item in copied])
        return write.one(PartRevision, id=revision_id), write.changes


def next_label(label: str) -> str:
    """Return the label after one: letters count A, B, … Z, AA; a number at the end counts up."""
    digits = re.search(r"\d+$", label)
    if digits:
        return f"{label[: digits.start()]}{int(digits[0]) + 1:0{len(digits[0])}d}"
    letters = re.search(r"[A-Za-z]+$", label)
    if not letters:
        return f"{label}A" if not label else f"{label}1"
    counted, upper = letters[0].upper(), letters[0].isupper()
    ended = counted.rstrip("Z")
    wrapped = "A" * (len(counted) - len(ended))
    following = ended[:-1] + chr(ord(ended[-1]) + 1) + wrapped if ended else "A" + wrapped
    return label[: letters.start()] + (following if upper else following.lower())
