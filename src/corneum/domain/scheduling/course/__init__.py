"""Course: the times of several visits, one after another, at the spacing that a treatment asks for."""

from corneum.domain.scheduling.course.planning import Obstacle, Plan, alternatives, out_of_step, plan_course
from corneum.domain.scheduling.course.rules import Candidate, Costs, Preferences, Spacing

__all__ = [
    "Candidate",
    "Costs",
    "Obstacle",
    "Plan",
    "Preferences",
    "Spacing",
    "alternatives",
    "out_of_step",
    "plan_course",
]
