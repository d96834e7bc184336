"""docs/ranking.md as two parts of a page: what counsellors read, in Vietnamese, and the whole, in English."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

FILE = Path(__file__).resolve().parents[2] / "docs" / "ranking.md"
# The heading of the part for counsellors says so; wherever it stands in the file, it comes first on the page.
FOR_COUNSELLORS = "(cho tư vấn viên)"
_NUMBER = re.compile(r"^\d+\.\s+")


@dataclass(frozen=True)
class Card:
    counsellors: Markup
    whole: Markup


@lru_cache(maxsize=1)
def card() -> Card:
    return render(FILE.read_text(encoding="utf-8"))


def render(source: str) -> Card:
    """Raw HTML is shown as text, a script is no link; every heading stands below the h1 of the page."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    told: list[Token] = []
    rest: list[Token] = []
    into = rest
    tokens = reader.parse(source)
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag in ("h1", "h2"):
            into = told if FOR_COUNSELLORS in tokens[place + 1].content else rest
        into.append(token)
    return Card(_html(reader, told, up=0), _html(reader, rest, up=1))


def _html(reader: MarkdownIt, tokens: list[Token], up: int) -> Markup:
    """`up`: how many levels headings go down, so that the parts hang under the headings of the page."""
    shown = [_nested(token, up) for token in tokens]
    html = reader.renderer.render(shown, reader.options, {})
    # A wide table scrolls in a box of its own, and the box can be reached by the keyboard.
    html = html.replace("<table>", '<div class="table-box" tabindex="0"><table>')
    # What the reader made is escaped text and its own tags.
    return Markup(html.replace("</table>", "</table></div>"))


def _nested(token: Token, up: int) -> Token:
    if token.type in ("heading_open", "heading_close"):
        level = min(6, int(token.tag[1]) + up)
        return token.copy(tag=f"h{level}")
    if token.type == "inline" and token.children and token.children[0].type == "text":
        first = token.children[0]
        number = _NUMBER.match(first.content)
        if number and FOR_COUNSELLORS in token.content:
            # Its number in the file says nothing where it comes first.
            first = first.copy(content=first.content[number.end() :])
            return token.copy(children=[first, *token.children[1:]])
    return token
