"""The manual: both languages alike, every link leads somewhere, every command does what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from app.base.i18n import LANGUAGES
from app.base.paths import resource_path
from app.cli.main import build_command_line
from app.ui.help.manual import CONTENTS, Manual, load_manual
from app.ui.places import IMPORT, PAGES, PART
from helpers.command_line import run_command

COMMAND = "everspare"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(everspare [^`]+)`")


def text_of(language: str, key: str) -> str:
    return resource_path("manual", language, f"{key}.md").read_text(encoding="utf-8")


def blocks(language: str, key: str, kind: str) -> list[str]:
    return [block for found, block in _FENCE.findall(text_of(language, key)) if found == kind]


def lines_of(text: list[str]) -> list[str]:
    return [line for block in text for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module", params=LANGUAGES)
def manual(request: pytest.FixtureRequest) -> Manual:
    return load_manual(request.param)


@pytest.fixture(scope="module")
def commands() -> dict[str, Any]:
    """Every command by its name, and the program itself under an empty one."""
    group: Any = typer.main.get_command(build_command_line())
    return {"": group, **group.commands}


def test_every_page_of_the_window_has_a_page() -> None:
    assert {page.key for page in PAGES} | {PART, IMPORT} <= set(CONTENTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_no_other_files(language: str) -> None:
    files = {path.stem for path in resource_path("manual", language).glob("*.md")}
    assert files == set(CONTENTS)


@pytest.mark.parametrize("key", CONTENTS)
def test_both_languages_have_the_same_build(key: str) -> None:
    english, german = (
        re.sub(_FENCE, "", text_of(language, key)).splitlines() for language in LANGUAGES
    )
    for mark in ("# ", "## ", "### ", "| ", "- ", "1. "):
        counts = [sum(line.startswith(mark) for line in page) for page in (english, german)]
        assert counts[0] == counts[1], mark
    assert text_of("en", key) != text_of("de", key)


@pytest.mark.parametrize("key", CONTENTS)
def test_both_languages_show_the_same_commands(key: str) -> None:
    for kind in ("console", "text"):
        assert blocks("en", key, kind) == blocks("de", key, kind)
    kinds = {kind for kind, _block in _FENCE.findall(text_of("en", key))}
    assert kinds <= {"console", "text"}  # executed, or only checked


def test_every_link_leads_to_a_page_and_a_heading(manual: Manual) -> None:
    for page in manual.pages.values():
        anchors = {each.key: {s.anchor for s in each.sections} for each in manual.pages.values()}
        for link in page.links:
            target, _hash, anchor = link.partition("#")
            assert target.endswith(".md"), f"{page.key}: {link}"
            assert target.removesuffix(".md") in anchors, f"{page.key}: {link}"
            assert anchor in anchors[target.removesuffix(".md")] | {""}, f"{page.key}: {link}"


def test_headings_of_a_page_differ(manual: Manual) -> None:
    for page in manual.pages.values():
        anchors = [section.anchor for section in page.sections]
        assert len(set(anchors)) == len(anchors), page.key


def test_every_command_and_option_named_exists(commands: dict[str, Any]) -> None:
    named = [
        line
        for key in CONTENTS
        for line in (
            *lines_of(blocks("en", key, "console") + blocks("en", key, "text")),
            *(found for language in LANGUAGES for found in _INLINE.findall(text_of(language, key))),
        )
    ]
    assert len(named) > 50
    for line in named:
        words = shlex.split(line)[1:]
        words = drop_global_options(words, commands[""])
        if not words or words[0] == "COMMAND":
            continue
        known = {name for option in commands[words[0]].params for name in option.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= known, line


def drop_global_options(words: list[str], program: Any) -> list[str]:
    known = {name for option in program.params for name in option.opts}
    while words and words[0] in known:
        del words[:2]
    return [] if words[:1] == ["--help"] else words


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the files that the examples name."""
    place = tmp_path / "workshop"
    place.mkdir()
    sample = resource_path("sample")
    shutil.copytree(sample / "geometry", place / "geometry")
    for name in ("A004711_leg_cap.stl", "A006040_pump_impeller.stl"):
        shutil.copy(sample / "geometry" / name, place)
    shutil.copy(sample / "spare_parts.csv", place)
    monkeypatch.chdir(place)
    yield place


@pytest.mark.slow
def test_the_examples_work_in_the_order_of_the_pages(workshop: Path) -> None:
    done = 0
    for key in CONTENTS:
        for line in lines_of(blocks("en", key, "console")):
            words = shlex.split(line)
            assert words[0] == COMMAND
            outcome = run_command(*words[1:])
            assert outcome.status == 0, f"{key}: {line}\n{outcome.output}{outcome.errors}"
            done += 1
    assert done > 25
    assert (workshop / "cap.png").stat().st_size > 1000
    assert (workshop / "restored" / "library.sqlite").exists()
