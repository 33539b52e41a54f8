"""Which key signs: this person's, else the sample's, else one that is made now."""

import pytest

from app.base.errors import DocumentError
from app.services.packages.create_key import create_key
from app.services.packages.open_signing_key import own_key_path
from app.services.sample.demonstration_key import create_demonstration_key, demonstration_key_path
from app.storage.library import Library
from app.ui.packages.signing_key import (
    KeyFound,
    KeyState,
    look_for_key,
    make_key,
    open_found_key,
)

PASSPHRASE = "correct horse battery"


def test_the_own_key_goes_before_the_demonstration(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look_for_key(library) == KeyFound(KeyState.MISSING)
    create_demonstration_key(library)
    assert look_for_key(library).state is KeyState.DEMONSTRATION
    made = create_key(name="Norvik", passphrase=PASSPHRASE, clock=library.clock)
    assert look_for_key(library) == KeyFound(KeyState.LOCKED, "Norvik", made.fingerprint)
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", PASSPHRASE)
    assert look_for_key(library).state is KeyState.READY


def test_a_key_opens_with_its_passphrase_only(library: Library) -> None:
    create_key(name="Norvik", passphrase=PASSPHRASE, clock=library.clock)
    found = look_for_key(library)
    assert open_found_key(library, found, PASSPHRASE).fingerprint == found.fingerprint
    with pytest.raises(DocumentError):
        open_found_key(library, found, "something else entirely")
    with pytest.raises(DocumentError):
        open_found_key(library, found, "")


def test_the_demonstration_key_needs_no_passphrase_and_may_vanish(library: Library) -> None:
    create_demonstration_key(library)
    found = look_for_key(library)
    assert open_found_key(library, found, "").demonstration
    demonstration_key_path(library).unlink()
    with pytest.raises(Exception, match="demonstration key of this library is gone"):
        open_found_key(library, found, "")


def test_a_new_key_is_typed_twice(library: Library) -> None:
    with pytest.raises(DocumentError, match="differ"):
        make_key("Norvik", PASSPHRASE, PASSPHRASE + "!", clock=library.clock, keep=False)
    assert not own_key_path().exists()
    with pytest.raises(DocumentError, match="too short"):
        make_key("Norvik", "short", "short", clock=library.clock, keep=False)
    key = make_key("Norvik", PASSPHRASE, PASSPHRASE, clock=library.clock, keep=False)
    assert look_for_key(library).fingerprint == key.fingerprint
