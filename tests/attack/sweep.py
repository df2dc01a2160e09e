"""
An independent sweep over the tables: what no diary may ever hold, asked in plain SQL of SQLite or PostgreSQL.

Nothing of the product is used here, neither its models nor its queries: a fault in them cannot hide itself.
Each question counts what is wrong, so a diary in order answers 0 to all.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

Ask = Callable[[str], list[Any]]

# Of every schedule, in the order of the starts: how far the set-up and clean-down of all before reach.
OVERLAPS = """
    SELECT count(*) FROM (
        SELECT starts, clear_from,
            max(ends) OVER before AS ended, max(clear_until) OVER before AS cleared
        FROM diary_slot WHERE {true} = is_live AND {false} = is_overbooked
        WINDOW before AS (
            PARTITION BY schedule_id ORDER BY starts, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
    ) AS visits
    WHERE starts < cleared OR clear_from < ended
"""
QUESTIONS = {
    "overlaps": OVERLAPS,
    "given twice against the rules, and no practitioner's": """
        SELECT count(*) FROM diary_slot JOIN diary_schedule ON diary_schedule.id = schedule_id
        WHERE {true} = is_overbooked AND practitioner_id IS NULL
    """,
    "orphaned holds": """
        SELECT count(*) FROM diary_hold WHERE expires_at > {at}
        AND NOT EXISTS (SELECT 1 FROM diary_slot WHERE hold_id = diary_hold.id)
    """,
    "held time of nobody": """
        SELECT count(*) FROM diary_slot LEFT JOIN diary_hold ON diary_hold.id = hold_id
        WHERE appointment_id IS NULL AND (diary_hold.id IS NULL OR {true} != is_live)
    """,
    "live slots of what is cancelled": """
        SELECT count(*) FROM diary_slot JOIN diary_appointment ON diary_appointment.id = appointment_id
        WHERE status = 'cancelled' AND {true} = is_live
    """,
    "half-written appointments": """
        SELECT count(*) FROM diary_appointment WHERE status <> 'cancelled' AND NOT (
            1 = (SELECT count(*) FROM diary_slot JOIN diary_schedule ON diary_schedule.id = schedule_id
                WHERE appointment_id = diary_appointment.id AND {true} = is_live
                AND diary_schedule.practitioner_id = diary_appointment.practitioner_id)
            AND 1 = (SELECT count(*) FROM diary_slot JOIN diary_schedule ON diary_schedule.id = schedule_id
                WHERE appointment_id = diary_appointment.id AND {true} = is_live
                AND diary_schedule.patient_id = diary_appointment.patient_id)
            AND NOT EXISTS (SELECT 1 FROM diary_slot WHERE appointment_id = diary_appointment.id AND (
                starts <> diary_appointment.starts OR ends <> diary_appointment.ends OR {true} <> is_live))
            AND (SELECT count(*) FROM diary_slot WHERE appointment_id = diary_appointment.id)
                = 1 + (SELECT count(*) FROM treatments_need WHERE treatment_id = diary_appointment.treatment_id)
        )
    """,
    "appointments of which the trail says nothing": """
        SELECT count(*) FROM diary_appointment WHERE NOT EXISTS (
            SELECT 1 FROM audit_auditevent WHERE entity_ref = diary_appointment.ref AND action LIKE 'diary.%')
    """,
    "half-written courses": """
        SELECT count(*) FROM courses_course WHERE visits <> (
            SELECT count(*) FROM courses_coursevisit WHERE course_id = courses_course.id)
    """,
    "offers that are open and keep nothing": """
        SELECT count(*) FROM waiting_freedoffer WHERE state = 'open' AND expires_at > {at} AND NOT EXISTS (
            SELECT 1 FROM diary_slot WHERE diary_slot.hold_id = waiting_freedoffer.hold_id)
    """,
    "offers that are closed and keep something": """
        SELECT count(*) FROM waiting_freedoffer WHERE state <> 'open' AND hold_id IS NOT NULL
    """,
    "offers accepted without an appointment": """
        SELECT count(*) FROM waiting_freedoffer WHERE state = 'accepted' AND appointment_id IS NULL
    """,
    "drafts that keep a time and have led to another": """
        SELECT count(*) FROM booking_draft WHERE hold_id IS NOT NULL AND appointment_id IS NOT NULL
    """,
}
MESSAGES = """
    SELECT template, attachments, about_kind, about_ref, ref FROM outbox_message WHERE state = 'queued'
"""
WHEN = {  # what has to be so of an appointment for a message to be true
    "booked": ("booked", "arrived"),
    "moved": ("booked", "arrived"),
    "restored": ("booked", "arrived"),
    "requested": ("pending",),
    "cancelled": ("cancelled",),
    "withdrawn": ("cancelled",),
    "declined": ("cancelled",),
    "expired": ("cancelled",),
}


def sweep(ask: Ask, *, at: str, is_postgres: bool) -> dict[str, int]:
    """Ask everything, and answer with what is wrong: nothing at all when the diary is in order."""
    words = {"true": "true", "false": "false"} if is_postgres else {"true": "1", "false": "0"}
    found = {name: int(ask(question.format(**words, at=f"'{at}'"))[0][0]) for name, question in QUESTIONS.items()}
    return {name: count for name, count in found.items() if count}


def stale_messages(ask: Ask, *, with_courses: bool = False) -> list[str]:
    """
    List the messages that wait to leave and say what is no longer so.

    :param with_courses: theirs too, which the clock writes anew within the minute, before they leave
    """
    appointments = {ref: (status, sequence) for ref, status, sequence in _appointments(ask)}
    offers = dict(ask("SELECT ref, state FROM waiting_freedoffer"))
    waits = dict(ask("SELECT ref, state FROM waiting_wait"))
    stale = []
    for template, attached, kind, ref, message in ask(MESSAGES):
        area, event = template.removesuffix("_text").split("/")
        if area == "courses" and not with_courses:
            continue
        if kind == "diary.appointment" and area == "booking":
            is_true = appointments[ref][0] in WHEN[event]
        elif kind == "waiting.freedoffer":
            is_true = offers[ref] == "open"
        elif kind == "waiting.wait":
            is_true = waits[ref] in {"waiting", "booked"}
        else:
            is_true = True
        files = attached if isinstance(attached, list) else json.loads(attached)
        entries = [entry for file in files for entry in _entries(file["text"])]
        if not is_true or any(appointments[uid][1] != sequence for uid, sequence in entries):
            stale.append(f"{template} {message}")
    return stale


def _appointments(ask: Ask) -> list[Any]:
    return ask("SELECT ref, status, sequence FROM diary_appointment")


def _entries(calendar: str) -> list[tuple[str, int]]:
    """Read which appointment, and which of its versions, each entry of a calendar file is about."""
    whole = calendar.replace("\r\n ", "").replace("\r\n", "\n")
    events = re.findall(r"BEGIN:VEVENT\n.*?END:VEVENT", whole, flags=re.DOTALL)
    return [
        (re.search(r"\nUID:([^@\n]+)", event)[1], int(re.search(r"\nSEQUENCE:(\d+)", event)[1]))  # type: ignore[index]
        for event in events
    ]


@contextmanager
def opened(where: str) -> Iterator[tuple[Ask, bool]]:
    """Open a file of SQLite, or PostgreSQL by its own words, by the bare driver; say whether it is PostgreSQL."""
    connection: Any
    is_postgres = "=" in where
    if is_postgres:
        import psycopg

        connection = psycopg.connect(where, autocommit=True)
    else:
        connection = sqlite3.connect(where)
    with closing(connection):
        yield (lambda sql: connection.execute(sql).fetchall()), is_postgres
