"""Writing the library: every change is recorded and chained in the same transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, text, update

from app.base.clock import Clock
from app.base.errors import ChangedMeanwhile, RuleViolation
from app.base.i18n import _
from app.domain.audit.chain import genesis, link_hash
from app.domain.audit.change_set import ChangeDetail, ChangeSet
from app.domain.catalog.part import Part
from app.domain.catalog.stored_file import StoredFile
from app.domain.changes import Changes
from app.domain.lifecycle.flag import Flag
from app.storage.catalog import part_search
from app.storage.objects import ObjectStore, Staged
from app.storage.reader import Reader, batches
from app.storage.registry import DERIVED, RECORDED, field_names, table_of
from app.storage.rows import (
    canonical_json,
    plain_from_stored,
    plain_row,
    row_digest,
    row_of,
    stored_digest,
    stored_of,
)
from app.storage.witness import Witness

V = TypeVar("V")
SHOWN = 80  # letters of a refused text in the sentence


class Writer(Reader):
    """One transaction that makes one change set. Made by `Library.writing`.

    Attributes:
        group_id: give it to later transactions that belong together; one undo reverts them all.
        sealed: the link of the chain this change set became; None while open or empty.
    """

    def __init__(
        self,
        connection: Connection,
        objects: ObjectStore,
        clock: Clock,
        *,
        who: str,
        act: str,
        why: str,
        undoable: bool,
        group_id: int | None,
        undoes: int | None = None,
        staged: list[Staged] | None = None,
        library_id: str = "",
    ) -> None:
        super().__init__(connection)
        self._objects = objects
        _must_be_text(who, act, why)
        head = self.audit.head()
        self._change_set = ChangeSet(
            id=self._next_id(ChangeSet),
            group_id=group_id or 0,
            who=who,
            at=clock.now(),
            act=act,
            why=why,
            undoable=undoable,
            undoes=undoes,
            previous_hash=head.hash if head else genesis(library_id),
            hash="",
        )
        self.group_id = group_id or self._change_set.id
        self._details: list[ChangeDetail] = []
        self._touched: defaultdict[str, set[int]] = defaultdict(set)
        self._staged = staged if staged is not None else []
        self.sealed: Witness | None = None

    @property
    def change_set_id(self) -> int:
        return self._change_set.id

    @property
    def now(self) -> Any:
        """The time this change set carries (zone-aware datetime)."""
        return self._change_set.at

    @property
    def changes(self) -> Changes:
        return Changes({kind: frozenset(ids) for kind, ids in self._touched.items()})

    def insert(self, values: Sequence[Any]) -> list[int]:
        """Add values of one kind; ids and versions they carry are ignored. Returns their ids."""
        if not values:
            return []
        kind = type(values[0])
        if kind not in RECORDED:
            raise ValueError(f"{kind.__name__} is not recorded")
        first = self._next_id(kind)
        fresh = [replace(v, id=first + n, version=1) for n, v in enumerate(values)]
        self.insert_as_given(fresh)
        return [value.id for value in fresh]

    def insert_as_given(self, values: Sequence[Any]) -> None:
        """Add values with the ids they carry: for undo, which brings rows back."""
        kind = type(values[0])
        rows = []
        for value in values:
            columns = row_of(value)
            digest = _digest_of(kind, columns)
            rows.append({**columns, "digest": digest})
            self._record(kind, value.id, "", "", canonical_json(plain_row(columns)), digest)
        self.connection.execute(insert(table_of(kind)), rows)
        if kind is Part:
            part_search.add(self.connection, values)

    def update(self, value: Any) -> bool:
        """Store a changed value; says whether anything differed.

        Raises:
            ChangedMeanwhile: somebody stored another version since `value` was read.
            NotFound: the record is gone.
        """
        return bool(self.update_all([value]))

    def update_all(self, values: Sequence[Any]) -> int:
        """Store changed values of one kind, each record once; returns how many differed."""
        if not values:
            return 0
        kind = type(values[0])
        stored = {v.id: v for v in self.fetch(kind, id=[v.id for v in values])}
        changed: dict[int, Any] = {}
        for value in values:
            current = stored.get(value.id) or self.one(kind, id=value.id)
            if current.version != value.version:
                raise self._conflict(kind, value.id)
            if row_of(current) != row_of(value):
                if value.id in changed:
                    raise ValueError(f"{kind.__name__} {value.id} is given twice")
                changed[value.id] = replace(value, version=value.version + 1)
        if changed:
            self._store(kind, stored, changed)
        return len(changed)

    def _store(self, kind: type[Any], stored: dict[int, Any], changed: dict[int, Any]) -> None:
        rows = []
        for row_id, value in changed.items():
            before, after = row_of(stored[row_id]), row_of(value)
            digest = _digest_of(kind, after)
            for name in field_names(kind):
                if name != "version" and before[name] != after[name]:
                    old, new = canonical_json(before[name]), canonical_json(after[name])
                    self._record(kind, row_id, name, old, new, digest)
            rows.append({**after, "digest": digest, "stored_id": row_id})
        table = table_of(kind)
        query = update(table).where(table.c.id == bindparam("stored_id"))
        self.connection.execute(query, rows)
        if kind is Part:
            part_search.remove(self.connection, [stored[row_id] for row_id in changed])
            part_search.add(self.connection, changed.values())

    def delete(self, kind: type[Any], ids: Iterable[int]) -> int:
        """Remove recorded rows; returns how many there were."""
        wanted = list(ids)
        gone = self.fetch(kind, id=wanted)
        if kind is Part and gone:
            part_search.remove(self.connection, gone)
            # The verdict goes with its part, or the reference would forbid to undo an import.
            self.drop_derived(Flag, part_id=wanted)
        for value in gone:
            self._record(kind, value.id, "", canonical_json(plain_row(row_of(value))), "", "")
        table = table_of(kind)
        for batch in batches(wanted):
            self.connection.execute(delete(table).where(table.c.id.in_(batch)))
        return len(gone)

    def keep_file(self, path: Path) -> tuple[str, int]:
        """Take a file into the library byte for byte; returns its SHA-256 and size."""
        staged = self._objects.stage(path)
        return self.adopt(staged), staged.size_bytes

    def keep_bytes(self, content: bytes) -> tuple[str, int]:
        """Take bytes into the library as a file; returns their SHA-256 and size."""
        staged = self._objects.stage_bytes(content)
        return self.adopt(staged), staged.size_bytes

    def adopt(self, staged: Staged) -> str:
        """Take in a file that `ObjectStore.stage` copied before the lock was taken."""
        self._staged.append(staged)
        self._objects.place(staged)
        if self.find(StoredFile, sha256=staged.sha256) is None:
            self.insert(
                [
                    StoredFile(
                        sha256=staged.sha256,
                        size_bytes=staged.size_bytes,
                        added_at=self._change_set.at,
                    )
                ]
            )
        return staged.sha256

    def replace_derived(self, kind: type[Any], values: Sequence[Any], *, key: str) -> None:
        """Store derived values, each in place of the one with the same `key` columns.

        Args:
            key: names of the columns that identify a row, joined by commas.
        """
        if not values:
            return
        _must_be_derived(kind)
        keys = [name.strip() for name in key.split(",")]
        rows = [stored_of(value) for value in values]
        for row in rows:
            del row["id"]
            row["digest"] = stored_digest(kind, row)
        # The words of SQL by hand: SQLAlchemy would encode every list a second time.
        table = table_of(kind)
        statement = _upsert(table.name, list(rows[0]), keys)
        self.connection.exec_driver_sql(statement, [tuple(row.values()) for row in rows])
        stored_keys = json.dumps([[row[name] for name in keys] for row in rows])
        found = self.connection.exec_driver_sql(_ids_by_key(table.name, keys), (stored_keys,))
        self._touched[table.name].update(found.scalars())

    def drop_derived(self, kind: type[Any], **where: object) -> int:
        """Remove derived rows that match (as in `Reader.fetch`); returns how many."""
        _must_be_derived(kind)
        table = table_of(kind)
        ids = [value.id for value in self.fetch(kind, **where)]
        for batch in batches(ids):
            self.connection.execute(delete(table).where(table.c.id.in_(batch)))
        self._touched[table.name].update(ids)
        return len(ids)

    def record_derived(self, table: str, row_id: int, field: str, *, old: str, new: str) -> None:
        """Note in the trail that a recomputation changed a verdict."""
        self._details.append(
            ChangeDetail(
                change_set_id=self.change_set_id,
                table=table,
                row_id=row_id,
                field=field,
                old=canonical_json(old),
                new=canonical_json(new),
                row_digest="",
            )
        )

    def touch(self, kind: type[Any], ids: Iterable[int]) -> None:
        """Report records as changed that this transaction affects without storing them."""
        self._touched[table_of(kind).name].update(ids)

    def close_change_set(self) -> None:
        """Write the link of the chain; the library calls it just before the commit."""
        if not self._details:
            return
        sealed = replace(self._change_set, group_id=self.group_id)
        link = link_hash(_as_stored(sealed), (detail.linked for detail in self._details))
        self.connection.execute(insert(table_of(ChangeSet)), [row_of(replace(sealed, hash=link))])
        self.sealed = Witness(sealed.id, link)
        rows = [{n: v for n, v in row_of(d).items() if n != "id"} for d in self._details]
        self.connection.execute(insert(table_of(ChangeDetail)), rows)

    def _record(
        self, kind: type[Any], row_id: int, field: str, old: str, new: str, digest: str
    ) -> None:
        name = table_of(kind).name
        self._touched[name].add(row_id)
        self._details.append(
            ChangeDetail(
                change_set_id=self._change_set.id,
                table=name,
                row_id=row_id,
                field=field,
                old=old,
                new=new,
                row_digest=digest,
            )
        )

    def _next_id(self, kind: type[Any]) -> int:
        name = table_of(kind).name
        query = text(
            f'SELECT max(coalesce((SELECT max(id) FROM "{name}"), 0),'
            " coalesce((SELECT seq FROM sqlite_sequence WHERE name = :name), 0))"
        )
        return int(self.connection.execute(query, {"name": name}).scalar_one()) + 1

    def _conflict(self, kind: type[Any], row_id: int) -> ChangedMeanwhile:
        last = self.audit.last_change(table_of(kind).name, row_id)
        if last is None:
            return ChangedMeanwhile(_("The record has changed since it was read. Load it again."))
        return ChangedMeanwhile(
            _("Changed by {who} at {time} since you opened it. Load it again and repeat.").format(
                who=last.who, time=last.at.strftime("%Y-%m-%d %H:%M")
            )
        )


def _upsert(table: str, columns: Sequence[str], keys: Sequence[str]) -> str:
    """Return the statement that adds a row or replaces the one with the same keys."""
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    replaced = ", ".join(f'"{n}" = excluded."{n}"' for n in columns if n not in keys)
    conflict = ", ".join(f'"{name}"' for name in keys)
    return (
        f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
        f" ON CONFLICT ({conflict}) DO UPDATE SET {replaced}"
    )


def _ids_by_key(table: str, keys: Sequence[str]) -> str:
    """Return the query for the ids of rows by keys: one parameter, a JSON list of lists."""
    same = " AND ".join(
        f"stored.\"{name}\" = json_extract(asked.value, '$[{place}]')"
        for place, name in enumerate(keys)
    )
    return f'SELECT stored.id FROM json_each(?) AS asked JOIN "{table}" AS stored ON {same}'


def _as_stored(act: ChangeSet) -> dict[str, Any]:
    """Return the columns of a change set as a check finds them, whatever language is in use."""
    return plain_from_stored(ChangeSet, stored_of(act))


def _digest_of(kind: type[Any], columns: Mapping[str, Any]) -> str:
    """Return the digest of a row, after refusing text that would not come back as it was."""
    for value in columns.values():
        if isinstance(value, str):
            _must_be_text(value)
        elif isinstance(value, tuple):
            _must_be_text(*(item for item in value if isinstance(item, str)))
    return row_digest(kind, columns)


def _must_be_text(*texts: str) -> None:
    """Refuse NUL, at which other programs cut a text off, and halves of characters.

    Raises:
        RuleViolation: names the text.
    """
    for given in texts:
        if "\0" in given or not (given.isascii() or _is_unicode(given)):
            shown = given.encode("ascii", "backslashreplace").decode().replace("\0", "\\x00")
            raise RuleViolation(
                _("The text “{text}” holds a character that cannot be kept. Correct it.").format(
                    text=shown if len(shown) <= SHOWN else shown[:SHOWN] + "…"
                )
            )


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _must_be_derived(kind: type[Any]) -> None:
    if kind not in DERIVED:
        raise ValueError(f"{kind.__name__} is recorded; use insert and update")
