"""Sample: microdermabrasion. Sources: Textbook chapters and trials as named in the guide's evidence notes."""

from corneum.clinic.consent.sample.written import AFTER_ALL, FOLLOW, HOME, NOTHING, Sample

MICRODERMABRASION = Sample(
    {
        "what": """We clean your skin, protect your eyes, and pass a hand-held tip with fine crystals over it. Light suction \
takes the crystals and the dead cells away again. You feel scratching and a gentle pull. No anaesthetic is needed. Say stop at \
any moment, and we stop.

It works on the outermost layer of the skin. It is not dermabrasion, which goes deep and takes weeks to heal.""",
        "hope": """Skin can look smoother and fresher. Shallow scars and uneven colour may look a little softer. The studies are \
small, from 10 to 50 people, and the changes were mild.

It does not remove wrinkles, deep scars or brown patches, and is no treatment for spots. What it does fades when you stop.""",
        "most": """- Pink, warm, tight or slightly swollen skin, for hours to a day. On brown and black skin it can be harder to \
see and may feel warm instead. For a few days it can feel like mild sunburn
- Dry or flaking skin for 1 to 4 days""",
        "some": """- Small bruises, red dots or streaks from the suction. They fade by themselves
- Spots or small white bumps within two weeks
- It does less than you hoped""",
        "rare": """How often these happen has not been counted well.

- Darker or paler patches, more often on brown and black skin. They can last for months
- A cold sore, if you get them: ring us the same day
- Raw skin, an infection, hives, or a crystal in the eye: ring us the same day
- A scar""",
        "instead": f"""- {NOTHING}
- {HOME}
- **A superficial peel.** About as light. In one small study most people preferred it, and nobody could measure a difference
- **Microneedling.** Does more for scars, and takes longer to settle
- Others offer these too, and you can ask somebody else before you decide""",
        "after": f"""{AFTER_ALL}
- No retinoid, acid or benzoyl peroxide for 3 days before and after
- No sauna, swimming pool or heavy sweating for two days
- No make-up until the next day, and not on raw skin""",
        "follow": FOLLOW,
    }
)
