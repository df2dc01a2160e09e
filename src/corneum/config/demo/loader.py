"""Load the demonstration into an empty database."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from corneum.config.demo import aftercare, consents, inbox, pages, screenings, weeks
from corneum.config.demo.clinic import open_group

SEED = 20160211  # the day of the article with which it all began


def version() -> str:
    """Answer with a mark that changes with the demonstration's own code, so that an old one is made anew."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(here.glob("*.py")))).hexdigest()[:12]


@transaction.atomic
def load(*, at: datetime, each_way: int = weeks.DAYS_EACH_WAY) -> None:
    """Open the clinics, publish the pages, live through eight weeks, receive some questions; all or nothing."""
    today = at.astimezone(ZoneInfo("Europe/London")).date()
    random = Random(SEED)  # noqa: S311 -- the same clinic every time is the point
    group = open_group(today=today, at=at - timedelta(days=400))
    pages.publish(group, today=today, at=at - timedelta(days=60))
    aftercare.write(group, at=at - timedelta(days=60))
    weeks.fill(group, random=random, at=at, each_way=each_way)
    screenings.answer(group, at=at)
    consents.sign(group, at=at)
    inbox.receive(group, at=at)
