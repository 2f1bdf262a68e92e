"""Translation catalogs without the GNU tools: Babel reads Python, Django reads its templates.

A template is parsed with Django's own parser, so what is found is what is looked up when it renders.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template import Engine, Origin, engines
from django.template.base import FilterExpression, Lexer, Node, NodeList, Parser, Token, Variable
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

LOCALE = "pt_BR"
SOURCE = settings.ROOT / "src" / "wishare"
HEADER = """msgid ""
msgstr ""
"Language: pt_BR\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_MARKED = re.compile(r"""_\(("[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*')\)""")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Id = str | tuple[str, str]
Key = tuple[Id, str | None]


def path(locale: str = LOCALE) -> Path:
    """The catalog that people edit."""
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / "django.po"


def templates(root: Path = SOURCE) -> list[Path]:
    """Every template of ours."""
    return sorted(found for kind in ("html", "txt") for found in root.rglob(f"templates/**/*.{kind}"))


def extract(root: Path = SOURCE) -> Catalog:
    """Every text of Python code and templates that is looked up at run time."""
    catalog = Catalog(locale=LOCALE)
    for file in sorted(root.rglob("*.py")):
        for _line, msgid, _comments, context in extract_from_file("python", file, keywords=KEYWORDS):
            catalog.add(msgid, context=context)
    for file in templates(root):
        for found, context in template_messages(file.read_text()):
            catalog.add(found, context=context)
    return catalog


def template_messages(source: str) -> Iterator[Key]:
    """The texts of one template, as (msgid or (singular, plural), context)."""
    engine = engines["django"].engine  # type: ignore[attr-defined]  # typed as the general engine
    parser = RecordingParser(source, engine)
    parser.parse()
    for node in parser.nodes:
        if isinstance(node, TranslateNode):
            yield from _translate(node)
        elif isinstance(node, BlockTranslateNode):
            yield _block_translate(node)
    for literal in parser.marked:
        yield _looked_up(Variable(literal)), None


class RecordingParser(Parser):
    """Django's parser, which also notes every node it makes and every `_("…")` in an expression."""

    def __init__(self, source: str, engine: Engine) -> None:
        tokens = Lexer(source).tokenize()
        super().__init__(tokens, engine.template_libraries, engine.template_builtins, Origin("catalog"))
        self.nodes: list[Node] = []
        self.marked: list[str] = []

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        self.nodes.append(node)
        super().extend_nodelist(nodelist, node, token)

    def compile_filter(self, token: str) -> FilterExpression:
        self.marked += _MARKED.findall(token)
        return super().compile_filter(token)


def _translate(node: TranslateNode) -> Iterator[Key]:
    variable = node.filter_expression.var
    if isinstance(variable, Variable) and isinstance(variable.literal, str):
        yield _looked_up(variable), _context(node.message_context)


def _block_translate(node: BlockTranslateNode) -> Key:
    singular, _ = node.render_token_list(node.singular)
    if not node.plural:
        return singular, _context(node.message_context)
    plural, _ = node.render_token_list(node.plural)
    return (singular, plural), _context(node.message_context)


def _context(expression: FilterExpression | None) -> str | None:
    return str(expression.resolve({})) if expression else None  # type: ignore[arg-type]  # a constant needs no context


def _looked_up(variable: Variable) -> str:
    """Django doubles the percent signs of literals before it looks them up."""
    return str(variable.literal).replace("%", "%%")


def read(file: Path) -> Catalog:
    """A catalog from disk; an empty one where there is none."""
    if not file.exists():
        return Catalog(locale=LOCALE)
    return read_po(BytesIO(file.read_bytes()), locale=LOCALE)


def entries(catalog: Catalog) -> dict[Key, Message]:
    """Its messages without the header. A plural entry is found under its singular, as gettext does."""
    return {(_singular(message), message.context): message for message in catalog if message.id}


def _singular(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, (list, tuple)) else message.id)


def update(file: Path, wanted: Catalog) -> None:
    """Write the wanted messages with the translations that the file has; the same input, the same bytes."""
    known = entries(read(file))
    result = Catalog(locale=LOCALE)
    for key, message in entries(wanted).items():
        old = known.get(key)
        keep = old is not None and old.pluralizable == message.pluralizable
        comments = old.user_comments if old else ()
        flags = old.flags if old and keep else ()
        result.add(
            message.id,
            old.string if old and keep else None,
            context=message.context,
            user_comments=comments,
            flags=flags,
        )
    save(file, result)


def save(file: Path, catalog: Catalog) -> None:
    """Write a catalog for people to edit: sorted, without line numbers and dates: a diff shows only texts."""
    buffer = BytesIO()
    write_po(buffer, catalog, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True, width=100)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADER + buffer.getvalue().decode().strip() + "\n")


def problems(catalog: Catalog, wanted: Catalog) -> list[str]:
    """Everything a translator has still to do, a line each."""
    have, want = entries(catalog), entries(wanted)
    found = [f"missing: {_show(want[key])}" for key in want.keys() - have.keys()]
    found += [f"obsolete: {_show(have[key])}" for key in have.keys() - want.keys()]
    for key in have.keys() & want.keys():
        if problem := _problem(have[key], want[key]):
            found.append(f"{problem}: {_show(have[key])}")
    return sorted(found)


def _problem(message: Message, wanted: Message) -> str | None:
    ids = wanted.id if isinstance(wanted.id, (list, tuple)) else (wanted.id,)
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    if len(ids) != len(strings) or (len(ids) == 2 and tuple(message.id) != tuple(ids)):
        return "plural differs"
    if not all(strings):
        return "empty"
    if message.fuzzy:
        return "fuzzy"
    expected = [_placeholders(id) for id in ids]
    if any(_placeholders(string) not in expected for string in strings):
        return "placeholders differ"
    return None


def _placeholders(text: str | None) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall((text or "").replace("%%", "")))


def _show(message: Message) -> str:
    context = f" [{message.context}]" if message.context else ""
    return f"{_singular(message)!r}{context}"


def compile_changed() -> list[Path]:
    """Write the binary catalog beside each edited one that is newer; returns what was written."""
    written = []
    for directory in settings.LOCALE_PATHS:
        for source in Path(directory).glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
                compile_one(source, target)
                written.append(target)
    return written


def compile_one(source: Path, target: Path) -> None:
    """Write one binary catalog in one step, so that a running process never reads half of it."""
    part = target.with_suffix(f".{os.getpid()}.part")  # two servers may start at the same moment
    with part.open("wb") as file:
        write_mo(file, read(source))
    part.replace(target)
