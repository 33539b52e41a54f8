"""Parts of the sample that are stacked from layers: garden chair and dishwasher."""

from __future__ import annotations

import numpy as np

from .solids import (
    Layer,
    Loop,
    Solid,
    arc,
    circle,
    drill,
    fillet_layers,
    hole,
    inset,
    rounded,
    stack,
    turned,
)


def leg_cap() -> Solid:
    """Closes the oval tube of a chair leg: ribbed inside, rounded outside, held by one screw."""
    outer = _stadium(18.0, 15.0)
    groove = inset(outer, 0.9)
    socket = hole(inset(outer, 2.6))
    screw, head = hole(circle(2.2, 48)), hole(circle(4.4, 48))
    pockets = [
        hole(rounded(_corners(x0, x1, y0, y1, 1.2), 5))
        for x0, x1 in ((-16.0, -6.5), (6.5, 16.0))
        for y0, y1 in ((-8.6, -1.0), (1.0, 8.6))
    ]
    return stack(
        [
            Layer(0.0, 0.8, [inset(outer, 0.8), socket], [outer, socket]),
            Layer(0.8, 4.0, [outer, socket]),
            Layer(4.0, 5.2, [groove, socket]),
            Layer(5.2, 8.0, [outer, socket]),
            Layer(8.0, 17.0, [outer, *pockets, screw]),
            Layer(17.0, 19.0, [outer, screw]),
            Layer(19.0, 20.0, [outer, screw]),
            *_sunk(fillet_layers(20.0, 4.0, outer, (), 6), screw, head),
        ]
    )


def hinge(thickness: float, holes: tuple[tuple[float, float], ...]) -> Solid:
    """One leaf of the backrest hinge: three knuckles with a bore, a leaf with sunk holes."""
    length = 66.0
    barrel, bore, fillet, leaf_end = 6.5, 2.6, 3.0, 34.0
    # The fillet touches the barrel and the upper face of the leaf.
    centre_z = thickness + fillet
    centre_y = float(np.sqrt((barrel + fillet) ** 2 - (centre_z - barrel) ** 2))
    touch_deg = float(np.degrees(np.arctan2(centre_z - barrel, centre_y)))
    free_y = centre_y + 0.8
    end = [
        np.array(((free_y, 0.0), (leaf_end - 1.0, 0.0))),
        arc((leaf_end - 1.0, 1.0), 1.0, -90, 0, 6)[1:],
        arc((leaf_end - 1.0, thickness - 1.0), 1.0, 0, 90, 6),
        np.array(((free_y, thickness),)),
    ]
    around = np.concatenate(
        (
            arc((centre_y, centre_z), fillet, 270, 180 + touch_deg, 8),
            arc((0.0, barrel), barrel, touch_deg, 270, 40)[1:],
        )
    )
    leaf = np.concatenate(end)
    knuckle = np.concatenate((leaf, around))
    pin = hole(circle(bore, 40, (0.0, barrel)))
    layers, place = [], 0.0
    for index, width in enumerate((13.0, 13.5, 13.0, 13.5, 13.0)):
        loops = [leaf] if index % 2 else [knuckle, pin]
        layers.append(Layer(place, place + width, loops))
        place += width
    assert place == length
    # The profile (y, z) was stacked along x: rename the axes to x, y, z.
    solid = turned(stack(layers), (2, 0, 1))
    for x, y in holes:
        drill(solid, (x, y), 2.2, sink=2.2)
    return solid


def armrest_clip() -> Solid:
    """Snaps the armrest cover onto a 25 mm tube; screwed down through its base."""
    inner, outer, gap_deg = 12.6, 15.8, 52.0
    low = -outer - 1.2  # underside of the base
    base_top = low + 5.0
    lip = 1.6  # radius of the rounded lips
    middle = (inner + outer) / 2
    right = np.array((np.sin(np.radians(gap_deg)), np.cos(np.radians(gap_deg)))) * middle
    meet_deg = float(np.degrees(np.arcsin(base_top / outer)))  # where the ring leaves the base
    meet_x = float(np.cos(np.radians(meet_deg)) * outer)
    start = 90 - gap_deg
    half = 29.0
    profile = np.concatenate(
        (
            rounded(
                [(meet_x, base_top, 0), (-meet_x, base_top, 0), (-half, base_top, 1.2),
                 (-half, low, 1.2), (half, low, 1.2), (half, base_top, 1.2)], 6,
            )[2:],
            arc((0, 0), outer, meet_deg, start, 44),
            arc((right[0], right[1]), lip, start, start + 180, 10)[1:-1],
            arc((0, 0), inner, start, -180 - start, 88),
            arc((-right[0], right[1]), lip, -start, 180 - start, 10)[1:-1],
            arc((0, 0), outer, 180 - start, 180 - meet_deg, 44)[:-1],
            np.array(((-meet_x, base_top),)),
        )
    )  # fmt: skip
    width, chamfer = 20.0, 0.5
    slim = inset(profile, chamfer)
    layers = [
        Layer(0.0, chamfer, [slim], [profile]),
        Layer(chamfer, width - chamfer, [profile]),
        Layer(width - chamfer, width, [profile], [slim]),
    ]
    # The profile (z, x) is stacked along y.
    solid = turned(stack([_swapped(layer) for layer in layers]), (1, 2, 0))
    for x in (-22.4, 22.4):
        drill(solid, (x, width / 2), 2.2, sink=2.0)
    return solid


def filter_lid() -> Solid:
    """Lid of the dishwasher's filter: bayonet lugs, slots, a bar to grip."""
    rim = circle(38.0, 144)
    lugs = rim.copy()
    angle = np.degrees(np.arctan2(rim[:, 1], rim[:, 0])) % 120
    on_lug = (angle > 40) & (angle < 80)
    lugs[on_lug] *= 41.5 / 38.0
    inside = hole(circle(35.4, 144))
    slots = []
    for row in range(-4, 5):
        y = row * 6.6
        reach = float(np.sqrt(32.0**2 - y**2)) - 1.6
        for side in (-1, 1):
            ends = sorted((side * 7.4, side * reach))
            slots.append(hole(_slot(ends[0], ends[1], y, 1.5)))
    grip = _stadium_along_y(36.0, 4.0)
    return stack(
        [
            Layer(0.0, 0.6, [inset(lugs, 0.6), inside], [lugs, inside]),
            Layer(0.6, 3.0, [lugs, inside]),
            Layer(3.0, 7.0, [rim, inside]),
            Layer(7.0, 9.0, [rim, *slots]),
            *fillet_layers(9.0, 1.2, rim, slots, 5),
            Layer(10.2, 17.0, [grip]),
            *fillet_layers(17.0, 2.2, grip, (), 6),
        ]
    )


def spray_nozzle() -> Solid:
    """Nozzle of the spray arm: barbed stub, hexagon for the key, domed outlet."""
    bore, outlet = hole(circle(3.4, 72)), hole(circle(1.4, 72))
    hexagon = rounded(
        [(*(np.array((np.cos(a), np.sin(a))) * 11.0), 1.0) for a in np.radians(range(0, 360, 60))],
        6,
    )
    flange = circle(12.5, 96)
    layers = [Layer(0.0, 1.5, [circle(5.0, 96), bore], [circle(5.8, 96), bore])]
    z = 1.5
    for _barb in range(3):
        layers.append(Layer(z, z + 2.6, [circle(5.6, 96), bore], [circle(6.9, 96), bore]))
        layers.append(Layer(z + 2.6, z + 3.4, [circle(6.9, 96), bore]))
        layers.append(Layer(z + 3.4, z + 4.2, [circle(5.6, 96), bore]))
        z = round(z + 4.2, 6)
    layers += [
        Layer(z, z + 0.6, [inset(flange, 0.6), bore], [flange, bore]),
        Layer(z + 0.6, z + 2.0, [flange, bore]),
        Layer(z + 2.0, z + 8.0, [hexagon, bore]),
        Layer(z + 8.0, z + 8.8, [hexagon, bore], [inset(hexagon, 0.8), bore]),
        Layer(z + 8.8, z + 10.0, [circle(7.6, 96), bore]),
    ]
    top = z + 10.0
    dome = [(7.6 * np.cos(t), 5.0 * np.sin(t)) for t in np.radians(np.linspace(0, 66, 9))]
    inner = [(3.4 - 2.0 * k / 8) for k in range(9)]
    for k in range(8):
        layers.append(
            Layer(
                top + dome[k][1],
                top + dome[k + 1][1],
                [circle(dome[k][0], 96), hole(circle(inner[k], 72))],
                [circle(dome[k + 1][0], 96), hole(circle(inner[k + 1], 72))],
            )
        )
    assert np.allclose(outlet, hole(circle(inner[-1], 72)))
    return stack(_chained(layers))


def programme_knob() -> Solid:
    """Knob of the dishwasher: fluted grip on a skirt, pointer on top, hub with a flat inside."""
    flutes = 18
    angles = np.linspace(0, 2 * np.pi, flutes * 10, endpoint=False)
    wave = 18.4 + 0.9 * np.abs(np.cos(angles * flutes / 2)) ** 0.8
    grip = np.stack((np.cos(angles), np.sin(angles)), axis=1) * wave[:, None]
    skirt = circle(24.0, 120)
    cavity = hole(circle(15.6, 96))
    hub = circle(6.2, 72)
    # A round shaft of 6 mm with a flat at 2.2 mm from its axis.
    turn = float(np.degrees(np.arccos(2.2 / 3.05)))
    shaft = hole(arc((0, 0), 3.05, turn, 360 - turn, 40))
    pointer = hole(rounded(_corners(3.0, 15.6, -0.9, 0.9, 0.85), 6))
    ribs = [
        hole(rounded(_sector(7.4, 14.8, start + 5, start + 115, 24), 1)) for start in (30, 150, 270)
    ]
    return stack(
        _chained(
            [
                Layer(0.0, 0.5, [inset(skirt, 0.5), cavity], [skirt, cavity]),
                Layer(0.5, 2.4, [skirt, cavity, hub, shaft]),
                Layer(
                    2.4, 3.2, [skirt, cavity, hub, shaft], [inset(skirt, 2.2), cavity, hub, shaft]
                ),
                Layer(3.2, 6.0, [grip, cavity, hub, shaft]),
                Layer(6.0, 14.0, [grip, *ribs, shaft]),
                Layer(14.0, 17.8, [grip]),
                *fillet_layers(17.8, 1.6, grip, (pointer,), 6),
            ]
        )
    )


def _sunk(layers: list[Layer], screw: Loop, head: Loop) -> list[Layer]:
    """Widen a screw hole to its head over the last layers."""
    first = len(layers) - 5
    shares = [0.0] * first + list(np.linspace(0, 1, 6))
    rings = [screw if share == 0 else screw + (head - screw) * share for share in shares]
    return [
        Layer(layer.low, layer.high, [*layer.bottom, rings[k]], [*layer.upper, rings[k + 1]])
        for k, layer in enumerate(layers)
    ]


def _chained(layers: list[Layer]) -> list[Layer]:
    """Let each layer start exactly where the one below ends."""
    chained, low = [], layers[0].low
    for layer in layers:
        high = round(layer.high, 6)
        chained.append(Layer(low, high, layer.bottom, layer.top))
        low = high
    return chained


def _swapped(layer: Layer) -> Layer:
    """Turn a profile drawn in (x, z) into (z, x), its outside staying outside."""
    bottom = [loop[::-1, ::-1].copy() for loop in layer.bottom]
    top = None if layer.top is None else [loop[::-1, ::-1].copy() for loop in layer.top]
    return Layer(layer.low, layer.high, bottom, top)


def _corners(
    x0: float, x1: float, y0: float, y1: float, radius: float
) -> list[tuple[float, float, float]]:
    return [(x0, y0, radius), (x1, y0, radius), (x1, y1, radius), (x0, y1, radius)]


def _stadium(length: float, radius: float) -> Loop:
    half = length / 2
    return np.concatenate(
        (arc((half, 0), radius, -90, 90, 24), arc((-half, 0), radius, 90, 270, 24))
    )


def _stadium_along_y(length: float, radius: float) -> Loop:
    half = length / 2
    return np.concatenate(
        (arc((0, half), radius, 0, 180, 30), arc((0, -half), radius, 180, 360, 30))
    )


def _slot(x0: float, x1: float, y: float, radius: float) -> Loop:
    return np.concatenate(
        (
            arc((x1 - radius, y), radius, -90, 90, 10),
            arc((x0 + radius, y), radius, 90, 270, 10),
        )
    )


def _sector(
    inner: float, outer: float, start_deg: float, end_deg: float, segments: int
) -> list[tuple[float, float, float]]:
    points = np.concatenate(
        (
            arc((0, 0), outer, start_deg, end_deg, segments),
            arc((0, 0), inner, end_deg, start_deg, segments),
        )
    )
    return [(float(x), float(y), 0.0) for x, y in points]
