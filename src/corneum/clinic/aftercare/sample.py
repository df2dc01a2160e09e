"""
Sample words before and after a treatment. A clinician must approve them before a patient reads them.

Written from the facts in the clinical notes of the treatments: the barrier of the skin is open for about a day
after microdermabrasion (Rajan and Grimes 2002), so what stings stays away from it; sun protection and three days
without retinoids or acids are textbook practice; the seven days without waxing are a cautious custom.
"""

from corneum.clinic.treatments.models import Treatment

_AFTER = """\
# What is normal, and until when
Your skin may feel tight, warm or dry, like mild sunburn. It usually settles within hours to a day, and can take a few days.
On pale skin you may see it as pink. On brown or black skin it may look a little darker or not show at all: go by how it feels.
Some dryness or fine flaking may come between day one and day four. Do not pick at it.
# Today and tonight
Wash with lukewarm water and a gentle cleanser. Pat dry.
Use a plain moisturiser as often as your skin feels tight.
No make-up until tomorrow if any skin is broken.
No sauna, swimming pool, hot bath or hard exercise for a day or two.
# For the first three days
No retinoids, no acids (AHA, BHA) and no benzoyl peroxide, unless your prescriber has told you otherwise.
No scrubs and no brushes.
Do not stop or change a medicine because of this sheet. Ask us, or whoever prescribed it, when to use a prescribed cream again.
# For the first week, and after
A broad-spectrum sunscreen of SPF 30 or more every day, whatever your skin tone. No sunbathing, no sunbeds.
No waxing, threading or hair-removal cream on the treated skin for seven days.
"""
_BEFORE = """\
# Tell us before you come
If you are pregnant or breastfeeding, or have begun a new medicine or cream.
If you have a cold sore, an infection, a rash or broken skin where we would treat. We would rather find you another time.
If you have had strong sun, a peel, waxing, injections or a laser there in the last two weeks.
# In the days before
No retinoids, acids or scrubs on the skin for three days, unless your prescriber has told you otherwise.
No waxing or threading for a week. Do not stop a prescribed medicine without asking whoever prescribed it.
A broad-spectrum sunscreen of SPF 30 or more every day, and no sunbeds.
# On the day
Come with clean skin and without make-up, if you can. Take contact lenses out, or bring their case.
The visit takes {minutes}. Bring the names of the creams and medicines you use.
"""
_PEEL = """\
# What is normal, and until when
Stinging for some minutes, then skin that feels tight and dry. Flaking usually comes between day two and day five.
On pale skin it may look pink. On brown or black skin it may look darker for some days: go by how it feels.
Do not pick or pull at flaking skin, even when it is tempting: that is how marks are made.
# Today and tonight
Lukewarm water and a gentle cleanser. Pat dry. A plain moisturiser as often as your skin feels tight.
No make-up until tomorrow. No sauna, swimming pool, hot bath or hard exercise for two days.
# For the first week
No retinoids, acids, benzoyl peroxide or scrubs until the flaking has stopped, unless your prescriber has told you otherwise.
A broad-spectrum sunscreen of SPF 30 or more every day, whatever your skin tone. No sunbathing, no sunbeds.
No waxing, threading or hair-removal cream on the treated skin for seven days.
Do not stop or change a medicine because of this sheet. Ask us, or whoever prescribed it.
"""


def sample_for(treatment: Treatment, when: str) -> str:
    """Answer with the words to begin with, for this family of treatments."""
    if when == "before":
        return _BEFORE
    return _PEEL if treatment.family == Treatment.Family.PEELS else _AFTER
