"""Extension points: a registry per point, filled by us and by installed packages alike.

A package names its extension under the registry's entry-point group. One that cannot be loaded is
reported and left out; the program works on without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points
from threading import RLock
from typing import Generic, TypeVar

from app.base.errors import ExtensionError
from app.base.i18n import _

T = TypeVar("T")


class Registry(Generic[T]):
    """The extensions of one kind, in the order in which they were registered.

    Args:
        group: entry-point group in which installed packages name theirs.
    """

    def __init__(self, group: str) -> None:
        self.group = group
        self._extensions: dict[str, T] = {}
        self._problems: list[ExtensionError] = []
        self._lock = RLock()
        self._searched = False

    def register(self, name: str, extension: T) -> None:
        """Add one extension.

        Raises:
            ValueError: the name is taken; an extension may not quietly replace another.
        """
        with self._lock:
            if name in self._extensions:
                raise ValueError(f"{self.group}: {name} is registered already")
            self._extensions[name] = extension

    def load_installed(self, found: Iterable[EntryPoint] | None = None) -> list[ExtensionError]:
        """Register what installed packages offer, once; return what failed.

        Args:
            found: entry points to take instead of searching the environment.
        """
        with self._lock:
            if self._searched and found is None:
                return []
            self._searched = True
            failed: list[ExtensionError] = []
            for entry in entry_points(group=self.group) if found is None else found:
                try:
                    self.register(entry.name, entry.load())
                except Exception as error:  # foreign code: whatever it raises must not stop us
                    failed.append(_not_loaded(entry, error))
            self._problems.extend(failed)
            return failed

    @property
    def problems(self) -> tuple[ExtensionError, ...]:
        """What could not be loaded so far."""
        return tuple(self._problems)

    def names(self) -> list[str]:
        return list(self._extensions)

    def __getitem__(self, name: str) -> T:
        return self._extensions[name]

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._extensions.values()))

    def __len__(self) -> int:
        return len(self._extensions)


def _not_loaded(entry: EntryPoint, error: Exception) -> ExtensionError:
    return ExtensionError(
        _("The extension “{name}” ({where}) could not be loaded: {error}").format(
            name=entry.name, where=entry.value, error=f"{type(error).__name__}: {error}"
        ),
        hint=_("Update or remove the package that brings it; everything else works without it."),
    )
