"""
The diary's rows as classes, because a strict policy forbids `style="grid-row: …"`.

Rows are five minutes long. `.at-13` begins at the thirteenth row of its grid, an hour in; `.for-6`
lasts half an hour. static/ui/grid.css is what `rows()` answers with; a test holds it to that.
"""

ROWS = 288  # a whole day of five minutes
LONGEST = 96  # eight hours


def rows() -> str:
    """Write grid.css."""
    begins = "".join(f".at-{row}{{grid-row-start:{row}}}\n" for row in range(1, ROWS + 1))
    lasts = "".join(f".for-{count}{{grid-row-end:span {count}}}\n" for count in range(1, LONGEST + 1))
    return f"/* Made by corneum.platform.ui.grid: change it there. */\n@layer components{{\n{begins}{lasts}}}\n"
