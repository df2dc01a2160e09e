"""Reading what schedules have already: by whole weeks of minutes, and row by row only where that does not do."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from corneum.clinic.diary.models import Appointment, BusyWeek, Owner, Slot
from corneum.domain.scheduling.abreast import Diary
from corneum.domain.scheduling.busy import Visit, pack_week, span_of, week_of
from corneum.domain.scheduling.interval import Interval

# How far a visit with its set-up and its clean-down can reach: eight hours, and two on either side. The tables keep it.
LONGEST = 8 * 60 + 2 * 120
WIDTH = ("schedule_id", "starts", "ends", "clear_from", "clear_until")


def read_busy(
    schedules: Mapping[Owner, int],
    weeks: range,
    *,
    at: datetime,
    ignoring: Appointment | None = None,
) -> dict[Owner, Diary]:
    """
    Read what each of these schedules has in some weeks, in two questions, or three if a week has been spoiled.

    A hold that has expired is in nobody's way. What has no schedule yet has nothing.

    :param ignoring: whose own slots are in nobody's way, because they will move
    """
    keys, span = list(schedules.values()), span_of(weeks)
    packed, spoiled = _weeks_of(keys, weeks)
    if ignoring is not None:
        spoiled |= _touched_by(ignoring, packed)
    rows = _rows(keys, spoiled, span, at, ignoring)
    return {
        owner: Diary(packed.get(key, {}), rows.get(key, ()))
        for owner, key in schedules.items()
        if key in packed or key in rows
    }


def refresh_weeks(schedules: Collection[int]) -> int:
    """
    Write down anew the weeks of these schedules that have changed, and say how many there were.

    Their rows are locked before the slots are read: whoever changes a slot meanwhile waits, and then
    spoils what is written here.
    """
    spoiled = list(
        BusyWeek.objects.select_for_update()
        .filter(schedule__in=list(schedules), minutes=None)
        .order_by("schedule", "week")
    )
    if not spoiled:
        return 0
    reach = Interval(min(one.week for one in spoiled), max(one.week for one in spoiled))
    slots = _live_slots([one.schedule_id for one in spoiled], span_of(range(reach.starts, reach.ends + 1)))
    rows = _by_schedule(slots.filter(hold=None))
    for one in spoiled:
        span = span_of(range(one.week, one.week + 1))
        one.minutes = pack_week(
            one.week,
            [visit for visit in rows.get(one.schedule_id, ()) if visit[2] < span.ends and visit[3] > span.starts],
        )
    BusyWeek.objects.bulk_update(spoiled, ["minutes"])
    return len(spoiled)


def _weeks_of(keys: list[int], weeks: range) -> tuple[dict[int, dict[int, bytes]], set[tuple[int, int]]]:
    """Read the weeks as they were written down, and which of them have been spoiled since."""
    packed: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
    spoiled: set[tuple[int, int]] = set()
    # By hand, here and below: building the same questions takes longer than all else that a search does.
    rows = _ask(
        f"SELECT schedule_id, week, minutes FROM diary_busyweek WHERE schedule_id IN ({_marks(keys)}) "
        "AND week >= %s AND week < %s",
        [*keys, weeks.start, weeks.stop],
    )
    for key, week, minutes in rows:
        if minutes is None:
            spoiled.add((key, week))
        else:
            packed[key][week] = minutes
    return packed, spoiled


def _touched_by(ignoring: Appointment, packed: dict[int, dict[int, bytes]]) -> set[tuple[int, int]]:
    """Take out the weeks that hold the visit that is to be ignored: they are read row by row instead."""
    touched = {
        (slot.schedule_id, week)
        for slot in ignoring.slots.all()
        for week in range(week_of(slot.clear_from), week_of(slot.clear_until) + 1)
    }
    return {(key, week) for key, week in touched if packed.get(key, {}).pop(week, None) is not None}


def _rows(
    keys: list[int], spoiled: set[tuple[int, int]], span: Interval, at: datetime, ignoring: Appointment | None
) -> dict[int, list[Visit]]:
    """Read what stands in no written week: holds, blocks, and the slots of weeks that have changed."""
    # Written so that both databases begin with the holds, which are few, and not with diaries, whose past is long.
    rows = _ask(
        "SELECT slot.schedule_id, slot.starts, slot.ends, slot.clear_from, slot.clear_until "
        "FROM diary_hold hold CROSS JOIN diary_slot slot "
        f"WHERE hold.expires_at > %s AND slot.hold_id = hold.id AND slot.is_live AND +slot.schedule_id IN ({_marks(keys)}) "
        "AND +slot.clear_from < %s AND +slot.clear_until > %s "
        "UNION ALL SELECT schedule_id, starts, ends, starts, ends FROM diary_block "
        f"WHERE lifted_at IS NULL AND schedule_id IN ({_marks(keys)}) AND ends > %s AND starts < %s",
        [
            connection.ops.adapt_datetimefield_value(at), *keys, span.ends, span.starts,
            *keys, span.starts, span.ends,
        ],
    )  # fmt: skip
    found: dict[int, list[Visit]] = {}
    for key, *visit in rows:
        found.setdefault(key, []).append((visit[0], visit[1], visit[2], visit[3]))
    if spoiled:
        slots = _live_slots([key for key, _ in spoiled], span).filter(hold=None)
        if ignoring is not None:
            slots = slots.exclude(appointment=ignoring)
        for key, visits in _by_schedule(slots).items():
            found.setdefault(key, []).extend(visits)
    return found


def _ask(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _marks(keys: list[int]) -> str:
    """Write as many placeholders as there are keys; the statements hold nothing else that is put together."""
    return ",".join(["%s"] * len(keys)) or "NULL"


def _live_slots(keys: Iterable[int], span: Interval) -> QuerySet[Slot]:
    return Slot.objects.filter(
        Q(clear_until__gt=span.starts),
        schedule__in=list(keys),
        is_live=True,
        clear_from__gt=span.starts - LONGEST,
        clear_from__lt=span.ends,
    )


def _by_schedule(slots: QuerySet[Slot]) -> dict[int, list[Visit]]:
    found: dict[int, list[Visit]] = {}
    for key, *visit in slots.values_list(*WIDTH):
        found.setdefault(key, []).append((visit[0], visit[1], visit[2], visit[3]))
    return found
