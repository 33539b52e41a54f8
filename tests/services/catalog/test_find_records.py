"""Finding records of several kinds by a few letters."""

from app.domain.inventory.found_record import FoundRecord, RecordKind
from app.domain.lifecycle.product import Product, name_key
from app.services.catalog.find_records import find_records
from app.storage.library import Library
from helpers.builders import parts


def _fill(library: Library) -> None:
    names = ("Dishwasher D620", "Dishwasher D640", "Mower 100%")
    with library.writing(who="Anna", act="seed") as write:
        write.insert(parts(12))
        write.insert([Product(name=name, name_key=name_key(name)) for name in names])


def test_the_part_of_exactly_that_number_comes_first(library: Library) -> None:
    _fill(library)
    found = find_records(library, "A00003")
    assert found[0].name == "A00003"
    assert [record.name for record in found].count("A00003") == 1


def test_products_are_found_by_any_part_of_their_name(library: Library) -> None:
    _fill(library)
    found = [r.name for r in find_records(library, "WASHER") if r.kind is RecordKind.PRODUCT]
    assert sorted(found) == ["Dishwasher D620", "Dishwasher D640"]


def test_signs_of_the_query_language_are_letters_like_others(library: Library) -> None:
    _fill(library)
    assert find_records(library, "100%") == [
        FoundRecord(kind=RecordKind.PRODUCT, name="Mower 100%")
    ]
    assert find_records(library, "_____") == []


def test_no_kind_crowds_out_another_and_blanks_find_nothing(library: Library) -> None:
    _fill(library)
    found = find_records(library, "d", limit=1)
    assert len([r for r in found if r.kind is RecordKind.PRODUCT]) == 1
    assert len([r for r in found if r.kind is RecordKind.PART]) <= 1
    assert find_records(library, "  ") == []
