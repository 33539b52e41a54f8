"""What a card says, and what a table's row says."""

from datetime import date
from typing import Any

import pytest

from app.domain.catalog.length_unit import LengthUnit
from app.domain.qualification.qualification_list import QualificationLine
from app.domain.qualification.validity import QualificationStatus
from app.ui.board.card_face import card_face, card_sentences
from app.ui.board.qualification_columns import qualification_columns
from app.ui.board.status_words import status_mark, status_word
from app.ui.widgets.glyphs import MARKS

TODAY = date(2026, 11, 23)
Status = QualificationStatus


def line(**more: Any) -> QualificationLine:
    fields: dict[str, Any] = {
        "id": 1,
        "part_id": 1,
        "number": "A-1",
        "name": "Door roller",
        "revision": "B",
        "sha256": "1" * 64,
        "unit": LengthUnit.MM,
        "major": 2,
        "minor": 1,
        "machine": "LS 340",
        "material": "PA12-X",
        "provider": "Nordlicht",
        "status": Status.UNDER_TEST,
        "started_on": date(2026, 10, 1),
        "valid_until": None,
        "author": "Jana Aalto",
        "approver": "",
        "blocked_reason": "",
        "proofs": 3,
        "sound": 2,
        "mine": False,
    }
    return QualificationLine(**{**fields, **more})


@pytest.mark.parametrize(
    ("more", "note", "when"),
    [
        ({}, "Jana Aalto", "53 d"),
        ({"status": Status.IN_REVIEW, "mine": True}, "Jana Aalto", "53 d"),
        (
            {"status": Status.EXPIRING, "approver": "Ines", "valid_until": date(2026, 12, 30)},
            "Ines",
            "2026-12-30",
        ),
        ({"status": Status.QUALIFIED, "approver": "Ines"}, "Ines", "no end"),
        ({"status": Status.BLOCKED, "blocked_reason": "Handle broke"}, "Handle broke", ""),
    ],
)
def test_a_card_says_who_and_how_long(more: dict[str, Any], note: str, when: str) -> None:
    face = card_face(line(**more), TODAY)
    assert (face.note, face.when, face.mine) == (note, when, bool(more.get("mine")))


def test_a_card_counts_sound_proofs_of_those_wanted() -> None:
    face = card_face(line(), TODAY)
    assert (face.evidence, round(face.share, 2)) == ("2/3", 0.67)
    bare = card_face(line(proofs=0, sound=0), TODAY)
    assert (bare.evidence, bare.share) == ("0/1", 0.0)
    assert "No evidence yet" in card_sentences(line(proofs=0, sound=0), TODAY)


def test_a_card_without_a_file_asks_for_no_picture() -> None:
    assert card_face(line(), TODAY).picture == ("1" * 64, LengthUnit.MM)
    assert card_face(line(sha256="", unit=None), TODAY).picture is None


def test_all_of_it_is_told_in_sentences() -> None:
    mine = line(status=Status.IN_REVIEW, mine=True, valid_until=date(2027, 1, 1))
    assert card_sentences(mine, TODAY) == [
        "A-1, revision B",
        "Door roller",
        "In review",
        "LS 340 at Nordlicht, PA12-X",
        "Author: Jana Aalto",
        "Waits for your review",
        "Evidence: 2 of 3 proofs are sound",
        "Started 2026-10-01",
        "Valid until 2027-01-01",
    ]
    blocked = line(status=Status.BLOCKED, blocked_reason="Handle broke", approver="Ines")
    assert {"Handle broke", "Approved by Ines"} <= set(card_sentences(blocked, TODAY))


def test_every_status_has_a_word_and_a_glyph_of_its_own() -> None:
    assert len({status_word(status) for status in Status}) == len(Status)
    shapes = {MARKS[status_mark(status)].shape for status in Status}
    assert len(shapes) == len(Status)


def test_a_row_tells_the_same() -> None:
    columns = qualification_columns()
    told = {column.key: column.text(line(approver="Ines")) for column in columns}
    assert told["definition"] == "2.1"
    assert (told["status"], told["evidence"]) == ("Under test", "2/3")
    assert (told["started"], told["valid_until"]) == ("2026-10-01", "")
    assert told["people"] == "Jana Aalto, Ines"
