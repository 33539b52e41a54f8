"""Use case: fill a library with the sample inventory, through the use cases people use."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.progress import Progress
from app.base.told import tell
from app.domain.catalog.geometry import LengthUnit
from app.domain.catalog.part import Part, RightToMake
from app.domain.certificates.organisation import Organisation
from app.domain.changes import Changes
from app.domain.lifecycle.product import Product, WhereUsed, name_key
from app.services.catalog.find_part import find_part, find_revision
from app.services.catalog.import_inventory import import_inventory
from app.services.catalog.release_revision import release_revision
from app.services.catalog.set_rights import set_rights
from app.services.certificates.book_lot import Delivery, book_lot
from app.services.library.set_organisation import set_organisation
from app.services.lifecycle.flag_spares import flag_spares
from app.services.lifecycle.set_where_used import set_where_used
from app.services.sample.demonstration_key import create_demonstration_key
from app.services.sample.qualify_sample import qualify_sample
from app.services.sample.sample_story import SampleStory, tell_story
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library

_LATER_REVISION = "_rev_b"
_RELEASED = ("A004711", "A004720", "A004731", "A003340", "A006017")


@dataclass(frozen=True, slots=True)
class _Maker:
    """What every step needs."""

    library: Library
    story: SampleStory
    workers: WorkerPool
    who: str
    today: date

    @property
    def engineer(self) -> str:
        name: str = self.story.records["people"]["engineer"]
        return name


def create_sample(
    library: Library, *, workers: WorkerPool, who: str, progress: Progress | None = None
) -> Changes:
    """Fill an empty library: two products, seven parts, one of them qualified and delivered.

    The day is the library's clock's; the same clock gives the same inventory.

    Args:
        who: asks for the sample and is named as the one who imported it; the people in the story
            qualify and approve.

    Raises:
        RuleViolation: the library has parts already.
        StorageError: the library cannot be written.
        Cancelled: stopped; what was made so far stays.
    """
    progress = progress or Progress()
    with library.reading() as read:
        if read.count(Part):
            raise RuleViolation(
                _("The sample needs an empty library, and this one has parts already."),
                hint=_("Make another one: everspare --library FOLDER init --sample"),
            )
    today = library.clock.now().date()
    maker = _Maker(library, tell_story(today), workers, who, today)
    progress.report(0.0, _("Making the sample inventory"))
    set_organisation(library, Organisation(**maker.story.records["organisation"]), who=who)
    _import_lists(maker, progress.part(0.05, 0.6))
    _set_what_lists_lack(maker)
    progress.report(0.65, _("Qualifying sample parts"))
    qualify_sample(library, maker.story, today=today)
    _book_lots(maker)
    create_demonstration_key(library)
    progress.report(0.9, _("Judging sample parts"))
    flag_spares(library, who=who, today=today, cause=tell("sample inventory"))
    progress.finish()
    return Changes.everything_of("part", "product", "flag", "qualification", "lot")


def _import_lists(maker: _Maker, progress: Progress) -> None:
    """Import products, then parts with their files, then the hinge's second revision."""
    with tempfile.TemporaryDirectory(prefix="everspare-sample-") as folder:
        tables = {}
        for name, text in maker.story.tables.items():
            tables[name] = Path(folder) / name
            tables[name].write_text(text, encoding="utf-8")
        first = maker.story.geometry(without=_LATER_REVISION)
        later = [file for file in maker.story.geometry(without="_rev_a") if file not in first]
        _import(maker, [], tables["products.csv"], progress.part(0.0, 0.1))
        _import(maker, first, tables["spare_parts.csv"], progress.part(0.1, 0.8))
        for number in _RELEASED:
            _release(maker, number, _("series state"))
        _import(maker, later, tables["hinge_revision_b.csv"], progress.part(0.8, 1.0))
    _release(maker, "A004720@B", _("third screw, leaf 1 mm thicker"))


def _import(maker: _Maker, files: list[Path], table: Path, progress: Progress) -> None:
    report = import_inventory(
        maker.library,
        files,
        table=table,
        unit=LengthUnit.MM,
        who=maker.who,
        workers=maker.workers,
        progress=progress,
    )
    refused = [*report.refused_rows, *report.refused_files, *report.held_back]
    if refused:
        raise ValueError(f"the sample's own {table.name} is refused: {refused}")


def _release(maker: _Maker, named: str, why: str) -> None:
    with maker.library.reading() as read:
        _part, revision = find_revision(read, named)
    release_revision(maker.library, revision.id, who=maker.engineer, why=why)


def _set_what_lists_lack(maker: _Maker) -> None:
    """Rights to make and shares of failures stand in no parts list."""
    records: dict[str, Any] = maker.story.records
    for rights in records["rights"]:
        set_rights(
            maker.library,
            rights["part"],
            who=maker.engineer,
            why=rights["why"],
            right_to_make=RightToMake(rights["right"]),
            export_control=rights.get("export"),
            design_owner=rights["owner"],
        )
    for share in records["share"]:
        with maker.library.reading() as read:
            part = find_part(read, share["part"])
            product = read.one(Product, name_key=name_key(share["product"]))
            use = read.one(WhereUsed, part_id=part.id, product_id=product.id)
        set_where_used(
            maker.library,
            WhereUsed(
                part_id=use.part_id,
                product_id=use.product_id,
                quantity=use.quantity,
                failure_share=share["share"],
                source=_("repair statistics"),
            ),
            who=maker.engineer,
        )


def _book_lots(maker: _Maker) -> None:
    for lot in maker.story.records["lot"]:
        delivery = Delivery(
            number=lot["number"],
            part_number=lot["part"],
            provider=lot["provider"],
            quantity=lot["quantity"],
            serials=tuple(lot["serials"]),
            order_reference=lot["order_reference"],
            purchaser=lot["purchaser"],
            delivered_on=maker.today,  # not before the approval of the same day
        )
        book_lot(maker.library, delivery, who=maker.story.records["people"]["quality"])
