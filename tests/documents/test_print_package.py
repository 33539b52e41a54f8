"""Print packages: complete, the same each time, and no byte can be changed unseen."""

from __future__ import annotations

import io
import json
import random
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.base.errors import DocumentError
from app.documents.packages.manifest import MANIFEST, PAYLOAD_TYPE, SIGNATURE
from app.documents.packages.plain_zip import read_zip, write_zip
from app.documents.packages.print_package import (
    open_package,
    package_file_name,
    write_package,
)
from app.documents.signing.canonical_json import dump_canonical
from app.documents.verification import verify_bytes
from app.domain.packages.verification import SignedKind, Verdict
from helpers.signed_samples import SOURCE, TODAY, package_content, signing_key, trusted

KEY = signing_key()
OURS = (trusted(KEY),)
SAMPLE = read_zip(write_package(package_content(), KEY))


def verdict_of(data: bytes, today: date = TODAY) -> Verdict:
    return verify_bytes("p.everspare", data, OURS, today).verdict


def test_a_package_is_genuine_and_says_what_it_is() -> None:
    answer = verify_bytes("p.everspare", write_package(package_content(), KEY), OURS, TODAY)
    assert answer.verdict is Verdict.GENUINE
    assert answer.exit_status == 0
    assert (answer.kind, answer.number) == (SignedKind.PACKAGE, "P-2026-0001")
    assert (answer.signer, answer.fingerprint) == ("Norvik", KEY.fingerprint)
    assert answer.statements["Licence"] == "10 pieces"


def test_the_same_content_gives_the_same_bytes() -> None:
    assert write_package(package_content(), KEY) == write_package(package_content(), KEY)


def test_the_source_file_is_inside_byte_for_byte() -> None:
    package = open_package(write_package(package_content(), KEY))
    assert package.files["source/Leg_cap_.stl"] == SOURCE
    assert package.manifest.source_sha256 == package_content().geometry.sha256


def test_the_papers_say_what_the_provider_must_know() -> None:
    files = open_package(write_package(package_content(), KEY)).files
    recipe = json.loads(files["recipe.json"])
    by_name = {field["name"]: field for field in recipe["fields"]}
    assert by_name["layer_height_mm"]["binding"] == "key"
    assert by_name["layer_height_mm"]["why"] == "surface of the seal"
    assert (by_name["infill_percent"]["minimum"], by_name["infill_percent"]["maximum"]) == (30, 60)
    assert "value" not in by_name["colour"]
    licence = json.loads(files["licence.json"])
    assert (licence["id"], licence["quantity"]) == ("L-1", 10)
    assert (licence["licensee"]["code"], licence["package"]) == ("northprint", "P-2026-0001")
    assert licence["expires_on"] == "2027-06-30"
    [proof] = json.loads(files["evidence.json"])["evidence"]
    assert (proof["title"], proof["sha256"]) == ("Static load", "ab" * 32)
    text = files["README.txt"].decode()
    assert "counted and countersigned" in text
    assert "10 pieces under licence L-1" in text


def test_no_person_is_named_in_a_package() -> None:
    data = write_package(package_content(), KEY)
    assert b"Anna" not in data
    assert b"Ben" not in data


def test_a_trial_is_marked_everywhere_people_look() -> None:
    data = write_package(package_content(trial=True, qualification=None), KEY)
    files = open_package(data).files
    assert files["README.txt"].startswith(b"TRIAL")
    assert json.loads(files["licence.json"])["trial"] is True
    model = zipfile.ZipFile(io.BytesIO(files["model/ST-1002.3mf"])).read("3D/3dmodel.model")
    assert b"TRIAL - Leg cap" in model
    assert package_file_name("P-1", trial=True) == "P-1-TRIAL.everspare"
    assert verify_bytes("p", data, OURS, TODAY).statements["Kind"] == "trial, not qualified"


def test_a_source_that_is_not_the_catalogued_file_is_refused() -> None:
    with pytest.raises(DocumentError, match="not the file that was catalogued"):
        write_package(replace(package_content(), source=b"other"), KEY)


def test_each_of_two_thousand_random_changes_is_noticed() -> None:
    data = write_package(package_content(), KEY)
    chance = random.Random(20261123)
    for _round in range(2000):
        position = chance.randrange(len(data))
        changed = bytearray(data)
        changed[position] ^= chance.randrange(1, 256)
        assert verdict_of(bytes(changed)) is Verdict.NOT_GENUINE, position


def test_every_byte_of_the_first_and_last_kilobyte_counts() -> None:
    data = write_package(package_content(), KEY)
    for position in [*range(1024), *range(len(data) - 1024, len(data))]:
        changed = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
        assert verdict_of(changed) is Verdict.NOT_GENUINE, position


def _entries() -> dict[str, bytes]:
    return dict(SAMPLE)


def _without(name: str) -> dict[str, bytes]:
    return {key: value for key, value in _entries().items() if key != name}


def test_missing_surplus_and_reordered_entries_are_refused() -> None:
    swapped = dict(sorted(_entries().items(), reverse=True))
    later = {**_without("README.txt"), "README.txt": _entries()["README.txt"]}
    for entries in (
        _without("recipe.json"),
        _without(SIGNATURE),
        _without(MANIFEST),
        {**_entries(), "extra.txt": b""},
        swapped,
        later,
    ):
        assert verdict_of(write_zip(entries)) is Verdict.NOT_GENUINE


def test_parts_of_two_genuine_packages_cannot_be_mixed() -> None:
    other = read_zip(write_package(package_content(number="P-2026-0002"), KEY))
    for name in ("recipe.json", "licence.json", SIGNATURE, MANIFEST):
        mixed = {**_entries(), name: other[name]}
        if mixed != _entries():
            assert verdict_of(write_zip(mixed)) is Verdict.NOT_GENUINE


def test_a_manifest_spelled_differently_is_refused() -> None:
    entries = _entries()
    loose = json.dumps(json.loads(entries[MANIFEST])).encode()
    assert verdict_of(write_zip({**entries, MANIFEST: loose})) is Verdict.NOT_GENUINE


def test_a_stranger_who_signs_again_is_named_by_fingerprint() -> None:
    stranger = signing_key(b"x", "Stranger")
    answer = verify_bytes("p", write_package(package_content(), stranger), OURS, TODAY)
    assert answer.verdict is Verdict.UNKNOWN_SIGNER
    assert answer.exit_status == 1
    assert stranger.fingerprint in answer.reason


def test_a_stranger_cannot_sign_a_contradictory_manifest() -> None:
    stranger = signing_key(b"x", "Stranger")
    entries = _entries()
    fields = json.loads(entries[MANIFEST])
    fields["files"][0]["sha256"] = "00" * 32
    manifest = dump_canonical(fields)
    signature = stranger.sign(PAYLOAD_TYPE, manifest).to_json()
    forged = {**entries, MANIFEST: manifest, SIGNATURE: signature}
    assert verdict_of(write_zip(forged)) is Verdict.NOT_GENUINE


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_nonsense_a_stranger_signs_gets_a_verdict(data: st.DataObject) -> None:
    stranger = signing_key(b"x", "Stranger")
    entries = dict(SAMPLE)
    fields = json.loads(entries[MANIFEST])
    for name in data.draw(st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=3)):
        fields[name] = data.draw(JUNK)
    manifest = dump_canonical(fields)
    signature = stranger.sign(PAYLOAD_TYPE, manifest).to_json()
    forged = write_zip({**entries, MANIFEST: manifest, SIGNATURE: signature})
    assert verdict_of(forged) in (Verdict.NOT_GENUINE, Verdict.UNKNOWN_SIGNER)


def test_an_ended_licence_is_genuine_but_no_longer_current() -> None:
    data = write_package(package_content(), KEY)
    assert verdict_of(data, date(2027, 6, 30)) is Verdict.GENUINE
    answer = verify_bytes("p", data, OURS, date(2027, 7, 1))
    assert answer.verdict is Verdict.NO_LONGER_CURRENT
    assert answer.exit_status == 3


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", b"PK\x03\x04" + b"\xff" * 40])
def test_other_files_are_not_genuine_and_get_a_sentence(data: bytes) -> None:
    answer = verify_bytes("x", data, OURS, TODAY)
    assert answer.verdict is Verdict.NOT_GENUINE
    assert answer.reason
