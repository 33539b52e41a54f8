"""A package and a certificate as the program would fill them, with a key of ours."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.documents.packages.package_papers import model_words
from app.documents.packages.three_mf import write_three_mf
from app.documents.signing.signature import SigningKey
from app.domain.catalog.geometry import Geometry, GeometryFormat, LengthUnit, UnitSource
from app.domain.catalog.part import (
    ConsequenceClass,
    Part,
    PartRevision,
    RevisionState,
    RightToMake,
)
from app.domain.certificates.certificate import CertificateType
from app.domain.certificates.certificate_content import CertificateContent, Party
from app.domain.packages.package_content import InspectionStep, Licence, PackageContent
from app.domain.packages.verification import TrustedKey
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import (
    Binding,
    DefinitionField,
    DefinitionState,
    PrintDefinition,
)
from app.domain.qualification.qualification import (
    Evidence,
    Qualification,
    QualificationState,
)

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CUBE_VERTICES = np.array(
    [[x, y, z] for x in (0, 20) for y in (0, 20) for z in (0, 20)], dtype=np.float64
)
CUBE_FACES = np.array(
    [
        *([0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1]),
        *([2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]),
    ],
    dtype=np.int64,
)
SOURCE = b"solid cap\nendsolid cap\n"


def signing_key(seed: bytes = b"k", name: str = "Norvik") -> SigningKey:
    return SigningKey(name, Ed25519PrivateKey.from_private_bytes(seed * 32))


def trusted(key: SigningKey) -> TrustedKey:
    return TrustedKey(key.name, key.fingerprint, key.public_key, key.demonstration)


def definition_field(name: str, binding: Binding, **more: object) -> DefinitionField:
    return DefinitionField(definition_id=1, name=name, binding=binding, **more)  # type: ignore[arg-type]


FIELDS = (
    definition_field("layer_height_mm", Binding.KEY, value="0.2", why="surface of the seal"),
    definition_field("infill_percent", Binding.RANGE, value="40", minimum=30.0, maximum=60.0),
    definition_field("colour", Binding.CHOICE),
)


def package_content(**changes: object) -> PackageContent:
    content = PackageContent(
        number="P-2026-0001",
        library_id="a3f1",
        owner="Norvik & Sohn Gerätebau GmbH",
        created_at=NOW,
        trial=False,
        part=Part(
            id=1,
            number="ST-1002",
            number_key="st-1002",
            name="Leg cap",
            right_to_make=RightToMake.OWN,
            export_control="none",
            design_owner="Norvik",
        ),
        revision=PartRevision(id=1, part_id=1, label="B", state=RevisionState.RELEASED),
        geometry=Geometry(
            id=1,
            revision_id=1,
            sha256=hashlib.sha256(SOURCE).hexdigest(),
            file_name="Leg cap ü.stl",
            format=GeometryFormat.STL,
            size_bytes=len(SOURCE),
            unit=LengthUnit.MM,
            unit_source=UnitSource.USER,
        ),
        source=SOURCE,
        three_mf=b"",
        definition=PrintDefinition(
            id=1,
            revision_id=1,
            state=DefinitionState.RELEASED,
            process=ProcessCategory.MATERIAL_EXTRUSION,
            material_grade="PETG-X",
            author="Anna",
        ),
        fields=FIELDS,
        provider=Provider(id=1, code="northprint", name="North Print Oy", country="Finland"),
        machine=Machine(id=1, provider_id=1, name="M1", process=ProcessCategory.MATERIAL_EXTRUSION),
        material=Material(id=1, grade="PETG-X", process=ProcessCategory.MATERIAL_EXTRUSION),
        qualification=qualification(),
        evidence=(evidence(),),
        inspection=(InspectionStep(characteristic="outer size", requirement="20 mm"),),
        licence=Licence(id="L-1", quantity=10, expires_on=date(2027, 6, 30)),
    )
    content = replace(content, **changes)  # type: ignore[arg-type]
    if content.three_mf:
        return content
    written = write_three_mf(CUBE_VERTICES, CUBE_FACES, model_words(content))
    return replace(content, three_mf=written.data)


def qualification(**changes: object) -> Qualification:
    made = Qualification(
        id=1,
        definition_id=1,
        machine_id=1,
        material_id=1,
        provider_id=1,
        consequence_class=ConsequenceClass.LOW,
        state=QualificationState.QUALIFIED,
        author="Anna",
        started_on=date(2026, 10, 1),
        approver="Ben",
        approved_at=NOW,
        valid_until=date(2028, 11, 23),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def evidence(**changes: object) -> Evidence:
    made = Evidence(
        id=1,
        qualification_id=1,
        kind="test report",
        title="Static load",
        standard="ISO 7173",
        result="1.3 kN",
        sha256="ab" * 32,
        file_name="load.pdf",
        added_by="Anna",
        added_at=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def certificate_content(**changes: object) -> CertificateContent:
    issuer = Party(
        name="Norvik & Sohn Gerätebau GmbH",
        address="Uferstraße 18, 57072 Siegen",
        country="Germany",
    )
    content = CertificateContent(
        type=CertificateType.COMPLIANCE_2_1,
        number="C-2026-0142",
        issuer=issuer,
        manufacturer=issuer,
        purchaser="Aqualis Pumpenservice GmbH",
        order_reference="4500187332, item 20",
        part_number="A001940",
        part_name="Bearing bracket",
        revision="D",
        lot_number="5512",
        serials=tuple(f"5512-{n:03d}" for n in range(1, 25)),
        quantity=24,
        delivered_on=date(2026, 11, 20),
        material="PA12",
        process="PBF-LB/P",
        definition="6.0",
        machine="LM-280-1",
        requirements=("Order 4500187332, item 20", "HS-M-022 issue 2"),
        place="Siegen",
        issued_at=datetime(2026, 11, 23, 10, 42, 17, tzinfo=timezone(timedelta(hours=1), "CET")),
        signatory="Dr. Ines Kolb",
        function="Head of quality",
        meaning="the lot conforms to the order and is released",
        geometry_sha256="7c1e" + "0" * 56 + "5d02",
        size_mm=(64.0, 47.0, 56.0),
    )
    return replace(content, **changes)  # type: ignore[arg-type]


def picture_png(size: tuple[int, int] = (120, 90)) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", size)
    ImageDraw.Draw(image).ellipse((20, 10, 100, 80), fill=(120, 130, 140, 255))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
