"""The questions: the full questionnaire, the short form before each session, and the quick check beside a guide."""

from corneum.domain.suitability.forms import Form
from corneum.domain.suitability.questionnaire.health import HEALTH
from corneum.domain.suitability.questionnaire.quick import QUICK_ITEMS
from corneum.domain.suitability.questionnaire.session import SESSION_ITEMS
from corneum.domain.suitability.questionnaire.skin import SKIN
from corneum.domain.suitability.questionnaire.you import GOALS, YOU

FULL = Form("full", 1, (*GOALS, *SKIN, *HEALTH, *YOU))
SESSION = Form("session", 1, SESSION_ITEMS)
QUICK = Form("quick", 1, QUICK_ITEMS)
FORMS = {form.name: form for form in (FULL, SESSION, QUICK)}

__all__ = ["FORMS", "FULL", "QUICK", "SESSION"]
