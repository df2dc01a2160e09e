"""The style sheets, the script and the templates as they lie in the repository."""

import gzip
from pathlib import Path

import corneum

SOURCE = Path(next(iter(corneum.__path__)))
STATIC = SOURCE / "platform" / "ui" / "static" / "ui"


def sheet(name: str) -> str:
    """Read one of ui's own style sheets."""
    return (STATIC / f"{name}.css").read_text()


def zipped(*names: str) -> int:
    """Say how many bytes these files of ui are on the wire together."""
    return len(gzip.compress(b"".join((STATIC / name).read_bytes() for name in names), 9))


def every_sheet() -> list[Path]:
    """List every style sheet of every area."""
    return sorted(SOURCE.rglob("static/**/*.css"))


def every_page() -> list[Path]:
    """List every template a browser sees; messages are mail, which knows no style sheets."""
    pages = SOURCE.rglob("templates/**/*.html")
    return sorted(path for path in pages if path.parts[path.parts.index("templates") + 1] != "messages")
