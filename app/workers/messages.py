"""What passes between the program and a worker, and what is believed of it.

A worker has read foreign bytes with foreign code. Its answer is therefore taken apart by an
unpickler that makes plain values, our dataclasses, enumerations and errors, and nothing else.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, is_dataclass
from enum import Enum, StrEnum
from typing import Any

from app.base.errors import AppError, Cancelled

_OUR_LAYERS = ("app.base.", "app.domain.", "app.geometry.", "app.tables.", "app.preview.")
_PLAIN = {
    ("builtins", "set"),
    ("builtins", "frozenset"),
    ("builtins", "complex"),
    ("builtins", "bytearray"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("decimal", "Decimal"),
    ("pathlib", "PurePosixPath"),
    ("pathlib", "PureWindowsPath"),
    ("pathlib", "PosixPath"),
    ("pathlib", "WindowsPath"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy._core.numeric", "_frombuffer"),
    ("_codecs", "encode"),
    ("app.base.errors", "_rebuild"),
    ("app.base.told", "retell"),
}


class Outcome(StrEnum):
    """How a task ended."""

    BEGUN = "begun"
    DONE = "done"
    REFUSED = "refused"  # an AppError, to be raised again in the caller
    BROKEN = "broken"  # anything else
    TOO_LARGE = "too_large"
    NO_MEMORY = "no_memory"


@dataclass(frozen=True, slots=True)
class Order:
    """One task for a worker; `task` is named, not sent."""

    module: str
    function: str
    arguments: tuple[Any, ...]
    language: str
    deadline_s: float


class Untrustworthy(Exception):
    """A worker's answer holds something that no honest worker sends."""


def pack(outcome: Outcome, value: object) -> bytes:
    """Return an answer as bytes."""
    buffer = io.BytesIO()
    _PlainPickler(buffer, protocol=5).dump((outcome.value, value))
    return buffer.getvalue()


def unpack(answer: bytes) -> tuple[Outcome, Any]:
    """Return an answer as values.

    Raises:
        Untrustworthy: it would make anything but plain values.
    """
    try:
        outcome, value = _PlainUnpickler(io.BytesIO(answer)).load()
        return Outcome(outcome), value
    except Untrustworthy:
        raise
    except Exception as error:  # a damaged pickle may raise nearly anything
        raise Untrustworthy(f"{type(error).__name__}: {error}") from error


class _PlainPickler(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:
        # Python itself names members of an enumeration by getattr, which must not be believed.
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith(_OUR_LAYERS) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and _is_value(found):
                return found
        raise Untrustworthy(f"{module}.{name}")


def _is_value(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, (Enum, AppError, Cancelled))
