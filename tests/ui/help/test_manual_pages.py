"""Pages of the manual: headings as anchors, words found where they stand."""

import pytest

from app.ui.help.manual import CONTENTS, FIRST, Manual, anchor_of, load_manual, read_page

PAGE = """# The worklist

What is done first.

## Last safe start, and why?

It is the *earlier* of two days; see [dates](#last-safe-start-and-why) and
[the part](part.md#head).

| Step | Days |
|---|---|
| transport | `5` |

```console
everspare flags --csv
```
"""


@pytest.fixture
def manual() -> Manual:
    page = read_page("worklist", PAGE)
    other = read_page(
        "parts", "# Parts\n\nA list.\n\n## Sorting\n\nThe start of the last column.\n"
    )
    return Manual({"worklist": page, "parts": other})


def test_a_page_has_a_title_sections_and_links() -> None:
    page = read_page("worklist", PAGE)
    assert page.title == "The worklist"
    assert [section.anchor for section in page.sections] == ["", "last-safe-start-and-why"]
    assert page.sections[0].text == "What is done first."
    assert "transport 5 everspare flags --csv" in page.sections[1].text
    assert page.links == ("#last-safe-start-and-why", "part.md#head")
    assert '<h2 id="last-safe-start-and-why">' in page.html
    assert "<table>" in page.html


def test_html_in_a_page_is_text() -> None:
    assert "&lt;b&gt;" in read_page("parts", "# T\n\n<b>x</b>\n").html


@pytest.mark.parametrize("text", ["", "Some text\n", "## Only a heading\n"])
def test_a_page_without_a_title_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="does not begin with a title"):
        read_page("parts", text)


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("The dates", "the-dates"),
        ("Lots, demand and history", "lots-demand-and-history"),
        ("Was geändert wurde?", "was-geändert-wurde"),
        ("2.1 and 3.1", "21-and-31"),
    ],
)
def test_anchors_are_made_as_code_hosts_make_them(heading: str, anchor: str) -> None:
    assert anchor_of(heading) == anchor


def test_a_heading_counts_more_than_a_text(manual: Manual) -> None:
    hits = manual.search("LAST start")
    assert [(hit.page, hit.anchor) for hit in hits] == [
        ("worklist", "last-safe-start-and-why"),
        ("parts", "sorting"),
    ]
    assert hits[0].heading == "Last safe start, and why?"
    assert hits[1].excerpt == "The start of the last column."


def test_a_title_counts_most(manual: Manual) -> None:
    assert manual.search("parts")[0].anchor == ""
    assert manual.search("worklist")[0].title == "The worklist"


def test_every_word_must_occur(manual: Manual) -> None:
    assert manual.search("last nowhere") == []
    assert manual.search("  ") == []


def test_words_side_by_side_count_more_than_apart() -> None:
    manual = Manual(
        {
            "home": read_page("home", "# H\n\nstart, start, and the last of them.\n"),
            "parts": read_page("parts", "# P\n\nThe last start.\n"),
        }
    )
    assert [hit.page for hit in manual.search("last start")] == ["parts", "home"]


def test_a_long_text_is_shown_around_the_word() -> None:
    text = " ".join(["before"] * 60 + ["needle"] + ["after"] * 60)
    [hit] = Manual({"home": read_page("home", f"# H\n\n{text}\n")}).search("needle")
    assert hit.excerpt.startswith("… before")
    assert "needle after" in hit.excerpt
    assert hit.excerpt.endswith(" …")
    assert len(hit.excerpt) < 170


def test_an_unknown_language_gets_english() -> None:
    assert load_manual("fr").pages[FIRST].title == "First steps"
    assert load_manual("de").pages[FIRST].title == "Erste Schritte"
    assert tuple(load_manual("en").pages) == CONTENTS
