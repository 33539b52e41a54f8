"""Pages of qualifications, and the parts behind them."""

from datetime import date

from app.domain.qualification.qualification import QualificationState
from app.domain.qualification.qualification_list import QualificationFilter, QualificationSort
from app.domain.qualification.validity import QualificationStatus
from app.services.qualification.count_qualifications import count_qualifications
from app.services.qualification.list_qualifications import QualificationPages, list_qualifications
from app.storage.library import Library
from helpers.stored_qualifications import Shop

TODAY = date(2026, 11, 23)


def pages(library: Library, **more: object) -> QualificationPages:
    sort = QualificationSort.PART
    wanted = QualificationFilter(**more)  # type: ignore[arg-type]  # fields of the filter
    return list_qualifications(library, wanted, who="Ines Kolb", today=TODAY, sort=sort)


def test_pages_list_all_in_chunks_and_rows_by_id(library: Library) -> None:
    shop = Shop(library)
    stored = [shop.add_part(f"A-{n}") for n in range(5)]
    found = pages(library)
    assert [line.id for line in found.first_rows(2)] == stored[:2]
    assert [list(chunk) for chunk in found.id_chunks(2)] == [stored[:2], stored[2:4], stored[4:]]
    assert [line.number for line in found.rows([stored[3], stored[0]])] == ["A-3", "A-0"]


def test_the_parts_of_a_list_come_once_each(library: Library) -> None:
    shop = Shop(library)
    twice = shop.define("A-1")
    stored = [shop.add(twice), shop.add(twice), shop.add_part("A-2")]
    found = pages(library)
    assert found.parts_of(stored) == []  # nothing was listed yet
    assert [line.part_id for line in found.first_rows(9)] == [1, 1, 2]
    assert found.parts_of([*stored, 999]) == [1, 2]


def test_equal_lists_are_equal_whatever_was_read(library: Library) -> None:
    shop = Shop(library)
    shop.add_part("A-1")
    read = pages(library)
    read.first_rows(1)
    assert read == pages(library)
    assert read != pages(library, text="A")


def test_counting_follows_the_filter(library: Library) -> None:
    shop = Shop(library)
    shop.add_part("A-1", QualificationState.BLOCKED)
    shop.add_part("B-1")
    wanted = QualificationFilter(text="A-1")
    counts = count_qualifications(library, wanted, who="Ines Kolb", today=TODAY)
    assert (counts.total, counts.found[QualificationStatus.BLOCKED]) == (2, 1)
    assert counts.found[QualificationStatus.DRAFT] == 0
