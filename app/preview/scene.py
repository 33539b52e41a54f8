"""The scene that every picture and the live view share: material, edges, lights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.preview.palette import Palette
from app.preview.surface import Surface, poly_data

if TYPE_CHECKING:
    from vtkmodules.vtkCommonDataModel import vtkPolyData
    from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderer

# Azimuth and elevation of each light as seen from the camera, degrees, and its strength. The key
# light comes from the upper left, so that a face turned away tells where up is; the weak one from
# below keeps undersides readable.
_LIGHTS = (
    (-58.0, 50.0, 0.58),
    (35.0, 18.0, 0.52),
    (165.0, 45.0, 0.28),
    (0.0, -65.0, 0.20),
)
_AMBIENT = 0.17
_DIFFUSE = 0.96
_SPECULAR = 0.08
_SPECULAR_POWER = 24.0
_BACK_FACE_SHADE = 0.62  # the inside of an open mesh is darker, so that a hole is seen as one


@dataclass(frozen=True, slots=True)
class SceneActors:
    """What stands for one part; `stand_in` is hidden until the view moves."""

    part: vtkActor
    edges: vtkActor
    stand_in: vtkActor | None

    def all(self) -> tuple[vtkActor, ...]:
        known = (self.part, self.edges)
        return known if self.stand_in is None else (*known, self.stand_in)


def build_actors(surface: Surface, palette: Palette, *, line_width_px: float) -> SceneActors:
    """Return the actors of a part, coloured by `palette`; add them to a renderer yourself."""
    part = _shaded_actor(poly_data(surface.points, surface.faces, normals=surface.normals))
    if not len(surface.normals):
        part.GetProperty().SetInterpolationToFlat()
    # Back faces of a solid would only shine through along its outline, as dark dots.
    part.GetProperty().SetBackfaceCulling(surface.solid)
    stand_in = None
    if surface.has_stand_in:
        stand_in = _shaded_actor(poly_data(surface.stand_in_points, surface.stand_in_faces))
        stand_in.GetProperty().SetInterpolationToFlat()
        stand_in.SetVisibility(False)
    edges = _edge_actor(surface, line_width_px)
    actors = SceneActors(part, edges, stand_in)
    colour_actors(actors, palette)
    return actors


def colour_actors(actors: SceneActors, palette: Palette) -> None:
    """Give the actors the colours of another theme."""
    actors.edges.GetProperty().SetColor(*palette.edge)
    for actor in (actors.part, actors.stand_in):
        if actor is not None:
            actor.GetProperty().SetColor(*palette.part)
            actor.GetBackfaceProperty().SetColor(
                *(channel * _BACK_FACE_SHADE for channel in palette.part)
            )


def light_scene(renderer: vtkRenderer) -> None:
    """Put three lights and a weak one from below where the camera stands; they move with it."""
    from vtkmodules.vtkRenderingCore import vtkLight

    renderer.RemoveAllLights()
    renderer.AutomaticLightCreationOff()
    renderer.LightFollowCameraOn()
    for azimuth, elevation, strength in _LIGHTS:
        light = vtkLight()
        light.SetLightTypeToCameraLight()
        light.SetDirectionAngle(elevation, azimuth)
        light.SetIntensity(strength)
        light.SetColor(1.0, 1.0, 1.0)
        renderer.AddLight(light)


def paint_background(renderer: vtkRenderer, palette: Palette) -> None:
    """Let the background run from the palette's top colour to its bottom colour."""
    renderer.GradientBackgroundOn()
    renderer.SetBackground(*palette.background_bottom)
    renderer.SetBackground2(*palette.background_top)


def _shaded_actor(mesh: vtkPolyData) -> vtkActor:
    from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper, vtkProperty

    mapper = vtkPolyDataMapper()
    mapper.SetInputData(mesh)
    mapper.ScalarVisibilityOff()
    # The part steps back a little, so that edges lying in its faces are drawn whole.
    mapper.SetResolveCoincidentTopologyToPolygonOffset()
    mapper.SetRelativeCoincidentTopologyPolygonOffsetParameters(1.0, 1.0)
    actor = vtkActor()
    actor.SetMapper(mapper)
    actor.SetBackfaceProperty(vtkProperty())
    for material in (actor.GetProperty(), actor.GetBackfaceProperty()):
        material.SetAmbient(_AMBIENT)
        material.SetDiffuse(_DIFFUSE)
        material.SetSpecular(_SPECULAR)
        material.SetSpecularPower(_SPECULAR_POWER)
    return actor


def _edge_actor(surface: Surface, line_width_px: float) -> vtkActor:
    from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

    mapper = vtkPolyDataMapper()
    mapper.SetInputData(poly_data(surface.edge_points, surface.edge_lines, lines=True))
    mapper.ScalarVisibilityOff()
    actor = vtkActor()
    actor.SetMapper(mapper)
    line = actor.GetProperty()
    line.LightingOff()
    line.SetLineWidth(line_width_px)
    return actor
