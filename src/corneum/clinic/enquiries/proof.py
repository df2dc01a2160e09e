"""
Proof of work: a small sum that a browser does while somebody types, and a flood of forms would have to do each time.

Our own, no puzzle and no other party. The form's mark (forms.shown_mark) is the challenge: signed,
and good for one proof within two days. `static/enquiries/proof.js` looks for a number with
which the SHA-256 of mark and number begins with this many zero bits. Whoever has scripts switched
off sends none, which is noted and held against nobody.
"""

import hashlib
from datetime import datetime, timedelta

from corneum.platform.accounts.limits import allow

BITS = 14  # about 16,000 tries: a tenth of a second on a telephone of 2018
LONGEST = 12  # digits of the number
ONCE_IN = timedelta(days=2)  # an older mark proves nothing, and is held against nobody


def holds(mark: str, number: str) -> bool:
    """Say whether this number is a proof for this mark."""
    if not number.isascii() or not number.isdecimal() or len(number) > LONGEST:
        return False
    digest = hashlib.sha256(f"{mark}:{number}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - BITS) == 0


def spend(mark: str, number: str, *, at: datetime) -> bool | None:
    """
    Take a proof, once.

    :param mark: one that our pages gave, not older than ONCE_IN
    :returns: None if none was given; False if it does not hold, or was given before
    """
    if not number:
        return None
    return holds(mark, number) and allow(scope="enquiries.proof", key=mark, per=ONCE_IN, most=1, at=at)
