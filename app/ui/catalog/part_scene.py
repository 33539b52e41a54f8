"""Brings a part's geometry into the 3D view: the cached picture first, then the mesh."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.errors import AppError, StorageError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry, GeometryRole
from app.domain.inventory.part_details import GeometryDetails, RevisionDetails
from app.geometry.mesh_arrays import Faces, Vertices
from app.preview.palette import PictureTheme
from app.preview.picture_cache import PAGE_PX, picture_path
from app.services.catalog.fetch_mesh import fetch_mesh
from app.services.catalog.fetch_picture import fetch_picture
from app.ui.context import UiContext
from app.ui.jobs import Job
from app.ui.viewer.caption import caption_of, spoken_of
from app.ui.viewer.part_view import PartView

Mesh = tuple[Vertices, Faces]

# While parts are walked quickly only their pictures are shown; reading begins when walking stops.
WAIT_MS = 90
KEPT_MESHES = 6
KEPT_TRIANGLES = 2_000_000

# Which file of a revision is looked at: what was drawn, before what was made from it.
_ORDER_OF_ROLES = (
    GeometryRole.MASTER,
    GeometryRole.TESSELLATION,
    GeometryRole.BUILD,
    GeometryRole.INSPECTION_REFERENCE,
)


class PartScene(QObject):
    """Owns what the view shows of a part, and the jobs that fetch it.

    Signals:
        live_changed: (live: bool) whether the part can be turned.
    """

    live_changed = Signal(bool)

    def __init__(self, context: UiContext, view: PartView) -> None:
        super().__init__(view)
        self._context, self._view = context, view
        self._shown: GeometryDetails | None = None
        self._refusal = ""
        self._job: Job | None = None
        self._meshes: OrderedDict[tuple[str, str], Mesh] = OrderedDict()
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._read_mesh)
        view.live_refused.connect(self._refuse_live)
        view.live_shown.connect(lambda: self.live_changed.emit(True))
        context.theme.changed.connect(self._repaint_picture)

    @property
    def busy(self) -> bool:
        """Whether something is still being fetched."""
        return self._job is not None or self._wait.isActive()

    def show_revision(self, number: str, revision: RevisionDetails | None) -> None:
        """Show the geometry of a revision, or say that there is none and what to do."""
        shown = geometry_to_show(revision)
        if shown is not None and self._same_as_shown(shown):
            self._shown = shown
            return
        self._stop()
        self._shown = shown
        self.live_changed.emit(False)
        if shown is None:
            self._view.show_message(_no_geometry(number, revision))
            return
        kept = self._meshes.get(_key(shown.geometry))
        if kept is not None and not self._refusal:
            self._meshes.move_to_end(_key(shown.geometry))
            self._show_mesh(shown, kept)
            return
        self._show_cached_picture(shown)

    def forget(self) -> None:
        """Show nothing and stop fetching."""
        self._stop()
        self._shown = None
        self.live_changed.emit(False)
        self._view.clear()

    def _same_as_shown(self, shown: GeometryDetails) -> bool:
        before = self._shown
        return before is not None and _key(before.geometry) == _key(shown.geometry)

    def _stop(self) -> None:
        self._wait.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _show_cached_picture(self, shown: GeometryDetails) -> None:
        path = self._picture_path(shown.geometry)

        def read(progress: Progress) -> bytes | None:
            try:
                return path.read_bytes()
            except OSError:  # it is only a cache: what is not there is drawn again
                return None

        def take(png: bytes | None) -> None:
            if self._shown is not shown:
                return
            self._job = None
            reading = _("Reading {file}…").format(file=shown.geometry.file_name)
            if png is not None:
                self._view.show_picture(png, self._refusal or reading, _caption(shown))
            else:
                self._view.show_message(self._refusal or reading)
            if not self._refusal:
                self._wait.start()
            elif png is None:
                self._draw_picture()

        self._job = self._context.jobs.start(
            read, owner=self, done=take, failed=lambda error: self._fail(shown, error)
        )

    def _read_mesh(self) -> None:
        shown = self._shown
        if shown is None:
            return
        services = self._context.services

        def read(progress: Progress) -> Mesh:
            return fetch_mesh(
                services.library, shown.geometry, workers=services.workers, progress=progress
            )

        def take(mesh: Mesh) -> None:
            if self._shown is not shown:
                return
            self._job = None
            self._keep(shown.geometry, mesh)
            self._show_mesh(shown, mesh)

        self._job = self._context.jobs.start(
            read, owner=self, done=take, failed=lambda error: self._fail(shown, error)
        )

    def _show_mesh(self, shown: GeometryDetails, mesh: Mesh) -> None:
        spoken = spoken_of(shown.facts) if shown.facts is not None else ""
        self._view.show_mesh(*mesh, _caption(shown), spoken=spoken)

    def _draw_picture(self) -> None:
        """Have the picture drawn where nothing is live and none is in the cache."""
        shown = self._shown
        if shown is None:
            return
        services, theme = self._context.services, self._picture_theme()

        def draw(progress: Progress) -> bytes:
            path = fetch_picture(
                services.library,
                shown.geometry,
                theme=theme,
                size_px=PAGE_PX,
                workers=services.workers,
                progress=progress,
            )
            try:
                return path.read_bytes()
            except OSError as error:
                raise StorageError(
                    _("The picture of {file} cannot be read.").format(file=shown.geometry.file_name)
                ) from error

        def take(png: bytes) -> None:
            if self._shown is shown:
                self._job = None
                self._view.show_picture(png, self._refusal, _caption(shown))

        self._job = self._context.jobs.start(
            draw, owner=self, done=take, failed=lambda error: self._fail(shown, error)
        )

    def _refuse_live(self, sentence: str) -> None:
        self._refusal = sentence
        self._stop()
        self._draw_picture()

    def _repaint_picture(self) -> None:
        if self._shown is not None and self._refusal:
            self._stop()
            self._draw_picture()

    def _fail(self, shown: GeometryDetails, error: AppError) -> None:
        if self._shown is not shown:
            return
        self._job = None
        self._shown = None  # the next time it is shown, it is tried again
        self._view.show_message(str(error))

    def _keep(self, geometry: Geometry, mesh: Mesh) -> None:
        self._meshes[_key(geometry)] = mesh
        while len(self._meshes) > KEPT_MESHES or (
            len(self._meshes) > 1
            and sum(len(faces) for _vertices, faces in self._meshes.values()) > KEPT_TRIANGLES
        ):
            self._meshes.popitem(last=False)

    def _picture_path(self, geometry: Geometry) -> Path:
        folder = self._context.services.library.cache_dir / "pictures"
        width, height = PAGE_PX
        return picture_path(
            folder, geometry.sha256, geometry.unit, self._picture_theme(), width, height
        )

    def _picture_theme(self) -> PictureTheme:
        return PictureTheme.DARK if self._context.theme.dark else PictureTheme.LIGHT


def geometry_to_show(revision: RevisionDetails | None) -> GeometryDetails | None:
    """Return the file of a revision that is looked at."""
    for role in _ORDER_OF_ROLES:
        for shown in revision.geometries if revision is not None else ():
            if shown.geometry.role is role:
                return shown
    return None


def _key(geometry: Geometry) -> tuple[str, str]:
    return geometry.sha256, geometry.unit.value


def _caption(shown: GeometryDetails) -> str:
    if shown.facts is not None:
        return caption_of(shown.facts)
    return _("{file} · not measured").format(file=shown.geometry.file_name)


def _no_geometry(number: str, revision: RevisionDetails | None) -> str:
    if revision is None:
        return _(
            "Part {number} has no geometry yet. Import a model file named after the part, or a "
            "list that names the file."
        ).format(number=number)
    return _(
        "Revision {label} of part {number} has no geometry. Import a model file named after the "
        "part."
    ).format(label=revision.revision.label, number=number)
