"""Parts of the sample that come as exact CAD files: what a drawing office would hand over."""

from __future__ import annotations

import math

from .step_file import Edge, Layer, Loop, belt, chamfered, circle, hole, inset, rounded

Stack = list[Layer]


def latch_lever() -> Stack:
    """Latch lever of the dishwasher's door: pivot boss, slotted arm, bent nose."""
    arm = rounded(
        [(-15, -15, 14.5), (15, -15, 9), (48, -9, 6), (70, 6, 10), (70, 14, 2.5), (63, 14, 3),
         (45, 5, 10), (15, 15, 16), (-15, 15, 14.5)]
    )  # fmt: skip
    bore, slot = hole(circle(6.0)), hole(belt((24, -1.5, 2.2), (41, -2.5, 2.2)))
    boss = circle(10.5)
    return [
        *chamfered(0.0, 7.0, [arm, bore, slot], 0.8),
        *chamfered(7.0, 13.0, [boss, bore], 0.8, below=False),
    ]


def door_roller() -> Stack:
    """Roller of the rail vehicle's door: V groove, flange, seat for a ball bearing."""
    bore, seat = hole(circle(11.0)), hole(circle(14.0))
    wide, groove, flange = circle(26.0), circle(21.0), circle(30.0)
    return [
        Layer(0.0, 1.0, [circle(29.0), bore], [flange, bore]),
        Layer(1.0, 4.0, [flange, bore]),
        Layer(4.0, 5.0, [wide, bore]),
        Layer(5.0, 6.0, [wide, seat]),
        Layer(6.0, 11.0, [wide, seat], [groove, seat]),
        Layer(11.0, 13.0, [groove, seat]),
        Layer(13.0, 18.0, [groove, seat], [wide, seat]),
        Layer(18.0, 20.0, [wide, seat]),
        Layer(20.0, 21.0, [wide, seat], [circle(25.0), seat]),
    ]


def guide_shoe() -> Stack:
    """Guide shoe at the foot of the door: channel for the rail, two slots along."""
    channel = rounded(
        [(-20, 0, 3), (20, 0, 3), (20, 34, 2), (11, 34, 2), (11, 14, 3), (5.5, 9, 2),
         (-5.5, 9, 2), (-11, 14, 3), (-11, 34, 2), (-20, 34, 2)]
    )  # fmt: skip
    lightening = [hole(belt((x, 14, 2.2), (x, 27, 2.2))) for x in (-15.5, 15.5)]
    return chamfered(0.0, 64.0, [channel, *lightening], 1.2)


def belt_pulley() -> Stack:
    """Belt pulley of the vacuum cleaner: crowned face between flanges, web with six openings."""
    bore = hole(circle(4.0))
    flange, face = circle(23.0), circle(20.0)
    openings = [
        hole(circle(2.8, (12 * math.cos(a), 12 * math.sin(a))))
        for a in (math.radians(60 * k) for k in range(6))
    ]
    inner, hub = hole(circle(17.0)), circle(7.5)
    return [
        Layer(0.0, 0.8, [circle(22.2), *openings, bore], [flange, *openings, bore]),
        Layer(0.8, 2.0, [flange, *openings, bore]),
        Layer(2.0, 3.0, [circle(19.6), *openings, bore], [face, *openings, bore]),
        Layer(3.0, 9.0, [face, inner, hub, bore]),
        Layer(9.0, 11.0, [face, inner, hub, bore], [circle(19.6), inner, hub, bore]),
        Layer(11.0, 13.0, [flange, inner, hub, bore]),
        Layer(13.0, 16.0, [hub, bore]),
        Layer(16.0, 16.8, [hub, bore], [circle(6.7), bore]),
    ]


def gland_follower() -> Stack:
    """Gland follower of the control valve: oval flange, two stud holes, pressing collar."""
    oval = belt((-29, 0, 11), (0, -4, 20), (29, 0, 11), (0, 4, 20))
    studs = [hole(circle(5.5, (x, 0.0))) for x in (-29.0, 29.0)]
    bore, collar = hole(circle(8.1)), circle(14.0)
    return [
        *chamfered(0.0, 11.0, [oval, *studs, bore], 1.0),
        Layer(11.0, 26.0, [collar, bore]),
        Layer(26.0, 27.5, [collar, bore], [circle(12.5), bore]),
    ]


def handwheel() -> Stack:
    """Handwheel of the control valve: waved rim, five spokes, hub with a square."""
    rim = _waved(60.0, 8, 0.45, 12.0)
    openings = [hole(_window(18.0, 46.0, 72 * k + 10, 72 * k + 62, 4.0)) for k in range(5)]
    square = hole(rounded([(x, y, 0.6) for x, y in ((-5, -5), (5, -5), (5, 5), (-5, 5))]))
    hub = circle(13.0)
    return [
        *chamfered(0.0, 9.0, [rim, *openings, square], 1.5, below=False),
        *chamfered(9.0, 19.0, [hub, square], 1.2, below=False),
    ]


def hatch_dog() -> Stack:
    """Dog handle of the ferry's hatch: square hub, long lever with a hole for the lanyard."""
    lever = rounded(
        [(-24, -24, 22), (24, -24, 18), (70, -13, 30), (176, 4, 12), (184, 30, 13), (160, 33, 12),
         (66, 13, 30), (24, 24, 18), (-24, 24, 22)]
    )  # fmt: skip
    square = hole(rounded([(x, y, 1.5) for x, y in ((-9, -9), (9, -9), (9, 9), (-9, 9))]))
    eye = hole(circle(4.5, (168.0, 18.5)))
    groove = hole(belt((52, -0.5, 4.0), (126, 8.5, 4.0)))
    boss = circle(19.0)
    return [
        *chamfered(0.0, 16.0, [lever, square, eye, groove], 2.5),
        *chamfered(16.0, 26.0, [boss, square], 1.5, below=False),
    ]


def hinge_arm() -> Stack:
    """Goose neck of the washing machine's door hinge: eye, bent arm, foot with two bores."""
    arm = rounded(
        [(-11, -11, 10.8), (11, -11, 10), (22, -38, 14), (52, -46, 10), (86, -46, 3), (86, -24, 3),
         (58, -24, 10), (36, -22, 14), (11, 11, 10.8), (-11, 11, 10.8)]
    )  # fmt: skip
    eye = hole(circle(5.05))
    bores = [hole(circle(3.3, (x, -35.0))) for x in (60.0, 78.0)]
    pad = rounded([(53, -43, 4), (83, -43, 2.5), (83, -27, 2.5), (53, -27, 4)])
    boss = circle(9.0)
    return [
        *chamfered(0.0, 9.0, [arm, eye, *bores], 1.0),
        Layer(9.0, 12.0, [pad, *bores, boss, eye]),
        Layer(12.0, 15.0, [boss, eye]),
        Layer(15.0, 15.8, [boss, eye], [inset(boss, 0.8), eye]),
    ]


def _waved(radius: float, waves: int, share: float, hollow: float) -> Loop:
    """Return a round rim with finger hollows: arcs of the rim and hollow arcs in turn."""
    step = 2 * math.pi / waves
    half = step * share / 2
    zero = (0.0, 0.0)
    edges = []
    for k in range(waves):
        a, b, c = (k * step - half, k * step + half, (k + 1) * step - half)
        p, q, r = (
            (radius * math.cos(t), radius * math.sin(t)) for t in (a, b, c)
        )  # fmt: skip
        edges.append(Edge(p, q, zero))
        middle = (b + c) / 2
        chord = radius * math.sin((c - b) / 2)
        reach = radius * math.cos((c - b) / 2) + math.sqrt(max(hollow**2 * 4 - chord**2, 0.0))
        edges.append(Edge(q, r, (reach * math.cos(middle), reach * math.sin(middle)), ccw=False))
    return Loop(tuple(edges))


def _window(inner: float, outer: float, start_deg: float, end_deg: float, radius: float) -> Loop:
    """Return a piece of a ring with rounded corners; the spokes beside it are parallel enough."""
    s, e = math.radians(start_deg), math.radians(end_deg)

    def corner(ring: float, angle: float, side: int, way: int) -> tuple[Point, Point, Point]:
        """Return centre and touching points on the ring and on the straight side."""
        reach = ring + way * radius
        lean = math.asin(radius / reach)
        at = angle + side * lean
        centre = (reach * math.cos(at), reach * math.sin(at))
        on_ring = (ring * math.cos(at), ring * math.sin(at))
        along = reach * math.cos(lean)
        return centre, on_ring, (along * math.cos(angle), along * math.sin(angle))

    zero = (0.0, 0.0)
    c1, r1, s1 = corner(outer, s, 1, -1)
    c2, r2, s2 = corner(outer, e, -1, -1)
    c3, r3, s3 = corner(inner, e, -1, 1)
    c4, r4, s4 = corner(inner, s, 1, 1)
    return Loop(
        (Edge(r1, r2, zero), Edge(r2, s2, c2), Edge(s2, s3), Edge(s3, r3, c3),
         Edge(r3, r4, zero, ccw=False), Edge(r4, s4, c4), Edge(s4, s1), Edge(s1, r1, c1))
    )  # fmt: skip


Point = tuple[float, float]
