"""The errors a user may see, told apart from our own bugs.

An `AppError` carries a sentence fit to show: what is wrong, where, and what to do. `ValueError`,
`TypeError` and `KeyError` mean a bug of ours and reach the crash dialog. `Cancelled` is neither.
"""


class AppError(Exception):
    """Trouble the user can understand and act upon.

    Args:
        message: one or two sentences, already translated.
        hint: what to do next, if the message does not say it; translated.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross the process border of a worker; keyword arguments do not survive otherwise.
        return (_rebuild, (type(self), self.message, self.hint))


def _rebuild(kind: type[AppError], message: str, hint: str) -> AppError:
    return kind(message, hint=hint)


class RuleViolation(AppError):
    """A rule of the trade forbids what was asked (four eyes, locked revision, missing field)."""


class NotFound(AppError):
    """What was named does not exist in this library."""


class GeometryError(AppError):
    """A geometry file cannot be read or is not what it claims to be."""


class TableError(AppError):
    """A spreadsheet cannot be read or its headings are not understood."""


class DocumentError(AppError):
    """A package or certificate cannot be made or does not verify."""


class ExtensionError(AppError):
    """An installed extension failed to load."""


class StorageError(AppError):
    """The library cannot be read or written."""


class LibraryTooNew(StorageError):
    """The library was written by a newer Everspare."""


class LibraryLocked(StorageError):
    """Another program holds the library's write lock, or the folder is read-only."""


class DiskFull(StorageError):
    """No space is left where the library lives."""


class ChangedMeanwhile(StorageError):
    """Somebody else changed the record since it was read."""


class Cancelled(Exception):  # not an error: the user asked for it
    """The user asked to stop."""
