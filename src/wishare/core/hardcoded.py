"""Finds text in templates that no translator ever sees."""

import re
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import TokenType, tag_re

ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style"}
_LETTERS = re.compile(r"[^\W\d_]")
_COMMAND = re.compile(r"\{%\s*(\w+)")
_ENDS = {"comment": "endcomment", "blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans"}
_CLASS_BLOCK = re.compile(r"\{%\s*block\s+\w*class\s*%\}")
_ATTRIBUTES_BLOCK = re.compile(r"\{%\s*block\s+\w*attributes\s*%\}")


def find(path: Path) -> list[str]:
    """One line for each hard-coded text: `name:line: text`."""
    literal = literal_text(path.read_text())
    if path.suffix == ".html":
        reader = _Reader()
        reader.feed(literal)
        reader.close()
        found = reader.found
    else:
        found = [(number, line) for number, line in enumerate(literal.splitlines(), 1) if _LETTERS.search(line)]
    return [f"{path.name}:{line}: {text.strip()}" for line, text in found]


def literal_text(source: str) -> str:
    """What is left when template tags, variables, comments and translated blocks become blank; lines stay.

    The attributes that a block brings to a tag of the template it extends become a tag of their own.
    """
    parts, until, closing = [], "", ""
    for part in tag_re.split(source):
        command = _COMMAND.match(part)
        name = command.group(1) if command else ""
        if until:
            until = "" if name == until else until
            parts.append("\n" * part.count("\n"))
        elif _token_type(part) is TokenType.TEXT:
            parts.append(part)
        else:
            until = "endblock" if _CLASS_BLOCK.match(part) else _ENDS.get(name, "")
            parts.append("\n" * part.count("\n"))
            if _ATTRIBUTES_BLOCK.match(part) and not _is_within_tag("".join(parts)):
                parts.append("<br ")
                closing = ">"
            elif name == "endblock":
                parts.append(closing)
                closing = ""
    return "".join(parts)


def _is_within_tag(text: str) -> bool:
    return text.rfind("<") > text.rfind(">")


def _token_type(part: str) -> TokenType:
    """Which kind of token a part of a split template is."""
    kinds = {"{%": TokenType.BLOCK, "{{": TokenType.VAR, "{#": TokenType.COMMENT}
    return kinds.get(part[:2], TokenType.TEXT)


class _Reader(HTMLParser):
    """Collects letters in text and in spoken or shown attributes, outside elements with translate="no"."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        silent = self._is_silent() or values.get("translate") == "no" or tag in SILENT
        if tag not in VOID:
            self._open.append((tag, silent))
        if not silent:
            for name in sorted(ATTRIBUTES & values.keys()):
                self._note(values[name])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close up to the matching element: branches of a template may open one twice and close it once."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        if not self._is_silent():
            self._note(data)

    def _is_silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _note(self, text: str) -> None:
        if match := _LETTERS.search(text):
            line = self.getpos()[0] + text.count("\n", 0, match.start())
            self.found.append((line, " ".join(text.split())))
