"""Sample documents. A clinician of the clinic must read each, mend it and approve it by name before anybody is given it."""

from corneum.clinic.consent.sample.lights import IPL, LED
from corneum.clinic.consent.sample.peel_and_needles import MICRONEEDLING, SUPERFICIAL_PEEL
from corneum.clinic.consent.sample.surface import MICRODERMABRASION
from corneum.clinic.consent.sample.written import Sample

SAMPLES: dict[str, Sample] = {
    "microdermabrasion": MICRODERMABRASION,
    "superficial-peel": SUPERFICIAL_PEEL,
    "microneedling": MICRONEEDLING,
    "ipl": IPL,
    "led": LED,
}
