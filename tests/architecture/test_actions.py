"""One action, one transaction, one event: keywords only, by somebody, at a moment."""

import ast
import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.architecture.sources import SOURCE, functions, named, python_files, tree

FILES = [path for path in python_files("src") if "actions" in (path.stem, path.parent.name)]


def module_of(path: Path) -> ModuleType:
    """Import the module that a file is."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return importlib.import_module(".".join(parts).removesuffix(".__init__"))


def public_functions(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """Find the functions that a module defines for others."""
    return {
        name: value
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    }


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_public_function_of_actions_is_an_action(path):
    others = [name for name, function in public_functions(module_of(path)).items() if not is_action(function)]

    assert others == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_action_takes_keywords_only_among_them_by_and_at(path):
    for name, function in public_functions(module_of(path)).items():
        parameters = inspect.signature(function).parameters
        assert {each.kind for each in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}, name
        assert {"by", "at"} <= parameters.keys(), name


@pytest.mark.parametrize("path", FILES, ids=named)
def test_action_records_what_it_did_or_leaves_it_to_another(path):
    module = module_of(path)
    silent = [
        function.name
        for function in functions(path)
        if is_action(getattr(module, function.name, None)) and not records(function, module, path)
    ]

    assert silent == []


def is_action(function: object) -> bool:
    """Say whether a function is an action."""
    return getattr(function, "is_action", False) is True


def records(function: ast.AST, module: ModuleType, path: Path) -> bool:
    """Say whether a function calls record(), another action, or something of its own module that does."""
    own = {each.name: each for each in functions(path)}
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        called = value_of(node.func, module)
        name = getattr(called, "__name__", "")
        if name == "record" or is_action(called):
            return True
        if name in own and own[name] is not function and records(own[name], module, path):
            return True
    return False


def value_of(node: ast.AST, module: ModuleType) -> object:
    """Find what a name such as `patients.welcome_patient` stands for in a module."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        return getattr(value_of(node.value, module), node.attr, None)
    return None


def test_actions_were_found():
    assert sum(len(public_functions(module_of(path))) for path in FILES) > 20
    assert all(tree(path).body for path in FILES)
