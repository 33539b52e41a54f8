"""Lists of qualifications in SQL: status, scope, text, order."""

from datetime import date, timedelta

import pytest

from app.domain.qualification.qualification import Qualification, QualificationState
from app.domain.qualification.qualification_list import (
    ENDING_SOON,
    QualificationFilter,
    QualificationLine,
    QualificationScope,
    QualificationSort,
)
from app.domain.qualification.validity import QualificationStatus, assess_status
from app.storage.library import Library
from helpers.stored_qualifications import AUTHOR, Shop

TODAY = date(2026, 11, 23)
REVIEWER = "Ines Kolb"
QUALIFIED, IN_REVIEW = QualificationState.QUALIFIED, QualificationState.IN_REVIEW


@pytest.fixture
def shop(library: Library) -> Shop:
    return Shop(library)


def ids(
    shop: Shop,
    *,
    sort: QualificationSort = QualificationSort.STARTED,
    who: str = REVIEWER,
    descending: bool = False,
    **wanted: object,
) -> list[int]:
    with shop.library.reading() as read:
        found = read.qualifications.ids(
            QualificationFilter(**wanted),  # type: ignore[arg-type]  # fields of the filter
            sort,
            who=who,
            today=TODAY,
            descending=descending,
        )
    return [number for number, _part in found]


def lines(shop: Shop, *numbers: int, who: str = REVIEWER) -> list[QualificationLine]:
    with shop.library.reading() as read:
        return read.qualifications.lines(numbers, who=who, today=TODAY)


@pytest.mark.parametrize("state", list(QualificationState))
def test_a_status_is_the_one_that_the_rule_gives(shop: Shop, state: QualificationState) -> None:
    ends = (None, *(TODAY + timedelta(days=days) for days in (-400, -1, 0, 1, 59, 60, 61, 900)))
    stored = [shop.add_part(f"A{n}", state, valid_until=end) for n, end in enumerate(ends)]
    with shop.library.reading() as read:
        ruled = {item.id: assess_status(item, TODAY) for item in read.fetch(Qualification)}
    assert {line.id: line.status for line in lines(shop, *stored)} == ruled
    for status in QualificationStatus:
        found = sorted(ids(shop, status=status))
        assert found == [number for number in stored if ruled[number] is status]


def test_a_line_tells_all_of_one_qualification(shop: Shop) -> None:
    definition = shop.define("A-1", "Door roller", sha256=shop.file)
    number = shop.add(definition, QUALIFIED, approver=REVIEWER, valid_until=date(2028, 1, 1))
    [line] = lines(shop, number)
    assert (line.number, line.name, line.revision) == ("A-1", "Door roller", "A")
    assert (line.machine, line.material, line.provider) == ("LS 340", "PA12-X", "Nordlicht GmbH")
    assert (line.author, line.approver) == (AUTHOR, REVIEWER)
    assert (line.sha256, line.unit is not None) == (shop.file, True)
    assert (line.major, line.minor, line.valid_until) == (1, 0, date(2028, 1, 1))


def test_proofs_that_failed_or_ended_are_not_sound(shop: Shop) -> None:
    number = shop.add_part("A-1")
    assert [(line.sound, line.proofs, line.wanted) for line in lines(shop, number)] == [(0, 0, 1)]
    shop.prove(number, valid_until=TODAY)
    shop.prove(number, passed=False)
    shop.prove(number, valid_until=TODAY - timedelta(days=1))
    [line] = lines(shop, number)
    assert (line.sound, line.proofs, line.wanted) == (1, 3, 3)


def test_mine_is_what_four_eyes_let_me_approve(shop: Shop) -> None:
    mine = shop.add_part("A-1", IN_REVIEW)
    shop.prove(mine)
    other = shop.add_part("A-2", IN_REVIEW, author="Kolb, Ines")
    proven = shop.add_part("A-3", IN_REVIEW)
    shop.prove(proven, added_by="INES KOLB")
    shop.add_part("A-4", QualificationState.UNDER_TEST)
    assert ids(shop, scope=QualificationScope.MINE) == [mine]
    assert ids(shop, scope=QualificationScope.MINE, who="Aalto, Jana") == [other]
    assert len(ids(shop, scope=QualificationScope.IN_REVIEW)) == 3
    assert [line.mine for line in lines(shop, mine, proven)] == [True, False]


def test_what_ends_is_named_unless_a_later_one_replaced_it(shop: Shop) -> None:
    soon = TODAY + ENDING_SOON
    ends = shop.add_part("A-1", QUALIFIED, valid_until=soon)
    ended = shop.add_part("A-2", QUALIFIED, valid_until=TODAY - timedelta(days=9))
    shop.add_part("A-3", QUALIFIED, valid_until=soon + timedelta(days=1))
    shop.add_part("A-4", QUALIFIED)
    shop.add_part("A-5", QualificationState.BLOCKED, valid_until=TODAY)
    renewed = shop.define("A-6")
    shop.add(renewed, QUALIFIED, valid_until=TODAY)
    shop.add(renewed, QUALIFIED, valid_until=TODAY + timedelta(days=900))
    ending = ids(shop, scope=QualificationScope.ENDING, sort=QualificationSort.VALID_UNTIL)
    assert ending == [ended, ends]


def test_every_word_must_occur_somewhere(shop: Shop) -> None:
    roller = shop.add(shop.define("A-1", "Türrolle"))
    clip = shop.add(shop.define("0047", "Clip 50%"), author="Bo Weiss")
    assert ids(shop, text="türr") == [roller]
    assert ids(shop, text="47") == [clip]
    assert ids(shop, text="weiss nordlicht pa12") == [clip]
    assert ids(shop, text="ls nordx") == []
    assert sorted(ids(shop, text="LS PA12-x")) == [roller, clip]
    assert ids(shop, text="%") == ids(shop, text="_") == []


def test_counts_are_of_all_by_scope_and_of_what_is_found_by_status(shop: Shop) -> None:
    shop.add_part("A-1", IN_REVIEW)
    shop.add_part("A-2", IN_REVIEW, author=REVIEWER)
    shop.add_part("B-1", QUALIFIED, valid_until=TODAY)
    wanted = QualificationFilter(text="A-", status=QualificationStatus.DRAFT)
    with shop.library.reading() as read:
        counts = read.qualifications.counts(wanted, who=REVIEWER, today=TODAY)
    assert counts.scopes == {
        QualificationScope.ALL: 3,
        QualificationScope.IN_REVIEW: 2,
        QualificationScope.MINE: 1,
        QualificationScope.ENDING: 1,
    }
    assert counts.found == {
        **dict.fromkeys(QualificationStatus, 0),
        QualificationStatus.IN_REVIEW: 2,
    }


def test_an_empty_library_has_nothing_to_count(library: Library) -> None:
    with library.reading() as read:
        counts = read.qualifications.counts(QualificationFilter(), who=REVIEWER, today=TODAY)
    assert (counts.total, sum(counts.found.values())) == (0, 0)


@pytest.mark.parametrize("sort", list(QualificationSort))
def test_every_order_lists_all_once(shop: Shop, sort: QualificationSort) -> None:
    stored = [shop.add_part(f"A-{n}", state) for n, state in enumerate(QualificationState)]
    shop.prove(stored[0])
    for descending in (False, True):
        assert sorted(ids(shop, sort=sort, descending=descending)) == stored


def test_what_has_no_end_comes_last_in_both_directions(shop: Shop) -> None:
    late = shop.add_part("A-1", QUALIFIED, valid_until=date(2029, 1, 1))
    none = shop.add_part("A-2")
    early = shop.add_part("A-3", QUALIFIED, valid_until=date(2028, 1, 1))
    sort = QualificationSort.VALID_UNTIL
    assert ids(shop, sort=sort) == [early, late, none]
    assert ids(shop, sort=sort, descending=True) == [late, early, none]
    assert ids(shop, sort=QualificationSort.STATUS) == [none, late, early]


def test_evidence_orders_by_its_share(shop: Shop) -> None:
    half, none, full = (shop.add_part(f"A-{n}") for n in range(3))
    shop.prove(half)
    shop.prove(half, passed=False)
    shop.prove(full)
    assert ids(shop, sort=QualificationSort.EVIDENCE) == [none, half, full]


def test_lines_come_in_the_order_asked_and_leave_out_what_is_gone(shop: Shop) -> None:
    first, second = shop.add_part("A-1"), shop.add_part("A-2")
    assert [line.id for line in lines(shop, second, 999, first)] == [second, first]
