"""What the first page names of qualifications: my reviews, and what ends."""

from datetime import date, timedelta

from app.domain.qualification.qualification import QualificationState
from app.services.overview.fetch_home import SHOWN, fetch_home
from app.storage.library import Library
from helpers.stored_qualifications import AUTHOR, Shop

TODAY = date(2026, 11, 23)
REVIEWER = "Ines Kolb"


def test_my_reviews_are_those_i_may_approve_the_oldest_first(library: Library) -> None:
    shop = Shop(library)
    for days in range(SHOWN + 2):
        shop.add_part(
            f"A-{days}", QualificationState.IN_REVIEW, started_on=TODAY - timedelta(days=days)
        )
    shop.add_part("B-1", QualificationState.IN_REVIEW, author=REVIEWER)
    reviews = fetch_home(library, who=REVIEWER, today=TODAY).reviews
    assert reviews.count == SHOWN + 2
    assert [line.part.number for line in reviews.lines] == ["A-5", "A-4", "A-3", "A-2"]
    assert (reviews.lines[0].on, reviews.lines[0].detail) == (TODAY - timedelta(days=5), AUTHOR)
    mine = fetch_home(library, who=AUTHOR, today=TODAY).reviews
    assert [line.part.number for line in mine.lines] == ["B-1"]


def test_what_ends_comes_by_its_last_day(library: Library) -> None:
    shop = Shop(library)
    for number, days in (("A-1", 90), ("A-2", -9), ("A-3", 400)):
        last = TODAY + timedelta(days=days)
        shop.add_part(number, QualificationState.QUALIFIED, valid_until=last)
    ending = fetch_home(library, who=REVIEWER, today=TODAY).expiring
    assert ending.count == 2
    assert [(line.part.number, line.on) for line in ending.lines] == [
        ("A-2", TODAY - timedelta(days=9)),
        ("A-1", TODAY + timedelta(days=90)),
    ]


def test_an_empty_library_needs_nothing(library: Library) -> None:
    overview = fetch_home(library, who=REVIEWER, today=TODAY)
    assert overview.is_empty
    assert (overview.reviews.count, overview.expiring.lines) == (0, ())
