"""The files that the rules of the house are read from."""

import ast
import gc
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parents[2]
SOURCE = HOUSE / "src" / "corneum"


@cache
def python_files(*folders: str) -> list[Path]:
    """List the Python files in these folders, without what migrations generate."""
    found = (path for folder in folders for path in sorted((HOUSE / folder).rglob("*.py")))
    return [path for path in found if not {"migrations", "__pycache__"} & set(path.parts)]


@cache
def templates() -> list[Path]:
    """List every template."""
    return [path for path in sorted(SOURCE.rglob("templates/**/*")) if path.suffix in {".html", ".txt"}]


@cache
def tree(path: Path) -> ast.Module:
    """Read a Python file, undisturbed: another thread that parses meanwhile breaks it (python/cpython#106905)."""
    gc.disable()
    try:
        return ast.parse(path.read_text(), str(path))
    finally:
        gc.enable()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function in a file, however deep."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(path: Path) -> Iterator[str]:
    """Yield every module, and every name of a module, that a file imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named(path: Path, line: int | None = None) -> str:
    """Write where something is, as an editor finds it."""
    return f"{path.relative_to(HOUSE)}{f':{line}' if line else ''}"


@cache
def settings_of(tool: str) -> Any:
    """Read one tool's table in pyproject.toml."""
    return tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"][tool]
