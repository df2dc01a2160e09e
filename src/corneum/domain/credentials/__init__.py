"""Registrations and training: is a number written as its register writes numbers, and how long does it still hold?"""

from corneum.domain.credentials.ending import Ending, last_day, notice
from corneum.domain.credentials.numbers import FORMS, NotANumberOf, as_written

__all__ = ["FORMS", "Ending", "NotANumberOf", "as_written", "last_day", "notice"]
