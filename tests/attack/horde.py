"""
A horde: many processes let loose at the same moment, some of them killed and begun anew while they work.

It knows nothing of what they do, so that it may be set on any system: ours, or another as a control.
Everybody writes down each try before and after it, in a file of their own. What was written down as
answered was answered; whoever is killed is begun again, and tries once more what has no answer yet.
"""

import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Answer = dict[str, Any]
Attempt = Callable[[Mapping[str, Any]], Answer]
PAUSE = 0.01  # seconds between two looks at who is still there


def let_loose(
    orders: Sequence[Sequence[Mapping[str, Any]]], begin: Callable[[int], Attempt], logs: Path, *, kills: int = 0
) -> int:
    """
    Let one process for each list of tries work through it, all from the same moment, and say how many were killed.

    :param begin: called in each process with its number; answers with what tries one thing
    :param logs: the folder for what everybody writes down
    :param kills: how many times somebody is killed with -9 in the middle of something and begun anew
    """
    fork = multiprocessing.get_context("fork")  # nothing is open yet, so there is nothing to share by mistake
    gate = fork.Barrier(len(orders) + 1)

    def work(number: int, *, again: bool) -> None:
        attempt = begin(number)
        if not again:
            gate.wait()
        with (logs / f"{number}.log").open("ab", buffering=0) as log:
            for place in range(len(answers_in(logs, number)), len(orders[number])):
                log.write(f"{place}\n".encode())
                answer = attempt(orders[number][place])
                log.write(json.dumps(answer).encode() + b"\n")

    def start(number: int, *, again: bool = False) -> Any:
        process = fork.Process(target=work, args=(number,), kwargs={"again": again})
        process.start()
        return process

    processes = [start(number) for number in range(len(orders))]
    gate.wait()
    dice, killed, written = random.Random(1), 0, -1
    every = max(1, sum(map(len, orders)) // (kills + 1))  # so many answers between two kills
    while any(process.is_alive() for process in processes):
        if killed < kills and _written(logs) > written + every:
            number = dice.choice([n for n, process in enumerate(processes) if process.is_alive()] or [0])
            if _kill(processes[number], logs, number):
                killed, written = killed + 1, _written(logs)
                processes[number] = start(number, again=True)
        time.sleep(PAUSE)
    if any(process.exitcode for process in processes):
        raise RuntimeError("Somebody of the horde has failed.")
    return killed


def answers_in(logs: Path, number: int) -> list[Answer]:
    """Read what one process was told, as far as it was written down whole."""
    path = logs / f"{number}.log"
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    return [json.loads(line) for line in lines if line.startswith("{")]


def _written(logs: Path) -> int:
    return sum(path.read_bytes().count(b"{") for path in logs.glob("*.log"))


def _kill(process: Any, logs: Path, number: int) -> bool:
    """Kill it in the middle of a try; when there was none, it is left alone."""
    path = logs / f"{number}.log"
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    if not lines or lines[-1].startswith("{") or not process.is_alive():
        return False
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    # What it wrote of an answer and not whole is cut off: it was never told.
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rfind(b"\n") + 1])
    return True
