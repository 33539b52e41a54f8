"""Find the part, and the revision, that a person names as NUMBER or NUMBER@REVISION."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.errors import NotFound
from app.base.i18n import _
from app.domain.catalog.part import Part, PartRevision, RevisionState, number_key

if TYPE_CHECKING:
    from app.storage.reader import Reader


def find_part(read: Reader, number: str) -> Part:
    """Return the part of that number; leading zeros, case and outer spaces do not matter.

    Raises:
        NotFound: the library has no such part.
    """
    part = read.find(Part, number_key=number_key(number)) if number.strip() else None
    if part is None:
        raise NotFound(_("The library has no part {number}.").format(number=number))
    return part


def find_revision(read: Reader, named: str) -> tuple[Part, PartRevision]:
    """Return part and revision; without a revision the newest released one, else the newest.

    Args:
        named: NUMBER or NUMBER@REVISION. A number that holds an @ itself is found first.

    Raises:
        NotFound: there is no such part, or it has no such revision.
    """
    number, at, label = named.rpartition("@")
    whole = read.find(Part, number_key=number_key(named)) if named.strip() else None
    if whole is not None or not at:
        return _newest(read, whole or find_part(read, named))
    part = find_part(read, number)
    revision = next(
        (item for item in read.fetch(PartRevision, part_id=part.id) if _same(item.label, label)),
        None,
    )
    if revision is None:
        raise NotFound(
            _("Part {number} has no revision {label}.").format(number=part.number, label=label)
        )
    return part, revision


def _newest(read: Reader, part: Part) -> tuple[Part, PartRevision]:
    revisions = read.fetch(PartRevision, part_id=part.id)
    if not revisions:
        raise NotFound(_("Part {number} has no revision yet.").format(number=part.number))
    released = [item for item in revisions if item.state is RevisionState.RELEASED]
    return part, (released or revisions)[-1]


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
