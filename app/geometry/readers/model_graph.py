"""The objects of a 3MF package and what they are made of, read without building any of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from app.base.errors import GeometryError
from app.base.i18n import _
from app.geometry.readers.limits import check_triangle_count

MAX_INSTANCES = 100_000
MAX_DEPTH = 32
MAX_ELEMENT_DEPTH = 64

CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
PRODUCTION = "http://schemas.microsoft.com/3dmanufacturing/production/2015/06"
_COUNT_ONLY = re.compile(rb"<(vertices|triangles)(?:\s[^<>]*)?(?<!/)>")
_BEFORE_ENDS_OF_HIDDEN = tuple(b"-?]")  # as in "-->", "?>" and "]]>"
_MAX_KEPT = 100  # lists that could not be cut; more of them are not worth another search

ObjectKey = tuple[str, int]  # (name of the part in lower case, object id)


@dataclass(slots=True)
class ModelObject:
    """One object: a mesh of so many triangles, or components."""

    triangles: int = 0
    components: list[ObjectKey] = field(default_factory=list)


@dataclass(slots=True)
class ModelGraph:
    """All objects of a package and the build of its root model.

    Attributes:
        roots: local names of the root elements of its XML parts.
        elements: local names of all elements outside the core namespace.
    """

    objects: dict[ObjectKey, ModelObject] = field(default_factory=dict)
    items: list[ObjectKey] = field(default_factory=list)
    roots: set[str] = field(default_factory=set)
    elements: set[str] = field(default_factory=set)

    def add_part(self, name: str, content: bytes) -> None:
        """Read one XML part.

        Raises:
            GeometryError: not well-formed, or it declares a document type or entities.
        """
        _PartReader(self, name.lower()).read(content)

    def check_size(self) -> int:
        """Multiply the build out; return its number of triangles.

        Raises:
            GeometryError: an object contains itself, or there would be too much of it.
        """
        sizes = _Sizes(self.objects)
        instances = triangles = 0
        for key in self.items:
            size = sizes.measure(key)
            instances, triangles = instances + size.instances, triangles + size.triangles
        if instances > MAX_INSTANCES:
            raise GeometryError(
                _(
                    "The file multiplies its objects into {count} copies; up to {limit} are read."
                ).format(count=instances, limit=MAX_INSTANCES),
                hint=_("A small file that grows like this may be made to do harm."),
            )
        check_triangle_count(triangles)
        return triangles


@dataclass(frozen=True, slots=True)
class _Size:
    instances: int
    triangles: int
    depth: int


class _Sizes:
    """Sizes of objects with all their components, each worked out once."""

    def __init__(self, objects: dict[ObjectKey, ModelObject]) -> None:
        self._objects = objects
        self._known: dict[ObjectKey, _Size] = {}
        self._open: list[ObjectKey] = []

    def measure(self, key: ObjectKey) -> _Size:
        if key in self._known:
            return self._known[key]
        if key in self._open:
            raise GeometryError(_("Object {id} contains itself.").format(id=key[1]))
        found = self._objects.get(key)
        if found is None:
            raise GeometryError(
                _("Object {id} is used but not defined in “{part}”.").format(id=key[1], part=key[0])
            )
        self._open.append(key)
        if len(self._open) > MAX_DEPTH:
            raise _too_deep()
        parts = [self.measure(component) for component in found.components]
        self._open.pop()
        size = _Size(
            instances=1 + sum(part.instances for part in parts),
            triangles=found.triangles + sum(part.triangles for part in parts),
            depth=1 + max((part.depth for part in parts), default=0),
        )
        if size.depth > MAX_DEPTH:
            raise _too_deep()
        self._known[key] = size
        return size


def _too_deep() -> GeometryError:
    return GeometryError(
        _("Objects are nested more than {limit} deep.").format(limit=MAX_DEPTH),
        hint=_("Export the part again from its CAD program."),
    )


class _PartReader:
    """Streams one XML part through expat and notes objects, components and items."""

    def __init__(self, graph: ModelGraph, part: str) -> None:
        self._graph, self._part = graph, part
        self._depth = 0
        self._object: ModelObject | None = None
        self._counted: dict[int, int] = {}
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_doctype
        parser.ordered_attributes = False
        self._parser = parser

    def read(self, content: bytes) -> None:
        shortened, self._counted = _shorten(content)
        try:
            self._parser.Parse(shortened, True)
        except expat.ExpatError as error:
            raise GeometryError(
                _("“{part}” inside is not well-formed XML: {error}").format(
                    part=self._part, error=error
                ),
                hint=_("Export the file again."),
            ) from error

    def _refuse_doctype(self, *__: object) -> None:
        raise GeometryError(
            _("“{part}” inside declares a document type or entities, which 3MF forbids.").format(
                part=self._part
            ),
            hint=_("Such declarations are used to read other files or to exhaust the memory."),
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_ELEMENT_DEPTH:
            raise GeometryError(
                _("“{part}” inside has elements nested more than {limit} deep.").format(
                    part=self._part, limit=MAX_ELEMENT_DEPTH
                ),
                hint=_("Export the part again from its CAD program."),
            )
        namespace, __, local = name.rpartition(" ")
        if self._depth == 1:
            self._graph.roots.add(local)
        if namespace != CORE:
            self._graph.elements.add(local)
            return
        if local == "object":
            self._open_object(attributes)
        elif local == "component" and self._object is not None:
            self._object.components.append(self._target(attributes))
        elif local == "item":
            self._graph.items.append(self._target(attributes))
        elif local == "triangle" and self._object is not None:
            self._object.triangles += 1
        elif local == "triangles" and self._object is not None:
            self._object.triangles += self._counted.get(self._parser.CurrentByteIndex, 0)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == f"{CORE} object":
            self._object = None

    def _open_object(self, attributes: dict[str, str]) -> None:
        key = (self._part, self._number(attributes.get("id", "")))
        if key in self._graph.objects:
            raise GeometryError(_("Two objects have the number {id}.").format(id=key[1]))
        self._object = self._graph.objects[key] = ModelObject()

    def _target(self, attributes: dict[str, str]) -> ObjectKey:
        path = attributes.get(f"{PRODUCTION} path", "").lstrip("/").lower()
        return (path or self._part, self._number(attributes.get("objectid", "")))

    def _number(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < len(str(1 << 32))):
            raise GeometryError(
                _("“{part}” inside names an object by “{text}”, which is no number.").format(
                    part=self._part, text=text[:40]
                )
            )
        return int(text)


def _shorten(content: bytes) -> tuple[bytes, dict[int, int]]:
    """Cut out the long plain lists of vertices and triangles, and count them.

    A list is cut only where nothing but its own elements begins with "<" in it, and where no
    comment or the like ends that began before it: expat sees the structure that every other
    reader sees.

    Returns:
        The shortened content; for each cut list of triangles its offset there and its length.
    """
    pieces: list[bytes] = []
    counted: dict[int, int] = {}
    copied = length = kept = 0
    search_from = 0
    while kept < _MAX_KEPT and (opening := _COUNT_ONLY.search(content, search_from)):
        search_from = opening.end()
        count, stop = _count_children(content, opening)
        if count < 0:
            kept += 1
            continue
        pieces.append(content[copied : opening.end()])
        if opening.group(1) == b"triangles":
            counted[length + opening.start() - copied] = count
        length += opening.end() - copied
        copied = search_from = stop
    pieces.append(content[copied:])
    return b"".join(pieces), counted


def _count_children(content: bytes, opening: re.Match[bytes]) -> tuple[int, int]:
    """Return how many elements a list has (-1: not a plain list) and where it ends."""
    name = opening.group(1)
    start, stop = opening.end(), content.find(b"</" + name, opening.end())
    if stop < 0:
        return -1, start
    letters = np.frombuffer(content, np.uint8, stop - start + len(b"</" + name), start)
    begins = np.flatnonzero(letters[: stop - start] == ord("<"))
    element = b"vertex" if name == b"vertices" else b"triangle"
    opened = _reads(letters, begins, b"<" + element + b" ")
    closed = _reads(letters, begins, b"</" + element + b">") if opened < len(begins) else 0
    ends = np.flatnonzero(letters[: stop - start] == ord(">"))
    before = letters[ends - 1]  # where the list itself begins with ">", its end: no mark either
    hidden_ends = np.isin(before, _BEFORE_ENDS_OF_HIDDEN).any()
    return (-1 if hidden_ends or opened + closed < len(begins) else opened), stop


def _reads(letters: NDArray[np.uint8], places: NDArray[np.int64], text: bytes) -> int:
    """Return at how many places a text stands; behind each place there is room for it."""
    for offset, letter in enumerate(text):
        places = places[letters[places + offset] == letter]
    return len(places)
