"""What a list of qualifications is asked for, and what it adds up to."""

import pytest

from app.domain.qualification.qualification_list import (
    QualificationCounts,
    QualificationFilter,
    QualificationScope,
)
from app.domain.qualification.validity import QualificationStatus


@pytest.mark.parametrize(
    ("wanted", "empty"),
    [
        (QualificationFilter(), True),
        (QualificationFilter(text="  "), True),
        (QualificationFilter(status=QualificationStatus.DRAFT), True),
        (QualificationFilter(text="a"), False),
        (QualificationFilter(scope=QualificationScope.MINE), False),
    ],
)
def test_a_filter_is_empty_that_a_person_did_not_set(
    wanted: QualificationFilter, empty: bool
) -> None:
    assert wanted.is_empty is empty


def test_all_are_counted_whatever_is_found() -> None:
    counts = QualificationCounts({QualificationScope.ALL: 7}, {QualificationStatus.DRAFT: 2})
    assert counts.total == 7
    assert QualificationCounts().total == 0
