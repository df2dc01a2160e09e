"""How a benchmark measures and prints: the median of many, taken in turns, never a judgement on time."""

import gc
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from time import perf_counter


def medians(
    works: Iterable[Callable[[], object]],
    *,
    seconds: float = 1.0,
    most: int = 101,
    clock: Callable[[], float] = perf_counter,
) -> list[float]:
    """
    Time several works in turns and answer with the median seconds of each.

    In turns, so that a slow moment of the machine falls on all of them. Each round runs every work
    once, until the time is up; three rounds at least.

    :param clock: `time.thread_time` where only arithmetic is measured and others share the machine
    """
    works = list(works)
    times: list[list[float]] = [[] for _ in works]
    gc.collect()
    begun = perf_counter()
    while len(times[0]) < 3 or (perf_counter() - begun < seconds and len(times[0]) < most):
        for work, taken in zip(works, times, strict=True):
            taken.append(once(work, clock))
    return [median(taken) for taken in times]


def once(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """Time a work that can be done only once."""
    before = clock()
    work()
    return clock() - before


def heading(title: str, *notes: str) -> None:
    """Say what is measured, and against what."""
    print(f"\n{title}\n{'=' * len(title)}")
    for note in notes:
        print(note)
    print()


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their columns: the first is text, the others are numbers."""
    written = [list(columns), *map(list, rows)]
    widths = [max(len(row[n]) for row in written) for n in range(len(columns))]
    for n, row in enumerate(written):
        cells = (
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join(cells))
        if n == 0:
            print("  ".join("-" * width for width in widths))


def milliseconds(seconds: float) -> str:
    """Write a time."""
    return f"{seconds * 1000:,.2f}"


def ratio(one: float, other: float) -> str:
    """Write how many times as long one takes as the other."""
    return f"{one / other:,.1f} x"
