"""Developer commands: seeding, words and the system at a glance."""

from __future__ import annotations

from pathlib import Path

from app.base.i18n import DOMAIN, LANGUAGES
from app.base.paths import resource_path
from app.cli.catalogue import compile_catalogue, compiled_catalogues, update_catalogue
from app.storage.library import Library
from helpers.command_line import run_command


def test_seeding_twice_adds_twice_and_one_undo_takes_one_back(library: Library) -> None:
    library.close()
    for _round in range(2):
        assert run_command("--library", library.path, "dev", "seed", "--parts", 2100).status == 0
    with library.reading() as read:
        from app.domain.catalog.part import Part

        assert read.count(Part) == 4200
    assert run_command("--library", library.path, "undo").status == 0
    with library.reading() as read:
        assert read.count(Part) == 2100
    assert run_command("--library", library.path, "check").status == 0


def test_the_compiled_words_are_those_of_the_catalogue() -> None:
    compiled = compiled_catalogues(resource_path("locale"))
    assert set(compiled) == set(LANGUAGES) - {"en"}
    for language, content in compiled.items():
        path = resource_path("locale", language, "LC_MESSAGES", f"{DOMAIN}.mo")
        assert path.read_bytes() == content, "run: everspare dev words"


def test_new_sentences_are_found_and_kept_ones_stay(tmp_path: Path) -> None:
    source, folder = tmp_path / "package", tmp_path / "locale"
    source.mkdir()
    place = folder / "de" / "LC_MESSAGES"
    place.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (place / "everspare.po").write_text(header + 'msgid "Part"\nmsgstr "Teil"\n')
    (source / "page.py").write_text("_('Part'); _('Lot'); ngettext('one', 'many', 2)\n")
    assert update_catalogue(source, folder, write=True) == ["Lot", "one"]
    text = (place / "everspare.po").read_text()
    assert 'msgstr "Teil"' in text
    assert 'msgid "Lot"' in text
    compile_catalogue(folder)
    assert (place / "everspare.mo").stat().st_size > 0


def test_system_info_names_versions() -> None:
    found = run_command("dev", "system-info", "--json").json
    assert found["numpy"].split(".")[0] == "2"
    assert {"everspare", "settings", "logs"} <= found.keys()
    assert found["reader_problems"] == []
    assert "lib3mf " in run_command("dev", "system-info").output
