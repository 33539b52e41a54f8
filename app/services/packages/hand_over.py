"""Give a recorded document its name outside the library, and say what to do where that fails."""

from __future__ import annotations

from app.base.atomic_file import StagedFile
from app.base.errors import StorageError
from app.base.i18n import _


def hand_over(staged: StagedFile, number: str) -> None:
    """Put the written file of an issued document in its place.

    The record stands by now and its number is used, so a failure must name both the number and the
    way to the file.

    Raises:
        StorageError: the name was taken or the folder vanished at the last moment.
    """
    try:
        staged.put_in_place()
    except StorageError as error:
        raise StorageError(
            _("{number} is issued and recorded, but its file is missing: {reason}").format(
                number=number, reason=error
            ),
            hint=_("Write it elsewhere with: everspare reissue {number} --out FOLDER").format(
                number=number
            ),
        ) from error
