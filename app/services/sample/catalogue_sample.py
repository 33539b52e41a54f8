"""The part of the sample that comes from lists and files, and what no list says of a part."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.geometry import LengthUnit
from app.domain.catalog.part import RightToMake
from app.domain.lifecycle.product import (
    Confidence,
    Milestone,
    MilestoneKind,
    Product,
    WhereUsed,
    name_key,
)
from app.services.catalog.find_part import find_part, find_revision
from app.services.catalog.import_inventory import import_inventory
from app.services.catalog.release_revision import release_revision
from app.services.catalog.revise_part import revise_part
from app.services.catalog.set_rights import set_rights
from app.services.lifecycle.set_milestone import set_milestone
from app.services.lifecycle.set_where_used import set_where_used
from app.services.sample.sample_story import PARTS, PRODUCTS, SampleStory
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library


def catalogue_sample(
    library: Library, story: SampleStory, *, workers: WorkerPool, who: str, progress: Progress
) -> None:
    """Import products, then parts with their files, then what came later; release and complete.

    Raises:
        StorageError: the library cannot be written.
        Cancelled: stopped; what was made so far stays.
    """
    lists = _Lists(library, story, workers, who)
    with tempfile.TemporaryDirectory(prefix="everspare-sample-") as folder:
        lists.read(Path(folder), progress)
    engineer = story.person("engineer")
    _set_rights(library, story, engineer, progress.part(0.8, 0.9))
    _set_uses(library, story, engineer, progress.part(0.9, 0.97))
    for entry in story.records["milestone"]:
        _set_milestone(library, entry, engineer)
    for entry in story.records["begun"]:
        revise_part(library, entry["part"], who=engineer, why=entry["why"])
    progress.finish()


class _Lists:
    """Imports the sample's lists and files, in the order in which they came."""

    def __init__(self, library: Library, story: SampleStory, workers: WorkerPool, who: str) -> None:
        self._library, self._story, self._workers, self._who = library, story, workers, who

    def read(self, folder: Path, progress: Progress) -> None:
        for name, text in self._story.tables.items():
            (folder / name).write_text(text, encoding="utf-8")
        files = self._story.first_geometry()
        self._import([], folder / PRODUCTS, LengthUnit.MM, progress.part(0.0, 0.05))
        self._import(files, folder / PARTS, LengthUnit.MM, progress.part(0.05, 0.6))
        released = self._story.records["released"]
        for number in progress.part(0.6, 0.75).track(released["parts"], _("Releasing revisions")):
            self._release(number, released["why"])
        for entry in self._story.records["later_file"]:
            file, unit = self._story.geometry(entry["file"]), LengthUnit(entry["unit"])
            self._import([file], folder / entry["list"], unit, progress.part(0.75, 0.8))
            if "release" in entry:
                self._release(entry["release"]["part"], entry["release"]["why"])

    def _import(self, files: list[Path], table: Path, unit: LengthUnit, progress: Progress) -> None:
        report = import_inventory(
            self._library,
            files,
            table=table,
            unit=unit,
            who=self._who,
            workers=self._workers,
            progress=progress,
        )
        progress.check()  # an import that was stopped keeps what it has and returns
        refused = [*report.refused_rows, *report.refused_files, *report.held_back]
        if refused:
            raise ValueError(f"the sample's own {table.name} is refused: {refused}")

    def _release(self, named: str, why: str) -> None:
        with self._library.reading() as read:
            _part, revision = find_revision(read, named)
        engineer = self._story.person("engineer")
        release_revision(self._library, revision.id, who=engineer, why=why)


def _set_rights(library: Library, story: SampleStory, who: str, progress: Progress) -> None:
    judged = [(entry, part) for entry in story.records["rights"] for part in entry["parts"]]
    for rights, number in progress.track(judged, _("Setting rights")):
        set_rights(
            library,
            number,
            who=who,
            why=rights["why"],
            right_to_make=RightToMake(rights["right"]),
            export_control=rights.get("export"),
            design_owner=rights["owner"],
        )


def _set_uses(library: Library, story: SampleStory, who: str, progress: Progress) -> None:
    """Add to what the list says: the legal kind of the part and its share of the failures."""
    for told in progress.track(story.records["use"], _("Setting where parts are used")):
        with library.reading() as read:
            part = find_part(read, told["part"])
            product = read.one(Product, name_key=name_key(told["product"]))
            use = read.one(WhereUsed, part_id=part.id, product_id=product.id)
        use = replace(
            use,
            failure_share=told.get("share"),
            legal_part_kind=told.get("kind", ""),
            source=_("repair statistics") if "share" in told else use.source,
        )
        set_where_used(library, use, who=who)


def _set_milestone(library: Library, entry: dict[str, Any], who: str) -> None:
    with library.reading() as read:
        product = read.one(Product, name_key=name_key(entry["product"]))
    milestone = Milestone(
        product_id=product.id,
        kind=MilestoneKind(entry["kind"]),
        on=entry["on"],
        confidence=Confidence(entry["confidence"]),
        source=entry["source"],
    )
    set_milestone(library, milestone, who=who, why=entry["source"])
