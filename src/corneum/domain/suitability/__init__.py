"""May this person have it? Questions, answers, rules as data, and a verdict that a named practitioner decides on."""

from corneum.domain.suitability.answers import NONE, NOT_SURE, PREFER_NOT, Answers
from corneum.domain.suitability.clearing import (
    ANY_DAY,
    CLEARING,
    NOT_ASKED,
    Clearance,
    Decided,
    News,
    Ruling,
    Standing,
    clearance,
    gravest,
    news_in,
)
from corneum.domain.suitability.forms import Choice, Form, Item, Part
from corneum.domain.suitability.outcomes import Fired, Kind, Method, Outcome, Role, Scope
from corneum.domain.suitability.questionnaire import FORMS, FULL, QUICK, SESSION
from corneum.domain.suitability.rulebook import NOT_SHIPPED, RULES
from corneum.domain.suitability.rules import Clause, LooserThanShipped, NoSuchNumber, Rule, RuleSet
from corneum.domain.suitability.verdict import Result, Verdict, assess

__all__ = [
    "ANY_DAY", "CLEARING", "FORMS", "FULL", "NONE", "NOT_ASKED", "NOT_SHIPPED", "NOT_SURE", "PREFER_NOT", "QUICK", "RULES",
    "SESSION", "Answers", "Choice", "Clause", "Clearance", "Decided", "Fired", "Form", "Item", "Kind", "LooserThanShipped",
    "Method", "News", "NoSuchNumber", "Outcome", "Part", "Result", "Role", "Rule", "RuleSet", "Ruling", "Scope", "Standing",
    "Verdict", "assess", "clearance", "gravest", "news_in",
]  # fmt: skip
