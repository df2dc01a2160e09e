#!/usr/bin/env python3
"""Everything a developer types, with nothing but Python: `python3 dev.py help`.

Standard library only, because this file is what sets everything else up.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
REQUIREMENTS = HERE / "requirements"
# Tests of what pages say and who may open them: they are run on SQLite.
PAGE_TESTS = (
    "*views",
    "*page",
    "desk",
    "inbox",
    "ask",
    "access_matrix",
    "sign_in",
    "second_factor",
    "copy",
    "check",
    "for_machines",
    "fitting",
    "following",
    "crowd",
    "threads",
)

HELP = """\
python3 dev.py demo         a skin clinic in the browser, with eight weeks of a believable diary
python3 dev.py test         every test on SQLite with a real browser; what is about the database again on PostgreSQL
python3 dev.py check        format, lint, types, imports, migrations, templates
python3 dev.py fmt          put the code into its one format
python3 dev.py bench        the benchmarks: medians, counts and ratios; `bench attack` sets 64 processes on one diary, `bench spam` measures the spam filter
python3 dev.py lock         write requirements/*.txt anew
python3 dev.py corneum …    the `corneum` command itself: init, serve, work, check … (`corneum help` lists them)

Anything after `test` goes to pytest: python3 dev.py test tests/domain -k timeline
(with arguments only the SQLite leg runs; CORNEUM_TEST_DB=postgres chooses the other).
"""


def main(arguments: list[str]) -> int:  # noqa: RET503 -- execv does not return
    """Run one command of HELP and answer with its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- this file meets older Pythons before anything else does
        return say("Corneum needs Python 3.11 or newer; this one is " + sys.version.split()[0] + ".")
    command, *rest = arguments or ["help"]
    commands = {"test": test, "check": check, "fmt": fmt, "bench": bench, "lock": lock}
    if command in {"help", "-h", "--help"}:
        print(HELP, end="")
        return 0
    if command in commands:
        install("dev")
        return commands[command](rest)
    if command == "corneum":
        command, *rest = rest or ["help"]
    elif command != "demo":
        return say(f"There is no `{command}` here. python3 dev.py help says what there is.")
    install("dev" if (VENV / ".installed-dev").exists() else "base")
    # exec, so that a signal reaches the command itself and nothing is left behind
    os.execv(PYTHON, [str(PYTHON), "-m", "corneum", command, *rest])


def say(sentence: str) -> int:
    """Tell the person at the terminal what is wrong."""
    print(sentence, file=sys.stderr)
    return 1


def run(*command: str | Path, **environment: str) -> int:
    """Run one of the environment's own tools."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    env = {**os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV), **environment}
    return subprocess.run([str(part) for part in command], cwd=HERE, env=env, check=False).returncode


def first_failure(*steps: tuple[str | Path, ...]) -> int:
    """Run every step, so that one red line does not hide another; answer with the worst."""
    worst = 0
    for step in steps:
        print("·", " ".join(Path(str(part)).name if i == 0 else str(part) for i, part in enumerate(step)), flush=True)
        worst = run(*step) or worst
    return worst


# --- setting up ------------------------------------------------------------------------------


def install(lock_name: str) -> None:
    """Bring .venv to what requirements/<lock_name>.txt says, if it is not there already."""
    locks = [REQUIREMENTS / "uv.txt", REQUIREMENTS / f"{lock_name}.txt", HERE / "pyproject.toml"]
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in locks)).hexdigest()
    stamp = VENV / f".installed-{lock_name}"
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return
    if not PYTHON.exists():
        print("Making .venv …", flush=True)
        try:
            venv.create(VENV, with_pip=True, clear=VENV.exists())
        except (subprocess.CalledProcessError, OSError, SystemExit):
            shutil.rmtree(VENV, ignore_errors=True)
            raise SystemExit(
                say("Python's venv module cannot make an environment. On Debian: apt install python3-venv")
            ) from None
    print(f"Installing requirements/{lock_name}.txt …", flush=True)
    lock_file = str(REQUIREMENTS / f"{lock_name}.txt")
    safe = ["--require-hashes", "--only-binary", ":all:"]
    quiet = ["--quiet", "--disable-pip-version-check"]
    if os.environ.get("CORNEUM_INSTALLER") == "pip":
        steps = [["-m", "pip", "install", *quiet, *safe, "-r", lock_file]]
    else:
        steps = [
            ["-m", "pip", "install", *quiet, *safe, "-r", str(REQUIREMENTS / "uv.txt")],
            ["-m", "uv", "pip", "install", "--quiet", *safe, "-r", lock_file],
        ]
    # The machine's own certificates, because a clinic's network may have one of its own in the middle.
    trust = {"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "true"}
    for step in steps:
        if run(PYTHON, *step, **trust) and run(PYTHON, "-m", "pip", "install", *quiet, *safe, "-r", step[-1]):
            raise SystemExit(say("Installing failed; the lines above say why. Is there a network?"))
    link_source()
    stamp.write_text(wanted)


def link_source() -> None:
    """Let the environment import src/ as it stands, and have a `corneum` command, without building a package."""
    found = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    (Path(found.stdout.strip()) / "corneum-source.pth").write_text(f"{HERE / 'src'}\n")
    if os.name == "posix":
        (BIN / "corneum").write_text(f'#!/bin/sh\nexec "{PYTHON}" -m corneum "$@"\n')
        (BIN / "corneum").chmod(0o755)


def chromium() -> str:
    """Say where a Chromium is; fetch Debian's when there is none and we may."""
    for name in (os.environ.get("CORNEUM_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and (found := shutil.which(name)):
            return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Debian's Chromium for the browser tests …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False, **quiet)  # type: ignore[call-overload]
        if found := shutil.which("chromium"):
            return found
    run(PYTHON, "-m", "playwright", "install", "chromium")
    return ""  # playwright then uses its own


# --- commands --------------------------------------------------------------------------------


def test(arguments: list[str]) -> int:
    """Run the tests; without arguments on both databases."""
    browser = chromium()
    pytest = (PYTHON, "-m", "pytest")
    # Many processes load the same modules: they are compiled once, and not into anybody's folders.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(VENV / "compiled")}
    if arguments:
        return run(*pytest, *arguments, CORNEUM_CHROMIUM=browser, **compiled)
    two = ("-q", "-n", "2", "--dist", "worksteal")  # whoever is done first takes from the other
    print("· SQLite, with a browser", flush=True)
    worst = run(*pytest, *two, CORNEUM_CHROMIUM=browser, CORNEUM_TEST_DB="sqlite", **compiled)
    print("· PostgreSQL: all that asks for a database; what pages say was seen on SQLite", flush=True)
    pages = [f"--ignore-glob=*/test_{name}.py" for name in PAGE_TESTS]
    second = (*two, *pages, "-m", "not browser", "--only-with-database")
    return run(*pytest, *second, CORNEUM_TEST_DB="postgres", **compiled) or worst


def check(_arguments: list[str]) -> int:
    """Check all that a machine can check without running the product."""
    return first_failure(
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy", "src", "tests", "benchmarks"),
        ("lint-imports", "--no-cache"),
        (PYTHON, "-m", "corneum", "manage", "makemigrations", "--check", "--dry-run", "-v0"),
        ("djlint", "src", "--lint", "--quiet"),
    )


def fmt(_arguments: list[str]) -> int:
    """Put the code into its one format."""
    return first_failure(("ruff", "check", "--fix", "--quiet", "."), ("ruff", "format", "."))


def bench(arguments: list[str]) -> int:
    """Run the benchmarks."""
    return run(PYTHON, "-m", "benchmarks", *arguments)


def lock(_arguments: list[str]) -> int:
    """Write the locks: versions and hashes, no addresses."""
    compile_ = (
        PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-header", "--no-annotate", "--exclude-newer", "7 days",
    )  # fmt: skip
    uv_only = VENV / "uv.in"
    uv_only.write_text("uv>=0.13.6,<0.14\n")
    worst = first_failure(
        (*compile_, str(uv_only), "-o", "requirements/uv.txt"),
        (*compile_, "pyproject.toml", "-o", "requirements/base.txt"),
        (*compile_, "pyproject.toml", "--group", "dev", "-o", "requirements/dev.txt"),
    )
    for path in sorted(REQUIREMENTS.glob("*.txt")):
        if any(word in path.read_text() for word in ("http", "--index", "--find-links")):
            return say(f"{path.name} names an address; a lock must hold for every reader.")
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
