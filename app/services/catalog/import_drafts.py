"""Find draft parts that an earlier import named by their file and that a list now names properly.

Without this, a file imported first and listed later would stand in the library twice: as the draft
called by its file and as the listed part. Only drafts that nobody has touched are taken over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from app.domain.catalog.file_match import fold_file_name, match_files
from app.domain.catalog.geometry import Geometry
from app.domain.catalog.part import Part, PartRevision, RevisionState
from app.domain.catalog.part_table import PartTable
from app.domain.lifecycle.product import Milestone, WhereUsed
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.domain.qualification.print_definition import PrintDefinition
from app.services.catalog.import_plan import PlannedPart

if TYPE_CHECKING:
    from app.storage.reader import Reader

_BY_PART: tuple[type[Any], ...] = (
    WhereUsed,
    SupplyPosition,
    SupplySource,
    DemandHistory,
    Milestone,
)


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A draft part named by its file, with nothing but its files.

    Attributes:
        files: at least one.
    """

    part: Part
    files: tuple[Geometry, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Names of the files, with the folder that the part's number repeats."""
        folder = PurePosixPath(self.part.number).parent
        return tuple((folder / file.file_name).as_posix() for file in self.files)


def find_drafts_to_adopt(read: Reader, parts: Sequence[PlannedPart]) -> dict[str, FileDraft]:
    """Return the draft that each listed part is to take over, by the listed part's key.

    Args:
        parts: of one import, rows and free files alike.
    """
    keys = {part.key for part in parts}
    known = {part.number_key for part in read.fetch(Part, number_key=list(keys))}
    fresh = [part for part in parts if part.row is not None and part.key not in known]
    if not fresh:
        return {}
    plain = read.fetch(Part, material="", design_owner="", export_control="", note="")
    # What this import speaks of by its own number is no draft to be renamed.
    wanted = [part.id for part in plain if part.number_key not in keys and _named_like_file(part)]
    return _match(fresh, parts, list(untouched_drafts(read, wanted).values()))


def untouched_drafts(read: Reader, part_ids: Collection[int]) -> dict[int, FileDraft]:
    """Return those of the parts that hold nothing but the files they are named by, by id."""
    parts = {part.id: part for part in read.fetch(Part, id=list(part_ids))}
    revisions: dict[int, list[PartRevision]] = defaultdict(list)
    for revision in read.fetch(PartRevision, part_id=list(parts)):
        revisions[revision.part_id].append(revision)
    single = {
        found[0].id: part_id
        for part_id, found in revisions.items()
        if len(found) == 1 and found[0].state is RevisionState.DRAFT
    }
    busy = {use.part_id for kind in _BY_PART for use in read.fetch(kind, part_id=list(parts))}
    defined = read.fetch(PrintDefinition, revision_id=list(single))
    busy |= {single[definition.revision_id] for definition in defined}
    files: dict[int, list[Geometry]] = defaultdict(list)
    for geometry in read.fetch(Geometry, revision_id=list(single)):
        files[single[geometry.revision_id]].append(geometry)
    return {
        part_id: FileDraft(parts[part_id], tuple(found))
        for part_id, found in files.items()
        if part_id not in busy and _is_plain(parts[part_id], found)
    }


def _named_like_file(part: Part) -> bool:
    return bool(part.name) and part.name in part.number


def _is_plain(part: Part, files: Iterable[Geometry]) -> bool:
    """Say whether the part says nothing but what an import without a row gives it."""
    stems = {fold_file_name(PurePosixPath(file.file_name).stem) for file in files}
    bare = Part(
        id=part.id,
        version=part.version,
        number=part.number,
        number_key=part.number_key,
        name=part.name,
        source=part.source,
    )
    own_name = fold_file_name(part.name)
    return part == bare and stems == {own_name} and own_name in fold_file_name(part.number)


def _match(
    fresh: Sequence[PlannedPart], parts: Sequence[PlannedPart], drafts: Sequence[FileDraft]
) -> dict[str, FileDraft]:
    """Match by the files that came with the list, else by the file that a row names.

    Args:
        fresh: those of `parts` that may take over a draft.
    """
    adopted: dict[str, FileDraft] = {}
    free = {draft.part.id: draft for draft in drafts}

    def adopt(part: PlannedPart, found: Iterable[FileDraft]) -> None:
        fitting = [draft for draft in found if draft.part.id in free]
        if len(fitting) == 1 and part.key not in adopted:
            adopted[part.key] = free.pop(fitting[0].part.id)

    claims = _Claims.of(parts)
    by_hash = _index((file.sha256, draft) for draft in drafts for file in draft.files)
    by_name = _index((fold_file_name(path), draft) for draft in drafts for path in draft.paths)
    for part in fresh:
        same = [d for f in part.files for d in by_name.get(fold_file_name(f.name), ())]
        alike = [d for f in part.files for d in by_hash.get(f.sha256, ())]
        # A name may bring formats along that this import lacks; bytes speak for themselves alone.
        adopt(part, {d.part.id: d for d in same if not _is_torn(d, part, claims)}.values())
        adopt(part, {d.part.id: d for d in alike if _holds_all(part, d)}.values())
    unique = {path: found[0] for path, found in by_name.items() if len(found) == 1}
    listed = [part for part in fresh if not part.files]
    rows = PartTable(parts=tuple(part.row for part in listed if part.row is not None))
    matches = match_files(rows, unique).rows
    asked: dict[int, set[tuple[str, ...]]] = defaultdict(set)
    for match in matches:
        for path in match.files:
            asked[unique[path].part.id].add(match.files)
    for part, match in zip(listed, matches, strict=True):
        found = {unique[path].part.id: unique[path] for path in match.files}
        # Two rows that ask for different files of a draft would tear it apart.
        adopt(part, [draft for part_id, draft in found.items() if len(asked[part_id]) == 1])
    return adopted


def _index(pairs: Iterable[tuple[str, FileDraft]]) -> dict[str, list[FileDraft]]:
    index: dict[str, list[FileDraft]] = defaultdict(list)
    for key, draft in pairs:
        if draft not in index[key]:
            index[key].append(draft)
    return index


@dataclass(frozen=True, slots=True)
class _Claims:
    """Which parts of an import bring a file, by its hash and by its folded name; keys of parts."""

    by_hash: dict[str, set[str]]
    by_name: dict[str, set[str]]

    @classmethod
    def of(cls, parts: Sequence[PlannedPart]) -> _Claims:
        claims = cls(defaultdict(set), defaultdict(set))
        for part in parts:
            for file in part.files:
                claims.by_hash[file.sha256].add(part.key)
                claims.by_name[_bare_name(file.name)].add(part.key)
        return claims


def _holds_all(part: PlannedPart, draft: FileDraft) -> bool:
    """Say whether the listed part brings every file of the draft."""
    hashes = {file.sha256 for file in part.files}
    names = {_bare_name(file.name) for file in part.files}
    return all(file.sha256 in hashes or _bare_name(file.file_name) in names for file in draft.files)


def _is_torn(draft: FileDraft, part: PlannedPart, claims: _Claims) -> bool:
    """Say whether a file of the draft would change its owner: another part brings it, not this."""
    for file in draft.files:
        owners = claims.by_hash.get(file.sha256, set()) | claims.by_name.get(
            _bare_name(file.file_name), set()
        )
        if owners and part.key not in owners:
            return True
    return False


def _bare_name(name: str) -> str:
    return fold_file_name(PurePosixPath(name).name)
