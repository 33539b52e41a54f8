"""Which files a folder offers."""

from pathlib import Path

from app.services.catalog.find_geometry_files import find_geometry_files


def touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def test_folders_give_their_geometry_files_in_order(tmp_path: Path) -> None:
    touch(tmp_path, "b/z.STL", "b/a.step", "a.3MF", "b/notes.txt", "b/c/d.ply", "table.xlsx")
    found = [str(path.relative_to(tmp_path)) for path in find_geometry_files([tmp_path])]
    assert found == ["a.3MF", "b/a.step", "b/z.STL", "b/c/d.ply"]


def test_hidden_and_foreign_rubbish_is_passed_over(tmp_path: Path) -> None:
    touch(tmp_path, ".hidden.stl", ".git/a.stl", "__MACOSX/b.stl", "c.stl", "._c.stl")
    assert find_geometry_files([tmp_path]) == [tmp_path / "c.stl"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    touch(tmp_path, "inner/a.stl")
    (tmp_path / "inner" / "back").symlink_to(tmp_path, target_is_directory=True)
    assert find_geometry_files([tmp_path]) == [tmp_path / "inner" / "a.stl"]


def test_named_files_are_taken_whatever_they_are_and_only_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", "b.stl")
    named = [tmp_path / "a.txt", tmp_path / "gone.stl", tmp_path, tmp_path / "b.stl"]
    assert find_geometry_files(named) == [*named[:2], tmp_path / "b.stl"]
