"""The manual: its pages in one language, ready to show and to be searched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.base.i18n import LANGUAGES
from app.base.paths import resource_path

if TYPE_CHECKING:
    from markdown_it.token import Token

# In the order in which the contents list them. Pages of the window come under the names that
# `places` has for them, so that F1 finds the page of what is shown.
CONTENTS = (
    "getting-started",
    "home",
    "parts",
    "part",
    "products",
    "worklist",
    "import",
    "qualification",
    "packages",
    "certificates",
    "audit",
    "libraries",
    "command-line",
    "keys",
    "glossary",
)
FIRST = CONTENTS[0]
EXCERPT = 150
_IN_TITLE, _IN_HEADING, _AS_PHRASE, _IN_TEXT = range(4)
Rank = tuple[int, int, int]  # where the words stand, how often (negative), place of the page


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading.

    Attributes:
        anchor: names the heading in links; "" at the top of the page.
        text: all of it as plain text, without the heading.
    """

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page.

    Attributes:
        html: its body; every heading but the title is an anchor.
        links: targets of its links, as written.
    """

    key: str
    title: str
    html: str
    sections: tuple[Section, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place of the manual that holds what was searched for."""

    page: str
    anchor: str
    title: str
    heading: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Manual:
    """All pages of one language."""

    pages: Mapping[str, ManualPage]

    def search(self, query: str) -> list[Hit]:
        """Return the sections that hold every word, the best first.

        A title counts most, then a heading, then a text with the words side by side; among equals
        the text that repeats them oftener.
        """
        words = query.casefold().split()
        if not words:
            return []
        found = [
            (rank, Hit(page.key, section.anchor, page.title, section.heading, excerpt))
            for page in self.pages.values()
            for section in page.sections
            for rank, excerpt in _matches(page, section, words)
        ]
        return [hit for _rank, hit in sorted(found, key=lambda pair: pair[0])]


def load_manual(language: str) -> Manual:
    """Read all pages in a language; in English where we have no such language.

    Raises:
        FileNotFoundError: a page of the contents is missing from the installation.
    """
    folder = language if language in LANGUAGES else LANGUAGES[0]
    texts = (
        (key, resource_path("manual", folder, f"{key}.md").read_text(encoding="utf-8"))
        for key in CONTENTS
    )
    return Manual({key: read_page(key, text) for key, text in texts})


def read_page(key: str, text: str) -> ManualPage:
    """Turn the Markdown of a page into what is shown and searched.

    The first line is the title of the page: `# Title`.

    Raises:
        ValueError: there is no title.
    """
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    sections = _sections(tokens)
    if not sections or sections[0].anchor:
        raise ValueError(f"page {key!r} does not begin with a title")
    links = tuple(
        str(child.attrGet("href"))
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    )
    html = reader.renderer.render(tokens, reader.options, {})
    return ManualPage(key, sections[0].heading, html, sections, links)


def anchor_of(heading: str) -> str:
    """Return the name of a heading in links, as code hosts make it.

    >>> anchor_of("What is kept, and where?")
    'what-is-kept-and-where'
    """
    return re.sub(r"[^\w\- ]", "", heading.casefold()).strip().replace(" ", "-")


def _sections(tokens: Sequence[Token]) -> tuple[Section, ...]:
    """Cut the page at its headings, and mark each heading with its anchor."""
    sections: list[Section] = []
    texts: list[str] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = _plain(tokens[place + 1])
            title = token.tag == "h1"
            anchor = "" if title else anchor_of(heading)
            if anchor:
                token.attrSet("id", anchor)
            texts = []
            sections.append(Section(anchor, heading, ""))
        elif token.type in ("inline", "fence") and tokens[place - 1].type != "heading_open":
            texts.append(_plain(token))
            if sections:
                last = sections[-1]
                sections[-1] = Section(last.anchor, last.heading, " ".join(texts))
    return tuple(sections)


def _plain(token: Token) -> str:
    """Return the words of a token without marks."""
    if token.children is None:
        return " ".join(token.content.split())
    shown = (" " if child.type == "softbreak" else child.content for child in token.children)
    return " ".join("".join(shown).split())


def _matches(page: ManualPage, section: Section, words: Sequence[str]) -> list[tuple[Rank, str]]:
    heading, text = section.heading.casefold(), section.text.casefold()
    if not all(word in heading or word in text for word in words):
        return []
    if all(word in heading for word in words):
        where = _IN_HEADING if section.anchor else _IN_TITLE
    else:
        where = _AS_PHRASE if " ".join(words) in text else _IN_TEXT
    often = sum(map(text.count, words))
    return [((where, -often, CONTENTS.index(page.key)), _excerpt(section.text, words))]


def _excerpt(text: str, words: Sequence[str]) -> str:
    """Return a piece of the text around the first word that was searched for."""
    folded = text.casefold()
    phrase = folded.find(" ".join(words))
    places = [place for word in words if (place := folded.find(word)) >= 0]
    first = phrase if phrase >= 0 else min(places, default=0)
    start = max(first - EXCERPT // 4, 0)
    if start:
        start = text.find(" ", start) + 1
    piece = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        piece = piece.rpartition(" ")[0] + " …"
    return ("… " if start else "") + piece
