"""How each register writes its numbers: a guard against typos, and no proof that anybody is registered."""

import re

from corneum.domain.errors import ClinicError

# GMC: "GMC Reference Number", seven digits, never reissued; an old limited registration is L and six digits. NMC PIN,
# HCPC and GPhC: UK Core practitioner identifiers. A pharmacist's begins with 2, a technician's with 5. GDC: digits alone.
FORMS = {
    "GMC": (r"\d{7}|L\d{6}", "seven digits"),
    "NMC": (r"\d{2}[A-Z]\d{4}[A-Z]", "two digits, a letter, four digits and a letter"),
    "GPhC": (r"[25]\d{6}", "seven digits that begin with 2 or 5"),
    "HCPC": (r"[A-Z]{2}\d{1,6}", "two letters and up to six digits"),
    "GDC": (r"\d{4,7}", "four to seven digits"),
}


class NotANumberOf(ClinicError):
    """This is not how that register writes its numbers. Please look at it again."""


def as_written(body: str, number: str) -> str:
    """
    Answer with a number as its register writes it, without spaces and in capitals; of any other register, as it is.

    :raises NotANumberOf: the register does not write its numbers so
    """
    if body not in FORMS:
        return number.strip()
    form, said = FORMS[body]
    tidy = re.sub(r"[\s.-]", "", number).upper()
    if not re.fullmatch(form, tidy, re.ASCII):
        raise NotANumberOf(f"The {body} writes its numbers as {said}. Please look at it again.")
    return tidy
