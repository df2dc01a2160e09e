"""The `corneum` command."""

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command and answer with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corneum.config.settings")
    from django.core.management import execute_from_command_line

    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["manage"]:
        given = given[1:]
    execute_from_command_line(["corneum", *given])
    return 0
