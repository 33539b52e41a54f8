"""Where finished pictures lie."""

from pathlib import Path

import pytest

from app.domain.catalog.geometry import LengthUnit
from app.preview import picture_cache
from app.preview.palette import PictureTheme
from app.preview.picture_cache import keep_picture, picture_path


def test_everything_a_picture_depends_on_is_in_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        ("aa11", LengthUnit.MM, PictureTheme.LIGHT, 32, 32),
        ("aa12", LengthUnit.MM, PictureTheme.LIGHT, 32, 32),
        ("aa11", LengthUnit.INCH, PictureTheme.LIGHT, 32, 32),
        ("aa11", LengthUnit.MM, PictureTheme.DARK, 32, 32),
        ("aa11", LengthUnit.MM, PictureTheme.LIGHT, 48, 48),
        ("aa11", LengthUnit.MM, PictureTheme.LIGHT, 48, 32),
    ]
    names = {picture_path(tmp_path, *each) for each in asked}
    monkeypatch.setattr(picture_cache, "LOOK", 999)
    names |= {picture_path(tmp_path, *each) for each in asked}
    assert len(names) == 12


def test_kept_picture_is_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = picture_path(tmp_path, "aa11", LengthUnit.MM, PictureTheme.LIGHT, 32, 32)
    keep_picture(path, b"first")
    keep_picture(path, b"second")
    assert path.read_bytes() == b"second"
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]


def test_a_picture_that_cannot_be_kept_leaves_no_draft(tmp_path: Path) -> None:
    target = tmp_path / "aa" / "picture.png"
    target.mkdir(parents=True)  # a folder stands where the picture should be
    with pytest.raises(OSError):
        keep_picture(target, b"picture")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
