"""Short enough to see: functions, files and templates have a size that fits on a screen or two."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("src", "bin", "tests")
LINES = {".py": 300, "": 300, ".css": 300, ".js": 300, ".html": 80, ".txt": 80}
FUNCTION_LINES = 40
NOT_OURS = {"vendor", "migrations", "__pycache__"}

pytestmark = pytest.mark.once


def files(root: Path = ROOT) -> list[Path]:
    """Everything that people write and read here."""
    found = [path for place in PLACES for path in (root / place).rglob("*") if path.is_file()]
    return sorted(path for path in found if path.suffix in LINES and not NOT_OURS & set(path.parts))


def long_files(root: Path = ROOT) -> list[str]:
    """`path: lines` of each file over its limit."""
    sizes = {path: len(path.read_text().splitlines()) for path in files(root)}
    return [f"{path.relative_to(root)}: {size}" for path, size in sizes.items() if size > LINES[path.suffix]]


def long_functions(root: Path = ROOT) -> list[str]:
    """`path:function: lines` of each function over the limit."""
    return [
        f"{path.relative_to(root)}:{name}: {size}"
        for path in files(root)
        if path.suffix in {".py", ""}
        for name, size in functions(path.read_text())
        if size > FUNCTION_LINES
    ]


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Every function with its lines, decorators and docstring included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield node.name, (node.end_lineno or first) - first + 1


def test_no_file_is_long() -> None:
    assert long_files() == []


def test_no_function_is_long() -> None:
    assert long_functions() == []


def test_everything_is_measured() -> None:
    measured = {str(path.relative_to(ROOT)) for path in files()}
    assert {
        "bin/serve",
        "bin/_bootstrap.py",
        "src/wishare/settings.py",
        "tests/architecture/test_sizes.py",
    } <= measured
    assert not any("vendor/" in path for path in measured)


def test_what_is_too_long_is_found(tmp_path: Path) -> None:
    (tmp_path / "src" / "vendor").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    body = "    x = 1\n"
    (tmp_path / "src" / "fits.py").write_text("def f():\n" + body * 39)
    (tmp_path / "src" / "long.py").write_text("@d\ndef f():\n" + body * 39)
    (tmp_path / "bin" / "tool").write_text("x = 1\n" * 301)
    (tmp_path / "src" / "page.html").write_text("\n" * 81)
    (tmp_path / "src" / "vendor" / "library.js").write_text("\n" * 1000)
    assert long_functions(tmp_path) == ["src/long.py:f: 41"]
    assert long_files(tmp_path) == ["bin/tool: 301", "src/page.html: 81"]
