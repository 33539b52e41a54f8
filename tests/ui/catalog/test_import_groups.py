"""What the import page lists: whole sentences, with where they come from."""

from pathlib import Path

from app.domain.catalog.geometry import FileReport, UnitSource
from app.domain.catalog.import_report import DuplicateFile, ImportedPart, ImportReport, RefusedFile
from app.domain.catalog.length_unit import LengthUnit
from app.domain.catalog.part_table import RowNote
from app.domain.catalog.table_sheet import TableSheet
from app.services.catalog.foresee_import import Foreseen
from app.services.catalog.import_plan import ReadSources, SourceFile
from app.ui.catalog.import_groups import ImportGroup, groups_of_preview, groups_of_report
from app.ui.catalog.import_outlook import Counts, Outlook, count_rows
from app.ui.catalog.import_preview import Draft, make_preview


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


def test_a_preview_counts_what_would_happen_and_what_needs_a_look() -> None:
    sheet = TableSheet(
        "Parts",
        1,
        (
            ("Part no", "File", "Stock"),
            ("A1", "cap.stl", 3),
            ("A2", "", "many"),
            ("A1", "cap.stl", 3),
        ),
    )
    files = tuple(SourceFile(name, Path(name), name) for name in ("cap.stl", "knob.stl", "bad.obj"))
    preview = make_preview(Draft(ReadSources(Path("list.csv"), "x", (sheet,), files)))
    outlook = Outlook(
        Foreseen(created=frozenset({"knob"}), unchanged=frozenset({"a1"})),
        {"bad.obj": _unreadable("bad.obj")},
        doubtful={"knob.stl": LengthUnit.INCH},
    )
    groups = groups_of_preview(preview, outlook)
    assert {group.key: group.count for group in groups} == {
        "all": 5,
        "matched": 1,
        "files_without_row": 2,
        "joined": 1,
        "refused_rows": 1,
        "units": 1,
        "refused_files": 1,
        "unchanged": 1,
        "notes": 1,
    }
    assert [group.key for group in groups if group.section] == ["all", "refused_rows"]
    words = [outlook.outcome(row)[1] for row in preview.rows()]
    assert words == ["Unchanged", "Fix cell", "Joined", "Unit?", "Unreadable"]
    assert count_rows(preview, outlook) == Counts(ready=2, waiting=1)


def _unreadable(name: str) -> FileReport:
    return FileReport(
        file_name=name, sha256="", size_bytes=0, format=None, unit=LengthUnit.MM,
        unit_source=UnitSource.ASSUMED, facts=None, accepted=False, reason="It ends too early.",
    )  # fmt: skip
