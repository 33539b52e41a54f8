"""The audit trail as a file of lines that anyone can read, with its signature at the end.

The first line says what the file is; each line after it is one entry, exactly as the chain links
it; the last line but one counts the entries and holds the SHA-256 of everything before it; the last
line is the signature over that one. Written in one pass, however long the trail is.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from app.base.errors import DocumentError
from app.base.i18n import _
from app.documents.signing.canonical_json import dump_canonical, load_canonical
from app.documents.signing.signature import Signature, SigningKey, load_signature
from app.domain.audit.chain import TrailEntry, genesis, link_hash

FORMAT = "audit trail 1"
PAYLOAD_TYPE = "application/vnd.everspare.audit-trail.v1+json"
SUFFIX = ".jsonl"
START = b'{"everspare":"audit trail '
_FEWEST_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailHeading:
    """What stands over the entries.

    Attributes:
        selection: what the entries were chosen by, name to value; empty if all are there.
    """

    library_id: str
    owner: str
    made_at: datetime
    selection: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedTrail:
    """An intact file: every byte is accounted for by its signature, every link was recomputed.

    Attributes:
        first, last: numbers of the entries at both ends; 0 if there are none.
        head: hash of the last entry.
    """

    heading: TrailHeading
    signature: Signature
    entries: int
    first: int
    last: int
    head: str

    @property
    def complete(self) -> bool:
        """Whether no entry is missing from the first of the library to the last of the file."""
        return self.entries > 0 and self.first == 1 and self.last == self.entries


def write_trail(
    stream: BinaryIO, heading: TrailHeading, entries: Iterable[TrailEntry], key: SigningKey
) -> int:
    """Write the file; returns how many entries it holds.

    Args:
        entries: oldest first.
    """
    digest = hashlib.sha256()

    def put(line: bytes) -> None:
        digest.update(line + b"\n")
        stream.write(line + b"\n")

    put(
        dump_canonical(
            {
                "everspare": FORMAT,
                "library": heading.library_id,
                "made_at": heading.made_at.isoformat(timespec="seconds"),
                "owner": heading.owner,
                "selection": dict(heading.selection),
            }
        )
    )
    count, head = 0, ""
    for entry in entries:
        line = {"act": entry.act, "changes": entry.changes, "text": entry.text}
        put(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode())
        count, head = count + 1, str(entry.act["hash"])
    closing = dump_canonical({"entries": count, "head": head, "sha256": digest.hexdigest()})
    stream.write(closing + b"\n")
    stream.write(key.sign(PAYLOAD_TYPE, closing).to_json() + b"\n")
    return count


def open_trail(data: bytes) -> OpenedTrail:
    """Check that nothing in the file was changed; whom to trust comes after.

    Raises:
        DocumentError: says what is wrong.
    """
    lines = data.count(b"\n")
    if not data.endswith(b"\n") or lines < _FEWEST_LINES:
        raise DocumentError(_("The file does not end with its signature."))
    end_of_closing = data.rfind(b"\n", 0, len(data) - 1)
    end_of_body = data.rfind(b"\n", 0, end_of_closing)
    body, closing_line = data[: end_of_body + 1], data[end_of_body + 1 : end_of_closing]
    signature = load_signature(data[end_of_closing + 1 : -1], PAYLOAD_TYPE)
    if not signature.covers(closing_line):
        raise DocumentError(_("The signature does not fit the file."))
    closing = load_canonical(closing_line, _("The end of the file"))
    if closing.get("sha256") != hashlib.sha256(body).hexdigest():
        raise DocumentError(_("The entries are not those that were signed."))
    rows = io.BytesIO(body)
    heading = _read_heading(rows.readline().rstrip(b"\n"))
    entries, first, last, head = _follow(rows, heading)
    if (closing.get("entries"), closing.get("head")) != (entries, head):
        raise DocumentError(_("The end of the file does not fit its entries."))
    return OpenedTrail(
        heading=heading, signature=signature, entries=entries, first=first, last=last, head=head
    )


def _read_heading(line: bytes) -> TrailHeading:
    fields = load_canonical(line, _("The heading of the file"))
    try:
        if fields["everspare"] != FORMAT:
            raise ValueError(fields["everspare"])
        selection = {str(name): str(value) for name, value in fields["selection"].items()}
        return TrailHeading(
            library_id=str(fields["library"]),
            owner=str(fields["owner"]),
            made_at=datetime.fromisoformat(fields["made_at"]),
            selection=selection,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DocumentError(_("The heading of the file is not readable.")) from error


def _follow(rows: Iterable[bytes], heading: TrailHeading) -> tuple[int, int, int, str]:
    """Compute each link anew; returns count, first and last number and the last hash.

    Entries that follow each other in the library must be linked; a selection leaves gaps.
    """
    count = first = last = 0
    head = ""
    for row in rows:
        act, changes = _read_entry(row)
        number, previous, stated = act["id"], act["previous_hash"], act["hash"]
        linked = _is_link(act, changes)
        if number == 1:
            linked = linked and previous == genesis(heading.library_id)
        elif number == last + 1 and last:
            linked = linked and previous == head
        if not linked or number <= last:
            raise DocumentError(_("The chain breaks at entry {number}.").format(number=number))
        first = first or number
        count, last, head = count + 1, number, stated
    return count, first, last, head


def _is_link(act: Mapping[str, Any], changes: list[list[object]]) -> bool:
    try:
        return bool(link_hash(act, changes) == act["hash"])
    except (ValueError, RecursionError):  # halves of characters, or nested beyond all measure
        return False


def _read_entry(row: bytes) -> tuple[dict[str, Any], list[list[object]]]:
    try:
        entry = json.loads(row)
        act, changes = entry["act"], entry["changes"]
        shaped = isinstance(act["id"], int) and isinstance(act["hash"], str)
        if not shaped or not isinstance(act["previous_hash"], str):
            raise ValueError(row[:80])
        return act, [list(change) for change in changes]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DocumentError(_("An entry of the file is not readable.")) from error
