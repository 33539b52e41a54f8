"""Keys, passphrases, signatures and whom we trust."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from app.base.errors import DocumentError, NotFound, StorageError
from app.documents.signing.canonical_json import dump_canonical, load_canonical
from app.documents.signing.key_file import KeyFile, create_key_file, load_key_file
from app.documents.signing.passphrase import find_passphrase
from app.documents.signing.signature import (
    Signature,
    load_signature,
    pre_authentication_encoding,
)
from app.documents.signing.trust_store import (
    load_trust_store,
    save_trust_store,
    with_key,
    without_key,
)
from helpers.signed_samples import NOW, signing_key, trusted

SECRET = "correct horse battery"


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    path = tmp_path_factory.mktemp("keys") / "key.json"
    return create_key_file(path, name="Norvik", passphrase=SECRET, created_at=NOW)


def test_the_encoding_is_that_of_the_dsse_specification() -> None:
    encoded = pre_authentication_encoding("http://example.com/HelloWorld", b"hello world")
    assert encoded == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


def test_a_signature_covers_its_payload_and_type_only() -> None:
    signature = signing_key().sign("a/b", b"payload")
    assert signature.covers(b"payload")
    assert not signature.covers(b"payloae")
    assert not Signature("a/c", signature.public_key, signature.signature).covers(b"payload")


def test_a_signature_is_read_back_only_in_its_own_spelling() -> None:
    signature = signing_key().sign("a/b", b"payload")
    data = signature.to_json()
    assert load_signature(data, "a/b") == signature
    with pytest.raises(DocumentError):
        load_signature(data, "a/c")
    with pytest.raises(DocumentError):
        load_signature(data + b" ", "a/b")
    for position in range(len(data)):
        changed = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
        try:
            found = load_signature(changed, "a/b")
        except DocumentError:
            continue
        assert not found.covers(b"payload")


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"a":1,"a":1}', b'{"b":1,"a":2}', b'{"a":1.0}', b'{"a":NaN}', b"\xff"]
)
def test_json_with_a_second_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError):
        load_canonical(data, "It")


def test_canonical_json_is_read_back() -> None:
    value = {"ü": [1, 2.5, None, True, "x"]}
    assert load_canonical(dump_canonical(value), "It") == value


def test_a_key_file_opens_with_its_passphrase_only(key_file: KeyFile) -> None:
    key = key_file.unlock(SECRET)
    assert key.fingerprint == key_file.fingerprint
    assert key.fingerprint.startswith("SHA256:")
    with pytest.raises(DocumentError, match="does not open"):
        key_file.unlock(SECRET + "!")


def test_a_key_file_is_for_its_owner_only(key_file: KeyFile) -> None:
    assert stat.S_IMODE(key_file.path.stat().st_mode) == 0o600


def test_the_secret_is_nowhere_in_the_file(key_file: KeyFile) -> None:
    raw = key_file.unlock(SECRET).private_key.private_bytes_raw()
    data = key_file.path.read_bytes()
    assert raw not in data
    assert raw.hex().encode() not in data


@pytest.mark.parametrize("field", ["name", "public_key", "salt", "sealed", "nonce", "created_at"])
def test_a_changed_key_file_never_opens(key_file: KeyFile, tmp_path: Path, field: str) -> None:
    other = create_key_file(tmp_path / "other.json", name="X", passphrase=SECRET, created_at=NOW)
    document = json.loads(key_file.path.read_text())
    document[field] = json.loads(other.path.read_text())[field] + (
        "!" if field == "created_at" else ""
    )
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(document))
    with pytest.raises(DocumentError):
        load_key_file(changed).unlock(SECRET)


def test_an_existing_key_is_never_overwritten(key_file: KeyFile) -> None:
    before = key_file.path.read_bytes()
    with pytest.raises(StorageError, match="exists already"):
        create_key_file(key_file.path, name="X", passphrase=SECRET, created_at=NOW)
    assert key_file.path.read_bytes() == before
    assert [path.name for path in key_file.path.parent.iterdir()] == ["key.json"]


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="too short"):
        create_key_file(tmp_path / "k", name="X", passphrase="short", created_at=NOW)


def test_a_key_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="needs the name"):
        create_key_file(tmp_path / "k", name=" ", passphrase=SECRET, created_at=NOW)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"nonce": 1}', "not json"])
def test_other_files_are_no_key_files(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key.json"
    path.write_text(text)
    with pytest.raises(DocumentError, match="no key file"):
        load_key_file(path)


def test_the_passphrase_comes_from_the_environment_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", SECRET)
    assert find_passphrase("Norvik", "SHA256:x") == SECRET


def test_a_person_is_asked_where_nothing_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVERSPARE_PASSPHRASE", raising=False)
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return SECRET

    assert find_passphrase("Norvik", "SHA256:x", answer) == SECRET
    assert "Norvik" in asked[0]
    with pytest.raises(DocumentError, match="no passphrase"):
        find_passphrase("Norvik", "SHA256:x")


def test_trusted_keys_are_kept_by_name(tmp_path: Path) -> None:
    path = tmp_path / "trust.toml"
    assert load_trust_store(path) == ()
    one, two = trusted(signing_key(b"a", "Anna")), trusted(signing_key(b"b", "Ben"))
    save_trust_store(path, with_key(with_key((), two), one))
    assert load_trust_store(path) == (one, two)
    assert without_key((one, two), "Ben") == (one,)
    assert without_key((one, two), one.fingerprint) == (two,)
    with pytest.raises(NotFound):
        without_key((one,), "Ben")


def test_the_same_key_again_takes_the_new_name() -> None:
    old = trusted(signing_key(b"a", "Old"))
    new = trusted(signing_key(b"a", "New"))
    assert with_key((old,), new) == (new,)


def test_a_trust_file_with_a_wrong_fingerprint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trust.toml"
    save_trust_store(path, [trusted(signing_key(b"a", "Anna"))])
    wrong = signing_key(b"b").fingerprint
    right = signing_key(b"a").fingerprint
    path.write_text(path.read_text().replace(right, wrong))
    with pytest.raises(DocumentError, match="fingerprint"):
        load_trust_store(path)


@pytest.mark.parametrize("text", ["key = 1", "[[key]]", "=", '[[key]]\nname="x"\npublic_key=3'])
def test_other_files_are_no_trust_files(tmp_path: Path, text: str) -> None:
    path = tmp_path / "trust.toml"
    path.write_text(text)
    with pytest.raises(DocumentError):
        load_trust_store(path)
