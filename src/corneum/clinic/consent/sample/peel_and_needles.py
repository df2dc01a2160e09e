"""Samples: the superficial peel and microneedling."""

from corneum.clinic.consent.sample.written import AFTER_ALL, FOLLOW, HOME, NOTHING, WEEK, Sample

SUPERFICIAL_PEEL = Sample(
    {
        "what": """We clean your skin and brush a mild acid over it, which loosens the outer layer. It stings or tingles. We watch \
the skin all the while and take the acid off again. Say stop at any moment, and we stop.""",
        "hope": """Skin can look more even and feel smoother; some spots and marks can look better over several sessions. \
Most studies are small. It does not remove deep wrinkles or deep scars, and what it does fades when you stop.""",
        "most": """- Stinging while the acid is on
- Tight, pink or darker-looking skin, then flaking""",
        "some": """- Flaking that shows for longer than you planned for
- Spots within two weeks
- It does less than you hoped""",
        "rare": """How often these happen has not been counted well.

- Darker or paler patches, more often on brown and black skin. They can last for months
- A cold sore, if you get them: ring us the same day
- A burn, blisters or an infection: ring us the same day
- A scar""",
        "instead": f"""- {NOTHING}
- {HOME}
- **Microdermabrasion.** About as light, with less flaking
- **Creams from your GP** for dark patches or spots
- Others offer these too, and you can ask somebody else before you decide""",
        "after": f"""{AFTER_ALL}
- Let the skin flake by itself
- No retinoid, acid or benzoyl peroxide until we say so""",
        "follow": FOLLOW,
    },
    WEEK,
)
MICRONEEDLING = Sample(
    {
        "what": """A numbing cream is put on first. Then very fine needles, used once and thrown away, make tiny channels in your \
skin, which repairs itself. You feel prickling, and there can be pinpoints of blood. Say stop at any moment, and we stop.""",
        "hope": """Shallow scars, such as those left by spots, can look softer after several sessions; more studies say so than \
for most things we do. It does not remove them, and deep narrow scars need something else.""",
        "most": """- Redness and warmth, like sunburn
- Small scabs and dry skin for some days""",
        "some": """- Bruises, or swelling that lasts longer
- Spots or small white bumps
- It does less than you hoped""",
        "rare": """- A cold sore, if you get them: ring us the same day
- An infection: ring us the same day
- Darker or paler patches, or a scar
- An allergy to the numbing cream or to something that is put on""",
        "instead": f"""- {NOTHING}
- {HOME}
- **A superficial peel or microdermabrasion.** Lighter, and they do less for scars
- **A skin specialist**, for deep scars
- Others offer these too, and you can ask somebody else before you decide""",
        "after": f"""{AFTER_ALL}
- Nothing but what we give you on the skin for the first day
- No sauna, swimming pool or heavy sweating for three days""",
        "follow": FOLLOW,
    },
    WEEK,
)
