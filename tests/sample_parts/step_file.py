"""A small writer of STEP (ISO 10303-214): bodies of planes, cylinders and cones, stacked along Z.

A body is a stack of layers; a layer is bounded by closed loops of lines and arcs (outer ones
counter-clockwise, holes clockwise) and may taper to its upper loops, which makes chamfers. Where
two layers meet, a loop that both have is no edge of a face. Loops never touch each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Edge:
    """A line from `a` to `b`, or an arc around `centre`."""

    a: Point
    b: Point
    centre: Point | None = None
    ccw: bool = True

    @cached_property
    def radius(self) -> float:
        assert self.centre is not None
        return math.dist(self.a, self.centre)

    def left(self, at: Point) -> Point:
        """Return the unit normal towards the material."""
        if self.centre is None:
            x, y = self.b[0] - self.a[0], self.b[1] - self.a[1]
            length = math.hypot(x, y)
            return (-y / length, x / length)
        x, y = (self.centre[0] - at[0]) / self.radius, (self.centre[1] - at[1]) / self.radius
        return (x, y) if self.ccw else (-x, -y)

    def points(self) -> list[Point]:
        """Return points along the edge without its end, for areas and nesting."""
        if self.centre is None:
            return [self.a]
        cx, cy = self.centre
        start = math.atan2(self.a[1] - cy, self.a[0] - cx)
        end = math.atan2(self.b[1] - cy, self.b[0] - cx)
        sweep = (end - start) % (2 * math.pi) if self.ccw else -((start - end) % (2 * math.pi))
        return [
            (cx + self.radius * math.cos(start + sweep * k / 12),
             cy + self.radius * math.sin(start + sweep * k / 12))
            for k in range(12)
        ]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Loop:
    edges: tuple[Edge, ...]

    @cached_property
    def outline(self) -> list[Point]:
        return [point for edge in self.edges for point in edge.points()]

    @cached_property
    def area(self) -> float:
        ring = self.outline
        return sum(
            a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
        ) / 2  # fmt: skip

    def holds(self, other: Loop) -> bool:
        x, y = other.outline[0]
        ring = self.outline
        crossed = 0
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                crossed += 1
        return crossed % 2 == 1


@dataclass(frozen=True)
class Layer:
    """A slice from `low` to `high`; `top` has as many loops and edges as `bottom`."""

    low: float
    high: float
    bottom: Sequence[Loop]
    top: Sequence[Loop] | None = None

    @property
    def upper(self) -> Sequence[Loop]:
        return self.bottom if self.top is None else self.top


def circle(radius: float, at: Point = (0.0, 0.0)) -> Loop:
    left, right = (at[0] - radius, at[1]), (at[0] + radius, at[1])
    return Loop((Edge(right, left, at), Edge(left, right, at)))


def hole(loop: Loop) -> Loop:
    """Return the loop run the other way round."""
    return Loop(tuple(Edge(e.b, e.a, e.centre, not e.ccw) for e in reversed(loop.edges)))


def rounded(corners: Sequence[tuple[float, float, float]]) -> Loop:
    """Return a counter-clockwise polygon of (x, y, radius of the corner)."""
    ends: list[tuple[Point, Point, Point | None, bool]] = []
    for index, (x, y, radius) in enumerate(corners):
        before, after = corners[index - 1], corners[(index + 1) % len(corners)]
        u = _unit((before[0] - x, before[1] - y))
        v = _unit((after[0] - x, after[1] - y))
        if not radius:
            ends.append(((x, y), (x, y), None, True))
            continue
        half = math.acos(max(-1.0, min(1.0, u[0] * v[0] + u[1] * v[1]))) / 2
        along, w = radius / math.tan(half), _unit((u[0] + v[0], u[1] + v[1]))
        centre = (x + w[0] * radius / math.sin(half), y + w[1] * radius / math.sin(half))
        turn_left = u[0] * v[1] - u[1] * v[0] < 0
        ends.append(
            ((x + u[0] * along, y + u[1] * along), (x + v[0] * along, y + v[1] * along),
             centre, turn_left)
        )  # fmt: skip
    edges = []
    for index, (first, last, centre, turn_left) in enumerate(ends):
        if centre is not None:
            edges.append(Edge(first, last, centre, turn_left))
        following = ends[(index + 1) % len(ends)][0]
        if math.dist(last, following) > 1e-9:
            edges.append(Edge(last, following))
    return Loop(tuple(edges))


def belt(*circles: tuple[float, float, float]) -> Loop:
    """Return the convex belt around circles (x, y, radius) given counter-clockwise."""
    tangents = []
    for (x0, y0, r0), (x1, y1, r1) in zip(circles, [*circles[1:], circles[0]], strict=True):
        angle = math.atan2(y1 - y0, x1 - x0) - math.acos((r0 - r1) / math.dist((x0, y0), (x1, y1)))
        tangents.append(
            ((x0 + r0 * math.cos(angle), y0 + r0 * math.sin(angle)),
             (x1 + r1 * math.cos(angle), y1 + r1 * math.sin(angle)))
        )  # fmt: skip
    edges = []
    for index, (x, y, _r) in enumerate(circles):
        edges.append(Edge(tangents[index - 1][1], tangents[index][0], (x, y)))
        edges.append(Edge(*tangents[index]))
    return Loop(tuple(edges))


def sector(inner: float, outer: float, start_deg: float, end_deg: float) -> Loop:
    """Return a piece of a ring."""
    s, e = math.radians(start_deg), math.radians(end_deg)
    a, b = (outer * math.cos(s), outer * math.sin(s)), (outer * math.cos(e), outer * math.sin(e))
    c, d = (inner * math.cos(e), inner * math.sin(e)), (inner * math.cos(s), inner * math.sin(s))
    zero = (0.0, 0.0)
    return Loop((Edge(a, b, zero), Edge(b, c), Edge(c, d, zero, ccw=False), Edge(d, a)))


def inset(loop: Loop, by: float) -> Loop:
    """Move every edge towards the material; arcs keep their centres."""
    moved: list[Point] = []
    for index, edge in enumerate(loop.edges):
        m, n = loop.edges[index - 1].left(edge.a), edge.left(edge.a)
        scale = by / (1.0 + m[0] * n[0] + m[1] * n[1])
        moved.append((edge.a[0] + (m[0] + n[0]) * scale, edge.a[1] + (m[1] + n[1]) * scale))
    return Loop(
        tuple(
            Edge(moved[k], moved[(k + 1) % len(moved)], edge.centre, edge.ccw)
            for k, edge in enumerate(loop.edges)
        )
    )


def chamfered(
    low: float, high: float, loops: Sequence[Loop], by: float, *, below: bool = True,
    above: bool = True,
) -> list[Layer]:  # fmt: skip
    """Return the layers of a prism whose first loop, the outline, has chamfered rims."""
    outline, *rest = loops
    slim = [inset(outline, by), *rest]
    layers = []
    if below:
        layers.append(Layer(low, low + by, slim, loops))
    layers.append(Layer(low + by * below, high - by * above, loops))
    if above:
        layers.append(Layer(high - by, high, loops, slim))
    return layers


def _unit(vector: Point) -> Point:
    length = math.hypot(*vector)
    return (vector[0] / length, vector[1] / length)


def step_bytes(layers: Sequence[Layer], name: str) -> bytes:
    """Return the stack as one solid body, unit mm."""
    return _Writer(name).write(layers)


class _Writer:
    """Numbers the entities; points, edges and placements that are the same are written once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[str] = []
        self._known: dict[str, int] = {}
        self._edges: dict[object, int] = {}
        self._faces: list[int] = []

    def write(self, layers: Sequence[Layer]) -> bytes:
        for index, layer in enumerate(layers):
            below = layers[index - 1].upper if index else ()
            if index and layers[index - 1].high != layer.low:
                raise ValueError(f"layer {index} does not start where the one below ends")
            self._level(layer.low, below, layer.bottom)
            for lower, upper in zip(layer.bottom, layer.upper, strict=True):
                for place in range(len(lower.edges)):
                    self._wall(lower, upper, place, layer.low, layer.high)
        self._level(layers[-1].high, layers[-1].upper, ())
        return self._finish()

    def _add(self, text: str, *, once: bool = True) -> int:
        if once and text in self._known:
            return self._known[text]
        self._lines.append(f"#{len(self._lines) + 1}={text};")
        self._known[text] = len(self._lines)
        return len(self._lines)

    def _point(self, x: float, y: float, z: float) -> int:
        return self._add(f"CARTESIAN_POINT('',({_real(x)},{_real(y)},{_real(z)}))")

    def _direction(self, x: float, y: float, z: float) -> int:
        return self._add(f"DIRECTION('',({_real(x)},{_real(y)},{_real(z)}))")

    def _vertex(self, point: Point, z: float) -> int:
        return self._add(f"VERTEX_POINT('',#{self._point(*point, z)})")

    def _placement(
        self, at: tuple[float, float, float], axis: tuple[float, float, float],
        reference: tuple[float, float, float] = (1.0, 0.0, 0.0),
    ) -> int:  # fmt: skip
        return self._add(
            f"AXIS2_PLACEMENT_3D('',#{self._point(*at)},#{self._direction(*axis)},"
            f"#{self._direction(*reference)})"
        )

    def _straight(self, a: tuple[Point, float], b: tuple[Point, float]) -> int:
        start, end = (*a[0], a[1]), (*b[0], b[1])
        length = math.dist(start, end)
        way = [(q - p) / length for p, q in zip(start, end, strict=True)]
        vector = self._add(f"VECTOR('',#{self._direction(*way)},1.)")
        line = self._add(f"LINE('',#{self._point(*start)},#{vector})")
        first, last = self._vertex(*a), self._vertex(*b)
        return self._add(f"EDGE_CURVE('',#{first},#{last},#{line},.T.)")

    def _rim(self, edge: Edge, z: float) -> int:
        """Return the edge of a loop at one height."""
        key = (edge.a, edge.b, edge.centre, edge.ccw, z)
        if key not in self._edges:
            if edge.centre is None:
                self._edges[key] = self._straight((edge.a, z), (edge.b, z))
            else:
                axis = self._placement((*edge.centre, z), (0.0, 0.0, 1.0))
                curve = self._add(f"CIRCLE('',#{axis},{_real(edge.radius)})")
                first, last = self._vertex(edge.a, z), self._vertex(edge.b, z)
                sense = ".T." if edge.ccw else ".F."
                self._edges[key] = self._add(f"EDGE_CURVE('',#{first},#{last},#{curve},{sense})")
        return self._edges[key]

    def _wall(self, lower: Loop, upper: Loop, place: int, low: float, high: float) -> None:
        one, other = lower.edges[place], upper.edges[place]
        ring = [
            (self._rim(one, low), True),
            (self._straight((one.b, low), (other.b, high)), True),
            (self._rim(other, high), False),
            (self._straight((one.a, low), (other.a, high)), False),
        ]
        sense = True
        if one.centre is None:
            along = (one.b[0] - one.a[0], one.b[1] - one.a[1], 0.0)
            rising = (other.a[0] - one.a[0], other.a[1] - one.a[1], high - low)
            normal = _cross(along, rising)
            length = math.hypot(*along)
            axis = self._placement(
                (*one.a, low), normal, (along[0] / length, along[1] / length, 0.0)
            )
            surface = self._add(f"PLANE('',#{axis})")
        else:
            sense = one.ccw
            surface = self._round_surface(one, other, low, high)
        self._face(surface, [ring], sense=sense)

    def _round_surface(self, one: Edge, other: Edge, low: float, high: float) -> int:
        assert one.centre is not None
        grown = other.radius - one.radius
        if abs(grown) < 1e-9:
            axis = self._placement((*one.centre, low), (0.0, 0.0, 1.0))
            return self._add(f"CYLINDRICAL_SURFACE('',#{axis},{_real(one.radius)})")
        up = grown > 0
        axis = self._placement((*one.centre, low if up else high), (0.0, 0.0, 1.0 if up else -1.0))
        small, angle = min(one.radius, other.radius), math.atan2(abs(grown), high - low)
        return self._add(f"CONICAL_SURFACE('',#{axis},{_real(small)},{_real(angle)})")

    def _level(self, z: float, below: Sequence[Loop], above: Sequence[Loop]) -> None:
        """Add the horizontal faces between two layers."""
        open_loops = [(loop, True) for loop in below if not any(loop is o for o in above)]
        open_loops += [(loop, False) for loop in above if not any(loop is o for o in below)]
        depth = [
            sum(o.holds(loop) for o, _f in open_loops if o is not loop) for loop, _f in open_loops
        ]
        for index, (outline, forward) in enumerate(open_loops):
            if depth[index] % 2:
                continue
            inner = [
                entry
                for level, entry in zip(depth, open_loops, strict=True)
                if level == depth[index] + 1 and outline.holds(entry[0])
            ]
            up = (outline.area > 0) == forward
            axis = self._placement((0.0, 0.0, z), (0.0, 0.0, 1.0 if up else -1.0))
            rings = []
            for loop, ahead in [(outline, forward), *inner]:
                ring = [(self._rim(edge, z), ahead) for edge in loop.edges]
                rings.append(ring if ahead else ring[::-1])
            self._face(self._add(f"PLANE('',#{axis})"), rings)

    def _face(
        self, surface: int, rings: Sequence[Sequence[tuple[int, bool]]], *, sense: bool = True
    ) -> None:
        bounds = []
        for index, ring in enumerate(rings):
            turned = [
                self._add(f"ORIENTED_EDGE('',*,*,#{edge},{'.T.' if ahead else '.F.'})", once=False)
                for edge, ahead in ring
            ]
            loop = self._add(f"EDGE_LOOP('',({_listed(turned)}))")
            kind = "FACE_BOUND" if index else "FACE_OUTER_BOUND"
            bounds.append(self._add(f"{kind}('',#{loop},.T.)"))
        word = ".T." if sense else ".F."
        self._faces.append(
            self._add(f"ADVANCED_FACE('',({_listed(bounds)}),#{surface},{word})", once=False)
        )

    def _finish(self) -> bytes:
        shell = self._add(f"CLOSED_SHELL('',({_listed(self._faces)}))")
        solid = self._add(f"MANIFOLD_SOLID_BREP('{self._name}',#{shell})")
        mm = self._add("(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.))")
        rad = self._add("(NAMED_UNIT(*)PLANE_ANGLE_UNIT()SI_UNIT($,.RADIAN.))")
        sr = self._add("(NAMED_UNIT(*)SI_UNIT($,.STERADIAN.)SOLID_ANGLE_UNIT())")
        fine = self._add(
            f"UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.E-5),#{mm},"
            "'distance_accuracy_value','')"
        )
        context = self._add(
            "(GEOMETRIC_REPRESENTATION_CONTEXT(3)"
            f"GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT((#{fine}))"
            f"GLOBAL_UNIT_ASSIGNED_CONTEXT((#{mm},#{rad},#{sr}))REPRESENTATION_CONTEXT('',''))"
        )
        origin = self._placement((0.0, 0.0, 0.0), (0.0, 0.0, 1.0))
        shape = self._add(f"ADVANCED_BREP_SHAPE_REPRESENTATION('',(#{origin},#{solid}),#{context})")
        app = self._add("APPLICATION_CONTEXT('automotive design')")
        self._add(
            "APPLICATION_PROTOCOL_DEFINITION('international standard','automotive_design',2010,"
            f"#{app})"
        )
        product_context = self._add(f"PRODUCT_CONTEXT('',#{app},'mechanical')")
        product = self._add(f"PRODUCT('{self._name}','{self._name}','',(#{product_context}))")
        formation = self._add(f"PRODUCT_DEFINITION_FORMATION('','',#{product})")
        view = self._add(f"PRODUCT_DEFINITION_CONTEXT('part definition',#{app},'design')")
        definition = self._add(f"PRODUCT_DEFINITION('design','',#{formation},#{view})")
        meant = self._add(f"PRODUCT_DEFINITION_SHAPE('','',#{definition})")
        self._add(f"SHAPE_DEFINITION_REPRESENTATION(#{meant},#{shape})")
        self._add(f"PRODUCT_RELATED_PRODUCT_CATEGORY('part','',(#{product}))")
        head = (
            "ISO-10303-21;\nHEADER;\n"
            "FILE_DESCRIPTION(('Everspare sample inventory'),'2;1');\n"
            f"FILE_NAME('{self._name}','2026-01-01T00:00:00',(''),(''),'','','');\n"
            "FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));\n"
            "ENDSEC;\nDATA;\n"
        )
        return (head + "\n".join(self._lines) + "\nENDSEC;\nEND-ISO-10303-21;\n").encode("ascii")


def _cross(
    a: tuple[float, float, float], b: tuple[float, float, float]
) -> tuple[float, float, float]:
    x = a[1] * b[2] - a[2] * b[1]
    y = a[2] * b[0] - a[0] * b[2]
    z = a[0] * b[1] - a[1] * b[0]
    length = math.sqrt(x * x + y * y + z * z)
    return (x / length, y / length, z / length)


def _real(value: float) -> str:
    text = f"{round(value, 6) + 0.0:.6f}".rstrip("0")
    return text if text != "-0." else "0."


def _listed(ids: Sequence[int]) -> str:
    return ",".join(f"#{number}" for number in ids)
