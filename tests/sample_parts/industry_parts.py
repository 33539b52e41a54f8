"""Meshes of the sample beyond the house: rail vehicle door, valve plant, ferry, dental practice."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from manifold3d import CrossSection, Manifold, OpType

from .shapes import (
    around,
    box,
    circle,
    cone,
    drilled,
    hull_of,
    loft,
    lying,
    plate,
    polygon,
    rod,
    slot,
    soft,
    tube_along,
    turned,
    union,
    upright,
)


def doorstop() -> Manifold:
    """Stop of the rail vehicle's door: base with two sunk holes, ribbed buffer."""
    base = soft(hull_of((-30, 0, 13), (30, 0, 13), segments=32), 8, top=1.4, bottom=0.0, steps=2)
    base = drilled(base, [(-31, 0), (31, 0)], 3.3, sink=3.2)
    ribs = [(17, 6), (17, 8), (15.5, 10), (15.5, 13), (17.5, 15), (17.5, 18), (15.5, 20)]
    buffer = turned([(0, 6), *ribs, (15.5, 23), (17, 25), (16, 31), (12, 34.5), (0, 36)], 32)
    return base + buffer - rod(7, 26, (0, 0, -1), 32)


def bearing_bracket() -> Manifold:
    """Bracket of the door drive: foot with slots, eye for the bearing, two gussets."""
    foot = soft(plate(92, 58, 6), 9, top=1.2, bottom=0.0, steps=2)
    for x in (-34, 34):
        foot -= slot(8, 4.5).rotate(90).extrude(20).translate((x, 0, -5))
    shape = hull_of((0, 52, 25), (-27, 6, 2), (27, 6, 2), segments=48)
    eye = upright(soft(shape, 14, top=1.2, bottom=1.2, steps=2)).translate((0, 7, 0))
    ring = upright(soft(circle(23, 56), 26, top=1.5, bottom=1.5, steps=2)).translate((0, 13, 52))
    gusset = CrossSection([np.array(((0, 0), (20, 0), (4, 36), (0, 36)))]).extrude(7)
    gussets = [
        gusset.rotate((90, 0, 90)).translate((x - 3.5, 6 if s > 0 else -6, 8)).mirror((0, 0, 0))
        if s > 0
        else gusset.rotate((90, 0, 90)).mirror((0, 1, 0)).translate((x - 3.5, -6, 8))
        for x in (-18, 18)
        for s in (1, -1)
    ]
    body = union([foot, eye, ring, *gussets])
    return body - upright(rod(15, 60, (0, 0, -30), 48)).translate((0, 0, 52))


def release_handle() -> Manifold:
    """Emergency release of the door: pivot with a square hole, bent lever, grip bar."""
    lever = polygon(
        [(-13, -13), (13, -13), (30, 6), (96, 30), (96, 47), (24, 24), (-13, 13)], 7, 28
    )
    arm = soft(lever, 14, top=2.2, bottom=2.2, steps=3)
    groove = hull_of((34, 19, 3), (86, 37, 3), segments=16)
    arm -= groove.extrude(4).translate((0, 0, 11.5)) + groove.extrude(4).translate((0, 0, -1.5))
    hub = soft(circle(16, 48), 24, top=1.6, bottom=1.6, steps=2).translate((0, 0, -5))
    grip = hull_of((96, 38, 11), (148, 45, 9), segments=32)
    bar = soft(grip, 20, top=5.5, bottom=5.5, steps=4).translate((0, 0, -3))
    square = (
        CrossSection.square((10, 10), center=True).rotate(20).extrude(60).translate((0, 0, -20))
    )
    dents = [rod(4.5, 40, (108 + 11 * k, 24.5 + 1.4 * k, -10), 24) for k in range(4)]
    return union([arm, hub, bar]) - square - union(dents)


def drive_cover() -> Manifold:
    """Cover of the door drive: shell with louvres, four screw domes, cable notch."""
    shell = soft(plate(150, 92, 9), 34, top=4.0, bottom=0.0, steps=3)
    shell -= soft(plate(145, 87, 6.5), 31.5, top=2.0, bottom=0.0, steps=2).translate((0, 0, -0.01))
    louvres = [slot(74, 1.7, 12).extrude(10).translate((0, y, 28)) for y in np.arange(-24, 25, 8.0)]
    hoods = [
        soft(slot(74, 2.6, 12), 3.0, top=1.2, bottom=0.0, steps=1).translate((0, y + 3.2, 33.4))
        for y in np.arange(-24, 25, 8.0)
    ]
    body = union([shell, *hoods]) - union(louvres)
    for x in (-63, 63):
        for y in (-35, 35):
            dome = rod(6, 32, (x, y, 0), 28)
            body = body + dome - rod(2.3, 40, (x, y, -1), 20) - rod(4.2, 8, (x, y, 27), 24)
    notch = lying(rod(8, 30, (0, 0, 60), 32))
    return body - notch - box(30, 16, 16, (75, 0, -16.0))


def valve_body() -> Manifold:
    """Body of the control valve DN 40: two flanges, globe, bonnet flange, seat."""
    globe = turned(
        [(0, -46), (26, -44), (40, -30), (45, -8), (42, 14), (32, 30), (30, 62), (0, 62)], 56
    )
    necks = [lying(cone(27, 40, 40, (0, 0, -78), 48)), lying(cone(40, 27, 40, (0, 0, 38), 48))]
    flanges = [lying(_flange(52, 13, z)) for z in (-95, 82)]
    bonnet = soft(circle(46, 64), 14, top=1.2, bottom=1.2, steps=1).translate((0, 0, 56))
    neck = [lying(rod(27, 26, (0, 0, z), 48)) for z in (-88, 62)]
    ribs = [box(150, 6, 40, (0, 0, -20))]
    body = union([globe, *necks, *flanges, bonnet, *neck, *ribs])
    hollow = turned(
        [(0, -38), (20, -36), (32, -24), (36, -6), (33, 12), (25, 26), (24, 90), (0, 90)], 48
    )
    ports = [lying(rod(20, 110, (0, 0, z), 40)) for z in (-110, 0)]
    seat = turned([(17, -6), (40, -6), (40, 2), (20, 2), (17, -1)], 48) ^ globe
    body = body - hollow - union(ports) + seat
    bolts = [(38 * math.cos(a), 38 * math.sin(a)) for a in np.radians(range(22, 382, 60))]
    return body - union(rod(3.6, 40, (x, y, 50), 20) for x, y in bolts)


def _flange(radius: float, thick: float, z: float) -> Manifold:
    disc = soft(circle(radius, 72), thick, top=1.0, bottom=1.0, steps=1)
    bolts = [(38 * math.cos(a), 38 * math.sin(a)) for a in np.radians((45, 135, 225, 315))]
    return drilled(disc, bolts, 6.5).translate((0, 0, z))


def valve_plug() -> Manifold:
    """Plug of the control valve: equal-percentage skirt with three ports, stem."""
    profile = [(0, 0), (16.5, 0), (16.5, 14), (19, 17), (19, 21), (12, 24), (7, 30), (7, 78),
               (5.5, 79.5), (5.5, 96), (4.5, 97), (0, 97)]  # fmt: skip
    body = turned(profile, 48) - rod(13, 13, (0, 0, -1), 40)
    port = upright(
        polygon([(-6, -2), (6, -2), (3.0, 6), (1.2, 12), (-1.2, 12), (-3.0, 6)]).extrude(30)
    )
    body -= around(3, port.translate((0, 0, 0)).rotate((0, 0, 90)).translate((30, 0, 0)))
    for k in range(8):
        body -= turned([(4.9, 82 + k * 1.6), (6.5, 81.4 + k * 1.6), (6.5, 82.6 + k * 1.6)], 32)
    return body


def flange_adapter() -> Manifold:
    """Adapter flange of the control valve, drawn in inches: pattern of four, raised face, hub."""
    inch = 25.4
    profile = [(1.0, 0), (3.0, 0), (3.0, 0.62), (1.9, 0.75), (1.45, 1.5), (1.32, 2.3), (1.0, 2.3)]
    body = turned([(r * inch, z * inch) for r, z in profile], 48)
    body += turned(
        [(1.0 * inch, -1.6), (1.81 * inch, -1.6), (1.81 * inch, 0.1), (1.0 * inch, 0.1)], 48
    )
    bolts = [
        (2.375 * inch * math.cos(a), 2.375 * inch * math.sin(a))
        for a in np.radians((45, 135, 225, 315))
    ]
    return drilled(body, bolts, 0.375 * inch)


def hatch_frame() -> Manifold:
    """Frame of the ferry's deck hatch, 2.2 m long: coaming, gasket groove, hinge pads."""
    outer, inner = plate(2200, 900, 120, 32), plate(2060, 760, 60, 32)
    coaming = soft(outer - inner, 130, top=10, bottom=0.0, steps=1)
    groove = plate(2150, 850, 95, 32) - plate(2110, 810, 75, 32)
    coaming -= groove.extrude(30).translate((0, 0, 108))
    foot = soft(plate(2320, 1020, 150, 32) - inner, 22, top=4, bottom=0.0, steps=1)
    pads = [box(150, 60, 90, (x, 470, 0)) for x in (-700, 700)]
    pads += [lying(rod(28, 150, (0, 0, x - 75))).translate((0, 490, 95)) for x in (-700, 700)]
    knees = [box(16, 70, 90, (x, s * 465, 0)) for x in (-900, -450, 0, 450, 900) for s in (-1, 1)]
    body = union([coaming, foot, *pads, *knees])
    bolts = [(x, s * 487) for x in np.arange(-1000, 1001, 250.0) for s in (-1, 1)]
    body -= union(lying(rod(11, 400, (0, 0, x - 200))).translate((0, 490, 95)) for x in (-700, 700))
    return body - union(rod(9, 40, (x, y, -5), 16) for x, y in bolts)


def cowl() -> Manifold:
    """Ventilation cowl of the ferry, 0.8 m high: bent trumpet on a bolted ring."""
    outside, inside = _trumpet(0.0), _trumpet(8.0)
    bolts = [(195 * math.cos(a), 195 * math.sin(a)) for a in np.radians(range(0, 360, 45))]
    ring = drilled(soft(circle(215, 64), 18, top=3, bottom=0.0, steps=1), bolts, 7)
    stiff = around(8, box(30, 8, 60, (170, 0, 10)))
    lip = turned([(228, -10), (242, -10), (248, 0), (242, 10), (228, 10)], 64)
    lip = lip.rotate((0, 90, 0)).translate((260, 0, 560))
    return union([outside, ring, stiff, lip]) - inside - rod(152, 40, (0, 0, -5), 48)


def _trumpet(wall: float) -> Manifold:
    rings = []
    for share in np.linspace(0, 1, 9):
        turn = np.radians(90) * max(0.0, (share - 0.35) / 0.65)
        x = 0 if share < 0.35 else 260 * (1 - math.cos(turn)) + (wall > 0) * (share == 1) * 12
        z = share / 0.35 * 300 if share < 0.35 else 300 + 260 * math.sin(turn)
        radius = 160 + 80 * share**2 - wall
        angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        flat = np.stack((radius * np.cos(angles), radius * np.sin(angles), np.zeros(40)), 1)
        tilt = np.array(
            ((math.cos(turn), 0, math.sin(turn)), (0, 1, 0), (-math.sin(turn), 0, math.cos(turn)))
        )
        rings.append(flat @ tilt.T + np.array((x, 0, z)))
    return loft(np.array(rings))


def fairlead() -> Manifold:
    """Fairlead of the ferry: oval ring with a rounded throat on a bolted foot."""
    path = []
    for angle in np.radians(np.linspace(0, 360, 33)):
        x = math.cos(angle)
        apart = 0.0 if abs(x) < 1e-6 else math.copysign(38, x)
        path.append((62 * x + apart, 0.0, 92 + 50 * math.sin(angle)))
    ring = tube_along(path, 21, 20)
    foot = soft(plate(264, 84, 16), 16, top=3, bottom=0.0, steps=2)
    foot = drilled(foot, [(x, y) for x in (-108, 108) for y in (-24, 24)], 7, sink=4)
    saddle = soft(plate(160, 40, 8), 30, top=4, bottom=0.0, steps=1).translate((0, 0, 12))
    throat = slot(76, 40, 32).extrude(120).rotate((90, 0, 0)).translate((0, 60, 92))
    return union([ring, foot, saddle - throat])


def night_guard() -> Manifold:
    """Occlusal guard, upper: a shell that follows fourteen teeth, their imprints, contact marks."""
    lobes, imprints, marks = [], [], []
    for index in range(14):
        angle = math.radians(-16 + 212 * index / 13)
        x = 28.5 * math.cos(angle)
        y = 27 * math.sin(angle) if math.sin(angle) > 0 else 40 * math.sin(angle)
        far = abs(index - 6.5) / 6.5  # front teeth are narrow, molars wide
        wide, deep = 4.2 + 1.3 * far, 3.4 + 2.6 * far
        lean = math.degrees(math.atan2(max(y, 0.0) / 27**2, x / 28.5**2)) - 90
        lobe = soft(_oval(wide + 1.9, deep + 2.0), 9.0, top=2.0, steps=2)
        lobes.append(lobe.rotate((0, 0, lean)).translate((x, y, 0)))
        tooth = Manifold.sphere(1.0, 20).scale((wide - 0.2, deep, 6.4))
        imprints.append(tooth.rotate((0, 0, lean)).translate((x, y, -0.2)))
        if far > 0.4:
            mark = Manifold.sphere(1.6 + far, 12).scale((1.0, 0.7, 0.5))
            marks.append(mark.rotate((0, 0, lean)).translate((x, y, 9.2)))
    return (union(lobes) - union([*imprints, *marks])).rotate((180, 0, 0)).rotate((0, 0, 180))


def _oval(x: float, y: float) -> CrossSection:
    return circle(1.0, 24).scale((x, y))


def impression_tray() -> Manifold:
    """Impression tray, lower: perforated trough in the shape of the jaw, handle."""
    trough = soft(_arch(36, 30, 20.0), 15, top=1.0, bottom=2.0, steps=2)
    trough -= soft(_arch(36, 30, 16.0), 16, top=0.0, bottom=2.0, steps=2).translate((0, 0, 2.2))
    handle = soft(hull_of((0, 44, 8), (0, 74, 9), segments=28), 5, top=1.4, bottom=1.0, steps=2)
    handle -= rod(4.5, 20, (0, 74, -5), 24)
    body = trough + handle.translate((0, 0, 3))
    holes = []
    for ring in (30.0, 36.0):
        for angle in np.radians(np.arange(8, 180, 15.0)):
            holes.append(
                rod(1.3, 12, (ring * math.cos(angle), (ring - 4) * math.sin(angle), -3), 10)
            )
    for x in (-36, -30, 30, 36):
        for y in (-8, -16):
            holes.append(rod(1.3, 12, (x * 1.0, y, -3), 10))
    return body - union(holes)


def _arch(radius_x: float, radius_y: float, width: float) -> CrossSection:
    """Return a horseshoe: half an ellipse and two straight legs, `width` wide."""
    points = [(radius_x, -20.0)]
    points += [
        (radius_x * math.cos(a), radius_y * math.sin(a))
        for a in np.radians(np.linspace(0, 180, 25))
    ]
    points += [(-radius_x, -20.0)]
    pieces = [hull_of((*a, width / 2), (*b, width / 2), segments=24) for a, b in pairwise(points)]
    return CrossSection.batch_boolean(pieces, OpType.Add).simplify(0.05)
