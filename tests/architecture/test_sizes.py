"""A file is read in one sitting, a function at one glance; every module says what lives in it."""

import ast

from tests.architecture.sources import functions, named, python_files, tree

LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 400, 60


def test_file_has_400_lines_at_most():
    lengths = {named(path): len(path.read_text().splitlines()) for path in python_files("src")}

    assert {name: length for name, length in lengths.items() if length > LINES_OF_A_FILE} == {}


def test_function_has_60_lines_at_most():
    long = [
        f"{named(path, function.lineno)} {function.name}"
        for path in python_files("src")
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LINES_OF_A_FUNCTION
    ]

    assert long == []


def test_module_begins_with_one_sentence():
    silent = [
        named(path)
        for path in python_files("src", "tests", "benchmarks")
        if not (ast.get_docstring(tree(path)) or "").split("\n\n")[0].rstrip().endswith((".", "?", ":"))
    ]

    assert silent == []
