"""3MF: builds put together as they are placed, and hostile packages refused before lib3mf."""

import io
import zipfile

import numpy as np
import pytest

from app.base.errors import GeometryError
from app.domain.catalog.geometry import FindingCode, LengthUnit, Severity, UnitSource
from app.geometry.measuring import measure_mesh
from app.geometry.mesh_arrays import MeshArrays
from app.geometry.readers.three_mf import ThreeMfReader
from helpers.meshes import (
    CORE,
    PRODUCTION,
    box,
    components_xml,
    mesh_xml,
    model_xml,
    object_xml,
    relations_xml,
    sphere,
    three_mf,
    three_mf_of,
    torus,
)

BOX = object_xml(1, mesh_xml(box()))


def load(data: bytes, unit: LengthUnit | None = None) -> MeshArrays:
    return ThreeMfReader().load(data, unit)


def refused(data: bytes) -> str:
    with pytest.raises(GeometryError) as caught:
        load(data)
    return str(caught.value)


def test_a_mesh_comes_back_as_it_was_written() -> None:
    vertices, faces = torus()
    mesh = load(three_mf((vertices, faces)))
    assert mesh.vertices == pytest.approx(vertices, abs=1e-5)
    assert (mesh.faces == faces).all()
    assert mesh.raw_triangles == len(faces)
    assert mesh.findings == ()


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("micron", LengthUnit.MICRON),
        ("millimeter", LengthUnit.MM),
        ("centimeter", LengthUnit.CM),
        ("inch", LengthUnit.INCH),
        ("foot", LengthUnit.FOOT),
        ("meter", LengthUnit.M),
    ],
)
def test_the_models_unit_is_used(name: str, unit: LengthUnit) -> None:
    mesh = load(three_mf(box(1, 2, 3), unit=name))
    assert (mesh.unit, mesh.unit_source) == (unit, UnitSource.FILE)
    assert measure_mesh(mesh).volume_mm3 == pytest.approx(6 * unit.in_mm**3)


def test_the_files_unit_wins_over_what_was_said_and_a_note_says_so() -> None:
    mesh = load(three_mf(box()), LengthUnit.INCH)
    assert mesh.unit is LengthUnit.MM
    assert [finding.severity for finding in mesh.findings] == [Severity.NOTE]


def test_items_are_placed_turned_and_mirrored() -> None:
    items = (
        '<item objectid="1" transform="1 0 0 0 1 0 0 0 1 100 0 0"/>'
        '<item objectid="1" transform="0 1 0 -1 0 0 0 0 1 0 0 0"/>'
        '<item objectid="1" transform="-1 0 0 0 1 0 0 0 1 -50 0 0"/>'
    )
    found = measure_mesh(load(three_mf_of(model_xml(BOX, items))))
    assert found.volume_mm3 == pytest.approx(3 * 6000)
    assert found.bounds_mm == (-60, 0, 0, 110, 20, 30)
    assert (found.bodies, found.inverted_bodies) == (3, 0)


def test_components_are_chained_inner_first() -> None:
    inner = (
        '<components><component objectid="1" transform="2 0 0 0 1 0 0 0 1 5 0 0"/>'
        '<component objectid="1"/></components>'
    )
    items = '<item objectid="2" transform="1 0 0 0 1 0 0 0 1 0 0 100"/>'
    mesh = load(three_mf_of(model_xml(BOX + object_xml(2, inner), items)))
    found = measure_mesh(mesh)
    assert found.volume_mm3 == pytest.approx(6000 + 12000)
    assert found.bounds_mm == (0, 0, 100, 25, 20, 130)


def test_supports_are_not_part_of_the_model() -> None:
    support = object_xml(2, mesh_xml(sphere()), "support")
    items = '<item objectid="3"/>'
    both = object_xml(3, components_xml(1, 2))
    mesh = load(three_mf_of(model_xml(BOX + support + both, items)))
    assert measure_mesh(mesh).volume_mm3 == 6000
    assert [finding.code for finding in mesh.findings] == [FindingCode.READER_WARNING]
    assert "support" in mesh.findings[0].text


def test_a_model_in_several_files_is_put_together() -> None:
    root = model_xml(
        f'<object id="5" type="model" p:UUID="{uuid(5)}"><components>'
        f'<component objectid="1" p:path="/3D/parts/box.model" p:UUID="{uuid(6)}"/>'
        "</components></object>",
        f'<item objectid="5" p:UUID="{uuid(7)}"/>',
        more=f' xmlns:p="{PRODUCTION}" requiredextensions="p"',
    ).replace(b"<build>", f'<build p:UUID="{uuid(8)}">'.encode())
    child = model_xml(
        BOX.replace('id="1"', f'id="1" p:UUID="{uuid(9)}"'),
        "",
        more=f' xmlns:p="{PRODUCTION}" requiredextensions="p"',
    )
    extra = {
        "3D/parts/box.model": child,
        "3D/_rels/3dmodel.model.rels": relations_xml("/3D/parts/box.model").encode(),
    }
    assert measure_mesh(load(three_mf_of(root, extra))).volume_mm3 == 6000


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def test_triangles_written_one_per_line_with_comments_are_all_counted() -> None:
    spread = mesh_xml(box()).replace("<triangle ", "\n<!-- a --><triangle\n ")
    mesh = load(three_mf_of(model_xml(object_xml(1, spread), '<item objectid="1"/>')))
    assert mesh.raw_triangles == len(mesh.faces) == 12


def test_what_lib3mf_only_warns_about_becomes_a_finding() -> None:
    without_uuids = f' xmlns:p="{PRODUCTION}"'
    mesh = load(three_mf_of(model_xml(BOX, '<item objectid="1"/>', more=without_uuids)))
    assert len(mesh.faces) == 12
    assert {finding.code for finding in mesh.findings} == {FindingCode.READER_WARNING}


def test_a_required_extension_that_is_not_known_is_a_warning() -> None:
    more = ' xmlns:x="urn:unknown" requiredextensions="x"'
    mesh = load(three_mf_of(model_xml(BOX, '<item objectid="1"/>', more=more)))
    assert [finding.severity for finding in mesh.findings] == [Severity.WARNING]
    assert "required extension" in mesh.findings[0].text


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("Metadata/Slic3r_PE_model.config", '<m key="volume_type" value="ParameterModifier"/>'),
        ("Metadata/model_settings.config", '<part id="2" subtype="negative_part"/>'),
    ],
)
def test_bodies_that_only_help_the_slicer_are_pointed_out(name: str, settings: str) -> None:
    model = model_xml(BOX, '<item objectid="1"/>')
    ordinary = '<m key="volume_type" value="ModelPart"/><part id="1" subtype="normal_part"/>'
    config = f"<config>{ordinary}{settings}</config>".encode()
    mesh = load(three_mf_of(model, {name: config}))
    assert [finding.severity for finding in mesh.findings] == [Severity.WARNING]
    assert "call 1 of the bodies" in mesh.findings[0].text
    plain = load(three_mf_of(model, {name: f"<config>{ordinary}</config>".encode()}))
    assert plain.findings == ()


# ---- hostile packages ----


def nested_model(levels: int, width: int) -> bytes:
    objects = [object_xml(1, mesh_xml(box()))]
    for level in range(2, levels + 2):
        objects.append(object_xml(level, components_xml(*[level - 1] * width)))
    return model_xml("".join(objects), f'<item objectid="{levels + 1}"/>')


def test_a_small_file_that_multiplies_itself_is_refused() -> None:
    data = three_mf_of(nested_model(10, 10))
    assert len(data) < 2000
    assert "multiplies its objects into 11111111111 copies" in refused(data)


def test_a_harmless_nest_is_read() -> None:
    assert len(load(three_mf_of(nested_model(3, 3))).faces) == 27 * 12


def test_a_chain_deeper_than_any_assembly_is_refused() -> None:
    assert "nested more than 32 deep" in refused(three_mf_of(nested_model(5000, 1)))
    assert "nested more than 32 deep" in refused(three_mf_of(nested_model(40, 1)))


def test_an_object_within_itself_is_refused() -> None:
    alone = model_xml(object_xml(1, components_xml(1)), '<item objectid="1"/>')
    assert "contains itself" in refused(three_mf_of(alone))
    pair = object_xml(1, components_xml(2)) + object_xml(2, components_xml(1))
    assert "contains itself" in refused(three_mf_of(model_xml(pair, '<item objectid="2"/>')))


def test_components_hidden_between_comments_are_still_counted() -> None:
    model = (
        nested_model(10, 10)
        .replace(b"<components>", b"<!-- <vertices> --><components>")
        .replace(b"</components>", b"</components><!-- </vertices> -->")
    )
    assert "multiplies" in refused(three_mf_of(model))


@pytest.mark.parametrize(("opens", "closes"), [("<!--", "-->"), ("<?x", "?>")])
def test_items_behind_a_list_that_begins_in_a_comment_are_still_counted(
    opens: str, closes: str
) -> None:
    # If the comment's end were cut out with the list, the next one would hide the second item.
    trap = f"<triangles>{opens} <triangles> {closes}</triangles>"
    end = f"<triangles><y/>{closes}</triangles>"
    items = f'<item objectid="1"/>{trap}<item objectid="7"/>{end}'
    model = nested_model(6, 8).replace(b'<item objectid="7"/>', items.encode())
    assert "multiplies" in refused(three_mf_of(model))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE model [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE model [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE model SYSTEM "http://192.0.2.1/evil.dtd">',
        "<!DOCTYPE model>",
    ],
)
def test_declarations_of_entities_are_refused(declaration: str) -> None:
    model = model_xml(BOX, '<item objectid="1"/>', before=declaration)
    assert "declares a document type" in refused(three_mf_of(model))


def test_declarations_are_also_found_in_other_parts_and_other_encodings() -> None:
    evil = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    good = model_xml(BOX, '<item objectid="1"/>')
    hidden = three_mf_of(good, {"Metadata/notes.xml": evil.encode("utf-16")})
    assert "declares a document type" in refused(hidden)


def test_a_zip_bomb_is_refused_while_it_unpacks() -> None:
    bomb = three_mf_of(model_xml(BOX, '<item objectid="1"/>'), {"pad.bin": b"\0" * (64 << 20)})
    assert len(bomb) < 100_000
    assert "would unpack to" in refused(bomb)


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    zeros = b"\0" * 67_654_321
    data = three_mf_of(model_xml(BOX, '<item objectid="1"/>'), {"pad.bin": zeros})
    size = len(zeros).to_bytes(4, "little")
    assert data.count(size) == 2
    text = refused(data.replace(size, (10).to_bytes(4, "little")))
    assert "damaged" in text or "would unpack" in text


def test_an_archive_of_very_many_entries_is_refused() -> None:
    extra = {f"n/{number}": b"" for number in range(2100)}
    assert "2,103 entries" in refused(three_mf_of(model_xml(BOX, ""), extra))


@pytest.mark.parametrize("name", ["../../evil.model", "/etc/evil", "C:/evil", "a/../../b", "a\\b"])
def test_part_names_that_lead_out_are_refused(name: str) -> None:
    data = three_mf_of(model_xml(BOX, '<item objectid="1"/>'), {name: b"x"})
    assert "leads out" in refused(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused() -> None:
    data = io.BytesIO(three_mf_of(model_xml(BOX, '<item objectid="1"/>')))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("3D/3DMODEL.model", b"<model/>")
    assert "two parts are named" in refused(data.getvalue())


def test_parts_that_are_locked_or_packed_in_another_way_are_refused() -> None:
    data = bytearray(three_mf(box()))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of a password
    assert "locked with a password" in refused(bytes(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("3D/3dmodel.model", model_xml(BOX, '<item objectid="1"/>'))
    assert "packed by method 12" in refused(buffer.getvalue())


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_cut_off_package_is_refused(share: float) -> None:
    data = three_mf(sphere(steps=12))
    assert "damaged or cut off" in refused(data[: int(len(data) * share)])


def test_packages_without_anything_to_make_are_refused_with_the_reason() -> None:
    assert "no build items" in refused(three_mf_of(model_xml(BOX, "")))
    assert "without a 3MF model" in refused(three_mf_of(b"<other/>"))
    assert "not defined" in refused(three_mf_of(model_xml(BOX, '<item objectid="9"/>')))
    assert "which is no number" in refused(three_mf_of(model_xml(BOX, '<item objectid="-1"/>')))
    assert "not well-formed" in refused(three_mf_of(model_xml(BOX, '<item objectid="1">')))
    twice = model_xml(BOX + BOX, '<item objectid="1"/>')
    assert "Two objects have the number 1" in refused(three_mf_of(twice))


def test_an_encrypted_package_says_so() -> None:
    keystore = b'<keystore xmlns="http://schemas.microsoft.com/3dmanufacturing/securecontent/x"/>'
    model = model_xml(BOX, '<item objectid="1"/>')
    assert "encrypted" in refused(three_mf_of(model, {"Secure/keystore.xml": keystore}))


@pytest.mark.parametrize("bad", ["nan", "inf", "1e999", "abc", ""])
def test_corners_that_are_no_numbers_never_pass_unseen(bad: str) -> None:
    model = model_xml(BOX.replace('x="0"', f'x="{bad}"', 1), '<item objectid="1"/>')
    try:
        mesh = load(three_mf_of(model))
    except GeometryError:
        return
    found = measure_mesh(mesh)
    lost = mesh.raw_triangles != len(mesh.faces)
    assert lost or found.not_finite > 0, "lib3mf made a number out of it"


def test_corners_that_do_not_exist_are_refused() -> None:
    model = model_xml(BOX.replace('v1="0"', 'v1="99"', 1), '<item objectid="1"/>')
    assert "refuses the model" in refused(three_mf_of(model))


def test_a_wide_but_honest_plate_is_read() -> None:
    items = "".join(
        f'<item objectid="1" transform="1 0 0 0 1 0 0 0 1 {40 * n} 0 0"/>' for n in range(500)
    )
    mesh = load(three_mf_of(model_xml(BOX, items)))
    assert measure_mesh(mesh).bodies == 500
    assert np.ptp(mesh.vertices[:, 0]) == pytest.approx(499 * 40 + 10)


def test_the_namespace_of_the_core_is_what_counts() -> None:
    foreign = model_xml(BOX, '<item objectid="1"/>').replace(CORE.encode(), b"urn:something")
    with pytest.raises(GeometryError):
        load(three_mf_of(foreign))
