"""Where an e-mail's own words end, and what its program quoted below them begins."""

import re

# "On Monday, 9 March 2026 at 08:00, Manchester <…> wrote:" may be broken over two lines by the program.
_WROTE = re.compile(
    r"^(?:On|Am|Le|El|Il|Op|W dniu)\b.{0,300}?\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|napisał)\b[^\n]{0,200}:\s*$",
    re.MULTILINE | re.DOTALL,
)
_RULE = re.compile(r"^-{2,}\s*(?:Original Message|Forwarded message|Ursprüngliche Nachricht)\s*-{2,}\s*$", re.MULTILINE)
_HEAD = re.compile(r"^(?:_{10,}\s*\n)?From: .+\n(?:Sent|Date): .+$", re.MULTILINE)


def split_quote(text: str) -> tuple[str, str]:
    """
    This will part an e-mail's own words from the quotation below them; nothing is lost.

    Answers between quoted lines are the writer's own, and stay with their quotations. A mail that
    is nothing but a quotation is shown whole.
    """
    cuts = [found.start() for pattern in (_WROTE, _RULE, _HEAD) for found in pattern.finditer(text)]
    cuts = [cut for cut in cuts if not _is_answered_below(text[cut:])]
    cut = min([*cuts, _start_of_marked_tail(text)])
    own, quoted = text[:cut].rstrip(), text[cut:].strip()
    return (own, quoted) if own else (text.strip(), "")


def _is_answered_below(rest: str) -> bool:
    """Say whether somebody wrote between or below the lines that are quoted with marks."""
    lines = rest.splitlines()
    marked = [number for number, line in enumerate(lines) if line.startswith(">")]
    return bool(marked) and any(line.strip() and not line.startswith(">") for line in lines[marked[0] :])


def _start_of_marked_tail(text: str) -> int:
    """Find where the last lines begin that are all quoted with marks, or empty."""
    start = where = len(text)
    for line in reversed(text.splitlines(keepends=True)):
        if line.strip() and not line.startswith(">"):
            break
        where -= len(line)
        start = where if line.startswith(">") else start
    return start
