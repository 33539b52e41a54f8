"""Make the geometry files of the sample inventory: `python -m sample_parts.make_geometry`.

Run it in `tests`. Parts of our own design; the same script makes the same bytes. Needs manifold3d,
which the program itself never uses.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from manifold3d import Manifold

from . import household_parts as household
from . import industry_parts as industry
from . import shapes, solids, step_parts
from . import stacked_parts as stacked
from .mesh_files import Mesh, stl_bytes, three_mf_bytes
from .step_file import Layer, step_bytes

FOLDER = Path(__file__).parents[2] / "resources" / "sample" / "geometry"
_MM_PER_INCH = 25.4


def _stacked(make: Callable[[], solids.Solid]) -> Callable[[], Mesh]:
    return lambda: solids.mesh_of(make())


def _carved(make: Callable[[], Manifold]) -> Callable[[], Mesh]:
    return lambda: shapes.mesh_of(make())


def broken(mesh: Mesh) -> Mesh:
    """Tear a mesh open: a strip of faces is missing, as after a failed export."""
    vertices, faces = mesh
    heights = vertices[faces].mean(axis=1)[:, 2]
    torn = np.argsort(heights, kind="stable")[len(faces) // 2 :][:23]
    return vertices, np.delete(faces, torn, axis=0)


def in_inches(mesh: Mesh) -> Mesh:
    return mesh[0] / _MM_PER_INCH, mesh[1]


MESHES: dict[str, Callable[[], Mesh]] = {
    "A003340_spray_nozzle.3mf": _stacked(stacked.spray_nozzle),
    "A003341_spray_arm.3mf": _carved(household.spray_arm),
    "A003352_filter_lid.3mf": _stacked(stacked.filter_lid),
    "A003360_basket_roller.3mf": _carved(household.basket_roller),
    "A003384_salt_cap.3mf": _carved(household.salt_cap),
    "A004711_leg_cap.stl": _stacked(stacked.leg_cap),
    "A004720_hinge_rev_a.stl": _stacked(lambda: stacked.hinge(4.0, ((19.75, 23.0), (46.25, 23.0)))),
    "A004720_hinge_rev_b.stl": _stacked(
        lambda: stacked.hinge(5.0, ((19.75, 20.0), (46.25, 20.0), (33.0, 27.0)))
    ),
    "A004731_armrest_clip.3mf": _stacked(stacked.armrest_clip),
    "A004752_ratchet_arm.3mf": _carved(household.ratchet_arm),
    "A004758_tube_connector.3mf": _carved(household.tube_connector),
    "A005131_hose_nozzle.3mf": _carved(household.hose_nozzle),
    "A005203_check_valve_housing.3mf": _carved(household.check_valve_housing),
    "A006017_programme_knob.3mf": _stacked(stacked.programme_knob),
    "A006031_drawer_front.3mf": _carved(household.drawer_front),
    "A006040_pump_impeller.stl": lambda: broken(shapes.mesh_of(household.impeller())),
    "A006052_door_hook.3mf": _carved(household.door_hook),
    "A006063_drum_pulley.3mf": _carved(household.drum_pulley),
    "A006070_machine_foot.3mf": _carved(household.machine_foot),
    "CV40-01_valve_body.3mf": _carved(industry.valve_body),
    "CV40-07_valve_plug.3mf": _carved(industry.valve_plug),
    "CV40-22_flange_adapter.stl": lambda: in_inches(shapes.mesh_of(industry.flange_adapter())),
    "M12-001_hatch_frame.3mf": _carved(industry.hatch_frame),
    "M12-014_ventilation_cowl.3mf": _carved(industry.cowl),
    "M12-030_fairlead.3mf": _carved(industry.fairlead),
    "OG-101_night_guard.3mf": _carved(industry.night_guard),
    "OG-107_impression_tray.3mf": _carved(industry.impression_tray),
    "ST2-0117_doorstop.3mf": _carved(industry.doorstop),
    "ST2-0212_bearing_bracket.3mf": _carved(industry.bearing_bracket),
    "ST2-0230_release_handle.3mf": _carved(industry.release_handle),
    "ST2-0301_drive_cover.3mf": _carved(industry.drive_cover),
    "V8-1010_fan_wheel.3mf": _carved(household.fan_wheel),
    "V8-1022_crevice_nozzle.3mf": _carved(household.crevice_nozzle),
    "V8-1041_bin_latch.stl": _carved(household.bin_latch),
    "V8-1057_rear_wheel.3mf": _carved(household.rear_wheel),
}
BODIES: dict[str, Callable[[], list[Layer]]] = {
    "A003371_latch_lever.step": step_parts.latch_lever,
    "A006022_hinge_arm.step": step_parts.hinge_arm,
    "CV40-11_gland_follower.step": step_parts.gland_follower,
    "CV40-15_handwheel.step": step_parts.handwheel,
    "M12-022_hatch_dog.step": step_parts.hatch_dog,
    "ST2-0204_door_roller.step": step_parts.door_roller,
    "ST2-0308_guide_shoe.step": step_parts.guide_shoe,
    "V8-1035_belt_pulley.step": step_parts.belt_pulley,
}
FILES = (*MESHES, *BODIES)


def file_bytes(name: str) -> bytes:
    """Return the content of one of `FILES`."""
    title = Path(name).stem.replace("_", " ")
    if name in BODIES:
        return step_bytes(BODIES[name](), title)
    mesh = MESHES[name]()
    return stl_bytes(mesh) if name.endswith(".stl") else three_mf_bytes(mesh, title)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        if old.name not in FILES:
            old.unlink()
    for name in FILES:
        (FOLDER / name).write_bytes(file_bytes(name))


if __name__ == "__main__":
    main()
