"""Own keys and trusted keys, as commands and window use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.errors import DocumentError, NotFound, StorageError
from app.services.packages.create_key import create_key
from app.services.packages.open_signing_key import (
    find_key_file,
    open_signing_key,
    own_key_path,
)
from app.services.packages.trusted_keys import (
    distrust_key,
    fetch_trusted_keys,
    hand_over_key,
    trust_keys_of,
)

SECRET = "correct horse battery"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVERSPARE_PASSPHRASE", raising=False)


def test_without_a_key_the_sentence_says_how_to_make_one() -> None:
    with pytest.raises(NotFound, match="everspare key create"):
        open_signing_key()


def test_a_key_is_made_once_opened_and_trusted(
    clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = create_key(name="Norvik", passphrase=SECRET, clock=clock)
    assert made.path == own_key_path()
    assert open_signing_key(prompt=lambda _question: SECRET).fingerprint == made.fingerprint
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", SECRET)
    assert open_signing_key().name == "Norvik"
    assert [key.fingerprint for key in fetch_trusted_keys()] == [made.fingerprint]
    with pytest.raises(StorageError, match="exists already"):
        create_key(name="Other", passphrase=SECRET, clock=clock)
    assert find_key_file().name == "Norvik"


def test_a_wrong_passphrase_is_a_sentence(clock: FixedClock) -> None:
    create_key(name="Norvik", passphrase=SECRET, clock=clock)
    with pytest.raises(DocumentError, match="does not open"):
        open_signing_key(prompt=lambda _question: "something else")
    with pytest.raises(DocumentError, match="no passphrase"):
        open_signing_key()


def test_a_public_key_is_handed_over_trusted_and_distrusted(
    clock: FixedClock, tmp_path: Path
) -> None:
    theirs = create_key(
        name="Supplier", passphrase=SECRET, clock=clock, path=tmp_path / "their-key.json"
    )
    handed = tmp_path / "supplier.toml"
    hand_over_key(theirs.trusted_key, handed)
    assert "sealed" not in handed.read_text()
    assert fetch_trusted_keys() == ()
    [added] = trust_keys_of(handed, name="Norvik's supplier")
    assert fetch_trusted_keys() == (added,)
    assert added.name == "Norvik's supplier"
    distrust_key("Norvik's supplier")
    assert fetch_trusted_keys() == ()
    with pytest.raises(NotFound):
        distrust_key("Norvik's supplier")


def test_a_named_file_is_the_only_one_trusted(clock: FixedClock, tmp_path: Path) -> None:
    create_key(name="Own", passphrase=SECRET, clock=clock)
    other = create_key(name="Other", passphrase=SECRET, clock=clock, path=tmp_path / "k.json")
    assert fetch_trusted_keys(other.path) == (other.trusted_key,)
    with pytest.raises(NotFound, match="no file"):
        fetch_trusted_keys(tmp_path / "none.toml")
    empty = tmp_path / "empty.toml"
    empty.write_text("")
    with pytest.raises(DocumentError, match="holds no keys"):
        trust_keys_of(empty)
    text = tmp_path / "text.txt"
    text.write_text("hello")
    with pytest.raises(DocumentError, match="no trust file"):
        fetch_trusted_keys(text)
