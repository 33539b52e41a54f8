"""What the tabs of the part page say of a part, without any library."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.domain.catalog.part import RevisionState
from app.domain.certificates.certificate import CertificateState, CertificateType
from app.domain.lifecycle.flag import Answer
from app.domain.qualification.print_definition import DefinitionState
from app.domain.qualification.qualification import QualificationState
from app.services.catalog.fetch_part import HISTORY_LIMIT
from app.ui.catalog.facts_tab import FactsTab
from app.ui.catalog.history_tab import HistoryTab
from app.ui.catalog.part_header import PartHeader
from app.ui.catalog.part_tabs import PartTabs
from app.ui.jobs import JobRunner
from helpers import part_samples as samples
from helpers.part_samples import TODAY


@pytest.fixture
def tabs(jobs: JobRunner, qtbot: QtBot) -> Iterator[PartTabs]:
    made = PartTabs(jobs)
    qtbot.addWidget(made)
    yield made


@pytest.fixture
def facts(qtbot: QtBot) -> FactsTab:
    made = FactsTab()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def header(qtbot: QtBot) -> PartHeader:
    made = PartHeader()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def history(jobs: JobRunner, qtbot: QtBot) -> HistoryTab:
    made = HistoryTab(jobs)
    qtbot.addWidget(made)
    return made


def _missing(text: str, *words: str) -> list[str]:
    """Return the words that a sheet does not say, with what it says instead."""
    missing = [wanted for wanted in words if wanted not in text]
    return [*missing, text] if missing else []


def test_the_overview_gives_the_verdict_with_all_its_terms(facts: FactsTab) -> None:
    details = samples.part_details()
    facts.show_details(details, details.newest, TODAY)
    assert not _missing(
        facts.text,
        "Answer Eternal",
        "Supplier orders closed.",
        "Needed until 2034-12-31 end of service of Mk1",
        "Supply until 2027-04-19",
        "Decide by 2025-06-15",
        "Start by 2026-12-13",
        "Last safe start 2025-06-15 overdue, 17 months ago",
        "Readiness Qualified",
        "Next step Export the print package.",
        "Rank 6.0 urgency 1.20 × exposure 5.00",
        "judged for 2026-11-23, horizon 24 months",
    )


def test_an_unknown_answer_names_what_is_missing(facts: FactsTab) -> None:
    unknown = samples.flag(
        answer=Answer.UNKNOWN, missing=("stock", "supplier"), last_safe_start=None, need_until=None
    )
    details = samples.part_details(flag=unknown)
    facts.show_details(details, details.newest, TODAY)
    assert not _missing(
        facts.text, "Answer Unknown", "Missing stock supplier", "Needed until not known"
    )
    assert "Rank" not in facts.text
    facts.show_details(samples.part_details(flag=None), details.newest, TODAY)
    assert not _missing(facts.text, "has not been judged yet")


def test_a_breach_of_duty_is_said(facts: FactsTab) -> None:
    details = samples.part_details(flag=samples.flag(breach=True, rank=1006.0))
    facts.show_details(details, details.newest, TODAY)
    assert not _missing(facts.text, "breach of duty first")


def test_the_overview_measures_the_file_and_names_its_findings(facts: FactsTab) -> None:
    shown = samples.geometry_details(samples.DANGER, samples.NOTE, signed=True)
    revision = samples.revision_details(files=(shown,))
    facts.show_details(samples.part_details(), revision, TODAY)
    assert not _missing(
        facts.text,
        "cap.stl STL, 12.3 kB",
        "Unit mm, assumed: the file states none",
        "Size 40.00 × 25.00 × 15.00 mm",
        "Triangles 5,198 2 bodies",
        "No, the mesh is open",
        "Danger 4 edges join three triangles.",
        "Ignored by Ben Kolb on 2026-11-23: 40 pieces printed",
        "Note The file names no author.",
    )
    assert "Volume" not in facts.text
    facts.show_details(samples.part_details(), samples.revision_details(), TODAY)
    assert not _missing(facts.text, "Yes, watertight", "Volume 12.50 cm³", "Surface 42.50 cm²")
    unmeasured = replace(shown, facts=None)
    facts.show_details(samples.part_details(), samples.revision_details(files=(unmeasured,)), TODAY)
    assert not _missing(facts.text, "has not been measured yet")


def test_the_overview_tells_supply_use_and_rights(facts: FactsTab) -> None:
    details = samples.part_details()
    facts.show_details(details, details.newest, TODAY)
    assert not _missing(
        facts.text,
        "Stock, 1000 148 20 on order, safety stock 12.5, 12.50 EUR for 100, as of 2026-11-23",
        "Supplier Feder AG lead time 42 days, takes orders until 2026-06-30",
        "Demand 36 in 12 months from 2025-11",
        "Mk1 Discontinued",
        "4 in each, 12,400 in use",
        "Last placed on the market 2024-12-31 (EU)",
        "Last order date 2026-06-30 confirmed",
        "Right to make Own design",
        "Export control Assessed, not listed",
        "Consequence class Low",
        "Successor A004712",
        "Note Sold in sets of four.",
    )
    bare = samples.part_details(
        positions=(), sources=(), products=(), milestones=(), demand=None, revisions=()
    )
    facts.show_details(bare, None, TODAY)
    assert not _missing(
        facts.text, "No stock and no supplier is recorded.", "No product is known to use"
    )


def test_revisions_show_who_released_what(tabs: PartTabs) -> None:
    older = samples.revision_details(
        id=2,
        label="A",
        state=RevisionState.OBSOLETE,
        reason="first issue",
        released_by="Ben Kolb",
        released_at=samples.NOW,
        files=(),
    )
    newer = samples.revision_details(samples.definition_details())
    details = samples.part_details(revisions=(newer, older))
    tabs.setCurrentWidget(tabs.revisions)
    tabs.show_details(details, newer, TODAY)
    assert not _missing(
        tabs.revisions.text,
        "Revision B",
        "State Released",
        "Health Mesh healthy",
        "SHA-256 " + "0" * 64,
        "1 print definition",
        "Revision A",
        "State Obsolete",
        "Why first issue",
        "Released by Ben Kolb 2026-11-23 09:30 +0000",
        "This revision has no file.",
    )
    tabs.show_details(samples.part_details(revisions=()), None, TODAY)
    assert not _missing(tabs.revisions.text, "No revision yet")


def test_a_definition_says_what_binds_and_what_proves_it(tabs: PartTabs) -> None:
    superseded = samples.definition_details(
        id=4, state=DefinitionState.SUPERSEDED, major=1, minor=0
    )
    current = samples.definition_details(major=1, minor=1)
    revision = samples.revision_details(current, superseded)
    tabs.setCurrentWidget(tabs.definition)
    tabs.show_details(samples.part_details(), revision, TODAY)
    assert not _missing(
        tabs.definition.text,
        "Print definition 1.1",
        "State Released by Anna Tester",
        "Powder bed fusion (PBF)",
        "Layer height 0.1 mm key fit on the tube",
        "Infill 30 to 60, nominal 40 % range",
        "Supports Provider's choice",
        "Qualification 7",
        "1 proof",
        "State Qualified until 2028-11-23",
        "Provider North Print north",
        "Feedstock PA12-X Halden",
        "Approved by Ben Kolb",
        "Test report Passed Pull test · ISO 527-2 · 48 MPa · PA12, 2 mm · pull.pdf",
        "valid until 2030-01-01",
        "Print definition 1.0",
        "State Superseded",
    )
    tabs.show_details(samples.part_details(), samples.revision_details(), TODAY)
    assert not _missing(tabs.definition.text, "No print definition yet")


def test_a_kind_of_evidence_is_written_as_it_was_entered(tabs: PartTabs) -> None:
    qualified = samples.qualification_details()
    [proof] = qualified.evidence
    qualified = replace(qualified, evidence=(replace(proof, kind="EN 10204 3.1"),))
    definition = replace(samples.definition_details(), qualifications=(qualified,))
    tabs.setCurrentWidget(tabs.definition)
    tabs.show_details(samples.part_details(), samples.revision_details(definition), TODAY)
    assert "EN 10204 3.1 Passed" in tabs.definition.text


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"valid_until": date(2026, 12, 1)}, "State Expiring until 2026-12-01"),
        ({"valid_until": date(2026, 11, 1)}, "State Expired until 2026-11-01"),
        (
            {"state": QualificationState.BLOCKED, "blocked_reason": "recall"},
            "Blocked recall",
        ),
    ],
)
def test_a_qualification_ages(tabs: PartTabs, more: dict[str, object], word: str) -> None:
    definition = replace(
        samples.definition_details(), qualifications=(samples.qualification_details(**more),)
    )
    tabs.setCurrentWidget(tabs.definition)
    tabs.show_details(samples.part_details(), samples.revision_details(definition), TODAY)
    assert not _missing(tabs.definition.text, word)


def test_lots_packages_and_certificates_stand_together(tabs: PartTabs) -> None:
    withdrawn = samples.certificate(
        number="C-2026-0000", state=CertificateState.WITHDRAWN, type=CertificateType.COMPLIANCE_2_1
    )
    issued = samples.certificate(supersedes="C-2026-0000")
    details = samples.part_details(
        lots=(
            samples.lot_details(issued, withdrawn),
            samples.lot_details(number="L-0", serials=()),
        ),
        packages=(samples.package(), samples.package(number="P-2", trial=True, quantity=1)),
    )
    tabs.setCurrentWidget(tabs.lots)
    tabs.show_details(details, details.newest, TODAY)
    assert not _missing(
        tabs.lots.text,
        "Lot L-1",
        "3 pieces A-001 … A-003",
        "For Clinic 4711, item 10",
        "C-2026-0001 Issued",
        "supersedes C-2026-0000",
        "C-2026-0000 Withdrawn",
        "Declaration of compliance 2.1",
        "No certificate has been issued for this lot.",
        "Package P-2026-0001",
        "25 pieces for North Print",
        "Package P-2",
        "watermarked trial",
        "1 piece",
    )
    bare = replace(details, revisions=(), lots=(), packages=(samples.package(trial=True),))
    tabs.show_details(bare, None, TODAY)
    assert "25 pieces for North Print" in tabs.lots.text, "though nothing is qualified there"
    tabs.show_details(samples.part_details(), None, TODAY)
    assert not _missing(tabs.lots.text, "Nothing has left the house yet")


def test_only_the_tab_that_is_seen_is_filled(tabs: PartTabs) -> None:
    details = samples.part_details(lots=(samples.lot_details(),))
    tabs.show_details(details, details.newest, TODAY)
    assert "Lot L-1" not in tabs.lots.text
    tabs.setCurrentWidget(tabs.lots)
    assert "Lot L-1" in tabs.lots.text
    tabs.show_details(samples.part_details(), None, TODAY)
    assert "Lot L-1" not in tabs.lots.text


def test_the_chosen_change_stays_when_a_newer_one_comes(
    history: HistoryTab, settle: Callable[[], None]
) -> None:
    older = samples.history_entry("state", '"draft"', '"under_test"')
    newer = replace(older, change_set=replace(older.change_set, id=5), new='"in_review"')
    history.show_history([older])
    settle()
    history.table.select_id(history.table.row_id(0))
    history.show_history([newer, older])
    settle()
    assert history.table.currentIndex().row() == 1
    assert not _missing(history.entry.text, "change 4", "New under test")


def test_a_history_that_is_cut_says_so(history: HistoryTab, settle: Callable[[], None]) -> None:
    history.show_history([samples.history_entry("note", '""', '"x"')] * HISTORY_LIMIT)
    settle()
    assert "Only the newest 500 changes are listed." in history.entry.text


def test_the_history_reads_values_and_finds_words(
    history: HistoryTab, settle: Callable[[], None]
) -> None:
    entries = (
        samples.history_entry("state", '"in_review"', '"qualified"'),
        samples.history_entry("approver", '""', '"Ben Kolb"'),
        samples.history_entry("", "", '{"id": 3, "kind": "test report"}', subject="evidence"),
        samples.history_entry("", '{"label": "A"}', "", subject="part_revision"),
    )
    history.show_history(entries)
    settle()
    rows = [history.model.cells(row) for row in range(4)]
    assert [row.texts[2] for row in rows if row is not None] == [
        "Qualification, state: in review → qualified",
        "Qualification, approver: empty → Ben Kolb",
        "Evidence: added",
        "Revision: removed",
    ]
    assert "Choose a change" in history.entry.text
    history.table.select_id(history.table.row_id(2))
    settle()
    assert not _missing(
        history.entry.text, "Evidence", "Who Ben Kolb approve qualification", "New Kind test report"
    )
    history._filter("APPROVE kolb empty")
    settle()
    assert history.model.rowCount() == 1
    history._filter("")
    history.show_history(())
    settle()
    assert "Nothing has been recorded yet." in history.entry.text


@pytest.mark.parametrize(
    ("more", "supply"),
    [
        ({}, "Discontinued"),
        ({"products": ()}, ""),
    ],
)
def test_the_head_sums_up_supply_and_qualification(
    header: PartHeader, more: dict[str, object], supply: str
) -> None:
    details = samples.part_details(**more)
    header.show_details(details, details.newest, TODAY)
    assert header.supply.text == supply
    assert header.qualification.text == "Qualified"
    assert header.eternal.text == "Eternal spare"
    header.show_place(3, 37)
    assert header.place.text() == "3 of 37"
    assert header.next.isEnabled() and header.previous.isEnabled()
    header.show_place(37, 37)
    assert not header.next.isEnabled()


def test_a_phase_out_says_until_when(header: PartHeader) -> None:
    details = samples.part_details()
    [use] = details.products
    [milestone] = use.milestones
    going = replace(use, milestones=(replace(milestone, on=date(2028, 10, 31)),))
    header.show_details(replace(details, products=(going,)), details.newest, TODAY)
    assert header.supply.text == "Phase-out 2028-10"
