"""What the clock does for courses."""

from contextlib import suppress
from datetime import datetime

from corneum.clinic.courses import actions, queries
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import every


@every(minutes=1)
def write_letters_anew(at: datetime) -> None:
    """Correct the letters that wait to leave about courses of which a visit was moved or cancelled by itself meanwhile."""
    for course in queries.courses_told_wrongly():
        with suppress(actions.CourseEnded):  # its end wrote a letter of its own
            actions.write_letter_anew(course=course, by=Actor.system("worker"), at=at)
