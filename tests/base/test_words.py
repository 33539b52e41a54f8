"""The German words: complete, with the same placeholders, and really shown."""

import os
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import app
from app.base import i18n
from app.base.i18n import DOMAIN, LANGUAGES, _, ngettext, use_language
from app.base.paths import resource_path
from app.cli.catalogue import update_catalogue
from helpers.languages import provide_words

SOURCE = Path(app.__file__).parent
CATALOGUES = resource_path("locale")
# Forms: (msgid, msgstr) of the singular, and of the plural where there is one.
Forms = list[tuple[str, str]]


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    path = CATALOGUES / "de" / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale="de", domain=DOMAIN)
    assert not list(catalogue.obsolete)
    return [message for message in catalogue if message.id]


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the program catalogues compiled just now: the checkout holds none."""
    provide_words(tmp_path, monkeypatch)
    return tmp_path


def _forms(message: Message) -> Forms:
    if isinstance(message.id, str):
        return [(message.id, str(message.string or ""))]
    return list(zip(message.id, message.string or ("", ""), strict=True))


def _placeholders(text: str) -> set[str]:
    """Return the fields of a format string with conversion and format, such as "rate:g"."""
    return {
        f"{name}!{conversion}:{spec}"
        for _text, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    }


def _wrong(messages: list[Message], is_wrong: "re.Pattern[str] | None" = None) -> list[str]:
    return [
        translated
        for message in messages
        for _source, translated in _forms(message)
        if is_wrong is None or is_wrong.search(translated)
    ]


def test_no_sentence_of_the_code_lacks_a_translation() -> None:
    assert update_catalogue(SOURCE, CATALOGUES, write=False) == []


def test_no_translation_is_empty(messages: list[Message]) -> None:
    assert messages
    assert [m.id for m in messages if not all(text.strip() for _id, text in _forms(m))] == []


def test_no_translation_is_doubtful(messages: list[Message]) -> None:
    assert [m.id for m in messages if m.fuzzy] == []


def test_placeholders_are_those_of_the_sentence(messages: list[Message]) -> None:
    # A plural's singular may leave out the number, so each form answers for itself.
    differing = [
        (source, translated)
        for message in messages
        for source, translated in _forms(message)
        if _placeholders(source) != _placeholders(translated)
    ]
    assert differing == []


def test_blanks_at_the_ends_are_those_of_the_sentence(messages: list[Message]) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    pairs = [pair for message in messages for pair in _forms(message)]
    assert [source for source, translated in pairs if ends(source) != ends(translated)] == []


def test_access_keys_are_kept(messages: list[Message]) -> None:
    pairs = [pair for message in messages for pair in _forms(message)]
    assert [s for s, t in pairs if s.count("&") != t.count("&")] == []


def test_commands_and_options_are_not_translated(messages: list[Message]) -> None:
    command = re.compile(r"everspare (?:--?)?[a-z]+|(?<![\w-])--[a-z][a-z-]+")
    pairs = [pair for message in messages for pair in _forms(message)]
    assert [s for s, t in pairs if set(command.findall(s)) != set(command.findall(t))] == []


def test_german_is_written_as_germans_write(messages: list[Message]) -> None:
    assert _wrong(messages, re.compile("[“\"'][^”\"'„]*[”\"']")) == []  # quotes are „…“
    assert _wrong(messages, re.compile(r"\bCtrl\b")) == []  # the key is called Strg


def _catalogue_of(tmp_path: Path, code: str) -> list[str]:
    """Return the sentences that an empty German catalogue lacks for this code."""
    source, folder = tmp_path / "source", tmp_path / "locale" / "de" / "LC_MESSAGES"
    for made in (source, folder):
        made.mkdir(parents=True)
    (source / "module.py").write_text(code, encoding="utf-8")
    (folder / f"{DOMAIN}.po").write_text("", encoding="utf-8")
    return update_catalogue(source, tmp_path / "locale", write=True)


def test_a_sentence_inside_an_f_string_is_found(tmp_path: Path) -> None:
    assert _catalogue_of(tmp_path, """text = f"{_('Next step')}: {step}" """) == ["Next step"]


def test_both_forms_and_the_context_reach_the_catalogue(tmp_path: Path) -> None:
    code = 'ngettext("{n} lot", "{n} lots", n); pgettext("key", "Enter")'
    assert _catalogue_of(tmp_path, code) == ["Enter", "{n} lot"]
    [path] = tmp_path.rglob("*.po")
    written = path.read_text("utf-8")
    assert 'msgid_plural "{n} lots"' in written
    assert 'msgctxt "key"' in written


def test_sentences_to_be_told_reach_the_catalogue_too(tmp_path: Path) -> None:
    code = 'tell("until {date}", date=d); tell(mark("a") if old else mark("b")); tell(KNOWN[x]); '
    code += 'tell_count("{count} lot", "{count} lots", n)'
    assert _catalogue_of(tmp_path, code) == ["a", "b", "until {date}", "{count} lot"]


@pytest.mark.parametrize("code", ['tell(f"{n} parts")', 'tell("a" + b)', "mark(text)", "tell(3)"])
def test_what_nobody_could_tell_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(ValueError, match="only a plain text"):
        _catalogue_of(tmp_path, code)


@pytest.mark.parametrize("code", ["_(sentence)", '_(f"{n} parts")', '_("a" + b)', "ngettext(1, 2)"])
def test_what_nobody_could_translate_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(ValueError, match="line 1: only a plain text"):
        _catalogue_of(tmp_path, code)


@pytest.mark.usefixtures("compiled")
def test_the_language_can_be_changed_while_the_program_runs() -> None:
    use_language("de")
    assert i18n.language() == "de"
    assert _("The library is intact.") == "Die Bibliothek ist unversehrt."
    use_language("en")
    assert _("The library is intact.") == "The library is intact."


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("count", "text"), [(0, "in 0 Tagen"), (1, "in 1 Tag"), (2, "in 2 Tagen"), (21, "in 21 Tagen")]
)
def test_plural_follows_german_grammar(count: int, text: str) -> None:
    use_language("de")
    assert ngettext("in {count} day", "in {count} days", count).format(count=count) == text


@pytest.mark.usefixtures("compiled")
def test_an_unknown_sentence_is_shown_as_it_is() -> None:
    use_language("de")
    assert _("No catalogue holds this.") == "No catalogue holds this."


@pytest.mark.usefixtures("compiled")
def test_the_system_chooses_where_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de_AT.UTF-8")
    use_language("")
    assert i18n.language() == "de"
    monkeypatch.setenv("LANGUAGE", "fr_FR.UTF-8")
    use_language("")
    assert i18n.language() == "en"


def test_options_that_commands_share_speak_german_too(compiled: Path) -> None:
    program = (
        "import pathlib, sys; from app.base import i18n;"
        "i18n.resource_path = pathlib.Path(sys.argv[1]).joinpath;"
        "from app.__main__ import main; main(['flags', '--help'])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(compiled)],
        env={**os.environ, "LANGUAGE": "de"},
        cwd=SOURCE.parent,
        capture_output=True,
        check=False,
    ).stdout.decode()
    assert "Antwort als ein JSON-Dokument." in said
    assert "Answer" not in said


def test_every_language_but_the_source_has_a_catalogue() -> None:
    folders = {folder.name for folder in CATALOGUES.iterdir() if folder.is_dir()}
    assert folders == set(LANGUAGES) - {"en"}
