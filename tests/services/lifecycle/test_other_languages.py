"""What one person's acts leave in the library, another one reads in his own language."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from app.base.i18n import use_language
from app.base.progress import Progress
from app.domain.catalog.geometry import GeometryFacts
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.product import Product, name_key
from app.services.audit.name_acts import name_acts
from app.services.audit.undo_change import undo_change
from app.services.catalog.check_files import check_files
from app.services.lifecycle.flag_spares import flag_spares
from app.services.lifecycle.preview_worklist import preview_worklist
from app.services.lifecycle.save_product import save_product
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.languages import provide_words
from helpers.life_cycle_samples import add_stethoscope
from helpers.meshes import binary_stl, box
from helpers.stored_parts import store_part

TODAY = date(2026, 11, 23)
GERMAN = re.compile(r"\b(bis|der|die|das|ist|wird|und|Bestand|Ersatzteil|Lieferung|Monat)\b")


@pytest.fixture(autouse=True)
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    provide_words(tmp_path / "words", monkeypatch)


def _judge(library: Library, language: str) -> int:
    """Judge all parts as a person of that language; returns how many verdicts were written."""
    use_language(language)
    report = flag_spares(library, who="Anna", today=TODAY)
    return len(report.changes.ids.get("flag") or ())


def _sentences(library: Library, language: str) -> list[str]:
    use_language(language)
    with library.reading() as read:
        flags = read.fetch(Flag)
    return [
        text
        for flag in flags
        for text in (*flag.reasons, *flag.missing, flag.need_source, flag.next_action)
        if text
    ]


def test_reasons_are_told_in_the_language_of_the_reader(library: Library) -> None:
    add_stethoscope(library)
    _judge(library, "de")
    english, german = _sentences(library, "en"), _sentences(library, "de")
    assert len(english) > 10
    assert [text for text in english if GERMAN.search(text)] == []
    assert [one for one, other in zip(english, german, strict=True) if one == other] == []
    use_language("en")
    judged = preview_worklist(library, today=TODAY, horizon_months=24, answers=tuple(Answer))
    fresh = {row.flag.part_id: row.flag for row in judged.rows}
    with library.reading() as read:
        for flag in read.fetch(Flag):
            assert flag.reasons == fresh[flag.part_id].reasons
            assert flag.next_action == fresh[flag.part_id].next_action


def test_another_language_is_no_reason_to_judge_again(library: Library) -> None:
    add_stethoscope(library)
    assert _judge(library, "de") > 0
    assert _judge(library, "en") == 0


def test_acts_are_told_in_the_language_of_the_reader(library: Library) -> None:
    use_language("de")
    save_product(library, Product(name="Mk1", name_key=name_key("Mk1")), who="Anna", why="das Neue")
    assert name_acts(library) == ("Produkt anlegen", "")
    use_language("en")
    assert name_acts(library) == ("add product", "")
    undo_change(library, who="Ben")
    with library.reading() as read:
        undo, added = read.audit.latest()
    assert (undo.act, added.act) == ("undo “add product”", "add product")
    assert added.why == "das Neue"
    use_language("de")
    assert name_acts(library) == ("", "Produkt anlegen")


@pytest.mark.parametrize("reader", ["de", "en"])
def test_the_audit_trail_is_whole_in_every_language(library: Library, reader: str) -> None:
    add_stethoscope(library)
    _judge(library, "de")
    save_product(library, Product(name="X", name_key=name_key("X")), who="Ben", why='["odd"]')
    use_language(reader)
    assert library.check(Progress()).problems == ()


def test_findings_on_a_file_are_told_in_the_language_of_the_reader(
    library: Library, workers: WorkerPool, tmp_path: Path
) -> None:
    (tmp_path / "odd.stl").write_bytes(binary_stl(box(), count=1234))
    use_language("de")
    [report] = check_files([tmp_path / "odd.stl"], unit=None, workers=workers, progress=Progress())
    assert report.facts is not None
    german = [finding.text for finding in report.facts.findings]
    assert "1.234 Dreiecke" in german[0]
    store_part(library, tmp_path, "A1", findings=report.facts.findings)
    use_language("en")
    with library.reading() as read:
        [facts] = read.fetch(GeometryFacts)
    assert "promises 1,234 triangles" in facts.findings[0].text
    use_language("de")
    with library.reading() as read:
        [facts] = read.fetch(GeometryFacts)
    assert [finding.text for finding in facts.findings] == german
    assert library.check(Progress()).problems == ()
