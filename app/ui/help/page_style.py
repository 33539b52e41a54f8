"""How a page of the manual looks: the design tokens as a style sheet for rich text."""

from __future__ import annotations

from string import Template

from app.ui.theme import Theme

_SHEET = Template("""
body { color: $text; font-size: ${body}px; line-height: 130%; }
h1 { font-size: ${figure}px; font-weight: 600; margin-top: 0px; margin-bottom: ${m}px; }
h2 { font-size: ${title}px; font-weight: 600; margin-top: ${xl}px; margin-bottom: ${s}px; }
h3 { font-size: ${section}px; font-weight: 600; margin-top: ${l}px; margin-bottom: ${xs}px; }
p { margin-top: 0px; margin-bottom: ${s}px; line-height: 130%; }
ul, ol { margin-top: 0px; margin-bottom: ${s}px; margin-left: 0px; -qt-list-indent: 1; }
li { margin-bottom: ${xs}px; line-height: 130%; }
a { color: $accent; text-decoration: none; }
code { font-family: "DejaVu Sans Mono", "Consolas", monospace; font-size: ${code}px;
  background-color: $panel; }
pre { font-family: "DejaVu Sans Mono", "Consolas", monospace; font-size: ${code}px;
  background-color: $panel; margin-top: ${xs}px; margin-bottom: ${m}px; }
blockquote { color: $muted; margin-left: ${l}px; margin-top: 0px; margin-bottom: ${s}px; }
table { margin-top: ${xs}px; margin-bottom: ${l}px; border-collapse: collapse;
  border-style: solid; border-width: 1px; border-color: $hairline; }
th { background-color: $panel; font-weight: 600; text-align: left; padding: 5px ${s}px;
  border-style: solid; border-width: 1px; border-color: $hairline; }
td { padding: 5px ${s}px; border-style: solid; border-width: 1px; border-color: $hairline; }
""")


def page_style(theme: Theme) -> str:
    """Return the sheet for the colours in use."""
    colors = ("text", "muted", "accent", "panel", "hairline")
    fonts = ("body", "section", "title", "figure")
    spaces = ("xs", "s", "m", "l", "xl")
    values: dict[str, object] = {name: theme.color(name).name() for name in colors}
    values |= {name: theme.font(name).pixelSize() for name in fonts}
    values |= {name: theme.size("space", name) for name in spaces}
    values["code"] = theme.font("tableHeader").pixelSize()
    return _SHEET.substitute(values)
