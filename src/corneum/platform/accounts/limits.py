"""How often something may be tried: counted in the database, so that every process counts the same."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from corneum.platform.accounts.models import Tally


def allow(*, scope: str, key: str, per: timedelta, most: int, at: datetime) -> bool:
    """
    Count one attempt, and say whether it may go ahead.

    The window slides: what was counted in the window before still counts for the part of it that
    lies less than `per` ago. A refused attempt is not counted. Who is counted (`key`) is kept as a
    keyed hash only. For people use `address.client_network(request)` as the key.

    Call it before the action and outside its transaction, or a refusal of the action takes the
    count back with it.

    :param scope: what is counted, such as enquiries.ask
    """
    seconds = int(per.total_seconds())
    window, into = divmod(int(at.timestamp()), seconds)
    name = _name(scope, key, seconds)
    before = Tally.objects.filter(name=name, window=window - 1).values_list("count", flat=True).first() or 0
    ceiling = most - before * (seconds - into) // seconds
    return _count_up_to(ceiling, name=name, window=window, until=(window + 2) * seconds)


def sweep(*, at: datetime) -> int:
    """Delete the counts that no longer count, and say how many there were."""
    return Tally.objects.filter(until__lte=int(at.timestamp())).delete()[0]


def hashed_cache_key(key: str, prefix: str, version: int) -> str:
    """Name a row of the cache by a keyed hash: the sign-in library's own names hold addresses and codes."""
    return salted_hmac("corneum.cache", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()


def _count_up_to(ceiling: int, *, name: str, window: int, until: int) -> bool:
    """Add one if that does not pass the ceiling, in one statement, so that two at once cannot both be the last."""
    if ceiling < 1:
        return False
    row = Tally.objects.filter(name=name, window=window)
    if row.filter(count__lt=ceiling).update(count=F("count") + 1):
        return True
    try:
        with transaction.atomic():
            Tally.objects.create(name=name, window=window, count=1, until=until)
    except IntegrityError:  # there is a row: it is full, or somebody made it this moment
        return bool(row.filter(count__lt=ceiling).update(count=F("count") + 1))
    return True


def _name(scope: str, key: str, seconds: int) -> str:
    return salted_hmac(
        "corneum.limits", f"{scope}\n{seconds}\n{key.strip().casefold()}", algorithm="sha256"
    ).hexdigest()
