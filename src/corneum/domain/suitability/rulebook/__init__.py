"""
The rules that are shipped, version 1: a sample that the clinic's medical lead must sign before it counts.

R01 to R49 were drawn from the sources that each names; R50 is our own, for the answer about last time.
"""

from corneum.domain.suitability.rulebook.before import BEFORE
from corneum.domain.suitability.rulebook.health import HEALTH
from corneum.domain.suitability.rulebook.person import PERSON
from corneum.domain.suitability.rulebook.skin import SKIN
from corneum.domain.suitability.rules import RuleSet

RULES = RuleSet(1, tuple(sorted((*SKIN, *BEFORE, *HEALTH, *PERSON), key=lambda rule: rule.id)))

# Lists on the web have these. They turn people away for nothing: abrasion uses neither current nor light, and
# precautions against infection are the same for everybody. A test keeps them out of every rule and question.
NOT_SHIPPED = ("pacemaker", "epilep", "metal implant", "metal plate", "hormone replacement", "HRT", "hepatitis", "HIV")

__all__ = ["NOT_SHIPPED", "RULES"]
