"""Writing courses: booking one, moving the rest of one, ending one early. All of it or nothing."""

from corneum.clinic.courses.actions.booking import (
    CourseImpossible,
    NotOfThisCourse,
    TimesDoNotFit,
    book_course,
)
from corneum.clinic.courses.actions.changing import (
    CourseEnded,
    CourseHasChanged,
    end_course_early,
    move_rest,
    write_letter_anew,
)
from corneum.clinic.courses.taking import CourseTimeLost

__all__ = [
    "CourseEnded",
    "CourseHasChanged",
    "CourseImpossible",
    "CourseTimeLost",
    "NotOfThisCourse",
    "TimesDoNotFit",
    "book_course",
    "end_course_early",
    "move_rest",
    "write_letter_anew",
]
