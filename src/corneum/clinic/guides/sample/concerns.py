"""Sample: what readers see in the mirror, on every skin tone."""

from corneum.clinic.guides.written import ConcernWritten

CONCERNS = (
    ConcernWritten(
        "rough-or-dull-skin",
        "Rough or dull skin",
        "Skin that feels rough or bumpy under your fingers, or looks flat and tired in daylight. "
        "You can have it on any skin tone.",
    ),
    ConcernWritten(
        "fine-lines",
        "Fine lines",
        "Thin, shallow lines that are still there when your face is at rest, often around the eyes and the mouth.",
    ),
    ConcernWritten(
        "large-pores",
        "Pores that look large",
        "Small openings you can see on the nose, the cheeks or the forehead. Oily skin makes them stand out.",
    ),
    ConcernWritten(
        "uneven-colour",
        "Uneven colour",
        "Patches a little darker than the skin around them: pale brown on white skin, deep brown or grey-brown on "
        "brown and black skin. A patch that is new, growing, changing or bleeding needs a doctor first.",
    ),
    ConcernWritten(
        "dark-marks",
        "Dark marks after spots",
        "Flat marks where a spot, a bite or a graze has healed. They are common on brown and black skin and can last "
        "for months.",
    ),
    ConcernWritten(
        "melasma",
        "Melasma",
        "Larger brown or grey-brown patches, much the same on both sides of the face. Sun makes them darker.",
    ),
    ConcernWritten(
        "spots",
        "Spots",
        "Blackheads, whiteheads and sore spots. Sore spots are raised and tender. They look red on white skin, and "
        "purple or dark brown on brown and black skin.",
    ),
    ConcernWritten(
        "shallow-scars",
        "Shallow acne scars",
        "Small dips left where spots have healed. Light from the side shows them most.",
    ),
    ConcernWritten(
        "deep-lines-and-scars",
        "Deep lines and deep scars",
        "Folds and creases you can feel with a finger, and narrow, deep scars like the mark of an ice pick.",
    ),
    ConcernWritten(
        "redness",
        "Redness and fine veins",
        "Skin that flushes, burns or shows fine veins. On brown and black skin, warmth and stinging may tell you more "
        "than colour does.",
    ),
)
