"""The words of the window: every state has one, and a mark that can be drawn."""

from datetime import UTC, date, datetime

import pytest

from app.domain.catalog.part import RevisionState
from app.domain.lifecycle.flag import Answer, Readiness
from app.domain.lifecycle.product import LifeCycleStage
from app.domain.qualification.qualification import QualificationState
from app.ui import words
from app.ui.widgets.glyphs import MARKS

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("word", "mark", "states"),
    [
        (words.qualification_word, words.qualification_mark, [None, *QualificationState]),
        (words.answer_word, words.answer_mark, [None, *Answer]),
        (words.readiness_word, words.readiness_mark, [*Readiness]),
        (words.stage_word, words.stage_mark, [*LifeCycleStage]),
        (words.revision_word, words.revision_mark, [None, *RevisionState]),
    ],
)
def test_every_state_has_a_word_of_its_own_and_a_mark(word, mark, states) -> None:  # type: ignore[no-untyped-def]
    found = [word(state) for state in states]
    assert all(found)
    assert len(set(found)) == len(states)
    assert all(mark(state) in MARKS for state in states)


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "in 1 day"),
        (date(2026, 11, 22), "1 day ago"),
        (date(2027, 1, 21), "in 59 days"),
        (date(2027, 5, 19), "in 6 months"),
        (date(2025, 6, 15), "17 months ago"),
        (date(2036, 11, 23), "in 10 years"),
        (date(2006, 11, 23), "20 years ago"),
    ],
)
def test_how_far_a_day_is(on: date, text: str) -> None:
    assert words.days_from_now(on, TODAY) == text


def test_days_without_end_or_unknown() -> None:
    assert words.day(date.max) == "no end"
    assert words.day(None) == ""
    assert words.day(TODAY) == "2026-11-23"
    assert words.moment(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)) == "2026-11-23 09:30 +0000"


def test_a_start_is_past_near_or_far() -> None:
    marks = [
        words.start_mark(on, TODAY)
        for on in (date(2026, 11, 22), TODAY, date(2027, 5, 25), date(2027, 5, 26), None)
    ]
    assert marks == ["past", "soon", "soon", "", ""]


def test_counts() -> None:
    assert words.parts_text(1) == "1 part"
    assert words.parts_text(1_234_567) == "1,234,567 parts"
