"""What the 3D view is given: picture first, mesh later, nothing of a part that was left."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.base.errors import GeometryError
from app.base.progress import Progress
from app.domain.catalog.geometry import GeometryRole
from app.domain.inventory.part_details import RevisionDetails
from app.preview.palette import PictureTheme
from app.preview.picture_cache import PAGE_PX
from app.services.catalog.fetch_part import fetch_part
from app.services.catalog.fetch_picture import fetch_picture
from app.ui.catalog import part_scene
from app.ui.catalog.part_scene import KEPT_MESHES, PartScene, geometry_to_show
from app.ui.context import UiContext
from app.ui.viewer.part_view import PartView
from helpers import part_samples as samples
from helpers.boxes import box_mesh
from helpers.stored_parts import store_part


class SpyView(PartView):
    """A view that notes what it is told to show."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.jobs, context.theme)
        self.shown: list[str] = []

    def show_mesh(self, *mesh: object, spoken: str = "") -> None:  # type: ignore[override]
        self.shown.append(f"mesh {mesh[2]}")

    def show_picture(self, png: bytes, sentence: str = "", caption: str = "") -> None:
        self.shown.append(f"picture {sentence}")
        super().show_picture(png, sentence, caption)

    def show_message(self, text: str) -> None:
        self.shown.append(text)
        super().show_message(text)


Show = Callable[..., None]
Revise = Callable[[str], RevisionDetails]


@pytest.fixture
def view(context: UiContext, qtbot: QtBot) -> Iterator[SpyView]:
    made = SpyView(context)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.shut())
    yield made


@pytest.fixture
def scene(context: UiContext, view: SpyView) -> PartScene:
    return PartScene(context, view)


@pytest.fixture
def revision(context: UiContext, tmp_path: Path) -> Revise:
    """Store a part of its own size and return its revision."""
    library = context.services.library

    def make(number: str) -> RevisionDetails:
        store_part(library, tmp_path, number, x_mm=20.0 + len(list(tmp_path.glob("*.stl"))))
        found = fetch_part(library, number).newest
        assert found is not None
        return found

    return make


@pytest.fixture
def show(scene: PartScene, settle: Callable[[], None], qtbot: QtBot) -> Show:
    """Show a revision and wait until the scene has what it wants."""

    def show_and_wait(*revisions: RevisionDetails) -> None:
        for number, shown in enumerate(revisions, start=1):
            scene.show_revision(f"A{number}", shown)
        settle()
        qtbot.waitUntil(lambda: not scene.busy, timeout=20_000)
        settle()

    return show_and_wait


def test_without_a_cached_picture_it_says_that_it_reads(
    view: SpyView, show: Show, revision: Revise
) -> None:
    show(revision("A1"))
    assert view.shown[0] == "Reading A1.stl…"
    assert view.shown[1].startswith("mesh 20.0 × 25.0 × 15.0 mm")


def test_the_cached_picture_comes_before_the_mesh(
    view: SpyView, show: Show, revision: Revise, context: UiContext
) -> None:
    shown = revision("A1")
    fetch_picture(
        context.services.library,
        shown.geometries[0].geometry,
        theme=PictureTheme.DARK if context.theme.dark else PictureTheme.LIGHT,
        size_px=PAGE_PX,
        workers=context.services.workers,
        progress=Progress(),
    )
    show(shown)
    assert [text.split()[0] for text in view.shown] == ["picture", "mesh"]


def test_walking_quickly_reads_only_where_it_stops(
    view: SpyView, show: Show, revision: Revise
) -> None:
    revisions = [revision(f"A{number}") for number in range(4)]
    show(*revisions)
    meshes = [text for text in view.shown if text.startswith("mesh")]
    assert len(meshes) == 1
    assert meshes[0].startswith("mesh 23.0")


def test_a_mesh_that_was_seen_comes_back_at_once(
    scene: PartScene, view: SpyView, show: Show, revision: Revise, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = revision("A1"), revision("A2")
    for shown in (first, second):
        show(shown)
    view.shown.clear()

    def refuse(*_what: object, **_more: object) -> object:
        raise AssertionError("the mesh was read again")

    monkeypatch.setattr(part_scene, "fetch_mesh", refuse)
    scene.show_revision("A1", first)
    assert [text.split()[0] for text in view.shown] == ["mesh"]
    assert not scene.busy


def test_the_same_file_is_not_read_again_when_the_part_is_reloaded(
    view: SpyView, show: Show, revision: Revise, context: UiContext
) -> None:
    show(revision("A1"))
    view.shown.clear()
    show(fetch_part(context.services.library, "A1").newest)
    assert view.shown == []


def test_only_a_few_meshes_are_kept(scene: PartScene, revision: Revise) -> None:
    vertices, faces = box_mesh()
    for number in range(KEPT_MESHES + 3):
        shown = revision(f"A{number}").geometries[0]
        scene._keep(shown.geometry, (vertices, faces))
    assert len(scene._meshes) == KEPT_MESHES


def test_a_file_that_cannot_be_read_is_a_sentence_in_the_view(
    view: SpyView,
    show: Show,
    revision: Revise,
    context: UiContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_what: object, **_more: object) -> object:
        raise GeometryError("A1.stl is damaged.", hint="Export it again.")

    with monkeypatch.context() as patched:
        patched.setattr(part_scene, "fetch_mesh", broken)
        show(revision("A1"))
    assert view.shown[-1] == "A1.stl is damaged. Export it again."
    show(fetch_part(context.services.library, "A1").newest)
    assert view.shown[-1].startswith("mesh"), "a reload tries again"


def test_without_a_file_it_says_what_to_do(scene: PartScene, view: SpyView) -> None:
    lively: list[bool] = []
    scene.live_changed.connect(lively.append)
    scene.show_revision("A1", None)
    assert "Part A1 has no geometry yet" in view.shown[-1]
    scene.show_revision("A1", samples.revision_details(files=()))
    assert "Revision B of part A1 has no geometry" in view.shown[-1]
    assert lively == [False, False]
    scene.forget()
    assert view.shown[-1] == ""


def test_the_master_is_looked_at_before_what_was_made_from_it() -> None:
    one = samples.geometry_details()
    build = replace(one, geometry=replace(one.geometry, role=GeometryRole.BUILD))
    revision = samples.revision_details(files=(build, one))
    assert geometry_to_show(revision) is one
    assert geometry_to_show(samples.revision_details(files=(build,))) is build
    assert geometry_to_show(None) is None
