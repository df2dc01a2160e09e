"""Writing: asking, answering, sending, deciding, and signing the rules."""

from corneum.clinic.suitability.actions.answering import (
    LinkEnded,
    NotAnswered,
    SentAlready,
    ask_before_session,
    ask_for_answers,
    begin_from_website,
    begin_screening,
    forget_screenings,
    keep_answer,
    submit_screening,
)
from corneum.clinic.suitability.actions.deciding import (
    AlarmAnswered,
    MayNotDecide,
    NotSent,
    TellThemFirst,
    TooSoon,
    answer_alarm,
    decide_screening,
)
from corneum.clinic.suitability.actions.rules import (
    ChangedMeanwhile,
    MayNotSign,
    NothingToSign,
    change_rules,
    reopen_screenings,
    sign_rules,
)

__all__ = [
    "AlarmAnswered",
    "ChangedMeanwhile",
    "LinkEnded",
    "MayNotDecide",
    "MayNotSign",
    "NotAnswered",
    "NotSent",
    "NothingToSign",
    "SentAlready",
    "TellThemFirst",
    "TooSoon",
    "answer_alarm",
    "ask_before_session",
    "ask_for_answers",
    "begin_from_website",
    "begin_screening",
    "change_rules",
    "decide_screening",
    "forget_screenings",
    "keep_answer",
    "reopen_screenings",
    "sign_rules",
    "submit_screening",
]
