"""What the clock does for the journey."""

from contextlib import suppress
from datetime import datetime, timedelta

from corneum.clinic.booking import actions, queries
from corneum.clinic.diary.actions import NotExpiredYet, RequestAnswered
from corneum.clinic.diary.queries import requests_expired
from corneum.clinic.suitability.actions import ask_before_session
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import daily, every

UNFINISHED_KEPT = timedelta(days=1)  # as the page that asks for details says
EMPTY_KEPT = timedelta(days=30)  # a draft that led somewhere holds nothing that was typed


@daily(at="03:20", zone="Europe/London")
def forget_drafts(at: datetime) -> None:
    """Delete what was typed on the way to an appointment that was never made."""
    drafts = queries.drafts_to_forget(unfinished_before=at - UNFINISHED_KEPT, any_before=at - EMPTY_KEPT)
    actions.forget_drafts(drafts=drafts, by=Actor.system("worker"), at=at)


@every(minutes=15)
def ask_before_sessions(at: datetime) -> None:
    """Ask anew, within two days before a session, what may have changed since; by day only."""
    for visit in queries.visits_to_ask_before(at):
        ask_before_session(
            clinic=visit.clinic, patient=visit.patient, treatment=visit.treatment, visit=visit.ref, until=visit.starts_at,
            by=Actor.system("worker"), at=at,
        )  # fmt: skip


@every(minutes=1)
def expire_requests(at: datetime) -> None:
    """Let the requests go that nobody answered in time, and tell whoever asked."""
    for request in requests_expired(at):
        with suppress(RequestAnswered, NotExpiredYet):  # answered at the last moment, or by another worker
            actions.expire_request(appointment=request, by=Actor.system("worker"), at=at)
