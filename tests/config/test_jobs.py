"""Counts and sessions whose time is over are deleted by the clock."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from corneum.config import jobs
from corneum.platform.accounts import limits
from corneum.platform.accounts.models import Tally
from corneum.platform.jobs import registry
from tests.factories.cast import NOW, Cast
from tests.factories.sign_in import DeskClient


def test_timetable_forgets_counts_and_sittings_every_hour():
    registry.discover()

    names = ("config.forget_counts_of_tries", "config.forget_ended_sittings")
    assert [registry.TIMETABLE[name].following(NOW) for name in names] == [NOW + timedelta(hours=1)] * 2


def test_forget_counts_of_tries_leaves_what_still_counts(db: None):
    for at in (NOW - timedelta(hours=3), NOW):
        limits.allow(scope="tests", key="x", per=timedelta(hours=1), most=5, at=at)

    jobs.forget_counts_of_tries(NOW)

    assert Tally.objects.count() == 1


def test_forget_ended_sittings_leaves_who_still_sits(cast: Cast):
    DeskClient().force_login(cast.dana)
    over = DeskClient()
    over.force_login(cast.owen)
    Session.objects.filter(pk=over.session.session_key).update(expire_date=NOW)

    jobs.forget_ended_sittings(NOW)

    assert [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()] == [str(cast.dana.pk)]
