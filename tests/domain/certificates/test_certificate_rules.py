"""Who may issue what, what must be filled in, and when a lot may be booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import RuleViolation
from app.domain.certificates.certificate import CertificateType, Lot
from app.domain.certificates.certificate_content import Party
from app.domain.certificates.issue_rules import (
    LATER_TYPES,
    check_complete,
    check_issuer,
    missing_fields,
    parse_certificate_type,
    retain_until,
)
from app.domain.certificates.lot_rules import (
    check_licence,
    check_lot,
    check_new_serials,
    expand_serials,
)
from app.domain.packages.print_package import PrintPackage
from helpers.signed_samples import NOW, certificate_content

LOT = Lot(
    id=1,
    number="L-1",
    definition_id=1,
    provider_id=1,
    package_id=1,
    quantity=3,
    serials=("a", "b", "c"),
    manufacturer="North Print Oy",
    delivered_on=date(2026, 11, 20),
)
PACKAGE = PrintPackage(
    id=1,
    number="P-2026-0001",
    definition_id=1,
    provider_id=1,
    quantity=10,
    licence_id="L",
    sha256="",
    file_name="",
    key_fingerprint="",
    exported_by="Anna",
    exported_at=NOW,
)


@pytest.mark.parametrize("word", LATER_TYPES)
def test_later_types_are_refused_with_what_can_be_issued(word: str) -> None:
    with pytest.raises(RuleViolation, match=r"It issues: declaration .* 2\.1"):
        parse_certificate_type(word)


def test_types_are_read_and_others_are_wrong_usage() -> None:
    assert parse_certificate_type(" Declaration") is CertificateType.DECLARATION
    assert parse_certificate_type("2.1") is CertificateType.COMPLIANCE_2_1
    with pytest.raises(ValueError, match=r"4\.0"):
        parse_certificate_type("4.0")


def test_only_the_manufacturer_issues_documents_of_en_10204() -> None:
    check_issuer(CertificateType.COMPLIANCE_2_1, "Norvik & Sohn GmbH", "NORVIK  & Sohn, GmbH")
    check_issuer(CertificateType.DECLARATION, "Norvik", "North Print Oy")
    with pytest.raises(RuleViolation) as refused:
        check_issuer(CertificateType.COMPLIANCE_2_1, "Norvik", "North Print Oy")
    assert "Attach the document of North Print Oy" in str(refused.value)
    assert "declaration of conformity" in str(refused.value)


def test_each_mandatory_field_is_named() -> None:
    assert missing_fields(certificate_content()) == ()
    empty = Party(name="", address=" ")
    content = certificate_content(
        number="",
        issuer=empty,
        manufacturer=empty,
        part_number="",
        revision="",
        lot_number="",
        requirements=(),
        place="",
        signatory=" ",
        function="",
        purchaser="",
        order_reference="",
    )
    assert len(missing_fields(content)) == 13
    assert len(missing_fields(replace(content, type=CertificateType.DECLARATION))) == 11
    with pytest.raises(RuleViolation, match="issuer's address"):
        check_complete(certificate_content(issuer=Party(name="Norvik")))


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": 0, "serials": ()},
        {"serials": ("a",)},
        {"delivered_on": date(2026, 11, 24)},
    ],
)
def test_a_contradiction_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(RuleViolation):
        check_complete(certificate_content(**change))


def test_a_time_without_zone_is_our_bug() -> None:
    with pytest.raises(ValueError, match="zone"):
        check_complete(certificate_content(issued_at=datetime(2026, 11, 23, 10, 0)))


def test_certificates_are_kept_ten_years() -> None:
    assert retain_until(date(2026, 11, 23)) == date(2036, 11, 23)
    assert retain_until(date(2024, 2, 29)) == date(2034, 3, 1)


def test_a_sound_lot_passes_and_contradictions_do_not() -> None:
    check_lot(LOT)
    check_lot(replace(LOT, serials=()))
    for change in (
        {"number": " "},
        {"quantity": 0},
        {"serials": ("a", "a", "b")},
        {"serials": ("a", "b")},
    ):
        with pytest.raises(RuleViolation):
            check_lot(replace(LOT, **change))  # type: ignore[arg-type]


@given(st.lists(st.integers(1, 5), max_size=6), st.integers(1, 10))
def test_the_piece_beyond_the_licence_is_never_booked(booked: list[int], more: int) -> None:
    lots = [replace(LOT, id=n, quantity=count, serials=()) for n, count in enumerate(booked)]
    if sum(booked) + more <= PACKAGE.quantity:
        check_licence(PACKAGE, lots, more)
        return
    with pytest.raises(RuleViolation, match="not covered"):
        check_licence(PACKAGE, lots, more)


def test_lots_of_other_packages_do_not_count() -> None:
    check_licence(PACKAGE, [replace(LOT, package_id=2, quantity=10)], 10)


def test_a_serial_is_given_once() -> None:
    with pytest.raises(RuleViolation, match="belongs to lot L-1"):
        check_new_serials(replace(LOT, number="L-2", serials=("c", "d")), [LOT])
    check_new_serials(replace(LOT, number="L-2", serials=("d",)), [LOT])


def test_serials_are_written_as_lists_and_ranges() -> None:
    assert expand_serials("A-009..A-011, B7") == ("A-009", "A-010", "A-011", "B7")
    assert expand_serials("") == ()
    assert expand_serials("8..10") == ("8", "9", "10")


@pytest.mark.parametrize("text", ["A..B", "A-3..A-1", "A-1..B-3", "1..9999999", "A-1.."])
def test_a_range_that_cannot_be_counted_is_refused(text: str) -> None:
    with pytest.raises(RuleViolation, match="no range"):
        expand_serials(text)
