"""STEP files of a box and a cylinder, written by hand: solids whose volume is known."""

from __future__ import annotations

_UNITS = {
    "mm": "#{n}=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));",
    "m": "#{n}=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT($,.METRE.));",
    "inch": (
        "#{n}=(CONVERSION_BASED_UNIT('INCH',#901)LENGTH_UNIT()NAMED_UNIT(#902));\n"
        "#901=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(25.4),#903);\n"
        "#902=DIMENSIONAL_EXPONENTS(1.,0.,0.,0.,0.,0.,0.);\n"
        "#903=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));"
    ),
}
_CORNERS = [(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)]
_QUADS = [
    ((0, 1, 3, 2), (-1, 0, 0)),
    ((4, 6, 7, 5), (1, 0, 0)),
    ((0, 4, 5, 1), (0, -1, 0)),
    ((2, 3, 7, 6), (0, 1, 0)),
    ((0, 2, 6, 4), (0, 0, -1)),
    ((1, 5, 7, 3), (0, 0, 1)),
]


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, entity: str) -> str:
        self.lines.append(f"#{len(self.lines) + 1}={entity};")
        return f"#{len(self.lines)}"


def box_step(x: float, y: float, z: float, *, unit: str = "mm", solid: bool = True) -> bytes:
    """Return an AP214 file of a box with one corner at the origin, sides in `unit`.

    Args:
        solid: False writes its faces as an open shell, which is no body.
    """
    writer = _Writer()
    shell = _write_shell(writer, (x, y, z), "CLOSED_SHELL" if solid else "OPEN_SHELL")
    if solid:
        body = writer.add(f"MANIFOLD_SOLID_BREP('',{shell})")
    else:
        body = writer.add(f"SHELL_BASED_SURFACE_MODEL('',({shell}))")
    kind = (
        "ADVANCED_BREP_SHAPE_REPRESENTATION" if solid else "MANIFOLD_SURFACE_SHAPE_REPRESENTATION"
    )
    return _finish(writer, kind, body, unit)


def cylinder_step(radius: float, height: float, *, unit: str = "mm") -> bytes:
    """Return an AP214 file of an upright cylinder on the origin, sizes in `unit`."""
    writer = _Writer()
    circles, vertices, levels = [], [], (0.0, height)
    for level in levels:
        circles.append(writer.add(f"CIRCLE('',{_write_axes(writer, level)},{radius:.12f})"))
        point = writer.add(f"CARTESIAN_POINT('',{_triple((radius, 0.0, level))})")
        vertices.append(writer.add(f"VERTEX_POINT('',{point})"))
    rims = [
        writer.add(f"EDGE_CURVE('',{vertex},{vertex},{circle},.T.)")
        for vertex, circle in zip(vertices, circles, strict=True)
    ]
    foot = writer.add(f"CARTESIAN_POINT('',{_triple((radius, 0.0, 0.0))})")
    up = writer.add("DIRECTION('',(0.,0.,1.))")
    vector = writer.add(f"VECTOR('',{up},1.)")
    line = writer.add(f"LINE('',{foot},{vector})")
    seam = writer.add(f"EDGE_CURVE('',{vertices[0]},{vertices[1]},{line},.T.)")
    mantle = writer.add(f"CYLINDRICAL_SURFACE('',{_write_axes(writer)},{radius:.12f})")
    planes = [writer.add(f"PLANE('',{_write_axes(writer, level)})") for level in levels]
    faces = [
        _write_face(writer, mantle, [(rims[0], 1), (seam, 1), (rims[1], 0), (seam, 0)], 1),
        _write_face(writer, planes[0], [(rims[0], 0)], 0),
        _write_face(writer, planes[1], [(rims[1], 1)], 1),
    ]
    shell = writer.add(f"CLOSED_SHELL('',({','.join(faces)}))")
    body = writer.add(f"MANIFOLD_SOLID_BREP('',{shell})")
    return _finish(writer, "ADVANCED_BREP_SHAPE_REPRESENTATION", body, unit)


def _write_face(writer: _Writer, surface: str, edges: list[tuple[str, int]], sense: int) -> str:
    oriented = [
        writer.add(f"ORIENTED_EDGE('',*,*,{edge},{'.T.' if forward else '.F.'})")
        for edge, forward in edges
    ]
    loop = writer.add(f"EDGE_LOOP('',({','.join(oriented)}))")
    bound = writer.add(f"FACE_OUTER_BOUND('',{loop},.T.)")
    return writer.add(f"ADVANCED_FACE('',({bound}),{surface},{'.T.' if sense else '.F.'})")


def _finish(writer: _Writer, kind: str, body: str, unit: str) -> bytes:
    context = _write_context(writer)
    origin = _write_axes(writer)
    shape = writer.add(f"{kind}('',({origin},{body}),{context})")
    _write_product(writer, shape)
    text = "\n".join([*writer.lines, _UNITS[unit].format(n=900)])
    return (
        "ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\n"
        "FILE_NAME('box','2026-01-01T00:00:00',(''),(''),'','','');\n"
        "FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));\nENDSEC;\nDATA;\n"
        f"{text}\nENDSEC;\nEND-ISO-10303-21;\n"
    ).encode()


def _triple(values: tuple[float, ...]) -> str:
    return "(" + ",".join(f"{float(value):.12f}" for value in values) + ")"


def _write_axes(writer: _Writer, level: float = 0.0) -> str:
    point = writer.add(f"CARTESIAN_POINT('',{_triple((0.0, 0.0, level))})")
    up = writer.add("DIRECTION('',(0.,0.,1.))")
    right = writer.add("DIRECTION('',(1.,0.,0.))")
    return writer.add(f"AXIS2_PLACEMENT_3D('',{point},{up},{right})")


def _write_shell(writer: _Writer, size: tuple[float, float, float], kind: str) -> str:
    places = [(i * size[0], j * size[1], k * size[2]) for i, j, k in _CORNERS]
    points = [writer.add(f"CARTESIAN_POINT('',{_triple(place)})") for place in places]
    vertices = [writer.add(f"VERTEX_POINT('',{point})") for point in points]
    edges: dict[tuple[int, int], str] = {}
    faces = []
    for corners, normal in _QUADS:
        bounds = []
        for begin, end in zip(corners, (*corners[1:], corners[0]), strict=True):
            low, high = min(begin, end), max(begin, end)
            if (low, high) not in edges:
                step = tuple(places[high][axis] - places[low][axis] for axis in range(3))
                length = sum(value * value for value in step) ** 0.5
                unit = tuple(value / length for value in step)
                direction = writer.add(f"DIRECTION('',{_triple(unit)})")
                vector = writer.add(f"VECTOR('',{direction},1.)")
                line = writer.add(f"LINE('',{points[low]},{vector})")
                edges[low, high] = writer.add(
                    f"EDGE_CURVE('',{vertices[low]},{vertices[high]},{line},.T.)"
                )
            forward = ".T." if begin < end else ".F."
            bounds.append(writer.add(f"ORIENTED_EDGE('',*,*,{edges[low, high]},{forward})"))
        loop = writer.add(f"EDGE_LOOP('',({','.join(bounds)}))")
        bound = writer.add(f"FACE_OUTER_BOUND('',{loop},.T.)")
        up = writer.add(f"DIRECTION('',{_triple(normal)})")
        across = writer.add(f"DIRECTION('',{_triple((normal[1], normal[2], normal[0]))})")
        axes = writer.add(f"AXIS2_PLACEMENT_3D('',{points[corners[0]]},{up},{across})")
        plane = writer.add(f"PLANE('',{axes})")
        faces.append(writer.add(f"ADVANCED_FACE('',({bound}),{plane},.T.)"))
    return writer.add(f"{kind}('',({','.join(faces)}))")


def _write_context(writer: _Writer) -> str:
    angle = writer.add("(NAMED_UNIT(*)PLANE_ANGLE_UNIT()SI_UNIT($,.RADIAN.))")
    solid_angle = writer.add("(NAMED_UNIT(*)SI_UNIT($,.STERADIAN.)SOLID_ANGLE_UNIT())")
    accuracy = writer.add(
        "UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.E-06),#900,'accuracy','')"
    )
    return writer.add(
        "(GEOMETRIC_REPRESENTATION_CONTEXT(3)"
        f"GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT(({accuracy}))"
        f"GLOBAL_UNIT_ASSIGNED_CONTEXT((#900,{angle},{solid_angle}))"
        "REPRESENTATION_CONTEXT('',''))"
    )


def _write_product(writer: _Writer, shape: str) -> None:
    application = writer.add("APPLICATION_CONTEXT('automotive design')")
    context = writer.add(f"PRODUCT_CONTEXT('',{application},'mechanical')")
    product = writer.add(f"PRODUCT('box','box','',({context}))")
    formation = writer.add(f"PRODUCT_DEFINITION_FORMATION('','',{product})")
    design = writer.add(f"PRODUCT_DEFINITION_CONTEXT('part definition',{application},'design')")
    definition = writer.add(f"PRODUCT_DEFINITION('design','',{formation},{design})")
    defined = writer.add(f"PRODUCT_DEFINITION_SHAPE('','',{definition})")
    writer.add(f"SHAPE_DEFINITION_REPRESENTATION({defined},{shape})")
