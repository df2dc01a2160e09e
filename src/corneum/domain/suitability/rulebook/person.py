"""Rules R44 to R50: age, how somebody feels about their looks, free choice, hopes, and last time."""

from corneum.domain.suitability.conditions import AtLeast, Chose, Mentions, Sooner, Span, YoungerThan
from corneum.domain.suitability.outcomes import Kind, Outcome, Role, Scope, block, review
from corneum.domain.suitability.rulebook.sources import GMC, LOOKS, OURS, UNDER_18
from corneum.domain.suitability.rules import Clause, Rule

ANY = Scope.ANY
CRISIS = (
    "suicid", "kill myself", "killing myself", "end my life", "ending my life", "end it all", "want to die", "wish i was dead",
    "better off dead", "self-harm", "self harm", "harm myself", "hurt myself", "hurting myself", "no reason to live", "can't go on",
)  # fmt: skip

PERSON = (
    Rule("R44", 1, "Under age", ANY, (
        Clause((YoungerThan("age", "under-age"),), (Outcome(Kind.BLOCK, Role.DOCTOR, until="you are 18", by_telephone=True),)),
    ), "We treat adults only. If your skin worries you, a parent or guardian can ring us, and a doctor can talk with you both. Your GP helps people of any age.",
       "No booking online. Only a consultation led by a doctor, with a parent or guardian. For botulinum toxin and filler the law allows no booking at all.",
       UNDER_18, ("S13",), {"age": Span(18, "years")}),
    Rule("R45", 1, "Distress about looks", ANY, (
        Clause((AtLeast(2, (Chose(("worry-much",)), Chose(("worry-hours",)), Chose(("worry-stops",)), Chose(("past-unhappy", "past-often-unhappy")))),
                Chose(("looks-refused", "past-often-unhappy"))), (block("somebody has talked with you", Role.PRACTITIONER),)),
    ), "Worrying a lot about your looks is common, and treatment often does not ease it. Somebody here would like to talk with you first. The BDD Foundation and your GP help too.",
       "Our own questions after NICE's topics; a flag and no diagnosis. A practitioner trained in it talks with the patient before anything is done.",
       LOOKS, ("S14",)),
    Rule("R46", 1, "Words of crisis", ANY, (
        Clause((Mentions(CRISIS),), (Outcome(Kind.REVIEW, Role.PRACTITIONER, is_urgent=True),)),
    ), "It sounds as if things are very hard. You can talk to the Samaritans at any hour, free, on 116 123. If you are in danger now, ring 999. Somebody here will ring you too.",
       "Read the text and ring now. Follow the clinic's crisis plan.", OURS, ("S14",)),
    Rule("R47", 1, "Not free to decide today", ANY, (
        Clause((Chose(("pressure", "not-able", "not-today")),), (block("another day", Role.PRACTITIONER),)),
    ), "Treatment should be your own choice, made with a clear head. Take your time: moving or cancelling for this costs nothing, and we can ring you privately.",
       "The request must be voluntary and the patient able to decide. Talk alone with the patient.", GMC, ("S14",)),
    Rule("R49", 1, "Hopes for more than treatment gives", ANY, (
        Clause((Chose(("hope-gone",)), Sooner("Q03", "before"), Mentions(("remov", "eras", "get rid", "flawless", "perfect"), ("Q02.words",))), (review(),)),
    ), "Treatment softens; it does not take marks or lines away, and it takes several sessions. Your practitioner talks with you about what else there is.",
       "Must not be provided if it will not benefit. Talk about alternatives, or decline.", GMC, ("S14",), {"before": Span(28)}),
    Rule("R50", 1, "Something bad after last time", ANY, (
        Clause((Chose(("bad-reaction",)),), (review(),)),
    ), "Your practitioner looks at what happened before going on.", "Read what happened, and look at the skin, before this session.", OURS, ("S19",), again=True),
)  # fmt: skip
