"""Writing to the trail, and what makes a function an action."""

import inspect
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ClassVar, ParamSpec, Protocol, TypeVar, cast

from django.db import IntegrityError, transaction

from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.accounts.request_id import current_request_id
from corneum.platform.audit.acting import acting_as, current_acting
from corneum.platform.audit.models import AuditEvent

P = ParamSpec("P")
R = TypeVar("R")


class Known(Protocol):
    """Anything with a ref: what the trail can point at."""

    ref: Any
    _meta: ClassVar[Any]


class AlreadyDone(ClinicError):
    """This has been done already."""

    def __init__(self, event: AuditEvent) -> None:
        """Keep the event, so that the page can show what came of the first press."""
        super().__init__()
        self.event = event


def action(function: Callable[P, R]) -> Callable[P, R]:
    """
    Make a function an action: one thing the front desk does, in one transaction.

    The function takes keywords only, among them `by` (an Actor) and `at` (an aware datetime), and
    records one event. If it also takes `press`, the token of the form that was pressed, then it
    hands it to `record`, and the same press twice is done once: the second raises AlreadyDone with
    the event of the first. An action inside another joins its transaction and takes no press.
    """
    _insist_on_its_shape(function)

    @wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        press = cast("str", kwargs.get("press") or "")
        _refuse_second_press(press)
        try:
            with transaction.atomic(), acting_as(cast("Actor", kwargs["by"])) as acting:
                result = function(*args, **kwargs)
                if press and press not in acting.presses:
                    raise RuntimeError(f"{function.__name__} takes a press and does not hand it to record()")
                return result
        except (ClinicError, IntegrityError):
            _refuse_second_press(press)  # lost the race against the first press of the same form
            raise

    act.is_action = True  # type: ignore[attr-defined]
    return act


def record(
    name: str,
    *,
    entity: Known,
    by: Actor,
    at: datetime,
    clinic: Clinic | None,
    press: str = "",
    **detail: Any,
) -> AuditEvent:
    """
    Write one event to the trail; only an action may.

    :param name: area.action, such as diary.book_appointment
    :param detail: facts worth keeping, as JSON; never clinical text
    """
    acting = current_acting()
    if acting is None:
        raise RuntimeError(f"{name} is recorded outside an action")
    event = AuditEvent.objects.create(
        at=at,
        action=name,
        actor_kind=by.kind,
        actor_user_id=by.user_id,
        actor_name=by.name,
        clinic=clinic,
        entity_kind=entity._meta.label_lower,
        entity_ref=entity.ref,
        detail=detail,
        request_id=current_request_id(),
        press=press or None,
    )
    acting.presses.add(press)
    return event


def _insist_on_its_shape(function: Callable[..., Any]) -> None:
    parameters = inspect.signature(function).parameters
    if any(parameter.kind is not inspect.Parameter.KEYWORD_ONLY for parameter in parameters.values()):
        raise TypeError(f"{function.__qualname__} is an action: it takes keywords only")
    if missing := {"by", "at"} - parameters.keys():
        raise TypeError(f"{function.__qualname__} is an action: it must take {' and '.join(sorted(missing))}")


def _refuse_second_press(press: str) -> None:
    if press and (event := AuditEvent.objects.filter(press=press).first()):
        raise AlreadyDone(event)
