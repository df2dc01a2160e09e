"""Sample: what a reader may do instead, and need not buy from a clinic."""

from corneum.clinic.guides.written import AlternativeWritten

CARE_AT_HOME = AlternativeWritten(
    slug="care-at-home",
    name="Care at home",
    depth="On the skin",
    changes="Skin is less dry, and the sun does less harm. A gentle cleanser, a plain moisturiser, sun cream every day.",
    how_sure="Gentle cleansing is in national guidance for spots (NICE NG198). For each cream it depends on the cream.",
    sessions="Every day",
    settling="Nothing to settle",
    risks="A product may sting or bring out spots",
    price="What the products cost",
)
NOTHING = AlternativeWritten(
    slug="doing-nothing",
    name="Doing nothing",
    depth="None",
    changes="Some marks fade with time by themselves. Lines do not.",
    how_sure="Nothing to prove",
    sessions="None",
    settling="None",
    risks="None from a treatment",
    price="£0",
)
PHARMACIST_OR_GP = AlternativeWritten(
    slug="pharmacist-or-gp",
    name="A pharmacist or GP",
    depth="On the skin and into it",
    changes="Creams for spots, used for 12 weeks, or a letter to a skin specialist.",
    how_sure="National guidance puts these creams first for spots (NICE NG198).",
    sessions="Every day for 12 weeks",
    settling="Skin can be dry or sore at first",
    risks="Irritation; some are not for use in pregnancy",
    price="Over the counter, or on prescription",
)
