"""What the import page lists: whole sentences, with where they come from."""

from pathlib import Path

from app.domain.catalog.import_report import DuplicateFile, ImportedPart, ImportReport, RefusedFile
from app.domain.catalog.part_table import PartTable, ProductRow, RowNote
from app.services.catalog.import_plan import ImportPlan, PlannedPart, SourceFile
from app.ui.catalog.import_groups import ImportGroup, groups_of_plan, groups_of_report


def _texts(groups: tuple[ImportGroup, ...]) -> dict[str, list[tuple[str, str, str]]]:
    return {
        group.key: [(line.where, line.subject, line.text) for line in group.lines]
        for group in groups
    }


def test_an_import_that_did_nothing_says_that_nothing_is_new() -> None:
    assert _texts(groups_of_report(ImportReport())) == {"created": []}


def test_an_outcome_names_row_file_and_reason() -> None:
    report = ImportReport(
        created=(
            ImportedPart(number="A1", name="Cap", sheet="Parts", row=2, files=("cad/cap.stl",)),
            ImportedPart(number="knob", name="knob", files=("cad/knob.stl",)),
        ),
        unchanged=(ImportedPart(number="A2", row=3),),
        products_created=("Pump K2",),
        products_updated=("Pump K3",),
        refused_files=(RefusedFile(file="cad/broken.stl", reason="The file ends too early."),),
        duplicates=(
            DuplicateFile(file="cad/copy.stl", same_as="A1", catalogued=False),
            DuplicateFile(file="cad/twin.stl", same_as="A1", catalogued=True),
        ),
        notes=(RowNote(sheet="Parts", row=4, column="F", text="The price has no currency."),),
    )
    assert _texts(groups_of_report(report)) == {
        "created": [("Parts, row 2", "A1", "Cap · cap.stl"), ("knob.stl", "knob", "")],
        "unchanged": [("Row 3", "A2", "")],
        "products_created": [("", "", "Pump K2")],
        "products_updated": [("", "", "Pump K3")],
        "refused_files": [("broken.stl", "", "The file ends too early.")],
        "duplicates": [
            ("copy.stl", "", "Has the same bytes as A1; left out."),
            (
                "twin.stl",
                "",
                "Has the same bytes as A1; catalogued all the same, a row asks for it.",
            ),
        ],
        "notes": [("Parts, row 4", "", "The price has no currency.")],
    }


def test_a_plan_lists_drafts_and_products_before_anything_is_read() -> None:
    knob = SourceFile(path=Path("cad/knob.stl"), name="cad/knob.stl")
    plan = ImportPlan(
        table=PartTable(products=(ProductRow(sheet="Products", row=2, name="Pump K2"),)),
        parts=(PlannedPart(number="knob", name="Rotary knob", row=None, files=(knob,)),),
    )
    assert _texts(groups_of_plan(plan)) == {
        "files_without_row": [("knob.stl", "knob", "Rotary knob")],
        "products": [("Products, row 2", "", "Pump K2")],
    }
