"""
Sample: what to do about each concern, in the order in which it is worth trying.

The order is ours, after the evidence notes and the guidance named with them; a practitioner edits it.
What nobody sells stands first, wherever it comes first.
"""

from collections.abc import Mapping

from corneum.clinic.treatments.actions import Chosen

_NICE = "NICE guideline NG198 on acne."
_MELASMA = "Indian consensus on melasma, Dermatology and Therapy 2014."

_HOME = Chosen("you", "Care at home", "", "care-at-home")
_MDA, _PEEL, _NEEDLES, _LED, _IPL = "microdermabrasion", "superficial-peel", "microneedling", "led", "ipl"


def _home(says: str, source: str = "") -> Chosen:
    return Chosen("you", _HOME.title, says, _HOME.treatment, source)


def _here(treatment: str, title: str, says: str) -> Chosen:
    return Chosen("clinic", title, says, treatment)


CHOICES: Mapping[str, tuple[Chosen, ...]] = {
    "rough-or-dull-skin": (
        Chosen("nobody", "Leave it", "Rough skin is often dry skin, and much of it comes and goes with the weather."),
        _home("A gentle wash, a plain moisturiser and sun cream. Give it a month before you pay for more."),
        _here(_MDA, "Microdermabrasion", "Skin may feel smoother for a while."),
        _here(_PEEL, "A light peel", "About as deep and about as good. Skin may flake."),
    ),
    "fine-lines": (
        Chosen("nobody", "Leave them", "Everybody gets lines. They do no harm, and treatments change them little."),
        _home("Sun cream every day, and a retinoid cream at night if your skin bears it. Not in pregnancy."),
        _here(_PEEL, "A light peel", "May soften the look of fine lines a little."),
        _here(_MDA, "Microdermabrasion", "May soften the look of fine lines a little. It does not reach deeper ones."),
        _here(_NEEDLES, "Microneedling", "Goes deeper and takes longer to settle. We have no study of lines to show you."),
        Chosen("clinic", "Talk to a doctor or nurse about other ways", "There are medicines that only a prescriber may talk over with you."),
    ),
    "large-pores": (
        Chosen("nobody", "Leave them", "Pores have no doors: nothing makes them open or close, and other people rarely see them."),
        _home("A gentle wash twice a day and products made not to block pores."),
        _here(_MDA, "Microdermabrasion", "Pores can look cleaner for a while."),
        _here(_PEEL, "A light peel", "About the same as microdermabrasion for this. Ask us which would bother you less."),
    ),
    "uneven-colour": (
        Chosen("gp", "Have the mark looked at", "A brown mark that is new, growing, changing or bleeding goes to a GP before anything else."),
        Chosen("nobody", "Leave it", "Sun spots that a doctor has seen do no harm."),
        _home("Sun cream every day, and shade. Without it, nothing else here lasts."),
        _here(_IPL, "Intense pulsed light", "For sun spots on skin that is not tanned and not dark. A test patch comes first."),
        _here(_PEEL, "A light peel", "May look more even after several."),
        _here(_MDA, "Microdermabrasion", "May look a little more even."),
    ),
    "dark-marks": (
        Chosen("nobody", "Give it time", "Most fade by themselves. On brown and black skin it can take many months."),
        _home("Sun cream every day, on every skin tone, and no picking. That is what helps most marks fade."),
        Chosen("gp", "Ask a pharmacist or GP", "If new spots keep leaving marks, the spots come first. There are creams for both."),
        _here(_PEEL, "A light peel, with a weak acid", "Marks may fade somewhat sooner. A strong peel can leave new ones."),
        _here(_MDA, "Gentle microdermabrasion", "Only with low settings. It can itself leave marks. We have no study of this to show you."),
    ),
    "melasma": (
        Chosen("gp", "See a doctor first", "A doctor can tell melasma from other patches, and give you creams for some weeks.", source=_MELASMA),
        _home("Sun cream for UVA and UVB every day, shade and a hat, all year. This comes with every other choice.", _MELASMA),
        Chosen("specialist", "A skin specialist", "If creams and sun cream have not helped."),
        _here(_PEEL, "A light peel", "Only beside creams and sun cream, and only when a doctor agrees."),
        _here(_MDA, "Microdermabrasion", "Not a first choice, and never by itself."),
    ),
    "spots": (
        _home("A mild wash that is not soap, twice a day. Products made not to block pores. No picking.", _NICE),
        Chosen("pharmacist", "A pharmacist", "Creams you can buy. Give them 12 weeks.", source=_NICE),
        Chosen("gp", "Your GP", "For many sore spots, deep lumps, scars, or spots that make you very unhappy. There is more that helps.", source=_NICE),
        Chosen("specialist", "A skin specialist", "Your GP can send you on when spots are severe or scar."),
        _here(_PEEL, "A light peel", "Beside creams, for blackheads and mild spots."),
        _here(_LED, "LED light", "Beside creams, for mild spots. The trials do not agree."),
        _here(_MDA, "Microdermabrasion", "Only for blackheads, and not over sore spots."),
    ),
    "shallow-scars": (
        Chosen("nobody", "Leave them", "Scars from spots soften for a year or so by themselves."),
        Chosen("gp", "Calm the spots first", "While spots still come, new scars come too. A GP can help with that.", source=_NICE),
        _here(_NEEDLES, "Microneedling", "The choice with the most studies behind it. It takes several sessions."),
        _here(_PEEL, "A light peel", "Most people in a trial saw a fair change."),
        _here(_MDA, "Microdermabrasion", "Shallow scars may look softer."),
    ),
    "deep-lines-and-scars": (
        Chosen("nobody", "Leave them", "They do no harm."),
        Chosen("specialist", "A skin specialist", "Narrow, deep scars need other means than ours. Your GP can send you on."),
        Chosen("clinic", "Talk to a doctor about deep lines", "We tell you what there is, here and elsewhere, and what can go wrong."),
    ),
    "redness": (
        Chosen("gp", "Find out what it is", "Flushing, burning or stinging can be rosacea, which has its own creams. On brown and black skin go by warmth and stinging."),
        _home("A mild wash, a plain moisturiser, sun cream. Note what brings it on: heat, drink, spice, a product."),
        Chosen("nobody", "Leave fine veins", "They do no harm."),
        _here(_IPL, "Intense pulsed light", "For fine veins, once a doctor has looked. Not on tanned or dark skin."),
        _here(_LED, "LED light", "May feel calming. It does not close fine veins."),
    ),
}  # fmt: skip
