"""Waiting: who stands next in line for a freed time, why others do not, and how long each may think it over."""

from corneum.domain.waiting.answering import LEAST, MINUTES, time_to_answer
from corneum.domain.waiting.line import Chosen, Freed, Passed, Reason, Waiter, freed_at, in_line, next_in_line, why_not
from corneum.domain.waiting.window import Window

__all__ = [
    "LEAST",
    "MINUTES",
    "Chosen",
    "Freed",
    "Passed",
    "Reason",
    "Waiter",
    "Window",
    "freed_at",
    "in_line",
    "next_in_line",
    "time_to_answer",
    "why_not",
]
