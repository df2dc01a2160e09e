"""The `corneum` command."""

import os
import sys
from pathlib import Path

HELP = """\
corneum demo                a made-up clinic with a full diary, in the browser
corneum init                a new installation: its first clinic and its owner
corneum serve               the pages and the worker together, until stopped
corneum web                 the pages alone
corneum work                the worker alone: sends messages, frees held times
corneum check               what is wrong with this installation, in sentences
corneum index               renew the search of the public pages
corneum manage <command>    Django's own commands, such as migrate

Each takes --help. Settings are environment variables: docs/operate/settings.md.
"""
# `check` is Django's word for its own checks, which `corneum manage check` still runs.
OUR_NAMES = {"check": "check_installation"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and answer with its exit code."""
    command, *rest = (sys.argv[1:] if arguments is None else arguments) or ["help"]
    if command in {"help", "-h", "--help"}:
        print(HELP, end="")
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corneum.config.settings")
    if command == "demo":
        prepare_demo(rest)
    from django.core.management import execute_from_command_line

    given = rest if command == "manage" else [OUR_NAMES.get(command, command), *rest]
    execute_from_command_line(["corneum", *given])
    return 0


def prepare_demo(arguments: list[str]) -> None:
    """
    Give the demonstration a home, a database and an address of its own, before the settings are read.

    Whatever a real clinic on this machine has set is left out: its database and its mail server are
    none of the demonstration's business.
    """
    port = "8000"
    for one, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if one == "--port" and following:
            port = following
        elif one.startswith("--port="):
            port = one.partition("=")[2]
    kept = {"CORNEUM_DEMO_HOME", "CORNEUM_LOG_LEVEL"}
    for name in [name for name in os.environ if name.startswith("CORNEUM_") and name not in kept]:
        del os.environ[name]
    os.environ["CORNEUM_DEMO"] = "1"
    os.environ["CORNEUM_HOME"] = os.environ.get("CORNEUM_DEMO_HOME") or str(Path("var") / "demo")
    os.environ["CORNEUM_SITE_URL"] = f"http://localhost:{port}"
