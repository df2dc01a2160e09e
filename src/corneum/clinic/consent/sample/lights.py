"""Samples: the treatments with light."""

from corneum.clinic.consent.sample.written import AFTER_ALL, FOLLOW, HOME, NOTHING, WEEK, Sample

IPL = Sample(
    {
        "what": """You wear goggles. A cool gel goes on, and short flashes of bright light warm brown marks and fine veins. Each \
feels like the snap of a warm rubber band. We try a small patch first. Say stop at any moment, and we stop.""",
        "hope": """Sun spots can fade and redness can look less after several sessions. A mark has to be looked at before it \
is treated: we do not treat one that is changing. New marks can come, above all with sun.""",
        "most": """- Redness and heat for hours
- Marks that turn darker, then flake off""",
        "some": """- Swelling for some days
- Marks or veins that stay, or come back
- It does less than you hoped""",
        "rare": """- A burn, blisters or scabs: ring us the same day
- Darker or paler patches, more often on tanned, brown or black skin. They can last for months
- A scar
- Harm to the eye, which the goggles are for""",
        "instead": f"""- {NOTHING}
- {HOME}
- **Your GP**, for a mark that is new or changes, or for redness that flares
- **A superficial peel**, for uneven colour
- Others offer these too, and you can ask somebody else before you decide""",
        "after": AFTER_ALL,
        "follow": FOLLOW,
    },
    WEEK,
)
LED = Sample(
    {
        "what": """You wear goggles and lie under red or blue light, which is warm and bright and touches nothing. Say stop at \
any moment, and we stop.""",
        "hope": """Mild spots can get better for some people, and skin can feel calmer after other treatments. The trials are \
small and do not agree. Creams from a pharmacist or GP come first for spots.""",
        "most": "- Usually nothing; sometimes slight warmth",
        "some": """- A headache, or eyes that are dazzled for a while
- It does less than you hoped""",
        "rare": """- A rash or a burn, if a medicine or an illness makes your skin react to light. Tell us what you take
- What many sessions do over years is not known""",
        "instead": f"""- {NOTHING}
- {HOME}
- Others offer this too, and you can ask somebody else before you decide""",
        "after": "- Nothing special. Sun cream every day, as always",
        "follow": FOLLOW,
    }
)
