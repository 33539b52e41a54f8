"""The commands flags, product and milestone, run in process on a real library."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.catalog.part import Part
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.product import Milestone, WhereUsed
from app.storage.library import Library
from app.storage.opening import create_library, open_library
from helpers.command_line import Outcome, run_command
from helpers.life_cycle_samples import add_stethoscope

Run = Callable[..., Outcome]
DAY = "2026-11-23"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "spares"
    library = create_library(where)
    add_stethoscope(library)
    library.close()
    return where


@pytest.fixture
def run(folder: Path) -> Run:
    return lambda *arguments: run_command("--library", folder, "--user", "Anna", *arguments)


def opened(folder: Path) -> Library:
    return open_library(folder)


def test_flags_answers_with_the_fields_of_the_contract(run: Run) -> None:
    outcome = run("flags", "--today", DAY, "--json")
    flags = {flag["number"]: flag for flag in outcome.json}

    assert outcome.status == 0
    assert list(flags) == ["ST-1002", "ST-1004"]
    spring = flags["ST-1004"]
    assert {
        "number",
        "answer",
        "reason",
        "need_until",
        "supply_until",
        "decide_by",
        "start_by",
        "last_safe_start",
        "readiness",
        "next_action",
    } <= spring.keys()
    assert spring["answer"] == "yes"
    assert spring["reason"].startswith("Supplier orders closed on 2025-06-30; the stock of 15")
    assert spring["need_until"] == "2034-12-31"
    assert spring["last_safe_start"] == spring["decide_by"] == "2025-06-15"


def test_flags_names_what_is_unknown_in_json_only(run: Run, folder: Path) -> None:
    library = opened(folder)
    with library.writing(who="Anna", act="forget dates") as write:
        write.delete(Milestone, [m.id for m in write.fetch(Milestone)])
    library.close()
    answers = {f["number"]: f["answer"] for f in run("flags", "--today", DAY, "--json").json}
    text = run("flags", "--today", DAY)

    assert answers == {
        "ST-1001": "unknown",
        "ST-1002": "yes",  # units are in use and nothing is left to deliver
        "ST-1003": "unknown",
        "ST-1004": "unknown",
        "ST-2001": "unknown",
    }
    assert "ST-1001" not in text.output
    assert "Eternal spare: 1 yes, 0 no, 4 unknown." in text.output


def test_flags_all_lists_every_answer(run: Run) -> None:
    answers = {
        f["number"]: f["answer"] for f in run("flags", "--today", DAY, "--all", "--json").json
    }

    assert answers == {
        "ST-1001": "no",
        "ST-1002": "yes",
        "ST-1003": "no",
        "ST-1004": "yes",
        "ST-2001": "no",
    }


def test_flags_of_another_day_are_not_stored(run: Run, folder: Path) -> None:
    far = (date.today() + timedelta(days=4000)).isoformat()
    outcome = run("flags", "--today", far, "--json")
    library = opened(folder)
    with library.reading() as read:
        stored = read.fetch(Flag)
    library.close()

    assert "nothing is stored" in outcome.errors
    assert stored == []


def test_flags_of_today_are_stored_and_cause_one_audit_entry(run: Run, folder: Path) -> None:
    assert run("flags").status == 0
    assert run("flags").status == 0
    library = opened(folder)
    with library.reading() as read:
        assert read.count(Flag) == 5
        acts = [act.act for act in read.audit.latest()]
    library.close()
    assert acts == ["judge eternal spares", "import parts"]


def test_a_longer_horizon_finds_more(run: Run, folder: Path) -> None:
    library = opened(folder)
    with library.writing(who="Anna", act="edit") as write:
        from app.domain.lifecycle.supply import SupplyPosition

        spring = write.one(Part, number="ST-1004")
        position = write.one(SupplyPosition, part_id=spring.id)
        write.update(replace(position, stock=100.0))
    library.close()
    near = run("flags", "--today", DAY, "--horizon", "24", "--json").json
    far = run("flags", "--today", DAY, "--horizon", "36", "--json").json

    assert [f["number"] for f in near] == ["ST-1002"]
    assert [f["number"] for f in far] == ["ST-1002", "ST-1004"]


def test_csv_cells_cannot_become_formulas(run: Run, folder: Path) -> None:
    library = opened(folder)
    with library.writing(who="Anna", act="edit") as write:
        spring = write.one(Part, number="ST-1004")
        write.update(replace(spring, name='=HYPERLINK("x")'))
    library.close()
    rows = list(csv.DictReader(io.StringIO(run("flags", "--today", DAY, "--csv").output)))

    assert [row["number"] for row in rows] == ["ST-1002", "ST-1004"]
    assert rows[1]["name"] == '\'=HYPERLINK("x")'
    assert rows[1]["last_safe_start"] == "2025-06-15"


@pytest.mark.parametrize(
    "arguments",
    [
        ("flags", "--today", "31.02.2027"),
        ("flags", "--horizon", "0"),
        ("flags", "--json", "--csv"),
        ("milestone", "Stethoscope Mk1", "end_of_service"),
        ("milestone", "Stethoscope Mk1", "end_of_service", "soon"),
        ("milestone", "Stethoscope Mk1", "birthday", "2030-01-01"),
    ],
)
def test_wrong_usage_has_its_own_status(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).status == 2


def test_product_lists_stages_and_dates(run: Run) -> None:
    stages = {p["product"]["name"]: p["stage"] for p in run("product", "--json").json}

    assert stages == {"Stethoscope Mk1": "discontinued", "Stethoscope Mk2": "series"}
    assert "end_of_service  2034-12-31" in run("product", "stethoscope mk1").output


def test_product_is_added_changed_and_used(run: Run, folder: Path) -> None:
    assert run("product", "Radio", "--installed-base", "10", "--group", "audio").status == 0
    outcome = run("product", "radio", "--failure-rate", "0.1", "--part", "st-1001", "--json")
    run("product", "radio", "--part", "ST-1001", "--failure-share", "0.5")
    [radio] = outcome.json

    assert radio["product"]["installed_base"] == 10
    assert radio["product"]["product_group"] == "audio"
    assert radio["product"]["annual_failure_rate"] == 0.1
    assert radio["parts"] == 1
    library = opened(folder)
    with library.reading() as read:
        use = read.one(WhereUsed, product_id=radio["product"]["id"])
    library.close()
    assert (use.quantity, use.failure_share) == (1.0, 0.5)


def test_milestone_changes_the_flags_at_once(run: Run, folder: Path) -> None:
    run("flags")
    outcome = run("milestone", "Stethoscope Mk1", "end_of_service", "2025-12-31", "--why", "notice")
    library = opened(folder)
    with library.reading() as read:
        answers = {flag.answer for flag in read.fetch(Flag)}
    library.close()

    assert outcome.status == 0
    assert "2 parts have another answer now." in outcome.errors
    assert answers == {Answer.NO}


def test_milestone_of_a_part_is_set_and_taken_back(run: Run, folder: Path) -> None:
    assert run("milestone", "ST-2001", "last_order", "2027-06-30", "--part").status == 0
    assert "can be ordered until 2027-06-30" in run("part", "ST-2001", "--json").output
    assert run("milestone", "ST-2001", "last_order", "--part", "--remove").status == 0
    again = run("milestone", "ST-2001", "last_order", "--part", "--remove")

    assert again.status == 1
    assert "no such date" in again.errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("product", "Nothing"), "holds no product Nothing"),
        (("product", "Stethoscope Mk1", "--part", "X"), "holds no part X"),
        (("product", "Stethoscope Mk1", "--failure-rate", "3"), "from 0 to 1"),
        (("milestone", "Stethoscope Mk1", "last_order", "2030-01-01"), "has no milestone"),
    ],
)
def test_refusals_are_sentences(run: Run, arguments: tuple[str, ...], words: str) -> None:
    outcome = run(*arguments)

    assert outcome.status == 1
    assert words in outcome.errors
    assert outcome.output == ""
