"""Write an import into the library, batch by batch, as one group of change sets."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from app.base.errors import StorageError
from app.base.i18n import _
from app.base.told import tell, tell_count
from app.domain.catalog.geometry import GeometryFacts, LengthUnit
from app.domain.catalog.import_report import ImportedPart, RefusedFile
from app.domain.catalog.part import Part, PartRevision
from app.domain.catalog.stored_file import StoredFile
from app.domain.changes import Changes
from app.domain.lifecycle.product import name_key
from app.services.catalog.import_drafts import FileDraft, untouched_drafts
from app.services.catalog.import_geometry import MeasuredFile, store_geometry
from app.services.catalog.import_plan import ImportPlan, PlannedPart, hash_file
from app.services.catalog.import_products import ProductTally, ensure_products, store_products
from app.services.catalog.import_records import Touched, store
from app.services.catalog.import_supply import store_supply, store_where_used
from app.services.catalog.import_values import Origin, part_from

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.objects import Staged
    from app.storage.writer import Writer

_DERIVED_KINDS = frozenset({"geometry_facts"})


@dataclass(frozen=True, slots=True)
class ReadyPart:
    """A planned part whose files have been measured; refused files are left out."""

    planned: PlannedPart
    files: tuple[MeasuredFile, ...] = ()

    def told(self) -> ImportedPart:
        row = self.planned.row
        return ImportedPart(
            number=self.planned.number,
            name=self.planned.name,
            sheet=row.sheet if row else "",
            row=row.row if row else 0,
            files=tuple(file.source.name for file in self.files),
        )


class _Rehearsed(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


class ImportWriter:
    """Writes batches; each is whole or absent, and all of them are undone together.

    Args:
        dry_run: do everything, then roll back.
        adopt: drafts named by their file that listed parts take over, by the listed part's key.
    """

    def __init__(
        self,
        library: Library,
        plan: ImportPlan,
        origin: Origin,
        *,
        who: str,
        dry_run: bool,
        adopt: Mapping[str, FileDraft],
    ) -> None:
        self._library, self._plan, self._origin = library, plan, origin
        self._who, self._dry_run = who, dry_run
        self._adopt = adopt
        self._agreed = frozenset(name_key(day.product) for day in plan.table.product_dates)
        with library.reading() as read:
            listed = plan.table_sha256
            known = bool(listed) and read.count(StoredFile, sha256=listed) > 0
        # A list that the library has seen before confirms nothing new, unless it was corrected.
        self._confirm = not known or bool(plan.corrected)
        self._table_kept = known or plan.table_path is None
        self._corrections_kept = False
        self.group_id: int | None = None
        self.changes = Changes()
        self.products = ProductTally()
        self.created: list[ImportedPart] = []
        self.updated: list[ImportedPart] = []
        self.unchanged: list[ImportedPart] = []
        self.refused_files: list[RefusedFile] = []
        self.adopted: dict[str, Part] = {}  # what the draft was, by the listed part's key
        self.without_geometry: set[str] = set()  # keys

    def write_products(self) -> None:
        """Store the sheet of products and the dates on which all rows of a product agree."""
        table = self._plan.table
        if table.products or table.product_dates:
            self._transact(lambda write: store_products(write, table, self._origin, self.products))

    def write_parts(self, parts: Sequence[ReadyPart]) -> None:
        """Store a batch of parts with all that their rows say, and their files."""
        if not parts:
            return
        staged: dict[str, Staged] = {}
        if not self._dry_run:
            staged, present = self._stage(parts)
            parts = self._without_changed(parts, present | staged.keys())
        touched, created = Touched(), set[int]()
        ids: dict[str, int] = {}

        def work(write: Writer) -> None:
            ids.update(self._store_parts(write, parts, touched, created))
            self._store_files(write, parts, ids, touched, staged)

        try:
            self._transact(work)
        finally:
            for waiting in staged.values():
                self._library.objects.discard(waiting)
        for ready in parts:
            part_id = ids[ready.planned.key]
            if part_id in created:
                self.created.append(ready.told())
            elif part_id in touched.parts:
                self.updated.append(ready.told())
            else:
                self.unchanged.append(ready.told())

    def _transact(self, work: Callable[[Writer], None]) -> None:
        act = self._act()
        try:
            with self._library.writing(who=self._who, act=act, group=self.group_id) as write:
                work(write)
                if self._dry_run:
                    raise _Rehearsed
                self._keep_table(write)
        except _Rehearsed:
            return
        self.changes = self.changes | write.changes
        recorded = [kind for kind in write.changes.ids if kind not in _DERIVED_KINDS]
        if self.group_id is None and write.changes.touches(*recorded):
            self.group_id = write.group_id

    def _act(self) -> str:
        source, corrected = self._origin.source, len(self._plan.corrected)
        if not corrected:
            return tell("import {source}", source=source)
        return tell_count(
            "import {source} with {count} cell corrected by hand",
            "import {source} with {count} cells corrected by hand",
            corrected,
            source=source,
        )

    def _stage(self, parts: Sequence[ReadyPart]) -> tuple[dict[str, Staged], set[str]]:
        """Copy files that the library lacks into its waiting room, before the write lock.

        Returns:
            Copies by hash, and the hashes that the library holds already.
        """
        objects = self._library.objects
        wanted = {file.report.sha256: file for part in parts for file in part.files}
        with self._library.reading() as read:
            known = {stored.sha256 for stored in read.fetch(StoredFile, sha256=list(wanted))}
        staged: dict[str, Staged] = {}
        try:
            for sha256, file in wanted.items():
                if sha256 not in known or not objects.path_of(sha256).exists():
                    copy = self._copy(file)
                    if copy is not None:
                        staged[copy.sha256] = copy
        except BaseException:
            for waiting in staged.values():
                objects.discard(waiting)
            raise
        return staged, known

    def _copy(self, file: MeasuredFile) -> Staged | None:
        """Return the copy of a file; None where the file itself can no longer be read."""
        try:
            return self._library.objects.stage(file.source.path)
        except StorageError:
            if hash_file(file.source.path):
                raise  # the library cannot take it
            return None

    def _without_changed(self, parts: Sequence[ReadyPart], held: set[str]) -> list[ReadyPart]:
        """Refuse files whose bytes are no longer those that were read.

        Args:
            held: hashes that the library has or is about to take in.
        """
        kept = []
        for ready in parts:
            files = tuple(file for file in ready.files if file.report.sha256 in held)
            reason = _("The file changed while it was being imported. Import it again.")
            self.refused_files += [
                RefusedFile(file=file.source.name, reason=reason)
                for file in ready.files
                if file not in files
            ]
            if files or ready.planned.row is not None:
                kept.append(ReadyPart(ready.planned, files))
        return kept

    def _keep_table(self, write: Writer) -> None:
        """Keep the list itself with the first change that comes from it: it is the evidence.

        Beside it the corrections, for they are what it does not say.
        """
        table = self._plan.table_path
        if not write.changes or table is None:
            return
        if not self._table_kept:
            write.keep_file(table)
            self._table_kept = True
        if self._plan.corrected and not self._corrections_kept:
            write.keep_bytes(corrections_document(self._plan))
            self._corrections_kept = True

    def _store_parts(
        self, write: Writer, parts: Sequence[ReadyPart], touched: Touched, created: set[int]
    ) -> dict[str, int]:
        """Store parts with their rows; returns part ids by number key."""
        planned = {ready.planned.key: ready.planned for ready in parts}
        stored = {p.number_key: p for p in write.fetch(Part, number_key=list(planned))}
        fresh = [part for key, part in planned.items() if key not in stored]
        stored |= self._adopted_parts(write, fresh)
        fresh = [part for part in fresh if part.key not in stored]
        ids = {key: part.id for key, part in stored.items()}
        new_ids = write.insert([part_from(part, None, self._origin) for part in fresh])
        ids.update(zip((part.key for part in fresh), new_ids, strict=True))
        created.update(new_ids)
        store(
            write,
            [(part, self._wanted(planned[key], part)) for key, part in stored.items()],
            confirm=False,
            changed=lambda part: touched.parts.add(part.id),
        )
        rows = {ids[key]: part.row for key, part in planned.items() if part.row is not None}
        names = [name for row in rows.values() for name in row.used_in]
        products = ensure_products(write, names, self._origin, self.products)
        store_where_used(write, rows, products, self._origin, touched)
        store_supply(write, rows, self._agreed, self._origin, touched, confirm=self._confirm)
        return ids

    def _adopted_parts(self, write: Writer, fresh: Sequence[PlannedPart]) -> dict[str, Part]:
        """Return the drafts that new numbers take over, as stored; one touched meanwhile is not."""
        wanted = {part.key: self._adopt[part.key] for part in fresh if part.key in self._adopt}
        ids = [draft.part.id for draft in wanted.values()]
        still = untouched_drafts(write, ids) if ids else {}
        adopted = {key: draft.part for key, draft in wanted.items() if draft.part.id in still}
        self.adopted |= adopted
        return adopted

    def _wanted(self, planned: PlannedPart, stored: Part) -> Part:
        """Return a part as it should be after the import; an adopted draft gets its number."""
        part = part_from(planned, stored, self._origin)
        if planned.key == stored.number_key:
            return part
        return replace(part, number=planned.number, number_key=planned.key)

    def _store_files(
        self,
        write: Writer,
        parts: Sequence[ReadyPart],
        ids: dict[str, int],
        touched: Touched,
        staged: dict[str, Staged],
    ) -> None:
        wanted: dict[int, Sequence[MeasuredFile]] = {}
        facts: dict[tuple[str, LengthUnit], GeometryFacts] = {}
        for ready in parts:
            if ready.files:
                wanted[ids[ready.planned.key]] = ready.files
            for file in ready.files:
                self._take_in(write, file, staged)
                if file.report.facts is not None:
                    facts[file.report.sha256, file.report.unit] = file.report.facts
        touched.parts |= store_geometry(write, wanted, origin=self._origin)
        revisions = write.fetch(PartRevision, part_id=list(ids.values()))
        shown = {revision.part_id for revision in revisions}
        self.without_geometry |= {key for key, part_id in ids.items() if part_id not in shown}
        hashes = [sha256 for sha256, _unit in facts]
        known = {(f.sha256, f.unit): f for f in write.fetch(GeometryFacts, sha256=hashes)}
        fresh = [f for key, f in facts.items() if key not in known or not _equal(f, known[key])]
        write.replace_derived(GeometryFacts, fresh, key="sha256, unit")

    def _take_in(self, write: Writer, file: MeasuredFile, staged: dict[str, Staged]) -> None:
        """Make sure the library holds the bytes."""
        sha256 = file.report.sha256
        if sha256 in staged:
            write.adopt(staged[sha256])
        elif self._dry_run and write.find(StoredFile, sha256=sha256) is None:
            size = file.report.size_bytes
            write.insert([StoredFile(sha256=sha256, size_bytes=size, added_at=write.now)])


def corrections_document(plan: ImportPlan) -> bytes:
    """Return the cells that a person corrected, as JSON that names the list by its hash."""
    document = {
        "corrections_of": {"sha256": plan.table_sha256},
        "cells": [asdict(cell) for cell in plan.corrected],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _equal(measured: GeometryFacts, stored: GeometryFacts) -> bool:
    return replace(measured, id=stored.id) == stored
