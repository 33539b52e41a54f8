"""3MF: our own guard first, then lib3mf on a plain copy of just the parts that were checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _
from app.base.told import tell, tell_count
from app.domain.catalog.geometry import (
    Finding,
    FindingCode,
    GeometryFormat,
    LengthUnit,
    Severity,
    UnitSource,
)
from app.geometry.mesh_arrays import MeshArrays
from app.geometry.readers.lib3mf_buffers import get_triangles, get_vertices, read_from_buffer
from app.geometry.readers.limits import no_triangles
from app.geometry.readers.mesh_reader import Match
from app.geometry.readers.model_graph import ModelGraph
from app.geometry.readers.zip_guard import pack_stored, unpack_parts
from app.geometry.welding import weld

_UNITS = (  # in the order of lib3mf's ModelUnit
    LengthUnit.MICRON,
    LengthUnit.MM,
    LengthUnit.CM,
    LengthUnit.INCH,
    LengthUnit.FOOT,
    LengthUnit.M,
)
_XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_MAX_WARNINGS = 20
_SLICER_SETTINGS = ("metadata/slic3r_pe_model.config", "metadata/model_settings.config")
_SLICER_HELPER = re.compile(
    rb'"volume_type"\s+value="(?!ModelPart")|subtype="(?:modifier|negative|support)_\w+"'
)
_EXTENSION_NOT_SUPPORTED = 0x8092  # lib3mf's number of this warning

Triangles = tuple[NDArray[np.float64], NDArray[np.int32]]  # (n, 3) in the model's unit, (m, 3)


class ThreeMfReader:
    """Reads the build of a 3MF package, every item and component in its place."""

    format = GeometryFormat.THREE_MF
    suffixes: tuple[str, ...] = (".3mf",)

    def recognise(self, data: bytes) -> Match:
        if not data.startswith(b"PK\x03\x04"):
            return Match.NO
        named = b"[Content_Types].xml" in data or b"3dmodel.model" in data.lower()
        return Match.CERTAIN if named else Match.POSSIBLE

    def load(self, data: bytes, unit: LengthUnit | None) -> MeshArrays:
        """Read all triangles of the build. See `MeshReader.load`."""
        graph = ModelGraph()
        helpers: list[int] = []
        content = pack_stored(_examine(unpack_parts(data), graph, helpers))
        _check_is_model(graph)
        expected = graph.check_size()
        model, findings = _read_leniently(content)
        build = _Build(model)
        vertices, faces = build.collect()
        if len(faces) == 0:
            raise _nothing_to_measure(build, graph)
        unit_used = _UNITS[int(model.GetUnit())]
        findings += build.describe(expected)
        findings += _describe_slicer_helpers(sum(helpers))
        if unit not in (None, unit_used):
            findings.append(_unit_kept(unit_used))
        return MeshArrays(
            vertices=vertices * unit_used.in_mm,
            faces=faces,
            raw_triangles=expected,
            unit=unit_used,
            unit_source=UnitSource.FILE,
            format=self.format,
            findings=tuple(findings),
        )


def _examine(
    parts: Iterator[tuple[str, bytes]], graph: ModelGraph, helpers: list[int]
) -> Iterator[tuple[str, bytes]]:
    """Pass the parts on, each XML part only after the guard has seen it.

    Args:
        helpers: takes how many slicer's helpers each settings part names.
    """
    for name, content in parts:
        if content.lstrip()[:3].startswith(_XML_STARTS):
            graph.add_part(name, content)
        if name.lower() in _SLICER_SETTINGS:
            helpers.append(len(_SLICER_HELPER.findall(content)))
        yield name, content


def _check_is_model(graph: ModelGraph) -> None:
    if "keystore" in graph.roots:
        raise GeometryError(
            _("The model is encrypted (3MF Secure Content)."),
            hint=_("Ask its sender for an open copy."),
        )
    if "model" not in graph.roots:
        raise GeometryError(
            _("The file is a zip archive without a 3MF model in it."),
            hint=_("Unpack the archive and import the files in it."),
        )


def _read_leniently(content: bytes) -> tuple[Any, list[Finding]]:
    """Let lib3mf read; what it only warns about becomes findings."""
    import lib3mf

    model = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(False)
    try:
        read_from_buffer(reader, content)
        warnings = [
            reader.GetWarning(index)
            for index in range(min(reader.GetWarningCount(), _MAX_WARNINGS))
        ]
    except lib3mf.ELib3MFException as error:
        raise GeometryError(
            _("The 3MF library refuses the model: {error}").format(error=error),
            hint=_("Export the part again from its CAD program."),
        ) from error
    return model, [_reader_warning(code, text) for code, text in dict.fromkeys(warnings)]


def _reader_warning(code: int, text: str) -> Finding:
    # Without an extension that the file calls required, the shape itself may be another.
    severity = Severity.WARNING if code == _EXTENSION_NOT_SUPPORTED else Severity.NOTE
    told = tell("The 3MF library says: {warning}", warning=text)
    return Finding(FindingCode.READER_WARNING, severity, told)


def _unit_kept(unit: LengthUnit) -> Finding:
    text = tell("The file states its own unit, {unit}; that was used.", unit=unit.value)
    return Finding(FindingCode.READER_WARNING, Severity.NOTE, text)


def _describe_slicer_helpers(count: int) -> list[Finding]:
    if count == 0:
        return []
    text = tell_count(
        "A slicer's settings call {count} of the bodies a modifier, blocker or negative volume; it "
        "was measured as if it were part of the model.",
        "A slicer's settings call {count} of the bodies modifiers, blockers or negative volumes; "
        "they were measured as if they were part of the model.",
        count,
    )
    return [Finding(FindingCode.READER_WARNING, Severity.WARNING, text)]


def _nothing_to_measure(build: _Build, graph: ModelGraph) -> GeometryError:
    if build.not_meshes or graph.elements & {"beam", "levelset", "volumetricstack"}:
        return GeometryError(
            _("The model has no triangles: it is described by beams, slices or a volume."),
            hint=_("Export it as a plain mesh."),
        )
    if not graph.items:
        return GeometryError(
            _("The 3MF has no build items: it lists objects, but none to be made."),
            hint=_("Place the part on the build plate and save it again."),
        )
    return no_triangles()


class _Build:
    """Collects the build items of a lib3mf model with all their components."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._meshes: dict[int, Triangles] = {}
        self._vertices: list[NDArray[np.float64]] = []
        self._faces: list[NDArray[np.int32]] = []
        self._vertex_count = 0
        self.not_parts = 0  # supports and other helpers
        self.not_meshes = 0  # level sets and the like
        self.with_beams = 0
        self._skipped_triangles = 0

    def collect(self) -> Triangles:
        items = self._model.GetBuildItems()
        while items.MoveNext():
            item = items.GetCurrent()
            transform = np.eye(4, 3)
            if item.HasObjectTransform():
                transform = _as_matrix(item.GetObjectTransform())
            self._add(item.GetObjectResource(), transform)
        if not self._faces:
            return np.empty((0, 3)), np.empty((0, 3), np.int32)
        return np.concatenate(self._vertices), np.concatenate(self._faces)

    def describe(self, expected: int) -> list[Finding]:
        """Return findings on what was found besides plain meshes, and whether all arrived."""
        findings = []
        if self.not_parts:
            text = tell_count(
                "{count} object is a support or helper and was not counted as part of the model.",
                "{count} objects are supports or helpers and were not counted as part of the "
                "model.",
                self.not_parts,
            )
            findings.append(Finding(FindingCode.READER_WARNING, Severity.NOTE, text))
        if self.with_beams or self.not_meshes:
            text = tell(
                "The model also has beams or volumes that are not triangles and not measured."
            )
            findings.append(Finding(FindingCode.READER_WARNING, Severity.WARNING, text))
        arrived = sum(len(faces) for faces in self._faces) + self._skipped_triangles
        if arrived != expected:
            text = tell(
                "The model lists {expected} triangles, but the 3MF library read {arrived}.",
                expected=expected,
                arrived=arrived,
            )
            findings.append(Finding(FindingCode.COUNT_LIES, Severity.DANGER, text))
        return findings

    def _add(self, resource: Any, transform: NDArray[np.float64]) -> None:
        import lib3mf

        if resource.IsComponentsObject():
            for index in range(resource.GetComponentCount()):
                component = resource.GetComponent(index)
                inner = np.eye(4, 3)
                if component.HasTransform():
                    inner = _as_matrix(component.GetTransform())
                self._add(component.GetObjectResource(), _chain(inner, transform))
        elif not resource.IsMeshObject():
            self.not_meshes += 1
        elif resource.GetType() != lib3mf.ObjectType.Model:
            self.not_parts += 1
            self._skipped_triangles += resource.GetTriangleCount()
        else:
            self._add_mesh(resource, transform)

    def _add_mesh(self, resource: Any, transform: NDArray[np.float64]) -> None:
        number = resource.GetUniqueResourceID()
        if number not in self._meshes:
            places, index = weld(get_vertices(resource))
            corners = index[get_triangles(resource).astype(np.int64)]
            self._meshes[number] = (places.astype(np.float64), corners.reshape(-1, 3))
        self.with_beams += resource.BeamLattice().GetBeamCount() > 0
        vertices, faces = self._meshes[number]
        turn, shift = transform[:3], transform[3]
        if np.linalg.det(turn) < 0:  # a mirrored copy would face inwards
            faces = faces[:, ::-1]
        self._vertices.append(vertices @ turn + shift)
        self._faces.append(faces + np.int32(self._vertex_count))
        self._vertex_count += len(vertices)


def _as_matrix(transform: Any) -> NDArray[np.float64]:
    """Return lib3mf's transform as (4, 3): three rows to multiply a row vector by, and a shift."""
    return np.array([list(row) for row in transform.Fields], np.float64)


def _chain(inner: NDArray[np.float64], outer: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the transform that applies `inner` first and then `outer`."""
    return np.vstack([inner[:3] @ outer[:3], inner[3] @ outer[:3] + outer[3]])
