"""Meshes of the sample for house and garden: chair, dishwasher, washing machine, vacuum, pump."""

from __future__ import annotations

import math

import numpy as np
from manifold3d import CrossSection, Manifold, OpType

from .shapes import (
    around,
    box,
    circle,
    cone,
    drilled,
    gear,
    hull_of,
    loft,
    lying,
    plate,
    polygon,
    polygon_of,
    rod,
    slot,
    soft,
    turned,
    union,
    upright,
)


def ratchet_arm() -> Manifold:
    """Toothed arm that holds the recliner's backrest in seven positions."""
    bar = CrossSection.square((112, 16)).translate((-10, -8)) + circle(12, 48, (-8, 0))
    bar += circle(10, 40, (102, 0))
    teeth = [
        CrossSection([np.array(((x, 7.9), (x + 9.5, 7.9), (x + 8.5, 13.0), (x + 6.0, 13.5)))])
        for x in np.arange(12.0, 82.0, 10.0)
    ]
    shape = CrossSection.batch_boolean([bar, *teeth], OpType.Add)
    shape -= circle(5.1, 32, (-8, 0)) + circle(4.1, 32, (102, 0))
    solid = soft(shape, 8.0, top=0.7, bottom=0.7, steps=2)
    rib = slot(64, 2.6).translate((48, -1.5))
    return (
        solid - rib.extrude(2.4).translate((0, 0, 5.7)) - rib.extrude(2.4).translate((0, 0, -0.1))
    )


def tube_connector() -> Manifold:
    """T-piece that joins two chair tubes of 22 mm; ribs inside the sockets hold the tubes."""
    wall, inner = 14.2, 11.2
    run, branch = lying(rod(wall, 76, (0, 0, -38))), rod(wall, 46)
    collars = [lying(rod(16.2, 7, (0, 0, z))) for z in (-38, 31)] + [rod(16.2, 7, (0, 0, 39))]
    knee = CrossSection([np.array(((0, 0), (31, 0), (31, 15), (15, 38), (0, 38)))]).extrude(3.2)
    knees = [upright(knee).translate((0, 1.6, 0)).rotate((0, 0, turn)) for turn in (0, 180)]
    body = union([run, branch, *collars, *knees])
    sockets = [lying(rod(inner, 32, (0, 0, z))) for z in (-38.5, 6.5)]
    body -= union([*sockets, rod(inner, 34, (0, 0, 12.5))])
    rib = around(4, box(1.4, 1.6, 26, (inner, 0, 0)))
    body += union([lying(rib.translate((0, 0, z))) for z in (-34, 8)]) ^ run
    return body - union(rod(2.2, 20, (x, 0, 0), 24) for x in (-27, 27))


def spray_arm() -> Manifold:
    """Lower spray arm of the dishwasher: two bent wings, slits at an angle, hub with bayonet."""
    wing = hull_of((0, 0, 21), (118, 0, 11)) + hull_of((0, 0, 21), (-118, 0, 11))
    body = soft(wing, 13, top=4.0, bottom=1.2, steps=4)
    cavity = hull_of((0, 0, 18), (117, 0, 8.6)) + hull_of((0, 0, 18), (-117, 0, 8.6))
    body -= soft(cavity, 9.2, top=2.5, bottom=0.0, steps=2).translate((0, 0, 1.8))
    for index, x in enumerate((-108, -86, -64, -40, 40, 64, 86, 108)):
        lean = 18 if index % 2 else -18
        jet = (
            slot(5.0, 0.9, 10).extrude(16).translate((0, 0, -4)).rotate((lean, 0, 12 * (index - 4)))
        )
        body -= jet.translate((x, 0, 13))
        body += box(12, 1.2, 1.6, (x, 8.0 if index % 2 else -8.0, 10.6)) ^ body.hull()
    hub = rod(16, 16, (0, 0, -12)) + around(3, box(6, 5, 3, (16.5, 0, -10)))
    ring = turned([(16, 11), (18.5, 11), (18.5, 15), (17, 16.5), (15, 16.5), (15, 11)])
    return union([body, hub, ring]) - rod(12.5, 24, (0, 0, -13)) - rod(5, 40, (0, 0, -15))


def basket_roller() -> Manifold:
    """Roller of the dishwasher's basket: rim, hub, six openings."""
    profile = [(6.0, 0), (9.0, 0), (9.0, 3.4), (16.0, 3.4), (16.0, 0.8), (17.0, 0.0), (19.6, 0.0),
               (20.6, 1.0), (20.6, 8.5), (19.6, 9.5), (17.0, 9.5), (16.0, 8.7), (16.0, 6.4),
               (9.0, 6.4), (9.0, 12.0), (6.0, 12.0)]  # fmt: skip
    return turned(profile, 40) - around(6, rod(2.3, 12, (12.5, 0, -1), 16))


def salt_cap() -> Manifold:
    """Cap of the salt container: coarse thread, gripping hollows, bar to turn it, arrow."""
    angles = np.radians(np.arange(0, 360, 45))
    hollows = [circle(5.5, 24, (30.0 * math.cos(a), 30.0 * math.sin(a))) for a in angles]
    lugs = polygon_of(circle(27, 72) - CrossSection.batch_boolean(hollows, OpType.Add), 1.6)
    head = soft(lugs, 13, top=1.4, bottom=0.6, steps=3)
    skirt = rod(21, 16, (0, 0, -15.5), 64)
    thread = [
        box(3.2, 8.4, 2.2, (21.0, 0, -13.5 + step * 9.0 / 40)).rotate((0, 0, step * 18.0))
        for step in range(40)
    ]
    bar = soft(slot(34, 4.5), 7, top=1.6, bottom=0.0).translate((0, 0, 12.4))
    arrow = CrossSection([np.array(((-4, 12), (4, 12), (0, 19)))]).extrude(1.0)
    body = union([head, skirt, bar, arrow.translate((0, 0, 12.6)), *thread])
    return body - rod(18, 22, (0, 0, -17), 56)


def drawer_front() -> Manifold:
    """Front of the detergent drawer: bowed panel, recessed grip, snap hooks and ribs behind."""
    outline = plate(176, 52, 7)
    panel = soft(outline, 9, top=2.4, bottom=0.0, steps=3)
    panel -= soft(plate(170, 46, 4.5), 6.2, top=0.0).translate((0, 0, -0.1))
    scoop = soft(slot(66, 11), 12, top=0.0, bottom=3.0).translate((0, 4, 3.4))
    floor = soft(slot(66, 12.6), 8.4, top=0.0).translate((0, 4, 0))
    body = panel + floor - scoop
    ribs = [box(1.6, 46, 6.4, (x, 0, 0)) for x in (-66, -50, 50, 66)]
    ribs += [box(60, 1.6, 6.4, (s * 56, 0, 0)) for s in (-1, 1)]
    hook = CrossSection([np.array(((0, 0), (3, 0), (3, 15), (6, 17), (3, 22), (0, 22)))]).extrude(9)
    hooks = [
        upright(hook).mirror((0, 0, 1)).translate((x, 4.5 + y, 7))
        for x in (-78, 74)
        for y in (-9, 9)
    ]
    lip = upright(soft(slot(62, 2.4), 6, top=0.8, bottom=0.8)).translate((0, 18.0, 9.4))
    return union([body, *ribs, *hooks, lip])


def door_hook() -> Manifold:
    """Lock hook of the washing machine's door: pivot, nose, spring eye."""
    outline = polygon(
        [(-9, -9), (9, -9), (14, 10), (20, 30), (33, 36), (33, 43), (22, 47), (10, 44), (2, 26),
         (-9, 9)], 2.2, 20,
    )  # fmt: skip
    eye = hull_of((-9, 0, 5), (-22, 4, 5), segments=24)
    solid = soft(outline + eye, 7, top=0.8, bottom=0.8, steps=2)
    boss = turned([(0, -4), (7.5, -4), (8, -3.5), (8, 10.5), (7.5, 11), (0, 11)], 40)
    solid = solid + boss - rod(4.05, 30, (0, 0, -10), 32) - rod(2.2, 20, (-22, 4, -5), 24)
    pocket = polygon([(6, 12), (11, 12), (15.5, 30), (10, 34), (7, 26)], 1.2, 12)
    return (
        solid - pocket.extrude(3).translate((0, 0, 4.5)) - pocket.extrude(3).translate((0, 0, -0.5))
    )


def drum_pulley() -> Manifold:
    """Pulley of the washing machine's drum: five ribs for the belt, six curved arms."""
    steps = [(68.0, 0.0)]
    for index in range(5):
        z = 2.0 + index * 2.6
        steps += [(70.0, z), (68.2, z + 1.3)]
    rim = turned([(62, 0), *steps, (70.0, 15.0), (68.0, 17.0), (62, 17.0)], 96)
    hub = turned([(0, -2), (15, -2), (16, -1), (16, 21), (15, 22), (0, 22)], 48)
    arm = soft(polygon([(12, -7), (40, -3.5), (64, -6), (64, 6), (40, 3.5), (12, 7)]), 8, top=1.0,
               bottom=1.0, steps=2)  # fmt: skip
    rib = box(50, 3, 13, (38, 0, 2))
    web = turned([(15, 6.5), (63, 6.5), (63, 9.5), (15, 9.5)], 64)
    holes = around(6, soft(hull_of((30, 0, 5), (52, 0, 8)), 20, top=0.0).rotate((0, 0, 30)))
    body = union([rim, hub, around(6, (arm + rib).translate((0, 0, 4)))]) + (web - holes)
    return body - gear(12, 1.25).extrude(40).translate((0, 0, -5))


def machine_foot() -> Manifold:
    """Adjustable foot: ribbed pad, hexagon, threaded stud."""
    pad = turned([(0, 0), (17, 0), (19, 1.5), (19, 6), (16, 9.5), (8, 11), (0, 11)], 48)
    pad -= around(16, box(8, 1.5, 3, (14, 0, -1.4)))
    nut = circle(9.5, 6).extrude(6).translate((0, 0, 10.5))
    stud = [rod(4.1, 36, (0, 0, 14), 24)]
    stud += [cone(5.0, 4.0, 1.2, (0, 0, 18 + k * 1.6), 24) for k in range(19)]
    return union([pad, nut, *stud])


def impeller(blades: int = 7) -> Manifold:
    """Wheel of the drain pump: back plate, curved blades, hub with a D-shaped bore."""
    back = turned([(0, 0), (23, 0), (24, 0.8), (24, 2.2), (0, 3.0)], 64)
    hub = turned([(0, 2), (7, 2), (6.5, 12), (4.5, 15), (0, 15)], 40)
    bore = circle(3.05, 28) - CrossSection.square((8, 4)).translate((-4, 2.1))
    return union([back, hub, around(blades, _blade(5.0, 23.5, 1.8, 11.0, 48))]) - bore.extrude(
        12
    ).translate((0, 0, -1))


def fan_wheel() -> Manifold:
    """Fan of the vacuum cleaner: two discs, nine backward blades, inlet ring."""
    back = turned([(0, 0), (52, 0), (52, 1.8), (10, 3.2), (0, 3.2)], 72)
    cover = turned(
        [(23, 17.0), (24.6, 16.6), (36, 14.4), (52, 12.4), (52, 14.0), (36, 16.4), (24, 19.4)], 72
    )
    hub = turned([(0, 0), (10, 0), (9, 11), (6, 15), (0, 15)], 40)
    blades = around(9, _blade(15, 51.2, 1.7, 16.0, 62))
    under = turned([(8, 0), (52, 0), (52, 13.2), (36, 15.4), (24.0, 17.8), (12, 17.8), (8, 10)], 72)
    return union([back, cover, hub, blades ^ under]) - rod(3.0, 30, (0, 0, -1), 32)


def _blade(inner: float, outer: float, thick: float, height: float, sweep_deg: float) -> Manifold:
    along = np.linspace(0, 1, 9)
    radius = inner + (outer - inner) * along
    angle = np.radians(sweep_deg) * along**1.2
    middle = np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1)
    ahead = np.gradient(middle, axis=0)
    side = np.stack((-ahead[:, 1], ahead[:, 0]), axis=1) / np.linalg.norm(ahead, axis=1)[:, None]
    outline = np.concatenate((middle - side * thick / 2, (middle + side * thick / 2)[::-1]))
    return CrossSection([outline]).extrude(height).translate((0, 0, 1.0))


def crevice_nozzle() -> Manifold:
    """Crevice nozzle: round socket that flows into a flat, slanted mouth."""
    outside, inside = _flow(17.5, (15.5, 5.6)), _flow(15.7, (13.9, 4.0))
    socket = union([rod(17.5, 34), rod(19, 4), rod(18.4, 3, (0, 0, 31))])
    grips = union(box(36.6, 1.6, 22, (0, y, 6)) for y in np.arange(-8, 9, 4.0))
    hollow = rod(15.7, 40, (0, 0, -1)) + inside.translate((0, 0, 34))
    body = union([socket, outside.translate((0, 0, 34)), grips]) - hollow
    slant = (-math.sin(math.radians(50)), 0.0, -math.cos(math.radians(50)))
    return lying(body.trim_by_plane(slant, -math.cos(math.radians(50)) * 172))


def _flow(radius: float, mouth: tuple[float, float]) -> Manifold:
    """Loft from a circle into a flat ellipse."""
    rings = []
    for share in np.linspace(0, 1, 6):
        ease = share * share * (3 - 2 * share)
        x, y = radius + (mouth[0] - radius) * ease, radius + (mouth[1] - radius) * ease
        angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        rings.append(
            np.stack((x * np.cos(angles), y * np.sin(angles), np.full(40, share * 158)), 1)
        )
    return loft(np.array(rings))


def bin_latch() -> Manifold:
    """Latch of the dust bin: thumb pad with grooves, spring tongue, nose."""
    profile = [(0, 0), (26, 0), (30, 3), (44, 3.5), (48, 8), (46, 9.5), (41, 6), (28, 6), (25, 4),
               (12, 4), (8, 9), (0, 9)]  # fmt: skip
    body = upright(soft(polygon(profile, 0.5, 12), 18, top=0.7, bottom=0.7, steps=2))
    grooves = [box(1.1, 14, 2, (x, -9, 8.4)) for x in (1.8, 3.9, 6.0)]
    window = box(10, 9, 12, (18.5, -9, -1))
    return (
        body
        - union(grooves)
        - window
        - lying(rod(1.6, 60, (0, 0, 0))).rotate((0, 0, 90)).translate((4, -30, 4.5))
    )


def rear_wheel() -> Manifold:
    """Rear wheel of the vacuum cleaner: tread, five spokes, hub cap."""
    tread = turned([(33, -9), (39, -9), (41, -7), (41.6, 0), (41, 7), (39, 9), (33, 9)], 72)
    tread -= around(24, box(3, 2.2, 20, (41.6, 0, -10)))
    disc = turned([(12, -2.2), (34, -3.2), (34, 3.2), (12, 2.2)], 64)
    opening = polygon([(15, -5.5), (30, -11.5), (31, 0), (30, 11.5), (15, 5.5)], 1.6, 16)
    disc -= around(5, opening.extrude(20).translate((0, 0, -10)))
    hub = turned([(0, -10), (11, -10), (13, -8), (13, 7), (10, 10.5), (0, 11.5)], 48)
    return union([tread, disc, hub]) - rod(4.1, 17, (0, 0, -11), 32)


def hose_nozzle() -> Manifold:
    """Hose nozzle for half-inch hose: four barbs, hexagon, external thread."""
    profile = [(4.4, 0), (6.3, 0)]
    for step in range(4):
        z = 1.0 + step * 5.0
        profile += [(6.3, z), (7.6, z + 4.2), (6.6, z + 4.3)]
    profile += [(6.6, 23), (10, 23), (10, 33)]
    for step in range(7):
        z = 33.5 + step * 1.8
        profile += [(10.2, z), (11.2, z + 0.9)]
    profile += [(10.0, 46.4), (9.6, 47), (6.4, 47), (6.4, 34), (4.4, 30)]
    hexagon = soft(circle(14.5, 6), 8, top=0.6, bottom=0.6, steps=1).translate((0, 0, 23.5))
    return turned(profile, 44) + (hexagon - rod(5, 30, (0, 0, 20)))


def check_valve_housing() -> Manifold:
    """Housing of the garden pump's check valve: two ports, round chamber with four lugs."""
    run = lying(rod(17, 96, (0, 0, -48)))
    ports = [lying(rod(25, 8, (0, 0, z))) for z in (-48, 40)]
    chamber = turned([(0, -22), (18, -22), (25, -14), (27, 0), (27, 26), (0, 26)], 56)
    flange = hull_of(
        *[(30 * math.cos(a), 30 * math.sin(a), 7) for a in np.radians((45, 135, 225, 315))],
        segments=28,
    )
    top = soft(flange, 7, top=1.0, bottom=1.0, steps=2).translate((0, 0, 20))
    ribs = [box(60, 4, 20, (0, 0, s)) for s in (-2,)]
    body = union([run, *ports, chamber, top, *ribs])
    body -= turned([(0, -17), (14, -17), (20, -11), (21.5, 0), (21.5, 40), (0, 40)], 48)
    body -= lying(rod(12, 110, (0, 0, -55), 40))
    body = drilled(
        body, [(30 * math.cos(a), 30 * math.sin(a)) for a in np.radians((45, 135, 225, 315))], 3.2
    )
    holes = [
        lying(rod(2.8, 12, (x, y, z), 20)) for z in (-50, 39) for x, y in ((0, 20.8), (0, -20.8))
    ]
    return body - union(holes)
