"""Whatever bytes are handed in, a verdict comes out, and only ours are genuine."""

from __future__ import annotations

import base64
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.certificates.certificate_file import issue_document
from app.documents.packages.plain_zip import read_zip, write_zip
from app.documents.packages.print_package import write_package
from app.documents.verification import verify_bytes
from app.domain.packages.verification import Verdict
from helpers.signed_samples import (
    TODAY,
    certificate_content,
    package_content,
    signing_key,
    trusted,
)

KEY = signing_key()
OURS = (trusted(KEY),)
PACKAGE = write_package(package_content(), KEY)
CERTIFICATE = issue_document(certificate_content(), KEY, "a3f1").pdf
STARTS = (b"", b"PK\x03\x04", PACKAGE[:200], b"%PDF-1.7\n", CERTIFICATE[:500])


def verdict_of(data: bytes) -> Verdict:
    answer = verify_bytes("x", data, OURS, TODAY)
    assert answer.reason
    return answer.verdict


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_arbitrary_bytes_get_a_verdict(start: bytes, rest: bytes) -> None:
    assert verdict_of(start + rest) is Verdict.NOT_GENUINE


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=120), st.binary(max_size=120))
def test_an_arbitrary_seal_gets_a_verdict(payload: bytes, signature: bytes) -> None:
    packed = base64.b64encode(payload) + b"." + base64.b64encode(signature)
    for line in (packed, payload, payload + b"." + signature):
        data = b"%PDF-1.7\n%%EOF\n%everspare-seal " + line + b"\n"
        assert verdict_of(data) is Verdict.NOT_GENUINE


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(read_zip(PACKAGE))), st.binary(max_size=60)))
def test_entries_of_any_content_are_noticed(changes: dict[str, bytes]) -> None:
    changed = {**read_zip(PACKAGE), **changes}
    expected = Verdict.GENUINE if not changes else Verdict.NOT_GENUINE
    assert verdict_of(write_zip(changed)) is expected


def test_every_order_of_two_entries_swapped_is_noticed() -> None:
    entries = read_zip(PACKAGE)
    names = list(entries)
    for one, other in itertools.combinations(range(len(names)), 2):
        swapped = list(names)
        swapped[one], swapped[other] = names[other], names[one]
        assert verdict_of(write_zip({name: entries[name] for name in swapped})) is (
            Verdict.NOT_GENUINE
        )


def test_each_cut_and_each_repeated_half_is_noticed() -> None:
    for data in (PACKAGE, CERTIFICATE):
        assert verdict_of(data) is Verdict.GENUINE
        for cut in range(1, len(data), max(1, len(data) // 150)):
            assert verdict_of(data[:cut]) is Verdict.NOT_GENUINE
            assert verdict_of(data[:cut] + data) is Verdict.NOT_GENUINE
        assert verdict_of(data + data) is Verdict.NOT_GENUINE


def test_another_owner_of_a_seal_is_named() -> None:
    stranger = signing_key(b"x", "Stranger")
    sealed = issue_document(certificate_content(), stranger, "a3f1").pdf
    answer = verify_bytes("x", sealed, OURS, TODAY)
    assert (answer.verdict, answer.exit_status) == (Verdict.UNKNOWN_SIGNER, 1)
    assert stranger.fingerprint in answer.reason
