"""Reminding patients of their visits, and taking in what they answer."""

from corneum.clinic.reminders.actions.answering import forget_questions, receive_answer
from corneum.clinic.reminders.actions.choosing import change_rules, choose_ways
from corneum.clinic.reminders.actions.reminding import AlreadyReminded, NotDueYet, remind_patient

__all__ = [
    "AlreadyReminded",
    "NotDueYet",
    "change_rules",
    "choose_ways",
    "forget_questions",
    "receive_answer",
    "remind_patient",
]
