"""Which rules are in force at a clinic: those that are shipped, with its own numbers, signed or not."""

from dataclasses import replace

from django.db.models import QuerySet

from corneum.clinic.suitability.models import RulesVersion
from corneum.domain.suitability import RULES, RuleSet
from corneum.platform.accounts.models import Clinic


def versions_of(clinic: Clinic) -> QuerySet[RulesVersion]:
    """Find every version of a clinic's rules, the newest first."""
    return RulesVersion.objects.filter(clinic=clinic).select_related("made_by", "signed_by").order_by("-number")


def latest_rules(clinic: Clinic) -> RulesVersion | None:
    """Find the version in force; None while the clinic has only what is shipped, which nobody has signed."""
    return versions_of(clinic).first()


def rules_of(clinic: Clinic) -> RuleSet:
    """Answer with the rules in force. What was signed of an older release of the rules counts as signed no more."""
    return rules_at(latest_rules(clinic))


def rules_at(version: RulesVersion | None) -> RuleSet:
    """Answer with the rules of one version; of none, those that are shipped."""
    if version is None:
        return replace(RULES, version=0)
    rules = replace(RULES.tightened(version.numbers), version=version.number)
    is_current = version.shipped == RULES.version
    return rules.signed() if version.signed_at is not None and is_current else rules


def clinic_called(ref: str) -> Clinic:
    """Find the clinic that a job is about."""
    return Clinic.objects.get(ref=ref)
