"""Settings: defaults, limits, upgrades with backup, and writing that cannot be half done."""

import os
import stat
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import settings as module
from app.base.errors import StorageError
from app.base.settings import (
    SETTINGS_VERSION,
    UPGRADES,
    Settings,
    limits_of,
    load_settings,
    read_settings,
    save_settings,
    settings_path,
    upgrade_from,
)


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    loaded = read_settings(tmp_path / "settings.toml")
    assert loaded.settings == Settings()
    assert loaded.problems == ()


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.toml"
    chosen = Settings(theme="dark", horizon_months=36, user_name='Zoë "Z" Ångström', debug="sql")
    save_settings(chosen, path)
    assert load_settings(path) == chosen
    assert [item.name for item in path.parent.iterdir()] == ["settings.toml"]


@given(
    months=st.integers(6, 60),
    name=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40),
    letters=st.booleans(),
)
def test_every_allowed_value_survives_the_file(
    tmp_path_factory: pytest.TempPathFactory, months: int, name: str, letters: bool
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    chosen = Settings(horizon_months=months, user_name=name, single_key_shortcuts=letters)
    save_settings(chosen, path)
    loaded = read_settings(path)
    assert loaded.settings == chosen
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("horizon_months = 5", "at least 6"),
        ("horizon_months = 61", "at most 60"),
        ('horizon_months = "24"', "whole number"),
        ("horizon_months = true", "whole number"),
        ("horizon_months = 24.5", "whole number"),
        ('theme = "purple"', "'system', 'light', 'dark'"),
        ("theme = 3", "text"),
        ('single_key_shortcuts = "no"', "true or false"),
    ],
)
def test_a_value_out_of_limits_is_named_and_replaced(tmp_path: Path, line: str, named: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f'settings_version = {SETTINGS_VERSION}\nuser_name = "Anna"\n{line}\n')
    loaded = read_settings(path)
    assert loaded.settings == Settings(user_name="Anna")
    [problem] = loaded.problems
    assert line.split(" ")[0] in problem
    assert named in problem


def test_a_file_that_is_no_toml_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("theme = = dark")
    loaded = read_settings(path)
    assert loaded.settings == Settings()
    assert "settings.unreadable.toml" in loaded.problems[0]
    save_settings(loaded.settings, path)
    assert (tmp_path / "settings.unreadable.toml").read_text() == "theme = = dark"


def test_version_1_is_upgraded_and_backed_up(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('settings_version = 1\nhorizon_years = 3\ntheme = "dark"\n')
    loaded = read_settings(path)
    assert loaded.settings == Settings(theme="dark", horizon_months=36)
    assert loaded.problems == ()
    assert "horizon_years" in (tmp_path / "settings.version-1.toml").read_text()


def test_a_newer_file_is_backed_up_before_its_unknown_values_are_lost(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('settings_version = 99\ntheme = "light"\nhologram = true\n')
    loaded = read_settings(path)
    assert loaded.settings == Settings(theme="light")
    save_settings(loaded.settings, path)
    assert "hologram" in (tmp_path / "settings.version-99.toml").read_text()


@pytest.mark.parametrize("version", ["0", "-3", "true", '"two"', "1"])
def test_a_version_that_never_was_is_read_as_the_oldest(tmp_path: Path, version: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"settings_version = {version}\nhorizon_years = 3\n")
    assert read_settings(path).settings == Settings(horizon_months=36)


def test_every_version_has_an_upgrade_and_every_upgrade_a_test() -> None:
    assert set(UPGRADES) == set(range(1, SETTINGS_VERSION))
    tested = set(globals())
    for version in UPGRADES:
        assert f"test_version_{version}_is_upgraded_and_backed_up" in tested


def test_two_upgrades_from_one_version_are_a_bug() -> None:
    with pytest.raises(ValueError, match="settings version 1"):
        upgrade_from(1)(lambda values: values)


def test_every_setting_is_described_and_its_default_allowed() -> None:
    for item in fields(Settings):
        limits = limits_of(item.name)
        assert limits.describe().strip()
        assert limits.refusal(item.default) == ""
        if isinstance(item.default, int) and not isinstance(item.default, bool):
            assert item.name.endswith(("_months", "_mb", "_s")), "the unit stands in the name"


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.toml"
    save_settings(Settings(theme="dark"), path)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space is left"):
        save_settings(replace(Settings(), theme="light"), path)
    assert load_settings(path).theme == "dark"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.mkdir()
    with pytest.raises(StorageError, match="cannot be read"):
        load_settings(path)


def test_a_file_where_the_folder_should_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        save_settings(Settings(), tmp_path / "config" / "settings.toml")


def test_the_file_lives_in_the_folder_of_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVERSPARE_HOME", str(tmp_path))
    assert settings_path() == tmp_path / "config" / "settings.toml"
    save_settings(Settings(theme="dark"))
    assert load_settings().theme == "dark"
    assert stat.S_ISREG(settings_path().stat().st_mode)


def test_reading_needs_no_third_party_module() -> None:
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    top_level = [line for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert not any("tomli_w" in line for line in top_level)
    assert set(asdict(Settings())) == {item.name for item in fields(Settings)}
