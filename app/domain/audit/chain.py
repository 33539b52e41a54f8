"""The link of the audit trail's chain: what is hashed, so that anyone can compute it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Made once: `json.dumps` builds an encoder for every call that asks for more than the defaults.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

Change = Sequence[object]


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One link as it is stored.

    Attributes:
        act: the columns of the change set as plain values, its hash among them.
        changes: table, row id, field, old, new and row digest of each change, in order.
        text: the act in the language in use, for people; no part of the link.
    """

    act: Mapping[str, object]
    changes: Sequence[Change]
    text: str = ""


def genesis(library_id: str) -> str:
    """Return what stands before the first link: it binds the chain to its library."""
    return hashlib.sha256(f"everspare library {library_id}".encode()).hexdigest()


def link_hash(act: Mapping[str, object], changes: Iterable[Change]) -> str:
    """Return the hash of one link: the act, the link before it and its ordered changes.

    Args:
        act: the columns of the change set as plain values; its hash is left out.
        changes: table, row id, field, old, new and row digest of each.
    """
    digest = hashlib.sha256()
    digest.update(_line({name: value for name, value in act.items() if name != "hash"}))
    for change in changes:
        digest.update(_line(list(change)))
    return digest.hexdigest()


def _line(value: object) -> bytes:
    """Return canonical JSON with a line end, so that two links cannot run together."""
    return (_encode(value) + "\n").encode()
