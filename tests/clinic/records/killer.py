"""
Somebody signs a visit, and the power fails: before its first write, before the second, and so on to the last.

Usage: killer.py <database name> <JSON: the keys of visit, device and user>. Each process looks at what the one before it
left, then signs and is killed (SIGKILL) one step later than that; when one lives to the end, a last one looks. It
says in JSON what each found: records, links, uses of lots, drafts, letters, and how the visit stands.
"""

import json
import os
import signal
import sys
from importlib import import_module
from typing import Any

import django
from django.db import connection

MOST_STEPS = 200


def main(database: str, keys: str) -> None:
    """Fork one process after another; nothing is open in this one, so nothing is shared by mistake."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "corneum.config.settings"
    django.setup()
    connection.settings_dict["NAME"] = database
    import_module("tests.factories.records")  # all that a child will need, read once
    found: list[list[Any]] = []
    for step in range(MOST_STEPS):
        ends, status = one_try(step, json.loads(keys))
        found.append(ends)
        if status == 0:
            found.append(one_try(-1, json.loads(keys))[0])
            break
    sys.stdout.write(json.dumps(found))


def one_try(step: int, keys: dict[str, int]) -> tuple[list[Any], int]:
    """Look, sign and die before a step; -1: only look. Answer with what was seen and how it ended."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writes, json.dumps(state(keys)).encode())
            if step >= 0:
                sign(keys, dies_before=step)
            os._exit(0)
        except BaseException as trouble:  # noqa: BLE001 -- a forked process must not go on as its parent
            os.write(writes, f" {trouble!r}".encode())
            os._exit(3)
    os.close(writes)
    with os.fdopen(reads) as said:
        text = said.read()
    _, status = os.waitpid(child, 0)
    return json.loads(text), status


def sign(keys: dict[str, int], *, dies_before: int) -> None:
    """Sign as Nadia; the process dies before this write, the commit among them."""
    from corneum.clinic.diary.models import Appointment
    from corneum.clinic.premises.models import Device
    from corneum.clinic.records.actions import sign_record
    from corneum.clinic.records.following import follows
    from corneum.domain.records import Values
    from corneum.platform.accounts.actors import Actor
    from corneum.platform.accounts.models import User
    from corneum.platform.messages.actions import queue_message
    from tests.factories.records import ROUTINE

    @follows("a letter")
    def write(record: Any, by: Actor, at: Any) -> None:
        facts = dict.fromkeys(
            ("name", "number", "who", "received", "acknowledge_by", "answer_by", "clinic_name", "phone"), "-"
        )
        queue_message(
            clinic=record.clinic, channel="email", template="complaints/received", context=facts, to="a@mail.example",
            to_name="-", about=record, by=by, at=at,
        )  # fmt: skip

    visit, user = Appointment.objects.get(pk=keys["visit"]), User.objects.get(pk=keys["user"])
    device, steps = Device.objects.get(pk=keys["device"]), iter(range(MOST_STEPS))

    def step() -> None:
        if next(steps) == dies_before:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(execute: Any, sql: str, *args: Any) -> Any:
        if not sql.startswith("SELECT"):  # to die before a look is to die before the write after it
            step()
        return execute(sql, *args)

    commit = connection._commit  # type: ignore[attr-defined]

    def counted_commit() -> None:
        step()
        commit()

    connection._commit = counted_commit  # type: ignore[attr-defined]
    with connection.execute_wrapper(counted):
        sign_record(
            appointment=visit, values=Values(dict(ROUTINE)), device=device, version=1, user=user,
            by=Actor.staff(user), at=visit.ends_at,
        )  # fmt: skip


def state(keys: dict[str, int]) -> list[Any]:
    """Look at everything that a signature writes."""
    from corneum.clinic.diary.models import Appointment
    from corneum.clinic.records.models import Draft, Link, LotUse, VisitRecord
    from corneum.platform.messages.models import Message

    counts = [model.objects.count() for model in (VisitRecord, Link, LotUse, Draft, Message)]
    return [*counts, Appointment.objects.get(pk=keys["visit"]).status]


if __name__ == "__main__":
    main(*sys.argv[1:])
